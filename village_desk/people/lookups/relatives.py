"""Which households somebody is related to, as far as the register says: who steps aside from judging them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_desk.people.lookups.aliases import aliases
from village_desk.people.records import HouseholdStay, Link, LinkKind, Person, PersonEvent, SideHousehold, SideMember
from village_desk.people.rules.changes import Change
from village_desk.people.rules.words import PersonState

# The kind of link by which a village enters relatives that live apart (people-presets).
KIN = "kin"
_CONTRACT = "contract"


def kin_homes(session: Session, person_ids: Iterable[str], *, on: dt.date) -> dict[str, dict[str, str]]:
    """{person: {household: why}}: the own household, and those that marriage, an earlier household, a contract for
    land or a link 近亲属 joins with it.

    The register knows no family tree: what nobody entered is not found.
    """
    known = aliases(session)
    wanted = {one: known.of(one) for one in person_ids}
    homes = _homes(session)
    found: dict[str, dict[str, str]] = {}
    for asked, person_id in wanted.items():
        own = homes.get(person_id, "")
        found[asked] = _related(session, person_id, own, homes, on)
    return found


def _homes(session: Session) -> dict[str, str]:
    """{person on the roll: household}."""
    rows = select(Person.id, Person.household_id).where(
        Person.retired.is_(False), Person.state == PersonState.ON_ROLL.value, Person.household_id != ""
    )
    return {person: home for person, home in session.execute(rows)}


def _related(session: Session, person_id: str, own: str, homes: dict[str, str], on: dt.date) -> dict[str, str]:
    people = {one for one, home in homes.items() if home == own} | {person_id} if own else {person_id}
    found: dict[str, str] = {}

    def note(home: str, why: str) -> None:
        if home and home != own:
            found.setdefault(home, why)

    for one in sorted(_spouses(session, people)):
        note(homes.get(one, ""), "两户结了亲")
    stays = select(HouseholdStay.person_id, HouseholdStay.household_id).where(
        HouseholdStay.retired.is_(False),
        or_(HouseholdStay.person_id.in_(people), HouseholdStay.household_id == own),
    )
    for one, home in session.execute(stays):
        note(home if one in people else homes.get(one, ""), "以前是一户")
    for one in _side_members(session, people, on):
        note(homes.get(one, ""), "同是一个承包户")
    for one, to in _kin_links(session, on):
        to_home = homes.get(to, to)
        if one in people:
            note(to_home, "登记为近亲属")
        elif to_home == own:
            note(homes.get(one, ""), "登记为近亲属")
    if own:
        found[own] = "一户"
    return found


def _spouses(session: Session, people: set[str]) -> set[str]:
    """Whom these people are married to, by the latest marriage or divorce that was entered for either."""
    kinds = (Change.MARRIED.value, Change.DIVORCED.value)
    rows = session.scalars(
        select(PersonEvent).where(
            PersonEvent.retired.is_(False),
            PersonEvent.kind.in_(kinds),
            or_(PersonEvent.person_id.in_(people), PersonEvent.other_id.in_(people)),
        )
    )
    married: dict[frozenset[str], bool] = {}
    for row in sorted(rows, key=lambda one: (one.happened_on or dt.date.min, one.kind == Change.DIVORCED, one.id)):
        if row.other_id:
            married[frozenset((row.person_id, row.other_id))] = row.kind == Change.MARRIED
        else:
            married.update({pair: False for pair in married if row.person_id in pair})
    return {one for pair, still in married.items() if still for one in pair} - people


def _side_members(session: Session, people: set[str], on: dt.date) -> set[str]:
    """Everybody who holds land under one contract with one of these people."""
    held = (
        select(SideMember.household_id, SideMember.person_id)
        .join(SideHousehold, SideHousehold.id == SideMember.household_id)
        .where(
            SideMember.retired.is_(False),
            SideHousehold.retired.is_(False),
            SideHousehold.kind == _CONTRACT,
            or_(SideMember.ended_on.is_(None), SideMember.ended_on > on),
        )
    )
    members: dict[str, set[str]] = defaultdict(set)
    for home, person in session.execute(held):
        members[home].add(person)
    return {one for some in members.values() if some & people for one in some}


def _kin_links(session: Session, on: dt.date) -> list[tuple[str, str]]:
    kinds = select(LinkKind.id).where(LinkKind.key == KIN, LinkKind.retired.is_(False))
    rows = select(Link.from_id, Link.to_id).where(
        Link.retired.is_(False), Link.kind_id.in_(kinds), or_(Link.ended_on.is_(None), Link.ended_on > on)
    )
    return [(one, to) for one, to in session.execute(rows)]
