"""A PNG of every page and main dialog on an open village file, at the smallest screen that the desk is made for."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QDialog, QTabBar, QWidget

from village_desk.desk.crash import CrashDialog
from village_desk.desk.help import HelpDialog
from village_desk.desk.login import LoginDialog
from village_desk.desk.pages import places_of
from village_desk.desk.preferences import Preferences
from village_desk.desk.window import DeskWindow
from village_desk.desk.wizard import Wizard
from village_desk.kit.errors import FileTrouble
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.grid import Grid
from village_desk.widgets.page import Page

SCREEN = QSize(1366, 768)


def take(file: VillageFile, out: Path, *, large_type: bool = False) -> list[Path]:
    """Write one picture for each page and main dialog into `out`; returns their paths.

    Needs a QApplication. The file stays open. Raises FileTrouble when a picture cannot be written.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    percent = theme.LARGE_TYPE_PERCENT if large_type else theme.TYPE_PERCENTS[0]
    theme.dress(app, percent)
    theme.load_rare_characters()
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for name, widget in views(file, Preferences(type_percent=percent)):
        path = out / f"{len(made) + 1:02d}-{name}.png"
        # Twice: the first round lays out, the second paints what the layout asked for.
        QApplication.processEvents()
        QApplication.processEvents()
        if not widget.grab().save(str(path)):
            raise FileTrouble(f"图片“{path.name}”没有写上。", "请换一个文件夹，或检查磁盘是否已满。")
        made.append(path)
    return made


def views(file: VillageFile, preferences: Preferences) -> Iterator[tuple[str, QWidget]]:
    """Every page and main dialog in turn, shown; each is closed before the next comes."""
    login = LoginDialog(file.path, preferences)
    login.opening.wait()
    yield from _shown("login", login)
    welcome = LoginDialog(None, preferences)
    welcome.opening.wait()
    yield from _shown("welcome", welcome)
    yield from _wizard()
    window = DeskWindow(file, preferences)
    window.resize(SCREEN)
    window.show()
    try:
        for place in places_of(file.kind):
            window.go(place.key)
            _choose_first_rows(window.page)
            yield place.key, window
            for name in _tabs(window.page):
                yield f"{place.key}-{name}", window
            for name, dialog in window.page.dialogs_to_show():
                yield from _shown(f"{place.key}-{name}", dialog)
        yield from _shown("help", HelpDialog("keys", window))
        yield from _shown("crash", CrashDialog(Path("问题报告-20260312-091500.txt"), window))
        window.tell("代表会议应到35人，实到20人，不到三分之二。", "还差4人，请补登记迟到的代表，或另定日期再开。")
        yield "refusal", window
    finally:
        window.workplace.close()
        _leave(window)


def _choose_first_rows(page: Page) -> None:
    """What stands beside a list is shown for its first row."""
    QApplication.processEvents()
    grids: list[Grid] = list(page.findChildren(Grid))
    for grid in grids:
        if grid.isVisible() and not grid.current_id() and grid.model().rowCount():
            grid.enter()


def _tabs(page: Page) -> Iterator[str]:
    """Turn to every further tab of the page, and back."""
    bars: list[QTabBar] = list(page.findChildren(QTabBar))
    for number, bar in enumerate((one for one in bars if one.isVisible()), start=1):
        first = bar.currentIndex()
        for tab in range(bar.count()):
            if tab != first and bar.isTabEnabled(tab):
                bar.setCurrentIndex(tab)
                _choose_first_rows(page)
                yield f"tab{number}-{tab + 1}"
        bar.setCurrentIndex(first)


def _shown(name: str, dialog: QDialog) -> Iterator[tuple[str, QWidget]]:
    dialog.show()
    yield name, dialog
    _leave(dialog)


def _leave(widget: QWidget) -> None:
    """Really gone: without an event loop Qt would keep it, and every change of type size would dress it again."""
    widget.hide()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _wizard() -> Iterator[tuple[str, QWidget]]:
    wizard = Wizard()
    wizard.opening.wait()
    wizard.show()
    wizard.name.setText("东河村")
    wizard.town.setText("柳林镇")
    wizard.code.setText("320924103205")
    wizard.folder.setText("D:/村务档案")
    yield "wizard-village", wizard
    wizard.go_on()
    wizard.count.setValue(9)
    yield "wizard-groups", wizard
    wizard.go_on()
    wizard.operator.setText("李会计")
    wizard.password.setText("a safe sentence")
    wizard.again.setText("a safe sentence")
    yield "wizard-operator", wizard
    wizard.go_on()
    yield "wizard-check", wizard
    _leave(wizard)
