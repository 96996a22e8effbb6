"""The sample village and its window, as every journey through the desk begins."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_desk.desk.demo.build import build
from village_desk.desk.demo.story import PASSWORD
from village_desk.desk.preferences import Preferences
from village_desk.desk.start import Desk
from village_desk.desk.window import DeskWindow
from village_desk.store.file import VillageFile


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The sample village and its township, with the story ending today."""
    out = tmp_path_factory.mktemp("sample")
    build(out, seed=3, today=dt.date.today())
    return out, json.loads((out / "summary.json").read_text("utf-8"))


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot, sample: tuple[Path, dict[str, Any]]) -> Iterator[DeskWindow]:
    """The village's window, opened by typing the password."""
    out, summary = sample
    before = sys.excepthook
    desk = Desk(dressed, Preferences())
    sys.excepthook = before
    desk.begin(out / summary["village_file"])
    assert desk.login is not None
    desk.login.password.setText(PASSWORD)
    qtbot.keyClick(desk.login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    yield desk.window
    if desk.window.isVisible():
        desk.window.close()
    for one in (desk.window, desk.login):
        one.deleteLater()


@pytest.fixture
def empty_window(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    """The window over a new village file that holds nobody yet."""
    path = tmp_path / "东河村.vdesk"
    file = VillageFile.create(path, village="320924103205", name="东河村", operator="李会计", password=PASSWORD)
    yield from window_over(file)


@pytest.fixture
def desk(dressed: QApplication, village: VillageFile) -> Iterator[DeskWindow]:
    """The window over the file that a module of journeys calls `village`."""
    yield from window_over(village)


def window_over(file: VillageFile) -> Iterator[DeskWindow]:
    """A window that is shown over an open file, and closed."""
    window = DeskWindow(file, Preferences())
    window.show()
    yield window
    if window.isVisible():
        window.close()
    window.deleteLater()
