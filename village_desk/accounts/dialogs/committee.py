"""Asking what the supervision committee did: a month's review, a note, its answer; and what a check found."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from village_desk.accounts.rules.registers import FINDINGS
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area

_MOST_SHEETS = 99_999


@dataclass(frozen=True)
class ReviewAnswer:
    """A month's review: sums in fen, `refused` (voucher, sheets, fen, reason)."""

    month: str
    held_on: dt.date
    agreed_sheets: int
    agreed_fen: int
    refused: tuple[tuple[str, int, int, str], ...]
    signers: tuple[str, ...]
    words: str


class ReviewDialog(AskDialog):
    """Books 民主理财 of a month from the signed record; `members` are the committee's names on that day."""

    def __init__(
        self, months: Sequence[tuple[str, str]], members: Sequence[str], today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "登记民主理财",
            parent,
            accept="登记",
            explain="照民主理财审核记录登记：同意多少、不同意哪几张、谁签的字。",
            closes=False,
            width=600,
        )
        self.month = QComboBox()
        for key, words in months:
            self.month.addItem(words, key)
        self.day = DateEdit(today, today=today)
        self.sheets = QSpinBox()
        self.sheets.setRange(0, _MOST_SHEETS)
        self.agreed = QLineEdit()
        self.refused = text_area(3)
        self.signers = QLineEdit("、".join(members))
        self.words = QLineEdit()
        self.form.add("month", "哪个月的凭证(&M)", self.month)
        self.form.add("day", "审核日期(&D)", self.day, required=True)
        self.form.add("sheets", "同意的张数(&Z)", self.sheets)
        self.form.add("agreed", "同意的金额（元）(&J)", self.agreed, required=True)
        hint = "一张一行：凭证号　张数　金额　理由，中间空一格。没有不同意的不填。"
        self.form.add("refused", "不同意的(&B)", self.refused, hint=hint)
        self.form.add("signers", "签字人(&R)", self.signers, required=True, hint="几个人签字的，用顿号隔开。")
        self.form.add("words", "说明(&S)", self.words)

    def problems(self) -> dict[str, str]:
        """A day, sums, lines."""
        found = self.form.missing(agreed=self.agreed.text(), signers=self.signers.text())
        found["day"] = self.day.problem() or ("" if self.day.day() else "请填日期。")
        for key, read in (("agreed", lambda: fen(self.agreed.text())), ("refused", self._refused)):
            try:
                if not found.get(key):
                    read()
            except NotAllowed as problem:
                found[key] = f"{problem.message}{problem.advice}"
        return found

    def _refused(self) -> tuple[tuple[str, int, int, str], ...]:
        rows = []
        for number, line in enumerate(self.refused.toPlainText().splitlines(), start=1):
            parts = line.split(maxsplit=3)
            if not parts:
                continue
            if len(parts) < 4 or not parts[1].isdecimal():
                raise NotAllowed(f"不同意的第{number}行没有写全。", "请依次写凭证号、张数、金额、理由，中间空一格。")
            rows.append((parts[0], int(parts[1]), fen(parts[2]), parts[3]))
        return tuple(rows)

    def answer(self) -> ReviewAnswer:
        """The review."""
        day = self.day.day()
        assert day is not None
        names = tuple(
            one for one in self.signers.text().replace("，", "、").replace(",", "、").split("、") if one.strip()
        )
        return ReviewAnswer(
            str(self.month.currentData()),
            day,
            self.sheets.value(),
            fen(self.agreed.text()),
            self._refused(),
            names,
            self.words.text(),
        )


@dataclass(frozen=True)
class NoteAnswer:
    """A finding of the committee."""

    noted_on: dt.date
    subject: str
    finding: str
    request: str
    due_on: dt.date | None
    noted_by: str


