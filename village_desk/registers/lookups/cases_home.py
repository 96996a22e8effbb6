"""What the village did for one household: its members with their cases, entries of registers and visits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date, short_date
from village_desk.people.lookups import aliases, contacts_of, person_rows
from village_desk.people.records import PersonSearch
from village_desk.people.rules.words import PersonState
from village_desk.registers.lookups.cases import cases_of_people
from village_desk.registers.lookups.entries import rows_of
from village_desk.registers.lookups.forms import RECORDS, AnyEntry, forms, readable
from village_desk.rulebook.rules import RegisterTemplate

CASES, REGISTERS = "cases", "registers"
_MOST_VISITS = 10


@dataclass(frozen=True)
class HomeItem:
    """One thing done for somebody: whose it is, in words, and where it opens (`place` empty: nowhere).

    `contact_id` names a visit of a link, which may become a case.
    """

    person_id: str
    name: str
    day: dt.date
    words: str
    place: str
    record_id: str
    contact_id: str = ""


def home_items(session: Session, *, person_id: str, on: dt.date) -> tuple[HomeItem, ...]:
    """What was done for a person, then for the others of the household, then for the household; the newest first."""
    rows = person_rows(session, [person_id])
    if not rows:
        return ()
    one = rows[0]
    members = {one.id: one.name}
    if one.household_id:
        found = session.execute(
            select(PersonSearch.person_id, PersonSearch.name)
            .where(PersonSearch.household_id == one.household_id, PersonSearch.state == PersonState.ON_ROLL.value)
            .order_by(PersonSearch.relation_place, PersonSearch.person_id)
        )
        members |= {row[0]: row[1] for row in found}
    items = [*_cases(session, members, one.household_id), *_entries(session, members, one.household_id, on)]
    items += _visits(session, one.household_id, on)
    place = {identity: number for number, identity in enumerate(members)}
    return tuple(sorted(items, key=lambda item: (place.get(item.person_id, len(place)), -item.day.toordinal())))


def _cases(session: Session, members: dict[str, str], household_id: str) -> list[HomeItem]:
    known = aliases(session)
    items = []
    for row in cases_of_people(session, person_ids=tuple(members), household_id=household_id):
        whose = known.of(row.person_id)
        standing = "超期" if row.late else row.stage_words
        words = f"{short_date(row.taken_on)}办件：{row.title}（{row.number}，{standing}）"
        items.append(HomeItem(whose, members.get(whose, row.applicant), row.taken_on, words, CASES, row.id))
    return items


def _entries(session: Session, members: dict[str, str], household_id: str, on: dt.date) -> list[HomeItem]:
    known = aliases(session)
    wanted = {identity for member in members for identity in known.all_of(member)} | {household_id} - {""}
    open_forms = {key: form for key, (form, _, _) in forms(session, on=on).items() if readable(session, form)}
    items = []
    held: dict[str, list[AnyEntry]] = {}
    for record in RECORDS:
        for entry in session.scalars(select(record).where(record.retired.is_(False), record.subject_id.in_(wanted))):
            held.setdefault(entry.register or "", []).append(entry)
    for key, entries in held.items():
        if key in open_forms:
            items += _of_register(session, open_forms[key], entries, members, on)
    return items


def _of_register(
    session: Session, form: RegisterTemplate, entries: Sequence[AnyEntry], members: dict[str, str], on: dt.date
) -> list[HomeItem]:
    items = []
    for row in rows_of(session, form, entries, on=on):
        # What stands in a private register is read there, where it is noted who looked.
        told = "" if form.private else "，".join(part for part in (row.words, row.standing) if part)
        words = f"{short_date(row.noted_on)}{form.title}{f'：{told}' if told else ''}"
        name = members.get(row.subject_id, "全户")
        items.append(HomeItem(row.subject_id, name, row.noted_on, words, REGISTERS, row.id))
    return items


def _visits(session: Session, household_id: str, on: dt.date) -> list[HomeItem]:
    if not household_id:
        return []
    items = []
    for row in contacts_of(session, to_id=household_id, until=on)[:_MOST_VISITS]:
        told = "，".join(part for part in (row.item, row.what, row.settled) if part)
        words = f"{short_date(row.on)}{row.from_name}{row.way_words}{f'：{told}' if told else ''}"
        items.append(HomeItem("", "全户", row.on, words, "", "", row.id))
    return items


def visit_source(session: Session, *, contact_id: str) -> tuple[str, str] | None:
    """A visit as the source of a case: who came when to whom, and what was found. None where it is not there."""
    row = next((one for one in contacts_of(session) if one.id == contact_id), None)
    if row is None:
        return None
    return f"{chinese_date(row.on)}{row.from_name}{row.way_words}（{row.to_words}）", row.what
