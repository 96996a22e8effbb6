"""What every tab of the page of accounts is: a list with its buttons at the left and one record beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, flow, heading, row
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.tables import ListTable

if TYPE_CHECKING:
    from village_desk.accounts.page.accounts import AccountsPage

_NO_LIMIT = 16_777_215


class Pane(QWidget):
    """A subclass fills `above` (buttons over the list) and `detail` (the card beside it) and writes refresh()."""

    beside: frozenset[str] = frozenset()
    """The columns that the list shows while a record stands beside it."""
    list_width = 340

    def __init__(self, page: "AccountsPage", table: ListTable[Any], empty_words: str, choose_words: str) -> None:
        super().__init__()
        self.page, self.workplace, self.table = page, page.workplace, table
        self._in_detail = False
        self.grid = Grid(table, empty_words=empty_words)
        self.back = button("返回列表", "arrow-left", clicked=self.go_back)
        self.title = heading("")
        self.title.setWordWrap(True)
        self.above = flow()
        self.list_card = card(self.above)
        self.list_card.add(self.grid, 1)
        head = row(self.back, self.title)
        head.setStretchFactor(self.title, 1)
        self.detail = card(head)
        self.nothing = Empty(choose_words, icon="wallet")
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing)
        self.right.addWidget(self.detail)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        whole = row(self.list_card, self.right, spacing=12)
        whole.setStretchFactor(self.right, 1)
        outer.addLayout(whole, 1)
        self.grid.picked.connect(self.pick)
        self.grid.opened.connect(lambda _id: self.go_in())
        self.arrange()

    # what a subclass says

    def refresh(self) -> None:
        """Read the list and the record at hand."""

    def show_one(self, record_id: str) -> None:
        """Read one record and show it."""

    # showing

    def show_rows(self, rows: Sequence[Any], wanted: str = "") -> None:
        """Show the list; what was chosen stays chosen, else the first is."""
        at = wanted or self.grid.current_id()
        self.table.show(rows)
        if not self.grid.choose(at) and rows:
            self.grid.choose(self.table.row(0).id)
        self.pick(self.grid.current_id())

    def pick(self, record_id: str) -> None:
        """Show one record, or the words for none."""
        if record_id:
            self.show_one(record_id)
        self.right.setCurrentWidget(self.detail if record_id else self.nothing)

    def showEvent(self, event: QShowEvent) -> None:
        """A grid shows its columns anew when it is first dressed."""
        super().showEvent(event)
        self.arrange()

    def go_in(self) -> None:
        """From the list to the record."""
        self._in_detail = True
        self.arrange()

    def go_back(self) -> None:
        """From the record to the list."""
        self._in_detail = False
        self.arrange()
        self.grid.enter()

    def arrange(self) -> None:
        """Large type leaves room for the list or for one record, not for both."""
        look = theme.current()
        self.list_card.setVisible(not look.narrow or not self._in_detail)
        self.right.setVisible(not look.narrow or self._in_detail)
        self.back.setVisible(look.narrow)
        self.list_card.setMaximumWidth(_NO_LIMIT if look.narrow else look.px(self.list_width))
        self.list_card.setMinimumWidth(0 if look.narrow else look.px(self.list_width))
        for number, column in enumerate(self.table.columns):
            hidden = column.side if look.narrow else bool(self.beside) and column.key not in self.beside
            self.grid.setColumnHidden(number, hidden)

    # asking

    @property
    def now(self) -> Act:
        """Who sits at the desk on which day."""
        return self.workplace.read(act)

    def open(self, dialog: AskDialog) -> AskDialog:
        """Show a dialog over the page."""
        self.page.open(dialog)
        return dialog

    def asks(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        """Open a dialog whose answer is written as one step; a refusal is told in it."""
        write_answer(self.workplace, dialog, deed, action, said, then)
        return self.open(dialog)

    def print_sheet(self, name: str, make: Callable[[], bytes], kept: Callable[[bytes], None] | None = None) -> None:
        """Make a PDF in the background and show it; `kept` is called with it once it was printed or saved."""
        show_sheet(self.workplace, self.page, name, make, self.page.open, kept)


def fill(line: QLayout, buttons: Sequence[QPushButton]) -> None:
    """Put these buttons into a line in place of what stood there."""
    while (item := line.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for one in buttons:
        line.addWidget(one)
