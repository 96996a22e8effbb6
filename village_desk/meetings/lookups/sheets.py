"""The sheet on which a clerk books who came: a meeting's own, or the one that the meetings of an evening share."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from village_desk.meetings.lookups.facts import whole
from village_desk.meetings.lookups.meetings import one_meeting
from village_desk.meetings.lookups.reading import bundles
from village_desk.meetings.lookups.rows import EveningLine, RollRow
from village_desk.meetings.records import Meeting
from village_desk.meetings.rules import Headcount, quorum_words, who
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
