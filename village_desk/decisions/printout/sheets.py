"""The six sheets of the decision form (四议两公开决策实施登记表), each from its own step, alone or bound together."""

from collections.abc import Sequence

from village_desk.decisions.lookups import DecisionDetail, StageRow
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import MeetingDetail
from village_desk.meetings.printout import (
    bound,
    dossier_sheets,
    minutes,
    observers_words,
    photo_sheets,
    ratio,
    sign_in_sheet,
    vote_words,
)
from village_desk.meetings.rules import ObserverKind, VerdictState
from village_desk.notices.lookups import BoardRow, SheetPaper
from village_desk.notices.printout import Purpose
from village_desk.notices.printout import sheet as notice_sheet
from village_desk.notices.rules.days import UNIT_WORDS
from village_desk.paper import (
    FORM,
    Cell,
    Form,
    Sheet,
    bind,
    label,
    ticked,
)
from village_desk.rulebook.rules import StageKind, chinese_number

_DATE = "　　　年　　月　　日"
_NO_OPINION = "缺（还没有登记村务监督委员会的意见）"
# So many signatures of 22 mm find room on a sheet.
_SIGNATURES = 20
_SUBJECTS = {"proposal": "提议事项", "consultation": "商议事项", "party_review": "审议事项"}
_CONTENTS = {"proposal": "提议内容", "consultation": "商议内容", "party_review": "审议内容"}
_WITH_TOWNSHIP = frozenset({"party_review", "decision"})
_CONVENERS = {
    "proposal": "村党组织",
    "consultation": "村党组织",
    "party_review": "村党组织",
    "decision": "村民委员会",
}


def step_sheet(detail: DecisionDetail, no: int) -> bytes:
    """One of the sheets as a PDF; what is not registered yet stays empty for the pen.

    Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    return sheet_of(detail, detail.stage(no)).pdf()


def all_sheets(detail: DecisionDetail) -> bytes:
    """Every sheet of the form in one PDF."""
    return bind([sheet_of(detail, stage) for stage in detail.stages], f"{detail.row.title}登记表")


def dossier(
    detail: DecisionDetail, notices: Sequence[SheetPaper] = (), photos: Sequence[tuple[str, bytes]] = ()
) -> bytes:
    """一事一档: the form, the papers of every meeting, the sheets of the board and the photos, with contents and pages.

    Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    sheets = [sheet_of(detail, stage) for stage in detail.stages]
    meetings = {stage.meeting.row.id: stage.meeting for stage in detail.stages if stage.meeting is not None}
    for meeting in meetings.values():
        sheets += dossier_sheets(meeting)
    sheets += [notice_sheet(paper, Purpose.FILE) for paper in notices]
    sheets += photo_sheets(detail.row.title, photos)
    about = (
        f"事项：{detail.row.title}",
        f"编号：{detail.row.number}　　立项：{chinese_date(detail.row.opened_on)}",
        *_opinions(detail),
    )
    return bound("档案材料目录", about, (detail.village, detail.template_name), sheets, f"{detail.row.title}档案")


def step_sign_in(detail: DecisionDetail, no: int) -> bytes:
    """The sign-in sheet of a step's meeting. Raises NotAllowed while there is no meeting."""
    return sign_in_sheet(_meeting_of(detail, no))


def step_minutes(detail: DecisionDetail, no: int) -> bytes:
    """The minutes of a step's meeting. Raises NotAllowed while there is no meeting."""
    judged = [check.sentence for check in detail.stage(no).verdict.checks if check.judged]
    return minutes(_meeting_of(detail, no), judged)


