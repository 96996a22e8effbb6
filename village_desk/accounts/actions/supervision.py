"""What the supervision committee did, booked by the clerk from its papers: monthly review, notes and their answers."""

import datetime as dt
import re

from sqlalchemy.orm import Session

from village_desk.accounts.records import FinanceReview, SupervisionNote
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.notices.lookups import reviewers
from village_desk.store.acts import act


def record_review(
    session: Session,
    *,
    month: str,
    held_on: dt.date,
    agreed_sheets: int,
    agreed_fen: int,
    refused: tuple[tuple[str, int, int, str], ...] = (),
    signers: tuple[str, ...] = (),
    words: str = "",
) -> str:
    """Book the 民主理财 of a month (2026-05) and return its id; booked again it is brought up to date.

    `refused` are (voucher, sheets, fen, reason), `signers` names as signed. Raises NotAllowed for a wrong month, a day
    to come, nobody who signed, a refusal without its reason, and once it was sealed.
    """
    here = act(session)
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise NotAllowed(f"“{month}”不是月份。", "请写成2026-05这样。")
    if held_on > here.today:
        raise NotAllowed(f"理财日期{chinese_date(held_on)}还没有到。", "请照审核记录上的日期填写。")
    if f"{held_on:%Y-%m}" < month:
        raise NotAllowed(f"{chinese_date(held_on)}还没到{month}，不能审{month}的凭证。", "请核对月份和日期。")
    if agreed_sheets < 0 or agreed_fen < 0 or any(one[1] < 0 or one[2] < 0 for one in refused):
        raise NotAllowed("张数和金额不能是负数。", "请照审核记录填写。")
    if agreed_sheets == 0 and not refused:
        raise NotAllowed("同意和不同意的都是零张。", "当月没有凭证的，在说明里写明，张数填1、金额填0。")
    unsaid = next((one for one in refused if not tidy(one[3])), None)
    if unsaid is not None:
        raise NotAllowed(f"凭证“{unsaid[0]}”不同意报销，还没有写理由。", "请照审核记录写明理由。")
    names = tuple(tidy(one) for one in signers if tidy(one))
    if not names:
        raise NotAllowed("还没有写参加审核签字的人。", "至少写一名村务监督委员会（民主理财小组）成员。")
    known = {name.partition("（")[0] for _, name in reviewers(session, on=held_on)}
    strangers = [one for one in names if known and one not in known]
    if strangers:
        raise NotAllowed(
            f"{strangers[0]}在{chinese_date(held_on)}不是村务监督委员会成员。", "请核对签字人；新选的成员请先登记任职。"
        )
    identity = same_id("finance_review", here.village, month)
    found = session.get(FinanceReview, identity)
    if found is None:
        found = FinanceReview(id=identity, month=month)
        session.add(found)
    elif found.sealed_on is not None and not found.retired:
        raise NotAllowed(f"{month}的理财记录已经盖章，不能再改。", "写错的，请在下个月的记录里说明更正。")
    found.retired = False
    found.held_on, found.agreed_sheets, found.agreed_fen = held_on, agreed_sheets, agreed_fen
    found.refused = tuple((tidy(one[0]), one[1], one[2], tidy(one[3])) for one in refused)
    found.signers, found.words = names, tidy(words)
    session.flush()
    return identity


def seal_review(session: Session, *, review_id: str, sealed_on: dt.date) -> None:
    """Book that the committee put its seal on a month's record; then it stays. Raises NotFound, NotAllowed."""
    found = session.get(FinanceReview, review_id)
    if found is None or found.retired:
        raise NotFound("找不到这个月的理财记录。", "请先登记民主理财。")
    if sealed_on > act(session).today or (found.held_on is not None and sealed_on < found.held_on):
        raise NotAllowed(f"盖章日期{chinese_date(sealed_on)}不对。", "盖章在审核以后、今天以前，请照实填写。")
    found.sealed_on = sealed_on
    session.flush()


def note_supervision(
    session: Session,
    *,
    noted_on: dt.date,
    subject: str,
    finding: str,
    request: str = "",
    due_on: dt.date | None = None,
    noted_by: str = "",
) -> str:
    """Book a finding of the committee and what it asks for; returns the id. Raises NotAllowed."""
    if noted_on > act(session).today:
        raise NotAllowed(f"{chinese_date(noted_on)}还没有到。", "请照监督记录上的日期填写。")
    if not tidy(subject) or not tidy(finding):
        raise NotAllowed("监督事项和发现的情况都要写。", "例如：村东水渠工程；发现两处接口渗水。")
    if due_on is not None and due_on < noted_on:
        raise NotAllowed(f"答复期限{chinese_date(due_on)}早于{chinese_date(noted_on)}。", "请核对期限。")
    note = SupervisionNote(
        noted_on=noted_on,
        subject=tidy(subject),
        finding=tidy(finding),
        request=tidy(request),
        due_on=due_on,
        noted_by=tidy(noted_by),
    )
    session.add(note)
    session.flush()
    return note.id


def answer_note(session: Session, *, note_id: str, answered_on: dt.date, answer: str, answered_by: str = "") -> None:
    """Book the answer to a finding. Raises NotFound, NotAllowed for an empty answer or a day before the finding."""
    note = session.get(SupervisionNote, note_id)
    if note is None or note.retired:
        raise NotFound("找不到这条监督记录。", "请刷新后再看。")
    if not tidy(answer):
        raise NotAllowed("还没写怎样答复的。", "请写明整改情况或理由。")
    if answered_on > act(session).today or (note.noted_on is not None and answered_on < note.noted_on):
        raise NotAllowed(f"答复日期{chinese_date(answered_on)}不对。", "答复在监督以后、今天以前，请照实填写。")
    note.answer, note.answered_on, note.answered_by = tidy(answer), answered_on, tidy(answered_by)
    session.flush()
