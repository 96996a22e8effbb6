"""Which service cases can bring points: ended, confirmed by the person, with an agent of the village, not scored."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.points.records import PointApplication
from village_desk.registers.lookups.cases import cases
from village_desk.registers.lookups.cases_rows import CaseRow

CASE_SOURCE = "case"


def cases_to_score(session: Session, *, set_id: str) -> tuple[CaseRow, ...]:
    """The cases that wait for an application in a set, by number; those about relief are never among them."""
    taken = set(
        session.scalars(
            select(PointApplication.source_id).where(
                PointApplication.retired.is_(False),
                PointApplication.set_id == set_id,
                PointApplication.source == CASE_SOURCE,
            )
        )
    )
    rows = [
        row
        for row in cases(session)
        if row.closed_on is not None
        and row.confirmed
        and row.agent_id
        and not (row.withdrawn or row.welfare)
        and row.id not in taken
    ]
    return tuple(sorted(rows, key=lambda row: row.number))
