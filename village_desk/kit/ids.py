"""Random ids for new things, and the same id for a thing that two desks may enter apart."""

import hashlib
import hmac
import secrets


def new_id() -> str:
    """A random id of 32 hexadecimal digits; it carries no order and no clock."""
    return secrets.token_hex(16)


def same_id(kind: str, *parts: str) -> str:
    """The id of a thing that is fixed by its parts: equal on every desk, 32 hexadecimal digits."""
    return hashlib.sha256(_joined(kind, parts)).hexdigest()[:32]


def secret_same_id(secret: bytes, kind: str, *parts: str) -> str:
    """Like same_id for parts that are personal data: without the village's secret nobody can guess them."""
    return hmac.new(secret, _joined(kind, parts), hashlib.sha256).hexdigest()[:32]


def _joined(kind: str, parts: tuple[str, ...]) -> bytes:
    # Each part is led by its length, so ("ab", "c") and ("a", "bc") differ.
    return b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in (kind, *parts))
