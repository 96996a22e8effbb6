"""Closing a period and opening it again, the year's end, and help for who stands low."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.points.actions.parts import add_lines
from village_desk.points.actions.wall import open_closing_duties
from village_desk.points.lookups import (
    all_rule_sets,
    closed_periods,
    closings,
    entry_number,
    one_rule_set,
    standings,
    subjects,
    sums_by_subject,
)
from village_desk.points.lookups.exchange import spent_by_subject
from village_desk.points.lookups.path import chunks, reversal_id_of
from village_desk.points.lookups.rows import RuleSetRow
from village_desk.points.records import PointClosing, PointEntry, PointFollowUp
from village_desk.points.rules.closing import carried, check_close, check_reopen, keys_after
from village_desk.points.rules.sets import YearEnd, period_bounds, period_words, year_of
from village_desk.store.acts import act


def close_period(session: Session, *, set_id: str, period: str, words: str = "") -> int:
    """Close a period of a set; at a year's end what goes on is carried into the next year.

    Returns how many subjects got a carried line. What is booked later for the period counts in the next open one. The
    plan of publications gets the duty to post the result.
    Raises NotFound, NotAllowed for a period that is not over or is closed.
    """
    found = one_rule_set(session, set_id)
    check_close(closed_periods(session, set_id=set_id), period, act(session).today)
    attempt = sum(each.closed for each in closings(session, set_id=set_id) if each.period == period)
    closing = PointClosing(
        id=same_id("point_closing", set_id, period, str(attempt)),
        set_id=set_id,
        period=period,
        closed=True,
        attempt=attempt,
        acted_on=act(session).today,
        words=tidy(words),
        operator_id=act(session).actor,
    )
    session.add(closing)
    session.flush()
    open_closing_duties(session, found, closing)
    return _carry(session, found, period, attempt) if len(period) == 4 else 0


def reopen_period(session: Session, *, set_id: str, period: str, reason: str) -> int:
    """Open a closed period again, the latest first; what was carried from it is taken back.

    Returns how many lines were taken back. Raises NotFound, NotAllowed.
    """
    one_rule_set(session, set_id)
    closed = closed_periods(session, set_id=set_id)
    check_reopen(closed, period, keys_after(closed, period), reason)
    attempt = max(each.attempt for each in closings(session, set_id=set_id) if each.period == period)
    session.add(
        PointClosing(
            id=same_id("point_reopening", set_id, period, str(attempt)),
            set_id=set_id,
            period=period,
            closed=False,
            attempt=attempt,
            acted_on=act(session).today,
            words=tidy(reason),
            operator_id=act(session).actor,
        )
    )
    session.flush()
    return _take_back(session, set_id, period, attempt, reason) if len(period) == 4 else 0


def open_follow_ups(session: Session, *, set_id: str, period: str, person_in_charge: str) -> tuple[str, ...]:
    """Open a case of help for each subject whose band asks for it, once in a period; returns their ids.

    Raises NotFound, NotAllowed when no band of the set asks for help or nobody stands in one.
    """
    found = one_rule_set(session, set_id)
    bands = {each.name: each for each in found.rules.bands if each.follow_up}
    if not bands:
        raise NotAllowed(f"《{found.name}》里没有要帮助整改的等次。", "请先在办法的等次里选“要帮助整改”。")
    low = [row for row in standings(session, set_id=set_id, period=period) if row.band in bands and not row.exempt]
    made = []
    for row in low:
        identity = same_id("point_follow_up", set_id, row.id, period)
        if session.get(PointFollowUp, identity) is not None:
            continue
        session.add(
            PointFollowUp(
                id=identity,
                set_id=set_id,
                subject_id=row.id,
                period=period,
                band=row.band,
                action=bands[row.band].action,
                points=row.points,
                opened_on=act(session).today,
                person_in_charge=tidy(person_in_charge),
            )
        )
        made.append(identity)
    if not made:
        raise NotAllowed(f"{period_words(period)}没有新的要帮助整改的{found.subject_words}。", "")
    session.flush()
    return tuple(made)


def end_follow_up(session: Session, *, follow_up_id: str, done_on: dt.date, result: str) -> None:
    """Write down how the help ended. Raises NotFound, NotAllowed."""
    record = session.get(PointFollowUp, follow_up_id)
    if record is None or record.retired:
        raise NotFound("找不到这件帮助整改。", "请刷新后再试。")
    if not tidy(result):
        raise NotAllowed("还没写帮助整改的结果。", "例如“补交党费，恢复参加组织生活”。")
    record.done_on, record.result = done_on, tidy(result)
    session.flush()


def _carry(session: Session, found: RuleSetRow, period: str, attempt: int) -> int:
    rules = found.rules
    if rules.year_end is YearEnd.CLEAR:
        return 0
    target = found
    if rules.carry_to and rules.carry_to != rules.name:
        named = next((each for each in all_rule_sets(session) if each.name == rules.carry_to), None)
        if named is None:
            raise NotAllowed(
                f"年底要结转到《{rules.carry_to}》，可是没有这份办法。", "请先建立那一份，或改办法里的结转去向。"
            )
        target = named
    first, last = period_bounds(year_of(period))
    sums = sums_by_subject(session, set_id=found.id, first=first, last=last)
    spent = spent_by_subject(session, set_id=found.id, first=first, last=last)
    day = last + dt.timedelta(days=1)
    lines: list[dict[str, Any]] = []
    for who in subjects(session, found.subject):
        plus, minus, brought, _ = sums.get(who.id, (0, 0, 0, 0))
        points = carried(rules, plus + minus + brought - spent.get(who.id, 0))
        if points:
            lines.append(
                {
                    "id": same_id("point_carry", found.id, who.id, period, str(attempt)),
                    "kind": "carry",
                    "set_id": target.id,
                    "subject_id": who.id,
                    "text": f"{period_words(period)}结转",
                    "event": f"{period_words(period)}年底结转",
                    "happened_on": day,
                    "counted_on": day,
                    "points": points,
                    "evidence": f"《{found.name}》{period_words(period)}结账",
                }
            )
    add_lines(session, lines)
    return len(lines)


def _take_back(session: Session, set_id: str, period: str, attempt: int, reason: str) -> int:
    found = one_rule_set(session, set_id)
    ids = [same_id("point_carry", set_id, who.id, period, str(attempt)) for who in subjects(session, found.subject)]
    lines: list[dict[str, Any]] = []
    for part in chunks(ids):
        for entry in session.scalars(select(PointEntry).where(PointEntry.id.in_(part))):
            lines.append(
                {
                    "id": reversal_id_of(entry.id),
                    "kind": "carry",
                    "set_id": entry.set_id,
                    "subject_id": entry.subject_id,
                    "text": entry.text,
                    "event": entry.event,
                    "happened_on": entry.happened_on,
                    "counted_on": entry.counted_on,
                    "points": -entry.points,
                    "why": f"更正{entry_number(entry)}：重开{period_words(period)}，{tidy(reason)}",
                    "reverses_id": entry.id,
                }
            )
    add_lines(session, lines)
    return len(lines)
