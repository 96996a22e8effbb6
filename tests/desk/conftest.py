"""A dressed application, a village file and the window on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.files import new_village
from village_desk.desk.preferences import Preferences
from village_desk.desk.rooms import load_records
from village_desk.desk.window import DeskWindow
from village_desk.store.file import VillageFile

PASSWORD = "东河有十二户人家"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[VillageFile]:
    """A new village file with its clerk."""
    load_records()
    made = new_village(tmp_path, password=PASSWORD)
    yield made
    made.close()


@pytest.fixture
def window(dressed: QApplication, village: VillageFile, qtbot: QtBot) -> Iterator[DeskWindow]:
    """The window on that file, shown."""
    made = DeskWindow(village, Preferences())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    if made.isVisible():
        made.close()
