"""Undo of one step: the inverse of what still stands, and the names of what was edited since and is kept."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.store.base import Merge, Spec, all_specs
from village_desk.store.journal.capture import change_rows, current_rows, writing_of
from village_desk.store.journal.tables import OPERATION, STEP, operations_of, stored
from village_desk.store.operations import read
from village_desk.store.reduction import reduce_record


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


def undo_step(session: Session, step: str) -> Undone:
    """Append the inverse of a step.

    Fields that were changed again later keep the later value, and a record that was created by the step and
    edited since stays.  Raises NotFound for an unknown step, NotAllowed for one that holds what can only be
    corrected (booked, frozen or from the township) or that was undone before.
    """
    writing = writing_of(session)
    name = bytes.fromhex(step)
    listed = session.execute(select(STEP).where(STEP.c.step == name)).first()
    if listed is None:
        raise NotFound("找不到要撤销的这一步。", "请在“最近操作”里重新选择。")
    if listed.undone_by is not None:
        raise NotAllowed("这一步已经撤销过了。", "需要恢复时，请撤销那次“撤销”。")
    specs = {spec.table: spec for spec in all_specs()}
    rows = session.execute(
        select(OPERATION.c.header, OPERATION.c.township, OPERATION.c.own)
        .where(OPERATION.c.step == name)
        .order_by(OPERATION.c.position)
    ).all()
    by_spec: dict[str, list[str]] = {}
    for row in rows:
        operation = read(stored(row))
        by_spec.setdefault(operation.table, []).append(operation.record)
    for table in by_spec:
        _check_undoable(specs.get(table))
    records = 0
    kept: list[Kept] = []
    for table, ids in by_spec.items():
        wanted = list(dict.fromkeys(ids))
        undone, left = _undo_table(session, specs[table], wanted, name)
        records += undone
        kept += left
    session.execute(update(STEP).where(STEP.c.step == name).values(undone_by=writing.step))
    return Undone(records, tuple(kept))


def _check_undoable(spec: Spec | None) -> None:
    if spec is None or spec.merge is Merge.TOWNSHIP_OWNED:
        raise NotAllowed("这一步里有乡镇填写的内容，村里不能撤销。", "有疑问请联系乡镇更正。")
    if spec.merge is Merge.APPEND_ONLY:
        raise NotAllowed("这一步里有已经入账或已经登记的事实，不能撤销。", "写错了请用“更正这一笔”另记一笔。")


def _undo_table(session: Session, spec: Spec, ids: list[str], step: bytes) -> tuple[int, list[Kept]]:
    known = operations_of(session, ids)
    now = current_rows(session, spec, ids)
    changes: dict[str, dict[str, object]] = {}
    kept: list[Kept] = []
    for identity in ids:
        operations = sorted(known[identity], key=lambda one: one.stamp)
        mine = [one for one in operations if one.step == step]
        if any(one.verb in {"freeze", "amend"} for one in mine):
            raise NotAllowed("这一步里有已经定稿的内容，不能撤销。", "请用“更正”，改动会写明原因并留下原样。")
        others = [one for one in operations if one.step != step]
        before = reduce_record(spec, others)
        last = mine[-1].stamp
        later = [one for one in others if one.stamp > last]
        if before is None:
            if later and not now[identity]["retired"]:
                kept.append(Kept(spec.table, identity))
            else:
                changes[identity] = {"retired": True}
            continue
        touched = set().union(*(one.fields().keys() for one in mine))
        edited_since = set().union(*(one.fields().keys() for one in later))
        if touched & edited_since:
            kept.append(Kept(spec.table, identity))
        back = {field: before[field] for field in touched - edited_since}
        if back:
            changes[identity] = back
    return change_rows(session, spec.record, changes), kept
