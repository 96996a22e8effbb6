"""The facts of a step in lines, its checks, and what can be done with it now."""

from village_desk.decisions.lookups import DecisionDetail, DecisionState, PaperRow, StageRow
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, chinese_date_weekday, short_date
from village_desk.meetings.lookups import MeetingDetail
from village_desk.meetings.rules import CheckState, VerdictState
from village_desk.rulebook.rules import Body, StageKind
from village_desk.widgets.checks import Check
from village_desk.widgets.stepper import Step, StepState

UNKNOWN = "未登记"
_SHORT = {
    "proposal": "党组织提议",
    "consultation": "“两委”商议",
    "party_review": "党员大会审议",
    "decision": "会议决议",
    "publish_decision": "决议公开",
    "publish_result": "结果公开",
}
_SHORT_BODIES = {
    Body.VILLAGERS: "村民会议决议",
    Body.REPRESENTATIVES: "代表会议决议",
    Body.COLLECTIVE_MEMBERS: "成员大会决议",
    Body.COLLECTIVE_REPRESENTATIVES: "成员代表决议",
}
# What a button of the step gives, its words and its icon.
ACTS: dict[str, tuple[str, str]] = {
    "hold": ("登记开会", "plus"),
    "sign_in": ("登记签到", "users"),
    "vote": ("登记表决", "check"),
    "correct": ("更正表决", "pencil"),
    "edit_meeting": ("改会议情况", "pencil"),
    "observers": ("登记列席", "user"),
    "again": ("再开一次", "refresh-cw"),
    "print_sign_in": ("打印签到表", "printer"),
    "print_minutes": ("打印会议记录", "printer"),
    "print_sheet": ("打印登记表", "printer"),
    "draft": ("起草公开表", "megaphone"),
    "go_notice": ("去公开公示办理", "arrow-right"),
    "opinion": ("登记监督意见", "shield-check"),
    "duty": ("登记公开任务", "megaphone"),
    "mandate": ("登记授权", "shield-check"),
    "do": ("登记这一步", "check"),
    "skip": ("不办这一步", "minus"),
    "paper": ("照纸上补录", "copy"),
    "send_back": ("退回重办", "undo-2"),
    "up": ("交村民会议", "arrow-right"),
    "filing": ("登记报批备案", "file-text"),
    "papers": ("登记材料", "paperclip"),
}
# What stands smaller, beside the prints.
SIDE_ACTS = frozenset({"edit_meeting", "print_sign_in", "print_minutes", "print_sheet"})
# The check that a missing fact leaves, and the act that brings it. The meeting that is asked for proposes a right body.
_REMEDIES = {
    "body": "hold",
    "mandate": "mandate",
    "attend": "observers",
    "notice": "edit_meeting",
    "supervised": "opinion",
    "filing": "filing",
    "approval": "filing",
    "comment": "filing",
    "field": "do",
    "evidence": "do",
    "checked": "do",
    "papers": "papers",
}
# What can be done with a case as a whole, beside its steps.
CASE_ACTS: dict[str, tuple[str, str]] = {
    "filing": ("登记报批、备案", "file-text"),
    "work": ("安排实施", "plus"),
    "progress": ("登记实施进展", "list-checks"),
    "amends": ("变更决议", "pencil"),
    "voids": ("撤销决议", "x"),
    "resubmits": ("否决后重新提出", "refresh-cw"),
    "promotes": ("转为正式表决", "arrow-right"),
    "dossier": ("打印全部材料（一事一档）", "printer"),
}


def steps_of(detail: DecisionDetail) -> list[Step]:
    """The steps as the stepper shows them."""
    return [Step(_title(stage), _state(detail, stage), _below(detail, stage)) for stage in detail.stages]


def at_hand(detail: DecisionDetail) -> int:
    """The step that a clerk wants to see first, counted from 0."""
    return max(0, (detail.verdict.current_no or len(detail.stages)) - 1)


def lines_of(detail: DecisionDetail, stage: StageRow) -> list[tuple[str, str]]:
    """The facts of a step as pairs of name and words."""
    if stage.template.kind is StageKind.PUBLICATION:
        return _publication_lines(stage)
    if stage.template.kind is StageKind.TASK:
        return _task_lines(stage)
    if stage.paper is not None:
        return _paper_lines(stage, stage.paper)
    if stage.meeting is None:
        return (
            [("还没有开会", "开过会后点“登记开会”，把日期、到会和票数照实填上。")]
            if not stage.content
            else [("内容", stage.content)]
        )
    return _meeting_lines(detail, stage, stage.meeting)


