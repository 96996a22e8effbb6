"""NAME.vkey: the file's random key, wrapped once for each operator, for the recovery code and for the township."""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store.files import write_whole

FORMAT = 1
_SALT = 16
# Nonce, key and tag; a wrap for the township is longer.
_SHORTEST_BOX = 12 + 32 + 16
_MOST_MEMORY_KIB = 1 << 20
SHORTEST_PASSWORD = 8
# 31 signs without 0/O, 1/I/L: a clerk copies them from paper.  25 of them carry 123 bits.
_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 25


@dataclass(frozen=True)
class PasswordCost:
    """What a guess of a password costs: Argon2id memory in KiB, passes and lanes (RFC 9106, low memory)."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


# The floor of the Password Storage Cheat Sheet; never less, also in tests.
LEAST_COST = PasswordCost(19456, 2, 1)


@dataclass(frozen=True)
class Keys:
    """What an opened key file gives: the data key and salt of SQLCipher, and secrets drawn from the data key."""

    data: bytes
    salt: bytes

    def draw(self, purpose: str) -> bytes:
        """A secret of 32 bytes for one purpose; equal on every laptop of the village."""
        return HKDF(hashes.SHA256(), 32, None, b"village-desk " + purpose.encode()).derive(self.data)


@dataclass
class KeyFile:
    """The content of NAME.vkey."""

    file_id: str
    salt: bytes
    wraps: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "KeyFile":
        """Read a key file; raises FileTrouble when it is missing or not one."""
        try:
            found = json.loads(path.read_bytes())
            if found["format"] > FORMAT:
                raise FileTrouble("这份档案是用更新版本的村务通建立的。", "请先更新本软件，再打开它。")
            salt, wraps = bytes.fromhex(found["salt"]), list(found["wraps"])
            if len(salt) != _SALT or not all(_is_whole(wrap) for wrap in wraps):
                raise ValueError("a part of the key file is not of its kind")
            return cls(str(found["file_id"]), salt, wraps)
        except OSError as reason:
            raise FileTrouble(
                f"找不到钥匙文件“{path.name}”。", "它要和 .vdesk 文件放在一起，请从备份里把它也拷过来。"
            ) from reason
        except (ValueError, KeyError, TypeError) as reason:
            raise FileTrouble(f"钥匙文件“{path.name}”已损坏。", "请从最近的备份里拷一份同名文件。") from reason

    def save(self, path: Path) -> None:
        """Write the key file whole or not at all."""
        content = {"format": FORMAT, "file_id": self.file_id, "salt": self.salt.hex(), "wraps": self.wraps}
        write_whole(path, json.dumps(content, ensure_ascii=False, indent=1).encode())

    @property
    def operators(self) -> list[str]:
        """Names that can open the file with a password, in the order in which they were added."""
        return [wrap["name"] for wrap in self.wraps if wrap["kind"] == "password"]

    def add_password(self, name: str, password: str, keys: Keys, cost: PasswordCost) -> None:
        """Wrap the data key for an operator; replaces the operator's earlier password.

        Raises NotAllowed for a password that is too short or easily guessed.
        """
        check_password(password, name)
        salt = os.urandom(16)
        secret = _stretch(password, salt, cost)
        self.remove(name)
        self.wraps.append(
            {
                "kind": "password",
                "name": name,
                "salt": salt.hex(),
                "memory_kib": cost.memory_kib,
                "passes": cost.passes,
                "lanes": cost.lanes,
                "box": _lock(secret, keys.data, self._bound(name)).hex(),
            }
        )

    def remove(self, name: str) -> None:
        """Take an operator's wrap away."""
        self.wraps = [wrap for wrap in self.wraps if wrap["kind"] != "password" or wrap["name"] != name]

    def add_recovery_code(self, keys: Keys) -> str:
        """Wrap the data key for a new printed recovery code and return the code, five groups of five signs."""
        signs = "".join(secrets.choice(_CODE_SIGNS) for _ in range(_CODE_LENGTH))
        self.wraps = [wrap for wrap in self.wraps if wrap["kind"] != "recovery"]
        box = _lock(_code_key(signs), keys.data, self._bound("recovery"))
        self.wraps.append({"kind": "recovery", "box": box.hex()})
        return "-".join(signs[start : start + 5] for start in range(0, _CODE_LENGTH, 5))

    def add_township(self, recipient: str, keys: Keys) -> None:
        """Wrap the data key for the township's recovery key (an age recipient); replaces an earlier one."""
        import pyrage

        box = pyrage.encrypt(keys.data, [pyrage.x25519.Recipient.from_str(recipient)])
        self.wraps = [wrap for wrap in self.wraps if wrap["kind"] != "township"]
        self.wraps.append({"kind": "township", "recipient": recipient, "box": box.hex()})

    def open_with_township(self, identity: str) -> Keys:
        """The keys for the township's recovery key; raises NotAllowed when it is not the one that was wrapped for."""
        import pyrage

        for wrap in self.wraps:
            if wrap["kind"] == "township":
                try:
                    opened = pyrage.decrypt(bytes.fromhex(wrap["box"]), [pyrage.x25519.Identity.from_str(identity)])
                except (pyrage.DecryptError, pyrage.IdentityError):
                    continue
                return Keys(bytes(opened), self.salt)
        raise NotAllowed("这份档案没有为这把乡镇恢复钥匙留过锁。", "请用操作人的口令或打印的恢复码打开。")

    def open_with_password(self, name: str, password: str) -> Keys:
        """The keys for an operator; raises NotAllowed when name and password do not fit."""
        for wrap in self.wraps:
            if wrap["kind"] == "password" and wrap["name"] == name:
                cost = PasswordCost(wrap["memory_kib"], wrap["passes"], wrap["lanes"])
                secret = _stretch(password, bytes.fromhex(wrap["salt"]), cost)
                opened = _unlock(secret, bytes.fromhex(wrap["box"]), self._bound(name))
                if opened is not None:
                    return Keys(opened, self.salt)
        raise NotAllowed("口令不对，没有打开档案。", "请检查大写锁定和输入法；忘了口令可以用打印的恢复码打开。")

    def open_with_code(self, code: str) -> Keys:
        """The keys for the printed recovery code; raises NotAllowed when it does not fit."""
        signs = "".join(sign for sign in code.upper() if sign.isalnum())
        for wrap in self.wraps:
            if wrap["kind"] == "recovery":
                opened = _unlock(_code_key(signs), bytes.fromhex(wrap["box"]), self._bound("recovery"))
                if opened is not None:
                    return Keys(opened, self.salt)
        raise NotAllowed("恢复码不对，没有打开档案。", "请对照打印的恢复码重新输入，共25个字母和数字。")

    def _bound(self, name: str) -> bytes:
        # A wrap cannot be moved to another file or another name.
        return f"village-desk wrap {self.file_id} {name}".encode()


