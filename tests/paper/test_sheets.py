"""Whole sheets: the same bytes each time, readable text, embedded fonts, margins, and what the standard asks."""

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from village_desk.kit import resources
from village_desk.kit.errors import NotAllowed
from village_desk.paper import (
    BOARD,
    FORM,
    OFFICIAL,
    WIDE_FORM,
    Cell,
    Column,
    Enclosures,
    FieldTable,
    Foot,
    Form,
    Frame,
    Grid,
    Heading,
    Issuers,
    Mark,
    NewPage,
    Para,
    Sheet,
    SignLine,
    Strong,
    Writing,
    bind,
    label,
)
from village_desk.paper.pages import MM
from village_desk.paper.preview import Preview, pictures
from village_desk.paper.text import pages_text, plain_text

ROOT = Path(__file__).resolve().parents[2]
LONG = "经村民代表会议讨论，应到30人、实到28人，26人同意，决定对三组至小学1,200米道路进行硬化，预算186,000.00元。"


def notice() -> Sheet:
    return Sheet(
        title="东河村村民委员会关于三组道路硬化工程表决结果的公告",
        blocks=[
            Para("全体村民：", indent=0),
            Para(LONG),
            Heading("一、工程内容"),
            Heading("（一）路段", 2),
            Para(
                [
                    "承包人为",
                    Strong("张𬭎"),
                    "（身份证号3209**********1234），",
                    "公示期为2026年3月6日至3月21日（15天）。",
                ]
            ),
            Enclosures(["表决结果", "预算表"]),
            Issuers(["东河村村民委员会"], "2026年3月6日"),
        ],
        mark=Mark("VD1:402917735518", code="402917735518"),
    )


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Font names and whether each is embedded."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for entry in page["/Resources"]["/Font"].values():  # type: ignore[index]  # pypdf types objects loosely
            font = entry.get_object()
            found[font["/BaseFont"]] = "/FontFile2" in font.get("/FontDescriptor", {})
    return found


def test_a_notice_reads_as_it_was_written() -> None:
    pages = pages_text(notice().pdf())
    assert pages[0].split("\n")[:4] == [
        "东河村村民委员会",
        "关于三组道路硬化工程表决结果的公告",
        "全体村民：",
        "经村民代表会议讨论，应到30人、实到28人，26人同意，决",
    ]
    text = plain_text(notice().pdf())
    assert LONG in text
    assert "张𬭎（身份证号3209**********1234）" in text
    assert "核对码402917735518" in text


def test_the_same_sheet_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, sys; sys.path[:0] = ['tests/paper', '.']; import test_sheets; "
        "print(hashlib.sha256(test_sheets.notice().pdf()).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(notice().pdf()).hexdigest()


def test_bytes_do_not_depend_on_what_was_printed_before() -> None:
    first = notice().pdf()
    Sheet("别的", [Para("㑇㳇赟翀𬱖𫍯𬤝䲟鿍")], frame=FORM).pdf()
    assert notice().pdf() == first


def test_all_fonts_are_embedded_and_helvetica_is_not_listed() -> None:
    fonts = fonts_of(bind([notice(), Sheet("表", [Grid([Column("甲")], [["1"]])], frame=FORM)]))
    assert all(fonts.values())
    assert not any("Helvetica" in name for name in fonts)
    assert len(fonts) >= 5


def test_the_file_names_its_title_and_no_person() -> None:
    properties = pypdf.PdfReader(io.BytesIO(notice().pdf())).metadata
    assert properties is not None
    assert properties.title == "东河村村民委员会关于三组道路硬化工程表决结果的公告"
    assert not properties.author
    assert properties.creator == "Village Desk"


def test_all_8105_characters_come_back_from_the_file() -> None:
    table = resources.path("fonts", "characters-8105.txt").read_text(encoding="utf-8").replace("\n", "")
    pdf = Sheet("", [Para(table, indent=0)], frame=BOARD).pdf()
    text = "".join(
        "".join(line.split()) for page in pages_text(pdf) for line in page.split("\n") if "共" not in line[:8]
    )
    lost = set(table) - set(text)
    assert lost <= set("第页共")
    assert "𬭎" in text
    body = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\n", "")
    assert table[:200] in body


def test_a_missing_character_stops_the_sheet_and_names_its_place() -> None:
    sheet = Sheet(
        "签到表",
        [
            Grid(
                [Column("序号"), Column("姓名")],
                [["1", "张三"], ["2", "李\U000323af"]],
                where=lambda at: f"第{at + 1}位",
            )
        ],
        frame=FORM,
    )
    with pytest.raises(NotAllowed, match=r"第2位“姓名”.*U\+323AF"):
        sheet.pdf()
    with pytest.raises(NotAllowed, match="户主姓名"):
        Sheet("", [Form((20, 0), [[label("姓名"), Cell("\U000323af", where="户主姓名")]])], frame=FORM).pdf()
    with pytest.raises(NotAllowed, match="关于"):
        Sheet("关于\U000323af的公告", [Para("正文")]).pdf()


