"""What must hang on the wall and by when: duties with their state on a day, for the today page and the command line."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.notices.lookups.plan import Answer, answers, best, state_of
from village_desk.notices.lookups.rows import DUTY_STATE_WORDS, DutyRow, DutyState
from village_desk.notices.records import Duty, Posting
from village_desk.notices.rules.kinds import KIND_WORDS, NoticeKind

REPOST = "repost"
WEEK_DAYS = 7


def duties_on(session: Session, *, on: dt.date) -> tuple[DutyRow, ...]:
    """Every duty as it stands on a day: overdue first, then by day, then what is done."""
    duties = list(session.scalars(select(Duty).where(Duty.retired.is_(False))))
    rows = _rows(session, duties, on)
    return tuple(sorted(rows, key=lambda row: (not row.open, row.due_on or dt.date.max, row.about, row.id)))


def open_duties(session: Session, *, on: dt.date) -> tuple[DutyRow, ...]:
    """The duties that are still owed on a day, overdue ones first."""
    return tuple(row for row in duties_on(session, on=on) if row.open)


def due_this_week(session: Session, *, on: dt.date) -> tuple[DutyRow, ...]:
    """The open duties that are overdue or fall due within seven days."""
    last = on + dt.timedelta(days=WEEK_DAYS)
    return tuple(row for row in open_duties(session, on=on) if row.due_on is not None and row.due_on <= last)


def duties_about(session: Session, *, source_room: str, source_id: str, on: dt.date) -> tuple[DutyRow, ...]:
    """The duties that a matter of another room caused."""
    found = session.scalars(
        select(Duty).where(Duty.retired.is_(False), Duty.source_room == source_room, Duty.source_id == source_id)
    )
    return tuple(sorted(_rows(session, list(found), on), key=lambda row: (row.due_on or dt.date.max, row.id)))


def _rows(session: Session, duties: list[Duty], on: dt.date) -> list[DutyRow]:
    found = answers(session, [duty.id for duty in duties])
    mended = set(session.scalars(select(Posting.mends_id).where(Posting.mends_id != "")))
    return [_row(duty, best(found.get(duty.id, ())), mended, on) for duty in duties]


def _row(duty: Duty, answer: Answer | None, mended: set[str], on: dt.date) -> DutyRow:
    left = (duty.due_on - on).days if duty.due_on is not None else None
    if duty.item == REPOST:
        # A damage is made good by a posting that names it, not by a sheet.
        done = Answer("", True, False, on) if duty.source_id in mended else None
        state = state_of(done, duty.not_applicable, duty.due_on, on)
    else:
        state = state_of(answer, duty.not_applicable, duty.due_on, on)
    kind = NoticeKind(duty.kind)
    return DutyRow(
        duty.id,
        duty.item,
        kind,
        duty.about,
        duty.source_room,
        duty.source_id,
        duty.due_on,
        duty.legal_ref,
        state,
        DUTY_STATE_WORDS[state],
        left,
        _words(duty, kind, state, left),
        answer.notice_id if answer is not None and not duty.not_applicable else "",
    )


def _words(duty: Duty, kind: NoticeKind, state: DutyState, left: int | None) -> str:
    if state is DutyState.NOT_APPLICABLE:
        return f"{duty.about}不用张贴：{duty.not_applicable}"
    if state is DutyState.POSTED:
        return f"{duty.about}已经补贴。" if duty.item == REPOST else f"{duty.about}已经张贴。"
    act = "补贴" if duty.item == REPOST else f"张贴{KIND_WORDS[kind].name}"
    if left is None or duty.due_on is None:
        return f"{duty.about}还没有{act}。"
    if left < 0:
        return f"{duty.about}应在{short_date(duty.due_on)}前{act}，已逾期{-left}天，请尽快办理并照实登记日期。"
    if left == 0:
        return f"{duty.about}今天要{act}。"
    return f"{duty.about}要在{short_date(duty.due_on)}前{act}，还有{left}天。"
