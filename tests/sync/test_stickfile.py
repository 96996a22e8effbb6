"""A stick file is taken whole or not at all: flips, cuts, swaps, bombs, forgeries, wrong readers."""

import hashlib
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgpack
import pytest
from backports.zstd import compress as zstd
from hypothesis import given
from hypothesis import strategies as st

from village_desk.store.operations import NO_HASH, StoredOperation
from village_desk.sync import keys
from village_desk.sync.stickfile import (
    ANYONE,
    SIZE,
    Body,
    Certificate,
    Gap,
    Head,
    Header,
    Kind,
    Manifest,
    Outline,
    Reason,
    Receipt,
    Refused,
    Reply,
    Segment,
    header,
    open_body,
    read_header,
    sign_head,
    strict,
    write_card,
    write_file,
)
from village_desk.sync.stickfile.strict import Malformed

NAME = "VD1-320924103205-0a1b2c3d-000012-1.vdb"


def accept(content: bytes, reader: Any) -> Body:
    """Read a file as its addressee does."""
    found = read_header(content, NAME)
    return open_body(content, found, device=reader.device.id, stick_secret=reader.device.stick_secret, name=NAME)


def refusal(content: bytes, reader: Any) -> Reason:
    """Why the file is not taken in; fails when it is."""
    with pytest.raises(Refused) as caught:
        accept(content, reader)
    assert NAME in caught.value.message
    assert caught.value.advice
    return caught.value.reason


def resealed(sender: Any, reader: Any, content: bytes, **changes: Any) -> bytes:
    """A file around any content at all, validly sealed and signed by the sender: what an enrolled cheat can make."""
    sealed = keys.seal(content, [reader.device.stick_public])
    outer = Header(
        Kind.VILLAGE_BUNDLE,
        sender.device.public_key,
        sender.device.stick_public,
        sender.name,
        sender.village,
        reader.device.id,
        1,
        1,
        1,
        5,
        0,
        len(sealed),
        hashlib.sha256(sealed).digest(),
    )
    return header.write_header(sender.device, replace(outer, **changes)) + sealed


def content_of(sender: Any, reader: Any, *segments: Segment) -> bytes:
    """The unsealed, decompressed body of an honest file."""
    _, file = sender.file(reader, *segments)
    packed = keys.unseal(file[SIZE:], reader.device.stick_secret)
    assert packed is not None
    return strict.decompress(packed)


def test_a_file_comes_out_as_it_went_in(village: Any, township: Any) -> None:
    outer, content = village.file(township, number=12)

    body = accept(content, township)

    assert outer == read_header(content, NAME)
    assert outer.file_name == f"VD1-320924103205-{village.device.id.hex()[:8]}-000012-1.vdb"
    assert (outer.device, outer.name, outer.top_seq) == (village.device.id, "东河村", 5)
    assert outer.fingerprint == keys.fingerprint(village.device.public_key, village.device.stick_public)
    assert [tuple(one.operations) for one in body.segments] == [tuple(village.chain)]
    assert body.manifest.heads == (village.head,)
    assert body.manifest.recipients == (township.device.id,)


def test_every_flipped_byte_of_a_small_file_is_refused(village: Any, township: Any) -> None:
    _, content = village.file(township, village.segment(1, 1))
    for at in range(len(content)):
        for bit in (0x01, 0x80):
            flipped = bytearray(content)
            flipped[at] ^= bit
            refusal(bytes(flipped), township)


def test_every_cut_of_a_small_file_is_refused(village: Any, township: Any) -> None:
    _, content = village.file(township, village.segment(1, 1))
    for length in range(len(content)):
        assert refusal(content[:length], township) is Reason.DAMAGED


@pytest.fixture(scope="module")
def whole_file(village: Any, township: Any) -> bytes:
    """One honest file; sealing it again would give other bytes."""
    content: bytes = village.file(township)[1]
    return content


@pytest.fixture(scope="module")
def whole_content(village: Any, township: Any) -> bytes:
    """The body of one honest file."""
    return content_of(village, township)


@given(st.data())
def test_whatever_happens_to_the_bytes_the_file_is_refused(
    whole_file: bytes, township: Any, data: st.DataObject
) -> None:
    content = whole_file
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    changed = content[:start] + data.draw(st.binary(max_size=200)) + content[end:]
    if changed != content:
        refusal(changed, township)


