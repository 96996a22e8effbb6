"""What follows from results, with its days: praise, criticism, talks, and lines of rectification."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import counts_of
from village_desk.assessments.records import (
    AssessmentConsequence,
    AssessmentRound,
    AssessmentSubject,
    RectificationLine,
)
from village_desk.assessments.rules.forms import FOLLOW_WORDS, Follow
from village_desk.people.lookups import names_of
from village_desk.store.acts import act, seen

LINE_TABLE = RectificationLine.__tablename__


@dataclass(frozen=True)
class ConsequenceRow:
    """One thing that follows from a result."""

    id: str
    round_id: str
    title: str
    subject: str
    kind: Follow
    words: str
    due_on: dt.date | None
    done_on: dt.date | None
    done_words: str
    overdue: bool

    @property
    def kind_words(self) -> str:
        """表扬、通报、组织谈话 …"""
        return FOLLOW_WORDS[self.kind]


@dataclass(frozen=True)
class LineRow:
    """One problem on its way to being closed; `files` and `links` prove it."""

    id: str
    seen: str
    round_id: str
    title: str
    subject: str
    place: int
    problem: str
    cause: str
    measure: str
    unit: str
    owner_id: str
    owner: str
    due_on: dt.date | None
    done_on: dt.date | None
    done_words: str
    accepted_on: dt.date | None
    accepted_by: str
    files: int
    links: tuple[tuple[str, str, str], ...]
    on_wall: bool
    overdue: bool

    @property
    def state_words(self) -> str:
        """Where it stands."""
        if self.accepted_on is not None:
            return "已销号"
        if self.done_on is not None:
            return "待验收"
        return "逾期" if self.overdue else "整改中"

    @property
    def tone(self) -> str:
        """good, warn, bad or note."""
        if self.accepted_on is not None:
            return "good"
        return "bad" if self.overdue else "warn" if self.done_on is not None else "note"


def consequences(session: Session, *, round_id: str = "", open_only: bool = False) -> tuple[ConsequenceRow, ...]:
    """What follows from results, by due day."""
    statement = select(AssessmentConsequence).where(AssessmentConsequence.retired.is_(False))
    if round_id:
        statement = statement.where(AssessmentConsequence.round_id == round_id)
    if open_only:
        statement = statement.where(AssessmentConsequence.done_on.is_(None))
    found = session.scalars(statement).all()
    today, titles, names = act(session).today, *_words(session, found)
    rows = [
        ConsequenceRow(
            each.id,
            each.round_id,
            titles.get(each.round_id, ""),
            names.get(each.subject_id, ""),
            Follow(each.kind),
            each.words,
            each.due_on,
            each.done_on,
            each.done_words,
            each.done_on is None and each.due_on is not None and each.due_on < today,
        )
        for each in found
        if each.round_id in titles
    ]
    return tuple(sorted(rows, key=lambda row: (row.done_on is not None, row.due_on or dt.date.max, row.id)))


def rectifications(session: Session, *, round_id: str = "", open_only: bool = False) -> tuple[LineRow, ...]:
    """Lines of rectification: what is open by due day, then what is closed."""
    statement = select(RectificationLine).where(RectificationLine.retired.is_(False))
    if round_id:
        statement = statement.where(RectificationLine.round_id == round_id)
    if open_only:
        statement = statement.where(RectificationLine.accepted_on.is_(None))
    found = session.scalars(statement).all()
    today, titles, names = act(session).today, *_words(session, found)
    owners = names_of(session, [each.owner_id for each in found if each.owner_id])
    files = counts_of(session, of_table=LINE_TABLE, of_ids=tuple(each.id for each in found))
    rows = [
        LineRow(
            each.id,
            seen(session, RectificationLine, each.id),
            each.round_id,
            titles.get(each.round_id, ""),
            names.get(each.subject_id, ""),
            each.place,
            each.problem,
            each.cause,
            each.measure,
            each.unit,
            each.owner_id,
            owners.get(each.owner_id, ""),
            each.due_on,
            each.done_on,
            each.done_words,
            each.accepted_on,
            each.accepted_by,
            files.get(each.id, 0),
            tuple((str(table), str(of_id), str(words)) for table, of_id, words in each.links),
            each.on_wall,
            each.done_on is None and each.due_on is not None and each.due_on < today,
        )
        for each in found
        if each.round_id in titles
    ]
    return tuple(
        sorted(rows, key=lambda row: (row.accepted_on is not None, row.due_on or dt.date.max, row.place, row.id))
    )


def _words(
    session: Session, found: Iterable[AssessmentConsequence | RectificationLine]
) -> tuple[dict[str, str], dict[str, str]]:
    """Titles of the rounds and names of the subjects."""
    wanted = {each.round_id for each in found}
    if not wanted:
        return {}, {}
    rounds = session.scalars(
        select(AssessmentRound).where(AssessmentRound.id.in_(wanted), AssessmentRound.retired.is_(False))
    )
    subjects = session.scalars(select(AssessmentSubject).where(AssessmentSubject.round_id.in_(wanted)))
    return {one.id: one.title for one in rounds}, {one.id: one.name for one in subjects}
