"""The lists of the page of the archive as grids show them."""

import datetime as dt

from village_desk.archive.lookups import AttachmentRow, BoxRow, PieceRow
from village_desk.kit.text import chinese_date
from village_desk.widgets.tables import Column, ListTable


class BoxTable(ListTable[BoxRow]):
    """One line a box."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("box_no", "盒号", lambda one: one.box_no, width=7),
                Column("title", "内容", lambda one: one.title or one.category, width=7, wide=True),
                Column("pieces", "件数", lambda one: str(one.pieces), width=3, align="right"),
                Column("retention", "保管期限", lambda one: one.retention, width=4, side=True),
                Column("shelf", "存放位置", lambda one: one.shelf, width=6, side=True),
            ),
            sort_keys={"box_no": lambda one: (-one.year, one.category, one.number), "pieces": lambda one: one.pieces},
        )


class PieceTable(ListTable[PieceRow]):
    """One line a piece; `boxed` is the list inside one box, which needs no number of the box."""

    def __init__(self, *, boxed: bool = False) -> None:
        box = Column[PieceRow]("box_no", "盒号", lambda one: one.box_no or "未装盒", width=6)
        super().__init__(
            (
                Column("piece_no", "档号", lambda one: one.piece_no, width=10.5),
                Column("title", "题名", lambda one: one.title, width=9, wide=True),
                Column("dated_on", "日期", lambda one: _day(one.dated_on), width=7, side=True),
                Column("pages", "页数", lambda one: str(one.pages), width=3, align="right", side=True),
                *(() if boxed else (box,)),
            ),
            sort_keys={
                "dated_on": lambda one: one.dated_on or dt.date.max,
                "pages": lambda one: one.pages,
            },
        )


class EvidenceTable(ListTable[AttachmentRow]):
    """One line an evidence file of any record."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("title", "题名", lambda one: one.title, width=10, wide=True),
                Column("kind", "种类", lambda one: one.kind_words, width=5),
                Column("made_on", "形成日期", lambda one: _day(one.made_on), width=7),
                Column("pages", "页数", lambda one: str(one.pages), width=3, align="right", side=True),
                Column("made_by", "经手人", lambda one: one.made_by, width=5, side=True),
                Column("of", "附在", lambda one: PLACES.get(one.of_table, "其他"), width=6, side=True),
            ),
            sort_keys={"made_on": lambda one: one.made_on or dt.date.min, "pages": lambda one: one.pages},
        )


# Where an evidence file hangs, by the name of its record's table.
PLACES = {
    "decision": "四议两公开",
    "decision_stage": "四议两公开",
    "meeting": "会议",
    "notice": "公开公示",
    "point_application": "积分申报",
    "account_sheet": "财务公开",
    "contract": "合同",
    "collective_asset": "资产",
    "collective_resource": "资源",
    "collective_debt": "债权债务",
    "works_project": "工程项目",
    "finance_review": "民主理财",
    "archive_piece": "归档文件",
}


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day is not None else ""
