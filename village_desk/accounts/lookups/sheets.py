"""Finance sheets with their entries, sums, last published close and notices."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.accounts.lookups.rows import CategorySum, CorrectionRow, EntryRow, SheetDetail, SheetRow
from village_desk.accounts.records import AccountCorrection, AccountEntry, AccountSheet, ColumnMap
from village_desk.accounts.rules.forms import LEDGER, Side, categories_on, category_name, category_side, sheet_form
from village_desk.accounts.rules.sums import STATE_WORDS, LastClose, SheetState, Sums
from village_desk.kit.errors import NotFound
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.notices.lookups import notices_about
from village_desk.notices.records import Notice
from village_desk.notices.rules.life import NoticeState
from village_desk.store.acts import act, seen

ROOM = "accounts"
NO_SHEET = ("找不到这张财务公开表。", "它可能还在另一台电脑上，请先导入上报包或备份。")


def all_sheets(session: Session) -> tuple[SheetRow, ...]:
    """Every finance sheet, the newest period first."""
    found = list(session.scalars(select(AccountSheet).where(AccountSheet.retired.is_(False))))
    sums = {
        sheet_id: (int(receipts or 0), int(payments or 0))
        for sheet_id, receipts, payments in session.execute(
            select(AccountEntry.sheet_id, func.sum(AccountEntry.receipts_fen), func.sum(AccountEntry.payments_fen))
            .where(AccountEntry.retired.is_(False), AccountEntry.void_reason == "")
            .group_by(AccountEntry.sheet_id)
        )
    }
    counts = {
        sheet_id: count
        for sheet_id, count in session.execute(
            select(AccountEntry.sheet_id, func.count())
            .where(AccountEntry.retired.is_(False))
            .group_by(AccountEntry.sheet_id)
        )
    }
    notices = _notices(session)
    rows = [_row(one, sums.get(one.id, (0, 0)), counts.get(one.id, 0), notices.get(one.id, [])) for one in found]
    return tuple(sorted(rows, key=lambda row: (-row.until_on.toordinal(), row.form.code, row.title, row.id)))


def one_sheet(session: Session, sheet_id: str) -> SheetDetail:
    """A whole sheet. Raises NotFound."""
    sheet = sheet_record(session, sheet_id)
    form = sheet_form(sheet.form)
    day = sheet.until_on or act(session).today
    entries = entries_of(session, sheet_id, opening=sheet.opening_fen, day=day)
    totals = (sum(one.receipts for one in entries if one.counts), sum(one.payments for one in entries if one.counts))
    drafts = _notices(session, sheet_id).get(sheet_id, [])
    row = _row(sheet, totals, len(entries), drafts)
    last = last_close(session, before=row.from_on) if form.source == "ledger" else None
    year = _year_entries(session, sheet, entries)
    now = check_code(entries, sheet)
    return SheetDetail(
        row,
        act(session).village_name,
        seen(session, AccountSheet, sheet_id),
        entries,
        Sums(row.opening, row.receipts, row.payments),
        sheet.cash_fen,
        sheet.bank_fen,
        sheet.claims_fen,
        sheet.debts_fen,
        sheet.opening_reason,
        tuple(sheet.parts),
        tuple(tuple(str(cell) for cell in line) for line in sheet.rows),
        _by_category(Side.RECEIPTS, entries, year, day),
        _by_category(Side.PAYMENTS, entries, year, day),
        sum(receipts for _, receipts, _ in year) + _elsewhere_before(session, sheet)[0],
        sum(payments for _, _, payments in year) + _elsewhere_before(session, sheet)[1],
        last,
        corrections_of(session, sheet_id),
        notices_about(session, source_room=ROOM, source_id=sheet_id, on=act(session).today),
        sheet.check_code,
        now,
        sheet.prepared_by,
        _findings(row, entries, last),
    )


def entries_of(session: Session, sheet_id: str, *, opening: int, day: dt.date) -> tuple[EntryRow, ...]:
    """The lines of a period in their order, each with the balance after it."""
    columns = (
        AccountEntry.id,
        AccountEntry.line_no,
        AccountEntry.booked_on,
        AccountEntry.voucher,
        AccountEntry.words,
        AccountEntry.category,
        AccountEntry.receipts_fen,
        AccountEntry.payments_fen,
        AccountEntry.handler,
        AccountEntry.approver,
        AccountEntry.purpose,
        AccountEntry.note,
        AccountEntry.decision_id,
        AccountEntry.decision_no,
        AccountEntry.void_reason,
    )
    found = session.execute(
        select(*columns)
        .where(AccountEntry.sheet_id == sheet_id, AccountEntry.retired.is_(False))
        .order_by(AccountEntry.booked_on, AccountEntry.line_no, AccountEntry.id)
    )
    names: dict[str, str] = {}
    rows, balance = [], opening
    for one in found:
        if not one.void_reason:
            balance += one.receipts_fen - one.payments_fen
        if one.category not in names:
            names[one.category] = category_name(one.category, day)
        rows.append(
            EntryRow(
                one.id,
                one.line_no,
                one.booked_on or day,
                one.voucher,
                one.words,
                one.category,
                names[one.category],
                one.receipts_fen,
                one.payments_fen,
                balance,
                one.handler,
                one.approver,
                one.purpose,
                one.note,
                one.decision_id,
                one.decision_no,
                one.void_reason,
            )
        )
    return tuple(rows)


def one_entry(session: Session, entry_id: str) -> EntryRow:
    """One line with what the clerk sees of it. Raises NotFound."""
    found = session.get(AccountEntry, entry_id)
    if found is None or found.retired:
        raise NotFound("找不到这一笔。", "它可能已经删掉，请刷新后再看。")
    day = found.booked_on or act(session).today
    return EntryRow(
        found.id,
        found.line_no,
        day,
        found.voucher,
        found.words,
        found.category,
        category_name(found.category, day),
        found.receipts_fen,
        found.payments_fen,
        0,
        found.handler,
        found.approver,
        found.purpose,
        found.note,
        found.decision_id,
        found.decision_no,
        found.void_reason,
        seen(session, AccountEntry, entry_id),
    )


def last_close(session: Session, *, before: dt.date) -> LastClose | None:
    """The last published close of a period that began before a day, as corrected since; None for the first of all."""
    ledgers = session.scalars(
        select(AccountSheet)
        .where(AccountSheet.retired.is_(False), AccountSheet.form == LEDGER, AccountSheet.from_on < before)
        .order_by(AccountSheet.until_on.desc(), AccountSheet.id)
    )
    for sheet in ledgers:
        if effective_state(session, sheet) is SheetState.PUBLISHED and sheet.until_on is not None:
            published = [one for one in corrections_of(session, sheet.id) if one.published]
            return LastClose(
                sheet.id, sheet.title, sheet.until_on, published[-1].close if published else sheet.close_fen
            )
    return None


def earlier_unpublished(session: Session, *, before: dt.date) -> tuple[SheetRow, ...]:
    """The periods that began before a day and are not published yet, the oldest first."""
    rows = [row for row in all_sheets(session) if row.is_ledger and row.from_on < before]
    return tuple(sorted((row for row in rows if row.state is not SheetState.PUBLISHED), key=lambda row: row.from_on))


def closed_after(session: Session, *, day: dt.date) -> SheetRow | None:
    """The first period after a day that is closed or published; None while there is none."""
    rows = [row for row in all_sheets(session) if row.is_ledger and row.from_on > day]
    return min((row for row in rows if row.state is not SheetState.OPEN), key=lambda row: row.from_on, default=None)


def expected_opening(session: Session, *, from_on: dt.date) -> tuple[int, str] | None:
    """What a period should open with and where that comes from, also from one that is closed but not yet published."""
    waiting = [row for row in earlier_unpublished(session, before=from_on) if row.state is SheetState.CLOSED]
    if waiting:
        return waiting[-1].close, f"{waiting[-1].title}结账后的期末（还没有公布）"
    last = last_close(session, before=from_on)
    return (last.close, f"{last.title}公布的期末") if last is not None else None


def corrections_of(session: Session, sheet_id: str) -> tuple[CorrectionRow, ...]:
    """The corrections of a published sheet by their numbers, without those that were dropped as a draft."""
    found = list(session.scalars(select(AccountCorrection).where(AccountCorrection.sheet_id == sheet_id)))
    notices = _notices(session) if found else {}
    rows = []
    for one in found:
        drafts = notices.get(one.id, [])
        if not drafts:
            continue
        rows.append(
            CorrectionRow(
                one.id,
                one.number,
                one.reason,
                tuple((str(place), str(was), str(now)) for place, was, now in one.lines),
                one.receipts_fen,
                one.payments_fen,
                one.close_was_fen,
                one.close_fen,
                any(state == NoticeState.PUBLISHED for _, state, _ in drafts),
                drafts[0][0],
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.number, row.id)))


def corrections_begun(session: Session, sheet_id: str) -> int:
    """How many corrections of a sheet were ever written, also those that were dropped."""
    wanted = select(func.count()).select_from(AccountCorrection).where(AccountCorrection.sheet_id == sheet_id)
    return session.scalar(wanted) or 0


def known_maps(session: Session) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What each column of an agency's workbook is, by the row of its heads."""
    found = session.scalars(select(ColumnMap).where(ColumnMap.retired.is_(False)).order_by(ColumnMap.id))
    return {tuple(map(str, one.head)): tuple(map(str, one.columns)) for one in found}


