"""The states of meetings and motions, kinds of observers, and which roll a kind of meeting is counted from."""

from enum import StrEnum

from village_desk.people.rules.electorates import Assembly
from village_desk.rulebook.rules import Body


class MeetingState(StrEnum):
    """Where a meeting stands in the record."""

    CALLED = "called"
    ENDED = "ended"
    CANCELLED = "cancelled"


class MotionState(StrEnum):
    """What the record keeps of a motion's text; whether it passed is read from its standing count."""

    OPEN = "open"
    SETTLED = "settled"


class ObserverKind(StrEnum):
    """Who sits in without a vote (列席)."""

    SUPERVISION = "supervision"
    TOWNSHIP = "township"
    ADVISER = "adviser"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as minutes name it."""
        return {
            "supervision": "村务监督委员会成员",
            "township": "乡镇参会人员",
            "adviser": "村法律顾问",
            "other": "其他列席人员",
        }[self]


COLLECTIVE_QUESTION = (
    "集体经济组织成员名册还没有登记，应到人数先按年满十八周岁的村民计算，两者不是一回事，请对照成员名册核对。"
)
_COLLECTIVE = {"collective_members", "land_by_members", "income_rights", "stand_in_villagers", "land_by_villagers"}
_BY_HOUSEHOLD = {"villagers_by_household", "levy_by_household", "group_by_household"}
_ASSEMBLIES = {
    Body.PARTY_COMMITTEE: Assembly.BRANCH_COMMITTEE,
    Body.TWO_COMMITTEES: Assembly.TWO_COMMITTEES,
    Body.PARTY_MEMBERS: Assembly.PARTY_MEMBERS,
    Body.VILLAGE_COMMITTEE: Assembly.VILLAGERS_COMMITTEE,
    Body.SUPERVISION_COMMITTEE: Assembly.SUPERVISION_COMMITTEE,
    Body.VILLAGERS: Assembly.VILLAGERS_MEETING,
    Body.REPRESENTATIVES: Assembly.REPRESENTATIVES_MEETING,
    Body.GROUP: Assembly.VILLAGERS_MEETING,
    Body.COLLECTIVE_MEMBERS: Assembly.VILLAGERS_MEETING,
}


def assembly_for(body: Body, rule_kind: str) -> Assembly | None:
    """The roll that a meeting of this body is counted from; None where the register has none."""
    if rule_kind in _BY_HOUSEHOLD:
        return Assembly.HOUSEHOLDS
    return _ASSEMBLIES.get(body)


def roll_question(body: Body, rule_kind: str) -> str:
    """What a person must look at where the register cannot give the electorate; empty where it can."""
    if rule_kind in _COLLECTIVE:
        return COLLECTIVE_QUESTION
    if body in {Body.COLLECTIVE_REPRESENTATIVES, Body.COLLECTIVE_COUNCIL}:
        return "成员代表、理事的名册还没有登记，应到人数算不出来，请先在“组织”里登记任职。"
    return ""
