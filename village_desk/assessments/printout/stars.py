"""Stars on paper: blank rating sheets by group, the result for the wall, plaques, certificates, the four lists."""

from collections.abc import Sequence
from itertools import groupby

from village_desk.assessments.lookups import Comparison, EntryRow, RatingRow, ReceivedRow, RoundDetail
from village_desk.assessments.rules.stars import Station, level_words
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.paper import (
    BOARD,
    FORM,
    OFFICIAL,
    WIDE_FORM,
    Align,
    Block,
    Column,
    FieldTable,
    Foot,
    Gap,
    Grid,
    Heading,
    Issuers,
    Para,
    Sheet,
    SignLine,
    bind,
)

_OBJECT = "对评定结果有异议的，可以口头或书面向村里提出，由另外的人复核答复。星级只作评优参考。"


def rating_sheets(found: RoundDetail, *, mutual: bool) -> bytes:
    """自评表 or 互评表: blank, one a group in house order, a column a star."""
    rows = [row for row in found.entries if row.joined]
    if not rows:
        raise NotAllowed("还没有农户参评。", "请先点“登记参评户”。")
    title = f"{found.row.name}{'互评表' if mutual else '自评表'}"
    sheets = []
    for group, homes in groupby(rows, key=lambda row: row.group):
        columns = [Column("序号", 12), Column("户主", 24)]
        columns += [Column(star.name.removesuffix("星") + "星") for star in found.rules.stars]
        columns += [Column("合计", 14)] if mutual else [Column("户主签字", 24)]
        lines = [[str(at), row.name, *("" for _ in found.rules.stars), ""] for at, row in enumerate(homes, start=1)]
        how = "每颗星按100分填" if found.rules.scored else "得星的打√"
        ends = (
            SignLine(["评议人签字（1）", "评议人签字（2）", "评议人签字（3）", "日期"])
            if mutual
            else SignLine(["收表人签字", "日期"])
        )
        who = "评到自家时请回避。" if mutual else "请户主如实自评并签字。"
        sheets.append(
            Sheet(
                title=f"{found.village}{title}",
                blocks=[
                    Grid(columns, lines, row_height=10, size=10.5, where=lambda number: f"第{number}行"),
                    Para(f"{how}，{who}", indent=0, size=10.5),
                    Gap(2),
                    ends,
                ],
                frame=WIDE_FORM,
                head=(group or "未分组", f"{found.row.year}年"),
                subject=title,
            )
        )
    return bind(sheets, subject=f"{found.village}{title}")


def result_sheet(found: RoundDetail) -> bytes:
    """认定公示: heads of households only, by group and house, with their level; no list of who was not rated."""
    rows = _rated(found)
    day = found.day(Station.RECOGNISED)
    decided = f"经{found.decided_by}认定" if found.decided_by else "经认定"
    words = (
        f"{found.row.year}年{found.row.name}，{decided}，下列{len(rows)}户评为星级文明户，现公示"
        f"{found.rules.publish_days}天，接受监督。{found.rates.sentence}"
    )
    return Sheet(
        title=f"{found.village}{found.row.year}年星级文明户公示",
        blocks=[
            Para(words, size=14),
            Gap(2),
            Grid(
                [Column("序号", 16), Column("组别", 30), Column("户主", align=Align.LEFT), Column("星级", 40)],
                [[str(at), row.group, row.name.removesuffix("家"), row.level] for at, row in enumerate(rows, start=1)],
                where=lambda number: f"第{number}行",
            ),
            Foot([Para(_OBJECT, indent=0, size=11)]),
            Issuers([f"{found.village}村民委员会"], chinese_date(day) if day else ""),
        ],
        frame=BOARD,
        subject=f"{found.village}{found.row.year}年星级文明户公示",
    ).pdf()


