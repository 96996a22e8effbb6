"""Two laptops of one village: both lanes between them, one of them going to the township for both."""

from pathlib import Path

import pytest

from tests.store.things import Neighbour, add_neighbour, change_neighbour
from tests.township.conftest import Desk, World
from village_desk.store.base import spec_of
from village_desk.store.journal import operations_of
from village_desk.store.reduction import conflicts
from village_desk.sync import incoming, keys, outgoing, stick
from village_desk.sync.outcome import State
from village_desk.sync.stickfile import SIZE, Kind, read_header
from village_desk.township import actions as town
from village_desk.township import lookups

CODE = "320924103205"


@pytest.fixture
def pair(world: World, tmp_path: Path) -> tuple[Desk, Desk]:
    """The clerk's laptop and the accountant's, both enrolled and both knowing it."""
    clerk = world.village("东河村", CODE)
    return clerk, world.second_laptop(clerk, tmp_path)


def carry(world: World, name: str, *order: Desk) -> list[State]:
    """One stick from the first desk to the others."""
    drive = world.stick(name)
    outgoing.export(order[0].file, drive)
    return [one.state for desk in order[1:] for one in incoming.take_in(desk.file, drive)]


def test_both_lanes_go_to_and_fro_and_twice_changes_nothing(world: World, pair: tuple[Desk, Desk]) -> None:
    clerk, accountant = pair
    person = add_neighbour(clerk.file, "王秀兰", phone="13812345678")
    assert carry(world, "there", clerk, accountant) == [State.TAKEN]
    change_neighbour(accountant.file, person, group_no=4)
    assert carry(world, "back", accountant, clerk) == [State.TAKEN]
    assert clerk.file.digest() == accountant.file.digest()
    with accountant.file.reading() as session:
        assert session.get_one(Neighbour, person).phone == "13812345678"

    before = clerk.file.digest(), clerk.file.position
    drive = world.sticks[-1]
    assert [one.state for one in incoming.take_in(clerk.file, drive)] == [State.NOTHING_NEW]
    files = [one.name for one in stick.files(drive)]
    assert outgoing.export(accountant.file, drive).shared == ()
    assert [one.name for one in stick.files(drive)] == files
    assert (clerk.file.digest(), clerk.file.position) == before


def test_the_sentence_says_that_the_other_laptop_has_its_part(world: World, pair: tuple[Desk, Desk]) -> None:
    clerk, _ = pair
    add_neighbour(clerk.file, "王秀兰")
    done = outgoing.export(clerk.file, world.stick("s"))
    assert len(done.shared) == 1
    assert done.shared[0].endswith("-V.vdb")
    assert "给本村另一台电脑的一份也写好了" in done.sentence


def test_one_laptop_goes_to_the_township_for_both(world: World, pair: tuple[Desk, Desk]) -> None:
    clerk, accountant = pair
    add_neighbour(accountant.file, "只在报账员电脑上")
    carry(world, "over", accountant, clerk)
    add_neighbour(clerk.file, "文书写的")
    taken, read = world.visit(clerk, world.stick("town"))
    assert (taken.state, taken.new) == (State.TAKEN, 2)
    assert read.message.endswith("本机的记录乡镇已全部收到。")
    assert world.seen(clerk) == clerk.view
    # The accountant's own visit then brings nothing new, and he learns that all is there.
    outcomes = world.visit(accountant, world.stick("own"))
    assert [one.new for one in outcomes if one.state is State.TAKEN and one.village] == []


def test_two_edits_of_one_field_are_both_kept_and_equal_on_both(world: World, pair: tuple[Desk, Desk]) -> None:
    clerk, accountant = pair
    person = add_neighbour(clerk.file, "王伟")
    carry(world, "start", clerk, accountant)
    change_neighbour(clerk.file, person, group_no=1)
    change_neighbour(accountant.file, person, group_no=2)
    carry(world, "one", clerk, accountant)
    carry(world, "two", accountant, clerk)
    assert clerk.file.digest() == accountant.file.digest()
    with clerk.file.reading() as session:
        [conflict] = conflicts(spec_of(Neighbour), operations_of(session, [person])[person])
    assert {value for _, value in conflict.candidates} == {1, 2}


def test_the_townships_key_does_not_open_what_is_between_laptops(world: World, pair: tuple[Desk, Desk]) -> None:
    clerk, _ = pair
    add_neighbour(clerk.file, "王秀兰", phone="canary-138")
    drive = world.stick("s")
    outgoing.export(clerk.file, drive)
    found = {read_header(stick.read(one), one.name).kind: one for one in stick.files(drive)}
    assert set(found) == {Kind.VILLAGE_BUNDLE, Kind.LAPTOP_BUNDLE}
    secret = world.town.file.device.stick_secret
    assert keys.unseal(stick.read(found[Kind.LAPTOP_BUNDLE])[SIZE:], secret) is None
    assert [one.state for one in town.take_in(world.town.file, drive)] == [State.TAKEN]


def test_a_laptop_that_is_out_of_use_is_refused_by_the_other(world: World, pair: tuple[Desk, Desk]) -> None:
    clerk, accountant = pair
    with world.town.file.writing("township.revoke_laptop") as session:
        laptop = next(one for one in lookups.laptops(session, CODE) if one.device == accountant.file.device.id)
        town.revoke_laptop(session, enrolment_id=laptop.id)
    drive = world.stick("told")
    town.write_replies(world.town.file, drive, (CODE,))
    incoming.take_in(clerk.file, drive)
    add_neighbour(accountant.file, "停用以后写的")
    before = clerk.file.digest()
    assert carry(world, "late", accountant, clerk) == [State.REFUSED]
    assert clerk.file.digest() == before


def test_an_unknown_laptop_is_sent_to_the_township_first(world: World, pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    clerk, _ = pair
    third = Desk.at(tmp_path / "third", world.monkeypatch, clerk, clerk.keep(tmp_path / "copy3"))
    world.desks.append(third)
    add_neighbour(third.file, "第三台写的")
    drive = world.stick("third")
    assert outgoing.export(third.file, drive).shared
    [outcome] = incoming.take_in(clerk.file, drive)
    assert outcome.state is State.REFUSED
    assert "镇里还没有登记" in outcome.message


def test_what_came_back_from_the_township_is_made_whole_by_the_other_laptop(
    world: World, pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    clerk, accountant = pair
    kept = clerk.keep(tmp_path / "before")
    person = add_neighbour(clerk.file, "王秀兰", phone="13812345678")
    carry(world, "over", clerk, accountant)
    world.visit(clerk, world.stick("received"))
    old = clerk.file.device.id
    clerk.put_back(kept)
    drive = world.stick("after")
    outgoing.export(clerk.file, drive)
    [unknown] = town.take_in(world.town.file, drive)
    world.enrol(unknown, replaces=old.hex())
    town.take_in(world.town.file, drive)
    town.write_replies(world.town.file, drive)
    for desk in (clerk, accountant):
        incoming.take_in(desk.file, drive)
    with clerk.file.reading() as session:
        assert session.get_one(Neighbour, person).phone is None

    drive = world.stick("whole")
    outgoing.export(accountant.file, drive, everything=True)
    incoming.take_in(clerk.file, drive)
    with clerk.file.reading() as session:
        assert session.get_one(Neighbour, person).phone == "13812345678"
    assert clerk.file.verify() == []
