"""Who is scored by a set: households by their heads, party members, villagers, organisations."""

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_desk.people.lookups import aliases, all_posts
from village_desk.people.records import (
    GridUnit,
    Household,
    Link,
    LinkKind,
    Organisation,
    PartyMembership,
    Person,
    PersonKept,
    kept_id,
)
from village_desk.people.rules.words import Kinship, PersonState, group_order
from village_desk.points.lookups.rows import SubjectRow
from village_desk.points.rules.sets import SubjectKind
from village_desk.store.acts import act


def subjects(session: Session, kind: SubjectKind) -> tuple[SubjectRow, ...]:
    """Everybody whom a set of this kind can score, by group and number or name."""
    if kind is SubjectKind.HOUSEHOLD:
        found = _households(session)
    elif kind is SubjectKind.ORGANISATION:
        found = [
            SubjectRow(each.id, each.name, each.group_name, "", "")
            for each in session.scalars(select(Organisation).where(Organisation.retired.is_(False)))
        ]
    else:
        found = _persons(session, kind)
    return tuple(sorted(found, key=lambda row: (group_order(row.group), len(row.number), row.number, row.name, row.id)))


def subject(session: Session, kind: SubjectKind, subject_id: str) -> SubjectRow | None:
    """One subject by its id, also one that is no longer scored; None when the file does not know it."""
    if kind is SubjectKind.HOUSEHOLD:
        household = session.get(Household, subject_id)
        if household is None:
            return None
        persons = session.scalars(select(Person).where(Person.household_id == subject_id)).all()
        return _household(household, list(persons))
    if kind is SubjectKind.ORGANISATION:
        body = session.get(Organisation, subject_id)
        return SubjectRow(body.id, body.name, body.group_name, "", "") if body is not None else None
    person = session.get(Person, aliases(session).of(subject_id))
    if person is None:
        return None
    home = session.get(Household, person.household_id) if person.household_id else None
    return _person(person, home.group_name if home is not None else "")


def _households(session: Session) -> list[SubjectRow]:
    # Columns only: a village has 1,500 households, and records cost more than their values.
    heads: dict[str, tuple[bool, str, str]] = {}
    people = select(Person.household_id, Person.relation, Person.id, Person.name).where(
        Person.retired.is_(False), Person.state == PersonState.ON_ROLL.value
    )
    for home, relation, identity, name in session.execute(people):
        place = (relation != Kinship.HEAD.value, identity, name)
        heads[home] = min(heads.get(home, place), place)
    homes = select(Household.id, Household.group_name, Household.number).where(Household.retired.is_(False))
    return [
        SubjectRow(home, f"{heads[home][2]}家", group, number, home)
        for home, group, number in session.execute(homes)
        if home in heads
    ]


def _household(household: Household, persons: list[Person]) -> SubjectRow:
    ordered = sorted(persons, key=lambda person: (person.relation != Kinship.HEAD.value, person.id))
    name = f"{ordered[0].name}家" if ordered else f"户号{household.number}"
    return SubjectRow(household.id, name, household.group_name, household.number, household.id)


def _persons(session: Session, kind: SubjectKind) -> list[SubjectRow]:
    home = Household.__table__.c
    statement = (
        select(Person, home.group_name)
        .outerjoin(Household.__table__, home.id == Person.household_id)
        # A merged entry is scored as the person that it stands for.
        .where(Person.retired.is_(False), Person.state == PersonState.ON_ROLL.value)
        .where(Person.id.not_in(select(PersonKept.person_id)))
    )
    if kind is SubjectKind.GRID_WORKER:
        statement = statement.where(Person.id.in_(_grid_workers(session)))
    if kind is SubjectKind.PARTY_MEMBER:
        # Probationary members get points as full members do.
        members = select(kept_id(PartyMembership.person_id)).where(
            PartyMembership.retired.is_(False), PartyMembership.left_on.is_(None)
        )
        statement = statement.where(Person.id.in_(members))
    return [_person(person, group or "") for person, group in session.execute(statement)]


def _grid_workers(session: Session) -> list[str]:
    """Who works in a grid today, or answers for one."""
    kinds = select(LinkKind.id).where(LinkKind.key == "grid_worker", LinkKind.retired.is_(False))
    today = act(session).today
    found = session.scalars(
        select(Link.from_id).where(
            Link.retired.is_(False),
            Link.kind_id.in_(kinds),
            or_(Link.ended_on.is_(None), Link.ended_on > today),
        )
    ).all()
    heads = session.scalars(
        select(GridUnit.person_id).where(
            GridUnit.retired.is_(False),
            GridUnit.person_id != "",
            or_(GridUnit.ended_on.is_(None), GridUnit.ended_on > today),
        )
    ).all()
    return sorted({*found, *heads})


def _person(person: Person, home_group: str) -> SubjectRow:
    """A person belongs to the group of the household; only who has none has a group of one's own."""
    return SubjectRow(person.id, person.name, home_group or person.group_name, "", person.household_id)


def candidates(session: Session, *, on: dt.date) -> tuple[tuple[str, str], ...]:
    """Who can apply or check: (person's id, name with post or group), holders of posts on that day first."""
    posts: dict[str, str] = {}
    for post in all_posts(session):
        if post.held_on(on):
            posts.setdefault(post.person_id, f"{post.name}（{post.role_words}）")
    others = [
        (row.id, f"{row.name}（{row.group}）" if row.group else row.name)
        for row in sorted(_persons(session, SubjectKind.VILLAGER), key=lambda row: (group_order(row.group), row.name))
        if row.id not in posts
    ]
    return (*posts.items(), *others)
