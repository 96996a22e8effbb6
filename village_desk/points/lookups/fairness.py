"""The report on fairness: who got points, by group, what was objected to, what lacks evidence, what came twice."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.points.lookups.ledger import standings
from village_desk.points.lookups.path import applications, chunks, entry_number, objections
from village_desk.points.lookups.rows import ObjectionRow
from village_desk.points.lookups.schemes import one_rule_set
from village_desk.points.lookups.subjects import subjects
from village_desk.points.records import PointEntry
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.sets import period_bounds, period_words
from village_desk.store.acts import act
from village_desk.store.journal.tables import OPERATION


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
