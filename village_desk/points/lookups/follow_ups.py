"""Help for subjects in low bands: an internal list that never hangs."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.points.lookups.schemes import one_rule_set
from village_desk.points.lookups.subjects import subjects
from village_desk.points.records import PointFollowUp


@dataclass(frozen=True)
class FollowUpRow:
    """Help for one subject in a low band."""

    id: str
    subject_id: str
    name: str
    group: str
    period: str
    band: str
    action: str
    points: int
    opened_on: dt.date
    person_in_charge: str
    done_on: dt.date | None
    result: str


def follow_ups(session: Session, *, set_id: str = "", open_only: bool = False) -> tuple[FollowUpRow, ...]:
    """Help for subjects in low bands, the open ones first: an internal list."""
    statement = select(PointFollowUp).where(PointFollowUp.retired.is_(False))
    if set_id:
        statement = statement.where(PointFollowUp.set_id == set_id)
    if open_only:
        statement = statement.where(PointFollowUp.done_on.is_(None))
    rows = []
    for each in session.scalars(statement).all():
        found = one_rule_set(session, each.set_id)
        who = {one.id: one for one in subjects(session, found.subject)}.get(each.subject_id)
        rows.append(
            FollowUpRow(
                each.id,
                each.subject_id,
                who.name if who else "名册里没有",
                who.group if who else "",
                each.period,
                each.band,
                each.action,
                each.points,
                each.opened_on or dt.date.min,
                each.person_in_charge,
                each.done_on,
                each.result,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.done_on is not None, row.group, row.name, row.id)))
