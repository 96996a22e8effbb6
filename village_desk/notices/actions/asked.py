"""What villagers ask to know and what is answered; the year's priorities and how far they are."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.notices.actions.drafts import draft_notice
from village_desk.notices.lookups import priorities
from village_desk.notices.records import Inquiry, YearPriority
from village_desk.notices.rules.asked import InquiryKind, PriorityState, check_joint, priorities_text
from village_desk.notices.rules.life import check_not_future
from village_desk.store.acts import act, retire

YEAR_WORKS = "C18"


def note_inquiry(
    session: Session,
    *,
    kind: str,
    raised_on: dt.date,
    raised_by: str,
    words: str,
    people: int = 1,
    base: int = 0,
    answer_days: int = 0,
    notice_id: str = "",
) -> str:
    """Enter a villager's inquiry or a joint demand and return its id.

    For a joint demand `people` asked of `base` villagers or representatives; whether they are enough is said, the
    demand is entered either way. `answer_days` are the place's, 0 where none are set. Raises NotAllowed without words,
    for a day to come and for impossible numbers.
    """
    check_not_future(raised_on, act(session).today, "提出日期")
    if not tidy(words) or not tidy(raised_by):
        raise NotAllowed("谁提出、要求公开什么，都要写。", "照原话写一两句；几个人联名的，写领头人和人数。")
    check_joint(people, base)
    inquiry = Inquiry(
        kind=InquiryKind(kind).value,
        raised_on=raised_on,
        raised_by=tidy(raised_by),
        people=people,
        base=base,
        words=tidy(words),
        answer_days=answer_days,
        notice_id=notice_id,
    )
    session.add(inquiry)
    session.flush()
    return inquiry.id


def answer_inquiry(session: Session, *, inquiry_id: str, answered_on: dt.date, answered_by: str, words: str) -> None:
    """Enter the answer to an inquiry. Raises NotFound, NotAllowed for an empty answer and a day to come."""
    inquiry = _inquiry(session, inquiry_id)
    check_not_future(answered_on, act(session).today, "答复日期")
    if not tidy(words):
        raise NotAllowed("还没写怎样答复的。", "请写明答复内容；已经公开的，写明在哪里、哪天公开。")
    inquiry.answered_on, inquiry.answered_by, inquiry.answer = answered_on, tidy(answered_by), tidy(words)
    session.flush()


def drop_inquiry(session: Session, *, inquiry_id: str) -> None:
    """Drop an inquiry that was entered by mistake; undo brings it back. Raises NotFound."""
    retire(session, _inquiry(session, inquiry_id))


def add_priority(
    session: Session,
    *,
    year: int,
    what: str,
    who: str = "",
    due_on: dt.date | None = None,
    amount_fen: int | None = None,
    money_source: str = "",
) -> str:
    """Add one of the year's priorities and return its id. Raises NotAllowed without words."""
    if not tidy(what):
        raise NotAllowed("还没有写要办什么实事。", "例如“硬化三组至小学道路1200米”。")
    last = session.scalar(
        select(func.max(YearPriority.place)).where(YearPriority.year == year, YearPriority.retired.is_(False))
    )
    row = YearPriority(
        year=year,
        place=(last or 0) + 1,
        what=tidy(what),
        who=tidy(who),
        due_on=due_on,
        amount_fen=amount_fen,
        money_source=tidy(money_source),
    )
    session.add(row)
    session.flush()
    return row.id


def note_progress(
    session: Session, *, priority_id: str, state: str, progress: str = "", done_on: dt.date | None = None
) -> None:
    """Note how far a priority is: to_do, doing, done (with its day) or dropped. Raises NotFound, NotAllowed."""
    row = _priority(session, priority_id)
    wanted, today = PriorityState(state), act(session).today
    if wanted is PriorityState.DONE:
        check_not_future(done_on or today, today, "完成日期")
    if wanted is PriorityState.DROPPED and not tidy(progress):
        raise NotAllowed("不再办的，要写明原因。", "例如：上级项目资金没有批下来。")
    row.state, row.progress = wanted.value, tidy(progress)
    row.done_on = (done_on or today) if wanted is PriorityState.DONE else None
    row.steps = (*row.steps, (today.isoformat(), wanted.value, tidy(progress)))
    session.flush()


def drop_priority(session: Session, *, priority_id: str) -> None:
    """Drop a priority that was entered by mistake; undo brings it back. Raises NotFound."""
    retire(session, _priority(session, priority_id))


def draft_priorities(session: Session, *, year: int) -> str:
    """Begin the sheet of the year's priorities as they stand today: at first the list, later each with its progress.

    Returns the draft's id. Raises NotAllowed while the year has none.
    """
    rows = priorities(session, year=year)
    if not rows:
        raise NotAllowed(f"{year}年还没有登记年度重点工作。", "请先逐项登记，再起草公开。")
    begun = any(row.state is not PriorityState.TO_DO for row in rows)
    here = act(session)
    return draft_notice(
        session,
        item="affairs",
        code=YEAR_WORKS,
        title=f"{here.village_name}{year}年度重点工作和为民办实事{'进展情况' if begun else '清单'}",
        body=priorities_text(year, [row.line for row in rows], here.today, begun=begun),
    )


def _inquiry(session: Session, identity: str) -> Inquiry:
    inquiry = session.get(Inquiry, identity)
    if inquiry is None or inquiry.retired:
        raise NotFound("找不到这条查询。", "请刷新后再试。")
    return inquiry


def _priority(session: Session, identity: str) -> YearPriority:
    row = session.get(YearPriority, identity)
    if row is None or row.retired:
        raise NotFound("找不到这项年度重点工作。", "请刷新后再试。")
    return row