@given(st.binary(max_size=1000))
def test_arbitrary_bytes_are_refused(township: Any, content: bytes) -> None:
    refusal(content, township)
    refusal(header.MAGIC + content, township)


@given(st.binary(max_size=600))
def test_arbitrary_content_under_a_valid_signature_is_refused(village: Any, township: Any, content: bytes) -> None:
    assert refusal(resealed(village, township, content), township) is Reason.MALFORMED
    assert refusal(resealed(village, township, strict.compress(content)), township) is Reason.MALFORMED


@given(st.data())
def test_a_cheat_who_can_sign_still_gets_no_changed_content_in(
    village: Any, township: Any, whole_content: bytes, data: st.DataObject
) -> None:
    content = whole_content
    at = data.draw(st.integers(0, len(content) - 1))
    changed = content[:at] + bytes([content[at] ^ data.draw(st.integers(1, 255))]) + content[at + 1 :]
    refusal(resealed(village, township, strict.compress(changed)), township)


def test_foreign_files_are_told_from_torn_ones(township: Any) -> None:
    for foreign in (b"PK\x03\x04" + bytes(2000), b"%PDF-1.7", b"VDESK1\n\n" + bytes(500)):
        assert refusal(foreign, township) is Reason.NOT_OURS
    for torn in (b"", b"VDE", bytes(4096)):
        assert refusal(torn, township) is Reason.DAMAGED


def test_garbage_behind_a_file_is_refused(village: Any, township: Any) -> None:
    _, content = village.file(township)
    assert refusal(content + b"\0", township) is Reason.DAMAGED


def test_head_of_one_file_and_body_of_another_are_refused(village: Any, township: Any) -> None:
    _, one = village.file(township, number=1)
    _, other = village.file(township, number=2)
    assert refusal(one[:SIZE] + other[SIZE:], township) is Reason.DAMAGED


def test_a_file_for_another_township_stays_closed(village: Any, township: Any, new_laptop: Callable[..., Any]) -> None:
    elsewhere = new_laptop("山前镇")
    _, content = village.file(elsewhere)
    assert refusal(content, township) is Reason.FOR_SOMEONE_ELSE
    # Also when only the open address was changed by someone who can sign it.
    readdressed = resealed(village, elsewhere, strict.compress(content_of(village, elsewhere)), recipient=ANYONE)
    assert refusal(readdressed, township) is Reason.FOR_SOMEONE_ELSE


def test_a_body_sealed_on_to_another_reader_is_refused(
    village: Any, township: Any, new_laptop: Callable[..., Any]
) -> None:
    # The first reader opens it, and passes it on under the sender's name: the manifest names whom it was for.
    elsewhere = new_laptop("山前镇")
    content = strict.compress(content_of(village, elsewhere))
    assert refusal(resealed(village, township, content), township) is Reason.FOR_SOMEONE_ELSE


def test_another_laptop_cannot_sign_a_body_as_its_own(
    village: Any, township: Any, new_laptop: Callable[..., Any]
) -> None:
    cheat = new_laptop("西山村", village=village.village)
    content = strict.compress(content_of(village, township))
    assert refusal(resealed(cheat, township, content), township) is Reason.FORGED


def test_another_number_or_village_outside_than_inside_is_refused(village: Any, township: Any) -> None:
    content = strict.compress(content_of(village, township))
    for changes in ({"number": 2}, {"parts": 2}, {"village": "320924103206"}):
        assert refusal(resealed(village, township, content, **changes), township) is Reason.FORGED


