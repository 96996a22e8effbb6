"""The register by hand: add and edit households and persons, and keep in the log what left the desk."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import new_id, secret_same_id
from village_desk.kit.text import tidy
from village_desk.people.actions.checking import find_person as find_person
from village_desk.people.actions.checking import household_of, refuse_future, refuse_second_head
from village_desk.people.records import Household, Person, PersonEvent, PersonStanding, RosterExport
from village_desk.people.rules.changes import Change, coming
from village_desk.people.rules.masking import Audience
from village_desk.people.rules.persons import check_person
from village_desk.people.rules.standings import Standing
from village_desk.people.rules.words import household_key, read_group
from village_desk.store.acts import act, edit


def add_household(session: Session, *, number: str = "", group_name: str = "") -> str:
    """Register a household; returns its id.

    Raises NotAllowed when the group already has a household of this number.
    """
    group, number = read_group(group_name), tidy(number)
    _refuse_same_number(session, number, group, "")
    household = Household(id=_household_id(session, number, group), number=number, group_name=group)
    session.add(household)
    session.flush()
    return household.id


def edit_household(session: Session, *, household_id: str, number: str, group_name: str, seen: str) -> None:
    """Change a household's number or group. Raises NotAllowed when the number is taken."""
    household = household_of(session, household_id)
    group, number = read_group(group_name), tidy(number)
    _refuse_same_number(session, number, group, household_id)
    edit(session, household, seen=seen, number=number, group_name=group)


def add_person(
    session: Session,
    *,
    name: str,
    sex: str = "",
    identity: str = "",
    identity_reason: str = "",
    birth: str = "",
    phone: str = "",
    household_id: str = "",
    relation: str = "",
    group_name: str = "",
    people: str = "",
    political: str = "",
    schooling: str = "",
    marriage: str = "",
    former_name: str = "",
    address: str = "",
    identity_kind: str = "",
    birth_source: str = "",
    residence: str = "",
    health: str = "",
    military: str = "",
    work: str = "",
    living: str = "",
    note: str = "",
    came_on: dt.date | None = None,
    came_how: str = "",
    came_from: str = "",
    new_household: tuple[str, str] | None = None,
) -> str:
    """Register a person; returns the id. Sex and birth come from the identity number when they are left out.

    `came_on` is the day of coming into the village where it is known, `came_how` one of rules.changes.COMING,
    `came_from` the place before; `new_household` is (number, group) of a household that is set up with the person.
    Raises NotAllowed with the first field that cannot be kept, and when the number belongs to somebody else.
    """
    typed = {
        "name": name,
        "sex": sex,
        "identity": identity,
        "identity_reason": identity_reason,
        "birth": birth,
        "phone": phone,
        "relation": relation,
        "group_name": group_name,
        "people": people,
        "political": political,
        "schooling": schooling,
        "marriage": marriage,
        "former_name": former_name,
        "address": address,
        "identity_kind": identity_kind,
        "birth_source": birth_source,
        "residence": residence,
        "health": health,
        "military": military,
        "work": work,
        "living": living,
        "note": note,
    }
    kind = coming(came_how, came_on)
    if kind is Change.BORN and came_on is not None and not birth and not identity:
        typed["birth"] = came_on.isoformat()
    values = _checked(session, typed)
    _refuse_same_identity(session, values["identity"], "")
    if came_on is not None:
        refuse_future(session, came_on, "入户日期")
    if new_household is not None:
        household_id = add_household(session, number=new_household[0], group_name=new_household[1])
    if household_id:
        household_of(session, household_id)
        refuse_second_head(session, household_id, values["relation"], "")
        values["group_name"] = ""
    person = Person(id=_person_id(session, values["identity"]), household_id=household_id, came_on=came_on)
    for field, value in values.items():
        setattr(person, field, value if value or field in _NEVER_NULL else None)
    session.add(person)
    session.flush()
    if kind is not None:
        session.add(
            PersonEvent(
                person_id=person.id,
                kind=kind.value,
                happened_on=came_on,
                household_id=household_id,
                place=tidy(came_from) or None,
            )
        )
        session.flush()
    return person.id


