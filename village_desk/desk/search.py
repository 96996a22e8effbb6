"""Ctrl+K: jump to anything; the places of the desk and whatever the rooms find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from village_desk.desk.pages import Place
from village_desk.widgets import theme
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.icons import icon

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONGEST_LIST = 12


@dataclass(frozen=True)
class Hit:
    """Something found: its words, its icon, and where it opens."""

    words: str
    icon: str
    place: str
    record_id: str = ""


Finder = Callable[["Session", str], Sequence[Hit]]


def places_found(places: Sequence[Place], words: str) -> list[Hit]:
    """Places of the desk whose title holds the words."""
    return [Hit(f"打开“{place.title}”", place.icon, place.key) for place in places if words and words in place.title]


class SearchBox(FilterBox):
    """The field in the header with its list below; emits `went_to(place, record_id)`.

    `find` gives the hits for some words; it is called once a pause in the typing is made.
    """

    went_to = Signal(str, str)

    def __init__(self, find: Callable[[str], Sequence[Hit]], what: str, parent: QWidget | None = None) -> None:
        super().__init__("查找（Ctrl+K）" if theme.current().narrow else f"查找{what}（Ctrl+K）", parent)
        self._find = find
        self._hits: list[Hit] = []
        self.list_frame = QFrame()
        column = QVBoxLayout(self.list_frame)
        column.setContentsMargins(0, 0, 0, 0)
        self.list = QListWidget()
        self.list.setProperty("role", "list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = theme.current().px(16)
        self.list.setIconSize(QSize(side, side))
        self.list.setAccessibleName("查找结果")
        self.list.itemClicked.connect(lambda item: self._go(self.list.row(item)))
        column.addWidget(self.list)
        self.searched.connect(self._show_hits)

    def _show_hits(self, words: str) -> None:
        self._hits = list(self._find(words))[:LONGEST_LIST] if words else []
        self.list.clear()
        look = theme.current()
        for hit in self._hits:
            self.list.addItem(QListWidgetItem(icon(hit.icon, look.colours.muted), hit.words))
        if words and not self._hits:
            nothing = QListWidgetItem("没有找到，请换一个字或用拼音首字母试试。")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        if not words:
            self.list_frame.hide()
            return
        self.list.setCurrentRow(0 if self._hits else -1)
        height = sum(self.list.sizeHintForRow(i) for i in range(self.list.count())) + look.px(10)
        width = max(self.width(), look.px(380))
        # A child of the window, not a window of its own: it takes no keyboard and needs no window manager.
        self.list_frame.setParent(self.window())
        corner = self.mapTo(self.window(), QPoint(self.width() - width, self.height() + 2))
        self.list_frame.resize(QSize(width, height))
        self.list_frame.move(corner)
        self.list_frame.show()
        self.list_frame.raise_()

    def _go(self, index: int) -> None:
        if 0 <= index < len(self._hits):
            hit = self._hits[index]
            self.list_frame.hide()
            self.clear()
            self.went_to.emit(hit.place, hit.record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ and ↓ choose, Enter goes there, Esc closes."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list_frame.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            self._go(self.list.currentRow())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes when the field loses the keyboard."""
        super().focusOutEvent(event)
        self.list_frame.hide()
