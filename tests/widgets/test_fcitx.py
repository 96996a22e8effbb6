"""Typing Chinese through the portal of fcitx, on a real session bus with a small real portal."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFont, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

pytest.importorskip("jeepney", reason="D-Bus is spoken on Linux only")
if shutil.which("dbus-daemon") is None:
    pytest.skip("the program dbus-daemon (package dbus) is missing", allow_module_level=True)

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.threading import (
    ReceiveStopped,
    open_dbus_connection,
)

from village_desk.widgets.fcitx.bridge import PortalBridge
from village_desk.widgets.fcitx.choice import FCITX5, IBUS, IBUS_PORTAL, Way, bus_address, names_on, prepare, way_for
from village_desk.widgets.fcitx.keys import key_of, words_for
from village_desk.widgets.fcitx.line import CONTEXT_FACE, PORTAL
from village_desk.widgets.fcitx.preedit import preedit_event

WORDS = {"nihao": "你好", "cunmin": "村民", "dahui": "大会"}
BACKSPACE, RETURN, F1 = 0xFF08, 0xFF0D, 0xFFBE
UNDERLINE, HIGHLIGHT, NOT_TO_KEEP, BOLD = 8, 16, 32, 64


class Bus:
    """A session bus of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            ["dbus-daemon", "--session", "--print-address", "--nofork", "--nopidfile"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def end(self) -> None:
        """Kill the bus."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


class Portal(threading.Thread):
    """A portal that composes small letters and commits words on a space, as fcitx 4 does it on the bus."""

    def __init__(self, address: str, names: tuple[str, ...] = (PORTAL,)) -> None:
        super().__init__(daemon=True)
        self.connection = open_dbus_connection(address)
        self.owned = threading.Semaphore(0)
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.answering = threading.Event()
        self.answering.set()
        self.refusing = False
        self.typed = ""
        self.context = ""
        self.start()
        for name in names:
            # The first call may come before the bus has said that the name is ours.
            self.connection.send(message_bus.RequestName(name))
            assert self.owned.acquire(timeout=5)

    def run(self) -> None:
        with suppress(ReceiveStopped, OSError):
            while True:
                message = self.connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self.answer(message)
                elif message.header.message_type is MessageType.method_return:
                    self.owned.release()

    def answer(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        self.calls.append((member, message.body))
        if member == "CreateInputContext":
            self.context = f"/org/freedesktop/portal/inputcontext/{len(self.calls)}"
            self.connection.send(new_method_return(message, "oay", (self.context, b"0" * 16)))
            return
        self.answering.wait(10)
        if self.refusing:
            self.connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
        elif member == "ProcessKeyEvent":
            taken = self.key(*message.body)
            self.connection.send(new_method_return(message, "b", (taken,)))
        else:
            if member == "Reset" and self.typed:
                self.typed = ""
                self.show()
            self.connection.send(new_method_return(message))

    def key(self, symbol: int, code: int, state: int, released: bool, time: int) -> bool:
        if released or state & ~1:
            return False
        if symbol == F1:
            self.say("ForwardKey", "uub", (ord("Q"), 1, False))
            return True
        if ord("a") <= symbol <= ord("z"):
            self.typed += chr(symbol)
        elif symbol == BACKSPACE and self.typed:
            self.typed = self.typed[:-1]
        elif symbol == ord(" ") and self.typed:
            word, self.typed = WORDS.get(self.typed, self.typed), ""
            self.say("CommitString", "s", (word,))
        else:
            return False
        self.show()
        return True

    def show(self) -> None:
        pieces = [(self.typed, UNDERLINE)] if self.typed else []
        self.say("UpdateFormattedPreedit", "a(si)i", (pieces, len(self.typed)))

    def say(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        self.connection.send(new_signal(DBusAddress(self.context, interface=CONTEXT_FACE), member, signature, body))

    def count(self, member: str) -> int:
        return sum(name == member for name, _ in self.calls)

    def end(self) -> None:
        """Leave the bus, as a portal that crashes."""
        self.answering.set()
        self.connection.interrupt()
        self.join(5)
        self.connection.close()


class Form(QWidget):
    """Two fields and a password, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        self.name = QLineEdit()
        self.place = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.name, self.place, self.password):
            rows.addWidget(field)


