"""The frozen rows that pages, paper and other rooms get of meetings."""

import datetime as dt
from dataclasses import dataclass

from village_desk.meetings.rules import Count, MeetingState, MotionKind, ObserverKind, Occasion, Verdict
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
    proxy: str = ""
    online: bool = False


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
class DoorRow:
    """One entry of the door: who came and who left; `first` for the sign-in itself."""

    held_on: dt.date | None
    at: str
    arrived: tuple[str, ...]
    left: tuple[str, ...]
    first: bool


@dataclass(frozen=True)
class SittingRow:
    """One sitting of a meeting that was held in parts."""

    no: int
    name: str
    held_on: dt.date | None
    place: str
    serials: str
    people: int


@dataclass(frozen=True)
class EveningRow:
    """The sign-in sheet that several meetings share; lines are (serial, name, rights, group, present)."""

    id: str
    code: str
    title: str
    held_on: dt.date | None
    lines: tuple["EveningLine", ...]
    meetings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EveningLine:
    """One person on the sheet of an evening; `basis` names the meetings to which he belongs."""

    id: str
    serial: int
    name: str
    basis: str
    group: str
    votes: bool
    present: bool
    absence: str = ""
    proxy: str = ""
    online: bool = False


@dataclass(frozen=True)
class MoveRow:
    """A meeting was put off from one day to another."""

    before: dt.date
    after: dt.date
    reason: str


@dataclass(frozen=True)
class CorrectionRow:
    """One numbered correction of the minutes."""

    no: int
    item: str
    was: str
    becomes: str
    reason: str
    by: str
    on: dt.date | None


@dataclass(frozen=True)
class RecusalRow:
    """One who stays out of the vote on a motion."""

    name: str
    reason: str
    serial: int = 0


@dataclass(frozen=True)
class PartRow:
    """What one sitting voted."""

    name: str
    yes: int
    no: int
    abstain: int


@dataclass(frozen=True)
class CountRow:
    """One count as taken; `reversed_because` is set on one that was taken back.

    `by_name` are (choice, names) of an open ballot, `written` the yes, no and abstentions that came in writing.
    """

    id: str
    no: int
    count: Count
    text_version: int
    present: int
    tellers: str
    monitors: str
    checked: bool
    reversed_because: str
    by_name: tuple[tuple[str, tuple[str, ...]], ...] = ()
    written: tuple[int, int, int] = (0, 0, 0)
    written_names: tuple[str, ...] = ()
    parts: tuple[PartRow, ...] = ()
    recused: tuple[str, ...] = ()
    proxied: int = 0
    online: int = 0
    joint: bool = False
    counted_by: str = ""


@dataclass(frozen=True)
class MotionRow:
    """One motion with its standing count and the verdict on it; `counts` holds reversed ones too.

    `final` once a count carried the text. `concerned` are (person id, name, role); `to_ask` those on the roll whom the
    household table ties to them. `rule_name`, `legal_refs` and `written_allowed` are of the rows by which it counts;
    `source_room` and `source_id` name the matter of another room that it comes from.
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
    kind: MotionKind = MotionKind.VOTE
    concerned: tuple[tuple[str, str, str], ...] = ()
    recusals: tuple[RecusalRow, ...] = ()
    to_ask: tuple[RecusalRow, ...] = ()
    rule_name: str = ""
    legal_refs: tuple[str, ...] = ()
    written_allowed: bool = False
    source_room: str = ""
    source_id: str = ""


@dataclass(frozen=True)
class MeetingRow:
    """One line of the list of meetings, with the verdict on its last motion or on its quorum.

    `code` are the digits on its own sheets, `evening_code` those on the sign-in sheet that it shares with others.
    """

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
    occasion: Occasion | None = None
    code: str = ""
    evening_id: str = ""
    evening_code: str = ""

    def has_code(self, digits: str) -> bool:
        """Whether a sheet of this meeting bears a code that begins so."""
        return any(code.startswith(digits) for code in (self.code, self.evening_code) if code)

    def named_in(self, words: str) -> bool:
        """Whether the whole code of one of its sheets stands in some words, such as the name of a scan."""
        return any(code in words for code in (self.code, self.evening_code) if code)


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
    agenda_posted_on: dt.date | None = None
    notice_way: str = ""
    moves: tuple[MoveRow, ...] = ()
    door: tuple[DoorRow, ...] = ()
    sittings: tuple[SittingRow, ...] = ()
    evening: EveningRow | None = None
    corrections: tuple[CorrectionRow, ...] = ()
    same_day: tuple[tuple[str, str], ...] = ()

    @property
    def came(self) -> tuple[RollRow, ...]:
        """Those of the roll who are in the room."""
        return tuple(row for row in self.roll if row.present)

    @property
    def away(self) -> tuple[RollRow, ...]:
        """Those of the roll who are not."""
        return tuple(row for row in self.roll if not row.present)

    @property
    def late(self) -> tuple[DoorRow, ...]:
        """Who came late and who left early, after the sign-in itself."""
        return tuple(row for row in self.door if not row.first)

    def motion(self, motion_id: str) -> MotionRow | None:
        """The motion of this id; None when it is not of this meeting."""
        return next((motion for motion in self.motions if motion.id == motion_id), None)
