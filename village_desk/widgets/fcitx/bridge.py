"""The event filter that sends the keys of the application through the portal and brings its text to the fields."""

import enum
from collections import deque
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from village_desk.widgets.arrivals import Arrivals
from village_desk.widgets.fcitx.keys import copy_of, key_of, words_for
from village_desk.widgets.fcitx.line import Answer, Gone, Line, Order, Ready, Said
from village_desk.widgets.fcitx.preedit import kept_text, preedit_event

_PATIENCE_MS = 1000
_PAUSE_SECONDS = 0.5


class _Kind(enum.Enum):
    KEY = "ProcessKeyEvent"
    ENTER = "FocusIn"
    LEAVE = "FocusOut"
    RESET = "Reset"


@dataclass(eq=False)
class _Step:
    """One thing in the row: a key, or a change of the focus that must keep its place between keys."""

    kind: _Kind
    target: QWidget | None
    receiver: QWidget | None = None
    key: QKeyEvent | None = None
    spoken: bool = False


class PortalBridge(QObject):
    """Filters the keys of an application through the portal; lives as long as the application, or until `close`.

    `patience_ms` is how long a key is held for a portal that does not answer; `pause` the seconds before the first new
    attempt after a loss.
    """

    up_changed = Signal(bool)

    def __init__(
        self, app: QApplication, address: str, patience_ms: int = _PATIENCE_MS, pause: float = _PAUSE_SECONDS
    ) -> None:
        super().__init__(app)
        self._closed = False
        self._up = 0
        self._ticket = 0
        self._asked = 0
        self._steps: deque[_Step] = deque()
        self._focus: QWidget | None = None
        self._composing: QWidget | None = None
        self._kept = ""
        self._rectangle = QRect()
        self._passing: list[int] = []
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.setInterval(patience_ms)
        self._watch.timeout.connect(self._give_up)
        arrivals = Arrivals(self)
        self._line = Line(address, lambda news: arrivals.hand_over(partial(self._hear, news)), pause)
        self._line.start()
        app.installEventFilter(self)
        app.aboutToQuit.connect(self.close)

    @property
    def up(self) -> bool:
        """True while the portal has an input context for the desk."""
        return self._up != 0

    @property
    def holding(self) -> int:
        """How many keys and focus changes have not been answered yet."""
        return len(self._steps)

    def close(self) -> None:
        """Give every held key to its field and let the bus go; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._line.close()
        self._down()

    # what Qt sends

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold keys for a field; follow the focus; a click ends the composition."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return isinstance(event, QKeyEvent) and isinstance(watched, QWidget) and self._hold(watched, event)
        if kind == QEvent.Type.MouseButtonPress and self._composing is not None and isinstance(watched, QWidget):
            self._leave(_Kind.RESET)
        elif kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(event, QFocusEvent):
            # A list of completions or a context menu over the field takes nothing from it.
            if event.reason() != Qt.FocusReason.PopupFocusReason and isinstance(watched, QWidget):
                self._leave(_Kind.LEAVE)
                if kind == QEvent.Type.FocusIn:
                    self._enter(_target_of(watched))
        return False

    def _hold(self, watched: QWidget, event: QKeyEvent) -> bool:
        # Parents are offered what the field ignored, and held keys come by a second time.
        if Shiboken.getCppPointer(event)[0] in self._passing or watched is not _receiver():
            return False
        target = _target_of(watched)
        if not self._steps and (not self._up or target is None):
            return False
        if target is not None and target is not self._focus and not self._steps:
            self._enter(target)
        self._steps.append(_Step(_Kind.KEY, target, watched, copy_of(event)))
        event.accept()
        self._advance()
        return True

    def _enter(self, target: QWidget | None) -> None:
        self._focus = target
        self._rectangle = QRect()
        if self._up and target is not None:
            self._put(_Step(_Kind.ENTER, target))

    def _leave(self, kind: _Kind) -> None:
        target = self._focus
        if kind is _Kind.LEAVE:
            self._focus = None
        if target is None or not self._up:
            return
        if not any(step.kind is _Kind.KEY for step in self._steps) or self._passing:
            # Now, while it still is the field the clerk is in; what is typed next must not come before it.
            self._settle(target)
        self._put(_Step(kind, target))

    def _put(self, step: _Step) -> None:
        """Into the row: behind the keys typed before a click, but before those typed after the key that moved on."""
        place = len(self._steps)
        if self._passing:
            first = 1 if self._asked else 0
            place = next((at for at in range(first, place) if self._steps[at].kind is _Kind.KEY), place)
        self._steps.insert(place, step)
        self._advance()

    # the row

    def _advance(self) -> None:
        """Ask the portal about the first step, if it is not being asked."""
        while self._steps and not self._asked:
            step = self._steps[0]
            if not self._up or step.target is None or not Shiboken.isValid(step.target):
                self._steps.popleft()
                self._finish(step, taken=False)
                continue
            self._ticket += 1
            self._asked = self._ticket
            self._watch.start()
            if step.kind is _Kind.LEAVE:
                # FocusOut alone keeps what was composed for the next field.
                self._line.order(Order(self._up, _Kind.RESET.value))
            if step.key is None:
                self._line.order(Order(self._up, step.kind.value, ticket=self._asked))
            else:
                self._line.order(Order(self._up, step.kind.value, "uuubu", words_for(step.key), self._asked))

    def _finish(self, step: _Step, *, taken: bool) -> None:
        if step.key is not None and not taken and not step.spoken and step.receiver is not None:
            self._pass(step.receiver, step.key)
        elif step.kind in (_Kind.LEAVE, _Kind.RESET) and step.target is not None:
            self._settle(step.target)
        self._show_place()

    def _pass(self, receiver: QWidget, key: QKeyEvent) -> None:
        """Give a key to its field; keys behind one that moves the focus go where it moved."""
        if not Shiboken.isValid(receiver):
            return
        before = _receiver()
        pointer = Shiboken.getCppPointer(key)[0]
        self._passing.append(pointer)
        try:
            QApplication.sendEvent(receiver, key)
        finally:
            self._passing.remove(pointer)
        now = _receiver()
        if now is before or now is None:
            return
        for step in list(self._steps)[1 if self._asked else 0 :]:
            if step.kind is _Kind.KEY and step.receiver is before:
                step.receiver = now
                step.target = _target_of(now)

    def _give_up(self) -> None:
        """The portal is silent; whatever it says later belongs to nobody."""
        self._line.order(Order(self._up))
        self._down()

    def _down(self) -> None:
        was_up = self.up
        self._up = 0
        self._asked = 0
        self._watch.stop()
        if self._composing is not None:
            self._settle(self._composing)
        self._advance()
        if was_up:
            self.up_changed.emit(False)

    # what the portal says

    def _hear(self, told: object) -> None:
        if self._closed:
            return
        if isinstance(told, Ready):
            self._up = told.line
            field: QWidget | None = QApplication.focusWidget()
            self._enter(_target_of(field) if field is not None else None)
            self.up_changed.emit(True)
        elif isinstance(told, Gone) and told.line == self._up:
            self._down()
        elif isinstance(told, Answer) and told.line == self._up and told.ticket == self._asked:
            self._asked = 0
            self._watch.stop()
            self._finish(self._steps.popleft(), taken=told.taken)
            self._advance()
        elif isinstance(told, Said) and told.line == self._up:
            self._obey(told)

    def _obey(self, told: Said) -> None:
        step = self._steps[0] if self._asked else None
        target = step.target if step is not None else self._focus
        if target is None or not Shiboken.isValid(target):
            return
        if told.member == "CommitString":
            if step is not None:
                step.spoken = True
            self._commit(target, told.body[0])
        elif told.member == "UpdateFormattedPreedit" and (step is None or step.kind is _Kind.KEY):
            # During a change of the focus it would still be the preedit of the field before.
            self._compose(target, *told.body)
        elif told.member == "ForwardKey":
            symbol, state, released = told.body
            self._pass(step.receiver if step is not None and step.receiver else target, key_of(symbol, state, released))
        self._show_place()

    def _commit(self, target: QWidget, text: str) -> None:
        if target is self._composing:
            self._composing, self._kept = None, ""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def _compose(self, target: QWidget, pieces: list[tuple[str, int]], cursor: int) -> None:
        text = "".join(piece for piece, _ in pieces)
        if not text and target is not self._composing:
            return
        self._composing = target if text else None
        self._kept = kept_text(pieces)
        QApplication.sendEvent(target, preedit_event(target, pieces, cursor))

    def _settle(self, target: QWidget) -> None:
        """Turn what is being composed into text of its field, as it stands."""
        if target is not self._composing:
            return
        kept = self._kept
        self._composing, self._kept = None, ""
        if Shiboken.isValid(target):
            self._commit(target, kept)

    def _show_place(self) -> None:
        """Tell the portal where the cursor is, in pixels of the screen, for its list of candidates."""
        target = self._focus
        if not self._up or target is None or not Shiboken.isValid(target):
            return
        if any(step.kind is _Kind.ENTER for step in self._steps):
            # The portal still is in the field before.
            return
        found = target.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        if not hasattr(found, "topLeft"):
            return
        local: QRect = found if isinstance(found, QRect) else found.toRect()
        scale = target.devicePixelRatio()
        corner = target.screen().geometry().topLeft()
        place = target.mapToGlobal(local.topLeft()) - corner
        native = QRect(QPoint(round(place.x() * scale), round(place.y() * scale)) + corner, local.size() * scale)
        if native != self._rectangle:
            self._rectangle = native
            self._line.order(
                Order(self._up, "SetCursorRect", "iiii", (native.x(), native.y(), native.width(), native.height()))
            )


def _receiver() -> QWidget | None:
    """The widget that keys go to now."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        inside: QWidget | None = popup.focusWidget()
        return popup if inside is None else inside
    focus: QWidget | None = QApplication.focusWidget()
    return QApplication.activeWindow() if focus is None else focus


def _target_of(widget: QWidget) -> QWidget | None:
    """The field behind a receiver of keys, if it takes composed text; password fields do not."""
    field = widget
    while (proxy := field.focusProxy()) is not None:
        field = proxy
    if field.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText:
        return None
    return field if field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) else None
