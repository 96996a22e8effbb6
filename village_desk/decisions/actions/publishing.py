"""From a resolution that stands to the wall: the duty, the draft sheet with the law of each act, the opinion."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.decisions.actions.cases import open_case_of
from village_desk.decisions.lookups import DecisionDetail, StageRow, one_decision, supervised_posts
from village_desk.decisions.records import DecisionStage
from village_desk.decisions.rules.publications import ACCEPTANCE, MONEY
from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, tidy
from village_desk.notices.actions import add_duty, add_event_duties, draft_notice
from village_desk.notices.lookups import notices_about
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Body, StageKind, Trigger
from village_desk.store.acts import act

# The law says “及时” and “随时”; a week is the desk's reminder and no rule (村民委员会组织法 35).
REMINDER_DAYS = 7
_HEADINGS = {"resolution": "决议公开", "result": "实施结果公开"}
_COLLECTIVE_BODIES = {Body.COLLECTIVE_MEMBERS, Body.COLLECTIVE_REPRESENTATIVES, Body.COLLECTIVE_COUNCIL}


def open_publication_duty(session: Session, *, decision_id: str) -> str:
    """Open the duty to publish a resolution whose meeting steps all stand; returns the duty's id.

    Called again it brings the duty up to date. Raises NotFound, NotAllowed while a step does not stand.
    """
    detail = one_decision(session, decision_id)
    step = _publication_after_decision(detail)
    refuse_unless_standing(detail, step.no)
    decided = max(stage.day for stage in detail.stages if stage.no < step.no and stage.day is not None)
    what = "决议" if step.template.posting_kind == "resolution" else step.template.name
    if step.template.posting_kind == "resolution":
        # Whatever else a place's catalogue wants after a decision; its own item for this sheet is the duty below.
        add_event_duties(
            session,
            trigger=Trigger.DECISION,
            about=f"“{detail.row.title}”的{what}",
            happened_on=decided,
            source_room="decisions",
            source_id=decision_id,
        )
    return add_duty(
        session,
        item=step.template.posting_kind,
        about=f"“{detail.row.title}”的{what}",
        source_room="decisions",
        source_id=decision_id,
        due_on=decided + dt.timedelta(days=REMINDER_DAYS),
        kind=NoticeKind.PUBLICATION,
        legal_ref=step.template.legal_ref,
    )


def draft_step_notice(
    session: Session, *, decision_id: str, no: int, result: str = "", money: str = "", acceptance: str = ""
) -> str:
    """Write the sheet of a publication step from the record and return the notice's id; an earlier one is given back.

    `result` is what was carried out, for the last step, `money` where the money came from and went, `acceptance` who
    accepted the work and when. Raises NotFound, NotAllowed for a step that publishes nothing
    or while a meeting step does not stand.
    """
    decision = open_case_of(session, decision_id)
    detail = one_decision(session, decision_id)
    if not 1 <= no <= len(detail.stages) or detail.stages[no - 1].template.kind is not StageKind.PUBLICATION:
        raise NotAllowed(f"“{decision.title}”的第{no}步不是公开。", "请选决议公开或实施结果公开。")
    refuse_unless_standing(detail, no)
    step = detail.stage(no)
    kind = step.template.posting_kind
    today = act(session).today
    for notice in notices_about(session, source_room="decisions", source_id=decision_id, on=today):
        if notice.item == kind:
            return notice.id
    if result:
        row = _row(session, decision_id, no, decision.plan_version)
        row.content = tidy(result)
        row.fields = tuple((name, tidy(words)) for name, words in ((MONEY, money), (ACCEPTANCE, acceptance)) if words)
        session.flush()
        detail = one_decision(session, decision_id)
        step = detail.stage(no)
    if kind == "result" and not step.content:
        raise NotAllowed("还没有写实施结果。", "请写明完成情况、用了多少钱、验收情况，再起草公开表。")
    first = step.no == _publication_after_decision(detail).no
    duty_id = open_publication_duty(session, decision_id=decision_id) if first else _result_duty(session, detail, step)
    decided = decision_step(detail)
    met = decided.meeting if decided is not None else None
    collective = met is not None and met.row.body in _COLLECTIVE_BODIES
    heading = _HEADINGS.get(kind, step.template.name)
    return draft_notice(
        session,
        item=kind,
        title=f"{detail.village}关于{detail.row.title}的{heading}",
        body=sheet_text(detail, step),
        kind=_sort(session, kind),
        issuer=Issuer.COLLECTIVE if collective else Issuer.COMMITTEE,
        column=NoticeClass.VILLAGE,
        grounds=grounds(detail) if first else grounds(detail)[-1:],
        duty_id=duty_id,
        source_room="decisions",
        source_id=decision_id,
    )


def note_opinion(
    session: Session, *, decision_id: str, no: int, opinion: str, by: str, on: dt.date | None = None
) -> None:
    """Book the supervision committee's opinion on a publication step, as signed on paper.

    Raises NotFound, NotAllowed without words or signer.
    """
    decision = open_case_of(session, decision_id)
    if not tidy(opinion) or not tidy(by):
        raise NotAllowed("监督意见和签字人都要写。", "例如“程序合规，同意公开”，签字人李建国。")
    refuse_supervising_oneself(session, by, on or act(session).today)
    row = _row(session, decision_id, no, decision.plan_version)
    row.opinion, row.opinion_by, row.opinion_on = tidy(opinion), tidy(by), on or act(session).today
    session.flush()


def refuse_supervising_oneself(session: Session, by: str, on: dt.date) -> None:
    """Raises NotAllowed where the one who supervises sits on a committee that is supervised (村民委员会组织法 37)."""
    post = supervised_posts(session, on).get(tidy(by), "")
    if post:
        raise NotAllowed(
            f"{tidy(by)}是{post}，监督意见不能由自己办事的人来签。", "请村务监督委员会的成员签意见，再照签字登记。"
        )


def refuse_unless_standing(detail: DecisionDetail, no: int) -> None:
    """Raises NotAllowed while a step before this sheet does not stand: what the rules do not carry is no resolution."""
    stage = detail.verdict.in_the_way(no)
    if stage is None:
        return
    what = "决议不能公开" if detail.template_votes else "还不能公开"
    raise NotAllowed(f"第{stage.no}步“{stage.name}”还不成立，{what}。{stage.verdict.sentence}", stage.verdict.next_act)


def decision_step(detail: DecisionDetail) -> StageRow | None:
    """The step that decides: the village's vote, else the last meeting; None where nobody met."""
    vote = next((stage for stage in detail.stages if stage.template.by_matter), None)
    met = (stage for stage in reversed(detail.stages) if stage.template.kind is StageKind.MEETING)
    return vote or next(met, None)


