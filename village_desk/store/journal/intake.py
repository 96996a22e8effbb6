"""Taking in operations that another laptop wrote: whole chains, any order, twice without harm."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble
from village_desk.store.base import Spec, all_specs
from village_desk.store.journal.manners import check_author, check_content
from village_desk.store.journal.public import PublicEnd, next_public_head, public_end_at
from village_desk.store.journal.rows import current_rows
from village_desk.store.journal.tables import (
    CHUNK,
    HELD,
    OPERATION,
    STEP,
    append_operations,
    head_of,
    last_position,
    operations_of,
    stored,
)
from village_desk.store.journal.writing import Writing, writing_of
from village_desk.store.operations import NO_HASH, Operation, StoredOperation, read
from village_desk.store.reduction import is_readable, reduce_record

# What one laptop can bring at most; operations that wait for a gap are kept up to this number.
MOST_HELD = 200_000


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
    incoming = _joined(map(read, operations))
    for operation in incoming.values():
        spec = specs.get(operation.table)
        check_author(operation, spec, writing, village=village, from_township=from_township)
        if spec is not None and is_readable(spec, operation):
            check_content(operation, spec)
    devices = {operation.device for operation in incoming.values()}
    known = _known(session, incoming.values(), devices)
    result.known = len(known)
    filled = _fill_lanes(session, [(incoming[name], lacks) for name, lacks in known.items()])
    held = _held(session, devices)
    waiting = _joined([*held, *(one for name, one in incoming.items() if name not in known)])
    accepted, still_held = _chain(session, waiting.values())
    of_old = _check_owner(session, accepted) | {one.record for one in filled}
    result.new = len(accepted)
    result.held = len(still_held)
    for operation in still_held:
        result.gaps[operation.device] = min(result.gaps.get(operation.device, operation.seq), operation.seq)
    _keep_held(session, held, still_held)
    _keep(session, accepted, specs)
    result.opaque = sum(_unreadable(operation, specs) for operation in accepted)
    for operation in accepted:
        writing.lamport = max(writing.lamport, operation.lamport)
    # Our own key signed what this file does not know, so this file was put back: the key must not go on.
    writing.met_itself = writing.met_itself or any(one.device == writing.device for one in accepted)
    _bring_up_to_date(session, writing, (*accepted, *filled), of_old, specs)
    result.tables = {operation.table for operation in (*accepted, *filled)}
    return result


def _joined(operations: Iterable[Operation]) -> dict[bytes, Operation]:
    """Each operation once; lanes that came apart are put together."""
    found: dict[bytes, Operation] = {}
    for one in operations:
        other = found.get(one.hash)
        if other is not None:
            town = one.stored.township if one.stored.township is not None else other.stored.township
            own = one.stored.village if one.stored.village is not None else other.stored.village
            one = replace(one, stored=StoredOperation(one.stored.header, town, own))
        found[one.hash] = one
    return found


def _unreadable(operation: Operation, specs: dict[str, Spec]) -> bool:
    """True for an operation that a newer version of the desk wrote: kept and carried, shown after an update."""
    spec = specs.get(operation.table)
    return spec is None or not is_readable(spec, operation)


def _known(session: Session, operations: Iterable[Operation], devices: Iterable[bytes]) -> dict[bytes, tuple[str, ...]]:
    """The operations that are in the journal, and which of their lanes are not."""
    reached = {device: head_of(session, device).seq for device in devices}
    # What lies beyond a chain's last number cannot be here; most deliveries are that.
    wanted = [one.hash for one in operations if one.seq <= reached[one.device]]
    found: dict[bytes, tuple[str, ...]] = {}
    statement = select(OPERATION.c.hash, OPERATION.c.township.is_(None), OPERATION.c.own.is_(None))
    for start in range(0, len(wanted), CHUNK):
        for name, town, own in session.execute(statement.where(OPERATION.c.hash.in_(wanted[start : start + CHUNK]))):
            found[name] = tuple(lane for lane, lacks in (("township", town), ("own", own)) if lacks)
    return found


def _fill_lanes(session: Session, operations: Iterable[tuple[Operation, tuple[str, ...]]]) -> list[Operation]:
    """A lane that was withheld before may come later; its commitment was checked when it was read."""
    filled: dict[bytes, Operation] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    for one, lacks in operations:
        for name in lacks:
            content = one.stored.township if name == "township" else one.stored.village
            if content is not None:
                rows.setdefault(name, []).append({"b_hash": one.hash, "b_value": content})
                filled[one.hash] = one
    for name, values in rows.items():
        statement = update(OPERATION).where(OPERATION.c.hash == bindparam("b_hash"))
        session.connection().execute(statement.values({OPERATION.c[name]: bindparam("b_value")}), values)
    return list(filled.values())


def _held(session: Session, devices: Collection[bytes]) -> list[Operation]:
    rows = session.execute(
        select(HELD.c.header, HELD.c.township, HELD.c.own).where(HELD.c.device.in_(tuple(devices)))
    ).all()
    return [read(stored(row)) for row in rows]


def _keep_held(session: Session, before: Sequence[Operation], held: Sequence[Operation]) -> None:
    if before:
        devices = tuple({one.device for one in before})
        session.execute(delete(HELD).where(HELD.c.device.in_(devices)))
    if not held:
        return
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
    if (session.scalar(select(func.count()).select_from(HELD)) or 0) > MOST_HELD:
        raise FileTrouble("这份文件前面缺的太多，没有收取任何内容。", "请让对方点“全部重报”，从头再导出一次。")


def _chain(session: Session, waiting: Iterable[Operation]) -> tuple[list[Operation], list[Operation]]:
    """Operations whose chain is whole back to the first one, and those with a gap before them.

    The predecessor is found by its hash, not by its number, so both branches of a restored laptop are kept.
    Raises FileTrouble for an operation that names a predecessor that cannot be its own.
    """
    by_device: dict[bytes, list[Operation]] = {}
    here: dict[bytes, bytes] = {}
    for operation in waiting:
        by_device.setdefault(operation.device, []).append(operation)
        here[operation.hash] = operation.device
    accepted: list[Operation] = []
    held: list[Operation] = []
    for device, operations in by_device.items():
        operations.sort(key=lambda one: (one.seq, one.hash))
        places = _places(session, operations)
        reachable = {NO_HASH: (device, 0, 0), **places}
        for operation in operations:
            before = reachable.get(operation.prev)
            if before is None and here.get(operation.prev, device) == device:
                held.append(operation)
                continue
            if before is None or before[:2] != (device, operation.seq - 1) or before[2] >= operation.lamport:
                raise FileTrouble("这份文件里的记录前后接不上。", "没有收取任何内容，请让对方重新导出。")
            reachable[operation.hash] = (device, operation.seq, operation.lamport)
            accepted.append(operation)
    accepted.sort(key=lambda one: one.stamp)
    return accepted, held


def _places(session: Session, operations: Sequence[Operation]) -> dict[bytes, tuple[bytes, int, int]]:
    """Laptop, number and counter of the predecessors that the journal knows."""
    wanted = list({one.prev for one in operations} - {one.hash for one in operations})
    found: dict[bytes, tuple[bytes, int, int]] = {}
    statement = select(OPERATION.c.hash, OPERATION.c.device, OPERATION.c.seq, OPERATION.c.lamport)
    for start in range(0, len(wanted), CHUNK):
        for row in session.execute(statement.where(OPERATION.c.hash.in_(wanted[start : start + CHUNK]))):
            found[row.hash] = (row.device, row.seq, row.lamport)
    return found


def _check_owner(session: Session, operations: Sequence[Operation]) -> set[str]:
    """A record belongs to the village and the table that created it; nobody else may write under its id.

    Returns the records of which the journal has operations already.
    """
    owners: dict[str, tuple[str, str]] = {}
    wanted = list({one.record for one in operations})
    for start in range(0, len(wanted), CHUNK):
        rows = session.execute(
            select(OPERATION.c.record, OPERATION.c.village, OPERATION.c.table_name)
            .where(OPERATION.c.record.in_(wanted[start : start + CHUNK]))
            .distinct()
        )
        owners.update({row.record: (row.village, row.table_name) for row in rows})
    of_old = set(owners)
    for one in operations:
        if owners.setdefault(one.record, (one.village, one.table)) != (one.village, one.table):
            raise FileTrouble("这份文件想改动别的村或别的表里的记录。", "没有收取任何内容，请联系对方核实。")
    return of_old


def _keep(session: Session, operations: Sequence[Operation], specs: dict[str, Spec]) -> None:
    rows: list[dict[str, Any]] = []
    ends: dict[bytes, PublicEnd] = {}
    for one in operations:
        spec = specs.get(one.table)
        is_public = spec is not None and spec.public
        end = ends.get(one.prev) or public_end_at(session, one.device, one.prev)
        if is_public:
            end = (end[0] + 1, next_public_head(end[1], one.hash))
        ends[one.hash] = end
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
                "public_no": end[0] if is_public else None,
                "public_head": end[1] if is_public else None,
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
        # A laptop adds to its own steps only, whatever name it writes into its operations.
        if step["device"] == one.device:
            step["last_position"] = position
            step["operations"] += 1
    known: dict[bytes, bytes] = {}
    names = list(found)
    for start in range(0, len(names), CHUNK):
        rows = session.execute(
            select(STEP.c.step, STEP.c.device).where(STEP.c.step.in_(names[start : start + CHUNK]))
        ).all()
        known.update({row.step: row.device for row in rows})
    for name, device in known.items():
        if found[name]["device"] == device:
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


def _bring_up_to_date(
    session: Session,
    writing: Writing,
    operations: Iterable[Operation],
    of_old: Collection[str],
    specs: dict[str, Spec],
) -> None:
    """Reduce every record that the operations speak of, and write the rows: inserted when new, changed otherwise.

    All operations of a record are among them, unless it is one `of_old`, of which the journal has had others.
    """
    records: dict[str, list[Operation]] = {}
    for one in operations:
        if not _unreadable(one, specs):
            records.setdefault(one.record, []).append(one)
    existing = _existing(session, records, specs)
    fresh: dict[str, list[dict[str, Any]]] = {}
    changed: dict[str, list[dict[str, Any]]] = {}
    with_others = [record for record in records if record in of_old]
    for start in range(0, len(with_others), CHUNK):
        known = operations_of(session, with_others[start : start + CHUNK])
        for record, every in known.items():
            _put(specs[records[record][0].table], every, existing.get(record), fresh, changed)
    for record, every in records.items():
        if record not in of_old:
            _put(specs[every[0].table], every, existing.get(record), fresh, changed)
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


def _put(
    spec: Spec,
    operations: Sequence[Operation],
    present: dict[str, Any] | None,
    fresh: dict[str, list[dict[str, Any]]],
    changed: dict[str, list[dict[str, Any]]],
) -> None:
    row = reduce_record(spec, operations)
    if row is not None and row != present:
        (fresh if present is None else changed).setdefault(spec.table, []).append(row)


def _existing(
    session: Session, records: dict[str, list[Operation]], specs: dict[str, Spec]
) -> dict[str, dict[str, Any]]:
    by_table: dict[str, list[str]] = {}
    for record, own in records.items():
        by_table.setdefault(own[0].table, []).append(record)
    found: dict[str, dict[str, Any]] = {}
    for table, ids in by_table.items():
        found.update(current_rows(session, specs[table], ids))
    return found
