"""Taking rosters in: matched, never overwritten by blanks, twice the same, undone as one step."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.people.conftest import TODAY
from village_desk.desk.sample.roster import write_sample_roster
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups
from village_desk.people.records import Household, HouseholdStay, Person, PersonSearch
from village_desk.people.rules.roster import CellState, Preview, Roster, RowState
from village_desk.store.file import VillageFile

HEAD = ["村民小组", "户号", "姓名", "与户主关系", "性别", "身份证号", "出生日期", "联系电话"]
WANG = ["一组", "0001", "王伟", "户主", "男", "130503196704010016", "1967-04-01", "13800001234"]
LI = ["一组", "0001", "李秀兰", "妻", "女", "", "1968.03", ""]
CHILD = ["一组", "0001", "王鹏", "长子", "男", "", "1995-06-01", "13800001235"]

Take = Callable[..., actions.Imported]


@pytest.fixture
def read(workbook: Callable[..., Path]) -> Callable[[Sequence[Sequence[Any]]], Roster]:
    """Rows as a roster that was read from a workbook."""
    return lambda rows: actions.read_roster(workbook(rows), today=TODAY)


@pytest.fixture
def take(village: VillageFile, read: Callable[..., Roster]) -> Take:
    """Take rows in as one step."""

    def run(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> actions.Imported:
        roster = read([head, *rows])
        with village.writing("people.import_roster") as session:
            return actions.import_roster(session, roster=roster)

    return run


@pytest.fixture
def preview(village: VillageFile, read: Callable[..., Roster]) -> Callable[..., Preview]:
    """What taking rows in would do."""

    def run(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> Preview:
        with village.reading() as session:
            return actions.preview_roster(session, read([head, *rows]))

    return run


def people(village: VillageFile) -> dict[str, lookups.PersonRow]:
    """Everybody by name."""
    with village.reading() as session:
        rows = lookups.person_rows(session, lookups.person_ids(session, lookups.PeopleFilter(state="")))
    return {row.name: row for row in rows}


def card(village: VillageFile, name: str) -> lookups.PersonCard:
    """The card of one person."""
    with village.reading() as session:
        return lookups.person_card(session, people(village)[name].id)


def test_people_and_households_are_made(village: VillageFile, take: Take) -> None:
    assert take(WANG, LI, CHILD) == actions.Imported(new=3, changed=0, unchanged=0, refused=0, households=1)
    wang = card(village, "王伟")
    assert [one.name for one in wang.family] == ["王伟", "李秀兰", "王鹏"]
    assert (wang.row.group, wang.row.household_no, wang.row.age) == ("一组", "0001", 58)
    assert people(village)["李秀兰"].birth == "1968-03"


def test_the_sample_village_twice(village: VillageFile, tmp_path: Path) -> None:
    sheet = write_sample_roster(tmp_path / "花名册.xlsx", people=300)
    roster = actions.read_roster(tmp_path / "花名册.xlsx", today=TODAY)
    with village.reading() as session:
        first = actions.preview_roster(session, roster)
    assert first.sentence == "共读到312人：新增292人，有改动0人，没有变化0人，不能导入20人。"
    with village.writing("people.import_roster") as session:
        done = actions.import_roster(session, roster=roster)
    assert (done.new, done.refused, done.households) == (292, 20, sheet.households)
    before = village.digest()
    with village.reading() as session:
        again = actions.preview_roster(session, roster)
        assert lookups.counts(session).people == 292
    assert again.counts == {RowState.NEW: 0, RowState.CHANGED: 0, RowState.UNCHANGED: 292, RowState.REFUSED: 20}
    assert again.new_households == 0
    with village.writing("people.import_roster") as session:
        assert actions.import_roster(session, roster=roster).unchanged == 292
    assert village.digest() == before
    assert village.verify() == []


def test_blanks_never_overwrite(village: VillageFile, take: Take) -> None:
    take(WANG, LI)
    blank = ["一组", "0001", "王伟", "", "", "130503196704010016", "", ""]
    assert take(blank).unchanged == 1
    assert people(village)["王伟"].phone == "13800001234"
    # The month alone does not wipe out the day.
    assert take([*WANG[:6], "1967.04", ""]).unchanged == 1
    assert people(village)["王伟"].birth == "1967-04-01"


def test_a_change_is_shown_cell_by_cell_and_made(
    village: VillageFile, take: Take, preview: Callable[..., Preview]
) -> None:
    take(WANG, LI)
    changed = ["一组", "0001", "王伟", "户主", "男", "130503196704010016", "1967-04-01", "13900001111"]
    row = preview(changed, ["一组", "0001", "李秀兰", "妻", "女", "", "1968-03-05", ""]).rows
    assert [one.state for one in row] == [RowState.CHANGED, RowState.CHANGED]
    states = {cell.address: (cell.state, cell.old) for cell in row[0].cells}
    assert states["H2"] == (CellState.CHANGED, "13800001234")
    assert states["C2"] == (CellState.UNCHANGED, "")
    take(changed, ["一组", "0001", "李秀兰", "妻", "女", "", "1968-03-05", ""])
    assert people(village)["王伟"].phone == "13900001111"
    assert people(village)["李秀兰"].birth == "1968-03-05"


def test_without_a_number_name_birth_and_household_match(village: VillageFile, take: Take) -> None:
    take(WANG, LI, CHILD)
    done = take(["1组", "1", "王鹏", "", "", "", "1995-06-01", "13700000000"])
    assert (done.changed, done.new, done.households) == (1, 0, 0)
    # The same name in another household is somebody else.
    other = take(["二组", "0009", "王鹏", "户主", "男", "", "1995-06-01", ""])
    assert (other.new, other.households) == (1, 1)


def test_a_missing_number_is_filled_in(village: VillageFile, take: Take) -> None:
    take(["一组", "0001", "王伟", "户主", "男", "", "1967-04-01", ""])
    assert take(WANG).changed == 1
    assert people(village)["王伟"].identity == "130503196704010016"


def test_another_number_for_a_known_person_is_refused(
    village: VillageFile, take: Take, preview: Callable[..., Preview]
) -> None:
    take(WANG)
    other = [*WANG[:5], "130503196704010032", "1967-04-01", ""]
    row = preview(other).rows[0]
    assert row.state is RowState.REFUSED
    assert row.reason == "王伟已登记了另一个身份证号（末四位0016），请核对后在人员卡上修改。"


def test_namesakes_in_one_household_need_a_number(take: Take, preview: Callable[..., Preview]) -> None:
    head = ["户号", "姓名", "出生日期"]
    take(["1", "王伟", "1950-01-01"], ["1", "王伟", "1990-01-01"], head=head)
    assert "分不清是哪一位" in preview(["1", "王伟", ""], head=head).rows[0].reason


def test_a_row_with_nothing_but_a_name(village: VillageFile, take: Take, preview: Callable[..., Preview]) -> None:
    head = ["村民小组", "姓名", "性别"]
    rows = [["一组", "王伟", "男"], ["二组", "王伟", "男"], ["一组", "王伟", "男"]]
    first = preview(*rows, head=head)
    assert [row.state for row in first.rows] == [RowState.NEW, RowState.NEW, RowState.REFUSED]
    assert "与第2行的王伟同名，像是同一个人" in first.rows[2].reason
    take(*rows, head=head)
    again = preview(*rows, head=head)
    assert [row.state for row in again.rows] == [RowState.UNCHANGED, RowState.UNCHANGED, RowState.REFUSED]
    # Beside somebody who is better known, a bare name says too little.
    take(["一组", "0001", "李秀兰", "妻", "女", "", "1968-03-05", ""])
    assert "请补上一项" in preview(["一组", "李秀兰", "女"], head=head).rows[0].reason


def test_two_rows_that_could_be_one_registered_person(
    village: VillageFile, take: Take, preview: Callable[..., Preview]
) -> None:
    head = ["户号", "姓名", "出生日期"]
    take(["1", "王伟", ""], ["1", "李四", "1950-01-01"], head=head)
    rows = [["1", "王伟", "1950-01-01"], ["1", "王伟", "1990-01-01"]]
    found = preview(*rows, head=head)
    assert [row.state for row in found.rows] == [RowState.REFUSED] * 2
    assert found.rows[0].reason == "与第3行的王伟都像是已登记的王伟，请补上身份证号。"


def test_a_number_settles_who_is_meant(take: Take, preview: Callable[..., Preview]) -> None:
    head = ["户号", "姓名", "出生日期", "身份证号"]
    take(["1", "王伟", "", "130503196704010016"], head=head)
    rows = [["1", "王伟", "", "130503196704010016"], ["1", "王伟", "1990-01-01", ""]]
    assert [row.state for row in preview(*rows, head=head).rows] == [RowState.UNCHANGED, RowState.NEW]
    take(*rows, head=head)
    assert [row.state for row in preview(*rows, head=head).rows] == [RowState.UNCHANGED] * 2


def test_namesakes_in_the_workbook_that_nothing_tells_apart(take: Take, preview: Callable[..., Preview]) -> None:
    head = ["户号", "姓名", "出生日期"]
    found = preview(["1", "王伟", ""], ["1", "王伟", "1990-01-01"], ["1", "李四", "1950-01-01"], head=head)
    assert [row.state for row in found.rows] == [RowState.NEW, RowState.REFUSED, RowState.NEW]
    apart = preview(["1", "王伟", "1950-01-01"], ["1", "王伟", "1990-01-01"], head=head)
    assert [row.state for row in apart.rows] == [RowState.NEW, RowState.NEW]


def test_a_household_found_by_its_head(village: VillageFile, take: Take) -> None:
    head = ["姓名", "与户主关系", "出生日期"]
    rows = [["王伟", "户主", "1967-04-01"], ["李秀兰", "妻", "1968-03-05"]]
    assert take(*rows, head=head).households == 1
    done = take(*rows, ["王鹏", "长子", "1995-06-01"], head=head)
    assert (done.new, done.unchanged, done.households) == (1, 2, 0)


def test_a_move_keeps_the_old_household(village: VillageFile, take: Take) -> None:
    take(WANG, LI, CHILD)
    done = take(["二组", "0009", "王伟", "户主", "男", "130503196704010016", "", ""])
    assert (done.changed, done.households) == (1, 1)
    assert people(village)["王伟"].group == "二组"
    with village.reading() as session:
        assert session.scalar(select(func.count()).select_from(HouseholdStay)) == 1
    assert any("从一组户号0001转出" in line and "花名册导入" in line for line in card(village, "王伟").history)


def test_a_group_that_changes_its_name_moves_the_household(village: VillageFile, take: Take) -> None:
    take(WANG, LI)
    moved = ["三组", *WANG[1:]]
    assert take(moved, ["三组", *LI[1:]]).changed == 2
    assert {row.group for row in people(village).values()} == {"三组"}
    with village.reading() as session:
        assert session.scalar(select(func.count()).select_from(Household)) == 1


def test_somebody_who_left_is_not_brought_back_by_an_old_list(
    village: VillageFile, take: Take, preview: Callable[..., Preview]
) -> None:
    take(WANG, LI)
    with village.writing("people.record_death") as session:
        actions.record_death(session, person_id=people(village)["王伟"].id, on=TODAY)
    row = preview(WANG).rows[0]
    assert row.state is RowState.UNCHANGED
    assert "已去世，导入不改变这一状态" in row.reason


def test_somebody_who_moved_is_not_moved_back_by_an_old_list(
    village: VillageFile, take: Take, preview: Callable[..., Preview]
) -> None:
    take(WANG, LI, CHILD)
    child = people(village)["王鹏"]
    with village.writing("people.move_household") as session:
        home = actions.add_household(session, number="0500", group_name="五组")
        actions.move_household(session, person_id=child.id, household_id=home, on=TODAY, relation="户主")
    found = preview(WANG, LI, [*CHILD[:7], "13999990000"]).rows[2]
    assert found.state is RowState.CHANGED
    assert "2026年3月14日已从这一户转出，导入不把人转回去" in found.reason
    left_out = {cell.field.value for cell in found.cells if cell.state is CellState.LEFT_OUT}
    assert left_out == {"group", "household_no", "relation"}
    done = take(WANG, LI, [*CHILD[:7], "13999990000"])
    assert (done.new, done.changed, done.unchanged) == (0, 1, 2)
    now = people(village)["王鹏"]
    assert (now.household_no, now.group, now.relation, now.phone) == ("0500", "五组", "户主", "13999990000")
    assert take(WANG, LI, [*CHILD[:7], "13999990000"]).changed == 0


def test_nothing_to_take_is_refused_and_leaves_nothing(village: VillageFile, read: Callable[..., Roster]) -> None:
    before = village.digest()
    roster = read([HEAD, ["一组", "1", "", "", "", "4.1E+17", "", ""]])
    with pytest.raises(NotAllowed, match="没有一行可以导入"), village.writing("people.import_roster") as session:
        actions.import_roster(session, roster=roster)
    assert village.digest() == before
    assert len(village.steps()) == 1


def test_a_failure_halfway_leaves_nothing(village: VillageFile, read: Callable[..., Roster]) -> None:
    before = village.digest()
    with pytest.raises(RuntimeError, match="power cut"), village.writing("people.import_roster") as session:
        actions.import_roster(session, roster=read([HEAD, WANG, LI]))
        raise RuntimeError("power cut")
    assert village.digest() == before
    assert people(village) == {}


def test_undo_takes_the_whole_import_back(village: VillageFile, take: Take) -> None:
    empty = village.digest()
    take(WANG, LI, CHILD)
    full = village.digest()
    village.undo(village.steps()[0].id)
    assert people(village) == {}
    with village.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person).where(Person.retired.is_(False))) == 0
        assert session.scalar(select(func.count()).select_from(PersonSearch)) == 0
    assert village.digest() not in (empty, full)
    # Taken in again, the same people are the same records.
    assert take(WANG, LI, CHILD).new == 3
    assert village.verify() == []


def test_undo_keeps_whom_somebody_worked_on_since(village: VillageFile, take: Take) -> None:
    take(WANG, LI, CHILD)
    step = village.steps()[0].id
    wang = card(village, "王伟")
    with village.writing("people.edit_person") as session:
        actions.edit_person(session, person_id=wang.id, seen=wang.seen, phone="13911112222")
    undone = village.undo(step)
    # The household goes on as long as somebody who stays lives in it.
    assert {one.table for one in undone.kept} == {"person", "household"}
    assert [one.record for one in undone.kept if one.table == "person"] == [wang.id]
    assert list(people(village)) == ["王伟"]
    with village.reading() as session:
        assert lookups.names_of(session, [one.record for one in undone.kept]) == {wang.id: "王伟"}
        assert lookups.person_card(session, wang.id).row.household_no == "0001"


def test_after_such_an_undo_the_household_is_taken_up_again(village: VillageFile, take: Take) -> None:
    take(WANG, LI, CHILD)
    step = village.steps()[0].id
    wang = card(village, "王伟")
    with village.writing("people.edit_person") as session:
        actions.edit_person(session, person_id=wang.id, seen=wang.seen, note="常年在外")
    village.undo(step)
    done = take(WANG, LI, CHILD)
    assert (done.new, done.unchanged, done.households) == (2, 1, 0)
    with village.reading() as session:
        assert session.scalar(select(func.count()).select_from(HouseholdStay)) == 0
        assert session.scalar(select(func.count()).select_from(Household).where(Household.retired.is_(False))) == 1
    assert [one.name for one in card(village, "王伟").family] == ["王伟", "李秀兰", "王鹏"]


def test_undo_keeps_whom_somebody_appointed_since(village: VillageFile, take: Take) -> None:
    take(WANG, LI)
    step = village.steps()[0].id
    wang = people(village)["王伟"].id
    with village.writing("people.setup") as session:
        actions.set_up_bodies(session)
        actions.appoint(session, person_id=wang, role="representative", from_on=TODAY)
    undone = village.undo(step)
    assert [one.record for one in undone.kept if one.table == "person"] == [wang]
    assert list(people(village)) == ["王伟"]
    with village.reading() as session:
        roll = lookups.roll(session, body="representatives_meeting", on=TODAY)
        assert [one.person_id for one in roll.eligible] == [wang]
        posts = [post.person_id for body in lookups.bodies(session, on=TODAY) for post in body.posts]
        assert posts == [wang]


def test_undo_of_a_second_import_restores_what_it_changed(village: VillageFile, take: Take) -> None:
    take(WANG, LI)
    take([*WANG[:7], "13900001111"])
    village.undo(village.steps()[0].id)
    assert people(village)["王伟"].phone == "13800001234"


def test_the_number_never_leaves_the_village(village: VillageFile, take: Take) -> None:
    from village_desk.store.base import Lane, spec_of

    take(WANG)
    lanes = {one.name: one.lane for one in spec_of(Person).fields}
    private = {"identity", "identity_reason", "birth", "phone", "political", "people", "note", "address"}
    assert {name for name, lane in lanes.items() if lane is Lane.VILLAGE} >= private
    # Nor does the id of the person give the number away.
    assert "130503196704010016" not in people(village)["王伟"].id


def test_rebuild_gives_the_same_people_and_the_same_search(village: VillageFile, take: Take) -> None:
    take(WANG, LI, CHILD)
    digest, rows = village.digest(), people(village)
    village.rebuild()
    assert village.digest() == digest
    assert people(village) == rows
