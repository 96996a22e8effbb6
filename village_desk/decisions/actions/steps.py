"""The meeting steps of a case: held as they were, voted as they were; the rules speak afterwards."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.actions.cases import open_case_of
from village_desk.decisions.actions.publishing import open_publication_duty
from village_desk.decisions.lookups import one_decision
from village_desk.decisions.records import Decision, DecisionStage, Judgement
from village_desk.decisions.rules import decider_for
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.meetings import actions as meetings
from village_desk.meetings.lookups import one_meeting
from village_desk.meetings.rules import NO_DETAILS, Verdict, VoteDetails
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Body, ProcedureTemplate, StageKind, StageTemplate, VotingWay, unpacked
from village_desk.store.acts import act


def hold_step(
    session: Session,
    *,
    decision_id: str,
    no: int,
    held_on: dt.date,
    body: str = "",
    rule_kind: str = "",
    called_on: dt.date | None = None,
    place: str = "",
    chair: str = "",
    recorder: str = "",
    special_reason: str = "",
    content: str = "",
    merged: bool = False,
    agenda_posted_on: dt.date | None = None,
    notice_way: str = "",
) -> str:
    """Enter the meeting of a step with its true dates, count its roll, and put the plan to it.

    Returns the meeting's id. Nothing is refused for being late, out of turn or of the wrong body: the verdict says what
    follows. `merged` holds steps 1 and 2 in one meeting (一肩挑). A further call is another attempt at the step.
    Raises NotFound, and NotAllowed for a step that is no meeting or where the body must be named.
    """
    decision, step, following = _meeting_step(session, decision_id, no, merged)
    wanted = _body(following or step, body)
    meeting_id = meetings.call_meeting(
        session,
        title=f"{wanted.words}（{decision.title}）",
        body=wanted.value,
        rule_kind=rule_kind or _rule_kind(session, decision, step, wanted, held_on),
        called_on=called_on,
        held_on=held_on,
        place=place,
        chair=chair,
        recorder=recorder,
        special_reason=special_reason,
        agenda_posted_on=agenda_posted_on,
        notice_way=notice_way,
        source_room="decisions",
        source_id=decision_id,
    )
    motion_id = meetings.propose_motion(
        session,
        meeting_id=meeting_id,
        title=decision.title,
        text=decision.plan,
        source_room="decisions",
        source_id=decision_id,
    )
    _keep_attempt(session, decision, (step, following), meeting_id, motion_id, content)
    meetings.count_roll(session, meeting_id=meeting_id)
    return meeting_id


def join_step(
    session: Session,
    *,
    decision_id: str,
    no: int,
    meeting_id: str,
    rule_kind: str = "",
    content: str = "",
    merged: bool = False,
) -> str:
    """Put the plan of a step to a meeting that another matter called: one roll, one sign-in, one set of minutes.

    Returns the meeting's id. `merged` and a further call mean what they mean for `hold_step`. Raises NotFound, and
    NotAllowed for a step that is no meeting or a meeting whose list of people is another one.
    """
    decision, step, following = _meeting_step(session, decision_id, no, merged)
    row = one_meeting(session, meeting_id).row
    held_on = row.held_on or act(session).today
    motion_id = meetings.add_matter(
        session,
        meeting_id=meeting_id,
        title=decision.title,
        text=decision.plan,
        rule_kind=rule_kind or _rule_kind(session, decision, following or step, row.body, held_on),
        source_room="decisions",
        source_id=decision_id,
    )
    _keep_attempt(session, decision, (step, following), meeting_id, motion_id, content)
    return meeting_id


def sign_in_step(session: Session, *, decision_id: str, no: int, serial_numbers: str, households: int = 0) -> int:
    """Who came to the meeting of a step, by the numbers of its sign-in sheet. Raises NotFound, NotAllowed."""
    stage = _stage_of(session, open_case_of(session, decision_id), no)
    return meetings.enter_sign_in(
        session, meeting_id=stage.meeting_id, serial_numbers=serial_numbers, households=households
    )


def record_step_vote(
    session: Session,
    *,
    decision_id: str,
    no: int,
    yes: int,
    no_votes: int,
    abstain: int,
    way: str = VotingWay.SHOW_OF_HANDS,
    issued: int | None = None,
    returned: int | None = None,
    spoiled: int = 0,
    kept: int = 0,
    tellers: str = "",
    monitors: str = "",
    details: VoteDetails = NO_DETAILS,
) -> Verdict:
    """Keep the vote of a step and return the verdict on the step; one that may be published opens its duty.

    Raises NotFound, NotAllowed for sums that cannot be.
    """
    stage = _stage_of(session, open_case_of(session, decision_id), no)
    meetings.record_vote(
        session,
        motion_id=stage.motion_id,
        yes=yes,
        no=no_votes,
        abstain=abstain,
        way=way,
        issued=issued,
        returned=returned,
        spoiled=spoiled,
        kept=kept,
        tellers=tellers,
        monitors=monitors,
        details=details,
    )
    return after_step(session, decision_id, no)


def correct_step_vote(
    session: Session,
    *,
    decision_id: str,
    no: int,
    reason: str,
    yes: int,
    no_votes: int,
    abstain: int,
    way: str = VotingWay.SHOW_OF_HANDS,
    issued: int | None = None,
    returned: int | None = None,
    spoiled: int = 0,
    kept: int = 0,
    tellers: str = "",
    monitors: str = "",
    details: VoteDetails = NO_DETAILS,
) -> Verdict:
    """Take a wrongly entered count of a step back and enter the right one. Raises NotFound, NotAllowed."""
    stage = _stage_of(session, open_case_of(session, decision_id), no)
    meetings.correct_vote(
        session,
        motion_id=stage.motion_id,
        reason=reason,
        yes=yes,
        no=no_votes,
        abstain=abstain,
        way=way,
        issued=issued,
        returned=returned,
        spoiled=spoiled,
        kept=kept,
        tellers=tellers,
        monitors=monitors,
        details=details,
    )
    return after_step(session, decision_id, no)


def judge_step(session: Session, *, decision_id: str, no: int, code: str, reason: str, by: str) -> None:
    """Keep what a person decided on a finding that the rules leave to a person, such as a roll to be compared.

    `code` is the check's. Raises NotFound, NotAllowed without reason or name, or where the rules decide by themselves.
    """
    open_case_of(session, decision_id)
    if not tidy(reason) or not tidy(by):
        raise NotAllowed("认定要写明理由和认定人。", "例如“已对照成员名册核对无误”，认定人杨丽。")
    detail = one_decision(session, decision_id)
    stage = detail.stage(no)
    check = next((one for one in stage.verdict.checks if one.code == code and one.left_to_a_person), None)
    if check is None:
        raise NotAllowed(f"第{no}步没有要人来认定的这一项。", "不符合规定的，不能靠认定通过，请按提示补办。")
    session.add(
        Judgement(
            decision_id=decision_id,
            no=no,
            code=code,
            finding=check.sentence,
            reason=tidy(reason),
            judged_by=tidy(by),
            judged_on=act(session).today,
        )
    )
    session.flush()
    after_step(session, decision_id, no)


def note_content(session: Session, *, decision_id: str, no: int, content: str) -> None:
    """Write what the sheet of a step says (提议事项, 审议意见, 实施结果). Raises NotFound, NotAllowed."""
    decision = open_case_of(session, decision_id)
    stage_row(session, decision, no).content = tidy(content)
    session.flush()


def step_of(decision: Decision, no: int) -> StageTemplate:
    """The step of a case's own procedure. Raises NotAllowed for a number that it does not have."""
    steps = unpacked(ProcedureTemplate, decision.template).stages
    if not 1 <= no <= len(steps):
        raise NotAllowed(f"“{decision.title}”的程序只有{len(steps)}步，没有第{no}步。", "请核对步骤。")
    return steps[no - 1]


