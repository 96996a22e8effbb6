"""Periods: openings that follow on, lines that balance, what is refused in which words, and corrections."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accounts.conftest import FIRST, LAST, REASON, TODAY, agency_rows, workbook
from tests.files import new_village
from village_desk.accounts import actions, lookups, printout
from village_desk.accounts.lookups import SheetDetail
from village_desk.accounts.rules import forms, sums
from village_desk.accounts.rules.sums import LastClose, SheetState, Sums
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.notices import actions as notices
from village_desk.notices import lookups as notice_lookups
from village_desk.notices.lookups import DutyState
from village_desk.notices.rules.life import Stage
from village_desk.store.file import VillageFile


def begin(village: VillageFile, first: dt.date = FIRST, last: dt.date = LAST, opening: int | None = 1_234_050) -> str:
    with village.writing("accounts.begin_period") as session:
        return actions.begin_period(
            session, from_on=first, until_on=last, opening_fen=opening, opening_reason=REASON if opening else ""
        )


def enter(village: VillageFile, sheet: str, words: str, amount: int, day: dt.date | None = None) -> str:
    with village.writing("accounts.add_entry") as session:
        return actions.add_entry(
            session,
            sheet_id=sheet,
            booked_on=day or FIRST,
            words=words,
            receipts_fen=max(amount, 0),
            payments_fen=max(-amount, 0),
            voucher="记-1",
        )


def close(village: VillageFile, sheet: str, amount: int, cash: int = 50_000) -> actions.Closed:
    with village.writing("accounts.close_period") as session:
        return actions.close_period(
            session, sheet_id=sheet, close_fen=amount, cash_fen=cash, bank_fen=amount - cash, prepared_by="李会计"
        )


def publish(village: VillageFile, sheet: str, day: dt.date = TODAY) -> str:
    with village.writing("accounts.draft_sheet_notice") as session:
        notice = actions.draft_sheet_notice(session, sheet_id=sheet, issuer="branch")
        actions.publish_sheet(session, sheet_id=sheet, posting_from=day)
        return notice


def detail(village: VillageFile, sheet: str) -> SheetDetail:
    with village.reading() as session:
        return lookups.one_sheet(session, sheet)


def test_a_period_from_its_first_line_to_the_wall(village: VillageFile) -> None:
    sheet = begin(village)
    enter(village, sheet, "收鱼塘租金", 300_000)
    enter(village, sheet, "支付保洁员报酬", -120_050, dt.date(2026, 5, 2))
    closed = close(village, sheet, 1_414_000)
    with village.reading() as session:
        (duty,) = notice_lookups.open_duties(session, on=TODAY)
    assert (duty.id, duty.about, duty.due_on) == (
        closed.duty_id,
        "2026年第二季度财务收支逐项逐笔明细",
        dt.date(2026, 7, 15),
    )
    notice = publish(village, sheet)
    with village.writing("notices.post") as session:
        notices.post(session, notice_id=notice, posted_on=TODAY, posted_by="王强")
    with village.reading() as session:
        assert notice_lookups.open_duties(session, on=TODAY) == ()
        shown = notice_lookups.one_notice(session, notice, on=TODAY)
    assert shown.row.stage is Stage.POSTED
    assert (
        "期末结余14,140.00元（人民币壹万肆仟壹佰肆拾元整），其中库存现金500.00元，银行存款13,640.00元。" in shown.body
    )
    assert detail(village, sheet).row.state is SheetState.PUBLISHED
    assert closed.check_code in shown.body
    with village.reading() as session:
        plan = notice_lookups.year_plan(session, year=2026, on=TODAY)
    states = {row.code: (row.state, row.not_applicable) for row in plan.rows if row.period == "2026-Q2"}
    assert states["F01"] == (DutyState.POSTED, "")
    assert states["F02"] == states["F04"] == (DutyState.NOT_APPLICABLE, "随《2026年第二季度财务收支公开》一并公开")
    assert states["F05"][0] is DutyState.TO_DO


@pytest.mark.covers("1-21")
def test_the_past_quarter_is_due_on_the_first_day_of_the_next(village: VillageFile) -> None:
    first = dt.date(2026, 7, 1)
    with village.reading() as session:
        before = notice_lookups.year_plan(session, year=2026, on=first - dt.timedelta(days=1))
        now = notice_lookups.year_plan(session, year=2026, on=first)
    assert [row.open for row in before.rows if (row.code, row.period) == ("F01", "2026-Q2")] == [False]
    assert [row.open for row in now.rows if (row.code, row.period) == ("F01", "2026-Q2")] == [True]
    with village.writing("accounts.begin_period") as session:
        sheet = actions.begin_period(
            session, from_on=FIRST, until_on=LAST, opening_fen=1_000, opening_reason=REASON, made_elsewhere=True
        )
    with pytest.raises(NotAllowed, match="账不平"), village.writing("x") as session:
        actions.close_period(session, sheet_id=sheet, receipts_fen=500, payments_fen=200, close_fen=1_299)
    with pytest.raises(NotAllowed, match="不能打印公开表"):
        printout.finance_sheets(detail(village, sheet))
    with village.writing("accounts.close_period") as session:
        actions.close_period(session, sheet_id=sheet, receipts_fen=500, payments_fen=200, close_fen=1_300)
    assert printout.finance_sheets(detail(village, sheet)).startswith(b"%PDF")
    with village.writing("notices.add_event_duties") as session:
        opened = notices.add_event_duties(
            session,
            trigger="decision",
            about="“村东水渠”的决议",
            happened_on=TODAY,
            source_room="decisions",
            source_id="5f" * 16,
        )
    with village.reading() as session:
        due = {row.id for row in notice_lookups.open_duties(session, on=TODAY)}
    assert opened
    assert set(opened) <= due


def test_what_does_not_balance_is_not_closed_and_so_not_posted(village: VillageFile) -> None:
    sheet = begin(village)
    enter(village, sheet, "收鱼塘租金", 300_000)
    before = village.digest()
    with pytest.raises(NotAllowed) as refused:
        close(village, sheet, 1_534_000)
    assert str(refused.value) == (
        "账不平：期初12,340.50元，加收入3,000.00元，减支出0.00元，应为15,340.50元，填的期末是15,340.00元，少0.50元。"
        "请核对漏记、重记的一笔，或期末金额。"
    )
    with pytest.raises(NotAllowed, match="还没有结账，不能公开"), village.writing("x") as session:
        actions.draft_sheet_notice(session, sheet_id=sheet)
    assert village.digest() == before


def test_cash_and_bank_make_up_the_close(village: VillageFile) -> None:
    sheet = begin(village)
    enter(village, sheet, "收鱼塘租金", 300_000)
    with pytest.raises(NotAllowed, match=r"比期末结余15,340\.50元少0\.50元"), village.writing("x") as session:
        actions.close_period(session, sheet_id=sheet, close_fen=1_534_050, cash_fen=50_000, bank_fen=1_484_000)
    with pytest.raises(NotAllowed, match="不能是负数"), village.writing("x") as session:
        actions.close_period(session, sheet_id=sheet, close_fen=1_534_050, cash_fen=-100, bank_fen=1_534_150)
    with pytest.raises(NotAllowed, match="还没有填现金和银行存款"), village.writing("x") as session:
        actions.close_period(session, sheet_id=sheet, close_fen=1_534_050)


def test_the_next_period_opens_with_the_published_close_and_no_other(village: VillageFile) -> None:
    sheet = begin(village, dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    enter(village, sheet, "收鱼塘租金", 9_000, dt.date(2026, 2, 1))
    close(village, sheet, 1_243_050)
    publish(village, sheet)
    with pytest.raises(NotAllowed) as refused:
        begin(village, opening=1_234_050)
    assert str(refused.value) == (
        "期初12,340.50元，比上期（到2026年3月31日）公布的期末12,430.50元少90.00元。"
        "请核对；若是上期公布错了，请先出更正公告。"
    )
    following = begin(village, opening=None)
    assert detail(village, following).sums.opening == 1_243_050
    with village.reading() as session:
        seen = lookups.one_sheet(session, following).seen
    with village.writing("accounts.edit_period") as session:
        actions.edit_period(
            session, sheet_id=following, seen=seen, title="", from_on=FIRST, until_on=LAST, opening_fen=1
        )
    assert "期初0.01元和上期公布的期末12,430.50元不一样" in detail(village, following).findings[0]
    enter(village, following, "收租金", 5_000)
    with pytest.raises(NotAllowed, match=r"公布的期末12,430\.50元少12,430\.49元"):
        close(village, following, 5_001, cash=1)


def test_a_gap_an_overlap_and_an_unpublished_period_before_are_told(village: VillageFile) -> None:
    first = begin(village, dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    with pytest.raises(NotAllowed, match="两期不能重叠"):
        begin(village, dt.date(2026, 3, 1), dt.date(2026, 4, 30))
    second = begin(village, dt.date(2026, 5, 1), LAST, opening=None)
    enter(village, second, "收租金", 5_000, dt.date(2026, 5, 1))
    enter(village, first, "收租金", 5_000, dt.date(2026, 1, 1))
    with pytest.raises(NotAllowed, match="《2026年第一季度财务收支公开》还没有公布，这一期的期初定不下来"):
        close(village, second, 5_000, cash=0)
    close(village, first, 1_239_050)
    publish(village, first)
    with pytest.raises(NotAllowed, match="中间30天没有公开"):
        close(village, second, 5_000, cash=0)


def test_the_first_opening_of_all_tells_where_it_comes_from(village: VillageFile) -> None:
    with pytest.raises(NotAllowed, match="第一次在本软件里公开财务"), village.writing("x") as session:
        actions.begin_period(session, from_on=FIRST, until_on=LAST, opening_fen=100)


def test_a_voided_line_stays_with_its_reason_and_counts_for_nothing(village: VillageFile) -> None:
    sheet = begin(village)
    enter(village, sheet, "收鱼塘租金", 300_000)
    wrong = enter(village, sheet, "支付路灯电费", -20_000)
    with pytest.raises(NotAllowed, match="作废要写明原因"), village.writing("x") as session:
        actions.void_entry(session, entry_id=wrong, reason=" ")
    with village.writing("accounts.void_entry") as session:
        actions.void_entry(session, entry_id=wrong, reason="凭证重复")
    shown = detail(village, sheet)
    assert [(one.void_reason, one.balance) for one in shown.entries] == [("", 1_534_050), ("凭证重复", 1_534_050)]
    assert shown.sums.payments == 0
    with village.writing("accounts.restore_entry") as session:
        actions.restore_entry(session, entry_id=wrong)
    assert detail(village, sheet).sums.payments == 20_000


def test_a_closed_period_is_locked_until_the_closing_is_taken_back(village: VillageFile) -> None:
    sheet = begin(village)
    entry = enter(village, sheet, "收鱼塘租金", 300_000)
    close(village, sheet, 1_534_050)
    with pytest.raises(NotAllowed, match="已经结账，内容已锁定"):
        enter(village, sheet, "收租金", 5_000)
    with village.writing("accounts.reopen_period") as session:
        actions.draft_sheet_notice(session, sheet_id=sheet)
        actions.reopen_period(session, sheet_id=sheet)
        actions.drop_entry(session, entry_id=entry)
    enter(village, sheet, "收鱼塘租金", 400_000)
    close(village, sheet, 1_634_050)
    publish(village, sheet)
    for act in (actions.reopen_period, actions.drop_period):
        with pytest.raises(NotAllowed, match="已经公布"), village.writing("x") as session:
            act(session, sheet_id=sheet)


def test_a_sheet_that_was_published_on_the_page_of_notices_is_final_too(village: VillageFile) -> None:
    sheet = begin(village)
    enter(village, sheet, "收鱼塘租金", 300_000)
    close(village, sheet, 1_534_050)
    with village.writing("x") as session:
        notice = actions.draft_sheet_notice(session, sheet_id=sheet, issuer="branch")
        notices.publish(session, notice_id=notice, posting_from=TODAY)
    with pytest.raises(NotAllowed, match="已经公布，不能再改"):
        enter(village, sheet, "收租金", 5_000)
    with village.reading() as session:
        last = lookups.last_close(session, before=dt.date(2026, 7, 1))
    assert last is not None
    assert last.close == 1_534_050


def test_a_correction_stands_beside_the_sheet_and_moves_the_next_opening(village: VillageFile) -> None:
    sheet = begin(village)
    enter(village, sheet, "收鱼塘租金", 300_000)
    close(village, sheet, 1_534_050)
    published = publish(village, sheet)
    with village.reading() as session:
        before = notice_lookups.one_notice(session, published, on=TODAY).body
    with village.writing("accounts.correct_sheet") as session:
        notice = actions.correct_sheet(
            session,
            sheet_id=sheet,
            reason="租金少记",
            lines=(("第1笔收鱼塘租金", "3,000.00元", "3,090.00元"),),
            receipts_fen=309_000,
            payments_fen=0,
        )
    with pytest.raises(NotAllowed, match="第1号更正公告还没有公布"), village.writing("x") as session:
        actions.correct_sheet(
            session, sheet_id=sheet, reason="又错", lines=(("a", "b", "c"),), receipts_fen=1, payments_fen=0
        )
    following = dt.date(2026, 7, 1)
    with village.reading() as session:
        last = lookups.last_close(session, before=following)
        assert last is not None
        assert last.close == 1_534_050
    with village.writing("notices.publish") as session:
        row = notice_lookups.one_notice(session, notice, on=TODAY)
        notices.publish(session, notice_id=notice, posting_from=TODAY)
    assert row.row.title == "东河村关于《2026年第二季度财务收支公开》的更正公告（第1号）"
    assert "1、第1笔收鱼塘租金：原为3,000.00元，应为3,090.00元。" in row.body
    assert "更正后期末结余由15,340.50元变为15,430.50元" in row.body
    with village.reading() as session:
        last = lookups.last_close(session, before=following)
        assert last is not None
        assert last.close == 1_543_050
        assert notice_lookups.one_notice(session, published, on=TODAY).body == before
        assert lookups.one_sheet(session, sheet).row.close == 1_534_050


def test_a_sheet_made_elsewhere_needs_four_sums_and_follows_on(village: VillageFile) -> None:
    with village.writing("accounts.begin_period") as session:
        sheet = actions.begin_period(
            session,
            from_on=FIRST,
            until_on=LAST,
            opening_fen=1_234_050,
            opening_reason=REASON,
            made_elsewhere=True,
        )
    with pytest.raises(NotAllowed, match="账不平"), village.writing("x") as session:
        actions.close_period(session, sheet_id=sheet, receipts_fen=10, payments_fen=0, close_fen=1_234_050)
    with village.writing("accounts.close_period") as session:
        actions.close_period(session, sheet_id=sheet, receipts_fen=10, payments_fen=60, close_fen=1_234_000)
    publish(village, sheet)
    following = begin(village, dt.date(2026, 7, 1), dt.date(2026, 9, 30), opening=None)
    assert detail(village, following).sums.opening == 1_234_000


def test_lines_changed_behind_the_closing_are_not_published(village: VillageFile) -> None:
    sheet = begin(village)
    entry = enter(village, sheet, "收鱼塘租金", 300_000)
    close(village, sheet, 1_534_050)
    from village_desk.accounts.records import AccountEntry
    from village_desk.store.acts import change_many

    with village.writing("sync.take_in") as session:
        change_many(session, AccountEntry, {entry: {"receipts_fen": 1}})
    assert detail(village, sheet).is_altered
    with pytest.raises(NotAllowed, match="结账以后明细有变动"):
        publish(village, sheet)


@pytest.mark.parametrize(
    ("words", "amount", "day", "said"),
    [
        ("", 100, FIRST, "这一笔没有摘要"),
        ("租金", 0, FIRST, "这一笔没有金额"),
        ("租金", 100, dt.date(2026, 7, 1), "不在本期2026年4月1日至2026年6月30日之内"),
        ("租金", 10**15, FIRST, "太大了"),
    ],
)
def test_a_wrong_line_is_refused_in_words(
    village: VillageFile, words: str, amount: int, day: dt.date, said: str
) -> None:
    sheet = begin(village)
    with pytest.raises(NotAllowed, match=said):
        enter(village, sheet, words, amount, day)


def test_old_periods_keep_the_names_of_2004() -> None:
    old, new = dict(forms.categories_on(dt.date(2023, 12, 31))), dict(forms.categories_on(dt.date(2024, 1, 1)))
    assert (old["lease"], new["lease"]) == ("发包及上交收入", "发包租赁收入")
    assert old["tax_return"] == "农业税附加返还收入"
    assert "tax_return" not in new
    assert forms.category_name("tax_return", dt.date(2026, 1, 1)) == "农业税附加返还收入"
    assert {one.code: one.name for one in forms.accounts_on(dt.date(2020, 1, 1))}["212"] == "应付福利费"
    assert len(forms.accounts_on(dt.date(2026, 1, 1))) == 42
    assert forms.category_of("511", "村西机动地承包费", forms.Side.RECEIPTS, dt.date(2023, 5, 1)) == "lease"
    assert forms.category_of("511 经营支出", "买饲料", forms.Side.PAYMENTS, dt.date(2026, 5, 1)) == "operating_cost"


def test_a_kind_is_known_by_the_words_of_the_summary() -> None:
    day, out = dt.date(2026, 5, 1), forms.Side.PAYMENTS
    assert forms.category_of("", "支付保洁员报酬", out, day) == "cleaning"
    assert forms.category_of("", "支付村干部5月报酬", out, day) == "pay"
    assert forms.category_of("513 管理费用", "购打印纸", out, day) == "office"
    assert forms.category_of("", "说不清的一笔", out, day) == "other_cost"
    assert forms.category_of("", "说不清的一笔", forms.Side.RECEIPTS, day) == "other_income"


def test_there_are_fourteen_sheets_whose_equations_name_their_columns() -> None:
    assert [one.code for one in forms.sheet_forms()] == [f"F{number:02d}" for number in range(1, 15)]
    assert {one.code for one in forms.sheet_forms() if one.terms()} == {"F05", "F06", "F08", "F10", "F13", "F14"}


@given(
    opening=st.integers(0, 10**9),
    amounts=st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=40),
    wrong=st.integers(-(10**9), 10**9).filter(bool),
)
def test_random_ledgers_balance_and_any_other_close_is_refused(opening: int, amounts: list[int], wrong: int) -> None:
    receipts, payments = sum(a for a in amounts if a > 0), -sum(a for a in amounts if a < 0)
    whole = Sums(opening, receipts, payments)
    balances = sums.running(opening, amounts)
    assert (balances[-1] if balances else opening) == whole.close
    if whole.close >= 0:
        sums.check_balance(whole, whole.close, 0, whole.close)
    with pytest.raises(NotAllowed) as refused:
        sums.check_balance(whole, whole.close + wrong, None, None)
    assert yuan(abs(wrong)) in refused.value.message


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_no_period_opens_with_another_sum_than_the_last_close(opening: int, close: int) -> None:
    last = LastClose("a", "2026年第一季度", dt.date(2026, 3, 31), close)
    if opening == close:
        sums.check_opening(opening, last, "")
        return
    with pytest.raises(NotAllowed, match="请先出更正公告"):
        sums.check_opening(opening, last, "任何理由")


@settings(max_examples=2)
@given(st.lists(st.integers(-50_000, 90_000).filter(bool), min_size=1, max_size=12))
def test_random_quarters_follow_each_other(tmp_path_factory: pytest.TempPathFactory, amounts: list[int]) -> None:

    file = new_village(tmp_path_factory.mktemp("ledger"), today=dt.date(2027, 1, 10))
    balance = 1_000_000
    quarters = [(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), (FIRST, LAST), (dt.date(2026, 7, 1), dt.date(2026, 9, 30))]
    for number, (first, last) in enumerate(quarters):
        sheet = begin(file, first, last, balance if number == 0 else None)
        assert detail(file, sheet).sums.opening == balance
        for amount in amounts:
            enter(file, sheet, "租金" if amount > 0 else "电费", amount, first)
            balance += amount
        close(file, sheet, balance, cash=0)
        publish(file, sheet, dt.date(2027, 1, 10))
    file.close()


@pytest.mark.covers("1-25")
def test_an_agency_workbook_fills_the_period_and_is_checked(village: VillageFile, tmp_path: Path) -> None:
    sheet = begin(village)
    reading = actions.read_workbook(workbook(tmp_path / "明细.xlsx", agency_rows(60)), from_on=FIRST, until_on=LAST)
    assert (len(reading.entries), reading.problems, reading.opening_fen) == (60, (), 1_234_050)
    with village.writing("accounts.take_in_entries") as session:
        assert actions.take_in_entries(session, sheet_id=sheet, reading=reading) == 60
    shown = detail(village, sheet)
    assert shown.sums.close == reading.close_fen
    assert shown.entries[0].category_words == "经营收入"
    assert not hasattr(actions, "add_voucher")
    assert close(village, sheet, shown.sums.close).close_fen == reading.close_fen
    with village.writing("accounts.reopen_period") as session:
        actions.reopen_period(session, sheet_id=sheet)
    with pytest.raises(NotAllowed, match="有60笔和已经登记的完全一样"), village.writing("x") as session:
        actions.take_in_entries(session, sheet_id=sheet, reading=reading)


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (4, 6, "三百元", "明细.xlsx：F5写的是“三百元”，不是金额。"),
        (4, 6, "1.2万", "明细.xlsx：F5写的是“1.2万”，单位是万。"),
        (4, 6, "300元", "明细.xlsx：F5写的是“300元”，金额里带了“元”字。"),
        (4, 6, 12.345, "明细.xlsx：F5是12.345，超过两位小数。"),
        (5, 2, dt.date(2026, 7, 1), "明细.xlsx：B6的日期2026年7月1日不在本期"),
        (5, 2, "四月", "明细.xlsx：B6写的是“四月”，不是日期。"),
        (5, 4, "", "明细.xlsx：D6没有摘要。"),
        (63, 6, 1, "明细.xlsx：第64行写的收入合计是1.00元，逐笔相加是"),
        (64, 8, 5, "明细.xlsx：表里期初12,340.50元"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(
    village: VillageFile, tmp_path: Path, row: int, column: int, value: object, said: str
) -> None:
    rows = agency_rows(60)
    rows[row][column - 1] = value
    sheet = begin(village)
    before = village.digest()
    reading = actions.read_workbook(workbook(tmp_path / "明细.xlsx", rows), from_on=FIRST, until_on=LAST)
    with pytest.raises(NotAllowed) as refused, village.writing("x") as session:
        actions.take_in_entries(session, sheet_id=sheet, reading=reading)
    assert refused.value.message.startswith(said)
    assert "一笔也没有导入" in refused.value.advice
    assert village.digest() == before


def test_unknown_heads_are_mapped_once_and_remembered(village: VillageFile, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["编", "哪天", "干什么", "进账", "出账"],
        [1, "4月3日", "收租金", 300, ""],
        [2, "4月5日", "付电费", "", "20.5"],
    ]
    path = workbook(tmp_path / "土表.xlsx", rows)
    unknown = actions.read_workbook(path, from_on=FIRST, until_on=LAST)
    assert (unknown.is_mapped, unknown.entries) == (False, ())
    assert [words for _, words in unknown.unknown] == ["编", "哪天", "干什么", "进账", "出账"]
    said = {"A": "serial", "B": "date", "C": "words", "D": "receipts", "E": "payments"}
    reading = actions.read_workbook(path, from_on=FIRST, until_on=LAST, columns=said)
    sheet = begin(village)
    with (
        pytest.raises(NotAllowed, match="还不知道哪一列是摘要"),
        village.writing("x") as session,
    ):
        actions.take_in_entries(session, sheet_id=sheet, reading=unknown)
    with village.writing("accounts.take_in_entries") as session:
        actions.take_in_entries(session, sheet_id=sheet, reading=reading)
    with village.reading() as session:
        maps = lookups.known_maps(session)
    again = actions.read_workbook(path, from_on=FIRST, until_on=LAST, maps=maps)
    assert again.entries == reading.entries
    assert [(one.booked_on, one.receipts_fen, one.payments_fen) for one in again.entries] == [
        (dt.date(2026, 4, 3), 30_000, 0),
        (dt.date(2026, 4, 5), 0, 2_050),
    ]


def test_a_paste_is_read_like_a_workbook() -> None:
    reading = actions.read_pasted(
        "日期\t凭证号\t摘要\t收入\t支出\n2026-04-03\t记-1\t收租金\t3,000.00\t\n\t记-2\t付电费\t\t20.50\n合计\t\t\t3,000.00\t20.50\n",
        from_on=FIRST,
        until_on=LAST,
    )
    assert [(one.booked_on.day, one.voucher, one.receipts_fen, one.payments_fen) for one in reading.entries] == [
        (3, "记-1", 300_000, 0),
        (3, "记-2", 0, 2_050),
    ]
    assert reading.problems == ()
    with pytest.raises(NotAllowed, match="没有表头"):
        actions.read_pasted("2026-04-03\t收租金\t3000\n", from_on=FIRST, until_on=LAST)


def test_six_thousand_lines_come_in_quickly(village: VillageFile, tmp_path: Path) -> None:
    sheet = begin(village)
    path = workbook(tmp_path / "大表.xlsx", agency_rows(6000))
    reading = actions.read_workbook(path, from_on=FIRST, until_on=LAST)
    with village.writing("accounts.take_in_entries") as session:
        assert actions.take_in_entries(session, sheet_id=sheet, reading=reading) == 6000
    assert detail(village, sheet).sums.close == reading.close_fen
    village.undo(village.steps()[0].id)
    assert detail(village, sheet).entries == ()
