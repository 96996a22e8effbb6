"""Reports on a year's work (述职): upwards and to the members' meeting, and which of the two is missing."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.assessments.records import WorkReport
from village_desk.assessments.rules.running import DIRECTIONS
from village_desk.people.lookups import all_posts, names_of
from village_desk.store.acts import act, seen

SECRETARY = "secretary"


@dataclass(frozen=True)
class ReportRow:
    """One report."""

    id: str
    seen: str
    person_id: str
    name: str
    round_id: str
    year: int
    direction: str
    direction_words: str
    audience: str
    reported_on: dt.date
    words: str


@dataclass(frozen=True)
class ReportCheck:
    """Whether a secretary reported in both directions in a year; `missing` are the directions in words."""

    person_id: str
    name: str
    year: int
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """缺：向上级述职, or that both are there."""
        if self.missing:
            return f"{self.name}{self.year}年缺：{'、'.join(self.missing)}"
        return f"{self.name}{self.year}年两个方向的述职都有了"


def reports(session: Session, *, year: int = 0, round_id: str = "") -> tuple[ReportRow, ...]:
    """Reports, the newest first."""
    statement = select(WorkReport).where(WorkReport.retired.is_(False))
    if year:
        statement = statement.where(WorkReport.year == year)
    if round_id:
        statement = statement.where(WorkReport.round_id == round_id)
    found = session.scalars(statement).all()
    names = names_of(session, [each.person_id for each in found])
    rows = [
        ReportRow(
            each.id,
            seen(session, WorkReport, each.id),
            each.person_id,
            names.get(each.person_id, "名册里没有"),
            each.round_id,
            each.year,
            each.direction,
            DIRECTIONS.get(each.direction, each.direction),
            each.audience,
            each.reported_on or dt.date.min,
            each.words,
        )
        for each in found
    ]
    return tuple(sorted(rows, key=lambda row: (-row.reported_on.toordinal(), row.name, row.id)))


def report_checks(session: Session, *, year: int) -> tuple[ReportCheck, ...]:
    """For each party secretary of that year which of the two directions is missing."""
    on = min(act(session).today, dt.date(year, 12, 31))
    found: dict[str, str] = {}
    for post in all_posts(session):
        if post.role == SECRETARY and post.held_on(on):
            found.setdefault(post.person_id, post.name)
    told: dict[str, set[str]] = {}
    for row in reports(session, year=year):
        told.setdefault(row.person_id, set()).add(row.direction)
        found.setdefault(row.person_id, row.name)
    return tuple(
        ReportCheck(
            who, name, year, tuple(words for key, words in DIRECTIONS.items() if key not in told.get(who, set()))
        )
        for who, name in sorted(found.items(), key=lambda one: (one[1], one[0]))
    )
