"""Every open deadline of notices on a day: what hangs, what must be answered, what must be posted."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.notices.lookups.asked import inquiries
from village_desk.notices.lookups.listing import notices_in_life
from village_desk.notices.lookups.plan import year_plan
from village_desk.notices.lookups.sheets import one_notice
from village_desk.notices.records import DeadlineMove
from village_desk.notices.rules.life import Stage

_HANGING = {Stage.POSTED, Stage.RUN_OUT}


def open_deadlines(session: Session, *, on: dt.date) -> dict[str, tuple[str, dt.date]]:
    """Each open deadline by a key of its own: what it is in words, and its day."""
    found: dict[str, tuple[str, dt.date]] = {}
    for row in notices_in_life(session, on=on):
        if row.stage in _HANGING and row.last_day is not None:
            for board in one_notice(session, row.id, on=on).boards:
                if board.state.hangs and board.state.last_day is not None:
                    found[f"{row.id} {board.board}"] = (
                        f"《{row.title}》在{board.board}的张贴期满",
                        board.state.last_day,
                    )
        if row.posted_on is not None:
            for each in one_notice(session, row.id, on=on).objections:
                if each.answered_on is None and each.due_on is not None:
                    found[each.id] = (f"答复{each.raised_by}对《{row.title}》的意见", each.due_on)
    for inquiry in inquiries(session, on=on):
        if inquiry.answered_on is None and inquiry.due_on is not None:
            found[inquiry.id] = (f"答复{inquiry.raised_by}的{inquiry.kind_words}", inquiry.due_on)
    for year in (on.year, on.year + 1):
        for turn in year_plan(session, year=year, on=on).rows:
            if turn.posted_on is None and not turn.not_applicable and turn.due_on >= on:
                found[turn.id] = (f"{turn.period_words}“{turn.name}”的公开期限", turn.due_on)
    return found


def deadline_moves(session: Session) -> tuple[tuple[dt.date | None, tuple[tuple[str, str, str, str], ...]], ...]:
    """What lists of holidays moved, the newest first: (day, rows of what, record, day before and after in words)."""
    rows = session.scalars(select(DeadlineMove).where(DeadlineMove.retired.is_(False)))
    ordered = sorted(rows, key=lambda row: (row.moved_on or dt.date.min, row.id), reverse=True)
    return tuple(
        (row.moved_on, tuple((what, record, _short(was), _short(now)) for what, record, was, now in row.moves))
        for row in ordered
    )


def _short(day: str) -> str:
    return short_date(dt.date.fromisoformat(day))
