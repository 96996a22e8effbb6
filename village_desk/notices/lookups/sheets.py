"""Notices as the page, the paper and other rooms see them on a day: stage, days, and what to do next."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.kit.text import chinese_date, short_date
from village_desk.notices.lookups.facts import Facts, facts_of, notices_in_order, unpacked_terms
from village_desk.notices.lookups.rows import (
    BoardRow,
    EventRow,
    NoticeDetail,
    NoticeRow,
    ObjectionRow,
    PrintRow,
    ReviewRow,
    SheetPaper,
    StayRow,
    StripRow,
)
from village_desk.notices.lookups.terms import CalendarDays, counting, terms_on
from village_desk.notices.records import Damage, Notice, Posting, PrintedSheet
from village_desk.notices.rules.days import UNIT_WORDS, Terms, late_objection
from village_desk.notices.rules.kinds import (
    ISSUER_WORDS,
    KIND_WORDS,
    Issuer,
    NoticeClass,
    NoticeKind,
    cited,
    issuer_name,
    official_number,
)
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
from village_desk.people.records import Organisation
from village_desk.people.rules.bodies import Body
from village_desk.store.acts import act, seen

NOT_FOUND = ("找不到这张公开内容。", "它可能还在另一台电脑上，请先导入上报包或备份。")


def all_notices(session: Session, *, on: dt.date) -> tuple[NoticeRow, ...]:
    """Every notice: what needs somebody first, then the newest."""
    rows = _rows(session, notices_in_order(session), on)
    return tuple(sorted(rows, key=lambda row: (_URGENCY[row.stage], -(row.dated_on or on).toordinal(), row.title)))


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
    return NoticeDetail(
        row,
        notice.body,
        tuple((act_words, law) for act_words, law in notice.grounds),
        notice.review_first,
        notice.unmasked_reason,
        wording_of(notice),
        unpacked_terms(notice.terms),
        boards,
        _reviews(facts, wording_of(notice)),
        tuple(
            PrintRow(each.id, each.purpose, each.pdf_hash, each.pages, each.printed_on or on) for each in facts.prints
        ),
        _objections(facts, days),
        _strip(row, notice, facts, boards),
        _events(facts),
        _paper(session, notice, facts),
    )


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


def wording_of(notice: Notice) -> str:
    """The hash of what a reader would read: title, text and grounds."""
    parts = [notice.kind, notice.issuer, notice.title, notice.body, *(part for pair in notice.grounds for part in pair)]
    joined = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hashlib.sha256(joined).hexdigest()


def stage_of(notice: Notice, facts: Facts, boards: Sequence[BoardRow], on: dt.date) -> Stage:
    """Where a notice stands on a day, from what happened to it and how its days stand on each board."""
    if notice.state != NoticeState.PUBLISHED:
        return standing_review(facts.review_facts(), wording_of(notice)) if notice.review_first else Stage.DRAFT
    if not boards:
        return Stage.PRINTED if facts.prints else Stage.NUMBERED
    states = [board.state for board in boards]
    if any(not state.hangs and not state.fulfilled for state in states):
        return Stage.OFF_EARLY
    if all(state.fulfilled for state in states):
        return Stage.TAKEN_DOWN
    return Stage.RUN_OUT if all(state.done(on) for state in states) else Stage.POSTED


def number_of(session: Session, notice: Notice) -> str:
    """The official number in words; 待编号 without one, "" while a draft."""
    if notice.state != NoticeState.PUBLISHED or notice.year is None:
        return ""
    return official_number(Issuer(notice.issuer), act(session).village_name, notice.year, notice.number)


def issuer_name_of(session: Session, issuer: Issuer) -> str:
    """The name by which a body signs: as it is kept among the village's organisations, else made from the village's."""
    kind = _BODIES[issuer].value
    known = session.scalars(
        select(Organisation.name).where(Organisation.kind == kind, Organisation.retired.is_(False))
    ).first()
    return known or issuer_name(issuer, act(session).village_name)


_BODIES: dict[Issuer, Body] = {
    Issuer.BRANCH: Body.PARTY_BRANCH,
    Issuer.COMMITTEE: Body.VILLAGERS_COMMITTEE,
    Issuer.COLLECTIVE: Body.COLLECTIVE,
    Issuer.SUPERVISION: Body.SUPERVISION_COMMITTEE,
}


def planned_period(session: Session, *, item: str, kind: NoticeKind, posting_from: dt.date) -> str:
    """The period that a sheet posted on a day would print, in one sentence with its law."""
    rows, days = terms_on(session, item, posting_from), counting(session)
    until = max(days.last_day(posting_from, row.days, row) for row in rows)
    longest = max(rows, key=lambda row: row.days)
    law = f"，依据{cited(longest.legal_ref, longest.law_version)}" if longest.legal_ref else ""
    return f"{KIND_WORDS[kind].period}：{period_words(rows, posting_from, until)}{law}。"


def period_words(terms: Sequence[Terms], start: dt.date, end: dt.date) -> str:
    """2026年9月1日至2026年9月16日（15天）."""
    longest = max(terms, key=lambda row: row.days)
    many = f"（{longest.days}{UNIT_WORDS[longest.unit]}）" if longest.days else ""
    return f"{chinese_date(start)}至{chinese_date(end)}{many}"


_URGENCY: dict[Stage, int] = {
    Stage.OFF_EARLY: 0,
    Stage.SENT_BACK: 1,
    Stage.RUN_OUT: 2,
    Stage.PRINTED: 3,
    Stage.NUMBERED: 3,
    Stage.REVIEWED: 4,
    Stage.UNDER_REVIEW: 5,
    Stage.DRAFT: 6,
    Stage.POSTED: 7,
    Stage.TAKEN_DOWN: 8,
    Stage.ARCHIVED: 9,
}


def _rows(session: Session, notices: list[Notice], on: dt.date) -> list[NoticeRow]:
    facts, days = facts_of(session, [notice.id for notice in notices]), counting(session)
    return [_row(session, notice, facts[notice.id], days, on) for notice in notices]


def _row(session: Session, notice: Notice, facts: Facts, days: CalendarDays, on: dt.date) -> NoticeRow:
    kind, issuer = NoticeKind(notice.kind), Issuer(notice.issuer)
    boards = _boards(notice, facts, days)
    stage = stage_of(notice, facts, boards, on)
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
        number_of(session, notice),
        notice.dated_on,
        min((board.posted_on for board in boards), default=None),
        max((board.state.last_day for board in boards if board.state.last_day), default=None),
        _next_act(stage, boards, kind, on),
        notice.duty_id,
        notice.source_room,
        notice.source_id,
    )


def _next_act(stage: Stage, boards: Sequence[BoardRow], kind: NoticeKind, on: dt.date) -> str:
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


def _reviews(facts: Facts, wording: str) -> tuple[ReviewRow, ...]:
    return tuple(
        ReviewRow(
            each.id,
            each.round,
            each.opinion,
            OPINION_WORDS[Opinion(each.opinion)],
            each.words,
            each.reviewer,
            each.reviewed_on or dt.date.min,
            each.wording == wording,
        )
        for each in facts.reviews
    )


def _objections(facts: Facts, days: CalendarDays) -> tuple[ObjectionRow, ...]:
    first = next(iter(facts.boards().values()), [])
    found = []
    for each in facts.objections:
        raised = each.raised_on or dt.date.min
        late, due = False, None
        if first:
            terms = max(facts.terms(first[0]), key=lambda row: row.objection_days)
            late = late_objection(raised, facts.day(first[0].id, first[0].posted_on), terms, days)
            due = days.last_day(raised, terms.answer_days, terms) if terms.answer_days else None
        answer = next((one for one in facts.answers if one.objection_id == each.id), None)
        found.append(
            ObjectionRow(
                each.id,
                raised,
                each.raised_by,
                each.words,
                late,
                due,
                answer.answered_on if answer is not None else None,
                answer.words if answer is not None else "",
            )
        )
    return tuple(found)


def _strip(row: NoticeRow, notice: Notice, facts: Facts, boards: Sequence[BoardRow]) -> tuple[StripRow, ...]:
    """草稿 · 审核 · 编号 · 打印 · 张贴 · (破损 · 补贴 ·) 撤下 with their dates."""
    published = row.state is NoticeState.PUBLISHED
    written = published or row.stage is Stage.REVIEWED or (notice.review_first and bool(notice.body))
    steps = [StripRow("草稿", None, "已写好" if written else "正在写", written)]
    if notice.review_first:
        last = facts.reviews[-1] if facts.reviews else None
        done = published or row.stage is Stage.REVIEWED
        words = f"{last.reviewer}：{OPINION_WORDS[Opinion(last.opinion)]}" if last is not None else "待监委会审核"
        steps.append(StripRow("审核", last.reviewed_on if last is not None else None, words, done))
    steps.append(StripRow("编号定稿", notice.dated_on if published else None, row.number or "未编号", published))
    printed = facts.prints[-1] if facts.prints else None
    if printed is not None:
        steps.append(StripRow("打印盖章", printed.printed_on, f"已打印{len(facts.prints)}次", True))
    elif not facts.postings:
        steps.append(StripRow("打印盖章", None, "未打印", False))
    steps += _posting_steps(facts)
    last_day = row.last_day
    if boards and all(board.state.fulfilled for board in boards):
        off = max(board.off_on for board in boards if board.off_on is not None)
        steps.append(StripRow("撤下", off, "期满撤下", True))
    else:
        words = f"{short_date(last_day + dt.timedelta(days=1))}起" if last_day else "满期后"
        steps.append(StripRow("撤下", None, words, False))
    return tuple(steps)


def _posting_steps(facts: Facts) -> list[StripRow]:
    events: list[tuple[dt.date, int, StripRow]] = []
    many = len(facts.boards()) > 1
    for board, postings in facts.boards().items():
        where = board if many else ""
        for at, posting in enumerate(postings):
            day = facts.day(posting.id, posting.posted_on)
            title = "补贴" if at else "张贴"
            events.append((day, at * 2, StripRow(title, day, where or posting.posted_by or board, True)))
            end = facts.end_of(posting)
            if isinstance(end, Damage):
                gone = facts.day(end.id, end.found_on)
                words = DAMAGE_WORDS[DamageKind(end.kind)]
                events.append((gone, at * 2 + 1, StripRow("破损", gone, f"{where}{words}", True)))
                if at == len(postings) - 1:
                    events.append((dt.date.max, at * 2 + 2, StripRow("补贴", None, f"{where}待补贴", False)))
    if not events:
        return [StripRow("张贴", None, "未张贴", False)]
    return [event[2] for event in sorted(events, key=lambda event: event[:2])]


def _events(facts: Facts) -> tuple[EventRow, ...]:
    found: list[EventRow] = []
    for board, postings in facts.boards().items():
        for at, posting in enumerate(postings):
            entries: list[tuple[str, str, dt.date | None]] = [(posting.id, "补贴" if at else "张贴", posting.posted_on)]
            entries += [(each.id, "破损", each.found_on) for each in facts.damages if each.posting_id == posting.id]
            entries += [(each.id, "撤下", each.taken_on) for each in facts.takedowns if each.posting_id == posting.id]
            for identity, what, entered in entries:
                slips = tuple(
                    f"{what}日期由{_day(slip.wrong_on)}更正为{_day(slip.right_on)}：{slip.reason}"
                    for slip in facts.slips
                    if slip.record_id == identity
                )
                found.append(EventRow(identity, what, board, facts.day(identity, entered), slips))
    return tuple(sorted(found, key=lambda event: event.day))


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day is not None else "未登记"


def _paper(session: Session, notice: Notice, facts: Facts) -> SheetPaper:
    kind, issuer = NoticeKind(notice.kind), Issuer(notice.issuer)
    terms = unpacked_terms(notice.terms) if notice.terms else ()
    longest = max(terms, key=lambda row: row.days, default=None)
    period = ""
    if notice.posting_from and notice.posting_until:
        period = period_words(terms or (Terms("", 0),), notice.posting_from, notice.posting_until)
    review = ""
    standing = [each for each in facts.reviews if each.opinion != Opinion.OBJECTED]
    if standing:
        last = standing[-1]
        day = chinese_date(last.reviewed_on or dt.date.min)
        review = f"{OPINION_WORDS[Opinion(last.opinion)]}（{last.reviewer}，{day}）"
    seal = facts.seals[0] if facts.seals else None
    village = act(session).village_name
    return SheetPaper(
        notice.title,
        kind,
        number_of(session, notice),
        village,
        issuer,
        notice.issuer_name or issuer_name_of(session, issuer),
        notice.body,
        tuple((act_words, cited(law)) for act_words, law in notice.grounds),
        cited(longest.legal_ref, longest.law_version) if longest is not None and longest.legal_ref else "",
        review,
        KIND_WORDS[kind].period,
        period,
        _objection_line(kind, longest),
        tuple((whose, number) for whose, number in notice.phones),
        notice.dated_on,
        seal.code if seal is not None else "",
        seal.text if seal is not None else "",
        notice.state != NoticeState.PUBLISHED,
        notice.id,
    )


def _objection_line(kind: NoticeKind, terms: Terms | None) -> str:
    if not KIND_WORDS[kind].takes_objections:
        return ""
    if terms is None or not terms.objection_days:
        return "公示期内如有异议，请以书面或口头形式实名反映。"
    return f"如有异议，请在张贴之日起{terms.objection_days}{UNIT_WORDS[terms.unit]}内，以书面或口头形式实名反映。"
