"""Kinds of bodies and posts, and the ways in which a party organisation is set up."""

from dataclasses import dataclass
from enum import StrEnum


class Body(StrEnum):
    """Kinds of organisations that a village has, in the order of the wall chart."""

    PARTY_BRANCH = "party_branch"
    PARTY_GROUP = "party_group"
    VILLAGERS_COMMITTEE = "villagers_committee"
    SUPERVISION_COMMITTEE = "supervision_committee"
    REPRESENTATIVES_MEETING = "representatives_meeting"
    VILLAGERS_COUNCIL = "villagers_council"
    VILLAGERS_GROUP = "villagers_group"
    COLLECTIVE = "collective"
    COLLECTIVE_REPRESENTATIVES = "collective_representatives"
    COLLECTIVE_WATCH = "collective_watch"
    VILLAGE_OFFICE = "village_office"
    MASS_ORGANISATION = "mass_organisation"
    ASSOCIATION = "association"
    COOPERATIVE = "cooperative"
    ENTERPRISE = "enterprise"
    TEAM = "team"
    OUTSIDE_UNIT = "outside_unit"


BODY_WORDS: dict[Body, str] = {
    Body.PARTY_BRANCH: "村党支部",
    Body.PARTY_GROUP: "党小组",
    Body.VILLAGERS_COMMITTEE: "村民委员会",
    Body.SUPERVISION_COMMITTEE: "村务监督委员会",
    Body.REPRESENTATIVES_MEETING: "村民代表会议",
    Body.VILLAGERS_COUNCIL: "村民议事会",
    Body.VILLAGERS_GROUP: "村民小组",
    Body.COLLECTIVE: "村集体经济组织",
    Body.COLLECTIVE_REPRESENTATIVES: "村集体经济组织成员代表大会",
    Body.COLLECTIVE_WATCH: "村集体经济组织监事会",
    Body.VILLAGE_OFFICE: "村务办公岗位",
    Body.MASS_ORGANISATION: "群团组织",
    Body.ASSOCIATION: "协会",
    Body.COOPERATIVE: "合作社",
    Body.ENTERPRISE: "企业",
    Body.TEAM: "服务队",
    Body.OUTSIDE_UNIT: "村外单位",
}
STANDARD_BODIES = (
    Body.PARTY_BRANCH,
    Body.VILLAGERS_COMMITTEE,
    Body.SUPERVISION_COMMITTEE,
    Body.REPRESENTATIVES_MEETING,
    Body.COLLECTIVE,
    Body.VILLAGE_OFFICE,
)
PARTY_BODIES = (Body.PARTY_BRANCH, Body.PARTY_GROUP)
TERM_YEARS = 5


class Founding(StrEnum):
    """组建方式: how a party organisation was set up; only a joint one has several parents."""

    UNKNOWN = ""
    ALONE = "alone"
    JOINT = "joint"
    ATTACHED = "attached"
    AFFILIATED = "affiliated"
    BY_AREA = "by_area"
    BY_TRADE = "by_trade"

    @property
    def words(self) -> str:
        """The way as forms name it."""
        return {
            "": "未登记",
            "alone": "单独建（单独组建）",
            "joint": "联建",
            "attached": "依托建",
            "affiliated": "挂靠建",
            "by_area": "区域联建",
            "by_trade": "行业统建",
        }[self]

    @property
    def most_parents(self) -> int:
        """How many organisations it may stand under; 0 is no limit."""
        return 0 if self is Founding.JOINT else 1


class Role(StrEnum):
    """Posts, as stored."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    BRANCH_MEMBER = "branch_member"
    PARTY_GROUP_HEAD = "party_group_head"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    COMMITTEE_MEMBER = "committee_member"
    SUPERVISION_HEAD = "supervision_head"
    SUPERVISION_MEMBER = "supervision_member"
    REPRESENTATIVE = "representative"
    COUNCIL_HEAD = "council_head"
    COUNCIL_MEMBER = "council_member"
    GROUP_LEADER = "group_leader"
    COLLECTIVE_HEAD = "collective_head"
    COLLECTIVE_DEPUTY = "collective_deputy"
    COLLECTIVE_MEMBER = "collective_member"
    COLLECTIVE_REPRESENTATIVE = "collective_representative"
    WATCH_HEAD = "watch_head"
    WATCH_MEMBER = "watch_member"
    CLERK = "clerk"
    BOOKKEEPER = "bookkeeper"
    ACCOUNTANT = "accountant"
    DUTY_POST = "duty_post"
    ORGANISATION_HEAD = "organisation_head"
    ORGANISATION_MEMBER = "organisation_member"
    TEAM_HEAD = "team_head"
    TEAM_MEMBER = "team_member"


@dataclass(frozen=True)
class RoleRule:
    """What a post is: its word, its body, whether one person at a time holds it, whether it answers for the body.

    `more` are further kinds of bodies that have the same post.
    """

    words: str
    body: Body
    single: bool = False
    first_responsible: bool = False
    more: tuple[Body, ...] = ()

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Every kind of body that has the post."""
        return (self.body, *self.more)


