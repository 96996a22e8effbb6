"""Undo of one step: the inverse of what still stands, and the names of what was edited since and is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.store.base import Merge, Spec, all_specs
from village_desk.store.journal.doors import ROWS_AT_ONCE, change_rows
from village_desk.store.journal.rows import Present, present_rows
from village_desk.store.journal.tables import OPERATION, STEP
from village_desk.store.journal.writing import writing_of
from village_desk.store.operations import Operation, from_wire
from village_desk.store.reduction import in_order

FIRST_DEED = "store.create_file"
_UNDO = "undo:"
_HELD_AT_MOST = 40_000


@dataclass(frozen=True)
class Kept:
    """A record that undo left as it is because somebody worked on it later."""

    table: str
    record: str


@dataclass(frozen=True)
class Undone:
    """What an undo did: records taken back, and those that were kept because they were edited since."""

    records: int
    kept: tuple[Kept, ...]


def undo_deed(step: str) -> str:
    """The deed of a step that undoes another one."""
    return f"{_UNDO}{step}"


def undone_step(deed: str) -> str:
    """The step that a deed undoes; empty for every other deed."""
    return deed.removeprefix(_UNDO) if deed.startswith(_UNDO) else ""


def undo_step(session: Session, step: str, own: Collection[bytes], *, again: bool = False) -> Undone:
    """Append the inverse of a step that one of the laptop's `own` identities wrote.

    Fields that were changed again later keep the later value, and a record that was created by the step and
    edited since stays; what was undone itself does not count as later work.  Raises NotFound for an unknown step,
    NotAllowed for one that holds what can only be corrected (booked, frozen or from the township), that another
    laptop wrote, or (unless `again`) that was undone before.
    """
    writing = writing_of(session)
    name = bytes.fromhex(step)
    listed = session.execute(select(STEP).where(STEP.c.step == name)).first()
    if listed is None:
        raise NotFound("找不到要撤销的这一步。", "请在“最近操作”里重新选择。")
    if listed.device not in own:
        raise NotAllowed("这一步是在另一台电脑上做的，这里不能撤销。", "请在那台电脑上撤销，或直接改成正确的内容。")
    if listed.deed == FIRST_DEED:
        raise NotAllowed("建立档案的一步不能撤销。", "不再使用的档案可以另存后删除文件。")
    if not again and _was_undone(session, listed.undone_by):
        raise NotAllowed("这一步已经撤销过了。", "需要恢复时，请撤销那次“撤销”。")
    specs = {spec.table: spec for spec in all_specs()}
    rows = session.execute(
        select(OPERATION.c.table_name, OPERATION.c.record)
        .where(OPERATION.c.step == name, OPERATION.c.device == listed.device)
        .order_by(OPERATION.c.position)
    ).all()
    by_spec: dict[str, dict[str, None]] = {}
    for row in rows:
        by_spec.setdefault(row.table_name, {})[row.record] = None
    for table in by_spec:
        _check_undoable(specs.get(table))
    backs: dict[str, dict[str, dict[str, Any]]] = {}
    kept: list[Kept] = []
    # Read once for the inverse and for writing it; a step beyond a village's size is read twice instead.
    read_once: dict[str, Present] | None = {} if len(rows) <= _HELD_AT_MOST else None
    for table, found in by_spec.items():
        ids = list(found)
        for start in range(0, len(ids), ROWS_AT_ONCE):
            present = present_rows(session, specs[table], ids[start : start + ROWS_AT_ONCE])
            if read_once is not None:
                read_once.update(present)
            back, left = _inverses(specs[table], present, (listed.device, name))
            backs.setdefault(table, {}).update(back)
            kept += left
    kept += _keep_what_is_used(session, backs, specs)
    records = 0
    for table, changes in backs.items():
        ids = list(changes)
        for start in range(0, len(ids), ROWS_AT_ONCE):
            part = ids[start : start + ROWS_AT_ONCE]
            records += change_rows(session, specs[table].record, {one: changes[one] for one in part}, read_once)
    if records or listed.undone_by is None:
        session.execute(update(STEP).where(STEP.c.step == name).values(undone_by=writing.step))
    _let_stand_again(session, undone_step(listed.deed), name)
    return Undone(records, tuple(kept))


def _was_undone(session: Session, by: bytes | None) -> bool:
    """True when the undo took anything back; one that only found later work wrote no step."""
    return by is not None and session.execute(select(STEP.c.step).where(STEP.c.step == by)).first() is not None


def _let_stand_again(session: Session, target: str, undo: bytes) -> None:
    """The step whose undo was undone stands again, and can be undone anew."""
    if target:
        again = update(STEP).where(STEP.c.step == bytes.fromhex(target), STEP.c.undone_by == undo)
        session.execute(again.values(undone_by=None))


def _check_undoable(spec: Spec | None) -> None:
    if spec is None or spec.merge is Merge.TOWNSHIP_OWNED:
        raise NotAllowed("这一步里有乡镇填写的内容，村里不能撤销。", "有疑问请联系乡镇更正。")
    if spec.merge is Merge.APPEND_ONLY:
        raise NotAllowed("这一步里有已经入账或已经登记的事实，不能撤销。", "写错了请用“更正这一笔”另记一笔。")


def _inverses(
    spec: Spec, present: dict[str, Present], step: tuple[bytes, bytes]
) -> tuple[dict[str, dict[str, Any]], list[Kept]]:
    changes: dict[str, dict[str, Any]] = {}
    kept: list[Kept] = []
    for identity, (row, operations) in present.items():
        back, is_kept = _inverse(spec, in_order(spec, operations), step, row)
        if is_kept:
            kept.append(Kept(spec.table, identity))
        if back:
            changes[identity] = back
    return changes, kept


def _keep_what_is_used(
    session: Session, backs: dict[str, dict[str, dict[str, Any]]], specs: dict[str, Spec]
) -> list[Kept]:
    """Take those records out of the undo that others in use point to: a person who was appointed since stays.

    A record that goes with the same undo holds nothing back, unless it has to stay itself.
    """
    going = {
        identity: table
        for table, changes in backs.items()
        for identity, back in changes.items()
        if back == {"retired": True}
    }
    if not going:
        return []
    held_by: dict[str, set[str]] = {}
    for spec in specs.values():
        for field in spec.fields:
            if field.kind != "str" or not field.name.endswith("_id"):
                continue
            column = spec.core.c[field.name]
            in_use = select(spec.core.c.id, column).where(spec.core.c.retired.is_(False), column.is_not(None))
            for holder, target in session.execute(in_use):
                if target in going and holder != target:
                    held_by.setdefault(target, set()).add(holder)
    kept: list[Kept] = []
    while stays := [one for one in going if any(holder not in going for holder in held_by.get(one, ()))]:
        for identity in stays:
            table = going.pop(identity)
            del backs[table][identity]
            kept.append(Kept(table, identity))
    return kept


def _inverse(
    spec: Spec, operations: Sequence[Operation], step: tuple[bytes, bytes], now: dict[str, Any]
) -> tuple[dict[str, Any], bool]:
    """The values that take a step back for one record, and whether something of it is kept."""
    mine = [one for one in operations if (one.device, one.step) == step]
    if any(one.verb in {"freeze", "amend"} for one in mine):
        raise NotAllowed("这一步里有已经定稿的内容，不能撤销。", "请用“更正”，改动会写明原因并留下原样。")
    if len(mine) == len(operations):
        return {"retired": True}, False
    standing = _standing(spec, operations, step)
    others = [one for one in operations if (one.device, one.step) != step]
    later = [one for one in others if one.stamp > mine[-1].stamp and standing[one.hash]]
    if not any(one.verb in {"create", "freeze"} for one in others):
        return ({}, True) if later and not now["retired"] else ({"retired": True}, False)
    touched = {field for one in mine for field in standing[one.hash]}
    edited_since = {field for one in later for field in standing[one.hash]}
    back: dict[str, Any] = {}
    for name in touched - edited_since:
        field = spec.named[name]
        before = [standing[one.hash][name] for one in others if name in standing[one.hash]]
        back[name] = from_wire(field, before[-1]) if before else field.absent
    return back, bool(touched & edited_since)


def _standing(spec: Spec, operations: Sequence[Operation], step: tuple[bytes, bytes]) -> dict[bytes, dict[str, Any]]:
    """The values of each operation that no undo has taken back; an undo and what it took back count for nothing.

    The step that is now to be undone counts whole, also when it is itself an undo.
    """
    standing = {one.hash: one.fields_of(spec) for one in operations}
    for undo in reversed(operations):
        target = undone_step(undo.deed)
        if not target or (undo.device, undo.step) == step:
            continue
        given = standing[undo.hash]
        for one in operations:
            if one.step.hex() != target or one.stamp >= undo.stamp:
                continue
            taken = standing[one.hash]
            if one.verb == "create" and given.get("retired") is True:
                taken.clear()
                given.clear()
            for name in given.keys() & taken.keys():
                del given[name], taken[name]
    return standing
