"""Lists for the wall: what was booked, by area and group, praise, what is new, and what hangs for objections."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.people.rules.masking import masked_name
from village_desk.points.lookups.ledger import standings
from village_desk.points.lookups.path import applications, entry_number
from village_desk.points.lookups.rows import ApplicationRow, RuleSetRow
from village_desk.points.lookups.schemes import one_rule_set
from village_desk.points.lookups.subjects import subjects
from village_desk.points.records import PointEntry, PointSheet
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.sets import period_bounds, period_words
from village_desk.store.acts import act


@dataclass(frozen=True)
class WallRow:
    """One subject on the wall; `place` is 0 where no rank is shown, the same for equal sums; `areas` in their order."""

    id: str
    place: int
    group: str
    name: str
    opening: int
    plus: int
    minus: int
    carried: int
    points: int
    areas: tuple[int, ...]
    band: str


@dataclass(frozen=True)
class WallList:
    """A list of sums for the wall: only what was booked; names covered where the set says so."""

    set_name: str
    village: str
    subject_words: str
    period_words: str
    areas: tuple[str, ...]
    rows: tuple[WallRow, ...]
    ranked: bool
    masked: bool
    used_for: str
    decimals: int
    made_on: dt.date


@dataclass(frozen=True)
class ChangeRow:
    """One line that is new on the wall."""

    id: str
    number: str
    group: str
    name: str
    text: str
    event: str
    happened_on: dt.date
    points: int


@dataclass(frozen=True)
class Changes:
    """What was booked since the last list; `since` is its day, None before the first."""

    wall: WallList
    since: dt.date | None
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True)
class PostingList:
    """What hangs, or is to hang, for objections before it counts."""

    set_name: str
    village: str
    subject_words: str
    days: int
    until_words: str
    rows: tuple[ApplicationRow, ...]
    masked: bool
    decimals: int


def wall_list(session: Session, *, set_id: str, period: str, praise: int = 0, group: str = "") -> WallList:
    """The list for the wall: by group and house, or by rank where the set has switched it on.

    `praise` keeps only so many of the best, those with the same sum included; `group` only one group. There is no
    list of the worst. Exempt subjects do not appear.
    """
    found = one_rule_set(session, set_id)
    rules, by_area = found.rules, _by_area(session, set_id, period)
    names = [area.name for area in rules.areas]
    for item in rules.items:
        if item.area not in names:
            names.append(item.area)
    openings = {name: rules.area(name).opening for name in names}
    sums = [row for row in standings(session, set_id=set_id, period=period) if not row.exempt]
    order = sorted(sums, key=lambda row: -row.points)
    places: dict[str, int] = {}
    for at, row in enumerate(order, start=1):
        before = order[at - 2] if at > 1 else None
        places[row.id] = places[before.id] if before is not None and before.points == row.points else at
    shown = sums
    if praise:
        shown = [row for row in order if places[row.id] <= praise and row.points > row.opening]
    elif rules.ranked:
        shown = order
    rows = tuple(
        WallRow(
            row.id,
            places[row.id] if rules.ranked else 0,
            row.group,
            masked_subject(found, row.name),
            row.opening,
            row.plus,
            row.minus,
            row.carried,
            row.points,
            tuple(openings[name] + by_area.get((row.id, name), 0) for name in names),
            row.band,
        )
        for row in shown
        if not group or row.group == group
    )
    return WallList(
        found.name,
        act(session).village_name,
        found.subject_words,
        period_words(period),
        tuple(names),
        rows,
        rules.ranked,
        rules.masked,
        rules.used_for,
        rules.decimals,
        act(session).today,
    )


def masked_subject(found: RuleSetRow, name: str) -> str:
    """A name as the set lets it hang: covered but for the surname where masking is on."""
    if not found.rules.masked:
        return name
    if name.endswith("家"):
        return f"{masked_name(name.removesuffix('家'))}家"
    return masked_name(name)


def posting_list(session: Session, *, set_id: str) -> PostingList:
    """What waits for the wall or hangs there now."""
    found = one_rule_set(session, set_id)
    rows = [
        row
        for row in applications(session, set_id=set_id, open_only=True)
        if row.stage in (Stage.POSTING, Stage.POSTED, Stage.OBJECTED)
    ]
    rows.sort(key=lambda row: (row.group, row.subject, row.happened_on, row.id))
    until = [row.path.posted_until for row in rows if row.path is not None and row.path.posted_until is not None]
    return PostingList(
        found.name,
        act(session).village_name,
        found.subject_words,
        found.rules.publish_days,
        f"到{short_date(max(until))}" if until else "",
        tuple(rows),
        found.rules.masked,
        found.rules.decimals,
    )


def changes_since(session: Session, *, set_id: str, period: str) -> Changes:
    """The lines of a period that stood on no list for the wall yet."""
    found = one_rule_set(session, set_id)
    sheets = list(session.scalars(select(PointSheet).where(PointSheet.set_id == set_id)))
    shown = {one for sheet in sheets for one in sheet.entry_ids}
    names = {who.id: who for who in subjects(session, found.subject)}
    rows = []
    statement = select(PointEntry).where(
        PointEntry.set_id == set_id, PointEntry.counted_on.between(*period_bounds(period))
    )
    for entry in session.scalars(statement):
        who = names.get(entry.subject_id)
        if entry.id in shown or who is None:
            continue
        text = f"更正：{entry.text}" if entry.reverses_id else entry.text
        rows.append(
            ChangeRow(
                entry.id,
                entry_number(entry),
                who.group,
                masked_subject(found, who.name),
                text,
                entry.event,
                entry.happened_on or dt.date.min,
                entry.points,
            )
        )
    rows.sort(key=lambda row: (row.group, row.name, row.happened_on, row.number, row.id))
    last = max((sheet.made_on for sheet in sheets if sheet.made_on), default=None)
    return Changes(wall_list(session, set_id=set_id, period=period), last, tuple(rows))


def _by_area(session: Session, set_id: str, period: str) -> dict[tuple[str, str], int]:
    statement = (
        select(PointEntry.subject_id, PointEntry.area, func.sum(PointEntry.points))
        .where(PointEntry.set_id == set_id, PointEntry.counted_on.between(*period_bounds(period)))
        .group_by(PointEntry.subject_id, PointEntry.area)
    )
    return {(who, area): points for who, area, points in session.execute(statement)}
