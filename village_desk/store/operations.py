"""One operation: its wire form, its hash, the commitments to its content, and the strict reading of all three."""

import datetime as dt
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import msgpack

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store.base import PLAIN_TYPES, FieldSpec, Lane, Spec, frozen

FORMAT = 1
NO_HASH = bytes(32)
VERBS = frozenset({"create", "set", "freeze", "amend", "retire"})
LARGEST_PAYLOAD = 64 * 1024
LARGEST_HEADER = 4 * 1024
LARGEST_SEQ = 2**53
LARGEST_LAMPORT = 2**60
LARGEST_VERSION = 2**31
LONGEST_ARRAY = 4096
DEEPEST = 8
_SALT = 16
_INTEGERS = range(-(2**63), 2**63)
# Most values are the same in a row and on the wire; taking in a year asks for half a million of them.
_AS_IT_IS: dict[str, type] = {"str": str, "bool": bool, "bytes": bytes}


class StoredOperation(NamedTuple):
    """An operation as it is kept and carried: header bytes, and salt + content of each lane or None."""

    header: bytes
    township: bytes | None
    village: bytes | None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that has been read: who changed what of which record, and what it was based on."""

    hash: bytes
    village: str
    device: bytes
    seq: int
    lamport: int
    verb: str
    table: str
    version: int
    record: str
    base: tuple[bytes, ...]
    day: str
    actor: str
    step: bytes
    deed: str
    commit_township: bytes | None
    commit_village: bytes | None
    prev: bytes
    stored: StoredOperation

    @property
    def stamp(self) -> tuple[int, bytes, bytes]:
        """The total order of operations: Lamport counter, then laptop, then hash; never a clock."""
        return (self.lamport, self.device, self.hash)

    def fields_of(self, spec: Spec) -> dict[str, Any]:
        """The wire values for the columns of a class, each from its own lane.

        A value that stands in the other lane is none: one laptop would show it and another one would not.
        """
        named = spec.named
        return {
            name: value
            for lane, content in ((Lane.TOWNSHIP, self.stored.township), (Lane.VILLAGE, self.stored.village))
            if content is not None
            for name, value in unpack(content[_SALT:]).items()
            if name in named and named[name].lane is lane
        }

    def fields(self) -> dict[str, Any]:
        """Everything that this operation carries, from every lane that is here."""
        values: dict[str, Any] = {}
        for lane in (self.stored.township, self.stored.village):
            if lane is not None:
                values.update(unpack(lane[_SALT:]))
        return values


def operation_hash(header: bytes) -> bytes:
    """The name of an operation: SHA-256 over its header as stored, never encoded anew."""
    return hashlib.sha256(b"VDop1\0" + header).digest()


def commitment(compartment: bytes) -> bytes:
    """What the header says of a lane's content; the salt inside keeps short contents from being guessed."""
    return hashlib.sha256(b"VDpl1\0" + compartment).digest()


def seal(fields: dict[str, Any]) -> bytes | None:
    """Salt and content of one lane; None when the lane is empty.

    Raises NotAllowed above 64 KiB: no desk would take such an operation in.
    """
    if not fields:
        return None
    content: bytes = msgpack.packb(fields, use_bin_type=True)
    if len(content) > LARGEST_PAYLOAD:
        raise NotAllowed(
            f"这一条的文字太长，有{len(content) // 1024}千字节，最多{LARGEST_PAYLOAD // 1024}千字节，没有保存。",
            "请缩短，或分成几条；长篇的原件可以作为材料附上。",
        )
    return os.urandom(_SALT) + content


def pack_header(parts: list[Any]) -> bytes:
    """Header bytes."""
    packed: bytes = msgpack.packb(parts, use_bin_type=True)
    return packed


def unpack(data: bytes) -> Any:
    """Strict msgpack: bounded, no extension types, text keys."""
    return msgpack.unpackb(
        data,
        raw=False,
        strict_map_key=True,
        max_str_len=LARGEST_PAYLOAD,
        max_bin_len=LARGEST_PAYLOAD,
        max_array_len=LONGEST_ARRAY,
        max_map_len=512,
        max_ext_len=0,
        ext_hook=_no_extension,
    )


def _no_extension(code: int, data: bytes) -> Any:
    raise ValueError("extension types are not part of the format")


def read(stored: StoredOperation) -> Operation:
    """Check the form of an operation and its commitments.

    Raises FileTrouble when a byte is not as its author wrote it.
    """
    try:
        return _read(stored)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, msgpack.exceptions.UnpackException) as reason:
        raise FileTrouble(
            "有一条记录的内容与它的校验码对不上，文件可能损坏或被改过。", "请换用完好的上报包或最近的备份。"
        ) from reason


