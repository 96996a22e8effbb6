"""Entries that may be one person, and merges that hold."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.people.lookups.aliases import aliases
from village_desk.people.records import Person, PersonAlias, PersonDistinct, PersonSearch
from village_desk.people.rules.duplicates import REASON_WORDS, Entry, Pair, Reason, pairs


@dataclass(frozen=True)
class SideRow:
    """One of two entries as they are compared."""

    id: str
    name: str
    former_name: str
    sex: str
    birth: str
    identity: str
    phone: str
    household: str
    group: str
    state: str


@dataclass(frozen=True)
class DoubleRow:
    """Two entries that may be one person, with the reasons in words; `id` names the pair."""

    id: str
    one: SideRow
    other: SideRow
    reasons: tuple[str, ...]

    @property
    def reason_words(self) -> str:
        """All reasons in one line."""
        return "；".join(self.reasons)


@dataclass(frozen=True)
class MergeRow:
    """A merge that holds: `id` is the alias, `gone` the entry that is not listed any more."""

    id: str
    gone_id: str
    gone: str
    kept_id: str
    kept: str
    merged_on: dt.date | None
    reasons: str
    note: str


def possible_doubles(session: Session, *, limit: int = 500) -> tuple[DoubleRow, ...]:
    """Pairs that nobody has looked at yet, the strongest reasons first."""
    row = PersonSearch
    entries = [
        Entry(
            one.person_id,
            one.name,
            one.former_name,
            one.spellings.split()[0] if one.spellings.split() else "",
            one.birth,
            one.identity,
            one.household_id,
            one.phone,
        )
        for one in session.execute(
            select(
                row.person_id,
                row.name,
                row.former_name,
                row.spellings,
                row.birth,
                row.identity,
                row.household_id,
                row.phone,
            )
        )
    ]
    known = aliases(session)
    apart = {
        frozenset((known.of(one.person_id), known.of(one.other_id)))
        for one in session.scalars(select(PersonDistinct).where(PersonDistinct.retired.is_(False)))
    }
    found = [pair for pair in pairs(entries) if frozenset((pair.one, pair.other)) not in apart][:limit]
    sides = sides_of(session, {side for pair in found for side in (pair.one, pair.other)})
    return tuple(
        DoubleRow(
            f"{pair.one} {pair.other}",
            sides[pair.one],
            sides[pair.other],
            tuple(REASON_WORDS[reason] for reason in pair.reasons),
        )
        for pair in found
    )


def reasons_for(session: Session, one: str, other: str) -> tuple[str, ...]:
    """Why these two look like one person; empty when the desk sees nothing."""
    wanted = {one, other}
    for pair in _pairs_among(session, wanted):
        return tuple(reason.value for reason in pair.reasons)
    return ()


def merges(session: Session) -> tuple[MergeRow, ...]:
    """Merges that hold, the latest first."""
    rows = session.scalars(select(PersonAlias).where(PersonAlias.retired.is_(False))).all()
    names = {
        row.id: row.name
        for row in session.execute(
            select(Person.id, Person.name).where(
                Person.id.in_([one for row in rows for one in (row.person_id, row.kept_id)][:900])
            )
        )
    }
    made = [
        MergeRow(
            row.id,
            row.person_id,
            names.get(row.person_id, "未登记"),
            row.kept_id,
            names.get(row.kept_id, "未登记"),
            row.merged_on,
            "；".join(REASON_WORDS[Reason(one)] for one in row.reasons if one in set(Reason)),
            row.note,
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda row: (row.merged_on or dt.date.min, row.id), reverse=True))


def sides_of(session: Session, ids: set[str]) -> dict[str, SideRow]:
    """These entries as they are compared."""
    row = PersonSearch
    return {
        one.person_id: SideRow(
            one.person_id,
            one.name,
            one.former_name,
            one.sex,
            one.birth,
            one.identity,
            one.phone,
            one.household_no,
            one.group_name,
            one.state,
        )
        for one in session.scalars(select(row).where(row.person_id.in_(list(ids)[:1000])))
    }


def _pairs_among(session: Session, wanted: set[str]) -> tuple[Pair, ...]:
    row = PersonSearch
    return pairs(
        Entry(
            one.person_id,
            one.name,
            one.former_name,
            one.spellings.split()[0] if one.spellings.split() else "",
            one.birth,
            one.identity,
            one.household_id,
            one.phone,
        )
        for one in session.scalars(select(row).where(row.person_id.in_(wanted)))
    )
