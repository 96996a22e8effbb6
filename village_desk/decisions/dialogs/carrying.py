"""Asking for the answers of offices, for what is to be carried out, and how far it has come."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.decisions.dialogs.cases import amount_of, amount_problem
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.tall import TallDialog, low_area


@dataclass(frozen=True)
class FilingAnswer:
    """What an office answered."""

    kind: str
    on: dt.date
    office: str
    number: str
    opinion: str
    agreed: bool
    way: str


class FilingDialog(TallDialog):
    """登记报批备案. `kinds` are (key, words)."""

    def __init__(
        self,
        kinds: Sequence[tuple[str, str]],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        office: str = "",
        explain: str = "",
    ) -> None:
        super().__init__("登记报批、备案", parent, accept="登记", width=560, explain=explain)
        self.put_form()
        self.kind = QComboBox()
        for key, words in kinds:
            self.kind.addItem(words, key)
        self.on = DateEdit(today, today=today)
        self.office, self.number = QLineEdit(office), QLineEdit()
        self.verdict_box = QComboBox()
        self.verdict_box.addItem("同意", True)
        self.verdict_box.addItem("没有同意", False)
        self.opinion = low_area(2)
        self.way = QComboBox()
        for words in ("纸质", "U盘", "电话", "微信"):
            self.way.addItem(words, words)
        self.form.add("kind", "办哪一样(&B)", self.kind)
        self.form.add("on", "日期(&R)", self.on, required=True)
        self.form.add("office", "单位(&D)", self.office, hint="例如“青河镇人民政府”。")
        self.form.add("number", "文号(&W)", self.number, hint="没有文号的空着。")
        self.form.add("answered", "结果(&G)", self.verdict_box)
        self.form.add("opinion", "意见(&Y)", self.opinion)
        self.form.add("way", "怎样收到的(&S)", self.way)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self._show_kind()

    def problems(self) -> dict[str, str]:
        """A day, and an office that answered."""
        found = {}
        if self.on.day() is None:
            found["on"] = self.on.problem() or "请填日期。"
        if not self._comment() and not self.office.text().strip():
            found["office"] = "请写明是哪个单位。"
        return found

    def answer(self) -> FilingAnswer:
        """What was typed."""
        day = self.on.day()
        assert day is not None
        return FilingAnswer(
            str(self.kind.currentData()),
            day,
            self.office.text(),
            self.number.text(),
            self.opinion.toPlainText(),
            bool(self.verdict_box.currentData()),
            str(self.way.currentData()),
        )

    def _comment(self) -> bool:
        return str(self.kind.currentData()) == "comment"

    def _show_kind(self) -> None:
        for key in ("office", "number", "answered", "opinion", "way"):
            self.form.show_field(key, not self._comment())


@dataclass(frozen=True)
class WorkAnswer:
    """One thing to carry out; `amount_fen` is None without a sum."""

    title: str
    owner: str
    due_on: dt.date | None
    amount_fen: int | None


class WorkDialog(AskDialog):
    """安排实施."""

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        explain = "决议成立以后，一件事一件事写清由谁办、什么时候办完、用多少钱。"
        super().__init__("安排实施", parent, accept="安排", width=560, closes=False, explain=explain)
        self.title_edit, self.owner, self.amount = QLineEdit(), QLineEdit(), QLineEdit()
        self.due_on = DateEdit(None, today=today)
        self.form.add("title", "办什么(&B)", self.title_edit, required=True)
        self.form.add("owner", "由谁来办(&S)", self.owner, required=True)
        self.form.add("due_on", "什么时候办完(&R)", self.due_on)
        self.form.add("amount", "用多少钱（元）(&J)", self.amount)

    def problems(self) -> dict[str, str]:
        """What and who, a readable day and sum."""
        found = self.form.missing(title=self.title_edit.text(), owner=self.owner.text())
        if self.due_on.problem():
            found["due_on"] = self.due_on.problem()
        return found | amount_problem(self.amount.text())

    def answer(self) -> WorkAnswer:
        """What was typed."""
        return WorkAnswer(self.title_edit.text(), self.owner.text(), self.due_on.day(), amount_of(self.amount.text()))


@dataclass(frozen=True)
class ProgressAnswer:
    """How far something has come."""

    work_id: str
    on: dt.date
    words: str
    spent_fen: int
    done: bool


class ProgressDialog(AskDialog):
    """登记进展. `works` are (id, words) of what is not finished."""

    def __init__(self, works: Sequence[tuple[str, str]], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("登记进展", parent, accept="登记", width=560, closes=False)
        self.work = QComboBox()
        for key, words in works:
            self.work.addItem(words, key)
        self.on = DateEdit(today, today=today)
        self.words = low_area(3)
        self.amount = QLineEdit()
        self.done_box = QCheckBox("已经办完")
        self.form.add("work", "哪一项(&B)", self.work)
        self.form.add("on", "日期(&R)", self.on, required=True)
        self.form.add("words", "进展(&N)", self.words, required=True)
        self.form.add("amount", "这次用了多少钱（元）(&J)", self.amount)
        self.form.add("done", "办完(&W)", self.done_box)

    def problems(self) -> dict[str, str]:
        """The words, a readable day and sum."""
        found = self.form.missing(words=self.words.toPlainText())
        if self.on.day() is None:
            found["on"] = self.on.problem() or "请填日期。"
        return found | amount_problem(self.amount.text())

    def answer(self) -> ProgressAnswer:
        """What was typed."""
        day = self.on.day()
        assert day is not None
        spent = amount_of(self.amount.text()) or 0
        work_id = str(self.work.currentData())
        return ProgressAnswer(work_id, day, self.words.toPlainText(), spent, self.done_box.isChecked())


class PapersDialog(AskDialog):
    """登记手里的材料. `papers` are (name, at hand)."""

    def __init__(self, papers: Sequence[tuple[str, bool]], parent: QWidget | None = None) -> None:
        explain = "勾上已经有的材料，它们和这件事放在一起存档。"
        super().__init__("登记材料", parent, accept="登记", width=520, closes=False, explain=explain)
        self.boxes: dict[str, QCheckBox] = {}
        for number, (name, at_hand) in enumerate(papers):
            self.boxes[name] = QCheckBox(name)
            self.boxes[name].setChecked(at_hand)
            self.form.add(f"paper{number}", "有的材料" if not number else "", self.boxes[name])

    def answer(self) -> tuple[str, ...]:
        """The names of what is at hand."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())
