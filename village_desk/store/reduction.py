"""From the operations of one record to its row: pure, and the same in whatever order they arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from village_desk.store.base import Merge, Spec
from village_desk.store.operations import Operation, from_wire


@dataclass(frozen=True)
class Conflict:
    """One field that two desks changed without knowing of each other; the first value is the one shown."""

    field: str
    candidates: tuple[tuple[bytes, Any], ...]


@dataclass(frozen=True)
class Late:
    """An operation that came after the record was final, or a second writing of a thing that is written once."""

    operation: Operation
    disputed: bool


def reduce_record(spec: Spec, operations: Iterable[Operation]) -> dict[str, Any] | None:
    """The row's columns, id and village included; None while the operation that creates it is missing."""
    ordered = sorted(operations, key=lambda operation: operation.stamp)
    first = next((operation for operation in ordered if operation.verb in {"create", "freeze"}), None)
    if first is None:
        return None
    wire: dict[str, Any] = {}
    for operation in _effective(spec, ordered):
        wire.update(operation.fields())
    row: dict[str, Any] = {"id": first.record, "village": first.village}
    for field in spec.fields:
        row[field.name] = from_wire(field, wire[field.name]) if field.name in wire else field.absent
    return row


def _effective(spec: Spec, ordered: list[Operation]) -> list[Operation]:
    """The operations that make the row, in the order in which they count."""
    if spec.merge is Merge.APPEND_ONLY:
        return [next(operation for operation in ordered if operation.verb == "create")]
    freeze = next((operation for operation in ordered if operation.verb == "freeze"), None)
    if freeze is not None:
        return [freeze, *(operation for operation in ordered if operation.verb == "amend")]
    return ordered


def late_operations(spec: Spec, operations: Iterable[Operation]) -> list[Late]:
    """What the row does not show: changes that did not know of the freeze, and second creations or freezes."""
    ordered = sorted(operations, key=lambda operation: operation.stamp)
    used = {operation.hash for operation in _effective(spec, ordered)} if ordered else set()
    freeze = next((operation for operation in ordered if operation.verb == "freeze"), None)
    before = ancestors(ordered, freeze.hash) if freeze is not None else set()
    return [
        Late(operation, operation.verb in {"freeze", "create"})
        for operation in ordered
        if operation.hash not in used and operation.hash not in before
    ]


def ancestors(operations: Iterable[Operation], of: bytes) -> set[bytes]:
    """Hashes of the operations that the given one was based on, directly or through others."""
    base = {operation.hash: operation.base for operation in operations}
    found: set[bytes] = set()
    waiting = list(base.get(of, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(base.get(one, ()))
    return found


def heads(operations: Iterable[Operation]) -> tuple[bytes, ...]:
    """Operations that no other one is based on: what a clerk who opens the record now sees."""
    known = list(operations)
    based_on = {one for operation in known for one in operation.base}
    return tuple(sorted(operation.hash for operation in known if operation.hash not in based_on))


def conflicts(spec: Spec, operations: Iterable[Operation]) -> list[Conflict]:
    """Fields for which values stand that do not know of each other; equal values are no conflict."""
    known = sorted(operations, key=lambda operation: operation.stamp)
    if spec.merge is not Merge.PER_FIELD or len(heads(known)) < 2:
        return []
    found: list[Conflict] = []
    for field in spec.fields:
        writers = [operation for operation in known if field.name in operation.fields()]
        covered: set[bytes] = set().union(*(ancestors(known, operation.hash) for operation in writers))
        standing = [operation for operation in writers if operation.hash not in covered]
        values = {repr(operation.fields()[field.name]) for operation in standing}
        if len(values) > 1:
            candidates = tuple(
                (operation.hash, from_wire(field, operation.fields()[field.name])) for operation in reversed(standing)
            )
            found.append(Conflict(field.name, candidates))
    return found
