"""A page with a list at the left and one record beside it; large type leaves room for one of the two."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QWidget

from village_desk.widgets import theme
from village_desk.widgets.empty import Empty
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import card, row
from village_desk.widgets.page import Page
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.tables import HasId, ListTable
from village_desk.widgets.workplace import Workplace

R = TypeVar("R", bound=HasId)
_NO_LIMIT = 16_777_215


class ListPage(Page, Generic[R]):
    """A subclass calls `furnish` at the end of __init__ and writes `rows`, `told`, `found`, `show_record`, `enter_one`.

    `beside` are the keys of the columns that the list shows beside a record, `list_width` its width there.
    """

    beside: ClassVar[frozenset[str]] = frozenset()
    list_width: ClassVar[int] = 370

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self._words = ""
        self._wanted = ""
        self._shown: str | None = None
        self._in_detail = False
        self._furnished = False

    def furnish(
        self,
        table: ListTable[R],
        *,
        search: str,
        empty_words: str,
        buttons: Sequence[QPushButton],
        one: QWidget,
        back: QPushButton,
        nothing: Empty,
        first: Empty,
    ) -> None:
        """Lay out the list under its buttons and search field, and beside it one record."""
        self.table, self.one, self.back, self.nothing, self.first = table, one, back, nothing, first
        self.filter = FilterBox(search)
        self.grid = Grid(table, empty_words=empty_words)
        self.list_card = card(row(*buttons, None), self.filter)
        self.list_card.add(self.grid, 1)
        self.below = QStackedWidget()
        for part in (nothing, first, one):
            self.below.addWidget(part)
        whole = row(self.list_card, self.below, spacing=12)
        whole.setStretchFactor(self.below, 1)
        self.column.addLayout(whole, 1)
        self.filter.searched.connect(self.narrow)
        self.filter.left_downwards.connect(self.grid.enter)
        self.grid.picked.connect(self.show_one)
        self.grid.opened.connect(lambda _id: self.go_in())
        self._furnished = True
        self._arrange()

    # what a subclass says

    def rows(self) -> Sequence[R]:
        """Every row of the list."""
        return ()

    def told(self, rows: Sequence[R]) -> str:
        """The words beside the title."""
        return f"共{len(rows)}条"

    def found(self, one: R, words: str) -> bool:
        """Whether a row holds these words."""
        return True

    def show_record(self, record_id: str) -> None:
        """Read one record and show it; "" for none."""

    def enter_one(self) -> None:
        """Put the cursor into the record that is shown."""

    # showing

    def refresh(self) -> None:
        """Read the list and the record at hand."""
        rows = self.rows()
        shown = [one for one in rows if self.found(one, self._words)]
        at = self._wanted or self.grid.current_id()
        self._wanted, self._shown = "", None
        self.table.show(shown)
        self.say(self.told(rows))
        if not self.grid.choose(at) and shown and not self.grid.current_id():
            self.grid.choose(shown[0].id)
        # Choosing another row has shown it already.
        if self._shown != self.grid.current_id():
            self.show_one(self.grid.current_id())
        if not rows:
            self.below.setCurrentWidget(self.first)

    def show_one(self, record_id: str) -> None:
        """Show one record."""
        self._shown = record_id
        self.show_record(record_id)
        self.below.setCurrentWidget(self.one if record_id else self.nothing)

    def narrow(self, words: str) -> None:
        """Show what holds these words."""
        self._words = words
        self.refresh()

    def open_record(self, record_id: str) -> None:
        """Show one record."""
        self._words = ""
        self.filter.clear()
        self._wanted = record_id
        self._in_detail = bool(record_id)
        self._arrange()
        self.refresh_now()

    def start_search(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus()
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Large type leaves room for the list or for one record, not for both."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_furnished", False):
            self._arrange()

    def go_in(self) -> None:
        """From the list to the record that is chosen."""
        self._in_detail = True
        self._arrange()
        self.enter_one()

    def go_back(self) -> None:
        """From one record to the list."""
        self._in_detail = False
        self._arrange()
        self.grid.enter()

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.dialog = dialog
        dialog.open()

    def print_sheet(self, name: str, make: Callable[[], bytes], kept: Callable[[bytes], None] | None = None) -> None:
        """Make a PDF in the background and show it; `kept` is told of one that was printed or saved."""
        show_sheet(self.workplace, self, name, make, self.open, kept)

    def _arrange(self) -> None:
        look = theme.current()
        self.list_card.setVisible(not look.narrow or not self._in_detail)
        self.below.setVisible(not look.narrow or self._in_detail)
        self.back.setVisible(look.narrow)
        self.list_card.setMaximumWidth(_NO_LIMIT if look.narrow else look.px(self.list_width + 10))
        self.list_card.setMinimumWidth(look.px(self.list_width) if not look.narrow else 0)
        for number, column in enumerate(self.table.columns):
            self.grid.setColumnHidden(number, not look.narrow and column.key not in self.beside)
