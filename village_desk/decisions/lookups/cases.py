"""Cases read with their meetings and sheets in a few queries, and judged by the template and rows of their days."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import counts_of
from village_desk.decisions.lookups.around import number_words, surroundings
from village_desk.decisions.lookups.facts import (
    ROOM,
    change_facts,
    filing_facts,
    judgements,
    mandate_facts,
    paper_of,
    publications,
    step_facts,
    task_of,
)
from village_desk.decisions.lookups.rows import (
    DecisionDetail,
    DecisionRow,
    DecisionState,
    MandateRow,
    NoticeLink,
    StageRow,
)
from village_desk.decisions.records import Decision, DecisionStage, Mandate
from village_desk.decisions.rules import (
    CaseFacts,
    CaseVerdict,
    judge_case,
)
from village_desk.kit.errors import NotFound
from village_desk.kit.text import half_width
from village_desk.meetings.lookups import facts_of_motions, one_meeting
from village_desk.notices.lookups import duties_about, one_notice
from village_desk.notices.records import Notice
from village_desk.people.lookups import all_posts, responsible_on, roll
from village_desk.people.records import Post
from village_desk.people.rules.bodies import ROLES, Role
from village_desk.people.rules.electorates import Assembly
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import (
    MatterType,
    ProcedureTemplate,
    Rulebook,
    StageKind,
    StageTemplate,
    unpacked,
)
from village_desk.schedule.lookups import calendar
from village_desk.schedule.rules import PostingPeriod, posting_period
from village_desk.store.acts import act, seen

DECISION_NOT_FOUND = ("找不到这件议题。", "它可能还在另一台电脑上，请先导入上报包或备份。")


@dataclass(frozen=True)
class JudgedCase:
    """One case with its last attempts by step and its sheets by posting kind."""

    decision: Decision
    template: ProcedureTemplate
    attempts: dict[int, DecisionStage]
    notices: dict[str, Notice]
    facts: CaseFacts
    verdict: CaseVerdict


def all_decisions(session: Session) -> tuple[DecisionRow, ...]:
    """Every case: those under way first, then the newest."""
    decisions = list(session.scalars(select(Decision).where(Decision.retired.is_(False))))
    book, today = rulebook(session), act(session).today
    rows = [_row(case, book, today) for case in _cases(session, decisions)]
    return tuple(
        sorted(
            rows, key=lambda row: (not row.step or row.state != DecisionState.OPEN, -row.opened_on.toordinal(), row.id)
        )
    )


def one_decision(session: Session, decision_id: str) -> DecisionDetail:
    """A whole case. Raises NotFound."""
    decision = _found(session, decision_id)
    case = _cases(session, [decision])[0]
    book, now = rulebook(session), act(session)
    duties = {
        row.item: row.words for row in duties_about(session, source_room=ROOM, source_id=decision_id, on=now.today)
    }
    return DecisionDetail(
        _row(case, book, now.today),
        seen(session, Decision, decision_id),
        _matter(book, decision, now.today),
        case.template.name,
        case.template.law_version,
        case.template.motion_sources,
        decision.motion_source,
        decision.proposer,
        decision.plan,
        decision.plan_version,
        decision.amount_fen,
        decision.one_shoulder,
        decision.stands_in,
        decision.from_paper,
        decision.closing_reason,
        tuple(_stage(session, case, template, duties, now.today) for template in case.template.stages),
        case.verdict,
        now.village_name,
        **surroundings(session, decision, now.today),
        papers=decision.papers,
        template=case.template,
    )


def decisions_by(session: Session, procedure: str) -> tuple[DecisionDetail, ...]:
    """Every case under way that follows a procedure, by its key, in the order of their numbers."""
    rows = session.scalars(
        select(Decision).where(Decision.retired.is_(False), Decision.state == DecisionState.OPEN.value)
    )
    found = [row for row in rows if dict(row.template).get("key") == procedure]
    return tuple(one_decision(session, row.id) for row in sorted(found, key=lambda row: (row.year, row.number or 0)))


def judged_cases(session: Session, decisions: Sequence[Decision]) -> dict[str, JudgedCase]:
    """Many cases with their verdicts in a few queries, by id."""
    return {case.decision.id: case for case in _cases(session, decisions)}


def case_facts(session: Session, decision_id: str) -> CaseFacts:
    """The facts of a case as the checker gets them. Raises NotFound."""
    return _cases(session, [_found(session, decision_id)])[0].facts


def decision_numbered(session: Session, number: str) -> str:
    """The id of the case with this number (〔2026〕3号, 2026-3, or 3 in the year at hand). Raises NotFound."""
    figures = [int(part) for part in re.findall(r"\d+", half_width(number))]
    year, no = (
        (act(session).today.year, figures[0]) if len(figures) == 1 else (figures[0], figures[1]) if figures else (0, 0)
    )
    found = session.scalars(
        select(Decision.id).where(Decision.year == year, Decision.number == no, Decision.retired.is_(False))
    ).first()
    if found is None:
        raise NotFound(f"没有编号为“{number}”的议题。", "请核对编号，例如〔2026〕3号。")
    return found


def mandates(session: Session) -> tuple[MandateRow, ...]:
    """Every mandate, the newest first."""
    book, today = rulebook(session), act(session).today
    names = {matter.code: matter.name for matter in book.matters(today)}
    found = session.scalars(select(Mandate).where(Mandate.retired.is_(False)))
    rows = [
        MandateRow(
            row.id,
            row.title,
            row.matter_codes,
            "、".join(names.get(code, code) for code in row.matter_codes),
            row.granted_on or today,
            row.valid_to,
            row.basis,
            row.posted_on,
            row.filed_on,
            row.in_charter,
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda row: (-row.granted_on.toordinal(), row.id)))


def holds_both_posts(session: Session, on: dt.date) -> bool:
    """一肩挑: whether one person is party secretary and chair of the villagers' committee on a day."""
    posts = session.scalars(
        select(Post).where(Post.role.in_((Role.SECRETARY.value, Role.CHAIR.value)), Post.retired.is_(False))
    )
    held = [
        (post.role, post.person_id)
        for post in posts
        if post.from_on is not None and post.from_on <= on and (post.ended_on is None or on < post.ended_on)
    ]
    secretaries = {person for role, person in held if role == Role.SECRETARY}
    return any(person in secretaries for role, person in held if role == Role.CHAIR)


