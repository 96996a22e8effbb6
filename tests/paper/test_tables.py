"""Forms and grids: merged cells, heads on every page, sums of each page, rows that are higher than a page."""

import io

import pypdf
import pytest

from village_desk.kit.money import yuan
from village_desk.paper import FORM, Align, Cell, Column, Form, Gap, Grid, Sheet, SignLine, label, ticked
from village_desk.paper.fonts import Role
from village_desk.paper.marks import grouped
from village_desk.paper.pages import Typesetter
from village_desk.paper.tables import Row
from village_desk.paper.text import pages_text, plain_text

COLUMNS = [Column("序号", 14), Column("摘要", 0, Align.LEFT), Column("金额（元）", 32, Align.RIGHT)]


def test_heads_stand_on_every_page_and_no_row_is_lost() -> None:
    rows = [[str(number), f"第{number}笔", "1.00"] for number in range(1, 121)]
    pages = pages_text(Sheet("明细表", [Grid(COLUMNS, rows)], frame=FORM).pdf())
    assert len(pages) > 3
    assert all("摘要" in page for page in pages)
    assert ["续表" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    text = "".join(pages)
    assert all(text.count(f"第{number}笔") == 1 for number in range(1, 121))


def test_sums_of_pages_add_up_to_the_total() -> None:
    amounts = [number * 1_234 for number in range(1, 101)]
    rows = [[str(at + 1), "收入", yuan(amount)] for at, amount in enumerate(amounts)]
    seen: list[int] = []

    def foot(here: range, so_far: range, last: bool) -> list[list[str]]:
        assert so_far.stop == here.stop
        return [["", "本页小计", yuan(sum(amounts[at] for at in here))]]

    sheet = Sheet("明细表", [Grid(COLUMNS, rows, total=[["", "合计", yuan(sum(amounts))]], page_foot=foot)], frame=FORM)
    for page in pages_text(sheet.pdf()):
        words = page.split()
        shown = [words[at + 1] for at, word in enumerate(words) if word == "收入"]
        printed = words[words.index("本页小计") + 1]
        assert printed == yuan(sum(_fen(amount) for amount in shown))
        seen.append(_fen(printed))
    assert len(seen) > 2
    assert sum(seen) == sum(amounts)
    assert plain_text(sheet.pdf()).count("合计" + yuan(sum(amounts))) == 1


def _fen(amount: str) -> int:
    return int(amount.replace(",", "").replace(".", ""))


def test_total_follows_the_last_row_without_page_sums() -> None:
    rows = [[str(number), "收入", "1.00"] for number in range(30)]
    text = plain_text(Sheet("", [Grid(COLUMNS, rows, total=[["", "合计", "30.00"]])], frame=FORM).pdf())
    assert "29收入1.00合计30.00" in text


def test_grouped_columns_get_an_upper_head() -> None:
    columns = [Column("摘要"), Column("收入", 20, group="金额"), Column("支出", 20, group="金额"), Column("备注")]
    text = plain_text(Sheet("", [Grid(columns, [["甲", "1", "2", ""]])], frame=FORM).pdf())
    assert text.startswith("摘要金额备注收入支出甲12")


def test_an_amount_is_set_smaller_rather_than_broken() -> None:
    grid = Grid([Column("金额", 18, Align.RIGHT), Column("备注")], [["9,999,999,999.00", ""]])
    assert "9,999,999,999.00" in pages_text(Sheet("", [grid], frame=FORM).pdf())[0].split()


def test_merged_cells_take_their_places() -> None:
    form = Form(
        (20, 40, 20, 40),
        [
            [label("表决", rows=2), label("同意"), label("反对"), label("弃权")],
            ["26", "1", "1"],
            [label("决议"), Cell("同意实施。", columns=3, height=30, sign=("（盖章）", "年　月　日"))],
        ],
    )
    strips = form.strips(Typesetter(FORM))
    # The two rows that a cell spans are one strip; the rule about 30 mm holds.
    assert len([strip for strip in strips if not strip.blank]) == 2
    assert strips[1].height >= 30 / 25.4 * 72
    text = plain_text(Sheet("", [form], frame=FORM).pdf())
    assert "表决同意反对弃权2611决议同意实施。（盖章）年月日" in text


def test_more_cells_than_columns_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="more cells"):
        Form((20, 20), [["甲", "乙", "丙"]]).strips(Typesetter(FORM))


def test_a_row_higher_than_a_page_is_divided_between_its_lines() -> None:
    spoken = "".join(f"第{number}位代表发言，同意道路硬化方案。" for number in range(1, 301))
    form = Form((24, 0), [[label("发言记录"), Cell(spoken, top=True)], [label("决议"), "通过"]])
    pages = pages_text(Sheet("会议记录", [form], frame=FORM).pdf())
    assert len(pages) > 2
    assert all("发言记录" in page for page in pages)
    text = "".join(line for page in pages for line in page.split("\n") if line not in {"发言记录"} and "共" not in line)
    assert spoken in text.replace("\r", "")


def test_rows_that_hang_together_are_divided_when_they_fill_pages() -> None:
    rows: list[Row] = [[label("表决情况", rows=80), "户主1", "同意"], *([f"户主{at}", "同意"] for at in range(2, 81))]
    pages = pages_text(Sheet("表决单", [Form((24, 0, 30), rows)], frame=FORM).pdf())
    assert len(pages) > 2
    assert all("表决情况" in page for page in pages)
    names = [word for page in pages for word in page.split() if word.startswith("户主")]
    assert sorted(names, key=lambda name: int(name[2:])) == [f"户主{at}" for at in range(1, 81)]


def test_short_rows_are_filled_with_empty_cells() -> None:
    pdf = Sheet("", [Form((20, 20, 20), [["甲"]])], frame=FORM).pdf()
    drawing = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert drawing is not None
    assert drawing.get_data().count(b" re") == 3


def test_a_blank_cell_higher_than_a_page_does_not_turn_pages_for_ever() -> None:
    pages = pages_text(Sheet("", [Form((24, 0), [[label("签字"), Cell("", height=400)]])], frame=FORM).pdf())
    assert 1 <= len(pages) <= 3


def test_signature_places_break_into_rows_when_they_get_too_short() -> None:
    few = SignLine(["主持人：", "记录人："]).strips(Typesetter(FORM))
    many = SignLine(["村集体经济组织负责人（签字）：", "村务监督委员会主任（签字）：", "主管会计（签字）："])
    assert len(few) == 1
    assert len(many.strips(Typesetter(FORM))) > 1


def test_signature_places_never_stand_alone_on_a_page() -> None:
    for rows in range(20, 34):
        form = Form((22, 0), [[label("项目"), f"第{number}行"] for number in range(1, rows + 1)])
        pages = pages_text(Sheet("", [form, Gap(3), SignLine(["主持人："])], frame=FORM).pdf())
        assert f"第{rows}行" in pages[-1]
        assert "主持人：" in pages[-1]


def test_labels_are_broken_by_sense() -> None:
    text = pages_text(Sheet("", [Form((22, 0), [[label("参会人员签字"), ""]])], frame=FORM).pdf())[0]
    assert text.split("\n")[:2] == ["参会人员", "签字"]


def test_ticked_boxes_and_grouped_codes() -> None:
    assert ticked(["党员群众建议", "村干部提议"], ["村干部提议"]) == "□党员群众建议　☑村干部提议"
    assert grouped("402917735518") == "4029 1773 5518"
    assert "☑村干部提议" in plain_text(
        Sheet("", [Form((20, 0), [[label("动议"), Cell("☑村干部提议", role=Role.SONG)]])], frame=FORM).pdf()
    )
