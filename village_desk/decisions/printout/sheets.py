"""The six sheets of the decision form (四议两公开决策实施登记表), each from its own step, alone or bound together."""

from collections.abc import Sequence

from village_desk.decisions.lookups import DecisionDetail, StageRow
from village_desk.decisions.printout.hung import opinions, publication_fields
from village_desk.decisions.printout.met import DATE, meeting_fields
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import MeetingDetail
from village_desk.meetings.printout import (
    bound,
    dossier_sheets,
    minutes,
    photo_sheets,
    sign_in_sheet,
)
from village_desk.notices.lookups import SheetPaper
from village_desk.notices.printout import Purpose
from village_desk.notices.printout import sheet as notice_sheet
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

_SUBJECTS = {"proposal": "提议事项", "consultation": "商议事项", "party_review": "审议事项"}


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
        *opinions(detail),
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
        rows += publication_fields(detail, stage)
    elif stage.template.kind is StageKind.TASK:
        rows += _task(stage)
    else:
        rows += _paper(detail, stage) if stage.paper is not None else meeting_fields(detail, stage)
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
    # More than three do not fit on one line, and none may break in the middle.
    every = detail.motion_sources
    lines = [every] if len(every) < 4 else [every[at : at + 2] for at in range(0, len(every), 2)]
    sources = "\n".join(ticked(line, (detail.motion_source,)) for line in lines)
    rows: list[list[Cell | str]] = [[label("动议事由"), Cell(sources, columns=5)]] if detail.motion_sources else []
    if stage.no == 1 and detail.template_votes:
        rows.append([label("提出人"), Cell(detail.proposer, columns=5, where="提出人")])
    return [*rows, [label(subject), Cell(detail.row.title, columns=5, where=subject)]]


def _task(stage: StageRow) -> list[list[Cell | str]]:
    """A step without a meeting: every field that its template asks for, filled or with room for the pen."""
    done = stage.task
    said = dict(done.fields) if done is not None else {}
    rows: list[list[Cell | str]] = [
        [
            label("办理日期"),
            chinese_date(stage.day) if stage.day is not None else DATE,
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
        rows.append([label("监督意见"), Cell(by, columns=5, height=30, top=True, where="监督", sign=(who, DATE))])
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
    rows.append([label("核对原件签字"), Cell("", columns=5, height=40, sign=("核对人（签字）：　　　　　　　", DATE))])
    return rows
