"""Sheets beside the form of a case: the rehearsal of an inspection, a procedure for the wall, and the vanguard."""

from collections.abc import Sequence

from village_desk.decisions.lookups import DecisionDetail, InspectionLine, InspectionReport
from village_desk.kit.text import chinese_date
from village_desk.meetings.rules import VerdictState
from village_desk.paper import WIDE_FORM, Align, Cell, Column, Form, Grid, Para, Sheet, SignLine, label
from village_desk.rulebook.rules import ProcedureTemplate, StageKind, chinese_number


def inspection_sheet(report: InspectionReport) -> bytes:
    """The rehearsal of an inspection: every case with what is found, on landscape sheets, with a line to sign.

    Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    rows = [
        [str(number), f"{line.number}\n{line.title}", line.verdict.words, _found_words(line), _next_words(line)]
        for number, line in enumerate(report.lines, start=1)
    ]
    columns = [
        Column("序号", 12),
        Column("编号和议题", 52, Align.LEFT),
        Column("结论", 20),
        Column("查出的问题和依据", 0, Align.LEFT),
        Column("下一步", 66, Align.LEFT),
    ]
    year = f"{report.year}年" if report.year else ""
    return Sheet(
        title=f"{report.village}{year}民主决策自查表",
        blocks=[
            Para(report.summary, indent=0),
            Grid(columns, rows, size=9.5, where=lambda i: f"第{i + 1}行{report.lines[i].title}"),
            SignLine(("自查人：", "村务监督委员会：", "日期：")),
        ],
        frame=WIDE_FORM,
        head=(f"截至{chinese_date(report.on)}", f"共{len(report.lines)}件"),
        foot="每条依据按当时的规定；补录的事情由人对照原件认定。",
        subject="民主决策自查表",
    ).pdf()


def _found_words(line: InspectionLine) -> str:
    if not line.findings:
        return "没有查出问题。" if line.verdict is VerdictState.STANDS else line.words
    said = [f"第{one.no}步　{one.state.words}：{one.sentence}{_ref(one.legal_ref)}" for one in line.findings]
    return "\n".join([*dict.fromkeys(said), *(f"人工认定：{words}" for words in line.judged)])


def _next_words(line: InspectionLine) -> str:
    return "\n".join(dict.fromkeys(one.next_act for one in line.findings if one.next_act))


def _ref(legal_ref: str) -> str:
    return f"（{legal_ref}）" if legal_ref else ""


def procedure_chart(template: ProcedureTemplate, village: str) -> bytes:
    """A procedure as a one-page chart for the wall: each step, who does it, within which time, who checks, what hangs.

    Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    rows: list[list[Cell | str]] = [
        [label("步骤"), label("做什么"), label("谁来办"), label("时限"), label("监督"), label("要留的材料")]
    ]
    for stage in template.stages:
        who = "、".join(body.words for body in stage.bodies) or stage.done_by
        if stage.by_matter:
            who = "村民会议或村民代表会议"
        rows.append(
            [
                label(f"第{chinese_number(stage.no)}步"),
                stage.name,
                who or ("村民委员会" if stage.kind is StageKind.PUBLICATION else ""),
                f"{stage.limit_days}天内" if stage.limit_days else "",
                stage.checked_by or "、".join(stage.attend),
                "、".join((*stage.required, *stage.evidence)),
            ]
        )
    return Sheet(
        title=f"{village}{template.name}流程图",
        blocks=[Form(columns=(25, 52, 50, 18, 46, 0), rows=rows)],
        frame=WIDE_FORM,
        foot=f"共{len(template.stages)}步，从上到下依次办理。",
        subject=f"{template.name}流程图",
    ).pdf()


def vanguard_wall(details: Sequence[DecisionDetail], village: str) -> bytes:
    """先锋行 on the wall: each member's name, post, task and promise, and nothing else of the person.

    Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    rows = []
    for number, detail in enumerate(details, start=1):
        said = {name: words for stage in detail.stages if stage.task is not None for name, words in stage.task.fields}
        rows.append([str(number), *(said.get(name, "") for name in ("党员姓名", "岗位", "任务", "承诺"))])
    columns = [Column("序号", 14), Column("姓名", 28), Column("岗位", 40), Column("任务", 0), Column("承诺", 0)]
    blocks = [Grid(columns, rows)] if rows else [Para("还没有党员登记岗位、任务和承诺。", indent=0)]
    return Sheet(title=f"{village}党员亮身份公示墙", blocks=blocks, frame=WIDE_FORM).pdf()
