"""Meetings read with their rolls, sign-in and counts, and judged by the rows of their day."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.meetings.lookups.rows import (
    CountRow,
    LeftOutRow,
    MeetingDetail,
    MeetingRow,
    MotionRow,
    ObserverRow,
    RollRow,
)
from village_desk.meetings.records import Attendance, CountCheck, Meeting, MeetingRoll, Motion, VoteCount
from village_desk.meetings.rules import (
    Check,
    CheckState,
    Count,
    Headcount,
    MeetingFacts,
    MeetingState,
    MotionState,
    ObserverKind,
    Verdict,
    decided,
    judge,
    serials,
)
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Base, Body, EffectiveRule, Rulebook, VotingWay
from village_desk.store.acts import act, seen
from village_desk.store.base import Record

R = TypeVar("R", bound=Record)

MEETING_NOT_FOUND = ("找不到这次会议。", "它可能还在另一台电脑上，请先导入上报包或备份。")
MOTION_NOT_FOUND = ("找不到这个议题。", "它可能还在另一台电脑上，请先导入上报包或备份。")
_HOUSEHOLD_KINDS = frozenset({"levy_by_representatives"})


@dataclass(frozen=True)
class _Bundle:
    """All records of one meeting."""

    meeting: Meeting
    rolls: dict[str, MeetingRoll]
    attendance: Attendance | None
    motions: tuple[Motion, ...]
    counts: dict[str, tuple[VoteCount, ...]]
    checked: frozenset[str]

    @property
    def roll(self) -> MeetingRoll | None:
        """The roll counted last."""
        return max(self.rolls.values(), key=lambda roll: (roll.no, roll.id), default=None)


def all_meetings(session: Session) -> tuple[MeetingRow, ...]:
    """Every meeting, the newest first; those without a day stand on top."""
    meetings = session.scalars(select(Meeting).where(Meeting.retired.is_(False)))
    return _rows(session, list(meetings))


def meetings_about(session: Session, *, source_room: str, source_id: str) -> tuple[MeetingRow, ...]:
    """The meetings that a matter of another room called, the newest first."""
    found = session.scalars(
        select(Meeting).where(
            Meeting.retired.is_(False), Meeting.source_room == source_room, Meeting.source_id == source_id
        )
    )
    return _rows(session, list(found))


def one_meeting(session: Session, meeting_id: str) -> MeetingDetail:
    """A whole meeting. Raises NotFound."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.retired:
        raise NotFound(*MEETING_NOT_FOUND)
    bundle = _bundles(session, [meeting])[0]
    book = rulebook(session)
    motions = tuple(_motion(session, bundle, motion, book) for motion in bundle.motions)
    roll = bundle.roll
    rule_name, refs = _rule_words(book, meeting)
    return MeetingDetail(
        _row(bundle, book, act(session).today),
        seen(session, Meeting, meeting_id),
        meeting.rule_kind,
        rule_name,
        refs,
        _needs_households(book, meeting),
        meeting.called_on,
        meeting.chair,
        meeting.recorder,
        meeting.special_reason,
        meeting.group_name,
        _observers(meeting),
        tuple((name, words) for name, words in meeting.remarks),
        roll.counted_for if roll is not None else None,
        _roll_rows(bundle),
        roll.households if roll is not None else 0,
        tuple(LeftOutRow(name, reason) for name, reason in (roll.left_out or ())) if roll is not None else (),
        bundle.attendance.households if bundle.attendance is not None else 0,
        motions,
        _judged(book, meeting, _facts(bundle, None, act(session).today)),
    )


@dataclass(frozen=True)
class MotionFacts:
    """What the checker of decisions needs of one motion; `voted` once a count stands."""

    body: Body
    rule_kind: str
    facts: MeetingFacts
    held: bool
    voted: bool
    observers: frozenset[ObserverKind]


def facts_of_motions(session: Session, motion_ids: Iterable[str]) -> dict[str, MotionFacts]:
    """The facts of many motions in a few queries; unknown ones are left out."""
    wanted = list(motion_ids)
    motions = _of(session, Motion, Motion.id.in_(wanted))
    meetings = _of(session, Meeting, Meeting.id.in_({motion.meeting_id for motion in motions}))
    bundles = {bundle.meeting.id: bundle for bundle in _bundles(session, meetings)}
    today = act(session).today
    found = {}
    for motion in motions:
        bundle = bundles.get(motion.meeting_id)
        if bundle is None:
            continue
        found[motion.id] = MotionFacts(
            Body(bundle.meeting.body),
            bundle.meeting.rule_kind,
            _facts(bundle, motion, today),
            bundle.meeting.held_on is not None and bundle.meeting.state != MeetingState.CANCELLED,
            _standing(bundle, motion) is not None,
            frozenset(observer.kind for observer in _observers(bundle.meeting)),
        )
    return found


