"""The state of one open transaction: who writes, the chain as it grows, and what the triggers counted."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.store.base import Merge, Spec
from village_desk.store.journal.public import next_public_head
from village_desk.store.journal.tables import Head, append_operations
from village_desk.store.operations import (
    FORMAT,
    LARGEST_HEADER,
    commitment,
    operation_hash,
    pack_header,
    seal,
    split_lanes,
)

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
    def tables(self) -> frozenset[str]:
        """The tables in which records changed."""
        return frozenset(table for table, _ in (*self.written, *self.reduced))

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


def refuse_other_village(writing: Writing, table: str, village: str) -> None:
    """Raise JournalBroken for a row of a village that this file only reads."""
    if village != writing.village:
        raise JournalBroken(f"a {table} of {village} is only read in the file of {writing.village}")
