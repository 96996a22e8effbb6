"""From an open period to the wall: closing with every check, the duty and the draft, publication, corrections."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from village_desk.accounts.actions.entries import open_sheet
from village_desk.accounts.lookups import (
    ROOM,
    SheetDetail,
    check_code,
    closed_after,
    corrections_begun,
    corrections_of,
    debt_totals,
    earlier_unpublished,
    effective_state,
    entries_of,
    last_close,
    one_sheet,
    sheet_record,
)
from village_desk.accounts.records import AccountCorrection
from village_desk.accounts.rules.forms import sheet_form
from village_desk.accounts.rules.sums import (
    SheetState,
    Sums,
    check_amount,
    check_balance,
    check_follows,
    check_opening,
    check_precedes,
)
from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.money import capital_yuan, yuan
from village_desk.kit.text import chinese_date, tidy
from village_desk.notices import actions as notices
from village_desk.notices.lookups import PlanRow, notices_about, year_plan
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.notices.rules.life import NoticeState
from village_desk.store.acts import act

ITEM = "finance"
# The law says quarterly, and at once for what concerns everybody; the desk reminds on the fifteenth day.
REMINDER_DAYS = 15
LAW = "村民委员会组织法第三十五条"


@dataclass(frozen=True)
class Closed:
    """A closed sheet: its close in fen, the code over its lines, and the duty to publish it."""

    sheet_id: str
    close_fen: int
    check_code: str
    duty_id: str


def close_period(
    session: Session,
    *,
    sheet_id: str,
    close_fen: int,
    cash_fen: int | None = None,
    bank_fen: int | None = None,
    receipts_fen: int | None = None,
    payments_fen: int | None = None,
    opening_fen: int | None = None,
    prepared_by: str = "",
) -> Closed:
    """Close a period and open the duty to publish it; amounts in fen.

    The opening must be the last published close, opening + receipts − payments the close, cash + bank the close. For
    a sheet made elsewhere the sums are given here; for any other they are those of its lines. Raises NotFound;
    NotAllowed with the amounts and their difference, for a gap between periods, and while an earlier one waits.
    """
    sheet = open_sheet(session, sheet_id)
    assert sheet.from_on is not None
    assert sheet.until_on is not None
    if opening_fen is not None:
        sheet.opening_fen = check_amount(opening_fen, "期初")
    entries = entries_of(session, sheet_id, opening=sheet.opening_fen, day=sheet.until_on)
    if sheet.made_elsewhere:
        receipts, payments = receipts_fen or 0, payments_fen or 0
        if receipts < 0 or payments < 0:
            raise NotAllowed("收入和支出不能是负数。", "请照代理记账中心的公开表填写。")
    else:
        if not entries:
            raise NotAllowed(
                f"《{sheet.title}》还没有一笔收支。", "请先登记或导入；确实没有收支的，选“外来表”填四个数。"
            )
        receipts = sum(one.receipts for one in entries if one.counts)
        payments = sum(one.payments for one in entries if one.counts)
        below = next((one for one in entries if one.balance < 0), None)
        if below is not None:
            raise NotAllowed(
                f"第{below.line_no}笔“{below.words}”（{chinese_date(below.booked_on)}）以后余额是{yuan(below.balance)}元，"
                "不能是负数。",
                "请核对日期先后和漏记的收入。",
            )
    for amount, what in ((receipts, "收入"), (payments, "支出"), (close_fen, "期末")):
        check_amount(amount, what)
    waiting = earlier_unpublished(session, before=sheet.from_on)
    if waiting:
        raise NotAllowed(
            f"《{waiting[0].title}》还没有公布，这一期的期初定不下来。", "请先把前一期公布，再结这一期的账。"
        )
    last = last_close(session, before=sheet.from_on)
    check_follows(sheet.from_on, last)
    if last is not None:
        _refuse_waiting_correction(session, last.sheet_id, "这一期的期初定不下来")
    check_opening(sheet.opening_fen, last, sheet.opening_reason)
    check_balance(Sums(sheet.opening_fen, receipts, payments), close_fen, cash_fen, bank_fen)
    following = closed_after(session, day=sheet.until_on)
    if following is not None:
        check_precedes(
            sheet.until_on, close_fen, title=following.title, from_on=following.from_on, opening=following.opening
        )
    if (cash_fen is None or bank_fen is None) and not sheet.made_elsewhere:
        raise NotAllowed("还没有填现金和银行存款各多少。", "请对照现金盘点和银行对账单填写，两项相加等于期末结余。")
    sheet.receipts_fen, sheet.payments_fen, sheet.close_fen = receipts, payments, close_fen
    sheet.cash_fen, sheet.bank_fen = cash_fen, bank_fen
    sheet.prepared_by = tidy(prepared_by)
    sheet.claims_fen, sheet.debts_fen = debt_totals(session, on=sheet.until_on)
    sheet.closed_on, sheet.state = act(session).today, SheetState.CLOSED.value
    sheet.check_code = check_code(entries, sheet)
    session.flush()
    return Closed(sheet_id, close_fen, sheet.check_code, open_duty(session, sheet_id))


def reopen_period(session: Session, *, sheet_id: str) -> None:
    """Take back a closing; the draft notice is dropped. Raises NotFound, NotAllowed for a published sheet."""
    sheet = sheet_record(session, sheet_id)
    state = effective_state(session, sheet)
    if state is SheetState.PUBLISHED:
        raise NotAllowed(f"《{sheet.title}》已经公布，不能取消结账。", "发现错的，请点“出更正公告”，和原件贴在一起。")
    if state is SheetState.OPEN:
        raise NotAllowed(f"《{sheet.title}》还没有结账。", "直接修改即可。")
    for notice in notices_about(session, source_room=ROOM, source_id=sheet_id, on=act(session).today):
        notices.discard_draft(session, notice_id=notice.id)
    sheet.state, sheet.closed_on, sheet.check_code = SheetState.OPEN.value, None, ""
    session.flush()


def draft_sheet_notice(session: Session, *, sheet_id: str, issuer: str = Issuer.COMMITTEE) -> str:
    """Write the notice of a closed sheet, once, and return its id. Raises NotFound, NotAllowed."""
    detail = one_sheet(session, sheet_id)
    if detail.row.state is SheetState.OPEN:
        raise NotAllowed(f"《{detail.row.title}》还没有结账，不能公开。", "请先核对各笔，点“结账”。")
    if detail.notices:
        return detail.notices[0].id
    _refuse_altered(detail)
    return notices.draft_notice(
        session,
        item=ITEM,
        title=f"{detail.village}{detail.row.title}",
        body=notice_text(detail),
        kind=NoticeKind.PUBLICATION,
        issuer=issuer,
        column=NoticeClass.FINANCE,
        duty_id=open_duty(session, sheet_id),
        source_room=ROOM,
        source_id=sheet_id,
    )


def publish_sheet(
    session: Session,
    *,
    sheet_id: str,
    posting_from: dt.date,
    dated_on: dt.date | None = None,
    unmasked_reason: str = "",
) -> notices.Published:
    """Make a closed sheet and its notice final. Raises NotFound, NotAllowed for an altered or unreviewed one."""
    detail = one_sheet(session, sheet_id)
    _refuse_altered(detail)
    notice_id = draft_sheet_notice(session, sheet_id=sheet_id)
    done = notices.publish(
        session, notice_id=notice_id, posting_from=posting_from, dated_on=dated_on, unmasked_reason=unmasked_reason
    )
    sheet_record(session, sheet_id).state = SheetState.PUBLISHED.value
    session.flush()
    _answer_parts(session, sheet_id)
    return done


def correct_sheet(
    session: Session,
    *,
    sheet_id: str,
    reason: str,
    lines: tuple[tuple[str, str, str], ...],
    receipts_fen: int,
    payments_fen: int,
) -> str:
    """Write a numbered correction of a published period with its draft notice; returns the notice's id.

    `lines` are (place, was, should be) in words, the sums those that should have stood there, in fen. The published
    sheet stays as it is; the next period opens with the corrected close once the correction is published. Raises
    NotFound; NotAllowed without reason or lines, for a sheet that is not published, or while another one waits.
    """
    detail = one_sheet(session, sheet_id)
    if detail.row.state is not SheetState.PUBLISHED:
        raise NotAllowed(f"《{detail.row.title}》还没有公布，不用出更正公告。", "请取消结账后直接改。")
    told = tuple((tidy(place), tidy(was), tidy(now)) for place, was, now in lines if tidy(place))
    if not tidy(reason) or not told:
        raise NotAllowed(
            "更正公告要写明哪一处、原来是什么、应为什么，还有原因。", "例如：第12笔，原为1,200.00元，应为1,020.00元。"
        )
    earlier = detail.corrections
    _refuse_waiting_correction(session, sheet_id, "不能再出下一号")
    number = len(earlier) + 1
    was = earlier[-1].close if earlier else detail.row.close
    close = detail.row.opening + receipts_fen - payments_fen
    for amount, what in ((receipts_fen, "收入"), (payments_fen, "支出"), (close, "期末")):
        check_amount(amount, what)
    if close < 0:
        raise NotAllowed(f"更正后的期末是{yuan(close)}元，不能是负数。", "请核对更正后的收入和支出合计。")
    following = closed_after(session, day=detail.row.until_on)
    if following is not None and close != was:
        raise NotAllowed(
            f"更正后期末是{yuan(close)}元，可是《{following.title}》已经以{yuan(following.opening)}元为期初结了账。",
            "还没有公布的，请先取消那一期的结账；已经公布的，请在正在编制的一期里补记差额，摘要里写明更正哪一期。",
        )
    # One that was dropped before it hung keeps its record; the number goes to the next.
    identity = same_id("account_correction", sheet_id, str(corrections_begun(session, sheet_id) + 1))
    if session.get(AccountCorrection, identity) is None:
        session.add(
            AccountCorrection(
                id=identity,
                sheet_id=sheet_id,
                number=number,
                reason=tidy(reason),
                lines=told,
                receipts_fen=receipts_fen,
                payments_fen=payments_fen,
                close_was_fen=was,
                close_fen=close,
            )
        )
        session.flush()
    return notices.draft_notice(
        session,
        item=ITEM,
        title=f"{detail.village}关于《{detail.row.title}》的更正公告（第{number}号）",
        body=correction_text(detail, number, tidy(reason), told, was, close),
        kind=NoticeKind.ANNOUNCEMENT,
        issuer=detail.notices[0].issuer if detail.notices else Issuer.COMMITTEE,
        column=NoticeClass.FINANCE,
        source_room=ROOM,
        source_id=identity,
        corrects_id=published_notice(session, sheet_id),
        correction=tidy(reason),
    )


def notice_text(detail: SheetDetail) -> str:
    """The body of a finance notice: sums in figures and 大写, cash, bank, claims, debts, the code over the lines."""
    row, sums = detail.row, detail.sums
    form = sheet_form(row.form.code)
    if not row.is_ledger:
        return (
            f"现将{row.title}公开如下，共{len(detail.rows)}项，明细见附表。\n"
            f"本表数据截至{chinese_date(row.until_on)}，附表校验码{detail.check_code}。"
        )
    counted = [one for one in detail.entries if one.counts]
    voided = len(detail.entries) - len(counted)
    receipts, payments = sum(one.receipts != 0 for one in counted), sum(one.payments != 0 for one in counted)
    lines = [
        f"现将{chinese_date(row.from_on)}至{chinese_date(row.until_on)}财务收支公开如下。",
        f"一、上期结余{yuan(sums.opening)}元。",
        f"二、本期收入{yuan(sums.receipts)}元{f'，共{receipts}笔' if counted else ''}。",
        f"三、本期支出{yuan(sums.payments)}元{f'，共{payments}笔' if counted else ''}。",
        f"四、期末结余{yuan(sums.close)}元（{capital_yuan(sums.close)}）"
        + (
            f"，其中库存现金{yuan(detail.cash)}元，银行存款{yuan(detail.bank)}元。"
            if detail.cash is not None and detail.bank is not None
            else "。"
        ),
    ]
    if detail.claims is not None and detail.debts is not None and (detail.claims or detail.debts):
        lines.append(f"五、债权余额{yuan(detail.claims)}元，债务余额{yuan(detail.debts)}元。")
    told = f"，作废{voided}笔照列并注明原因" if voided else ""
    where = "代理记账单位编制的公开表附后" if row.made_elsewhere else f"逐笔明细见附表{told}"
    lines.append(f"{where}。附表校验码{detail.check_code}，{form.title}的每一处改动都会使校验码不同。")
    return "\n".join(lines)


def correction_text(
    detail: SheetDetail, number: int, reason: str, lines: tuple[tuple[str, str, str], ...], was: int, close: int
) -> str:
    """The body of a correction: which sheet, each place as it was and as it should be, and the close."""
    told = [
        f"《{detail.row.title}》已经公布的内容有{len(lines)}处错误，现予更正（第{number}号）。原公布件不撤换，一并张贴。"
    ]
    told += [f"{at}、{place}：原为{old}，应为{new}。" for at, (place, old, new) in enumerate(lines, start=1)]
    if was != close:
        told.append(f"更正后期末结余由{yuan(was)}元变为{yuan(close)}元（{capital_yuan(close)}），下一期以此数为期初。")
    else:
        told.append(f"期末结余{yuan(close)}元不变。")
    told.append(f"更正原因：{reason}。" if not reason.endswith("。") else f"更正原因：{reason}")
    return "\n".join(told)


def _refuse_waiting_correction(session: Session, sheet_id: str, consequence: str) -> None:
    waiting = next((one for one in corrections_of(session, sheet_id) if not one.published), None)
    if waiting is not None:
        title = sheet_record(session, sheet_id).title
        raise NotAllowed(
            f"《{title}》第{waiting.number}号更正公告还没有公布，{consequence}。", "请先在“公开公示”里把它公布或删掉。"
        )


def _refuse_altered(detail: SheetDetail) -> None:
    if detail.is_altered:
        raise NotAllowed(
            f"《{detail.row.title}》结账以后明细有变动（结账时校验码{detail.check_code}，现在{detail.check_code_now}）。",
            "可能是另一台电脑改过。请取消结账，核对后重新结账。",
        )


def open_duty(session: Session, sheet_id: str) -> str:
    """The duty to publish a closed sheet: the catalogue's turn of its period, else one fifteen days after its end."""
    sheet = sheet_record(session, sheet_id)
    assert sheet.until_on is not None
    turn = next((one for one in _turns(session, sheet.until_on) if one.code == sheet.form), None)
    if turn is not None:
        return notices.take_up_turn(session, code=turn.code, period=turn.period, year=sheet.until_on.year)
    return notices.add_duty(
        session,
        item=ITEM,
        about=sheet.title,
        source_room=ROOM,
        source_id=sheet_id,
        due_on=sheet.until_on + dt.timedelta(days=REMINDER_DAYS),
        kind=NoticeKind.PUBLICATION,
        legal_ref=LAW,
    )


