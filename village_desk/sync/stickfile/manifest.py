"""The manifest of a stick file and the township's reply in it: what the writer has, wants and says."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from village_desk.sync import keys
from village_desk.sync.answers import RecordAnswer
from village_desk.sync.stickfile import limits
from village_desk.sync.stickfile.strict import (
    Malformed,
    a_list,
    a_map,
    a_number,
    a_text,
    exact_bytes,
    pack,
    short_bytes,
    unpack,
)

_SIGNED_MANIFEST = b"VDman1\0"
KNOWN_REQUIREMENTS: frozenset[str] = frozenset()


class Forged(ValueError):
    """A signature inside the body is not its author's, or the chain of an author's operations is broken."""


class TooNew(ValueError):
    """The body asks for something that this version of the desk does not know."""


class Head(NamedTuple):
    """How far a laptop's operations reach: the number and the hash of the last one."""

    device: bytes
    seq: int
    hash: bytes


class Gap(NamedTuple):
    """Operations of a laptop that are missing between others: numbers from first to last."""

    device: bytes
    first: int
    last: int


class Certificate(NamedTuple):
    """The township's word that a laptop belongs to a village.

    Operations from number `ends_before` on do not count; 0 means no end.
    """

    number: int
    village: str
    public_key: bytes
    stick_key: str
    name: str
    ends_before: int


class Receipt(NamedTuple):
    """What became of one stick file: `reason` is empty when it was taken in."""

    device: bytes
    number: int
    part: int
    reason: str


