"""What stands before each commit: counts equal operations, rows equal their reduction, and the step is listed."""

from collections.abc import Sequence

from sqlalchemy import and_, insert, select
from sqlalchemy.orm import Session

from village_desk.store.base import Spec
from village_desk.store.journal.rows import current_rows
from village_desk.store.journal.tables import OPERATION, STEP, operations_of
from village_desk.store.journal.writing import JournalBroken, Writing
from village_desk.store.reduction import reduce_record

PROVED_RECORDS = 500


def prove(session: Session, writing: Writing, specs: dict[str, Spec]) -> None:
    """The proof before commit: counts equal operations, and rows equal their reduction.

    Raises JournalBroken, which rolls the transaction back: better no change than an unprovable one.
    """
    expected = writing.written + writing.reduced
    if +writing.tally.touched != +expected:
        odd = sorted(k for k in writing.tally.touched | expected if writing.tally.touched[k] != expected[k])
        raise JournalBroken(f"rows and operations differ: {odd[:3]}")
    for table, ids in writing.touched.items():
        prove_rows(session, specs[table], ids[:PROVED_RECORDS])
    _prove_ids(session, writing)


def _prove_ids(session: Session, writing: Writing) -> None:
    """Raise JournalBroken when an id stands under two tables: no other desk would take it in.

    What was taken in has been compared with its owner already.
    """
    mine, other = OPERATION.alias("mine"), OPERATION.alias("other")
    twice = session.scalar(
        select(mine.c.record)
        .join(other, and_(other.c.record == mine.c.record, other.c.table_name != mine.c.table_name))
        .where(mine.c.step == writing.step)
        .limit(1)
    )
    if twice is not None:
        raise JournalBroken(f"{twice} is the id of records of two tables")


def prove_rows(session: Session, spec: Spec, ids: Sequence[str]) -> None:
    """Raise JournalBroken unless each row equals what its operations say."""
    rows = current_rows(session, spec, ids)
    known = operations_of(session, ids)
    for identity in ids:
        if reduce_record(spec, known.get(identity, ())) != rows.get(identity):
            raise JournalBroken(f"{spec.table} {identity} is not what its operations say")


def remember_step(session: Session, writing: Writing, last_position: int) -> None:
    """List the finished transaction among the steps."""
    if writing.operations:
        session.execute(
            insert(STEP).values(
                step=writing.step,
                device=writing.device,
                first_position=writing.first_position,
                last_position=last_position,
                operations=writing.operations,
                deed=writing.deed,
                day=writing.day,
                actor=writing.actor,
            )
        )
