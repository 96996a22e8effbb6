"""A village file of its own for each test of notices."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST

TODAY = dt.date(2026, 9, 10)


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    """An open file on the tenth of September 2026, with the clerk at the desk."""
    file = VillageFile.create(
        tmp_path / "东河村.vdesk",
        village="320924103205",
        name="东河村",
        operator="李会计",
        password="correct-horse",
        today=TODAY,
        cost=LEAST_COST,
    )
    yield file
    file.close()
