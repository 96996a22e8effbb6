"""Records as they stand: their rows, and the operations behind them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.store.base import Spec
from village_desk.store.conditions import among
from village_desk.store.journal.tables import operations_of
from village_desk.store.operations import Operation


class Present(NamedTuple):
    """One record as it stands: its row by column, and every operation behind it."""

    row: dict[str, Any]
    operations: Sequence[Operation]


def current_rows(session: Session, spec: Spec, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows as they stand in the table, by id."""
    names = spec.core.columns.keys()
    rows = (
        dict(zip(names, row, strict=True))
        for row in session.execute(select(spec.core).where(among(spec.core.c.id, ids)))
    )
    return {row["id"]: row for row in rows}


def present_rows(session: Session, spec: Spec, ids: Collection[str]) -> dict[str, Present]:
    """The records of these ids that have a row, with the operations behind each."""
    known = operations_of(session, ids)
    return {
        identity: Present(row, known.get(identity, ())) for identity, row in current_rows(session, spec, ids).items()
    }
