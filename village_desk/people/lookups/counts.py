"""The five counts over the register, each by its own entries, and the people behind them."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from village_desk.people.records import (
    PersonSearch,
    PersonStanding,
    kept_id,
)
from village_desk.people.rules.standings import COUNT_SENTENCES, COUNT_WORDS, CountKind, Standing
from village_desk.people.rules.words import Living, PersonState


@dataclass(frozen=True)
class CountRow:
    """One of the five counts today; `entered` is false while nobody was entered, so that 0 is not taken for a fact."""

    kind: CountKind
    people: int
    entered: bool

    @property
    def id(self) -> str:
        """The count's word, by which the list is narrowed to its people."""
        return self.kind.value

    @property
    def words(self) -> str:
        """户籍1,187 or 登记参选未登记."""
        return f"{COUNT_WORDS[self.kind]}{self.people:,}" if self.entered else f"{COUNT_WORDS[self.kind]}未登记"

    @property
    def sentence(self) -> str:
        """What the count is, for the tip."""
        return COUNT_SENTENCES[self.kind]


def five_counts(session: Session, *, on: dt.date) -> tuple[CountRow, ...]:
    """The five counts on that day as the register stands now, in their order."""
    kinds = list(CountKind)
    numbers = session.execute(
        select(*(func.sum(case((count_condition(kind, on), 1), else_=0)) for kind in kinds)).select_from(PersonSearch)
    ).one()
    return tuple(
        CountRow(kind, int(number or 0), bool(number) or kind in (CountKind.REGISTERED, CountKind.ADULT))
        for kind, number in zip(kinds, numbers, strict=True)
    )


def count_condition(kind: CountKind, on: dt.date) -> ColumnElement[bool]:
    """Which rows of the search table belong to a count on that day."""
    on_roll = PersonSearch.state == PersonState.ON_ROLL.value
    match kind:
        case CountKind.REGISTERED:
            return on_roll
        case CountKind.ADULT:
            return and_(on_roll, _adult(on))
        case CountKind.RESIDENT:
            dated = select(kept_id(PersonStanding.person_id)).where(
                PersonStanding.kind == Standing.RESIDENT.value, PersonStanding.retired.is_(False)
            )
            # What a roster said without dates counts only where nothing was entered with dates.
            said = and_(PersonSearch.living == Living.HERE.value, on_roll, PersonSearch.person_id.not_in(dated))
            return or_(PersonSearch.person_id.in_(_holding(Standing.RESIDENT, on)), said)
        case CountKind.VOTER:
            return PersonSearch.person_id.in_(_holding(Standing.VOTER, on))
        case CountKind.COLLECTIVE:
            return PersonSearch.person_id.in_(_holding(Standing.COLLECTIVE, on))


def _holding(standing: Standing, on: dt.date) -> Select[str]:
    return select(kept_id(PersonStanding.person_id)).where(
        PersonStanding.kind == standing.value,
        PersonStanding.retired.is_(False),
        or_(PersonStanding.from_on.is_(None), PersonStanding.from_on <= on),
        or_(PersonStanding.ended_on.is_(None), PersonStanding.ended_on > on),
    )


def _adult(on: dt.date) -> ColumnElement[bool]:
    """Surely 18 on that day: of a birth date without day or month the last possible one is taken."""
    limit = f"{on.year - 18:04d}-{on.month:02d}-{on.day:02d}"
    birth, long = PersonSearch.birth, func.length(PersonSearch.birth)
    return or_(
        and_(long == 10, birth <= limit),
        and_(long == 7, birth < limit[:7]),
        and_(long == 4, birth < limit[:4]),
    )
