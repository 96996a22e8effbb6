"""A FAT stick pulled out at every moment of an export: only whole files are ever accepted."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import fatfs
import pytest

from village_desk.sync.stickfile import Refused, read_header

SECTOR = 512
SECTORS = 256
NAME = b"/VDESK/VD1-A.VDB"
UNFINISHED = b"/VDESK/~0A1B2C3.TMP"


class RecordingDisk(fatfs.RamDisk):  # type: ignore[misc]  # fatfs ships no types
    """A RAM disk that remembers each sector written."""

    def __init__(self, storage: bytearray) -> None:
        super().__init__(storage, sector_size=SECTOR)
        self.writes: list[tuple[int, bytes]] = []

    def write(self, sector: int, count: int, buff: bytes) -> None:
        for at in range(0, len(buff), SECTOR):
            self.writes.append((sector + at // SECTOR, bytes(buff[at : at + SECTOR])))
        super().write(sector, count, buff)


def mounted(storage: bytearray) -> tuple[fatfs.Partition, RecordingDisk]:
    disk = RecordingDisk(storage)
    return fatfs.Partition(disk), disk


def export(partition: fatfs.Partition, content: bytes) -> None:
    """The same order as on a real stick: another name, flush, final name."""
    unfinished, final = (partition.pname + name for name in (UNFINISHED, NAME))
    target = fatfs.FIL_Handle()
    results = [fatfs.pyf_open(target, unfinished, fatfs.PY_FA_WRITE | fatfs.PY_FA_CREATE_NEW)]
    for at in range(0, len(content), 4096):
        results.append(fatfs.pyf_write(target, content[at : at + 4096])[0])
    results += [fatfs.pyf_sync(target), fatfs.pyf_close(target), fatfs.pyf_rename(unfinished, final)]
    assert set(results) == {fatfs.PY_FR_OK}


def content_of(partition: fatfs.Partition, name: bytes) -> bytes | None:
    source = fatfs.FIL_Handle()
    if fatfs.pyf_open(source, partition.pname + name, fatfs.PY_FA_READ) != fatfs.PY_FR_OK:
        return None
    try:
        result, raw = fatfs.pyf_read(source, 1 << 20)
        return bytes(raw) if result == fatfs.PY_FR_OK else None
    finally:
        fatfs.pyf_close(source)


@pytest.fixture(scope="module")
def export_on_fat(new_laptop: Callable[..., Any], township: Any) -> tuple[bytes, bytes, list[tuple[int, bytes]]]:
    """(content, the stick before, the sectors written in their order)."""
    content: bytes = new_laptop("东河村", 30).file(township)[1]
    storage = bytearray(SECTOR * SECTORS)
    partition, disk = mounted(storage)
    partition.mkfs()
    partition.mount()
    partition.mkdir("/VDESK")
    before = bytes(storage)
    disk.writes.clear()
    export(partition, content)
    partition.unmount()
    assert len(disk.writes) > len(content) // SECTOR
    return content, before, list(disk.writes)


def accepted_files(storage: bytearray) -> list[bytes]:
    """What a reader takes from the stick as it lies there."""
    partition, _ = mounted(storage)
    found: list[bytes] = []
    try:
        partition.mount()
    except Exception:  # fatfs raises plain exceptions; a stick that cannot be mounted offers nothing
        return found
    for name in (NAME, UNFINISHED):
        raw = content_of(partition, name)
        if raw is not None:
            with suppress(Refused):
                read_header(raw, name.decode())
                found.append(raw)
    partition.unmount()
    return found


def test_a_stick_pulled_out_at_any_sector_gives_the_whole_file_or_none(
    export_on_fat: tuple[bytes, bytes, list[tuple[int, bytes]]],
) -> None:
    content, before, writes = export_on_fat
    storage = bytearray(before)
    seen = set()
    for sector, data in [(0, before[:SECTOR]), *writes]:
        storage[sector * SECTOR : (sector + 1) * SECTOR] = data
        got = accepted_files(bytearray(storage))
        assert set(got) <= {content}
        seen.add(len(got))
    assert {0, 1} <= seen


def test_sectors_lost_in_any_order_give_the_whole_file_or_none(
    export_on_fat: tuple[bytes, bytes, list[tuple[int, bytes]]],
) -> None:
    content, before, writes = export_on_fat
    chance = random.Random(20260105)
    for _ in range(200):
        storage = bytearray(before)
        for sector, data in writes:
            if chance.random() < 0.8:
                storage[sector * SECTOR : (sector + 1) * SECTOR] = data
        assert set(accepted_files(storage)) <= {content}
