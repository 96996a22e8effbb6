"""How one cell of a list is painted, and what it tells when its words are cut."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QTableView, QToolTip

from village_desk.widgets import theme
from village_desk.widgets.icons import pixmap
from village_desk.widgets.tables import Role

if TYPE_CHECKING:
    from village_desk.widgets.grid.view import Grid

Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """Paints one cell: ground of its row, an icon with the tone, elided words, a bar at the current row."""

    def __init__(self, view: QTableView, grid: "Grid") -> None:
        super().__init__(view)
        self._view, self._grid = view, grid

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Paint the cell."""
        look, grid = theme.current(), self._grid
        colours = look.colours
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        current = grid.currentIndex().row() == index.row()
        ground = colours.primary_tint if chosen else colours.stripe if index.row() % 2 else colours.surface
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current and grid.hasFocus():
            painter.setPen(QColor(colours.primary))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current and index.column() == 0 and chosen:
            painter.fillRect(rect.left(), rect.top(), look.px(3), rect.height(), QColor(colours.primary))
        room = rect.adjusted(look.px(10), 0, -look.px(10), 0)
        tone, mark = index.data(Role.TONE) or "", index.data(Role.ICON) or ""
        if mark:
            side = look.px(15)
            where = QPoint(room.left(), room.top() + (room.height() - side) // 2)
            painter.drawPixmap(where, pixmap(mark, side, look.tones(tone)[0], grid.devicePixelRatioF()))
            room.adjust(side + look.px(5), 0, 0, 0)
        painter.setFont(look.font())
        painter.setPen(QColor(look.tones(tone)[0] if tone else colours.text))
        words = option.fontMetrics.elidedText(_one_line(index), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), words)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: Any, index: Index) -> bool:
        """Tell the whole words when the cell cuts them."""
        own = index.data(Qt.ItemDataRole.ToolTipRole)
        words = str(index.data() or "")
        if own:
            QToolTip.showText(event.globalPos(), own, view)
        elif option.fontMetrics.horizontalAdvance(words) > option.rect.width() - 2 * theme.current().px(10):
            QToolTip.showText(event.globalPos(), words, view)
        else:
            QToolTip.hideText()
        return True


def _one_line(index: Index) -> str:
    return str(index.data() or "").replace("\n", " ")
