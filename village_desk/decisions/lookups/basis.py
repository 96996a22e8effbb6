"""What other rooms may rest on a decision: whether it stands, with its number and sum."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups.around import number_words
from village_desk.decisions.lookups.cases import JudgedCase, judged_cases
from village_desk.decisions.lookups.rows import DecisionState
from village_desk.decisions.records import Decision
from village_desk.decisions.rules import ChangeKind
from village_desk.kit.errors import NotFound
from village_desk.meetings.rules import VerdictState
from village_desk.rulebook.rules import StageKind


@dataclass(frozen=True)
class DecisionBasis:
    """A decision as the ground of a contract or a sum (fen): only one that `stands` carries anything."""

    id: str
    number: str
    title: str
    amount_fen: int | None
    stands: bool
    words: str
    next_act: str


def decision_basis(session: Session, decision_id: str) -> DecisionBasis:
    """The decision of this id as a ground. Raises NotFound."""
    found = decision_bases(session, (decision_id,))
    if not found:
        raise NotFound("找不到这件议题。", "它可能还在另一台电脑上，请先导入上报包或备份。")
    return found[0]


def decision_bases(session: Session, ids: tuple[str, ...] | None = None) -> tuple[DecisionBasis, ...]:
    """Every decision, or those of these ids, as grounds; the newest first."""
    query = select(Decision).where(Decision.retired.is_(False))
    decisions = list(session.scalars(query if ids is None else query.where(Decision.id.in_(ids))))
    found = judged_cases(session, decisions)
    voided = _voided(session, [decision.id for decision in decisions])
    rows = [_basis(one, found[one.id], voided.get(one.id, "")) for one in decisions]
    order = {one.id: (one.year, one.number or 0) for one in decisions}
    return tuple(sorted(rows, key=lambda row: (order[row.id], row.id), reverse=True))


def is_settled(session: Session, decision_id: str) -> bool:
    """Whether the village's vote carried a case, so that its text is final."""
    decision = session.get(Decision, decision_id)
    if decision is None:
        return False
    case = judged_cases(session, [decision])[decision_id]
    no = case.template.deciding_no
    return no > 0 and case.verdict.stage(no).verdict.state is VerdictState.STANDS


def hangs(session: Session, decision_id: str) -> bool:
    """Whether a carried case has been on the board, so that nobody can change its text quietly."""
    decision = session.get(Decision, decision_id)
    if decision is None:
        return False
    verdict = judged_cases(session, [decision])[decision_id].verdict
    return any(one.kind is StageKind.PUBLICATION and one.day is not None for one in verdict.stages)


def _basis(decision: Decision, case: JudgedCase, voided: str) -> DecisionBasis:
    stage = case.verdict.in_the_way(case.template.deciding_no + 1)
    withdrawn = decision.state == DecisionState.WITHDRAWN
    words, act = "", ""
    if withdrawn:
        words, act = f"这件议题已经撤回：{decision.closing_reason}。", "要接着办，请先点“恢复办理”。"
    elif stage is not None:
        words, act = f"第{stage.no}步“{stage.name}”：{stage.verdict.sentence}", stage.verdict.next_act
    elif voided:
        words, act = voided, "请按新的决议办。"
    stands = not withdrawn and stage is None and not voided
    return DecisionBasis(decision.id, number_words(decision), decision.title, decision.amount_fen, stands, words, act)


def _voided(session: Session, ids: list[str]) -> dict[str, str]:
    """What later resolutions that stand did to these cases."""
    kinds = [ChangeKind.VOIDS.value, ChangeKind.AMENDS.value]
    later = list(
        session.scalars(
            select(Decision).where(
                Decision.changes_id.in_(ids), Decision.change_kind.in_(kinds), Decision.retired.is_(False)
            )
        )
    )
    found = {}
    for decision in sorted(later, key=lambda row: (row.year, row.number or 0, row.id)):
        case = judged_cases(session, [decision])[decision.id]
        if case.verdict.in_the_way(case.template.deciding_no + 1) is None:
            what = ChangeKind(decision.change_kind).words
            found[decision.changes_id] = f"{number_words(decision)}“{decision.title}”已经{what}。"
    return found
