"""Calling a meeting and writing down where, when and under whom it was held."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, tidy
from village_desk.meetings.actions.finding import meeting_of
from village_desk.meetings.actions.minutes import keep_what_was_printed
from village_desk.meetings.lookups import sheet_code
from village_desk.meetings.records import Meeting
from village_desk.meetings.rules import MeetingState, ObserverKind, Occasion
from village_desk.rulebook.rules import Body
from village_desk.store.acts import edit


def call_meeting(
    session: Session,
    *,
    title: str,
    body: str,
    rule_kind: str = "",
    called_on: dt.date | None = None,
    held_on: dt.date | None = None,
    place: str = "",
    chair: str = "",
    recorder: str = "",
    special_reason: str = "",
    group_name: str = "",
    occasion: str = "",
    agenda_posted_on: dt.date | None = None,
    notice_way: str = "",
    source_room: str = "",
    source_id: str = "",
) -> str:
    """Enter a meeting, before or after it was held, with its true dates; returns its id.

    `rule_kind` says how it counts (villagers_by_person, villagers_by_household …); without one the body's usual row is
    taken. `occasion` says what it is where nothing is put to the vote (party_lecture, theme_day …).
    Raises NotAllowed without a title.
    """
    if not tidy(title):
        raise NotAllowed("会议还没有名称。", "请写明是什么会，例如“讨论三组道路硬化的村民代表会议”。")
    wanted = Body(body)
    before = session.scalar(select(func.count()).select_from(Meeting))
    meeting = Meeting(
        code=sheet_code(wanted.value, tidy(title), held_on, called_on, before),
        title=tidy(title),
        body=wanted.value,
        rule_kind=rule_kind or usual_kind(wanted),
        group_name=tidy(group_name),
        called_on=called_on,
        held_on=held_on,
        place=tidy(place),
        chair=tidy(chair),
        recorder=tidy(recorder),
        special_reason=tidy(special_reason),
        occasion=Occasion(occasion).value if occasion else "",
        agenda_posted_on=agenda_posted_on,
        notice_way=tidy(notice_way),
        source_room=source_room,
        source_id=source_id,
    )
    session.add(meeting)
    session.flush()
    return meeting.id


def change_meeting(
    session: Session,
    *,
    meeting_id: str,
    seen: str,
    title: str,
    called_on: dt.date | None,
    held_on: dt.date | None,
    place: str,
    chair: str,
    recorder: str,
    special_reason: str = "",
    agenda_posted_on: dt.date | None = None,
    notice_way: str | None = None,
) -> None:
    """Put the facts of a meeting right on the ground of what the clerk saw. Raises NotFound, NotAllowed."""
    if not tidy(title):
        raise NotAllowed("会议名称不能空着。", "请写明是什么会。")
    meeting = meeting_of(session, meeting_id)
    before = printed_facts(meeting)
    edit(
        session,
        meeting,
        seen=seen,
        # Who changes a meeting without knowing of these leaves them as they are.
        agenda_posted_on=agenda_posted_on or meeting.agenda_posted_on,
        notice_way=meeting.notice_way if notice_way is None else tidy(notice_way),
        title=tidy(title),
        called_on=called_on,
        held_on=held_on,
        place=tidy(place),
        chair=tidy(chair),
        recorder=tidy(recorder),
        special_reason=tidy(special_reason),
    )
    keep_what_was_printed(session, meeting, before, printed_facts(meeting))


def note_observers(session: Session, *, meeting_id: str, observers: tuple[tuple[str, str, str], ...]) -> None:
    """Write down who sat in without a vote, as (kind, name, post). Raises NotFound, NotAllowed for a nameless one."""
    meeting = meeting_of(session, meeting_id)
    rows = tuple((ObserverKind(kind).value, tidy(name), tidy(post)) for kind, name, post in observers)
    if any(not name for _, name, _ in rows):
        raise NotAllowed("列席人员还有没写姓名的。", "请补上姓名，或去掉这一行。")
    before = printed_facts(meeting)
    meeting.observers = tuple(dict.fromkeys(rows))
    session.flush()
    keep_what_was_printed(session, meeting, before, printed_facts(meeting))


def note_remarks(session: Session, *, meeting_id: str, remarks: tuple[tuple[str, str], ...]) -> None:
    """Write down what people said, as (name, words). Raises NotFound."""
    meeting = meeting_of(session, meeting_id)
    before = printed_facts(meeting)
    meeting.remarks = tuple((tidy(name), tidy(words)) for name, words in remarks if tidy(words))
    session.flush()
    keep_what_was_printed(session, meeting, before, printed_facts(meeting))


def end_meeting(session: Session, *, meeting_id: str) -> None:
    """Close a meeting; corrections stay possible. Raises NotFound, NotAllowed without the day it was held."""
    meeting = meeting_of(session, meeting_id)
    if meeting.held_on is None:
        raise NotAllowed("这次会议还没有登记开会日期，不能结束。", "请先填上实际开会的日期。")
    meeting.state = MeetingState.ENDED.value
    session.flush()


def cancel_meeting(session: Session, *, meeting_id: str) -> None:
    """The meeting that was called did not take place. Raises NotFound."""
    meeting_of(session, meeting_id).state = MeetingState.CANCELLED.value
    session.flush()


def usual_kind(body: Body) -> str:
    """The kind of rule row by which a body counts unless the clerk says otherwise."""
    return {Body.VILLAGERS: "villagers_by_person", Body.GROUP: "group_by_person"}.get(body, body.value)


def printed_facts(meeting: Meeting) -> dict[str, str]:
    """What the minutes print of a meeting, by the words of their fields."""
    return {
        "会议名称": meeting.title,
        "时间": chinese_date(meeting.held_on) if meeting.held_on else "",
        "通知日期": chinese_date(meeting.called_on) if meeting.called_on else "",
        "地点": meeting.place,
        "主持人": meeting.chair,
        "记录人": meeting.recorder,
        "列席人员": "、".join(name for _, name, _ in meeting.observers),
        "发言要点": "；".join(f"{name}：{words}" if name else words for name, words in meeting.remarks),
    }
