"""All rows anew from the journal, and the digest that proves two files equal."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgpack
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from village_desk.store.base import Lane, Spec, all_specs
from village_desk.store.journal.tables import CHUNK, operations_of, records_by_table
from village_desk.store.operations import to_wire
from village_desk.store.reduction import reduce_record


def digest(session: Session, *, lane: Lane = Lane.VILLAGE, village: str | None = None) -> str:
    """SHA-256 over every journalled row, as 64 hexadecimal digits.

    With the township lane only what travels is counted, so a village and its township can compare; `village`
    restricts it to one village's rows.
    """
    total = hashlib.sha256(b"VDstate1\0")
    for spec in all_specs():
        fields = [one for one in spec.fields if lane is Lane.VILLAGE or one.lane is Lane.TOWNSHIP]
        statement = select(spec.core).order_by(spec.core.c.id)
        if village is not None:
            statement = statement.where(spec.core.c.village == village)
        started = False
        for row in session.execute(statement).mappings():
            if not started:
                total.update(b"T" + spec.table.encode() + b"\0")
                started = True
            values = [row["id"], row["village"], *(to_wire(one, row[one.name]) for one in fields)]
            total.update(msgpack.packb(values, use_bin_type=True))
    return total.hexdigest()


def rebuild_rows(session: Session) -> None:
    """Fill the (empty) tables of all records from the journal; triggers and listeners are the caller's matter."""
    records = records_by_table(session)
    for spec in all_specs():
        for rows in _reduced(session, spec, records.get(spec.table, [])):
            if rows:
                session.execute(insert(spec.core), rows)


def _reduced(session: Session, spec: Spec, records: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(records), CHUNK):
        known = operations_of(session, records[start : start + CHUNK])
        rows = [reduce_record(spec, operations) for operations in known.values()]
        yield [row for row in rows if row is not None]
