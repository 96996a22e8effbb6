"""Counts of service cases on paper: of a year, of agents, of months; guide book, plates of hotlines and of teams."""

from collections.abc import Sequence

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.notices.rules.kinds import Issuer, issuer_name
from village_desk.paper import (
    BOARD,
    FORM,
    Align,
    Block,
    Column,
    FieldTable,
    Gap,
    Grid,
    Heading,
    Issuers,
    Para,
    Sheet,
    SignLine,
)
from village_desk.people.lookups import BodyRow
from village_desk.registers.lookups.cases_counts import AgentRow, GuideRow, LineRow, MonthRow, ProgressLine, YearCount

_EMPTY_LEFT_OUT = frozenset({"类别", "来源", "部门", "办理层级"})


def year_sheet(found: YearCount) -> bytes:
    """便民服务年度统计: figures only, no names; disputes as counts. Raises NotAllowed for a year without cases."""
    if not found.total.many:
        raise NotAllowed(f"{found.year}年还没有办件。", "请先登记办件，再打印统计。")
    lines = []
    for part, figures in found.parts:
        shown = [one for one in figures if one.many or part not in _EMPTY_LEFT_OUT]
        lines += [[part if not at else "", one.words, str(one.many)] for at, one in enumerate(shown)]
    words = f"全年受理{found.total.many}件，按时办结率{found.on_time}，满意率{found.satisfied}。"
    return Sheet(
        title=f"{found.village}{found.year}年便民服务统计表",
        blocks=[
            Para(words),
            Gap(2),
            Grid(
                [Column("分类", 40), Column("项目", align=Align.LEFT), Column("件数", 30, Align.RIGHT)],
                lines,
                row_height=5,
                size=9.5,
            ),
            Para("按时办结率只算登记了承诺日期的办件；满意率按有评价的办件算，含基本满意。", indent=0, size=10.5),
        ],
        frame=FORM,
        subject=f"{found.village}{found.year}年便民服务统计表",
    ).pdf()


def agents_sheet(rows: Sequence[AgentRow], *, village: str, year: int) -> bytes:
    """代办员年度办件表: cases, share in time and satisfaction of each agent. Raises NotAllowed for none."""
    if not rows:
        raise NotAllowed(f"{year}年的办件还没有登记承办人。", "请在办件卡上登记指派或承办。")
    lines = [
        [
            str(at),
            row.name,
            str(row.taken),
            str(row.closed),
            f"{row.in_time}/{row.with_day}",
            row.on_time_words,
            f"{row.satisfied}/{row.rated}",
            row.satisfied_words,
        ]
        for at, row in enumerate(rows, start=1)
    ]
    return Sheet(
        title=f"{village}{year}年代办员办件统计表",
        blocks=[
            Grid(
                [
                    Column("序号", 12),
                    Column("代办员", 30),
                    Column("办件数", 18),
                    Column("已办结", 18),
                    Column("按时/有期限", 24),
                    Column("按时率", 21),
                    Column("满意/已评价", 24),
                    Column("满意率", 21),
                ],
                lines,
                where=lambda at: f"第{at + 1}行",
            ),
            Para("“满意”含基本满意；没有登记承诺日期和没有评价的办件不算进比率。", indent=0, size=10.5),
            Gap(3),
            SignLine(["统计人签字", "日期"]),
        ],
        frame=FORM,
        subject=f"{village}{year}年代办员办件统计表",
    ).pdf()


def works_sheet(rows: Sequence[MonthRow], *, village: str, year: int) -> bytes:
    """微实事清单: by month what was done, what it cost, who paid, how it was rated. Raises NotAllowed for none."""
    if not rows:
        raise NotAllowed(f"{year}年还没有微实事。", "登记办件时类别选“微实事”。")
    blocks: list[Block] = []
    for month in rows:
        blocks.append(Heading(f"{month.month}月", 2))
        lines = [
            [
                one.number,
                one.shown_title,
                yuan(one.cost_fen),
                one.paid_by or "未登记",
                chinese_date(done) if (done := one.replied_on or one.closed_on) else "在办",
                one.rating_words,
            ]
            for one in month.cases
        ]
        blocks.append(
            Grid(
                [
                    Column("登记号", 24),
                    Column("事项", align=Align.LEFT),
                    Column("花费（元）", 26, Align.RIGHT),
                    Column("资金来源", 28),
                    Column("办成日期", 32),
                    Column("评价", 20),
                ],
                lines,
                total=[["本月合计", f"{len(month.cases)}件", yuan(month.cost_fen), "", "", month.rating_words]],
                size=10.5,
                where=lambda at: f"第{at + 1}行",
            )
        )
        blocks.append(Gap(3))
    total = sum(one.cost_fen for one in rows)
    blocks.append(Para(f"全年{sum(len(one.cases) for one in rows)}件，共花费{yuan(total)}元。", indent=0))
    return Sheet(
        title=f"{village}{year}年微实事清单", blocks=blocks, frame=FORM, subject=f"{village}{year}年微实事清单"
    ).pdf()


