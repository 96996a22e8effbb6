"""Rolls as of a day: 应到 is counted from the posts, memberships and households of that day."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups
from village_desk.people.rules.bodies import Role
from village_desk.people.rules.electorates import Assembly, Roll
from village_desk.store.file import VillageFile

Make = Callable[..., str]


def roll(village: VillageFile, body: str, on: dt.date = TODAY) -> Roll:
    """The roll of a body."""
    with village.reading() as session:
        return lookups.roll(session, body=body, on=on)


def names(found: Roll) -> list[str]:
    """The eligible."""
    return [entry.name for entry in found.eligible]


def reasons(found: Roll) -> dict[str, str]:
    """Why each other person is not counted."""
    return {one.name: one.reason for one in found.left_out}


def test_trap_5_probationary_members_attend_without_a_vote(settled: VillageFile, person: Make) -> None:
    with settled.writing("people.party") as session:
        actions.add_party_member(session, person_id=person_in(session, "老党员"), full_on=dt.date(2000, 7, 1))
        actions.add_party_member(
            session, person_id=person_in(session, "小李"), probationary=True, joined_on=dt.date(2025, 6, 1)
        )
    found = roll(settled, Assembly.PARTY_MEMBERS)
    assert [(entry.name, entry.votes) for entry in found.eligible] == [("老党员", True), ("小李", False)]
    assert found.voters == 1
    assert found.eligible[1].basis == "预备党员，列席没有表决权"
    # Before admission he does not belong to the branch at all.
    assert reasons(roll(settled, Assembly.PARTY_MEMBERS, dt.date(2025, 5, 31))) == {
        "小李": "2025年6月1日才成为预备党员"
    }


def person_in(session: object, name: str, **facts: object) -> str:
    """A person made inside an open step."""
    return actions.add_person(session, name=name, **{"birth": "1970-05-05", **facts})  # type: ignore[arg-type]  # facts of any kind


def test_a_roll_of_the_past_does_not_know_what_came_later(settled: VillageFile, person: Make) -> None:
    member = person("小李")
    with settled.writing("people.party") as session:
        actions.add_party_member(session, person_id=member, probationary=True, joined_on=dt.date(2025, 2, 1))
    with settled.writing("people.party") as session:
        actions.confirm_full_member(session, person_id=member, on=dt.date(2026, 2, 20))
    assert roll(settled, Assembly.PARTY_MEMBERS, dt.date(2026, 2, 19)).voters == 0
    assert roll(settled, Assembly.PARTY_MEMBERS, dt.date(2026, 2, 20)).voters == 1
    with settled.writing("people.party") as session:
        actions.leave_branch(session, person_id=member, on=dt.date(2026, 3, 1), how="组织关系转出")
    assert roll(settled, Assembly.PARTY_MEMBERS, dt.date(2026, 2, 28)).voters == 1
    assert reasons(roll(settled, Assembly.PARTY_MEMBERS)) == {"小李": "2026年3月1日组织关系转出"}


def test_trap_6_the_representatives_meeting_holds_the_committee_too(settled: VillageFile, person: Make) -> None:
    start = dt.date(2026, 1, 10)
    chair, both, only = person("王主任"), person("张委员"), person("赵代表", sex="female")
    with settled.writing("people.appoint_many") as session:
        actions.appoint_many(
            session,
            appointments=(
                actions.Appointment(chair, Role.CHAIR),
                actions.Appointment(both, Role.COMMITTEE_MEMBER),
                actions.Appointment(both, Role.REPRESENTATIVE),
                actions.Appointment(only, Role.REPRESENTATIVE),
            ),
            from_on=start,
        )
    found = roll(settled, Assembly.REPRESENTATIVES_MEETING)
    assert [(entry.name, entry.basis, entry.woman) for entry in found.eligible] == [
        ("王主任", "村民委员会主任", False),
        ("张委员", "村民委员会委员、村民代表", False),
        ("赵代表", "村民代表", True),
    ]
    before = roll(settled, Assembly.REPRESENTATIVES_MEETING, start - dt.timedelta(days=1))
    assert before.eligible == ()
    assert reasons(before)["赵代表"] == "村民代表，2026年1月10日才就任"


def test_the_two_committees_count_each_person_once(settled: VillageFile, person: Make) -> None:
    both, committee = person("王书记"), person("张委员")
    with settled.writing("people.setup") as session:
        actions.add_party_member(session, person_id=both, full_on=dt.date(2000, 7, 1))
        actions.appoint_many(
            session,
            appointments=(
                actions.Appointment(both, Role.SECRETARY),
                actions.Appointment(both, Role.CHAIR),
                actions.Appointment(committee, Role.COMMITTEE_MEMBER),
            ),
            from_on=dt.date(2026, 1, 10),
        )
    found = roll(settled, Assembly.TWO_COMMITTEES)
    assert [(entry.name, entry.basis) for entry in found.eligible] == [
        ("王书记", "村党支部书记、村民委员会主任"),
        ("张委员", "村民委员会委员"),
    ]
    assert names(roll(settled, Assembly.BRANCH_COMMITTEE)) == ["王书记"]
    assert names(roll(settled, Assembly.VILLAGERS_COMMITTEE)) == ["王书记", "张委员"]


def test_the_day_of_a_change_counts_for_the_successor_only(settled: VillageFile, person: Make) -> None:
    old, new = person("旧代表"), person("新代表")
    with settled.writing("people.setup") as session:
        post = actions.appoint(session, person_id=old, role=Role.REPRESENTATIVE, from_on=dt.date(2021, 3, 1))
    with settled.writing("people.end_post") as session:
        actions.end_post(session, post_id=post, on=dt.date(2026, 3, 1), why="辞去")
        actions.appoint(session, person_id=new, role=Role.REPRESENTATIVE, from_on=dt.date(2026, 3, 1))
    assert names(roll(settled, Assembly.REPRESENTATIVES_MEETING, dt.date(2026, 2, 28))) == ["旧代表"]
    change = roll(settled, Assembly.REPRESENTATIVES_MEETING, dt.date(2026, 3, 1))
    assert names(change) == ["新代表"]
    assert reasons(change) == {"旧代表": "村民代表，2026年3月1日起不再担任"}


def test_trap_18_the_villagers_meeting_counts_registered_adults(village: VillageFile, person: Make) -> None:
    person("今天十八", birth="2008-03-14")
    person("明天十八", birth="2008-03-15")
    person("只知年份", birth="2008")
    person("不知生日", birth="")
    person("常年外出", birth="1980-01-01", living="away")
    gone, dead = person("迁走的", birth="1980-01-01"), person("去世的", birth="1940-01-01")
    with village.writing("people.leave") as session:
        actions.move_out(session, person_id=gone, on=dt.date(2026, 3, 1))
        actions.record_death(session, person_id=dead, on=dt.date(2026, 3, 14))
    found = roll(village, Assembly.VILLAGERS_MEETING)
    # Living elsewhere takes nobody off the roll; only leaving the register does.
    assert sorted(names(found)) == sorted(["今天十八", "常年外出"])
    assert reasons(found) == {
        "明天十八": "到2026年3月15日才年满18周岁",
        "只知年份": "出生日期没有登记到日，不能确定是否年满18周岁",
        "不知生日": "出生日期未登记，不能确定是否年满18周岁",
        "迁走的": "2026年3月1日户籍已迁出",
        "去世的": "2026年3月14日去世",
    }
    assert {"迁走的", "去世的"} <= set(names(roll(village, Assembly.VILLAGERS_MEETING, dt.date(2026, 2, 28))))


def test_trap_18_the_roll_of_households_is_another_list(village: VillageFile, person: Make) -> None:
    with village.writing("people.households") as session:
        homes = [actions.add_household(session, number=str(n), group_name="一组") for n in range(1, 5)]
    person("王伟", household_id=homes[0], relation="户主")
    person("李秀兰", household_id=homes[0], relation="妻", birth="1968-01-01")
    person("小孙户主", household_id=homes[1], relation="户主", birth="2012-01-01")
    person("奶奶", household_id=homes[1], relation="祖母", birth="1945-01-01")
    person("孤儿", household_id=homes[2], relation="户主", birth="2015-01-01")
    person("没户的人")
    found = roll(village, Assembly.HOUSEHOLDS)
    assert [(entry.name, entry.basis) for entry in found.eligible] == [
        ("王伟", "户代表（户号1，户主）"),
        ("奶奶", "户代表（户号2，户中年长的成年人）"),
    ]
    assert reasons(found) == {"孤儿": "这一户没有能确定年满18周岁的人", "没户的人": "没有登记在哪一户"}


def test_scenario_11_last_months_roll_knows_the_old_household(village: VillageFile, person: Make) -> None:
    with village.writing("people.households") as session:
        old = actions.add_household(session, number="0001", group_name="一组")
        new = actions.add_household(session, number="0002", group_name="二组")
    daughter = person("李秀兰", household_id=old, relation="户主")
    person("王伟", household_id=new, relation="户主")
    before = roll(village, Assembly.HOUSEHOLDS, dt.date(2026, 2, 1))
    with village.writing("people.move_household") as session:
        actions.move_household(
            session, person_id=daughter, household_id=new, relation="妻", on=dt.date(2026, 3, 1), reason="结婚"
        )
    assert roll(village, Assembly.HOUSEHOLDS, dt.date(2026, 2, 1)) == before
    assert names(roll(village, Assembly.HOUSEHOLDS)) == ["王伟"]


def test_an_unknown_body_is_told(village: VillageFile) -> None:
    with pytest.raises(NotAllowed, match="应到名单"):
        roll(village, "parliament")
