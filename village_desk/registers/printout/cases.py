"""One service case on paper: receipt, card of whoever handles it, whole history; lists of cases to carry or keep."""

import datetime as dt
from collections.abc import Sequence

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import capital_yuan, yuan
from village_desk.kit.text import chinese_date, short_date
from village_desk.paper import (
    FORM,
    WIDE_FORM,
    Align,
    Block,
    Cell,
    Column,
    Form,
    Gap,
    Grid,
    Heading,
    Para,
    Sheet,
    SignLine,
    label,
    ticked,
)
from village_desk.registers.lookups.cases_counts import BatchRow
from village_desk.registers.lookups.cases_rows import HIDDEN, CaseDetail, CaseRow
from village_desk.registers.rules.cases import RATING_WORDS, CashKind, StageKind

_FREE = "村里代办不收取任何费用。请保管好这张回执，凭登记号查询办理情况。"


def receipt(found: CaseDetail, *, village: str, phone: str = "") -> bytes:
    """受理回执 for the applicant: number, matter, materials, promised day, money taken, and where to ask.

    Raises NotAllowed when a character has no glyph.
    """
    row = found.row
    money = [one for one in found.cash if one.what is CashKind.RECEIVED]
    rows: list[list[Cell | str]] = [
        [label("登记号"), row.number, label("受理日期"), chinese_date(row.taken_on)],
        [label("申请人"), row.shown_name, label("联系电话"), row.shown_phone or "未登记"],
        [label("事项类别"), row.kind_name, label("办理方式"), row.mode_words],
        [label("办理事项"), Cell(row.shown_title, columns=3, where="办理事项")],
        [label("收到材料"), Cell("、".join(row.materials) or "未登记", columns=3, where="收到材料")],
        [label("首问人"), row.first_asked, label("承办人"), row.agent or "待指派"],
        [label("承诺办结"), chinese_date(row.due_on) if row.due_on else "按派单时限", label("咨询电话"), phone or "　"],
    ]
    if money:
        total = sum(one.amount_fen for one in money)
        vouchers = "、".join(one.voucher for one in money if one.voucher)
        words = f"{yuan(total)}元（{capital_yuan(total)}）" if total >= 0 else f"{yuan(total)}元"
        rows.append([label("代收款项"), Cell(f"{words}{f'，收据号{vouchers}' if vouchers else ''}", columns=3)])
    return Sheet(
        title=f"{village}便民服务受理回执",
        blocks=[
            Form((26, 0, 26, 0), rows, row_height=10),
            Para(_FREE, indent=0, size=10.5),
            Gap(3),
            SignLine(["受理人签字", "申请人签字", "日期"]),
        ],
        frame=FORM,
        subject=f"{row.number}受理回执",
    ).pdf()


def card(found: CaseDetail, *, village: str) -> bytes:
    """派单卡、代办单: what is to be done, for whom, by whom until when, taken or refused, done, and the rating.

    Raises NotAllowed where nobody was given the case.
    """
    row = found.row
    given = found.step(StageKind.ASSIGNED)
    if given is None and not row.agent:
        raise NotAllowed("这件还没有派给谁。", "请先登记派单，再打印派单卡。")
    taken = found.step(StageKind.ACCEPTED)
    rows: list[list[Cell | str]] = [
        [label("登记号"), row.number, label("派单日期"), chinese_date(given.on if given else row.taken_on)],
        [label("申请人"), row.shown_name, label("联系电话"), row.shown_phone or "未登记"],
        [label("要办的事"), Cell(row.shown_title, columns=3, height=16, where="要办的事")],
        [label("服务队"), row.team or "—", label("承办人"), row.agent or "　"],
        [
            label("办结期限"),
            chinese_date(row.due_on) if row.due_on else "—",
            label("接单日期"),
            _day(taken.on if taken else None),
        ],
        [label("办理情况"), Cell(_shown_words(row, row.reply), columns=3, height=34, where="办理情况")],
        [label("办结日期"), _day(row.replied_on or row.closed_on), label("回复方式"), row.reply_way or "　"],
        [label("群众评价"), Cell(_rating(row), columns=3)],
    ]
    return Sheet(
        title=f"{village}{'派单卡' if row.flow.closing.kind is StageKind.RATED else '代办单'}",
        blocks=[
            Form((26, 0, 26, 0), rows, row_height=10),
            Para("不能接单的，请在三天内写明原因退回。办结后请申请人评价并签字。", indent=0, size=10.5),
            Gap(3),
            SignLine(["承办人签字", "申请人签字", "日期"]),
        ],
        frame=FORM,
        subject=f"{row.number}派单卡",
    ).pdf()


