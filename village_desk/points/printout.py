"""Points on paper: the card of one household or person, with every line and the reason of its sum."""

from village_desk.kit.text import chinese_date, short_date
from village_desk.paper import FORM, Align, Block, Column, Gap, Grid, Para, Role, Sheet, SignLine
from village_desk.points.lookups import Card


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


def _rows(found: Card) -> list[list[str]]:
    rows = [["", "", "起始分", "", "", str(found.opening), ""]]
    for line in found.entries:
        points = f"+{line.points}" if line.points > 0 else f"−{-line.points}"
        what = f"冲正{line.reverses}" if line.is_reversal else line.text
        day = chinese_date(line.happened_on) if line.late else short_date(line.happened_on)
        rows.append([line.number, day, what, line.event, points, str(line.balance), line.checker])
    return rows
