"""Undo takes back one step, keeps what was edited since, and refuses what can only be corrected."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.store.things import (
    VILLAGE,
    Home,
    Laptop,
    Neighbour,
    Sheet,
    Visit,
    add_neighbour,
    book,
    change_neighbour,
    post_sheet,
)
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.store import acts, journal
from village_desk.store.file import VillageFile
from village_desk.store.journal import Kept, Undone


def names(file: VillageFile) -> list[str]:
    """Neighbours in use."""
    with file.reading() as session:
        found = select(Neighbour.name).where(Neighbour.retired.is_(False)).order_by(Neighbour.name)
        return list(session.scalars(found))


def test_a_change_is_taken_back_to_the_value_before(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", group_no=1)
    change_neighbour(file, identity, group_no=2, phone="1")
    undone = file.undo(file.steps()[0].id)
    assert (undone.records, undone.kept) == (1, ())
    with file.reading() as session:
        row = session.get_one(Neighbour, identity)
        assert (row.group_no, row.phone) == (1, None)


def test_an_undo_can_itself_be_undone(file: VillageFile) -> None:
    add_neighbour(file, "王伟")
    file.undo(file.steps()[0].id)
    assert names(file) == []
    file.undo(file.steps()[0].id)
    assert names(file) == ["王伟"]


def test_a_bulk_step_is_taken_back_and_what_was_edited_since_is_kept_and_named(file: VillageFile) -> None:
    with file.writing("test.import") as session:
        ids = acts.add_many(session, Neighbour, [{"name": f"村民{n:02d}"} for n in range(20)])
    step = file.steps()[0].id
    change_neighbour(file, ids[3], phone="1")
    change_neighbour(file, ids[7], group_no=2)
    undone = file.undo(step)
    assert {one.record for one in undone.kept} == {ids[3], ids[7]}
    assert undone.records == 18
    assert names(file) == ["村民03", "村民07"]
    assert file.verify() == []


def test_a_field_that_was_changed_again_keeps_its_later_value(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", group_no=1)
    change_neighbour(file, identity, group_no=2, phone="1")
    step = file.steps()[0].id
    change_neighbour(file, identity, group_no=3)
    undone = file.undo(step)
    assert [one.record for one in undone.kept] == [identity]
    with file.reading() as session:
        row = session.get_one(Neighbour, identity)
        assert (row.group_no, row.phone) == (3, None)


def test_a_step_is_undone_once(file: VillageFile) -> None:
    add_neighbour(file, "王伟")
    step = file.steps()[0].id
    file.undo(step)
    with pytest.raises(NotAllowed, match="已经撤销过"):
        file.undo(step)
    with pytest.raises(NotFound):
        file.undo("00" * 8)


def test_booked_and_final_steps_are_not_undone(file: VillageFile) -> None:
    book(file, "a", 500)
    with pytest.raises(NotAllowed, match="更正"):
        file.undo(file.steps()[0].id)
    identity = post_sheet(file, "决议")
    with pytest.raises(NotAllowed, match="定稿"):
        file.undo(file.steps()[0].id)
    with file.reading() as session:
        assert session.get_one(Sheet, identity).state == "posted"


def values(file: VillageFile, identity: str) -> tuple[int, str | None]:
    """Group and phone of a neighbour."""
    with file.reading() as session:
        row = session.get_one(Neighbour, identity)
        return row.group_no, row.phone


def undo_newest(file: VillageFile) -> Undone:
    """What Ctrl+Z does: the newest own step that still stands and is no undo."""
    found = next(one for one in file.steps() if not one.undone and not one.deed.startswith("undo:"))
    return file.undo(found.id)


def test_steps_over_the_same_field_are_taken_back_one_after_the_other(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", group_no=1)
    for group in (2, 3, 4):
        change_neighbour(file, identity, group_no=group)
    for group in (3, 2, 1):
        assert undo_newest(file) == Undone(1, ())
        assert values(file, identity)[0] == group
    assert undo_newest(file) == Undone(1, ())
    assert names(file) == []
    assert file.verify() == []


def test_undo_redo_undo_takes_back_the_same_step_and_no_older_one(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", group_no=1)
    change_neighbour(file, identity, group_no=2)
    for _ in range(3):
        undo_newest(file)
        assert values(file, identity)[0] == 1
        file.undo(file.steps()[0].id)
        assert values(file, identity)[0] == 2
    assert names(file) == ["王伟"]
    assert file.verify() == []


def test_what_was_undone_itself_does_not_count_as_later_work(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", group_no=1, phone="1")
    change_neighbour(file, identity, group_no=2)
    step = file.steps()[0].id
    change_neighbour(file, identity, group_no=3, phone="2")
    undo_newest(file)
    change_neighbour(file, identity, phone="3")
    assert file.undo(step) == Undone(1, ())
    assert values(file, identity) == (1, "3")


def test_a_creation_that_was_undone_and_brought_back_is_undone_again(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟")
    created = file.steps()[0].id
    change_neighbour(file, identity, group_no=2)
    changed = file.steps()[0].id
    assert file.undo(created) == Undone(0, (Kept("test_neighbour", identity),))
    assert names(file) == ["王伟"]
    file.undo(changed)
    assert file.undo(created) == Undone(1, ())
    assert names(file) == []
    file.undo(file.steps()[0].id)
    assert names(file) == ["王伟"]


def test_going_back_also_takes_back_an_undo_of_something_earlier(file: VillageFile) -> None:
    identity = add_neighbour(file, "王伟", group_no=1)
    change_neighbour(file, identity, group_no=2)
    before = [values(file, identity)]
    position = file.position
    file.undo(file.steps()[0].id)
    change_neighbour(file, identity, group_no=5)
    undo_newest(file)
    change_neighbour(file, identity, group_no=6, phone="1")
    assert file.undo_after(position) == []
    assert [values(file, identity)] == before
    assert file.undo_after(position) == []
    assert [values(file, identity)] == before
    assert file.verify() == []


def test_random_work_goes_back_to_every_earlier_state(file: VillageFile) -> None:
    dice = random.Random(5)
    ids = [add_neighbour(file, f"村民{n}") for n in range(3)]
    states: list[tuple[int, list[tuple[int, str | None]]]] = []
    for _ in range(25):
        states.append((file.position, [values(file, one) for one in ids]))
        if dice.random() < 0.35:
            file.undo(dice.choice([one for one in file.steps(limit=6) if not one.undone][:2]).id)
        else:
            change_neighbour(file, dice.choice(ids), group_no=dice.randint(1, 9), phone=str(dice.randint(1, 9)))
    for position, state in reversed(states):
        assert file.undo_after(position) == []
        assert [values(file, one) for one in ids] == state
    assert file.verify() == []


def test_another_laptops_step_and_the_founding_are_not_undone_here(laptop: Callable[[str], Laptop]) -> None:
    first, second = laptop("文书"), laptop("报账员")
    first.create().close()
    there, here = second.receive_copy(first), first.open()
    identity = add_neighbour(there, "王伟")
    with there.reading() as session:
        operations = list(journal.operations_after(session, {}))
    position = here.position
    with here.writing("sync.take_in") as session:
        journal.take_in(session, operations, village=VILLAGE, from_township=False)
    newest = here.steps()[0]
    assert not newest.mine
    with pytest.raises(NotAllowed, match="另一台电脑"):
        here.undo(newest.id)
    with pytest.raises(NotAllowed, match="建立档案"):
        here.undo(here.steps()[-1].id)
    assert here.undo_after(position) == ["test.add_neighbour"]
    with here.reading() as session:
        assert not session.get_one(Neighbour, identity).retired
    here.close()
    there.close()


def test_steps_before_a_change_of_identity_are_still_ones_own(file: VillageFile) -> None:
    add_neighbour(file, "王伟")
    file.renew_identity()
    assert file.steps()[0].mine
    assert file.undo(file.steps()[0].id).records == 1
    assert names(file) == []


def test_a_record_that_others_in_use_point_to_is_kept_and_named(file: VillageFile) -> None:
    with file.writing("test.import") as session:
        homes = acts.add_many(session, Home, [{"name": "一户"}, {"name": "二户"}, {"name": "三户"}])
        acts.add_many(session, Visit, [{"home_id": homes[2]}])
    step = file.steps()[0].id
    with file.writing("test.visit") as session:
        session.add(Visit(home_id=homes[0]))
    undone = file.undo(step)
    assert [one.record for one in undone.kept] == [homes[0]]
    assert undone.records == 3
    with file.reading() as session:
        standing = set(session.scalars(select(Home.name).where(Home.retired.is_(False))))
    assert standing == {"一户"}
    assert file.verify() == []


def test_what_a_kept_record_points_to_is_kept_with_it(file: VillageFile) -> None:
    with file.writing("test.import") as session:
        (home,) = acts.add_many(session, Home, [{"name": "一户"}])
        (visit,) = acts.add_many(session, Visit, [{"home_id": home}])
    step = file.steps()[0].id
    with file.writing("test.edit") as session:
        session.get_one(Visit, visit).words = "屋顶漏水"
    undone = file.undo(step)
    assert {one.record for one in undone.kept} == {home, visit}
    assert undone.records == 0
