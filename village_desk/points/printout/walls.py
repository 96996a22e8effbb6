"""Sheets that hang or are filled in by hand: sums, what is published for objections, blank scoring sheets by group."""

from collections.abc import Sequence
from itertools import groupby

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, short_date
from village_desk.paper import (
    BOARD,
    WIDE_FORM,
    Align,
    Block,
    Column,
    Foot,
    Gap,
    Grid,
    HeadLine,
    Para,
    Sheet,
    SignLine,
    bind,
)
from village_desk.people.rules.masking import masked_name
from village_desk.points.lookups import Changes, ItemRow, PostingList, RuleSetRow, SubjectRow, WallList, WallRow
from village_desk.points.rules.numbers import shown, signed
from village_desk.points.rules.sets import OFTEN_WORDS, sheet_parts

_FOOT = "对积分有异议的，可以口头或书面向村里提出，由另外的人复核答复。积分不与法律规定的任何待遇挂钩。"
# More areas than this do not fit beside names on an upright sheet.
_MOST_AREAS = 5


def wall_sheet(found: WallList, *, by_group: bool = False, praise: bool = False) -> bytes:
    """公示榜: every subject with opening, plus, minus and sum; by group on pages of their own; or the praise list."""
    if not found.rows:
        raise NotAllowed("榜上还没有名字。", "入账以后再打印。")
    title = "积分光荣榜" if praise else "积分公示榜"
    if not by_group:
        return _wall(found, found.rows, title, "").pdf()
    groups = [(group, tuple(rows)) for group, rows in groupby(found.rows, key=lambda row: row.group)]
    return bind([_wall(found, rows, title, group) for group, rows in groups], subject=f"{found.village}{title}")


def _wall(found: WallList, rows: Sequence[WallRow], title: str, group: str) -> Sheet:
    wide = 2 <= len(found.areas) <= _MOST_AREAS
    ranked = found.ranked
    carried = any(row.carried for row in found.rows)
    band = any(row.band for row in found.rows)
    columns = [Column("名次" if ranked else "序号", 14)]
    columns += [Column("组别", 18)] if not group else []
    columns += [Column(found.subject_words if found.subject_words != "农户" else "户主", align=Align.LEFT)]
    # What stands in no area: the opening of the whole set, and what was carried or taken over.
    base = any(row.points != sum(row.areas) for row in found.rows)
    if wide:
        columns += [Column("基础分", 18, Align.RIGHT)] if base else []
        columns += [Column(area, 20, Align.RIGHT) for area in found.areas]
    else:
        columns += [Column("基础分", 18, Align.RIGHT)]
        columns += [Column("结转", 18, Align.RIGHT)] if carried else []
        columns += [Column("加分", 18, Align.RIGHT), Column("扣分", 18, Align.RIGHT)]
    columns += [Column("得分", 18, Align.RIGHT)]
    columns += [Column("等次", 24)] if band else []
    lines = []
    shown_rows = [row for row in found.rows if row in rows]
    for number, row in enumerate(shown_rows, start=1):
        line = [str(row.place if ranked else number)]
        line += [row.group] if not group else []
        line += [row.name]
        if wide:
            line += [shown(row.points - sum(row.areas), found.decimals)] if base else []
            line += [shown(points, found.decimals) for points in row.areas]
        else:
            line += [shown(row.opening, found.decimals)]
            line += [shown(row.carried, found.decimals)] if carried else []
            line += [signed(row.plus, found.decimals), shown(row.minus, found.decimals)]
        line += [shown(row.points, found.decimals)]
        line += [row.band] if band else []
        lines.append(line)
    note = "同分的并列。" if ranked else "按组别和户号排列，不分名次。"
    blocks: list[Block] = [
        Grid(columns, lines, where=lambda number: f"第{number}行"),
        Foot(
            [Para(f"{note}{_FOOT}", indent=0, size=11), HeadLine(found.set_name, chinese_date(found.made_on), size=11)]
        ),
    ]
    return Sheet(
        title=f"{found.village}{found.subject_words}{title}",
        blocks=blocks,
        frame=BOARD,
        head=(group or f"共{len(shown_rows)}{'户' if found.subject_words == '农户' else '名'}", found.period_words),
        subject=f"{found.village}{title}（{found.period_words}{group}）",
    )


def _source(found: WallList) -> HeadLine:
    return HeadLine(found.set_name, chinese_date(found.made_on), size=11)


