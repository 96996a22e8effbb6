"""The roll of a body on a day: who is eligible and why each other person is not."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.people.lookups.posts import held_posts
from village_desk.people.records import Household, HouseholdStay, PartyMembership, Person
from village_desk.people.rules.electorates import (
    Assembly,
    Membership,
    Roll,
    Villager,
    roll_of_households,
    roll_of_members,
    roll_of_posts,
    roll_of_villagers,
)
from village_desk.people.rules.words import Kinship, PersonState, Sex, group_order, read_kinship


def roll(session: Session, *, body: str, on: dt.date) -> Roll:
    """The roll of a body on a day, as the posts, memberships and households stood then.

    `body` is one of rules.electorates.Assembly. Raises NotAllowed for any other word.
    """
    try:
        assembly = Assembly(body)
    except ValueError:
        raise NotAllowed(f"没有“{body}”这种会议的应到名单。", "请从会议种类里选。") from None
    if assembly is Assembly.PARTY_MEMBERS:
        return _members(session, on)
    if assembly is Assembly.VILLAGERS_MEETING:
        return roll_of_villagers(_villagers(session, on), on)
    if assembly is Assembly.HOUSEHOLDS:
        return roll_of_households(_villagers(session, on), on)
    posts = held_posts(session)
    people = _people(session, [post.person_id for post in posts], on)
    return roll_of_posts(assembly, posts, people, on)


def _members(session: Session, on: dt.date) -> Roll:
    rows = session.scalars(select(PartyMembership).where(PartyMembership.retired.is_(False))).all()
    people = _people(session, [row.person_id for row in rows], on)
    # One line a person: the membership that began last before that day.
    latest: dict[str, PartyMembership] = {}
    for row in rows:
        if row.person_id not in people:
            continue
        before = latest.get(row.person_id)
        if before is None or _begins(before, on) < _begins(row, on):
            latest[row.person_id] = row
    ordered = sorted(latest.values(), key=lambda row: _order(people[row.person_id]))
    members = [
        Membership(row.person_id, row.probationary, row.joined_on, row.full_on, row.left_on, row.left_how)
        for row in ordered
    ]
    return roll_of_members(members, people, on)


def _begins(row: PartyMembership, on: dt.date) -> tuple[bool, dt.date]:
    begun = row.joined_on or dt.date.min
    return begun <= on, begun


def _people(session: Session, ids: list[str], on: dt.date) -> dict[str, Villager]:
    wanted = set(ids)
    return {one.person_id: one for one in _villagers(session, on, wanted)}


def _villagers(session: Session, on: dt.date, wanted: set[str] | None = None) -> list[Villager]:
    """Everybody in the register, in the household in which he was on that day, in the order of households."""
    person, home = Person.__table__.c, Household.__table__.c
    earlier = _earlier_homes(session, on)
    homes = {
        row.id: (row.number, row.group_name) for row in session.execute(select(home.id, home.number, home.group_name))
    }
    statement = select(
        person.id,
        person.name,
        person.sex,
        person.birth,
        person.state,
        person.state_on,
        person.came_on,
        person.household_id,
        person.relation,
        person.group_name,
    ).where(person.retired.is_(False))
    if wanted is not None and len(wanted) <= 500:
        statement = statement.where(person.id.in_(wanted))
    found = []
    for row in session.execute(statement):
        if wanted is not None and row.id not in wanted:
            continue
        household_id, relation = earlier.get(row.id, (row.household_id, row.relation))
        number, group = homes.get(household_id, ("", ""))
        found.append(
            Villager(
                row.id,
                row.name,
                Sex(row.sex),
                row.birth or "",
                PersonState(row.state),
                row.state_on,
                row.came_on,
                household_id,
                number,
                group or row.group_name,
                read_kinship(relation) or Kinship.UNKNOWN,
            )
        )
    found.sort(key=_order)
    return found


def _earlier_homes(session: Session, on: dt.date) -> dict[str, tuple[str, str]]:
    """Where people lived on that day who live elsewhere since: the stay that ended first after it."""
    stay = HouseholdStay.__table__.c
    rows = session.execute(
        select(stay.person_id, stay.household_id, stay.relation, stay.ended_on)
        .where(stay.retired.is_(False), stay.ended_on > on)
        .order_by(stay.ended_on.desc())
    )
    return {row.person_id: (row.household_id, row.relation) for row in rows}


def _order(one: Villager) -> tuple[Any, ...]:
    number = one.household_no
    return (
        group_order(one.group),
        int(number) if number.isdigit() else 10**9,
        number,
        one.household_id,
        one.kinship is not Kinship.HEAD,
        one.birth or "9999",
        one.person_id,
    )
