"""Asking about finished sheets: publishing, posting, correcting; and about the sheets besides the ledger."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from village_desk.accounts.dialogs.amounts import money_problem, quarters, sum_of
from village_desk.accounts.rules.forms import SheetForm
from village_desk.accounts.rules.sums import Sums
from village_desk.kit.money import fen, yuan
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import text_area
from village_desk.widgets.layout import label


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


class PublishDialog(AskDialog):
    """Asks on which day a sheet is to be posted."""

    def __init__(self, title: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            "编号定稿",
            parent,
            accept="编号定稿",
            explain=f"《{title}》编号以后不能再改；发现错的，只能出更正公告。",
            closes=False,
        )
        self.day = DateEdit(today, today=today)
        self.form.add("day", "哪天张贴(&T)", self.day, required=True)

    def problems(self) -> dict[str, str]:
        """A day."""
        return {"day": self.day.problem() or ("" if self.day.day() else "请填张贴日期。")}

    def answer(self) -> dt.date:
        """The day."""
        day = self.day.day()
        assert day is not None
        return day


class PostDialog(AskDialog):
    """Asks where, when and by whom a sheet was posted."""

    def __init__(self, title: str, boards: Sequence[str], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            "登记张贴", parent, accept="登记张贴", explain=f"《{title}》贴上墙的日期，照实填写。", closes=False
        )
        self.board = QComboBox()
        self.board.setEditable(True)
        self.board.addItems(list(boards))
        self.day, self.who = DateEdit(today, today=today), QLineEdit()
        self.form.add("board", "公开栏(&G)", self.board, required=True)
        self.form.add("day", "张贴日期(&T)", self.day, required=True)
        self.form.add("who", "张贴人(&R)", self.who)

    def problems(self) -> dict[str, str]:
        """A board and a day."""
        found = self.form.missing(board=self.board.currentText())
        found["day"] = self.day.problem() or ("" if self.day.day() else "请填张贴日期。")
        return found

    def answer(self) -> tuple[str, dt.date, str]:
        """Board, day, who."""
        day = self.day.day()
        assert day is not None
        return self.board.currentText(), day, self.who.text()


@dataclass(frozen=True)
class CorrectAnswer:
    """What was wrong and why; the sums as they should be, in fen."""

    reason: str
    lines: tuple[tuple[str, str, str], ...]
    receipts_fen: int
    payments_fen: int


class CorrectDialog(AskDialog):
    """Asks for a correction of a published sheet; its sums as published are filled in."""

    def __init__(self, title: str, sums: Sums, parent: QWidget | None = None) -> None:
        super().__init__(
            "出更正公告",
            parent,
            accept="起草更正公告",
            explain=f"《{title}》原件不动，更正公告和它贴在一起；公布后，下一期以更正后的期末为期初。",
            closes=False,
            width=620,
        )
        self._opening = sums.opening
        self.lines: QPlainTextEdit = text_area(3)
        self.receipts, self.payments = QLineEdit(yuan(sums.receipts)), QLineEdit(yuan(sums.payments))
        self.reason = QLineEdit()
        hint = "一处一行：哪一处　原为　应为，中间空一格，例如“第12笔电费 1,200.00元 1,020.00元”。"
        self.form.add("lines", "错在哪里(&N)", self.lines, required=True, hint=hint)
        self.form.add("receipts", "更正后收入合计（元）(&S)", self.receipts, required=True)
        self.form.add("payments", "更正后支出合计（元）(&Z)", self.payments, required=True)
        self.form.add("reason", "更正原因(&Y)", self.reason, required=True)
        self.told = label("", "muted")
        self.body.addWidget(self.told)
        self.receipts.textChanged.connect(lambda _text: self._tell())
        self.payments.textChanged.connect(lambda _text: self._tell())
        self._tell()

    def _tell(self) -> None:
        receipts, payments = sum_of(self.receipts), sum_of(self.payments)
        if receipts is not None and payments is not None:
            self.told.setText(f"更正后期末结余是{yuan(self._opening + receipts - payments)}元。")

    def problems(self) -> dict[str, str]:
        """Lines, sums, a reason."""
        found = self.form.missing(lines=self.lines.toPlainText(), reason=self.reason.text())
        if not found.get("lines") and any(
            len(line.split()) < 3 for line in self.lines.toPlainText().splitlines() if line
        ):
            found["lines"] = "每一行要写三样：哪一处、原为、应为，中间空一格。"
        found["receipts"], found["payments"] = money_problem(self.receipts), money_problem(self.payments)
        return found

    def answer(self) -> CorrectAnswer:
        """The correction."""
        parts = [line.rsplit(maxsplit=2) for line in self.lines.toPlainText().splitlines() if line.strip()]
        lines = tuple((one[0], one[1], one[2]) for one in parts)
        return CorrectAnswer(self.reason.text(), lines, fen(self.receipts.text()), fen(self.payments.text()))


@dataclass(frozen=True)
class MakeAnswer:
    """Another sheet to make, for a period; `text` are pasted rows of one that has no register."""

    form: str
    from_on: dt.date
    until_on: dt.date
    title: str
    text: str


class MakeSheetDialog(AskDialog):
    """Makes one of the sheets F05 to F14: drawn from its register, or pasted."""

    def __init__(self, forms: Sequence[SheetForm], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("出其他公开表", parent, accept="出表", closes=False, width=680)
        self._forms = {one.code: one for one in forms}
        self.kind = QComboBox()
        for one in forms:
            self.kind.addItem(one.title, one.code)
        self.period = QComboBox()
        for words, first, last in quarters(today):
            self.period.addItem(words, (first, last))
        year = (dt.date(today.year, 1, 1), dt.date(today.year, 12, 31))
        before = (dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31))
        self.period.addItem(f"{today.year}年", year)
        self.period.addItem(f"{today.year - 1}年", before)
        self.name = QLineEdit()
        self.text = text_area(6)
        self.form.add("kind", "哪种表(&B)", self.kind)
        self.form.add("period", "期间(&Q)", self.period)
        self.form.add("name", "标题(&T)", self.name, hint="不填就按期间和表名起名。")
        self.form.add("text", "内容(&N)", self.text)
        self.kind.currentIndexChanged.connect(lambda _at: self._tell_kind())
        self._tell_kind()

    def _tell_kind(self) -> None:
        form = self._forms[str(self.kind.currentData())]
        typed = form.source == "typed"
        self.form.show_field("text", typed)
        columns = "、".join(one.title for one in form.columns)
        hint = f"从WPS里复制过来，各列依次是：{columns}。" if typed else ""
        self.form.field("text").set_hint(hint)
        self.form.field("kind").set_hint("" if typed else "内容取自相应的台账，公开时个人姓名只留姓。")

    def answer(self) -> MakeAnswer:
        """The sheet."""
        first, last = self.period.currentData()
        return MakeAnswer(str(self.kind.currentData()), first, last, self.name.text(), self.text.toPlainText())
