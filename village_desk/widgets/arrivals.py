"""From other threads to the window: what they bring waits in a queue, and a signal only says that it is there."""

import queue
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class Arrivals(QObject):
    """Runs on its own thread, in order, what other threads hand over.

    A signal that carries a Python object from one thread to another can bring the interpreter down while the
    object is copied; here the signal carries nothing.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._arrived.connect(self._receive)

    def hand_over(self, arrival: Callable[[], None]) -> None:
        """From any thread: let the thread of this object run it."""
        self._waiting.put(arrival)
        self._arrived.emit()

    def _receive(self) -> None:
        # One arrival a call: what it does may open a dialog, and the next must not wait inside of that.
        try:
            arrival = self._waiting.get_nowait()
        except queue.Empty:
            return
        arrival()
