"""The bulk doors: many rows of one class created or changed at once, each with its operation."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.kit.ids import new_id
from village_desk.store.base import Record, Spec, spec_of
from village_desk.store.journal.rows import Present, present_rows
from village_desk.store.journal.verbs import verb_of_change
from village_desk.store.journal.writing import note, refuse_other_village, store_noted, writing_of
from village_desk.store.reduction import heads

# Rows and their operations are held in memory together; a step over a whole village goes through in parts.
ROWS_AT_ONCE = 2000


def add_rows(session: Session, record: type[Record], rows: Iterable[dict[str, Any]]) -> list[str]:
    """Bulk door: create many rows at once; returns their ids in order."""
    session.flush()
    writing, spec = writing_of(session), spec_of(record)
    full: list[dict[str, Any]] = []
    for row in rows:
        values = {one.name: row.get(one.name, one.absent) for one in spec.fields}
        unknown = row.keys() - values.keys() - {"id"}
        if unknown:
            raise TypeError(f"{spec.table} has no {sorted(unknown)}")
        identity = row.get("id") or new_id()
        note(writing, spec, "freeze" if spec.is_frozen(values) else "create", identity, values, ())
        full.append({"id": identity, "village": writing.village, **values})
    if full:
        session.execute(insert(spec.core), full)
        store_noted(session, writing)
    return [row["id"] for row in full]


def change_rows(
    session: Session,
    record: type[Record],
    changes: dict[str, dict[str, Any]],
    present: Mapping[str, Present] | None = None,
) -> int:
    """Bulk door: change many rows of one class; returns how many really changed.

    `present` are these records as they stand when the caller has just read them.  Raises NotFound when a row is
    missing and NotAllowed when one is final.
    """
    session.flush()
    spec, wanted = spec_of(record), list(changes.items())
    changed = 0
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        part = dict(wanted[start : start + ROWS_AT_ONCE])
        changed += _change_some(session, spec, part, present or present_rows(session, spec, part))
    session.expire_all()
    return changed


def _change_some(
    session: Session, spec: Spec, changes: dict[str, dict[str, Any]], present: Mapping[str, Present]
) -> int:
    writing = writing_of(session)
    grouped: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    changed = 0
    for identity, wanted in changes.items():
        if identity not in present:
            raise NotFound("要修改的记录不在这个村的档案里。", "请刷新后再试。")
        row, before = present[identity]
        refuse_other_village(writing, spec.table, row["village"])
        values = {name: value for name, value in wanted.items() if row[name] != value}
        if not values:
            continue
        state = row[spec.frozen_when[0]] if spec.frozen_when is not None else None
        both = {name: (row[name], value) for name, value in values.items()}
        verb = verb_of_change(spec, identity, both, state, before, writing)
        carried = {**{one.name: row[one.name] for one in spec.fields}, **values} if verb == "freeze" else values
        note(writing, spec, verb, identity, carried, heads(before))
        names = tuple(sorted(values))
        grouped.setdefault(names, []).append({"b_id": identity, **{f"b_{name}": values[name] for name in names}})
        changed += 1
    for names, rows in grouped.items():
        statement = (
            update(spec.core)
            .where(spec.core.c.id == bindparam("b_id"))
            .values({name: bindparam(f"b_{name}") for name in names})
        )
        session.connection().execute(statement, rows)
    store_noted(session, writing)
    return changed
