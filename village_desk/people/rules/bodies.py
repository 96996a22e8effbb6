"""The bodies of a village, the posts in them, and who may not hold what together."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.people.rules.dates import birthday_18
from village_desk.people.rules.words import PersonState, Sex


class Body(StrEnum):
    """Kinds of organisations that a village has."""

    PARTY_BRANCH = "party_branch"
    VILLAGERS_COMMITTEE = "villagers_committee"
    SUPERVISION_COMMITTEE = "supervision_committee"
    REPRESENTATIVES_MEETING = "representatives_meeting"
    VILLAGERS_GROUP = "villagers_group"
    COLLECTIVE = "collective"
    VILLAGE_OFFICE = "village_office"


BODY_WORDS: dict[Body, str] = {
    Body.PARTY_BRANCH: "村党支部",
    Body.VILLAGERS_COMMITTEE: "村民委员会",
    Body.SUPERVISION_COMMITTEE: "村务监督委员会",
    Body.REPRESENTATIVES_MEETING: "村民代表会议",
    Body.VILLAGERS_GROUP: "村民小组",
    Body.COLLECTIVE: "村集体经济组织",
    Body.VILLAGE_OFFICE: "村务办公岗位",
}


class Role(StrEnum):
    """Posts, as stored."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    BRANCH_MEMBER = "branch_member"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    COMMITTEE_MEMBER = "committee_member"
    SUPERVISION_HEAD = "supervision_head"
    SUPERVISION_MEMBER = "supervision_member"
    REPRESENTATIVE = "representative"
    GROUP_LEADER = "group_leader"
    COLLECTIVE_HEAD = "collective_head"
    COLLECTIVE_MEMBER = "collective_member"
    CLERK = "clerk"
    BOOKKEEPER = "bookkeeper"


@dataclass(frozen=True)
class RoleRule:
    """What a post is: its word, its body, whether one person at a time holds it, whether it answers for the body."""

    words: str
    body: Body
    single: bool = False
    first_responsible: bool = False


ROLES: dict[Role, RoleRule] = {
    Role.SECRETARY: RoleRule("村党支部书记", Body.PARTY_BRANCH, single=True, first_responsible=True),
    Role.DEPUTY_SECRETARY: RoleRule("村党支部副书记", Body.PARTY_BRANCH),
    Role.BRANCH_MEMBER: RoleRule("村党支部委员", Body.PARTY_BRANCH),
    Role.CHAIR: RoleRule("村民委员会主任", Body.VILLAGERS_COMMITTEE, single=True, first_responsible=True),
    Role.DEPUTY_CHAIR: RoleRule("村民委员会副主任", Body.VILLAGERS_COMMITTEE),
    Role.COMMITTEE_MEMBER: RoleRule("村民委员会委员", Body.VILLAGERS_COMMITTEE),
    Role.SUPERVISION_HEAD: RoleRule(
        "村务监督委员会主任", Body.SUPERVISION_COMMITTEE, single=True, first_responsible=True
    ),
    Role.SUPERVISION_MEMBER: RoleRule("村务监督委员会委员", Body.SUPERVISION_COMMITTEE),
    Role.REPRESENTATIVE: RoleRule("村民代表", Body.REPRESENTATIVES_MEETING),
    Role.GROUP_LEADER: RoleRule("村民小组组长", Body.VILLAGERS_GROUP, single=True, first_responsible=True),
    Role.COLLECTIVE_HEAD: RoleRule("村集体经济组织理事长", Body.COLLECTIVE, single=True, first_responsible=True),
    Role.COLLECTIVE_MEMBER: RoleRule("村集体经济组织理事", Body.COLLECTIVE),
    Role.CLERK: RoleRule("村文书", Body.VILLAGE_OFFICE),
    Role.BOOKKEEPER: RoleRule("村报账员", Body.VILLAGE_OFFICE),
}

ARTICLE_COMMITTEE = "《村民委员会组织法》第八条"
ARTICLE_SUPERVISION = "《村民委员会组织法》第三十七条"
ARTICLE_REPRESENTATIVES = "《村民委员会组织法》第二十九条"
ARTICLE_ADULT = "《村民委员会组织法》第十六条"
MOST_COMMITTEE_MEMBERS = 7
FEWEST_COMMITTEE_MEMBERS = 3
TERM_YEARS = 5


