"""All records of some meetings, read in a few queries."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from village_desk.meetings.records import (
    Attendance,
    CountCheck,
    Evening,
    Meeting,
    MeetingRoll,
    MeetingRollPart,
    Motion,
    Recusal,
    VoteCount,
)
from village_desk.meetings.rules import Headcount
from village_desk.rulebook.rules import Body
from village_desk.store.base import Record

R = TypeVar("R", bound=Record)
# So many lines of a roll go into one record.
PART = 300


@dataclass(frozen=True)
class WholeRoll:
    """A frozen roll with all its parts; entries as in records.MeetingRoll."""

    id: str
    meeting_id: str
    no: int
    counted_for: dt.date | None
    entries: tuple[tuple[Any, ...], ...]
    by_household: bool
    households: int
    question: str
    left_out: tuple[tuple[str, str], ...]

    @cached_property
    def names(self) -> dict[int, str]:
        """The sheet: names by serial."""
        return {entry[0]: entry[2] for entry in self.entries}

    @cached_property
    def heads(self) -> Headcount:
        """Everybody on it, and the households of the place."""
        return heads_of(self.entries, self.households)


@dataclass(frozen=True)
class Bundle:
    """The records of one meeting that its verdicts need."""

    meeting: Meeting
    rolls: dict[str, WholeRoll]
    attendance: Attendance | None
    motions: tuple[Motion, ...]
    counts: dict[str, tuple[VoteCount, ...]]
    recusals: dict[str, tuple[Recusal, ...]]
    checked: frozenset[str]

    @property
    def roll(self) -> WholeRoll | None:
        """The roll counted last."""
        return max(self.rolls.values(), key=lambda roll: (roll.no, roll.id), default=None)

    @property
    def here(self) -> Attendance | None:
        """Who is in the room by the roll counted last."""
        roll = self.roll
        return self.attendance if self.attendance and roll and self.attendance.roll_id == roll.id else None

    def standing(self, motion: Motion) -> VoteCount | None:
        """The count that holds; None before the first and after a reversal."""
        counts = self.counts[motion.id]
        reversed_ids = {count.reverses_id for count in counts}
        return next((row for row in reversed(counts) if not row.reverses_id and row.id not in reversed_ids), None)


def bundles(session: Session, meetings: Sequence[Meeting]) -> list[Bundle]:
    """The records of these meetings, in their order."""
    ids = [meeting.id for meeting in meetings]
    rolls: dict[str, list[WholeRoll]] = {}
    for roll in whole_rolls(session, ids):
        rolls.setdefault(roll.meeting_id, []).append(roll)
    attendance = {row.meeting_id: row for row in of(session, Attendance, Attendance.meeting_id.in_(ids))}
    motions = by(of(session, Motion, Motion.meeting_id.in_(ids)), lambda row: row.meeting_id)
    motion_ids = [motion.id for group in motions.values() for motion in group]
    counts = by(of(session, VoteCount, VoteCount.motion_id.in_(motion_ids)), lambda row: row.motion_id)
    recusals = by(of(session, Recusal, Recusal.motion_id.in_(motion_ids)), lambda row: row.motion_id)
    count_ids = [count.id for group in counts.values() for count in group]
    checked = frozenset(check.count_id for check in of(session, CountCheck, CountCheck.count_id.in_(count_ids)))
    return [
        Bundle(
            meeting,
            {roll.id: roll for roll in rolls.get(meeting.id, [])},
            attendance.get(meeting.id),
            tuple(sorted(motions.get(meeting.id, []), key=lambda motion: (motion.no, motion.id))),
            {
                motion.id: tuple(sorted(counts.get(motion.id, []), key=lambda count: (count.no, count.id)))
                for motion in motions.get(meeting.id, [])
            },
            {motion.id: tuple(recusals.get(motion.id, [])) for motion in motions.get(meeting.id, [])},
            checked,
        )
        for meeting in meetings
    ]


def whole_rolls(session: Session, meeting_ids: Iterable[str]) -> list[WholeRoll]:
    """The rolls of these meetings in the order in which they were counted."""
    ids = list(meeting_ids)
    rolls = of(session, MeetingRoll, MeetingRoll.meeting_id.in_(ids))
    long = [roll.id for roll in rolls if len(roll.entries) >= PART or len(roll.left_out or ()) >= PART]
    parts = by(of(session, MeetingRollPart, MeetingRollPart.roll_id.in_(long)), lambda row: row.roll_id) if long else {}
    found = []
    for roll in sorted(rolls, key=lambda roll: (roll.no, roll.id)):
        entries, left_out = list(roll.entries), list(roll.left_out or ())
        for part in sorted(parts.get(roll.id, []), key=lambda part: (part.no, part.id)):
            entries += part.entries
            left_out += part.left_out or ()
        found.append(
            WholeRoll(
                roll.id,
                roll.meeting_id,
                roll.no,
                roll.counted_for,
                tuple(entries),
                roll.by_household,
                roll.households,
                roll.question,
                tuple(left_out),
            )
        )
    return found


def whole_roll(session: Session, roll_id: str) -> WholeRoll | None:
    """One roll; None while it has not arrived."""
    row = session.get(MeetingRoll, roll_id) if roll_id else None
    if row is None:
        return None
    return next((roll for roll in whole_rolls(session, [row.meeting_id]) if roll.id == roll_id), None)


def heads_of(entries: Sequence[tuple[Any, ...]], households: int) -> Headcount:
    """Heads of entries (serial, person id, name, right, votes, woman, group, representative)."""
    voters = representatives = women = 0
    for _, _, _, _, votes, woman, _, representative in entries:
        voters += bool(votes)
        if representative:
            representatives += 1
            women += bool(woman)
    return Headcount(voters, len(entries), households, representatives, women)


def evening_lines(session: Session, evening: Evening) -> tuple[tuple[int, str, str, str, str], ...]:
    """The sheet of an evening as (serial, person id, name, rights, group): each person once, with every right."""
    rights: dict[str, list[str]] = {}
    lines: dict[str, tuple[str, str]] = {}
    for roll_id in evening.roll_ids:
        roll = whole_roll(session, roll_id)
        meeting = session.get(Meeting, roll.meeting_id) if roll is not None else None
        if roll is None or meeting is None:
            continue
        words = Body(meeting.body).words
        for entry in roll.entries:
            lines.setdefault(entry[1], (entry[2], entry[6]))
            right = words if entry[4] else f"{words}（没有表决权）"
            if right not in rights.setdefault(entry[1], []):
                rights[entry[1]].append(right)
    return tuple(
        (serial, person, name, "、".join(rights[person]), group)
        for serial, (person, (name, group)) in enumerate(lines.items(), start=1)
    )


def evening_absences(session: Session, evening: Evening) -> dict[str, str]:
    """Why people of an evening's sheet did not come, by person, as the meetings have it."""
    found: dict[str, str] = {}
    for roll_id in evening.roll_ids:
        roll = whole_roll(session, roll_id)
        for attendance in of(session, Attendance, Attendance.roll_id == roll_id) if roll is not None else ():
            person = {entry[0]: entry[1] for entry in roll.entries} if roll is not None else {}
            found |= {person[serial]: words for serial, words in attendance.absences}
    return found


def of(session: Session, record: type[R], *conditions: ColumnElement[bool]) -> list[R]:
    """The living records of a class."""
    return list(session.scalars(select(record).where(record.retired.is_(False), *conditions)))


def by(rows: list[R], key: Callable[[R], str]) -> dict[str, list[R]]:
    """Records by the id that they belong to."""
    found: dict[str, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
