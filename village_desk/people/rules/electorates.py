"""Who counts in a body's roll on a day (应到), with what right, and why every other person does not."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from village_desk.kit.text import chinese_date
from village_desk.people.rules.bodies import ROLES, Body, HeldPost, Role
from village_desk.people.rules.dates import birthday_18
from village_desk.people.rules.words import Kinship, PersonState, Sex


class Assembly(StrEnum):
    """Bodies whose meetings have a roll."""

    BRANCH_COMMITTEE = "branch_committee"
    TWO_COMMITTEES = "two_committees"
    PARTY_MEMBERS = "party_members"
    REPRESENTATIVES_MEETING = "representatives_meeting"
    VILLAGERS_MEETING = "villagers_meeting"
    HOUSEHOLDS = "households"
    VILLAGERS_COMMITTEE = "villagers_committee"
    SUPERVISION_COMMITTEE = "supervision_committee"
    VOTERS = "voters"
    COLLECTIVE_MEMBERS = "collective_members"
    COLLECTIVE_REPRESENTATIVES = "collective_representatives"
    COLLECTIVE_COUNCIL = "collective_council"
    COLLECTIVE_WATCH = "collective_watch"
    VILLAGERS_COUNCIL = "villagers_council"


ASSEMBLY_WORDS: dict[Assembly, str] = {
    Assembly.BRANCH_COMMITTEE: "村党支部委员会",
    Assembly.TWO_COMMITTEES: "村“两委”会议",
    Assembly.PARTY_MEMBERS: "党员大会",
    Assembly.REPRESENTATIVES_MEETING: "村民代表会议",
    Assembly.VILLAGERS_MEETING: "村民会议",
    Assembly.HOUSEHOLDS: "户代表会议",
    Assembly.VILLAGERS_COMMITTEE: "村民委员会会议",
    Assembly.SUPERVISION_COMMITTEE: "村务监督委员会会议",
    Assembly.VOTERS: "村民选举（登记参选村民）",
    Assembly.COLLECTIVE_MEMBERS: "集体经济组织成员大会",
    Assembly.COLLECTIVE_REPRESENTATIVES: "集体经济组织成员代表大会",
    Assembly.COLLECTIVE_COUNCIL: "集体经济组织理事会会议",
    Assembly.COLLECTIVE_WATCH: "集体经济组织监事会会议",
    Assembly.VILLAGERS_COUNCIL: "村民议事会会议",
}

_SEATS: dict[Assembly, tuple[Body, ...]] = {
    Assembly.BRANCH_COMMITTEE: (Body.PARTY_BRANCH,),
    Assembly.TWO_COMMITTEES: (Body.PARTY_BRANCH, Body.VILLAGERS_COMMITTEE),
    Assembly.VILLAGERS_COMMITTEE: (Body.VILLAGERS_COMMITTEE,),
    Assembly.SUPERVISION_COMMITTEE: (Body.SUPERVISION_COMMITTEE,),
    Assembly.COLLECTIVE_REPRESENTATIVES: (Body.COLLECTIVE_REPRESENTATIVES,),
    Assembly.COLLECTIVE_COUNCIL: (Body.COLLECTIVE,),
    Assembly.COLLECTIVE_WATCH: (Body.COLLECTIVE_WATCH,),
    Assembly.VILLAGERS_COUNCIL: (Body.VILLAGERS_COUNCIL,),
    # Not the representatives alone: committee members belong to the meeting (第二十九条).
    Assembly.REPRESENTATIVES_MEETING: (Body.VILLAGERS_COMMITTEE, Body.REPRESENTATIVES_MEETING),
}
_RANK = {role: place for place, role in enumerate(ROLES)}


class Villager(NamedTuple):
    """A registered person as a roll needs it; `state_on` is the day from which `state` holds.

    `gaps` are the times before that for which the registration was elsewhere: from a day, until a day.
    """

    person_id: str
    name: str
    sex: Sex
    birth: str
    state: PersonState
    state_on: dt.date | None = None
    came_on: dt.date | None = None
    household_id: str = ""
    household_no: str = ""
    group: str = ""
    kinship: Kinship = Kinship.UNKNOWN
    gaps: tuple[tuple[dt.date, dt.date], ...] = ()


@dataclass(frozen=True)
class Membership:
    """A party membership: probationary from `joined_on`, full from `full_on`; `left_on` is the first day without it.

    `left_out` is why a member is not counted on the day of the roll: by consent, or because he belongs elsewhere.
    """

    person_id: str
    probationary: bool
    joined_on: dt.date | None = None
    full_on: dt.date | None = None
    left_on: dt.date | None = None
    left_how: str = ""
    left_out: str = ""


class RollEntry(NamedTuple):
    """One who is counted: `basis` says by what right, `votes` whether the voice is counted, not only the presence."""

    person_id: str
    name: str
    basis: str
    votes: bool = True
    woman: bool = False
    group: str = ""


class LeftOut(NamedTuple):
    """One who is not counted, with the reason; `ordinary` when it surprises nobody: a child, a death, a move."""

    person_id: str
    name: str
    reason: str
    ordinary: bool = False


@dataclass(frozen=True)
class Roll:
    """The roll of one body on one day; `rules` are the sentences that are printed under it."""

    body: str
    on: dt.date
    eligible: tuple[RollEntry, ...]
    left_out: tuple[LeftOut, ...]
    rules: tuple[str, ...] = ()

    @property
    def voters(self) -> int:
        """How many of the eligible may vote."""
        return sum(entry.votes for entry in self.eligible)


def absent_reason(person: Villager, on: dt.date) -> str:
    """Why a person is not in the village's register on that day; empty when he is."""
    if person.came_on and person.came_on > on:
        return f"{chinese_date(person.came_on)}才登记入户"
    for left, back in person.gaps:
        if left <= on < back:
            return f"{chinese_date(left)}户籍迁出，{chinese_date(back)}才迁回"
    if person.state is PersonState.OUTSIDE:
        return "外来人员，户籍不在本村"
    if person.state is PersonState.ON_ROLL or (person.state_on and person.state_on > on):
        return ""
    word = "去世" if person.state is PersonState.DEAD else "户籍已迁出"
    return f"{chinese_date(person.state_on)}{word}" if person.state_on else f"已登记为{word}"


