"""The fourteen finance sheets: heads on every page, sums of each page, totals, 大写, signatures, period and phones."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from village_desk.accounts.lookups import CategorySum, EntryRow, SheetDetail
from village_desk.accounts.rules.forms import LEDGER, CellKind, SheetForm, sheet_form
from village_desk.accounts.rules.sums import SheetState
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import capital_yuan, fen, yuan
from village_desk.kit.text import chinese_date
from village_desk.notices.lookups import SheetPaper
from village_desk.notices.printout import Annex, Purpose, Size, both
from village_desk.notices.rules import privacy
from village_desk.notices.rules.kinds import ISSUER_WORDS
from village_desk.paper import (
    FORM,
    WIDE_FORM,
    Align,
    Beside,
    Block,
    Cell,
    Column,
    Foot,
    Form,
    Frame,
    Gap,
    Grid,
    HeadLine,
    Mark,
    Para,
    Role,
    Sheet,
    SignLine,
    Strong,
    bind,
    label,
)
from village_desk.paper.tables import Row

# 420 × 297: boards of villages that have a printer for it; type grows with the page.
A3_WIDE = replace(
    WIDE_FORM, width=420, height=297, size=16, pitch=27, title_size=26, title_pitch=38, table_size=15, bottom=28
)
# The mark of a published sheet needs 24 mm below the text; above it a table wants every line that it can get.
_WIDE, _HIGH = replace(WIDE_FORM, top=15, bottom=24), replace(FORM, bottom=26)
_ALIGN = {
    CellKind.MONEY: Align.RIGHT,
    CellKind.AREA: Align.RIGHT,
    CellKind.COUNT: Align.CENTRE,
    CellKind.SERIAL: Align.CENTRE,
    CellKind.DATE: Align.CENTRE,
    CellKind.TEXT: Align.LEFT,
    CellKind.CODE: Align.CENTRE,
    CellKind.PARTY: Align.LEFT,
}
_SMALL, _SMALL_PITCH = 10.5, 15.0
# A ledger says the same of many lines.
_covered = cache(privacy.covered)
_SIGNERS = ("制表人", "报账员", "监委会主任", "村委会主任", "村党组织书记")
_FREE = frozenset({CellKind.TEXT, CellKind.PARTY})


def finance_sheets(
    detail: SheetDetail, paper: SheetPaper | None = None, purpose: Purpose = Purpose.WALL, *, large: bool = False
) -> bytes:
    """The sheets of a period in one PDF: a ledger's summary, its lines, receipts and payments by kind.

    `paper` gives number, dates, phones and check code once there is a notice; `large` prints on A3. Numbers of
    persons in any text are covered. Raises NotAllowed for a sheet that is still being filled or was altered, and for
    a character without a glyph.
    """
    made = made_sheets(detail, paper, purpose, large=large)
    return bind(made, f"{made[0].title}（存档件）" if purpose is Purpose.FILE else made[0].title)


def made_sheets(
    detail: SheetDetail, paper: SheetPaper | None = None, purpose: Purpose = Purpose.WALL, *, large: bool = False
) -> list[Sheet]:
    """The same sheets before they become a PDF, for binding with others."""
    row = detail.row
    if row.state is SheetState.OPEN:
        raise NotAllowed(
            f"《{row.title}》还没有结账，不能打印公开表。", "请先核对各笔，期初加收入减支出等于期末了再结账。"
        )
    if detail.is_altered:
        raise NotAllowed(
            f"《{row.title}》结账以后明细有变动，打印出来会和公布的不一致。",
            "请取消结账后重新结账；已经公布的，请核对是不是另一台电脑改过。",
        )
    codes = ("F02",) if row.made_elsewhere else tuple(detail.parts) or (row.form.code,)
    return [_sheet(detail, sheet_form(code), paper, purpose, large=large) for code in codes]


def annex(detail: SheetDetail, paper: SheetPaper) -> Annex:
    """The tables as the 附表 of their notice, in the size of the paper on which that prints."""
    return lambda purpose, size: made_sheets(detail, paper, purpose, large=size is Size.A3)


def notice_with_tables(detail: SheetDetail, paper: SheetPaper, size: Size) -> bytes:
    """The notice of a closed sheet with its tables, for the wall and for the file."""
    return both(paper, annex(detail, paper), size)


def sheet_names(detail: SheetDetail) -> tuple[str, ...]:
    """What the PDF holds, sheet by sheet."""
    codes = ("F02",) if detail.row.made_elsewhere else tuple(detail.parts)
    return tuple(sheet_form(code).title for code in codes)


def _sheet(detail: SheetDetail, form: SheetForm, paper: SheetPaper | None, purpose: Purpose, *, large: bool) -> Sheet:
    row = detail.row
    frame = _frame(form, large=large)
    number = f"公开编号：{paper.number}" if paper and paper.number else "公开编号：待编号"
    until = f"截至{chinese_date(row.until_on)}"
    period = f"期间：{chinese_date(row.from_on)}至{chinese_date(row.until_on)}" if row.is_ledger else until
    grid = _table(detail, form)
    blocks: list[Block] = [HeadLine(period, "金额单位：元"), _scaled(grid, 1.25) if large else grid]
    if row.is_ledger and form.code in {"F01", "F02"}:
        blocks.append(_in_words(detail, frame))
    if row.made_elsewhere:
        blocks.append(_remark("本表各数取自代理记账单位编制的公开表，逐笔明细见其附表。", frame))
    if detail.corrections and form.code == "F01":
        told = "、".join(f"第{one.number}号" for one in detail.corrections if one.published)
        if told:
            blocks.append(_remark(f"本表另有更正公告{told}，请一并阅看。", frame))
    blocks += [SignLine(_SIGNERS, height=12, least=20), *_foot(detail, paper)]
    if purpose is Purpose.FILE:
        blocks += _file_part(paper, wide=form.wide)
    return Sheet(
        title=f"{detail.village}{_period_name(detail)}{form.title}",
        blocks=blocks,
        frame=frame,
        head=(f"单位：{paper.issuer_name if paper else detail.village}", number),
        mark=Mark(paper.code_text, code=paper.code) if paper and paper.code_text else None,
        foot="" if paper and paper.code_text else f"附表校验码 {detail.check_code}",
    )


def _frame(form: SheetForm, *, large: bool) -> Frame:
    if large:
        return A3_WIDE
    return _WIDE if form.wide else _HIGH


def _period_name(detail: SheetDetail) -> str:
    title = detail.row.title
    for ending in ("财务收支公开", detail.row.form.title):
        if title.endswith(ending):
            return title.removesuffix(ending)
    return ""


def _table(detail: SheetDetail, form: SheetForm) -> Grid:
    if form.code == LEDGER:
        return _ledger(detail, form)
    if form.code == "F02":
        return _summary(detail, form)
    if form.code in {"F03", "F04"}:
        return _by_kind(form, detail.receipts_by if form.code == "F03" else detail.payments_by)
    return _rows(form, detail.rows)


def _columns(form: SheetForm) -> list[Column]:
    return [Column(one.title, one.width, _ALIGN[one.kind]) for one in form.columns]


def _scaled(grid: Grid, by: float) -> Grid:
    """The same grid for a larger page: columns and rows grow with the type."""
    columns = [replace(one, width=one.width * by) for one in grid.columns]
    return replace(grid, columns=columns, row_height=grid.row_height * by)


def _ledger(detail: SheetDetail, form: SheetForm) -> Grid:
    entries = detail.entries
    so_far = [(0, 0)]
    for one in entries:
        receipts, payments = so_far[-1]
        so_far.append((receipts + one.receipts, payments + one.payments) if one.counts else (receipts, payments))

    def foot(here: range, every: range, last: bool) -> list[list[str]]:
        if last and here == every:
            return []
        # The opening stands in the first row, so a line's number is one behind its row.
        before, after = max(here.start - 1, 0), max(here.stop - 1, 0)
        balance = yuan(entries[after - 1].balance) if after else ""
        receipts, payments = so_far[after]
        sums = _amounts(receipts - so_far[before][0], payments - so_far[before][1])
        rows = [["", "", "", "本页小计", *sums, balance, "", "", "", ""]]
        if here != every and not last:
            rows.append(["", "", "", "累计", *_amounts(receipts, payments), balance, "", "", "", ""])
        return rows

    rows: list[Row] = [["", "", "", "上期结余", "", "", yuan(detail.sums.opening), "", "", "", ""]]
    rows += [_entry_line(number, one) for number, one in enumerate(entries, start=1)]
    total = ["", "", "", "合计", *_amounts(detail.sums.receipts, detail.sums.payments), "", "", "", "", ""]
    close = ["", "", "", "期末结余", "", "", yuan(detail.sums.close), "", "", "", ""]
    return Grid(
        _columns(form),
        rows,
        total=[total, close],
        page_foot=foot,
        row_height=7.2,
        where=lambda number: f"第{number}笔" if number else "上期结余",
    )


def _entry_line(number: int, one: EntryRow) -> list[str]:
    day = f"{one.booked_on.month}月{one.booked_on.day}日"
    words, note = _covered(one.words), _covered(one.note)
    if not one.counts:
        words = f"{words}（原{yuan(one.receipts or one.payments)}元，作废）"
        note = f"作废：{_covered(one.void_reason)}" + (f"；{note}" if note else "")
        sums = ["—" if one.receipts else "", "—" if one.payments else ""]
    else:
        sums = [yuan(one.receipts) if one.receipts else "", yuan(one.payments) if one.payments else ""]
    if one.decision_no:
        note = f"{note}；" * bool(note) + f"决议{one.decision_no}"
    purpose = _covered(one.purpose) or one.category_words
    return [
        str(number),
        day,
        one.voucher,
        words,
        *sums,
        yuan(one.balance),
        one.handler,
        one.approver,
        purpose,
        note,
    ]


def _summary(detail: SheetDetail, form: SheetForm) -> Grid:
    sums = detail.sums
    year = (yuan(detail.year_receipts), yuan(detail.year_payments))
    rows: list[Row] = [
        ["货币资金合计", yuan(sums.opening), yuan(sums.receipts), yuan(sums.payments), *year, yuan(sums.close)]
    ]
    below = [("　其中：库存现金", detail.cash), ("　　　　银行存款", detail.bank)]
    below += [("债权（别人欠村里）", detail.claims), ("债务（村里欠别人）", detail.debts)]
    rows += [[words, "", "", "", "", "", yuan(amount)] for words, amount in below if amount is not None]
    return Grid(_columns(form), rows, row_height=10)


def _by_kind(form: SheetForm, sums: Sequence[CategorySum]) -> Grid:
    rows: list[Row] = [
        [str(number), one.name, str(one.count), yuan(one.amount), yuan(one.year_amount), ""]
        for number, one in enumerate(sums, start=1)
    ]
    total = [
        "",
        "合计",
        str(sum(one.count for one in sums)),
        yuan(sum(one.amount for one in sums)),
        yuan(sum(one.year_amount for one in sums)),
        "",
    ]
    return Grid(_columns(form), rows, total=[total], row_height=9)


def _rows(form: SheetForm, rows: Sequence[tuple[str, ...]]) -> Grid:
    summed = [at for at, one in enumerate(form.columns) if one.sum]

    def sums(words: str, part: Sequence[tuple[str, ...]]) -> list[str]:
        line = [""] * len(form.columns)
        line[2 if form.code == "F05" else 0] = words
        for at in summed:
            whole = sum(_amount(row[at]) for row in part)
            line[at] = str(whole // 100) if form.columns[at].kind is CellKind.COUNT else yuan(whole)
        return line

    def foot(here: range, so_far: range, last: bool) -> list[list[str]]:
        return [] if (last and here == so_far) or 0 in summed else [sums("本页小计", rows[here.start : here.stop])]

    covered: list[Row] = [
        [_covered(cell) if column.kind in _FREE else cell for column, cell in zip(form.columns, row, strict=True)]
        for row in rows
    ]
    # One row needs no total, and a sheet of sums alone has no place for the word.
    is_short = len(rows) < 2 or len(summed) == len(form.columns)
    total = [] if is_short else [sums("合计", rows)]
    if form.code == "F05":
        # What others owe and what the village owes is never added up.
        sides = dict.fromkeys(row[1] for row in rows)
        total = [sums(f"{side}合计", [row for row in rows if row[1] == side]) for side in sides]
    return Grid(_columns(form), covered, total=total, page_foot=foot if form.code != "F05" else None, row_height=9)


def _amount(words: str) -> int:
    return fen(words) if words else 0


def _amounts(receipts: int, payments: int) -> list[str]:
    return [yuan(receipts), yuan(payments)]


def _in_words(detail: SheetDetail, frame: Frame) -> Block:
    sums = detail.sums
    return Para(
        [
            Strong("期末结余（大写）："),
            f"{capital_yuan(sums.close)}。收入合计（大写）：{capital_yuan(sums.receipts)}；"
            f"支出合计（大写）：{capital_yuan(sums.payments)}。",
        ],
        indent=0,
        size=frame.table_size,
        role=Role.SONG,
    )


def _remark(words: str, frame: Frame) -> Block:
    return Para(words, indent=0, size=frame.table_size, role=Role.KAI)


def _foot(detail: SheetDetail, paper: SheetPaper | None) -> list[Block]:
    if paper is None:
        return []
    law = f"，依据{paper.posting_law}" if paper.posting_law else ""
    lines = [
        ("审核意见", f"村务监督委员会{paper.review}。" if paper.review else ""),
        (paper.period_name, f"{paper.period}{law}。" if paper.period else ""),
        ("附表校验码", f"{detail.check_code}（与公开稿所印一致）。"),
    ]
    blocks: list[Block] = [
        Para([Strong(f"{name}："), words], indent=0, role=Role.KAI, size=_SMALL, pitch=_SMALL_PITCH, where=name)
        for name, words in lines
        if words
    ]
    if paper.phones:
        phones: list[list[str | Strong]] = [[Strong(f"{whose}："), number] for whose, number in paper.phones]
        blocks.append(Beside(phones, role=Role.KAI, size=_SMALL, pitch=_SMALL_PITCH, where="联系电话"))
    return [Foot(blocks)]


def _file_part(paper: SheetPaper | None, *, wide: bool) -> list[Block]:
    seal = ISSUER_WORDS[paper.issuer].seal if paper else "村民委员会印章"
    place, who, on, off = label("张贴地点"), label("张贴人签字"), label("张贴日期"), label("撤下日期")
    sealed, sealed_on = label("用章"), label("用章日期")
    rows: list[list[Cell | str]] = [[place, "", who, ""], [on, "", off, ""], [sealed, seal, sealed_on, ""]]
    columns: tuple[float, ...] = (26, 0, 30, 0)
    if wide:
        # Two rows beside the sums: a third one would stand alone on the next page.
        rows = [[place, "", who, "", sealed, seal], [on, "", off, "", sealed_on, ""]]
        columns = (26, 0, 30, 0, 24, 0)
    return [
        Gap(3),
        HeadLine("以下由经办人填写，张贴件不印", role=Role.KAI),
        Form(columns, rows),
    ]
