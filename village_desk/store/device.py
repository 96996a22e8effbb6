"""The identity of this laptop for one village file: its keys, and how far its chain had grown when last seen here."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from village_desk.store.files import write_whole
from village_desk.store.keyring import Keys, lock, unlock


@dataclass(frozen=True)
class Device:
    """One laptop: an Ed25519 key to sign with and an age identity to receive with."""

    signing: Ed25519PrivateKey
    stick_secret: str
    stick_public: str

    @property
    def public_key(self) -> bytes:
        """The raw public key, 32 bytes."""
        return self.signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def id(self) -> bytes:
        """The first 16 bytes of SHA-256 over the public key."""
        return hashlib.sha256(self.public_key).digest()[:16]

    def sign(self, content: bytes) -> bytes:
        """An Ed25519 signature, 64 bytes."""
        return self.signing.sign(content)


@dataclass(frozen=True)
class Mark:
    """The furthest that this laptop's chain was ever seen to reach: sequence number and hash."""

    seq: int
    hash: bytes


def new_device() -> Device:
    """Fresh keys."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return Device(Ed25519PrivateKey.generate(), str(identity), str(identity.to_public()))


def profile_folder() -> Path:
    """The folder of this user for this program; VILLAGE_DESK_PROFILE names another one."""
    named = os.environ.get("VILLAGE_DESK_PROFILE")
    return Path(named) if named else Path(platformdirs.user_data_dir("village-desk", appauthor=False))


def device_path(file_id: str) -> Path:
    """Where this user's profile keeps the identity for one village file."""
    return profile_folder() / "devices" / f"{file_id}.json"


def load_device(path: Path, file_id: str, keys: Keys) -> tuple[Device, Mark] | None:
    """This laptop's identity for the file; None when it has none, or one that the file's key cannot open."""
    try:
        found = json.loads(path.read_bytes())
        mark = Mark(int(found["seq"]), bytes.fromhex(found["hash"]))
        opened = unlock(keys.draw("device"), bytes.fromhex(found["box"]), file_id.encode())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if opened is None:
        return None
    secret, stick_secret, stick_public = json.loads(opened)
    signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    return Device(signing, stick_secret, stick_public), mark


def save_device(path: Path, file_id: str, keys: Keys, device: Device, mark: Mark) -> None:
    """Keep the identity and its mark in the user's profile, readable only with the village's key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    raw = device.signing.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()
    content = json.dumps([raw, device.stick_secret, device.stick_public]).encode()
    box = lock(keys.draw("device"), content, file_id.encode())
    _write(path, {"box": box.hex(), "seq": mark.seq, "hash": mark.hash.hex()}, durable=True)


def save_mark(path: Path, mark: Mark) -> None:
    """Move the mark after a commit; a lost move is harmless because a mark may lag behind, never lead."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return
    _write(path, {**found, "seq": mark.seq, "hash": mark.hash.hex()}, durable=False)


def _write(path: Path, content: dict[str, object], *, durable: bool) -> None:
    write_whole(path, json.dumps(content).encode(), durable=durable)
