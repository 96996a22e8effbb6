"""From changed rows to operations: the unit-of-work listener, the bulk doors, and the proof before commit."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, event, func, insert, inspect, select, update
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id
from village_desk.store.base import Merge, Record, Spec, spec_of
from village_desk.store.journal.public import next_public_head
from village_desk.store.journal.tables import CHUNK, OPERATION, STEP, Head, append_operations, operations_of
from village_desk.store.operations import (
    FORMAT,
    LARGEST_HEADER,
    Operation,
    commitment,
    operation_hash,
    pack_header,
    seal,
    split_lanes,
)
from village_desk.store.reduction import final_since, heads, is_readable, reduce_record

PROVED_RECORDS = 500
# Rows and their operations are held in memory together; a step over a whole village goes through in parts.
ROWS_AT_ONCE = 2000
# A header has room for about 110 of them; a record with more open ends keeps the others open.
MOST_BASES = 64


class JournalBroken(RuntimeError):
    """Our own bug: rows changed without operations, or a row is not what its operations say."""


@dataclass
class Tally:
    """What the triggers of one connection counted since writing began."""

    open: bool = False
    touched: Counter[tuple[str, str]] = field(default_factory=Counter)

    def touch(self, table: str, record: str) -> int:
        """Called by the triggers for every row; raises when nobody opened the door."""
        if not self.open:
            raise JournalBroken(table)
        if table:
            self.touched[table, record] += 1
        return 0

    def clear(self) -> None:
        """Shut the door and forget the counts."""
        self.open = False
        self.touched.clear()


@dataclass
class Writing:
    """The state of one open transaction: who writes what for which intention, and the chain as it grows."""

    village: str
    device: bytes
    actor: str
    day: str
    deed: str
    head: Head
    lamport: int
    first_position: int
    tally: Tally
    of_township: bool = False
    step: bytes = field(default_factory=lambda: secrets.token_bytes(8))
    written: Counter[tuple[str, str]] = field(default_factory=Counter)
    reduced: Counter[tuple[str, str]] = field(default_factory=Counter)
    based: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    amending: set[str] = field(default_factory=set)
    rows: list[dict[str, Any]] = field(default_factory=list)
    operations: int = 0
    sealed: bool = False
    met_itself: bool = False

    @property
    def touched(self) -> dict[str, list[str]]:
        """Ids of the changed records by table."""
        found: dict[str, list[str]] = {}
        for table, record in (*self.written, *self.reduced):
            found.setdefault(table, []).append(record)
        return {table: sorted(set(ids)) for table, ids in found.items()}


def writing_of(session: Session) -> Writing:
    """The open transaction's state; raises JournalBroken outside of writing()."""
    state = session.info.get("writing")
    if not isinstance(state, Writing):
        raise JournalBroken("records change only inside writing()")
    return state


def note(writing: Writing, spec: Spec, verb: str, record: str, values: dict[str, Any], base: Iterable[bytes]) -> None:
    """Append one operation to the chain of this laptop; it is stored with the next flush.

    Raises NotAllowed for what only the township writes and for a content that no desk would take in.
    """
    if spec.merge is Merge.TOWNSHIP_OWNED and not writing.of_township:
        raise NotAllowed("这一项由乡镇填写，村里不能改。", "有疑问请联系乡镇更正。")
    if len(record) != 32 or bytes.fromhex(record).hex() != record:
        raise JournalBroken(f"{spec.table}: {record} is not an id")
    township, own = split_lanes(spec, values)
    sealed_township, sealed_own = seal(township), seal(own)
    head = writing.head
    writing.lamport += 1
    header = pack_header(
        [
            FORMAT,
            writing.village,
            writing.device,
            head.seq + 1,
            writing.lamport,
            verb,
            spec.table,
            spec.version,
            bytes.fromhex(record),
            list(base)[:MOST_BASES],
            writing.day,
            bytes.fromhex(writing.actor),
            writing.step,
            writing.deed,
            commitment(sealed_township) if sealed_township is not None else None,
            commitment(sealed_own) if sealed_own is not None else None,
            head.hash,
        ]
    )
    if len(header) > LARGEST_HEADER:
        raise JournalBroken(f"{writing.deed[:80]}: the header of the operation is too long")
    name = operation_hash(header)
    public_no, public_head = head.public_no, head.public_head
    if spec.public:
        public_no, public_head = public_no + 1, next_public_head(public_head, name)
    writing.head = Head(head.seq + 1, name, public_no, public_head)
    writing.rows.append(
        {
            "hash": name,
            "device": writing.device,
            "seq": head.seq + 1,
            "lamport": writing.lamport,
            "table_name": spec.table,
            "record": record,
            "village": writing.village,
            "step": writing.step,
            "header": header,
            "township": sealed_township,
            "own": sealed_own,
            "public_no": public_no if spec.public else None,
            "public_head": public_head if spec.public else None,
        }
    )
    writing.written[spec.table, record] += 1
    writing.operations += 1