def history(found: CaseDetail, *, village: str) -> bytes:
    """办件经过 for the file: everything that happened to a case; of a sensitive one the stages without their words."""
    row = found.row
    facts: list[list[Cell | str]] = [
        [label("登记号"), row.number, label("受理日期"), chinese_date(row.taken_on)],
        [label("申请人"), row.shown_name, label("类别"), row.kind_name],
        [label("事项"), Cell(row.shown_title, columns=3, where="事项")],
        [label("承诺办结"), _day(row.due_on), label("办结日期"), _day(row.replied_on or row.closed_on)],
    ]
    if row.overdue_reason:
        told = f"{_shown_words(row, row.overdue_reason)}（责任人：{row.overdue_by or '未登记'}）"
        facts.append([label("超期原因"), Cell(told, columns=3)])
    blocks: list[Block] = [
        Form((26, 0, 26, 0), facts),
        Heading("办理经过", 2),
        Grid(
            [
                Column("日期", 34),
                Column("步骤", 26),
                Column("经办人、单位", 40),
                Column("情况", align=Align.LEFT),
            ],
            [
                [
                    chinese_date(one.on),
                    one.name,
                    "、".join(part for part in (one.by, one.unit) if part),
                    "，".join(part for part in (one.order_no, one.way, _shown_words(row, one.words)) if part),
                ]
                for one in found.steps
            ],
            where=lambda number: f"第{number + 1}行",
        ),
        Gap(3),
        SignLine(["经办人签字", "日期"]),
    ]
    return Sheet(title=f"{village}便民服务办件经过", blocks=blocks, frame=FORM, subject=f"{row.number}办件经过").pdf()


def report_up(found: CaseDetail, *, village: str) -> bytes:
    """上报单: what the village tells the township, with a place for the order's number, unit, limit and feedback.

    Raises NotAllowed for a case whose way does not lead to the township.
    """
    row = found.row
    if not row.flow.has(StageKind.REPORTED):
        raise NotAllowed("这类办件不用上报单。", "要送到镇里办的，请用上送清单。")
    told, order = found.step(StageKind.REPORTED), found.step(StageKind.ORDERED)
    back = found.step(StageKind.FEEDBACK)
    rows: list[list[Cell | str]] = [
        [label("登记号"), row.number, label("发现日期"), chinese_date(row.taken_on)],
        [label("类别"), row.kind_name, label("报告人"), row.shown_name],
        [label("情况"), Cell(row.title if not row.sensitive else row.shown_title, columns=3, height=30, where="情况")],
        [
            label("上报日期"),
            _day(told.on if told else None),
            label("怎么报、报给谁"),
            _how(told.way, told.unit) if told else "　",
        ],
        [label("乡镇派单号"), order.order_no if order else "　", label("承办单位"), order.unit if order else "　"],
        [label("办理时限"), _day(order.due_on if order else None), label("反馈日期"), _day(back.on if back else None)],
        [label("反馈情况"), Cell(_shown_words(row, back.words) if back else "　", columns=3, height=26)],
        [label("村里核实"), Cell("　", columns=3, height=22, sign=("核实人签字", "年　　月　　日"))],
    ]
    return Sheet(
        title=f"{village}情况上报单",
        blocks=[Form((30, 0, 34, 0), rows, row_height=10)],
        frame=FORM,
        subject=f"{row.number}上报单",
    ).pdf()


def agreement(found: CaseDetail, *, village: str) -> bytes:
    """调解协议书 to be written and signed by hand: number and days only, what it is about stays with the parties.

    Raises NotAllowed for a case that is no dispute.
    """
    row = found.row
    if not row.flow.has(StageKind.FOLLOWED):
        raise NotAllowed("这类办件没有调解协议书。", "矛盾纠纷的办件才打印。")
    settled = found.step(StageKind.ANSWERED)
    rows: list[list[Cell | str]] = [
        [label("登记号"), row.number, label("受理日期"), chinese_date(row.taken_on)],
        [label("调解人"), row.agent or "　", label("协议日期"), _day(settled.on if settled else None)],
        [label("当事人"), Cell("　", columns=3, height=24)],
        [label("纠纷事由"), Cell("　", columns=3, height=44)],
        [label("达成协议"), Cell("　", columns=3, height=70)],
        [label("履行期限"), Cell("　", columns=3, height=14)],
    ]
    return Sheet(
        title=f"{village}矛盾纠纷调解协议书",
        blocks=[
            Form((26, 0, 26, 0), rows, row_height=10),
            Para("本协议一式三份，当事人各一份，村里存一份。", indent=0, size=10.5),
            Gap(3),
            SignLine(["当事人签字", "当事人签字", "调解人签字", "日期"]),
        ],
        frame=FORM,
        subject=f"{row.number}调解协议书",
    ).pdf()


