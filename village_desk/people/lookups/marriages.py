"""Whom somebody is married to as far as the register says: by what was entered, else by kinship in the household."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.people.records import Person, PersonEvent, kept_id
from village_desk.people.rules.changes import Change
from village_desk.people.rules.words import Kinship, PersonState, read_kinship


@dataclass(frozen=True)
class MarriageRow:
    """The latest marriage or divorce of a person; `other_id` is empty when the other one is not in the register."""

    kind: Change
    on: dt.date | None
    other_id: str


def last_marriage(session: Session, person_id: str) -> MarriageRow | None:
    """The latest marriage or divorce that was entered, None for neither."""
    rows = session.scalars(
        select(PersonEvent).where(
            kept_id(PersonEvent.person_id) == person_id,
            PersonEvent.kind.in_((Change.MARRIED.value, Change.DIVORCED.value)),
            PersonEvent.retired.is_(False),
        )
    ).all()
    if not rows:
        return None
    # On one day the divorce is the later one.
    last = max(rows, key=lambda row: (row.happened_on or dt.date.min, row.kind == Change.DIVORCED))
    return MarriageRow(Change(last.kind), last.happened_on, last.other_id)


def spouse_of(session: Session, person_id: str) -> str:
    """The id of the husband or wife, "" when the register does not tell: an offer for the clerk, never a fact."""
    last = last_marriage(session, person_id)
    if last is not None:
        return last.other_id if last.kind is Change.MARRIED else ""
    person = session.get(Person, person_id)
    if person is None or not person.household_id:
        return ""
    own = read_kinship(person.relation)
    wanted = Kinship.SPOUSE if own is Kinship.HEAD else Kinship.HEAD if own is Kinship.SPOUSE else None
    found = [
        one.id
        for one in session.scalars(
            select(Person).where(
                Person.household_id == person.household_id,
                Person.retired.is_(False),
                Person.state == PersonState.ON_ROLL.value,
                Person.id != person_id,
            )
        )
        if wanted is not None and read_kinship(one.relation) is wanted
    ]
    return found[0] if len(found) == 1 else ""
