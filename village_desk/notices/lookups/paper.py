"""What a sheet says when it prints: number, issuer, period, law, review, objections, code."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.notices.lookups.facts import Facts, unpacked_terms
from village_desk.notices.lookups.issuers import issuers
from village_desk.notices.lookups.rows import SheetPaper
from village_desk.notices.lookups.terms import counting, terms_on
from village_desk.notices.records import Notice
from village_desk.notices.rules.days import UNIT_WORDS, Terms
from village_desk.notices.rules.kinds import KIND_WORDS, Issuer, NoticeKind, cited, official_number
from village_desk.notices.rules.life import OPINION_WORDS, NoticeState, Opinion
from village_desk.rulebook.rules import Approval
from village_desk.store.acts import act


def number_of(session: Session, notice: Notice, marks: Mapping[Issuer, str] | None = None) -> str:
    """The official number in words; 待编号 without one, "" while a draft.

    `marks` are the letters of the issuers where they are at hand. A sheet made elsewhere bears its own number.
    """
    if notice.state != NoticeState.PUBLISHED or (notice.year is None and not notice.origin):
        return ""
    if notice.origin:
        return notice.own_number
    issuer = Issuer(notice.issuer)
    # Letters changed later leave the numbers that were given alone.
    mark = notice.mark or (marks[issuer] if marks is not None else issuers(session)[issuer].mark)
    assert notice.year is not None
    return official_number(issuer, act(session).village_name, notice.year, notice.number, mark)


def approval_words(body: str) -> str:
    """村“两委”联席会议 …: the body that settled a sheet."""
    return Approval(body).words if body in set(Approval) else body


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


def paper_of(session: Session, notice: Notice, facts: Facts, hung: tuple[tuple[str, str, str, str], ...]) -> SheetPaper:
    """All that the printed sheet says."""
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
    signing = issuers(session)[issuer]
    approval = ""
    if facts.approvals:
        settled = facts.approvals[-1]
        approval = f"{approval_words(settled.body)}{chinese_date(settled.approved_on or dt.date.min)}确定"
    village = act(session).village_name
    return SheetPaper(
        notice.title,
        kind,
        number_of(session, notice, {issuer: signing.mark}),
        village,
        issuer,
        notice.issuer_name or signing.full_name,
        notice.body,
        tuple((act_words, cited(law)) for act_words, law in notice.grounds),
        cited(longest.legal_ref, longest.law_version) if longest is not None and longest.legal_ref else "",
        review,
        KIND_WORDS[kind].period,
        period,
        _objection_line(kind, longest, notice.issuer_name or signing.full_name),
        tuple((whose, number) for whose, number in notice.phones),
        notice.dated_on,
        seal.code if seal is not None else "",
        seal.text if seal is not None else "",
        notice.state != NoticeState.PUBLISHED,
        notice.id,
        notice.correction,
        signing.seal,
        signing.signer,
        approval,
        hung,
    )


def _objection_line(kind: NoticeKind, terms: Terms | None, issuer: str) -> str:
    if not KIND_WORDS[kind].takes_objections:
        return ""
    if terms is None or not terms.objection_days:
        return f"公示期内如有异议，请以书面或口头形式实名向{issuer}反映。"
    days = f"{terms.objection_days}{UNIT_WORDS[terms.unit]}"
    return f"如有异议，请在张贴之日起{days}内，以书面或口头形式实名向{issuer}或者村务监督委员会反映。"
