"""Lists on paper: the year's plan on one sheet, what was posted, uses of seals; and the answer to an inquiry."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from village_desk.kit.text import chinese_date, short_date
from village_desk.notices.lookups import DutyState, InquiryRow, Plan, PlanRow, PostedRow, SealRow
from village_desk.notices.rules.privacy import covered
from village_desk.paper import (
    FORM,
    OFFICIAL,
    WIDE_FORM,
    Align,
    Block,
    Cell,
    Column,
    Gap,
    Grid,
    Issuers,
    Para,
    Sheet,
    SignLine,
)

# The plan is to hang beside the desk on one sheet.
_PLAN = replace(WIDE_FORM, top=9, bottom=10, left=12, right=12, title_size=16, title_pitch=20)
_SIZES = (9.5, 8.5, 7.5, 6.8, 6.2)
_MARKS = {DutyState.POSTED: "√", DutyState.OVERDUE: "！", DutyState.NOT_APPLICABLE: "—"}


def year_plan(plan: Plan) -> bytes:
    """The plan of a year on one sheet where it fits: an item a line, its days over the months, √ for what hung.

    Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    made = _plan(plan, _SIZES[0])
    for size in _SIZES[1:]:
        if made.page_count <= 1:
            break
        made = _plan(plan, size)
    return made.pdf()


def _plan(plan: Plan, size: float) -> Sheet:
    items: dict[str, list[PlanRow]] = {}
    for row in plan.rows:
        items.setdefault(row.code, []).append(row)
    lines: list[list[Cell | str]] = []
    for number, rows in enumerate(items.values(), 1):
        first = rows[0]
        months: dict[int, list[str]] = {}
        for row in rows:
            months.setdefault(row.due_on.month, []).append(_mark(row))
        cells: list[Cell | str] = [str(number), first.column, first.name, first.who]
        cells += ["、".join(months.get(month, [])) for month in range(1, 13)]
        lines.append(cells)
    pitch = size * 1.4
    blocks: list[Block] = []
    if plan.events:
        named = "；".join(f"{row.name}（{row.when}）" for row in plan.events)
        blocks.append(Para(f"随时公开的：{named}。", indent=0, size=size, pitch=pitch, where="随时公开"))
    told = f"格里是要贴出的最后日期；√已张贴，晚√晚贴，！逾期未贴，—不适用。{plan.rate_words}。"
    blocks.append(Para(told, indent=0, size=size, pitch=pitch))
    columns = [
        Column("序号", 11),
        Column("栏目", 11),
        Column("公开事项", 0, Align.LEFT),
        Column("责任单位", 27),
        *(Column(f"{month}月", 11.5) for month in range(1, 13)),
    ]
    return Sheet(
        title=f"{plan.village}{plan.year}年村务公开计划",
        blocks=[
            Grid(columns, lines, row_height=size * 0.56, size=size, where=lambda at: f"第{at + 1}行"),
            *blocks,
        ],
        frame=_PLAN,
        head=(f"截至{chinese_date(plan.on)}", f"共{len(items)}项、{len(plan.rows)}次"),
        subject=f"{plan.village}{plan.year}年村务公开计划",
    )


def _mark(row: PlanRow) -> str:
    mark = "晚√" if row.late else _MARKS.get(row.state, "")
    return f"{row.due_on.day}日{mark}"


def posted_register(rows: Sequence[PostedRow], village: str, year: int) -> bytes:
    """公开登记簿: what was posted in a year, one line a sheet. Raises NotAllowed for a character without a glyph."""
    columns = [
        Column("编号", 34),
        Column("公开事项", 0, Align.LEFT),
        Column("公开日", 20),
        Column("截止日", 20),
        Column("地点", 28),
        Column("张贴人", 17),
        Column("撤下日", 20),
        Column("监委会审核", 22),
        Column("群众意见及答复", 44, Align.LEFT),
    ]
    lines = [
        [
            row.number,
            row.title,
            _day(row.posted_on),
            _day(row.last_day),
            row.boards,
            row.posted_by,
            _day(row.taken_on),
            row.review,
            row.objections,
        ]
        for row in rows
    ]
    return Sheet(
        title=f"{village}{year}年村务公开登记簿",
        blocks=[
            Grid(columns, lines, size=10, row_height=7, where=lambda at: rows[at].title),
            *([] if rows else [Para("这一年还没有张贴过。", indent=0)]),
        ],
        frame=WIDE_FORM,
        head=("", f"共{len(rows)}张"),
    ).pdf()


def seal_register(rows: Sequence[SealRow], village: str, year: int) -> bytes:
    """用章登记簿: the uses of seals of a year. Raises NotAllowed for a character without a glyph."""
    columns = [
        Column("序号", 11),
        Column("日期", 20),
        Column("事由", 0, Align.LEFT),
        Column("印章", 38),
        Column("次数", 11),
        Column("批准人", 18),
        Column("经办人", 18),
    ]
    lines = [
        [str(at), _day(row.used_on), covered(row.purpose), row.seal, str(row.many), row.approved_by, row.handled_by]
        for at, row in enumerate(rows, 1)
    ]
    return Sheet(
        title=f"{village}{year}年用章登记簿",
        blocks=[
            Grid(columns, lines, size=10.5, row_height=7.5, where=lambda at: rows[at].purpose),
            *([] if rows else [Para("这一年还没有用章记录。", indent=0)]),
        ],
        frame=FORM,
        head=("", f"共{len(rows)}笔"),
    ).pdf()


def answer(row: InquiryRow, village: str) -> bytes:
    """The answer to an inquiry or a joint demand, for the one who asked.

    Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    date = chinese_date(row.answered_on) if row.answered_on is not None else "　　年　月　日"
    committee = f"{village}村民委员会"
    asked = covered(row.words.rstrip("。"))
    blocks: list[Block] = [
        Para(f"{row.raised_by}：", indent=0, where="提出人"),
        Para(f"{chinese_date(row.raised_on)}提出的“{asked}”收悉，现答复如下：", where="提出的内容"),
        *(Para(line, where="答复内容") for line in covered(row.answer).splitlines() if line.strip()),
        Para("对答复有异议的，可以向村务监督委员会或者乡镇人民政府反映。"),
        Issuers([committee], date),
        Gap(4),
        SignLine(["收到人（签字）", "收到日期"]),
    ]
    return Sheet(
        title=f"关于{row.kind_words}的答复",
        blocks=blocks,
        frame=OFFICIAL,
        subject=f"{row.raised_by}：{asked[:20]}",
    ).pdf()


def _day(day: dt.date | None) -> str:
    return short_date(day) if day is not None else ""
