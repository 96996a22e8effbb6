"""People as lists and cards show them: rows, one person's card, one household, the counts over the list."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.grids import grid_of
from village_desk.people.lookups.history import (
    OutsideRow,
    SideHouseholdRow,
    StandingRow,
    history_of,
    household_history,
    is_away,
    outside_people,
    side_households_of,
    standings_of,
)
from village_desk.people.lookups.posts import PostRow, posts_of
from village_desk.people.lookups.reach import standing_by
from village_desk.people.lookups.search import find_ids
from village_desk.people.records import (
    Household,
    PartyMembership,
    Person,
    PersonSearch,
    kept_id,
)
from village_desk.people.rules.dates import age_on
from village_desk.people.rules.words import (
    LIVING_WORDS,
    PERSON_STATE_WORDS,
    POLITICAL_WORDS,
    SEX_WORDS,
    Living,
    PersonState,
    Political,
    Sex,
    group_order,
)
from village_desk.store.acts import act, seen

_CHUNK = 500


@dataclass(frozen=True)
class PersonRow:
    """One line of a list of people, values and words as the clerk reads them."""

    id: str
    name: str
    sex: str
    age: int | None
    birth: str
    identity: str
    phone: str
    household_id: str
    household_no: str
    group: str
    relation: str
    political: str
    state: str
    living: str
    people: str = ""
    schooling: str = ""
    marriage: str = ""
    former_name: str = ""
    address: str = ""

    @property
    def sex_words(self) -> str:
        """男, 女 or 未登记."""
        return SEX_WORDS[Sex(self.sex)]

    @property
    def age_words(self) -> str:
        """Whole years, or nothing when the birth date is unknown."""
        return "" if self.age is None else str(self.age)

    @property
    def state_words(self) -> str:
        """Where the person stands: 在册 people are shown as 常住 or 外出 when that is known."""
        if self.state == PersonState.ON_ROLL and self.living:
            return LIVING_WORDS[Living(self.living)]
        return PERSON_STATE_WORDS[PersonState(self.state)]

    @property
    def political_words(self) -> str:
        """Political status in words, empty when unknown."""
        return POLITICAL_WORDS[Political(self.political)] if self.political else ""


@dataclass(frozen=True)
class PartyCard:
    """A party membership as the card shows it; 党龄 counts from full membership."""

    probationary: bool
    joined_on: dt.date | None
    full_on: dt.date | None
    left_on: dt.date | None
    left_how: str
    years: int | None
    file_birth: str


@dataclass(frozen=True)
class PersonCard:
    """Everything about one person; `seen` goes back with an edit."""

    row: PersonRow
    seen: str
    identity_reason: str
    people: str
    schooling: str
    marriage: str
    former_name: str
    address: str
    note: str
    own_group: str
    state_on: dt.date | None
    state_reason: str
    came_on: dt.date | None
    family: tuple[PersonRow, ...]
    posts: tuple[PostRow, ...]
    party: PartyCard | None
    history: tuple[str, ...]
    standings: tuple[StandingRow, ...] = ()
    sides: tuple[SideHouseholdRow, ...] = ()
    outside: OutsideRow | None = None
    home_history: tuple[str, ...] = ()
    identity_kind: str = ""
    birth_source: str = ""
    residence: str = ""
    health: str = ""
    military: str = ""
    work: str = ""
    away: bool = False
    grid: tuple[str, ...] = ()
    standing_by: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The person's id."""
        return self.row.id

    @property
    def is_head(self) -> bool:
        """True for the head of the household."""
        return bool(self.family) and self.row.relation in ("户主", "本人")


@dataclass(frozen=True)
class HouseholdCard:
    """One household with its present members, the head first."""

    id: str
    seen: str
    number: str
    group: str
    members: tuple[PersonRow, ...]

    @property
    def head(self) -> str:
        """The name of the head, empty when none is registered."""
        return next((one.name for one in self.members if one.relation in ("户主", "本人")), "")

    @property
    def words(self) -> str:
        """户号0127 · 三组 · 张大山家, as far as known."""
        parts = [f"户号{self.number}" if self.number else "", self.group, f"{self.head}家" if self.head else ""]
        return " · ".join(part for part in parts if part) or "还没有户号的户"


@dataclass(frozen=True)
class Counts:
    """The figures over the list."""

    people: int
    households: int
    women: int
    left: int


def person_rows(session: Session, ids: Sequence[str]) -> list[PersonRow]:
    """Rows of these people in the same order; an id that is not there is left out."""
    today, known = act(session).today, aliases(session)
    wanted = [known.of(one) for one in ids] if known.kept else ids
    found: dict[str, PersonRow] = {}
    for start in range(0, len(wanted), _CHUNK):
        part = list(wanted[start : start + _CHUNK])
        more = select(PersonSearch, Person.people, Person.schooling, Person.marriage, Person.address)
        for row, *facts in session.execute(
            more.join(Person, Person.id == PersonSearch.person_id).where(PersonSearch.person_id.in_(part))
        ):
            people, schooling, marriage, address = (fact or "" for fact in facts)
            found[row.person_id] = replace(
                _row(row, today), people=people, schooling=schooling, marriage=marriage, address=address
            )
    return [found[one] for one in wanted if one in found]