def sheet_of(detail: DecisionDetail, stage: StageRow) -> Sheet:
    """A sheet before it becomes a PDF, for binding with others."""
    form = "决策实施登记表" if detail.template_votes else "登记表"
    name = f"{detail.template_name}{form}（{chinese_number(stage.template.sheet or stage.no)}）"
    rows = _common(detail, stage)
    if stage.template.kind is StageKind.PUBLICATION:
        rows += _publication(stage)
    elif stage.template.kind is StageKind.TASK:
        rows += _task(stage)
    else:
        rows += _paper(detail, stage) if stage.paper is not None else _meeting(detail, stage)
    return Sheet(
        title=name,
        blocks=[Form(columns=(32, 0, 18, 26, 18, 26), rows=rows)],
        frame=FORM,
        head=(detail.village, f"编号：{detail.row.number}"),
        foot=f"{stage.template.name}{_law_text(detail)}{_one_shoulder(detail)}",
        subject=f"{detail.row.title}{name}",
    )


def _law_text(detail: DecisionDetail) -> str:
    return f"（程序按法律{detail.law_version}文本）" if detail.template_votes else ""


def _one_shoulder(detail: DecisionDetail) -> str:
    return "　书记、主任一肩挑" if detail.one_shoulder else ""


def _meeting_of(detail: DecisionDetail, no: int) -> MeetingDetail:
    meeting = detail.stage(no).meeting
    if meeting is None:
        raise NotAllowed(f"第{no}步“{detail.stage(no).template.name}”还没有登记开会。", "请先点“登记开会”。")
    return meeting


def _common(detail: DecisionDetail, stage: StageRow) -> list[list[Cell | str]]:
    subject = _SUBJECTS.get(stage.template.key, "决议事项") if detail.template_votes else "事项"
    sources = ticked(detail.motion_sources, (detail.motion_source,))
    rows: list[list[Cell | str]] = [[label("动议事由"), Cell(sources, columns=5)]] if detail.motion_sources else []
    return [*rows, [label(subject), Cell(detail.row.title, columns=5, where=subject)]]


def _meeting(detail: DecisionDetail, stage: StageRow) -> list[list[Cell | str]]:
    meeting, motion = stage.meeting, stage.motion
    eligible = meeting.row.eligible if meeting is not None else 0
    came = motion.standing.present if motion is not None and motion.standing is not None else 0
    if meeting is not None and not came:
        came = meeting.row.present
    counted = meeting is not None and bool(meeting.roll)
    rows: list[list[Cell | str]] = []
    if stage.template.key in _WITH_TOWNSHIP:
        form = meeting.row.body_words if meeting is not None else ""
        if motion is not None and motion.rule_name != form:
            form = motion.rule_name
        rows.append([label("会议形式"), Cell(form, columns=5)])
    rows += [
        [
            label("时间"),
            chinese_date(stage.day) if stage.day is not None else _DATE,
            label("通知"),
            Cell(
                chinese_date(meeting.called_on) if meeting is not None and meeting.called_on is not None else "",
                columns=3,
            ),
        ],
        [
            label("地点"),
            Cell(meeting.row.place if meeting is not None else "", columns=5, where="地点"),
        ],
        [
            label("召集、主持人"),
            _chair(stage),
            label("记录人"),
            Cell(meeting.recorder if meeting is not None else "", columns=3),
        ],
        [
            label("应到"),
            f"{eligible}人" if counted else "　　　人",
            label("实到"),
            f"{came}人" if counted else "　　人",
            label("比例"),
            ratio(came, eligible) if counted else "",
        ],
        [
            label(_CONTENTS.get(stage.template.key, "决议内容")),
            Cell(_content(detail, stage), columns=5, height=58, top=True, where="内容"),
        ],
        [
            label("表决情况"),
            Cell(vote_words(motion) if motion is not None else "", columns=5, height=22, top=True, where="表决情况"),
        ],
        [label("适用规定"), Cell(_law(stage), columns=5)],
    ]
    if judged := [check.sentence for check in stage.verdict.checks if check.judged]:
        rows.append([label("人工认定"), Cell("\n".join(judged), columns=5, where="人工认定")])
    if "村务监督委员会" in stage.template.attend:
        rows.append(
            [
                label("村务监督委员会列席签字"),
                Cell(_observers(stage, ObserverKind.SUPERVISION), columns=5, height=14, top=True, where="列席"),
            ]
        )
    if stage.template.key in _WITH_TOWNSHIP:
        rows.append(
            [
                label("乡镇参会人员签字（含职务）"),
                Cell(_observers(stage, ObserverKind.TOWNSHIP), columns=5, height=14, top=True, where="乡镇参会人员"),
            ]
        )
    if stage.template.by_matter and detail.filings:
        answers = "\n".join(f"{chinese_date(one.on)}　{one.words}" for one in detail.filings)
        rows.append([label("报批、备案"), Cell(answers, columns=5, where="报批、备案")])
    room = 36 if stage.template.key in _WITH_TOWNSHIP else 66
    many = f"到会{came}人，签名可以附签到表。" if came > _SIGNATURES else ""
    rows.append([label("参会人员签字"), Cell(many, columns=5, height=room, top=True)])
    return rows


