"""The bar over a page: what was refused and what to do, or what was done and 撤销."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from village_desk.widgets import theme
from village_desk.widgets.icons import icon, pixmap

DONE_STAYS_MS = 10_000


class NoticeBar(QWidget):
    """Refusals stay until they are closed or something is done; a success goes after ten seconds."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._tone = "note"
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(8), look.px(10), look.px(8))
        row.setSpacing(look.px(10))
        self._mark = QLabel()
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self.words, 1)
        self.undo = QPushButton("撤销")
        self.undo.setProperty("role", "link")
        self.undo.setToolTip("撤销刚才的一步（Ctrl+Z）")
        self.undo.clicked.connect(self._ask_undo)
        row.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        self.shut = QToolButton()
        self.shut.setIcon(icon("x", look.colours.muted))
        self.shut.setToolTip("关闭这条提示")
        self.shut.setAccessibleName("关闭提示")
        self.shut.clicked.connect(self.hide)
        row.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignTop)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.timeout.connect(self.hide)
        self.hide()

    def refuse(self, message: str, advice: str) -> None:
        """Show a refusal as it stands."""
        self._show(f"{message}{advice}", "bad", "triangle-alert", undo=False)
        self._leave.stop()

    def done(self, sentence: str, *, undo: bool = False) -> None:
        """Show a success, with 撤销 when the step can be undone."""
        self._show(sentence, "good", "circle-check", undo=undo)
        self._leave.start(DONE_STAYS_MS)

    def note(self, sentence: str) -> None:
        """Show a neutral answer."""
        self._show(sentence, "note", "info", undo=False)
        self._leave.start(DONE_STAYS_MS)

    def _show(self, words: str, tone: str, mark: str, *, undo: bool) -> None:
        look = theme.current()
        self._tone = tone
        self.words.setText(words)
        self.setAccessibleName(words)
        self._mark.setPixmap(pixmap(mark, look.px(18), look.tones(tone)[0], self.devicePixelRatioF()))
        self.undo.setVisible(undo)
        self.show()
        self.update()

    def _ask_undo(self) -> None:
        self.hide()
        self.undo_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint of the tone, with a bar of its colour at the left edge."""
        colour, ground = theme.current().tones(self._tone)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ground))
        painter.fillRect(0, 0, theme.current().px(4), self.height(), QColor(colour))