def checks_of(detail: DecisionDetail, stage: StageRow) -> list[Check]:
    """The checks of a step, what speaks against it first, each with the act that helps."""
    found = sorted(stage.verdict.checks, key=lambda check: _RANK[check.state])
    open_case = detail.row.state is DecisionState.OPEN
    made = []
    for check in found:
        act = _REMEDIES.get(check.code, "") if check.state is not CheckState.HOLDS and open_case else ""
        if check.left_to_a_person and check.code != "order" and open_case:
            act = f"judge {check.code}"
        if act in {"observers", "edit_meeting"} and stage.meeting is None:
            act = ""
        made.append(
            Check(
                check.state.tone,
                check.sentence,
                "" if check.state is CheckState.HOLDS else check.next_act,
                check.legal_ref,
                "登记认定" if act.startswith("judge") else ACTS[act][0] if act else "",
                act,
            )
        )
    first = next((one.no for one in detail.stages if one.template.kind is StageKind.PUBLICATION), 0)
    ready = stage.no + 1 == first and stage.done and detail.verdict.in_the_way(first) is None
    if ready and open_case and not _has_duty(detail):
        words = "决议已经成立，还没有登记公开任务。"
        made.append(Check("warn", words, act=ACTS["duty"][0], act_key="duty"))
    return made


def acts_of(detail: DecisionDetail, stage: StageRow) -> list[str]:
    """What can be done with a step now, the foremost first."""
    prints = ["print_sheet"]
    if detail.row.state is not DecisionState.OPEN:
        return prints
    if stage.template.kind is StageKind.PUBLICATION:
        first = ["go_notice"] if stage.notice is not None else ["draft"]
        return [*first, "opinion", *prints]
    if stage.template.kind is StageKind.TASK:
        return ["do", *(() if stage.day is not None else ("skip",)), *prints]
    if stage.meeting is None:
        return ["paper", "hold", *prints] if stage.paper is not None else ["hold", "paper", *prints]
    prints = ["print_sign_in", "print_sheet"]
    if stage.motion is None or stage.motion.standing is None:
        came = any(row.present for row in stage.meeting.roll)
        first = ["vote", "sign_in"] if came else ["sign_in", "vote"]
        return [*first, "observers", "edit_meeting", *prints]
    again = [] if stage.done else ["again"]
    if stage.verdict.state is VerdictState.REJECTED:
        again += ["send_back"] if stage.no > 1 else []
        again += ["up"] if stage.template.by_matter and stage.meeting.row.body is Body.REPRESENTATIVES else []
    return [*again, "correct", "observers", "edit_meeting", "print_sheet", "print_minutes"]


def case_acts_of(detail: DecisionDetail) -> list[str]:
    """What can be done with the case as a whole now."""
    if detail.row.state is not DecisionState.OPEN:
        return ["resubmits", "dossier"] if detail.template_votes and not detail.settled else ["dossier"]
    acts = ["filing"] if detail.template_votes else []
    if detail.template_votes and detail.settled:
        acts += ["work"]
        acts += ["progress"] if any(one.done_on is None for one in detail.works) else []
        acts += ["amends", "voids"]
    elif detail.template_votes and detail.row.verdict is VerdictState.REJECTED:
        acts += ["resubmits"]
    elif not detail.template_votes:
        acts += ["work"]
        acts += ["progress"] if any(one.done_on is None for one in detail.works) else []
        acts += ["promotes"]
    return [*acts, "dossier"]


