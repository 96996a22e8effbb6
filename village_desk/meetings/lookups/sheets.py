"""What a clerk has on the table: the sheet on which people signed, and the tally sheet of one motion."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.meetings.lookups.facts import MOTION_NOT_FOUND, vote_at_hand, whole
from village_desk.meetings.lookups.meetings import one_meeting
from village_desk.meetings.lookups.reading import bundles
from village_desk.meetings.lookups.rows import CountRow, EveningLine, RollRow
from village_desk.meetings.records import Meeting, Motion
from village_desk.meetings.rules import (
    Check,
    Headcount,
    MeetingFacts,
    Verdict,
    counted_in,
    quorum_words,
    while_counting,
    who,
)
from village_desk.meetings.rules.counting import Typed, TypedDetails
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import EffectiveRule, Proxy


@dataclass(frozen=True)
class SignSheet:
    """One sheet with its lines; `proxies` and `online` where the rows of the day let people take part so."""

    meeting_id: str
    head: str
    lines: tuple[RollRow, ...] | tuple[EveningLine, ...]
    households: int = 0
    households_came: int = 0
    proxies: bool = False
    online: bool = False
    shared: bool = False
    rule: EffectiveRule | None = None
    roll: Headcount | None = None

    def read(self, typed: str) -> tuple[int, ...]:
        """The serials in a typed line of numbers and names. Raises NotAllowed for somebody who is not on the sheet."""
        return who(typed, {line.serial: line.name for line in self.lines})

    def tell(self, voters: int) -> tuple[str, str]:
        """The sentence on so many people in the room, with its tone."""
        if self.shared or self.roll is None:
            total = len(self.lines)
            return f"名单共{total}人，到了{voters}人；各个会议的应到、实到分开算。", "plain"
        return quorum_words(self.rule, self.roll, voters)


def sign_sheet(session: Session, meeting_id: str) -> SignSheet:
    """The sheet of a meeting. Raises NotFound."""
    detail = one_meeting(session, meeting_id)
    if detail.evening is not None:
        titles = "、".join(title for _, title in detail.evening.meetings)
        return SignSheet(meeting_id, f"合并签到——{titles}", detail.evening.lines, shared=True)
    meeting = session.get(Meeting, meeting_id)
    assert meeting is not None
    rule = rulebook(session).meeting_rule_if_any(detail.rule_kind, detail.row.held_on)
    return SignSheet(
        meeting_id,
        f"签到——{detail.row.title}",
        detail.roll,
        detail.roll_households if detail.needs_households else 0,
        detail.households_came,
        rule is not None and rule.proxy_allowed is not Proxy.NONE,
        rule is not None and rule.online_allowed,
        rule=rule,
        roll=whole(bundles(session, [meeting])[0].roll),
    )


@dataclass(frozen=True)
class CountSheet:
    """One motion while it is counted: how many may vote at most and in what, and what of a count is asked here.

    `standing` is the count that is put right, None for the first.
    """

    motion_id: str
    title: str
    present: int
    unit: str
    standing: CountRow | None
    sittings: tuple[tuple[int, str], ...]
    written: bool
    joint: bool
    names: Mapping[int, str]
    rule: EffectiveRule | None
    facts: MeetingFacts

    def read(self, typed: str) -> tuple[int, ...]:
        """The serials in a typed line of the sign-in sheet. Raises NotAllowed for somebody who is not on it."""
        return who(typed, self.names)

    def judge(self, typed: Typed, details: TypedDetails) -> tuple[Verdict | Check, ...]:
        """What the rules make of a count that is being typed."""
        return while_counting(self.rule, self.facts, typed, details)


def count_sheet(session: Session, motion_id: str) -> CountSheet:
    """The sheet of a motion. Raises NotFound."""
    rule, facts = vote_at_hand(session, motion_id)
    found = session.get(Motion, motion_id)
    assert found is not None
    detail = one_meeting(session, found.meeting_id)
    motion = detail.motion(motion_id)
    if motion is None:
        raise NotFound(*MOTION_NOT_FOUND)
    present, unit = counted_in(rule, facts)
    return CountSheet(
        motion_id,
        motion.title,
        present,
        unit,
        motion.standing,
        tuple((one.no, f"{one.name}（到会{one.people}人）") for one in detail.sittings),
        motion.written_allowed,
        detail.evening is not None and len(detail.evening.meetings) > 1,
        {row.serial: row.name for row in detail.roll},
        rule,
        facts,
    )