def effective_state(session: Session, sheet: AccountSheet) -> SheetState:
    """Published as soon as its notice is final, whichever page did that."""
    return _state(sheet, _notices(session, sheet.id).get(sheet.id, []))


def sheet_record(session: Session, sheet_id: str) -> AccountSheet:
    """The record of a sheet. Raises NotFound."""
    found = session.get(AccountSheet, sheet_id)
    if found is None or found.retired:
        raise NotFound(*NO_SHEET)
    return found


def check_code(entries: Iterable[EntryRow], sheet: AccountSheet) -> str:
    """Eight signs over everything that a sheet prints: 3F9A-07C2."""
    digest = hashlib.sha256()
    parts: list[object] = [sheet.form, sheet.from_on, sheet.until_on, sheet.opening_fen]
    parts += [sheet.rows] if sheet.rows else []
    if sheet.made_elsewhere:
        parts += [sheet.receipts_fen, sheet.payments_fen]
    digest.update(repr(parts).encode())
    for one in entries:
        line = (one.booked_on.isoformat(), one.voucher, one.words, one.receipts, one.payments, one.void_reason)
        digest.update(repr(line).encode())
    words = digest.hexdigest()[:8].upper()
    return f"{words[:4]}-{words[4:]}"


_NoticeFacts = tuple[str, str, str]


