"""All rows anew from the journal, and the digest that proves two files equal."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgpack
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble
from village_desk.store.base import Lane, Spec, all_specs
from village_desk.store.journal.capture import next_public_head
from village_desk.store.journal.tables import CHUNK, HELD, OPERATION, all_operations, operations_of
from village_desk.store.operations import NO_HASH, Operation, operation_hash, read, to_wire
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
    for spec in all_specs():
        for rows in _reduced(session, spec):
            if rows:
                session.execute(insert(spec.core), rows)


def _reduced(session: Session, spec: Spec) -> Iterator[list[dict[str, Any]]]:
    records = session.scalars(
        select(OPERATION.c.record).where(OPERATION.c.table_name == spec.table).distinct().order_by(OPERATION.c.record)
    ).all()
    for start in range(0, len(records), CHUNK):
        known = operations_of(session, records[start : start + CHUNK])
        rows = [reduce_record(spec, _readable(spec, operations)) for operations in known.values()]
        yield [row for row in rows if row is not None]


def _readable(spec: Spec, operations: Sequence[Operation]) -> list[Operation]:
    return [one for one in operations if one.table == spec.table and one.version <= spec.version]


def audit(session: Session) -> list[str]:
    """Check every byte of the journal and every row against it; one sentence for each thing found wrong."""
    findings: list[str] = []
    previous: dict[bytes, dict[bytes, int]] = {}
    public: dict[bytes, bytes] = {}
    specs = {spec.table: spec for spec in all_specs()}
    number = 0
    for name, stored, public_no, public_head in all_operations(session):
        number += 1
        if operation_hash(stored.header) != name:
            findings.append(f"记录簿第{number}条的内容与校验码对不上，可能损坏或被改过。")
            continue
        try:
            operation = read(stored)
        except FileTrouble as trouble:
            findings.append(f"记录簿第{number}条：{trouble.message}")
            continue
        chain = previous.setdefault(operation.device, {NO_HASH: 0})
        if chain.get(operation.prev) != operation.seq - 1:
            findings.append(f"记录簿第{number}条前面少了记录，链条在这里断开。")
        chain[operation.hash] = operation.seq
        if operation.table in specs and specs[operation.table].public:
            expected = next_public_head(public.get(operation.device, NO_HASH), operation.hash)
            if public_head != expected or public_no is None:
                findings.append(f"记录簿第{number}条的公开链对不上。")
            public[operation.device] = expected
    findings += _wrong_rows(session)
    return findings


def _wrong_rows(session: Session) -> list[str]:
    findings: list[str] = []
    for spec in all_specs():
        live = {row["id"]: dict(row) for row in session.execute(select(spec.core)).mappings()}
        for rows in _safely_reduced(session, spec, findings):
            for row in rows:
                if live.pop(row["id"], None) != row:
                    findings.append(f"“{spec.table}”表里编号{row['id'][:8]}的一行被绕过本软件改动过。")
        findings += [f"“{spec.table}”表里编号{extra[:8]}的一行没有来历，不是本软件写入的。" for extra in live]
    return findings


def _safely_reduced(session: Session, spec: Spec, findings: list[str]) -> Iterator[list[dict[str, Any]]]:
    try:
        yield from _reduced(session, spec)
    except FileTrouble as trouble:
        findings.append(f"“{spec.table}”表无法核对：{trouble.message}")


def held_count(session: Session) -> int:
    """How many operations wait for a missing predecessor."""
    return len(session.scalars(select(HELD.c.hash)).all())
