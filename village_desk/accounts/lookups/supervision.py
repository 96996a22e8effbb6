"""The supervision committee's work: monthly reviews of vouchers, notes with their answers, half a year's report."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.accounts.records import FinanceReview, SupervisionNote
from village_desk.notices.records import Notice, NoticeReview
from village_desk.notices.rules.life import Opinion
from village_desk.store.acts import act, seen


@dataclass(frozen=True)
class RefusedRow:
    """A voucher that the committee did not agree to: how many sheets, fen, and why."""

    voucher: str
    sheets: int
    amount: int
    reason: str


@dataclass(frozen=True)
class ReviewRecordRow:
    """民主理财 of a month, 2026-05; sums in fen."""

    id: str
    month: str
    month_words: str
    held_on: dt.date | None
    agreed_sheets: int
    agreed: int
    refused: tuple[RefusedRow, ...]
    signers: tuple[str, ...]
    sealed_on: dt.date | None
    words: str
    seen: str = ""

    @property
    def refused_amount(self) -> int:
        """The sum of what was not agreed to."""
        return sum(one.amount for one in self.refused)

    @property
    def refused_sheets(self) -> int:
        """How many sheets were not agreed to."""
        return sum(one.sheets for one in self.refused)


@dataclass(frozen=True)
class NoteRow:
    """A finding of the committee; `late` days that the answer is overdue, 0 otherwise."""

    id: str
    noted_on: dt.date
    subject: str
    finding: str
    request: str
    due_on: dt.date | None
    noted_by: str
    answer: str
    answered_on: dt.date | None
    answered_by: str
    late: int
    seen: str = ""


@dataclass(frozen=True)
class HalfYear:
    """What the committee did in half a year, for its report."""

    village: str
    year: int
    half: int
    from_on: dt.date
    until_on: dt.date
    reviews: tuple[ReviewRecordRow, ...]
    missing: tuple[str, ...]
    notes: tuple[NoteRow, ...]
    sheets_reviewed: int
    sheets_agreed: int


def finance_reviews(session: Session, *, with_seen: bool = False) -> tuple[ReviewRecordRow, ...]:
    """Every monthly review, the newest month first."""
    found = session.scalars(select(FinanceReview).where(FinanceReview.retired.is_(False)))
    rows = [_review_row(one, seen(session, FinanceReview, one.id) if with_seen else "") for one in found]
    return tuple(sorted(rows, key=lambda row: row.month, reverse=True))


def missing_months(session: Session, *, on: dt.date, year: int = 0) -> tuple[str, ...]:
    """The months of a year that are over and have no review, in words; this year's without an answer."""
    here = {one.month for one in finance_reviews(session)}
    chosen = year or on.year
    over = [month for month in range(1, 13) if dt.date(chosen, month, 1) < on.replace(day=1)]
    return tuple(f"{chosen}年{month}月" for month in over if f"{chosen}-{month:02d}" not in here)


def supervision_notes(session: Session, *, on: dt.date, with_seen: bool = False) -> tuple[NoteRow, ...]:
    """Every note: unanswered ones first, then the newest."""
    found = session.scalars(select(SupervisionNote).where(SupervisionNote.retired.is_(False)))
    rows = [_note_row(one, on, seen(session, SupervisionNote, one.id) if with_seen else "") for one in found]
    return tuple(sorted(rows, key=lambda row: (bool(row.answer), -row.noted_on.toordinal(), row.id)))


def half_year(session: Session, *, year: int, half: int) -> HalfYear:
    """What the committee did in a half of a year, 1 or 2."""
    here = act(session)
    from_on = dt.date(year, 1 if half == 1 else 7, 1)
    until_on = dt.date(year, 6, 30) if half == 1 else dt.date(year, 12, 31)
    months = [f"{year}-{month:02d}" for month in range(from_on.month, until_on.month + 1)]
    reviews = tuple(one for one in reversed(finance_reviews(session)) if one.month in months)
    missing = [f"{year}年{month}月" for month in range(from_on.month, until_on.month + 1)]
    lacking = tuple(one for one in missing_months(session, on=here.today, year=year) if one in missing)
    notes = tuple(one for one in supervision_notes(session, on=here.today) if from_on <= one.noted_on <= until_on)
    opinions = session.execute(
        select(NoticeReview.opinion, NoticeReview.notice_id)
        .join(Notice, Notice.id == NoticeReview.notice_id)
        .where(NoticeReview.reviewed_on >= from_on, NoticeReview.reviewed_on <= until_on, Notice.retired.is_(False))
    ).all()
    agreed = {notice for opinion, notice in opinions if opinion == Opinion.AGREED}
    return HalfYear(
        here.village_name,
        year,
        half,
        from_on,
        until_on,
        reviews,
        lacking,
        tuple(sorted(notes, key=lambda one: one.noted_on)),
        len({notice for _, notice in opinions}),
        len(agreed),
    )


def _review_row(found: FinanceReview, seen_now: str) -> ReviewRecordRow:
    year, _, month = found.month.partition("-")
    return ReviewRecordRow(
        found.id,
        found.month,
        f"{year}年{int(month)}月" if month.isdecimal() else found.month,
        found.held_on,
        found.agreed_sheets,
        found.agreed_fen,
        tuple(RefusedRow(str(one[0]), int(one[1]), int(one[2]), str(one[3])) for one in found.refused),
        tuple(str(one) for one in found.signers),
        found.sealed_on,
        found.words,
        seen_now,
    )


def _note_row(found: SupervisionNote, on: dt.date, seen_now: str) -> NoteRow:
    late = (on - found.due_on).days if found.due_on is not None and not found.answer and found.due_on < on else 0
    return NoteRow(
        found.id,
        found.noted_on or on,
        found.subject,
        found.finding,
        found.request,
        found.due_on,
        found.noted_by,
        found.answer,
        found.answered_on,
        found.answered_by,
        late,
        seen_now,
    )
