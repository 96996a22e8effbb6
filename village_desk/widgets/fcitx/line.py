"""The thread that talks to the portal over the session bus, and what it and the window say to each other."""

import os
import queue
import selectors
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jeepney import (
    AuthenticationError,
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnection, prep_socket

PORTAL = "org.freedesktop.portal.Fcitx"
PORTAL_PATH = "/org/freedesktop/portal/inputmethod"
METHOD_FACE = "org.fcitx.Fcitx.InputMethod1"
CONTEXT_FACE = "org.fcitx.Fcitx.InputContext1"

# FcitxCapacityFlags: the field shows the preedit, with its formats, and keeps it itself when the focus leaves.
_CAPABILITIES = 1 << 1 | 1 << 4 | 1 << 5

_LONGEST_PAUSE_SECONDS = 30.0
_END_SECONDS = 0.3
_SEND_SECONDS = 2.0
# Everything a bus that is absent, foreign or dying throws.
TROUBLE = (OSError, RuntimeError, ValueError, LookupError, AuthenticationError, DBusErrorResponse)

# `line` counts the connections, so that late words of an old one are known.


def connect(address: str, seconds: float) -> DBusConnection:
    """A connection that has been greeted by the bus; proving who one is may take `seconds`, the greeting any time."""
    wire = prep_socket(get_bus(address), timeout=seconds)
    try:
        return DBusConnection(wire)
    except BaseException:
        wire.close()
        raise


@dataclass(frozen=True)
class Ready:
    line: int


@dataclass(frozen=True)
class Gone:
    line: int


@dataclass(frozen=True)
class Answer:
    line: int
    ticket: int
    taken: bool


@dataclass(frozen=True)
class Said:
    line: int
    member: str
    body: tuple[Any, ...]


@dataclass(frozen=True)
class Order:
    """One call to the input context; ticket 0 wants no answer, no member means to begin anew."""

    line: int
    member: str = ""
    signature: str = ""
    body: tuple[Any, ...] = ()
    ticket: int = 0


class _Lost(Exception):
    """This connection is of no more use."""


class _Talk:
    """One connection to the bus, and the input context on it once the portal has made one."""

    def __init__(self, connection: DBusConnection, line: int, tell: Callable[[object], None]) -> None:
        self.line = line
        self.answered = False
        self._connection = connection
        self._tell = tell
        self._owner = ""
        self._context = ""
        self._then: dict[int, Callable[[Message], None]] = {}
        # A bus that takes nothing in must not hold the thread for ever.
        connection.sock.settimeout(_SEND_SECONDS)
        changes = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        changes.add_arg_condition(0, PORTAL)
        self._send(message_bus.AddMatch(changes))
        self._send(message_bus.GetNameOwner(PORTAL), self._owner_known)

    def order(self, order: Order) -> None:
        """Carry one order of the window to the input context."""
        if order.line != self.line:
            return
        if not order.member:
            raise _Lost
        address = DBusAddress(self._context, self._owner, CONTEXT_FACE)
        message = new_method_call(address, order.member, order.signature or None, order.body)

        def answer(reply: Message) -> None:
            refused = reply.header.message_type is MessageType.error
            self._tell(Answer(self.line, order.ticket, not refused and bool(reply.body) and bool(reply.body[0])))
            if refused:
                raise _Lost
            self.answered = True

        self._send(message, answer if order.ticket else None)

    def take_in(self) -> None:
        """Handle everything that has come, without waiting."""
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            fields = message.header.fields
            if message.header.message_type is not MessageType.signal:
                self._then.pop(fields.get(HeaderFields.reply_serial, 0), _ignore)(message)
            elif fields.get(HeaderFields.member) == "NameOwnerChanged":
                self._owner_changed(*message.body)
            elif fields.get(HeaderFields.path) == self._context and fields.get(HeaderFields.sender) == self._owner:
                self._tell(Said(self.line, fields[HeaderFields.member], message.body))

    def _send(self, message: Message, then: Callable[[Message], None] | None = None) -> None:
        message.header.flags |= MessageFlag.no_auto_start
        serial = next(self._connection.outgoing_serial)
        if then is not None:
            self._then[serial] = then
        self._connection.send(message, serial=serial)

    def _owner_known(self, reply: Message) -> None:
        if reply.header.message_type is not MessageType.error and not self._owner:
            self._make_context(reply.body[0])

    def _owner_changed(self, name: str, before: str, now: str) -> None:
        if name != PORTAL or now == self._owner:
            return
        if self._owner:
            raise _Lost
        self._make_context(now)

    def _make_context(self, owner: str) -> None:
        self._owner = owner
        portal = DBusAddress(PORTAL_PATH, owner, METHOD_FACE)
        who = ([("program", "village-desk"), ("display", "x11:")],)
        self._send(new_method_call(portal, "CreateInputContext", "a(ss)", who), self._context_made)

    def _context_made(self, reply: Message) -> None:
        if reply.header.message_type is MessageType.error:
            raise _Lost
        self._context = reply.body[0]
        # fcitx 4 sends its signals to everybody.
        words = MatchRule(type="signal", sender=self._owner, interface=CONTEXT_FACE, path=self._context)
        self._send(message_bus.AddMatch(words))
        self._tell(Ready(self.line))
        self.order(Order(self.line, "SetCapability", "t", (_CAPABILITIES,)))


def _ignore(message: Message) -> None:
    """An answer nobody waits for."""


class Line(threading.Thread):
    """The thread that talks to the bus, and begins anew whenever the bus or the portal went away."""

    def __init__(self, address: str, tell: Callable[[object], None], pause: float) -> None:
        super().__init__(name="village-desk-fcitx", daemon=True)
        self._address = address
        self._tell = tell
        self._pause = pause
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake, False)

    def order(self, order: Order) -> None:
        """Hand an order to the thread; never waits."""
        self._orders.put(order)
        # A full pipe has woken the thread already.
        with suppress(BlockingIOError):
            os.write(self._wake, b".")

    def close(self) -> None:
        """End the thread; one that hangs in a dead bus is left to die with the process."""
        self._closing.set()
        self.order(Order(0))
        self.join(_END_SECONDS)
        if not self.is_alive():
            os.close(self._wake)
            os.close(self._woken)

    def run(self) -> None:
        """Connect, talk, and after every loss wait a little longer, until closed."""
        pause = self._pause
        line = 0
        while not self._closing.is_set():
            line += 1
            answered = False
            with suppress(*TROUBLE), connect(self._address, _SEND_SECONDS) as connection:
                talk = _Talk(connection, line, self._tell)
                with suppress(_Lost, *TROUBLE):
                    self._serve(connection, talk)
                answered = talk.answered
            self._tell(Gone(line))
            pause = self._pause if answered else min(pause * 2, _LONGEST_PAUSE_SECONDS)
            self._closing.wait(pause)

    def _serve(self, connection: DBusConnection, talk: _Talk) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(connection.sock, selectors.EVENT_READ)
            waiting.register(self._woken, selectors.EVENT_READ)
            while not self._closing.is_set():
                talk.take_in()
                waiting.select()
                with suppress(BlockingIOError):
                    os.read(self._woken, 4096)
                with suppress(queue.Empty):
                    while True:
                        talk.order(self._orders.get_nowait())
