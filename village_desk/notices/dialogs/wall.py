"""Asking what happened to a sheet on the wall."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.notices.rules.life import DAMAGE_WORDS, DamageKind
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area

Choice = tuple[str, str]


@dataclass(frozen=True)
class PostAnswer:
    """Where, when and by whom a sheet was put up."""

    board: str
    posted_on: dt.date
    posted_by: str


class PostDialog(AskDialog):
    """Books a posting; a board can be chosen or written."""

    def __init__(self, title: str, boards: Sequence[str], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            "登记张贴",
            parent,
            accept="登记张贴",
            explain=f"照实填写《{title}》贴上墙的日期；几个自然村分别张贴的，每个公开栏登记一次。",
            closes=False,
        )
        self.board = QComboBox()
        self.board.setEditable(True)
        self.board.addItems(list(boards))
        self.day = DateEdit(today, today=today)
        self.who = QLineEdit()
        self.form.add("board", "公开栏(&G)", self.board, required=True)
        self.form.add("day", "张贴日期(&T)", self.day, required=True, hint="前几天贴的，填前几天的日期。")
        self.form.add("who", "张贴人(&R)", self.who)

    def problems(self) -> dict[str, str]:
        """A board and a day."""
        return {**self.form.missing(board=self.board.currentText()), "day": _day_problem(self.day)}

    def answer(self) -> PostAnswer:
        """The posting."""
        return PostAnswer(self.board.currentText(), _day(self.day), self.who.text())


@dataclass(frozen=True)
class DamageAnswer:
    """Which posting, how it was found, when and by whom."""

    posting_id: str
    kind: DamageKind
    found_on: dt.date
    found_by: str
    words: str


class DamageDialog(AskDialog):
    """Books a damage or an early removal; `postings` are (id, board) of what hangs."""

    def __init__(self, postings: Sequence[Choice], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            "登记破损",
            parent,
            accept="登记破损",
            explain="照实登记发现的日期。贴得不够的天数要补足，补到哪一天会写在这一件里。",
            closes=False,
        )
        self.posting = _choices(postings)
        self.kind = QComboBox()
        for kind, words in DAMAGE_WORDS.items():
            self.kind.addItem(words, kind.value)
        self.day = DateEdit(today, today=today)
        self.who = QLineEdit()
        self.words = QLineEdit()
        self.form.add("posting", "公开栏(&G)", self.posting)
        self.form.add("kind", "情况(&Q)", self.kind)
        self.form.add("day", "破损日期(&T)", self.day, required=True, hint="不清楚哪一天坏的，填发现的那一天。")
        self.form.add("who", "发现人(&R)", self.who)
        self.form.add("words", "说明(&S)", self.words)

    def problems(self) -> dict[str, str]:
        """A day."""
        return {"day": _day_problem(self.day)}

    def answer(self) -> DamageAnswer:
        """The damage."""
        return DamageAnswer(
            str(self.posting.currentData()),
            DamageKind(self.kind.currentData()),
            _day(self.day),
            self.who.text(),
            self.words.text(),
        )


@dataclass(frozen=True)
class TakeDownAnswer:
    """Which posting came down, when and by whom."""

    posting_id: str
    taken_on: dt.date
    taken_by: str


class TakeDownDialog(AskDialog):
    """Books the taking down of a sheet."""

    def __init__(self, postings: Sequence[Choice], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("登记撤下", parent, accept="登记撤下", closes=False)
        self.posting = _choices(postings)
        self.day = DateEdit(today, today=today)
        self.who = QLineEdit()
        self.form.add("posting", "公开栏(&G)", self.posting)
        self.form.add("day", "撤下日期(&T)", self.day, required=True)
        self.form.add("who", "撤下人(&R)", self.who)

    def problems(self) -> dict[str, str]:
        """A day."""
        return {"day": _day_problem(self.day)}

    def answer(self) -> TakeDownAnswer:
        """The taking down."""
        return TakeDownAnswer(str(self.posting.currentData()), _day(self.day), self.who.text())


@dataclass(frozen=True)
class SlipAnswer:
    """Which date was typed wrongly, the right one, and why."""

    record_id: str
    right_on: dt.date
    reason: str


class SlipDialog(AskDialog):
    """Puts a date of the desk's own right; `records` are (id, words with the present date)."""

    def __init__(self, records: Sequence[Choice], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            "更正日期",
            parent,
            accept="更正日期",
            explain="只改登记时输错的日期，墙上的张贴件不用动。原来的日期和原因会一起留下。",
            closes=False,
        )
        self.record = _choices(records)
        self.day = DateEdit(None, today=today)
        self.reason = QLineEdit()
        self.form.add("record", "哪一个日期(&N)", self.record)
        self.form.add("day", "正确的日期(&T)", self.day, required=True)
        self.form.add("reason", "原因(&Y)", self.reason, required=True)

    def problems(self) -> dict[str, str]:
        """A day and a reason."""
        return {**self.form.missing(reason=self.reason.text()), "day": _day_problem(self.day)}

    def answer(self) -> SlipAnswer:
        """The right date."""
        return SlipAnswer(str(self.record.currentData()), _day(self.day), self.reason.text())


