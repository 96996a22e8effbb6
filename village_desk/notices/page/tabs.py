"""What the tabs of the plan share: buttons over a list, and below it what is known of the chosen line."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from village_desk.notices.page.asking import Asking
from village_desk.widgets import theme
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import card, flow, label, scrolled
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.tables import HasId, ListTable

R = TypeVar("R", bound=HasId)


class Tab(QWidget, Generic[R]):
    """A list with its buttons; a subclass reads in `refresh` and says in `told` what stands below.

    `needs` names the buttons that want a chosen line; `allowed(row)` gives those that fit it.
    """

    def __init__(
        self,
        asking: Asking,
        table: ListTable[R],
        buttons: Sequence[QWidget],
        *,
        empty_words: str,
        needs: Sequence[QPushButton] = (),
        above: QWidget | None = None,
    ) -> None:
        super().__init__()
        look = theme.current()
        self.asking, self.table = asking, table
        self._needs = tuple(needs)
        self.summary = label("", "strong")
        self.grid = Grid(table, empty_words=empty_words)
        self.checks = Checks()
        self.below = scrolled(self.checks)
        self.below.setMinimumHeight(look.px(100))
        self.below.setMaximumHeight(look.px(110))
        # The list takes what room is left: in large type the words about its chosen line stay in sight.
        policy = self.grid.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Ignored)
        self.grid.setSizePolicy(policy)
        self.grid.setMinimumHeight(look.px(110))
        line = flow(*([above] if above is not None else []), *buttons)
        sheet = card(line, self.summary)
        sheet.add(self.grid, 1)
        sheet.add(self.below)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)
        self.grid.picked.connect(lambda _id: self.show_chosen())

    def current(self) -> R | None:
        """The chosen line."""
        at = self.table.position(self.grid.current_id())
        return self.table.row(at) if at >= 0 else None

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these lines and keep the chosen one."""
        at = self.grid.current_id()
        self.table.show(rows)
        if not self.grid.choose(at) and rows:
            self.grid.choose(rows[0].id)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Say below what is known of the chosen line, and offer what can be done with it."""
        row = self.current()
        self.checks.show_checks(self.told(row) if row is not None else [])
        fitting = self.allowed(row) if row is not None else frozenset()
        for one in self._needs:
            one.setEnabled(one in fitting)

    def refresh(self) -> None:
        """Read and show."""

    def told(self, row: R) -> list[Check]:
        """What stands below the list."""
        return []

    def allowed(self, row: R) -> frozenset[QPushButton]:
        """The buttons that fit a line."""
        return frozenset(self._needs)

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.asking.page.open(dialog)  # type: ignore[attr-defined]  # the page of these tabs has it

    def print_later(self, read: Callable[[Any], Any], make: Callable[[Any], bytes], title: str) -> None:
        """Make a PDF in the background and show it."""
        found = self.asking.workplace.read(read)
        show_sheet(self.asking.workplace, self.asking.page, title, lambda: make(found), self.open)
