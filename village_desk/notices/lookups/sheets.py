"""Notices as the page, the paper and other rooms see them on a day: stage, days, and what to do next."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import attachments_of
from village_desk.kit.errors import NotFound
from village_desk.kit.text import chinese_date, short_date
from village_desk.notices.lookups.facts import Facts, facts_of, notices_in_order, unpacked_terms
from village_desk.notices.lookups.issuers import ComplaintLines, complaint_phones, issuers
from village_desk.notices.lookups.paper import approval_words, number_of, paper_of
from village_desk.notices.lookups.rows import (
    ApprovalRow,
    BoardRow,
    NoticeDetail,
    NoticeRow,
    ObjectionRow,
    OtherSheet,
    PrintRow,
    ReviewRow,
    StayRow,
)
from village_desk.notices.lookups.strip import events_of, strip_of
from village_desk.notices.lookups.terms import CalendarDays, Demands, counting, demands_on
from village_desk.notices.records import (
    Damage,
    Notice,
    Posting,
    PrintedSheet,
    SealUse,
)
from village_desk.notices.rules.days import Terms, late_objection
from village_desk.notices.rules.kinds import ISSUER_WORDS, KIND_WORDS, Issuer, NoticeClass, NoticeKind
from village_desk.notices.rules.life import (
    DAMAGE_WORDS,
    OPINION_WORDS,
    STAGE_WORDS,
    DamageKind,
    NoticeState,
    Opinion,
    Stage,
    standing_review,
)
from village_desk.people.lookups import bodies
from village_desk.people.rules.bodies import Body
from village_desk.rulebook.rules import Approval
from village_desk.store.acts import act, seen

NOTICE_TABLE = Notice.__tablename__
PLAIN_DAYS = Terms("", 0)
NOT_FOUND = ("找不到这张公开内容。", "它可能还在另一台电脑上，请先导入上报包或备份。")


def all_notices(session: Session, *, on: dt.date) -> tuple[NoticeRow, ...]:
    """Every notice: what needs somebody first, then the newest."""
    return in_order(_rows(session, notices_in_order(session), on), on)


def notice_rows(session: Session, ids: Sequence[str], *, on: dt.date) -> list[NoticeRow]:
    """The rows of these notices in their order."""
    records: dict[str, Notice] = {}
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        records |= {one.id: one for one in session.scalars(select(Notice).where(Notice.id.in_(part)))}
    return _rows(session, [records[identity] for identity in ids if identity in records], on)


def in_order(rows: Sequence[NoticeRow], on: dt.date) -> tuple[NoticeRow, ...]:
    """What needs somebody first, then the newest."""
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                not row.answers_overdue,
                _URGENCY[row.stage],
                -(row.dated_on or on).toordinal(),
                row.title,
            ),
        )
    )


_CHUNK = 500


def notices_about(session: Session, *, source_room: str, source_id: str, on: dt.date) -> tuple[NoticeRow, ...]:
    """The notices that a matter of another room caused, the oldest first."""
    found = notices_in_order(session, Notice.source_room == source_room, Notice.source_id == source_id)
    rows = _rows(session, found, on)
    return tuple(sorted(rows, key=lambda row: (row.dated_on or on, row.title, row.id)))


def one_notice(session: Session, notice_id: str, *, on: dt.date) -> NoticeDetail:
    """A whole notice. Raises NotFound."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.retired:
        raise NotFound(*NOT_FOUND)
    facts, days = facts_of(session, [notice_id])[notice_id], counting(session)
    row = _row(session, notice, facts, days, on)
    if row.state is NoticeState.DRAFT:
        row = replace(row, seen=seen(session, Notice, notice_id))
    boards = _boards(notice, facts, days)
    hung = tuple((each.board, _words(each.posted_on), each.posted_by, _words(each.off_on)) for each in boards)
    demands = demands_on(session, notice.item, notice.posting_from or on)
    wording = wording_of(notice)
    uses = select(SealUse.used_on).where(SealUse.notice_id == notice_id, SealUse.retired.is_(False))
    sealed_on = min((day for day in session.scalars(uses) if day is not None), default=None)
    kept = facts.archivings[-1] if facts.archivings else None
    return NoticeDetail(
        row,
        notice.body,
        tuple((act_words, law) for act_words, law in notice.grounds),
        notice.review_first,
        notice.unmasked_reason,
        wording,
        unpacked_terms(notice.terms),
        boards,
        _reviews(facts, wording, demands, days),
        tuple(
            PrintRow(each.id, each.purpose, each.pdf_hash, each.pages, each.printed_on or on) for each in facts.prints
        ),
        _objections(facts, days, on),
        strip_of(row, notice, facts, boards, sealed_on),
        events_of(facts),
        paper_of(session, notice, facts, hung),
        demands.approval.words,
        tuple(
            ApprovalRow(
                each.id,
                approval_words(each.body),
                each.approved_on or on,
                each.approved_by,
                each.words,
                each.wording == wording,
            )
            for each in facts.approvals
        ),
        attachments_of(session, of_table=NOTICE_TABLE, of_id=notice_id),
        kept.archived_on if kept else None,
        kept.box if kept else "",
        sealed_on,
        _other(session, notice.corrects_id),
        tuple(_sheet(session, one) for one in notices_in_order(session, Notice.corrects_id == notice_id)),
        bool(notice.origin),
        notice.made_by,
        tuple(notice.figures),
    )


