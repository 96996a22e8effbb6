"""What several acts about people look up and refuse: a person, a household, a second head, a day to come."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date
from village_desk.people.records import Household, Person
from village_desk.people.rules.words import Kinship, PersonState, read_kinship
from village_desk.store.acts import act

_CHUNK = 500


def find_person(session: Session, person_id: str) -> Person:
    """The person's record. Raises NotFound when it is not in this file."""
    person = session.get(Person, person_id)
    if person is None or person.retired:
        raise NotFound("找不到这个人。", "可能刚被撤销，或者还在另一台电脑上；请刷新后再查。")
    return person


def household_of(session: Session, household_id: str) -> Household:
    """The household's record. Raises NotFound when it is not in this file."""
    household = session.get(Household, household_id)
    if household is not None and household.retired and _lived_in(session, household_id):
        # An undo retired it while somebody stayed who was edited since.
        household.retired = False
    if household is None or household.retired:
        raise NotFound("找不到这一户。", "可能刚被撤销，或者还在另一台电脑上；请刷新后再查。")
    return household


def refuse_missing_households(session: Session, household_ids: Iterable[str]) -> None:
    """Refuse a list with a household that is not in this file. Raises NotFound."""
    wanted = list(dict.fromkeys(household_ids))
    there: set[str] = set()
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        there |= set(session.scalars(select(Household.id).where(Household.id.in_(part), Household.retired.is_(False))))
    for household_id in wanted:
        if household_id not in there:
            household_of(session, household_id)


def refuse_second_head(session: Session, household_id: str, relation: str, own_id: str) -> None:
    """Refuse a second head in a household. Raises NotAllowed with the name of the first."""
    if not household_id or read_kinship(relation) is not Kinship.HEAD:
        return
    members = session.scalars(
        select(Person).where(
            Person.household_id == household_id,
            Person.retired.is_(False),
            Person.id != own_id,
            Person.state == PersonState.ON_ROLL.value,
        )
    )
    for member in members:
        if read_kinship(member.relation) is Kinship.HEAD:
            raise NotAllowed(
                f"这一户的户主已经是{member.name}，一户只有一位户主。",
                f"请先改{member.name}与户主的关系，再登记新户主。",
            )


def refuse_gone(person: Person) -> None:
    """Refuse what only concerns those who are in the register. Raises NotAllowed."""
    if person.state == PersonState.ON_ROLL:
        return
    if person.state == PersonState.OUTSIDE:
        raise NotAllowed(f"{person.name}是外来人员，户籍不在本村。", "迁入本村的，请先登记户籍迁入。")
    when = chinese_date(person.state_on) if person.state_on else "以前"
    word = "去世" if person.state == PersonState.DEAD else "迁出"
    raise NotAllowed(f"{person.name}已经登记为{when}{word}。", "登记错了的，请撤销那一步，或者登记迁回。")


def refuse_future(session: Session, on: dt.date, what: str) -> None:
    """Refuse a day that has not come yet. Raises NotAllowed."""
    if on > act(session).today:
        raise NotAllowed(f"{what}{chinese_date(on)}还没有到。", "请在事情发生以后登记，或者核对日期。")


def _lived_in(session: Session, household_id: str) -> bool:
    found = select(Person.id).where(Person.household_id == household_id, Person.retired.is_(False)).limit(1)
    return session.scalar(found) is not None
