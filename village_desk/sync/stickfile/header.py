"""The signed cleartext header of a stick file: who wrote it for whom, and the length and hash of what follows."""

import hashlib
import re
import struct
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from village_desk.sync import keys
from village_desk.sync.stickfile import limits
from village_desk.sync.stickfile.refusals import Reason, Refused

# CR LF in the magic shows a file that a text tool has touched (PNG's trick).
MAGIC = b"VDESK1\r\n"
_FORM = struct.Struct(">8sIB3s32s64s64s24s16sQHH4sQQQ32s32s")
SIZE = _FORM.size + keys.SIGNATURE
_SIGNED = b"VDhdr1\0"
# Bits that a reader must understand; none is defined yet, so any set bit refuses the whole file.
KNOWN_REQUIRED_BITS = 0
LONGEST_NAME = 64
_CODE = re.compile(r"[0-9A-Za-z]{1,24}")


class _Wire(NamedTuple):
    """The fields of the header as they stand in the file."""

    magic: bytes
    required_bits: int
    kind: int
    gap_1: bytes
    sender: bytes
    stick_key: bytes
    name: bytes
    village: bytes
    recipient: bytes
    number: int
    part: int
    parts: int
    gap_2: bytes
    top_seq: int
    acked_seq: int
    body_length: int
    body_sha256: bytes
    gap_3: bytes


class Kind(IntEnum):
    """What a stick file carries."""

    CARD = 1
    VILLAGE_BUNDLE = 2
    TOWNSHIP_REPLY = 3
    LAPTOP_BUNDLE = 4


# A bundle for the village's own laptops stands beside the township's on one stick, so it says V for village.
_ENDINGS = {Kind.CARD: ".vdk", Kind.LAPTOP_BUNDLE: "-V.vdb"}


@dataclass(frozen=True)
class Header:
    """The open part of a stick file.

    `sender` and `stick_key` are the writer's public keys, so a laptop that is not enrolled yet can be compared and
    enrolled without opening anything; `village` is the code of the village that the file is about.
    `number` counts the sender's files from 1, `top_seq` is the sender's own newest operation at that time.
    """

    kind: Kind
    sender: bytes
    stick_key: str
    name: str
    village: str
    recipient: bytes
    number: int
    part: int
    parts: int
    top_seq: int
    acked_seq: int
    body_length: int
    body_sha256: bytes

    @property
    def device(self) -> bytes:
        """The sender's name in operations."""
        return keys.device_id(self.sender)

    @property
    def fingerprint(self) -> str:
        """The 30 digits to compare before the sender is enrolled."""
        return keys.fingerprint(self.sender, self.stick_key)

    @property
    def file_name(self) -> str:
        """The name under which the file is written; a hint for people, never believed when reading."""
        ending = _ENDINGS.get(self.kind, ".vdb")
        return f"VD1-{self.village}-{self.device.hex()[:8]}-{self.number:06d}-{self.part}{ending}"


def fitting_name(name: str) -> str:
    """The name as far as it fits into the header, cut between characters."""
    clean = "".join(ch for ch in unicodedata.normalize("NFC", name) if unicodedata.category(ch)[0] != "C")
    while len(clean.encode()) > LONGEST_NAME:
        clean = clean[:-1]
    return clean


def write_header(signer: keys.Signer, header: Header) -> bytes:
    """Header bytes with the sender's signature at their end."""
    unsigned = _FORM.pack(
        MAGIC,
        KNOWN_REQUIRED_BITS,
        header.kind,
        bytes(3),
        header.sender,
        header.stick_key.encode("ascii"),
        header.name.encode(),
        header.village.encode("ascii"),
        header.recipient,
        header.number,
        header.part,
        header.parts,
        bytes(4),
        header.top_seq,
        header.acked_seq,
        header.body_length,
        header.body_sha256,
        bytes(32),
    )
    return unsigned + signer.sign(_SIGNED + unsigned)


def read_header(content: bytes, name: str) -> Header:
    """The header of a whole stick file whose signature, length and hash are right; its body stays closed.

    Raises Refused; `name` is the file's name for the sentence.
    """
    if content[: len(MAGIC)] != MAGIC:
        raise Refused(Reason.DAMAGED if _is_torn(content) else Reason.NOT_OURS, name)
    if len(content) < SIZE:
        raise Refused(Reason.DAMAGED, name)
    unsigned, signature = content[: _FORM.size], content[_FORM.size : SIZE]
    wire = _Wire._make(_FORM.unpack(unsigned))
    if not keys.signed_by(wire.sender, signature, _SIGNED + unsigned):
        raise Refused(Reason.DAMAGED, name)
    if wire.required_bits & ~KNOWN_REQUIRED_BITS or wire.kind not in {kind.value for kind in Kind}:
        raise Refused(Reason.NEWER, name)
    header = _header(wire, name)
    if header.body_length > limits.LARGEST_BODY:
        raise Refused(Reason.TOO_LARGE, name)
    if len(content) != SIZE + header.body_length:
        raise Refused(Reason.DAMAGED, name)
    if hashlib.sha256(memoryview(content)[SIZE:]).digest() != header.body_sha256:
        raise Refused(Reason.DAMAGED, name)
    return header


def _is_torn(content: bytes) -> bool:
    """A pulled stick leaves files that are empty, cut inside the magic or full of zeros."""
    return MAGIC.startswith(content[: len(MAGIC)]) or not content.strip(b"\0")


def _header(wire: _Wire, name: str) -> Header:
    header = Header(
        Kind(wire.kind),
        wire.sender,
        _text(wire.stick_key, name),
        _text(wire.name, name),
        _text(wire.village, name),
        wire.recipient,
        wire.number,
        wire.part,
        wire.parts,
        wire.top_seq,
        wire.acked_seq,
        wire.body_length,
        wire.body_sha256,
    )
    if (
        any(wire.gap_1 + wire.gap_2 + wire.gap_3)
        or not keys.is_stick_key(header.stick_key)
        or not _CODE.fullmatch(header.village)
        or header.name != fitting_name(header.name)
        or not 1 <= header.part <= header.parts
        or header.number > limits.LARGEST_NUMBER
        or header.top_seq > limits.LARGEST_NUMBER
        or header.acked_seq > header.top_seq
        or (header.body_length == 0) != (header.kind is Kind.CARD)
    ):
        raise Refused(Reason.MALFORMED, name)
    return header


def _text(padded: bytes, name: str) -> str:
    try:
        return padded.rstrip(b"\0").decode()
    except UnicodeDecodeError as reason:
        raise Refused(Reason.MALFORMED, name) from reason