def test_a_header_that_asks_for_unknown_things_is_from_a_newer_desk(
    village: Any, township: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = strict.compress(content_of(village, township))
    monkeypatch.setattr(header, "KNOWN_REQUIRED_BITS", 0x4)
    newer = resealed(village, township, content)
    monkeypatch.undo()
    assert refusal(newer, township) is Reason.NEWER


def test_a_manifest_that_asks_for_unknown_things_is_from_a_newer_desk(village: Any, township: Any) -> None:
    _, content = write_file(
        village.device,
        Outline(Kind.VILLAGE_BUNDLE, "东河村", village.village, 1),
        Manifest(app="9.0", day="", requires=("pictures",)),
        [village.segment()],
        [township.recipient],
    )
    assert refusal(content, township) is Reason.NEWER


@pytest.mark.parametrize(
    "changes",
    [
        {"stick_key": "age1nonsense"},
        {"village": "../../etc"},
        {"village": ""},
        {"village": "C:\\x"},
        {"name": "东河\u202e村"},
        {"part": 2},
        {"part": 0},
        {"acked_seq": 6},
        {"number": 2**62},
        {"kind": Kind.CARD},
    ],
)
def test_nonsense_in_a_signed_header_is_refused(village: Any, township: Any, changes: dict[str, Any]) -> None:
    content = strict.compress(content_of(village, township))
    assert refusal(resealed(village, township, content, **changes), township) is Reason.MALFORMED


def _without_the_third(whole: Segment) -> Segment:
    return replace(whole, operations=[*whole.operations[:2], *whole.operations[3:]])


def _with_another_header(whole: Segment) -> Segment:
    third = whole.operations[2]
    changed = third._replace(header=third.header[:-1] + bytes([third.header[-1] ^ 1]))
    return replace(whole, operations=[*whole.operations[:2], changed, *whole.operations[3:]])


BROKEN: dict[str, Callable[[Segment], Segment]] = {
    "an operation left out": _without_the_third,
    "an operation twice": lambda one: replace(one, operations=[*one.operations, one.operations[-1]]),
    "two swapped": lambda one: replace(one, operations=[one.operations[1], one.operations[0], *one.operations[2:]]),
    "another header": _with_another_header,
    "numbers from elsewhere": lambda one: replace(one, first=2, head=one.head._replace(seq=6)),
    "another end": lambda one: replace(one, head=one.head._replace(hash=NO_HASH)),
    "no operations": lambda one: replace(one, operations=[]),
    "unsigned": lambda one: replace(one, signature=bytes(64)),
}


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_a_segment_that_its_author_did_not_write_so_is_refused(village: Any, township: Any, case: str) -> None:
    assert refusal(village.file(township, BROKEN[case](village.segment()))[1], township) is Reason.FORGED


def test_a_laptop_that_vouches_for_another_is_seen_to_do_so_and_none_can_vouch_for_others(
    village: Any, township: Any, new_laptop: Callable[..., Any]
) -> None:
    successor, third = new_laptop("东河村新电脑", 1), new_laptop("西山村", 1)
    signature = sign_head(successor.device, village.village, village.head)
    vouched = Segment(village.head, 1, successor.device.public_key, signature, village.chain)

    body = accept(successor.file(township, vouched, successor.segment())[1], township)
    assert [one.vouched for one in body.segments] == [True, False]

    claimed = replace(vouched, author=village.device.public_key)
    assert refusal(successor.file(township, claimed)[1], township) is Reason.FORGED
    assert refusal(third.file(township, vouched)[1], township) is Reason.FORGED


def test_a_head_signed_for_one_village_does_not_count_for_another(
    village: Any, township: Any, new_laptop: Callable[..., Any]
) -> None:
    elsewhere = new_laptop("西山村", village="320924103206")
    assert refusal(elsewhere.file(township, village.segment())[1], township) is Reason.FORGED


def test_operations_of_another_laptop_are_carried_on_with_its_own_signature(
    village: Any, township: Any, new_laptop: Callable[..., Any]
) -> None:
    accountant = new_laptop("东河村报账员", 3)
    body = accept(accountant.file(township, accountant.segment(), village.segment(2, 4))[1], township)
    assert [(one.head.device, one.first, one.head.seq) for one in body.segments] == [
        (accountant.device.id, 1, 3),
        (village.device.id, 2, 4),
    ]


def test_what_stays_in_the_village_has_no_place_in_a_bundle_for_the_township(
    township: Any, new_laptop: Callable[..., Any]
) -> None:
    laptop = new_laptop("东河村")
    laptop.work(3, private="13812345678")
    body = accept(laptop.file(township)[1], township)
    assert all(one.village is None for one in body.segments[0].operations)
    assert b"13812345678" not in content_of(laptop, township)

    between = accept(laptop.file(township, kind=Kind.LAPTOP_BUNDLE)[1], township)
    assert list(between.segments[0].operations) == laptop.chain


def test_a_reply_carries_acknowledgements_gaps_receipts_and_certificates(village: Any, township: Any) -> None:
    device = village.device
    reply = Reply(
        number=7,
        acks=(village.head, Head(village.device.id, 3, bytes(32))),
        gaps=(Gap(device.id, 6, 9),),
        receipts=(Receipt(device.id, 12, 1, ""), Receipt(device.id, 11, 1, Reason.DAMAGED)),
        certificates=(Certificate(1, village.village, device.public_key, device.stick_public, "文书电脑", 0),),
        certificates_version=3,
    )
    outline = Outline(Kind.TOWNSHIP_REPLY, "河口镇", village.village, 7)
    _, content = write_file(
        township.device, outline, Manifest(app="0.1.0", day="", reply=reply), [], [village.recipient]
    )
    assert accept(content, village).manifest.reply == reply


def test_a_bundle_cannot_acknowledge_and_a_reply_must(village: Any, township: Any) -> None:
    for kind, reply in ((Kind.VILLAGE_BUNDLE, Reply(1, ())), (Kind.TOWNSHIP_REPLY, None)):
        _, content = write_file(
            village.device,
            Outline(kind, "东河村", village.village, 1),
            Manifest(app="0.1.0", day="", reply=reply),
            [],
            [township.recipient],
        )
        assert refusal(content, township) is Reason.MALFORMED


def test_a_card_is_the_open_header_alone(township: Any) -> None:
    outer, content = write_card(township.device, name="河口镇人民政府", code="320924103")
    assert len(content) == SIZE
    assert read_header(content, NAME) == outer
    assert outer.file_name.endswith(".vdk")
    assert outer.recipient == ANYONE
    assert outer.stick_key == township.device.stick_public
    assert refusal(content, township) is Reason.MALFORMED
    assert refusal(content + b"\0", township) is Reason.DAMAGED


def test_long_and_odd_names_fit_into_the_header() -> None:
    assert header.fitting_name("河口镇" * 30) == ("河口镇" * 30)[:21]
    assert header.fitting_name("东河\u202e村\n") == "东河村"


BOMBS: dict[str, Callable[[], bytes]] = {
    "800 MB of zeros": lambda: zstd(bytes(1 << 20) * 800, level=1),
    "a frame that claims 4 EB": lambda: b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", 1 << 62),
    "a window of 2 GB": lambda: b"\x28\xb5\x2f\xfd\x00\xa8" + b"\x01\x00\x00",
    "a frame in a frame": lambda: zstd(zstd(bytes(1 << 20))),
    "two frames": lambda: zstd(b"a") + zstd(b"b"),
    "no frame": lambda: b"",
}


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_bombs_are_refused(village: Any, township: Any, bomb: str) -> None:
    assert refusal(resealed(village, township, BOMBS[bomb]()), township) is Reason.MALFORMED


@pytest.mark.parametrize(
    "raw",
    [
        b"\x91" * 100_000,
        b"\x91" * 9 + b"\xc0",
        b"\xdd\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc7\x04\xff\x00\x00\x00\x00",
        b"\xd6\xff\x00\x00\x00\x00",
        b"\xcb" + bytes(8),
        b"\xca" + bytes(4),
        b"\xcc\x01",
        b"\xcd\x00\x01",
        b"\xd9\x01a",
        b"\xdc\x00\x01\x01",
        b"\xa1\xff",
        b"\x82\xa1a\x01\xa1a\x01",
        b"\x81\x01\x01",
        b"\x01\x01",
        b"\xc1",
        b"",
    ],
)
def test_msgpack_has_one_form_and_bounds(raw: bytes) -> None:
    with pytest.raises(Malformed):
        strict.unpack(raw)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


@given(PLAIN)
def test_what_is_packed_can_be_unpacked_unless_it_is_nested_too_deep(value: Any) -> None:
    assert msgpack.unpackb(strict.pack(value)) == value
    if str(value).count("[") + str(value).count("{") < 8:
        assert strict.unpack(strict.pack(value)) == value


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 5 << 20])
def test_compression_gives_back_what_went_in(size: int) -> None:
    content = hashlib.shake_128(b"x").digest(size)
    assert strict.decompress(strict.compress(content)) == content
    if size:
        with pytest.raises(Malformed):
            strict.decompress(strict.compress(content)[:-1])


def test_many_and_large_operations_are_split_into_chunks(township: Any, new_laptop: Callable[..., Any]) -> None:
    laptop = new_laptop("大村", 4_500)
    body = accept(laptop.file(township)[1], township)
    assert len(body.segments[0].operations) == 4_500

    heavy = new_laptop("相册村", 300)
    bulky = [StoredOperation(one.header, hashlib.shake_128(one.header).digest(60_000), None) for one in heavy.chain]
    body = accept(heavy.file(township, replace(heavy.segment(), operations=bulky))[1], township)
    assert list(body.segments[0].operations) == bulky
