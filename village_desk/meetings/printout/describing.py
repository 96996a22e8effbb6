"""A year of activities on paper: how many of each place and form, who was trained, what members' service came to."""

import datetime as dt
from collections.abc import Sequence

from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups.activities import ActivityRow
from village_desk.meetings.lookups.describing import Described, Trained
from village_desk.paper import FORM, Align, Block, Column, FieldTable, Gap, Grid, Heading, Para, Sheet, SignLine
from village_desk.registers.lookups.sums import Counted


def year_sheet(
    tables: Sequence[tuple[str, Sequence[Counted]]], trained: Sequence[Trained], *, village: str, span: str
) -> bytes:
    """活动统计: one table a list, words without any named below it, and the trainings by level."""
    blocks: list[Block] = []
    for title, counted in tables:
        blocks.append(Heading(title, 2))
        blocks.append(_counted(counted))
        none = [one.words for one in counted if not one.many]
        if none:
            blocks.append(Para(f"还没有开展的：{'、'.join(none)}。", indent=0, size=11))
        blocks.append(Gap(2))
    blocks.append(Heading("培训", 2))
    blocks.append(
        Grid(
            [
                Column("哪一级办的", 0, align=Align.LEFT),
                Column("期数", 30, align=Align.RIGHT),
                Column("人次", 30, align=Align.RIGHT),
                Column("人数", 30, align=Align.RIGHT),
            ],
            [[one.level, str(one.sessions), str(one.times), str(one.people)] for one in trained],
            row_height=8,
        )
    )
    return Sheet(title=f"{village}活动统计", blocks=blocks, frame=FORM, head=(span, "")).pdf()


def service_sheet(counted: Sequence[Counted], *, village: str, span: str) -> bytes:
    """在职党员报到服务成效: the six counts of a time."""
    return Sheet(title=f"{village}在职党员报到服务成效", blocks=[_counted(counted)], frame=FORM, head=(span, "")).pdf()


def record_sheet(found: ActivityRow, described: Described, *, village: str, on: dt.date) -> bytes:
    """纪要 of an activity: what was to be done, the report, who came, what people advised and how far that is."""
    fields = [
        ("时间、地点", f"{chinese_date(found.held_on)}，{found.place or '未登记'}"),
        ("种类", "，".join(part for part in (found.kind_words, described.setting, described.form) if part)),
        ("题目", described.topic or found.title),
        ("活动清单", described.agenda or "未登记"),
        ("报告的内容", described.report or "未登记"),
        ("到场", "、".join(one.name for one in found.came) or "未登记"),
    ]
    blocks: list[Block] = [FieldTable(fields, label_width=32), Gap(2), Heading("群众建言", 2)]
    rows = [
        [str(number), case.shown_name, case.shown_title, case.stage_words]
        for number, case in enumerate(described.suggestions, 1)
    ]
    if rows:
        columns = [Column("序号", 14), Column("谁提的", 26), Column("建议", 0, align=Align.LEFT), Column("办理", 44)]
        blocks.append(Grid(columns, rows, row_height=8))
    else:
        blocks.append(Para("没有登记建言。", indent=0, size=12))
    blocks += [Gap(3), SignLine(["主持人", "记录人", "日期"])]
    return Sheet(title=f"{village}{found.title}纪要", blocks=blocks, frame=FORM).pdf()


def _counted(counted: Sequence[Counted]) -> Grid:
    return Grid(
        [Column("项目", 0, align=Align.LEFT), Column("次数", 30, align=Align.RIGHT)],
        [[one.words, str(one.many)] for one in counted],
        row_height=8,
    )
