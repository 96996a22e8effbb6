"""The register: households, persons, and where persons lived before."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.people.rules.words import PersonState
from village_desk.store.base import Merge, Record, township, village_only


class Household(Record):
    """A registered household (户籍户); `number` is its 户号 as the village writes it."""

    __tablename__ = "household"

    number: Mapped[str] = township(absent="")
    group_name: Mapped[str] = township(absent="")


class Person(Record):
    """A person of the village's register.

    `birth` is 1968-03-05, 1968-03 or 1968; `state` holds from `state_on`; `came_on` is the day of birth into, marriage
    into or moving into the village when it is known; `identity_reason` says why a number that fails the check is kept.
    `address` is the registered one, `residence` where the person lives; `identity_kind` empty means the citizen
    identity card.
    """

    __tablename__ = "person"

    name: Mapped[str] = township(absent="")
    sex: Mapped[str] = township(absent="")
    household_id: Mapped[str] = township(absent="", index=True)
    relation: Mapped[str] = township(absent="")
    group_name: Mapped[str] = township(absent="")
    state: Mapped[str] = township(absent=PersonState.ON_ROLL.value)
    state_on: Mapped[dt.date | None] = township()
    state_reason: Mapped[str] = township(absent="")
    came_on: Mapped[dt.date | None] = township()
    identity_kind: Mapped[str | None] = village_only()
    identity: Mapped[str | None] = village_only(index=True)
    identity_reason: Mapped[str | None] = village_only()
    birth: Mapped[str | None] = village_only()
    birth_source: Mapped[str | None] = village_only()
    phone: Mapped[str | None] = village_only()
    people: Mapped[str | None] = village_only()
    political: Mapped[str | None] = village_only()
    schooling: Mapped[str | None] = village_only()
    marriage: Mapped[str | None] = village_only()
    former_name: Mapped[str | None] = village_only()
    address: Mapped[str | None] = village_only()
    residence: Mapped[str | None] = village_only()
    health: Mapped[str | None] = village_only()
    military: Mapped[str | None] = village_only()
    work: Mapped[str | None] = village_only()
    living: Mapped[str | None] = village_only()
    note: Mapped[str | None] = village_only()


class HouseholdStay(Record):
    """A time that a person spent in another household than today's: in it before `ended_on`."""

    __tablename__ = "household_stay"

    person_id: Mapped[str] = township(absent="", index=True)
    household_id: Mapped[str] = township(absent="")
    relation: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    reason: Mapped[str] = township(absent="")


class RosterImport(Record):
    """One roster that was taken in: its source, how many rows did what, by whom, in which `step`; undone with it."""

    __tablename__ = "roster_import"

    source: Mapped[str | None] = village_only()
    imported_on: Mapped[dt.date | None] = village_only()
    operator_id: Mapped[str | None] = village_only()
    step: Mapped[str | None] = village_only()
    new: Mapped[int | None] = village_only()
    changed: Mapped[int | None] = village_only()
    refused: Mapped[int | None] = village_only()


class RosterExport(Record):
    """One time that people left the desk on paper or in a file: what, by whom, for whom, how many, for which reason."""

    __tablename__ = "roster_export"
    __merge__ = Merge.APPEND_ONLY

    what: Mapped[str] = township(absent="")
    audience: Mapped[str] = township(absent="")
    people: Mapped[int] = township(absent=0)
    exported_on: Mapped[dt.date | None] = township()
    reason: Mapped[str] = township(absent="")
    operator_id: Mapped[str] = township(absent="")
