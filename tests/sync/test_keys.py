"""Fingerprints that people compare, and sealing to recipients."""

from collections.abc import Callable
from typing import Any

import pytest

from village_desk.sync import keys


def test_a_fingerprint_is_thirty_digits_in_six_groups_and_covers_both_keys(village: Any, township: Any) -> None:
    device = village.device
    shown = keys.fingerprint(device.public_key, device.stick_public)

    assert [len(group) for group in shown.split(" ")] == [5] * 6
    assert shown.replace(" ", "").isdecimal()
    assert shown == keys.fingerprint(device.public_key, device.stick_public)
    assert shown != keys.fingerprint(township.device.public_key, device.stick_public)
    assert shown != keys.fingerprint(device.public_key, township.device.stick_public)


@pytest.mark.parametrize("write", [lambda s: s, lambda s: s.replace(" ", ""), lambda s: s.replace(" ", "－")])
def test_typed_digits_are_compared_without_their_spaces(village: Any, write: Callable[[str], str]) -> None:
    shown = keys.fingerprint(village.device.public_key, village.device.stick_public)

    assert keys.ends_with(write(shown), shown)
    assert keys.ends_with(write(shown)[-11:], shown)


def test_full_width_figures_count_and_wrong_or_too_few_digits_do_not(village: Any) -> None:
    shown = keys.fingerprint(village.device.public_key, village.device.stick_public)
    full_width = "".join(chr(ord(ch) + 0xFEE0) if ch.isdecimal() else ch for ch in shown)
    wrong = shown[:-1] + str((int(shown[-1]) + 1) % 10)

    assert keys.ends_with(full_width, shown)
    assert not keys.ends_with(wrong, shown)
    assert not keys.ends_with(shown[:-1], shown)
    assert not keys.ends_with(shown[-5:], shown)
    assert not keys.ends_with("1" + shown, shown)
    assert not keys.ends_with("", shown)


def test_only_a_named_recipient_opens_a_sealed_content(village: Any, township: Any) -> None:
    sealed = keys.seal("五月收支".encode(), [township.device.stick_public])

    assert keys.unseal(sealed, township.device.stick_secret) == "五月收支".encode()
    assert keys.unseal(sealed, village.device.stick_secret) is None
    assert keys.unseal(sealed[:-1], township.device.stick_secret) is None
    assert keys.unseal(b"", township.device.stick_secret) is None


@pytest.mark.parametrize("text", ["", "age1", "AGE1QQ", "age1" + "q" * 58, "age1" + "q" * 80, "ssh-ed25519 AAAA"])
def test_what_is_no_age_recipient_is_known_as_such(text: str) -> None:
    assert not keys.is_stick_key(text)


def test_a_signature_counts_only_for_its_message_and_its_key(village: Any, township: Any) -> None:
    signature = village.device.sign(b"a")

    assert keys.signed_by(village.device.public_key, signature, b"a")
    assert not keys.signed_by(village.device.public_key, signature, b"b")
    assert not keys.signed_by(township.device.public_key, signature, b"a")
    assert not keys.signed_by(village.device.public_key, signature[:-1], b"a")
    assert not keys.signed_by(b"short", signature, b"a")
