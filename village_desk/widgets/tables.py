"""Table models over frozen rows: a short list held whole, and a long one held as ids and the rows in sight."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from village_desk.widgets.chips import TONE_ICONS

PAGE_ROWS = 100
_PAGES_KEPT = 8

Index = QModelIndex | QPersistentModelIndex


class HasId(Protocol):
    """A frozen row of a lookup."""

    @property
    def id(self) -> str:
        """The record's id."""


R = TypeVar("R", bound=HasId)


class Role(IntEnum):
    """What a cell gives beyond its text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    TONE = Qt.ItemDataRole.UserRole + 2
    ICON = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: `key` for sorting, `cell` gives the text, `width` counts Chinese characters.

    `tone` (good, warn, bad, note, plain) colours the text and puts the tone's icon before it;
    `wide` takes the room left over; `side` columns are hidden in large type, `extra` ones until they are chosen.
    """

    key: str
    title: str
    cell: Callable[[R], str]
    width: float = 6
    align: str = "left"
    tone: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    sortable: bool = True
    wide: bool = False
    side: bool = False
    extra: bool = False


@dataclass(frozen=True)
class Order:
    """By which column key a list stands."""

    key: str
    descending: bool = False


class RowsTable(QAbstractTableModel, Generic[R]):
    """What both models share: columns in, cells out; `row(i)` gives a row, `id_at(i)` its id."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def row(self, index: int) -> R:
        """The frozen row at a position."""
        raise IndexError(index)

    def id_at(self, index: int) -> str:
        """The id of the row at a position."""
        return self.row(index).id

    def position(self, record_id: str) -> int:
        """Where a record stands; -1 when it is not in the list."""
        return next((i for i in range(self.rowCount()) if self.id_at(i) == record_id), -1)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, tip, tone, icon, or the row itself."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        if role not in _FROM_ROW:
            return None
        row = self.row(index.row())
        if role == Role.ROW:
            return row
        if role in (Role.TONE, Role.ICON):
            tone = column.tone(row) if column.tone else ""
            return tone if role == Role.TONE else TONE_ICONS.get(tone, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title} {column.cell(row)}"
        return column.cell(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles, standing over their cells."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter
        return None


_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
_FROM_ROW = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(Role.ROW),
        int(Role.TONE),
        int(Role.ICON),
    }
)


class ListTable(RowsTable[R]):
    """A short list (a roll, a year's decisions) held whole; sorts by the cells' text or by `sort_keys`."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        parent: QObject | None = None,
        *,
        sort_keys: dict[str, Callable[[R], Any]] | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._rows: list[R] = []
        self._sort_keys = sort_keys or {}
        self._order: Order | None = None

    def show(self, rows: Sequence[R]) -> None:
        """Show these rows; rows with the same ids in the same order keep selection and scroll position."""
        new = self._sorted(rows)
        if [row.id for row in new] == [row.id for row in self._rows]:
            self._rows = new
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def row(self, index: int) -> R:
        """The frozen row at a position."""
        return self._rows[index]

    def rows(self) -> tuple[R, ...]:
        """All rows as they stand."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 leaves the order in which the rows are given."""
        if column >= 0 and not self.columns[column].sortable:
            return
        self._order = None if column < 0 else Order(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._rows[index.row()].id for index in before]
        self._rows = self._sorted(self._rows)
        place = {row.id: i for i, row in enumerate(self._rows)}
        after = [self.index(place[key], index.column()) for key, index in zip(kept, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self, rows: Sequence[R]) -> list[R]:
        if self._order is None:
            return list(rows)
        by = self._order.key
        column = next(column for column in self.columns if column.key == by)
        return sorted(rows, key=self._sort_keys.get(by, column.cell), reverse=self._order.descending)


class PagedTable(RowsTable[R]):
    """A long list: SQL filters and sorts and gives ids; the rows in sight are fetched a hundred at a time.

    `fetch_ids(order, filter)` returns the ids in their order; `filter` is what was given to `narrow` (None at first).
    `fetch_rows(ids)` returns the rows of those ids in the same order.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        fetch_ids: Callable[[Order, Any], Sequence[str]],
        fetch_rows: Callable[[Sequence[str]], Sequence[R]],
        *,
        order: Order,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._fetch_ids, self._fetch_rows = fetch_ids, fetch_rows
        self._order, self._filter = order, None
        self._ids: list[str] = []
        self._pages: OrderedDict[int, list[R]] = OrderedDict()

    @property
    def order(self) -> Order:
        """How the list is sorted."""
        return self._order

    def ids(self) -> tuple[str, ...]:
        """All ids as they stand."""
        return tuple(self._ids)

    def order_by(self, order: Order) -> None:
        """Sort in SQL by any key that `fetch_ids` knows, also one without a column."""
        if order != self._order:
            self._order = order
            self.refresh()

    def narrow(self, filter_: Any) -> None:
        """Show what this filter leaves."""
        self._filter = filter_
        self.refresh()

    def refresh(self) -> None:
        """Read anew; the same ids in the same order keep selection and scroll position."""
        ids = list(self._fetch_ids(self._order, self._filter))
        if ids == self._ids:
            self._pages.clear()
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def row(self, index: int) -> R:
        """The frozen row at a position, fetched with its neighbours when it is not held."""
        number, within = divmod(index, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
            page = list(self._fetch_rows(ids))
            self._pages[number] = page
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[within]

    def id_at(self, index: int) -> str:
        """The id at a position, without fetching its row."""
        return self._ids[index]

    def position(self, record_id: str) -> int:
        """Where a record stands; -1 when it is not in the list."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self._ids)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort in SQL."""
        if column < 0 or not self.columns[column].sortable:
            return
        wanted = Order(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
        if wanted != self._order:
            self._order = wanted
            self.refresh()
