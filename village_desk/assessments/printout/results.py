"""What came out of an assessment: the checklist with x/10, the raters' summary with its working, the result."""

from collections.abc import Sequence

from village_desk.assessments.lookups import AssessmentDetail, SubjectResult
from village_desk.assessments.rules.forms import (
    ROUNDING_WORDS,
    TARGET_WORDS,
    TIES_WORDS,
    WAY_WORDS,
    Way,
)
from village_desk.assessments.rules.scoring import points_words
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.paper import (
    FORM,
    WIDE_FORM,
    Align,
    Block,
    Column,
    Gap,
    Grid,
    Heading,
    Para,
    Sheet,
    SignLine,
    Strong,
    bind,
)


def checklist(detail: AssessmentDetail) -> bytes:
    """对照表: each line with yes or no, how it was checked and what proves it, and x of so many."""
    if not detail.form.counted:
        raise NotAllowed("这次考评没有逐项对照的内容。", "请打印评分汇总或结果表。")
    made = [_checked(detail, one) for one in detail.subjects]
    if not made:
        raise NotAllowed("还没有考评对象。", "请先点“加对象”。")
    return bind(made, subject=f"{detail.row.title}对照表")


def _checked(detail: AssessmentDetail, one: SubjectResult) -> Sheet:
    rows = []
    for at, item in enumerate(detail.form.items):
        marks = [row for row in one.marks if row.place == at]
        yes = any(row.mark.yes for row in marks)
        ways = "、".join(dict.fromkeys(WAY_WORDS[Way(way)] for row in marks for way in row.ways))
        answer = "有" if yes else ("没有" if marks else "未登记")
        if item.optional and not yes:
            answer = f"{answer}（有条件的）"
        rows.append([str(at + 1), item.text, answer, ways, _proofs(one, at)])
    told = f"对照结果：{one.counted[0]}/{one.counted[1]}。"
    if detail.why_unproved:
        told += f"没有材料的说明：{detail.why_unproved}。"
    return Sheet(
        f"{detail.row.title}对照表",
        [
            Grid(
                [
                    Column("序号", 12),
                    Column("内容", align=Align.LEFT),
                    Column("有没有", 26),
                    Column("查看方式", 24),
                    Column("材料", 50, align=Align.LEFT),
                ],
                rows,
                where=lambda number: f"第{number + 1}项",
            ),
            Para([Strong(told)], indent=0),
            Gap(3),
            SignLine(["填表人签字", "负责人签字", "日期"]),
        ],
        frame=FORM,
        head=(one.name, chinese_date(detail.closed_on) if detail.closed_on else "还没有定结果"),
        subject=f"{detail.row.title}对照表",
    )


def _proofs(one: SubjectResult, place: int) -> str:
    """Files counted, records named."""
    marks = [row for row in one.marks if row.place == place]
    files = sum(row.files for row in marks)
    told = [words for row in marks for _, _, words in row.links]
    return "；".join([*([f"附件{files}份"] if files else []), *told])


def summary(detail: AssessmentDetail) -> bytes:
    """评分汇总: each rater's part with its weight, the total with its working, rank and grade."""
    rated = [one for one in detail.in_rank if one.total.parts]
    if not rated or not detail.form.scored:
        raise NotAllowed("还没有评分，打印不了汇总。", "请先录入各方的评议。")
    columns = [Column("名次", 16), Column("考评对象", align=Align.LEFT)]
    columns += [Column(f"{one.name}（{one.weight}%）", 34) for one in detail.form.raters]
    columns += [Column("总分", 22), Column("等次", 26)]
    rows = [
        [
            str(one.rank) if one.rank else "未评完",
            one.name,
            *(points_words(part.tenths) if part.tenths is not None else "未评" for part in one.total.parts),
            points_words(one.total.tenths) if one.total.tenths is not None else "",
            one.own_grade,
        ]
        for one in rated
    ]
    blocks: list[Block] = [
        Grid(columns, rows, where=lambda number: f"第{number + 1}行"),
        Para(
            f"{ROUNDING_WORDS[detail.form.rounding]}；{TIES_WORDS[detail.form.ties]}；有一票否决的排在最后。", indent=0
        ),
        Heading("算式", 2),
    ]
    for one in rated:
        blocks.append(Para([Strong(f"{one.name}　"), one.total.working], indent=0))
        blocks += [
            Para(f"{part.name}：{part.working}", indent=2, size=10.5)
            for part in one.total.parts
            if len(one.total.parts) > 1
        ]
        blocks += _ballots(detail, one)
        if one.vetoed:
            blocks.append(Para(f"否决：{one.reasons}", indent=2, size=10.5))
    return Sheet(
        f"{detail.row.title}评分汇总",
        [*blocks, Gap(2), SignLine(["汇总人签字", "复核人签字", "日期"])],
        frame=WIDE_FORM,
        head=(detail.village, chinese_date(detail.closed_on) if detail.closed_on else "还没有定结果"),
        subject=f"{detail.row.title}评分汇总",
    ).pdf()