def stage_row(session: Session, decision: Decision, no: int) -> DecisionStage:
    """The last attempt at a step, made when nothing is recorded of it yet."""
    step_of(decision, no)
    found = attempts_of(session, decision.id, no)
    if found:
        return found[-1]
    row = DecisionStage(
        id=same_id("decision_stage", decision.id, str(no), "1"),
        decision_id=decision.id,
        no=no,
        plan_version=decision.plan_version,
    )
    session.add(row)
    session.flush()
    return row


def after_step(session: Session, decision_id: str, no: int) -> Verdict:
    """The verdict on a step that was just entered; one that may be published opens its duty."""
    detail = one_decision(session, decision_id)
    stage = detail.stage(no)
    first = next((one.no for one in detail.stages if one.template.kind is StageKind.PUBLICATION), 0)
    before = [one for one in detail.stages if one.no < first]
    if no < first and any(one.template.opens_duty for one in before) and detail.verdict.in_the_way(first) is None:
        open_publication_duty(session, decision_id=decision_id)
    return stage.verdict


def _meeting_step(
    session: Session, decision_id: str, no: int, merged: bool
) -> tuple[Decision, StageTemplate, StageTemplate | None]:
    """An open case, its step, and the one that is held together with it. Raises NotFound, NotAllowed."""
    decision = open_case_of(session, decision_id)
    step = step_of(decision, no)
    if step.kind is not StageKind.MEETING:
        raise NotAllowed(f"第{no}步“{step.name}”不是会议。", "请到“公开公示”里起草和张贴。")
    together = merged and step.merges_with_next
    return decision, step, unpacked(ProcedureTemplate, decision.template).stages[no] if together else None