def minor_reason(person: Villager, on: dt.date) -> str:
    """Why a person does not count as adult on that day; empty when he does."""
    if not person.birth:
        return "出生日期未登记，不能确定是否年满18周岁"
    # Most of a village is well over 18: texts of whole days compare like days.
    if len(person.birth) == 10 and person.birth < _surely_adult(on):
        return ""
    adult_from = birthday_18(person.birth)
    if adult_from <= on:
        return ""
    if birthday_18((person.birth + "-01-01")[:10] if len(person.birth) == 4 else (person.birth + "-01")[:10]) <= on:
        return "出生日期没有登记到日，不能确定是否年满18周岁"
    return f"到{chinese_date(adult_from)}才年满18周岁"


def roll_of_posts(assembly: Assembly, posts: Iterable[HeldPost], people: dict[str, Villager], on: dt.date) -> Roll:
    """The roll of a body that is made of posts; a person with several posts is counted once, with all of them named."""
    bodies = _SEATS[assembly]
    held: dict[str, list[Role]] = {}
    past: dict[str, HeldPost] = {}
    for post in posts:
        if post.body not in bodies:
            continue
        if post.held_on(on):
            held.setdefault(post.person_id, []).append(post.role)
        else:
            known = past.get(post.person_id)
            if known is None or post.from_on > known.from_on:
                past[post.person_id] = post
    eligible, left_out = [], []
    for person_id, roles in held.items():
        person = people[person_id]
        basis = "、".join(ROLES[role].words for role in sorted(set(roles), key=_RANK.__getitem__))
        gone = absent_reason(person, on) if person.state is PersonState.DEAD else ""
        if gone:
            left_out.append(LeftOut(person_id, person.name, f"{basis}，{gone}", True))
        else:
            eligible.append((min(_RANK[role] for role in roles), _entry(person, basis)))
    for person_id, post in past.items():
        if person_id not in held:
            words = ROLES[post.role].words
            when = f"{chinese_date(post.from_on)}才就任" if post.from_on > on else _ended(post)
            left_out.append(LeftOut(person_id, people[person_id].name, f"{words}，{when}", True))
    eligible.sort(key=lambda pair: pair[0])
    return Roll(assembly, on, tuple(entry for _, entry in eligible), tuple(left_out))


def roll_of_members(members: Iterable[Membership], people: dict[str, Villager], on: dt.date) -> Roll:
    """The roll of the party members' meeting: probationary members attend and have no vote (党章第七条)."""
    eligible, left_out = [], []
    for member in members:
        person = people[member.person_id]
        reason = _member_reason(member, person, on)
        if reason:
            left_out.append(LeftOut(person.person_id, person.name, reason, reason != member.left_out))
            continue
        full = member.full_on <= on if member.full_on else not member.probationary
        eligible.append(_entry(person, "正式党员" if full else "预备党员，列席没有表决权", votes=full))
    eligible.sort(key=lambda entry: not entry.votes)
    return Roll(Assembly.PARTY_MEMBERS, on, tuple(eligible), tuple(left_out))


