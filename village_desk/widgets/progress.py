"""The strip that stands while long work is under way: what it is, how far, and 取消."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from village_desk.widgets import theme
from village_desk.widgets.workplace import Task

# Work that is over sooner needs no strip.
SHOWN_AFTER_MS = 300


class ProgressStrip(QFrame):
    """Shows the task under way that began last; 取消 stops it."""

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
        self.stop.setToolTip("停下来")
        self.stop.clicked.connect(self._cancel)
        line.addWidget(self.stop)
        self._tasks: list[Task] = []
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOWN_AFTER_MS)
        self._wait.timeout.connect(self.show)
        self.hide()

    @property
    def task(self) -> Task | None:
        """The task that is shown: of those under way the one that began last."""
        return self._tasks[-1] if self._tasks else None

    def follow(self, task: Task) -> None:
        """Follow a task until it ends."""
        self._tasks.append(task)
        task.moved.connect(partial(self._move, task))
        task.ended.connect(partial(self._end, task))
        self._turn_to(task)
        if self.isHidden():
            self._wait.start()

    def _turn_to(self, task: Task) -> None:
        self.words.setText("正在停下来……" if task.cancelled else f"{task.title}……")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(not task.cancelled)

    def _move(self, task: Task, done: int, total: int, words: str) -> None:
        if task is not self.task or task.cancelled:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if words:
            self.words.setText(words)

    def _cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()
            self._turn_to(self.task)

    def _end(self, task: Task) -> None:
        self._tasks.remove(task)
        if self.task is not None:
            self._turn_to(self.task)
        else:
            self._wait.stop()
            self.hide()
