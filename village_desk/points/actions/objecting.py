"""On the wall and against it: lists hung up for objections, objections, and their answers by other people."""

import datetime as dt
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.notices import actions as notices
from village_desk.points.actions.booking import reverse_entry
from village_desk.points.actions.parts import actors
from village_desk.points.actions.wall import draft_posting
from village_desk.points.lookups import applications, one_application, one_rule_set
from village_desk.points.records import PointApplication, PointEntry, PointObjection, PointPosting
from village_desk.points.rules.entries import ApplicationState, Stage, check_answer, kin_words
from village_desk.store.acts import act

# Local schemes answer within five days; none of the laws sets a number.
ANSWER_DAYS = 5
_WAYS = ("spoken", "written", "phone")


def post_applications(
    session: Session,
    *,
    set_id: str,
    posted_on: dt.date,
    application_ids: tuple[str, ...] = (),
    place: str = "村务公开栏",
    days: int | None = None,
    notice_id: str = "",
) -> str:
    """Book that a list hangs for objections: of the given applications, or of all that wait for it.

    The first day is day 0; `days` may be more than the set asks for, never less. Without a notice that hangs already
    the notices room gets the draft of one. Returns the posting's id.
    Raises NotFound, NotAllowed when nothing waits for the wall.
    """
    found = one_rule_set(session, set_id)
    least = found.rules.publish_days
    if posted_on > act(session).today:
        raise NotAllowed("张贴日期在今天以后。", "请填实际贴出的那一天。")
    if days is not None and days < least:
        raise NotAllowed(f"《{found.name}》规定公示{least}天，{days}天不够。", f"请填{least}天或更多。")
    wanted = set(application_ids)
    rows = applications(session, set_id=set_id, open_only=True)
    waiting = [row for row in rows if row.stage is Stage.POSTING and (not wanted or row.id in wanted)]
    if not waiting:
        raise NotAllowed(f"《{found.name}》现在没有待公示的积分。", "先走完审核和评议，再张贴公示。")
    sheet = PointPosting(
        set_id=set_id,
        application_ids=tuple(sorted(row.id for row in waiting)),
        posted_on=posted_on,
        days=least if days is None else days,
        place=tidy(place),
        notice_id=notice_id,
    )
    session.add(sheet)
    session.flush()
    if not notice_id:
        sheet.notice_id = draft_posting(session, found, sheet, waiting)
        session.flush()
    return sheet.id


def raise_objection(
    session: Session, *, application_id: str, raised_on: dt.date, raised_by: str, words: str, way: str = "spoken"
) -> str:
    """Enter an objection to an entry; it freezes the entry until other people have answered.

    `way` is spoken, written or phone. Raises NotFound, NotAllowed without words.
    """
    row = one_application(session, application_id)
    if row.stage in (Stage.REFUSED, Stage.WITHDRAWN, Stage.REVERSED):
        raise NotAllowed(f"{row.subject}的这一笔{row.stage_words}，不算分，不用提异议。", "")
    if not tidy(words):
        raise NotAllowed("还没写异议说的是什么。", "照他的话记，例如“那天他家没有人来”。")
    if raised_on > act(session).today:
        raise NotAllowed("提异议的日期在今天以后。", "请填实际的日期。")
    record = PointObjection(
        set_id=row.set_id,
        application_id=application_id,
        raised_on=raised_on,
        raised_by=tidy(raised_by) or "不愿留名",
        way=way if way in _WAYS else "spoken",
        words=tidy(words),
        due_on=raised_on + dt.timedelta(days=ANSWER_DAYS),
    )
    session.add(record)
    session.flush()
    record.notice_objection_id = _note_on_the_notice(session, record)
    session.flush()
    return record.id


def _note_on_the_notice(session: Session, objection: PointObjection) -> str:
    """Enter the objection on the published notice of the entry's list as well; "" where none is published."""
    sheets = [
        one
        for one in session.scalars(
            select(PointPosting).where(PointPosting.set_id == objection.set_id, PointPosting.retired.is_(False))
        )
        if objection.application_id in one.application_ids and one.notice_id
    ]
    if not sheets or objection.raised_on is None:
        return ""
    newest = max(sheets, key=lambda one: (one.posted_on or dt.date.min, one.id))
    # A draft, and one that was dropped, takes no objection: then it stands with the entry alone.
    with suppress(NotAllowed, NotFound):
        return notices.raise_objection(
            session,
            notice_id=newest.notice_id,
            raised_on=objection.raised_on,
            raised_by=objection.raised_by,
            words=objection.words,
        )
    return ""


def answer_objection(
    session: Session,
    *,
    objection_id: str,
    answered_on: dt.date,
    answered_by: tuple[str, ...],
    upheld: bool,
    words: str,
) -> str:
    """Answer an objection by people who did not award; upheld, the entry is refused, or taken back when booked.

    Returns the number of the reversal, "" when there is none. Raises NotFound, NotAllowed.
    """
    record = session.get(PointObjection, objection_id)
    if record is None or record.retired:
        raise NotFound("找不到这条异议。", "请刷新后再试。")
    if record.state != "open":
        raise NotAllowed("这条异议已经答复过。", "再有不同意见，请另记一条异议。")
    if answered_on > act(session).today or (record.raised_on and answered_on < record.raised_on):
        raise NotAllowed("答复日期要在提出异议以后、今天以前。", "请核对日期。")
    row = one_application(session, record.application_id)
    answering = actors(session, answered_by)
    check_answer(row.applicant_id, row.checker_ids, answering, words)
    for each in answering:
        why = each.related_to(row.household_id)
        if why:
            raise NotAllowed(kin_words(each.name, row.subject, why, "复核"), "请没有亲属关系的人复核。")
    record.answered_on = answered_on
    record.answered_by = tuple((each.person_id, each.name) for each in answering)
    record.answer = tidy(words)
    record.state = "upheld" if upheld else "dismissed"
    session.flush()
    if record.notice_objection_id:
        notices.answer_objection(
            session,
            objection_id=record.notice_objection_id,
            answered_on=answered_on,
            answered_by="、".join(each.name for each in answering),
            words=f"{'异议成立' if upheld else '异议不成立'}：{tidy(words)}",
        )
    if not upheld:
        return ""
    if row.entry_id and session.get(PointEntry, row.entry_id) is not None:
        return reverse_entry(session, entry_id=row.entry_id, reason=f"异议成立：{tidy(words)}").number
    application = session.get(PointApplication, record.application_id)
    assert application is not None
    application.state = ApplicationState.REFUSED.value
    session.flush()
    return ""
