"""Undo takes back one step, keeps what was edited since, and refuses what can only be corrected."""

import pytest
from sqlalchemy import select

from tests.store.things import Neighbour, Sheet, add_neighbour, book, change_neighbour, post_sheet
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.store import acts
from village_desk.store.file import VillageFile


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
