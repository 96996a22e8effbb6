"""What came in by a roster and what left the desk on paper or in files, newest first; and whom an undo kept."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from village_desk.people.records.register import Household, Person, RosterExport, RosterImport
from village_desk.people.rules.masking import AUDIENCE_WORDS, Audience
from village_desk.store.journal.tables import OPERATION
from village_desk.store.operators import StoreOperator

_NAMED = 5


@dataclass(frozen=True)
class ImportRow:
    """One roster that was taken in; `undone` when its step was taken back."""

    id: str
    step: str
    source: str
    on: dt.date | None
    operator: str
    new: int
    changed: int
    refused: int
    undone: bool


@dataclass(frozen=True)
class ExportRow:
    """One time that people left the desk; `number` counts by the order of the journal, the first is 1."""

    id: str
    number: int
    what: str
    audience: str
    people: int
    on: dt.date | None
    operator: str
    reason: str

    @property
    def audience_words(self) -> str:
        """For whom it was."""
        return AUDIENCE_WORDS[Audience(self.audience)] if self.audience in list(Audience) else self.audience


def imports(session: Session) -> list[ImportRow]:
    """Every roster that was taken in, the newest first, those that were undone as well."""
    names = _operators(session)
    order = _entered(RosterImport)
    rows = session.scalars(
        select(RosterImport)
        .outerjoin(order, order.c.record == RosterImport.id)
        .order_by(order.c.at.desc(), RosterImport.id)
    )
    return [
        ImportRow(
            row.id,
            row.step or "",
            row.source or "",
            row.imported_on,
            names.get(row.operator_id or "", "未登记"),
            row.new or 0,
            row.changed or 0,
            row.refused or 0,
            row.retired,
        )
        for row in rows
    ]


def exports(session: Session) -> list[ExportRow]:
    """The log of what was printed or exported about people, the newest first by the order of the journal."""
    names = _operators(session)
    order = _entered(RosterExport)
    rows = session.scalars(
        select(RosterExport)
        .outerjoin(order, order.c.record == RosterExport.id)
        .where(RosterExport.retired.is_(False))
        .order_by(order.c.at, RosterExport.id)
    )
    found = [
        ExportRow(
            row.id,
            number,
            row.what,
            row.audience,
            row.people,
            row.exported_on,
            names.get(row.operator_id, "未登记"),
            row.reason,
        )
        for number, row in enumerate(rows, 1)
    ]
    return found[::-1]


def kept_words(session: Session, kept: Iterable[tuple[str, str]]) -> str:
    """Whom an undo left as somebody changed him since, by name: 王伟、李秀兰; more than five are counted.

    `kept` are pairs of table and record. Empty when no person or household is among them.
    """
    pairs = list(kept)
    people = [record for table, record in pairs if table == Person.__tablename__]
    found = _names(session, people)
    names = [found[one] for one in people if found.get(one)]
    if not names:
        homes = [record for table, record in pairs if table == Household.__tablename__]
        names = [f"户号{number}这一户" for number in _numbers(session, homes) if number]
    if len(names) > _NAMED:
        return f"{'、'.join(names[:_NAMED])}等{len(names)}{'人' if found else '户'}"
    return "、".join(names)


def undone_words(session: Session, what: str, kept: Iterable[tuple[str, str]]) -> str:
    """The sentence after an undo of `what`: who was changed since and stays, by name."""
    pairs = list(kept)
    if not pairs:
        return f"已撤销{what}，按Ctrl+Y可以恢复。"
    names = kept_words(session, pairs)
    if names:
        return f"已撤销{what}；{names}后来又改过，仍然保留，没有撤回。"
    return f"已撤销{what}；其中{len(pairs)}条后来又改过，保留了后来的内容。"


def _names(session: Session, ids: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(ids), 500):
        rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids[start : start + 500])))
        found.update({row.id: row.name for row in rows})
    return found


def _numbers(session: Session, ids: list[str]) -> list[str]:
    return list(session.scalars(select(Household.number).where(Household.id.in_(ids[:500])).order_by(Household.number)))


def _operators(session: Session) -> dict[str, str]:
    # Also those who left: what they did stays theirs.
    return {row.id: row.name for row in session.execute(select(StoreOperator.id, StoreOperator.name))}


def _entered(record: type[RosterImport] | type[RosterExport]) -> Subquery:
    """When each record of a class came into the journal: by Lamport counters, the same on every laptop."""
    return (
        select(OPERATION.c.record, func.min(OPERATION.c.lamport).label("at"))
        .where(OPERATION.c.record.in_(select(record.id)))
        .group_by(OPERATION.c.record)
        .subquery()
    )
