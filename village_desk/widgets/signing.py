"""Fields for a sign-in sheet: serial numbers typed as on paper, or names ticked in the list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.forms import Form
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, column, label, row
from village_desk.widgets.tables import Column, ListTable


class SignLine(Protocol):
    """One line of the sheet, as any room has it; `present` when the person is in the room."""

    @property
    def id(self) -> str: ...
    @property
    def serial(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def votes(self) -> bool: ...
    @property
    def present(self) -> bool: ...
    @property
    def absence(self) -> str: ...


@dataclass(frozen=True)
class _Row:
    id: str
    serial: int
    name: str
    basis: str
    group: str
    here: bool
    absence: str


class SignFields(QWidget):
    """Asks who is in the room. `read` turns a typed line into numbers (and raises NotAllowed), `write` turns them back.

    `tell` gives the sentence below for the number of voters in the room, with its tone. With `reasons` those who are
    not there may be given one of them, or another, as the reason of their leave.
    """

    changed = Signal()

    def __init__(
        self,
        rows: Sequence[SignLine],
        *,
        read: Callable[[str], Iterable[int]],
        write: Callable[[Iterable[int]], str],
        tell: Callable[[int], tuple[str, str]],
        reasons: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._excused = {one.serial: one.absence for one in rows if one.absence}
        self._rows, self._read, self._write, self._say = list(rows), read, write, tell
        self._here = {one.serial for one in rows if one.present}
        self._words = ""
        self.form = Form()
        self.typed = QLineEdit(write(self._here))
        self.typed.setPlaceholderText("如 1-20 22 王伟")
        self.form.add(
            "serials", "到会序号(&H)", self.typed, hint="照签到表填序号或姓名；也可以在下面的名单里按空格勾选。"
        )
        self.filter = FilterBox("按姓名、组别找人")
        leave_column = Column[_Row]("absence", "请假", lambda one: one.absence, width=6, side=True, sortable=False)
        self.table = ListTable[_Row](
            (
                Column("here", "到会", lambda one: "已到" if one.here else "", width=4, tone=_tone),
                Column("serial", "序号", lambda one: str(one.serial), width=3, align="right"),
                Column("name", "姓名", lambda one: one.name, width=5),
                Column("basis", "身份", lambda one: one.basis, width=12, wide=True),
                Column("group", "组别", lambda one: one.group, width=4, side=True),
                *((leave_column,) if reasons else ()),
            ),
            sort_keys={"serial": lambda one: one.serial},
        )
        self.grid = _TickGrid(self.table, empty_words="名册上没有人。")
        self.grid.setMinimumHeight(theme.current().px(220))
        self.grid.ticked.connect(self.tick)
        self.grid.opened.connect(self.tick)
        self.verdict = label("", "strong")
        everybody = button("全部到会", "check", clicked=lambda: self._take({one.serial for one in self._rows}))
        nobody = button("清空", "x", clicked=lambda: self._take(set()))
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(["", *reasons])
        self.reason.setAccessibleName("请假事由")
        self.reason_words = label("", "muted", wrap=False)
        self.reason_words.setBuddy(self.reason)
        leave = row(self.reason_words, self.reason)
        leave.setStretchFactor(self.reason, 1)
        parts: list[QWidget | QLayout] = [self.form, row(self.filter, everybody, nobody), self.grid]
        parts += [leave, self.verdict] if reasons else [self.verdict]
        self.setLayout(column(*parts, spacing=8))
        self.grid.picked.connect(lambda _id: self._show_reason())
        self.reason.editTextChanged.connect(self._excuse)
        self.typed.textChanged.connect(self._typed)
        self.filter.searched.connect(self._narrow)
        self.filter.left_downwards.connect(self.grid.enter)
        self._show()

    def serials(self) -> str:
        """The numbers as typed on a sign-in sheet."""
        return self._write(self._here)

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Those who are not there with the reason, as (number, reason)."""
        away = ((serial, words.strip()) for serial, words in sorted(self._excused.items()) if serial not in self._here)
        return tuple((str(serial), words) for serial, words in away if words)

    def problems(self) -> dict[str, str]:
        """Why the typed line is no list of numbers."""
        try:
            self._read(self.typed.text())
        except NotAllowed as refusal:
            return {"serials": f"{refusal.message}{refusal.advice}"}
        return {}

    def tick(self, record_id: str) -> None:
        """Turn one person's presence."""
        serial = next((one.serial for one in self._rows if one.id == record_id), None)
        if serial is not None:
            self._take(self._here ^ {serial})

    def _take(self, here: set[int]) -> None:
        self._here = set(here)
        self.typed.blockSignals(True)
        self.typed.setText(self._write(self._here))
        self.typed.blockSignals(False)
        self.form.wrong("serials", "")
        self._show()

    def _typed(self, text: str) -> None:
        try:
            self._here = set(self._read(text))
        except NotAllowed:
            return
        self._show()

    def _narrow(self, words: str) -> None:
        self._words = words
        self._show()

    def _show_rows(self) -> None:
        shown = [
            _Row(one.id, one.serial, one.name, one.basis, one.group, one.serial in self._here, self._excuse_of(one))
            for one in self._rows
            if self._words in one.name or self._words in one.group
        ]
        at = self.grid.current_id()
        self.table.show(shown)
        self.grid.choose(at)

    def _show(self) -> None:
        self._show_rows()
        voters = sum(one.votes for one in self._rows if one.serial in self._here)
        words, tone = self._say(voters)
        self.verdict.setText(words)
        self.verdict.setStyleSheet(f"color: {theme.current().tones(tone)[0]}")
        self._show_reason()
        self.changed.emit()

    def _excuse_of(self, one: SignLine) -> str:
        return "" if one.serial in self._here else self._excused.get(one.serial, "")

    def _current(self) -> SignLine | None:
        at = self.grid.current_id()
        return next((one for one in self._rows if one.id == at), None) if at else None

    def _show_reason(self) -> None:
        one = self._current()
        away = one is not None and one.serial not in self._here
        self.reason.setEnabled(away)
        self.reason.blockSignals(True)
        self.reason.setEditText(self._excuse_of(one) if one is not None else "")
        self.reason.blockSignals(False)
        self.reason_words.setText(f"{one.name}的请假事由(&Y)" if one is not None and away else "请假事由(&Y)")

    def _excuse(self, words: str) -> None:
        one = self._current()
        if one is None or one.serial in self._here or self._excused.get(one.serial, "") == words:
            return
        self._excused[one.serial] = words
        self._show_rows()


