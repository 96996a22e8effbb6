"""Records of the village that can prove a line of an assessment: meetings, notices, decisions, files of other lines."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from village_desk.archive.lookups import all_attachments
from village_desk.decisions.lookups import all_decisions
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import all_meetings
from village_desk.notices.lookups import all_notices
from village_desk.store.acts import act


def proof_choices(session: Session) -> tuple[tuple[str, str], ...]:
    """(table and id, words) of every record that can be linked, the kinds one after the other."""
    return tuple(_found(session))


def _found(session: Session) -> Iterator[tuple[str, str]]:
    for meeting in all_meetings(session):
        day = chinese_date(meeting.held_on) if meeting.held_on else ""
        yield f"meeting {meeting.id}", f"会议记录：{meeting.title} {day}".strip()
    for notice in all_notices(session, on=act(session).today):
        yield f"notice {notice.id}", f"公开公示：{notice.title}"
    for decision in all_decisions(session):
        yield f"decision {decision.id}", f"民主决策：{decision.title}"
    for file in all_attachments(session):
        yield f"attachment {file.id}", f"材料：{file.title}"
