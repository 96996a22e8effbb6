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


def is_readable(spec: Spec, operation: Operation) -> bool:
    """False for an operation of a newer version of the desk: kept and carried, shown after an update."""
    return operation.table == spec.table and operation.version <= spec.version


def in_order(spec: Spec, operations: Iterable[Operation]) -> list[Operation]:
    """The operations that this version can read, in the total order."""
    return sorted((one for one in operations if is_readable(spec, one)), key=lambda one: one.stamp)


def reduce_record(spec: Spec, operations: Iterable[Operation]) -> dict[str, Any] | None:
    """The row's columns, id and village included; None while the operation that creates it is missing."""
    effective = _effective(spec, in_order(spec, operations))
    first = next((operation for operation in effective if operation.verb in {"create", "freeze"}), None)
    if first is None:
        return None
    wire: dict[str, Any] = {}
    for operation in effective:
        wire.update(operation.fields_of(spec))
    row: dict[str, Any] = {"id": first.record, "village": first.village}
    for field in spec.fields:
        row[field.name] = from_wire(field, wire[field.name]) if field.name in wire else field.absent
    return row


def final_since(spec: Spec, operations: Iterable[Operation]) -> Operation | None:
    """The operation that made the record final: of several the first one in the total order."""
    if spec.merge is not Merge.FROZEN:
        return None
    return next((operation for operation in in_order(spec, operations) if operation.verb == "freeze"), None)


def _effective(spec: Spec, ordered: list[Operation]) -> list[Operation]:
    """The operations that make the row, in the order in which they count."""
    ordered = [operation for operation in ordered if operation.verb in spec.verbs]
    if spec.merge is Merge.APPEND_ONLY:
        return ordered[:1]
    freeze = final_since(spec, ordered)
    if freeze is None:
        return ordered
    # An amendment counts for the text that its writer saw: one of a freeze that did not win is listed instead.
    after = _descendants(ordered, freeze.hash)
    return [freeze, *(one for one in ordered if one.verb == "amend" and one.hash in after)]


def late_operations(spec: Spec, operations: Iterable[Operation]) -> list[Late]:
    """What the row does not show: changes that did not know of the freeze, and second creations or freezes."""
    ordered = in_order(spec, operations)
    used = {operation.hash for operation in _effective(spec, ordered)}
    freeze = final_since(spec, ordered)
    before = ancestors(ordered, freeze.hash) if freeze is not None else set()
    return [
        Late(operation, operation.verb in {"freeze", "create"})
        for operation in ordered
        if operation.hash not in used and operation.hash not in before
    ]


def ancestors(operations: Iterable[Operation], of: bytes) -> set[bytes]:
    """Hashes of the operations that the given one was based on, directly or through others."""
    return _reached({operation.hash: operation.base for operation in operations}, of)


def _descendants(operations: Iterable[Operation], of: bytes) -> set[bytes]:
    """Hashes of the operations that were based on the given one, directly or through others."""
    children: dict[bytes, list[bytes]] = {}
    for operation in operations:
        for one in operation.base:
            children.setdefault(one, []).append(operation.hash)
    return _reached(children, of)


def _reached(links: "dict[bytes, tuple[bytes, ...]] | dict[bytes, list[bytes]]", start: bytes) -> set[bytes]:
    found: set[bytes] = set()
    waiting = list(links.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(links.get(one, ()))
    return found


def heads(operations: Iterable[Operation]) -> tuple[bytes, ...]:
    """Operations that no other one is based on: what a clerk who opens the record now sees."""
    known = list(operations)
    based_on = {one for operation in known for one in operation.base}
    return tuple(sorted(operation.hash for operation in known if operation.hash not in based_on))


def conflicts(spec: Spec, operations: Iterable[Operation]) -> list[Conflict]:
    """Fields for which values stand that do not know of each other; equal values are no conflict."""
    known = in_order(spec, operations)
    if spec.merge is not Merge.PER_FIELD or len(heads(known)) < 2:
        return []
    carried = {operation.hash: operation.fields_of(spec) for operation in known}
    behind = {operation.hash: ancestors(known, operation.hash) for operation in known}
    found: list[Conflict] = []
    for field in spec.fields:
        writers = [operation for operation in known if field.name in carried[operation.hash]]
        covered: set[bytes] = set().union(*(behind[operation.hash] for operation in writers))
        standing = [operation for operation in writers if operation.hash not in covered]
        values = {repr(carried[operation.hash][field.name]) for operation in standing}
        if len(values) > 1:
            candidates = tuple(
                (operation.hash, from_wire(field, carried[operation.hash][field.name]))
                for operation in reversed(standing)
            )
            found.append(Conflict(field.name, candidates))
    return found
