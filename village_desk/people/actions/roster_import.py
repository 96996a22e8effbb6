"""Takes a roster into the register as one step, and says beforehand what that would do."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import new_id, secret_same_id
from village_desk.kit.memory import collector_at_rest
from village_desk.kit.progress import Progress, silent
from village_desk.people.actions.roster_beyond import write_beyond
from village_desk.people.actions.roster_matching import (
    BY_ROSTER,
    COLUMN_OF,
    Matcher,
    PlannedHousehold,
    PlannedPerson,
)
from village_desk.people.actions.roster_preview import preview_of
from village_desk.people.records.register import Household, HouseholdStay, Person, RosterImport
from village_desk.people.rules.roster import Field, Preview, Roster
from village_desk.people.rules.words import household_key
from village_desk.store.acts import act, add_many, change_many
from village_desk.store.base import Record
from village_desk.store.journal.writing import writing_of

_CHUNK = 500


@dataclass(frozen=True)
class Imported:
    """What an import did: numbers of persons and of new households."""

    new: int
    changed: int
    unchanged: int
    refused: int
    households: int

    @property
    def sentence(self) -> str:
        """One sentence with all the numbers."""
        return (
            f"新增{self.new}人、{self.households}户，改动{self.changed}人，没有变化{self.unchanged}人，"
            f"没有导入{self.refused}人。"
        )


def preview_roster(session: Session, roster: Roster) -> Preview:
    """What import_roster would do with this roster now; nothing is written."""
    with collector_at_rest():
        return preview_of(roster, Matcher(session).plan(roster))


def import_roster(session: Session, *, roster: Roster, progress: Progress = silent) -> Imported:
    """Take in every row that is not refused; one step, undone as a whole by the file's undo.

    Blank cells change nothing, the same roster a second time changes nothing. Raises NotAllowed when no row can be
    taken at all; what `progress` raises takes the whole step back.
    """
    progress(0, 0, "正在和已登记的人员核对")
    planned = Matcher(session).plan(roster)
    good = [one for one in planned if not one.line.refused and not one.fault]
    if not good:
        raise NotAllowed("这份花名册没有一行可以导入。", "请按预览里每一行的原因改好，再导入一次。")
    progress(0, len(good), "正在登记户")
    households = _write_households(session, good)
    homes = {key: household_id for key, (household_id, _) in households.items()}
    new = [one for one in good if one.known is None]
    rows = _new_rows(session, new, homes)
    ids: list[str] = []
    for start in range(0, len(rows), _CHUNK):
        end = min(start + _CHUNK, len(rows))
        progress(start, len(good), f"正在登记新增的人，第{start + 1}到第{end}人，共{len(rows)}人")
        ids += _add_or_revive(session, Person, rows[start:end])
    progress(len(rows), len(good), "正在改动已登记的人")
    changed = _change_known(session, good, homes)
    made = {id(one): person_id for one, person_id in zip(new, ids, strict=True)}
    write_beyond(
        session,
        (
            (
                one.beyond,
                made[id(one)] if one.known is None else one.known["id"],
                homes[one.household.key] if one.household else "",
            )
            for one in good
            if one.beyond.writes
        ),
    )
    progress(len(good), len(good), "正在写入名册")
    done = Imported(
        new=len(new),
        changed=changed,
        unchanged=len(good) - len(new) - changed,
        refused=len(planned) - len(good),
        households=sum(is_new for _, is_new in households.values()),
    )
    if done.new or done.changed:
        _remember(session, roster, done)
    return done


def _remember(session: Session, roster: Roster, done: Imported) -> None:
    """Keep which file brought what, with the step that takes it back."""
    here = act(session)
    session.add(
        RosterImport(
            source=roster.source,
            imported_on=here.today,
            operator_id=here.actor,
            step=writing_of(session).step.hex(),
            new=done.new,
            changed=done.changed,
            refused=done.refused,
        )
    )
    session.flush()


def _write_households(session: Session, good: list[PlannedPerson]) -> dict[str, tuple[str, bool]]:
    """Ids of the roster's households by key, and whether each is new."""
    wanted: dict[str, PlannedHousehold] = {}
    for one in good:
        if one.household is not None:
            wanted.setdefault(one.household.key, one.household)
    found: dict[str, tuple[str, bool]] = {}
    rows: list[dict[str, Any]] = []
    changes: dict[str, dict[str, Any]] = {}
    made: set[str] = set()
    for key, household in wanted.items():
        if household.known is not None:
            found[key] = (household.known.id, False)
            if household.group_changes:
                changes[household.known.id] = {"group_name": household.group}
            if household.known.retired:
                changes.setdefault(household.known.id, {})["retired"] = False
            continue
        identity = new_id()
        if household.number:
            secret = act(session).secret
            identity = secret_same_id(secret, "household", household.group, household_key(household.number))
        if identity in made:
            identity = new_id()
        made.add(identity)
        rows.append({"id": identity, "number": household.number, "group_name": household.group})
    kept = _add_or_revive(session, Household, rows)
    new_keys = [key for key, household in wanted.items() if household.known is None]
    found.update({key: (identity, True) for key, identity in zip(new_keys, kept, strict=True)})
    change_many(session, Household, changes)
    return found


