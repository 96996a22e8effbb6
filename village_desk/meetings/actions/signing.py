"""The roll counted for the day of the meeting and kept, and who came, by serial number or by name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.meetings.actions.finding import meeting_of
from village_desk.meetings.lookups import PART, WholeRoll, whole_roll, whole_rolls
from village_desk.meetings.records import Attendance, Meeting, MeetingRoll, MeetingRollPart, SignIn
from village_desk.meetings.rules import (
    COLLECTIVE_QUESTION,
    STANDS_FOR_HOUSEHOLDS,
    assembly_for,
    clock_time,
    serials,
    serials_text,
    who,
)
from village_desk.people.lookups import roll as people_roll
from village_desk.people.rules.bodies import ROLES, Role
from village_desk.people.rules.electorates import Assembly
from village_desk.rulebook.rules import Body

_REPRESENTATIVE = ROLES[Role.REPRESENTATIVE].words


def count_roll(session: Session, *, meeting_id: str) -> int:
    """Count who should come on the meeting's day and keep the list as it is; returns how many may vote.

    Counting again makes a new list beside the old one; who had signed in stays signed in, and counts that were taken
    keep the list they were taken under. Raises NotFound, NotAllowed without a day or without a register for this body.
    """
    meeting = meeting_of(session, meeting_id)
    if meeting.held_on is None:
        raise NotAllowed("还没有填开会日期，算不出应到人数。", "应到人数按开会那天的名册计算，请先填日期。")
    body = Body(meeting.body)
    assembly = assembly_for(body, meeting.rule_kind)
    counted, question = people_roll(session, body=assembly, on=meeting.held_on), ""
    if assembly is Assembly.COLLECTIVE_MEMBERS and not counted.eligible:
        counted = people_roll(session, body=Assembly.VILLAGERS_MEETING, on=meeting.held_on)
        question = COLLECTIVE_QUESTION
    entries = [entry for entry in counted.eligible if not meeting.group_name or entry.group == meeting.group_name]
    households = 0
    if assembly is Assembly.HOUSEHOLDS:
        households = len(entries)
    elif meeting.rule_kind in STANDS_FOR_HOUSEHOLDS:
        households = len(people_roll(session, body=Assembly.HOUSEHOLDS, on=meeting.held_on).eligible)
    before = whole_rolls(session, [meeting_id])
    lines = tuple(
        (
            serial,
            entry.person_id,
            entry.name,
            entry.basis,
            entry.votes,
            entry.woman,
            entry.group,
            _REPRESENTATIVE in entry.basis.split("、"),
        )
        for serial, entry in enumerate(entries, start=1)
    )
    left_out = tuple((left.name, left.reason) for left in counted.left_out)
    row = MeetingRoll(
        meeting_id=meeting_id,
        no=len(before) + 1,
        counted_for=meeting.held_on,
        entries=lines[:PART],
        by_household=assembly is Assembly.HOUSEHOLDS,
        households=households,
        question=question,
        left_out=left_out[:PART],
    )
    session.add(row)
    session.flush()
    for at in range(PART, max(len(lines), len(left_out)), PART):
        part, more = lines[at : at + PART], left_out[at : at + PART]
        session.add(MeetingRollPart(meeting_id=meeting_id, roll_id=row.id, no=at // PART, entries=part, left_out=more))
    session.flush()
    roll = whole_roll(session, row.id)
    assert roll is not None
    _carry_over(session, meeting, before, roll)
    return sum(entry.votes for entry in entries)


def sign_in(session: Session, *, meeting_id: str, serial_numbers: str, households: int = 0, at: str = "") -> int:
    """Who is in the room now, by numbers or names of the sign-in sheet (“1-20 22 王伟”); returns how many may vote.

    A later call replaces the earlier one, so that late arrivals and early leaving change the base of the next vote; who
    came and who left is kept, with the time `at` where it was noted. `households` is how many households they stand
    for, where the rule counts those. Raises NotFound, NotAllowed for somebody who is not on the list.
    """
    meeting = meeting_of(session, meeting_id)
    roll = _roll_or_count(session, meeting)
    here = who(serial_numbers, roll.names)
    if roll.households and not roll.by_household and not 0 <= households <= roll.households:
        raise NotAllowed(f"全村{roll.households}户，到会代表所代表的户数不能是{households}。", "请核对户数。")
    take_in(session, meeting, roll, here, at=at, households=households)
    return sum(bool(entry[4]) for entry in roll.entries if entry[0] in set(here))


def sign_in_people(session: Session, *, meeting_id: str, person_ids: tuple[str, ...], households: int = 0) -> int:
    """Who is in the room now, by person. Raises NotFound, NotAllowed for somebody who is not on the list."""
    meeting = meeting_of(session, meeting_id)
    roll = _roll_or_count(session, meeting)
    number = {entry[1]: entry[0] for entry in roll.entries}
    if any(person not in number for person in person_ids):
        raise NotAllowed("签到的人里有不在应到名单上的。", "列席的请登记在“列席人员”里；应到有误的，请重新计算应到。")
    text = serials_text(number[person] for person in person_ids)
    return sign_in(session, meeting_id=meeting_id, serial_numbers=text, households=households)


def note_absence(session: Session, *, meeting_id: str, person_id: str, reason: str) -> None:
    """Write down why somebody did not come (请假 leaves him 应到). Raises NotFound, NotAllowed."""
    meeting = meeting_of(session, meeting_id)
    roll = _roll_or_count(session, meeting)
    serial = next((entry[0] for entry in roll.entries if entry[1] == person_id), None)
    if serial is None:
        raise NotAllowed("这个人不在应到名单上。", "请核对姓名；应到有误的，请重新计算应到。")
    attendance = _attendance(session, meeting, roll)
    absences = {**dict(attendance.absences), serial: tidy(reason)}
    _excuse(attendance, absences)
    session.flush()


def note_absences(session: Session, *, meeting_id: str, absences: tuple[tuple[str, str], ...]) -> None:
    """Write down why people did not come, as (numbers or names, reason); replaces what stood there.

    Raises NotFound, NotAllowed for somebody who is not on the list or has signed in.
    """
    meeting = meeting_of(session, meeting_id)
    roll = _roll_or_count(session, meeting)
    attendance = _attendance(session, meeting, roll)
    names = roll.names
    here = set(serials(attendance.present, len(roll.entries)))
    found: dict[int, str] = {}
    for line, reason in absences:
        for serial in who(line, names):
            if serial in here:
                raise NotAllowed(f"{names[serial]}（{serial}号）已经签到，不能再登记请假。", "请核对签到表。")
            found[serial] = tidy(reason)
    _excuse(attendance, found)
    session.flush()


def note_proxies(session: Session, *, meeting_id: str, proxies: tuple[tuple[str, str], ...], online: str = "") -> None:
    """Write down for whom of those present somebody else came, as (number or name, who came), and who was online.

    Whether that is allowed the rule row says, and the verdict follows it. Raises NotFound, NotAllowed for somebody who
    has not signed in.
    """
    meeting = meeting_of(session, meeting_id)
    roll = _roll_or_count(session, meeting)
    attendance = _attendance(session, meeting, roll)
    names = roll.names
    here = set(serials(attendance.present, len(roll.entries)))
    found: dict[int, str] = {}
    for line, holder in proxies:
        for serial in who(line, names):
            found[serial] = tidy(holder)
    from_afar = who(online, names)
    for serial in (*found, *from_afar):
        if serial not in here:
            raise NotAllowed(f"{names[serial]}（{serial}号）没有签到。", "委托和在线参加的，也先登记签到。")
    if any(not holder for holder in found.values()):
        raise NotAllowed("委托还没有写由谁代为参加。", "请写上受托人的姓名。")
    attendance.proxies = tuple(sorted(found.items()))
    attendance.online = serials_text(serial for serial in from_afar if serial not in found)
    session.flush()


def take_in(
    session: Session,
    meeting: Meeting,
    roll: WholeRoll,
    here: tuple[int, ...],
    *,
    at: str = "",
    households: int | None = None,
) -> None:
    """Let exactly these be in the room, and keep who came and who left since before."""
    attendance = _attendance(session, meeting, roll)
    before, now = set(serials(attendance.present, len(roll.entries))), set(here)
    attendance.present = serials_text(now)
    if households is not None:
        attendance.households = households
    _excuse(attendance, {serial: words for serial, words in attendance.absences if serial not in now})
    attendance.proxies = tuple(pair for pair in attendance.proxies if pair[0] in now)
    attendance.online = serials_text(set(serials(attendance.online, len(roll.entries))) & now)
    if before != now:
        entries = session.scalars(select(SignIn.no).where(SignIn.meeting_id == meeting.id, SignIn.retired.is_(False)))
        session.add(
            SignIn(
                meeting_id=meeting.id,
                roll_id=roll.id,
                no=max(entries, default=0) + 1,
                held_on=meeting.held_on,
                at=clock_time(at),
                arrived=serials_text(now - before),
                left=serials_text(before - now),
            )
        )
    session.flush()


def empty_the_room(session: Session, *, meeting_id: str) -> None:
    """Nobody is in the room any more, because the meeting was put off; the door keeps who had come."""
    attendance = session.get(Attendance, same_id("meeting_attendance", meeting_id))
    if attendance is not None:
        attendance.present, attendance.households, attendance.absences = "", 0, ()
        attendance.proxies, attendance.online = (), ""
        session.flush()


def latest_roll(session: Session, meeting_id: str) -> WholeRoll | None:
    """The list counted last; None before the first counting."""
    rolls = whole_rolls(session, [meeting_id])
    return rolls[-1] if rolls else None


def attendance_of(session: Session, meeting_id: str, roll: WholeRoll) -> Attendance | None:
    """Who is in the room by this list; None before anybody signed in."""
    found = session.get(Attendance, same_id("meeting_attendance", meeting_id))
    return found if found is not None and found.roll_id == roll.id else None


def _roll_or_count(session: Session, meeting: Meeting) -> WholeRoll:
    roll = latest_roll(session, meeting.id)
    if roll is None:
        count_roll(session, meeting_id=meeting.id)
        roll = latest_roll(session, meeting.id)
        assert roll is not None
    return roll


def _attendance(session: Session, meeting: Meeting, roll: WholeRoll) -> Attendance:
    # Two laptops that sign people in at one meeting write the same record.
    identity = same_id("meeting_attendance", meeting.id)
    found = session.get(Attendance, identity)
    if found is None:
        found = Attendance(id=identity, meeting_id=meeting.id, roll_id=roll.id)
        session.add(found)
        session.flush()
    elif found.roll_id != roll.id:
        found.roll_id, found.present, found.absences, found.proxies, found.online = roll.id, "", (), (), ""
    return found


def _excuse(attendance: Attendance, absences: dict[int, str]) -> None:
    attendance.absences = tuple(sorted((number, words) for number, words in absences.items() if words))


def _carry_over(session: Session, meeting: Meeting, before: list[WholeRoll], roll: WholeRoll) -> None:
    attendance = session.get(Attendance, same_id("meeting_attendance", meeting.id))
    old = next((one for one in before if attendance is not None and one.id == attendance.roll_id), None)
    if attendance is None or old is None:
        return
    number = {entry[1]: entry[0] for entry in roll.entries}
    person = {entry[0]: entry[1] for entry in old.entries}
    here = {person[serial] for serial in serials(attendance.present, len(old.entries))}
    attendance.roll_id = roll.id
    attendance.present = serials_text(number[one] for one in here if one in number)
    attendance.absences = tuple(
        sorted((number[person[serial]], words) for serial, words in attendance.absences if person[serial] in number)
    )
    attendance.proxies = tuple(
        sorted((number[person[serial]], holder) for serial, holder in attendance.proxies if person[serial] in number)
    )
    online = [person[serial] for serial in serials(attendance.online, len(old.entries))]
    attendance.online = serials_text(number[one] for one in online if one in number)
    session.flush()