def _task(stage: StageRow) -> list[list[Cell | str]]:
    """A step without a meeting: every field that its template asks for, filled or with room for the pen."""
    done = stage.task
    said = dict(done.fields) if done is not None else {}
    rows: list[list[Cell | str]] = [
        [
            label("办理日期"),
            chinese_date(stage.day) if stage.day is not None else _DATE,
            label("办理人"),
            Cell((done.done_by if done is not None else "") or stage.template.done_by, columns=3, where="办理人"),
        ]
    ]
    names = dict.fromkeys((*stage.template.required, *said))
    rows += [[label(name), Cell(said.get(name, ""), columns=5, height=14, top=True, where=name)] for name in names]
    if done is not None and done.skipped:
        rows.append([label("没有办的理由"), Cell(done.skipped, columns=5, where="理由")])
    if stage.template.evidence:
        at_hand = done.evidence if done is not None else ()
        rows.append([label("附件"), Cell(ticked(stage.template.evidence, at_hand), columns=5)])
    if judged := [check.sentence for check in stage.verdict.checks if check.judged]:
        rows.append([label("人工认定"), Cell("\n".join(judged), columns=5, where="人工认定")])
    if stage.template.checked_by:
        by = done.checked_by if done is not None else ""
        who = f"{stage.template.checked_by}（签字、盖章）：　　　　　　　"
        rows.append([label("监督意见"), Cell(by, columns=5, height=30, top=True, where="监督", sign=(who, _DATE))])
    return rows


def _paper(detail: DecisionDetail, stage: StageRow) -> list[list[Cell | str]]:
    """A step copied from paper: its numbers as they stand there, and what that paper lacks."""
    paper = stage.paper
    assert paper is not None

    def many(number: int) -> str:
        return f"{number}人" if number else "未登记"

    votes = f"同意{paper.yes}票，反对{paper.no}票，弃权{paper.abstain}票"
    counted = paper.yes or paper.no or paper.abstain
    rows: list[list[Cell | str]] = [
        [label("会议"), Cell(paper.body.words, columns=5)],
        [
            label("时间"),
            chinese_date(paper.held_on),
            label("应到"),
            many(paper.eligible),
            label("实到"),
            many(paper.present),
        ],
        [label("内容"), Cell(stage.content or detail.plan, columns=5, height=58, top=True, where="内容")],
        [label("表决情况"), Cell(votes if counted else "未登记", columns=5, height=22, top=True)],
        [label("补录说明"), Cell("照纸质材料补录，没有按名册核对。", columns=5)],
        [label("缺的材料"), Cell("、".join(paper.missing) or "没有", columns=5, where="缺的材料")],
    ]
    if judged := [check.sentence for check in stage.verdict.checks if check.judged]:
        rows.append([label("人工认定"), Cell("\n".join(judged), columns=5, where="人工认定")])
    rows.append([label("核对原件签字"), Cell("", columns=5, height=40, sign=("核对人（签字）：　　　　　　　", _DATE))])
    return rows


def _publication(stage: StageRow) -> list[list[Cell | str]]:
    first = stage.template.key == "publish_decision"
    return [
        [
            label("公开情况" if first else "实施结果公开情况"),
            Cell(_posting_words(stage, first=first), columns=5, height=110, top=True, where="公开情况"),
        ],
        [label("适用规定"), Cell(_law(stage), columns=5)],
        [
            label("监督意见"),
            Cell(
                _opinion(stage),
                columns=5,
                height=76,
                top=True,
                where="监督意见",
                sign=("村务监督委员会（签字、盖章）：　　　　　　　　　", _DATE),
            ),
        ],
    ]


