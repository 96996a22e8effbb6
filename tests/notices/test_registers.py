"""The lists of the year on paper, the review form beside the last period, A3, and numbers that never get out."""

import datetime as dt
import io

import pytest
from PIL import Image

from tests.reviewed import agrees_with_reviewed
from village_desk.desk.prints import PRINTS
from village_desk.notices import actions, lookups, printout
from village_desk.notices.printout import Purpose, Size
from village_desk.paper.preview import pictures
from village_desk.paper.text import pages_text, plain_text
from village_desk.store.file import VillageFile

CANARIES = ("320924196803051234", "13912345678", "6228480402564890018", "尿毒症", "李小明")


def day(number: int, month: int = 9) -> dt.date:
    return dt.date(2026, month, number)


@pytest.fixture
def filled(village: VillageFile) -> VillageFile:
    """A village with two periods of one item, a seal, an inquiry and a waived item."""
    with village.writing("tests.fill") as session:
        actions.begin_reminders(session, on=day(1, 7))
        for period, on in (("2026-Q2", day(14, 7)),):
            duty = actions.take_up_turn(session, code="C03", period=period, year=2026)
            notice = actions.draft_notice(
                session,
                item="affairs",
                title="东河村2026年第二季度决定事项公开",
                body="一、4月9日代表会议决定修缮水渠。\n二、已完工。",
                duty_id=duty,
                code="C03",
                period=period,
                review_first=False,
            )
            actions.publish(session, notice_id=notice, posting_from=on)
            posted = actions.post(session, notice_id=notice, posted_on=on, posted_by="王强")
            actions.take_down(session, posting_id=posted.posting_id, taken_on=day(31, 7))
            actions.note_seal(session, notice_id=notice, sealed_on=on, signed_by="王强", approved_by="赵书记")
        actions.waive_turn(session, code="C17", period="2026-Q2", year=2026, reason="没有集体供水")
        asked = actions.note_inquiry(
            session,
            kind="joint_representatives",
            raised_on=day(2),
            raised_by="李四等8人",
            words="公开村部广场扩建合同和付款情况。",
            people=8,
            base=37,
        )
        actions.answer_inquiry(
            session,
            inquiry_id=asked,
            answered_on=day(8),
            answered_by="王强",
            words="合同和付款凭证已于9月7日在公开栏公开。\n合同价26万元，已付10万元。",
        )
    return village


def test_the_plan_of_a_year_stands_on_one_sheet_as_reviewed(filled: VillageFile) -> None:
    with filled.reading() as session:
        plan = lookups.year_plan(session, year=2026, on=day(10))
    pdf = printout.year_plan(plan)
    assert printout.pages_of(pdf) == 1
    assert pdf == printout.year_plan(plan)
    agrees_with_reviewed(__file__, "year_plan", pdf)


def test_the_whole_plan_of_a_full_year_still_stands_on_one_sheet(village: VillageFile) -> None:
    with village.writing("notices.begin_reminders") as session:
        actions.begin_reminders(session, on=day(1, 1))
        for number in range(6):
            actions.add_local_item(session, name=f"本村增加的第{number + 1}项", cycle="month")
    with village.reading() as session:
        plan = lookups.year_plan(session, year=2026, on=day(10))
    assert printout.pages_of(printout.year_plan(plan)) == 1


def test_the_registers_and_the_answer_read_as_reviewed(filled: VillageFile) -> None:
    with filled.reading() as session:
        posted = lookups.posted_register(session, year=2026, on=day(10))
        seals = lookups.seal_register(session, year=2026)
        (inquiry,) = lookups.inquiries(session, on=day(10))
    agrees_with_reviewed(__file__, "posted_register", printout.posted_register(posted, "东河村", 2026))
    agrees_with_reviewed(__file__, "seal_register", printout.seal_register(seals, "东河村", 2026))
    agrees_with_reviewed(__file__, "answer", printout.answer(inquiry, "东河村"))
    assert "还没有用章记录" in plain_text(printout.seal_register((), "东河村", 2026))