class Preedits(QObject):
    """Writes down every preedit that reaches a field."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.seen: list[str] = []
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if isinstance(event, QInputMethodEvent):
            self.seen.append(event.preeditString())
        return False


@pytest.fixture
def bus() -> Iterator[Bus]:
    """A bus without anybody on it."""
    made = Bus()
    yield made
    made.end()


@pytest.fixture
def portal(bus: Bus) -> Iterator[Portal]:
    """The portal of fcitx on that bus."""
    made = Portal(bus.address)
    yield made
    made.end()


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """A shown form with the clerk in its first field."""
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.name.setFocus()
    qtbot.waitUntil(made.name.hasFocus)
    return made


@contextmanager
def bridged(qtbot: QtBot, bus: Bus, patience_ms: int = 8000) -> Iterator[PortalBridge]:
    """A bridge that has found the portal."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    bridge = PortalBridge(app, bus.address, patience_ms, pause=0.01)
    try:
        qtbot.waitUntil(lambda: bridge.up)
        yield bridge
    finally:
        bridge.close()
        bridge.deleteLater()


def type_in(qtbot: QtBot, text: str) -> None:
    """Type into whatever has the focus, key by key, without waiting."""
    for character in text:
        field = QApplication.focusWidget()
        if character == "\t":
            qtbot.keyClick(field, Qt.Key.Key_Tab)
        else:
            qtbot.keyClicks(field, character)


def settled(bridge: PortalBridge) -> Callable[[], bool]:
    """Whether every key is answered."""
    return lambda: bridge.holding == 0


