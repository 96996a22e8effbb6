"""A page with several lists at the left, a tab each, and what is chosen beside them; large type shows one of both."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QMenu, QSizePolicy, QStackedWidget, QTabBar, QWidget

from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, flow, row
from village_desk.widgets.page import Page
from village_desk.widgets.sheets import show_sheet
from village_desk.widgets.workplace import Workplace

_NO_LIMIT = 16_777_215
Lines = tuple[tuple[str, str], ...]
"""(what `ask` is given, words) of the lines of a menu; one line alone makes a plain button."""


@dataclass(frozen=True)
class Tab:
    """One list: the words of its tab, its grid, and its buttons as (words, icon, lines)."""

    words: str
    grid: Grid
    acts: tuple[tuple[str, str, Lines], ...] = ()


class TabsPage(Page):
    """A subclass calls `furnish` at the end of __init__ and writes `refresh`, `show_beside`, `ask`."""

    list_width: ClassVar[int] = 400

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self.words = ""
        self._in_detail = False
        self._furnished = False

    def furnish(
        self,
        tabs: Sequence[Tab],
        *,
        search: str,
        beside: Sequence[QWidget],
        backs: Sequence[QWidget],
        above: QWidget | None = None,
    ) -> None:
        """Lay out the lists under their tabs, search field and buttons, and beside them one of `beside`.

        `backs` are the buttons in these that lead back to the list in large type.
        """
        self._backs = tuple(backs)
        self.grids = tuple(one.grid for one in tabs)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.filter = FilterBox(search)
        self.lists, self.acts, self.beside = QStackedWidget(), QStackedWidget(), QStackedWidget()
        for one in tabs:
            self.tabs.addTab(one.words)
            self.lists.addWidget(one.grid)
            self.acts.addWidget(self._bar(one))
            one.grid.picked.connect(lambda _id: self.show_beside())
            one.grid.opened.connect(lambda _id: self.go_in())
        self.acts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for part in beside:
            self.beside.addWidget(part)
        self.list_card = card(*([above] if above else []), row(self.tabs, None), self.filter, self.acts)
        self.list_card.add(self.lists, 1)
        whole = row(self.list_card, self.beside, spacing=12)
        whole.setStretchFactor(self.beside, 1)
        self.column.addLayout(whole, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        self.filter.searched.connect(self.narrow)
        self.filter.left_downwards.connect(lambda: self.grids[self.tabs.currentIndex()].enter())
        self._furnished = True
        self.arrange()

    # what a subclass says

    def show_beside(self) -> None:
        """Show what is chosen in the list of the tab at hand."""

    def ask(self, what: str) -> None:
        """Do what a button or a menu asks for."""

    def stays_beside(self) -> bool:
        """Whether large type shows what stands beside although nobody went in."""
        return False

    # what every such page does

    def narrow(self, words: str) -> None:
        """Show what holds these words."""
        self.words = words
        self.refresh()

    def start_search(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus()
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Large type leaves room for the list or for what stands beside it, not for both."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_furnished", False):
            self.arrange()

    def go_in(self) -> None:
        """From the list to the one that is chosen."""
        self._in_detail = True
        self.arrange()

    def go_back(self) -> None:
        """From the one that is shown to the list."""
        self._in_detail = False
        self.arrange()
        self.grids[self.tabs.currentIndex()].enter()

    def here(self) -> Act:
        """The confirmed day, the village, who sits at the desk."""
        return self.workplace.read(act)

    def today(self) -> dt.date:
        """The confirmed day."""
        return self.here().today

    def writes(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str | Callable[[Any], str],
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        """Let the dialog's answer be written; a refusal is shown in it."""
        write_answer(self.workplace, dialog, deed, action, said, then)
        return dialog

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.dialog = dialog
        dialog.open()

    def print_sheet(self, name: str, make: Callable[[], bytes]) -> None:
        """Make a sheet and show it before it prints."""
        show_sheet(self.workplace, self, name, make, self.open)

    def arrange(self) -> None:
        """Show list and record side by side, or one of the two in large type."""
        look = theme.current()
        self.list_card.setVisible(not look.narrow or not self._in_detail)
        self.beside.setVisible(not look.narrow or self._in_detail or self.stays_beside())
        for back in self._backs:
            back.setVisible(look.narrow)
        self.list_card.setMinimumWidth(0 if look.narrow else look.px(self.list_width))
        self.list_card.setMaximumWidth(_NO_LIMIT if look.narrow else look.px(self.list_width))

    def _bar(self, tab: Tab) -> QWidget:
        made: list[QWidget] = []
        for words, icon, inside in tab.acts:
            one = button(words, icon)
            if len(inside) == 1:
                one.clicked.connect(lambda _checked=False, key=inside[0][0]: self.ask(key))
            else:
                menu = QMenu(one)
                for key, line in inside:
                    menu.addAction(line, lambda at=key: self.ask(at))
                one.setMenu(menu)
            made.append(one)
        holder = QWidget()
        holder.setLayout(flow(*made))
        return holder

    def _show_tab(self, tab: int) -> None:
        self.lists.setCurrentIndex(tab)
        self.acts.setCurrentIndex(tab)
        self.tab_changed(tab)
        self.show_beside()

    def tab_changed(self, tab: int) -> None:
        """Called when another tab is shown, before what stands beside is."""
