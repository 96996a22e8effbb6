"""The supervision committee's papers, the yearly check of assets and the sheet of 清化收."""

import datetime as dt
from collections.abc import Sequence

from village_desk.accounts.lookups import CheckRow, CleanUp, HalfYear, ReviewRecordRow
from village_desk.accounts.rules.cells import area_words
from village_desk.accounts.rules.registers import FINDINGS
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import capital_yuan, yuan
from village_desk.kit.text import chinese_date
from village_desk.notices.rules.privacy import covered
from village_desk.paper import (
    FORM,
    OFFICIAL,
    WIDE_FORM,
    Align,
    Block,
    Cell,
    Column,
    Form,
    Gap,
    Grid,
    Heading,
    Issuers,
    Para,
    Sheet,
    SignLine,
    Writing,
    label,
)
from village_desk.paper.tables import Row


def review_record(row: ReviewRecordRow, *, village: str) -> bytes:
    """民主理财审核记录 of a month: what was agreed, what was not and why, who signed, room for the seal."""
    whole, sheets = row.agreed + row.refused_amount, row.agreed_sheets + row.refused_sheets
    refused: list[Row] = [
        [str(number), one.voucher, str(one.sheets), yuan(one.amount), covered(one.reason)]
        for number, one in enumerate(row.refused, start=1)
    ]
    head = Form(
        (30, 0, 30, 0),
        [
            [label("审核月份"), row.month_words, label("审核日期"), _day(row.held_on)],
            [label("凭证张数"), f"{sheets}张", label("金额"), f"{yuan(whole)}元"],
            [label("同意"), f"{row.agreed_sheets}张", label("金额"), f"{yuan(row.agreed)}元"],
            [label("不同意"), f"{row.refused_sheets}张", label("金额"), f"{yuan(row.refused_amount)}元"],
            [label("同意金额大写"), Cell(capital_yuan(row.agreed), columns=3)],
        ],
    )
    columns = (
        Column("序号", 14),
        Column("凭证号", 30),
        Column("张数", 18),
        Column("金额（元）", 32, Align.RIGHT),
        Column("不同意的理由", 0, Align.LEFT),
    )
    blocks: list[Block] = [head]
    if refused:
        blocks += [Para("不同意报销的凭证", indent=0, size=12, keep=True), Grid(columns, refused, row_height=9)]
    signed = "、".join(row.signers)
    blocks.append(
        Form(
            (30, 0),
            [
                [label("说明"), Cell(covered(row.words) or "无", height=22, top=True)],
                [label("参加审核人"), Cell(f"{signed}\n（以下各人亲笔签名）", height=34, top=True)],
                [
                    label("村务监督委员会（章）"),
                    Cell("", height=46, sign=("负责人（签字）：　　　　　　", "年　　月　　日")),
                ],
            ],
        )
    )
    blocks.append(SignLine(["报账员", "村民委员会主任", "村党组织书记"]))
    return Sheet(f"{village}民主理财审核记录", blocks, FORM, head=(f"单位：{village}", row.month_words)).pdf()


def half_year_report(report: HalfYear) -> bytes:
    """The committee's report of half a year, from its reviews, its opinions of sheets and its notes."""
    words = "上半年" if report.half == 1 else "下半年"
    agreed, refused = sum(one.agreed for one in report.reviews), sum(one.refused_amount for one in report.reviews)
    sheets = sum(one.agreed_sheets + one.refused_sheets for one in report.reviews)
    answered = sum(bool(one.answer) for one in report.notes)
    missing = f"{'、'.join(report.missing)}没有理财记录，请在下面说明原因。" if report.missing else "各月都有理财记录。"
    blocks: list[Block] = [
        Para(
            f"现将{chinese_date(report.from_on)}至{chinese_date(report.until_on)}村务监督委员会履行职责的情况报告如下，"
            "请村民（代表）会议评议。"
        ),
        Heading("一、民主理财"),
        Para(
            f"共开展民主理财{len(report.reviews)}次，审核凭证{sheets}张，同意{yuan(agreed)}元，"
            f"不同意{yuan(refused)}元。{missing}"
        ),
        Heading("二、村务公开审核"),
        Para(f"共审核公开内容{report.sheets_reviewed}件，其中同意公开{report.sheets_agreed}件。"),
        Heading("三、监督事项"),
        Para(f"共提出监督意见{len(report.notes)}条，已答复{answered}条。" if report.notes else "没有提出监督意见。"),
    ]
    for number, one in enumerate(report.notes, start=1):
        answer = f"答复：{one.answer}" if one.answer else "尚未答复"
        told = covered(f"{one.subject}：{one.finding}。{answer}。")
        blocks.append(Para(f"{number}.{chinese_date(one.noted_on)}，{told}"))
    blocks += [
        Heading("四、需要说明的问题"),
        Writing(2),
        Issuers([f"{report.village}村务监督委员会"], "　　年　月　日"),
    ]
    return Sheet(f"{report.village}村务监督委员会{report.year}年{words}工作报告", blocks, OFFICIAL).pdf()