def _notices(session: Session, source_id: str = "") -> dict[str, list[_NoticeFacts]]:
    """Of each sheet its notices as (id, state, title)."""
    wanted = select(Notice.source_id, Notice.id, Notice.state, Notice.title).where(
        Notice.source_room == ROOM, Notice.retired.is_(False)
    )
    if source_id:
        wanted = wanted.where(Notice.source_id == source_id)
    found: dict[str, list[_NoticeFacts]] = defaultdict(list)
    for one in session.execute(wanted.order_by(Notice.id)):
        found[one.source_id].append((one.id, one.state, one.title))
    return found


def _state(sheet: AccountSheet, notices: Sequence[_NoticeFacts]) -> SheetState:
    if any(state == NoticeState.PUBLISHED for _, state, _ in notices):
        return SheetState.PUBLISHED
    return SheetState(sheet.state) if sheet.state in set(SheetState) else SheetState.OPEN


def _row(sheet: AccountSheet, sums: tuple[int, int], count: int, notices: Sequence[_NoticeFacts]) -> SheetRow:
    form, state = sheet_form(sheet.form), _state(sheet, notices)
    is_open = state is SheetState.OPEN and not sheet.made_elsewhere and form.source == "ledger"
    receipts, payments = sums if is_open else (sheet.receipts_fen, sheet.payments_fen)
    close = sheet.opening_fen + receipts - payments if is_open else sheet.close_fen
    notice = next((one for one in notices if one[1] == NoticeState.PUBLISHED), notices[0] if notices else None)
    day = sheet.until_on or dt.date(1, 1, 1)
    return SheetRow(
        sheet.id,
        form,
        sheet.title,
        sheet.from_on or day,
        day,
        state,
        STATE_WORDS[state],
        sheet.made_elsewhere,
        sheet.opening_fen,
        receipts,
        payments,
        close,
        count if form.source == "ledger" else len(sheet.rows),
        _next_act(state, count, form.source == "ledger", sheet.made_elsewhere, notice),
        notice[0] if notice else "",
        "" if notice is None else "已编号定稿" if notice[1] == NoticeState.PUBLISHED else "公开稿已起草",
    )


