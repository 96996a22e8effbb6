"""A dressed application and a real village file for the pieces of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.files import new_village
from village_desk.desk.rooms import load_records
from village_desk.store.file import VillageFile

PASSWORD = "东河有十二户人家"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[VillageFile]:
    """A new village file with its clerk."""
    load_records()
    made = new_village(tmp_path, password=PASSWORD)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def always_dressed(dressed: QApplication) -> None:
    """Every piece is looked at in the desk's own look."""


@pytest.fixture
def desk_file(file: VillageFile) -> VillageFile:
    """The file behind `workplace`."""
    return file
