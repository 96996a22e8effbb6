"""Large sheets on A4: nothing printed is lost, neighbours overlap, marks say where to cut."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from village_desk.paper import WIDE_FORM, Column, Grid, Para, Sheet, bind
from village_desk.paper.preview import pictures
from village_desk.paper.text import plain_text
from village_desk.paper.tiling import is_large, tiled
from village_desk.widgets.preview import PdfPreview

A4 = (595, 842)
A3_WIDE = replace(WIDE_FORM, width=420, height=297, size=16, pitch=27, table_size=15)
GRID = Grid([Column(f"第{at}列", 31) for at in range(12)], [[f"{row}-{at}" for at in range(12)] for row in range(18)])
TABLE = Sheet("财务收支明细公开表", [GRID], A3_WIDE)
WORDS = Sheet("公告", [Para("全体村民：请到村部领取。")])


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    document: Any = pypdfium2.PdfDocument(pdf)
    found = [(round(width), round(height)) for width, height in map(document.get_page_size, range(len(document)))]
    document.close()
    return found


def test_an_a3_table_stands_on_two_pages_of_a4_and_a4_stays_as_it_is() -> None:
    whole = bind([TABLE, WORDS])
    assert is_large(whole)
    assert not is_large(WORDS.pdf())
    pages = tiled(whole)
    assert sizes(pages) == [A4, A4, A4]
    assert tiled(whole) == pages, "the same sheet gives the same bytes"
    assert "请到村部领取" in plain_text(pages)


def test_the_two_halves_overlap_and_bear_marks() -> None:
    left, right = pictures(tiled(TABLE.pdf()), dpi=72)

    def column(picture: Any, x: int) -> list[bool]:
        return [picture.rgba[(y * picture.width + x) * 4] < 128 for y in range(picture.height)]

    # 8 mm of the left page's right end are the right page's left end: 23 dots, behind a white edge of 17.
    edge, overlap = 17, 23
    for step in range(3, overlap - 3):
        first = column(left, left.width - edge - overlap + step)[20:-40]
        near = [column(right, edge + step + by)[20:-40] for by in (-1, 0, 1)]
        assert min(sum(a != b for a, b in zip(first, second, strict=True)) for second in near) <= 12
    for picture, middle in ((left, left.width - edge - overlap // 2), (right, edge + overlap // 2)):
        foot = [
            picture.rgba[(y * picture.width + x) * 4] < 220
            for x in range(middle - 2, middle + 3)
            for y in range(picture.height - 40, picture.height)
        ]
        assert any(foot), "a mark where to cut"


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[PdfPreview]:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    yield made
    made.sheets.shut()


def test_the_preview_offers_a4_for_large_pages_only_and_saves_what_it_shows(
    preview: PdfPreview, qtbot: QtBot, tmp_path: Path
) -> None:
    preview.show_pdf(WORDS.pdf(), "公告", "公告.pdf")
    assert not preview.tile_button.isVisible()
    preview.show_pdf(TABLE.pdf(), "明细表", "明细表.pdf")
    assert preview.tile_button.isVisible()
    qtbot.mouseClick(preview.tile_button, Qt.MouseButton.LeftButton)
    assert preview.page_words.text() == "第1页　共2页"
    preview.save_as(str(tmp_path / "拼接.pdf"))
    assert sizes((tmp_path / "拼接.pdf").read_bytes()) == [A4, A4]
    qtbot.mouseClick(preview.tile_button, Qt.MouseButton.LeftButton)
    assert preview.page_words.text() == "第1页　共1页"


def test_a_notice_and_its_wide_table_print_each_on_paper_turned_its_way(preview: PdfPreview, tmp_path: Path) -> None:
    wide = Sheet("收支汇总表", [replace(GRID, rows=GRID.rows[:4])], WIDE_FORM)
    preview.show_pdf(bind([WORDS, wide, WORDS]), "公告", "公告.pdf")
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFullPage(True)
    preview.print_on(printer)
    printed = (tmp_path / "out.pdf").read_bytes()
    assert [width > height for width, height in sizes(printed)] == [False, True, False]
    page, original = pictures(printed, 36)[1], preview.sheets.image(1, 36)
    assert abs(page.width - original.width()) <= 2
