"""What happens in a life, each in one act: division, moves, absence, death, return."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import (
    find_person,
    household_of,
    refuse_future,
    refuse_gone,
    refuse_second_head,
)
from village_desk.people.actions.register import add_household
from village_desk.people.records import HouseholdStay, PartyMembership, Person, PersonEvent, Post, kept_id
from village_desk.people.rules.changes import ABSENCE_WORDS, Absence, Change
from village_desk.people.rules.words import Kinship, PersonState, read_kinship
from village_desk.store.acts import retire


def move_household(
    session: Session, *, person_id: str, household_id: str, relation: str = "", on: dt.date, reason: str = ""
) -> None:
    """A person joins another household on that day; the old household stays in history.

    Raises NotAllowed when he is in it already, is not in the register, or it has a head and he is to be one.
    """
    person = find_person(session, person_id)
    household_of(session, household_id)
    if person.household_id == household_id:
        raise NotAllowed(f"{person.name}已经在这一户。", "请选择要转入的户。")
    refuse_future(session, on, "变动日期")
    refuse_second_head(session, household_id, relation, person_id)
    _keep_stay(session, person, on, reason)
    person.household_id = household_id
    person.relation = tidy(relation)
    person.group_name = ""
    session.flush()


def divide_household(
    session: Session,
    *,
    person_ids: tuple[str, ...],
    head_id: str,
    on: dt.date,
    number: str = "",
    group_name: str = "",
    reason: str = "",
) -> str:
    """Some members of a household set up one of their own, one of them as its head; returns the new household's id.

    Raises NotAllowed when they are not all of one household, nobody would stay, or the head is not among them.
    """
    people = [find_person(session, one) for one in dict.fromkeys(person_ids)]
    if not people or head_id not in person_ids:
        raise NotAllowed("请选出分出去的人，并从中选一位新户主。", "新户主要在分出去的人里面。")
    old = people[0].household_id
    if not old or any(one.household_id != old for one in people):
        raise NotAllowed("分出去的人不在同一户。", "请只选这一户的成员。")
    refuse_future(session, on, "分户日期")
    staying = set(
        session.scalars(
            select(Person.id).where(
                Person.household_id == old, Person.retired.is_(False), Person.state == PersonState.ON_ROLL.value
            )
        )
    ) - set(person_ids)
    if not staying:
        raise NotAllowed("原来的户一个人也不剩了。", "全户一起变动的，请改户号，不用分户。")
    group = group_name or household_of(session, old).group_name
    made = add_household(session, number=number, group_name=group)
    # The head first: the others' words of kinship are to him, and nobody knows them from the old household.
    for one in sorted(people, key=lambda person: person.id != head_id):
        relation = "户主" if one.id == head_id else ""
        move_household(
            session, person_id=one.id, household_id=made, relation=relation, on=on, reason=tidy(reason) or "分户"
        )
        note_event(session, one.id, Change.DIVIDED, on, household_id=made, reason=reason)
    return made


def change_head(session: Session, *, household_id: str, head_id: str, on: dt.date, old_relation: str = "") -> None:
    """Another member becomes head of a household on that day; `old_relation` is what the old one is to him.

    Raises NotAllowed when he is not a member of it or is its head already.
    """
    person = find_person(session, head_id)
    if person.household_id != household_id:
        raise NotAllowed(f"{person.name}不在这一户。", "请从这一户的成员里选。")
    if read_kinship(person.relation) is Kinship.HEAD:
        raise NotAllowed(f"{person.name}已经是户主。", "不用再登记一次。")
    refuse_future(session, on, "变更日期")
    for member in session.scalars(
        select(Person).where(Person.household_id == household_id, Person.retired.is_(False), Person.id != head_id)
    ):
        if read_kinship(member.relation) is Kinship.HEAD:
            _keep_stay(session, member, on, "户主变更")
            member.relation = tidy(old_relation)
    _keep_stay(session, person, on, "户主变更")
    person.relation = "户主"
    session.flush()


def move_out(session: Session, *, person_id: str, on: dt.date, reason: str = "", place: str = "") -> None:
    """A person's registration left the village on that day; posts, party and collective membership stay untouched."""
    person = find_person(session, person_id)
    refuse_gone(person)
    refuse_future(session, on, "迁出日期")
    person.state, person.state_on, person.state_reason = PersonState.MOVED_OUT.value, on, tidy(reason)
    note_event(session, person_id, Change.MOVED_OUT, on, place=place, reason=reason)
    session.flush()


def record_death(session: Session, *, person_id: str, on: dt.date, new_head_id: str = "") -> None:
    """A person died on that day; posts and party membership end with it, another member may become head."""
    person = find_person(session, person_id)
    if person.state == PersonState.DEAD:
        refuse_gone(person)
    refuse_future(session, on, "去世日期")
    if new_head_id:
        change_head(session, household_id=person.household_id, head_id=new_head_id, on=on)
    person.state, person.state_on, person.state_reason = PersonState.DEAD.value, on, ""
    note_event(session, person_id, Change.DIED, on)
    for post in session.scalars(
        select(Post).where(kept_id(Post.person_id) == person_id, Post.ended_on.is_(None), Post.retired.is_(False))
    ):
        post.ended_on, post.ended_why = on, "去世"
    for member in session.scalars(
        select(PartyMembership).where(
            kept_id(PartyMembership.person_id) == person_id,
            PartyMembership.left_on.is_(None),
            PartyMembership.retired.is_(False),
        )
    ):
        member.left_on, member.left_how = on, "去世"
    session.flush()