_COMMITTEE = {Role.CHAIR.value, Role.DEPUTY_CHAIR.value, Role.COMMITTEE_MEMBER.value}
_SUPERVISION = {Role.SUPERVISION_HEAD.value, Role.SUPERVISION_MEMBER.value}


def supervised_posts(session: Session, on: dt.date) -> dict[str, str]:
    """The names of those on the villagers' committee on a day, with their posts; a name that also supervises is out."""
    held = [
        row
        for row in all_posts(session)
        if row.from_on is not None and row.from_on <= on and (row.ended_on is None or on < row.ended_on)
    ]
    supervisors = {row.name for row in held if row.role in _SUPERVISION}
    both = "（书记、主任一肩挑）" if holds_both_posts(session, on) else ""
    return {
        row.name: f"{row.role_words}{both if row.role == Role.CHAIR else ''}"
        for row in held
        if row.role in _COMMITTEE and row.name not in supervisors
    }


def _found(session: Session, decision_id: str) -> Decision:
    decision = session.get(Decision, decision_id)
    if decision is None or decision.retired:
        raise NotFound(*DECISION_NOT_FOUND)
    return decision


def _cases(session: Session, decisions: Sequence[Decision]) -> list[JudgedCase]:
    ids = [decision.id for decision in decisions]
    attempts: dict[str, dict[int, DecisionStage]] = {decision_id: {} for decision_id in ids}
    rows = session.scalars(
        select(DecisionStage).where(DecisionStage.decision_id.in_(ids), DecisionStage.retired.is_(False))
    )
    for row in sorted(rows, key=lambda row: (row.attempt, row.id)):
        attempts[row.decision_id][row.no] = row
    motions = facts_of_motions(
        session, [row.motion_id for steps in attempts.values() for row in steps.values() if row.motion_id]
    )
    notices, hung = publications(session, ids)
    granted = mandate_facts(session)
    filings, changes = filing_facts(session, ids), change_facts(session, decisions)
    judged = judgements(session, ids)
    book, today = rulebook(session), act(session).today
    cases = []
    for decision in decisions:
        template = unpacked(ProcedureTemplate, decision.template)
        sheets = notices.get(decision.id, {})
        facts = CaseFacts(
            matter_code=decision.matter_code,
            opened_on=decision.opened_on or today,
            template=template,
            stages=tuple(
                replace(
                    step_facts(decision, step, attempts[decision.id].get(step.no), motions, sheets, hung),
                    judged=judged.get((decision.id, step.no), ()),
                )
                for step in template.stages
            ),
            today=today,
            one_shoulder=decision.one_shoulder,
            stands_in=decision.stands_in,
            mandates=granted,
            from_paper=decision.from_paper,
            filings=filings.get(decision.id, ()),
            change=changes.get(decision.id),
            amount_fen=decision.amount_fen,
            papers=decision.papers,
            proposer=decision.proposer,
            **_who_could_propose(session, decision),
        )
        cases.append(JudgedCase(decision, template, attempts[decision.id], sheets, facts, judge_case(book, facts)))
    return cases


