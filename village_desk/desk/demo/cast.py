"""The people of the demo: a roster workbook written, mended and taken in, and the bodies appointed from it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from village_desk.desk.demo.story import TOWN, VILLAGE, Story
from village_desk.desk.sample.roster import sample_people, write_sample_roster
from village_desk.people.actions import (
    Appointment,
    add_members_from_roster,
    appoint_many,
    begin_term,
    import_roster,
    preview_roster,
    read_roster,
    set_up_bodies,
)
from village_desk.people.lookups import PeopleFilter, PersonRow, party_members, person_ids, person_rows
from village_desk.people.rules.bodies import Body, Role
from village_desk.people.rules.roster import RowState
from village_desk.people.rules.words import Sex
from village_desk.store.operators import describe_home

PEOPLE = 1200
ELECTED = dt.date(2026, 1, 5)
_IDENTITY_COLUMN = 8
_FIRST_ROW = 5


@dataclass
class Cast:
    """Who holds what, by person id."""

    names: dict[str, str]
    branch: tuple[str, ...]
    committee: tuple[str, ...]
    supervision: tuple[str, ...]
    representatives: tuple[str, ...]
    office: tuple[str, ...]
    members: tuple[str, ...]


def office_names(seed: int) -> tuple[str, str, str]:
    """The clerk, the second person and the supervisor of the sample, known before the roster is taken in."""
    found: list[str] = []
    for person in sample_people(seed=seed, people=PEOPLE, today=ELECTED):
        grown = 30 <= (ELECTED - person.birth).days // 366 <= 55
        if grown and len(person.name) == 3 and person.name not in found and not person.political.startswith("中共"):
            found.append(person.name)
    return found[0], found[40], found[80]


def take_in_people(story: Story, office: Path) -> None:
    """Write the roster with its twenty wrong rows, take in the rest, mend the workbook, and take in what was left."""
    first, mended = office / f"{VILLAGE}村民花名册.xlsx", office / f"{VILLAGE}村民花名册（改正）.xlsx"
    sheet = write_sample_roster(first, seed=story.seed, people=PEOPLE, village=VILLAGE)
    with story.writing("store.describe_home") as session:
        describe_home(session, town=TOWN, duty_phone="0515-80000001", town_phone="0515-80000002")
    story.told["roster"] = {"file": f"office/{first.name}", "rows": PEOPLE + 12, "wrong_cells": sheet.spoilt}
    story.told["first_import"] = _import(story, first)
    _mend(first, mended, story.seed, set(sheet.spoilt))
    story.told["second_import"] = {"file": f"office/{mended.name}", **_import(story, mended)}


def _import(story: Story, path: Path) -> dict[str, int]:
    roster = read_roster(path, today=story.file.today)
    with story.file.reading() as session:
        preview = preview_roster(session, roster)
    with story.writing("people.import_roster") as session:
        done = import_roster(session, roster=roster)
    assert done.refused == preview.counts[RowState.REFUSED]
    return {
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "refused": done.refused,
        "households": done.households,
    }


def _mend(first: Path, mended: Path, seed: int, spoilt: set[str]) -> None:
    """The workbook as the clerk puts it right: numbers from the household books, doubled rows struck out."""
    from openpyxl import load_workbook

    persons = sample_people(seed=seed, people=PEOPLE, today=ELECTED)
    book = load_workbook(first)
    page = book.active
    doubled = []
    for address in spoilt:
        row = int(address[1:])
        if row - _FIRST_ROW < len(persons):
            page.cell(row, _IDENTITY_COLUMN).value = persons[row - _FIRST_ROW].number
        else:
            doubled.append(row)
    for row in sorted(doubled, reverse=True):
        for column in range(1, page.max_column + 1):
            page.cell(row, column).value = None
    book.properties.modified = dt.datetime(2026, 1, 5)
    book.save(mended)


def appoint_bodies(story: Story) -> Cast:
    """Terms and posts of the branch, the committees, the representatives, the groups and the office."""
    with story.writing("people.set_up_bodies") as session:
        bodies = set_up_bodies(session)
    with story.writing("people.add_members_from_roster") as session:
        story.told["party_members"] = add_members_from_roster(session)
    cast = _cast(story)
    for kind, number in (
        (Body.PARTY_BRANCH, 9),
        (Body.VILLAGERS_COMMITTEE, 12),
        (Body.SUPERVISION_COMMITTEE, 5),
        (Body.REPRESENTATIVES_MEETING, 12),
    ):
        with story.writing("people.begin_term") as session:
            begin_term(session, organisation_id=bodies[kind], number=number, from_on=ELECTED)
    leaders = _group_leaders(story, cast)
    rounds: tuple[tuple[str, Iterable[Appointment]], ...] = (
        ("支部党员大会选举", _seats(cast.branch, Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.BRANCH_MEMBER)),
        ("村民选举", _seats(cast.committee, Role.CHAIR, Role.DEPUTY_CHAIR, Role.COMMITTEE_MEMBER)),
        ("村民代表会议推选", _seats(cast.supervision, Role.SUPERVISION_HEAD, Role.SUPERVISION_MEMBER)),
        ("村民小组推选", (Appointment(one, Role.REPRESENTATIVE) for one in cast.representatives)),
        ("村民小组推选", leaders),
        ("聘用", (Appointment(cast.office[0], Role.CLERK), Appointment(cast.office[1], Role.BOOKKEEPER))),
    )
    for how, appointments in rounds:
        with story.writing("people.appoint_many") as session:
            posts = appoint_many(session, appointments=tuple(appointments), from_on=ELECTED, how=how)
        story.count("posts", len(posts))
    return cast


def _seats(people: tuple[str, ...], *roles: Role) -> list[Appointment]:
    return [Appointment(one, roles[min(place, len(roles) - 1)]) for place, one in enumerate(people)]


def _group_leaders(story: Story, cast: Cast) -> list[Appointment]:
    with story.file.reading() as session:
        rows = person_rows(session, list(cast.representatives))
    leaders: dict[str, str] = {}
    for row in rows:
        leaders.setdefault(row.group, row.id)
    return [Appointment(one, Role.GROUP_LEADER, group) for group, one in leaders.items()]


def _cast(story: Story) -> Cast:
    with story.file.reading() as session:
        rows = person_rows(session, person_ids(session, PeopleFilter()))
        listed = party_members(session)
    full = {one.id for one in listed if not one.probationary}
    # Ids are random; names and households are the seed's, so the same people are chosen each time.
    rows.sort(key=lambda row: (row.group, row.household_no, row.birth, row.name))
    choose = _Chooser(story, rows)
    office = (choose.named(story.clerk), choose.named(story.checker))
    head = choose.named(story.supervisor)
    branch = choose.some(5, 32, 62, lambda row: row.id in full)
    committee = choose.some(3, 30, 58, _is_man) + choose.some(2, 28, 52, _is_woman)
    supervision = (head, *choose.some(2, 35, 65, lambda row: True))
    representatives: tuple[str, ...] = ()
    for group in sorted({row.group for row in rows if row.group}):
        here = [row for row in rows if row.group == group]
        representatives += choose.some(3, 28, 70, _is_man, here) + choose.some(2, 28, 70, _is_woman, here)
    names = {row.id: row.name for row in rows}
    members = tuple(sorted((one.id for one in listed), key=lambda one: names.get(one, "")))
    return Cast(names, branch, committee, supervision, representatives, office, members)


def _is_man(row: PersonRow) -> bool:
    return row.sex == Sex.MALE


def _is_woman(row: PersonRow) -> bool:
    return row.sex == Sex.FEMALE


class _Chooser:
    """Chooses people by the seed, of each household at most one, so that nobody sits beside a relative."""

    def __init__(self, story: Story, rows: list[PersonRow]) -> None:
        self._rows = rows
        self._chance = story.chance
        self._homes: set[str] = set()

    def named(self, name: str) -> str:
        """The grown person of that name."""
        found = next(row for row in self._rows if row.name == name and (row.age or 0) >= 18)
        self._homes.add(found.household_id)
        return found.id

    def some(
        self,
        many: int,
        youngest: int,
        oldest: int,
        fits: Callable[[PersonRow], bool],
        among: list[PersonRow] | None = None,
    ) -> tuple[str, ...]:
        """So many people of an age who fit."""
        pool = [row for row in among or self._rows if youngest <= (row.age or 0) <= oldest and fits(row)]
        self._chance.shuffle(pool)
        chosen: list[str] = []
        for row in pool:
            if len(chosen) < many and row.household_id not in self._homes:
                self._homes.add(row.household_id)
                chosen.append(row.id)
        return tuple(chosen)
