"""The facts of a step in lines, its checks, and what can be done with it now."""

from village_desk.decisions.lookups import DecisionDetail, DecisionState, StageRow
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
}
# What stands smaller, beside the prints.
SIDE_ACTS = frozenset({"edit_meeting", "print_sign_in", "print_minutes", "print_sheet"})
# The check that a missing fact leaves, and the act that brings it.
_REMEDIES = {
    "mandate": "mandate",
    "attend": "observers",
    "notice": "edit_meeting",
    "supervised": "opinion",
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
        if check.state is CheckState.MUST_JUDGE and check.code != "order" and open_case:
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
    if stage.template.opens_duty and stage.done and open_case and not _has_duty(detail):
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
    if stage.meeting is None:
        return ["hold", *prints]
    prints = ["print_sign_in", "print_sheet"]
    if stage.motion is None or stage.motion.standing is None:
        came = any(row.present for row in stage.meeting.roll)
        first = ["vote", "sign_in"] if came else ["sign_in", "vote"]
        return [*first, "observers", "edit_meeting", *prints]
    again = [] if stage.done else ["again"]
    return [*again, "correct", "observers", "edit_meeting", "print_sheet", "print_minutes"]


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
        ("会议", meeting.rule_name if meeting.rule_name != row.body_words else row.body_words),
        ("日期、地点", f"{chinese_date_weekday(row.held_on) if row.held_on else UNKNOWN}　{row.place or '地点未登记'}"),
        ("通知", chinese_date(meeting.called_on) if meeting.called_on else UNKNOWN),
        ("主持、记录", f"{meeting.chair or UNKNOWN}　{meeting.recorder or UNKNOWN}"),
        ("应到、实到", f"{row.eligible}人　{came}人{households}"),
    ]
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


def _publication_lines(stage: StageRow) -> list[tuple[str, str]]:
    notice = stage.notice
    lines = []
    if stage.content:
        lines.append(("实施结果", stage.content))
    if notice is None:
        lines.append(("公开表", "还没有起草"))
        if stage.duty_words:
            lines.append(("公开任务", stage.duty_words))
        if stage.posted_today is not None:
            lines.append(("今天张贴的话", "\n".join(stage.posted_today.lines)))
    else:
        lines.append(("公开表", f"{notice.title}　{notice.number}".strip()))
        lines.append(("办到哪一步", f"{notice.stage_words}　{notice.next_act}"))
        for posted_on, off_on, board in notice.postings:
            gone = f"，{short_date(off_on)}撤下" if off_on is not None else ""
            lines.append(("张贴", f"{chinese_date(posted_on)}贴在{board}{gone}"))
        if notice.last_day is not None:
            lines.append(("要贴到", chinese_date(notice.last_day)))
        if notice.review:
            lines.append(("监委会审核", notice.review))
    if stage.opinion:
        lines.append(("监督意见", f"{stage.opinion}（{stage.opinion_by}）"))
    return lines
