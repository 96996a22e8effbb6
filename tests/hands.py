"""What a clerk's hands do on one page: show it, answer its dialog, wait until everything is written."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.workplace import Workplace

W = TypeVar("W", bound=QWidget)
# What a window of 1366×768 leaves to a page beside the sidebar and below the bar.
PAGE = (1166, 678)


def shown(qtbot: QtBot, page: W, size: tuple[int, int] = PAGE) -> W:
    """The page, shown at that size and released with the test."""
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    return page


def settle(qtbot: QtBot, workplace: Workplace) -> None:
    """Until everything asked for is written."""
    qtbot.waitUntil(lambda: workplace.pending == 0)


def answer(qtbot: QtBot, workplace: Workplace, dialog: AskDialog) -> None:
    """Press the verb of a dialog and wait for its write."""
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
