"""A village file of its own for each test of the archive, and pictures as cameras and scanners make them."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.files import new_village
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 9, 10)


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    """An open file on the tenth of September 2026, with the clerk at the desk."""
    file = new_village(tmp_path, today=TODAY)
    yield file
    file.close()


def photo(width: int = 400, height: int = 300, *, taken: str = "", place: bool = False) -> bytes:
    """A JPEG of two colours; `taken` as cameras write it, `place` adds where it was taken."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("navy", (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[36867] = taken
    if place:
        exif.get_ifd(0x8825)[2] = (33.0, 24.0, 0.0)
        exif[271] = "canary-camera"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()
