"""What happens to a published sheet: printed, posted, damaged, posted again, taken down, objected to."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.notices.actions.drafts import notice_of
from village_desk.notices.actions.duties import add_duty
from village_desk.notices.lookups import REPOST, Facts, counting, facts_of, terms_on
from village_desk.notices.records import (
    Damage,
    DateSlip,
    Notice,
    Objection,
    ObjectionAnswer,
    Posting,
    PrintedSheet,
    Takedown,
)
from village_desk.notices.rules.days import check_take_down
from village_desk.notices.rules.kinds import KIND_WORDS, NoticeKind
from village_desk.notices.rules.life import DamageKind, NoticeState, check_not_future, check_slip
from village_desk.store.acts import act

MAIN_BOARD = "村务公开栏"
WALL, FILE = "wall", "file"


@dataclass(frozen=True)
class Posted:
    """A posting: its id, the last day that the sheet must hang, the first on which it may come down."""

    posting_id: str
    last_day: dt.date
    may_come_down_on: dt.date


def record_print(session: Session, *, notice_id: str, pdf_hash: str, pages: int, purpose: str = WALL) -> str:
    """Note that a PDF with this SHA-256 was made for the wall or the file. Raises NotFound, NotAllowed for a draft."""
    published_of(session, notice_id)
    identity = same_id("printed_sheet", notice_id, purpose, pdf_hash)
    if session.get(PrintedSheet, identity) is None:
        session.add(
            PrintedSheet(
                id=identity,
                notice_id=notice_id,
                purpose=purpose,
                pdf_hash=pdf_hash,
                pages=pages,
                printed_on=act(session).today,
            )
        )
        session.flush()
    return identity


def post(
    session: Session, *, notice_id: str, posted_on: dt.date, posted_by: str = "", board: str = MAIN_BOARD
) -> Posted:
    """Enter that a sheet was put on a board, with its true day; after a damage it is the posting that makes it good.

    Raises NotFound, NotAllowed for a draft, a day to come, and a board on which it hangs already.
    """
    notice = published_of(session, notice_id)
    board = tidy(board) or MAIN_BOARD
    check_not_future(posted_on, act(session).today, "张贴日期")
    facts, days = facts_of(session, [notice_id])[notice_id], counting(session)
    before = facts.boards().get(board, [])
    kind = NoticeKind(notice.kind)
    mends = ""
    if before:
        state = facts.state_on_board(before, kind, days)
        if state.hangs and state.posted_on is not None:
            raise NotAllowed(
                f"《{notice.title}》{chinese_date(state.posted_on)}已经贴在{board}上，不用再登记。",
                "已经破损的，请先点“登记破损”，再登记补贴；日期输错的，请点“更正日期”。",
            )
        if state.fulfilled:
            raise NotAllowed(f"《{notice.title}》在{board}上已经贴满{KIND_WORDS[kind].period}并撤下。", "不用再张贴。")
        off = facts.off_on(before[-1])
        if off is not None and posted_on < off:
            raise NotAllowed(
                f"补贴日期{chinese_date(posted_on)}早于破损日期{chinese_date(off)}。", "请核对两个日期，照实填写。"
            )
        damage = facts.open_damage(before)
        mends = damage.id if damage is not None else ""
    posting = Posting(
        # Two laptops that enter the same posting mean one posting.
        id=same_id("notice_posting", notice_id, board, str(len(before))),
        notice_id=notice_id,
        board=board,
        posted_on=posted_on,
        posted_by=tidy(posted_by),
        mends_id=mends,
        terms=tuple(row.packed() for row in terms_on(session, notice.item, posted_on)),
    )
    session.add(posting)
    session.flush()
    state = facts_of(session, [notice_id])[notice_id].state_on_board([*before, posting], kind, days)
    assert state.last_day is not None
    return Posted(posting.id, state.last_day, state.last_day + dt.timedelta(days=1))


def record_damage(
    session: Session, *, posting_id: str, kind: str, found_on: dt.date, found_by: str = "", words: str = ""
) -> str:
    """Enter that a posted sheet was torn, covered, faded or taken away before its day; opens a duty to post again.

    Returns the duty's id. Raises NotFound, NotAllowed for a day to come, before the posting, or a sheet that is off.
    """
    posting, notice, facts = _posting(session, posting_id)
    check_not_future(found_on, act(session).today, "破损日期")
    _check_hangs(posting, notice, facts)
    _check_after_posting(posting, facts, found_on, "破损日期")
    damage = Damage(
        id=same_id("notice_damage", posting_id),
        notice_id=notice.id,
        posting_id=posting_id,
        kind=DamageKind(kind).value,
        found_on=found_on,
        found_by=tidy(found_by),
        words=tidy(words),
    )
    session.add(damage)
    session.flush()
    return add_duty(
        session,
        item=REPOST,
        about=f"《{notice.title}》（{posting.board}）",
        source_room="notices",
        source_id=damage.id,
        due_on=found_on,
        kind=notice.kind,
        legal_ref="村民委员会组织法第三十五条",
    )


def take_down(session: Session, *, posting_id: str, taken_on: dt.date, taken_by: str = "") -> str:
    """Enter that a sheet was taken down after its last day; returns the id.

    Raises NotFound; NotAllowed before its day has come, with the days that are missing: an early removal is a fact
    for record_damage.
    """
    posting, notice, facts = _posting(session, posting_id)
    check_not_future(taken_on, act(session).today, "撤下日期")
    _check_after_posting(posting, facts, taken_on, "撤下日期")
    kind = NoticeKind(notice.kind)
    postings = facts.boards()[posting.board]
    state = facts.state_on_board(postings, kind, counting(session))
    check_take_down(f"《{notice.title}》", state, taken_on, kind)
    takedown = Takedown(
        id=same_id("notice_takedown", posting_id),
        notice_id=notice.id,
        posting_id=posting_id,
        taken_on=taken_on,
        taken_by=tidy(taken_by),
    )
    session.add(takedown)
    session.flush()
    return takedown.id


def put_date_right(session: Session, *, record_id: str, right_on: dt.date, reason: str) -> str:
    """Put a typing slip in the day of a posting, damage or takedown right; the sheet on the wall stays as it is.

    Both days and the reason are kept. Raises NotFound, NotAllowed without a reason, without a change, for a day to
    come, and where the day would no longer fit its neighbours.
    """
    record = next((found for cls in (Posting, Damage, Takedown) if (found := session.get(cls, record_id))), None)
    if record is None:
        raise NotFound("找不到要更正日期的这一笔。", "请刷新后再试。")
    facts = facts_of(session, [record.notice_id])[record.notice_id]
    notice = notice_of(session, record.notice_id)
    names: dict[type, tuple[str, dt.date | None]] = {
        Posting: ("张贴日期", record.posted_on if isinstance(record, Posting) else None),
        Damage: ("破损日期", record.found_on if isinstance(record, Damage) else None),
        Takedown: ("撤下日期", record.taken_on if isinstance(record, Takedown) else None),
    }
    what, entered = names[type(record)]
    old = facts.day(record.id, entered)
    check_slip(old, right_on, reason, what)
    check_not_future(right_on, act(session).today, what)
    last = facts.last_slip(record.id)
    rows = terms_on(session, notice.item, right_on) if isinstance(record, Posting) else ()
    slip = DateSlip(
        notice_id=record.notice_id,
        record_id=record.id,
        replaces=last.id if last is not None else record.id,
        wrong_on=old,
        right_on=right_on,
        reason=tidy(reason),
        terms=tuple(row.packed() for row in rows),
    )
    session.add(slip)
    session.flush()
    _check_order(facts_of(session, [record.notice_id])[record.notice_id])
    return slip.id


def raise_objection(session: Session, *, notice_id: str, raised_on: dt.date, raised_by: str, words: str) -> str:
    """Enter an objection, written or spoken; a late one is taken too and shown as late. Returns its id."""
    published_of(session, notice_id)
    check_not_future(raised_on, act(session).today, "提出日期")
    if not tidy(words):
        raise NotAllowed("还没写反映了什么。", "请照原话写一两句。")
    objection = Objection(notice_id=notice_id, raised_on=raised_on, raised_by=tidy(raised_by), words=tidy(words))
    session.add(objection)
    session.flush()
    return objection.id


def answer_objection(session: Session, *, objection_id: str, answered_on: dt.date, answered_by: str, words: str) -> str:
    """Enter the answer to an objection. Returns its id; raises NotFound, NotAllowed for an empty answer."""
    objection = session.get(Objection, objection_id)
    if objection is None:
        raise NotFound("找不到这条意见。", "请刷新后再试。")
    check_not_future(answered_on, act(session).today, "答复日期")
    if not tidy(words):
        raise NotAllowed("还没写怎样答复的。", "请写明答复内容和办法。")
    answer = ObjectionAnswer(
        notice_id=objection.notice_id,
        objection_id=objection_id,
        answered_on=answered_on,
        answered_by=tidy(answered_by),
        words=tidy(words),
    )
    session.add(answer)
    session.flush()
    return answer.id


def published_of(session: Session, notice_id: str) -> Notice:
    """The record of a published sheet. Raises NotFound, NotAllowed for a draft."""
    notice = notice_of(session, notice_id)
    if notice.state != NoticeState.PUBLISHED:
        raise NotAllowed(f"《{notice.title}》还是草稿，没有定稿。", "请先点“编号定稿”，打印盖章后再张贴。")
    return notice


def _posting(session: Session, posting_id: str) -> tuple[Posting, Notice, Facts]:
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise NotFound("找不到这次张贴。", "请刷新后再试。")
    return posting, notice_of(session, posting.notice_id), facts_of(session, [posting.notice_id])[posting.notice_id]


def _check_hangs(posting: Posting, notice: Notice, facts: Facts) -> None:
    off = facts.off_on(posting)
    if off is not None:
        raise NotAllowed(
            f"《{notice.title}》{chinese_date(off)}已经不在{posting.board}上。", "补贴过的，请对着补贴的那一次登记。"
        )


def _check_after_posting(posting: Posting, facts: Facts, day: dt.date, what: str) -> None:
    posted = facts.day(posting.id, posting.posted_on)
    if day < posted:
        raise NotAllowed(
            f"{what}{chinese_date(day)}早于张贴日期{chinese_date(posted)}。",
            "请核对两个日期；张贴日期输错的，请点“更正日期”。",
        )


def _check_order(facts: Facts) -> None:
    for postings in facts.boards().values():
        previous: dt.date | None = None
        for posting in postings:
            start, off = facts.day(posting.id, posting.posted_on), facts.off_on(posting)
            if (previous is not None and start < previous) or (off is not None and off < start):
                raise NotAllowed("改后的日期和前后几次对不上，张贴、破损、补贴、撤下不能倒过来。", "请核对后再填。")
            previous = off
