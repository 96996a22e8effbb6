"""The facts of cases as the checker gets them: steps, sheets, answers of offices, judgements, mandates, changes."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups.around import number_words
from village_desk.decisions.lookups.rows import PaperRow
from village_desk.decisions.records import Decision, DecisionFiling, DecisionStage, Judgement, Mandate
from village_desk.decisions.rules import (
    Change,
    ChangeKind,
    Filing,
    FilingKind,
    Judged,
    PublicationFacts,
    StageFacts,
    TaskFacts,
)
from village_desk.decisions.rules import Mandate as MandateFacts
from village_desk.meetings.lookups import MotionFacts, facts_of_motions
from village_desk.meetings.rules import Count, Headcount, MeetingFacts, ObserverKind
from village_desk.notices.lookups import counting, facts_of
from village_desk.notices.records import Notice
from village_desk.notices.rules.kinds import NoticeKind
from village_desk.rulebook.rules import Body, ProcedureTemplate, StageKind, StageTemplate, unpacked

ROOM = "decisions"


def step_facts(
    decision: Decision,
    step: StageTemplate,
    attempt: DecisionStage | None,
    motions: dict[str, MotionFacts],
    sheets: dict[str, Notice],
    publications: dict[str, PublicationFacts],
) -> StageFacts:
    """The facts of one step from its last attempt, its meeting and its sheet."""
    if step.kind is StageKind.PUBLICATION:
        notice = sheets.get(step.posting_kind)
        publication = publications[notice.id] if notice is not None else PublicationFacts()
        supervised = publication.supervised or bool(attempt is not None and attempt.opinion)
        return StageFacts(
            step.no,
            publication=PublicationFacts(publication.posted_on, publication.boards, supervised, publication.words),
        )
    if step.kind is StageKind.TASK:
        return StageFacts(step.no, task=task_of(attempt)) if attempt is not None else StageFacts(step.no)
    motion = motions.get(attempt.motion_id) if attempt is not None else None
    if attempt is None:
        return StageFacts(step.no)
    if motion is None:
        return _from_paper(step, attempt)
    return StageFacts(
        step.no,
        motion.body,
        motion.rule_kind,
        motion.facts if motion.held else None,
        text_version=attempt.plan_version,
        current_version=decision.plan_version if step.opens_duty else attempt.plan_version,
        supervision_attended=ObserverKind.SUPERVISION in motion.observers,
        township_signed=ObserverKind.TOWNSHIP in motion.observers,
        merged=attempt.merged,
        adviser_heard=ObserverKind.ADVISER in motion.observers,
    )


def task_of(row: DecisionStage) -> TaskFacts:
    """A step without a meeting, as it was done."""
    fields = tuple((str(name), str(words)) for name, words in row.fields)
    return TaskFacts(row.done_on, row.done_by, row.checked_by, fields, tuple(row.evidence), row.skipped)


def paper_of(row: DecisionStage) -> PaperRow | None:
    """The numbers that an old sheet gives; None where the step was not copied from paper."""
    if row.paper_on is None:
        return None
    many = {str(name): int(number) for name, number in row.paper_counts}
    return PaperRow(
        row.paper_on,
        Body(row.body),
        row.rule_kind,
        many.get("eligible", 0),
        many.get("present", 0),
        many.get("yes", 0),
        many.get("no", 0),
        many.get("abstain", 0),
        tuple(row.missing),
    )


def _from_paper(step: StageTemplate, row: DecisionStage) -> StageFacts:
    """The numbers of an old sheet, as facts without a roll."""
    paper = paper_of(row)
    if paper is None:
        return StageFacts(step.no)
    count = Count(paper.yes, paper.no, paper.abstain) if paper.yes or paper.no or paper.abstain else None
    facts = MeetingFacts(
        paper.held_on,
        Headcount(paper.eligible, paper.eligible),
        Headcount(paper.present, paper.present),
        count,
    )
    attended = "监督委员会列席" not in paper.missing
    return StageFacts(
        step.no,
        paper.body,
        paper.rule_kind,
        facts,
        text_version=row.plan_version,
        current_version=row.plan_version,
        supervision_attended=attended,
        township_signed=attended,
        from_paper=True,
        missing=paper.missing,
    )


def filing_facts(session: Session, ids: Sequence[str]) -> dict[str, tuple[Filing, ...]]:
    """What offices answered, by case."""
    rows = session.scalars(
        select(DecisionFiling).where(DecisionFiling.decision_id.in_(ids), DecisionFiling.retired.is_(False))
    )
    found: dict[str, tuple[Filing, ...]] = {}
    for row in sorted(rows, key=lambda row: (row.answered_on or dt.date.min, row.id)):
        if row.answered_on is not None:
            one = Filing(FilingKind(row.kind), row.answered_on, row.office, row.number, row.agreed)
            found[row.decision_id] = (*found.get(row.decision_id, ()), one)
    return found


def change_facts(session: Session, decisions: Sequence[Decision]) -> dict[str, Change]:
    """The earlier case of each case that changes one, with the body that decided it."""
    wanted = {decision.changes_id for decision in decisions if decision.changes_id}
    if not wanted:
        return {}
    earlier = {row.id: row for row in session.scalars(select(Decision).where(Decision.id.in_(wanted)))}
    bodies: dict[str, Body] = {}
    rows = session.scalars(
        select(DecisionStage).where(DecisionStage.decision_id.in_(wanted), DecisionStage.retired.is_(False))
    )
    votes = {
        row.id: next((stage.no for stage in unpacked(ProcedureTemplate, row.template).stages if stage.by_matter), 0)
        for row in earlier.values()
    }
    stages = sorted(
        (row for row in rows if row.no == votes.get(row.decision_id)), key=lambda row: (row.attempt, row.id)
    )
    motions = facts_of_motions(session, [row.motion_id for row in stages if row.motion_id])
    for row in stages:
        if row.motion_id in motions:
            bodies[row.decision_id] = motions[row.motion_id].body
        elif row.body:
            bodies[row.decision_id] = Body(row.body)
    return {
        decision.id: Change(
            ChangeKind(decision.change_kind), number_words(old), old.title, bodies.get(decision.changes_id)
        )
        for decision in decisions
        if (old := earlier.get(decision.changes_id)) is not None
    }


def publications(
    session: Session, ids: Sequence[str]
) -> tuple[dict[str, dict[str, Notice]], dict[str, PublicationFacts]]:
    """The sheets of each case by posting kind (the one that was posted, else the last), and how they hang."""
    rows = list(
        session.scalars(
            select(Notice).where(Notice.source_room == ROOM, Notice.source_id.in_(ids), Notice.retired.is_(False))
        )
    )
    happened, days = facts_of(session, [row.id for row in rows]), counting(session)
    sheets: dict[str, dict[str, Notice]] = {}
    publications = {}
    for row in sorted(rows, key=lambda row: (bool(happened[row.id].postings), row.number or 0, row.id)):
        sheets.setdefault(row.source_id, {})[row.item] = row
        facts = happened[row.id]
        boards = [facts.state_on_board(postings, NoticeKind(row.kind), days) for postings in facts.boards().values()]
        first = [facts.day(posting.id, posting.posted_on) for posting in facts.postings]
        words = "公开表已经起草，还没有张贴。" if not facts.postings else ""
        publications[row.id] = PublicationFacts(min(first, default=None), tuple(boards), bool(facts.reviews), words)
    return sheets, publications


def judgements(session: Session, ids: Sequence[str]) -> dict[tuple[str, int], tuple[Judged, ...]]:
    """What persons decided, by case and step."""
    rows = session.scalars(select(Judgement).where(Judgement.decision_id.in_(ids), Judgement.retired.is_(False)))
    found: dict[tuple[str, int], tuple[Judged, ...]] = {}
    for row in sorted(rows, key=lambda row: (row.judged_on or dt.date.min, row.id)):
        one = Judged(row.code, row.finding, row.judged_by, row.reason)
        found[row.decision_id, row.no] = (*found.get((row.decision_id, row.no), ()), one)
    return found


def mandate_facts(session: Session) -> tuple[MandateFacts, ...]:
    """Every mandate, the oldest first."""
    found = session.scalars(select(Mandate).where(Mandate.retired.is_(False)))
    return tuple(
        MandateFacts(
            row.matter_codes, row.granted_on, row.valid_to, row.title, row.posted_on, row.filed_on, row.in_charter
        )
        for row in sorted(found, key=lambda row: (row.granted_on or dt.date.min, row.id))
        if row.granted_on is not None
    )
