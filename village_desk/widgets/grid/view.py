"""The view of a list: choosing, keys, columns and their widths, and the place that is kept when rows change."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from village_desk.widgets import habits, theme
from village_desk.widgets.grid.cells import Cells
from village_desk.widgets.grid.pinned import Pinned
from village_desk.widgets.tables import RowsTable

# What a wide column shows at least, in Chinese characters.
_SHORTEST_SIGNS = 5


class Grid(QTableView):
    """Shows a ListTable or a PagedTable.

    `opened(record_id)` on Enter or double click, `picked(record_id)` when the current row changes ("" for none).
    `empty_words` stand there while there are no rows. `addAction(QAction)` fills the menu of the right mouse button.
    """

    opened = Signal(str)
    copied = Signal(int)
    """So many rows were copied to the clipboard."""
    picked = Signal(str)

    def __init__(
        self, table: RowsTable[Any], parent: QWidget | None = None, *, empty_words: str = "", many: bool = False
    ) -> None:
        super().__init__(parent)
        self.empty_words = empty_words
        self._table = table
        self._kept = ""
        self._widths_set: set[int] = set()
        self._chosen: dict[str, bool] = {}
        self._habit = ""
        self._fitting = False
        self.setModel(table)
        self.setItemDelegate(Cells(self, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsMovable(False)
        head.sectionResized.connect(self._note_width)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._show_columns_menu)
        if any(column.sortable for column in table.columns):
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            head.setSortIndicatorClearable(False)
            self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(table.id_at(index.row())))
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self._pinned: Pinned | None = None
        self.horizontalScrollBar().valueChanged.connect(self._pin)
        table.modelAboutToBeReset.connect(self._keep)
        table.modelReset.connect(self._find_again)
        self._measure()

    # choosing

    def current_id(self) -> str:
        """The id of the current row, "" for none."""
        index = self.currentIndex()
        return self._table.id_at(index.row()) if index.isValid() else ""

    def chosen_ids(self) -> list[str]:
        """The ids of the selected rows, from top to bottom."""
        return [self._table.id_at(i) for i in sorted({index.row() for index in self.selectionModel().selectedRows()})]

    def choose(self, record_id: str) -> bool:
        """Make a record current and bring it into sight; False when it is not in the list."""
        position = self._table.position(record_id) if record_id else -1
        if position < 0:
            return False
        column = self.columnAt(0)
        index = self._table.index(position, max(0, column))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def enter(self) -> None:
        """Put the keyboard on the list, on its first row when none is current."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self._table.rowCount():
            self.choose(self._table.id_at(0))

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Esc lets go of the selection."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected rows with their heads; a tab in front keeps long numbers as text in spreadsheets."""
        columns = [c for c in range(len(self._table.columns)) if not self.isColumnHidden(c)]
        lines = ["\t".join(self._table.columns[c].title for c in columns)]
        for record_id in self.chosen_ids():
            row = self._table.row(self._table.position(record_id))
            lines.append("\t".join(_as_text(self._table.columns[c].cell(row)) for c in columns))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.copied.emit(len(lines) - 1)

    def _show_menu(self, where: QPoint) -> None:
        if self.actions():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.actions())
            menu.popup(self.viewport().mapToGlobal(where))

    def remember_columns(self, name: str) -> None:
        """Show the columns that this user chose for the list of that name, and keep what he chooses from now on."""
        self._habit = f"columns:{name}"
        kept = habits.recall(self._habit)
        if isinstance(kept, dict):
            self._chosen = {str(key): bool(shown) for key, shown in kept.items()}
        self._measure()

    def shown_columns(self) -> list[str]:
        """The keys of the columns in sight."""
        return [column.key for n, column in enumerate(self._table.columns) if not self.isColumnHidden(n)]

    def offer_columns(self, menu: QMenu) -> None:
        """Fill a menu with the columns, each to be shown or hidden; the first one stays."""
        for number, column in enumerate(self._table.columns[1:], start=1):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(partial(self._show_column, number))

    def _show_columns_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.offer_columns(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def _show_column(self, number: int, shown: bool) -> None:
        self._chosen[self._table.columns[number].key] = shown
        if self._habit:
            habits.keep(self._habit, self._chosen)
        self.setColumnHidden(number, not shown)
        self._fit()

    # measures

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns grow with the type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_widths_set"):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide columns take the room that is left."""
        super().resizeEvent(event)
        self._fit()
        if self._pinned is not None:
            self._pinned.place()

    def sizeHint(self) -> QSize:
        """A grid is as large as it is let."""
        return QSize(theme.current().px(400), theme.current().px(200))

    def _measure(self) -> None:
        look = theme.current()
        metrics = QFontMetrics(look.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + look.px(16))
        self.verticalHeader().setMinimumSectionSize(metrics.height())
        self.horizontalHeader().setFixedHeight(metrics.height() + look.px(16))
        self.horizontalHeader().setMinimumSectionSize(look.px(36))
        self._fitting = True
        for number, column in enumerate(self._table.columns):
            shown = self._chosen.get(column.key, not column.extra and not (column.side and look.narrow))
            self.setColumnHidden(number, not shown)
            if number not in self._widths_set:
                title = metrics.horizontalAdvance(column.title) + look.px(20) + (look.px(16) if column.sortable else 0)
                self.setColumnWidth(
                    number, max(round(column.width * metrics.horizontalAdvance("国")) + look.px(20), title)
                )
        self._fitting = False
        self._fit()
        if self._pinned is not None:
            self._pinned.measure()

    def _fit(self) -> None:
        wide = [
            n
            for n, c in enumerate(self._table.columns)
            if c.wide and not self.isColumnHidden(n) and n not in self._widths_set
        ]
        shown = [n for n in range(len(self._table.columns)) if not self.isColumnHidden(n)]
        if not wide:
            self.horizontalHeader().setStretchLastSection(bool(shown))
            return
        self.horizontalHeader().setStretchLastSection(False)
        metrics = QFontMetrics(theme.current().font())
        edges, sign = theme.current().px(20), metrics.horizontalAdvance("国")
        least = {n: round(self._table.columns[n].width * sign) + edges for n in wide}
        spare = self.viewport().width() - sum(self.columnWidth(n) for n in shown if n not in wide) - sum(least.values())
        # A little too narrow: wide columns give way; cut words are told whole when the mouse rests on them.
        if spare < 0:
            floor = {n: min(least[n], _SHORTEST_SIGNS * sign + edges) for n in wide}
            room = sum(least.values()) - sum(floor.values())
            if room + spare >= 0 and room:
                least = {n: least[n] + (least[n] - floor[n]) * spare // room for n in wide}
        self._fitting = True
        for n in wide:
            self.setColumnWidth(n, least[n] + max(0, spare) // len(wide))
        self._fitting = False

    def _note_width(self, number: int, _old: int, _new: int) -> None:
        stretched = self.horizontalHeader().stretchLastSection() and number == len(self._table.columns) - 1
        if not self._fitting and self.isVisible() and not stretched and QGuiApplication.mouseButtons():
            self._widths_set.add(number)

    def _pin(self, scrolled: int) -> None:
        """Make the pinned column when the grid is first scrolled sideways: most never are, and it is a whole view."""
        if scrolled <= 0 or self._pinned is not None:
            return
        # Before our own: at a reset each view empties the selection that both share.
        self._table.modelReset.disconnect(self._find_again)
        self._pinned = Pinned(self)
        self._table.modelReset.connect(self._find_again)
        self._pinned.measure()

    # keeping the place

    def _tell_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self._table.id_at(now.row()) if now.isValid() else "")

    def _keep(self) -> None:
        self._kept = self.current_id()

    def _find_again(self) -> None:
        if not self.choose(self._kept) and self._kept:
            self.picked.emit("")

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the words for an empty list."""
        super().paintEvent(event)
        if self._table.rowCount() == 0 and self.empty_words:
            look = theme.current()
            painter = QPainter(self.viewport())
            painter.setFont(look.font())
            painter.setPen(QColor(look.colours.muted))
            room = self.viewport().rect().adjusted(look.px(24), look.px(24), -look.px(24), -look.px(24))
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.empty_words)


def _as_text(cell: str) -> str:
    # WPS and Excel round numbers of more than 15 digits; written as a formula giving text they stay whole.
    return (
        f'="{cell}"' if len(cell) > 11 and cell.rstrip("Xx").isdigit() else cell.replace("\t", " ").replace("\n", " ")
    )
