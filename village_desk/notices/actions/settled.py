"""Between review and wall: the reply to an opinion, the meeting that settles a sheet, signature and seal, the file."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.archive.lookups import attachments_of
from village_desk.archive.rules import EvidenceKind
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.notices.actions.drafts import draft_notice, draft_of
from village_desk.notices.actions.wall import published_of
from village_desk.notices.lookups import NOTICE_TABLE, counting, facts_of, issuers, number_of, wording_of
from village_desk.notices.records import (
    Notice,
    NoticeApproval,
    NoticeArchiving,
    NoticeReview,
    ReviewReply,
    SealUse,
)
from village_desk.notices.rules.kinds import Issuer, NoticeKind
from village_desk.notices.rules.life import NoticeState, Opinion, check_not_future
from village_desk.rulebook.rules import Approval
from village_desk.store.acts import act
from village_desk.store.operators import operators

_SCANS = frozenset({EvidenceKind.SCAN, EvidenceKind.SIGNED})


def reply_to_review(session: Session, *, review_id: str, replied_on: dt.date, replied_by: str, words: str) -> str:
    """Enter what was answered to an opinion of the supervision committee; returns the id.

    Raises NotFound, NotAllowed for a plain yes, an empty answer and a day to come.
    """
    review = session.get(NoticeReview, review_id)
    if review is None:
        raise NotFound("找不到这条审核意见。", "请刷新后再试。")
    if review.opinion == Opinion.AGREED:
        raise NotAllowed("这条审核意见是同意公开，不用答复。", "请直接办下一步。")
    check_not_future(replied_on, act(session).today, "答复日期")
    if not tidy(words):
        raise NotAllowed("还没写怎样答复的。", "请写明采纳了哪些、没有采纳的原因。")
    reply = ReviewReply(
        id=same_id("review_reply", review_id, tidy(words)),
        notice_id=review.notice_id,
        review_id=review_id,
        replied_on=replied_on,
        replied_by=tidy(replied_by),
        words=tidy(words),
    )
    if session.get(ReviewReply, reply.id) is None:
        session.add(reply)
        session.flush()
    return reply.id


def note_approval(
    session: Session,
    *,
    notice_id: str,
    body: str,
    approved_on: dt.date,
    approved_by: str = "",
    words: str = "",
    meeting_id: str = "",
) -> str:
    """Enter that a meeting or the township settled a draft as it stands; returns the id.

    `body` is joint_meeting, committee_meeting or township. Raises NotFound, NotAllowed for a day to come.
    """
    notice = draft_of(session, notice_id)
    check_not_future(approved_on, act(session).today, "确定日期")
    wording = wording_of(notice)
    identity = same_id("notice_approval", notice_id, body, wording)
    if session.get(NoticeApproval, identity) is None:
        session.add(
            NoticeApproval(
                id=identity,
                notice_id=notice_id,
                body=Approval(body).value,
                approved_on=approved_on,
                approved_by=tidy(approved_by),
                wording=wording,
                words=tidy(words),
                meeting_id=meeting_id,
            )
        )
        session.flush()
    return identity


def note_seal(
    session: Session, *, notice_id: str, sealed_on: dt.date, signed_by: str, approved_by: str = "", many: int = 1
) -> str:
    """Enter that a final sheet was signed and sealed; the seal register writes itself. Returns the id.

    `many` are the impressions. Raises NotFound, NotAllowed for a draft, a day to come and an impossible number.
    """
    notice = published_of(session, notice_id)
    check_not_future(sealed_on, act(session).today, "用章日期")
    if not 1 <= many <= 200:
        raise NotAllowed(f"用章{many}次不对。", "请填实际盖了几个章。")
    signing = issuers(session)[Issuer(notice.issuer)]
    return note_seal_use(
        session,
        used_on=sealed_on,
        seal=signing.seal,
        purpose=f"《{notice.title}》{number_of(session, notice)}",
        many=many,
        signed_by=signed_by or signing.signer,
        approved_by=approved_by or signed_by or signing.signer,
        notice_id=notice_id,
    )


def note_seal_use(
    session: Session,
    *,
    used_on: dt.date,
    seal: str,
    purpose: str,
    many: int = 1,
    signed_by: str = "",
    approved_by: str = "",
    handled_by: str = "",
    notice_id: str = "",
) -> str:
    """Write a line of the seal register and return its id. Raises NotAllowed without purpose and for a day to come."""
    check_not_future(used_on, act(session).today, "用章日期")
    if not tidy(purpose) or not tidy(seal):
        raise NotAllowed("用章登记要写明用哪个章、为什么事。", "例如“村民委员会印章，为张大山开证明”。")
    use = SealUse(
        used_on=used_on,
        seal=tidy(seal),
        purpose=tidy(purpose),
        many=many,
        signed_by=tidy(signed_by),
        approved_by=tidy(approved_by),
        handled_by=tidy(handled_by) or _at_the_desk(session),
        notice_id=notice_id,
    )
    session.add(use)
    session.flush()
    return use.id


def _at_the_desk(session: Session) -> str:
    here = act(session).actor
    return next((one.name for one in operators(session) if one.id == here), "")


def archive_notice(
    session: Session, *, notice_id: str, archived_on: dt.date, archived_by: str = "", box: str = ""
) -> str:
    """Enter that the file copy was put away, with the PDF as it was posted and the scan where there is one.

    Raises NotFound; NotAllowed while it still hangs or was never posted: what hangs is not over.
    """
    notice = published_of(session, notice_id)
    check_not_future(archived_on, act(session).today, "归档日期")
    facts, days = facts_of(session, [notice_id])[notice_id], counting(session)
    states = [facts.state_on_board(one, NoticeKind(notice.kind), days) for one in facts.boards().values()]
    if not states:
        raise NotAllowed(
            f"《{notice.title}》还没有张贴过，不能归档。", "请先登记张贴；不张贴的，在任务里标为“不适用”。"
        )
    if not all(state.fulfilled for state in states):
        raise NotAllowed(f"《{notice.title}》还没有贴满撤下，不能归档。", "请先登记撤下；几个公开栏的，要都撤下。")
    identity = same_id("notice_archiving", notice_id)
    if session.get(NoticeArchiving, identity) is None:
        kept = attachments_of(session, of_table=NOTICE_TABLE, of_id=notice_id)
        scans = [each.blob for each in kept if each.kind in _SCANS]
        session.add(
            NoticeArchiving(
                id=identity,
                notice_id=notice_id,
                archived_on=archived_on,
                archived_by=tidy(archived_by),
                box=tidy(box),
                pdf_hash=facts.prints[-1].pdf_hash if facts.prints else "",
                scan_hash=scans[-1] if scans else "",
            )
        )
        session.flush()
    return identity


def draft_correction(session: Session, *, notice_id: str, reason: str, body: str = "") -> str:
    """Begin the numbered correction of a wrong final sheet, to hang beside it; returns the new draft's id.

    Raises NotFound, NotAllowed for a draft and without a reason.
    """
    wrong = published_of(session, notice_id)
    if not tidy(reason):
        raise NotAllowed("出更正要写明哪里错了。", "例如：预算应为46,000元，误写成64,000元。")
    return draft_notice(
        session,
        item=wrong.item,
        title=f"关于《{wrong.title}》的更正公告",
        body=_correction_text(session, wrong, tidy(reason), tidy(body)),
        kind=NoticeKind.ANNOUNCEMENT,
        issuer=wrong.issuer,
        column=wrong.column,
        source_room=wrong.source_room,
        source_id=wrong.source_id,
        code=wrong.code,
        period=wrong.period,
        corrects_id=notice_id,
        correction=reason,
    )


def _correction_text(session: Session, wrong: Notice, reason: str, body: str) -> str:
    posted = facts_of(session, [wrong.id])[wrong.id]
    days = [posted.day(each.id, each.posted_on) for each in posted.postings]
    when = f"{chinese_date(min(days))}张贴的" if days else ""
    number = number_of(session, wrong)
    named = (
        f"《{wrong.title}》（{number}）" if number and wrong.state == NoticeState.PUBLISHED else f"《{wrong.title}》"
    )
    more = f"\n{body}" if body else ""
    return f"{when}{named}有误，现更正如下：\n{reason}{more}\n原件继续张贴，以本更正为准。"
