"""Rosters that say more than the person: counts with dates, absence, party membership, office, grid, living place."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.people.conftest import TODAY
from village_desk.people import actions, lookups
from village_desk.people.records import (
    GridHousehold,
    GridUnit,
    MemberFlag,
    PartyMembership,
    Person,
    PersonEvent,
    PersonStanding,
    Post,
)
from village_desk.people.rules.presets import LevelRow
from village_desk.people.rules.roster import CellState, Field, Preview, RowState
from village_desk.people.rules.words import PersonState
from village_desk.store.base import Record
from village_desk.store.file import VillageFile

HEAD = ["户号", "姓名", "与户主关系", "身份证号"]
WANG = ["0001", "王伟", "户主", "130503196704010016"]
LI = ["0001", "李秀兰", "妻", ""]

Take = Callable[..., actions.Imported]
Look = Callable[..., Preview]


@pytest.fixture
def take(settled: VillageFile, workbook: Callable[..., Path]) -> Take:
    """Take rows in as one step: take(more heads, row, row)."""

    def run(heads: Sequence[str], *rows: Sequence[Any]) -> actions.Imported:
        roster = actions.read_roster(workbook([[*HEAD, *heads], *rows]), today=TODAY)
        with settled.writing("people.import_roster") as session:
            return actions.import_roster(session, roster=roster)

    return run


@pytest.fixture
def look(settled: VillageFile, workbook: Callable[..., Path]) -> Look:
    """What taking such rows in would do."""

    def run(heads: Sequence[str], *rows: Sequence[Any]) -> Preview:
        roster = actions.read_roster(workbook([[*HEAD, *heads], *rows]), today=TODAY)
        with settled.reading() as session:
            return actions.preview_roster(session, roster)

    return run


def kept(village: VillageFile, record: type[Record]) -> list[Any]:
    """The rows of a record that are in use."""
    with village.reading() as session:
        return list(session.scalars(select(record).where(record.retired.is_(False))))


def cells(row: Any) -> dict[Field, tuple[CellState, str]]:
    """What becomes of the cells of a row."""
    return {cell.field: (cell.state, cell.reason) for cell in row.cells}


def test_the_fields_of_a_person_are_columns(settled: VillageFile, take: Take) -> None:
    heads = ["户籍地址", "现居住地", "证件类型", "兵役状况", "健康状况", "务工地点", "婚姻状况", "入户日期"]
    said = ["东河村三组", "县城一号楼", "身份证", "退役士兵", "肢体残疾三级", "苏州电子厂", "已婚", "1990年5月1日"]
    take(heads, [*WANG, *said])
    (wang,) = kept(settled, Person)
    assert (wang.address, wang.residence, wang.identity_kind) == ("东河村三组", "县城一号楼", "居民身份证")
    assert (wang.military, wang.health, wang.work, wang.marriage) == ("退役士兵", "肢体残疾三级", "苏州电子厂", "已婚")
    assert wang.came_on == dt.date(1990, 5, 1)


def test_the_counts_come_with_their_dates_and_none_is_derived(settled: VillageFile, take: Take, look: Look) -> None:
    heads = ["是否常住", "常住起始日期", "是否选民", "选民登记日期", "集体经济组织成员", "成员身份取得日期"]
    wang = [*WANG, "是", "2001-02-03", "是", dt.date(2026, 1, 5), "是", "2025-05-01"]
    li = [*LI, "", "", "", "", "是", ""]
    take(heads, wang, li)
    rows = {(one.kind, one.person_id): one.from_on for one in kept(settled, PersonStanding)}
    ids = {one.name: one.id for one in kept(settled, Person)}
    assert rows == {
        ("resident", ids["王伟"]): dt.date(2001, 2, 3),
        ("voter", ids["王伟"]): dt.date(2026, 1, 5),
        ("collective", ids["王伟"]): dt.date(2025, 5, 1),
        ("collective", ids["李秀兰"]): None,
    }
    assert {row.state for row in look(heads, wang, li).rows} == {RowState.UNCHANGED}
    # A day that was not known is filled in; 否 ends nothing, and says where that is done.
    again = look(heads, [*WANG, "否", "", "否", "", "", ""], [*LI, "", "", "", "", "", "2025-06-01"])
    said = cells(again.rows[0])
    assert said[Field.LIVING][0] is said[Field.VOTER][0] is CellState.LEFT_OUT
    assert "结束要写原因和日期" in said[Field.VOTER][1]
    assert [row.state for row in again.rows] == [RowState.UNCHANGED, RowState.CHANGED]
    take(heads, [*LI, "", "", "", "", "", "2025-06-01"])
    assert {one.from_on for one in kept(settled, PersonStanding) if one.person_id == ids["李秀兰"]} == {
        dt.date(2025, 6, 1)
    }


def test_an_ended_count_begins_again_only_with_a_later_day(settled: VillageFile, take: Take, look: Look) -> None:
    heads = ["是否选民", "选民登记日期"]
    take(heads, [*WANG, "是", "2021-03-01"])
    (wang,) = kept(settled, Person)
    with settled.writing("people.end_standing") as session:
        actions.end_standing(session, person_id=wang.id, kind="voter", on=dt.date(2026, 1, 1), why="本届选举结束")
    assert "以前登记过登记参选村民又结束了" in cells(look(heads, [*WANG, "是", "2021-03-01"]).rows[0])[Field.VOTER][1]
    take(heads, [*WANG, "是", "2026-02-01"])
    assert len(kept(settled, PersonStanding)) == 2


def test_a_state_with_its_day_goes_into_the_history(settled: VillageFile, take: Take, look: Look) -> None:
    heads = ["人员状态", "状态日期", "死亡日期"]
    rows = (
        [*WANG, "", "", "2024-12-30"],
        [*LI, "参军", "2025-09-10", ""],
        ["0002", "赵六", "户主", "", "正常", "", ""],
    )
    take(heads, *rows)
    people = {one.name: one for one in kept(settled, Person)}
    assert (people["王伟"].state, people["王伟"].state_on) == (PersonState.DEAD, dt.date(2024, 12, 30))
    assert people["李秀兰"].state == people["赵六"].state == PersonState.ON_ROLL
    events = {(one.kind, one.ground, one.happened_on) for one in kept(settled, PersonEvent)}
    assert events == {("died", None, dt.date(2024, 12, 30)), ("away", "army", dt.date(2025, 9, 10))}
    assert {row.state for row in look(heads, *rows).rows} == {RowState.UNCHANGED}
    # A death ends posts and membership, so a list does not enter it over somebody who stands on the roll.
    later = cells(look(heads, ["0002", "赵六", "户主", "", "死亡", "2026-01-01", ""]).rows[0])
    assert later[Field.STATE] == (
        CellState.LEFT_OUT,
        "现在登记的是在册；去世、迁出和迁回会连带职务、党籍，请在人员卡上办理。",
    )


PARTY = ["政治面貌", "人员类别", "加入党组织日期", "转为正式党员日期", "所在党支部", "工作岗位", "是否失联", "外出流向"]


def test_the_official_items_of_members_make_memberships(settled: VillageFile, take: Take, look: Look) -> None:
    wang = [*WANG, "中共党员", "正式党员", "1998-07-01", "1999.7.1", "东河村党支部", "务农", "否", "浙江嘉兴"]
    li = [*LI, "群众", "预备党员", "2025-09-01", "", "", "教师", "", ""]
    assert take(PARTY, wang, li).new == 2
    ids = {one.name: one.id for one in kept(settled, Person)}
    members = {one.person_id: one for one in kept(settled, PartyMembership)}
    first, second = members[ids["王伟"]], members[ids["李秀兰"]]
    assert (first.joined_on, first.full_on, first.probationary) == (dt.date(1998, 7, 1), dt.date(1999, 7, 1), False)
    assert (second.joined_on, second.probationary, second.job) == (dt.date(2025, 9, 1), True, "教师")
    assert {one.political for one in kept(settled, Person)} == {"party_member", "probationary"}
    (floating,) = kept(settled, MemberFlag)
    assert (floating.kind, floating.place) == ("floating", "浙江嘉兴")
    again = look(PARTY, wang, li)
    assert {row.state for row in again.rows} == {RowState.UNCHANGED}
    assert "按党员信息登记" in cells(again.rows[1])[Field.POLITICAL][1]
    with settled.reading() as session:
        roll = lookups.roll(session, body="party_members", on=TODAY)
    assert [entry.name for entry in roll.eligible] == ["王伟", "李秀兰"]


def test_dates_of_members_are_held_against_each_other(take: Take, look: Look) -> None:
    take(PARTY, [*WANG, "", "正式党员", "1998-07-01", "1999-07-01", "", "", "", ""])
    said = cells(look(PARTY, [*WANG, "", "预备党员", "1998-07-02", "1997-07-01", "", "木工", "", ""]).rows[0])
    assert said[Field.FULL_ON] == (CellState.LEFT_OUT, "转正日期早于入党日期，请核对。")
    assert said[Field.MEMBER_KIND][0] is CellState.LEFT_OUT
    assert said[Field.JOINED_ON][0] is CellState.CHANGED
    assert said[Field.JOB][0] is CellState.NEW
    month = cells(look(PARTY, [*LI, "", "正式党员", "1998-07", "", "", "", "", ""]).rows[0])
    assert month[Field.JOINED_ON] == (CellState.LEFT_OUT, "入党日期“1998-07”没有写到日，请补上日期。")


def test_without_a_branch_members_are_told_where_to_set_it_up(
    village: VillageFile, workbook: Callable[..., Path]
) -> None:
    roster = actions.read_roster(workbook([[*HEAD, "入党日期"], [*WANG, "1998-07-01"]]), today=TODAY)
    with village.reading() as session:
        row = actions.preview_roster(session, roster).rows[0]
    assert row.state is RowState.NEW
    assert "还没有建立村党支部" in cells(row)[Field.JOINED_ON][1]


def test_representatives_and_grids_come_by_their_columns(settled: VillageFile, take: Take, look: Look) -> None:
    with settled.writing("people.set_grid_levels") as session:
        actions.set_grid_levels(session, levels=(LevelRow("网格"),))
        actions.add_unit(session, name="东片", depth=1)
    heads = ["是否村民代表", "当选日期", "网格"]
    child = ["0001", "王鹏", "长子", "", "是", "2024-01-05", "西片"]
    rows = ([*WANG[:3], "130503196704010016", "是", "2024-01-05", "东片"], [*LI, "否", "", "东片"])
    take(heads, *rows)
    (post,) = kept(settled, Post)
    assert (post.role, post.from_on) == ("representative", dt.date(2024, 1, 5))
    (unit,), (place,) = kept(settled, GridUnit), kept(settled, GridHousehold)
    assert place.grid_id == unit.id
    assert {row.state for row in look(heads, *rows).rows} == {RowState.UNCHANGED}
    child[3] = "130503201206010017"
    said = cells(look(heads, child).rows[0])
    assert "没有名叫“西片”的末级网格" in said[Field.GRID][1]
    assert said[Field.REPRESENTATIVE][0] is CellState.LEFT_OUT
    assert "才满18周岁" in said[Field.REPRESENTATIVE][1]


def test_one_undo_takes_everything_back_and_the_next_import_brings_it_again(settled: VillageFile, take: Take) -> None:
    heads = ["是否选民", *PARTY]
    row = [*WANG, "是", "中共党员", "正式党员", "1998-07-01", "", "", "务农", "", ""]
    take(heads, row)
    settled.undo(settled.steps(limit=1)[0].id)
    assert not [one for record in (Person, PersonStanding, PartyMembership) for one in kept(settled, record)]
    assert take(heads, row).new == 1
    assert [one.job for one in kept(settled, PartyMembership)] == ["务农"]
    before = settled.digest()
    settled.rebuild()
    assert settled.digest() == before


@pytest.mark.parametrize(
    ("head", "raw", "words"),
    [
        ("入党日期", 35977, "被表格软件变成了数字35977"),
        ("选民登记日期", "2027-01-01", "在今天之后"),
        ("是否选民", "也许", "看不出是还是否"),
        ("人员类别", "积极分子", "只能写正式党员或预备党员"),
        ("证件类型", "驾驶证", "证件类型“驾驶证”不认识"),
        ("人员状态", "保密", "人员状态“保密”认不出来"),
    ],
)
def test_what_cannot_be_read_costs_the_cell_and_not_the_row(look: Look, head: str, raw: Any, words: str) -> None:
    row = look([head], [*WANG, raw]).rows[0]
    assert row.state is RowState.NEW
    assert any(cell.state is CellState.LEFT_OUT and words in cell.reason for cell in row.cells)
