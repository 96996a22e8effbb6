"""The rule rows that a sheet hangs under on a day, and the calendar that counts its days."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.notices.rules.days import AfterGap, DayUnit, Terms
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Approval, PostingRule
from village_desk.schedule.lookups import calendar
from village_desk.schedule.rules import HolidayCalendar, deadline

PLAIN_ITEM = "affairs"
NO_ROW = Terms("", 0)


@dataclass(frozen=True)
class CalendarDays:
    """Counts days with the holidays of the rulebook."""

    calendar: HolidayCalendar

    def elapsed(self, start: dt.date, end: dt.date, unit: DayUnit) -> int:
        """Days of the unit from the day after `start` up to and including `end`; 0 when `end` is not later."""
        span = max((end - start).days, 0)
        if unit is DayUnit.CALENDAR:
            return span
        return sum(not self.calendar.is_day_off(start + dt.timedelta(days=step)) for step in range(1, span + 1))

    def last_day(self, start: dt.date, days: int, terms: Terms) -> dt.date:
        """The last of so many days after `start`, moved on from a day off where the row says so."""
        working = terms.unit is DayUnit.WORKING
        return deadline(start, days, self.calendar, working_days=working, rolls_over=terms.rolls_over).last

    def unfolded(self, start: dt.date, days: int, terms: Terms) -> tuple[dt.date, tuple[str, ...]]:
        """The last of so many days after `start` with the arithmetic that led to it."""
        working = terms.unit is DayUnit.WORKING
        found = deadline(start, days, self.calendar, working_days=working, rolls_over=terms.rolls_over)
        return found.last, found.lines

    def remarks(self, start: dt.date, end: dt.date) -> tuple[str, ...]:
        """Years whose holidays are not announced are named."""
        found = (self.calendar.remark(year) for year in range(start.year, end.year + 1))
        return tuple(remark for remark in found if remark)


def counting(session: Session) -> CalendarDays:
    """How days are counted in this village."""
    return CalendarDays(calendar(session))


def terms_on(session: Session, item: str, day: dt.date) -> tuple[Terms, ...]:
    """The rows for an item on the day of posting; an item of which no row speaks hangs as village affairs do.

    A day for which no pack has a row gives one row without days: the posting is a fact all the same.
    """
    return tuple(_terms(row) for row in _posting_rows(session, item, day)) or (NO_ROW,)


@dataclass(frozen=True)
class Demands:
    """What a place wants done with a sheet before it hangs: read first, settled by a body, objections answered."""

    review_first: bool | None = None
    approval: Approval = Approval.NONE
    review_answer_days: int = 0


def demands_on(session: Session, item: str, day: dt.date) -> Demands:
    """What the rows for an item ask for on a day; of several rows any that demands the review decides."""
    rows = _posting_rows(session, item, day)
    said = [row.review_first for row in rows if row.review_first is not None]
    approvals = [row.approval for row in rows if row.approval is not Approval.NONE]
    days = [row.review_answer_days for row in rows if row.review_answer_days]
    return Demands(any(said) if said else None, approvals[-1] if approvals else Approval.NONE, min(days) if days else 0)


def _posting_rows(session: Session, item: str, day: dt.date) -> tuple[PostingRule, ...]:
    book = rulebook(session)
    for kind in dict.fromkeys((item, PLAIN_ITEM)):
        if kind not in book.posting_kinds:
            continue
        try:
            return book.posting_rule(kind, day).rows
        except NotFound:
            continue
    return ()


def _terms(row: PostingRule) -> Terms:
    return Terms(
        row.rule_id,
        row.days,
        DayUnit.WORKING if row.working_days else DayUnit.CALENDAR,
        row.rolls_over,
        AfterGap(row.after_gap.value),
        objection_days=row.objection_days,
        answer_days=row.answer_days,
        legal_ref=row.legal_ref,
        law_version=row.law_version,
    )


def posting_items(session: Session, *, on: dt.date) -> tuple[tuple[str, str, str], ...]:
    """What can be posted on a day by the rulebook: (item, its name, its kind of sheet), in the order of the packs."""
    book, found = rulebook(session), list[tuple[str, str, str]]()
    for item in book.posting_kinds:
        try:
            row = book.posting_rule(item, on).deepest
        except NotFound:
            continue
        found.append((item, row.name, row.sort.value))
    return tuple(found)
