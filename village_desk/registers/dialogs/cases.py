"""What the page of service cases asks: the form of a new case, and windows with a list and what is done with a line."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.fields import Ask, FieldsDialog, chosen
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, flow, heading, muted, row
from village_desk.widgets.tables import ListTable


class WhoDialog(FieldsDialog):
    """Fields of which some find a person of the roll, or take the name of somebody else as it is typed."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        accept: str,
        asks: Sequence[Ask],
        who: str,
        needed: bool = True,
        explain: str = "",
        width: int = 600,
        check: Callable[[Mapping[str, Any]], Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(title, parent, accept=accept, asks=asks, explain=explain, width=width, check=check)
        self._who, self._must_be = who, needed

    def person(self) -> tuple[str, str]:
        """Id of the person who was found, or "" and the name as it was typed."""
        box = self.editors[self._who]
        assert isinstance(box, QComboBox)
        found = chosen(box)
        return (found, "") if found else ("", box.currentText().strip())

    def problems(self) -> dict[str, str]:
        """Somebody has to be named."""
        found = super().problems()
        if self._must_be and not any(self.person()):
            words = self.asks[self._who].label.partition("(")[0]
            found[self._who] = f"请填{words}：名册里的人打几个字选，外村人直接写姓名。"
        return found


class ListDialog(QDialog):
    """A list with buttons for the chosen line; emits `asked(key, id of the line)`; Enter is the first button."""

    asked = Signal(str, str)

    def __init__(
        self,
        title: str,
        table: ListTable[Any],
        acts: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        explain: str = "",
        empty_words: str = "",
        needs_line: frozenset[str] = frozenset(),
        width: int = 760,
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(look.px(width), look.px(500))
        self.table, self._needs_line = table, needs_line
        self._rows: Callable[[], Sequence[Any]] = tuple
        self.grid = Grid(table, empty_words=empty_words)
        self.buttons: dict[str, QPushButton] = {}
        for number, (key, words, icon) in enumerate(acts):
            role = "primary" if not number else ""
            self.buttons[key] = button(words, icon, role=role, clicked=partial(self.ask, key))
            self.buttons[key].setAutoDefault(False)
        column = QVBoxLayout(self)
        edge = look.px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(12))
        column.addWidget(heading(title))
        if explain:
            column.addWidget(muted(explain))
        column.addWidget(self.grid, 1)
        column.addLayout(flow(*self.buttons.values()))
        close = button("关闭", clicked=self.accept)
        close.setAutoDefault(False)
        column.addLayout(row(None, close))
        if acts:
            self.grid.opened.connect(lambda _id: self.ask(acts[0][0]))
        self.grid.picked.connect(lambda _id: self.fit())
        self.fit()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these lines; the chosen one stays chosen."""
        at = self.grid.current_id()
        self.table.show(rows)
        if not self.grid.choose(at) and rows:
            self.grid.choose(rows[0].id)
        self.fit()

    def fill_with(self, rows: Callable[[], Sequence[Any]]) -> None:
        """Show what this gives, now and at each `fill_again`."""
        self._rows = rows
        self.show_rows(rows())

    def fill_again(self, _tables: object = None) -> None:
        """Something was written: show the lines as they are now."""
        if self.isVisible():
            self.show_rows(self._rows())

    def ask(self, key: str) -> None:
        """A button was pressed."""
        at = self.grid.current_id()
        if at or key not in self._needs_line:
            self.asked.emit(key, at)

    def fit(self) -> None:
        """Buttons for a line work when one is chosen."""
        for key, one in self.buttons.items():
            one.setEnabled(bool(self.grid.current_id()) or key not in self._needs_line)
