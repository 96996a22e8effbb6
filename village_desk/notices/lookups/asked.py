"""Inquiries with their answer days, and the year's priorities as they stand."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.notices.records import Inquiry, YearPriority
from village_desk.notices.rules.asked import INQUIRY_WORDS, PRIORITY_WORDS, InquiryKind, PriorityState, joint_words
from village_desk.schedule.lookups import calendar
from village_desk.schedule.rules import deadline


@dataclass(frozen=True)
class InquiryRow:
    """One inquiry: who asked what, whether a joint demand is enough, by when it is answered, and the answer."""

    id: str
    kind: InquiryKind
    kind_words: str
    raised_on: dt.date
    raised_by: str
    people: int
    base: int
    words: str
    joint: str
    due_on: dt.date | None
    arithmetic: tuple[str, ...]
    answered_on: dt.date | None
    answered_by: str
    answer: str
    overdue: bool
    answered_late: bool

    @property
    def state_words(self) -> str:
        """待答复, 逾期未答复, 已答复 or 逾期答复."""
        if self.answered_on is not None:
            return "逾期答复" if self.answered_late else "已答复"
        return "逾期未答复" if self.overdue else "待答复"


@dataclass(frozen=True)
class PriorityRow:
    """One of the year's priorities."""

    id: str
    year: int
    place: int
    what: str
    who: str
    due_on: dt.date | None
    amount_fen: int | None
    money_source: str
    state: PriorityState
    state_words: str
    done_on: dt.date | None
    progress: str

    @property
    def line(self) -> str:
        """The item as the wall reads it: what, who, by when, money, and how far it is."""
        parts = [self.what]
        if self.who:
            parts.append(f"责任人{self.who}")
        if self.due_on is not None:
            parts.append(f"{chinese_date(self.due_on)}前完成")
        if self.amount_fen is not None:
            parts.append(f"资金{yuan(self.amount_fen)}元{f'（{self.money_source}）' if self.money_source else ''}")
        state = self.state_words
        if self.state is PriorityState.DONE and self.done_on is not None:
            state = f"{chinese_date(self.done_on)}已完成"
        more = f"，{self.progress}" if self.progress else ""
        return f"{'，'.join(parts)}。进展：{state}{more}。"


def inquiries(session: Session, *, on: dt.date) -> tuple[InquiryRow, ...]:
    """Every inquiry: what is overdue or waits first, then the newest."""
    days = calendar(session)
    rows = []
    for one in session.scalars(select(Inquiry).where(Inquiry.retired.is_(False))):
        kind = InquiryKind(one.kind) if one.kind in set(InquiryKind) else InquiryKind.INQUIRY
        raised = one.raised_on or on
        found = deadline(raised, one.answer_days, days) if one.answer_days else None
        due = found.last if found is not None else None
        rows.append(
            InquiryRow(
                one.id,
                kind,
                INQUIRY_WORDS[kind],
                raised,
                one.raised_by,
                one.people,
                one.base,
                one.words,
                joint_words(kind, one.people, one.base),
                due,
                found.lines if found is not None else (),
                one.answered_on,
                one.answered_by,
                one.answer,
                due is not None and one.answered_on is None and on > due,
                due is not None and one.answered_on is not None and one.answered_on > due,
            )
        )
    return tuple(
        sorted(rows, key=lambda row: (row.answered_on is not None, not row.overdue, -row.raised_on.toordinal(), row.id))
    )


def priorities(session: Session, *, year: int) -> tuple[PriorityRow, ...]:
    """The priorities of a year in their order."""
    found = session.scalars(
        select(YearPriority)
        .where(YearPriority.year == year, YearPriority.retired.is_(False))
        .order_by(YearPriority.place, YearPriority.id)
    )
    rows = []
    for one in found:
        state = PriorityState(one.state) if one.state in set(PriorityState) else PriorityState.TO_DO
        rows.append(
            PriorityRow(
                one.id,
                one.year,
                one.place,
                one.what,
                one.who,
                one.due_on,
                one.amount_fen,
                one.money_source,
                state,
                PRIORITY_WORDS[state],
                one.done_on,
                one.progress,
            )
        )
    return tuple(rows)
