"""What the rooms above the calendar know to have happened: meetings that people came to, activities with people."""

from sqlalchemy.orm import Session

from village_desk.meetings.lookups import all_meetings
from village_desk.meetings.lookups.activities import activities
from village_desk.schedule.rules import Entry


def happened(session: Session) -> tuple[Entry, ...]:
    """Every meeting that people came to and every activity with its people, as the calendar counts them."""
    found = [
        Entry(row.id, f"meeting:{row.body.value}", row.held_on, words=row.title)
        for row in all_meetings(session)
        if row.held_on is not None and row.present
    ]
    for activity in activities(session):
        if activity.came:
            kind = f"activity:{activity.kind.value}"
            found.append(Entry(activity.id, kind, activity.held_on, activity.given, words=activity.title))
    return tuple(found)