def _other(session: Session, notice_id: str) -> OtherSheet | None:
    notice = session.get(Notice, notice_id) if notice_id else None
    return _sheet(session, notice) if notice is not None and not notice.retired else None


def _sheet(session: Session, notice: Notice) -> OtherSheet:
    return OtherSheet(notice.id, notice.title, number_of(session, notice), notice.state == NoticeState.PUBLISHED)


def _words(day: dt.date | None) -> str:
    return chinese_date(day) if day is not None else ""


def last_period(session: Session, notice_id: str) -> NoticeDetail | None:
    """The sheet of the last period of the same item, or of the same title with other figures; None for none."""
    notice = session.get(Notice, notice_id)
    if notice is None:
        return None
    same = (Notice.code == notice.code) if notice.code else (Notice.item == notice.item)
    found = [
        one
        for one in notices_in_order(session, same, Notice.state == NoticeState.PUBLISHED.value)
        if one.id != notice_id and not one.corrects_id and (notice.code or _bare(one.title) == _bare(notice.title))
    ]
    last = max(found, key=lambda one: (one.dated_on or dt.date.min, one.id), default=None)
    return one_notice(session, last.id, on=act(session).today) if last is not None else None


def _bare(title: str) -> str:
    return re.sub(r"[0-9０-９一二三四第季度年月上下半]+", "", title)


def printed_as(session: Session, pdf_hash: str) -> str:
    """The notice that a PDF of this SHA-256 was made of, "" when none."""
    return session.scalar(select(PrintedSheet.notice_id).where(PrintedSheet.pdf_hash == pdf_hash)) or ""


def reviewers(session: Session, *, on: dt.date) -> tuple[tuple[str, str], ...]:
    """Who sits on the supervision committee on a day: (person's id, name with post), its head first."""
    return tuple(
        (post.person_id, f"{post.name}（{post.role_words}）")
        for body in bodies(session, on=on)
        if body.kind == Body.SUPERVISION_COMMITTEE
        for post in body.posts
    )


def complaint_lines(session: Session, *, on: dt.date) -> ComplaintLines:
    """What the plate beside the board says on a day."""
    takers = tuple(name for _, name in reviewers(session, on=on))
    return ComplaintLines(act(session).village_name, complaint_phones(session), takers)


def wording_of(notice: Notice) -> str:
    """The hash of what a reader would read: title, text and grounds."""
    parts = [notice.kind, notice.issuer, notice.title, notice.body, *(part for pair in notice.grounds for part in pair)]
    joined = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hashlib.sha256(joined).hexdigest()