def _is_whole(wrap: dict[str, Any]) -> bool:
    """Whether a wrap has its parts; raises ValueError, KeyError or TypeError when one cannot even be looked at."""
    if wrap["kind"] not in {"password", "recovery", "township"}:
        return True
    if len(bytes.fromhex(wrap["box"])) < _SHORTEST_BOX:
        return False
    if wrap["kind"] != "password":
        return True
    costs = (wrap["memory_kib"], wrap["passes"], wrap["lanes"])
    return (
        isinstance(wrap["name"], str)
        and len(bytes.fromhex(wrap["salt"])) == _SALT
        and all(type(cost) is int and cost > 0 for cost in costs)
        and costs[0] <= _MOST_MEMORY_KIB
    )


def new_keys() -> Keys:
    """A random data key and salt for a new file."""
    return Keys(os.urandom(32), os.urandom(16))


def check_password(password: str, name: str) -> None:
    """Refuse what is guessed first: too short, one sign over and over, a run of figures, the name itself."""
    if len(password) < SHORTEST_PASSWORD:
        raise NotAllowed(
            f"口令太短，只有{len(password)}位，至少要{SHORTEST_PASSWORD}位。", "可以用一句好记的话，例如四个词连起来。"
        )
    simple = password.lower()
    runs = "01234567890123456789 98765432109876543210 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm"
    if len(set(simple)) < 3 or simple in runs or simple == name.lower() or simple in {"password", "woaini1314"}:
        raise NotAllowed("这个口令太容易被猜到。", "请换一个，可以用一句好记的话，例如四个词连起来。")


def _stretch(password: str, salt: bytes, cost: PasswordCost) -> bytes:
    return hash_secret_raw(password.encode(), salt, cost.passes, cost.memory_kib, cost.lanes, 32, Type.ID)


def _code_key(signs: str) -> bytes:
    # The code is random, so it needs no slow stretching.
    return HKDF(hashes.SHA256(), 32, None, b"village-desk recovery code").derive(signs.encode() or b"\0")


def _lock(secret: bytes, content: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + ChaCha20Poly1305(secret).encrypt(nonce, content, bound)


def _unlock(secret: bytes, box: bytes, bound: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(secret).decrypt(box[:12], box[12:], bound)
    except (InvalidTag, ValueError):
        # ValueError is a box that was cut short.
        return None


lock, unlock = _lock, _unlock
