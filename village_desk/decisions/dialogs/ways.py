"""Asking for a step without a meeting, for numbers copied from old paper, and where a case goes back to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from village_desk.kit.text import half_width
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.tall import TallDialog, low_area

MOST_PEOPLE = 100_000
# What an old case usually lacks, in the words of the file.
PAPERS = ("会议通知", "签到表", "会议记录", "表决票或者计票单", "照片", "监督委员会列席", "乡镇参会人员签字")


@dataclass(frozen=True)
class TaskAnswer:
    """A step without a meeting, as it was done."""

    done_on: dt.date
    done_by: str
    checked_by: str
    fields: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]


class TaskDialog(TallDialog):
    """登记这一步. `fields` are (name, words so far), `evidence` (name, at hand)."""

    def __init__(
        self,
        head: str,
        today: dt.date,
        fields: Sequence[tuple[str, str]],
        evidence: Sequence[tuple[str, bool]],
        parent: QWidget | None = None,
        *,
        done_on: dt.date | None = None,
        done_by: str = "",
        checked_by: str = "",
        checker: str = "",
    ) -> None:
        explain = "照实填写，没有的先空着，以后再补；缺什么右边的检查会列出来。"
        super().__init__(head, parent, accept="登记", width=600, explain=explain)
        self.put_form()
        self.done_on = DateEdit(done_on or today, today=today)
        self.done_by = QLineEdit(done_by)
        self.form.add("done_on", "办理日期(&R)", self.done_on, required=True)
        self.form.add("done_by", "办理人(&B)", self.done_by)
        self.edits: dict[str, QPlainTextEdit] = {}
        for name, words in fields:
            edit = low_area(2)
            edit.setPlainText(words)
            self.edits[name] = edit
            self.form.add(f"field {name}", name, edit)
        self.boxes: dict[str, QCheckBox] = {}
        if evidence:
            stack = QWidget()
            inside = QVBoxLayout(stack)
            inside.setContentsMargins(0, 0, 0, 0)
            for name, at_hand in evidence:
                box = QCheckBox(name)
                box.setChecked(at_hand)
                self.boxes[name] = box
                inside.addWidget(box)
            self.form.add("evidence", "手里有的材料(&Q)", stack)
        self.checked_by = QLineEdit(checked_by)
        if checker:
            self.form.add("checked_by", "监督的人(&J)", self.checked_by, hint=f"{checker}的成员。")

    def problems(self) -> dict[str, str]:
        """A day that can be read."""
        return {} if self.done_on.day() else {"done_on": self.done_on.problem() or "请填实际办的那一天。"}

    def answer(self) -> TaskAnswer:
        """What was typed."""
        day = self.done_on.day()
        assert day is not None
        return TaskAnswer(
            day,
            self.done_by.text(),
            self.checked_by.text(),
            tuple((name, edit.toPlainText()) for name, edit in self.edits.items()),
            tuple(name for name, box in self.boxes.items() if box.isChecked()),
        )


@dataclass(frozen=True)
class PaperAnswer:
    """A meeting as an old sheet gives it; zero where it says nothing."""

    body: str
    rule_kind: str
    held_on: dt.date
    eligible: int
    present: int
    yes: int
    no_votes: int
    abstain: int
    content: str
    missing: tuple[str, ...]


class PaperDialog(TallDialog):
    """照纸上补录. `bodies` are (body, rule kind, words)."""

    _NUMBERS = (
        ("eligible", "应到(&Y)"),
        ("present", "实到(&S)"),
        ("yes", "同意(&T)"),
        ("no", "反对(&F)"),
        ("abstain", "弃权(&Q)"),
    )

    def __init__(
        self, head: str, bodies: Sequence[tuple[str, str, str]], today: dt.date, parent: QWidget | None = None
    ) -> None:
        explain = "照纸上的数填，纸上没有的空着。补录的步骤由人对照原件认定，电脑不说它成立。"
        super().__init__(head, parent, accept="补录", width=600, explain=explain)
        self.put_form()
        self.body_box = QComboBox()
        for body, rule_kind, words in bodies:
            self.body_box.addItem(words, (body, rule_kind))
        self.held_on = DateEdit(None, today=today)
        self.form.add("body", "会议(&H)", self.body_box)
        self.form.add("held_on", "开会日期(&R)", self.held_on, required=True)
        self.numbers: dict[str, QLineEdit] = {}
        for key, words in self._NUMBERS:
            self.numbers[key] = QLineEdit()
            self.form.add(key, words, self.numbers[key])
        self.content = low_area(2)
        self.form.add("content", "内容(&N)", self.content)
        stack = QWidget()
        inside = QVBoxLayout(stack)
        inside.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[str, QCheckBox] = {}
        for name in PAPERS:
            self.boxes[name] = QCheckBox(name)
            inside.addWidget(self.boxes[name])
        self.form.add("missing", "缺的材料(&Z)", stack, hint="勾上找不到的。")

    def problems(self) -> dict[str, str]:
        """A day and whole numbers."""
        found = {}
        if self.held_on.day() is None:
            found["held_on"] = self.held_on.problem() or "请填纸上写的开会日期。"
        for key, edit in self.numbers.items():
            if number_of(edit.text()) is None:
                found[key] = f"请填0到{MOST_PEOPLE}之间的整数，纸上没有的空着。"
        return found

    def answer(self) -> PaperAnswer:
        """What was typed."""
        day = self.held_on.day()
        assert day is not None
        body, rule_kind = self.body_box.currentData()
        many = {key: number_of(edit.text()) or 0 for key, edit in self.numbers.items()}
        return PaperAnswer(
            body,
            rule_kind,
            day,
            many["eligible"],
            many["present"],
            many["yes"],
            many["no"],
            many["abstain"],
            self.content.toPlainText(),
            tuple(name for name, box in self.boxes.items() if box.isChecked()),
        )


class BackDialog(AskDialog):
    """退回前面的步骤. `steps` are (number, name)."""

    def __init__(self, no: int, steps: Sequence[tuple[int, str]], parent: QWidget | None = None) -> None:
        explain = "原来登记的会议和表决都会留着；退回以后从那一步起重新办。"
        super().__init__(f"退回第{no}步以前", parent, accept="退回", closes=False, explain=explain)
        self.to_box = QComboBox()
        for number, name in reversed(steps):
            self.to_box.addItem(f"第{number}步　{name}", number)
        self.reason = low_area(3)
        self.form.add("to", "退到哪一步(&B)", self.to_box)
        self.form.add("reason", "原因(&Y)", self.reason, required=True)

    def problems(self) -> dict[str, str]:
        """The reason is needed."""
        return self.form.missing(reason=self.reason.toPlainText())

    def to_no(self) -> int:
        """The step that is chosen."""
        return int(self.to_box.currentData())


def number_of(typed: str) -> int | None:
    """A whole number of people; 0 for an empty field, None for what is none."""
    plain = half_width(typed).strip()
    if not plain:
        return 0
    return int(plain) if plain.isdecimal() and len(plain) <= 6 and int(plain) <= MOST_PEOPLE else None
