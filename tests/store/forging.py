"""A laptop that writes whatever it likes into its operations, to see what another desk makes of it."""

import os
from typing import Any

import msgpack

from tests.store.things import TODAY, VILLAGE
from village_desk.store.operations import NO_HASH, StoredOperation, commitment, operation_hash, pack_header

Content = dict[str, Any] | bytes | None


def packed(content: Content) -> bytes | None:
    """Salt and content of one lane; bytes are put in as they are."""
    if content is None:
        return None
    return os.urandom(16) + (content if isinstance(content, bytes) else msgpack.packb(content, use_bin_type=True))


class Forger:
    """One chain of operations, each part of which can be replaced by something else."""

    def __init__(self, device: bytes | None = None, *, village: str = VILLAGE, lamport: int = 100) -> None:
        self.device = device or os.urandom(16)
        self.village = village
        self.seq, self.lamport, self.prev = 0, lamport, NO_HASH

    def write(
        self,
        verb: str = "create",
        table: str = "test_neighbour",
        township: Content = None,
        *,
        own: Content = None,
        record: str | None = None,
        version: int = 1,
        base: tuple[bytes, ...] = (),
        step: bytes | None = None,
        deed: str = "test.forged",
        **parts: Any,
    ) -> StoredOperation:
        """The next operation of the chain; `parts` replaces seq, lamport, prev, device or village in this one only."""
        self.seq, self.lamport = self.seq + 1, self.lamport + 1
        town, mine = packed(township), packed(own)
        header = pack_header(
            [
                1,
                parts.get("village", self.village),
                parts.get("device", self.device),
                parts.get("seq", self.seq),
                parts.get("lamport", self.lamport),
                verb,
                table,
                version,
                bytes.fromhex(record or os.urandom(16).hex()),
                list(base),
                TODAY.isoformat(),
                b"",
                step or os.urandom(8),
                deed,
                commitment(town) if town is not None else None,
                commitment(mine) if mine is not None else None,
                parts.get("prev", self.prev),
            ]
        )
        self.prev = operation_hash(header)
        return StoredOperation(header, town, mine)
