"""Filing the evidence of a period in the archive, so that its box index and the sheet of evidence go together."""

from sqlalchemy.orm import Session

from village_desk.archive.actions import add_box, file_piece
from village_desk.archive.lookups import boxes
from village_desk.kit.errors import NotAllowed
from village_desk.points.lookups.evidence import proof_list
from village_desk.points.records import PointApplication
from village_desk.points.rules.sets import period_bounds
from village_desk.store.acts import act

CATEGORY = "文书"


def file_evidence(session: Session, *, set_id: str, period: str) -> int:
    """File the evidence files of each booked line of a period as a piece of its own, in the order of the lines.

    They lie in a box of this set and year, which is opened when there is none. What is filed already keeps its
    number. Returns how many pieces were filed. Raises NotFound, NotAllowed when there is nothing to file.
    """
    found = proof_list(session, set_id=set_id, period=period)
    waiting = [line for line in found.lines if line.files and not line.piece_no]
    if not waiting:
        raise NotAllowed(
            f"{found.period_words}没有要归档的依据材料。", "材料附在申报上，入账以后再归档；归过档的不用再归。"
        )
    year = period_bounds(period)[0].year
    title = f"《{found.set_name}》{year}年积分依据"
    box_id = next(
        (box.id for box in boxes(session) if (box.year, box.category, box.title) == (year, CATEGORY, title)), ""
    ) or add_box(session, year=year, category=CATEGORY, title=title)
    for line in waiting:
        file_piece(
            session,
            title=f"积分依据：{line.group}{line.subject}，{line.item}（{line.event}）",
            category=CATEGORY,
            year=year,
            issuer=act(session).village_name,
            dated_on=line.happened_on,
            note=f"积分{line.number}",
            of_table=PointApplication.__tablename__,
            of_id=line.application_id,
            box_id=box_id,
        )
    return len(waiting)