def book(rows: Sequence[CaseRow], *, village: str, year: int) -> bytes:
    """便民服务登记簿: every case of a year by its number, sensitive ones masked. Raises NotAllowed for none."""
    if not rows:
        raise NotAllowed(f"{year}年还没有办件。", "请先登记一件，再打印登记簿。")
    ordered = sorted(rows, key=lambda row: row.number)
    lines = [
        [
            row.number,
            short_date(row.taken_on),
            row.shown_name,
            row.kind_name,
            row.shown_title if not row.sensitive else HIDDEN,
            row.first_asked,
            row.agent or "—",
            short_date(row.due_on) if row.due_on else "—",
            _short(row.replied_on or row.closed_on),
            row.reply_way or ("撤回" if row.withdrawn else "—"),
            _late(row),
            RATING_WORDS[row.rating] or "—",
        ]
        for row in ordered
    ]
    columns = [
        Column("登记号", 20),
        Column("受理", 17),
        Column("申请人", 18),
        Column("类别", 30, Align.LEFT),
        Column("事项", 0, Align.LEFT),
        Column("首问人", 17),
        Column("承办人", 17),
        Column("承诺", 17),
        Column("办结", 17),
        Column("回复方式", 19),
        Column("超期原因", 26, Align.LEFT),
        Column("评价", 17),
    ]
    return Sheet(
        title=f"{village}{year}年便民服务登记簿",
        blocks=[Grid(columns, lines, size=9.5, row_height=7.5, where=lambda at: f"第{at + 1}行")],
        frame=WIDE_FORM,
        head=("", f"共{len(rows)}件"),
        subject=f"{village}{year}年便民服务登记簿",
    ).pdf()


def batch_list(found: BatchRow, *, village: str) -> bytes:
    """上送清单: the cases of one batch, signed by who carries and who takes them, with room for the results."""
    due = f"要求{chinese_date(found.due_on)}前返回" if found.due_on else ""
    return _carrying(
        f"{village}便民服务上送清单",
        found.cases,
        head=(f"{found.title}　{chinese_date(found.carried_on)}", f"送往：{found.unit}　{due}"),
        sign=("送件人签字", "收件人签字", "日期"),
    )


def carry_list(rows: Sequence[CaseRow], *, village: str, on: dt.date) -> bytes:
    """便民服务日带件单: what waits to be carried up, for the next market day. Raises NotAllowed for nothing."""
    if not rows:
        raise NotAllowed("没有等着上送的办件。", "请在办件卡上勾“等着上送”，再打印带件单。")
    return _carrying(
        f"{village}便民服务日带件单", rows, head=("", f"带件日期：{chinese_date(on)}"), sign=("带件人签字", "日期")
    )


def cash_sheet(rows: Sequence[CaseRow], *, village: str, on: dt.date) -> bytes:
    """代收代缴余款表: what agents hold of each open case; the sum is the money in hand. Raises NotAllowed for none."""
    if not rows:
        raise NotAllowed("没有代收的钱在手里。", "代收代缴的办件登记收款以后，这里才有内容。")
    total = sum(one.cash.in_hand for one in rows)
    lines = [
        [
            one.number,
            one.shown_name,
            one.shown_title,
            one.agent or one.first_asked,
            yuan(one.cash.received),
            yuan(one.cash.paid),
            yuan(one.cash.returned),
            yuan(one.cash.in_hand),
        ]
        for one in rows
    ]
    columns = [
        Column("登记号", 22),
        Column("申请人", 20),
        Column("事项", 0, Align.LEFT),
        Column("经手人", 20),
        *(Column(words, 28, Align.RIGHT) for words in ("收到（元）", "代缴（元）", "退还（元）", "余款（元）")),
    ]
    return Sheet(
        title=f"{village}代收代缴余款表",
        blocks=[
            Grid(
                columns,
                lines,
                total=[["合计", "", "", "", "", "", "", yuan(total)]],
                where=lambda at: f"第{at + 1}行",
            ),
            Gap(3),
            SignLine(["经手人签字", "复核人签字", "日期"]),
        ],
        frame=WIDE_FORM,
        head=("", f"截至{chinese_date(on)}"),
        subject=f"{village}代收代缴余款表",
    ).pdf()


def _carrying(title: str, rows: Sequence[CaseRow], *, head: tuple[str, str], sign: tuple[str, ...]) -> bytes:
    lines = [
        [str(at), row.number, row.shown_name, row.kind_name, row.shown_title, "、".join(row.materials) or "—", ""]
        for at, row in enumerate(rows, start=1)
    ]
    columns = [
        Column("序号", 12),
        Column("登记号", 22),
        Column("申请人", 22),
        Column("类别", 36, Align.LEFT),
        Column("事项", 0, Align.LEFT),
        Column("材料", 50, Align.LEFT),
        Column("办理结果", 40),
    ]
    return Sheet(
        title=title,
        blocks=[Grid(columns, lines, row_height=10, where=lambda at: f"第{at + 1}行"), Gap(3), SignLine(list(sign))],
        frame=WIDE_FORM,
        head=head,
        subject=title,
    ).pdf()


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day is not None else "　"


def _short(day: dt.date | None) -> str:
    return short_date(day) if day is not None else "在办"


def _how(way: str, unit: str) -> str:
    return f"{way}，{unit}"


def _shown_words(row: CaseRow, words: str) -> str:
    return HIDDEN if row.sensitive and words else words or "　"


def _late(row: CaseRow) -> str:
    if row.on_time is False:
        return _shown_words(row, row.overdue_reason)
    return "已超期" if row.late else "—"


def _rating(row: CaseRow) -> str:
    return ticked(
        [words for one, words in RATING_WORDS.items() if one], [RATING_WORDS[row.rating]] if row.rating else []
    )
