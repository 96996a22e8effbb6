"""Who on a roll is concerned by a motion himself or through his household, so that the desk asks no one else."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.people.records import HouseholdStay, Person


def concerned_on(
    session: Session, concerned: Iterable[tuple[str, str, str]], entries: Iterable[tuple[Any, ...]]
) -> dict[int, str]:
    """The serials of a roll that must be asked, each with why: himself, or one household now or earlier.

    `concerned` are (person id, name, role). Where a person has no id the name alone is compared.
    """
    rows = list(entries)
    people = {person: (name, role) for person, name, role in concerned if person}
    named = {name: role for person, name, role in concerned if not person}
    mine = _homes(session, people)
    theirs = _homes(session, [entry[1] for entry in rows]) if mine else {}
    found: dict[int, str] = {}
    for serial, person, name, *_ in rows:
        if person in people:
            found[serial] = f"本人是{people[person][1] or '受益人'}"
        elif name in named:
            found[serial] = f"与{named[name] or '受益人'}{name}同名，请核对是不是本人"
        else:
            for other, homes in mine.items():
                if homes & theirs.get(person, frozenset()):
                    found[serial] = f"与{people[other][1] or '受益人'}{people[other][0]}同户或曾同户"
                    break
    return found


def _homes(session: Session, people: Iterable[str] | Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The households in which people live or lived."""
    ids = set(people)
    homes: dict[str, set[str]] = {}
    person, stay = Person.__table__.c, HouseholdStay.__table__.c
    every = select(person.id, person.household_id)
    before = select(stay.person_id, stay.household_id).where(stay.retired.is_(False))
    if len(ids) <= 500:
        every, before = every.where(person.id.in_(ids)), before.where(stay.person_id.in_(ids))
    for one, home in [*session.execute(every), *session.execute(before)]:
        if one in ids and home:
            homes.setdefault(one, set()).add(home)
    return {one: frozenset(found) for one, found in homes.items()}