def vote_at_hand(session: Session, motion_id: str) -> tuple[EffectiveRule | None, MeetingFacts]:
    """The rows and facts by which a count of this motion would be judged now; no rows where no pack has any.

    Raises NotFound.
    """
    motion = session.get(Motion, motion_id)
    meeting = session.get(Meeting, motion.meeting_id) if motion is not None else None
    if motion is None or meeting is None:
        raise NotFound(*MOTION_NOT_FOUND)
    facts = _facts(_bundles(session, [meeting])[0], motion, act(session).today)
    try:
        return rulebook(session).meeting_rule(meeting.rule_kind, facts.held_on), facts
    except NotFound:
        return None, facts


def _rows(session: Session, meetings: list[Meeting]) -> tuple[MeetingRow, ...]:
    book, today = rulebook(session), act(session).today
    rows = [_row(bundle, book, today) for bundle in _bundles(session, meetings)]
    return tuple(sorted(rows, key=lambda row: (-(row.held_on or dt.date.max).toordinal(), row.title, row.id)))


def _bundles(session: Session, meetings: Sequence[Meeting]) -> list[_Bundle]:
    ids = [meeting.id for meeting in meetings]
    rolls = _by(_of(session, MeetingRoll, MeetingRoll.meeting_id.in_(ids)), lambda row: row.meeting_id)
    attendance = {row.meeting_id: row for row in _of(session, Attendance, Attendance.meeting_id.in_(ids))}
    motions = _by(_of(session, Motion, Motion.meeting_id.in_(ids)), lambda row: row.meeting_id)
    motion_ids = [motion.id for group in motions.values() for motion in group]
    counts = _by(_of(session, VoteCount, VoteCount.motion_id.in_(motion_ids)), lambda row: row.motion_id)
    count_ids = [count.id for group in counts.values() for count in group]
    checked = frozenset(check.count_id for check in _of(session, CountCheck, CountCheck.count_id.in_(count_ids)))
    return [
        _Bundle(
            meeting,
            {roll.id: roll for roll in rolls.get(meeting.id, [])},
            attendance.get(meeting.id),
            tuple(sorted(motions.get(meeting.id, []), key=lambda motion: (motion.no, motion.id))),
            {
                motion.id: tuple(sorted(counts.get(motion.id, []), key=lambda count: (count.no, count.id)))
                for motion in motions.get(meeting.id, [])
            },
            checked,
        )
        for meeting in meetings
    ]


def _row(bundle: _Bundle, book: Rulebook, today: dt.date) -> MeetingRow:
    meeting = bundle.meeting
    last = bundle.motions[-1] if bundle.motions else None
    facts = _facts(bundle, last, today)
    verdict = _judged(book, meeting, facts)
    body = Body(meeting.body)
    return MeetingRow(
        meeting.id,
        meeting.title,
        body,
        body.words,
        meeting.held_on,
        meeting.place,
        MeetingState(meeting.state),
        facts.roll.eligible,
        facts.present.eligible,
        len(bundle.motions),
        verdict,
        meeting.source_room,
        meeting.source_id,
    )


def _motion(session: Session, bundle: _Bundle, motion: Motion, book: Rulebook) -> MotionRow:
    reasons = {count.reverses_id: count.reason for count in bundle.counts[motion.id] if count.reverses_id}
    counts = [_count_row(bundle, count) for count in bundle.counts[motion.id] if not count.reverses_id]
    rows = tuple(replace(row, reversed_because=reasons.get(row.id, "")) for row in counts)
    standing = next((row for row in reversed(rows) if row.id not in reasons), None)
    facts = _facts(bundle, motion, act(session).today)
    return MotionRow(
        motion.id,
        seen(session, Motion, motion.id),
        motion.no,
        motion.title,
        motion.text,
        motion.version,
        motion.state == MotionState.SETTLED,
        standing,
        rows,
        _judged(book, bundle.meeting, facts),
    )


def _count_row(bundle: _Bundle, count: VoteCount) -> CountRow:
    return CountRow(
        count.id,
        count.no,
        _count(count),
        count.text_version,
        _came(bundle.rolls.get(count.roll_id), count.present, count.households).eligible,
        count.tellers,
        count.monitors,
        count.id in bundle.checked,
        "",
    )


def _count(row: VoteCount) -> Count:
    return Count(
        row.yes, row.no_votes, row.abstain, VotingWay(row.way), row.issued, row.returned, row.spoiled, row.kept
    )


