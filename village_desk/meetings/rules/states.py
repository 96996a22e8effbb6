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
    STATIONED = "stationed"
    ADVISER = "adviser"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as minutes name it."""
        return {
            "supervision": "村务监督委员会成员",
            "township": "乡镇参会人员",
            "stationed": "驻村工作队或驻村单位",
            "adviser": "村法律顾问",
            "other": "其他列席人员",
        }[self]


class MotionKind(StrEnum):
    """What the meeting does with a point of its agenda."""

    VOTE = "vote"
    REPORT = "report"

    @property
    def words(self) -> str:
        """The kind as the agenda names it."""
        return "表决" if self is MotionKind.VOTE else "听取、学习，不表决"


class Occasion(StrEnum):
    """Meetings at which nothing has to be put to the vote."""

    LECTURE = "party_lecture"
    THEME_DAY = "theme_day"
    PARTY_LIFE = "party_life"
    PARTY_GROUP = "party_group"
    STUDY = "study"
    POLICY_TALK = "policy_talk"
    OPINIONS = "opinions"
    TOPIC_COUNCIL = "topic_council"
    JOINT_PARTY = "joint_party"
    CONSULTATION = "consultation"

    @property
    def words(self) -> str:
        """The name that the minutes carry."""
        return {
            "party_lecture": "党课",
            "theme_day": "主题党日",
            "party_life": "组织生活会",
            "party_group": "党小组会",
            "study": "党员学习会",
            "policy_talk": "政策宣讲会",
            "opinions": "民情沟通会",
            "topic_council": "专题议事会",
            "joint_party": "党建联席会",
            "consultation": "协商议事会",
        }[self]

    @property
    def open_to_all(self) -> bool:
        """Whether anybody may come, so that there is no roll and the sheet has empty lines."""
        return self in {
            Occasion.POLICY_TALK,
            Occasion.OPINIONS,
            Occasion.TOPIC_COUNCIL,
            Occasion.JOINT_PARTY,
            Occasion.CONSULTATION,
        }


NOTICE_WAYS = ("书面", "电话", "微信", "广播", "当面", "张贴")
USUAL_REASONS = ("外出务工", "生病", "有事请假", "在外就医", "照看家人", "未说明原因")

COLLECTIVE_QUESTION = (
    "集体经济组织成员名册还没有登记，应到人数先按年满十八周岁的村民计算，两者不是一回事，请对照成员名册核对。"
)
_COLLECTIVE = {"collective_members", "land_by_members", "income_rights", "stand_in_villagers", "land_by_villagers"}
_BY_HOUSEHOLD = {"villagers_by_household", "levy_by_household", "group_by_household"}
# Those who come stand for households, and so many of these must be represented.
STANDS_FOR_HOUSEHOLDS = frozenset({"levy_by_representatives"})
# Who registered to take part, and not everybody of eighteen (村民委员会组织法 16, 18, 19).
_OF_VOTERS = {"committee_election", "committee_runoff", "recall"}
_ASSEMBLIES = {
    Body.PARTY_COMMITTEE: Assembly.BRANCH_COMMITTEE,
    Body.TWO_COMMITTEES: Assembly.TWO_COMMITTEES,
    Body.PARTY_MEMBERS: Assembly.PARTY_MEMBERS,
    Body.VILLAGE_COMMITTEE: Assembly.VILLAGERS_COMMITTEE,
    Body.SUPERVISION_COMMITTEE: Assembly.SUPERVISION_COMMITTEE,
    Body.VILLAGERS: Assembly.VILLAGERS_MEETING,
    Body.REPRESENTATIVES: Assembly.REPRESENTATIVES_MEETING,
    Body.GROUP: Assembly.VILLAGERS_MEETING,
    Body.COLLECTIVE_MEMBERS: Assembly.COLLECTIVE_MEMBERS,
    Body.COLLECTIVE_REPRESENTATIVES: Assembly.COLLECTIVE_REPRESENTATIVES,
    Body.COLLECTIVE_COUNCIL: Assembly.COLLECTIVE_COUNCIL,
    Body.VILLAGE_COUNCIL: Assembly.VILLAGERS_COUNCIL,
}


def assembly_for(body: Body, rule_kind: str) -> Assembly:
    """The roll that a meeting of this body is counted from."""
    if rule_kind in _BY_HOUSEHOLD:
        return Assembly.HOUSEHOLDS
    if rule_kind in _COLLECTIVE:
        return Assembly.COLLECTIVE_MEMBERS
    if rule_kind in _OF_VOTERS:
        return Assembly.VOTERS
    return _ASSEMBLIES[body]


def same_roll(body: Body, rule_kind: str, other: Body, other_kind: str) -> bool:
    """Whether two matters are counted from one list, so that one meeting can decide both."""
    return assembly_for(body, rule_kind) is assembly_for(other, other_kind) and (
        (rule_kind in STANDS_FOR_HOUSEHOLDS) == (other_kind in STANDS_FOR_HOUSEHOLDS)
    )
