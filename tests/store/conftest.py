"""Laptops for the tests of the store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.things import Laptop
from village_desk.store.file import VillageFile


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Laptop]:
    """A maker of computers, each with a profile of its own."""
    return lambda name: Laptop(tmp_path / name, monkeypatch)


@pytest.fixture
def file(laptop: Callable[[str], Laptop]) -> Iterator[VillageFile]:
    """A new village file, open."""
    opened = laptop("文书").create()
    yield opened
    opened.close()