def edit_person(
    session: Session,
    *,
    person_id: str,
    seen: str,
    name: str | None = None,
    sex: str | None = None,
    identity: str | None = None,
    identity_reason: str | None = None,
    birth: str | None = None,
    phone: str | None = None,
    relation: str | None = None,
    group_name: str | None = None,
    people: str | None = None,
    political: str | None = None,
    schooling: str | None = None,
    marriage: str | None = None,
    former_name: str | None = None,
    address: str | None = None,
    identity_kind: str | None = None,
    birth_source: str | None = None,
    residence: str | None = None,
    health: str | None = None,
    military: str | None = None,
    work: str | None = None,
    living: str | None = None,
    note: str | None = None,
) -> None:
    """Change what a person's card says; what is left out stays, an empty text clears.

    Raises NotAllowed as add_person does.
    """
    person = find_person(session, person_id)
    given = {
        "name": name,
        "sex": sex,
        "identity": identity,
        "identity_reason": identity_reason,
        "birth": birth,
        "phone": phone,
        "relation": relation,
        "group_name": group_name,
        "people": people,
        "political": political,
        "schooling": schooling,
        "marriage": marriage,
        "former_name": former_name,
        "address": address,
        "identity_kind": identity_kind,
        "birth_source": birth_source,
        "residence": residence,
        "health": health,
        "military": military,
        "work": work,
        "living": living,
        "note": note,
    }
    typed = {field: value for field, value in given.items() if value is not None}
    if "identity" in typed and typed["identity"] and "identity_reason" not in typed:
        typed["identity_reason"] = person.identity_reason or ""
    if "identity" in typed and "identity_kind" not in typed:
        typed["identity_kind"] = person.identity_kind or ""
    values = _checked(session, typed)
    if values.get("identity"):
        _refuse_same_identity(session, values["identity"], person_id)
    if "relation" in values:
        refuse_second_head(session, person.household_id, values["relation"], person_id)
    if "living" in values and values["living"] != (person.living or ""):
        _refuse_dated_residence(session, person)
    changed: dict[str, Any] = {}
    for field, value in values.items():
        kept = value if value or field in _NEVER_NULL else None
        if getattr(person, field) != kept:
            changed[field] = kept
    if changed:
        edit(session, person, seen=seen, **changed)


def record_export(session: Session, *, what: str, audience: str, people: int, reason: str = "") -> str:
    """Keep in the log that a list of people was printed or exported (rules.md §5.5).

    Raises NotAllowed when whole identity numbers leave the desk without a reason.
    """
    if audience == Audience.TOWNSHIP and not tidy(reason):
        raise NotAllowed("报送乡镇的名册带有完整的身份证号，请写明用途。", "例如“2026年度人口统计”。")
    here = act(session)
    row = RosterExport(
        what=tidy(what),
        audience=audience,
        people=people,
        exported_on=here.today,
        reason=tidy(reason),
        operator_id=here.actor,
    )
    session.add(row)
    session.flush()
    return row.id


_NEVER_NULL = frozenset({"name", "sex", "relation", "group_name"})


def _checked(session: Session, typed: dict[str, str]) -> dict[str, str]:
    found = check_person(typed, act(session).today)
    if found.problems:
        raise NotAllowed(next(iter(found.problems.values())), "改好后再保存。")
    return dict(found.values)


def _refuse_dated_residence(session: Session, person: Person) -> None:
    """What was entered with dates is not overwritten by a word without one."""
    dated = session.scalar(
        select(PersonStanding.id).where(
            PersonStanding.person_id == person.id,
            PersonStanding.kind == Standing.RESIDENT.value,
            PersonStanding.retired.is_(False),
        )
    )
    if dated is not None:
        raise NotAllowed(
            f"{person.name}的常住情况是带日期登记的，不能直接改。",
            "请在人员卡上点“登记身份”，登记从哪天起常住或不再常住。",
        )


def _person_id(session: Session, identity: str) -> str:
    if identity:
        wanted = secret_same_id(act(session).secret, "person", identity)
        if session.get(Person, wanted) is None:
            return wanted
    return new_id()


def _household_id(session: Session, number: str, group: str) -> str:
    if number:
        wanted = secret_same_id(act(session).secret, "household", group, household_key(number))
        if session.get(Household, wanted) is None:
            return wanted
    return new_id()


def _refuse_same_number(session: Session, number: str, group: str, own_id: str) -> None:
    if not number:
        return
    key = household_key(number)
    for other in session.scalars(
        select(Household).where(Household.retired.is_(False), Household.group_name == group, Household.id != own_id)
    ):
        if household_key(other.number) == key:
            where = f"{group}的" if group else ""
            raise NotAllowed(f"{where}户号{number}已经有了。", "请直接在这一户里增加成员，或者换一个户号。")


def _refuse_same_identity(session: Session, identity: str, own_id: str) -> None:
    if not identity:
        return
    other = session.scalars(
        select(Person).where(Person.identity == identity, Person.retired.is_(False), Person.id != own_id)
    ).first()
    if other is not None:
        raise NotAllowed(f"这个身份证号已经登记在{other.name}名下。", "请核对是不是同一个人，不要重复登记。")
