"""Short words for what every page puts together: cards, headings, buttons, rows."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_desk.widgets import theme
from village_desk.widgets.icons import button_icon

# A dialog with its head and buttons around it still fits 768 pixels.
HIGHEST_SCROLLED = 560


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
    _fill(made, content, spacing)
    return made


def column(*content: QWidget | QLayout | int | None, spacing: int = 10) -> QVBoxLayout:
    """Widgets one below the other; None is the room that stretches, a number a gap."""
    made = QVBoxLayout()
    _fill(made, content, spacing)
    return made


def _fill(line: QHBoxLayout | QVBoxLayout, content: Sequence[QWidget | QLayout | int | None], spacing: int) -> None:
    look = theme.current()
    line.setSpacing(look.px(spacing))
    line.setContentsMargins(0, 0, 0, 0)
    for item in content:
        if item is None:
            line.addStretch(1)
        elif isinstance(item, int):
            line.addSpacing(look.px(item))
        elif isinstance(item, QWidget):
            line.addWidget(item)
        else:
            line.addLayout(item)


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


def takes_rest(*areas: QWidget) -> None:
    """Lists and scrolled words take what room is left, so that the buttons below stay in sight in large type."""
    for area in areas:
        policy = area.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Ignored)
        area.setSizePolicy(policy)
        area.setMinimumHeight(max(theme.current().px(90), area.minimumSizeHint().height()))


def flow(*content: QWidget, spacing: int = 8) -> "Flow":
    """Widgets side by side that go on in the next line where the room ends: rows of buttons, chips."""
    made = Flow(theme.current().px(spacing))
    for item in content:
        made.addWidget(item)
    return made


class Flow(QLayout):
    """Lines of widgets in their own size, as many in a line as fit."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands over what addWidget was given."""
        self._items.append(item)

    def count(self) -> int:
        """Number of widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # None past the end, as Qt wants
        """The widget at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # None past the end, as Qt wants
        """Take the widget at a place out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It asks for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the lines are in that width."""
        return self._set_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Set the lines out."""
        super().setGeometry(rect)
        self._set_out(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest widget."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _set_out(self, rect: QRect, *, move: bool) -> int:
        x, y, high = rect.left(), rect.top(), 0
        for item in self._shown():
            size = item.sizeHint()
            if x > rect.left() and x + size.width() > rect.right() + 1:
                x, y, high = rect.left(), y + high + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - rect.top()


class FollowingScrollArea(QScrollArea):
    """Never narrower than what it holds, so nothing is cut at the right; as high as its content where there is room."""

    def sizeHint(self) -> QSize:
        """The content's size, up to most of a small screen."""
        content = self.widget()
        if content is None:
            return super().sizeHint()
        wanted = content.sizeHint()
        height = content.heightForWidth(wanted.width()) if content.hasHeightForWidth() else wanted.height()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(wanted.width() + bar, min(height, HIGHEST_SCROLLED))

    def resizeEvent(self, event: Any) -> None:
        """Keep at least the content's width."""
        super().resizeEvent(event)
        if (content := self.widget()) is not None:
            bar = self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(content.minimumSizeHint().width() + bar)
