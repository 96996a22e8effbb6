"""The meeting that an action is about."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.meetings.lookups import MEETING_NOT_FOUND
from village_desk.meetings.records import Meeting


def meeting_of(session: Session, meeting_id: str) -> Meeting:
    """The meeting. Raises NotFound."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.retired:
        raise NotFound(*MEETING_NOT_FOUND)
    return meeting
