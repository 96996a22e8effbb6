"""Keys of laptops: their short names, the digits that people compare by telephone, and sealing to recipients."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PUBLIC_KEY = 32
SIGNATURE = 64
DEVICE = 16
FINGERPRINT_DIGITS = 30
FEWEST_DIGITS = 6
LONGEST_STICK_KEY = 64


class Signer(Protocol):
    """A laptop's own identity, as the village file keeps it."""

    @property
    def public_key(self) -> bytes:
        """Ed25519 public key, 32 bytes."""

    @property
    def stick_public(self) -> str:
        """The age recipient to which others seal files for this laptop."""

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature, 64 bytes."""


def device_id(public_key: bytes) -> bytes:
    """A laptop's name in operations: the first 16 bytes of SHA-256 of its public key."""
    return hashlib.sha256(public_key).digest()[:DEVICE]


def fingerprint(public_key: bytes, stick_key: str) -> str:
    """30 digits (about 100 bits) over both public keys, in six groups, for comparing aloud or with a printed card."""
    digest = hashlib.sha256(b"VDfp1\0" + public_key + stick_key.encode()).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**FINGERPRINT_DIGITS:0{FINGERPRINT_DIGITS}d}"
    return " ".join(digits[at : at + 5] for at in range(0, FINGERPRINT_DIGITS, 5))


def on_two_lines(shown: str) -> str:
    """The six groups as two lines of three, for narrow places."""
    groups = shown.split()
    return f"{' '.join(groups[:3])}\n{' '.join(groups[3:])}"


def last_digits(shown: str) -> str:
    """The six digits that people type back."""
    return "".join(shown.split())[-FEWEST_DIGITS:]


def ends_with(typed: str, shown: str) -> bool:
    """True when at least six typed digits are the end of the shown ones.

    Typing some of them makes a person really look; spaces, dashes and full-width figures do not matter.
    """
    wanted = "".join(ch for ch in shown if ch.isdecimal())
    given = "".join(str(int(ch)) for ch in typed if ch.isdecimal())
    return FEWEST_DIGITS <= len(given) <= len(wanted) == FINGERPRINT_DIGITS and wanted.endswith(given)


def signed_by(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """True when the holder of the key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_stick_key(text: str) -> bool:
    """True when the text is an age recipient of a kind that this desk can seal to."""
    if not text.startswith("age1") or len(text) > LONGEST_STICK_KEY or text != text.lower():
        return False
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def seal(content: bytes, stick_keys: Sequence[str]) -> bytes:
    """The content as an age file that only the given recipients can open."""
    recipients = [pyrage.x25519.Recipient.from_str(key) for key in stick_keys]
    sealed: bytes = pyrage.encrypt(content, recipients)
    return sealed


def unseal(sealed: bytes, stick_secret: str) -> bytes | None:
    """The content of an age file; None when it was not sealed to this identity or is not whole."""
    try:
        content: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(stick_secret)])
    except pyrage.DecryptError:
        return None
    return content