def _ballots(detail: AssessmentDetail, one: SubjectResult) -> list[Block]:
    """The count of ballots behind a part; nobody's name is known."""
    made: list[Block] = []
    for row in one.tallies:
        tally = row.tally
        each = "、".join(f"{grade.name}{votes}票" for grade, votes in zip(detail.form.ballot, tally.votes, strict=True))
        words = (
            f"{row.rater}发出{tally.issued}张，收回{tally.returned}张，废票{tally.invalid}张，"
            f"有效{tally.valid}张：{each}。"
        )
        made.append(Para(words, indent=2, size=10.5))
    return made


def result_sheet_of(detail: AssessmentDetail) -> bytes:
    """考评结果表: rank, grade, why vetoed, what came from above, and what follows from it with its day."""
    if detail.closed_on is None:
        raise NotAllowed("还没有登记结果。", "请先把各方的评议录全，登记结果。")
    rows = [
        [
            str(one.rank) if one.rank else "",
            one.name,
            one.result_words,
            one.grade or "不定等次",
            one.reasons or _from_above(one),
        ]
        for one in detail.in_rank
    ]
    blocks: list[Block] = [
        Grid(
            [
                Column("名次", 16),
                Column("考评对象", 44, align=Align.LEFT),
                Column("结果", 26),
                Column("等次", 24),
                Column("说明", align=Align.LEFT),
            ],
            rows,
            where=lambda number: f"第{number + 1}行",
        )
    ]
    if detail.consequences or detail.lines:
        blocks.append(Heading("结果运用", 2))
        blocks.append(_follows(detail))
    if detail.why_unproved:
        blocks.append(Para(f"没有材料的说明：{detail.why_unproved}。", indent=0))
    blocks += [Gap(3), SignLine(["负责人签字", "盖章", "日期"])]
    return Sheet(
        f"{detail.row.title}结果表",
        blocks,
        frame=FORM,
        head=(f"由{detail.decided_by}确定", chinese_date(detail.closed_on)),
        subject=f"{detail.row.title}结果表",
    ).pdf()


def _follows(detail: AssessmentDetail) -> Block:
    rows = [
        [
            one.subject,
            one.kind_words,
            one.words,
            chinese_date(one.due_on) if one.due_on else "",
            chinese_date(one.done_on) if one.done_on else "还没有办",
        ]
        for one in sorted(detail.consequences, key=lambda one: one.subject)
    ]
    rows += [
        [
            line.subject,
            "限期整改",
            line.problem,
            chinese_date(line.due_on) if line.due_on else "",
            line.state_words,
        ]
        for line in detail.lines
    ]
    return Grid(
        [
            Column("对象", 30, align=Align.LEFT),
            Column("怎么运用", 24),
            Column("事由", align=Align.LEFT),
            Column("期限", 32),
            Column("办理", 32),
        ],
        rows,
        size=10.5,
        where=lambda number: f"第{number + 1}行",
    )


def _from_above(one: SubjectResult) -> str:
    given = one.received
    if given is None:
        return ""
    rank = f"，排第{given.rank}名" if given.rank else ""
    return f"{given.by}{chinese_date(given.on)}评定{rank}（{given.document}）"


def result_list(rows: Sequence[tuple[str, SubjectResult]], *, village: str, year: int) -> bytes:
    """考评结果一览: bodies and persons of a year on one list."""
    if not rows:
        raise NotAllowed(f"{year}年还没有登记考评结果。", "出了结果的考评都会列在这里。")
    return Sheet(
        f"{village}{year}年考评结果一览",
        [
            Grid(
                [
                    Column("序号", 14),
                    Column("考评", align=Align.LEFT),
                    Column("对象", 40, align=Align.LEFT),
                    Column("种类", 30),
                    Column("结果", 22),
                    Column("等次", 24),
                ],
                [
                    [str(at), title, one.name, TARGET_WORDS[one.target], one.result_words, one.grade or "不定等次"]
                    for at, (title, one) in enumerate(rows, start=1)
                ],
                where=lambda number: f"第{number + 1}行",
            )
        ],
        frame=FORM,
        subject=f"{village}{year}年考评结果一览",
    ).pdf()
