"""The frozen rows that pages, paper and other rooms get of meetings."""

import datetime as dt
from dataclasses import dataclass

from village_desk.meetings.rules import Count, MeetingState, ObserverKind, Verdict
from village_desk.rulebook.rules import Body


@dataclass(frozen=True)
class RollRow:
    """One line of the sign-in sheet; `id` is the person's."""

    id: str
    serial: int
    name: str
    basis: str
    votes: bool
    woman: bool
    group: str
    representative: bool
    present: bool
    absence: str


@dataclass(frozen=True)
class LeftOutRow:
    """One who is not on the roll, and why; only the village's own laptops know."""

    name: str
    reason: str


@dataclass(frozen=True)
class ObserverRow:
    """One who sat in without a vote."""

    kind: ObserverKind
    name: str
    post: str


@dataclass(frozen=True)
class CountRow:
    """One count as taken; `reversed_because` is set on one that was taken back."""

    id: str
    no: int
    count: Count
    text_version: int
    present: int
    tellers: str
    monitors: str
    checked: bool
    reversed_because: str


@dataclass(frozen=True)
class MotionRow:
    """One motion with its standing count and the verdict on it; `counts` holds reversed ones too.

    `final` once a count carried the text.
    """

    id: str
    seen: str
    no: int
    title: str
    text: str
    version: int
    final: bool
    standing: CountRow | None
    counts: tuple[CountRow, ...]
    verdict: Verdict


@dataclass(frozen=True)
class MeetingRow:
    """One line of the list of meetings; `words` is the verdict on its last motion or on its quorum."""

    id: str
    title: str
    body: Body
    body_words: str
    held_on: dt.date | None
    place: str
    state: MeetingState
    eligible: int
    present: int
    motions: int
    verdict: Verdict
    source_room: str
    source_id: str


@dataclass(frozen=True)
class MeetingDetail:
    """A whole meeting for its page and its sheets."""

    row: MeetingRow
    seen: str
    rule_kind: str
    rule_name: str
    legal_refs: tuple[str, ...]
    needs_households: bool
    called_on: dt.date | None
    chair: str
    recorder: str
    special_reason: str
    group_name: str
    observers: tuple[ObserverRow, ...]
    remarks: tuple[tuple[str, str], ...]
    roll_counted_for: dt.date | None
    roll: tuple[RollRow, ...]
    roll_households: int
    left_out: tuple[LeftOutRow, ...]
    households_came: int
    motions: tuple[MotionRow, ...]
    verdict: Verdict

    def motion(self, motion_id: str) -> MotionRow | None:
        """The motion of this id; None when it is not of this meeting."""
        return next((motion for motion in self.motions if motion.id == motion_id), None)
