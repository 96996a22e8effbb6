"""From changed objects to operations: the unit-of-work listener."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from village_desk.store.base import Record, Spec, spec_of
from village_desk.store.journal.tables import operations_of
from village_desk.store.journal.verbs import verb_of_change
from village_desk.store.journal.writing import (
    JournalBroken,
    Writing,
    note,
    refuse_other_village,
    store_noted,
    writing_of,
)
from village_desk.store.reduction import heads


def listen(session: Session) -> None:
    """Let the journal hear every flush of this session."""
    event.listen(session, "before_flush", _refuse_hidden_changes)
    event.listen(session, "after_flush", _write_operations)


def _refuse_hidden_changes(session: Session, context: object, instances: object) -> None:
    writing = session.info.get("writing")
    for record in session.deleted:
        if isinstance(record, Record):
            raise JournalBroken(f"{record.__tablename__} rows are retired, never deleted")
    if not isinstance(writing, Writing):
        return
    for record in session.new:
        if isinstance(record, Record):
            if record.village is None:
                record.village = writing.village
            refuse_other_village(writing, record.__tablename__, record.village)
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record):
            refuse_other_village(writing, record.__tablename__, record.village)


def _write_operations(session: Session, context: object) -> None:
    new = [record for record in session.new if isinstance(record, Record)]
    dirty = [
        (record, changed) for record in session.dirty if isinstance(record, Record) and (changed := _changes(record))
    ]
    if not new and not dirty:
        return
    writing = writing_of(session)
    for record in new:
        spec = spec_of(type(record))
        values = {one.name: getattr(record, one.name) for one in spec.fields}
        note(writing, spec, "freeze" if spec.is_frozen(values) else "create", record.id, values, ())
    store_noted(session, writing)
    known = operations_of(session, [record.id for record, _ in dirty])
    for record, changed in dirty:
        spec = spec_of(type(record))
        before = known.get(record.id, [])
        base = writing.based.pop(record.id, None) or heads(before)
        verb = verb_of_change(spec, record.id, changed, _state_before(spec, record, changed), before, writing)
        if verb == "freeze":
            values = {one.name: getattr(record, one.name) for one in spec.fields}
        else:
            values = {name: now for name, (_, now) in changed.items()}
        note(writing, spec, verb, record.id, values, base)
    store_noted(session, writing)


def _changes(record: Record) -> dict[str, tuple[Any, Any]]:
    """(before, now) of each column that this flush writes."""
    changed: dict[str, tuple[Any, Any]] = {}
    for attribute in inspect(record).attrs:
        history = attribute.history
        if history.has_changes():
            changed[attribute.key] = (history.deleted[0] if history.deleted else None, attribute.value)
    if "id" in changed or "village" in changed:
        raise JournalBroken("a record's id and village never change")
    return changed


def _state_before(spec: Spec, record: Record, changed: dict[str, tuple[Any, Any]]) -> Any:
    if spec.frozen_when is None:
        return None
    name = spec.frozen_when[0]
    return changed[name][0] if name in changed else getattr(record, name)