def stage_of(
    notice: Notice, facts: Facts, boards: Sequence[BoardRow], on: dt.date, *, settled_first: bool = False
) -> Stage:
    """Where a notice stands on a day, from what happened to it and how its days stand on each board.

    `settled_first` is whether the place wants a meeting's or the township's word before it gets its number.
    """
    if notice.state != NoticeState.PUBLISHED:
        wording = wording_of(notice)
        stage = standing_review(facts.review_facts(), wording) if notice.review_first else Stage.DRAFT
        written = stage is Stage.REVIEWED or (stage is Stage.DRAFT and bool(notice.body))
        unsettled = settled_first and wording not in {each.wording for each in facts.approvals}
        return Stage.AWAITS_APPROVAL if written and unsettled else stage
    if not boards:
        return Stage.PRINTED if facts.prints or notice.origin else Stage.NUMBERED
    states = [board.state for board in boards]
    if any(not state.hangs and not state.fulfilled for state in states):
        return Stage.OFF_EARLY
    if all(state.fulfilled for state in states):
        return Stage.ARCHIVED if facts.archivings else Stage.TAKEN_DOWN
    return Stage.RUN_OUT if all(state.done(on) for state in states) else Stage.POSTED


_URGENCY: dict[Stage, int] = {
    Stage.OFF_EARLY: 0,
    Stage.SENT_BACK: 1,
    Stage.RUN_OUT: 2,
    Stage.PRINTED: 3,
    Stage.NUMBERED: 3,
    Stage.REVIEWED: 4,
    Stage.AWAITS_APPROVAL: 4,
    Stage.UNDER_REVIEW: 5,
    Stage.DRAFT: 6,
    Stage.POSTED: 7,
    Stage.TAKEN_DOWN: 8,
    Stage.ARCHIVED: 9,
}


def _rows(session: Session, notices: list[Notice], on: dt.date) -> list[NoticeRow]:
    facts, days = facts_of(session, [notice.id for notice in notices]), counting(session)
    marks = {issuer: row.mark for issuer, row in issuers(session).items()}
    return [_row(session, notice, facts[notice.id], days, on, marks) for notice in notices]


def _row(
    session: Session,
    notice: Notice,
    facts: Facts,
    days: CalendarDays,
    on: dt.date,
    marks: Mapping[Issuer, str] | None = None,
) -> NoticeRow:
    kind, issuer = NoticeKind(notice.kind), Issuer(notice.issuer)
    boards = _boards(notice, facts, days)
    draft = notice.state != NoticeState.PUBLISHED
    settled_first = draft and demands_on(session, notice.item, on).approval is not Approval.NONE
    stage = stage_of(notice, facts, boards, on, settled_first=settled_first)
    objections = _objections(facts, days, on)
    return NoticeRow(
        notice.id,
        "",
        notice.title,
        kind,
        KIND_WORDS[kind].name,
        notice.item,
        issuer,
        ISSUER_WORDS[issuer].short,
        NoticeClass(notice.column),
        NoticeState(notice.state),
        stage,
        STAGE_WORDS[stage],
        number_of(session, notice, marks),
        notice.dated_on,
        min((board.posted_on for board in boards), default=None),
        max((board.state.last_day for board in boards if board.state.last_day), default=None),
        _next_act(stage, boards, kind, on, objections),
        notice.duty_id,
        notice.source_room,
        notice.source_id,
        sum(one.overdue for one in objections),
        bool(notice.origin),
    )


def _next_act(
    stage: Stage, boards: Sequence[BoardRow], kind: NoticeKind, on: dt.date, objections: Sequence[ObjectionRow]
) -> str:
    late = next((one for one in objections if one.overdue and one.due_on is not None), None)
    if late is not None and late.due_on is not None:
        days = (on - late.due_on).days
        return f"{late.raised_by}的意见应在{short_date(late.due_on)}前答复，已过{days}天，请答复并登记。"
    if stage is Stage.POSTED:
        board = max(boards, key=lambda each: each.state.last_day or dt.date.min)
        end = board.state.last_day
        assert end is not None
        left = board.state.days_left(on)
        if not left:
            return f"今天是{KIND_WORDS[kind].period}的最后一天，{short_date(end + dt.timedelta(days=1))}起可以撤下。"
        return f"还要张贴{left}天（到{short_date(end)}）。"
    if stage is Stage.OFF_EARLY:
        board = next(each for each in boards if each.damage_id)
        return f"{board.board}的张贴件{board.off_words}，还差{board.state.owed_days}天，请补贴。"
    return _NEXT[stage]


