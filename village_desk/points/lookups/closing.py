"""Which periods of a set are closed, and how they came to be."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.points.records import PointClosing


@dataclass(frozen=True)
class ClosingRow:
    """One closing or reopening of a period."""

    id: str
    period: str
    closed: bool
    attempt: int
    acted_on: dt.date
    words: str


def closings(session: Session, *, set_id: str) -> tuple[ClosingRow, ...]:
    """Every closing and reopening of a set, in the order in which they were made."""
    found = session.scalars(select(PointClosing).where(PointClosing.set_id == set_id))
    rows = (
        ClosingRow(one.id, one.period, one.closed, one.attempt, one.acted_on or dt.date.min, one.words) for one in found
    )
    return tuple(sorted(rows, key=lambda one: (one.period, one.attempt, not one.closed)))


def closed_periods(session: Session, *, set_id: str) -> frozenset[str]:
    """The keys of the periods that are closed now; a year's key closes all that lies in it."""
    last: dict[str, bool] = {}
    for one in closings(session, set_id=set_id):
        last[one.period] = one.closed
    return frozenset(period for period, closed in last.items() if closed)
