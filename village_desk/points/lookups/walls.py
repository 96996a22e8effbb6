"""Lists for the wall and the report on fairness: what was booked, by area and group, praise, changes, objections."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date, short_date
from village_desk.people.rules.masking import masked_name
from village_desk.points.lookups.ledger import standings
from village_desk.points.lookups.path import applications, chunks, entry_number, objections
from village_desk.points.lookups.rows import ApplicationRow, ObjectionRow, RuleSetRow
from village_desk.points.lookups.schemes import one_rule_set
from village_desk.points.lookups.subjects import subjects
from village_desk.points.records import PointEntry, PointFollowUp, PointSheet
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.sets import period_bounds, period_words
from village_desk.store.acts import act
from village_desk.store.journal.tables import OPERATION


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


@dataclass(frozen=True)
class GroupShare:
    """A group's part of the points that were given, beside its part of the households."""

    group: str
    subjects: int
    entries: int
    points: int
    share: int
    fair_share: int


@dataclass(frozen=True)
class Fairness:
    """How points were given: distribution, shares of the groups, objections, and what lacks evidence."""

    set_name: str
    village: str
    subject_words: str
    period_words: str
    subjects: int
    with_points: int
    lowest: int
    median: int
    highest: int
    buckets: tuple[tuple[str, int], ...]
    groups: tuple[GroupShare, ...]
    objections: tuple[ObjectionRow, ...]
    without_evidence: int
    refused: int
    reversed: int
    twice: tuple[str, ...]
    decimals: int


@dataclass(frozen=True)
class FollowUpRow:
    """Help for one subject in a low band."""

    id: str
    subject_id: str
    name: str
    group: str
    period: str
    band: str
    action: str
    points: int
    opened_on: dt.date
    person_in_charge: str
    done_on: dt.date | None
    result: str


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


def fairness(session: Session, *, set_id: str, period: str) -> Fairness:
    """How points were given in a period: who got them, by group, what was objected to, and what lacks evidence."""
    found = one_rule_set(session, set_id)
    rows = [row for row in standings(session, set_id=set_id, period=period) if not row.exempt]
    sums = sorted(row.points for row in rows)
    given: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        share = given[row.group]
        share[0] += 1
        share[1] += row.entries
        share[2] += row.plus
    total = sum(share[2] for share in given.values())
    many = len(rows)
    groups = tuple(
        GroupShare(
            group or "未分组",
            homes,
            entries,
            points,
            points * 1000 // total if total else 0,
            homes * 1000 // many if many else 0,
        )
        for group, (homes, entries, points) in given.items()
    )
    first, last = period_bounds(period)
    raised = tuple(
        one for one in objections(session, set_id=set_id) if first <= one.raised_on <= last or one.state == "open"
    )
    asked = applications(session, set_id=set_id, period=period)
    counted = PointEntry.counted_on.between(first, last)
    needing = {row.id for row in found.items if row.item.evidence_needed}
    bare = session.scalars(
        select(PointEntry.item_id).where(
            PointEntry.set_id == set_id, counted, PointEntry.kind == "score", PointEntry.evidence == ""
        )
    )
    turned = select(func.count()).where(PointEntry.set_id == set_id, counted, PointEntry.kind == "reversal")
    return Fairness(
        found.name,
        act(session).village_name,
        found.subject_words,
        period_words(period),
        many,
        sum(row.entries > 0 for row in rows),
        sums[0] if sums else 0,
        sums[len(sums) // 2] if sums else 0,
        sums[-1] if sums else 0,
        _buckets(sums, found.rules.decimals),
        groups,
        raised,
        sum(item in needing for item in bare),
        sum(row.stage is Stage.REFUSED for row in asked),
        session.scalar(turned) or 0,
        booked_twice(session, set_id=set_id, period=period),
        found.rules.decimals,
    )


def booked_twice(session: Session, *, set_id: str, period: str) -> tuple[str, ...]:
    """Lines that two laptops booked apart and that count once: a sentence each, so that people can look at them."""
    found = one_rule_set(session, set_id)
    statement = select(PointEntry.id).where(
        PointEntry.set_id == set_id, PointEntry.counted_on.between(*period_bounds(period))
    )
    ids = list(session.scalars(statement))
    doubled: list[str] = []
    for part in chunks(ids):
        doubled += session.scalars(
            select(OPERATION.c.record)
            .where(OPERATION.c.record.in_(part))
            .group_by(OPERATION.c.record)
            .having(func.count() > 1)
        )
    names = {who.id: who for who in subjects(session, found.subject)}
    told = []
    for one in doubled:
        entry = session.get(PointEntry, one)
        if entry is None:
            continue
        who = names.get(entry.subject_id)
        name = f"{who.group}{who.name}" if who is not None else "已不在册的一户"
        day = chinese_date(entry.happened_on) if entry.happened_on else ""
        told.append(f"{name}的“{entry.text}”（{day}，{entry_number(entry)}）在两台电脑上都记过，只算一次。")
    return tuple(sorted(told))


def follow_ups(session: Session, *, set_id: str = "", open_only: bool = False) -> tuple[FollowUpRow, ...]:
    """Help for subjects in low bands, the open ones first: an internal list."""
    statement = select(PointFollowUp).where(PointFollowUp.retired.is_(False))
    if set_id:
        statement = statement.where(PointFollowUp.set_id == set_id)
    if open_only:
        statement = statement.where(PointFollowUp.done_on.is_(None))
    rows = []
    for each in session.scalars(statement).all():
        found = one_rule_set(session, each.set_id)
        who = {one.id: one for one in subjects(session, found.subject)}.get(each.subject_id)
        rows.append(
            FollowUpRow(
                each.id,
                each.subject_id,
                who.name if who else "名册里没有",
                who.group if who else "",
                each.period,
                each.band,
                each.action,
                each.points,
                each.opened_on or dt.date.min,
                each.person_in_charge,
                each.done_on,
                each.result,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.done_on is not None, row.group, row.name, row.id)))


def _by_area(session: Session, set_id: str, period: str) -> dict[tuple[str, str], int]:
    statement = (
        select(PointEntry.subject_id, PointEntry.area, func.sum(PointEntry.points))
        .where(PointEntry.set_id == set_id, PointEntry.counted_on.between(*period_bounds(period)))
        .group_by(PointEntry.subject_id, PointEntry.area)
    )
    return {(who, area): points for who, area, points in session.execute(statement)}


def _buckets(sums: list[int], decimals: int) -> tuple[tuple[str, int], ...]:
    """The sums in up to six equal steps of whole points."""
    if not sums:
        return ()
    unit = 10**decimals
    low, high = sums[0] // unit, -(-sums[-1] // unit)
    step = max(1, -(-(high - low + 1) // 6))
    found = []
    for begin in range(low, high + 1, step):
        end = begin + step
        words = f"{begin}分" if step == 1 else f"{begin}到{end - 1}分"
        found.append((words, sum(begin * unit <= each < end * unit for each in sums)))
    return tuple(found)