def _read(stored: StoredOperation) -> Operation:
    header = stored.header
    if len(header) > LARGEST_HEADER:
        raise ValueError("header too long")
    parts = unpack(header)
    if not isinstance(parts, list) or len(parts) != 17 or pack_header(parts) != header:
        raise ValueError("not the canonical form")
    village, device, seq, lamport, verb, table, version, record, base, day, actor, step, deed = parts[1:14]
    town, own, prev = parts[14:]
    if not (
        type(parts[0]) is int
        and parts[0] == FORMAT
        # A year is half a million of these questions, so no loop asks them.
        and type(village) is type(verb) is type(table) is type(day) is type(deed) is str
        and type(seq) is type(lamport) is type(version) is int
        and min(seq, lamport, version) > 0
        and _bytes(device, 16)
        and _bytes(record, 16)
        and (actor == b"" or _bytes(actor, 16))
        and _bytes(step, 8)
        and _bytes(prev, 32)
        and isinstance(base, list)
        and (not base or all(_bytes(one, 32) for one in base))
        and verb in VERBS
        and lamport < LARGEST_LAMPORT
        and seq < LARGEST_SEQ
        and version < LARGEST_VERSION
        and (seq == 1) == (prev == NO_HASH)
        and _is_day(day)
    ):
        raise ValueError("a part of the header is not of its kind")
    for commit, compartment in ((town, stored.township), (own, stored.village)):
        if commit is None:
            if compartment is not None:
                raise ValueError("content without a commitment")
        elif not _bytes(commit, 32):
            raise ValueError("commitment of a wrong kind")
        elif compartment is not None:
            if len(compartment) > LARGEST_PAYLOAD + _SALT or commitment(compartment) != commit:
                raise ValueError("content does not match its commitment")
            content = unpack(compartment[_SALT:])
            if not isinstance(content, dict) or not all(isinstance(name, str) for name in content):
                raise ValueError("content is not a map of texts")
            if msgpack.packb(content, use_bin_type=True) != compartment[_SALT:]:
                raise ValueError("content is not in the canonical form")
    return Operation(
        operation_hash(header),
        village,
        device,
        seq,
        lamport,
        verb,
        table,
        version,
        record.hex(),
        tuple(base),
        day,
        actor.hex(),
        step,
        deed,
        town,
        own,
        prev,
        stored,
    )


@lru_cache(maxsize=1024)
def _is_day(text: str) -> bool:
    return text == "" or dt.date.fromisoformat(text).isoformat() == text


def _bytes(value: Any, length: int) -> bool:
    return isinstance(value, bytes) and len(value) == length


def to_wire(field: FieldSpec, value: Any) -> Any:
    """A column's value as it stands in operations: dates as ISO text, tuples as arrays.

    Raises TypeError for a value that the column cannot hold, NotAllowed for a list without measure.
    """
    if type(value) is _AS_IT_IS.get(field.kind):
        return value
    if value is None:
        if not field.nullable:
            raise TypeError(f"{field.name} must have a value")
        return None
    if not isinstance(value, PLAIN_TYPES[field.kind]) or isinstance(value, dt.datetime):
        raise TypeError(f"{field.name} cannot hold {type(value).__name__}")
    if field.kind == "int":
        _check_int(field, value)
    elif field.kind == "packed":
        _check_packed(field, value, DEEPEST)
    return value.isoformat() if isinstance(value, dt.date) else value


def _check_int(field: FieldSpec, value: Any) -> None:
    if isinstance(value, bool) or value not in _INTEGERS:
        raise TypeError(f"{field.name} cannot hold {value!r}")


def _check_packed(field: FieldSpec, value: Any, depth: int) -> None:
    if depth == 0:
        raise TypeError(f"{field.name} is nested too deep")
    if len(value) > LONGEST_ARRAY:
        raise NotAllowed(f"这一栏有{len(value)}项，最多{LONGEST_ARRAY}项，没有保存。", "请分成几条登记。")
    for item in value:
        if isinstance(item, tuple):
            _check_packed(field, item, depth - 1)
        elif isinstance(item, int) and not isinstance(item, bool):
            _check_int(field, item)
        elif item is not None and not isinstance(item, str | bool):
            raise TypeError(f"{field.name} cannot hold {type(item).__name__}")


def from_wire(field: FieldSpec, value: Any) -> Any:
    """A column's value from its wire form; raises FileTrouble when the form is wrong."""
    if type(value) is _AS_IT_IS.get(field.kind):
        return value
    try:
        if value is None:
            return to_wire(field, None)
        if field.kind == "date":
            day = dt.date.fromisoformat(value)
            if day.isoformat() != value:
                raise ValueError("not the canonical form")
            return day
        found = frozen(value) if field.kind == "packed" else value
        to_wire(field, found)
    except (TypeError, ValueError, RecursionError) as reason:
        raise FileTrouble(f"记录里的“{field.name}”一栏写法不对。", "请更新本软件后再收这份文件。") from reason
    return found


def split_lanes(spec: Spec, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Wire values by lane: what travels to the township, and what stays in the village."""
    township: dict[str, Any] = {}
    village: dict[str, Any] = {}
    for field in spec.fields:
        if field.name in values:
            (township if field.lane is Lane.TOWNSHIP else village)[field.name] = to_wire(field, values[field.name])
    return township, village
