"""Showing the rehearsal of an inspection: every case of a year with what is found in it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, label, row
from village_desk.widgets.tables import ListTable


class InspectionDialog(AskDialog):
    """年度自查. `read(year)` gives the sentence and the rows; emits `printing(year)`, and `answered` to open one."""

    printing = Signal(int)

    def __init__(
        self,
        years: Sequence[int],
        table: ListTable[Any],
        read: Callable[[int], tuple[str, Sequence[Any]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("年度自查", parent, accept="打开这件事", cancel="关闭", width=920)
        look = theme.current()
        self._read, self.table = read, table
        self.year = QComboBox()
        self.year.setAccessibleName("年份")
        for one in years:
            self.year.addItem(f"{one}年", one)
        self.print_button = button("打印自查表", "printer", clicked=lambda: self.printing.emit(self.chosen_year()))
        self.summary = label("")
        self.grid = Grid(table, empty_words="这一年没有立项的事情。")
        self.grid.setMinimumHeight(look.px(300))
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(look.px(10))
        down.addLayout(row(label("照检查的样子，查这一年的每一件：", wrap=False), self.year, None, self.print_button))
        down.addWidget(self.summary)
        down.addWidget(self.grid, 1)
        self.body.addWidget(whole, 1)
        self.year.currentIndexChanged.connect(lambda _index: self.show_year())
        self.grid.opened.connect(lambda _id: self.accept_button.click())
        self.show_year()

    def chosen_year(self) -> int:
        """The year that is shown."""
        return int(self.year.currentData() or 0)

    def show_year(self) -> None:
        """Read the cases of the chosen year."""
        words, rows = self._read(self.chosen_year())
        self.summary.setText(words)
        self.table.show(list(rows))

    def chosen(self) -> str:
        """The case that is chosen."""
        return self.grid.current_id()