class _TickGrid(Grid):
    """A grid in which the space bar ticks."""

    ticked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the current row and goes on to the next."""
        if event.key() == Qt.Key.Key_Space and self.current_id():
            at = self.currentIndex()
            self.ticked.emit(self.current_id())
            following = at.sibling(at.row() + 1, at.column())
            if following.isValid():
                self.setCurrentIndex(following)
        else:
            super().keyPressEvent(event)


def _tone(one: _Row) -> str:
    return "good" if one.here else "plain"


class SignDialog(AskDialog):
    """Asks who is in the room; `households` asks besides how many of so many households they stand for.

    `clock` reads a typed time (and raises NotAllowed); with it the dialog asks when people came or left.
    """

    def __init__(
        self,
        head: str,
        rows: Sequence[SignLine],
        parent: QWidget | None = None,
        *,
        read: Callable[[str], Iterable[int]],
        write: Callable[[Iterable[int]], str],
        tell: Callable[[int], tuple[str, str]],
        households: int = 0,
        households_came: int = 0,
        reasons: Sequence[str] = (),
        clock: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(head, parent, accept="登记签到", width=680, closes=False)
        self.fields = SignFields(rows, read=read, write=write, tell=tell, reasons=reasons)
        self._clock = clock
        self.at = QLineEdit()
        if clock is not None:
            words = "几点到会、离会的；不知道的空着。"
            self.at.setPlaceholderText("如 19:20")
            self.fields.form.add("at", "时间(&S)", self.at, hint=words)
        self._households = households
        self.households = QLineEdit(str(households_came or ""))
        if households:
            words = f"到会代表所代表的户数(&U)，全村{households}户"
            self.fields.form.add("households", words, self.households, required=True)
        self.body.addWidget(self.fields)

    def problems(self) -> dict[str, str]:
        """Numbers of the list, and households that can be."""
        found = self.fields.problems()
        if self._clock is not None:
            try:
                self._clock(self.at.text())
            except NotAllowed as refusal:
                found["at"] = f"{refusal.message}{refusal.advice}"
        typed = self.households.text()
        if self._households and not (typed.isdigit() and int(typed) <= self._households):
            found["households"] = f"请填0到{self._households}之间的户数。"
        self.fields.form.tell(found)
        return {"": "上面有一处要改。"} if found else {}

    def came(self) -> int:
        """How many households they stand for; 0 where the rule does not count those."""
        return int(self.households.text()) if self._households else 0