def sheet_text(detail: DecisionDetail, step: StageRow) -> str:
    """The body of the sheet of a step, written from the record."""
    kind = step.template.posting_kind
    if kind == "resolution":
        return resolution_text(detail)
    if kind == "result":
        return result_text(detail, step)
    return settled_text(detail, step)


def resolution_text(detail: DecisionDetail) -> str:
    """The body of a resolution sheet: who met and voted, and the text that was passed."""
    step = decision_step(detail)
    assert step is not None
    money = f"\n涉及资金{yuan(detail.amount_fen)}元。" if detail.amount_fen else ""
    held = chinese_date(step.day) if step.day is not None else ""
    if step.meeting is None or step.motion is None or step.motion.standing is None:
        paper = step.paper
        assert paper is not None
        return (
            f"{held}，{paper.body.words}召开，应到{paper.eligible}人，实到{paper.present}人，"
            f"表决“{detail.row.title}”，同意{paper.yes}票、反对{paper.no}票、弃权{paper.abstain}票，表决通过"
            f"（照纸质材料补录）。决议如下：\n{step.content or detail.plan or detail.row.title}{money}"
        )
    meeting, count = step.meeting, step.motion.standing.count
    where = f"在{meeting.row.place}" if meeting.row.place else ""
    return (
        f"{held}，{meeting.row.body_words}{where}召开，应到{meeting.row.eligible}人，"
        f"实到{step.motion.standing.present}人，以{count.way.words}方式表决“{detail.row.title}”，"
        f"同意{count.yes}票、反对{count.no}票、弃权{count.abstain}票，表决通过。决议如下：\n"
        f"{step.motion.text or detail.row.title}{money}"
    )


def result_text(detail: DecisionDetail, step: StageRow) -> str:
    """The body of a result sheet: the resolution and what was carried out of it."""
    decided = decision_step(detail)
    day = decided.day if decided is not None else None
    held = f"{chinese_date(day)}" if day is not None else ""
    said = [f"{name}：{words}" for name, words in step.said]
    head = f"“{detail.row.title}”经{held}决议（编号{detail.row.number}），现将实施结果公开如下："
    return "\n".join([head, step.content, *said])


def settled_text(detail: DecisionDetail, step: StageRow) -> str:
    """The body of a sheet on what was settled without a vote: each earlier step with its day and words."""
    parts = [
        f"{chinese_date(stage.day)}{stage.template.name}。{stage.content}".replace("\n", "；")
        for stage in detail.stages
        if stage.no < step.no and stage.day is not None and stage.template.kind is not StageKind.PUBLICATION
    ]
    return "\n".join(
        [f"“{detail.row.title}”（编号{detail.row.number}）办理情况公开如下：", *parts, step.content]
    ).strip()


def grounds(detail: DecisionDetail) -> tuple[tuple[str, str], ...]:
    """Each meeting step as an act with its day, and the article in force on that day."""
    found = []
    for stage in detail.stages:
        if stage.template.kind is StageKind.MEETING and stage.day is not None:
            refs = stage.motion.legal_refs if stage.motion is not None else ()
            law = refs[0] if refs else stage.template.legal_ref
            # Where the matter names the body, the sheet names the one that met.
            met = stage.meeting.row.body_words if stage.template.by_matter and stage.meeting is not None else ""
            found.append((f"{chinese_date(stage.day)}{f'{met}决议' if met else stage.template.name}", law))
    return tuple(dict.fromkeys(found))


def _publication_after_decision(detail: DecisionDetail) -> StageRow:
    found = next((stage for stage in detail.stages if stage.template.kind is StageKind.PUBLICATION), None)
    if found is None:
        raise NotAllowed(f"“{detail.row.title}”的程序没有公开这一步。", "请核对程序。")
    return found


def _sort(session: Session, kind: str) -> NoticeKind:
    rule = rulebook(session).posting_rule(kind, act(session).today)
    return NoticeKind(rule.deepest.sort.value)


def _result_duty(session: Session, detail: DecisionDetail, step: StageRow) -> str:
    return add_duty(
        session,
        item=step.template.posting_kind,
        about=f"“{detail.row.title}”的实施结果",
        source_room="decisions",
        source_id=detail.row.id,
        due_on=act(session).today + dt.timedelta(days=REMINDER_DAYS),
        kind=NoticeKind.PUBLICATION,
        legal_ref=step.template.legal_ref,
    )


def _row(session: Session, decision_id: str, no: int, version: int) -> DecisionStage:
    identity = same_id("decision_stage", decision_id, str(no), "1")
    row = session.get(DecisionStage, identity)
    if row is None:
        row = DecisionStage(id=identity, decision_id=decision_id, no=no, plan_version=version)
        session.add(row)
        session.flush()
    return row
