"""From the journal to segments: each laptop's operations in a row, signed by it, or vouched for by its successor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from village_desk.store import journal
from village_desk.store.device import Device
from village_desk.store.operations import StoredOperation, operation_hash, read
from village_desk.sync import local
from village_desk.sync.stickfile import Head, Segment, sign_head

# A part of a bundle stays far below what a reader allows.
MOST_IN_A_PART = 100_000
LARGEST_PART = 48 * 1024 * 1024
_PREV = 32
_EVERYTHING = 2**62


@dataclass
class _Run:
    """Operations of which each one names the one before it."""

    device: bytes
    first: int
    operations: list[StoredOperation] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)

    def add(self, operation: StoredOperation, name: bytes) -> None:
        self.operations.append(operation)
        self.hashes.append(name)


def segments(
    session: Session, device: Device, village: str, known: dict[bytes, int], only: Iterable[bytes] | None = None
) -> list[Segment]:
    """Everything in the journal that the reader does not know, {laptop: last number known}; of `only` these laptops.

    Own operations are signed here. Those of another laptop carry the signature with which they came; what has none
    (a restored copy keeps what its former identity wrote) is signed by this laptop, which thereby vouches for it.
    """
    if only is not None:
        wanted = set(only)
        known = known | {one: _EVERYTHING for one in journal.heads(session) if one not in wanted}
    found: list[Segment] = []
    for run in _runs(journal.operations_after(session, known)):
        found.extend(_signed(session, device, village, run))
    return found


def _runs(operations: Iterable[StoredOperation]) -> Iterator[_Run]:
    run: _Run | None = None
    for operation in operations:
        name = operation_hash(operation.header)
        # Two branches of a restored laptop come mixed; each turn from one to the other begins a new run.
        if run is None or operation.header[-_PREV:] != run.hashes[-1]:
            if run is not None:
                yield run
            opened = read(operation)
            run = _Run(opened.device, opened.seq)
        run.add(operation, name)
    if run is not None:
        yield run


def _signed(session: Session, device: Device, village: str, run: _Run) -> Iterator[Segment]:
    kept = local.signed_head(session, run.device) if run.device != device.id else None
    carried = run.hashes.index(kept.head.hash) + 1 if kept is not None and kept.head.hash in run.hashes else 0
    if kept is not None and carried:
        yield Segment(kept.head, run.first, kept.author, kept.signature, run.operations[:carried])
    for start, end in _pieces(run, carried):
        head = Head(run.device, run.first + end - 1, run.hashes[end - 1])
        yield Segment(
            head, run.first + start, device.public_key, sign_head(device, village, head), run.operations[start:end]
        )


def _pieces(run: _Run, start: int) -> Iterator[tuple[int, int]]:
    """Where to cut a run so that each piece fits into one part."""
    size = 0
    begin = start
    for at in range(start, len(run.operations)):
        weight = size_of(run.operations[at])
        if at > begin and (at - begin >= MOST_IN_A_PART or size + weight > LARGEST_PART):
            yield begin, at
            begin, size = at, 0
        size += weight
    if begin < len(run.operations):
        yield begin, len(run.operations)


def size_of(operation: StoredOperation) -> int:
    """About how many bytes an operation takes in a file."""
    return sum(len(part) + 5 for part in operation if part is not None)


def parts(found: Iterable[Segment]) -> list[list[Segment]]:
    """Segments shared out over as few files as the limits allow."""
    shared: list[list[Segment]] = [[]]
    count = size = 0
    for segment in found:
        weight = sum(size_of(operation) for operation in segment.operations)
        if shared[-1] and (count + len(segment.operations) > MOST_IN_A_PART or size + weight > LARGEST_PART):
            shared.append([])
            count = size = 0
        shared[-1].append(segment)
        count += len(segment.operations)
        size += weight
    return shared
