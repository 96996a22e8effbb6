"""The receipt of an exchange, the report on fairness, and the rule set as a sheet for the wall."""

from village_desk.kit.text import chinese_date, short_date
from village_desk.paper import (
    BOARD,
    FORM,
    Align,
    Block,
    Column,
    FieldTable,
    Foot,
    Gap,
    Grid,
    Heading,
    Para,
    Sheet,
    SignLine,
)
from village_desk.points.lookups import Fairness, RedemptionRow, RuleSetRow
from village_desk.points.printout.cards import SLIP
from village_desk.points.rules.checks import span_words
from village_desk.points.rules.numbers import shown, signed
from village_desk.points.rules.sets import CONFIRM_WORDS, OFTEN_WORDS, PER_WORDS, PERIOD_WORDS, Confirm, Per

_NO_TIE = "积分只用于评先评优参考，不与低保、医保、承包地、分红等任何法定待遇挂钩；不罚款。"
_STATES = {"open": "还没答复", "upheld": "成立，已更正", "dismissed": "不成立", "taken_back": "已收回"}


def receipt(found: RedemptionRow, *, village: str, left: int) -> bytes:
    """兑换单 (A5): what was handed out, for how many points, and places for signatures."""
    blocks: list[Block] = [
        Grid(
            [
                Column("物品", align=Align.LEFT),
                Column("数量", 20, Align.RIGHT),
                Column("每件分值", 24, Align.RIGHT),
                Column("分数", 20, Align.RIGHT),
            ],
            [
                [name, f"{many}{unit}", shown(price, found.decimals), shown(many * price, found.decimals)]
                for name, many, unit, price in found.lines
            ],
            total=[["合计", "", "", shown(found.points, found.decimals)]],
            where=lambda number: f"第{number}行",
        ),
        Para(f"兑换后还可以兑{shown(left, found.decimals)}分。", indent=0, size=11),
    ]
    if found.cancelled_on is not None:
        blocks.append(
            Para(
                f"本次兑换{chinese_date(found.cancelled_on)}已取消：{found.cancelled_why}。物品和积分都已退回。",
                indent=0,
            )
        )
    blocks += [Gap(2), SignLine(["领取人签字", "经手人签字"])]
    return Sheet(
        title=f"{village}积分兑换单",
        blocks=blocks,
        frame=SLIP,
        head=(f"{found.group}　{found.subject}".strip(), f"{chinese_date(found.redeemed_on)}　{found.number}"),
        subject=f"{found.subject}积分兑换单",
    ).pdf()


def fairness_report(found: Fairness) -> bytes:
    """公平报告: distribution, shares of the groups, objections and how they ended, entries without evidence."""

    def said(points: int) -> str:
        return f"{shown(points, found.decimals)}分"

    def share(thousandths: int) -> str:
        return f"{thousandths // 10}.{thousandths % 10}%"

    unit = "户" if found.subject_words == "农户" else "名"
    blocks: list[Block] = [
        FieldTable(
            [
                ("记分对象", f"{found.subjects}{unit}，其中{found.with_points}{unit}有加减分"),
                ("得分", f"最低{said(found.lowest)}，中间{said(found.median)}，最高{said(found.highest)}"),
                ("没有依据的记录", "没有" if not found.without_evidence else f"{found.without_evidence}笔"),
                ("未通过、已更正", f"未通过{found.refused}笔，更正{found.reversed}笔"),
                ("异议", f"{len(found.objections)}件" if found.objections else "没有"),
            ]
        ),
        Gap(3),
        Heading("各分数段", 2),
        Grid(
            [Column("分数段"), Column("户数" if found.subject_words == "农户" else "人数", 40, Align.RIGHT)],
            [[words, str(count)] for words, count in found.buckets],
        ),
        Gap(3),
        Heading("各组得到的加分", 2),
        Grid(
            [
                Column("组别"),
                Column("户（人）数", 26, Align.RIGHT),
                Column("占比", 22, Align.RIGHT),
                Column("笔数", 22, Align.RIGHT),
                Column("加分", 26, Align.RIGHT),
                Column("加分占比", 26, Align.RIGHT),
            ],
            [
                [
                    row.group,
                    str(row.subjects),
                    share(row.fair_share),
                    str(row.entries),
                    shown(row.points, found.decimals),
                    share(row.share),
                ]
                for row in found.groups
            ],
        ),
    ]
    if found.objections:
        blocks += [
            Gap(3),
            Heading("异议和结果", 2),
            Grid(
                [
                    Column("提出日期", 26),
                    Column("说的是什么", align=Align.LEFT),
                    Column("结果", 30),
                    Column("答复日期", 26),
                ],
                [
                    [
                        short_date(one.raised_on),
                        one.words,
                        _STATES.get(one.state, one.state),
                        short_date(one.answered_on) if one.answered_on else "",
                    ]
                    for one in found.objections
                ],
                where=lambda number: f"第{number}行",
            ),
        ]
    if found.twice:
        blocks += [Gap(3), Heading("两台电脑都记过的", 2)]
        blocks += [Para(words, indent=0, size=11) for words in found.twice]
    return Sheet(
        title=f"{found.village}积分公平报告",
        blocks=blocks,
        frame=FORM,
        head=(found.set_name, found.period_words),
        subject=f"{found.village}积分公平报告（{found.period_words}）",
    ).pdf()