def find_people(session: Session, words: str, *, limit: int = 12) -> list[PersonRow]:
    """The best matches for a search box."""
    return person_rows(session, find_ids(session, words, limit=limit))


def person_card(session: Session, person_id: str) -> PersonCard:
    """Everything about one person, also by a merged entry. Raises NotFound when the person is not in this file."""
    person_id = aliases(session).of(person_id)
    person = session.get(Person, person_id)
    rows = person_rows(session, [person_id])
    if person is None or not rows:
        raise NotFound("找不到这个人。", "可能刚被撤销，或者还在另一台电脑上；请刷新后再查。")
    row = rows[0]
    return PersonCard(
        row=row,
        seen=seen(session, Person, person_id),
        identity_reason=person.identity_reason or "",
        people=person.people or "",
        schooling=person.schooling or "",
        marriage=person.marriage or "",
        former_name=person.former_name or "",
        address=person.address or "",
        note=person.note or "",
        own_group=person.group_name,
        state_on=person.state_on,
        state_reason=person.state_reason,
        came_on=person.came_on,
        family=_family(session, row.household_id) if row.household_id else (),
        posts=posts_of(session, person_id),
        party=_party(session, person_id),
        history=history_of(session, person),
        home_history=household_history(session, row.household_id) if row.household_id else (),
        away=is_away(session, person_id),
        identity_kind=person.identity_kind or "",
        birth_source=person.birth_source or "",
        residence=person.residence or "",
        health=person.health or "",
        military=person.military or "",
        work=person.work or "",
        standings=standings_of(session, person_id),
        sides=side_households_of(session, person_id),
        outside=next((one for one in outside_people(session, with_former=True) if one.id == person_id), None)
        if person.state == PersonState.OUTSIDE
        else None,
        grid=grid_of(session, household_id=row.household_id, on=act(session).today) if row.household_id else (),
        standing_by=standing_by(session, household_id=row.household_id, on=act(session).today),
    )


def household_card(session: Session, household_id: str) -> HouseholdCard:
    """One household. Raises NotFound when it is not in this file."""
    household = session.get(Household, household_id)
    if household is None:
        raise NotFound("找不到这一户。", "可能刚被撤销，或者还在另一台电脑上；请刷新后再查。")
    return HouseholdCard(
        household_id,
        seen(session, Household, household_id),
        household.number,
        household.group_name,
        _family(session, household_id),
    )


def find_households(session: Session, words: str, *, limit: int = 12) -> list[HouseholdCard]:
    """Households of the people and numbers that the words find, best first."""
    rows = find_people(session, words, limit=limit * 3)
    homes = dict.fromkeys(row.household_id for row in rows if row.household_id)
    return [household_card(session, home) for home in list(homes)[:limit]]


def groups(session: Session) -> list[str]:
    """Names of the villagers' groups in use, in their order."""
    found = session.scalars(select(PersonSearch.group_name).where(PersonSearch.group_name != "").distinct())
    return sorted(found, key=group_order)


def counts(session: Session) -> Counts:
    """How many people and households are on the roll."""
    on_roll = PersonSearch.state == PersonState.ON_ROLL.value
    people, households, women = session.execute(
        select(
            func.count(),
            func.count(func.nullif(PersonSearch.household_id, "").distinct()),
            func.count(func.nullif(PersonSearch.sex != Sex.FEMALE.value, True)),
        ).where(on_roll)
    ).one()
    left = session.scalar(select(func.count()).select_from(PersonSearch).where(~on_roll)) or 0
    return Counts(people, households, women, left)


def names_of(session: Session, person_ids: Iterable[str]) -> dict[str, str]:
    """Names by id, also of people who left; for other rooms' lists."""
    wanted = list(dict.fromkeys(person_ids))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(part)))
        found.update({row.id: row.name for row in rows})
    return found


def _row(row: PersonSearch, today: dt.date) -> PersonRow:
    return PersonRow(
        id=row.person_id,
        name=row.name,
        sex=row.sex,
        age=age_on(row.birth, today),
        birth=row.birth,
        identity=row.identity,
        phone=row.phone,
        household_id=row.household_id,
        household_no=row.household_no,
        group=row.group_name,
        relation=row.relation,
        political=row.political,
        state=row.state,
        living=row.living,
        former_name=row.former_name,
    )


def _family(session: Session, household_id: str) -> tuple[PersonRow, ...]:
    today = act(session).today
    rows = session.scalars(
        select(PersonSearch)
        .where(PersonSearch.household_id == household_id, PersonSearch.state == PersonState.ON_ROLL.value)
        .order_by(PersonSearch.relation_place, PersonSearch.birth, PersonSearch.person_id)
    )
    return tuple(_row(row, today) for row in rows)


def _party(session: Session, person_id: str) -> PartyCard | None:
    member = session.scalars(
        select(PartyMembership)
        .where(kept_id(PartyMembership.person_id) == person_id, PartyMembership.retired.is_(False))
        .order_by(PartyMembership.left_on.is_not(None), PartyMembership.joined_on.desc())
    ).first()
    if member is None:
        return None
    until = member.left_on or act(session).today
    years = age_on(member.full_on.isoformat(), until) if member.full_on and member.full_on <= until else None
    return PartyCard(
        member.probationary,
        member.joined_on,
        member.full_on,
        member.left_on,
        member.left_how,
        years,
        member.file_birth or "",
    )
