"""Taking in operations that another laptop wrote: whole chains, any order, twice without harm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble
from village_desk.store.base import Merge, Spec, all_specs
from village_desk.store.journal.capture import Writing, next_public_head, writing_of
from village_desk.store.journal.tables import (
    CHUNK,
    HELD,
    OPERATION,
    STEP,
    append_operations,
    current_public,
    last_position,
    operations_of,
    stored,
)
from village_desk.store.operations import NO_HASH, Operation, StoredOperation, read
from village_desk.store.reduction import reduce_record


@dataclass
class TakenIn:
    """What came of a delivery: operations that were new, known before, held for a gap, and not readable yet."""

    new: int = 0
    known: int = 0
    held: int = 0
    opaque: int = 0
    gaps: dict[bytes, int] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)


def take_in(session: Session, operations: Iterable[StoredOperation], *, village: str, from_township: bool) -> TakenIn:
    """Add another laptop's operations to the journal and bring the rows up to date.

    Operations whose predecessor is missing are held until it comes; nothing is forced.  Raises FileTrouble, and
    nothing remains, when an operation is damaged, of another village, or not its author's to write.
    """
    session.flush()
    writing = writing_of(session)
    result = TakenIn()
    specs = {spec.table: spec for spec in all_specs()}
    incoming = {operation.hash: operation for operation in map(read, operations)}
    for operation in incoming.values():
        _check_author(operation, specs.get(operation.table), village=village, from_township=from_township)
    known = _known_hashes(session, incoming)
    result.known = len(incoming.keys() & known)
    _fill_compartments(session, [incoming[name] for name in incoming.keys() & known])
    waiting = [operation for name, operation in incoming.items() if name not in known]
    waiting += [one for one in _held(session) if one.hash not in incoming and one.hash not in known]
    accepted, still_held = _chain(session, waiting)
    _check_owner(session, accepted)
    result.new = len(accepted)
    result.held = len(still_held)
    for operation in still_held:
        result.gaps[operation.device] = min(result.gaps.get(operation.device, operation.seq), operation.seq)
    _keep_held(session, still_held)
    _keep(session, accepted, specs)
    result.opaque = sum(_unreadable(operation, specs) for operation in accepted)
    for operation in accepted:
        writing.lamport = max(writing.lamport, operation.lamport)
    bring_up_to_date(session, writing, accepted, specs)
    result.tables = {operation.table for operation in accepted}
    return result


def _unreadable(operation: Operation, specs: dict[str, Spec]) -> bool:
    """True for an operation that a newer version of the desk wrote: kept and carried, shown after an update."""
    spec = specs.get(operation.table)
    return spec is None or operation.version > spec.version


def _check_author(operation: Operation, spec: Spec | None, *, village: str, from_township: bool) -> None:
    if operation.village != village:
        raise FileTrouble("这份文件里混有别的村的记录。", "没有收取任何内容，请让对方重新导出。")
    if spec is not None and (spec.merge is Merge.TOWNSHIP_OWNED) != from_township:
        raise FileTrouble("这份文件里有不该由对方填写的记录。", "没有收取任何内容，请联系乡镇核实。")


def _known_hashes(session: Session, names: Iterable[bytes]) -> set[bytes]:
    wanted = list(names)
    found: set[bytes] = set()
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found.update(session.scalars(select(OPERATION.c.hash).where(OPERATION.c.hash.in_(part))))
    return found


def _fill_compartments(session: Session, operations: Sequence[Operation]) -> None:
    """A lane that was withheld before may come later; its commitment was checked when it was read."""
    for name, value in (("own", "village"), ("township", "township")):
        rows = [
            {"b_hash": one.hash, "b_value": getattr(one.stored, value)}
            for one in operations
            if getattr(one.stored, value) is not None
        ]
        if rows:
            column = OPERATION.c[name]
            session.connection().execute(
                update(OPERATION)
                .where(OPERATION.c.hash == bindparam("b_hash"), column.is_(None))
                .values({column: bindparam("b_value")}),
                rows,
            )


def _held(session: Session) -> list[Operation]:
    rows = session.execute(select(HELD.c.header, HELD.c.township, HELD.c.own))
    return [read(stored(row)) for row in rows]


def _keep_held(session: Session, held: Sequence[Operation]) -> None:
    session.execute(delete(HELD))
    if held:
        session.execute(
            insert(HELD),
            [
                {
                    "hash": one.hash,
                    "device": one.device,
                    "seq": one.seq,
                    "header": one.stored.header,
                    "township": one.stored.township,
                    "own": one.stored.village,
                }
                for one in held
            ],
        )


def _chain(session: Session, waiting: Iterable[Operation]) -> tuple[list[Operation], list[Operation]]:
    """Operations whose chain is whole back to the first one, and those with a gap before them.

    The predecessor is found by its hash, not by its number, so both branches of a restored laptop are kept.
    """
    by_device: dict[bytes, list[Operation]] = {}
    for operation in waiting:
        by_device.setdefault(operation.device, []).append(operation)
    accepted: list[Operation] = []
    held: list[Operation] = []
    for operations in by_device.values():
        operations.sort(key=lambda one: (one.seq, one.hash))
        reachable = {one.hash: one.seq for one in _predecessors(session, operations)}
        for operation in operations:
            if operation.seq == 1 and operation.prev == NO_HASH:
                fits = True
            else:
                fits = reachable.get(operation.prev) == operation.seq - 1 and operation.seq > 1
            if fits:
                reachable[operation.hash] = operation.seq
                accepted.append(operation)
            else:
                held.append(operation)
    accepted.sort(key=lambda one: one.stamp)
    return accepted, held


def _predecessors(session: Session, operations: Sequence[Operation]) -> list[Any]:
    wanted = list({one.prev for one in operations} - {one.hash for one in operations})
    rows: list[Any] = []
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        rows += session.execute(select(OPERATION.c.hash, OPERATION.c.seq).where(OPERATION.c.hash.in_(part))).all()
    return rows


def _check_owner(session: Session, operations: Sequence[Operation]) -> None:
    """A record belongs to the village and the table that created it; nobody else may write under its id."""
    owners: dict[str, tuple[str, str]] = {}
    wanted = list({one.record for one in operations})
    for start in range(0, len(wanted), CHUNK):
        rows = session.execute(
            select(OPERATION.c.record, OPERATION.c.village, OPERATION.c.table_name)
            .where(OPERATION.c.record.in_(wanted[start : start + CHUNK]))
            .distinct()
        )
        owners.update({row.record: (row.village, row.table_name) for row in rows})
    for one in operations:
        if owners.setdefault(one.record, (one.village, one.table)) != (one.village, one.table):
            raise FileTrouble("这份文件想改动别的村的记录。", "没有收取任何内容，请联系对方核实。")


def _keep(session: Session, operations: Sequence[Operation], specs: dict[str, Spec]) -> None:
    rows: list[dict[str, Any]] = []
    public: dict[bytes, tuple[int, bytes]] = {}
    for one in operations:
        spec = specs.get(one.table)
        number, head = None, None
        if spec is not None and spec.public:
            before = public.get(one.device) or current_public(session, one.device)
            number, head = before[0] + 1, next_public_head(before[1], one.hash)
            public[one.device] = (number, head)
        rows.append(
            {
                "hash": one.hash,
                "device": one.device,
                "seq": one.seq,
                "lamport": one.lamport,
                "table_name": one.table,
                "record": one.record,
                "village": one.village,
                "step": one.step,
                "header": one.stored.header,
                "township": one.stored.township,
                "own": one.stored.village,
                "public_no": number,
                "public_head": head,
            }
        )
    if rows:
        first = last_position(session) + 1
        append_operations(session, rows)
        _keep_steps(session, operations, first)


def _keep_steps(session: Session, operations: Sequence[Operation], first: int) -> None:
    """List the steps of operations that were just appended, from position `first` on without a gap."""
    found: dict[bytes, dict[str, Any]] = {}
    for position, one in enumerate(operations, start=first):
        step = found.setdefault(
            one.step,
            {
                "step": one.step,
                "device": one.device,
                "first_position": position,
                "last_position": position,
                "operations": 0,
                "deed": one.deed,
                "day": one.day,
                "actor": one.actor,
            },
        )
        step["first_position"] = min(step["first_position"], position)
        step["last_position"] = max(step["last_position"], position)
        step["operations"] += 1
    known: set[bytes] = set()
    names = list(found)
    for start in range(0, len(names), CHUNK):
        known.update(session.scalars(select(STEP.c.step).where(STEP.c.step.in_(names[start : start + CHUNK]))))
    for name in known:
        session.execute(
            update(STEP)
            .where(STEP.c.step == name)
            .values(
                last_position=found[name]["last_position"],
                operations=STEP.c.operations + found[name]["operations"],
            )
        )
    fresh = [step for name, step in found.items() if name not in known]
    if fresh:
        session.execute(insert(STEP), fresh)


def bring_up_to_date(
    session: Session, writing: Writing, operations: Sequence[Operation], specs: dict[str, Spec]
) -> None:
    """Reduce every record that the operations speak of, and write the rows: inserted when new, changed otherwise."""
    records: dict[str, list[Operation]] = {}
    for one in operations:
        if not _unreadable(one, specs):
            records.setdefault(one.record, []).append(one)
    existing = _existing(session, records, specs)
    alone = {
        record: own
        for record, own in records.items()
        if len(own) == 1 and own[0].verb in {"create", "freeze"} and record not in existing
    }
    # A single creation of an unknown record needs no look at other operations; most deliveries are these.
    with_others = operations_of(session, [record for record in records if record not in alone])
    counted = operations_counted(session, list(alone))
    fresh: dict[str, list[dict[str, Any]]] = {}
    changed: dict[str, list[dict[str, Any]]] = {}
    for record, own in records.items():
        spec = specs[own[0].table]
        every = own if record in alone and counted.get(record, 0) <= 1 else with_others.get(record)
        if every is None:
            every = operations_of(session, [record])[record]
        row = reduce_record(spec, [one for one in every if not _unreadable(one, specs)])
        if row is None or existing.get(record) == row:
            continue
        (changed if record in existing else fresh).setdefault(spec.table, []).append(row)
    for table, rows in fresh.items():
        session.execute(insert(specs[table].core), rows)
    for table, rows in changed.items():
        core = specs[table].core
        names = [name for name in rows[0] if name not in {"id", "village"}]
        session.connection().execute(
            update(core).where(core.c.id == bindparam("b_id")).values({n: bindparam(f"b_{n}") for n in names}),
            [{"b_id": row["id"], **{f"b_{name}": row[name] for name in names}} for row in rows],
        )
    for group in (fresh, changed):
        for table, rows in group.items():
            writing.reduced.update((table, row["id"]) for row in rows)
    session.expire_all()


def operations_counted(session: Session, records: Sequence[str]) -> dict[str, int]:
    """How many operations the journal holds of each record."""
    found: dict[str, int] = {}
    for start in range(0, len(records), CHUNK):
        for record in session.scalars(
            select(OPERATION.c.record).where(OPERATION.c.record.in_(records[start : start + CHUNK]))
        ):
            found[record] = found.get(record, 0) + 1
    return found


def _existing(
    session: Session, records: dict[str, list[Operation]], specs: dict[str, Spec]
) -> dict[str, dict[str, Any]]:
    by_table: dict[str, list[str]] = {}
    for record, own in records.items():
        by_table.setdefault(own[0].table, []).append(record)
    found: dict[str, dict[str, Any]] = {}
    for table, ids in by_table.items():
        core = specs[table].core
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            for row in session.execute(select(core).where(core.c.id.in_(part))).mappings():
                found[row["id"]] = dict(row)
    return found