def _content(detail: DecisionDetail, stage: StageRow) -> str:
    parts = [stage.content, stage.motion.text if stage.motion is not None else detail.plan]
    if detail.amount_fen:
        parts.append(f"涉及资金{yuan(detail.amount_fen)}元。")
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _chair(stage: StageRow) -> str:
    convener = _CONVENERS.get(stage.template.key, "")
    name = stage.meeting.chair if stage.meeting is not None else ""
    return f"{convener}　{name}" if name else convener


def _law(stage: StageRow) -> str:
    """The articles of the rows that held on the day of the act, else those of the procedure."""
    refs = [check.legal_ref for check in stage.verdict.checks if check.rule_id and check.legal_ref]
    if not refs and stage.motion is not None:
        refs = list(stage.motion.legal_refs)
    return "；".join(dict.fromkeys(refs)) or stage.template.legal_ref


def _observers(stage: StageRow, kind: ObserverKind) -> str:
    if stage.meeting is None or not any(row.kind is kind for row in stage.meeting.observers):
        return ""
    return observers_words(stage.meeting, kind)


def _posting_words(stage: StageRow, *, first: bool) -> str:
    notice = stage.notice
    parts = [] if first else [stage.content]
    if notice is not None:
        parts.append(f"公开表：《{notice.title}》{notice.number}")
        for board in notice.boards:
            parts += _stay_words(board, notice.period_name)
    if stage.verdict.state is VerdictState.CANNOT_STAND:
        parts.append(stage.verdict.sentence)
    return "\n".join(part for part in parts if part)


def _stay_words(board: BoardRow, period: str) -> list[str]:
    """Every date of a sheet on one board in its order, then whether its days are enough."""
    lines = []
    for at, stay in enumerate(board.stays):
        by = f"（张贴人{stay.posted_by}）" if stay.posted_by else ""
        lines.append(f"{chinese_date(stay.posted_on)}{'补贴' if at else '贴'}在{board.board}{by}。")
        if stay.off_on is not None:
            gone = stay.off_words if board.state.fulfilled and stay is board.stays[-1] else f"发现{stay.off_words}"
            lines.append(f"{chinese_date(stay.off_on)}{gone}。")
    state = board.state
    days = f"{period}{state.terms.days}{UNIT_WORDS[state.terms.unit]}" if state.terms is not None else period
    if len(board.stays) > 1 or not (state.fulfilled or state.hangs):
        lines.append(f"天数：{''.join(state.arithmetic)}")
    if state.fulfilled:
        lines.append(f"{days}，已贴满。")
    elif state.last_day is not None:
        lines.append(f"{days}，至{chinese_date(state.last_day)}满。")
    else:
        unit = UNIT_WORDS[state.terms.unit] if state.terms is not None else "天"
        lines.append(f"{days}，没有贴满，还差{state.owed_days}{unit}，应当补贴。")
    return lines


def _opinion(stage: StageRow) -> str:
    if stage.opinion:
        day = f"（{chinese_date(stage.opinion_on)}）" if stage.opinion_on is not None else ""
        return f"{stage.opinion}\n意见登记自{stage.opinion_by}的签字{day}。"
    if stage.notice is not None and stage.notice.review:
        return stage.notice.review
    # Before the sheet hangs the field waits for the pen; afterwards what is not there is missing.
    return _NO_OPINION if stage.day is not None else ""


def _opinions(detail: DecisionDetail) -> list[str]:
    """The supervision committee's opinion on each publication of the case, or that it is missing."""
    return [
        f"监督意见（{stage.template.name}）：{(_opinion(stage) or _NO_OPINION).replace(chr(10), '')}"
        for stage in detail.stages
        if stage.template.kind is StageKind.PUBLICATION
    ]
