"""The register by hand: add and edit households and persons, moves, deaths."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id, secret_same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.records import Household, HouseholdStay, PartyMembership, Person, Post, RosterExport
from village_desk.people.rules.masking import Audience
from village_desk.people.rules.persons import check_person
from village_desk.people.rules.words import Kinship, PersonState, household_key, read_group, read_kinship
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
    household = _household(session, household_id)
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
    living: str = "",
    note: str = "",
    came_on: dt.date | None = None,
    new_household: tuple[str, str] | None = None,
) -> str:
    """Register a person; returns the id. Sex and birth come from the identity number when they are left out.

    `new_household` is (number, group) of a household that is set up with the person. Raises NotAllowed with the first
    field that cannot be kept, and when the number belongs to somebody else.
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
        "living": living,
        "note": note,
    }
    values = _checked(session, typed)
    _refuse_same_identity(session, values["identity"], "")
    if new_household is not None:
        household_id = add_household(session, number=new_household[0], group_name=new_household[1])
    if household_id:
        _household(session, household_id)
        _refuse_second_head(session, household_id, values["relation"], "")
        values["group_name"] = ""
    person = Person(id=_person_id(session, values["identity"]), household_id=household_id, came_on=came_on)
    for field, value in values.items():
        setattr(person, field, value if value or field in _NEVER_NULL else None)
    session.add(person)
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
        "living": living,
        "note": note,
    }
    typed = {field: value for field, value in given.items() if value is not None}
    if "identity" in typed and typed["identity"] and "identity_reason" not in typed:
        typed["identity_reason"] = person.identity_reason or ""
    values = _checked(session, typed)
    if values.get("identity"):
        _refuse_same_identity(session, values["identity"], person_id)
    if "relation" in values:
        _refuse_second_head(session, person.household_id, values["relation"], person_id)
    changed: dict[str, Any] = {}
    for field, value in values.items():
        kept = value if value or field in _NEVER_NULL else None
        if getattr(person, field) != kept:
            changed[field] = kept
    if changed:
        edit(session, person, seen=seen, **changed)


def move_household(
    session: Session, *, person_id: str, household_id: str, relation: str = "", on: dt.date, reason: str = ""
) -> None:
    """A person joins another household on that day, for example by marriage; the old household stays in history."""
    person = find_person(session, person_id)
    _household(session, household_id)
    if person.household_id == household_id:
        raise NotAllowed(f"{person.name}已经在这一户。", "请选择要转入的户。")
    _refuse_future(session, on, "变动日期")
    _refuse_second_head(session, household_id, relation, person_id)
    if person.household_id:
        session.add(
            HouseholdStay(
                person_id=person.id,
                household_id=person.household_id,
                relation=person.relation,
                ended_on=on,
                reason=tidy(reason),
            )
        )
    person.household_id = household_id
    person.relation = tidy(relation)
    person.group_name = ""
    session.flush()


def move_out(session: Session, *, person_id: str, on: dt.date, reason: str = "") -> None:
    """A person's registration left the village on that day; posts and party membership are ended on their own."""
    person = find_person(session, person_id)
    _refuse_gone(person)
    _refuse_future(session, on, "迁出日期")
    person.state, person.state_on, person.state_reason = PersonState.MOVED_OUT.value, on, tidy(reason)
    session.flush()


def record_death(session: Session, *, person_id: str, on: dt.date) -> None:
    """A person died on that day; posts and party membership end with it."""
    person = find_person(session, person_id)
    if person.state == PersonState.DEAD:
        _refuse_gone(person)
    _refuse_future(session, on, "去世日期")
    person.state, person.state_on, person.state_reason = PersonState.DEAD.value, on, ""
    for post in session.scalars(
        select(Post).where(Post.person_id == person_id, Post.ended_on.is_(None), Post.retired.is_(False))
    ):
        post.ended_on, post.ended_why = on, "去世"
    for member in session.scalars(
        select(PartyMembership).where(
            PartyMembership.person_id == person_id,
            PartyMembership.left_on.is_(None),
            PartyMembership.retired.is_(False),
        )
    ):
        member.left_on, member.left_how = on, "去世"
    session.flush()


