"""The minutes after they were written: numbered corrections that overwrite nothing, and the PDFs that were made."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.meetings.actions.finding import meeting_of
from village_desk.meetings.records import Meeting, MeetingPrint, MinutesCorrection
from village_desk.store.acts import act


def correct_minutes(
    session: Session, *, meeting_id: str, item: str, was: str, becomes: str, reason: str, by: str = ""
) -> int:
    """Add a numbered correction to the minutes; what was printed before stays as it is. Returns its number.

    Raises NotFound, NotAllowed without the item, the right words or the reason.
    """
    meeting_of(session, meeting_id)
    if not tidy(item):
        raise NotAllowed("更正还没有写是记录里的哪一项。", "例如“主持人”“发言要点”“地点”。")
    if not tidy(becomes):
        raise NotAllowed("更正还没有写应当是什么。", "请照实写上正确的内容。")
    if tidy(becomes) == tidy(was):
        raise NotAllowed("更正前后的内容一样。", "没有要改的不用登记更正。")
    if not tidy(reason):
        raise NotAllowed("更正要写明原因。", "例如“记录时听错”，并由主持人、记录人在更正单上签字。")
    return _add(session, meeting_id, tidy(item), tidy(was), tidy(becomes), tidy(reason), tidy(by))


def keep_what_was_printed(session: Session, meeting: Meeting, before: dict[str, str], after: dict[str, str]) -> None:
    """A fact that changes after the minutes were printed becomes a numbered correction that names what they said."""
    printed = session.scalars(
        select(MeetingPrint.id).where(
            MeetingPrint.meeting_id == meeting.id, MeetingPrint.sheet == "minutes", MeetingPrint.retired.is_(False)
        )
    ).first()
    if printed is None:
        return
    for item, was in before.items():
        if after[item] != was:
            _add(session, meeting.id, item, was, after[item], "打印以后核对更正", "")


def record_meeting_print(
    session: Session, *, meeting_id: str, pdf_hash: str, pages: int, sheet: str = "minutes", corrections: int = 0
) -> str:
    """Note that a PDF with this SHA-256 was made of a meeting, so that it can be verified later. Raises NotFound."""
    meeting_of(session, meeting_id)
    identity = same_id("meeting_print", meeting_id, sheet, pdf_hash)
    if session.get(MeetingPrint, identity) is None:
        session.add(
            MeetingPrint(
                id=identity,
                meeting_id=meeting_id,
                sheet=sheet,
                pdf_hash=pdf_hash,
                pages=pages,
                corrections=corrections,
                printed_on=act(session).today,
            )
        )
        session.flush()
    return identity


def _add(session: Session, meeting_id: str, item: str, was: str, becomes: str, reason: str, by: str) -> int:
    numbers = session.scalars(
        select(MinutesCorrection.no).where(
            MinutesCorrection.meeting_id == meeting_id, MinutesCorrection.retired.is_(False)
        )
    )
    number = max(numbers, default=0) + 1
    session.add(
        MinutesCorrection(
            meeting_id=meeting_id,
            no=number,
            item=item,
            was=was,
            becomes=becomes,
            reason=reason,
            corrected_by=by,
            corrected_on=act(session).today,
        )
    )
    session.flush()
    return number
