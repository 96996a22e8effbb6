"""What a clerk does with activities: plan, change, note who came and for how long, rotas."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id, same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.meetings.records import Activity, ActivityAttendance
from village_desk.meetings.rules.activities import (
    SERVING,
    ActivityKind,
    ActivityState,
    check_activity,
    check_minutes,
    turns,
)
from village_desk.people.actions import add_voluntary_time, take_back_time
from village_desk.people.lookups import names_of
from village_desk.store.acts import act, edit


def add_activity(
    session: Session,
    *,
    title: str,
    held_on: dt.date,
    kind: str = ActivityKind.VOLUNTEER,
    place: str = "",
    leader: str = "",
    minutes: int = 0,
    person_ids: tuple[str, ...] = (),
    rota_id: str = "",
    organisers: tuple[str, ...] = (),
) -> str:
    """Plan an activity, or enter one that was held, with who is expected; returns its id.

    `organisers` are the ids of the bodies that hold it, one or several. Raises NotAllowed.
    """
    check_activity(title, held_on, minutes)
    record = Activity(
        kind=ActivityKind(kind).value,
        title=tidy(title),
        held_on=held_on,
        place=tidy(place),
        leader=tidy(leader),
        minutes=minutes,
        rota_id=rota_id,
        organisers=tuple(dict.fromkeys(organisers)),
    )
    session.add(record)
    session.flush()
    expect_people(session, activity_id=record.id, person_ids=person_ids)
    return record.id


def change_activity(
    session: Session,
    *,
    activity_id: str,
    seen: str,
    title: str,
    held_on: dt.date,
    kind: str,
    place: str,
    leader: str,
    minutes: int,
    organisers: tuple[str, ...] | None = None,
) -> None:
    """Change what was planned; times that are noted already stay, and without `organisers` so do those.

    Raises NotFound, NotAllowed.
    """
    check_activity(title, held_on, minutes)
    record = _activity(session, activity_id)
    if record.state == ActivityState.HELD and record.held_on != held_on and _timed(session, activity_id):
        raise NotAllowed("已经按这一天登记了志愿时长，不能改日期。", "请先把到场的时长改成0，再改日期。")
    edit(
        session,
        record,
        seen=seen,
        title=tidy(title),
        held_on=held_on,
        kind=ActivityKind(kind).value,
        place=tidy(place),
        leader=tidy(leader),
        minutes=minutes,
        organisers=record.organisers if organisers is None else tuple(dict.fromkeys(organisers)),
    )


def expect_people(session: Session, *, activity_id: str, person_ids: tuple[str, ...]) -> None:
    """Add people who are expected. Raises NotFound."""
    _activity(session, activity_id)
    for person_id in person_ids:
        identity = same_id("activity_attendance", activity_id, person_id)
        known = session.get(ActivityAttendance, identity)
        if known is None:
            session.add(ActivityAttendance(id=identity, activity_id=activity_id, person_id=person_id))
        elif known.retired:
            known.retired = False
    session.flush()


def note_attendance(
    session: Session,
    *,
    activity_id: str,
    came: tuple[tuple[str, int], ...],
    evidence: str = "",
) -> int:
    """Note who came, pairs of (person's id, minutes); whoever is not named did not come.

    Voluntary work, labour and turns of a rota are entered in each person's own record of hours, once; a change of
    the minutes replaces the entry. Returns how many came. Raises NotFound, NotAllowed.
    """
    record = _activity(session, activity_id)
    if record.held_on is None or record.held_on > act(session).today:
        day = chinese_date(record.held_on) if record.held_on else "还没定"
        raise NotAllowed(f"活动日期是{day}，还没有到，不能登记到场。", "提前开展的，请先改活动日期。")
    names = names_of(session, [person_id for person_id, _ in came])
    minutes_of: dict[str, int] = {}
    for person_id, minutes in came:
        check_minutes(names.get(person_id, "这个人"), minutes)
        if person_id in minutes_of:
            raise NotAllowed(f"{names.get(person_id, '有一个人')}写了两次。", "请删去一个。")
        minutes_of[person_id] = minutes
    expect_people(session, activity_id=activity_id, person_ids=tuple(minutes_of))
    serving = ActivityKind(record.kind) in SERVING
    for row in session.scalars(
        select(ActivityAttendance).where(
            ActivityAttendance.activity_id == activity_id, ActivityAttendance.retired.is_(False)
        )
    ).all():
        here = row.person_id in minutes_of
        minutes = minutes_of.get(row.person_id, 0)
        wanted = minutes if serving else 0
        if row.time_id and (row.minutes != wanted or not here):
            take_back_time(session, entry_id=row.time_id)
            row.time_id = ""
        if wanted and not row.time_id:
            row.time_id = add_voluntary_time(
                session, person_id=row.person_id, on=record.held_on, minutes=wanted, what=record.title
            )
        row.came, row.minutes = here, minutes
    record.state = ActivityState.HELD.value
    record.evidence = tidy(evidence) or record.evidence
    session.flush()
    return len(minutes_of)


def cancel_activity(session: Session, *, activity_id: str, reason: str) -> None:
    """Note that an activity does not take place. Raises NotFound, NotAllowed once people came."""
    record = _activity(session, activity_id)
    if record.state == ActivityState.HELD:
        raise NotAllowed("这次活动已经登记了到场，不能取消。", "登记错了，请改到场的人和时长。")
    if not tidy(reason):
        raise NotAllowed("还没写为什么取消。", "例如“下雨改期”。")
    record.state, record.why_not = ActivityState.CANCELLED.value, tidy(reason)
    session.flush()


def plan_rota(
    session: Session,
    *,
    title: str,
    place: str,
    person_ids: tuple[str, ...],
    first: dt.date,
    last: dt.date,
    every: int = 1,
    each: int = 1,
    minutes: int = 0,
) -> str:
    """Plan turns: every so many days `each` of the people, in their order; returns the rota's id.

    A turn that is done is noted as attendance and gives hours. Raises NotAllowed.
    """
    check_activity(title, first, minutes)
    rota_id = new_id()
    for day, people in turns(person_ids, first, last, every=every, each=each):
        add_activity(
            session,
            title=title,
            held_on=day,
            kind=ActivityKind.TURN,
            place=place,
            minutes=minutes,
            person_ids=people,
            rota_id=rota_id,
        )
    return rota_id


def _activity(session: Session, activity_id: str) -> Activity:
    found = session.get(Activity, activity_id)
    if found is None or found.retired:
        raise NotFound("找不到这次活动。", "它可能已经删去，请刷新后再试。")
    return found


def _timed(session: Session, activity_id: str) -> bool:
    statement = select(ActivityAttendance.id).where(
        ActivityAttendance.activity_id == activity_id,
        ActivityAttendance.retired.is_(False),
        ActivityAttendance.time_id != "",
    )
    return session.scalar(statement.limit(1)) is not None
