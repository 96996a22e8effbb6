"""Marriage and divorce, each in one act: who moves into which household; nothing else follows from either."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.people.actions.checking import find_person, household_of, refuse_future, refuse_gone
from village_desk.people.actions.history import change_head, move_household, note_event
from village_desk.people.actions.register import add_household
from village_desk.people.lookups.marriages import last_marriage
from village_desk.people.records import Person
from village_desk.people.rules.changes import Change
from village_desk.people.rules.words import Kinship, PersonState, read_kinship


def record_marriage(
    session: Session,
    *,
    person_id: str,
    on: dt.date,
    spouse_id: str = "",
    household_id: str = "",
    relation: str = "",
    new_number: str = "",
    new_group: str = "",
) -> str:
    """Two people of the village marry, or one marries somebody from outside; returns the household of the pair.

    The person moves on that day into `household_id`, or the pair moves into a new household with `new_number` and
    `new_group`, the person as its head; with neither everybody stays where he is. The old households stay in history,
    and membership of the collective is not touched (农村集体经济组织法第十八条). Raises NotAllowed, NotFound.
    """
    person = find_person(session, person_id)
    refuse_gone(person)
    refuse_future(session, on, "结婚日期")
    if spouse_id == person_id:
        raise NotAllowed("配偶不能是本人。", "请查到并选中另一位。")
    spouse = find_person(session, spouse_id) if spouse_id else None
    if household_id and (new_number or new_group):
        raise NotAllowed("转入已有的户和另立新户只能选一样。", "请去掉其中一样。")
    made = household_id
    if new_number or new_group:
        made = add_household(session, number=new_number, group_name=new_group or _group_of(session, person))
        move_household(session, person_id=person_id, household_id=made, relation="户主", on=on, reason="结婚")
        if spouse is not None:
            words = "妻" if spouse.sex == "female" else "夫" if spouse.sex == "male" else "配偶"
            move_household(session, person_id=spouse.id, household_id=made, relation=words, on=on, reason="结婚")
    elif household_id and person.household_id != household_id:
        move_household(session, person_id=person_id, household_id=household_id, relation=relation, on=on, reason="结婚")
    for one, other in ((person, spouse), (spouse, person)):
        if one is not None:
            one.marriage = "已婚"
            _note(session, one, other, Change.MARRIED, on)
    session.flush()
    return made or person.household_id


def record_divorce(
    session: Session,
    *,
    person_id: str,
    on: dt.date,
    spouse_id: str = "",
    leaver_id: str = "",
    with_ids: tuple[str, ...] = (),
    household_id: str = "",
    relation: str = "",
    new_number: str = "",
    new_group: str = "",
    new_head_id: str = "",
) -> str:
    """A pair is divorced on that day; returns the household of the one who leaves, or the person's own.

    Everybody stays where he is, unless `leaver_id`, one of the two, moves on that day with those of `with_ids` into
    `household_id`, or into a new household of `new_number` and `new_group` as its head. When the leaver was the head,
    `new_head_id` is who becomes it. Custody, membership of the collective, contracted land, points and posts are not
    touched (农村集体经济组织法第十八条). Raises NotAllowed, NotFound.
    """
    person = find_person(session, person_id)
    refuse_future(session, on, "离婚日期")
    if spouse_id == person_id:
        raise NotAllowed("对方不能是本人。", "请查到并选中另一位。")
    spouse = find_person(session, spouse_id) if spouse_id else None
    for one in (person, spouse):
        if one is not None:
            _refuse_no_marriage(session, one, on)
    moves = bool(household_id or new_number or new_group)
    if household_id and (new_number or new_group):
        raise NotAllowed("转入已有的户和另立新户只能选一样。", "请去掉其中一样。")
    if moves and leaver_id not in (person_id, spouse_id):
        raise NotAllowed("请选离婚的两个人里由谁转出。", "其他成员要转户的，可以勾选为一同转出。")
    if not moves and (with_ids or leaver_id):
        raise NotAllowed("请写明转到哪一户。", "查到并选中要转入的户，或者填写新户的户号、小组。")
    home = person.household_id
    if moves:
        home = _leave_home(
            session,
            find_person(session, leaver_id),
            with_ids,
            on,
            household_id,
            relation,
            new_number,
            new_group,
            new_head_id,
        )
    for one, other in ((person, spouse), (spouse, person)):
        if one is not None:
            one.marriage = "离婚"
            _note(session, one, other, Change.DIVORCED, on)
    session.flush()
    return home


def _leave_home(
    session: Session,
    leaver: Person,
    with_ids: tuple[str, ...],
    on: dt.date,
    household_id: str,
    relation: str,
    new_number: str,
    new_group: str,
    new_head_id: str,
) -> str:
    """Move one of a divorced pair, and who goes along, out of the household; returns the one they come into."""
    old = leaver.household_id
    going = [leaver, *(find_person(session, one) for one in dict.fromkeys(with_ids) if one != leaver.id)]
    stranger = next((one for one in going if one.household_id != old), None)
    if stranger is not None:
        raise NotAllowed(f"{stranger.name}和{leaver.name}不在同一户，不能一同转出。", "请单独办理转户。")
    staying = [
        one
        for one in session.scalars(
            select(Person).where(
                Person.household_id == old, Person.retired.is_(False), Person.state == PersonState.ON_ROLL.value
            )
        )
        if old and one.id not in {each.id for each in going}
    ]
    if staying and read_kinship(leaver.relation) is Kinship.HEAD:
        if new_head_id not in {one.id for one in staying}:
            raise NotAllowed(f"{leaver.name}是这一户的户主，转出以后要有新户主。", "请从留下的人里选一位新户主。")
        change_head(session, household_id=old, head_id=new_head_id, on=on)
    home = household_id or add_household(session, number=new_number, group_name=new_group or _group_of(session, leaver))
    for one in going:
        # What those who go along are to the new head is for the clerk to say.
        words = (relation if household_id else "户主") if one is leaver else ""
        move_household(session, person_id=one.id, household_id=home, relation=words, on=on, reason="离婚")
    return home


def _refuse_no_marriage(session: Session, person: Person, on: dt.date) -> None:
    """Refuse a second divorce of one marriage, and a day before it. Raises NotAllowed."""
    last = last_marriage(session, person.id)
    if last is None:
        return
    when = chinese_date(last.on) if last.on else "以前"
    if last.kind is Change.DIVORCED:
        raise NotAllowed(f"{person.name}{when}已经登记离婚。", "不用再登记一次；后来又结婚的，请先登记结婚。")
    if last.on is not None and on < last.on:
        raise NotAllowed(f"{person.name}{when}才结婚，离婚日期不能更早。", "请核对日期。")


def _note(session: Session, one: Person, other: Person | None, kind: Change, on: dt.date) -> None:
    note_event(session, one.id, kind, on, household_id=one.household_id, other_id=other.id if other else "")


def _group_of(session: Session, person: Person) -> str:
    return household_of(session, person.household_id).group_name if person.household_id else person.group_name
