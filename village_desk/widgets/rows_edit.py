"""A small table that is filled in: rows of texts with their heads, a row more or less by a button."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from village_desk.kit.text import display_width
from village_desk.widgets import theme
from village_desk.widgets.layout import button, row


class RowsEdit(QWidget):
    """Cells are texts; the first `fixed` columns cannot be typed into. Without `grows` the rows are given.

    `wide` is the column that takes the room left over, else all are as wide; `choices` are the words of a column, one
    of which is chosen there.
    """

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]] = (),
        *,
        fixed: int = 0,
        grows: bool = True,
        lines_shown: int = 5,
        wide: int | None = None,
        choices: Mapping[int, Sequence[str]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self._fixed = fixed
        self.table = QTableWidget(0, len(heads))
        self.table.setHorizontalHeaderLabels([_two_lines(each) for each in heads])
        for at, head in enumerate(heads):
            self.table.horizontalHeaderItem(at).setToolTip(head)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(look.px(30))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setTabKeyNavigation(not grows)
        self.table.setMinimumHeight(look.px(30) * (lines_shown + 1) + look.px(8))
        for at, words in (choices or {}).items():
            self.table.setItemDelegateForColumn(at, _Choices(words, self.table))
        for each in rows:
            self._put(each)
        if wide is not None:
            self.table.horizontalHeader().setMinimumSectionSize(look.px(70))
            for at in range(len(heads)):
                mode = QHeaderView.ResizeMode.Stretch if at == wide else QHeaderView.ResizeMode.ResizeToContents
                self.table.horizontalHeader().setSectionResizeMode(at, mode)
        if any(len(head) > 7 for head in heads if "\n" not in head):
            self.table.horizontalHeader().setMinimumSectionSize(look.px(80))
        for at in range(fixed):
            # What cannot be typed into is a name or a group: it takes the room that it needs, whole.
            self.table.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.more = button("添一行", "plus", clicked=lambda: self._put(()))
        self.less = button("删这一行", "minus", clicked=self._drop)
        for one in (self.more, self.less):
            one.setAutoDefault(False)
            one.setVisible(grows)
        column.addLayout(row(self.more, self.less, None))
        self.setFocusProxy(self.table)

    def rows(self) -> list[list[str]]:
        """Every row with something in it."""
        found = [
            [self._text(place, column) for column in range(self.table.columnCount())]
            for place in range(self.table.rowCount())
        ]
        return [each for each in found if any(each)]

    def set_cell(self, place: int, column: int, words: str) -> None:
        """Fill one cell."""
        self.table.item(place, column).setText(words)

    def _text(self, place: int, column: int) -> str:
        return self.table.item(place, column).text().strip()

    def _put(self, words: Sequence[str]) -> None:
        place = self.table.rowCount()
        self.table.insertRow(place)
        for column in range(self.table.columnCount()):
            item = QTableWidgetItem(words[column] if column < len(words) else "")
            if column < self._fixed:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(place, column, item)

    def _drop(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())


class _Choices(QStyledItemDelegate):
    """A cell in which one of some words is chosen."""

    def __init__(self, words: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = tuple(words)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """The words in a box."""
        box = QComboBox(parent)
        box.addItems(list(self._words))
        return box


def _two_lines(head: str) -> str:
    """A long head in two lines; what is longer still is cut with a sign, the tip tells it whole."""
    if "\n" in head or len(head) <= 7:
        return head
    short = head if display_width(head) <= 28 else f"{head[:13]}…"
    half = next(at for at in range(1, len(short) + 1) if display_width(short[:at]) * 2 >= display_width(short))
    return f"{short[:half]}\n{short[half:]}"
