"""Sums and their reasons: who has how many points, and from which lines."""

import datetime as dt
from collections import defaultdict

from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.kit.text import chinese_date
from village_desk.people.lookups import aliases
from village_desk.people.records import kept_id
from village_desk.points.lookups.closing import closed_periods
from village_desk.points.lookups.path import applications, entry_number
from village_desk.points.lookups.rows import AreaSum, Card, EntryRow, RuleSetRow, StandingRow
from village_desk.points.lookups.schemes import classes_of, one_rule_set
from village_desk.points.lookups.subjects import subject, subjects
from village_desk.points.records import PointApplication, PointClass, PointEntry
from village_desk.points.rules.closing import is_closed
from village_desk.points.rules.entries import ApplicationState, Sums
from village_desk.points.rules.numbers import shown, signed
from village_desk.points.rules.sets import Item, period_bounds, period_of, period_words
from village_desk.store.acts import act


def standings(session: Session, *, set_id: str, period: str) -> tuple[StandingRow, ...]:
    """Every subject of a set with its sum in a period, by group and number: a list to look up, no ranking."""
    found = one_rule_set(session, set_id)
    rules, classes = found.rules, classes_of(session, set_id)
    first, last = period_bounds(period)
    sums = sums_by_subject(session, set_id=set_id, first=first, last=last)
    waiting: dict[str, int] = {
        who: many
        for who, many in session.execute(
            select(kept_id(PointApplication.subject_id), func.count())
            .where(
                PointApplication.retired.is_(False),
                PointApplication.set_id == set_id,
                PointApplication.state == ApplicationState.APPLIED.value,
                PointApplication.happened_on.between(first, last),
            )
            .group_by(kept_id(PointApplication.subject_id))
        )
    }
    rows = []
    for who in subjects(session, found.subject):
        plus, minus, carried, lines = sums.get(who.id, (0, 0, 0, 0))
        own = classes.get(who.id, "")
        opening, exempt = rules.whole_opening(own), rules.exempt(own)
        points = opening + plus + minus + carried
        band = None if exempt else rules.band(points, own)
        rows.append(
            StandingRow(
                who.id,
                who.name,
                who.group,
                who.number,
                points,
                plus,
                minus,
                lines,
                waiting.get(who.id, 0),
                opening,
                carried,
                own,
                exempt,
                band.name if band is not None else "",
                rules.decimals,
            )
        )
    return tuple(rows)


def sums_by_subject(
    session: Session, *, set_id: str, first: dt.date, last: dt.date
) -> dict[str, tuple[int, int, int, int]]:
    """For each subject what was added, what was taken, what was carried or taken over, and how many lines."""
    points, kind = PointEntry.points, PointEntry.kind
    brought = kind.in_(("carry", "opening"))
    # What was booked for a merged entry counts for the person that it stands for.
    who_is_meant = kept_id(PointEntry.subject_id)
    own = select(
        who_is_meant,
        func.sum(case((~brought & (points > 0), points), else_=0)),
        func.sum(case((~brought & (points < 0), points), else_=0)),
        func.sum(case((brought, points), else_=0)),
        func.count(),
    ).where(PointEntry.set_id == set_id, PointEntry.counted_on.between(first, last))
    return {
        who: (plus, minus, carried, lines)
        for who, plus, minus, carried, lines in session.execute(own.group_by(who_is_meant))
    }