def store_noted(session: Session, writing: Writing) -> None:
    """Write the appended operations into the journal table."""
    if writing.rows:
        rows, writing.rows = writing.rows, []
        append_operations(session, rows)


def _refuse_hidden_changes(session: Session, context: object, instances: object) -> None:
    writing = session.info.get("writing")
    for record in session.deleted:
        if isinstance(record, Record):
            raise JournalBroken(f"{record.__tablename__} rows are retired, never deleted")
    if not isinstance(writing, Writing):
        return
    for record in session.new:
        if isinstance(record, Record):
            if record.village is None:
                record.village = writing.village
            _refuse_other_village(writing, record.__tablename__, record.village)
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record):
            _refuse_other_village(writing, record.__tablename__, record.village)


def _refuse_other_village(writing: Writing, table: str, village: str) -> None:
    if village != writing.village:
        raise JournalBroken(f"a {table} of {village} is only read in the file of {writing.village}")


def _write_operations(session: Session, context: object) -> None:
    new = [record for record in session.new if isinstance(record, Record)]
    dirty = [
        (record, changed) for record in session.dirty if isinstance(record, Record) and (changed := _changes(record))
    ]
    if not new and not dirty:
        return
    writing = writing_of(session)
    for record in new:
        spec = spec_of(type(record))
        values = {one.name: getattr(record, one.name) for one in spec.fields}
        note(writing, spec, "freeze" if spec.is_frozen(values) else "create", record.id, values, ())
    store_noted(session, writing)
    known = operations_of(session, [record.id for record, _ in dirty])
    for record, changed in dirty:
        spec = spec_of(type(record))
        before = known.get(record.id, [])
        base = writing.based.pop(record.id, None) or heads(before)
        verb = _verb(spec, record.id, changed, _state_before(spec, record, changed), before, writing)
        if verb == "freeze":
            values = {one.name: getattr(record, one.name) for one in spec.fields}
        else:
            values = {name: now for name, (_, now) in changed.items()}
        note(writing, spec, verb, record.id, values, base)
    store_noted(session, writing)


def _changes(record: Record) -> dict[str, tuple[Any, Any]]:
    """(before, now) of each column that this flush writes."""
    changed: dict[str, tuple[Any, Any]] = {}
    for attribute in inspect(record).attrs:
        history = attribute.history
        if history.has_changes():
            changed[attribute.key] = (history.deleted[0] if history.deleted else None, attribute.value)
    if "id" in changed or "village" in changed:
        raise JournalBroken("a record's id and village never change")
    return changed


def _state_before(spec: Spec, record: Record, changed: dict[str, tuple[Any, Any]]) -> Any:
    if spec.frozen_when is None:
        return None
    name = spec.frozen_when[0]
    return changed[name][0] if name in changed else getattr(record, name)


def _verb(
    spec: Spec,
    record: str,
    changed: dict[str, tuple[Any, Any]],
    state: Any,
    before: Sequence[Operation],
    writing: Writing,
) -> str:
    """The verb of a change of a row that was in `state` after some operations; refuses what is final."""
    if not all(is_readable(spec, one) for one in before):
        raise NotAllowed("这一条是更新版本的村务通写的，这台电脑上的版本改不了它。", "请先更新本软件，再来修改。")
    if spec.merge is Merge.APPEND_ONLY:
        raise NotAllowed("这一笔已经入账，不能改，也不能删。", "写错了请用“更正这一笔”另记一笔。")
    if record in writing.amending:
        return "amend"
    if spec.frozen_when is not None:
        name, final = spec.frozen_when
        if state in final or final_since(spec, before) is not None:
            raise NotAllowed("这件已经定稿，不能直接改。", "请用“更正”，改动会写明原因并留下原样。")
        if name in changed and changed[name][1] in final:
            return "freeze"
    if set(changed) == {"retired"} and changed["retired"][1] is True:
        return "retire"
    return "set"


