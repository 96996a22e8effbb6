"""The notices of the registers and of the service desk, begun as drafts in the room of notices."""

from sqlalchemy.orm import Session

from village_desk.notices.actions import draft_notice
from village_desk.registers.actions.entries import ROOM


def draft_affairs(session: Session, source_id: str, title: str, body: str) -> str:
    """Begin a sheet of village affairs about something of this room; returns the notice's id."""
    return draft_notice(session, item="affairs", title=title, body=body, source_room=ROOM, source_id=source_id)
