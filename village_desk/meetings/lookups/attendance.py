"""How often each person came to the meetings of a body in a year, by the rolls and sign-ins as they were taken."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.meetings.lookups.reading import WholeRoll, whole_rolls
from village_desk.meetings.records import Attendance, Meeting
from village_desk.meetings.rules.counts import serials
from village_desk.people.lookups import aliases, names_of


@dataclass(frozen=True)
class AttendanceYear:
    """One person's year: how often he was due and came, and how often he was away with a reason."""

    id: str
    name: str
    due: int
    came: int
    excused: int

    @property
    def rate_words(self) -> str:
        """应到4次，实到3次，到会率75%."""
        return (
            f"应到{self.due}次，实到{self.came}次，到会率{self.came * 100 // self.due}%"
            if self.due
            else "没有应到的会议"
        )


def attendance_year(
    session: Session, *, year: int, body: str = "party_members", person_id: str = ""
) -> tuple[AttendanceYear, ...]:
    """Everybody who was due at a signed-in meeting of that body in the year, by name; leave still counts as due.

    A merged entry counts for the person that it stands for.
    """
    known = aliases(session)
    rolls: dict[str, WholeRoll] = {}
    signed = {one.meeting_id: one for one in session.scalars(select(Attendance).where(Attendance.retired.is_(False)))}
    meetings = [
        one
        for one in session.scalars(select(Meeting).where(Meeting.body == body, Meeting.retired.is_(False)))
        if one.held_on is not None and one.held_on.year == year and one.id in signed
    ]
    wanted = {one.id for one in meetings}
    for roll in whole_rolls(session, wanted):
        if roll.id == signed[roll.meeting_id].roll_id:
            rolls[roll.meeting_id] = roll
    counted: dict[str, list[int]] = {}
    for meeting_id, roll in rolls.items():
        present = set(serials(signed[meeting_id].present, len(roll.entries)))
        excused = {serial for serial, reason in signed[meeting_id].absences if reason}
        for serial, who, *_ in roll.entries:
            mine = counted.setdefault(known.of(who), [0, 0, 0])
            mine[0] += 1
            mine[1] += serial in present
            mine[2] += serial in excused and serial not in present
    names = names_of(session, counted)
    rows = [
        AttendanceYear(who, names.get(who, "未登记"), due, came, excused)
        for who, (due, came, excused) in counted.items()
        if not person_id or who == known.of(person_id)
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.id)))