def test_the_review_form_shows_the_last_period_beside_this_one_in_large_type(filled: VillageFile) -> None:
    with filled.writing("notices.draft_notice") as session:
        notice = actions.draft_notice(
            session,
            item="affairs",
            title="东河村2026年第三季度决定事项公开",
            body="一、8月30日代表会议决定安装路灯。",
            code="C03",
            period="2026-Q3",
        )
    with filled.reading() as session:
        detail = lookups.one_notice(session, notice, on=day(10))
        before = lookups.last_period(session, notice)
    assert before is not None
    assert before.row.title == "东河村2026年第二季度决定事项公开"
    agrees_with_reviewed(__file__, "review_form", printout.review_form(detail, before))


@pytest.mark.covers("0-27")
def test_the_same_notice_prints_on_a4_and_a3_with_seal_phones_and_days(village: VillageFile) -> None:
    from village_desk.store.operators import describe_home

    with village.writing("tests.home") as session:
        describe_home(session, town="平安镇", duty_phone="0515-86012345", town_phone="0515-86010000")
        board = actions.add_board(session, name="村部公开栏", place="村部门口", size="3米×1.5米")
        notice = actions.draft_notice(session, item="affairs", title="修路", body="修三组路。", review_first=False)
        actions.publish(session, notice_id=notice, posting_from=day(1))
        actions.post(session, notice_id=notice, posted_on=day(1), posted_by="王强", board="村部公开栏")
    with village.reading() as session:
        detail = lookups.one_notice(session, notice, on=day(10))
        assert [one.id for one in lookups.boards_of(session)] == [board]
    sizes = {}
    for size in Size:
        pdf = printout.notice(detail.paper, size=size)
        text = plain_text(pdf)
        for words in ("修路", "东河村村民委员会", "2026年9月1日", "村监督电话：0515-86012345", "修三组路。"):
            assert words in text, size
        (picture,) = pictures(pdf, dpi=50)
        sizes[size] = (picture.width, picture.height)
    assert abs(sizes[Size.A3][0] - sizes[Size.A4][1]) <= 1
    assert detail.boards[0].posted_on == day(1)
    assert "村部公开栏" in plain_text(printout.notice(detail.paper, Purpose.FILE))


def test_what_the_preview_shows_is_the_pdf_dot_for_dot_and_every_page_has_its_head(village: VillageFile) -> None:
    with village.writing("tests.fill") as session:
        for number in range(45):
            actions.note_seal_use(
                session, used_on=day(1), seal="村民委员会印章", purpose=f"证明第{number + 1}号", approved_by="王强"
            )
    with village.reading() as session:
        rows = lookups.seal_register(session, year=2026)
    pdf = printout.seal_register(rows, "东河村", 2026)
    pages = pages_text(pdf)
    assert len(pages) > 1
    assert all("事由" in page and "批准人" in page for page in pages)
    assert all("续表" in page for page in pages[1:])
    first, again = (pictures(pdf, dpi=96)[0] for _ in range(2))
    assert first.rgba == again.rgba
    assert Image.frombytes("RGBA", (first.width, first.height), first.rgba).convert("L").histogram()[:60] != [0] * 60


def test_private_numbers_are_in_no_sheet_that_was_covered(village: VillageFile) -> None:
    body = f"三组{CANARIES[4]}，男，9岁，证号{CANARIES[0]}，电话{CANARIES[1]}，卡号{CANARIES[2]}，患{CANARIES[3]}。"
    with village.writing("tests.canary") as session:
        notice = actions.draft_notice(session, item="affairs", title="救助公开", body=body, review_first=False)
        assert actions.mask_draft(session, notice_id=notice) == 5
        actions.publish(session, notice_id=notice, posting_from=day(1))
        actions.post(session, notice_id=notice, posted_on=day(1))
    wanted = {"notice", "notice-file", "notice-a3", "review-form", "year-plan", "posted-register", "seal-register"}
    made = 0
    with village.reading() as session:
        for sheet in PRINTS:
            if sheet.name in wanted:
                text = plain_text(sheet.make(session, "救助公开" if sheet.number else "").content)
                made += 1
                assert [canary for canary in CANARIES if canary in text.replace("\n", "")] == [], sheet.name
        detail = lookups.one_notice(session, notice, on=day(10))
    assert made == len(wanted)
    assert "李*" in detail.body
    assert io.BytesIO(printout.both(detail.paper)).read(5) == b"%PDF-"
