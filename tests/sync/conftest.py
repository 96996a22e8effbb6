"""Laptops with keys and honest chains of operations, for everything that reads or writes stick files."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from village_desk.store.device import Device
from village_desk.store.operations import (
    NO_HASH,
    StoredOperation,
    commitment,
    operation_hash,
    pack_header,
    seal,
)
from village_desk.sync.stickfile import (
    Head,
    Header,
    Kind,
    Manifest,
    Outline,
    Recipient,
    Segment,
    sign_head,
    write_file,
)

VILLAGE = "320924103205"


@dataclass
class Laptop:
    """A laptop with its own keys and the operations that it wrote."""

    name: str
    device: Device
    village: str = VILLAGE
    chain: list[StoredOperation] = field(default_factory=list)

    @property
    def recipient(self) -> Recipient:
        """This laptop as a reader of files."""
        return Recipient(self.device.id, self.device.stick_public)

    @property
    def head(self) -> Head:
        """The end of its chain."""
        last = operation_hash(self.chain[-1].header) if self.chain else NO_HASH
        return Head(self.device.id, len(self.chain), last)

    def work(self, count: int, private: str = "") -> None:
        """Append operations; `private` goes into the compartment that stays in the village."""
        for _ in range(count):
            number = len(self.chain) + 1
            open_part, own_part = seal({"name": f"第{number}条"}), seal({"phone": private}) if private else None
            header = pack_header(
                [
                    1,
                    self.village,
                    self.device.id,
                    number,
                    number,
                    "create",
                    "person",
                    1,
                    hashlib.sha256(f"{self.name}{number}".encode()).digest()[:16],
                    [],
                    "2026-01-05",
                    b"",
                    b"12345678",
                    "people.add_person",
                    commitment(open_part) if open_part else None,
                    commitment(own_part) if own_part else None,
                    self.head.hash,
                ]
            )
            self.chain.append(StoredOperation(header, open_part, own_part))

    def segment(self, first: int = 1, last: int | None = None) -> Segment:
        """Its operations from `first` to `last`, signed."""
        chosen = self.chain[first - 1 : last]
        head = Head(self.device.id, first - 1 + len(chosen), operation_hash(chosen[-1].header))
        return Segment(head, first, self.device.public_key, sign_head(self.device, self.village, head), chosen)

    def file(
        self, to: "Laptop", *segments: Segment, number: int = 1, kind: Kind = Kind.VILLAGE_BUNDLE, first: int = 1
    ) -> tuple[Header, bytes]:
        """A stick file of this laptop with its whole chain, or with the given segments."""
        outline = Outline(kind, self.name, self.village, number, top_seq=len(self.chain))
        manifest = Manifest(app="0.1.0", day="2026-01-05", heads=(self.head,))
        return write_file(self.device, outline, manifest, segments or (self.segment(first),), [to.recipient])


@pytest.fixture(scope="session")
def new_laptop() -> Callable[..., Laptop]:
    """Makes laptops whose keys are the same in every run, so that failures can be repeated."""
    made: list[Laptop] = []

    def make(name: str, operations: int = 0, village: str = VILLAGE) -> Laptop:
        seed = hashlib.sha256(f"{name} {len(made)}".encode()).digest()
        identity = pyrage.x25519.Identity.generate()
        device = Device(Ed25519PrivateKey.from_private_bytes(seed), str(identity), str(identity.to_public()))
        laptop = Laptop(name, device, village)
        laptop.work(operations)
        made.append(laptop)
        return laptop

    return make


@pytest.fixture(scope="session")
def township(new_laptop: Callable[..., Laptop]) -> Laptop:
    """The township's computer."""
    return new_laptop("河口镇")


@pytest.fixture(scope="session")
def village(new_laptop: Callable[..., Laptop]) -> Laptop:
    """A village's laptop with five operations."""
    return new_laptop("东河村", 5)