def card(session: Session, *, set_id: str, subject_id: str, period: str) -> Card:
    """One subject's ledger in a period: opening, lines in the order of the days they happened, sum and reason.

    Raises NotFound.
    """
    found = one_rule_set(session, set_id)
    rules = found.rules
    who = subject(session, found.subject, subject_id)
    if who is None:
        raise NotFound("名册里找不到这一户（人）。", "请先在村民页核对。")
    own = class_of(session, set_id=set_id, subject_id=subject_id)
    opening = rules.whole_opening(own)
    mine = _entries(session, set_id, subject_id, period)
    mine.sort(key=lambda each: (each.happened_on or dt.date.min, bool(each.reverses_id), each.number or 0, each.id))
    balance, rows = opening, list[EntryRow]()
    reversed_by = _reversed_by(session, [each.id for each in mine])
    numbers = {each.id: entry_number(each) for each in mine}
    for entry in mine:
        balance += entry.points
        rows.append(_entry_row(session, found, entry, balance, numbers, reversed_by))
    areas: dict[str, int] = {area.name: area.opening for area in rules.areas}
    for entry in mine:
        if entry.area:
            areas[entry.area] = areas.get(entry.area, 0) + entry.points
    waiting = [
        row
        for row in applications(session, set_id=set_id, open_only=True, subject_id=subject_id)
        if period_of(found.period, row.happened_on) == period
    ]
    band = None if rules.exempt(own) else rules.band(balance, own)
    closed = closed_periods(session, set_id=set_id)
    return Card(
        set_id,
        found.name,
        act(session).village_name,
        who,
        found.subject_words,
        period,
        period_words(period),
        opening,
        tuple(rows),
        tuple(AreaSum(name, rules.area(name).opening, points) for name, points in areas.items()),
        balance,
        _why(found, period, mine, balance, opening),
        rules.used_for,
        tuple(waiting),
        rules.decimals,
        sum(each.points for each in mine if each.kind in ("carry", "opening")),
        own,
        band.name if band is not None else "",
        is_closed(closed, found.period, period_bounds(period)[0]),
    )


def class_of(session: Session, *, set_id: str, subject_id: str) -> str:
    """The class in which a set keeps a subject, "" for none."""
    found = select(PointClass.name).where(
        PointClass.set_id == set_id, PointClass.subject_id == subject_id, PointClass.retired.is_(False)
    )
    return session.scalar(found) or ""


def sums_of(session: Session, found: RuleSetRow, item: Item, item_id: str, subject_id: str, day: dt.date) -> Sums:
    """What is booked for a subject in the period of a day: of the item, of its area, of the whole set."""
    opening = found.rules.whole_opening(class_of(session, set_id=found.id, subject_id=subject_id))
    mine = _entries(session, found.id, subject_id, period_of(found.period, day))
    return Sums(
        sum(each.points for each in mine if each.item_id == item_id),
        found.rules.area(item.area).opening + sum(each.points for each in mine if each.area == item.area),
        opening + sum(each.points for each in mine),
    )


def periods(session: Session, *, set_id: str, today: dt.date) -> tuple[str, ...]:
    """The periods of a set that hold lines, and the present one; the newest first."""
    found = one_rule_set(session, set_id)
    counted = PointEntry.counted_on
    year, month = extract("year", counted), extract("month", counted)
    days = session.execute(select(year, month).where(PointEntry.set_id == set_id, counted.is_not(None)).distinct())
    keys = {period_of(found.period, dt.date(int(y), int(m), 1)) for y, m in days}
    return tuple(sorted({*keys, period_of(found.period, today)}, reverse=True))


def findings(session: Session, *, set_id: str) -> tuple[str, ...]:
    """What two laptops that booked apart left behind: sums above a cap or below a floor, in words."""
    found = one_rule_set(session, set_id)
    rules, sums = found.rules, defaultdict[tuple[str, str], int](int)
    if rules.cap is None and rules.floor is None:
        return ()
    classes = classes_of(session, set_id)
    counted = PointEntry.counted_on
    year, month = extract("year", counted), extract("month", counted)
    lines = (
        select(PointEntry.subject_id, year, month, func.sum(PointEntry.points))
        .where(PointEntry.set_id == set_id, counted.is_not(None))
        .group_by(PointEntry.subject_id, year, month)
    )
    for subject_id, in_year, in_month, points in session.execute(lines):
        sums[subject_id, period_of(found.period, dt.date(int(in_year), int(in_month), 1))] += points
    names = {who.id: who.name for who in subjects(session, found.subject)}
    told = []
    for (subject_id, period), points in sorted(sums.items()):
        whole = rules.whole_opening(classes.get(subject_id, "")) + points
        name, words = (
            names.get(subject_id, "已不在册的一户"),
            f"{period_words(period)}合计{shown(whole, rules.decimals)}分",
        )
        if rules.cap is not None and whole > rules.cap:
            limit = shown(rules.cap, rules.decimals)
            told.append(f"{name}{words}，超过上限{limit}分，请核对后更正多记的一笔。")
        if rules.floor is not None and whole < rules.floor:
            limit = shown(rules.floor, rules.decimals)
            told.append(f"{name}{words}，低于下限{limit}分，请核对后更正多扣的一笔。")
    return tuple(told)


