"""A village file of its own for each test of notices."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import new_village
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 9, 10)


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    """An open file on the tenth of September 2026, with the clerk at the desk."""
    file = new_village(tmp_path, today=TODAY)
    yield file
    file.close()
