"""What must hang on the wall and by when: duties with their state on a day, for the today page and the command line."""

import datetime as dt
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.notices.lookups.facts import Facts, facts_of, notices_in_order
from village_desk.notices.lookups.rows import DUTY_STATE_WORDS, DutyRow, DutyState
from village_desk.notices.records import Duty, Notice, Posting
from village_desk.notices.rules.kinds import KIND_WORDS, NoticeKind
from village_desk.notices.rules.life import NoticeState

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
    answers: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices_in_order(session, Notice.duty_id != ""):
        answers[notice.duty_id].append(notice)
    wanted = {notice.id for duty in duties for notice in answers.get(duty.id, [])}
    facts = facts_of(session, wanted)
    mended = set(session.scalars(select(Posting.mends_id).where(Posting.mends_id != "")))
    return [_row(duty, answers.get(duty.id, []), facts, mended, on) for duty in duties]


def _row(duty: Duty, notices: list[Notice], facts: dict[str, Facts], mended: set[str], on: dt.date) -> DutyRow:
    notice, state = _answer(duty, notices, facts, mended)
    left = (duty.due_on - on).days if duty.due_on is not None else None
    owed = state in {DutyState.TO_DO, DutyState.IN_WORK, DutyState.UNDER_REVIEW}
    if owed and left is not None and left < 0:
        state = DutyState.OVERDUE
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
        notice.id if notice is not None else "",
    )


def _answer(
    duty: Duty, notices: list[Notice], facts: dict[str, Facts], mended: set[str]
) -> tuple[Notice | None, DutyState]:
    if duty.not_applicable:
        return None, DutyState.NOT_APPLICABLE
    if duty.item == REPOST:
        return None, DutyState.POSTED if duty.source_id in mended else DutyState.TO_DO
    posted = next((one for one in notices if facts[one.id].postings), None)
    if posted is not None:
        return posted, DutyState.POSTED
    published = next((one for one in notices if one.state == NoticeState.PUBLISHED), None)
    if published is not None:
        return published, DutyState.IN_WORK
    if notices:
        draft = notices[0]
        return draft, DutyState.UNDER_REVIEW if draft.review_first else DutyState.IN_WORK
    return None, DutyState.TO_DO


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
