"""The proof of a file: every byte of the journal, and every row against it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble
from village_desk.store.base import Spec, all_specs
from village_desk.store.journal.public import PublicEnd, next_public_head, public_end_at
from village_desk.store.journal.rows import current_rows
from village_desk.store.journal.tables import CHUNK, OPERATION, last_position, operations_of, records_by_table, stored
from village_desk.store.operations import NO_HASH, Operation, operation_hash, read
from village_desk.store.reduction import reduce_record

MOST_FINDINGS = 200
# The fields that say what a record is called, whatever its table.
_NAMES = ("title", "name", "number")
_Link = tuple[int, int, PublicEnd]
_START: _Link = (0, 0, (0, NO_HASH))


def audit(session: Session) -> list[str]:
    """Check every byte of the journal and every row against it; one sentence for each of the first things wrong."""
    findings = list(islice(_findings(session), MOST_FINDINGS + 1))
    if len(findings) > MOST_FINDINGS:
        findings[MOST_FINDINGS:] = ["不对的地方还有更多，没有一一列出。"]
    return findings


def _findings(session: Session) -> Iterator[str]:
    yield from _wrong_operations(session)
    records = records_by_table(session)
    for spec in all_specs():
        yield from _wrong_rows(session, spec, records.get(spec.table, []))


def _wrong_operations(session: Session) -> Iterator[str]:
    links: dict[bytes, _Link] = {}
    public = {spec.table for spec in all_specs() if spec.public}
    number = 0
    for row in session.execute(select(OPERATION).order_by(OPERATION.c.position)).yield_per(2000):
        number += 1
        if operation_hash(row.header) != row.hash:
            yield f"记录簿第{number}条的内容与校验码对不上，可能损坏或被改过。"
            continue
        try:
            one = read(stored((row.header, row.township, row.own)))
        except FileTrouble as trouble:
            yield f"记录簿第{number}条：{trouble.message}"
            continue
        if row.position != number or not _is_filed(row, one):
            yield f"记录簿第{number}条放错了地方，可能被改过。"
        # Most operations follow the newest one of their laptop, so one link each is remembered.
        before = links.pop(one.prev, None) or _looked_up(session, one, number)
        if before is None or before[0] != one.seq - 1 or before[1] >= one.lamport:
            yield f"记录簿第{number}条前面少了记录，链条在这里断开。"
        end = before[2] if before is not None else _START[2]
        if one.table in public:
            end = (end[0] + 1, next_public_head(end[1], one.hash))
        if (row.public_no, row.public_head) != (end if one.table in public else (None, None)):
            yield f"记录簿第{number}条的公开链对不上。"
        links[one.hash] = (one.seq, one.lamport, end)
    if number != last_position(session):
        yield "记录簿里少了记录。"


def _looked_up(session: Session, one: Operation, number: int) -> _Link | None:
    """The predecessor of a chain's first operation, or of the first one of a branch."""
    if one.prev == NO_HASH:
        return _START
    row = session.execute(
        select(OPERATION.c.seq, OPERATION.c.lamport).where(
            OPERATION.c.hash == one.prev, OPERATION.c.device == one.device, OPERATION.c.position < number
        )
    ).first()
    return (row.seq, row.lamport, public_end_at(session, one.device, one.prev)) if row is not None else None


def _is_filed(row: Any, one: Operation) -> bool:
    """Whether the columns that operations are found by say the same as the operation itself."""
    filed = (row.device, row.seq, row.lamport, row.table_name, row.record, row.village, row.step)
    return filed == (one.device, one.seq, one.lamport, one.table, one.record, one.village, one.step)


def _wrong_rows(session: Session, spec: Spec, records: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(records), CHUNK):
        part = records[start : start + CHUNK]
        live = current_rows(session, spec, part)
        for identity, row in _reduced(session, spec, part):
            if isinstance(row, FileTrouble):
                yield f"编号{identity[:8]}的一行无法核对：{row.message}"
            elif live.get(identity) != row:
                words = _caption(row or live.get(identity) or {})
                yield f"编号{identity[:8]}的一行{words}被绕过本软件改动过。"
    journalled = set(records)
    for extra in session.scalars(select(spec.core.c.id)):
        if extra not in journalled:
            yield f"编号{extra[:8]}的一行没有来历，不是本软件写入的。"


def _caption(row: dict[str, Any]) -> str:
    """What the record is called, as its operations say, so that the clerk knows which one is meant."""
    name = next((row[field] for field in _NAMES if row.get(field)), "")
    return f"（{name}）" if name else ""


def _reduced(
    session: Session, spec: Spec, records: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any] | FileTrouble | None]]:
    """Each record's row as its operations say; one that cannot be read spoils no other."""
    try:
        known = operations_of(session, records)
        yield from [(identity, reduce_record(spec, known.get(identity, ()))) for identity in records]
    except FileTrouble as trouble:
        if len(records) == 1:
            yield records[0], trouble
            return
        for one in records:
            yield from _reduced(session, spec, [one])
