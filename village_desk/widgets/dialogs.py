"""The frame of every dialog: a title, a body, one verb and 取消; asks, and knows no session."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from village_desk.kit.errors import DeskError
from village_desk.widgets import theme
from village_desk.widgets.forms import Form
from village_desk.widgets.icons import pixmap


class AskDialog(QDialog):
    """Put fields into `form` or anything else into `body`, override `problems()`, show it with open().

    Pressing the verb shows what `problems()` finds; when there is nothing, `answered` is emitted.
    With `closes` (the default) the dialog is then accepted; without it the page writes first and calls
    `accept()` when the action went through, `refuse(problem)` when not.
    """

    answered = Signal()

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
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px(10))
        outer.addLayout(self.body, 1)
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
        """Check, then answer."""
        problems = dict(self.problems())
        self._say(problems.pop("", ""))
        told = self._form.tell(problems) if self._form is not None else not any(problems.values())
        if told and not self.refusal.text():
            self.answered.emit()
            if self._closes:
                self.accept()

    def refuse(self, problem: DeskError) -> None:
        """Show a refusal of the action and stay open; give this as `refused` to Workplace.write."""
        self._say(f"{problem.message}{problem.advice}")

    def _say(self, words: str) -> None:
        self.refusal.setText(words)
        self._refusal_line.setVisible(bool(words))

    def event(self, event: QEvent) -> bool:
        """Grow when a hint or an error needs another line; Qt does that only for windows of fixed size."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            needed = self.layout().totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor waits in the first field."""
        super().showEvent(event)
        if self._form is not None:
            first = next((field.editor for _, field in self._form.fields() if field.editor.isVisible()), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter answers from anywhere, also from a field of several lines."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.give_answer()
        else:
            super().keyPressEvent(event)
