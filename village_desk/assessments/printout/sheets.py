"""Blank papers of an assessment: score sheets, ballots without names, the tally, the negative list for the wall."""

from village_desk.assessments.lookups import AssessmentDetail
from village_desk.assessments.rules.forms import (
    HITS,
    KIND_WORDS,
    ROUNDING_WORDS,
    WAY_WORDS,
    Form,
    Item,
    ItemKind,
    Rater,
    RaterHow,
)
from village_desk.kit.errors import NotAllowed
from village_desk.paper import (
    BOARD,
    FORM,
    WIDE_FORM,
    Align,
    Block,
    Cell,
    Column,
    Gap,
    Grid,
    Para,
    Sheet,
    SignLine,
    Strong,
    bind,
    label,
)
from village_desk.paper import (
    Form as Table,
)

WAYS = "".join(f"□{words}" for words in WAY_WORDS.values())
_MOST_ON_A_PAGE = 4


def blank_sheets(detail: AssessmentDetail, rater: str = "") -> bytes:
    """评分表: blank, one for each subject and each rater that fills a sheet."""
    raters = [one for one in detail.form.raters if one.how is RaterHow.SHEET and rater in ("", one.name)]
    if not raters:
        raise NotAllowed("这次考评没有要逐项填的评分表。", "要投票的，请打印测评票。")
    if not detail.subjects:
        raise NotAllowed("还没有考评对象。", "请先点“加对象”。")
    made = [_blank(detail, one, subject.name) for one in raters for subject in detail.subjects]
    return bind(made, subject=f"{detail.row.title}评分表")


def _blank(detail: AssessmentDetail, rater: Rater, subject: str) -> Sheet:
    form, scored = detail.form, any(item.scored for item in detail.form.items)
    columns = [Column("序号", 12)]
    heads = any(item.head for item in form.items)
    if heads:
        columns.append(Column("大项", 30))
    columns += [Column("考评内容", align=Align.LEFT), Column("分值" if scored else "方式", 24)]
    columns += [Column("得分" if scored else "有（√）", 24), Column("查看方式", 46), Column("材料和说明", 46)]
    rows = []
    for at, item in enumerate(form.items, start=1):
        line = [str(at), *([item.head] if heads else []), item.text, _worth(item), _answer(item), WAYS, ""]
        rows.append(line)
    told = f"{ROUNDING_WORDS[form.rounding]}。" if scored else "有的打√，没有的空着；有的要写明材料。"
    return Sheet(
        f"{detail.row.title}评分表",
        [
            Grid(columns, rows, row_height=9, size=10.5, where=lambda number: f"第{number + 1}项"),
            Para(told, indent=0, size=10.5),
            Gap(2),
            SignLine(["填表人签字", "日期"]),
        ],
        frame=WIDE_FORM,
        head=(f"{rater.name}　考评对象：{subject}", detail.village),
        subject=f"{detail.row.title}评分表",
    )


def _worth(item: Item) -> str:
    return f"{item.most}分" if item.scored else KIND_WORDS[item.kind]


def _answer(item: Item) -> str:
    if item.kind is ItemKind.RATE:
        return "　　票中\n满意　　票"
    return "□有" if item.kind in HITS else ""


def ballots(detail: AssessmentDetail, rater: str = "") -> bytes:
    """测评票: a line each subject, a column each grade; nobody's name, no number, so that no vote can be traced."""
    _voter(detail.form, rater)
    if not detail.subjects:
        raise NotAllowed("还没有考评对象。", "请先点“加对象”。")
    grades = detail.form.ballot
    columns = [Column("测评对象", align=Align.LEFT), *(Column(one.name, 30) for one in grades)]
    rows = [[one.name, *("□" for _ in grades)] for one in detail.subjects]
    one: list[Block] = [
        Para([Strong(f"{detail.row.title}测评票")], indent=0, align=Align.CENTRE, size=15, keep=True),
        Gap(1.5),
        Grid(columns, rows, row_height=9, where=lambda number: f"第{number + 1}行"),
        Para("每一行只在一个方框里打“√”，不记名；多打、涂改看不清的，这一行作废。", indent=0, size=10.5),
    ]
    copies = max(1, min(_MOST_ON_A_PAGE, 28 // (len(rows) + 4)))
    blocks: list[Block] = []
    for at in range(copies):
        blocks += [Gap(10)] if at else []
        blocks += one
    return Sheet("", blocks, frame=FORM, subject=f"{detail.row.title}测评票").pdf()


def tally_form(detail: AssessmentDetail, rater: str = "") -> bytes:
    """测评计票单: issued, returned, spoilt, and each grade with room for 正; what is counted already is printed."""
    voter = _voter(detail.form, rater)
    grades = detail.form.ballot
    sheets = []
    for subject in detail.subjects:
        known = subject.tally_of(voter.name)
        tally = known.tally if known is not None else None
        counted = [("发出", tally.issued), ("收回", tally.returned), ("废票", tally.invalid)] if tally else []
        numbers = dict(counted) if counted else {}
        rows: list[list[Cell | str]] = [
            [label("测评对象"), Cell(subject.name, columns=5, where="测评对象")],
            [
                label("发出测评票"),
                _many(numbers.get("发出")),
                label("收回"),
                _many(numbers.get("收回")),
                label("废票"),
                _many(numbers.get("废票")),
            ],
        ]
        for at, grade in enumerate(grades):
            votes = f"{tally.votes[at]}票" if tally else "　　　票"
            rows.append([label(grade.name), Cell("", columns=4, height=20), Cell(votes, align=Align.CENTRE)])
        sheets.append(
            Sheet(
                "测评计票单",
                [
                    Table(columns=(30, 0, 24, 26, 24, 32), rows=rows),
                    Gap(3),
                    Para("收回＝有效票＋废票；各档次加起来＝有效票。空格里画“正”字。", indent=0),
                    SignLine(["唱票人：", "计票人：", "监票人："]),
                ],
                frame=FORM,
                head=(detail.row.title, voter.name),
                subject=f"{detail.row.title}计票单",
            )
        )
    if not sheets:
        raise NotAllowed("还没有考评对象。", "请先点“加对象”。")
    return bind(sheets, subject=f"{detail.row.title}计票单")


def negative_list(form: Form, village: str) -> bytes:
    """负面清单: for the wall, the veto lines marked; without anybody's name."""
    rows = [
        [str(at), item.text, "一票否决" if item.kind is ItemKind.VETO else ""]
        for at, item in enumerate(form.items, start=1)
        if item.text
    ]
    if not rows:
        raise NotAllowed("清单里还没有一条。", "请照县里的文件填好再打印。")
    return Sheet(
        form.name if form.name.startswith(village) else f"{village}{form.name}",
        [
            Grid(
                [Column("序号", 16), Column("不得有下列行为", align=Align.LEFT), Column("后果", 34)],
                rows,
                row_height=11,
                where=lambda number: f"第{number + 1}条",
            )
        ],
        frame=BOARD,
        head=("", form.document),
        subject=f"{village}{form.name}",
    ).pdf()


def _many(count: int | None) -> str:
    return f"{count}张" if count is not None else "　　　张"


def _voter(form: Form, rater: str) -> Rater:
    found = next((one for one in form.raters if one.how is RaterHow.BALLOT and rater in ("", one.name)), None)
    if found is None:
        raise NotAllowed("这次考评没有投票测评的一方。", "请打印评分表。")
    return found