def test_a_word_is_composed_and_committed(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    preedits = Preedits(form.name)
    edits: list[str] = []
    form.name.textEdited.connect(edits.append)
    with bridged(qtbot, bus) as bridge:
        type_in(qtbot, "nihao")
        qtbot.waitUntil(lambda: "nihao" in preedits.seen)
        assert form.name.text() == ""
        assert form.name.displayText() == ""
        type_in(qtbot, " ")
        qtbot.waitUntil(lambda: form.name.text() == "你好")
        qtbot.waitUntil(settled(bridge))
    assert preedits.seen[:5] == ["n", "ni", "nih", "niha", "nihao"]
    assert preedits.seen[-1] == ""
    assert edits == ["你好"]


def test_keys_the_portal_leaves_arrive_in_their_order(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        type_in(qtbot, "A12 cunmin 3dahui B(4)")
        qtbot.waitUntil(settled(bridge))
        assert form.name.text() == "A12 村民3大会B(4)"


def test_backspace_belongs_to_the_preedit_first(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    preedits = Preedits(form.name)
    form.name.setText("3")
    with bridged(qtbot, bus) as bridge:
        type_in(qtbot, "ab")
        for _ in range(3):
            qtbot.keyClick(form.name, Qt.Key.Key_Backspace)
        qtbot.waitUntil(settled(bridge))
        assert preedits.seen == ["a", "ab", "a", ""]
        assert form.name.text() == ""


def test_keys_behind_a_tab_go_to_the_next_field(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        portal.answering.clear()
        # All typed into the first field: the Tab waits behind a portal that thinks.
        type_in(qtbot, "1\tcunmin 2")
        assert form.name.hasFocus()
        portal.answering.set()
        qtbot.waitUntil(settled(bridge))
        assert (form.name.text(), form.place.text()) == ("1", "村民2")


def test_leaving_a_field_keeps_what_was_composed_there(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    preedits = Preedits(form.place)
    with bridged(qtbot, bus) as bridge:
        type_in(qtbot, "cun")
        qtbot.waitUntil(settled(bridge))
        form.place.setFocus()
        assert form.name.text() == "cun"
        type_in(qtbot, "dahui ")
        qtbot.waitUntil(settled(bridge))
        assert (form.name.text(), form.place.text()) == ("cun", "大会")
    assert preedits.seen[0] == "d"
    members = [name for name, _ in portal.calls]
    assert members[members.index("Reset") :][:3] == ["Reset", "FocusOut", "FocusIn"]


def test_a_click_ends_the_composition_where_it_stands(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        type_in(qtbot, "cun")
        qtbot.waitUntil(settled(bridge))
        qtbot.mouseClick(form.name, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
        assert form.name.text() == "cun"
        qtbot.waitUntil(settled(bridge))
        assert portal.typed == ""


def test_keys_typed_before_a_change_of_field_stay_in_the_first(
    qtbot: QtBot, bus: Bus, portal: Portal, form: Form
) -> None:
    with bridged(qtbot, bus) as bridge:
        qtbot.waitUntil(settled(bridge))
        portal.answering.clear()
        type_in(qtbot, "nihao 7")
        form.place.setFocus()
        type_in(qtbot, "8")
        portal.answering.set()
        qtbot.waitUntil(settled(bridge))
        assert (form.name.text(), form.place.text()) == ("你好7", "8")


def test_a_password_never_goes_over_the_bus(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        form.password.setFocus()
        qtbot.waitUntil(settled(bridge))
        type_in(qtbot, "secret 1")
        assert form.password.text() == "secret 1"
        qtbot.waitUntil(settled(bridge))
    assert portal.count("ProcessKeyEvent") == 0


def test_a_key_sent_on_reaches_the_field(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        type_in(qtbot, "1")
        qtbot.keyClick(form.name, Qt.Key.Key_F1)
        type_in(qtbot, "2")
        qtbot.waitUntil(settled(bridge))
        assert form.name.text() == "1Q2"


def test_return_still_presses_what_return_presses(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus), qtbot.waitSignal(form.name.returnPressed):
        qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert (RETURN, False) in [(body[0], body[3]) for name, body in portal.calls if name == "ProcessKeyEvent"]


@pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing the keyboard)")
def test_a_list_of_completions_does_not_stand_in_the_way(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    completer = QCompleter(["1村民", "1村民大会", "12"], form.name)
    form.name.setCompleter(completer)
    with bridged(qtbot, bus) as bridge:
        qtbot.keyClicks(form.name, "1")
        qtbot.waitUntil(lambda: completer.popup().isVisible())
        for word in ("cunmin ", "dahui "):
            # The window system gives the keys to the list while it is open.
            qtbot.keyClicks(completer.popup() if completer.popup().isVisible() else form.name, word)
            qtbot.waitUntil(settled(bridge))
        assert form.name.text() == "1村民大会"
        completer.popup().hide()


def test_the_portal_is_told_where_the_cursor_is(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    def places() -> list[tuple[Any, ...]]:
        return [body for name, body in portal.calls if name == "SetCursorRect"]

    with bridged(qtbot, bus):
        qtbot.waitUntil(lambda: len(places()) >= 1)
        before = places()[-1]
        type_in(qtbot, "12345678")
        qtbot.waitUntil(lambda: places()[-1][0] > before[0])
        corner = form.name.mapToGlobal(QPoint(0, 0))
        x, y, width, height = places()[-1]
        assert corner.x() < x < corner.x() + form.name.width()
        assert corner.y() <= y < y + height <= corner.y() + form.name.height() + 1
        assert width > 0


def test_a_portal_that_falls_silent_loses_no_key(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus, patience_ms=300) as bridge:
        type_in(qtbot, "cun")
        qtbot.waitUntil(settled(bridge))
        portal.answering.clear()
        type_in(qtbot, "min 12")
        qtbot.waitUntil(lambda: form.name.text() == "cunmin 12")
        assert bridge.holding == 0
        # Its late words belong to nobody, and it is asked again once it is awake.
        portal.typed = ""
        portal.answering.set()
        qtbot.waitUntil(lambda: portal.count("CreateInputContext") >= 2 and bridge.up)
        qtbot.waitUntil(settled(bridge))
        portal.typed = ""
        type_in(qtbot, "dahui ")
        qtbot.waitUntil(lambda: form.name.text() == "cunmin 12大会")


def test_a_portal_that_dies_loses_no_key_and_may_come_back(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        type_in(qtbot, "ni")
        qtbot.waitUntil(settled(bridge))
        portal.answering.clear()
        type_in(qtbot, "12")
        portal.connection.sock.shutdown(2)
        qtbot.waitUntil(lambda: not bridge.up)
        assert form.name.text() == "ni12"
        type_in(qtbot, "3")
        assert form.name.text() == "ni123"
        other = Portal(bus.address)
        qtbot.waitUntil(lambda: bridge.up)
        type_in(qtbot, "cunmin ")
        qtbot.waitUntil(lambda: form.name.text() == "ni123村民")
        other.end()


def test_a_portal_that_refuses_loses_no_key(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus):
        portal.refusing = True
        type_in(qtbot, "ab1")
        qtbot.waitUntil(lambda: form.name.text() == "ab1")


def test_a_bus_that_dies_loses_no_key(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        portal.answering.clear()
        type_in(qtbot, "ab1")
        bus.end()
        qtbot.waitUntil(lambda: not bridge.up)
        assert form.name.text() == "ab1"
        type_in(qtbot, "c")
        assert form.name.text() == "ab1c"


def test_closing_gives_every_held_key_to_its_field(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus):
        portal.answering.clear()
        type_in(qtbot, "ab1")
    assert form.name.text() == "ab1"


def test_a_field_that_is_gone_takes_nothing_along(qtbot: QtBot, bus: Bus, portal: Portal, form: Form) -> None:
    with bridged(qtbot, bus) as bridge:
        portal.answering.clear()
        type_in(qtbot, "ab1")
        form.place.setFocus()
        type_in(qtbot, "2")
        form.name.deleteLater()
        QApplication.sendPostedEvents(form.name, QEvent.Type.DeferredDelete)
        portal.answering.set()
        qtbot.waitUntil(settled(bridge))
        assert form.place.text() == "2"


def test_without_a_portal_the_keys_go_straight_to_the_field(qtbot: QtBot, bus: Bus, form: Form) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    bridge = PortalBridge(app, bus.address, pause=0.01)
    type_in(qtbot, "ab1")
    assert form.name.text() == "ab1"
    # A portal that comes later is found.
    portal = Portal(bus.address)
    qtbot.waitUntil(lambda: bridge.up)
    type_in(qtbot, "dahui ")
    qtbot.waitUntil(lambda: form.name.text() == "ab1大会")
    bridge.close()
    portal.end()


def test_a_preedit_keeps_its_looks_and_counts_like_qt(form: Form) -> None:
    event = preedit_event(form.name, [("𠮷好", UNDERLINE), ("a", HIGHLIGHT | BOLD)], cursor=7)
    # The stubs of Qt know no fields of an attribute.
    attributes: list[Any] = list(event.attributes())
    first, second, cursor = attributes
    assert event.preeditString() == "𠮷好a"
    assert (first.start, first.length, second.start, second.length) == (0, 3, 3, 1)
    assert first.value.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline
    assert second.value.fontWeight() == QFont.Weight.Bold
    assert second.value.background().color() == form.name.palette().highlight().color()
    assert (cursor.start, cursor.length) == (3, 1)
    hidden: Any = preedit_event(form.name, [("a", 0)], cursor=-1).attributes()[-1]
    assert hidden.length == 0


@pytest.mark.parametrize(
    ("symbol", "state", "key", "text"),
    [
        (RETURN, 0, Qt.Key.Key_Return, "\r"),
        (ord("a"), 0, Qt.Key.Key_A, "a"),
        (ord("A"), 1, Qt.Key.Key_A, "A"),
        (ord("c"), 4, Qt.Key.Key_C, ""),
        (0xFFB7, 0, Qt.Key.Key_7, "7"),
        (0x01000000 + ord("村"), 0, ord("村"), "村"),
    ],
)
def test_symbols_become_keys(symbol: int, state: int, key: int, text: str) -> None:
    made = key_of(symbol, state, False)
    assert (made.key(), made.text()) == (int(key), text)


def test_keys_without_symbols_get_them() -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    released = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_A, shift, "A")
    assert words_for(released)[:4] == (ord("A"), 0, 1, True)
    assert words_for(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier))[0] == (
        BACKSPACE
    )


@pytest.mark.parametrize(
    ("names", "module", "way"),
    [
        ({FCITX5, IBUS_PORTAL, PORTAL}, "fcitx", Way.PLUGIN),
        ({FCITX5}, "", Way.PLUGIN),
        ({FCITX5, PORTAL}, "fcitx", Way.BRIDGE),
        ({PORTAL}, "", Way.BRIDGE),
        ({PORTAL, IBUS}, "fcitx", Way.BRIDGE),
        ({IBUS, IBUS_PORTAL}, "ibus", Way.AS_IS),
        (set(), "fcitx", Way.BRIDGE),
        (set(), "", Way.AS_IS),
    ],
)
def test_the_way_follows_from_the_names(names: set[str], module: str, way: Way) -> None:
    assert way_for(frozenset(names), module) is way


def test_the_start_looks_at_the_bus(bus: Bus) -> None:
    environ = {"DBUS_SESSION_BUS_ADDRESS": bus.address, "QT_IM_MODULES": "wayland;fcitx"}
    assert prepare(environ) is False
    assert "QT_IM_MODULE" not in environ
    four = Portal(bus.address)
    assert prepare(environ) is True
    assert environ == {"DBUS_SESSION_BUS_ADDRESS": bus.address, "QT_IM_MODULE": "compose"}
    four.end()
    five = Portal(bus.address, (FCITX5, IBUS_PORTAL, PORTAL))
    assert prepare(environ) is False
    assert (environ["QT_IM_MODULE"], environ["IBUS_USE_PORTAL"]) == ("ibus", "1")
    five.end()


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "tcp:host=localhost,port=1", "nonsense"])
def test_a_start_without_a_bus_changes_nothing(address: str) -> None:
    environ = {"DBUS_SESSION_BUS_ADDRESS": address, "QT_IM_MODULE": "fcitx"}
    before = dict(environ)
    assert prepare(environ) is False
    assert environ == before
    assert bus_address({}) == ""


def test_a_bus_that_says_nothing_does_not_hold_up_the_start(bus: Bus) -> None:
    os.kill(bus.process.pid, signal.SIGSTOP)
    answers: queue.SimpleQueue[frozenset[str] | None] = queue.SimpleQueue()
    asking = threading.Thread(target=lambda: answers.put(names_on(bus.address, 0.1)), daemon=True)
    asking.start()
    assert answers.get(timeout=5) is None


APPLICATION = """
import os
from village_desk.desk.start import application
from village_desk.widgets.fcitx import PortalBridge
app = application()
print(len(app.findChildren(PortalBridge)), os.environ.get("QT_IM_MODULE"))
for bridge in app.findChildren(PortalBridge):
    bridge.close()
"""


def test_the_application_starts_with_its_bridge(bus: Bus, portal: Portal) -> None:
    environ = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus.address, "QT_IM_MODULE": "fcitx"}
    told = subprocess.run(
        [sys.executable, "-c", APPLICATION], capture_output=True, text=True, check=True, env=environ
    ).stdout
    assert told.split() == ["1", "compose"]
