"""A dressed application and a real village file for the pieces of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from village_desk.desk.rooms import load_records
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST
from village_desk.widgets import theme
from village_desk.widgets.workplace import Workplace

PASSWORD = "东河有十二户人家"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The look of the desk at its normal type size, whatever a test leaves behind."""
    theme.dress(qapp)
    yield
    theme.dress(qapp)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[VillageFile]:
    """A new village file with its clerk."""
    load_records()
    made = VillageFile.create(
        tmp_path / "东河村.vdesk",
        village="320924103205",
        name="东河村",
        operator="李会计",
        password=PASSWORD,
        cost=LEAST_COST,
    )
    yield made
    made.close()


@pytest.fixture
def workplace(file: VillageFile, qapp: QApplication) -> Iterator[Workplace]:
    """The door to that file; every write is settled at the end."""
    made = Workplace(file)
    yield made
    made.close()
