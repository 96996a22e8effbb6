"""The counts that are kept by entry: residents, registered voters, members of the collective, each with its dates."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person, refuse_future
from village_desk.people.lookups.rolls import roll
from village_desk.people.records import Person, PersonStanding, kept_id
from village_desk.people.rules.standings import (
    COLLECTIVE_ENDS,
    STANDING_WORDS,
    Period,
    Standing,
    check_collective_end,
    check_period,
)
from village_desk.people.rules.words import Living
from village_desk.store.acts import act, add_many, change_many


def enter_standing(
    session: Session,
    *,
    person_id: str,
    kind: str,
    from_on: dt.date | None = None,
    ground: str = "",
    ended_on: dt.date | None = None,
    ended_why: str = "",
) -> str:
    """Enter a person in one of the counts from a day on; an unknown day stays open. Returns the entry's id.

    `ground` is the class of voter or why the collective confirmed him. Raises NotAllowed when he is in it at that time.
    """
    standing, person = _standing(kind), find_person(session, person_id)
    check_period(
        person.name,
        STANDING_WORDS[standing],
        Period(from_on, ended_on),
        tuple(Period(one.from_on, one.ended_on) for one in _entries(session, person_id, standing)),
        act(session).today,
    )
    made = PersonStanding(
        person_id=person_id,
        kind=standing.value,
        from_on=from_on,
        ground=tidy(ground),
        ended_on=ended_on,
        ended_why=tidy(ended_why),
    )
    session.add(made)
    if standing is Standing.RESIDENT and ended_on is None:
        person.living = Living.HERE.value
    session.flush()
    return made.id


def end_standing(session: Session, *, person_id: str, kind: str, on: dt.date, why: str) -> None:
    """A person is no longer in a count from that day on.

    Raises NotAllowed without a reason, before the beginning, and for the collective for a reason by which the law says
    that membership does not end (农村集体经济组织法第十八条).
    """
    standing, person = _standing(kind), find_person(session, person_id)
    entry = next((one for one in _entries(session, person_id, standing) if one.ended_on is None), None)
    words = STANDING_WORDS[standing]
    if entry is None:
        raise NotFound(f"{person.name}没有登记为{words}。", "不用登记结束。")
    if not tidy(why):
        raise NotAllowed("请写明结束的原因。", f"例如{'、'.join(COLLECTIVE_ENDS[:3])}。")
    if standing is Standing.COLLECTIVE and tidy(why) not in COLLECTIVE_ENDS:
        check_collective_end(tidy(why))
    refuse_future(session, on, "结束日期")
    if entry.from_on and on < entry.from_on:
        raise NotAllowed(f"{chinese_date(entry.from_on)}才登记为{words}，结束日期不能更早。", "请核对日期。")
    entry.ended_on, entry.ended_why = on, tidy(why)
    if standing is Standing.RESIDENT:
        person.living = Living.AWAY.value
    session.flush()


def enter_many(
    session: Session, *, person_ids: tuple[str, ...], kind: str, from_on: dt.date | None = None, ground: str = ""
) -> int:
    """Enter many people in one count in one step; who is in it already stays. Returns how many were entered."""
    standing = _standing(kind)
    if from_on is not None:
        refuse_future(session, from_on, "日期")
    known = set(
        session.scalars(
            select(PersonStanding.person_id).where(
                PersonStanding.kind == standing.value,
                PersonStanding.retired.is_(False),
                PersonStanding.ended_on.is_(None),
            )
        )
    )
    wanted = [one for one in dict.fromkeys(person_ids) if one not in known]
    if not wanted:
        raise NotAllowed(f"选中的人都已经登记为{STANDING_WORDS[standing]}。", "不用再登记一次。")
    rows = [{"person_id": one, "kind": standing.value, "from_on": from_on, "ground": tidy(ground)} for one in wanted]
    add_many(session, PersonStanding, rows)
    if standing is Standing.RESIDENT:
        change_many(session, Person, {one: {"living": Living.HERE.value} for one in wanted})
    return len(wanted)


def begin_voter_list(session: Session, *, on: dt.date, ground: str = "") -> int:
    """Begin the list of an election: the list before it ends on that day, and every adult of the register is entered.

    Those who are registered elsewhere or declare themselves are added one by one; who does not take part is ended.
    Returns how many were entered.
    """
    refuse_future(session, on, "登记日期")
    before = session.scalars(
        select(PersonStanding.id).where(
            PersonStanding.kind == Standing.VOTER.value,
            PersonStanding.retired.is_(False),
            PersonStanding.ended_on.is_(None),
        )
    ).all()
    change_many(session, PersonStanding, {one: {"ended_on": on, "ended_why": "本届选举结束"} for one in before})
    session.expire_all()
    adults = tuple(entry.person_id for entry in roll(session, body="villagers_meeting", on=on).eligible)
    if not adults:
        raise NotAllowed("名册里还没有能确定年满18周岁的村民。", "请先导入花名册或补上出生日期。")
    return enter_many(session, person_ids=adults, kind=Standing.VOTER, from_on=on, ground=ground)


def _entries(session: Session, person_id: str, standing: Standing) -> list[PersonStanding]:
    return list(
        session.scalars(
            select(PersonStanding)
            .where(
                kept_id(PersonStanding.person_id) == person_id,
                PersonStanding.kind == standing.value,
                PersonStanding.retired.is_(False),
            )
            .order_by(PersonStanding.from_on)
        )
    )


def _standing(kind: str) -> Standing:
    try:
        return Standing(kind)
    except ValueError:
        raise NotAllowed(f"没有“{kind}”这种身份。", "可以登记常住人口、登记参选村民、集体经济组织成员。") from None
