"""The identity of this laptop for one village file: its keys, and how far its chain had grown when last seen here."""

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from village_desk.store.files import disk_trouble, write_whole
from village_desk.store.keyring import Keys, lock, unlock
from village_desk.store.locks import FileLock


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


class Profile:
    """What this user's profile keeps of one village file: every identity that this laptop had for it.

    NAME.json holds the keys, readable only with the village's key, and a mark that is forced to disk; NAME.mark beside
    it moves with every commit and may be lost or torn by a power cut.
    """

    def __init__(self, file_id: str, keys: Keys) -> None:
        self._file_id = file_id
        self._secret = keys.draw("device")
        self._folder = profile_folder() / "devices"

    def known(self) -> list[tuple[Device, Mark]]:
        """Every identity that can be read, in the order of their names."""
        found = (self._load(path) for path in sorted(self._folder.glob(f"{self._file_id}-*.json")))
        return [one for one in found if one is not None]

    def keep(self, device: Device, mark: Mark) -> None:
        """Keep an identity and its mark, forced to disk; raises FileTrouble."""
        raw = device.signing.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()
        content = json.dumps([raw, device.stick_secret, device.stick_public]).encode()
        box = lock(self._secret, content, self._file_id.encode())
        path = self._path(device, ".json")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as reason:
            raise disk_trouble(reason, path) from reason
        write_whole(path, json.dumps({"box": box.hex(), **_plain(mark)}).encode())

    def move(self, device: Device, mark: Mark) -> None:
        """Move the quick mark; raises FileTrouble."""
        write_whole(self._path(device, ".mark"), json.dumps(_plain(mark)).encode(), durable=False)

    def lock(self, device: Device) -> FileLock:
        """Nobody else works under this identity meanwhile; raises FileTrouble when somebody does."""
        return FileLock(self._path(device, ".lock"))

    def _path(self, device: Device, suffix: str) -> Path:
        return self._folder / f"{self._file_id}-{device.id.hex()[:16]}{suffix}"

    def _load(self, path: Path) -> tuple[Device, Mark] | None:
        try:
            found = json.loads(path.read_bytes())
            mark = _mark(found)
            opened = unlock(self._secret, bytes.fromhex(found["box"]), self._file_id.encode())
            if opened is None:
                return None
            secret, stick_secret, stick_public = json.loads(opened)
            device = Device(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)), stick_secret, stick_public)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            quick = _mark(json.loads(path.with_suffix(".mark").read_bytes()))
            mark = max(mark, quick, key=lambda one: one.seq)
        return device, mark


def _plain(mark: Mark) -> dict[str, object]:
    return {"seq": mark.seq, "hash": mark.hash.hex()}


def _mark(found: dict[str, Any]) -> Mark:
    mark = Mark(int(found["seq"]), bytes.fromhex(found["hash"]))
    if len(mark.hash) != 32:
        raise ValueError("a mark names a whole hash")
    return mark
