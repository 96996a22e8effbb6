"""The index of a box, its spine, and the closing sheet that lies at its end."""

from dataclasses import replace

from village_desk.archive.lookups import BoxDetail
from village_desk.archive.rules import eight_digits
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.paper import (
    FORM,
    WIDE_FORM,
    Align,
    Block,
    Cell,
    Column,
    Form,
    Grid,
    HeadLine,
    Role,
    Sheet,
    bind,
    label,
)
from village_desk.paper.tables import Row

# 归档文件目录 of DA/T 22-2015, 6.8, with the number of the document and the remarks that villages add.
_COLUMNS = (
    Column("序号", 14),
    Column("档号", 46),
    Column("文号", 40),
    Column("责任者", 32, Align.LEFT),
    Column("题名", 0, Align.LEFT),
    Column("日期", 24),
    Column("密级", 14),
    Column("页数", 14),
    Column("备注", 26, Align.LEFT),
)


# The broadest box of DA/T 22-2015 is 50 mm thick.
_SPINE = replace(FORM, left=80, right=80)


def box_index(detail: BoxDetail, *, village: str) -> bytes:
    """Spine, index and closing sheet (备考表) of a box in one PDF. Raises NotAllowed for an empty box."""
    row = detail.row
    if not detail.pieces:
        raise NotAllowed(f"{row.box_no}号盒里一件也没有。", "请先归档文件，放进这一盒，再打印目录。")
    return bind(
        [_spine(detail, village), _index(detail, village), _closing(detail, village)], f"{row.box_no}号档案盒目录"
    )


def _index(detail: BoxDetail, village: str) -> Sheet:
    row = detail.row
    rows: list[Row] = [
        [
            str(number),
            one.piece_no,
            one.document_no,
            one.issuer,
            one.title,
            eight_digits(one.dated_on),
            "",
            str(one.pages),
            one.note,
        ]
        for number, one in enumerate(detail.pieces, start=1)
    ]
    total = ["", "合计", "", "", f"{row.pieces}件", "", "", str(row.pages), ""]
    return Sheet(
        "归档文件目录",
        [Grid(_COLUMNS, rows, total=[total], row_height=9)],
        WIDE_FORM,
        head=(f"单位：{village}", f"盒号：{row.box_no}　保管期限：{row.retention}"),
        subject=f"{row.box_no}号盒归档文件目录",
    )


def _spine(detail: BoxDetail, village: str) -> Sheet:
    row = detail.row
    rows: list[list[Cell | str]] = [
        [label("全宗\n单位"), Cell(village, align=Align.CENTRE, size=16)],
        [label("年度"), Cell(str(row.year), align=Align.CENTRE, size=20)],
        [label("类别"), Cell(row.category, align=Align.CENTRE, size=20)],
        [label("保管\n期限"), Cell(row.retention, align=Align.CENTRE, size=20)],
        [label("起止\n件号"), Cell(f"{row.first:04d}\n至\n{row.last:04d}", align=Align.CENTRE, size=14)],
        [label("盒号"), Cell(str(row.number), align=Align.CENTRE, size=28)],
        [label("内容"), Cell(row.title or "　", align=Align.CENTRE, size=14, height=60)],
    ]
    blocks: list[Block] = [
        Form((19, 31), rows, row_height=20),
        HeadLine("沿边框剪下贴在盒脊上", role=Role.KAI),
    ]
    return Sheet("档案盒脊", blocks, _SPINE, subject=f"{row.box_no}号盒脊")


def _closing(detail: BoxDetail, village: str) -> Sheet:
    row = detail.row
    days = [one.dated_on for one in detail.pieces if one.dated_on is not None]
    span = f"，形成于{chinese_date(min(days))}" if days else ""
    if days and min(days) != max(days):
        span = f"{span}至{chinese_date(max(days))}"
    told = f"本盒共{row.pieces}件、{row.pages}页，件号{row.first:04d}至{row.last:04d}{span}。"
    words = [told, *detail.findings, row.note]
    rows: list[list[Cell | str]] = [
        [label("盒内文件情况说明"), Cell("\n".join(one for one in words if one), height=120, top=True)],
        [label("整理人"), Cell("", height=14, sign=("（签字）　　　　　　年　　月　　日",))],
        [label("检查人"), Cell("", height=14, sign=("（签字）　　　　　　年　　月　　日",))],
    ]
    return Sheet("备考表", [Form((34, 0), rows)], FORM, head=(f"单位：{village}", f"盒号：{row.box_no}"))
