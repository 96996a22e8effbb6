"""Stick files as the first version wrote them: every later version must read them, byte for byte the same meaning."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from village_desk.store.operations import read
from village_desk.sync import keys
from village_desk.sync.stickfile import Body, Gap, Head, Kind, Receipt, open_body, read_header

FOLDER = Path(__file__).parent / "goldens"
KEPT: dict[str, Any] = json.loads((FOLDER / "keys.json").read_text("utf-8"))
VILLAGE = bytes.fromhex(KEPT["village"]["public"])
HEAD = Head(keys.device_id(VILLAGE), KEPT["heads"]["village"][0], bytes.fromhex(KEPT["heads"]["village"][1]))


def opened(name: str, reader: str) -> Body:
    content = (FOLDER / name).read_bytes()
    own = KEPT[reader]
    device = keys.device_id(bytes.fromhex(own["public"]))
    return open_body(content, read_header(content, name), device=device, stick_secret=own["stick_secret"], name=name)


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("card.vdk", Kind.CARD, 0),
        ("bundle.vdb", Kind.VILLAGE_BUNDLE, 12),
        ("between.vdb", Kind.LAPTOP_BUNDLE, 3),
        ("reply.vdb", Kind.TOWNSHIP_REPLY, 7),
    ],
)
def test_the_open_header_of_the_first_version_is_read(name: str, kind: Kind, number: int) -> None:
    header = read_header((FOLDER / name).read_bytes(), name)
    assert (header.kind, header.number, header.part, header.parts) == (kind, number, 1, 1)


@pytest.mark.parametrize(("name", "with_private"), [("bundle.vdb", False), ("between.vdb", True)])
def test_a_bundle_of_the_first_version_is_read(name: str, with_private: bool) -> None:
    body = opened(name, "township")
    [segment] = body.segments
    assert segment.head == HEAD
    found = [read(one) for one in segment.operations]
    assert [one.fields()["name"] for one in found] == ["第1条", "第2条", "第3条"]
    assert [one.fields().get("phone") for one in found] == ["13812345678" if with_private else None] * 3


def test_a_reply_of_the_first_version_is_read() -> None:
    reply = opened("reply.vdb", "village").manifest.reply
    assert reply is not None
    assert (reply.number, reply.acks, reply.gaps) == (7, (HEAD,), (Gap(HEAD.device, 4, 6),))
    assert reply.receipts == (Receipt(HEAD.device, 12, 1, ""),)
    assert reply.certificates[0].public_key == VILLAGE


def test_fingerprints_of_the_first_version_stay() -> None:
    own = KEPT["village"]
    shown = keys.fingerprint(VILLAGE, own["stick_public"])
    digest = hashlib.sha256(b"VDfp1\0" + VILLAGE + own["stick_public"].encode()).digest()
    assert shown.replace(" ", "") == str(int.from_bytes(digest, "big") % 10**30).zfill(30)