def around(detail: DecisionDetail) -> list[tuple[str, str]]:
    """What stands around a case: the answers of offices, the works, going back, the cases beside it."""
    lines = []
    if detail.changes is not None:
        lines.append(
            (detail.changes.kind.words, f"{detail.changes.number}{detail.changes.title}：{detail.changes.reason}")
        )
    for later in detail.changed_by:
        lines.append(("后来", f"{later.number}“{later.title}”{later.kind.words}：{later.reason}"))
    for one in detail.returns:
        where = "交村民会议" if one.up else f"退回第{one.to_no}步"
        lines.append((short_date(one.on), f"第{one.from_no}步{where}：{one.reason}"))
    for filing in detail.filings:
        lines.append((short_date(filing.on), filing.words))
    for subject, party, total in detail.money.contracts:
        lines.append(("合同", f"{subject}，{party}，{yuan(total)}元"))
    if detail.money.payments:
        above = detail.money.paid_fen - (detail.amount_fen or detail.money.paid_fen)
        more = f"，比决议的{yuan(detail.amount_fen)}元多{yuan(above)}元" if detail.amount_fen and above > 0 else ""
        lines.append(("账上支出", f"{detail.money.payments}笔，共{yuan(detail.money.paid_fen)}元{more}"))
    if detail.works:
        done = sum(work.done_on is not None for work in detail.works)
        lines.append(("实施", f"共{len(detail.works)}项，办完{done}项，{done * 100 // len(detail.works)}%"))
    for work in detail.works:
        state = f"{short_date(work.done_on)}办完" if work.done_on is not None else "已经超期" if work.late else "在办"
        due = f"，{short_date(work.due_on)}前" if work.due_on is not None else ""
        planned = f"，计划{yuan(work.amount_fen)}元" if work.amount_fen is not None else ""
        spent = f"，已用{yuan(work.spent_fen)}元" if work.spent_fen else ""
        over = "，超出计划" if work.over else ""
        last = f"；{short_date(work.progress[-1].on)}{work.progress[-1].words}" if work.progress else ""
        lines.append((f"实施{work.no}", f"{work.title}（{work.owner}{due}）{state}{planned}{spent}{over}{last}"))
    return lines


_RANK = {
    CheckState.FAILS: 0,
    CheckState.REJECTED: 1,
    CheckState.MUST_JUDGE: 2,
    CheckState.OPEN: 3,
    CheckState.TASK: 4,
    CheckState.HOLDS: 5,
}


def _has_duty(detail: DecisionDetail) -> bool:
    following = [stage for stage in detail.stages if stage.template.kind is StageKind.PUBLICATION]
    return bool(following) and bool(following[0].duty_words or following[0].notice is not None)


def _title(stage: StageRow) -> str:
    if stage.template.key == "decision" and stage.meeting is not None:
        return _SHORT_BODIES.get(stage.meeting.row.body, "会议决议")
    return _SHORT.get(stage.template.key, stage.template.name)


def _state(detail: DecisionDetail, stage: StageRow) -> StepState:
    state = stage.verdict.state
    if state is VerdictState.STANDS:
        return StepState.DONE
    if state in {VerdictState.CANNOT_STAND, VerdictState.REJECTED} and stage.day is not None:
        return StepState.CANNOT_STAND
    return StepState.CURRENT if stage.no == detail.verdict.current_no else StepState.WAITING


def _below(detail: DecisionDetail, stage: StageRow) -> str:
    day = short_date(stage.day) if stage.day is not None else ""
    state = stage.verdict.state
    if stage.template.kind is StageKind.PUBLICATION and stage.notice is not None and stage.notice.last_day is not None:
        if state is VerdictState.OPEN:
            return f"贴到{short_date(stage.notice.last_day)}"
    words = {
        VerdictState.STANDS: "已完成" if stage.template.kind is StageKind.PUBLICATION else "通过",
        VerdictState.REJECTED: "未通过",
        VerdictState.CANNOT_STAND: "不能成立",
        VerdictState.PERSON_MUST_JUDGE: "要人来定",
        VerdictState.OPEN: "进行中" if stage.day is not None or stage.no == detail.verdict.current_no else "未开始",
    }[state]
    if stage.merged and stage.no == 1:
        words = f"{words}（合并）"
    return f"{day}{words}"


