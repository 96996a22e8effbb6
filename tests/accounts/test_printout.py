"""Finance sheets on paper: sums of pages, totals, 大写, voided lines, covered names, the same bytes twice."""

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.accounts.conftest import FIRST, LAST, REASON, TODAY, agency_rows, workbook
from village_desk.accounts import actions, lookups, printout
from village_desk.accounts.lookups import SheetDetail
from village_desk.accounts.rules.registers import AssetFacts, ContractFacts, DebtFacts, ResourceFacts
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import capital_yuan, fen, yuan
from village_desk.notices import lookups as notice_lookups
from village_desk.notices.lookups import SheetPaper
from village_desk.notices.printout import Purpose
from village_desk.paper.text import pages_text, plain_text
from village_desk.store.file import VillageFile

IDENTITY, PHONE, CARD = "320924196803051234", "13812345678", "6222020200112233445"


def quarter(village: VillageFile, path: Path, lines: int = 60) -> tuple[SheetDetail, SheetPaper]:
    """A published quarter of so many lines, the eighth voided, the fourth full of private numbers."""
    reading = actions.read_workbook(workbook(path / "明细.xlsx", agency_rows(lines)), from_on=FIRST, until_on=LAST)
    with village.writing("accounts.furnish") as session:
        sheet = actions.begin_period(
            session, from_on=FIRST, until_on=LAST, opening_fen=1_234_050, opening_reason=REASON
        )
        actions.take_in_entries(session, sheet_id=sheet, reading=reading)
        detail = lookups.one_sheet(session, sheet)
        actions.void_entry(session, entry_id=detail.entries[7].id, reason="凭证重复")
        private = detail.entries[3]
        actions.edit_entry(
            session,
            entry_id=private.id,
            seen="",
            booked_on=private.booked_on,
            words=f"付王秀兰（{IDENTITY}）误工费",
            receipts_fen=private.receipts,
            payments_fen=private.payments,
            note=f"电话{PHONE}，卡号{CARD}",
        )
        detail = lookups.one_sheet(session, sheet)
        actions.close_period(
            session, sheet_id=sheet, close_fen=detail.sums.close, cash_fen=50_000, bank_fen=detail.sums.close - 50_000
        )
        notice = actions.draft_sheet_notice(session, sheet_id=sheet, issuer="branch")
        actions.publish_sheet(session, sheet_id=sheet, posting_from=TODAY)
    with village.reading() as session:
        return lookups.one_sheet(session, sheet), notice_lookups.one_notice(session, notice, on=TODAY).paper


