"""From the command to the first window: the password dialog paints first, everything heavy comes behind it."""

import builtins
import gc
import linecache
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from village_desk.desk.crash import Excepthook
from village_desk.desk.login import LoginDialog
from village_desk.desk.preferences import Preferences
from village_desk.kit.clock import ClockState
from village_desk.widgets import theme

if TYPE_CHECKING:
    from village_desk.desk.window import DeskWindow
    from village_desk.desk.wizard import Wizard
    from village_desk.store.file import VillageFile

# By then every page's code is loaded.
_SETTLED_MS = 5_000


def application() -> QApplication:
    """The one QApplication, dressed."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    bridged = False
    if sys.platform == "linux":
        from village_desk.widgets import fcitx

        bridged = fcitx.prepare(os.environ)
    _import_plainly()
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("village-desk")
    app.setApplicationDisplayName("村务通")
    if sys.platform == "linux" and bridged:
        fcitx.PortalBridge(app, fcitx.bus_address(os.environ))
    return app


def _import_plainly() -> None:
    """End PySide6's reading of the source of every module that is imported after it.

    It looks for switches that nobody here uses, slows each import by a fifth, and keeps 23 MB of source lines.
    """
    hook = getattr(builtins, "__orig_import__", None)
    if hook is not None:
        vars(builtins)["__import__"] = hook
        linecache.clearcache()


def run(path: Path | None = None) -> int:
    """Open the window on a file, on the one opened last, or on the welcome; returns the exit code."""
    app = application()
    preferences = Preferences.load()
    theme.dress(app, preferences.type_percent)
    desk = Desk(app, preferences)
    desk.begin(path)
    return app.exec()


class Desk(QObject):
    """Leads from the login, or the wizard, to the window."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self.app = app
        self.preferences = preferences
        self.login: LoginDialog | None = None
        self.wizard: Wizard | None = None
        self.window: DeskWindow | None = None
        self.hook = Excepthook(self.tell)
        sys.excepthook = self.hook
        app.setQuitOnLastWindowClosed(True)

    def begin(self, path: Path | None) -> None:
        """Show the login for this file, the last one, or none."""
        last = Path(self.preferences.last_file) if self.preferences.last_file else None
        # A file that is gone is asked for too while its copies are there: the login offers to put one back.
        there = last is not None and (last.is_file() or last.with_suffix(".copies").is_dir())
        wanted = path or (last if there else None)
        self.login = LoginDialog(wanted, self.preferences)
        self.login.opened.connect(self.show_window)
        self.login.new_asked.connect(self.show_wizard)
        self.login.show()

    def show_wizard(self) -> None:
        """新建本村档案."""
        from village_desk.desk.wizard import Wizard

        assert self.login is not None
        self.wizard = Wizard(self.login)
        self.wizard.made.connect(self._after_wizard)
        self.wizard.open()

    def _after_wizard(self, file: "VillageFile") -> None:
        from village_desk.desk.settings_dialogs import RecoveryCodeDialog

        self.preferences.last_file = str(file.path)
        self.preferences.last_operator = file.operator.name if file.operator is not None else ""
        self.preferences.save()
        self.show_window(file)
        assert self.window is not None
        if self.login is not None:
            self.login.hide()
        RecoveryCodeDialog(file.recovery_code, file.village_name, self.window).open()

    def show_window(self, file: "VillageFile") -> None:
        """The desk itself; a day that cannot be believed is asked about first thing."""
        from village_desk.desk.day_dialog import DayDialog
        from village_desk.desk.window import DeskWindow

        self.window = window = DeskWindow(file, self.preferences)
        window.show()
        QTimer.singleShot(0, theme.load_rare_characters)
        # Code and mappers stay for good; a search for cycles that walks them stops the window for a tenth of a second.
        QTimer.singleShot(_SETTLED_MS, gc.freeze)
        if file.clock.state is not ClockState.BELIEVED:
            dialog = DayDialog(file.clock, window)
            dialog.answered.connect(lambda: window.confirm_today(dialog.day()))
            dialog.open()

    def tell(self, message: str, advice: str) -> None:
        """A refusal that nobody else showed."""
        if self.window is not None:
            self.window.tell(message, advice)