def _next_act(state: SheetState, count: int, is_ledger: bool, elsewhere: bool, notice: _NoticeFacts | None) -> str:
    if state is SheetState.PUBLISHED:
        return "已经公布，不能再改；发现错的，出更正公告。"
    if state is SheetState.CLOSED:
        return "请监委会审核后编号定稿。" if notice else "请起草公开，送监委会审核。"
    if elsewhere:
        return "请核对四个数后结账。"
    if is_ledger and not count:
        return "请逐笔登记，或导入代理记账中心的表格。"
    return "核对无误后请结账。"


def _year_entries(session: Session, sheet: AccountSheet, own: Sequence[EntryRow]) -> list[tuple[str, int, int]]:
    """(kind, receipts, payments) of the year so far, of this period and of those before it."""
    found = [(one.category, one.receipts, one.payments) for one in own if one.counts]
    before = _before_in_year(session, sheet)
    if before:
        earlier = session.execute(
            select(AccountEntry.category, func.sum(AccountEntry.receipts_fen), func.sum(AccountEntry.payments_fen))
            .where(
                AccountEntry.sheet_id.in_([one.id for one in before]),
                AccountEntry.retired.is_(False),
                AccountEntry.void_reason == "",
            )
            .group_by(AccountEntry.category)
        )
        found += [(category, int(receipts or 0), int(payments or 0)) for category, receipts, payments in earlier]
    if sheet.made_elsewhere:
        found.append(("", sheet.receipts_fen, sheet.payments_fen))
    return found


def _before_in_year(session: Session, sheet: AccountSheet) -> list[AccountSheet]:
    if sheet.form != LEDGER or sheet.from_on is None:
        return []
    return list(
        session.scalars(
            select(AccountSheet).where(
                AccountSheet.retired.is_(False),
                AccountSheet.form == LEDGER,
                AccountSheet.from_on < sheet.from_on,
                AccountSheet.from_on >= dt.date(sheet.from_on.year, 1, 1),
                AccountSheet.id != sheet.id,
            )
        )
    )


def _elsewhere_before(session: Session, sheet: AccountSheet) -> tuple[int, int]:
    before = [one for one in _before_in_year(session, sheet) if one.made_elsewhere]
    return sum(one.receipts_fen for one in before), sum(one.payments_fen for one in before)


def _by_category(
    side: Side, entries: Sequence[EntryRow], year: Sequence[tuple[str, int, int]], day: dt.date
) -> tuple[CategorySum, ...]:
    counts: dict[str, int] = defaultdict(int)
    amounts: dict[str, int] = defaultdict(int)
    years: dict[str, int] = defaultdict(int)
    other = "other_income" if side is Side.RECEIPTS else "other_cost"

    def kind(code: str) -> str:
        return code if category_side(code) is side else other

    for one in entries:
        amount = one.receipts if side is Side.RECEIPTS else one.payments
        if one.counts and amount:
            counts[kind(one.category)] += 1
            amounts[kind(one.category)] += amount
    for code, receipts, payments in year:
        amount = receipts if side is Side.RECEIPTS else payments
        if amount and code:
            years[kind(code)] += amount
    known = [code for code, _ in categories_on(day, side)]
    codes = [*known, *sorted({*amounts, *years} - set(known))]
    return tuple(
        CategorySum(code, category_name(code, day), counts[code], amounts[code], years[code])
        for code in codes
        if amounts[code] or years[code] or counts[code]
    )


def _findings(row: SheetRow, entries: Sequence[EntryRow], last: LastClose | None) -> tuple[str, ...]:
    """What the clerk should look at, in sentences; nothing here stops the entering."""
    found = []
    if not row.is_ledger:
        return ()
    if last is not None and row.state is SheetState.OPEN and row.opening != last.close:
        found.append(
            f"期初{yuan(row.opening)}元和上期公布的期末{yuan(last.close)}元不一样，"
            f"差{yuan(abs(row.opening - last.close))}元。"
        )
    below = next((one for one in entries if one.balance < 0), None)
    if below is not None:
        found.append(
            f"第{below.line_no}笔（{chinese_date(below.booked_on)}）以后余额是{yuan(below.balance)}元，不能是负数。"
        )
    vouchers: dict[tuple[str, int, int, str], int] = defaultdict(int)
    for one in entries:
        if one.counts:
            vouchers[one.voucher, one.receipts, one.payments, one.words] += 1
    twice = [key for key, count in vouchers.items() if count > 1]
    if twice:
        found.append(f"有{len(twice)}笔的凭证号、摘要和金额完全一样，请核对是不是重记，例如“{twice[0][3]}”。")
    return tuple(found)
