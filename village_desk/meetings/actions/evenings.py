"""One evening with several meetings: one sign-in sheet, typed once, from which each meeting takes its own people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.meetings.actions.finding import meeting_of
from village_desk.meetings.actions.signing import count_roll, latest_roll, take_in
from village_desk.meetings.records import Attendance, Evening, Meeting, MeetingRoll
from village_desk.meetings.rules import MeetingState, serials, serials_text, who
from village_desk.rulebook.rules import Body


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
    evening = Evening(held_on=meetings[0].held_on, title=tidy(title))
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


def sign_in_evening(session: Session, *, evening_id: str, serial_numbers: str, at: str = "") -> tuple[int, ...]:
    """Who is in the room now, by numbers or names of the evening's sheet; returns how many came to each meeting.

    Raises NotFound, NotAllowed for somebody who is not on the sheet.
    """
    evening = evening_of(session, evening_id)
    here = set(who(serial_numbers, {entry[0]: entry[2] for entry in evening.entries}))
    people = {entry[1] for entry in evening.entries if entry[0] in here}
    evening.present = serials_text(here)
    session.flush()
    came = []
    for meeting, roll in _rolls(session, evening):
        mine = tuple(entry[0] for entry in roll.entries if entry[1] in people)
        take_in(session, meeting, roll, mine, at=at)
        came.append(sum(bool(entry[4]) for entry in roll.entries if entry[0] in set(mine)))
    return tuple(came)


def count_evening(session: Session, *, evening_id: str) -> int:
    """Count the rolls of all meetings of the evening anew and write the sheet again; returns its lines."""
    evening = evening_of(session, evening_id)
    for meeting, _ in _rolls(session, evening):
        count_roll(session, meeting_id=meeting.id)
    _write_sheet(session, evening)
    return len(evening.entries)


def evening_of(session: Session, evening_id: str) -> Evening:
    """The evening. Raises NotFound."""
    evening = session.get(Evening, evening_id)
    if evening is None or evening.retired:
        raise NotFound("找不到这张合并签到表。", "它可能已经拆开，请到各个会议里登记签到。")
    return evening


def _rolls(session: Session, evening: Evening) -> list[tuple[Meeting, MeetingRoll]]:
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
    """One line a person, in the order of the smallest body first, then those of the others."""
    rights: dict[str, list[str]] = {}
    lines: dict[str, tuple[str, str]] = {}
    came: set[str] = set()
    before = {entry[1] for entry in evening.entries if entry[0] in set(serials(evening.present, len(evening.entries)))}
    for meeting, roll in sorted(_rolls(session, evening), key=lambda pair: (len(pair[1].entries), pair[0].id)):
        words = Body(meeting.body).words
        for entry in roll.entries:
            lines.setdefault(entry[1], (entry[2], entry[6]))
            right = words if entry[4] else f"{words}（没有表决权）"
            if right not in rights.setdefault(entry[1], []):
                rights[entry[1]].append(right)
        came |= _present(session, meeting, roll)
    evening.entries = tuple(
        (serial, person, name, "、".join(rights[person]), group)
        for serial, (person, (name, group)) in enumerate(lines.items(), start=1)
    )
    evening.present = serials_text(entry[0] for entry in evening.entries if entry[1] in came | before)
    session.flush()


def _present(session: Session, meeting: Meeting, roll: MeetingRoll) -> set[str]:
    found = session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.retired.is_(False))
    ).first()
    if found is None or found.roll_id != roll.id:
        return set()
    here = set(serials(found.present, len(roll.entries)))
    return {entry[1] for entry in roll.entries if entry[0] in here}