_NEXT: dict[Stage, str] = {
    Stage.DRAFT: "内容写好后，请点“编号定稿”。",
    Stage.UNDER_REVIEW: "请打印审核单，请村务监督委员会签字，回来点“登记审核”。",
    Stage.SENT_BACK: "村务监督委员会有意见，请修改后再送审。",
    Stage.REVIEWED: "村务监督委员会已同意，请点“编号定稿”。",
    Stage.AWAITS_APPROVAL: "请按本地规定提交会议（或乡镇）确定，回来点“登记会议意见”。",
    Stage.NUMBERED: "请打印张贴件和存档件，盖章后张贴。",
    Stage.PRINTED: "请盖章后张贴，贴好点“登记张贴”。",
    Stage.RUN_OUT: "期限已满，可以撤下。",
    Stage.TAKEN_DOWN: "期限已满并已撤下，请把存档件归档。",
    Stage.ARCHIVED: "已归档，不用再办。",
}


def _boards(notice: Notice, facts: Facts, days: CalendarDays) -> tuple[BoardRow, ...]:
    return tuple(_board(name, postings, notice, facts, days) for name, postings in facts.boards().items())


def _board(name: str, postings: list[Posting], notice: Notice, facts: Facts, days: CalendarDays) -> BoardRow:
    last = postings[-1]
    damage = facts.open_damage(postings)
    return BoardRow(
        name,
        last.id,
        facts.day(last.id, last.posted_on),
        last.posted_by,
        facts.off_on(last),
        _off_words(last, facts),
        damage.id if damage is not None else "",
        facts.state_on_board(postings, NoticeKind(notice.kind), days),
        tuple(
            StayRow(facts.day(each.id, each.posted_on), each.posted_by, facts.off_on(each), _off_words(each, facts))
            for each in postings
        ),
    )


def _off_words(posting: Posting, facts: Facts) -> str:
    end = facts.end_of(posting)
    if isinstance(end, Damage):
        return DAMAGE_WORDS[DamageKind(end.kind)]
    return "期满撤下" if end is not None else ""


def _reviews(facts: Facts, wording: str, demands: Demands, days: CalendarDays) -> tuple[ReviewRow, ...]:
    found = []
    for each in facts.reviews:
        reply = next((one for one in facts.replies if one.review_id == each.id), None)
        day, due = each.reviewed_on or dt.date.min, None
        if each.opinion != Opinion.AGREED and demands.review_answer_days:
            due = days.last_day(day, demands.review_answer_days, PLAIN_DAYS)
        found.append(
            ReviewRow(
                each.id,
                each.round,
                each.opinion,
                OPINION_WORDS[Opinion(each.opinion)],
                each.words,
                each.reviewer,
                day,
                each.wording == wording,
                due,
                reply.replied_on if reply else None,
                reply.words if reply else "",
            )
        )
    return tuple(found)


def _objections(facts: Facts, days: CalendarDays, on: dt.date) -> tuple[ObjectionRow, ...]:
    first = next(iter(facts.boards().values()), []) if facts.objections else []
    found = []
    for each in facts.objections:
        raised = each.raised_on or dt.date.min
        late, due, lines = False, None, tuple[str, ...]()
        if first:
            terms = max(facts.terms(first[0]), key=lambda row: row.objection_days)
            late = late_objection(raised, facts.day(first[0].id, first[0].posted_on), terms, days)
            asked = max(facts.terms(first[0]), key=lambda row: (row.answer_days > 0, -row.answer_days))
            if asked.answer_days:
                due, lines = days.unfolded(raised, asked.answer_days, asked)
        answer = next((one for one in facts.answers if one.objection_id == each.id), None)
        answered = answer.answered_on if answer is not None else None
        found.append(
            ObjectionRow(
                each.id,
                raised,
                each.raised_by,
                each.words,
                late,
                due,
                answered,
                answer.words if answer is not None else "",
                due is not None and answered is None and on > due,
                due is not None and answered is not None and answered > due,
                lines,
            )
        )
    return tuple(found)
