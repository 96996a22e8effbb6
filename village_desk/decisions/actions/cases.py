"""Opening a case with its procedure and number, changing its plan, withdrawing it, and registering mandates."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups import DECISION_NOT_FOUND, DecisionState, holds_both_posts
from village_desk.decisions.lookups.cases import number_words
from village_desk.decisions.records import Decision, DecisionStage, Mandate
from village_desk.decisions.rules import refuse_unvoteable
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.meetings.actions import replace_text
from village_desk.meetings.lookups import facts_of_motions
from village_desk.notices.actions.series import holds_series
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import packed
from village_desk.store.acts import edit, retire


def open_decision(
    session: Session,
    *,
    title: str,
    matter_code: str,
    opened_on: dt.date,
    motion_source: str = "",
    proposer: str = "",
    plan: str = "",
    amount_fen: int | None = None,
    procedure: str = "",
    stands_in: bool = False,
    from_paper: bool = False,
) -> str:
    """Open a case with the procedure in force on that day and return its id.

    `motion_source` is one of the template's (党员群众建议 …); `stands_in` when the village has no collective and its
    committee acts for it; `from_paper` for a case that was half done on paper (补录). It gets the year's next number on
    the laptop that keeps the numbers. Raises NotAllowed without a title and for a matter that no village vote decides.
    """
    if not tidy(title):
        raise NotAllowed("议题还没有名称。", "请写明要办什么事，例如“村东排水渠修缮”。")
    if amount_fen is not None and amount_fen < 0:
        raise NotAllowed("金额不能是负数。", "请核对金额；没有金额的可以不填。")
    book = rulebook(session)
    matter = book.matter(matter_code, opened_on)
    refuse_unvoteable(matter)
    template = book.template(procedure or matter.procedure, opened_on)
    if motion_source and motion_source not in template.motion_sources:
        raise NotAllowed(f"动议事由里没有“{motion_source}”。", f"请从{'、'.join(template.motion_sources)}里选。")
    decision = Decision(
        title=tidy(title),
        matter_code=matter.code,
        year=opened_on.year,
        number=_next_number(session, opened_on.year),
        opened_on=opened_on,
        motion_source=motion_source,
        proposer=tidy(proposer),
        plan=tidy(plan),
        amount_fen=amount_fen,
        template=packed(template),
        one_shoulder=holds_both_posts(session, opened_on),
        stands_in=stands_in and matter.collective,
        from_paper=from_paper,
    )
    session.add(decision)
    session.flush()
    return decision.id


def change_plan(
    session: Session,
    *,
    decision_id: str,
    seen: str,
    title: str,
    plan: str,
    motion_source: str,
    proposer: str,
    amount_fen: int | None,
    opened_on: dt.date,
) -> int:
    """Change what a case says; another plan is another version, on which the next steps vote. Returns the version.

    Steps that are already voted keep the version they were voted on. Raises NotFound, NotAllowed.
    """
    decision = decision_of(session, decision_id)
    if not tidy(title):
        raise NotAllowed("议题名称不能空着。", "请写明要办什么事。")
    version = decision.plan_version + (tidy(plan) != decision.plan)
    edit(
        session,
        decision,
        seen=seen,
        title=tidy(title),
        plan=tidy(plan),
        plan_version=version,
        motion_source=motion_source,
        proposer=tidy(proposer),
        amount_fen=amount_fen,
        opened_on=opened_on,
    )
    _carry_to_unvoted(session, decision)
    return version


def _carry_to_unvoted(session: Session, decision: Decision) -> None:
    """Meetings that have not voted yet have the new text before them; those that have keep theirs."""
    stages = list(
        session.scalars(
            select(DecisionStage).where(
                DecisionStage.decision_id == decision.id,
                DecisionStage.motion_id != "",
                DecisionStage.plan_version != decision.plan_version,
                DecisionStage.retired.is_(False),
            )
        )
    )
    voted = {key for key, motion in facts_of_motions(session, {s.motion_id for s in stages}).items() if motion.voted}
    for motion_id in {stage.motion_id for stage in stages} - voted:
        replace_text(session, motion_id=motion_id, title=decision.title, text=decision.plan)
    for stage in stages:
        if stage.motion_id not in voted:
            stage.plan_version = decision.plan_version
    session.flush()


def give_case_number(session: Session, *, decision_id: str) -> str:
    """Give a case its number on the laptop that keeps the numbers; returns it in words. Raises NotFound, NotAllowed."""
    decision = decision_of(session, decision_id)
    if decision.number is not None:
        raise NotAllowed(f"“{decision.title}”已经编号{number_words(decision)}。", "编号给出后不再改。")
    number = _next_number(session, decision.year)
    if number is None:
        raise NotAllowed("本村的编号由另一台电脑编。", "请在那台电脑上打开这件议题，点“编号”。")
    decision.number = number
    session.flush()
    return number_words(decision)


def withdraw_decision(session: Session, *, decision_id: str, reason: str) -> None:
    """Take a case back; what was recorded of it stays. Raises NotFound, NotAllowed without a reason."""
    if not tidy(reason):
        raise NotAllowed("撤回议题要写明原因。", "例如“资金没有落实，暂不提议”。")
    decision = decision_of(session, decision_id)
    decision.state, decision.closing_reason = DecisionState.WITHDRAWN.value, tidy(reason)
    session.flush()


def reopen_decision(session: Session, *, decision_id: str) -> None:
    """Go on with a case that was taken back. Raises NotFound."""
    decision = decision_of(session, decision_id)
    decision.state, decision.closing_reason = DecisionState.OPEN.value, ""
    session.flush()


def register_mandate(
    session: Session,
    *,
    title: str,
    matter_codes: tuple[str, ...],
    granted_on: dt.date,
    valid_to: dt.date | None = None,
    basis: str = "",
) -> str:
    """Keep what the villagers' meeting let the representatives decide (村民委员会组织法 28, 29); returns its id.

    Raises NotAllowed without matters, for an end before its beginning, NotFound for an unknown matter.
    """
    if not matter_codes:
        raise NotAllowed("授权还没有选事项。", "请选村民会议授权代表会议决定的事项。")
    if valid_to is not None and valid_to < granted_on:
        raise NotAllowed("授权的截止日期比授权日期还早。", "请核对日期；没有写期限的可以不填。")
    book = rulebook(session)
    for code in matter_codes:
        book.matter(code, granted_on)
    mandate = Mandate(
        title=tidy(title) or f"{granted_on.year}年村民会议授权决定",
        matter_codes=tuple(sorted(set(matter_codes))),
        granted_on=granted_on,
        valid_to=valid_to,
        basis=tidy(basis),
    )
    session.add(mandate)
    session.flush()
    return mandate.id


def withdraw_mandate(session: Session, *, mandate_id: str) -> None:
    """Take a mandate that was entered by mistake out of use. Raises NotFound."""
    mandate = session.get(Mandate, mandate_id)
    if mandate is None or mandate.retired:
        raise NotFound("找不到这项授权。", "它可能已经去掉了。")
    retire(session, mandate)


def decision_of(session: Session, decision_id: str) -> Decision:
    """The case. Raises NotFound."""
    decision = session.get(Decision, decision_id)
    if decision is None or decision.retired:
        raise NotFound(*DECISION_NOT_FOUND)
    return decision


def open_case_of(session: Session, decision_id: str) -> Decision:
    """A case that is under way. Raises NotFound, NotAllowed for one that was taken back."""
    decision = decision_of(session, decision_id)
    if decision.state == DecisionState.WITHDRAWN:
        raise NotAllowed(f"“{decision.title}”已经撤回。", "要接着办，请先点“恢复办理”。")
    return decision


def _next_number(session: Session, year: int) -> int | None:
    if not holds_series(session):
        return None
    # Cases out of use keep their numbers: a number is never given twice.
    return (session.scalar(select(func.max(Decision.number)).where(Decision.year == year)) or 0) + 1
