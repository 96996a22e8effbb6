"""A dialog whose fields scroll where the screen is too low for all of them, so that its buttons stay in sight."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.forms import Form, text_area
from village_desk.widgets.layout import FollowingScrollArea

# 768 less the title bar and the bar of the system.
HIGHEST = 690


class TallDialog(AskDialog):
    """Fields go into `form` after `put_form`; `put` makes another widget the one that scrolls."""

    def __init__(
        self, title: str, parent: QWidget | None = None, *, accept: str, width: int, explain: str = ""
    ) -> None:
        super().__init__(title, parent, accept=accept, width=width, explain=explain, closes=False)
        self._area: _Area | None = None

    def put(self, content: QWidget) -> None:
        """Let this widget scroll."""
        self._area = _Area(content)
        self.body.addWidget(self._area, 1)

    def put_form(self) -> None:
        """Let the form scroll."""
        self._form = Form()
        self.put(self._form)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the fields need, and no higher than the screen allows."""
        if self._area is not None:
            self._area.hide()
            self._area.limit = max(160, HIGHEST - self._needed())
            self._area.show()
            self.resize(self.width(), self._needed())
        super().showEvent(event)

    def _needed(self) -> int:
        """The height that the dialog asks for at its width."""
        layout = self.layout()
        assert layout is not None
        self.body.invalidate()
        layout.invalidate()
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(self.width())
        return layout.totalSizeHint().height()


def low_area(lines: int) -> QPlainTextEdit:
    """A field for several lines that keeps its height, as it must where the fields scroll."""
    area = text_area(lines)
    area.setFixedHeight(area.minimumHeight())
    return area


class _Area(FollowingScrollArea):
    """As high as its content up to `limit`, growing when the content does."""

    # Low until the dialog is shown: a window never gets smaller than what its layout once asked for.
    limit = 160

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setObjectName("scrolled")
        self.setWidget(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """The content's size, cut at the limit."""
        content = self.widget()
        layout = content.layout()
        assert layout is not None
        width = self.viewport().width()
        wanted = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return QSize(content.sizeHint().width(), min(wanted + 4, self.limit))

    def minimumSizeHint(self) -> QSize:
        """The same height: a dialog gives no less than the limit allows."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for more room when the content needs it."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
