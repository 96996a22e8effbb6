"""The strip under the header while long work is under way: what it is, how far, and 取消."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from village_desk.widgets import theme
from village_desk.widgets.workplace import Task

# Work that is over sooner needs no strip.
SHOWN_AFTER_MS = 400


class ProgressStrip(QFrame):
    """Shows the task that began last; 取消 stops it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("header")
        line = QHBoxLayout(self)
        line.setContentsMargins(look.px(20), look.px(6), look.px(20), look.px(6))
        line.setSpacing(look.px(12))
        self.words = QLabel()
        line.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        line.addWidget(self.bar, 1)
        self.stop = QPushButton("取消")
        self.stop.setToolTip("停下来，已经做的部分不保留")
        self.stop.clicked.connect(self._cancel)
        line.addWidget(self.stop)
        self._task: Task | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOWN_AFTER_MS)
        self._wait.timeout.connect(self.show)
        self.hide()

    def follow(self, task: Task) -> None:
        """Follow a task until it ends."""
        self._task = task
        self.words.setText(f"{task.title}……")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        task.moved.connect(self._move)
        task.ended.connect(lambda: self._end(task))
        self._wait.start()

    def _move(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if words:
            self.words.setText(words)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.stop.setEnabled(False)
            self.words.setText("正在停下来……")

    def _end(self, task: Task) -> None:
        if self._task is task:
            self._task = None
            self._wait.stop()
            self.hide()
