"""The sealed body of a stick file: the manifest, segments of operations signed by their authors, and an end."""

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from village_desk.store.operations import LARGEST_HEADER, NO_HASH, StoredOperation, operation_hash
from village_desk.sync import keys
from village_desk.sync.stickfile import limits
from village_desk.sync.stickfile.manifest import Forged, Head, Manifest, read_manifest, write_manifest
from village_desk.sync.stickfile.strict import Malformed, a_list, a_number, exact_bytes, pack, unpack

_FRAME = struct.Struct(">cI")
_MANIFEST, _SEGMENT, _OPERATIONS, _END = b"M", b"S", b"O", b"E"
_SIGNED_SEGMENT = b"VDseg1\0"
# The last element of an operation's header is the hash of the one before it: a bin8 of 32 bytes.
_PREV_MARK = b"\xc4\x20"


@dataclass(frozen=True)
class Segment:
    """Consecutive operations of one laptop, with a signature over where they end.

    The author is the laptop itself, or the sender of the file, who then vouches for a laptop that it replaces;
    whether the sender may do so is for the reader's list of laptops to say.
    """

    head: Head
    first: int
    author: bytes
    signature: bytes
    operations: Sequence[StoredOperation] = field(repr=False)

    @property
    def vouched(self) -> bool:
        """True when another laptop than the one that wrote the operations stands for them."""
        return keys.device_id(self.author) != self.head.device


@dataclass(frozen=True)
class Body:
    """Everything inside a stick file, verified."""

    manifest: Manifest
    segments: tuple[Segment, ...]


def sign_head(signer: keys.Signer, village: str, head: Head) -> bytes:
    """A laptop's signature over the end of its operations.

    The chain behind the hash binds all earlier ones, so it can be carried on by others.
    """
    return signer.sign(_segment_message(village, head))


def _segment_message(village: str, head: Head) -> bytes:
    return _SIGNED_SEGMENT + pack([village, *head])


def write_body(
    signer: keys.Signer, manifest: Manifest, segments: Iterable[Segment], *, with_village_lane: bool
) -> bytes:
    """The content to be compressed and sealed.

    Without the village lane its compartments have no place in the form, so they cannot slip in.
    """
    pieces = [_frame(_MANIFEST, write_manifest(signer, manifest))]
    count = 0
    for segment in segments:
        count += len(segment.operations)
        pieces.append(_frame(_SEGMENT, pack([*segment.head, segment.first, segment.author, segment.signature])))
        for at in range(0, len(segment.operations), limits.MOST_IN_A_CHUNK):
            chunk = segment.operations[at : at + limits.MOST_IN_A_CHUNK]
            width = 3 if with_village_lane else 2
            pieces.extend(_frame(_OPERATIONS, packed) for packed in _chunks([list(one[:width]) for one in chunk]))
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    pieces.append(_frame(_END, pack([count, digest.digest()])))
    return b"".join(pieces)


def _chunks(operations: list[list[bytes | None]]) -> Iterator[bytes]:
    """Packed lists of operations, none larger than a reader allows."""
    packed = pack(operations)
    if len(packed) <= limits.LARGEST_CHUNK or len(operations) == 1:
        yield packed
    else:
        half = len(operations) // 2
        yield from _chunks(operations[:half])
        yield from _chunks(operations[half:])


def _frame(mark: bytes, content: bytes) -> bytes:
    return _FRAME.pack(mark, len(content)) + content


def read_body(content: bytes, sender: bytes, *, with_village_lane: bool) -> Body:
    """Check and read the content of a stick file.

    Raises Malformed for a wrong form, Forged for a wrong signature or chain, TooNew for unknown requirements.
    """
    frames = _frames(content)
    mark, start, raw = next(frames, (b"", 0, b""))
    if mark != _MANIFEST:
        raise Malformed("no manifest")
    manifest = read_manifest(raw, sender)
    segments: list[Segment] = []
    operations: list[StoredOperation] = []
    count = 0
    for mark, start, raw in frames:
        if mark == _SEGMENT and len(segments) < limits.MOST_SEGMENTS:
            operations = []
            segments.append(_read_segment(raw, operations))
        elif mark == _OPERATIONS and segments:
            more = _read_operations(raw, 3 if with_village_lane else 2)
            count += len(more)
            if count > limits.MOST_OPERATIONS:
                raise Malformed("too many operations")
            operations.extend(more)
        elif mark == _END:
            _check_end(raw, count, hashlib.sha256(content[:start]).digest())
            break
        else:
            raise Malformed("frame out of place")
    else:
        raise Malformed("no end")
    if next(frames, None) is not None:
        raise Malformed("something after the end")
    for segment in segments:
        _check_segment(manifest.village, sender, segment)
    return Body(manifest, tuple(segments))


def _frames(content: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    at = 0
    while at < len(content):
        start = at
        if at + _FRAME.size > len(content):
            raise Malformed("frame is cut")
        mark, length = _FRAME.unpack_from(content, at)
        at += _FRAME.size + length
        if length > limits.LARGEST_CHUNK or at > len(content):
            raise Malformed("frame is cut")
        yield mark, start, content[at - length : at]


def _check_end(raw: bytes, count: int, digest: bytes) -> None:
    if unpack(raw) != [count, digest]:
        raise Malformed("end does not match")


def _read_segment(raw: bytes, operations: list[StoredOperation]) -> Segment:
    device, seq, head, first, author, signature = a_list(unpack(raw), 6)
    exact_bytes(device, keys.DEVICE)
    exact_bytes(head, 32)
    exact_bytes(author, keys.PUBLIC_KEY)
    exact_bytes(signature, keys.SIGNATURE)
    if not 1 <= a_number(first) <= a_number(seq):
        raise Malformed("numbers of a segment")
    return Segment(Head(device, seq, head), first, author, signature, operations)


def _read_operations(raw: bytes, width: int) -> list[StoredOperation]:
    found: list[StoredOperation] = []
    for one in a_list(unpack(raw)):
        if type(one) is not list or len(one) != width:
            raise Malformed("operation of a wrong form")
        header, *compartments = one
        if type(header) is not bytes or not 64 < len(header) <= LARGEST_HEADER:
            raise Malformed("operation of a wrong form")
        for compartment in compartments:
            if compartment is not None and (
                type(compartment) is not bytes or len(compartment) > limits.LARGEST_COMPARTMENT
            ):
                raise Malformed("operation of a wrong form")
        found.append(StoredOperation(header, compartments[0], compartments[1] if width == 3 else None))
    return found


def _check_segment(village: str, sender: bytes, segment: Segment) -> None:
    """The author's signature, the number of operations, and the chain that ends in the signed hash."""
    if segment.vouched and segment.author != sender:
        raise Forged("author is not the laptop")
    if not keys.signed_by(segment.author, segment.signature, _segment_message(village, segment.head)):
        raise Forged("segment is not signed by its author")
    if len(segment.operations) != segment.head.seq - segment.first + 1:
        raise Forged("operations are missing in a segment")
    before: bytes | None = NO_HASH if segment.first == 1 else None
    for operation in segment.operations:
        header = operation.header
        if header[-34:-32] != _PREV_MARK or (before is not None and header[-32:] != before):
            raise Forged("chain of a segment is broken")
        before = operation_hash(header)
    if before != segment.head.hash:
        raise Forged("chain does not end in the signed hash")