def plaque_list(found: RoundDetail) -> bytes:
    """授牌名单: the number of each plaque and a place for the signature of who took it."""
    rows = [row for row in _rated(found) if row.plaque]
    if not rows:
        raise NotAllowed("还没有授牌。", "公示期满以后登记授牌，再打印名单。")
    return Sheet(
        title=f"{found.village}{found.row.year}年星级文明户授牌名单",
        blocks=[
            Grid(
                [
                    Column("牌号", 28),
                    Column("组别", 24),
                    Column("户主", align=Align.LEFT),
                    Column("星级", 30),
                    Column("领牌签字", 40),
                ],
                [[row.plaque, row.group, row.name.removesuffix("家"), row.level, ""] for row in rows],
                row_height=10,
                where=lambda number: f"第{number}行",
            ),
            Gap(3),
            SignLine(["发牌人签字", "日期"]),
        ],
        frame=FORM,
        subject=f"{found.village}授牌名单",
    ).pdf()


def certificate(found: RatingRow, *, person: str, used_for: str, day: str) -> bytes:
    """证明: which household has which rating of which year; it decides nothing by itself."""
    head = found.name.removesuffix("家")
    return Sheet(
        title="星级文明户证明",
        blocks=[
            Para(
                f"兹证明{found.village}{found.group}{head}家庭在{found.year}年“{found.set_name}”评选中评为{found.level}文明户"
                f"{f'（牌号{found.plaque}）' if found.plaque else ''}，得星：{'、'.join(found.names)}。"
            ),
            Para(f"本证明应{person}申请开具，用于{used_for}，仅作评优参考。"),
            Issuers([f"{found.village}村民委员会"], day),
        ],
        frame=OFFICIAL,
        subject="星级文明户证明",
    ).pdf()


def comparison_sheet(four: Sequence[Comparison], *, village: str, day: str) -> bytes:
    """四比: all four lists on one sheet, each with the day of its data and where it comes from."""
    blocks: list[Block] = []
    for number, one in zip("一二三四", four, strict=True):
        blocks.append(Heading(f"{number}、{one.title}", 2))
        blocks.append(Para(f"数据日期：{one.as_of}　来源：{one.source}", indent=0, size=11))
        rows = [list(row) for row in one.rows]
        blocks.append(
            Grid(
                [Column(head, align=Align.CENTRE) for head in one.heads],
                rows or [["未登记", *("" for _ in one.heads[1:])]],
                size=11,
                row_height=7,
                where=lambda at: f"第{at}行",
            )
        )
        blocks.append(Gap(3))
    return Sheet(title=f"{village}四比榜", blocks=blocks, frame=BOARD, head=("", day), subject=f"{village}四比榜").pdf()


def secretary_form(found: ReceivedRow, *, village: str, history: Sequence[ReceivedRow]) -> bytes:
    """星级申报表: years in post, appraisal, merits, and the history of stars; pay is not reckoned."""
    blocks: list[Block] = [
        FieldTable(
            [
                ("姓名", found.name),
                ("任村党组织书记", f"{found.in_post}（算到{chinese_date(found.decided_on)}）"),
                ("年度考核", found.grade or "未登记"),
                ("奖惩情况", found.merits or "未登记"),
                ("评定星级", level_words(found.stars)),
                ("评定单位、文号", f"{found.decided_by}　{found.document}"),
            ],
            label_width=40,
        ),
        Gap(3),
        Heading("历次评定", 2),
        Grid(
            [Column("评定日期", 40), Column("星级", 30), Column("年度考核", 30), Column("文号", align=Align.LEFT)],
            [
                [chinese_date(each.decided_on), level_words(each.stars), each.grade or "未登记", each.document]
                for each in history
            ],
        ),
        Gap(3),
        SignLine(["本人签字", "村党组织盖章", "日期"]),
    ]
    return Sheet(title="村党组织书记星级申报表", blocks=blocks, frame=FORM, head=(village, "")).pdf()


def _rated(found: RoundDetail) -> list[EntryRow]:
    rows = [row for row in found.entries if row.rated]
    if not rows:
        raise NotAllowed("还没有认定的星级文明户。", "请先登记认定。")
    return rows