def return_to_roll(session: Session, *, person_id: str, on: dt.date) -> None:
    """A person who had left is registered in the village again from that day."""
    person = find_person(session, person_id)
    if person.state != PersonState.MOVED_OUT:
        raise NotAllowed(f"{person.name}没有登记为迁出。", "去世登记错了的，请撤销那一步。")
    _refuse_future(session, on, "迁回日期")
    person.state, person.state_on, person.state_reason = PersonState.ON_ROLL.value, None, ""
    person.came_on = on
    session.flush()


def record_export(session: Session, *, what: str, audience: str, people: int, reason: str = "") -> str:
    """Keep in the log that a list of people was printed or exported (rules.md §5.5).

    Raises NotAllowed when whole identity numbers leave the desk without a reason.
    """
    if audience == Audience.TOWNSHIP and not tidy(reason):
        raise NotAllowed("报送乡镇的名册带有完整的身份证号，请写明用途。", "例如“2026年度人口统计”。")
    row = RosterExport(
        what=tidy(what), audience=audience, people=people, exported_on=act(session).today, reason=tidy(reason)
    )
    session.add(row)
    session.flush()
    return row.id


def find_person(session: Session, person_id: str) -> Person:
    """The person's record. Raises NotFound when it is not in this file."""
    person = session.get(Person, person_id)
    if person is None or person.retired:
        raise NotFound("找不到这个人。", "可能刚被撤销，或者还在另一台电脑上；请刷新后再查。")
    return person


_NEVER_NULL = frozenset({"name", "sex", "relation", "group_name"})


def _household(session: Session, household_id: str) -> Household:
    household = session.get(Household, household_id)
    if household is not None and household.retired and _lived_in(session, household_id):
        # An undo retired it while somebody stayed who was edited since.
        household.retired = False
    if household is None or household.retired:
        raise NotFound("找不到这一户。", "可能刚被撤销，或者还在另一台电脑上；请刷新后再查。")
    return household


def _lived_in(session: Session, household_id: str) -> bool:
    found = select(Person.id).where(Person.household_id == household_id, Person.retired.is_(False)).limit(1)
    return session.scalar(found) is not None


def _checked(session: Session, typed: dict[str, str]) -> dict[str, str]:
    found = check_person(typed, act(session).today)
    if found.problems:
        raise NotAllowed(next(iter(found.problems.values())), "改好后再保存。")
    return dict(found.values)


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


def _refuse_second_head(session: Session, household_id: str, relation: str, own_id: str) -> None:
    if not household_id or read_kinship(relation) is not Kinship.HEAD:
        return
    members = session.scalars(
        select(Person).where(
            Person.household_id == household_id,
            Person.retired.is_(False),
            Person.id != own_id,
            Person.state == PersonState.ON_ROLL.value,
        )
    )
    for member in members:
        if read_kinship(member.relation) is Kinship.HEAD:
            raise NotAllowed(
                f"这一户的户主已经是{member.name}，一户只有一位户主。",
                f"请先改{member.name}与户主的关系，再登记新户主。",
            )


def _refuse_gone(person: Person) -> None:
    if person.state == PersonState.ON_ROLL:
        return
    when = chinese_date(person.state_on) if person.state_on else "以前"
    word = "去世" if person.state == PersonState.DEAD else "迁出"
    raise NotAllowed(f"{person.name}已经登记为{when}{word}。", "登记错了的，请撤销那一步，或者登记迁回。")


def _refuse_future(session: Session, on: dt.date, what: str) -> None:
    if on > act(session).today:
        raise NotAllowed(f"{what}{chinese_date(on)}还没有到。", "请在事情发生以后登记，或者核对日期。")