@dataclass(frozen=True)
class Candidate:
    """What an appointment must know about a person."""

    person_id: str
    name: str
    sex: Sex
    birth: str
    state: PersonState
    full_party_member: bool


@dataclass(frozen=True)
class HeldPost:
    """A post as held: `ended_on` is the first day on which it is no longer held."""

    person_id: str
    name: str
    body: Body
    role: Role
    organisation_id: str
    from_on: dt.date
    ended_on: dt.date | None = None
    same_household: bool = False

    def held_on(self, day: dt.date) -> bool:
        """True when the post is held on that day; the day of the ending belongs to the successor."""
        return self.from_on <= day and (self.ended_on is None or day < self.ended_on)


def check_appointment(
    candidate: Candidate,
    role: Role,
    organisation_id: str,
    current: tuple[HeldPost, ...],
    *,
    on: dt.date,
    despite: str = "",
) -> None:
    """Refuse an appointment that the law or the order of the body forbids.

    `current` are the posts held on that day, by the candidate, the household and the rest of the body. `despite` is the
    clerk's reason where the desk can only suspect (near relatives in one household) or the rule is provincial.
    Raises NotAllowed with the article.
    """
    rule = ROLES[role]
    own = [post for post in current if post.person_id == candidate.person_id]
    _check_person(candidate, role, on)
    if any(post.role is role and post.organisation_id == organisation_id for post in own):
        raise NotAllowed(f"{candidate.name}已经是{rule.words}。", "不用再登记一次。")
    holder = next((post for post in current if post.role is role and post.organisation_id == organisation_id), None)
    if rule.single and holder is not None:
        raise NotAllowed(
            f"{rule.words}现在是{holder.name}，一个组织只能有一位第一责任人。",
            f"请先登记{holder.name}离任的日期和原因，再任命{candidate.name}。",
        )
    if rule.body is Body.VILLAGERS_COMMITTEE:
        _check_committee(candidate, organisation_id, current, own, despite)
    if rule.body is Body.SUPERVISION_COMMITTEE:
        _check_supervision(candidate, current, own, despite)
    if role in (Role.CLERK, Role.BOOKKEEPER):
        _check_office(candidate, role, own, despite)


def committee_findings(members: tuple[HeldPost, ...], women: int) -> tuple[str, ...]:
    """What a villagers' committee lacks by article 8: three to seven members, one of them a woman."""
    found = []
    if members and len(members) < FEWEST_COMMITTEE_MEMBERS:
        found.append(f"村民委员会现有{len(members)}人，应为三至七人（{ARTICLE_COMMITTEE}）。")
    if members and not women:
        found.append(f"村民委员会成员中应当有妇女（{ARTICLE_COMMITTEE}）。")
    return tuple(found)