class NoteDialog(AskDialog):
    """Books a finding."""

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("登记监督意见", parent, accept="登记", closes=False)
        self.day, self.due = DateEdit(today, today=today), DateEdit(None, today=today)
        self.subject, self.by = QLineEdit(), QLineEdit()
        self.finding, self.request = text_area(2), text_area(2)
        self.form.add("day", "日期(&D)", self.day, required=True)
        self.form.add("subject", "监督事项(&T)", self.subject, required=True)
        self.form.add("finding", "发现的情况(&F)", self.finding, required=True)
        self.form.add("request", "要求(&Y)", self.request)
        self.form.add("due", "答复期限(&Q)", self.due)
        self.form.add("by", "提出人(&R)", self.by)

    def problems(self) -> dict[str, str]:
        """A day, a subject, a finding."""
        found = self.form.missing(subject=self.subject.text(), finding=self.finding.toPlainText())
        found["day"] = self.day.problem() or ("" if self.day.day() else "请填日期。")
        found["due"] = self.due.problem()
        return found

    def answer(self) -> NoteAnswer:
        """The finding."""
        day = self.day.day()
        assert day is not None
        words = (self.finding.toPlainText(), self.request.toPlainText())
        return NoteAnswer(day, self.subject.text(), *words, self.due.day(), self.by.text())


class AnswerDialog(AskDialog):
    """Books the answer to a finding."""

    def __init__(self, subject: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("登记答复", parent, accept="登记", explain=f"对“{subject}”的答复。", closes=False)
        self.day, self.by, self.words = DateEdit(today, today=today), QLineEdit(), text_area(3)
        self.form.add("day", "答复日期(&D)", self.day, required=True)
        self.form.add("by", "答复人(&R)", self.by)
        self.form.add("words", "答复内容(&N)", self.words, required=True)

    def problems(self) -> dict[str, str]:
        """A day and words."""
        found = self.form.missing(words=self.words.toPlainText())
        found["day"] = self.day.problem() or ("" if self.day.day() else "请填日期。")
        return found

    def answer(self) -> tuple[dt.date, str, str]:
        """Day, who, words."""
        day = self.day.day()
        assert day is not None
        return day, self.by.text(), self.words.toPlainText()


class HalfYearDialog(AskDialog):
    """Asks which half of which year."""

    def __init__(self, year: int, half: int, parent: QWidget | None = None) -> None:
        super().__init__("打印半年工作报告", parent, accept="打印", closes=True)
        self.year, self.half = QSpinBox(), QComboBox()
        self.year.setRange(2000, 2100)
        self.year.setValue(year)
        self.half.addItem("上半年", 1)
        self.half.addItem("下半年", 2)
        self.half.setCurrentIndex(half - 1)
        self.form.add("year", "年份(&N)", self.year)
        self.form.add("half", "哪半年(&B)", self.half)

    def answer(self) -> tuple[int, int]:
        """Year and half."""
        return self.year.value(), int(self.half.currentData())


class FindingDialog(AskDialog):
    """Asks what a check found of one asset."""

    def __init__(self, name: str, result: str, difference: str, reason: str, parent: QWidget | None = None) -> None:
        super().__init__("登记清查结果", parent, accept="登记", explain=f"“{name}”", closes=False)
        self.outcome, self.difference = QComboBox(), QLineEdit(difference)
        self.reason: QPlainTextEdit = text_area(2)
        self.reason.setPlainText(reason)
        for key, words in FINDINGS:
            self.outcome.addItem(words, key)
        self.outcome.setCurrentIndex(max(0, self.outcome.findData(result)))
        self.form.add("result", "结果(&G)", self.outcome)
        self.form.add("difference", "差异(&C)", self.difference, hint="例如“账上2台，实有1台”。")
        self.form.add("reason", "原因(&Y)", self.reason, hint="和账上不符的要写原因。")

    def answer(self) -> tuple[str, str, str]:
        """Result, difference, reason."""
        return str(self.outcome.currentData()), self.difference.text(), self.reason.toPlainText()
