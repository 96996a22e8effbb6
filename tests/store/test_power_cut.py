"""The plug is pulled: whatever was whole on the disk is there, and nothing else is shown."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.store.cutting import FRAME, LOG_HEADER, PAGE, Wreck, log_of
from tests.store.things import Laptop, Neighbour, add_neighbour
from village_desk.kit.errors import FileTrouble
from village_desk.store.file import VillageFile

Maker = Callable[[str], Laptop]


def names(file: VillageFile) -> set[str]:
    """Everybody in the file."""
    with file.reading() as session:
        return set(session.scalars(select(Neighbour.name)))


def test_a_log_cut_anywhere_shows_every_commit_that_was_whole_and_no_other(laptop: Maker, tmp_path: Path) -> None:
    wreck = Wreck(laptop("文书"), 3)
    dice = random.Random(20260314)
    anywhere = [dice.randrange(len(wreck.log)) for _ in range(100)]
    assert len(wreck.boundaries) > 30
    for length in [*wreck.boundaries, *anywhere]:
        path = wreck.lay(tmp_path / "断电", wreck.log[:length])
        file = wreck.open(path)
        assert names(file) == wreck.whole(length), length
        file.close()


def test_a_file_goes_on_after_each_cut_between_two_pages(laptop: Maker, tmp_path: Path) -> None:
    wreck = Wreck(laptop("文书"), 1)
    for length in wreck.boundaries:
        file = wreck.open(wreck.lay(tmp_path / "断电", wreck.log[:length]))
        add_neighbour(file, "之后")
        assert file.verify() == []
        file.close()
        again = wreck.open(tmp_path / "断电" / "断电.vdesk")
        assert names(again) == wreck.whole(length) | {"之后"}
        again.close()


def test_a_cut_while_the_log_is_moved_into_the_file_loses_nothing(laptop: Maker, tmp_path: Path) -> None:
    wreck = Wreck(laptop("文书"), 4)
    dice = random.Random(7)
    old = wreck.database.ljust(len(wreck.merged), b"\0")
    for _ in range(15):
        moved = {page for page in range(len(wreck.merged) // PAGE) if dice.random() < 0.5}
        mixed = b"".join(
            (wreck.merged if page in moved else old)[page * PAGE : (page + 1) * PAGE]
            for page in range(len(wreck.merged) // PAGE)
        )
        file = wreck.open(wreck.lay(tmp_path / "断电", wreck.log, mixed))
        assert names(file) == wreck.whole(len(wreck.log))
        assert file.verify() == []
        file.close()


def test_a_log_with_a_flipped_bit_shows_what_came_before_it_or_is_refused(laptop: Maker, tmp_path: Path) -> None:
    wreck = Wreck(laptop("文书"), 3)
    dice = random.Random(11)
    for _ in range(15):
        at = dice.randrange(LOG_HEADER, len(wreck.log))
        log = bytearray(wreck.log)
        log[at] ^= 1 << dice.randrange(8)
        file = wreck.open(wreck.lay(tmp_path / "断电", bytes(log)))
        assert names(file) == wreck.whole(at // FRAME * FRAME)
        file.close()


def test_the_log_of_another_state_is_put_aside_and_told(laptop: Maker, tmp_path: Path) -> None:
    desk = laptop("文书")
    file = desk.create()
    for number in range(30):
        add_neighbour(file, f"村民{number}")
    copy = file.copy_to(tmp_path / "备份")
    for number in range(30, 90):
        add_neighbour(file, f"村民{number}", flags=("低保", "x" * 500))
    log = log_of(desk.path).read_bytes()
    file.close()
    desk.path.write_bytes(copy.path.read_bytes())
    log_of(desk.path).write_bytes(log)
    with pytest.raises(FileTrouble, match="换下"):
        desk.open()
    (kept,) = desk.home.glob("*换下*")
    assert kept.read_bytes() == log
    again = desk.open()
    assert names(again) == {f"村民{number}" for number in range(30)}
    assert again.is_new_device
    assert again.verify() == []
    again.close()


def test_a_broken_file_with_a_log_is_refused_untouched(laptop: Maker, tmp_path: Path) -> None:
    wreck = Wreck(laptop("文书"), 2)
    broken = bytearray(wreck.database)
    for page in range(1, len(broken) // PAGE):
        broken[page * PAGE + 100] ^= 1
    path = wreck.lay(tmp_path / "断电", wreck.log[: LOG_HEADER + FRAME], bytes(broken))
    before = (path.read_bytes(), log_of(path).read_bytes())
    with pytest.raises(FileTrouble, match="损坏"):
        wreck.open(path)
    assert (path.read_bytes(), log_of(path).read_bytes()) == before