def rule_book(found: RuleSetRow, *, village: str) -> bytes:
    """积分办法 as a sheet for the wall: every item with its points and limits, the path, the bands, the source."""
    rules, decimals = found.rules, found.rules.decimals
    lines = []
    for row in found.items:
        item = row.item
        span = (
            signed(item.least, decimals)
            if item.fixed
            else (f"{signed(item.least, decimals)}～{signed(item.most, decimals)}")
        )
        often = PER_WORDS[item.per] if item.per is not Per.TIME else OFTEN_WORDS[item.often]
        limit = ""
        if item.cap is not None:
            limit = f"最多加{shown(item.cap, decimals)}分"
        elif item.floor is not None:
            limit = f"最多扣{shown(-item.floor, decimals)}分"
        if item.to_zero:
            span, limit = "清零", "全部扣完"
        limit = "，".join(part for part in (limit, "、".join(item.classes) and f"限{'、'.join(item.classes)}") if part)
        if item.confirm is not Confirm.SECOND:
            limit = f"{limit}，{CONFIRM_WORDS[item.confirm]}" if limit else CONFIRM_WORDS[item.confirm]
        lines.append([item.code, item.area, item.text, often, span, limit])
    path = ["申报", "另一人审核"]
    path += (
        [{"group": "评议小组评议（至少3人）", "branch": "党支部评议（至少3人）"}[rules.review]] if rules.review else []
    )
    path += [f"公示{rules.publish_days}天"] if rules.publish_days else []
    path += ["乡镇认定"] if rules.township else []
    path.append("入账")
    blocks: list[Block] = [
        Para(
            f"{PERIOD_WORDS[rules.period]}合计，起始分{shown(rules.whole_opening(), decimals)}分。"
            f"流程：{'→'.join(path)}。用途：{rules.used_for or '评先评优参考'}。",
            indent=0,
        ),
        Gap(2),
        Grid(
            [
                Column("编号", 16),
                Column("类别", 24),
                Column("内容", align=Align.LEFT),
                Column("多久", 22),
                Column("分值", 24, Align.RIGHT),
                Column("说明", 32, Align.LEFT),
            ],
            lines or [["", "", "项目待填", "", "", ""]],
            where=lambda number: f"第{number}行",
        ),
    ]
    if rules.bands:
        blocks.append(Gap(3))
        blocks.append(
            Grid(
                [Column("等次", 40), Column("分数", 50), Column("怎么用", align=Align.LEFT)],
                [[band.name, span_words(band, decimals), band.action] for band in rules.bands],
            )
        )
    if rules.campaigns:
        blocks.append(Gap(3))
        blocks.append(
            Grid(
                [Column("专项行动", align=Align.LEFT), Column("起止日期", 80), Column("每笔另加", 30, Align.RIGHT)],
                [
                    [one.name, f"{chinese_date(one.first)}至{chinese_date(one.last)}", shown(one.bonus, decimals)]
                    for one in rules.campaigns
                ],
            )
        )
    blocks.append(
        Foot(
            [
                Para(
                    "积分只用于评先评优参考，不与低保、医保、承包地、分红等任何法定待遇挂钩；不罚款。",
                    indent=0,
                    size=11,
                ),
                Para(f"来源：{rules.source}" if rules.source else "", indent=0, size=10),
            ]
        )
    )
    return Sheet(title=rules.name, blocks=blocks, frame=BOARD, head=(village, ""), subject=rules.name).pdf()
