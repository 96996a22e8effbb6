"""The first column of a list once more, so that names stay in sight while the rest is scrolled sideways."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from village_desk.widgets.grid.cells import Cells

if TYPE_CHECKING:
    from village_desk.widgets.grid.view import Grid


class Pinned(QTableView):
    """The first column once more, over the grid while that is scrolled sideways: names stay in sight."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid
        self.setModel(grid.model())
        self.setSelectionModel(grid.selectionModel())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(grid.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(Cells(self, grid))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(self._sort)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setObjectName("pinned")
        self.doubleClicked.connect(grid.doubleClicked)
        self.clicked.connect(lambda _index: grid.setFocus(Qt.FocusReason.MouseFocusReason))
        grid.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(grid.verticalScrollBar().setValue)
        grid.horizontalScrollBar().valueChanged.connect(self.place)
        grid.horizontalHeader().sectionResized.connect(self.place)
        grid.model().modelReset.connect(self.place)
        self.hide()

    def measure(self) -> None:
        """Rows and head as high as the grid's."""
        self.verticalHeader().setDefaultSectionSize(self._grid.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(self._grid.horizontalHeader().height())
        self.place()

    def place(self) -> None:
        """Over the first column, only while that is scrolled away."""
        grid = self._grid
        for column in range(1, grid.model().columnCount()):
            self.setColumnHidden(column, True)
        self.setColumnWidth(0, grid.columnWidth(0))
        head = grid.horizontalHeader()
        self.setGeometry(
            grid.frameWidth(), grid.frameWidth(), grid.columnWidth(0), grid.viewport().height() + head.height()
        )
        self.verticalScrollBar().setValue(grid.verticalScrollBar().value())
        self.setVisible(grid.horizontalScrollBar().value() > 0)

    def _sort(self, _section: int) -> None:
        head = self._grid.horizontalHeader()
        again = head.sortIndicatorSection() == 0 and head.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        self._grid.sortByColumn(0, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)