def _why(found: RuleSetRow, period: str, mine: list[PointEntry], balance: int, opening: int) -> str:
    decimals = found.rules.decimals

    def said(points: int) -> str:
        return f"{shown(points, decimals)}分"

    own = [each for each in mine if each.kind not in ("carry", "opening")]
    plus = sum(each.points for each in own if each.points > 0 and not each.reverses_id)
    minus = -sum(each.points for each in own if each.points < 0 and not each.reverses_id)
    back = sum(each.points for each in own if each.reverses_id)
    brought = {kind: sum(each.points for each in mine if each.kind == kind) for kind in ("carry", "opening")}
    parts = [f"起始分{said(opening)}"]
    if brought["carry"]:
        parts.append(f"上年结转{said(brought['carry'])}")
    if brought["opening"]:
        parts.append(f"原有积分转入{said(brought['opening'])}")
    parts += [f"加{said(plus)}", f"减{said(minus)}"]
    if back:
        parts.append(f"更正{signed(back, decimals)}分")
    many = f"共{len(mine)}笔" if mine else "还没有记录"
    return f"{period_words(period)}合计{said(balance)}：{'，'.join(parts)}（{many}）。"


def _entry_row(
    session: Session,
    found: RuleSetRow,
    entry: PointEntry,
    balance: int,
    numbers: dict[str, str],
    reversed_by: dict[str, str],
) -> EntryRow:
    happened, booked = entry.happened_on or dt.date.min, entry.booked_on or dt.date.min
    counted = entry.counted_on or happened
    late = period_of(found.period, booked) != period_of(found.period, happened) and entry.kind == "score"
    moved = period_of(found.period, counted) != period_of(found.period, happened) and entry.kind == "score"
    why = entry.why
    if moved:
        # Printed on the card, so that a closed sum is never reckoned again.
        why = f"{chinese_date(happened)}的事，那一期已经结账，补记在本期。{why}"
    reverses = numbers.get(entry.reverses_id, "")
    if entry.reverses_id and not reverses:
        original = session.get(PointEntry, entry.reverses_id)
        reverses = entry_number(original) if original is not None else ""
    return EntryRow(
        entry.id,
        entry_number(entry),
        booked,
        happened,
        entry.area,
        entry.text,
        entry.event,
        entry.points,
        balance,
        why,
        entry.evidence,
        entry.applicant,
        entry.checker,
        bool(entry.reverses_id),
        reverses,
        reversed_by.get(entry.id, ""),
        late,
        entry.kind,
        found.rules.decimals,
    )


def _reversed_by(session: Session, ids: list[str]) -> dict[str, str]:
    if not ids:
        return {}
    found = session.scalars(select(PointEntry).where(PointEntry.reverses_id.in_(ids)))
    return {each.reverses_id: entry_number(each) for each in found}


def _entries(session: Session, set_id: str, subject_id: str, period: str) -> list[PointEntry]:
    statement = select(PointEntry).where(
        PointEntry.set_id == set_id,
        PointEntry.subject_id.in_(aliases(session).all_of(subject_id)),
        PointEntry.counted_on.between(*period_bounds(period)),
    )
    return list(session.scalars(statement))