def _standing(bundle: _Bundle, motion: Motion) -> VoteCount | None:
    counts = bundle.counts[motion.id]
    reversed_ids = {count.reverses_id for count in counts}
    return next((row for row in reversed(counts) if not row.reverses_id and row.id not in reversed_ids), None)


def _facts(bundle: _Bundle, motion: Motion | None, today: dt.date) -> MeetingFacts:
    """The facts behind a verdict: a count keeps those who were in the room for it, later arrivals change the next."""
    meeting, attendance = bundle.meeting, bundle.attendance
    standing = _standing(bundle, motion) if motion is not None else None
    if standing is not None:
        roll = bundle.rolls.get(standing.roll_id)
        present = _came(roll, standing.present, standing.households)
    else:
        roll = bundle.roll
        here = attendance if attendance is not None and roll is not None and attendance.roll_id == roll.id else None
        present = _came(roll, here.present if here else "", here.households if here else 0)
    checked = standing is None or bool(standing.monitors) or standing.id in bundle.checked
    return MeetingFacts(
        held_on=meeting.held_on or today,
        roll=_whole(roll),
        present=present,
        count=_count(standing) if standing is not None else None,
        called_on=meeting.called_on,
        special_reason=meeting.special_reason,
        roll_question=roll.question if roll is not None else "",
        counted_by_second_person=checked,
    )


def _judged(book: Rulebook, meeting: Meeting, facts: MeetingFacts) -> Verdict:
    if meeting.held_on is None:
        open_check = Check("held", CheckState.OPEN, "还没有登记开会日期。", next_act="开过会后请登记日期和到会情况。")
        return decided((open_check,), "")
    try:
        return judge(book.meeting_rule(meeting.rule_kind, meeting.held_on), facts)
    except NotFound as missing:
        return decided((Check("rule", CheckState.MUST_JUDGE, missing.message, next_act=missing.advice),), "")


def _whole(roll: MeetingRoll | None) -> Headcount:
    if roll is None:
        return Headcount(0, 0)
    return _heads(roll.entries, roll.households)


def _came(roll: MeetingRoll | None, present: str, households: int) -> Headcount:
    if roll is None:
        return Headcount(0, 0, households)
    here = set(serials(present, len(roll.entries)))
    entries = [entry for entry in roll.entries if entry[0] in here]
    return _heads(entries, len(entries) if roll.by_household else households)


def _heads(entries: Sequence[tuple[Any, ...]], households: int) -> Headcount:
    """Heads of entries (serial, person id, name, right, votes, woman, group, representative)."""
    return Headcount(
        eligible=sum(bool(entry[4]) for entry in entries),
        members=len(entries),
        households=households,
        representatives=sum(bool(entry[7]) for entry in entries),
        women_representatives=sum(bool(entry[7]) and bool(entry[5]) for entry in entries),
    )


def _roll_rows(bundle: _Bundle) -> tuple[RollRow, ...]:
    roll = bundle.roll
    if roll is None:
        return ()
    attendance = bundle.attendance if bundle.attendance and bundle.attendance.roll_id == roll.id else None
    here = set(serials(attendance.present, len(roll.entries))) if attendance else set()
    absences = dict(attendance.absences) if attendance else {}
    return tuple(
        RollRow(
            person, serial, name, basis, votes, woman, group, representative, serial in here, absences.get(serial, "")
        )
        for serial, person, name, basis, votes, woman, group, representative in roll.entries
    )


def _observers(meeting: Meeting) -> tuple[ObserverRow, ...]:
    return tuple(ObserverRow(ObserverKind(kind), name, post) for kind, name, post in meeting.observers)


def _needs_households(book: Rulebook, meeting: Meeting) -> bool:
    """Whether the clerk must say how many households those present stand for."""
    if meeting.held_on is None or meeting.rule_kind not in _HOUSEHOLD_KINDS:
        return meeting.rule_kind in _HOUSEHOLD_KINDS
    try:
        rows = book.meeting_rule(meeting.rule_kind, meeting.held_on).rows
    except NotFound:
        return False
    return any(row.passing is not None and row.passing.base is Base.HOUSEHOLDS_REPRESENTED for row in rows)


def _rule_words(book: Rulebook, meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    if meeting.held_on is None:
        return Body(meeting.body).words, ()
    try:
        rule = book.meeting_rule(meeting.rule_kind, meeting.held_on)
    except NotFound:
        return Body(meeting.body).words, ()
    return rule.rows[0].name, rule.legal_refs


def _of(session: Session, record: type[R], *conditions: ColumnElement[bool]) -> list[R]:
    return list(session.scalars(select(record).where(record.retired.is_(False), *conditions)))


def _by(rows: list[R], key: Callable[[R], str]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
