"""A stack of parts behind tabs, of which only those exist that somebody looked at."""

from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class LateStack(QStackedWidget):
    """So many places, shown by number; each is empty until its part is put there.

    A list with its buttons is some fifty widgets, and the style sheet keeps ten kilobytes for each of them.
    """

    def __init__(self, places: int) -> None:
        super().__init__()
        for _ in range(places):
            place = QWidget()
            QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
            self.addWidget(place)

    def put(self, number: int, part: W) -> W:
        """Put a part at its place; returns it."""
        room = self.widget(number).layout()
        assert room is not None
        room.addWidget(part)
        return part
