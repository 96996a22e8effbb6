"""A meeting put off to another day, and one held in sittings, hamlet by hamlet, that add up to one meeting."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.meetings.actions.finding import meeting_of
from village_desk.meetings.actions.signing import count_roll, empty_the_room, latest_roll, take_in
from village_desk.meetings.lookups import WholeRoll, whole_roll
from village_desk.meetings.records import Meeting, MeetingSession, Motion, VoteCount
from village_desk.meetings.rules import MeetingState, serials, serials_text, who


def postpone_meeting(
    session: Session, *, meeting_id: str, to: dt.date, reason: str, called_on: dt.date | None = None
) -> None:
    """Put a meeting off to another day; the day it was called for stays in the record with the reason.

    Who had come the first time stays in the entries of the door; the roll is counted anew for the new day.
    Raises NotFound, NotAllowed without a reason, for the same day, or once something was voted on.
    """
    meeting = meeting_of(session, meeting_id)
    before = meeting.held_on
    if before is None:
        raise NotAllowed("这次会议还没有登记开会日期，不用改期。", "请点“改会议情况”直接填上日期。")
    if not tidy(reason):
        raise NotAllowed("改期要写明原因。", "例如“只到24人，还差1人，改到下周”。")
    if to == before:
        raise NotAllowed(f"改期后的日期还是{chinese_date(to)}。", "请填另一天；没有改期的不用登记。")
    motions = session.scalars(select(Motion.id).where(Motion.meeting_id == meeting_id, Motion.retired.is_(False)))
    if session.scalars(select(VoteCount.id).where(VoteCount.motion_id.in_(list(motions)))).first():
        raise NotAllowed("这次会议已经登记过表决，不能改期。", "表决是那一天的事实；再开会请另登记一次会议。")
    empty_the_room(session, meeting_id=meeting_id)
    meeting.moves = (*meeting.moves, (before.isoformat(), to.isoformat(), tidy(reason)))
    meeting.held_on = to
    if called_on is not None:
        meeting.called_on = called_on
    meeting.state = MeetingState.CALLED.value
    session.flush()
    count_roll(session, meeting_id=meeting_id)


def hold_sitting(
    session: Session,
    *,
    meeting_id: str,
    name: str,
    serial_numbers: str,
    held_on: dt.date | None = None,
    place: str = "",
    no: int = 0,
) -> int:
    """Enter one sitting of a meeting held in parts with those who came to it; returns its number.

    The people of all sittings are those present at the meeting. With `no` an entered sitting is put right.
    Raises NotFound, NotAllowed without a name, for somebody who is not on the list or came to another sitting.
    """
    meeting = meeting_of(session, meeting_id)
    if not tidy(name):
        raise NotAllowed("这一场还没有名称。", "请写明是哪一片，例如“三组片会”。")
    roll = latest_roll(session, meeting_id)
    if roll is None:
        count_roll(session, meeting_id=meeting_id)
        roll = latest_roll(session, meeting_id)
        assert roll is not None
    names = roll.names
    here = who(serial_numbers, names)
    sittings = sittings_of(session, meeting_id)
    for other in sittings:
        if other.no == no:
            continue
        both = sorted(set(here) & set(_came(session, other, roll)))
        if both:
            raise NotAllowed(
                f"{names[both[0]]}（{both[0]}号）在“{other.name}”已经签到。", "一个人只算一场，请从其中一场去掉。"
            )
    found = next((one for one in sittings if one.no == no), None)
    if no and found is None:
        raise NotFound(f"这次会议没有第{no}场。", "请核对场次。")
    if found is None:
        found = MeetingSession(meeting_id=meeting_id, no=max((one.no for one in sittings), default=0) + 1)
        session.add(found)
    found.name, found.place = tidy(name), tidy(place)
    found.held_on = held_on or meeting.held_on
    found.roll_id, found.present = roll.id, serials_text(here)
    session.flush()
    _add_up(session, meeting, roll)
    return found.no


def sittings_of(session: Session, meeting_id: str) -> list[MeetingSession]:
    """The sittings of a meeting, in their order."""
    rows = session.scalars(
        select(MeetingSession).where(MeetingSession.meeting_id == meeting_id, MeetingSession.retired.is_(False))
    )
    return sorted(rows, key=lambda one: (one.no, one.id))


def _add_up(session: Session, meeting: Meeting, roll: WholeRoll) -> None:
    everybody: set[int] = set()
    for one in sittings_of(session, meeting.id):
        everybody |= set(_came(session, one, roll))
    take_in(session, meeting, roll, tuple(sorted(everybody)))


def _came(session: Session, sitting: MeetingSession, roll: WholeRoll) -> tuple[int, ...]:
    """Who came to a sitting, by the serials of this roll; a sitting may be older than the roll."""
    if sitting.roll_id == roll.id:
        return serials(sitting.present, len(roll.entries))
    old = whole_roll(session, sitting.roll_id)
    if old is None:
        return ()
    person = {entry[0]: entry[1] for entry in old.entries}
    number = {entry[1]: entry[0] for entry in roll.entries}
    here = (person[serial] for serial in serials(sitting.present, len(old.entries)))
    return tuple(sorted(number[one] for one in here if one in number))
