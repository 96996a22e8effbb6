"""Steps that are no meeting, steps copied from old paper, and steps that are gone back to."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.decisions.actions.cases import decision_of, open_case_of
from village_desk.decisions.actions.publishing import refuse_supervising_oneself
from village_desk.decisions.actions.steps import after_step, attempts_of, stage_row, step_of
from village_desk.decisions.records import Decision, DecisionReturn, DecisionStage
from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.text import short_date, tidy
from village_desk.meetings.rules import Count, Headcount, Verdict
from village_desk.rulebook.rules import Body, ProcedureTemplate, StageKind, unpacked
from village_desk.store.acts import act

BACK, UP = "back", "up"


def do_step(
    session: Session,
    *,
    decision_id: str,
    no: int,
    done_on: dt.date,
    done_by: str = "",
    checked_by: str = "",
    fields: tuple[tuple[str, str], ...] = (),
    evidence: tuple[str, ...] = (),
) -> Verdict:
    """Enter a step that is no meeting, as it was done; a further call puts the entry right.

    `fields` are (name, words) of what its sheet says, `evidence` the names of what is at hand. What is missing is
    listed and stops nothing. Raises NotFound, NotAllowed for a meeting or a sheet, or a day still to come.
    """
    decision = open_case_of(session, decision_id)
    _refuse_other_than_task(decision, no)
    if done_on > act(session).today:
        raise NotAllowed(f"{short_date(done_on)}还没有到，不能登记成已经办了。", "请填实际办的那一天。")
    refuse_supervising_oneself(session, checked_by, done_on)
    row = stage_row(session, decision, no)
    row.done_on, row.done_by, row.checked_by, row.skipped = done_on, tidy(done_by), tidy(checked_by), ""
    row.fields = tuple((tidy(name), tidy(words)) for name, words in fields if tidy(words))
    row.evidence = tuple(dict.fromkeys(tidy(name) for name in evidence if tidy(name)))
    row.content = "\n".join(f"{name}：{words}" for name, words in row.fields)
    session.flush()
    return after_step(session, decision_id, no)


def skip_step(session: Session, *, decision_id: str, no: int, reason: str) -> Verdict:
    """Leave a step out that is no meeting, with the reason; where the procedure wants it a person must judge.

    Raises NotFound, NotAllowed without a reason or for a meeting or sheet.
    """
    decision = open_case_of(session, decision_id)
    _refuse_other_than_task(decision, no)
    if not tidy(reason):
        raise NotAllowed("不办这一步要写明理由。", "例如“本次由县里统一招标，村里不再招标”。")
    row = stage_row(session, decision, no)
    row.skipped, row.done_on = tidy(reason), None
    session.flush()
    return after_step(session, decision_id, no)


def record_paper_step(
    session: Session,
    *,
    decision_id: str,
    no: int,
    held_on: dt.date,
    body: str = "",
    rule_kind: str = "",
    eligible: int = 0,
    present: int = 0,
    yes: int = 0,
    no_votes: int = 0,
    abstain: int = 0,
    content: str = "",
    missing: tuple[str, ...] = (),
) -> Verdict:
    """Copy a meeting step from old paper (补录): its day and numbers without a roll, and what that paper lacks.

    The case becomes one that was begun on paper, which the desk never judges as passed by itself. Zero where the paper
    says nothing. Raises NotFound, NotAllowed for numbers that cannot be and for a day still to come.
    """
    decision = open_case_of(session, decision_id)
    step = step_of(decision, no)
    if step.kind is not StageKind.MEETING:
        raise NotAllowed(f"第{no}步“{step.name}”不是会议。", "请直接登记这一步，日期照纸上的填。")
    if held_on > act(session).today:
        raise NotAllowed(f"{short_date(held_on)}还没有到，不能当成纸上已经办过的。", "请照纸上的日期填。")
    count = Count(yes, no_votes, abstain)
    Headcount(eligible, eligible)
    if eligible and present > eligible:
        raise NotAllowed(f"实到{present}人，应到只有{eligible}人，多出{present - eligible}。", "请对照纸上的签到核对。")
    count.fits(present)
    if body and body not in set(Body):
        raise NotAllowed(f"没有“{body}”这样的会议。", f"这一步由{'、'.join(one.words for one in step.bodies)}来办。")
    wanted = Body(body) if body else step.bodies[0] if step.bodies else Body.REPRESENTATIVES
    found = attempts_of(session, decision_id, no)
    if found and found[-1].meeting_id:
        raise NotAllowed(
            f"第{no}步“{step.name}”已经按名册登记过会议。", "要改的，请改那次会议；另开过会的，请点“再开一次”。"
        )
    row = stage_row(session, decision, no)
    row.paper_on, row.body, row.rule_kind = held_on, wanted.value, rule_kind or _rule_kind(decision, no, wanted)
    counts = (("eligible", eligible), ("present", present), ("yes", yes), ("no", no_votes), ("abstain", abstain))
    row.paper_counts = tuple((name, number) for name, number in counts if number)
    row.missing = tuple(dict.fromkeys(tidy(name) for name in missing if tidy(name)))
    row.content = tidy(content)
    row.plan_version = decision.plan_version
    decision.from_paper = True
    session.flush()
    return after_step(session, decision_id, no)


def note_papers(session: Session, *, decision_id: str, papers: tuple[str, ...]) -> None:
    """Write down which papers are kept with a case (验收单 …). Raises NotFound."""
    decision = decision_of(session, decision_id)
    decision.papers = tuple(dict.fromkeys(tidy(name) for name in papers if tidy(name)))
    session.flush()


def go_back(session: Session, *, decision_id: str, from_no: int, to_no: int, reason: str) -> None:
    """Send a rejected case back to an earlier step, which is then done again with the reason in mind.

    What was recorded stays as an earlier attempt. Raises NotFound, NotAllowed without a reason or for a later step.
    """
    decision = open_case_of(session, decision_id)
    if not tidy(reason):
        raise NotAllowed("退回要写明原因。", "例如“党员大会没有通过，要求降低造价”。")
    step_of(decision, from_no)
    step_of(decision, to_no)
    if to_no >= from_no:
        raise NotAllowed(
            f"第{from_no}步只能退回前面的步骤，不能退到第{to_no}步。", "要重新办这一步的，请点“再开一次”。"
        )
    for no in range(to_no, from_no + 1):
        _fresh_attempt(session, decision, no)
    _note_return(session, decision_id, from_no, to_no, BACK, reason)


def bring_to_villagers(session: Session, *, decision_id: str, no: int, reason: str) -> None:
    """Bring what the representatives could not agree on before the villagers' meeting: the step is open anew.

    Some provinces demand it (重庆 11, 浙江 17). Raises NotFound, NotAllowed without a reason.
    """
    decision = open_case_of(session, decision_id)
    step = step_of(decision, no)
    if not tidy(reason):
        raise NotAllowed("交村民会议要写明原因。", "例如“代表会议意见分歧大，没有形成决议”。")
    if not step.by_matter:
        raise NotAllowed(f"第{no}步“{step.name}”不是由村民表决的。", "请在村民会议或者村民代表会议决议这一步交。")
    _fresh_attempt(session, decision, no)
    _note_return(session, decision_id, no, no, UP, reason)


def _note_return(session: Session, decision_id: str, from_no: int, to_no: int, way: str, reason: str) -> None:
    session.add(
        DecisionReturn(
            decision_id=decision_id,
            from_no=from_no,
            to_no=to_no,
            way=way,
            reason=tidy(reason),
            returned_on=act(session).today,
        )
    )
    session.flush()


def _fresh_attempt(session: Session, decision: Decision, no: int) -> None:
    found = attempts_of(session, decision.id, no)
    if not found:
        return
    times = found[-1].attempt + 1
    session.add(
        DecisionStage(
            id=same_id("decision_stage", decision.id, str(no), str(times)),
            decision_id=decision.id,
            no=no,
            attempt=times,
            plan_version=decision.plan_version,
        )
    )
    session.flush()


def _rule_kind(decision: Decision, no: int, body: Body) -> str:
    template = unpacked(ProcedureTemplate, decision.template)
    return template.stages[no - 1].rule_kind(body)


def _refuse_other_than_task(decision: Decision, no: int) -> None:
    step = step_of(decision, no)
    if step.kind is StageKind.MEETING:
        raise NotAllowed(f"第{no}步“{step.name}”是会议。", "请点“登记开会”；纸上已经开过的，请点“照纸上补录”。")
    if step.kind is StageKind.PUBLICATION:
        raise NotAllowed(f"第{no}步“{step.name}”是公开。", "请起草公开表、审核、张贴。")