def _who_could_propose(session: Session, decision: Decision) -> dict[str, int]:
    """The villagers and representatives of the opening day, counted only where several brought the matter up."""
    if "联名" not in decision.proposer or decision.opened_on is None:
        return {}
    seats = roll(session, body=Assembly.REPRESENTATIVES_MEETING, on=decision.opened_on).eligible
    word = ROLES[Role.REPRESENTATIVE].words
    return {
        "villagers": len(roll(session, body=Assembly.VILLAGERS_MEETING, on=decision.opened_on).eligible),
        "representatives": sum(word in entry.basis.split("、") for entry in seats),
    }


def _row(case: JudgedCase, book: Rulebook, today: dt.date) -> DecisionRow:
    decision, verdict = case.decision, case.verdict
    matter = _matter(book, decision, today)
    step = verdict.current_no
    withdrawn = decision.state == DecisionState.WITHDRAWN
    return DecisionRow(
        decision.id,
        number_words(decision),
        decision.title,
        matter.name if matter is not None else decision.matter_code or case.template.sort.words,
        decision.opened_on or today,
        DecisionState(decision.state),
        verdict.state,
        f"已撤回：{decision.closing_reason}" if withdrawn else verdict.sentence,
        0 if withdrawn else step,
        case.template.stages[step - 1].name if step else "",
        len(case.template.stages),
        "" if withdrawn else verdict.next_act,
    )


def _matter(book: Rulebook, decision: Decision, today: dt.date) -> MatterType | None:
    if not decision.matter_code:
        return None
    try:
        return book.matter(decision.matter_code, decision.opened_on or today)
    except NotFound:
        return None


def _stage(
    session: Session, case: JudgedCase, template: StageTemplate, duties: dict[str, str], today: dt.date
) -> StageRow:
    verdict = case.verdict.stage(template.no)
    attempt = case.attempts.get(template.no)
    meeting = one_meeting(session, attempt.meeting_id) if attempt is not None and attempt.meeting_id else None
    motion = meeting.motion(attempt.motion_id) if meeting is not None and attempt is not None else None
    notice = case.notices.get(template.posting_kind) if template.kind is StageKind.PUBLICATION else None
    return StageRow(
        template.no,
        template,
        verdict.day,
        verdict.verdict,
        attempt.attempt if attempt is not None else 0,
        bool(attempt is not None and attempt.merged),
        attempt.content if attempt is not None else "",
        attempt.opinion if attempt is not None else "",
        attempt.opinion_by if attempt is not None else "",
        attempt.opinion_on if attempt is not None else None,
        meeting,
        motion,
        _link(session, notice, today) if notice is not None else None,
        duties.get(template.posting_kind, "") if template.kind is StageKind.PUBLICATION else "",
        _period(session, template, today) if template.kind is StageKind.PUBLICATION and notice is None else None,
        task_of(attempt) if attempt is not None and template.kind is StageKind.TASK else None,
        paper_of(attempt) if attempt is not None and not attempt.meeting_id else None,
        tuple((str(name), str(words)) for name, words in attempt.fields) if attempt is not None else (),
        _files(session, meeting.row.id if meeting is not None else "", notice),
        responsible_on(session, meeting.row.held_on) if meeting is not None and meeting.row.held_on else "",
    )


def _files(session: Session, meeting_id: str, notice: Notice | None) -> int:
    """How many photos and scans lie with the meeting of a step, or with its sheet."""
    table, record = ("notice", notice.id) if notice is not None else ("meeting", meeting_id)
    return counts_of(session, of_table=table, of_ids=(record,)).get(record, 0) if record else 0


def _period(session: Session, template: StageTemplate, today: dt.date) -> PostingPeriod | None:
    try:
        rule = rulebook(session).posting_rule(template.posting_kind, today)
    except NotFound:
        return None
    return posting_period(rule, today, calendar(session))


def _link(session: Session, notice: Notice, today: dt.date) -> NoticeLink:
    detail = one_notice(session, notice.id, on=today)
    held = next((review for review in reversed(detail.reviews) if review.holds), None)
    return NoticeLink(
        notice.id,
        detail.row.title,
        detail.row.number,
        detail.row.stage,
        detail.row.stage_words,
        detail.row.next_act,
        tuple((board.posted_on, board.off_on, board.board) for board in detail.boards),
        detail.row.last_day,
        f"{held.reviewer}：{held.opinion_words}{'，' + held.words if held.words else ''}" if held is not None else "",
        detail.boards,
        detail.paper.period_name,
    )
