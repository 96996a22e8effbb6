"""A stick file as one: written from a header, a manifest and segments, and read in the one safe order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from village_desk.sync import keys
from village_desk.sync.stickfile import limits
from village_desk.sync.stickfile.body import Body, Segment, read_body, write_body
from village_desk.sync.stickfile.header import SIZE, Header, Kind, fitting_name, write_header
from village_desk.sync.stickfile.manifest import Forged, Manifest, TooNew
from village_desk.sync.stickfile.refusals import Reason, Refused
from village_desk.sync.stickfile.strict import Malformed, compress, decompress

ANYONE = bytes(keys.DEVICE)


@dataclass(frozen=True)
class Recipient:
    """A laptop that may open the file."""

    device: bytes
    stick_key: str


@dataclass(frozen=True)
class Outline:
    """What the writer of a file decides; keys, length and hash come by themselves."""

    kind: Kind
    name: str
    village: str
    number: int
    part: int = 1
    parts: int = 1
    top_seq: int = 0
    acked_seq: int = 0


def write_card(signer: keys.Signer, *, name: str, code: str) -> tuple[Header, bytes]:
    """The township's card: its public keys and name under its signature, for villages to compare and keep."""
    header = _header(signer, Outline(Kind.CARD, name, code, 0), ANYONE, b"")
    return header, write_header(signer, header)


def write_file(
    signer: keys.Signer,
    outline: Outline,
    manifest: Manifest,
    segments: Sequence[Segment],
    recipients: Sequence[Recipient],
) -> tuple[Header, bytes]:
    """The header and the whole bytes of a stick file; raises Refused when it would be larger than a reader allows."""
    stated = replace(
        manifest,
        sender=signer.public_key,
        village=outline.village,
        number=outline.number,
        part=outline.part,
        parts=outline.parts,
        recipients=tuple(one.device for one in recipients),
    )
    content = write_body(signer, stated, segments, with_village_lane=outline.kind is Kind.LAPTOP_BUNDLE)
    sealed = keys.seal(compress(content), [one.stick_key for one in recipients])
    to = recipients[0].device if len(recipients) == 1 else ANYONE
    header = _header(signer, outline, to, sealed)
    if len(sealed) > limits.LARGEST_BODY or len(content) > limits.LARGEST_CONTENT:
        raise Refused(Reason.TOO_LARGE, header.file_name)
    return header, write_header(signer, header) + sealed


def _header(signer: keys.Signer, outline: Outline, recipient: bytes, sealed: bytes) -> Header:
    return Header(
        outline.kind,
        signer.public_key,
        signer.stick_public,
        fitting_name(outline.name),
        outline.village,
        recipient,
        outline.number,
        outline.part,
        outline.parts,
        outline.top_seq,
        outline.acked_seq,
        len(sealed),
        hashlib.sha256(sealed).digest(),
    )


def open_body(content: bytes, header: Header, *, device: bytes, stick_secret: str, name: str) -> Body:
    """The body of a file whose header has been read and whose sender is known.

    Raises Refused; nothing is unsealed for a file that is addressed to somebody else.
    """
    if header.kind is Kind.CARD:
        raise Refused(Reason.MALFORMED, name)
    if header.recipient not in {device, ANYONE}:
        raise Refused(Reason.FOR_SOMEONE_ELSE, name)
    packed = keys.unseal(content[SIZE:], stick_secret)
    if packed is None:
        raise Refused(Reason.FOR_SOMEONE_ELSE, name)
    try:
        body = read_body(decompress(packed), header.sender, with_village_lane=header.kind is Kind.LAPTOP_BUNDLE)
    except TooNew as reason:
        raise Refused(Reason.NEWER, name) from reason
    except Malformed as reason:
        raise Refused(Reason.MALFORMED, name) from reason
    except Forged as reason:
        raise Refused(Reason.FORGED, name) from reason
    manifest = body.manifest
    # A body that was sealed under another header, for another reader or by another sender is somebody's forgery.
    if (manifest.sender, manifest.village, manifest.number, manifest.part, manifest.parts) != (
        header.sender,
        header.village,
        header.number,
        header.part,
        header.parts,
    ):
        raise Refused(Reason.FORGED, name)
    if device not in manifest.recipients:
        raise Refused(Reason.FOR_SOMEONE_ELSE, name)
    if (manifest.reply is not None) != (header.kind is Kind.TOWNSHIP_REPLY):
        raise Refused(Reason.MALFORMED, name)
    return body
