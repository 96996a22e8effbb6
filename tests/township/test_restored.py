"""Old copies put back, copied files, two histories under one key: both kept, told, and got over."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.things import Neighbour, add_neighbour, change_neighbour
from tests.township.conftest import Desk, World
from village_desk.kit.errors import NotAllowed
from village_desk.sync import incoming, lookups, outgoing
from village_desk.sync.outcome import State
from village_desk.township import actions as town

CODE = "320924103205"


def before_all_that(desk: Desk, folder: Path, *, profile: bool) -> Callable[[], None]:
    """Keeps the laptop as it is now; calling the result puts it back, with its profile when nothing is to notice it."""
    kept = desk.keep(folder / "kept")
    shutil.copytree(desk.home / "profile", folder / "profile")
    return lambda: desk.put_back(kept, with_profile=folder / "profile" if profile else None)


def test_a_copy_put_back_goes_on_under_a_new_identity_and_brings_what_the_old_one_had_left(
    world: World, tmp_path: Path
) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    add_neighbour(village.file, "写了还没上报的")
    put_back = before_all_that(village, tmp_path, profile=False)
    add_neighbour(village.file, "备份以后写的，丢了")
    old = village.file.device.id
    put_back()
    assert village.file.is_new_device
    assert village.file.device.id != old

    add_neighbour(village.file, "恢复以后写的")
    drive = world.stick("after")
    outgoing.export(village.file, drive)
    [unknown] = town.take_in(world.town.file, drive)
    assert unknown.state is State.TO_COMPARE
    world.enrol(unknown, replaces=old.hex())
    [taken] = town.take_in(world.town.file, drive)
    assert (taken.state, taken.new) == (State.TAKEN, 2)
    assert world.seen(village) == village.view
    town.write_replies(world.town.file, drive)
    [read] = incoming.take_in(village.file, drive)
    assert read.message.endswith("本机的记录乡镇已全部收到。")


def test_what_only_the_township_still_has_comes_back_with_its_reply(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    put_back = before_all_that(village, tmp_path, profile=False)
    lost = add_neighbour(village.file, "上报过的", group_no=7, phone="13812345678")
    change_neighbour(village.file, lost, group_no=8)
    world.visit(village, world.stick("second"))
    wanted = village.view
    old = village.file.device.id
    put_back()
    drive = world.stick("after")
    outgoing.export(village.file, drive)
    [unknown] = town.take_in(world.town.file, drive)
    world.enrol(unknown, replaces=old.hex())
    town.take_in(world.town.file, drive)
    town.write_replies(world.town.file, drive)
    [read] = incoming.take_in(village.file, drive)
    assert read.state is State.TAKEN
    assert read.advice.startswith("镇里退回了本村以前上报过、本机已经没有的2条，都已补上。")
    with village.file.reading() as session:
        row = session.get_one(Neighbour, lost)
        assert (row.name, row.group_no, row.phone) == ("上报过的", 8, None)
    assert world.seen(village) == village.view == wanted
    assert village.file.verify() == []
    assert outgoing.export(village.file, drive).number == 0
    again = world.stick("again")
    add_neighbour(village.file, "以后的")
    assert [one.state for one in world.visit(village, again)] == [State.TAKEN, State.TAKEN]
    assert world.seen(village) == village.view


def test_a_second_laptop_does_not_speak_for_the_first_unless_it_replaces_it(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    add_neighbour(village.file, "第一台写的")
    copy = village.keep(tmp_path / "copy")
    second = Desk.at(tmp_path / "second", world.monkeypatch, village, copy)
    world.desks.append(second)
    add_neighbour(second.file, "第二台写的")
    drive = world.stick("second")
    outgoing.export(second.file, drive)
    [unknown] = town.take_in(world.town.file, drive)
    world.enrol(unknown)
    [taken] = town.take_in(world.town.file, drive)
    assert (taken.state, taken.new) == (State.TAKEN, 1)
    [own] = [one for one in world.visit(village, world.stick("own")) if one.village]
    assert own.new == 1
    assert world.row(village).laptops == 2


def test_a_stick_shows_a_laptop_that_it_was_put_back(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    drive = world.stick("own")
    put_back = before_all_that(village, tmp_path, profile=True)
    add_neighbour(village.file, "备份以后写的")
    outgoing.export(village.file, drive)
    put_back()
    old = village.file.device.id
    with pytest.raises(NotAllowed, match="像是恢复过旧备份") as caught:
        outgoing.export(village.file, drive)
    assert "已经换用新的身份" in caught.value.advice
    assert village.file.device.id != old
    new = outgoing.export(village.file, drive)
    assert new.number > 0
    states = {one.state for one in town.take_in(world.town.file, drive)}
    assert states == {State.TAKEN, State.TO_COMPARE}


def test_two_histories_under_one_key_are_both_kept_and_the_laptop_is_told(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    put_back = before_all_that(village, tmp_path, profile=True)
    lost = add_neighbour(village.file, "乡镇收到过的")
    world.visit(village, world.stick("before"))
    put_back()
    kept = add_neighbour(village.file, "恢复以后写的")
    old = village.file.device.id

    drive = world.stick("after")
    outgoing.export(village.file, drive)
    [taken] = town.take_in(world.town.file, drive)
    assert taken.state is State.TAKEN
    assert "两份都已保留" in taken.advice
    assert world.row(village).forked
    assert world.row(village).tone == "bad"
    with world.town.file.reading() as session:
        rows = session.connection().exec_driver_sql("select id from test_neighbour").scalars().all()
    assert {lost, kept} <= set(rows)
    assert world.town.file.verify() == []

    town.write_replies(world.town.file, drive)
    [read] = incoming.take_in(village.file, drive)
    assert read.state is State.REFUSED
    assert "不是同一条" in read.message
    assert village.file.device.id != old
    with village.file.reading() as session:
        assert lookups.standing(session).received > 0

    add_neighbour(village.file, "换了身份以后写的")
    later = world.stick("later")
    outgoing.export(village.file, later)
    [unknown] = town.take_in(world.town.file, later)
    world.enrol(unknown, replaces=old.hex())
    taken, read = world.visit(village, later)
    assert (taken.state, read.state) == (State.TAKEN, State.TAKEN)
    assert "本机已经没有的1条，都已补上" in read.advice
    with village.file.reading() as session:
        assert session.get_one(Neighbour, lost).name == "乡镇收到过的"
    assert world.seen(village) == village.view
