"""The county's mechanisms about grids and contacts, carried out as their rows ask."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.people.conftest import TODAY
from tests.people.test_mechanisms_bodies import member, text_of
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups, printout
from village_desk.store.file import VillageFile

Make = Callable[..., str]
START = dt.date(2026, 1, 10)
FIGURES = "零一二三四五六七八九"


def households(village: VillageFile, number: int, group: str = "一组") -> list[str]:
    """Households with a head each, in one step."""
    with village.writing("people.households") as session:
        homes = []
        for at in range(number):
            home = actions.add_household(session, number=f"{group[0]}{at + 1:03d}", group_name=group)
            name = "王" + group[0] + "".join(FIGURES[int(digit)] for digit in f"{at:03d}")[-2:]
            actions.add_person(session, name=name, birth="1970-05-05", household_id=home, relation="户主")
            homes.append(home)
    return homes


def place(village: VillageFile, unit: str, homes: list[str], on: dt.date = START) -> int:
    """Put households into a unit."""
    with village.writing("people.place_households") as session:
        return actions.place_households(session, grid_id=unit, household_ids=tuple(homes), on=on)


def tree(village: VillageFile, preset: str, *names: str) -> list[str]:
    """One unit below the other, from the top."""
    with village.writing("people.grid") as session:
        actions.adopt_grid(session, key=preset)
        made: list[str] = []
        for depth, name in enumerate(names, start=1):
            made.append(
                actions.add_unit(
                    session, name=name, depth=depth, parent_id=made[-1] if made else "", from_on=dt.date(2026, 1, 1)
                )
            )
    return made


@pytest.mark.covers("1-38")
def test_every_household_is_in_one_grid_and_a_move_keeps_its_day(settled: VillageFile) -> None:
    homes = households(settled, 4)
    for preset, names in (("six_levels", 6), ("five_levels", 5), ("area_groups", 3)):
        with settled.writing("people.adopt_grid") as session:
            actions.adopt_grid(session, key=preset)
        with settled.reading() as session:
            assert len(lookups.grid_levels(session)) == names
    with settled.writing("people.grid") as session:
        top = actions.add_unit(session, name="东河村", depth=1, from_on=START)
        east, west = (
            actions.add_unit(session, name=name, depth=2, parent_id=top, from_on=START) for name in ("东片", "西片")
        )
    with pytest.raises(NotAllowed, match="户要放在最下一级"):
        place(settled, top, homes[:1])
    assert place(settled, east, homes[:3]) == 3
    with settled.reading() as session:
        assert [line.id for line in lookups.without_grid(session, on=TODAY)] == homes[3:]
    assert place(settled, west, homes[:1], dt.date(2026, 3, 1)) == 1
    with settled.reading() as session:
        (moved,) = lookups.homes_in(session, unit_id=west, on=TODAY)
        assert (moved.id, moved.since) == (homes[0], dt.date(2026, 3, 1))
        assert [one.id for one in lookups.homes_in(session, unit_id=east, on=TODAY)] == homes[1:3]
        # On the day before the move it stood where it was, and it never stood twice.
        assert [one.id for one in lookups.homes_in(session, unit_id=east, on=dt.date(2026, 2, 28))] == homes[:3]
        top_row = lookups.grid_tree(session, on=TODAY)[0]
        assert top_row.households == 3
        sheet = printout.grid_list(
            lookups.grid_tree(session, on=TODAY),
            {west: lookups.homes_in(session, unit_id=west, on=TODAY)},
            lookups.without_grid(session, on=TODAY),
            village="东河村",
            on=TODAY,
        )
    assert "未入网1户" in text_of(sheet)


@pytest.mark.covers("1-39", "4B-02")
def test_households_without_a_contact_are_listed_and_the_card_names_the_member(
    settled: VillageFile, person: Make
) -> None:
    tree(settled, "three_levels", "东河村党支部", "第一网格", "张党员联系户")
    homes = households(settled, 3)
    one = member(settled, person, "张党员", phone="13812345678")
    with settled.writing("people.adopt") as session:
        kind = actions.adopt_link_kind(session, key="member_households")
        worker = actions.adopt_link_kind(session, key="grid_worker")
        unit = lookups.grid_tree(session, on=TODAY)[1].id
        actions.link(session, kind_id=worker, from_id=one, to_ids=(unit,), from_on=START)
    with settled.writing("people.link") as session:
        made = actions.link(session, kind_id=kind, from_id=one, to_ids=tuple(homes[:2]), from_on=START)
    with settled.reading() as session:
        left = lookups.without_contact(session, kind_id=kind, on=TODAY)
        assert [line.id for line in left] == homes[2:]
        assert lookups.grid_tree(session, on=TODAY)[1].workers == ("张党员",)
        quiet = lookups.link_card(session, kind_id=kind, from_id=one, on=TODAY)
    assert quiet is not None
    assert "13812345678" not in text_of(printout.link_card(quiet, village="东河村"))
    with settled.writing("people.link") as session:
        actions.end_link(session, link_ids=made, on=dt.date(2026, 2, 1), why="重新登记")
        actions.link(
            session,
            kind_id=kind,
            from_id=one,
            to_ids=tuple(homes[:2]),
            from_on=dt.date(2026, 2, 1),
            phone_shown=True,
        )
    with settled.reading() as session:
        card = lookups.link_card(session, kind_id=kind, from_id=one, on=TODAY)
    assert card is not None
    shown = text_of(printout.link_card(card, village="东河村"))
    for words in ("张党员", "13812345678", "户号一001 王一零零家", "户号一002 王一零一家"):
        assert words in shown


@pytest.mark.covers("2-09")
def test_five_levels_end_in_a_members_hub_and_the_chain_prints_on_the_households_card(settled: VillageFile) -> None:
    names = ("柳林镇党委", "东河村党总支", "第一网格党支部", "东片党小组", "张党员中心户")
    units = tree(settled, "five_levels", *names)
    (home,) = households(settled, 1)
    place(settled, units[-1], [home])
    with settled.reading() as session:
        assert lookups.grid_levels(session)[-1].name == "党员中心户"
        chain = lookups.grid_of(session, household_id=home, on=TODAY)
        card = lookups.household_card(session, home)
    assert chain == names
    shown = text_of(printout.household_chain(card, chain, village="东河村", on=TODAY))
    assert all(name in shown for name in names)


@pytest.mark.covers("2-10")
def test_a_lookout_is_a_post_on_a_grid_whose_reports_count(settled: VillageFile, person: Make) -> None:
    (unit,) = tree(settled, "three_levels", "东河村")
    watcher = person("赵哨点")
    with settled.writing("people.lookout") as session:
        actions.adopt_posts(session, key="lookout")
        kind = actions.adopt_link_kind(session, key="lookout")
        actions.appoint(session, person_id=watcher, role="duty_post", title="红色哨点", from_on=START)
        actions.link(session, kind_id=kind, from_id=watcher, to_ids=(unit,), from_on=START)
        for day in (2, 9):
            actions.record_link_contact(
                session, kind_id=kind, from_id=watcher, on=dt.date(2026, 3, day), way="report", what="路灯坏了"
            )
    with settled.reading() as session:
        assert [gap.sentence for gap in lookups.post_gaps(session, on=TODAY) if gap.name == "红色哨点"] == [""]
        reports = lookups.contacts_of(session, kind_id=kind, from_id=watcher)
        (counted,) = lookups.activities_by_quarter(session, kind_id=kind, year=2026)
    assert [row.way_words for row in reports] == ["上报情况", "上报情况"]
    assert counted.by_quarter == (2, 0, 0, 0)


@pytest.mark.covers("4B-01")
@pytest.mark.parametrize(("number", "finding"), [(49, "少1户"), (50, ""), (100, ""), (101, "多1户")])
def test_an_area_of_fifty_to_a_hundred_households(settled: VillageFile, number: int, finding: str) -> None:
    units = tree(settled, "area_groups", "东河村", "东片区")
    place(settled, units[-1], households(settled, number))
    with settled.reading() as session:
        (_, area) = lookups.grid_tree(session, on=TODAY)
    assert area.households == number
    assert (finding in area.finding) if finding else area.finding == ""


def test_the_card_of_a_person_tells_the_grid_who_stands_by_and_the_latest_visit(
    settled: VillageFile, person: Make
) -> None:
    units = tree(settled, "area_groups", "东河村", "东片区")
    (home,) = households(settled, 1)
    place(settled, units[-1], [home])
    one = member(settled, person, "张党员")
    with settled.writing("people.link") as session:
        kind = actions.adopt_link_kind(session, key="member_households")
        actions.link(session, kind_id=kind, from_id=one, to_ids=(home,), from_on=START)
        actions.record_link_contact(
            session, kind_id=kind, from_id=one, on=dt.date(2026, 3, 1), way="visit", to_id=home, what="路灯不亮"
        )
        head = lookups.household_card(session, home).members[0].id
    with settled.reading() as session:
        card = lookups.person_card(session, head)
    assert card.grid == ("东河村", "东片区")
    assert card.standing_by == ("党员联系户：张党员。", "2026年3月1日张党员入户走访：路灯不亮。")
