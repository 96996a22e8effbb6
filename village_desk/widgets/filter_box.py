"""A search field that finds while one types and stays quiet while Chinese is being composed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from village_desk.widgets import theme
from village_desk.widgets.icons import icon, pixmap

_PAUSE_MS = 60


class FilterBox(QLineEdit):
    """Emits `searched(text)` shortly after the last key; ↓ emits `left_downwards`, Esc empties the field."""

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(f"查找：{placeholder}")
        self.setClearButtonEnabled(True)
        clear: QAction
        for clear in self.findChildren(QAction):
            clear.setIcon(icon("x", theme.current().colours.muted))
        look = theme.current()
        self._mark = QLabel(self)
        self._mark.setPixmap(pixmap("search", look.px(16), look.colours.muted, self.devicePixelRatioF()))
        self._mark.setFixedSize(look.px(16), look.px(16))
        self.setTextMargins(look.px(22), 0, 0, 0)
        self._composing = False
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._typed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether letters are still being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches at once, ↓ goes to the list, Esc empties a filled field."""
        key = event.key()
        if key == Qt.Key.Key_Down:
            self._tell()
            self.left_downwards.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the magnifying glass at its place."""
        super().resizeEvent(event)
        self._mark.move(theme.current().px(10), (self.height() - self._mark.height()) // 2)

    def _typed(self, text: str) -> None:
        if not self._composing or not text:
            self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)
