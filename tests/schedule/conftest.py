"""A village file of its own for each test of the calendar."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import new_village
from village_desk.desk.rooms import load_records
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 9, 10)


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    """An open file of a village that began on New Year's day, on the tenth of September 2026."""
    load_records()
    file = new_village(tmp_path, today=dt.date(2026, 1, 1))
    file.confirm_today(TODAY)
    yield file
    file.close()
