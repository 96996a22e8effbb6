"""Periods and their lines: begun, entered, pasted, imported, put right and voided while the period is open."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.accounts.actions.reading import EntryReading, NewEntry
from village_desk.accounts.lookups import effective_state, expected_opening, last_close, sheet_record
from village_desk.accounts.records import AccountEntry, AccountSheet, ColumnMap
from village_desk.accounts.rules.forms import LEDGER, Side, category_of, category_side
from village_desk.accounts.rules.sums import SheetState, check_amount, check_entry, check_opening, check_period
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, tidy
from village_desk.store.acts import act, add_many, edit, retire, retire_many

_QUARTERS = {1: "一", 4: "二", 7: "三", 10: "四"}


def begin_period(
    session: Session,
    *,
    from_on: dt.date,
    until_on: dt.date,
    title: str = "",
    opening_fen: int | None = None,
    opening_reason: str = "",
    made_elsewhere: bool = False,
) -> str:
    """Begin the finance sheet of a period and return its id; amounts in fen.

    Without an opening it is the last published close (农村集体经济组织财务公开规定; a change needs a correction).
    `made_elsewhere` is for a sheet that the agency made: only its sums are entered, when it is closed.
    Raises NotAllowed for dates that run backwards, a period that is there already, or an opening that is not the last
    published close.
    """
    check_period(from_on, until_on)
    words = tidy(title) or f"{period_words(from_on, until_on)}财务收支公开"
    overlapping = session.scalars(
        select(AccountSheet).where(
            AccountSheet.retired.is_(False),
            AccountSheet.form == LEDGER,
            AccountSheet.from_on <= until_on,
            AccountSheet.until_on >= from_on,
        )
    ).first()
    if overlapping is not None:
        assert overlapping.from_on is not None
        assert overlapping.until_on is not None
        raise NotAllowed(
            f"{chinese_date(overlapping.from_on)}至{chinese_date(overlapping.until_on)}的《{overlapping.title}》已经有了，"
            "两期不能重叠。",
            "请打开那一期接着编，或改起止日期。",
        )
    expected = expected_opening(session, from_on=from_on)
    if opening_fen is not None and expected is None:
        check_opening(check_amount(opening_fen, "期初"), None, tidy(opening_reason))
    elif opening_fen is not None and expected is not None and opening_fen != expected[0]:
        check_opening(opening_fen, last_close(session, before=from_on), "")
    sheet = AccountSheet(
        form=LEDGER,
        title=words,
        from_on=from_on,
        until_on=until_on,
        made_elsewhere=made_elsewhere,
        opening_fen=expected[0] if opening_fen is None and expected is not None else opening_fen or 0,
        opening_reason=tidy(opening_reason),
        parts=("F01",) if made_elsewhere else ("F02", "F01", "F03", "F04"),
    )
    session.add(sheet)
    session.flush()
    return sheet.id


def edit_period(
    session: Session,
    *,
    sheet_id: str,
    seen: str,
    title: str,
    from_on: dt.date,
    until_on: dt.date,
    opening_fen: int,
    opening_reason: str = "",
) -> None:
    """Change title, dates or opening while the period is open; what must hold is checked when it is closed.

    Raises NotFound, NotAllowed for a closed period or for lines that would lie outside.
    """
    sheet = open_sheet(session, sheet_id)
    check_period(from_on, until_on)
    first, last = session.execute(
        select(func.min(AccountEntry.booked_on), func.max(AccountEntry.booked_on)).where(
            AccountEntry.sheet_id == sheet_id, AccountEntry.retired.is_(False)
        )
    ).one()
    if first is not None and last is not None and (first < from_on or last > until_on):
        raise NotAllowed(
            f"已登记的账从{chinese_date(first)}到{chinese_date(last)}，改后的期间包不住。", "请先核对起止日期。"
        )
    edit(
        session,
        sheet,
        seen=seen,
        title=tidy(title) or sheet.title,
        from_on=from_on,
        until_on=until_on,
        opening_fen=check_amount(opening_fen, "期初"),
        opening_reason=tidy(opening_reason),
    )


def add_entry(
    session: Session,
    *,
    sheet_id: str,
    booked_on: dt.date,
    words: str,
    receipts_fen: int = 0,
    payments_fen: int = 0,
    voucher: str = "",
    category: str = "",
    handler: str = "",
    approver: str = "",
    purpose: str = "",
    note: str = "",
    decision_id: str = "",
    decision_no: str = "",
) -> str:
    """Enter one line and return its id; amounts in fen, one of the two. Raises NotFound, NotAllowed."""
    sheet = open_sheet(session, sheet_id)
    new = NewEntry(booked_on, words, receipts_fen, payments_fen, voucher, category, handler, approver, purpose, note)
    values = _values(sheet, new, "这一笔")
    (identity,) = add_many(
        session,
        AccountEntry,
        [
            {
                **values,
                "line_no": _last_line(session, sheet_id) + 1,
                "decision_id": decision_id,
                "decision_no": decision_no,
            }
        ],
    )
    return identity


def edit_entry(
    session: Session,
    *,
    entry_id: str,
    seen: str,
    booked_on: dt.date,
    words: str,
    receipts_fen: int = 0,
    payments_fen: int = 0,
    voucher: str = "",
    category: str = "",
    handler: str = "",
    approver: str = "",
    purpose: str = "",
    note: str = "",
    decision_id: str = "",
    decision_no: str = "",
) -> None:
    """Put a line right while its period is open. Raises NotFound, NotAllowed."""
    entry = _entry(session, entry_id)
    sheet = open_sheet(session, entry.sheet_id)
    new = NewEntry(booked_on, words, receipts_fen, payments_fen, voucher, category, handler, approver, purpose, note)
    values = _values(sheet, new, "这一笔")
    values.pop("sheet_id")
    edit(session, entry, seen=seen, **values, decision_id=decision_id, decision_no=decision_no)


def void_entry(session: Session, *, entry_id: str, reason: str) -> None:
    """Void a line: it stays to be seen with its reason and counts for nothing. Raises NotFound, NotAllowed."""
    entry = _entry(session, entry_id)
    open_sheet(session, entry.sheet_id)
    if not tidy(reason):
        raise NotAllowed("作废要写明原因。", "例如“凭证重复”“退回重开发票”。")
    if entry.void_reason:
        raise NotAllowed(f"“{entry.words}”已经作废，原因是“{entry.void_reason}”。", "要恢复的，请点“恢复这一笔”。")
    entry.void_reason, entry.voided_on = tidy(reason), act(session).today
    session.flush()


def restore_entry(session: Session, *, entry_id: str) -> None:
    """Let a voided line count again. Raises NotFound, NotAllowed for a closed period."""
    entry = _entry(session, entry_id)
    open_sheet(session, entry.sheet_id)
    entry.void_reason, entry.voided_on = "", None
    session.flush()


def drop_entry(session: Session, *, entry_id: str) -> None:
    """Take out a line that was typed by mistake, while its period is open; undo brings it back. Raises NotFound."""
    entry = _entry(session, entry_id)
    open_sheet(session, entry.sheet_id)
    retire(session, entry)


def drop_period(session: Session, *, sheet_id: str) -> None:
    """Drop an open period with its lines; undo brings it back. Raises NotFound, NotAllowed when it is closed."""
    sheet = open_sheet(session, sheet_id)
    lines = select(AccountEntry.id).where(AccountEntry.sheet_id == sheet_id, AccountEntry.retired.is_(False))
    retire_many(session, AccountEntry, session.scalars(lines).all())
    retire(session, sheet)


def take_in_entries(session: Session, *, sheet_id: str, reading: EntryReading) -> int:
    """Take in what was read from a workbook or a paste, all of it or nothing; returns how many lines.

    The heads are remembered. Raises NotAllowed naming the first wrong cell, for a table without its columns, and for
    lines that are here already.
    """
    sheet = open_sheet(session, sheet_id)
    if not reading.is_mapped:
        known = "、".join(words for words in reading.head if words)
        raise NotAllowed(f"还不知道哪一列是摘要、收入、支出。表头是：{known}。", "请在导入窗口里逐列指明，只要指一次。")
    if reading.problems:
        more = (
            f"共有{len(reading.problems)}处要改，改好再导入，现在一笔也没有导入。" if len(reading.problems) > 1 else ""
        )
        raise NotAllowed(f"{reading.source}：{reading.problems[0]}", more or "改好再导入，现在一笔也没有导入。")
    if not reading.entries:
        raise NotAllowed(f"{reading.source}里没有一笔收支。", "请核对是不是选错了表。")
    if reading.opening_fen is not None and reading.opening_fen != sheet.opening_fen:
        raise NotAllowed(
            f"{reading.source}里的期初是{yuan(reading.opening_fen)}元，这一期的期初是{yuan(sheet.opening_fen)}元，"
            f"差{yuan(abs(reading.opening_fen - sheet.opening_fen))}元。",
            "请和代理记账中心核对；上期公布错了的，先出更正公告。",
        )
    here = {
        tuple(one)
        for one in session.execute(
            select(
                AccountEntry.booked_on,
                AccountEntry.voucher,
                AccountEntry.words,
                AccountEntry.receipts_fen,
                AccountEntry.payments_fen,
            ).where(AccountEntry.sheet_id == sheet_id, AccountEntry.retired.is_(False))
        )
    }
    rows = [_values(sheet, one, f"第{number}笔") for number, one in enumerate(reading.entries, start=1)]
    keys = ("booked_on", "voucher", "words", "receipts_fen", "payments_fen")
    again = sum(tuple(row[key] for key in keys) in here for row in rows) if here else 0
    if again:
        raise NotAllowed(
            f"{reading.source}里有{again}笔和已经登记的完全一样，像是导入过了，这次一笔也没有导入。",
            "请核对；要整张重来的，先删掉这一期里原有的各笔。",
        )
    first = _last_line(session, sheet_id)
    for number, row in enumerate(rows, start=first + 1):
        row["line_no"] = number
    add_many(session, AccountEntry, rows)
    _remember(session, reading)
    return len(rows)


def open_sheet(session: Session, sheet_id: str) -> AccountSheet:
    """The record of a sheet that is still being filled. Raises NotFound, NotAllowed."""
    sheet = sheet_record(session, sheet_id)
    state = effective_state(session, sheet)
    if state is SheetState.PUBLISHED:
        raise NotAllowed(f"《{sheet.title}》已经公布，不能再改。", "发现错的，请点“出更正公告”，和原件贴在一起。")
    if state is SheetState.CLOSED:
        raise NotAllowed(f"《{sheet.title}》已经结账，内容已锁定。", "还没有公布的，请点“取消结账”再改。")
    return sheet


def period_words(from_on: dt.date, until_on: dt.date) -> str:
    """2026年第二季度, 2026年5月, 2026年, or both days."""
    months = (until_on.year - from_on.year) * 12 + until_on.month - from_on.month + 1
    whole = from_on.day == 1 and (until_on + dt.timedelta(days=1)).day == 1
    if whole and months == 1:
        return f"{from_on.year}年{from_on.month}月"
    if whole and months == 3 and from_on.month in _QUARTERS:
        return f"{from_on.year}年第{_QUARTERS[from_on.month]}季度"
    if whole and months == 12 and from_on.month == 1:
        return f"{from_on.year}年"
    return f"{chinese_date(from_on)}至{chinese_date(until_on)}"


def _values(sheet: AccountSheet, new: NewEntry, where: str) -> dict[str, object]:
    words = tidy(new.words)
    if not words:
        raise NotAllowed(f"{where}没有摘要。", "请写明是什么钱，例如“支付保洁员5月报酬”。")
    check_entry(new.receipts_fen, new.payments_fen, where)
    assert sheet.from_on is not None
    assert sheet.until_on is not None
    if not sheet.from_on <= new.booked_on <= sheet.until_on:
        raise NotAllowed(
            f"{where}的日期{chinese_date(new.booked_on)}不在本期"
            f"{chinese_date(sheet.from_on)}至{chinese_date(sheet.until_on)}之内。",
            "请核对日期；不是本期的，记到它那一期里。",
        )
    side = Side.RECEIPTS if new.receipts_fen else Side.PAYMENTS
    category = new.category or category_of("", words, side, new.booked_on)
    if category_side(category) is not side:
        raise NotAllowed(f"{where}的收支类别和金额对不上。", "收入选收入的类别，支出选支出的类别。")
    return {
        "sheet_id": sheet.id,
        "booked_on": new.booked_on,
        "voucher": tidy(new.voucher),
        "words": words,
        "category": category,
        "receipts_fen": new.receipts_fen,
        "payments_fen": new.payments_fen,
        "handler": tidy(new.handler),
        "approver": tidy(new.approver),
        "purpose": tidy(new.purpose),
        "note": tidy(new.note),
    }


def _remember(session: Session, reading: EntryReading) -> None:
    identity = same_id("account_column_map", *reading.head)
    known = session.get(ColumnMap, identity)
    if known is None:
        session.add(ColumnMap(id=identity, head=reading.head, columns=reading.columns))
    elif tuple(known.columns) != reading.columns:
        known.columns = reading.columns
    session.flush()


def _entry(session: Session, entry_id: str) -> AccountEntry:
    found = session.get(AccountEntry, entry_id)
    if found is None or found.retired:
        raise NotFound("找不到这一笔。", "它可能已经删掉，请刷新后再看。")
    return found


def _last_line(session: Session, sheet_id: str) -> int:
    return session.scalar(select(func.max(AccountEntry.line_no)).where(AccountEntry.sheet_id == sheet_id)) or 0
