"""What an action may do with its session: who acts on which day, the bulk doors, edits, amendments, retiring."""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.store.base import Record, spec_of
from village_desk.store.journal.doors import add_rows, change_rows
from village_desk.store.journal.rows import current_rows
from village_desk.store.journal.tables import operations_of
from village_desk.store.journal.writing import store_noted, writing_of
from village_desk.store.reduction import final_since, heads


@dataclass(frozen=True)
class Act:
    """The circumstances of a session: the confirmed day, the village, and the operator at the desk."""

    today: dt.date
    village: str
    village_name: str
    actor: str
    role: str
    secret: bytes


@dataclass(frozen=True)
class Checkpoint:
    """The head of this laptop's public chain, signed: printed on a sheet it proves what hung on the wall.

    `code` is 30 digits (about 100 bits) for comparing by eye; `text` is what the QR code holds.
    """

    number: int
    head: bytes
    signature: bytes
    code: str
    text: str


def act(session: Session) -> Act:
    """The circumstances of this session."""
    found = session.info["act"]
    assert isinstance(found, Act)
    return found


def add_many(session: Session, record: type[Record], rows: Iterable[dict[str, Any]]) -> list[str]:
    """Create many records in one go; a row without an id gets one.  Returns the ids in order."""
    return add_rows(session, record, rows)


def change_many(session: Session, record: type[Record], changes: dict[str, dict[str, Any]]) -> int:
    """Change many records of one class, {id: {field: value}}; returns how many really changed."""
    return change_rows(session, record, changes)


def retire_many(session: Session, record: type[Record], ids: Iterable[str]) -> int:
    """Take many records of one class out of use; returns how many really changed."""
    return change_rows(session, record, {identity: {"retired": True} for identity in ids})


def edit(session: Session, record: Record, *, seen: str, **values: Any) -> None:
    """Change a record on the ground of what the clerk saw; `seen` comes from the row that was shown."""
    writing_of(session).based[record.id] = tuple(bytes.fromhex(one) for one in seen.split(",") if one)
    for name, value in values.items():
        setattr(record, name, value)
    session.flush()
    writing_of(session).based.pop(record.id, None)


def seen(session: Session, record: type[Record], identity: str) -> str:
    """What a clerk who looks at the record now has seen, to be handed back with an edit."""
    return ",".join(one.hex() for one in heads(operations_of(session, [identity]).get(identity, ())))


def amend(session: Session, record: Record, **values: Any) -> None:
    """Change a record that is final; the amendment stays visible beside the original.

    Raises NotAllowed when the record is not final yet.
    """
    spec = spec_of(type(record))
    session.flush()
    row = current_rows(session, spec, [record.id]).get(record.id, {})
    final = final_since(spec, operations_of(session, [record.id]).get(record.id, ()))
    if not spec.is_frozen(row) and final is None:
        raise NotAllowed("这件还没有定稿，不用更正。", "直接修改即可。")
    writing = writing_of(session)
    writing.amending.add(record.id)
    try:
        for name, value in values.items():
            setattr(record, name, value)
        session.flush()
    finally:
        writing.amending.discard(record.id)


def retire(session: Session, record: Record) -> None:
    """Take a record out of use; it stays in the journal and can be brought back by undo."""
    record.retired = True
    session.flush()


def public_checkpoint(session: Session) -> Checkpoint:
    """The signed head of the public chain as it stands after what this act wrote so far."""
    session.flush()
    writing = writing_of(session)
    store_noted(session, writing)
    head = writing.head
    writing.sealed = True
    signed = b"VDhead1\0" + writing.village.encode() + head.public_no.to_bytes(8, "big") + head.public_head
    signature: bytes = session.info["sign"](signed)
    device = writing.device[:4].hex().upper()
    text = f"VD1 {writing.village} {device} {head.public_no} {_base32(head.public_head)} {_base32(signature)}"
    return Checkpoint(head.public_no, head.public_head, signature, check_code(head.public_head), text)


def read_checkpoint(text: str) -> tuple[bytes, int, bytes] | None:
    """Beginning of the device's id, number and head from what a QR code holds; None when it is no checkpoint."""
    parts = text.split(" ")
    if len(parts) != 6 or parts[0] != "VD1" or not parts[3].isdecimal():
        return None
    try:
        device, head = bytes.fromhex(parts[2]), base64.b32decode(parts[4] + "=" * (-len(parts[4]) % 8))
    except ValueError:
        return None
    return (device, int(parts[3]), head) if len(device) == 4 and len(head) == 32 else None


def _base32(content: bytes) -> str:
    """Capitals and digits only, which a QR code packs closer than small letters."""
    return base64.b32encode(content).decode().rstrip("=")


def check_code(head: bytes) -> str:
    """30 decimal digits of a public head, in six groups of five."""
    number = int.from_bytes(hashlib.sha256(b"VDcode1\0" + head).digest(), "big") % 10**30
    digits = f"{number:030d}"
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))