@pytest.mark.parametrize("frame", [OFFICIAL, BOARD, FORM, WIDE_FORM])
def test_no_ink_stands_outside_the_frame(frame: Frame) -> None:
    sheet = Sheet(
        "关于2026年第三季度村级财务收支情况的公告",
        [
            *(Para(LONG * count) for count in (1, 3, 5, 2, 4)),
            FieldTable([("事项", LONG), ("编号", "3301**********1234" * 3)]),
            Grid([Column("序号", 12), Column("摘要"), Column("金额", 20)], [["1", LONG, "9,999,999,999.00"]] * 4),
            Writing(2),
            SignLine(["主持人（签字）：", "记录人（签字）：", "监督人（签字）："]),
            Issuers(["东河村村民委员会"], "2026年3月6日"),
        ],
        frame=frame,
        foot="存档编号 2026-03",
    )
    dots = 72
    for picture in pictures(sheet.pdf(), dots):
        image = Image.frombytes("RGBA", (picture.width, picture.height), picture.rgba).convert("L")
        box = image.point(lambda value: 255 if value < 200 else 0).getbbox()
        assert box is not None
        assert box[0] >= frame.left * MM - 1.5
        assert box[2] <= (frame.width - frame.right) * MM + 1.5
        assert box[1] >= frame.top * MM - 1.5
        # The foot with the page number stands below the text by rule.
        body = image.crop((0, int((frame.height - frame.bottom) * MM) + 2, image.width, image.height))
        ink = body.point(lambda value: 255 if value < 200 else 0).getbbox()
        assert ink is not None
        assert ink[3] - ink[1] < 16


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    pages = pages_text(Sheet("公告", [Para(LONG * 40)]).pdf())
    assert [page.rstrip().split("\n")[-1] for page in pages] == [f"— {n} —" for n in range(1, len(pages) + 1)]
    assert len(pages) >= 3
    odd, even = (page.crop((0, 745, 595, 842)) for page in _images(Sheet("公告", [Para(LONG * 40)]).pdf())[:2])
    assert odd.getbbox()[0] > 297 > even.getbbox()[2]  # type: ignore[index]  # there is ink


def _images(pdf: bytes) -> list[Image.Image]:
    return [
        Image.frombytes("RGBA", (p.width, p.height), p.rgba).convert("L").point(lambda value: 255 if value < 200 else 0)
        for p in pictures(pdf, 72)
    ]


def test_a_page_of_the_standard_holds_22_lines() -> None:
    pages = pages_text(Sheet("", [Para(LONG * 30, indent=0)]).pdf())
    assert len(pages[0].strip().split("\n")) == 22 + 1


def test_the_issuer_never_stands_alone_on_a_page() -> None:
    for lines in range(15, 24):
        body = [Para("村" * 28, indent=0) for _ in range(lines)]
        pages = pages_text(Sheet("", [*body, Issuers(["东河村村民委员会"], "2026年3月6日")]).pdf())
        last = pages[-1].split("\n")
        assert "东河村村民委员会" in pages[-1]
        assert last[0].startswith("村村")


def test_small_print_ends_at_the_bottom_of_the_text_on_the_page_of_issuer_and_date() -> None:
    foot = Foot([Para("办理依据：" + LONG * 2, indent=0, size=12, pitch=17)])
    for lines in (3, 12, 16, 19, 22, 30):
        body = [Para("村" * 28, indent=0) for _ in range(lines)]
        sheet = Sheet("", [*body, Issuers(["东河村村民委员会"], "2026年3月6日"), foot])
        last = pages_text(sheet.pdf())[-1]
        assert last.index("村村") < last.index("2026年3月6日") < last.index("办理依据")
        # The page number stands below; the last ink of the text comes within a line of the frame's end.
        text = _images(sheet.pdf())[-1].crop((0, 0, 595, int((297 - 35) * MM) + 1)).getbbox()
        assert text is not None
        assert (297 - 35) * MM - text[3] < 6
    assert pages_text(Sheet("", [Para(LONG), Foot([])]).pdf()) == pages_text(Sheet("", [Para(LONG)]).pdf())


def test_a_heading_stays_with_what_follows() -> None:
    for lines in range(17, 23):
        body = [Para("村" * 28, indent=0) for _ in range(lines)]
        pages = pages_text(Sheet("", [*body, Heading("一、标题"), Para(LONG)]).pdf())
        assert all(page.rstrip().split("\n")[-2] != "一、标题" for page in pages)


def test_the_mark_is_read_by_a_scanner() -> None:
    picture = pictures(notice().pdf(), 150)[-1]
    image = Image.frombytes("RGBA", (picture.width, picture.height), picture.rgba).convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(image)] == ["VD1:402917735518"]


def test_bound_sheets_count_their_own_pages() -> None:
    pages = pages_text(
        bind([Sheet("甲", [Para(LONG), NewPage(), Para(LONG)], frame=FORM), Sheet("乙", [], frame=WIDE_FORM)])
    )
    assert [page.rstrip().split("\n")[-1] for page in pages] == ["第1页　共2页", "第2页　共2页", "第1页　共1页"]


def test_the_preview_shows_the_pages_at_the_size_asked_for() -> None:
    preview = Preview(bind([notice(), Sheet("横表", [], frame=WIDE_FORM)]))
    assert len(preview) == 2
    assert preview.size(1) == pytest.approx((297 * MM, 210 * MM), abs=0.1)
    picture = preview.picture(1, 144)
    assert (picture.width, picture.height) == (1684, 1191)
    assert len(picture.rgba) == picture.width * picture.height * 4
    assert picture.png().startswith(b"\x89PNG")
    preview.close()