def return_to_roll(session: Session, *, person_id: str, on: dt.date) -> None:
    """A person who had left is registered in the village again from that day; the time outside stays in history."""
    person = find_person(session, person_id)
    if person.state != PersonState.MOVED_OUT:
        raise NotAllowed(f"{person.name}没有登记为迁出。", "去世登记错了的，请撤销那一步。")
    refuse_future(session, on, "迁回日期")
    if person.state_on and on < person.state_on:
        raise NotAllowed(f"{chinese_date(person.state_on)}才迁出，迁回日期不能更早。", "请核对日期。")
    away = session.scalars(
        select(PersonEvent)
        .where(
            kept_id(PersonEvent.person_id) == person_id,
            PersonEvent.kind == Change.MOVED_OUT.value,
            PersonEvent.ended_on.is_(None),
            PersonEvent.retired.is_(False),
        )
        .order_by(PersonEvent.happened_on.desc())
    ).first()
    if away is not None:
        away.ended_on = on
    elif person.state_on:
        session.add(
            PersonEvent(
                person_id=person_id,
                kind=Change.MOVED_OUT.value,
                happened_on=person.state_on,
                ended_on=on,
                reason=person.state_reason or None,
            )
        )
    else:
        # The day of leaving is not known, so the roll of an earlier day cannot know him.
        person.came_on = on
    person.state, person.state_on, person.state_reason = PersonState.ON_ROLL.value, None, ""
    note_event(session, person_id, Change.RETURNED, on)
    session.flush()


def go_away(
    session: Session, *, person_id: str, ground: str, on: dt.date, place: str = "", moves_out: bool = False
) -> str:
    """A person is away from that day: in the army, at school, at work, in custody; returns the event's id.

    The registration stays unless `moves_out` says that it left too. Raises NotAllowed while another absence is open.
    """
    person = find_person(session, person_id)
    refuse_gone(person)
    refuse_future(session, on, "外出日期")
    if ground not in set(Absence):
        raise NotAllowed(f"没有“{ground}”这种外出原因。", "请从列表里选。")
    open_one = _open_absence(session, person_id)
    if open_one is not None:
        words = ABSENCE_WORDS[Absence(open_one.ground)] if open_one.ground in set(Absence) else "外出"
        raise NotAllowed(f"{person.name}已经登记为{words}，还没有登记回来。", "请先登记上一次回来的日期。")
    event = note_event(session, person_id, Change.AWAY, on, ground=ground, place=place)
    if moves_out:
        move_out(session, person_id=person_id, on=on, reason=ABSENCE_WORDS[Absence(ground)], place=place)
    session.flush()
    return event.id


def come_back(session: Session, *, person_id: str, on: dt.date) -> None:
    """A person who was away is back on that day. Raises NotAllowed when he was not, or for a day before he left."""
    person = find_person(session, person_id)
    event = _open_absence(session, person_id)
    if event is None:
        raise NotAllowed(f"{person.name}没有登记外出。", "户籍迁出的，请点“迁回”。")
    refuse_future(session, on, "回来日期")
    if event.happened_on and on < event.happened_on:
        raise NotAllowed(f"{chinese_date(event.happened_on)}才外出，回来日期不能更早。", "请核对日期。")
    event.ended_on = on
    session.flush()


def forget_event(session: Session, *, event_id: str) -> None:
    """An absence or a marriage that was entered by mistake is taken off the card. Raises NotAllowed for moves."""
    event = session.get(PersonEvent, event_id)
    if event is None or event.retired:
        raise NotFound("找不到这条经历。", "可能刚被撤销，请刷新后再查。")
    if event.kind not in (Change.AWAY, Change.MARRIED, Change.DIVORCED):
        raise NotAllowed("这条经历和户籍、户号连在一起，不能单独去掉。", "登记错了的，请在“最近操作”里撤销那一步。")
    retire(session, event)


def _keep_stay(session: Session, person: Person, on: dt.date, reason: str) -> None:
    if not person.household_id:
        return
    before = session.scalars(
        select(HouseholdStay)
        .where(HouseholdStay.person_id == person.id, HouseholdStay.retired.is_(False))
        .order_by(HouseholdStay.ended_on.desc())
    ).first()
    since = before.ended_on if before is not None else person.came_on
    session.add(
        HouseholdStay(
            person_id=person.id,
            household_id=person.household_id,
            relation=person.relation,
            from_on=since if since is not None and since <= on else None,
            ended_on=on,
            reason=tidy(reason),
        )
    )


def note_event(
    session: Session,
    person_id: str,
    kind: Change,
    on: dt.date,
    *,
    household_id: str = "",
    other_id: str = "",
    ground: str = "",
    place: str = "",
    reason: str = "",
) -> PersonEvent:
    """Keep what happened to a person on a day; the other acts of a life write it too."""
    event = PersonEvent(
        person_id=person_id,
        kind=kind.value,
        happened_on=on,
        household_id=household_id,
        other_id=other_id,
        ground=ground or None,
        place=tidy(place) or None,
        reason=tidy(reason) or None,
    )
    session.add(event)
    session.flush()
    return event


def _open_absence(session: Session, person_id: str) -> PersonEvent | None:
    return session.scalars(
        select(PersonEvent).where(
            kept_id(PersonEvent.person_id) == person_id,
            PersonEvent.kind == Change.AWAY.value,
            PersonEvent.ended_on.is_(None),
            PersonEvent.retired.is_(False),
        )
    ).first()