def asset_check_sheet(check: CheckRow, *, village: str) -> bytes:
    """清查表 of a year: every asset with what was found; an open check prints empty places to fill by hand."""
    if not check.lines:
        raise NotAllowed(f"{check.year}年的清查里一件资产也没有。", "请先登记资产，再打印清查表。")
    results = dict(FINDINGS)
    rows: list[Row] = [
        [
            line.number,
            line.name,
            line.quantity,
            line.place,
            yuan(line.cost),
            yuan(line.net),
            results.get(line.result, ""),
            covered(line.difference),
            covered(line.reason),
        ]
        for line in check.lines
    ]
    columns = (
        Column("编号", 16),
        Column("名称", 44, Align.LEFT),
        Column("数量", 18),
        Column("存放地", 30, Align.LEFT),
        Column("原值", 28, Align.RIGHT),
        Column("净值", 28, Align.RIGHT),
        Column("清查结果", 28),
        Column("差异", 22, Align.LEFT),
        Column("原因", 0, Align.LEFT),
    )

    def foot(here: range, so_far: range, last: bool) -> list[list[str]]:
        return [] if last and here == so_far else [_sums("本页小计", check, here)]

    total = _sums("合计", check, range(len(check.lines)))
    ended = f"清查日期：{_day(check.closed_on)}" if check.closed else "清查日期：　　年　月　日"
    return Sheet(
        f"{village}集体资产{check.year}年度清查表",
        [
            Grid(columns, rows, total=[total], page_foot=foot, row_height=9),
            SignLine(["清查人", "村务监督委员会", "集体经济组织负责人"]),
        ],
        WIDE_FORM,
        head=(f"清查人员：{check.people or '　　　　'}", ended),
    ).pdf()


def clean_up_sheet(sums: CleanUp, *, village: str, on: dt.date) -> bytes:
    """清合同、化债务、收新增资源费 on one sheet, each sum from its register."""
    rows: list[Sequence[Cell | str]] = [
        [
            label("合同清理", rows=3),
            label("在履行合同"),
            f"{sums.contracts}份",
            label("存在问题"),
            f"{sums.with_problem}份",
        ],
        [label("已定整改办法"), f"{sums.mended}份", label("到期应收"), f"{yuan(sums.due)}元"],
        [label("已收"), f"{yuan(sums.paid)}元", label("欠缴"), f"{yuan(sums.owed)}元"],
        [
            label("化解债务", rows=2),
            label("债务余额"),
            f"{yuan(sums.debts)}元",
            label("累计化解"),
            f"{yuan(sums.repaid)}元",
        ],
        [label("债权余额"), Cell(f"{yuan(sums.claims)}元", columns=3)],
        [
            label("新增资源收费", rows=2),
            label("新增资源"),
            f"{sums.new_resources}项",
            label("面积"),
            f"{area_words(sums.new_area_hundredths)}亩",
        ],
        [label("年租金"), f"{yuan(sums.new_rent)}元", label("已收"), f"{yuan(sums.new_paid)}元"],
    ]
    return Sheet(
        f"{village}“清化收”工作汇总表",
        [Form((28, 32, 0, 32, 0), rows, row_height=13), Gap(2), SignLine(["制表人", "村务监督委员会", "村党组织书记"])],
        FORM,
        head=(f"单位：{village}", f"截至{chinese_date(on)}"),
    ).pdf()


def _sums(words: str, check: CheckRow, part: range) -> list[str]:
    lines = check.lines[part.start : part.stop]
    return ["", words, "", "", yuan(sum(one.cost for one in lines)), yuan(sum(one.net for one in lines)), "", "", ""]


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day is not None else "　　年　月　日"
