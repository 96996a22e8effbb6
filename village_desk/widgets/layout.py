"""Short words for what every page puts together: cards, headings, buttons, rows."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.icons import button_icon


class Card(QFrame):
    """A white sheet on the page; `column` takes widgets."""

    def __init__(self, *content: QWidget | QLayout, padding: int = 16, role: str = "card") -> None:
        super().__init__()
        self.setProperty("role", role)
        look = theme.current()
        self.column = QVBoxLayout(self)
        edge = look.px(padding)
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(look.px(10))
        for item in content:
            self.add(item)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Add below what is there."""
        if isinstance(item, QWidget):
            self.column.addWidget(item, stretch)
        else:
            self.column.addLayout(item, stretch)


def card(*content: QWidget | QLayout, padding: int = 16) -> Card:
    """A white sheet with this content from top to bottom; a grid wants padding=0 or 1."""
    return Card(*content, padding=padding)


def row(*content: QWidget | QLayout | int | None, spacing: int = 10) -> QHBoxLayout:
    """Widgets side by side; None is the room that stretches, a number a gap."""
    made = QHBoxLayout()
    look = theme.current()
    made.setSpacing(look.px(spacing))
    made.setContentsMargins(0, 0, 0, 0)
    for item in content:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, int):
            made.addSpacing(look.px(item))
        elif isinstance(item, QWidget):
            made.addWidget(item)
        else:
            made.addLayout(item)
    return made


def column(*content: QWidget | QLayout | int | None, spacing: int = 10) -> QVBoxLayout:
    """Widgets one below the other; None is the room that stretches, a number a gap."""
    made = QVBoxLayout()
    look = theme.current()
    made.setSpacing(look.px(spacing))
    made.setContentsMargins(0, 0, 0, 0)
    for item in content:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, int):
            made.addSpacing(look.px(item))
        elif isinstance(item, QWidget):
            made.addWidget(item)
        else:
            made.addLayout(item)
    return made


def label(words: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """Plain words; role is "", title, heading, strong, muted, error, warning or code."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def title(words: str) -> QLabel:
    """The largest words."""
    return label(words, "title", wrap=False)


def heading(words: str) -> QLabel:
    """The words over a card."""
    return label(words, "heading", wrap=False)


def muted(words: str) -> QLabel:
    """Side remarks."""
    return label(words, "muted")


def line() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def button(
    words: str, icon: str = "", *, role: str = "", clicked: Callable[[], Any] | None = None, tip: str = ""
) -> QPushButton:
    """A button with a verb; role is "", primary, danger or link."""
    made = QPushButton(words)
    look = theme.current()
    if role:
        made.setProperty("role", role)
    if icon:
        colours = look.colours
        tone = {"primary": colours.surface, "danger": colours.bad, "link": colours.primary}.get(role, colours.text)
        image, size = button_icon(icon, tone)
        made.setIcon(image)
        made.setIconSize(size)
    if tip:
        made.setToolTip(tip)
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """Content that may be higher than its place; it scrolls up and down only and follows the keyboard."""
    area = FollowingScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setObjectName("scrolled")
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class FollowingScrollArea(QScrollArea):
    """Never narrower than what it holds, so nothing is cut at the right."""

    def resizeEvent(self, event: Any) -> None:
        """Keep at least the content's width."""
        super().resizeEvent(event)
        if (content := self.widget()) is not None:
            bar = self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(content.minimumSizeHint().width() + bar)
