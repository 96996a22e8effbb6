"""Which way Chinese is typed in this session, chosen by the names on its bus before Qt starts."""

import enum
import queue
import threading
from collections.abc import MutableMapping
from pathlib import Path

from jeepney import message_bus
from jeepney.io.blocking import Proxy

from village_desk.widgets.fcitx.line import PORTAL, TROUBLE, connect

FCITX5 = "org.fcitx.Fcitx5"
IBUS_PORTAL = "org.freedesktop.portal.IBus"
IBUS = "org.freedesktop.IBus"

_START_SECONDS = 0.3


class Way(enum.Enum):
    """How Chinese reaches the fields of this session."""

    AS_IS = "as is"
    PLUGIN = "ibus plugin through the portal"
    BRIDGE = "the bridge of this module"


def way_for(names: frozenset[str], module: str) -> Way:
    """The way for these bus names and this QT_IM_MODULE.

    fcitx 5 without its ibus face is left the bridge; so is a session that promises fcitx before fcitx has started.
    """
    if FCITX5 in names and (IBUS_PORTAL in names or PORTAL not in names):
        return Way.PLUGIN
    if PORTAL in names:
        return Way.BRIDGE
    if module.startswith("fcitx") and not names & {IBUS, IBUS_PORTAL}:
        return Way.BRIDGE
    return Way.AS_IS


def bus_address(environ: MutableMapping[str, str]) -> str:
    """Where the session bus listens, or an empty string."""
    told = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    usual = Path(environ.get("XDG_RUNTIME_DIR") or "/nowhere") / "bus"
    return told or (f"unix:path={usual}" if usual.exists() else "")


def names_on(address: str, seconds: float = _START_SECONDS) -> frozenset[str] | None:
    """The names on a bus, or None when it does not answer within `seconds`."""
    answers: queue.SimpleQueue[frozenset[str] | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            with connect(address, seconds) as connection:
                answers.put(frozenset(Proxy(message_bus, connection, timeout=seconds).ListNames()[0]))
        except TROUBLE:
            answers.put(None)

    # The greeting of a bus knows no time limit, so the start of the desk does not wait for it itself.
    threading.Thread(target=ask, name="village-desk-bus-names", daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        return None


def prepare(environ: MutableMapping[str, str]) -> bool:
    """Set what Qt reads when the QApplication is made; True when a PortalBridge is to be put on it."""
    address = bus_address(environ)
    names = names_on(address) if address else None
    if names is None:
        return False
    way = way_for(names, environ.get("QT_IM_MODULE", ""))
    if way is not Way.AS_IS:
        # The list of newer Qts goes before the single name.
        environ.pop("QT_IM_MODULES", None)
    if way is Way.PLUGIN:
        environ.update({"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"})
    elif way is Way.BRIDGE:
        environ["QT_IM_MODULE"] = "compose"
    return way is Way.BRIDGE