def changes_list(found: Changes) -> bytes:
    """变动榜: only what was booked since the last list."""
    wall = found.wall
    if not found.rows:
        raise NotAllowed("和上一张公示榜比没有新的记录。", "有新的入账以后再打印。")
    since = f"{chinese_date(found.since)}以后" if found.since is not None else "本期"
    return Sheet(
        title=f"{wall.village}积分变动公示榜",
        blocks=[
            Grid(
                [
                    Column("编号", 18),
                    Column("组别", 16),
                    Column("户主" if wall.subject_words == "农户" else wall.subject_words, 26),
                    Column("日期", 22),
                    Column("事项", align=Align.LEFT),
                    Column("加减分", 18, Align.RIGHT),
                ],
                [
                    [
                        row.number,
                        row.group,
                        row.name,
                        short_date(row.happened_on),
                        f"{row.text}：{row.event}" if row.event else row.text,
                        signed(row.points, wall.decimals),
                    ]
                    for row in found.rows
                ],
                where=lambda number: f"第{number}行",
            ),
            Foot([Para(_FOOT, indent=0, size=11), _source(wall)]),
        ],
        frame=BOARD,
        head=(f"{since}新增{len(found.rows)}笔", wall.period_words),
        subject=f"{wall.village}积分变动公示榜",
    ).pdf()


def posting_sheet(found: PostingList) -> bytes:
    """公示 before booking: who is to get how many points for what, and how to object."""
    if not found.rows:
        raise NotAllowed("没有待公示的积分。", "先走完审核和评议。")

    def name(words: str) -> str:
        if not found.masked:
            return words
        return f"{masked_name(words.removesuffix('家'))}家" if words.endswith("家") else masked_name(words)

    return Sheet(
        title=f"{found.village}积分公示",
        blocks=[
            Para(
                f"下列{len(found.rows)}笔积分经审核评议，拟按《{found.set_name}》记入，现公示{found.days}天"
                f"{found.until_words and f'（{found.until_words}）'}，接受监督。公示期满没有异议的入账。",
                size=14,
            ),
            Grid(
                [
                    Column("序号", 13),
                    Column("组别", 16),
                    Column("户主" if found.subject_words == "农户" else found.subject_words, 26),
                    Column("日期", 20),
                    Column("事项", align=Align.LEFT),
                    Column("分数", 16, Align.RIGHT),
                ],
                [
                    [
                        str(number),
                        row.group,
                        name(row.subject),
                        short_date(row.happened_on),
                        f"{row.item}：{row.event}",
                        signed(row.points, found.decimals),
                    ]
                    for number, row in enumerate(found.rows, start=1)
                ],
                where=lambda number: f"第{number}行",
            ),
            Foot([Para(_FOOT, indent=0, size=11), SignLine(["张贴人", "张贴日期", "撤下日期"])]),
        ],
        frame=BOARD,
        subject=f"{found.village}积分公示",
    ).pdf()


def scoring_sheets(
    found: RuleSetRow, subjects: Sequence[SubjectRow], items: Sequence[ItemRow], *, village: str, words: str
) -> bytes:
    """Blank scoring sheets for each group, in house order, to be filled in by hand and typed back row by row.

    Items that do not fit beside each other go on further sheets of the same group. Raises NotAllowed for none.
    """
    if not items:
        raise NotAllowed("这份办法还没有项目，印不出评分表。", "请先在“办法”里添加项目。")
    if not subjects:
        raise NotAllowed("名册里还没有可以记分的名单。", "请先导入名册。")
    parts = sheet_parts(len(items))
    sheets = [
        _scoring_sheet(found, tuple(rows), items[first:end], village, f"{group or '未分组'}{_of(number, parts)}", words)
        for group, rows in ((group, tuple(rows)) for group, rows in groupby(subjects, key=lambda row: row.group))
        for number, (first, end) in enumerate(parts, start=1)
    ]
    return bind(sheets, subject=f"{village}评分表（{words}）")


def _of(number: int, parts: Sequence[tuple[int, int]]) -> str:
    return f"　第{number}张，共{len(parts)}张" if len(parts) > 1 else ""


def _scoring_sheet(
    found: RuleSetRow, rows: Sequence[SubjectRow], items: Sequence[ItemRow], village: str, head: str, words: str
) -> Sheet:
    decimals = found.rules.decimals
    columns = [Column("序号", 13), Column("户主" if found.subject_words == "农户" else "姓名", 28)]
    for row in items:
        item = row.item
        least, most = signed(item.least, decimals), shown(item.most, decimals)
        span = least if item.fixed else f"{least}～{most}"
        columns.append(Column(f"{item.code}\n{item.text}\n（{OFTEN_WORDS[item.often]}）\n{span}分"))
    columns += [Column("本张合计", 22), Column("备注", 26)]
    lines = [[str(number), who.name, *("" for _ in items), "", ""] for number, who in enumerate(rows, start=1)]
    return Sheet(
        title=f"{village}{found.subject_words}评分表",
        blocks=[
            Grid(columns, lines, row_height=9, where=lambda number: f"第{number}行"),
            Para("只填这次要记的分，不记的空着。评议人至少3人；评到自家和亲属家时请回避。", indent=0, size=10.5),
            Gap(2),
            SignLine(["评议人签字（1）", "评议人签字（2）", "评议人签字（3）", "日期"]),
        ],
        frame=WIDE_FORM,
        head=(head, f"{words}　{found.name}"),
        subject=f"{village}评分表",
    )