def _turns(session: Session, until_on: dt.date) -> list[PlanRow]:
    """What the catalogue wants of the period that ended on a day."""
    plan = year_plan(session, year=until_on.year, on=act(session).today)
    return [row for row in plan.rows if row.opens_on == until_on + dt.timedelta(days=1)]


def _answer_parts(session: Session, sheet_id: str) -> None:
    """A ledger's summary, receipts and payments are turns of their own, and hang as parts of the same sheet."""
    sheet = sheet_record(session, sheet_id)
    assert sheet.until_on is not None
    for turn in _turns(session, sheet.until_on):
        if turn.code in sheet.parts and turn.code != sheet.form and turn.open and not turn.notice_id:
            reason = f"随《{sheet.title}》一并公开"
            notices.waive_turn(session, code=turn.code, period=turn.period, year=sheet.until_on.year, reason=reason)


def published_notice(session: Session, sheet_id: str) -> str:
    """The id of the final notice of a sheet. Raises NotAllowed while there is none."""
    for notice in notices_about(session, source_room=ROOM, source_id=sheet_id, on=act(session).today):
        if notice.state is NoticeState.PUBLISHED:
            return notice.id
    raise NotAllowed("这张公开表还没有编号定稿。", "请先点“编号定稿”，打印盖章后再张贴。")
