"""Who may be appointed to what: the person, the post that one alone holds, and the rows about what excludes what."""

import datetime as dt
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.people.rules.bodies.kinds import BODY_WORDS, PARTY_BODIES, ROLES, Body, Role
from village_desk.people.rules.dates import birthday_18
from village_desk.people.rules.words import PersonState, Sex
from village_desk.rulebook.rules import BodyCheck, BodyRule

ARTICLE_ADULT = "《村民委员会组织法》第十六条"
# A villager who moved away still belongs to the branch; helpers and enterprises may come from anywhere.
_OF_THE_VILLAGE = (
    Body.VILLAGERS_COMMITTEE,
    Body.SUPERVISION_COMMITTEE,
    Body.REPRESENTATIVES_MEETING,
    Body.VILLAGERS_COUNCIL,
    Body.VILLAGERS_GROUP,
    Body.COLLECTIVE,
    Body.COLLECTIVE_REPRESENTATIVES,
    Body.COLLECTIVE_WATCH,
)


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
    title: str = ""

    def held_on(self, day: dt.date) -> bool:
        """True when the post is held on that day; the day of the ending belongs to the successor."""
        return self.from_on <= day and (self.ended_on is None or day < self.ended_on)

    @property
    def words(self) -> str:
        """The post's own name, or that of its kind."""
        return self.title or ROLES[self.role].words


def check_appointment(
    candidate: Candidate,
    role: Role,
    organisation_id: str,
    current: tuple[HeldPost, ...],
    rules: tuple[BodyRule, ...],
    *,
    on: dt.date,
    body: Body | None = None,
    title: str = "",
    despite: str = "",
) -> None:
    """Refuse an appointment that the law or the order of the body forbids.

    `current` are the posts held on that day, by the candidate, the household and the rest of the body; `rules` the rows
    of that day. `despite` is the clerk's reason where the desk can only suspect (near relatives in one household) or
    the row is not firm. Raises NotAllowed with the article.
    """
    rule = ROLES[role]
    kind = body or rule.body
    words = title or rule.words
    own = [post for post in current if post.person_id == candidate.person_id]
    _check_person(candidate, kind, words, on)
    if any(post.role is role and post.organisation_id == organisation_id and post.title == title for post in own):
        raise NotAllowed(f"{candidate.name}已经是{words}。", "不用再登记一次。")
    holder = next((post for post in current if post.role is role and post.organisation_id == organisation_id), None)
    if rule.single and holder is not None:
        raise NotAllowed(
            f"{words}现在是{holder.name}，一个组织只能有一位第一责任人。",
            f"请先登记{holder.name}离任的日期和原因，再任命{candidate.name}。",
        )
    seats = {post.person_id for post in current if post.organisation_id == organisation_id} | {candidate.person_id}
    for row in rules:
        if row.check is BodyCheck.SIZE and row.firm and row.body == kind and row.most and len(seats) > row.most:
            raise NotAllowed(
                f"{BODY_WORDS[kind]}已有{len(seats) - 1}人，最多{_figure(row.most)}人（{row.legal_ref}）。",
                "请先登记离任的人，再任命新的人。",
            )
    for row in rules:
        if row.check is BodyCheck.NOT_TOGETHER:
            _check_together(candidate, kind, role, words, own, row, despite)
        elif row.check is BodyCheck.NO_RELATIVE:
            _check_relatives(candidate, kind, role, words, current, row, despite)


def _check_person(candidate: Candidate, kind: Body, words: str, on: dt.date) -> None:
    if candidate.state is PersonState.DEAD:
        raise NotAllowed(f"{candidate.name}已登记为去世，不能任{words}。", "如果登记错了，请先在人员卡上更正。")
    if candidate.state is PersonState.MOVED_OUT and kind in _OF_THE_VILLAGE:
        raise NotAllowed(f"{candidate.name}的户籍已迁出本村，不能任{words}。", "如果已经迁回，请先在人员卡上登记。")
    if candidate.state is PersonState.OUTSIDE and kind in _OF_THE_VILLAGE:
        raise NotAllowed(
            f"{candidate.name}是村外人员，不是本村村民，不能任{words}。", "驻村、包村和顾问请登记为村务办公岗位。"
        )
    if candidate.birth and birthday_18(candidate.birth) > on:
        day = chinese_date(birthday_18(candidate.birth))
        raise NotAllowed(f"{candidate.name}到{day}才满18周岁，不能任{words}（{ARTICLE_ADULT}）。", "请另选一位。")
    if kind in PARTY_BODIES and not candidate.full_party_member:
        raise NotAllowed(
            f"{candidate.name}没有登记为正式党员，不能任{words}。",
            "预备党员没有被选举权（党章第七条）；已经转正的，请先登记转正日期。",
        )


def _names(names: tuple[str, ...], body: Body, role: Role) -> bool:
    return body.value in names or role.value in names


def _own_side(row: BodyRule, body: Body, role: Role) -> bool:
    return body.value == row.body and (not row.posts or role.value in row.posts)


def _check_together(
    candidate: Candidate, kind: Body, role: Role, words: str, own: list[HeldPost], row: BodyRule, despite: str
) -> None:
    """Both ways: the post of the row for one who holds the other, and the other for one who holds the post."""
    if despite and not row.firm:
        return
    for post in own:
        inside = _own_side(row, kind, role) and _names(row.against, post.body, post.role)
        outside = _own_side(row, post.body, post.role) and _names(row.against, kind, role)
        if inside or outside:
            advice = row.advice or (
                f"请先登记在{BODY_WORDS[post.body]}离任的日期，或另选一位。"
                if row.firm
                else "确实要兼任的，请写明依据后再任命。"
            )
            raise NotAllowed(f"{candidate.name}现任{post.words}，不能同时任{words}（{row.legal_ref}）。", advice)


def _check_relatives(
    candidate: Candidate, kind: Body, role: Role, words: str, current: tuple[HeldPost, ...], row: BodyRule, despite: str
) -> None:
    if despite:
        return
    for post in current:
        if not post.same_household or post.person_id == candidate.person_id:
            continue
        inside = _own_side(row, kind, role) and _names(row.against, post.body, post.role)
        outside = _own_side(row, post.body, post.role) and _names(row.against, kind, role)
        if inside or outside:
            among = kind is post.body and row.body in row.against
            rule = (
                f"{BODY_WORDS[kind]}成员之间实行近亲属回避"
                if among
                else f"{BODY_WORDS[Body(row.body)]}不得由另一方的近亲属担任"
            )
            raise NotAllowed(
                f"{candidate.name}与{post.words}{post.name}同户，不能直接任{words}：{rule}（{row.legal_ref}）。",
                "不是近亲属的，请写明两人的关系后再任命。",
            )


def _figure(number: int) -> str:
    return "零一二三四五六七八九十"[number] if number <= 10 else str(number)
