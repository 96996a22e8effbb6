"""Fields for a sign-in sheet: serial numbers typed as on paper, or names ticked in the list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLayout, QLineEdit, QWidget

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
    @property
    def proxy(self) -> str: ...
    @property
    def online(self) -> bool: ...


class SignSheet(Protocol):
    """The sheet that is booked: its head, its lines, and what the rules of its meeting let people do.

    `read` turns a typed line into numbers (and raises NotAllowed); `tell` gives the sentence, with its tone, on so many
    voters in the room. `households` is how many the place has, where the rule counts those that are stood for.
    """

    @property
    def head(self) -> str: ...
    @property
    def lines(self) -> Sequence[SignLine]: ...
    @property
    def households(self) -> int: ...
    @property
    def households_came(self) -> int: ...
    @property
    def proxies(self) -> bool: ...
    @property
    def online(self) -> bool: ...
    def read(self, typed: str) -> Iterable[int]: ...
    def tell(self, voters: int) -> tuple[str, str]: ...


@dataclass(frozen=True)
class _Row:
    id: str
    serial: int
    name: str
    basis: str
    group: str
    here: bool
    besides: str


class SignFields(QWidget):
    """Asks who is in the room; `write` turns numbers into a line that the sheet reads back.

    Those who are not there may be given one of the `reasons`, or another; where the sheet lets them, those who are may
    have sent somebody or taken part from afar.
    """

    changed = Signal()

    def __init__(
        self,
        sheet: SignSheet,
        *,
        write: Callable[[Iterable[int]], str],
        reasons: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        rows = sheet.lines
        self._excused = {one.serial: one.absence for one in rows if one.absence}
        self._holders = {one.serial: one.proxy for one in rows if one.proxy}
        self._afar = {one.serial for one in rows if one.online}
        self._sheet, self._write = sheet, write
        self._rows, self._read, self._say = list(rows), sheet.read, sheet.tell
        self._here = {one.serial for one in rows if one.present}
        self._words = ""
        self.form = Form()
        self.typed = QLineEdit(write(self._here))
        self.typed.setPlaceholderText("如 1-20 22 王伟")
        self.form.add(
            "serials", "到会序号(&H)", self.typed, hint="照签到表填序号或姓名；也可以在下面的名单里按空格勾选。"
        )
        self.filter = FilterBox("按姓名、组别找人")
        special = sheet.proxies or sheet.online
        words = "请假、委托" if special else "请假"
        leave_column = Column[_Row]("besides", words, lambda one: one.besides, width=6, side=True, sortable=False)
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
        # Who is there has no reason to be away, and who is away sent nobody: one line serves both.
        self.holder = QLineEdit()
        self.holder.setPlaceholderText("本人没来、书面委托别人的，写受托人")
        self.holder.setAccessibleName("受托人")
        self.afar = QCheckBox("在线参加(&X)")
        leave = row(self.reason_words, self.reason, self.holder, self.afar)
        leave.setStretchFactor(self.reason, 1)
        leave.setStretchFactor(self.holder, 1)
        parts: list[QWidget | QLayout] = [self.form, row(self.filter, everybody, nobody), self.grid]
        parts += [leave, self.verdict] if reasons else [self.verdict]
        self.setLayout(column(*parts, spacing=8))
        self.grid.picked.connect(lambda _id: self._show_reason())
        self.reason.editTextChanged.connect(self._excuse)
        self.holder.textChanged.connect(self._send)
        self.afar.toggled.connect(self._far)
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

    def proxies(self) -> tuple[tuple[str, str], ...]:
        """Those for whom somebody else came, as (number, who came)."""
        sent = ((serial, holder.strip()) for serial, holder in sorted(self._holders.items()) if serial in self._here)
        return tuple((str(serial), holder) for serial, holder in sent if holder)

    def online(self) -> str:
        """The numbers of those who took part from afar."""
        return self._write(self._afar & self._here)

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
            _Row(one.id, one.serial, one.name, one.basis, one.group, one.serial in self._here, self._besides(one))
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

    def _besides(self, one: SignLine) -> str:
        """The reason of those who are not there; of the others who came for them, or that they were online."""
        if one.serial not in self._here:
            return self._excuse_of(one)
        holder = self._holders.get(one.serial, "").strip()
        return f"{holder}代" if holder else "在线" if one.serial in self._afar else ""

    def _show_reason(self) -> None:
        one = self._current()
        here = one is not None and one.serial in self._here
        away = one is not None and not here
        proxies, online = here and self._sheet.proxies, here and self._sheet.online
        self.reason.setVisible(not (proxies or online))
        self.holder.setVisible(proxies)
        self.afar.setVisible(online)
        self.reason.setEnabled(away)
        holder = self._holders.get(one.serial, "") if one is not None else ""
        for editor in (self.reason, self.holder, self.afar):
            editor.blockSignals(True)
        self.reason.setEditText(self._excuse_of(one) if one is not None else "")
        self.afar.setChecked(one is not None and one.serial in self._afar)
        if holder != self.holder.text():
            # Typing goes on here while the list is shown anew: the cursor stays.
            self.holder.setText(holder)
        for editor in (self.reason, self.holder, self.afar):
            editor.blockSignals(False)
        words = "请假事由(&Y)"
        if one is not None and (proxies or online):
            words = f"{one.name}的受托人(&Y)" if proxies else one.name
        elif one is not None and away:
            words = f"{one.name}的请假事由(&Y)"
        self.reason_words.setBuddy(self.holder if proxies else self.reason)
        self.reason_words.setText(words)

    def _excuse(self, words: str) -> None:
        one = self._current()
        if one is None or one.serial in self._here or self._excused.get(one.serial, "") == words:
            return
        self._excused[one.serial] = words
        self._show_rows()

    def _send(self, words: str) -> None:
        one = self._current()
        if one is not None:
            self._holders[one.serial] = words
            self._show_rows()

    def _far(self, afar: bool) -> None:
        one = self._current()
        if one is not None:
            self._afar = self._afar | {one.serial} if afar else self._afar - {one.serial}
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
    """Asks who is in the room, and, where the rule counts households, for how many of them they stand.

    `clock` reads a typed time (and raises NotAllowed).
    """

    def __init__(
        self,
        sheet: SignSheet,
        parent: QWidget | None = None,
        *,
        write: Callable[[Iterable[int]], str],
        reasons: Sequence[str],
        clock: Callable[[str], str],
    ) -> None:
        super().__init__(sheet.head, parent, accept="登记签到", width=680, closes=False)
        self.fields = SignFields(sheet, write=write, reasons=reasons)
        self._clock = clock
        self.at = QLineEdit()
        self.at.setPlaceholderText("如 19:20")
        self.fields.form.add("at", "时间(&S)", self.at, hint="几点到会、离会的；不知道的空着。")
        self._households = sheet.households
        self.households = QLineEdit(str(sheet.households_came or ""))
        if self._households:
            words = f"到会代表所代表的户数(&U)，全村{self._households}户"
            self.fields.form.add("households", words, self.households, required=True)
        self.body.addWidget(self.fields)

    def problems(self) -> dict[str, str]:
        """Numbers of the list, and households that can be."""
        found = self.fields.problems()
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

    def answer(self) -> dict[str, Any]:
        """The sheet as it was booked, by the names under which a meeting takes it in."""
        fields = self.fields
        return {
            "serial_numbers": fields.serials(),
            "at": self.at.text(),
            "households": self.came(),
            "absences": fields.reasons(),
            "proxies": fields.proxies(),
            "online": fields.online(),
        }