@dataclass(frozen=True)
class Reply:
    """The township's answer: what it has, misses, refused, whom it knows, and what it says of the village's records."""

    number: int
    acks: tuple[Head, ...]
    gaps: tuple[Gap, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    certificates_version: int = 0
    answers: tuple[RecordAnswer, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What the file is and what its writer knew; signed by the sender.

    The first fields repeat the open header; write_file fills them in.
    """

    app: str
    day: str
    sender: bytes = b""
    village: str = ""
    recipients: tuple[bytes, ...] = ()
    number: int = 0
    part: int = 1
    parts: int = 1
    heads: tuple[Head, ...] = ()
    seen_reply: int = 0
    view: bytes = b""
    requires: tuple[str, ...] = ()
    reply: Reply | None = None


def write_manifest(signer: keys.Signer, manifest: Manifest) -> bytes:
    """Manifest and the sender's signature."""
    packed = pack(_wire_manifest(manifest))
    return pack([packed, signer.sign(_SIGNED_MANIFEST + packed)])


def _wire_manifest(manifest: Manifest) -> dict[str, Any]:
    wire: dict[str, Any] = {
        "app": manifest.app,
        "day": manifest.day,
        "heads": [list(head) for head in manifest.heads],
        "number": manifest.number,
        "part": manifest.part,
        "parts": manifest.parts,
        "recipients": list(manifest.recipients),
        "requires": list(manifest.requires),
        "seen_reply": manifest.seen_reply,
        "sender": manifest.sender,
        "view": manifest.view,
        "village": manifest.village,
    }
    if manifest.reply is not None:
        reply = manifest.reply
        wire["reply"] = {
            "acks": [list(head) for head in reply.acks],
            "answers": [_listed(one.wire) for one in reply.answers],
            "certificates": [list(one) for one in reply.certificates],
            "certificates_version": reply.certificates_version,
            "gaps": [list(gap) for gap in reply.gaps],
            "number": reply.number,
            "receipts": [list(one) for one in reply.receipts],
        }
    return wire


def read_manifest(raw: bytes, sender: bytes) -> Manifest:
    """The manifest that the sender signed; raises Malformed, Forged or TooNew."""
    packed, signature = a_list(unpack(raw), 2)
    exact_bytes(signature, keys.SIGNATURE)
    if type(packed) is not bytes or len(packed) > limits.LARGEST_MANIFEST:
        raise Malformed("manifest")
    if not keys.signed_by(sender, signature, _SIGNED_MANIFEST + packed):
        raise Forged("manifest is not the sender's")
    wire = a_map(unpack(packed))
    requires = tuple(a_text(one) for one in a_list(wire.get("requires")))
    if not KNOWN_REQUIREMENTS.issuperset(requires):
        raise TooNew("unknown requirement")
    # Fields that are not asked for here come from a newer desk and may be passed over: `requires` is for the others.
    return Manifest(
        sender=exact_bytes(wire.get("sender"), keys.PUBLIC_KEY),
        village=a_text(wire.get("village")),
        recipients=tuple(exact_bytes(one, keys.DEVICE) for one in a_list(wire.get("recipients"))),
        number=a_number(wire.get("number")),
        part=a_number(wire.get("part")),
        parts=a_number(wire.get("parts")),
        app=a_text(wire.get("app")),
        day=a_text(wire.get("day")),
        heads=tuple(_head(one) for one in a_list(wire.get("heads"))),
        seen_reply=a_number(wire.get("seen_reply")),
        view=short_bytes(wire.get("view")),
        requires=requires,
        reply=_read_reply(a_map(wire["reply"])) if "reply" in wire else None,
    )


def _read_reply(wire: dict[str, Any]) -> Reply:
    return Reply(
        number=a_number(wire.get("number")),
        acks=tuple(_head(one) for one in a_list(wire.get("acks"))),
        gaps=tuple(_gap(one) for one in a_list(wire.get("gaps"))),
        receipts=tuple(_receipt(one) for one in a_list(wire.get("receipts"))),
        certificates=tuple(_certificate(one) for one in a_list(wire.get("certificates"))),
        certificates_version=a_number(wire.get("certificates_version")),
        answers=tuple(_answer(one) for one in a_list(wire.get("answers", []))),
    )


def _head(wire: Any) -> Head:
    device, seq, digest = a_list(wire, 3)
    return Head(exact_bytes(device, keys.DEVICE), a_number(seq), exact_bytes(digest, 32))


def _gap(wire: Any) -> Gap:
    device, first, last = a_list(wire, 3)
    return Gap(exact_bytes(device, keys.DEVICE), a_number(first), a_number(last))


def _receipt(wire: Any) -> Receipt:
    device, number, part, reason = a_list(wire, 4)
    return Receipt(exact_bytes(device, keys.DEVICE), a_number(number), a_number(part), a_text(reason))


def _certificate(wire: Any) -> Certificate:
    number, village, public_key, stick_key, name, ends_before = a_list(wire, 6)
    if not keys.is_stick_key(a_text(stick_key)):
        raise Malformed("certificate")
    return Certificate(
        a_number(number),
        a_text(village),
        exact_bytes(public_key, keys.PUBLIC_KEY),
        stick_key,
        a_text(name),
        a_number(ends_before),
    )


def _listed(values: tuple[Any, ...]) -> list[Any]:
    return [list(one) if isinstance(one, tuple) else one for one in values]


def _answer(wire: Any) -> RecordAnswer:
    identity, order, table, records, kind, document, dated_on, words, due_on, unit = a_list(wire, 10)
    ids = tuple(_word(one) for one in a_list(records))
    if not 1 <= len(ids) <= limits.MOST_ANSWERED_AT_ONCE:
        raise Malformed("answer")
    return RecordAnswer(
        _word(identity),
        a_number(order),
        _word(table),
        ids,
        _word(kind),
        a_text(document),
        _day(dated_on),
        a_text(words),
        _day(due_on) if due_on != "" else "",
        a_text(unit),
    )


def _word(wire: Any) -> str:
    if not 1 <= len(a_text(wire)) <= 64:
        raise Malformed("word expected")
    return str(wire)


def _day(wire: Any) -> str:
    try:
        day = dt.date.fromisoformat(a_text(wire))
    except ValueError as reason:
        raise Malformed("day expected") from reason
    if day.isoformat() != wire:
        raise Malformed("day expected")
    return day.isoformat()