def _meeting_lines(detail: DecisionDetail, stage: StageRow, meeting: MeetingDetail) -> list[tuple[str, str]]:
    row, motion = meeting.row, stage.motion
    came = motion.standing.present if motion is not None and motion.standing is not None else row.present
    households = f"，代表{meeting.households_came}户" if meeting.needs_households else ""
    lines = [
        ("会议", motion.rule_name if motion is not None else meeting.rule_name),
        ("日期、地点", f"{chinese_date_weekday(row.held_on) if row.held_on else UNKNOWN}　{row.place or '地点未登记'}"),
        ("通知", f"{chinese_date(meeting.called_on) if meeting.called_on else UNKNOWN}　{meeting.notice_way}".strip()),
        ("主持、记录", f"{meeting.chair or UNKNOWN}　{meeting.recorder or UNKNOWN}"),
        ("应到、实到", f"{row.eligible}人　{came}人{households}"),
    ]
    if stage.responsible:
        lines.append(("第一责任人", stage.responsible))
    if meeting.agenda_posted_on is not None:
        lines.insert(3, ("议题张贴", chinese_date(meeting.agenda_posted_on)))
    if others := [one.title for one in meeting.motions if one.source_id and one.source_id != detail.row.id]:
        lines.append(("同会讨论", f"{'、'.join(others)}（签到和会议记录合用一份）"))
    if motion is not None and motion.standing is not None:
        count = motion.standing.count
        lines.append(("表决", f"{count.way.words}：同意{count.yes}　反对{count.no}　弃权{count.abstain}"))
        if motion.standing.monitors:
            lines.append(("监票", motion.standing.monitors))
    else:
        lines.append(("表决", "还没有登记"))
    observers = "、".join(f"{one.name}（{one.post or one.kind.words}）" for one in meeting.observers)
    lines.append(("列席", observers or UNKNOWN))
    if stage.content:
        lines.append(("会议意见", stage.content))
    text = motion.text if motion is not None and motion.text else detail.plan
    if text:
        lines.append(("表决的方案", text))
    if detail.amount_fen:
        lines.append(("涉及资金", f"{yuan(detail.amount_fen)}元"))
    return lines


def _task_lines(stage: StageRow) -> list[tuple[str, str]]:
    template, done = stage.template, stage.task
    lines = []
    if done is None or (done.done_on is None and not done.skipped):
        lines.append(("还没有办", "办了以后点“登记这一步”，照实填上。"))
        if template.done_by:
            lines.append(("谁来办", template.done_by))
        lines += [("要写的", "、".join(template.required))] if template.required else []
        lines += [("要留的", "、".join(template.evidence))] if template.evidence else []
        return lines
    if done.skipped:
        return [("没有办", done.skipped)]
    lines.append(
        ("办理", f"{chinese_date_weekday(done.done_on) if done.done_on else UNKNOWN}　{done.done_by or UNKNOWN}")
    )
    lines += list(done.fields)
    if done.evidence:
        lines.append(("材料", "、".join(done.evidence)))
    if template.checked_by:
        lines.append(("监督", done.checked_by or UNKNOWN))
    return lines


def _paper_lines(stage: StageRow, paper: PaperRow) -> list[tuple[str, str]]:
    def many(number: int) -> str:
        return f"{number}人" if number else UNKNOWN

    lines = [
        ("补录", "照纸质材料补录，没有按名册核对"),
        ("会议", paper.body.words),
        ("日期", chinese_date_weekday(paper.held_on)),
        ("应到、实到", f"{many(paper.eligible)}　{many(paper.present)}"),
        ("表决", f"同意{paper.yes}　反对{paper.no}　弃权{paper.abstain}"),
    ]
    if paper.missing:
        lines.append(("缺的材料", "、".join(paper.missing)))
    if stage.content:
        lines.append(("内容", stage.content))
    return lines


def _publication_lines(stage: StageRow) -> list[tuple[str, str]]:
    notice = stage.notice
    lines = []
    if stage.content:
        lines.append(("实施结果", stage.content))
    lines += stage.said
    if notice is None:
        lines.append(("公开表", "还没有起草"))
        if stage.duty_words:
            lines.append(("公开任务", stage.duty_words))
        if stage.posted_today is not None:
            lines.append(("今天张贴的话", "\n".join(stage.posted_today.lines)))
    else:
        lines.append(("公开表", f"{notice.title}　{notice.number}".strip()))
        lines.append(("办到哪一步", f"{notice.stage_words}　{notice.next_act}"))
        for board in notice.boards:
            for at, stay in enumerate(board.stays):
                gone = f"，{short_date(stay.off_on)}{stay.off_words}" if stay.off_on is not None else ""
                lines.append(("补贴" if at else "张贴", f"{chinese_date(stay.posted_on)}贴在{board.board}{gone}"))
        if notice.last_day is not None:
            lines.append(("要贴到", chinese_date(notice.last_day)))
        if notice.review:
            lines.append(("监委会审核", notice.review))
    if stage.opinion:
        lines.append(("监督意见", f"{stage.opinion}（{stage.opinion_by}）"))
    return lines
