"""No chain forks: whatever is copied, restored, opened twice or lost, a key signs in one place only."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.things import CLERK, PASSWORD, Laptop, Neighbour, add_neighbour, post_sheet
from village_desk.kit.clock import ClockState
from village_desk.kit.errors import FileTrouble
from village_desk.store import acts
from village_desk.store.days import Calendar
from village_desk.store.file import VillageFile
from village_desk.store.journal import heads

Maker = Callable[[str], Laptop]


def open_at(desk: Laptop, path: Path) -> VillageFile:
    """A file with the profile of a computer, wherever it lies."""
    own, desk.path = desk.path, path
    try:
        return desk.open()
    finally:
        desk.path = own


def marks(desk: Laptop) -> list[Path]:
    """The quick marks in a computer's profile."""
    return sorted((desk.home / "profile" / "devices").glob("*.mark"))


def kept(desk: Laptop) -> list[Path]:
    """The identities in a computer's profile."""
    return sorted((desk.home / "profile" / "devices").glob("*.json"))


def test_two_copies_that_are_open_together_sign_with_two_keys(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    add_neighbour(file, "王伟")
    copy = file.copy_to(desk.home / "备份")
    second = open_at(desk, copy.path)
    assert second.device.id != file.device.id
    for one in (file, second):
        add_neighbour(one, "之后")
        assert one.verify() == []
        one.close()


def test_of_two_equal_copies_the_one_that_writes_first_keeps_the_key(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    add_neighbour(file, "王伟")
    copy, old = file.copy_to(desk.home / "备份"), file.device.id
    file.close()
    second = open_at(desk, copy.path)
    assert second.device.id == old
    add_neighbour(second, "在备份里写的")
    second.close()
    file = desk.open()
    assert file.is_new_device
    assert file.device.id != old
    file.close()


def test_a_look_into_a_copy_takes_no_identity_away(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    add_neighbour(file, "王伟")
    copy, old = file.copy_to(desk.home / "备份"), file.device.id
    add_neighbour(file, "张伟")
    file.close()
    for _ in range(3):
        second = open_at(desk, copy.path)
        assert second.device.id != old
        second.close()
    assert len(kept(desk)) == 2
    second = open_at(desk, copy.path)
    add_neighbour(second, "在备份里写的")
    there = second.device.id
    second.close()
    file, second = desk.open(), open_at(desk, copy.path)
    assert (file.device.id, second.device.id) == (old, there)
    assert not file.is_new_device
    file.close()
    second.close()


def test_a_crash_between_commit_and_mark_keeps_the_identity(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    add_neighbour(file, "王伟")
    before = {path: path.read_bytes() for path in [*kept(desk), *marks(desk)]}
    add_neighbour(file, "张伟")
    old = file.device.id
    file.close()
    for path in [*kept(desk), *marks(desk)]:
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    file = desk.open()
    assert file.device.id == old
    assert not file.is_new_device
    add_neighbour(file, "李伟")
    assert file.verify() == []
    file.close()


@pytest.mark.parametrize("torn", [b"", b"\0" * 90, b'{"seq": 1', b'{"seq": 1, "hash": "00"}', b"[]"])
def test_a_quick_mark_that_a_power_cut_tore_costs_nothing(laptop: Maker, torn: bytes) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    add_neighbour(file, "王伟")
    old = file.device.id
    file.close()
    for path in kept(desk):
        path.with_suffix(".mark").write_bytes(torn)
    file = desk.open()
    assert file.device.id == old
    file.close()


def test_what_hung_on_the_wall_is_marked_on_the_disk_at_once(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    post_sheet(file, "决议")
    with file.writing("test.print") as session:
        acts.public_checkpoint(session)
        session.add(Neighbour(name="封存"))
    (identity,) = kept(desk)
    with file.reading() as session:
        end = heads(session)[file.device.id]
    assert json.loads(identity.read_bytes())["seq"] == end.seq
    file.close()


def test_a_lost_or_older_profile_forks_nothing(laptop: Maker, tmp_path: Path) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    add_neighbour(file, "王伟")
    old = file.device.id
    file.close()
    profile = desk.home / "profile"
    shutil.copytree(profile, tmp_path / "以前的")
    file = desk.open()
    file.renew_identity()
    newer = file.device.id
    add_neighbour(file, "换过身份以后")
    file.close()
    shutil.rmtree(profile)
    shutil.copytree(tmp_path / "以前的", profile)
    file = desk.open()
    assert file.device.id not in {old, newer}
    file.close()
    shutil.rmtree(profile)
    file = desk.open()
    assert file.is_new_device
    add_neighbour(file, "没有了身份以后")
    assert file.verify() == []
    file.close()


def test_a_profile_that_cannot_be_written_is_said_in_words(laptop: Maker) -> None:
    desk = laptop("文书")
    desk.create().close()
    profile = desk.home / "profile"
    shutil.rmtree(profile)
    profile.write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(FileTrouble) as told:
        desk.open()
    assert told.value.advice.endswith("。")
    profile.unlink()
    desk.open().close()


def test_a_confirmed_day_is_kept_although_nothing_was_written(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    file.close()
    ahead = dt.date.today() + dt.timedelta(days=400)
    file = desk.open()
    file.confirm_today(ahead)
    file.close()
    with desk.at_home():
        file = VillageFile.open(desk.path, operator=CLERK, password=PASSWORD)
    assert (file.clock.state, file.today) == (ClockState.WENT_BACK, ahead)
    file.close()


def test_a_day_that_nobody_answered_for_is_not_remembered(laptop: Maker) -> None:
    desk = laptop("文书")
    file = desk.create()
    desk.code = file.recovery_code
    file.confirm_today(dt.date.today() - dt.timedelta(days=300))
    file.close()
    for _ in range(2):
        with desk.at_home():
            file = VillageFile.open(desk.path, operator=CLERK, password=PASSWORD)
        assert file.clock.state is ClockState.JUMPED_AHEAD
        add_neighbour(file, "王伟")
        file.close()


def test_the_desk_goes_over_midnight() -> None:
    computer = [dt.date(2026, 3, 14)]
    calendar = Calendar(dt.date(2026, 3, 13), computer=lambda: computer[0])
    assert calendar.clock.day == dt.date(2026, 3, 14)
    computer[0] = dt.date(2026, 3, 16)
    assert calendar.clock.day == dt.date(2026, 3, 16)
    computer[0] = dt.date(2020, 1, 1)
    assert calendar.clock.day == dt.date(2026, 3, 16)
    computer[0] = dt.date(2036, 1, 1)
    assert calendar.clock.day == dt.date(2026, 3, 16)


def test_a_wrong_clock_goes_on_from_the_day_that_was_confirmed() -> None:
    computer = [dt.date(2010, 1, 1)]
    calendar = Calendar(dt.date(2026, 3, 13), computer=lambda: computer[0])
    assert calendar.clock.state is ClockState.WENT_BACK
    computer[0] = dt.date(2010, 1, 2)
    assert calendar.clock.day == dt.date(2026, 3, 13)
    calendar.confirm(dt.date(2026, 3, 14))
    computer[0] = dt.date(2010, 1, 4)
    assert (calendar.clock.day, calendar.clock.state) == (dt.date(2026, 3, 16), ClockState.BELIEVED)
    fixed = Calendar(None, dt.date(2026, 3, 14), lambda: computer[0])
    computer[0] = dt.date(2010, 1, 9)
    assert fixed.clock.day == dt.date(2026, 3, 14)
