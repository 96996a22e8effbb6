"""The engine behind the password dialog: imported, and the file opened, on a thread of its own."""

import importlib
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from village_desk.kit.errors import DeskError
from village_desk.widgets.arrivals import Arrivals

if TYPE_CHECKING:
    from village_desk.store.file import VillageFile


# What the first window needs, imported while the clerk is typing.
_BEHIND_THE_PASSWORD = ("store.file", "desk.window", "desk.today_page")


class Opening(QObject):
    """Runs work that needs the engine; nothing of it is imported before.

    `known(names)` are the operators that may open a file, `opened(VillageFile)`, `refused(DeskError)`, `put_back()`
    once a copy stands where the file was.
    """

    known = Signal(object)
    opened = Signal(object)
    refused = Signal(object)
    put_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._arrivals = Arrivals(self)

    def look(self, path: Path) -> None:
        """Read who may open the file, and load the engine meanwhile."""

        def work() -> None:
            from village_desk.store.keyring import KeyFile

            self._tell(self.known, KeyFile.load(path.with_suffix(".vkey")).operators)
            _load_engine()

        self._run(work)

    def warm(self) -> None:
        """Load the engine while the clerk is still typing."""
        self._run(_load_engine)

    def open(self, path: Path, *, operator: str = "", password: str = "", recovery_code: str = "") -> None:
        """Open a file."""

        def work() -> None:
            _load_engine()
            from village_desk.store.file import VillageFile

            file = VillageFile.open(path, operator=operator, password=password, recovery_code=recovery_code)
            try:
                _warm_up(file)
            finally:
                self._tell(self.opened, file)

        self._run(work)

    def create(self, make: "Callable[[], VillageFile]") -> None:
        """Make a new file; `make` is called on the thread, after the engine is loaded."""

        def work() -> None:
            _load_engine()
            self._tell(self.opened, make())

        self._run(work)

    def restore(self, copy: Path, target: Path) -> None:
        """Put a copy in the place of a file that cannot be opened; what stood there is kept beside it."""

        def work() -> None:
            _load_engine()
            from village_desk.store.copies import restore_in_place

            restore_in_place(copy, target)
            self._tell(self.put_back)

        self._run(work)

    def wait(self) -> None:
        """Until the work under way is over; for leaving."""
        if self._thread is not None:
            self._thread.join()

    def _tell(self, signal: SignalInstance, *facts: object) -> None:
        self._arrivals.hand_over(partial(signal.emit, *facts))

    def _run(self, work: Callable[[], None]) -> None:
        before = self._thread

        def run() -> None:
            if before is not None:
                before.join()
            try:
                work()
            except DeskError as refusal:
                self._tell(self.refused, refusal)
            except Exception as bug:
                # Told on the GUI thread, where the excepthook can show it.
                self._arrivals.hand_over(partial(_raise_here, bug))

        self._thread = threading.Thread(target=run, name="village-desk-opening", daemon=True)
        self._thread.start()


def _load_engine() -> None:
    for module in _BEHIND_THE_PASSWORD:
        importlib.import_module(f"village_desk.{module}")
    from sqlalchemy.orm import configure_mappers

    from village_desk.desk.rooms import load_records
    from village_desk.rulebook.rules import shipped_packs

    load_records()
    # Both would otherwise be made by the first question, when the clerk waits after the password.
    configure_mappers()
    shipped_packs()


def _warm_up(file: "VillageFile") -> None:
    """Ask once what the first page will ask, so that its statements are compiled before the window waits for them."""
    from village_desk.desk.sources import day

    if file.kind == "village":
        with file.reading() as session:
            day(session)


def _raise_here(bug: Any) -> None:
    sys.excepthook(type(bug), bug, bug.__traceback__)