def representatives_findings(representatives: int, whole: int, women: int, households: int) -> tuple[str, ...]:
    """What the representatives' meeting lacks by article 29.

    `whole` are committee members and representatives together, `women` the women among the representatives.
    """
    if not representatives:
        return ()
    found = []
    if representatives * 5 < whole * 4:
        found.append(
            f"村民代表会议组成人员{whole}人，其中村民代表{representatives}人，不足五分之四（{ARTICLE_REPRESENTATIVES}）。"
        )
    if women * 3 < whole:
        need = -(-whole // 3)
        found.append(
            f"村民代表会议组成人员{whole}人，妇女村民代表应有{need}人以上，现有{women}人（{ARTICLE_REPRESENTATIVES}）。"
        )
    if households and not 5 * representatives <= households <= 15 * representatives:
        found.append(
            f"全村{households}户推选了{representatives}名代表，不在每五户至十五户推选一人的范围内；"
            f"按村民小组推选的不受此限（{ARTICLE_REPRESENTATIVES}）。"
        )
    return tuple(found)


def _check_person(candidate: Candidate, role: Role, on: dt.date) -> None:
    words = ROLES[role].words
    if candidate.state is PersonState.DEAD:
        raise NotAllowed(f"{candidate.name}已登记为去世，不能任{words}。", "如果登记错了，请先在人员卡上更正。")
    if candidate.state is PersonState.MOVED_OUT and ROLES[role].body not in (Body.PARTY_BRANCH, Body.VILLAGE_OFFICE):
        raise NotAllowed(f"{candidate.name}的户籍已迁出本村，不能任{words}。", "如果已经迁回，请先在人员卡上登记。")
    if candidate.birth and birthday_18(candidate.birth) > on:
        day = chinese_date(birthday_18(candidate.birth))
        raise NotAllowed(f"{candidate.name}到{day}才满18周岁，不能任{words}（{ARTICLE_ADULT}）。", "请另选一位。")
    if ROLES[role].body is Body.PARTY_BRANCH and not candidate.full_party_member:
        raise NotAllowed(
            f"{candidate.name}没有登记为正式党员，不能任{words}。",
            "预备党员没有被选举权（党章第七条）；已经转正的，请先登记转正日期。",
        )


def _check_committee(
    candidate: Candidate, organisation_id: str, current: tuple[HeldPost, ...], own: list[HeldPost], despite: str
) -> None:
    monitor = next((post for post in own if post.body is Body.SUPERVISION_COMMITTEE), None)
    if monitor:
        raise NotAllowed(
            f"{candidate.name}现任{ROLES[monitor.role].words}，不能同时是村民委员会成员（{ARTICLE_SUPERVISION}）。",
            "请先登记在村务监督委员会离任的日期。",
        )
    seats = {post.person_id for post in current if post.organisation_id == organisation_id}
    if len(seats | {candidate.person_id}) > MOST_COMMITTEE_MEMBERS:
        raise NotAllowed(
            f"村民委员会已有{len(seats)}人，最多七人（{ARTICLE_COMMITTEE}）。", "请先登记离任的人，再任命新的人。"
        )
    for post in current:
        if post.same_household and post.body is Body.VILLAGERS_COMMITTEE and not despite:
            raise NotAllowed(
                f"{candidate.name}与村民委员会成员{post.name}同户，村民委员会成员实行近亲属回避（{ARTICLE_COMMITTEE}）。",
                "不是近亲属的，请写明两人的关系后再任命。",
            )
        if post.same_household and post.body is Body.SUPERVISION_COMMITTEE and not despite:
            raise NotAllowed(
                f"{candidate.name}与{ROLES[post.role].words}{post.name}同户，"
                f"村民委员会成员的近亲属不得担任村务监督机构成员（{ARTICLE_SUPERVISION}）。",
                "不是近亲属的，请写明两人的关系后再任命。",
            )


def _check_supervision(candidate: Candidate, current: tuple[HeldPost, ...], own: list[HeldPost], despite: str) -> None:
    seat = next((post for post in own if post.body is Body.VILLAGERS_COMMITTEE), None)
    if seat:
        raise NotAllowed(
            f"{candidate.name}现任{ROLES[seat.role].words}，不能担任村务监督机构成员（{ARTICLE_SUPERVISION}）。",
            "请另选一位；不在村民委员会任职的支部委员可以担任。",
        )
    relative = next((p for p in current if p.same_household and p.body is Body.VILLAGERS_COMMITTEE), None)
    if relative and not despite:
        raise NotAllowed(
            f"{candidate.name}与{ROLES[relative.role].words}{relative.name}同户，"
            f"村民委员会成员的近亲属不得担任村务监督机构成员（{ARTICLE_SUPERVISION}）。",
            "不是近亲属的，请写明两人的关系后再任命。",
        )
    office = next((p for p in own if p.role in (Role.CLERK, Role.BOOKKEEPER)), None)
    if office and not despite:
        raise NotAllowed(
            f"{candidate.name}现任{ROLES[office.role].words}，经手村务和财务的人不能再来监督它。",
            "浙江、山东等地有明文规定；本省没有这样规定的，请写明依据后再任命。",
        )


def _check_office(candidate: Candidate, role: Role, own: list[HeldPost], despite: str) -> None:
    monitor = next((post for post in own if post.body is Body.SUPERVISION_COMMITTEE), None)
    if monitor and not despite:
        raise NotAllowed(
            f"{candidate.name}现任{ROLES[monitor.role].words}，不能同时任{ROLES[role].words}。",
            "浙江、山东等地有明文规定；本省没有这样规定的，请写明依据后再任命。",
        )
