"""One evening with several meetings: one sign-in sheet, typed once, from which each meeting takes its own people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.meetings.actions.finding import meeting_of
from village_desk.meetings.actions.signing import (
    count_roll,
    latest_roll,
    note_absences,
    note_proxies,
    sign_in,
    take_in,
)
from village_desk.meetings.lookups import WholeRoll, evening_lines, sheet_code
from village_desk.meetings.records import Attendance, Evening, Meeting
from village_desk.meetings.rules import MeetingState, serials, serials_text, who


def join_evening(session: Session, *, meeting_ids: tuple[str, ...], title: str = "") -> str:
    """Let meetings of one day share a sign-in sheet; returns the id of the evening.

    Each keeps its own roll and its own count. Somebody who belongs to several bodies stands on the sheet once, with all
    his rights. Raises NotFound, NotAllowed for fewer than two meetings or for meetings of different days.
    """
    meetings = [meeting_of(session, one) for one in dict.fromkeys(meeting_ids)]
    if len(meetings) < 2:
        raise NotAllowed("合并签到至少要两个会。", "请再选一个同一天的会议。")
    days = {meeting.held_on for meeting in meetings}
    if None in days:
        raise NotAllowed("有的会议还没有登记开会日期。", "请先填上日期，再合并签到。")
    if len(days) > 1:
        words = "、".join(sorted(chinese_date(day) for day in days if day is not None))
        raise NotAllowed(f"这几个会不在同一天（{words}）。", "只有同一天的会议能合并签到。")
    code = sheet_code("evening", *(meeting.code for meeting in meetings))
    evening = Evening(held_on=meetings[0].held_on, title=tidy(title), code=code)
    session.add(evening)
    session.flush()
    for meeting in meetings:
        meeting.evening_id = evening.id
    session.flush()
    _write_sheet(session, evening)
    return evening.id


def leave_evening(session: Session, *, meeting_id: str) -> None:
    """Let a meeting have its own sign-in sheet again; who has signed in stays signed in. Raises NotFound."""
    meeting = meeting_of(session, meeting_id)
    evening = session.get(Evening, meeting.evening_id) if meeting.evening_id else None
    meeting.evening_id = ""
    session.flush()
    if evening is not None:
        _write_sheet(session, evening)


def enter_sign_in(
    session: Session,
    *,
    meeting_id: str,
    serial_numbers: str,
    at: str = "",
    households: int = 0,
    absences: tuple[tuple[str, str], ...] | None = None,
    proxies: tuple[tuple[str, str], ...] | None = None,
    online: str = "",
) -> int:
    """Book a sign-in sheet as it lies on the table: the meeting's own, or the one that it shares with others.

    Who came, who was excused, who came for somebody else and who took part from afar, by numbers or names of the sheet;
    returns how many may vote in this meeting. What is None stays as it was.
    Raises NotFound, NotAllowed for somebody who is not on the sheet.
    """
    meeting = meeting_of(session, meeting_id)
    if meeting.evening_id:
        came = sign_in_evening(
            session, evening_id=meeting.evening_id, serial_numbers=serial_numbers, at=at, absences=absences
        )
        rolls = _rolls(session, evening_of(session, meeting.evening_id))
        return next((many for (one, _), many in zip(rolls, came, strict=True) if one.id == meeting_id), 0)
    many = sign_in(session, meeting_id=meeting_id, serial_numbers=serial_numbers, households=households, at=at)
    if absences is not None:
        note_absences(session, meeting_id=meeting_id, absences=absences)
    if proxies is not None:
        note_proxies(session, meeting_id=meeting_id, proxies=proxies, online=online)
    return many


def sign_in_evening(
    session: Session,
    *,
    evening_id: str,
    serial_numbers: str,
    at: str = "",
    absences: tuple[tuple[str, str], ...] | None = None,
) -> tuple[int, ...]:
    """Who is in the room now, by numbers or names of the evening's sheet; returns how many came to each meeting.

    `absences` are (numbers or names, reason). Raises NotFound, NotAllowed for somebody who is not on the sheet.
    """
    evening = evening_of(session, evening_id)
    lines = evening_lines(session, evening)
    names = {line[0]: line[2] for line in lines}
    here = set(who(serial_numbers, names))
    people = {line[1] for line in lines if line[0] in here}
    person = {line[0]: line[1] for line in lines}
    reasons = {person[serial]: reason for line, reason in absences or () for serial in who(line, names)}
    evening.present = serials_text(here)
    session.flush()
    came = []
    for meeting, roll in _rolls(session, evening):
        mine = tuple(entry[0] for entry in roll.entries if entry[1] in people)
        take_in(session, meeting, roll, mine, at=at)
        if absences is not None:
            excused = tuple((str(entry[0]), reasons[entry[1]]) for entry in roll.entries if entry[1] in reasons)
            note_absences(session, meeting_id=meeting.id, absences=excused)
        came.append(sum(bool(entry[4]) for entry in roll.entries if entry[0] in set(mine)))
    return tuple(came)


def count_evening(session: Session, *, evening_id: str) -> int:
    """Count the rolls of all meetings of the evening anew and write the sheet again; returns its lines."""
    evening = evening_of(session, evening_id)
    for meeting, _ in _rolls(session, evening):
        count_roll(session, meeting_id=meeting.id)
    _write_sheet(session, evening)
    return len(evening_lines(session, evening))


def evening_of(session: Session, evening_id: str) -> Evening:
    """The evening. Raises NotFound."""
    evening = session.get(Evening, evening_id)
    if evening is None or evening.retired:
        raise NotFound("找不到这张合并签到表。", "它可能已经拆开，请到各个会议里登记签到。")
    return evening


def _rolls(session: Session, evening: Evening) -> list[tuple[Meeting, WholeRoll]]:
    meetings = session.scalars(
        select(Meeting).where(
            Meeting.evening_id == evening.id,
            Meeting.retired.is_(False),
            Meeting.state != MeetingState.CANCELLED.value,
        )
    )
    found = []
    for meeting in sorted(meetings, key=lambda one: (one.title, one.id)):
        roll = latest_roll(session, meeting.id)
        if roll is None:
            count_roll(session, meeting_id=meeting.id)
            roll = latest_roll(session, meeting.id)
            assert roll is not None
        found.append((meeting, roll))
    return found


def _write_sheet(session: Session, evening: Evening) -> None:
    """The smallest body first; who has signed in on the sheet or for a meeting stays signed in."""
    old = evening_lines(session, evening)
    came = {line[1] for line in old if line[0] in set(serials(evening.present, len(old)))}
    rolls = sorted(_rolls(session, evening), key=lambda pair: (len(pair[1].entries), pair[0].id))
    for meeting, roll in rolls:
        came |= _present(session, meeting, roll)
    evening.roll_ids = tuple(roll.id for _, roll in rolls)
    evening.present = serials_text(line[0] for line in evening_lines(session, evening) if line[1] in came)
    session.flush()


def _present(session: Session, meeting: Meeting, roll: WholeRoll) -> set[str]:
    found = session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.retired.is_(False))
    ).first()
    if found is None or found.roll_id != roll.id:
        return set()
    here = set(serials(found.present, len(roll.entries)))
    return {entry[1] for entry in roll.entries if entry[0] in here}
