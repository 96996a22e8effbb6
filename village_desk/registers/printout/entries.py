"""Registers on paper: books with signatures, one entry on a page, contents, promises, funds, plates, counts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, short_date
from village_desk.paper import (
    BOARD,
    FORM,
    WIDE_FORM,
    Align,
    Block,
    Cell,
    Column,
    FieldTable,
    Form,
    Gap,
    Grid,
    Heading,
    Issuers,
    Para,
    Photo,
    Role,
    Sheet,
    SignLine,
    label,
)
from village_desk.people.printout import text_workbook
from village_desk.people.rules.masking import Audience, masked_name, screened
from village_desk.registers.lookups.entries import ChangeRow, EntryDetail, EntryRow
from village_desk.registers.lookups.forms import RegisterRow
from village_desk.registers.lookups.owed import MissingRow, PromiseRow
from village_desk.registers.lookups.promises import WATCH_WORDS
from village_desk.registers.lookups.sums import Counted, FundRow
from village_desk.registers.rules.entries import sums_of, words_of
from village_desk.rulebook.rules import FieldSort, RegisterField, RegisterTemplate, SubjectSort

_SHORT = frozenset(
    {
        FieldSort.CHOICE,
        FieldSort.MONEY,
        FieldSort.NUMBER,
        FieldSort.AREA,
        FieldSort.PERSON,
        FieldSort.GRID,
    }
)
_MOST_COLUMNS = 5
_INSIDE = "村内办公，不外传"
_BLANK_REPORT = "上报：　　月　　日　　时　　分，用电话、当面、纸质报给　　　　　　　　，回执号　　　　　　。"


def book(
    form: RegisterTemplate,
    rows: Sequence[EntryRow],
    *,
    village: str,
    span: str,
    audience: Audience = Audience.INTERNAL,
) -> bytes:
    """The book of a register: every entry with its day, a column for each short field, the rest in words, a signature.

    On a board only the fields for a wall stand, and people by their surname. Raises NotAllowed for a private register.
    """
    board = audience is Audience.BOARD
    if board:
        check_wall(form)
    fields = [one for one in form.fields if one.wall or not board]
    told = form.about is not SubjectSort.NONE
    columns_of = _columns(fields, _MOST_COLUMNS - told)
    columns = [Column("序号", 12), Column(form.day_title, 25)]
    columns += [Column(form.about_title, 24)] if told else []
    columns += [_column(one) for one in columns_of]
    stands = not board or any(_standing(row) for row in rows)
    columns += [Column("内容", 0, align=Align.LEFT), *([Column("办理情况", 30)] if stands else [])]
    columns += [] if board else [Column("签字", 22)]
    titles = {one.title for one in columns_of}
    allowed = {one.title for one in fields}
    body = []
    for number, row in enumerate(sorted(rows, key=lambda row: (row.noted_on, row.id)), 1):
        cells = _cells(row)
        rest = [f"{title}：{words}" for title, words in cells.items() if title in allowed and title not in titles]
        line = [str(number), chinese_date(row.noted_on)]
        line += [masked_name(row.subject) if board and row.subject else row.subject] if told else []
        line += [_in_cell(cells.get(one.title, "")) for one in columns_of]
        line += ["；".join(rest), *([_standing(row)] if stands else [])]
        body.append(line if board else [*line, ""])
    sums = sums_of(form, [row.kept for row in rows])
    total: list[list[str]] = []
    if any(one.key in sums for one in columns_of):
        told_sums = [_in_cell(words_of(one, sums[one.key], {})) if one.key in sums else "" for one in columns_of]
        total = [["", "合计", *([""] if told else []), *told_sums, "", "", *([] if board else [""])]]
    return Sheet(
        title=f"{village}{form.wall_title if board and form.wall_title else form.title}",
        blocks=[
            Grid(columns, body, total=total, row_height=9, size=10.5, where=lambda i: f"第{i + 1}行"),
            *([] if body else [Para("还没有登记。", indent=0)]),
            Gap(3),
            *([] if board else [SignLine([*form.signs, "日期"])]),
        ],
        frame=WIDE_FORM,
        head=(span, f"共{len(rows)}条"),
        foot=_INSIDE if form.private else "",
    ).pdf()


def workbook(form: RegisterTemplate, rows: Sequence[EntryRow], *, village: str, on: dt.date) -> bytes:
    """The register as .xlsx: a column for each field, text cells only.

    A file goes further than a paper: of a register that some may not read, names are masked and the words left out.
    """
    told, careful = form.about is not SubjectSort.NONE, bool(form.hidden_from)
    fields = [one for one in form.fields if not (careful and one.sort in {FieldSort.LONG, FieldSort.TEXT})]
    heads = [("序号", 6.0), (form.day_title, 14.0), *([(form.about_title, 14.0)] if told else [])]
    heads += [(one.title, 30.0 if one.sort is FieldSort.LONG else 16.0) for one in fields]
    heads += [("状态", 12.0), ("移出", 14.0)]
    lines = []
    for number, row in enumerate(rows, 1):
        cells = _cells(row)
        left = f"{row.left_on.isoformat()} {row.left_why}" if row.left_on else ""
        lines.append(
            [
                str(number),
                row.noted_on.isoformat(),
                *([masked_name(row.subject) if careful else row.subject] if told else []),
                *(
                    masked_name(cells.get(one.title, ""))
                    if careful and one.sort is FieldSort.PERSON
                    else cells.get(one.title, "")
                    for one in fields
                ),
                row.standing,
                left,
            ]
        )
    return text_workbook(form.title[:31], f"{village}{form.title}（{chinese_date(on)}）", heads, lines, on=on)


def entry_sheet(
    detail: EntryDetail, *, village: str, papers: Sequence[str] = (), photos: Sequence[bytes] = ()
) -> bytes:
    """One entry on a page: its answers, what happened since, the reports upwards, its attachments, a signature."""
    row, form = detail.row, detail.form
    fields: list[tuple[str, str]] = [(form.day_title, chinese_date(row.noted_on))]
    if row.subject:
        fields.append((form.about_title, row.subject))
    fields += list(_cells(row).items())
    if row.state:
        fields.append(("现在的状态", row.state))
    if row.left_on is not None:
        fields.append(("移出", f"{chinese_date(row.left_on)}，{row.left_why}"))
    blocks: list[Block] = [FieldTable(fields, label_width=38)]
    for name, lines in (
        ("附件", list(papers)),
        ("上报记录", [one.words for one in detail.reports]),
        ("答复", [one.words for one in detail.answers]),
        (
            "后来的情况",
            [f"{short_date(one.on)} {one.kind.words}：{_told(one)}" for one in detail.history],
        ),
    ):
        if lines:
            blocks += [Gap(2), Heading(name, 2), *(Para(words, indent=0, size=12) for words in lines)]
    if form.reports and not detail.reports:
        blocks += [
            Gap(2),
            Para(
                "上报：　　年　月　日　时　分，用（电话、当面、纸质）报给　　　　　　　，回执号　　　　。",
                indent=0,
                size=12,
            ),
        ]
    blocks += [Photo(one) for one in photos]
    blocks += [Gap(4), SignLine([*form.signs, "日期"])]
    title = "即时报告单" if form.reports else form.title
    return Sheet(
        title=f"{village}{title}", blocks=blocks, frame=FORM, foot=_INSIDE if form.private else "", subject=form.title
    ).pdf()


def contents(rows: Sequence[RegisterRow], *, village: str, on: dt.date) -> bytes:
    """台账目录: every register in use with its number of entries, the day of the last one, and the printed pages."""
    used = [row for row in rows if row.used]
    body = [
        [
            str(number),
            row.form.head,
            row.title,
            str(row.entries),
            chinese_date(row.last_on) if row.last_on else "未登记",
            str(row.late) if row.late else "",
            str(row.pages) if row.pages else "",
        ]
        for number, row in enumerate(used, 1)
    ]
    return Sheet(
        title=f"{village}台账目录",
        blocks=[
            Grid(
                [
                    Column("序号", 12),
                    Column("类别", 24),
                    Column("台账", 0, align=Align.LEFT),
                    Column("条数", 16, align=Align.RIGHT),
                    Column("最近登记", 34),
                    Column("逾期", 14, align=Align.RIGHT),
                    Column("已印页数", 20, align=Align.RIGHT),
                ],
                body,
                row_height=8,
            ),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(used)}本，{sum(row.entries for row in used)}条"),
    ).pdf()


def missing_sheet(form: RegisterTemplate, rows: Sequence[MissingRow], *, village: str, on: dt.date) -> bytes:
    """Who or what should stand in a register and does not."""
    body = [[str(number), row.words, row.group, row.why] for number, row in enumerate(rows, 1)]
    return Sheet(
        title=f"{village}{form.title}缺漏清单",
        blocks=[
            Grid(
                [
                    Column("序号", 14),
                    Column("谁或哪一天", 50),
                    Column("组别", 30),
                    Column("缺什么", 0, align=Align.LEFT),
                ],
                body,
                row_height=8,
            ),
            *([] if body else [Para("没有缺漏。", indent=0)]),
        ],
        frame=FORM,
        head=(f"截至{chinese_date(on)}", f"共{len(rows)}条"),
        foot=_INSIDE if form.private else "",
    ).pdf()


def promise_notice(rows: Sequence[PromiseRow], *, village: str, on: dt.date) -> bytes:
    """承诺公示: who promised what, until when."""
    body = [
        [str(number), row.name, screened(row.text, Audience.BOARD), chinese_date(row.due_on) if row.due_on else "长期"]
        for number, row in enumerate(rows, 1)
    ]
    columns = [
        Column("序号", 14),
        Column("承诺人", 24),
        Column("承诺内容", 0, align=Align.LEFT),
        Column("完成期限", 38),
    ]
    return _wall(f"{village}承诺公示", columns, body, WATCH_WORDS, village, on)


def promise_results(rows: Sequence[PromiseRow], *, village: str, on: dt.date) -> bytes:
    """践诺结果公示: what was promised and what was done, side by side."""
    body = [
        [
            str(number),
            row.name,
            row.promised,
            row.kept(on),
            row.state,
        ]
        for number, row in enumerate(rows, 1)
    ]
    columns = [
        Column("序号", 14),
        Column("承诺人", 24),
        Column("当初的承诺", 0, align=Align.LEFT),
        Column("兑现情况", 0, align=Align.LEFT),
        Column("结果", 32),
    ]
    return _wall(f"{village}践诺结果公示", columns, body, f"截至{chinese_date(on)}的兑现情况如下。", village, on)


def fund_sheet(
    form: RegisterTemplate, fund: FundRow, *, village: str, on: dt.date, audience: Audience = Audience.INTERNAL
) -> bytes:
    """What came in and went out of a fund; on a board recipients are masked and purposes told by their item only."""
    board = audience is Audience.BOARD
    body = []
    # What was taken back and its opposite cancel out: a wall shows neither.
    lines = [one for one in fund.money if not board or not (one.reverses or one.reversed)]
    for number, one in enumerate(lines, 1):
        purpose = (one.item or ("收入" if one.amount > 0 else "关爱支出")) if board else one.purpose
        if one.reverses:
            purpose = f"冲正：{one.purpose}"
        body.append(
            [
                str(number),
                chinese_date(one.on),
                purpose,
                (masked_name(one.recipient) if board else one.recipient) if one.recipient else "",
                yuan(one.amount) if one.amount > 0 else "",
                yuan(-one.amount) if one.amount < 0 else "",
                *([] if board else [one.approved_by, one.receipt]),
            ]
        )
    columns = [
        Column("序号", 12),
        Column("日期", 30),
        Column("用途", 0, align=Align.LEFT),
        Column("领款人", 22),
        Column("收入（元）", 26, Align.RIGHT),
        Column("支出（元）", 26, Align.RIGHT),
        *([] if board else [Column("审批人", 22), Column("凭据", 24)]),
    ]
    total = ["", "合计", "", "", yuan(fund.received), yuan(fund.spent), *([] if board else ["", ""])]
    head = f"计划{yuan(fund.planned)}元，" if fund.planned else ""
    blocks: list[Block] = [
        Grid(columns, body, total=[total], row_height=8, size=11),
        Para(
            f"{head}收入{yuan(fund.received)}元，支出{yuan(fund.spent)}元，结余{yuan(fund.balance)}元。",
            indent=0,
            size=12,
        ),
        *(Para(words, indent=0, size=12) for words in fund.flags),
        Gap(3),
    ]
    blocks.append(Issuers([f"{village}党组织"], chinese_date(on)) if board else SignLine([*form.signs, "日期"]))
    title = form.wall_title if board and form.wall_title else fund.name
    return Sheet(
        title=f"{village}{title}", blocks=blocks, frame=BOARD if board else WIDE_FORM, head=(fund.name, "")
    ).pdf()


def duty_card(post: str, rows: Sequence[EntryRow], *, village: str) -> bytes:
    """The duties of one post, for the wall behind its holder."""
    body = [
        [str(number), *(_cells(row).get(title, "") for title in ("事项", "依据", "频次"))]
        for number, row in enumerate(rows, 1)
    ]
    if not body:
        raise NotAllowed(f"清单里没有“{post}”的事项。", "请先在职责和任务清单里登记，责任岗位写得一样。")
    return Sheet(
        title=f"{post}职责清单",
        blocks=[
            Grid(
                [
                    Column("序号", 14),
                    Column("事项", 0, align=Align.LEFT),
                    Column("依据", 50, align=Align.LEFT),
                    Column("频次", 22),
                ],
                body,
                row_height=11,
                size=13,
            )
        ],
        frame=BOARD,
        head=(village, f"共{len(body)}项"),
    ).pdf()


def grid_plate(
    *, grid: str, head: str, phone: str, workers: Sequence[str], households: int, duties: Sequence[str], village: str
) -> bytes:
    """网格责任牌: head with the duty phone, workers, households, and what the grid looks after."""
    return Sheet(
        title="网格责任牌",
        blocks=[
            Form(
                columns=(36, 0),
                rows=[
                    [Cell(grid, columns=2, align=Align.CENTRE, role=Role.STRONG, size=26, height=24)],
                    [label("网格长"), Cell(head or "未登记", size=18, height=16)],
                    [label("电话"), Cell(phone or "未登记", size=18, height=16)],
                    [label("网格员"), Cell("、".join(workers) or "未登记", size=16, height=16)],
                    [label("户数"), Cell(f"{households}户", size=16, height=14)],
                    [label("负责事项"), Cell("\n".join(duties) or "未登记", size=13, height=60, top=True)],
                ],
            )
        ],
        frame=BOARD,
        head=(village, ""),
    ).pdf()


def counted_sheet(title: str, counted: Sequence[Counted], *, village: str, span: str) -> bytes:
    """How many entries each answer has in a time, those without any too."""
    body = [[str(number), one.words, str(one.many) if one.many else "0"] for number, one in enumerate(counted, 1)]
    return Sheet(
        title=f"{village}{title}",
        blocks=[
            Grid(
                [Column("序号", 16), Column("项目", 0, align=Align.LEFT), Column("次数", 30, align=Align.RIGHT)],
                body,
                total=[["", "合计", str(sum(one.many for one in counted))]],
                row_height=8,
            )
        ],
        frame=replace(FORM, table_size=12),
        head=(span, ""),
    ).pdf()


def check_wall(form: RegisterTemplate) -> None:
    """Refuse a wall for what is private, or has nothing for one. Raises NotAllowed."""
    if form.private:
        raise NotAllowed(f"《{form.title}》里有个人的事，不能上墙。", "需要公开的，只公开总数。")
    if not any(one.wall for one in form.fields):
        raise NotAllowed(f"《{form.title}》没有可以上墙的栏目。", "请打印村内用的台账册。")


def _wall(title: str, columns: list[Column], body: list[list[str]], words: str, village: str, on: dt.date) -> bytes:
    return Sheet(
        title=title,
        blocks=[
            Para(words, size=14),
            Gap(1),
            Grid(columns, body, row_height=10, size=12, where=lambda i: f"第{i + 1}行"),
            *([] if body else [Para("还没有登记承诺。", indent=0)]),
            Issuers([f"{village}党组织", f"{village}村民委员会"], chinese_date(on)),
        ],
        frame=BOARD,
    ).pdf()


def _cells(row: EntryRow) -> dict[str, str]:
    """The answers by title; numbers of people that somebody wrote into them are covered on every paper."""
    return {title: screened(words, Audience.BOARD) for title, words in row.cells}


def _standing(row: EntryRow) -> str:
    """What a book says of an entry, without how urgent it is today."""
    if row.left_on is not None:
        return f"{chinese_date(row.left_on)}移出，{row.left_why}"
    if row.state:
        return row.state
    return "已办结" if row.settled else (f"{chinese_date(row.due_on)}前" if row.due_on else "")


def _columns(fields: Sequence[RegisterField], most: int) -> list[RegisterField]:
    """The fields with columns of their own: what must be answered first, then what is added up, in the form's order."""
    short = [one for one in fields if _is_column(one)]
    chosen = sorted(short, key=lambda one: (not one.required, not one.sums))[:most]
    return [one for one in short if one in chosen]


def _is_column(one: RegisterField) -> bool:
    """Short answers stand in columns of their own; when it is due stands with how it goes."""
    return not (one.due or one.settles) and (one.sort in _SHORT or (one.sort is FieldSort.TEXT and one.required))


def _column(one: RegisterField) -> Column:
    unit = "（元）" if one.sort is FieldSort.MONEY else ""
    return Column(f"{one.title}{unit}", 26, Align.RIGHT if one.sums else Align.CENTRE)


def _in_cell(words: str) -> str:
    return words.removesuffix("元")


def _told(change: ChangeRow) -> str:
    lines = [f"{title}由“{before or '空'}”改为“{after or '空'}”" for title, before, after in change.changes]
    return screened("；".join([*([change.words] if change.words else []), *lines]), Audience.BOARD)
