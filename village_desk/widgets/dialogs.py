"""The frame of every dialog: a title, a body, one verb and 取消; asks, and knows no session."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from village_desk.kit.errors import DeskError
from village_desk.widgets import theme
from village_desk.widgets.drafts import DraftKeeping, DraftLine, at_hand, workplace_of
from village_desk.widgets.forms import Form
from village_desk.widgets.icons import pixmap
from village_desk.widgets.layout import FollowingScrollArea

_TYPED_INTO = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)
# The title bar of a dialog and the gap around it.
_FRAME = 60


class AskDialog(QDialog):
    """Put fields into `form` or anything else into `body`, override `problems()`, show it with open().

    Pressing the verb shows what `problems()` finds; when there is nothing, `answered` is emitted.
    With `closes` (the default) the dialog is then accepted; without it the page writes first and calls
    `accept()` when the action went through, `refuse(problem)` when not.

    What is half typed survives a power cut: it is kept in the village file until the dialog is accepted or left with
    取消, and filled in again for the same record.  Passwords and codes are not kept.
    """

    answered = Signal()
    about: str | None = None
    """The id of the record that is asked about, "" where a new one is made; None takes what is chosen on the page."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        accept: str,
        cancel: str = "取消",
        explain: str = "",
        danger: bool = False,
        width: int = 520,
        closes: bool = True,
    ) -> None:
        super().__init__(parent)
        self._closes = closes
        self._explain = explain
        self._drafts: DraftKeeping | None = None
        self._unwritten: Callable[[], bool] | None = None
        self._is_shut_from_outside = False
        look = theme.current()
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(look.px(width), 1200))
        outer = QVBoxLayout(self)
        edge = look.px(20)
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(look.px(14))
        self.head = QLabel(title)
        self.head.setProperty("role", "heading")
        outer.addWidget(self.head)
        if explain:
            words = QLabel(explain)
            words.setWordWrap(True)
            words.setStyleSheet(f"color: {look.colours.muted}")
            outer.addWidget(words)
        self.draft_line = DraftLine()
        outer.addWidget(self.draft_line)
        self._content = _Content()
        self.body = self._content.column
        outer.addWidget(self._content, 1)
        self._form: Form | None = None
        self._refusal_line = QWidget()
        refusal = QHBoxLayout(self._refusal_line)
        refusal.setContentsMargins(0, 0, 0, 0)
        mark = QLabel()
        mark.setPixmap(pixmap("triangle-alert", look.px(18), look.colours.bad, self.devicePixelRatioF()))
        refusal.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.refusal = QLabel()
        self.refusal.setWordWrap(True)
        self.refusal.setProperty("role", "error")
        refusal.addWidget(self.refusal, 1)
        self._refusal_line.hide()
        outer.addWidget(self._refusal_line)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(10))
        self.extra_buttons = QHBoxLayout()
        buttons.addLayout(self.extra_buttons)
        buttons.addStretch(1)
        self.cancel_button = QPushButton(cancel)
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setVisible(bool(cancel))
        self.accept_button = QPushButton(accept)
        if danger:
            self.accept_button.setProperty("role", "danger")
            self.accept_button.setAutoDefault(False)
        else:
            self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.give_answer)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.accept_button)
        outer.addLayout(buttons)

    @property
    def form(self) -> Form:
        """A form at the end of the body, made on first use."""
        if self._form is None:
            self._form = Form()
            self.body.addWidget(self._form)
        return self._form

    def problems(self) -> dict[str, str]:
        """What is wrong, by field key; "" as key is for the dialog as a whole."""
        return {}

    def give_answer(self) -> None:
        """Check, then answer; a second press while the first is still being written says nothing twice."""
        if self._unwritten is not None and self._unwritten():
            return
        problems = dict(self.problems())
        self._say(problems.pop("", ""))
        told = self._form.tell(problems) if self._form is not None else not any(problems.values())
        if told and not self.refusal.text():
            self._answer()
            if self._closes:
                self.accept()

    def make_room(self, texts: Mapping[str, str]) -> None:
        """Make the fields of a draft that the dialog does not open with; `texts` are its fields by name."""

    def done(self, result: int) -> None:
        """A draft goes with the dialog, unless the window was shut from outside, as when the computer goes off."""
        if self._drafts is not None:
            self._drafts.end(drop=not self._is_shut_from_outside)
            self._drafts = None
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window is shut by other means than its buttons."""
        self._is_shut_from_outside = True
        super().closeEvent(event)

    def _answer(self) -> None:
        door = workplace_of(self.parentWidget())
        if door is None:
            self.answered.emit()
            return
        workplace, before = door[0], door[0].pending
        self._unwritten = lambda: workplace.pending > before
        if self._drafts is None:
            self.answered.emit()
            return
        self._drafts.keep_now()
        with workplace.answering(self._drafts.kind, self._drafts.about):
            self.answered.emit()

    def _begin_draft(self) -> None:
        door = workplace_of(self.parentWidget())
        if self._drafts is not None or door is None:
            return
        about = at_hand(door[1]) + self._explain if self.about is None else self.about
        kind = f"{type(self).__module__}.{type(self).__qualname__}\n{self.windowTitle()}"
        self._drafts = DraftKeeping(self._content, self.draft_line, door[0], kind=kind, about=about, parent=self)
        self._drafts.begin(self.make_room)

    def refuse(self, problem: DeskError) -> None:
        """Show a refusal of the action and stay open; give this as `refused` to Workplace.write."""
        self._unwritten = None
        self._say(f"{problem.message}{problem.advice}")

    def _say(self, words: str) -> None:
        self.refusal.setText(words)
        self._refusal_line.setVisible(bool(words))

    def event(self, event: QEvent) -> bool:
        """Grow when a hint or an error needs another line; Qt does that only for windows of fixed size."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done

    def _fit(self) -> None:
        """As high as the content needs; where the screen is too low the body scrolls and the buttons stay in sight."""
        highest = self.screen().availableGeometry().height() - _FRAME
        rest = self._needed() - self._content.sizeHint().height()
        self._content.set_limit(max(theme.current().px(140), highest - rest))
        layout = self.layout()
        assert layout is not None
        wide = max(self.width(), layout.totalMinimumSize().width())
        high = max(self._needed(), min(self.height(), highest))
        if (wide, high) != (self.width(), self.height()):
            self.resize(wide, high)

    def _needed(self) -> int:
        layout = self.layout()
        assert layout is not None
        return (
            layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor waits in the first field."""
        super().showEvent(event)
        if not event.spontaneous():
            self._begin_draft()
        chosen = self.focusWidget()
        if isinstance(chosen, _TYPED_INTO):
            return
        inside: list[QWidget] = list(self._content.findChildren(QWidget))
        first = next(
            (one for one in inside if isinstance(one, _TYPED_INTO) and one.isVisible() and one.isEnabled()), None
        )
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter answers from anywhere, also from a field of several lines."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.give_answer()
        else:
            super().keyPressEvent(event)


class _Content(FollowingScrollArea):
    """The body of a dialog: as high as what it holds, up to a limit."""

    def __init__(self) -> None:
        super().__init__()
        self._limit = 10_000
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().px(10))
        self.setWidget(inside)
        inside.installEventFilter(self)

    def set_limit(self, pixels: int) -> None:
        """No higher than this."""
        if pixels != self._limit:
            self._limit = pixels
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The content's size, cut at the limit."""
        width = self.viewport().width()
        wraps = self.column.hasHeightForWidth()
        wanted = self.column.totalHeightForWidth(width) if wraps else self.column.totalSizeHint().height()
        return QSize(self.column.totalSizeHint().width(), min(wanted, self._limit))

    def minimumSizeHint(self) -> QSize:
        """The same height, so that nothing scrolls that need not."""
        return QSize(self.column.totalMinimumSize().width(), self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for more room when the content needs it."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
