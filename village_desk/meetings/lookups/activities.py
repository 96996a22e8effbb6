"""Activities with who came and for how long, rotas, and who is behind with the hundred hours."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.meetings.records import Activity, ActivityAttendance
from village_desk.meetings.rules.activities import (
    KIND_WORDS,
    STATE_WORDS,
    ActivityKind,
    ActivityState,
    Hours,
    hours_of,
    verdict_words,
)
from village_desk.people.lookups import aliases
from village_desk.people.lookups.development import development_rows
from village_desk.people.records import Household, Organisation, Person, VolunteerTime
from village_desk.people.rules.development import STAGE_WORDS, Stage
from village_desk.people.rules.words import group_order
from village_desk.store.acts import act, seen


@dataclass(frozen=True)
class AttendanceRow:
    """One person of an activity; minutes are 0 until they are noted."""

    id: str
    person_id: str
    name: str
    group: str
    household_id: str
    came: bool
    minutes: int
    note: str


@dataclass(frozen=True)
class ActivityRow:
    """One activity; `minutes` is its planned length, `given` what everybody gave together."""

    id: str
    seen: str
    kind: ActivityKind
    kind_words: str
    title: str
    held_on: dt.date
    place: str
    leader: str
    minutes: int
    state: ActivityState
    state_words: str
    why_not: str
    evidence: str
    rota_id: str
    people: tuple[AttendanceRow, ...]
    organisers: tuple[str, ...] = ()
    organiser_ids: tuple[str, ...] = ()

    @property
    def came(self) -> tuple[AttendanceRow, ...]:
        """Those who came."""
        return tuple(each for each in self.people if each.came)

    @property
    def given(self) -> int:
        """Minutes of everybody who came."""
        return sum(each.minutes for each in self.came)


@dataclass(frozen=True)
class VolunteerRow:
    """A person's voluntary work of a year; `id` is the person's. `status` is the step on the way to membership."""

    id: str
    name: str
    group: str
    status: str
    hours: Hours
    words: str
    entries: tuple[tuple[dt.date, int, str], ...]
    year: int
    village: str


def activities(
    session: Session, *, year: int | None = None, kind: str = "", rota_id: str = ""
) -> tuple[ActivityRow, ...]:
    """Activities, the newest first."""
    statement = select(Activity).where(Activity.retired.is_(False))
    if year is not None:
        statement = statement.where(Activity.held_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if kind:
        statement = statement.where(Activity.kind == kind)
    if rota_id:
        statement = statement.where(Activity.rota_id == rota_id)
    found = list(session.scalars(statement))
    people = _attendance(session, [each.id for each in found])
    rows = [_row(session, each, people.get(each.id, ())) for each in found]
    return tuple(sorted(rows, key=lambda row: (-row.held_on.toordinal(), row.title, row.id)))


def one_activity(session: Session, activity_id: str) -> ActivityRow:
    """One activity. Raises NotFound."""
    found = session.get(Activity, activity_id)
    if found is None or found.retired:
        raise NotFound("找不到这次活动。", "它可能已经删去，请刷新后再试。")
    return _row(session, found, _attendance(session, [activity_id]).get(activity_id, ()))


def volunteer_year(session: Session, *, year: int, behind_only: bool = False) -> tuple[VolunteerRow, ...]:
    """Voluntary work of everybody in a year, those of whom a hundred hours are asked first, the furthest behind first.

    Only time on the way to membership counts towards the hundred hours: from activist until full membership.
    """
    times: dict[str, list[tuple[dt.date, int, str]]] = defaultdict(list)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    statement = select(VolunteerTime).where(
        VolunteerTime.retired.is_(False), VolunteerTime.done_on.between(first, last)
    )
    known = aliases(session)
    for each in session.scalars(statement):
        times[known.of(each.person_id)].append((each.done_on or first, each.minutes, each.what))
    ways = {row.id: row for row in development_rows(session, with_done=True)}
    names = _names(session, {*times, *ways})
    village, rows = act(session).village_name, list[VolunteerRow]()
    for person_id in {*times, *ways}:
        name, group, _ = names.get(person_id, ("名册里没有", "", ""))
        days = {step.stage: step.on for step in ways[person_id].steps} if person_id in ways else {}
        began = days.get(Stage.ACTIVIST) or days.get(Stage.CANDIDATE) or days.get(Stage.PROBATIONARY)
        ended = days.get(Stage.FULL) or days.get(Stage.ENDED)
        mine = sorted(times.get(person_id, []))
        hours = hours_of([(day, minutes) for day, minutes, _ in mine], began, ended, year)
        if not hours.asked and not mine:
            continue
        status = STAGE_WORDS[ways[person_id].stage] if person_id in ways else ""
        rows.append(
            VolunteerRow(person_id, name, group, status, hours, verdict_words(hours), tuple(mine), year, village)
        )
    rows.sort(
        key=lambda row: (
            not row.hours.asked,
            -row.hours.short,
            -row.hours.total,
            group_order(row.group),
            row.name,
            row.id,
        )
    )
    return tuple(row for row in rows if not behind_only or row.hours.short)


def _row(session: Session, found: Activity, people: tuple[AttendanceRow, ...]) -> ActivityRow:
    kind, state = ActivityKind(found.kind), ActivityState(found.state)
    return ActivityRow(
        found.id,
        seen(session, Activity, found.id),
        kind,
        KIND_WORDS[kind],
        found.title,
        found.held_on or dt.date.min,
        found.place,
        found.leader,
        found.minutes,
        state,
        STATE_WORDS[state],
        found.why_not,
        found.evidence,
        found.rota_id,
        people,
        _organisers(session, found.organisers),
        found.organisers,
    )


def _organisers(session: Session, ids: Sequence[str]) -> tuple[str, ...]:
    if not ids:
        return ()
    rows = session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(ids))))
    names = {row.id: row.name for row in rows}
    return tuple(names[one] for one in ids if one in names)


def _attendance(session: Session, ids: list[str]) -> dict[str, tuple[AttendanceRow, ...]]:
    found: list[ActivityAttendance] = []
    for start in range(0, len(ids), 500):
        found += session.scalars(
            select(ActivityAttendance).where(
                ActivityAttendance.retired.is_(False), ActivityAttendance.activity_id.in_(ids[start : start + 500])
            )
        )
    # A merged entry came as the person that it stands for.
    known = aliases(session)
    names = _names(session, {known.of(each.person_id) for each in found})
    kept: dict[str, list[AttendanceRow]] = defaultdict(list)
    for each in found:
        who = known.of(each.person_id)
        name, group, home = names.get(who, ("名册里没有", "", ""))
        kept[each.activity_id].append(
            AttendanceRow(each.id, who, name, group, home, each.came, each.minutes, each.note)
        )
    return {
        one: tuple(sorted(rows, key=lambda row: (group_order(row.group), row.name, row.id)))
        for one, rows in kept.items()
    }


def _names(session: Session, ids: set[str]) -> dict[str, tuple[str, str, str]]:
    home = Household.__table__.c
    wanted, found = sorted(ids), dict[str, tuple[str, str, str]]()
    for start in range(0, len(wanted), 500):
        rows = session.execute(
            select(Person.id, Person.name, Person.group_name, Person.household_id, home.group_name)
            .outerjoin(Household.__table__, home.id == Person.household_id)
            .where(Person.id.in_(wanted[start : start + 500]))
        )
        for identity, name, own, household, group in rows:
            found[identity] = (name, group or own, household)
    return found