def progress_sheet(waiting: Sequence[ProgressLine], *, village: str, day: str) -> bytes:
    """进展晾晒: every case that came forward since the last notice. Raises NotAllowed for nothing new."""
    if not waiting:
        raise NotAllowed("上次公开以后没有新的进展。", "请先在办件卡上登记进展，勾上“可以公开”。")
    lines = [
        [one.case.number, one.case.shown_title, chinese_date(one.step.on), one.step.words, one.case.stage_words]
        for one in waiting
    ]
    return Sheet(
        title=f"{village}为民办事进展",
        blocks=[
            Grid(
                [
                    Column("登记号", 22),
                    Column("事项", 46, Align.LEFT),
                    Column("日期", 34),
                    Column("进展", align=Align.LEFT),
                    Column("办到哪一步", 24),
                ],
                lines,
                where=lambda at: f"第{at + 1}行",
            ),
            Issuers([issuer_name(Issuer.COMMITTEE, village)], day),
        ],
        frame=BOARD,
        subject=f"{village}为民办事进展",
    ).pdf()


def guide_book(rows: Sequence[GuideRow], *, village: str, day: str) -> bytes:
    """办事指南（服务册）: every active matter with its four elements; what one lacks is listed at the end.

    Raises NotAllowed for no matter.
    """
    active = [one for one in rows if one.active]
    if not active:
        raise NotAllowed("办事指南里还没有事项。", "请先在“办事指南”里填一项。")
    blocks: list[Block] = []
    for number, one in enumerate(active, start=1):
        blocks.append(Heading(f"{number}．{one.name}", 2))
        facts = [
            ("办理条件", one.conditions or "（待补）"),
            ("工作流程", one.steps or "（待补）"),
            ("所需材料", one.materials or "未登记"),
            ("办结时限", f"{one.limit_days}个工作日" if one.limit_days else "按上级规定"),
            ("承办人员", one.handled_by or "（待补）"),
            ("联系方式", one.contact or "（待补）"),
        ]
        blocks += [FieldTable(facts), Gap(2)]
    lacking = [one for one in active if one.missing]
    if lacking:
        blocks.append(Heading("还要补的", 2))
        blocks += [Para(f"{one.name}：{'、'.join(one.missing)}。", indent=0) for one in lacking]
    return Sheet(
        title=f"{village}办事指南", blocks=blocks, frame=FORM, head=("", day), subject=f"{village}办事指南"
    ).pdf()


def line_plate(rows: Sequence[LineRow], *, village: str) -> bytes:
    """热线公示牌: the hotlines that have a number, in large type. Raises NotAllowed for none."""
    known = [one for one in rows if one.number]
    if not known:
        raise NotAllowed("还没有一条热线有号码。", "请先在“服务热线”里填号码。")
    return Sheet(
        title=f"{village}服务热线",
        blocks=[
            Grid(
                [Column("热线", 50), Column("接听人"), Column("号码", 60)],
                [[one.name, one.answered_by or "未登记", one.number] for one in known],
                row_height=16,
                size=18,
            )
        ],
        frame=BOARD,
        subject=f"{village}服务热线",
    ).pdf()


def teams_sheet(rows: Sequence[BodyRow], *, village: str, day: str) -> bytes:
    """服务队公示: the service teams with their members and duty phone. Raises NotAllowed for none."""
    if not rows:
        raise NotAllowed("还没有服务队。", "请在“村民与组织”里加上四支党员服务队，或自己建一支。")
    lines = [
        [one.name, "、".join(dict.fromkeys(post.name for post in one.posts)) or "还没有队员", one.phone or "未登记"]
        for one in rows
    ]
    return Sheet(
        title=f"{village}党员服务队公示",
        blocks=[
            Grid(
                [Column("服务队", 52), Column("队员", align=Align.LEFT), Column("电话", 42)],
                lines,
                row_height=14,
                size=14,
            ),
            Issuers([issuer_name(Issuer.BRANCH, village)], day),
        ],
        frame=BOARD,
        subject=f"{village}党员服务队公示",
    ).pdf()
