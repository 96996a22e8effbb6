"""What an empty place says: one sentence and one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.icons import pixmap


class Empty(QWidget):
    """One sentence, one button that emits `acted`; without words for the button there is none."""

    acted = Signal()

    def __init__(
        self, sentence: str, button: str = "", *, icon: str = "file-text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        column = QVBoxLayout(self)
        column.setSpacing(look.px(12))
        column.addStretch(2)
        mark = QLabel()
        mark.setPixmap(pixmap(icon, look.px(44), look.colours.edge, self.devicePixelRatioF()))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(mark)
        self.sentence = QLabel(sentence)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setStyleSheet(f"color: {look.colours.muted}")
        column.addWidget(self.sentence)
        self.button = QPushButton(button)
        self.button.setProperty("role", "primary")
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self.acted)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
