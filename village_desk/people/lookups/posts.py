"""Bodies and who holds which post, today or on any day; party members; what the composition lacks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.people.lookups.aliases import aliases
from village_desk.people.records import Organisation, Person, PersonSearch, Post, Term
from village_desk.people.rules.bodies import ROLES, Body, Finding, HeldPost, Role, Seats, composition_findings
from village_desk.people.rules.bodies.composition import double_posts
from village_desk.people.rules.party import Form
from village_desk.people.rules.words import PersonState, Sex, group_order
from village_desk.rulebook.lookups import rulebook

_ROLE_PLACE = {role: place for place, role in enumerate(ROLES)}
_BODY_PLACE = {body: place for place, body in enumerate(Body)}
# SQLite takes so many names in one question; a larger village reads everybody.
_MOST_NAMED = 900


@dataclass(frozen=True)
class PostRow:
    """One post of one person; `ended_on` is the first day on which it is no longer held."""

    id: str
    person_id: str
    name: str
    sex: str
    group: str
    body: str
    organisation_id: str
    organisation: str
    role: str
    role_words: str
    first_responsible: bool
    from_on: dt.date | None
    ended_on: dt.date | None
    how: str
    ended_why: str
    despite: str
    title: str = ""
    pledge: str = ""
    pledge_due: dt.date | None = None
    pledge_result: str = ""
    task: str = ""

    def held_on(self, day: dt.date) -> bool:
        """True when the post is held on that day."""
        return (self.from_on is None or self.from_on <= day) and (self.ended_on is None or day < self.ended_on)

    @property
    def time_words(self) -> str:
        """2021年3月5日至今 or 2021年3月5日—2026年1月10日."""
        begun = chinese_date(self.from_on) if self.from_on else "未登记"
        if self.ended_on is None:
            return f"{begun}至今"
        return f"{begun}—{chinese_date(self.ended_on)}"


@dataclass(frozen=True)
class BodyRow:
    """One body with its term and its posts on the day asked for."""

    id: str
    kind: str
    name: str
    group: str
    term: str
    due_on: dt.date | None
    posts: tuple[PostRow, ...]
    founding: str = ""
    parents: tuple[str, ...] = ()
    preset: str = ""
    form: str = ""
    parent_id: str = ""
    founded_on: dt.date | None = None
    phone: str = ""


def bodies(session: Session, *, on: dt.date) -> tuple[BodyRow, ...]:
    """Every body of the village with the posts held on that day, in the order of the wall chart."""
    held: dict[str, list[PostRow]] = {}
    for post in _posts(session):
        if post.held_on(on):
            held.setdefault(post.organisation_id, []).append(post)
    terms: dict[str, Term] = {}
    for term in session.scalars(select(Term).where(Term.retired.is_(False), Term.from_on <= on).order_by(Term.from_on)):
        terms[term.organisation_id] = term
    rows = []
    for one in session.scalars(select(Organisation).where(Organisation.retired.is_(False))):
        if (one.founded_on and one.founded_on > on) or (one.ended_on and one.ended_on <= on):
            continue
        now = terms.get(one.id)
        rows.append(
            BodyRow(
                one.id,
                one.kind,
                one.name,
                one.group_name,
                f"第{now.number}届" if now else "",
                now.due_on if now else None,
                tuple(sorted(held.get(one.id, ()), key=_post_order)),
                one.founding,
                one.parents,
                one.preset,
                one.form,
                one.parent_id,
                one.founded_on,
                one.phone or "",
            )
        )
    return tuple(sorted(rows, key=_body_order))


def _body_order(row: BodyRow) -> tuple[int, tuple[int, str], str, str]:
    return _BODY_PLACE[Body(row.kind)], group_order(row.group), row.parent_id, row.name


def posts_of(session: Session, person_id: str) -> tuple[PostRow, ...]:
    """Every post of one person, those still held first, then the latest."""
    return tuple(
        sorted(
            _posts(session, person_id),
            key=lambda row: (row.ended_on is not None, -(row.from_on or dt.date.min).toordinal()),
        )
    )


def all_posts(session: Session) -> tuple[PostRow, ...]:
    """Every post that was ever entered, by body and then by time; the history behind the wall chart."""
    return tuple(sorted(_posts(session), key=lambda row: (_BODY_PLACE[Body(row.body)], *_post_order(row))))


def responsible_on(session: Session, on: dt.date) -> str:
    """Who answered first for the village on that day: its secretary and the chair of its committee, with their posts.

    An old matter so shows those of its own day, whoever holds the posts since; empty while nobody is registered.
    """
    known = aliases(session)
    rows = session.execute(
        select(Post, Organisation)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(
            Post.role.in_((Role.SECRETARY.value, Role.CHAIR.value)),
            Post.retired.is_(False),
            # Branches below the village's own answer for themselves.
            Organisation.parent_id == "",
        )
    )
    held = [
        (post, organisation)
        for post, organisation in rows
        if (post.from_on is None or post.from_on <= on) and (post.ended_on is None or on < post.ended_on)
    ]
    names = {
        row.id: row.name
        for row in session.execute(
            select(Person.id, Person.name).where(Person.id.in_([known.of(post.person_id) for post, _ in held]))
        )
    }
    found: dict[str, list[str]] = {}
    for post, organisation in sorted(held, key=lambda pair: pair[0].role != Role.SECRETARY):
        if name := names.get(known.of(post.person_id)):
            found.setdefault(name, []).append(_role_words(post.role, organisation))
    return "、".join(f"{name}（{'、'.join(dict.fromkeys(roles))}）" for name, roles in found.items())


def findings(session: Session, *, on: dt.date) -> tuple[str, ...]:
    """What the make-up of the bodies lacks on that day, each with its article."""
    return tuple(one.words for one in body_findings(session, on=on))


def body_findings(session: Session, *, on: dt.date) -> tuple[Finding, ...]:
    """What the make-up of the bodies lacks by the rows of that day, with the people whom it is about."""
    posts = [post for post in _posts(session) if post.held_on(on)]
    rules = rulebook(session).body_rules(on)
    people = PersonSearch.__table__.c
    on_roll = people.state == PersonState.ON_ROLL.value
    households = session.scalar(select(func.count(func.nullif(people.household_id, "").distinct())).where(on_roll)) or 0
    registered = session.scalar(select(func.count()).select_from(PersonSearch).where(on_roll)) or 0
    committee = {post.person_id for post in posts if post.body == Body.VILLAGERS_COMMITTEE}
    by_body: dict[str, list[PostRow]] = {}
    for post in posts:
        by_body.setdefault(post.organisation_id, []).append(post)
    found: list[Finding] = []
    for held in by_body.values():
        holders = tuple(dict.fromkeys(post.person_id for post in held))
        body = Body(held[0].body)
        beside = committee if body is Body.REPRESENTATIVES_MEETING else set()
        homes = session.execute(
            select(people.person_id, people.household_id).where(people.person_id.in_(holders[:500]))
        ).all()
        seats = Seats(
            body,
            held[0].organisation,
            holders,
            tuple(dict.fromkeys(post.person_id for post in held if post.sex == Sex.FEMALE)),
            len({*holders, *beside}),
            households,
            registered,
            tuple((row.person_id, row.household_id) for row in homes),
            tuple((post.person_id, post.name) for post in held),
        )
        found += composition_findings(seats, rules)
    found += double_posts(tuple((post.person_id, post.name, Body(post.body), post.role) for post in posts), rules)
    return tuple(sorted(found, key=lambda one: _BODY_PLACE[one.body]))


def held_posts(session: Session) -> tuple[HeldPost, ...]:
    """Every post as the rules of electorates need it."""
    return tuple(_held(post) for post in _posts(session))


def _posts(session: Session, person_id: str = "") -> list[PostRow]:
    """Posts by the person who holds them: what was entered for a merged entry stands with the person it is."""
    known = aliases(session)
    statement = (
        select(Post, Organisation)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.retired.is_(False))
    )
    if person_id:
        statement = statement.where(Post.person_id.in_(known.all_of(person_id)))
    rows = session.execute(statement).all()
    wanted = {known.of(post.person_id) for post, _ in rows}
    people = {
        row.id: row
        for row in session.execute(
            select(Person.id, Person.name, Person.sex, PersonSearch.group_name)
            .outerjoin(PersonSearch, PersonSearch.person_id == Person.id)
            # After the undo of an import a post may name somebody who is no longer registered.
            .where(Person.retired.is_(False), *([Person.id.in_(wanted)] if len(wanted) < _MOST_NAMED else []))
        )
    }
    return [
        _post(post, organisation, people[known.of(post.person_id)])
        for post, organisation in rows
        if known.of(post.person_id) in people
    ]


def _post(post: Post, organisation: Organisation, person: Any) -> PostRow:
    return PostRow(
        post.id,
        person.id,
        person.name,
        person.sex,
        person.group_name or "",
        organisation.kind,
        organisation.id,
        organisation.name,
        post.role,
        post.title or _role_words(post.role, organisation),
        ROLES[Role(post.role)].first_responsible,
        post.from_on,
        post.ended_on,
        post.how,
        post.ended_why,
        post.despite,
        post.title,
        post.pledge,
        post.pledge_due,
        post.pledge_result,
        post.task,
    )


def _role_words(role: str, organisation: Organisation) -> str:
    """三组组长, 村党总支书记, 妇联负责人: the post with what its organisation adds to it."""
    rule = ROLES[Role(role)]
    if organisation.group_name and rule.body is Body.VILLAGERS_GROUP:
        return f"{organisation.group_name}组长"
    if organisation.kind == Body.PARTY_BRANCH and organisation.form == Form.GENERAL:
        return rule.words.replace("党支部", "党总支")
    if organisation.kind == Body.PARTY_BRANCH and organisation.parent_id:
        return f"{organisation.name}{rule.words.removeprefix('村党支部')}"
    if rule.body in (Body.MASS_ORGANISATION, Body.TEAM, Body.PARTY_GROUP):
        return f"{organisation.name}{rule.words.removeprefix('党小组')}"
    return rule.words


def _held(post: PostRow) -> HeldPost:
    return HeldPost(
        post.person_id,
        post.name,
        Body(post.body),
        Role(post.role),
        post.organisation_id,
        post.from_on or dt.date.min,
        post.ended_on,
        title=post.title,
    )


def _post_order(post: PostRow) -> tuple[int, tuple[int, str], dt.date, str]:
    return _ROLE_PLACE[Role(post.role)], group_order(post.group), post.from_on or dt.date.min, post.name