def test_sixty_lines_have_sums_on_every_page_and_a_total(village: VillageFile, tmp_path: Path) -> None:
    detail, paper = quarter(village, tmp_path)
    pages = [page for page in pages_text(printout.finance_sheets(detail, paper)) if "凭证号" in page]
    assert len(pages) > 2
    sums = []
    for page in pages:
        numbers = [fen(one) for one in re.findall(r"本页小计\s+(\S+)\s+(\S+)", page)[0]]
        sums.append(numbers)
    assert sum(one for one, _ in sums) == detail.sums.receipts
    assert sum(one for _, one in sums) == detail.sums.payments
    assert ["续表" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    text = plain_text(printout.finance_sheets(detail, paper))
    assert f"合计{yuan(detail.sums.receipts)}{yuan(detail.sums.payments)}" in text
    assert f"期末结余{yuan(detail.sums.close)}" in text
    assert capital_yuan(detail.sums.close) in text
    assert all(f"记-{number}" in text for number in range(1, 61) if number != 4)


def test_a_voided_line_shows_with_its_reason_and_its_old_sum(village: VillageFile, tmp_path: Path) -> None:
    detail, paper = quarter(village, tmp_path)
    text = plain_text(printout.finance_sheets(detail, paper))
    assert "支付第8笔路灯电费（原102.96元，作废）" in text
    assert "作废：凭证重复" in text


def test_no_number_of_a_person_is_on_any_sheet(village: VillageFile, tmp_path: Path) -> None:
    detail, paper = quarter(village, tmp_path)
    for purpose in Purpose:
        text = plain_text(printout.finance_sheets(detail, paper, purpose))
        assert [canary for canary in (IDENTITY, PHONE, CARD) if canary in text] == []
        assert "3209**********1234" in text


def test_the_same_sheet_gives_the_same_bytes_and_the_archive_copy_has_its_part(
    village: VillageFile, tmp_path: Path
) -> None:
    detail, paper = quarter(village, tmp_path, 12)
    assert printout.finance_sheets(detail, paper) == printout.finance_sheets(detail, paper)
    kept = plain_text(printout.finance_sheets(detail, paper, Purpose.FILE))
    assert "以下由经办人填写，张贴件不印" in kept
    assert "以下由经办人填写" not in plain_text(printout.finance_sheets(detail, paper))
    assert "以下由经办人填写" not in plain_text(printout.finance_sheets(detail, paper, large=True))


def test_an_open_sheet_is_not_printed(village: VillageFile) -> None:
    with village.writing("accounts.begin_period") as session:
        sheet = actions.begin_period(session, from_on=FIRST, until_on=LAST)
    with village.reading() as session, pytest.raises(NotAllowed, match="还没有结账，不能打印公开表"):
        printout.finance_sheets(lookups.one_sheet(session, sheet))


def test_names_of_private_persons_are_covered_and_claims_are_not_added_to_debts(village: VillageFile) -> None:
    with village.writing("accounts.furnish") as session:
        actions.add_contract(
            session, facts=ContractFacts(subject="鱼塘", party="王大山", party_private=True, party_group="三组")
        )
        actions.add_resource(session, facts=ResourceFacts(name="鱼塘", holder="王大山", holder_private=True))
        for side, amount in (("debt", 500_000), ("claim", 70_000)):
            actions.add_debt(
                session,
                facts=DebtFacts(
                    side=side,
                    party="王大山",
                    party_private=True,
                    party_group="三组",
                    arose_on=dt.date(2025, 1, 1),
                    principal_fen=amount,
                ),
            )
        made = [
            actions.make_sheet(session, form=form, from_on=FIRST, until_on=LAST).sheet_id
            for form in ("F05", "F07", "F08")
        ]
    with village.reading() as session:
        texts = [plain_text(printout.finance_sheets(lookups.one_sheet(session, one))) for one in made]
    assert all("王大山" not in text for text in texts)
    assert "王*（三组）" in texts[0]
    assert "债务合计5,000.00" in texts[0]
    assert "债权合计700.00" in texts[0]
    assert "5,700.00" not in texts[0]


def test_the_committees_papers_and_the_check_of_assets_print(village: VillageFile) -> None:
    with village.writing("accounts.furnish") as session:
        actions.record_review(
            session,
            month="2026-05",
            held_on=dt.date(2026, 6, 3),
            agreed_sheets=22,
            agreed_fen=1_234_056,
            refused=(("记-12", 1, 30_000, "没有明细"),),
            signers=("李建国",),
        )
        asset = actions.add_asset(session, facts=AssetFacts(name="水泵", cost_fen=240_000))
        check = actions.begin_asset_check(session, year=2026)
        actions.note_asset(session, check_id=check, asset_id=asset, result="missing", reason="被盗，已报案")
    with village.reading() as session:
        record = plain_text(printout.review_record(lookups.finance_reviews(session)[0], village="东河村"))
        report = plain_text(printout.half_year_report(lookups.half_year(session, year=2026, half=1)))
        sheet = plain_text(printout.asset_check_sheet(lookups.asset_checks(session)[0], village="东河村"))
        summary = plain_text(printout.clean_up_sheet(lookups.clean_up(session, on=TODAY), village="东河村", on=TODAY))
    assert "23张金额12,640.56元" in record
    assert "没有明细" in record
    assert "审核凭证23张，同意12,340.56元，不同意300.00元" in report
    assert "2026年6月没有理财记录" in report
    assert "有账无物被盗，已报案" in sheet
    assert "在履行合同0份" in summary


def test_a_published_correction_is_named_on_the_sheet(village: VillageFile, tmp_path: Path) -> None:
    from village_desk.notices import actions as notices

    detail, _ = quarter(village, tmp_path, 12)
    with village.writing("accounts.correct_sheet") as session:
        notice = actions.correct_sheet(
            session,
            sheet_id=detail.row.id,
            reason="少记",
            lines=(("第1笔", "301.11元", "311.11元"),),
            receipts_fen=detail.sums.receipts + 1_000,
            payments_fen=detail.sums.payments,
        )
        notices.publish(session, notice_id=notice, posting_from=TODAY)
    with village.reading() as session:
        text = plain_text(printout.finance_sheets(lookups.one_sheet(session, detail.row.id)))
    assert "本表另有更正公告第1号" in text
    assert f"期末结余{yuan(detail.sums.close)}" in text