def listen(session: Session) -> None:
    """Let the journal hear every flush of this session."""
    event.listen(session, "before_flush", _refuse_hidden_changes)
    event.listen(session, "after_flush", _write_operations)


def add_rows(session: Session, record: type[Record], rows: Iterable[dict[str, Any]]) -> list[str]:
    """Bulk door: create many rows at once; returns their ids in order."""
    session.flush()
    writing, spec = writing_of(session), spec_of(record)
    full: list[dict[str, Any]] = []
    for row in rows:
        values = {one.name: row.get(one.name, one.absent) for one in spec.fields}
        unknown = row.keys() - values.keys() - {"id"}
        if unknown:
            raise TypeError(f"{spec.table} has no {sorted(unknown)}")
        identity = row.get("id") or new_id()
        note(writing, spec, "freeze" if spec.is_frozen(values) else "create", identity, values, ())
        full.append({"id": identity, "village": writing.village, **values})
    if full:
        session.execute(insert(spec.core), full)
        store_noted(session, writing)
    return [row["id"] for row in full]


def change_rows(
    session: Session,
    record: type[Record],
    changes: dict[str, dict[str, Any]],
    known: Mapping[str, Sequence[Operation]] | None = None,
) -> int:
    """Bulk door: change many rows of one class; returns how many really changed.

    `known` are the operations of these records when the caller has just read them. Raises NotFound when a row is
    missing and NotAllowed when one is final.
    """
    session.flush()
    wanted = list(changes.items())
    changed = 0
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        changed += _change_some(session, spec_of(record), dict(wanted[start : start + ROWS_AT_ONCE]), known)
    session.expire_all()
    return changed


def _change_some(
    session: Session,
    spec: Spec,
    changes: dict[str, dict[str, Any]],
    known: Mapping[str, Sequence[Operation]] | None = None,
) -> int:
    writing = writing_of(session)
    now = current_rows(session, spec, changes)
    if known is None:
        known = operations_of(session, changes)
    grouped: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    changed = 0
    for identity, wanted in changes.items():
        row = now.get(identity)
        if row is None:
            raise NotFound("要修改的记录不在这个村的档案里。", "请刷新后再试。")
        _refuse_other_village(writing, spec.table, row["village"])
        values = {name: value for name, value in wanted.items() if row[name] != value}
        if not values:
            continue
        state = row[spec.frozen_when[0]] if spec.frozen_when is not None else None
        before = known.get(identity, [])
        both = {name: (row[name], value) for name, value in values.items()}
        verb = _verb(spec, identity, both, state, before, writing)
        carried = {**{one.name: row[one.name] for one in spec.fields}, **values} if verb == "freeze" else values
        note(writing, spec, verb, identity, carried, heads(before))
        names = tuple(sorted(values))
        grouped.setdefault(names, []).append({"b_id": identity, **{f"b_{name}": values[name] for name in names}})
        changed += 1
    for names, rows in grouped.items():
        statement = (
            update(spec.core)
            .where(spec.core.c.id == bindparam("b_id"))
            .values({name: bindparam(f"b_{name}") for name in names})
        )
        session.connection().execute(statement, rows)
    store_noted(session, writing)
    return changed


def current_rows(session: Session, spec: Spec, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows as they stand in the table, by id."""
    found: dict[str, dict[str, Any]] = {}
    wanted = list(ids)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        for row in session.execute(select(spec.core).where(spec.core.c.id.in_(part))).mappings():
            found[row["id"]] = dict(row)
    return found


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
    # What was taken in has been compared with its owner already.
    _prove_ids(session, [record for _, record in writing.written])


def _prove_ids(session: Session, records: Sequence[str]) -> None:
    """Raise JournalBroken when an id stands under two tables: no other desk would take it in."""
    for start in range(0, len(records), CHUNK):
        part = select(OPERATION.c.record).where(OPERATION.c.record.in_(records[start : start + CHUNK]))
        twice = session.scalar(part.group_by("record").having(func.count(OPERATION.c.table_name.distinct()) > 1))
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