def _new_rows(session: Session, new: list[PlannedPerson], homes: dict[str, str]) -> list[dict[str, Any]]:
    secret = act(session).secret
    rows = []
    for one in new:
        values = one.line.values
        number = values.get(Field.IDENTITY)
        row: dict[str, Any] = {column: str(values[field]) for field, column in COLUMN_OF.items() if values.get(field)}
        row["id"] = secret_same_id(secret, "person", str(number)) if number else new_id()
        row["household_id"] = homes[one.household.key] if one.household else ""
        row["group_name"] = "" if one.household else str(values.get(Field.GROUP, ""))
        row["identity_reason"] = one.line.kept or None
        row |= one.beyond.person
        rows.append(row)
    return rows


def _change_known(session: Session, good: list[PlannedPerson], homes: dict[str, str]) -> int:
    changes: dict[str, dict[str, Any]] = {}
    stays: list[dict[str, Any]] = []
    today = act(session).today
    count = 0
    for one in good:
        if one.known is None:
            continue
        wanted: dict[str, Any] = {**one.changes, **one.beyond.person}
        if one.moves and one.household is not None:
            wanted["household_id"] = homes[one.household.key]
            if one.known["household_id"]:
                stays.append(stay_ended(one.known, today, BY_ROSTER))
        if wanted:
            changes[one.known["id"]] = wanted
        count += bool(wanted or one.beyond.writes or (one.household and one.household.group_changes))
    change_many(session, Person, changes)
    add_many(session, HouseholdStay, stays)
    return count


def stay_ended(person: Any, on: Any, reason: str) -> dict[str, Any]:
    """The row that remembers the household that a person leaves on that day."""
    return {
        "person_id": person["id"],
        "household_id": person["household_id"],
        "relation": person["relation"],
        "ended_on": on,
        "reason": reason,
    }


def _add_or_revive(session: Session, record: type[Record], rows: list[dict[str, Any]]) -> list[str]:
    """Create rows; one that was taken out of use before (an undone import) comes back with the new values.

    An id that a living record holds belongs to something else by now, so the new row gets a random one. Returns the
    ids in order.
    """
    table = record.__table__
    known: dict[str, bool] = {}
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        known.update({row.id: row.retired for row in session.execute(select(table).where(table.c.id.in_(part)))})
    fresh: list[dict[str, Any]] = []
    revived: dict[str, dict[str, Any]] = {}
    kept: list[str] = []
    for row in rows:
        retired = known.get(row["id"])
        if retired:
            revived[row["id"]] = {**_empty(record), **row, "retired": False}
            del revived[row["id"]]["id"]
        else:
            row = row if retired is None else {**row, "id": new_id()}
            fresh.append(row)
        kept.append(row["id"])
    add_many(session, record, fresh)
    change_many(session, record, revived)
    return kept


def _empty(record: type[Record]) -> dict[str, Any]:
    return {column.key: column.info["absent"] for column in record.__table__.columns if "absent" in column.info}
