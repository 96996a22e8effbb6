"""What a clerk's hands do in the window: press a button, answer a dialog, type a key."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from village_desk.desk.window import DeskWindow
from village_desk.widgets.dialogs import AskDialog

D = TypeVar("D", bound=QDialog)
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def dialog_of(kind: type[D]) -> D:
    """The dialog that stands over the window."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def settle(qtbot: QtBot, window: DeskWindow) -> None:
    """Until everything asked for is written."""
    qtbot.waitUntil(lambda: window.workplace.pending == 0)


def answer(qtbot: QtBot, window: DeskWindow, dialog: AskDialog) -> None:
    """Press the verb of a dialog."""
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, window)


def buttons(widget: QWidget, words: str) -> list[QPushButton]:
    """Visible buttons whose spoken name begins with these words."""
    every: list[QPushButton] = list(widget.findChildren(QPushButton))
    return [one for one in every if one.isVisible() and (one.accessibleName() or one.text()).startswith(words)]


def press(qtbot: QtBot, window: DeskWindow, words: str) -> None:
    """Click the first button of the page with these words."""
    qtbot.waitUntil(lambda: bool(buttons(window.page, words)))
    qtbot.mouseClick(buttons(window.page, words)[0], LEFT)


def press_key(
    qtbot: QtBot, window: DeskWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key, as it reaches the window."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, modifier)
