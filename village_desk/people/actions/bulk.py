"""One fact for many people at once: a bulk edit is one step, and is undone as one."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.people.records.register import Household, Person
from village_desk.people.rules.persons import check_person
from village_desk.people.rules.roster import Field
from village_desk.people.rules.words import household_key
from village_desk.store.acts import act, change_many

BULK_FIELDS: tuple[Field, ...] = (
    Field.GROUP,
    Field.LIVING,
    Field.PEOPLE,
    Field.SCHOOLING,
    Field.POLITICAL,
    Field.MARRIAGE,
    Field.ADDRESS,
)
"""What may be the same for many people; names, numbers, birth dates and kinship are each person's own."""
_CHUNK = 500


def edit_people(session: Session, *, person_ids: tuple[str, ...], field: str, value: str) -> int:
    """Give many people the same value in one field, or none with an empty one; returns how many were changed.

    The group belongs to the household, so whole households change it together. Raises NotAllowed for a field that is
    each person's own, a value that cannot be kept, nobody chosen, and a household number that the group has already.
    """
    if field not in BULK_FIELDS:
        raise NotAllowed("这一项每个人都不一样，不能批量修改。", "请打开人员卡，一个一个改。")
    if not person_ids:
        raise NotAllowed("还没有选中要修改的人。", "请在名单里按住Ctrl或Shift多选几个人。")
    column = "group_name" if field == Field.GROUP else str(field)
    found = check_person({column: value}, act(session).today)
    if found.problems:
        raise NotAllowed(next(iter(found.problems.values())), "改好后再保存。")
    clean = found.values[column]
    if field == Field.GROUP:
        return _change_group(session, person_ids, clean)
    return change_many(session, Person, {one: {column: clean or None} for one in _registered(session, person_ids)})


def _registered(session: Session, ids: tuple[str, ...]) -> dict[str, str]:
    """The household of each of these people who is in the register."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        rows = session.execute(
            select(Person.id, Person.household_id).where(Person.id.in_(part), Person.retired.is_(False))
        )
        found.update({row.id: row.household_id for row in rows})
    return found


def _change_group(session: Session, ids: tuple[str, ...], group: str) -> int:
    people = _registered(session, ids)
    homes = {home for home in people.values() if home}
    rows = session.execute(
        select(Household.id, Household.number, Household.group_name).where(Household.retired.is_(False))
    ).all()
    staying = {household_key(row.number) for row in rows if row.group_name == group and row.id not in homes}
    moving = [row for row in rows if row.id in homes and row.group_name != group]
    double = sorted(row.number for row in moving if row.number and household_key(row.number) in staying)
    if double:
        raise NotAllowed(
            f"{group}已经有户号{'、'.join(double[:5])}，这{len(double)}户不能改到{group}。",
            "请先给这几户换户号，或者不选这几户。",
        )
    changed = change_many(session, Household, {row.id: {"group_name": group} for row in moving})
    alone: dict[str, dict[str, Any]] = {one: {"group_name": group} for one, home in people.items() if not home}
    moved = {row.id for row in moving}
    return change_many(session, Person, alone) + (sum(home in moved for home in people.values()) if changed else 0)
