"""Links: kinds with their numbers, who stands by whom, what is short, and households without a contact."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.paper.text import plain_text
from village_desk.people import actions, lookups, printout
from village_desk.people.records import LinkContact
from village_desk.store.file import VillageFile

Make = Callable[..., str]
START = dt.date(2026, 1, 10)
NUMERALS = "零一二三四五六七八九"


@pytest.fixture
def homes(settled: VillageFile, person: Make) -> Callable[[int], list[str]]:
    """A maker of households with a head each."""

    def make(number: int, group: str = "一组") -> list[str]:
        found = []
        for at in range(number):
            with settled.writing("people.add_household") as session:
                home = actions.add_household(session, number=f"{group[0]}{at + 1:03d}", group_name=group)
            person(f"王{group[0]}{NUMERALS[at // 10]}{NUMERALS[at % 10]}", household_id=home, relation="户主")
            found.append(home)
        return found

    return make


def member(village: VillageFile, person: Make, name: str, **facts: object) -> str:
    """A full party member."""
    one = person(name, **facts)
    with village.writing("people.add_party_member") as session:
        actions.add_party_member(session, person_id=one, full_on=dt.date(2000, 7, 1))
    return one


def adopt(village: VillageFile, key: str) -> str:
    """A shipped kind of link, taken over."""
    with village.writing("people.adopt_link_kind") as session:
        return actions.adopt_link_kind(session, key=key)


def link(village: VillageFile, kind: str, holder: str, targets: list[str], **facts: object) -> tuple[str, ...]:
    """Link a holder from 10 January 2026."""
    with village.writing("people.link") as session:
        return actions.link(session, kind_id=kind, from_id=holder, to_ids=tuple(targets), **{"from_on": START, **facts})  # type: ignore[arg-type]  # facts of any kind


def contact(village: VillageFile, kind: str, holder: str, on: dt.date, way: str, **facts: str) -> str:
    """One contact."""
    with village.writing("people.record_link_contact") as session:
        return actions.record_link_contact(session, kind_id=kind, from_id=holder, on=on, way=way, **facts)


def short(village: VillageFile, kind: str, on: dt.date = TODAY) -> list[tuple[str, int]]:
    """What the first holder lacks."""
    with village.reading() as session:
        (holder,) = lookups.link_holders(session, kind_id=kind, on=on)
    return [(one.what, one.missing) for one in holder.short]


@pytest.mark.covers("1-14")
def test_a_county_leader_with_four_households_and_one_visit_is_short_by_one_each(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    kind, leader, linked = adopt(settled, "county_leader"), person("县领导"), homes(5)
    link(settled, kind, leader, linked[:4])
    contact(settled, kind, leader, dt.date(2026, 3, 3), "visit", to_id=linked[0], what="屋顶漏水", settled="月底前修")
    assert short(settled, kind) == [("links", 1), ("visits", 1)]
    with settled.reading() as session:
        (row,) = lookups.link_holders(session, kind_id=kind, on=TODAY)
        assert row.short_words == "联系4户，要求5户以上，还差1户；本月走访1次，要求2次以上，还差1次"
    link(settled, kind, leader, linked[4:])
    contact(settled, kind, leader, dt.date(2026, 3, 10), "visit", to_id=linked[1])
    assert short(settled, kind) == []
    # The month before stays short: nothing was entered in it.
    assert ("visits", 2) in short(settled, kind, dt.date(2026, 2, 20))


@pytest.mark.covers("1-15")
def test_a_township_cadre_signs_in_by_day_and_visits_one_of_ten(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    kind, cadre, linked = adopt(settled, "township_cadre"), person("包村干部"), homes(10)
    link(settled, kind, cadre, linked)
    # 9 to 15 March 2026 is the week from Monday to Sunday.
    contact(settled, kind, cadre, dt.date(2026, 3, 11), "on_spot")
    contact(settled, kind, cadre, dt.date(2026, 3, 11), "on_spot")
    contact(settled, kind, cadre, dt.date(2026, 3, 8), "on_spot")
    assert short(settled, kind) == [("visits", 1), ("days", 1)]
    contact(settled, kind, cadre, dt.date(2026, 3, 12), "visit", to_id=linked[3])
    # One home visit in the month is enough for all ten, and it was a day in the village.
    assert short(settled, kind) == []
    with settled.reading() as session:
        (shown,) = lookups.link_kinds(session, on=TODAY)
    assert "不要求每户每月都走到" in shown.rule.text


@pytest.mark.covers("4B-23")
def test_a_helping_unit_comes_once_a_quarter(settled: VillageFile) -> None:
    kind = adopt(settled, "helping_unit")
    with settled.writing("people.add_organisation") as session:
        unit = actions.add_organisation(session, kind="outside_unit", name="县水利局")
    link(settled, kind, unit, [])
    assert short(settled, kind) == [("visits", 1)]
    contact(settled, kind, unit, dt.date(2026, 2, 5), "activity", what="清淤义务劳动")
    assert short(settled, kind) == []
    with settled.reading() as session:
        (row,) = lookups.links(session, on=TODAY, kind_id=kind)
        assert (row.from_name, row.to_words) == ("县水利局", "东河村")


@pytest.mark.covers("2-21")
def test_a_pair_of_organisations_shows_its_activities_by_quarter(settled: VillageFile) -> None:
    kind = adopt(settled, "paired_organisation")
    with settled.reading() as session:
        branch = next(one.id for one in lookups.bodies(session, on=TODAY) if one.kind == "party_branch")
    link(settled, kind, branch, [], to_name="县农行党支部", agreement="2026年共建协议")
    for day in (dt.date(2026, 1, 20), dt.date(2026, 3, 2), dt.date(2025, 12, 30)):
        contact(settled, kind, branch, day, "activity", what="联合党课")
    with settled.reading() as session:
        assert [one.by_quarter for one in lookups.activities_by_quarter(session, kind_id=kind, year=2026)] == [
            (2, 0, 0, 0)
        ]
        (row,) = lookups.activities_by_quarter(session, kind_id=kind, year=2025)
        assert row.by_quarter == (0, 0, 0, 1)


@pytest.mark.covers("4B-03")
def test_a_hub_household_needs_a_current_party_member(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    kind, (home, other) = adopt(settled, "hub_household"), homes(2)
    outsider = person("群众", household_id=home)
    with pytest.raises(NotAllowed, match="不是登记在册的党员"):
        link(settled, kind, outsider, [home])
    mine = member(settled, person, "张党员", household_id=home)
    with pytest.raises(NotAllowed, match="自己的党员承担"):
        link(settled, kind, mine, [other])
    link(settled, kind, mine, [home])
    with settled.writing("people.leave_branch") as session:
        actions.leave_branch(session, person_id=mine, on=dt.date(2026, 3, 1), how="组织关系转出")
    with settled.reading() as session:
        (row,) = lookups.link_holders(session, kind_id=kind, on=TODAY)
    assert row.short_words.startswith("张党员已不是在册党员")


@pytest.mark.covers("4E-03")
def test_every_household_is_visited_and_a_helped_one_has_a_helper_and_a_log(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    everyone, helped = adopt(settled, "visit_everyone"), adopt(settled, "helped_household")
    cadre, linked = person("走访干部"), homes(3)
    link(settled, everyone, cadre, linked)
    link(settled, helped, cadre, linked[:1])
    contact(settled, everyone, cadre, dt.date(2026, 2, 1), "visit", to_id=linked[0])
    contact(settled, helped, cadre, dt.date(2026, 2, 2), "visit", to_id=linked[0], what="送种子", settled="约好3月再来")
    with settled.reading() as session:
        left = lookups.not_visited(session, kind_id=everyone, since=dt.date(2026, 1, 1), on=TODAY)
        assert [line.id for line in left] == linked[1:]
        (row,) = lookups.links(session, on=TODAY, kind_id=helped)
        assert row.from_name == "走访干部"
        (log,) = lookups.contacts_of(session, kind_id=helped, to_id=linked[0])
        assert (log.on, log.what, log.settled) == (dt.date(2026, 2, 2), "送种子", "约好3月再来")


@pytest.mark.covers("4E-13", "4E-16")
def test_kinds_of_links_ship_and_own_ones_can_be_made(settled: VillageFile) -> None:
    for key, name in (
        ("delegate_members", "党代会代表联系党员"),
        ("delegate_households", "党代会代表联系户"),
        ("department_village", "部门包村"),
        ("enterprise_village", "企业联村"),
        ("joint_building", "村居共建"),
        ("strong_weak", "强村带弱村"),
    ):
        adopt(settled, key)
        with settled.reading() as session:
            assert name in [row.name for row in lookups.link_kinds(session, on=TODAY)]
    with settled.writing("people.add_link_kind") as session:
        actions.add_link_kind(session, name="老党员结对", from_end="person", to_end="person", least=1)
    with pytest.raises(NotAllowed, match="已经有“老党员结对”"), settled.writing("people.add_link_kind") as session:
        actions.add_link_kind(session, name="老党员结对", from_end="person", to_end="person")
    with pytest.raises(NotAllowed, match="每周、每月"), settled.writing("people.add_link_kind") as session:
        actions.add_link_kind(session, name="另一种", from_end="person", to_end="household", visits=2)


def test_a_place_changes_the_numbers_and_links_end_with_a_reason(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    kind, leader, linked = adopt(settled, "county_leader"), person("县领导"), homes(4)
    made = link(settled, kind, leader, linked)
    with settled.writing("people.change_link_numbers") as session:
        actions.change_link_numbers(
            session, kind_id=kind, least=4, most=4, visits=0, visit_period="", days=0, day_period="", cover=True
        )
    assert short(settled, kind) == []
    with pytest.raises(NotAllowed, match="不再联系的原因"), settled.writing("people.end_link") as session:
        actions.end_link(session, link_ids=made[:1], on=TODAY, why="")
    with settled.writing("people.end_link") as session:
        actions.end_link(session, link_ids=made[:1], on=dt.date(2026, 3, 1), why="调整分工")
    assert short(settled, kind) == [("links", 1)]
    assert short(settled, kind, dt.date(2026, 2, 28)) == []
    with settled.reading() as session:
        assert [line.id for line in lookups.without_contact(session, kind_id=kind, on=TODAY)] == linked[:1]


@pytest.mark.covers("0-32")
def test_the_postman_of_distance_learning_brings_one_of_four_things(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    kind, postman, (home,) = adopt(settled, "distance_learning"), person("站点管理员"), homes(1)
    with settled.writing("people.postman") as session:
        actions.adopt_posts(session, key="distance_learning")
        actions.appoint(session, person_id=postman, role="duty_post", title="远教邮递员", from_on=START)
    link(settled, kind, postman, [home])
    with settled.reading() as session:
        (row,) = lookups.link_kinds(session, on=TODAY)
    assert row.rule.items == ("种养技术", "法律法规", "健康知识", "政策")
    for item in row.rule.items:
        contact(settled, kind, postman, TODAY, "visit", to_id=home, item=item)
    with pytest.raises(NotAllowed, match="可选：种养技术、法律法规、健康知识、政策"):
        contact(settled, kind, postman, TODAY, "visit", to_id=home, item="育龄妇女情况")
    with settled.reading() as session:
        brought = {one.item for one in lookups.contacts_of(session, kind_id=kind)}
    assert brought == set(row.rule.items)
    # What a visit can hold: nothing about pregnancy or fertility has a place.
    assert {column.key for column in LinkContact.__table__.columns} == {
        "id",
        "village",
        "retired",
        "kind_id",
        "from_id",
        "to_id",
        "contacted_on",
        "way",
        "item",
        "what",
        "settled",
    }


@pytest.mark.covers("0-16")
def test_a_project_reaches_three_households_and_the_village_counts_each_once(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    kind, linked = adopt(settled, "member_enterprise"), homes(4)
    for home, more in zip(linked, (3, 4, 1, 0), strict=True):
        for at in range(more):
            person(f"李家{NUMERALS[at + 1]}", household_id=home)
    lead = member(settled, person, "赵带头")
    projects = []
    with settled.writing("people.projects") as session:
        for name in ("养鱼基地", "蔬菜大棚"):
            made = actions.add_organisation(session, kind="enterprise", name=name, founded_on=START)
            actions.appoint(
                session, person_id=lead, role="organisation_head", organisation_id=made, from_on=START, how="领办"
            )
            projects.append(made)
    link(settled, kind, projects[0], linked[:3])
    link(settled, kind, projects[1], linked[2:])
    with settled.reading() as session:
        first, second, whole = lookups.reach(session, kind_id=kind, on=TODAY)
    assert {first.words, second.words} == {"3户11人", "2户3人"}
    # The third household belongs to both projects and is one household of the village.
    assert whole.words == "4户12人"


def test_who_gets_help_hangs_on_no_wall_by_name(
    settled: VillageFile, person: Make, homes: Callable[[int], list[str]]
) -> None:
    own = homes(1)
    words = {}
    for key in ("helped_household", "visit_everyone"):
        kind = adopt(settled, key)
        link(settled, kind, person(f"帮扶人{key[0]}"), own)
        with settled.reading() as session:
            rule = next(one.rule for one in lookups.link_kinds(session, on=TODAY) if one.id == kind)
            rows = lookups.links(session, on=TODAY, kind_id=kind)
        words[key] = plain_text(printout.link_list(rows, rule, village="东河村", on=TODAY))
    assert "户号一001" in words["helped_household"]
    assert "王一零零" not in words["helped_household"]
    assert "王一零零" in words["visit_everyone"]