_SOCIAL = (Body.ASSOCIATION, Body.COOPERATIVE, Body.ENTERPRISE, Body.OUTSIDE_UNIT)


def _head(words: str, body: Body, more: tuple[Body, ...] = ()) -> RoleRule:
    return RoleRule(words, body, single=True, first_responsible=True, more=more)


ROLES: dict[Role, RoleRule] = {
    Role.SECRETARY: _head("村党支部书记", Body.PARTY_BRANCH),
    Role.DEPUTY_SECRETARY: RoleRule("村党支部副书记", Body.PARTY_BRANCH),
    Role.BRANCH_MEMBER: RoleRule("村党支部委员", Body.PARTY_BRANCH),
    Role.PARTY_GROUP_HEAD: _head("党小组组长", Body.PARTY_GROUP),
    Role.CHAIR: _head("村民委员会主任", Body.VILLAGERS_COMMITTEE),
    Role.DEPUTY_CHAIR: RoleRule("村民委员会副主任", Body.VILLAGERS_COMMITTEE),
    Role.COMMITTEE_MEMBER: RoleRule("村民委员会委员", Body.VILLAGERS_COMMITTEE),
    Role.SUPERVISION_HEAD: _head("村务监督委员会主任", Body.SUPERVISION_COMMITTEE),
    Role.SUPERVISION_MEMBER: RoleRule("村务监督委员会委员", Body.SUPERVISION_COMMITTEE),
    Role.REPRESENTATIVE: RoleRule("村民代表", Body.REPRESENTATIVES_MEETING),
    Role.COUNCIL_HEAD: _head("村民议事会召集人", Body.VILLAGERS_COUNCIL),
    Role.COUNCIL_MEMBER: RoleRule("村民议事会成员", Body.VILLAGERS_COUNCIL),
    Role.GROUP_LEADER: _head("村民小组组长", Body.VILLAGERS_GROUP),
    Role.COLLECTIVE_HEAD: _head("村集体经济组织理事长", Body.COLLECTIVE),
    Role.COLLECTIVE_DEPUTY: RoleRule("村集体经济组织副理事长", Body.COLLECTIVE),
    Role.COLLECTIVE_MEMBER: RoleRule("村集体经济组织理事", Body.COLLECTIVE),
    Role.COLLECTIVE_REPRESENTATIVE: RoleRule("集体经济组织成员代表", Body.COLLECTIVE_REPRESENTATIVES),
    Role.WATCH_HEAD: _head("村集体经济组织监事长", Body.COLLECTIVE_WATCH),
    Role.WATCH_MEMBER: RoleRule("村集体经济组织监事", Body.COLLECTIVE_WATCH),
    Role.CLERK: RoleRule("村文书", Body.VILLAGE_OFFICE),
    Role.BOOKKEEPER: RoleRule("村报账员", Body.VILLAGE_OFFICE),
    Role.ACCOUNTANT: RoleRule("集体经济组织会计", Body.VILLAGE_OFFICE),
    Role.DUTY_POST: RoleRule("其他岗位", Body.VILLAGE_OFFICE),
    Role.ORGANISATION_HEAD: _head("负责人", Body.MASS_ORGANISATION, _SOCIAL),
    Role.ORGANISATION_MEMBER: RoleRule("成员", Body.MASS_ORGANISATION, more=_SOCIAL),
    Role.TEAM_HEAD: _head("队长", Body.TEAM),
    Role.TEAM_MEMBER: RoleRule("队员", Body.TEAM),
}


def roles_of(body: Body) -> tuple[Role, ...]:
    """The posts that a kind of body has."""
    return tuple(role for role, rule in ROLES.items() if body in rule.bodies)
