"""Paper: sheets of Chinese text, forms and tables into reproducible PDF bytes.

    from village_desk.paper import OFFICIAL, Heading, Issuers, Mark, Para, Sheet

    pdf = Sheet(
        title="东河村村民委员会关于村内道路硬化工程的公告",
        blocks=[
            Para("全体村民：", indent=0),
            Para("2026年3月5日，村民代表会议应到30人、实到28人，26人同意，通过下列决议。"),
            Heading("一、工程内容"),
            Para(["硬化三组至小学道路", Strong("1200米"), "。"]),
            Issuers(["东河村村民委员会"], "2026年3月6日"),
        ],
        mark=Mark("VD1:…", code="402917735518"),
    ).pdf()

Frames: OFFICIAL (GB/T 9704: 22 lines of 28 characters, page number — 1 —), BOARD (notice board), FORM and WIDE_FORM
(forms and tables, 第1页 共3页). Text blocks: Title, Heading(level 1 to 3), Para, HeadLine (one text left, one right),
Enclosures (附件), Issuers (issuer, date, room for the seal), SignLine and Writing (places for handwriting), Gap,
NewPage, Photo, Mark, Foot (small print at the bottom of the text), Beside (short texts in columns). Tables: FieldTable
(pairs), Form (merged cells), Grid (head repeated as 续表, sums of each page).

    Form(
        columns=(26, 0, 20, 24, 20, 24),                         # millimetres; 0 takes what is left
        rows=[
            [label("提议事项"), Cell("村内道路硬化", columns=5)],
            [label("时间"), "2026年3月1日", label("应到"), "9人", label("实到"), "8人"],
            [label("监督意见"), Cell("程序合规。", columns=5, height=40, sign=("（签字、盖章）", "年　　月　　日"))],
        ],
    )
    Grid([Column("序号", 12), Column("姓名", 22), Column("金额（元）", 28, Align.RIGHT), Column("签名")], rows)

Text is a string or a list of strings and Strong; "\\n" begins a new line; ticked(options, chosen) writes ☑ and □.
`bind([sheet, …])` puts several sheets into one file. A character that no shipped font draws raises NotAllowed before
anything is written; `where` on Para, Cell and Grid names the place for the clerk.
The parts live in modules of their own (paper.preview, paper.text, paper.fonts) and load reportlab only when needed.
"""

from village_desk.paper.blocks import (
    Enclosures,
    Gap,
    Heading,
    HeadLine,
    Issuers,
    NewPage,
    Para,
    SignLine,
    Strong,
    Title,
    Writing,
    ticked,
)
from village_desk.paper.document import Sheet, bind
from village_desk.paper.fonts import Role
from village_desk.paper.foot import Beside, Foot
from village_desk.paper.marks import Mark, grouped
from village_desk.paper.pages import BOARD, FORM, OFFICIAL, WIDE_FORM, Block, Frame
from village_desk.paper.paragraph import Align
from village_desk.paper.photo import Photo
from village_desk.paper.tables import Cell, Column, FieldTable, Form, Grid, label

__all__ = [
    "BOARD",
    "FORM",
    "OFFICIAL",
    "WIDE_FORM",
    "Align",
    "Beside",
    "Block",
    "Cell",
    "Column",
    "Enclosures",
    "FieldTable",
    "Foot",
    "Form",
    "Frame",
    "Gap",
    "Grid",
    "HeadLine",
    "Heading",
    "Issuers",
    "Mark",
    "NewPage",
    "Para",
    "Photo",
    "Role",
    "Sheet",
    "SignLine",
    "Strong",
    "Title",
    "Writing",
    "bind",
    "grouped",
    "label",
    "ticked",
]
