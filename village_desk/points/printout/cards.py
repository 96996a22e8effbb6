"""The card of one household or person, with every line and the reason of its sum, and small slips to hand out."""

from collections.abc import Sequence
from dataclasses import replace

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, short_date
from village_desk.paper import FORM, Align, Block, Column, Gap, Grid, Para, Role, Sheet, SignLine, bind
from village_desk.points.lookups import Card
from village_desk.points.rules.numbers import shown, signed

# A5 upright: two of them on a sheet of A4 cut through the middle.
SLIP = replace(FORM, width=148, height=210, top=14, bottom=14, left=14, right=14, title_size=15, title_pitch=22)


def card(found: Card) -> bytes:
    """积分卡: opening, lines, sum and why, as a PDF; the same card gives the same bytes."""
    group = f"{found.subject.group}　" if found.subject.group else ""
    blocks: list[Block] = [
        Grid(
            [
                Column("编号", 16, Align.CENTRE),
                Column("日期", 20, Align.CENTRE),
                Column("项目", align=Align.LEFT),
                Column("事由", align=Align.LEFT),
                Column("加减分", 16, Align.RIGHT),
                Column("累计", 14, Align.RIGHT),
                Column("审核人", 18, Align.CENTRE),
            ],
            _rows(found),
            where=lambda number: f"第{number}行",
        ),
        Para(found.why, indent=0, role=Role.STRONG),
    ]
    cut = [f"{line.number}：{line.why}" for line in found.entries if line.why]
    blocks += [Para(words, indent=0, size=11) for words in cut]
    if found.used_for:
        blocks.append(Para(f"积分用途：{found.used_for}。积分不与法律规定的任何待遇挂钩。", indent=0, size=11))
    blocks.append(Para("对积分有异议的，可以在公示期内书面或口头提出，由另外的人复核。", indent=0, size=11))
    blocks += [Gap(4), SignLine(["户主（本人）签字", "审核人签字"])]
    return Sheet(
        title=f"{found.village}{found.subject_words}积分卡",
        blocks=blocks,
        frame=FORM,
        head=(f"{group}{found.subject.name}", f"{found.period_words}　{found.set_name}"),
        subject=f"{found.subject.name}积分卡（{found.period_words}）",
    ).pdf()


def slips(cards: Sequence[Card]) -> bytes:
    """A slip of A5 for each household or person, in the order given (by group and house): this period's lines and sum.

    Raises NotAllowed when there is nothing to print.
    """
    if not cards:
        raise NotAllowed("没有要打印的积分条。", "请先选一个组，或核对名册。")
    return bind([_slip(each) for each in cards], subject=f"{cards[0].village}积分告知单（{cards[0].period_words}）")


def _slip(found: Card) -> Sheet:
    group = f"{found.subject.group}　" if found.subject.group else ""
    lines = [
        [
            short_date(line.happened_on),
            f"冲正{line.reverses}" if line.is_reversal else f"{line.text}：{line.event}" if line.event else line.text,
            signed(line.points, found.decimals),
        ]
        for line in found.entries
    ]
    blocks: list[Block] = [
        Grid(
            [Column("日期", 20), Column("事项", align=Align.LEFT), Column("加减分", 18, Align.RIGHT)],
            lines or [["", "本期没有记录", ""]],
            where=lambda number: f"第{number}行",
        ),
        Para(found.why, indent=0, role=Role.STRONG, size=11),
        Para("有异议的，请在5天内向村里提出，由另外的人复核后答复。", indent=0, size=10),
    ]
    return Sheet(
        title=f"{found.village}积分告知单",
        blocks=blocks,
        frame=SLIP,
        head=(f"{group}{found.subject.name}", found.period_words),
        subject=f"{found.subject.name}积分告知单",
    )


def _rows(found: Card) -> list[list[str]]:
    rows = [["", "", "起始分", "", "", shown(found.opening, found.decimals), ""]]
    for line in found.entries:
        points = signed(line.points, found.decimals)
        what = f"冲正{line.reverses}" if line.is_reversal else line.text
        day = chinese_date(line.happened_on) if line.late else short_date(line.happened_on)
        rows.append([line.number, day, what, line.event, points, shown(line.balance, found.decimals), line.checker])
    return rows