def _keep_attempt(
    session: Session,
    decision: Decision,
    steps: tuple[StageTemplate, StageTemplate | None],
    meeting_id: str,
    motion_id: str,
    content: str,
) -> None:
    for step in steps:
        if step is None:
            continue
        times = _attempt(session, decision.id, step.no)
        session.add(
            DecisionStage(
                id=same_id("decision_stage", decision.id, str(step.no), str(times)),
                decision_id=decision.id,
                no=step.no,
                attempt=times,
                meeting_id=meeting_id,
                motion_id=motion_id,
                merged=steps[1] is not None,
                plan_version=decision.plan_version,
                content=tidy(content),
            )
        )
    session.flush()


def _stage_of(session: Session, decision: Decision, no: int) -> DecisionStage:
    step = step_of(decision, no)
    found = attempts_of(session, decision.id, no)
    if not found or not found[-1].meeting_id:
        raise NotAllowed(f"第{no}步“{step.name}”还没有登记开会。", "请先点“登记开会”，再登记签到和表决。")
    return found[-1]


def _attempt(session: Session, decision_id: str, no: int) -> int:
    found = attempts_of(session, decision_id, no)
    if found and not found[-1].meeting_id:
        # The step had only words so far; they stay with the first attempt.
        return found[-1].attempt + 1
    return len(found) + 1


def attempts_of(session: Session, decision_id: str, no: int) -> list[DecisionStage]:
    """Every attempt at a step, the last one at the end."""
    found = session.scalars(
        select(DecisionStage).where(
            DecisionStage.decision_id == decision_id, DecisionStage.no == no, DecisionStage.retired.is_(False)
        )
    )
    return sorted(found, key=lambda row: (row.attempt, row.id))


def _rule_kind(session: Session, decision: Decision, step: StageTemplate, body: Body, held_on: dt.date) -> str:
    """The kind of rule row by which this body decides this matter; empty for the body's usual one."""
    if not step.by_matter:
        return step.rule_kind(body)
    try:
        matter = rulebook(session).matter(decision.matter_code, held_on)
    except NotFound:
        return ""
    row = decider_for(matter, body, "", stands_in=decision.stands_in)
    return row.rule_kind if row is not None else ""


def _body(step: StageTemplate, body: str) -> Body:
    if body and body not in set(Body):
        raise NotAllowed(f"没有“{body}”这样的会议。", "请从会议的种类里选一种。")
    if body:
        return Body(body)
    if len(step.bodies) == 1 or (step.bodies and not step.by_matter):
        return step.bodies[0]
    raise NotAllowed(f"第{step.no}步“{step.name}”要写明由哪个会议决定。", "请选村民会议、村民代表会议或成员大会。")
