"""From draft to published sheet: wording, cover for private numbers, number, terms and the signed code."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.notices.actions.series import holds_series
from village_desk.notices.lookups import (
    NOT_FOUND,
    complaint_phones,
    counting,
    demands_on,
    facts_of,
    issuers,
    number_of,
    terms_on,
    wording_of,
)
from village_desk.notices.records import Notice, NoticeSeal, UnmaskedUse
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind, next_number
from village_desk.notices.rules.life import NoticeState, check_approval, check_publish, review_expected
from village_desk.notices.rules.privacy import KIND_NAMES, FindingKind, check_wall_text, masked, scan
from village_desk.store.acts import act, amend, edit, public_checkpoint, retire


@dataclass(frozen=True)
class Published:
    """A sheet that has become final: its number in words, the last day that it prints, its check code."""

    notice_id: str
    number: str
    posting_from: dt.date
    posting_until: dt.date
    code: str


def draft_notice(
    session: Session,
    *,
    item: str,
    title: str,
    body: str,
    kind: str = NoticeKind.PUBLICATION,
    issuer: str = Issuer.COMMITTEE,
    column: str = NoticeClass.VILLAGE,
    grounds: tuple[tuple[str, str], ...] = (),
    duty_id: str = "",
    source_room: str = "",
    source_id: str = "",
    review_first: bool | None = None,
    code: str = "",
    period: str = "",
    corrects_id: str = "",
    correction: str = "",
) -> str:
    """Begin a sheet and return its id.

    `grounds` are pairs (act with its day, article in force on that day) that the sheet cites. `review_first` is
    whether the supervision committee reads it before it gets its number; without an answer the place's rows decide,
    then the issuer. Raises NotAllowed without a title.
    """
    _check_words(title)
    demanded = demands_on(session, item, act(session).today).review_first
    expected = review_expected(Issuer(issuer)) if demanded is None else demanded
    wanted = expected if review_first is None else review_first or bool(demanded)
    notice = Notice(
        kind=NoticeKind(kind).value,
        item=item,
        column=NoticeClass(column).value,
        issuer=Issuer(issuer).value,
        title=tidy(title),
        body=tidy(body),
        grounds=tuple((tidy(words), tidy(law)) for words, law in grounds),
        duty_id=duty_id,
        source_room=source_room,
        source_id=source_id,
        review_first=wanted,
        code=code,
        period=period,
        corrects_id=corrects_id,
        correction=tidy(correction),
    )
    session.add(notice)
    session.flush()
    return notice.id


def edit_draft(
    session: Session,
    *,
    notice_id: str,
    seen: str,
    title: str,
    body: str,
    kind: str,
    issuer: str,
    review_first: bool,
    item: str = "",
    column: str = "",
) -> None:
    """Change a draft on the ground of what the clerk saw; without `item` or `column` these stay.

    Raises NotFound, NotAllowed for a published sheet.
    """
    _check_words(title)
    notice = draft_of(session, notice_id)
    edit(
        session,
        notice,
        seen=seen,
        title=tidy(title),
        body=tidy(body),
        kind=NoticeKind(kind).value,
        issuer=Issuer(issuer).value,
        review_first=review_first,
        item=item or notice.item,
        column=NoticeClass(column or notice.column).value,
    )


def mask_draft(session: Session, *, notice_id: str) -> int:
    """Cover every private number, illness and kind of disability in a draft; returns how many were covered."""
    notice = draft_of(session, notice_id)
    duty_phones = _duty_phones(session)
    in_title, in_body = (scan(text, duty_phones=duty_phones) for text in (notice.title, notice.body))
    if in_title or in_body:
        notice.title = masked(notice.title, in_title)
        notice.body = masked(notice.body, in_body)
        session.flush()
    return len(in_title) + len(in_body)


def discard_draft(session: Session, *, notice_id: str) -> None:
    """Drop a draft; it can be brought back by undo. Raises NotFound, NotAllowed for a published sheet."""
    retire(session, draft_of(session, notice_id))


def publish(
    session: Session,
    *,
    notice_id: str,
    posting_from: dt.date,
    dated_on: dt.date | None = None,
    unmasked_reason: str = "",
) -> Published:
    """Make a draft final: private numbers refused, review demanded, number, terms and code given.

    `posting_from` is the day on which it is to be posted, which its printed period begins with; `dated_on` is the
    date under the text (the same day without an answer). Raises NotFound, NotAllowed.
    """
    notice = draft_of(session, notice_id)
    wording = wording_of(notice)
    if not notice.body:
        raise NotAllowed(f"《{notice.title}》还没有正文。", "请写好内容再编号定稿。")
    duty_phones = _duty_phones(session)
    texts = (notice.title, notice.body, *(words for words, _ in notice.grounds))
    for text in texts:
        check_wall_text(text, reason=unmasked_reason, duty_phones=duty_phones)
    left = [one for text in texts for one in scan(text, duty_phones=duty_phones)]
    facts, demands = facts_of(session, [notice_id])[notice_id], demands_on(session, notice.item, posting_from)
    review_first = notice.review_first or bool(demands.review_first)
    check_publish(notice.title, facts.review_facts(), wording, review_first=review_first)
    settled = tuple(each.wording for each in facts.approvals)
    check_approval(notice.title, settled, wording, demands.approval.words)
    rows, days = terms_on(session, notice.item, posting_from), counting(session)
    until = max(days.last_day(posting_from, row.days, row) for row in rows)
    dated = dated_on or posting_from
    number, phones = _next_number(session, Issuer(notice.issuer), dated.year), complaint_phones(session)
    signing = issuers(session)[Issuer(notice.issuer)]
    # One flush writes all of it, so that the freeze carries the whole sheet.
    notice.year, notice.number, notice.mark, notice.phones = dated.year, number, signing.mark, phones
    notice.issuer_name = signing.full_name
    notice.dated_on, notice.posting_from, notice.posting_until = dated, posting_from, until
    notice.terms = tuple(row.packed() for row in rows)
    notice.unmasked_reason = tidy(unmasked_reason)
    notice.state = NoticeState.PUBLISHED.value
    session.flush()
    if left:
        log_unmasked(session, notice_id, [one.kind for one in left], unmasked_reason)
    checkpoint = public_checkpoint(session)
    session.add(
        NoticeSeal(
            notice_id=notice_id,
            number=checkpoint.number,
            head=checkpoint.head,
            signature=checkpoint.signature,
            code=checkpoint.code,
            text=checkpoint.text,
        )
    )
    session.flush()
    return Published(notice_id, number_of(session, notice), posting_from, until, checkpoint.code)


def log_unmasked(session: Session, notice_id: str, kinds: list[FindingKind], reason: str) -> None:
    """Note that private things were left uncovered on a sheet: which kinds, how many, why, and who did it."""
    here = act(session)
    names = "、".join(dict.fromkeys(KIND_NAMES[kind] for kind in kinds))
    session.add(
        UnmaskedUse(
            notice_id=notice_id,
            used_on=here.today,
            used_by=here.actor,
            kinds=names,
            many=len(kinds),
            reason=tidy(reason),
        )
    )
    session.flush()


def give_number(session: Session, *, notice_id: str) -> str:
    """Give a published sheet its number on the laptop that holds the series; returns it in words.

    Raises NotFound, NotAllowed where the sheet has one or the series is kept on another laptop.
    """
    notice = notice_of(session, notice_id)
    if notice.state != NoticeState.PUBLISHED or notice.year is None:
        raise NotAllowed(f"《{notice.title}》还是草稿。", "请先点“编号定稿”。")
    if notice.number is not None:
        raise NotAllowed(f"《{notice.title}》已经有文号{number_of(session, notice)}。", "文号给出后不再改。")
    number = _next_number(session, Issuer(notice.issuer), notice.year)
    if number is None:
        raise NotAllowed("本村的文号由另一台电脑编。", "请在那台电脑上打开这张公开内容，点“编号”。")
    amend(session, notice, number=number)
    return number_of(session, notice)


def notice_of(session: Session, notice_id: str) -> Notice:
    """The record of a notice. Raises NotFound."""
    notice = session.get(Notice, notice_id)
    if notice is None or notice.retired:
        raise NotFound(*NOT_FOUND)
    return notice


def draft_of(session: Session, notice_id: str) -> Notice:
    """The record of a draft. Raises NotFound, NotAllowed for a published sheet."""
    notice = notice_of(session, notice_id)
    if notice.state == NoticeState.PUBLISHED:
        raise NotAllowed(
            f"《{notice.title}》已经编号定稿，内容不能再改。", "内容有错的，请另出一张更正公告，和原件贴在一起。"
        )
    return notice


def _check_words(title: str) -> None:
    if not tidy(title):
        raise NotAllowed("还没有标题。", "请写标题，例如“关于村东排水渠修缮的决议公告”。")


def _next_number(session: Session, issuer: Issuer, year: int) -> int | None:
    taken = session.scalar(
        select(func.max(Notice.number)).where(
            Notice.issuer == issuer.value, Notice.year == year, Notice.village == act(session).village
        )
    )
    return next_number((taken,) if taken else (), holds_series=holds_series(session))


def _duty_phones(session: Session) -> frozenset[str]:
    return frozenset(number for _, number in complaint_phones(session))
