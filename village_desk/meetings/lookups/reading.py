"""All records of some meetings, read in a few queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from village_desk.meetings.records import (
    Attendance,
    CountCheck,
    Meeting,
    MeetingRoll,
    Motion,
    Recusal,
    VoteCount,
)
from village_desk.store.base import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Bundle:
    """The records of one meeting that its verdicts need."""

    meeting: Meeting
    rolls: dict[str, MeetingRoll]
    attendance: Attendance | None
    motions: tuple[Motion, ...]
    counts: dict[str, tuple[VoteCount, ...]]
    recusals: dict[str, tuple[Recusal, ...]]
    checked: frozenset[str]

    @property
    def roll(self) -> MeetingRoll | None:
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
    rolls = by(of(session, MeetingRoll, MeetingRoll.meeting_id.in_(ids)), lambda row: row.meeting_id)
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


def of(session: Session, record: type[R], *conditions: ColumnElement[bool]) -> list[R]:
    """The living records of a class."""
    return list(session.scalars(select(record).where(record.retired.is_(False), *conditions)))


def by(rows: list[R], key: Callable[[R], str]) -> dict[str, list[R]]:
    """Records by the id that they belong to."""
    found: dict[str, list[R]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
