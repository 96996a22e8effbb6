"""Notices on paper: what they say, that they say it again byte for byte, and that the code can be read back."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from village_desk.kit.errors import NotAllowed
from village_desk.notices import printout
from village_desk.notices.lookups import SheetPaper
from village_desk.notices.printout import Purpose
from village_desk.notices.rules.kinds import Issuer, NoticeKind
from village_desk.paper.preview import pictures
from village_desk.paper.text import pages_text, plain_text

GOLDENS = Path(__file__).parent / "goldens"
PAPER = SheetPaper(
    title="关于村东排水渠修缮的决议公开",
    kind=NoticeKind.PUBLICATION,
    number="东河村委〔2026〕3号",
    village="东河村",
    issuer=Issuer.COMMITTEE,
    issuer_name="东河村村民委员会",
    body=(
        "2026年8月30日，村民代表会议应到37人、实到30人，同意27人、反对1人、弃权2人，表决通过下列决议。\n"
        "一、修缮内容\n修缮村东排水渠480米，汛期前完工，由䶮某、𬭎某负责验收。\n"
        "二、资金\n预算46,000.00元，从村集体经济所得资金中列支，不向村民筹资。"
    ),
    grounds=(
        ("2026年8月20日党员大会审议", "《中国共产党支部工作条例（试行）》第十一条"),
        ("2026年8月30日村民代表会议决议", "《村民委员会组织法》（2025修订）第三十条"),
    ),
    posting_law="《村民委员会组织法》（2025修订）第三十五条",
    review="同意公开（李建国，2026年8月31日）",
    period_name="公开期限",
    period="2026年9月1日至2026年9月16日（15天）",
    objection="",
    phones=(("村监督电话", "0515-86012345"), ("乡镇监督举报电话", "0515-86010000")),
    dated_on=dt.date(2026, 9, 1),
    code="12345 67890 12345 67890 12345 67890",
    code_text=f"VD1 320924103205 A1B2C3D4 12 {'M5HK' * 13} {'QZ7' * 34}A",
    draft=False,
    record_id="5f" * 16,
)


def agrees_with_golden(name: str, pdf: bytes) -> None:
    """Compare with the reviewed text; WRITE_GOLDENS=1 accepts what is printed now."""
    path, text = GOLDENS / f"{name}.txt", "\n-- 换页 --\n".join(pages_text(pdf)) + "\n"
    if os.environ.get("WRITE_GOLDENS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_the_sheet_for_the_wall_reads_as_reviewed() -> None:
    agrees_with_golden("resolution_wall", printout.notice(PAPER))


def test_the_sheet_for_the_file_reads_as_reviewed() -> None:
    agrees_with_golden("resolution_file", printout.notice(PAPER, Purpose.FILE))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert printout.notice(PAPER) == printout.notice(replace(PAPER))


def test_trap_25_dates_have_no_zeros_and_numbers_have_hexagonal_brackets() -> None:
    text = plain_text(printout.notice(PAPER))
    assert "2026年9月1日" in text
    assert "09月" not in text
    assert "〔2026〕3号" in text


def test_trap_14_an_objection_notice_says_how_to_object_and_a_publication_does_not() -> None:
    objection = replace(
        PAPER,
        kind=NoticeKind.OBJECTION,
        period_name="公示期",
        objection="如有异议，请在张贴之日起5天内，以书面或口头形式实名反映。",
    )
    assert "特此公示" in plain_text(printout.notice(objection))
    assert "异议" in plain_text(printout.notice(objection))
    assert "异议" not in plain_text(printout.notice(PAPER))
    assert "现予公开，请村民监督" in plain_text(printout.notice(PAPER))


def test_trap_23_the_file_copy_names_the_seal_of_its_issuer() -> None:
    for issuer, seal in ((Issuer.BRANCH, "村党组织印章"), (Issuer.SUPERVISION, "村务监督委员会印章")):
        assert seal in plain_text(printout.notice(replace(PAPER, issuer=issuer), Purpose.FILE))


def test_a_short_sheet_is_one_page_and_a_long_one_keeps_issuer_and_date_with_its_text() -> None:
    assert printout.pages_of(printout.notice(PAPER)) == 1
    long = replace(PAPER, body="\n".join(f"第{number}段。修缮村东排水渠，汛期前完工。" for number in range(1, 60)))
    last = pages_text(printout.notice(long))[-1]
    assert "东河村村民委员会" in last
    assert "现予公开" in last


def test_the_usual_resolution_stands_on_one_page_with_its_grounds_below_issuer_and_date() -> None:
    grounds = tuple(
        (f"2026年8月{day}日{body}", "《中国共产党支部工作条例（试行）》第十二条")
        for day, body in (
            (10, "村党组织提议"),
            (12, "村“两委”会议商议"),
            (20, "党员大会审议"),
            (30, "村民代表会议决议"),
        )
    )
    body = PAPER.body + "\n三、监督\n" + "\n".join(["分段验收后付款，由村务监督委员会全程监督，账目随时可查。"] * 3)
    (page,) = pages_text(printout.notice(replace(PAPER, body=body, grounds=grounds)))
    assert page.index("现予公开") < page.index("2026年9月1日\n") < page.index("办理依据") < page.index("核对码")
    assert "村监督电话：0515-86012345\t乡镇监督举报电话：0515-86010000" in page


def test_the_code_on_the_wall_can_be_read_back() -> None:
    picture = pictures(printout.notice(PAPER), dpi=300)[-1]
    found = zxingcpp.read_barcodes(Image.frombytes("RGBA", (picture.width, picture.height), picture.rgba).convert("L"))
    assert [each.text for each in found] == [PAPER.code_text]


def test_a_draft_has_no_number_and_no_code() -> None:
    draft = replace(PAPER, number="", code="", code_text="", draft=True, dated_on=None, period="")
    text = plain_text(printout.notice(draft))
    assert "核对码" not in text
    assert "〔2026〕" not in text


def test_a_character_without_a_glyph_stops_the_print_and_names_its_place() -> None:
    with pytest.raises(NotAllowed, match="正文"):
        printout.notice(replace(PAPER, body="请\U0001f600看\n"))
