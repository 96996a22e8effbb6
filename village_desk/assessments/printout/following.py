"""Papers around an assessment: the plan of a report (四定), the letter of responsibility, rectification, the report."""

from collections.abc import Sequence

from village_desk.assessments.lookups import AssessmentDetail, LineRow
from village_desk.assessments.rules.running import FOUR_WORDS
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.paper import (
    FORM,
    OFFICIAL,
    WIDE_FORM,
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

_DATE = "　　　年　　月　　日"


def plan_sheet(detail: AssessmentDetail) -> bytes:
    """述职方案: 方案, 方式, 内容, 要求, who reports and who assesses, on one page."""
    fields = [(f"{words}", held or "（还没有定）") for words, held in zip(FOUR_WORDS, detail.four, strict=True)]
    fields.append(("述职人", "、".join(one.name for one in detail.subjects) or "（还没有加）"))
    if detail.members:
        fields.append(("评议组", "、".join(detail.members)))
    return Sheet(
        f"{detail.row.title}方案",
        [
            FieldTable(fields, label_width=28, row_height=26),
            Gap(3),
            SignLine(["村党组织负责人签字", "日期"]),
        ],
        frame=FORM,
        head=(detail.village, f"{detail.row.year}年"),
        subject=f"{detail.row.title}方案",
    ).pdf()


def letter(detail: AssessmentDetail) -> bytes:
    """责任书: from whom to whom, its items, and places for both signatures."""
    giver = detail.given_by or "＿＿＿＿＿＿＿＿"
    year = detail.row.year
    blocks: list[Block] = [Para(f"{giver}与{_names(detail)}签订本责任书，{year}年内完成下列各项。")]
    blocks += [Para(f"{at}．{item.text.rstrip('。；')}。") for at, item in enumerate(detail.form.items, start=1)]
    blocks.append(Para("年底逐项自查，没有材料的不算完成；结果作为年度考核的依据。"))
    day = chinese_date(detail.signed_on) if detail.signed_on else _DATE
    blocks += [
        Gap(6),
        SignLine([f"{detail.given_by or '签发单位'}（盖章）", "负责人签字"]),
        Gap(6),
        SignLine([f"{_names(detail)}（盖章）", "责任人签字"]),
        Para(day, indent=0, align=Align.RIGHT),
    ]
    return Sheet(detail.row.title, blocks, frame=OFFICIAL, subject=detail.row.title).pdf()


def rectification_book(lines: Sequence[LineRow], *, village: str, title: str = "整改台账") -> bytes:
    """整顿台账: every problem with cause, measure, who is responsible, deadline, what was done, who accepted it."""
    if not lines:
        raise NotAllowed("还没有要整改的问题。", "出结果以后，低等次和查出的问题会列在这里。")
    rows = [
        [
            str(at),
            line.subject,
            line.problem,
            line.cause,
            line.measure,
            "\n".join(part for part in (line.unit, line.owner) if part),
            chinese_date(line.due_on) if line.due_on else "",
            _done(line),
            f"{line.accepted_by}\n{chinese_date(line.accepted_on)}" if line.accepted_on else "",
        ]
        for at, line in enumerate(lines, start=1)
    ]
    return Sheet(
        f"{village}{title}",
        [
            Grid(
                [
                    Column("序号", 11),
                    Column("对象", 28, align=Align.LEFT),
                    Column("问题", 36, align=Align.LEFT),
                    Column("原因", 30, align=Align.LEFT),
                    Column("对策", align=Align.LEFT),
                    Column("责任单位和责任人", 34, align=Align.LEFT),
                    Column("期限", 28),
                    Column("整改情况", 34, align=Align.LEFT),
                    Column("验收", 30, align=Align.LEFT),
                ],
                rows,
                size=10.5,
                where=lambda number: f"第{number + 1}条",
            ),
            Para("本台账供工作使用，没有选定上墙的不张贴。", indent=0, size=10.5),
        ],
        frame=WIDE_FORM,
        subject=f"{village}{title}",
    ).pdf()


def _done(line: LineRow) -> str:
    if line.done_on is None:
        return line.state_words
    proof = f"（材料{line.files + len(line.links)}份）" if line.files or line.links else "（还没有材料）"
    return f"{chinese_date(line.done_on)}：{line.done_words}{proof}"


def report(detail: AssessmentDetail) -> bytes:
    """考评报告: the group, the kick-off, the order, the period, the results, and what is to be done."""
    if detail.closed_on is None:
        raise NotAllowed("还没有登记结果，写不出报告。", "请先登记结果。")
    village, form = detail.village, detail.form
    began = f"{chinese_date(detail.kickoff_on)}召开动员会，" if detail.kickoff_on else ""
    ordered = f"依据{detail.notice_no}，" if detail.notice_no else ""
    period = f"考评期间为{detail.period}。" if detail.period else ""
    blocks: list[Block] = [
        Heading("一、组织情况"),
        Para(f"{ordered}{began}按《{form.whole_name}》对{len(detail.subjects)}个对象进行考评。{period}"),
    ]
    if detail.members:
        blocks.append(Para(f"考评组成员：{'、'.join(detail.members)}。"))
    blocks += [Heading("二、考评结果"), Para(f"{chinese_date(detail.closed_on)}，由{detail.decided_by}确定下列结果。")]
    blocks.append(
        Grid(
            [
                Column("名次", 18),
                Column("对象", align=Align.LEFT),
                Column("结果", 30),
                Column("等次", 30),
            ],
            [
                [str(one.rank) if one.rank else "", one.name, one.result_words, one.grade or "不定等次"]
                for one in detail.in_rank
            ],
            where=lambda number: f"第{number + 1}行",
        )
    )
    blocks.append(Heading("三、问题和整改"))
    if detail.lines:
        for at, line in enumerate(detail.lines, start=1):
            blocks.append(Para(f"{at}．{line.subject}：{line.problem}，{_until(line)}。"))
    else:
        blocks.append(Para("没有要整改的问题。"))
    if detail.summary:
        blocks += [Heading("四、工作情况"), Para(detail.summary)]
    blocks.append(Issuers([f"{village}村民委员会"], chinese_date(detail.closed_on)))
    title = f"{village}{detail.row.title}报告"
    return Sheet(title, blocks, frame=OFFICIAL, subject=title).pdf()


def _until(line: LineRow) -> str:
    if line.accepted_on is not None:
        return f"{chinese_date(line.accepted_on)}已验收销号"
    return f"{chinese_date(line.due_on)}前整改" if line.due_on else "限期整改"


def _names(detail: AssessmentDetail) -> str:
    return "、".join(one.name for one in detail.subjects) or detail.village