def roll_of_villagers(people: Iterable[Villager], on: dt.date) -> Roll:
    """The roll of the villagers' meeting by person: registered villagers of 18 and more (第二十五条, 第二十六条)."""
    eligible, left_out = [], []
    for person in people:
        reason = absent_reason(person, on) or minor_reason(person, on)
        if reason:
            left_out.append(LeftOut(person.person_id, person.name, reason, not _is_doubtful(person, on)))
        else:
            eligible.append(_entry(person, "年满18周岁的村民"))
    return Roll(Assembly.VILLAGERS_MEETING, on, tuple(eligible), tuple(left_out))


def roll_of_standing(
    assembly: Assembly, held: dict[str, str], people: Iterable[Villager], on: dt.date, words: str
) -> Roll:
    """The roll of those who are entered in a list on that day, `held` tells on what ground; adults only.

    Registration in the village is no condition: neither voters nor collective members need it
    (《村民委员会组织法》第十六条, 《农村集体经济组织法》第十一条).
    """
    eligible, left_out = [], []
    for person in people:
        reason = "" if person.person_id in held else f"没有列入{words}"
        if not reason and person.state is PersonState.DEAD:
            reason = absent_reason(person, on)
        ordinary = bool(reason) or not _is_doubtful(person, on)
        reason = reason or minor_reason(person, on)
        if reason:
            left_out.append(LeftOut(person.person_id, person.name, reason, ordinary))
        else:
            eligible.append(_entry(person, held[person.person_id] or words))
    return Roll(assembly, on, tuple(eligible), tuple(left_out))


def roll_of_households(people: Iterable[Villager], on: dt.date) -> Roll:
    """The roll by household: one representative each, the adult head or else the oldest adult (第二十六条)."""
    households: dict[str, list[Villager]] = {}
    left_out = []
    for person in people:
        gone = absent_reason(person, on)
        if gone:
            left_out.append(LeftOut(person.person_id, person.name, gone, True))
        elif not person.household_id:
            left_out.append(LeftOut(person.person_id, person.name, "没有登记在哪一户"))
        else:
            households.setdefault(person.household_id, []).append(person)
    eligible = []
    for members in households.values():
        adults = [person for person in members if not minor_reason(person, on)]
        if not adults:
            first = min(members, key=_head_first)
            left_out.append(LeftOut(first.person_id, first.name, "这一户没有能确定年满18周岁的人"))
            continue
        chosen = min(adults, key=_head_first)
        role = "户主" if chosen.kinship is Kinship.HEAD else "户中年长的成年人"
        number = f"户号{chosen.household_no}，" if chosen.household_no else ""
        eligible.append(_entry(chosen, f"户代表（{number}{role}）"))
    return Roll(Assembly.HOUSEHOLDS, on, tuple(eligible), tuple(left_out))


@lru_cache(maxsize=64)
def _surely_adult(on: dt.date) -> str:
    """The text of the first day of a year of which everybody born before it is 18 on that day."""
    return f"{on.year - 18:04d}-01-01"


def _is_doubtful(person: Villager, on: dt.date) -> bool:
    """True when only a birth date that is not known well enough keeps somebody of the register out."""
    return not absent_reason(person, on) and (not person.birth or len(person.birth) < 10)


def _head_first(person: Villager) -> tuple[bool, str]:
    return person.kinship is not Kinship.HEAD, person.birth or "9999"


def _entry(person: Villager, basis: str, *, votes: bool = True) -> RollEntry:
    return RollEntry(person.person_id, person.name, basis, votes, person.sex is Sex.FEMALE, person.group)


def _ended(post: HeldPost) -> str:
    return f"{chinese_date(post.ended_on)}起不再担任" if post.ended_on else "已不再担任"


def _member_reason(member: Membership, person: Villager, on: dt.date) -> str:
    if member.joined_on and member.joined_on > on:
        return f"{chinese_date(member.joined_on)}才成为预备党员"
    if member.left_on and member.left_on <= on:
        return f"{chinese_date(member.left_on)}{member.left_how or '组织关系已转出'}"
    if person.state is PersonState.DEAD and absent_reason(person, on):
        return absent_reason(person, on)
    return member.left_out