@dataclass(frozen=True)
class ObjectionAnswer:
    """Who said what against a sheet, or how it was answered, and when."""

    day: dt.date
    who: str
    words: str


class ObjectionDialog(AskDialog):
    """Books an objection."""

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            "登记意见",
            parent,
            accept="登记意见",
            explain="书面、口头反映的都登记；过了期限的也照实登记。",
            closes=False,
        )
        self.day, self.who, self.words = DateEdit(today, today=today), QLineEdit(), text_area(3)
        self.form.add("day", "提出日期(&T)", self.day, required=True)
        self.form.add("who", "反映人(&R)", self.who, required=True)
        self.form.add("words", "反映内容(&N)", self.words, required=True)

    def problems(self) -> dict[str, str]:
        """Who, when and what."""
        missing = self.form.missing(who=self.who.text(), words=self.words.toPlainText())
        return {**missing, "day": _day_problem(self.day)}

    def answer(self) -> ObjectionAnswer:
        """The objection."""
        return ObjectionAnswer(_day(self.day), self.who.text(), self.words.toPlainText())


class AnswerDialog(AskDialog):
    """Books the answer to an objection; `objections` are (id, words)."""

    def __init__(self, objections: Sequence[Choice], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("登记答复", parent, accept="登记答复", closes=False)
        self.objection = _choices(objections)
        self.day, self.who, self.words = DateEdit(today, today=today), QLineEdit(), text_area(3)
        self.form.add("objection", "哪一条意见(&Y)", self.objection)
        self.form.add("day", "答复日期(&T)", self.day, required=True)
        self.form.add("who", "答复人(&R)", self.who, required=True)
        self.form.add("words", "答复内容(&N)", self.words, required=True)

    def problems(self) -> dict[str, str]:
        """Who, when and what."""
        missing = self.form.missing(who=self.who.text(), words=self.words.toPlainText())
        return {**missing, "day": _day_problem(self.day)}

    def answer(self) -> ObjectionAnswer:
        """The answer."""
        return ObjectionAnswer(_day(self.day), self.who.text(), self.words.toPlainText())


class ReasonDialog(AskDialog):
    """Asks for one reason."""

    def __init__(self, title: str, accept: str, explain: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, accept=accept, explain=explain, closes=False)
        self.reason = QLineEdit()
        self.form.add("reason", "原因(&Y)", self.reason, required=True)

    def problems(self) -> dict[str, str]:
        """A reason."""
        return self.form.missing(reason=self.reason.text())

    def answer(self) -> str:
        """The reason."""
        return self.reason.text()


def _choices(choices: Sequence[Choice]) -> QComboBox:
    box = QComboBox()
    for key, words in choices:
        box.addItem(words, key)
    return box


def _day(edit: DateEdit) -> dt.date:
    day = edit.day()
    assert day is not None
    return day


def _day_problem(edit: DateEdit) -> str:
    return edit.problem() or ("" if edit.day() is not None else "请填日期。")
