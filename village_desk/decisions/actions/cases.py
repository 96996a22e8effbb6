"""Opening a case with its procedure and number, changing its plan, withdrawing it, and registering mandates."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups import (
    DECISION_NOT_FOUND,
    DecisionState,
    hangs,
    holds_both_posts,
    is_settled,
    procedure_for,
)
from village_desk.decisions.lookups.around import number_words
from village_desk.decisions.records import Decision, DecisionStage, Mandate
from village_desk.decisions.rules import ChangeKind, refuse_unvoteable
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.meetings.actions import replace_text
from village_desk.meetings.lookups import facts_of_motions
from village_desk.notices.actions.series import holds_series
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Body, packed
from village_desk.store.acts import edit, retire

MOST_FEN = 1_000_000_000_000


def open_decision(
    session: Session,
    *,
    title: str,
    matter_code: str = "",
    opened_on: dt.date,
    motion_source: str = "",
    proposer: str = "",
    plan: str = "",
    amount_fen: int | None = None,
    procedure: str = "",
    stands_in: bool = False,
    from_paper: bool = False,
    changes_id: str = "",
    change_kind: str = "",
    change_reason: str = "",
) -> str:
    """Open a case with the procedure in force on that day and return its id.

    `motion_source` is one of the template's (党员群众建议 …); `stands_in` when the village has no collective and its
    committee acts for it; `from_paper` for a case that was half done on paper (补录). `changes_id` is the earlier case
    that this one amends, voids, brings up again or comes from. A procedure without a vote of the village needs no
    matter. It gets the year's next number on the laptop that keeps the numbers. Raises NotFound, and NotAllowed without
    a title, for a matter that no village vote decides and for a skeleton that nobody filled.
    """
    if not tidy(title):
        raise NotAllowed("议题还没有名称。", "请写明要办什么事，例如“村东排水渠修缮”。")
    if amount_fen is not None and not 0 <= amount_fen <= MOST_FEN:
        raise NotAllowed("金额不能是负数，也不能超过一百亿元。", "请核对金额，单位是元；没有金额的可以不填。")
    book = rulebook(session)
    matter = book.matter(matter_code, opened_on) if matter_code else None
    if matter is not None:
        refuse_unvoteable(matter)
    if not procedure and matter is None:
        raise NotAllowed("还没有选事项类别，也没有选办事程序。", "请选一种；不用表决的事情选办事程序就可以。")
    template = procedure_for(session, procedure or (matter.procedure if matter is not None else ""), opened_on)
    if template.locked:
        raise NotAllowed(
            f"“{template.name}”只有空架子，各步还没有按本县文件填写，不能用来立项。",
            "请在“办事程序”里照它另存一份，把各步填好再立项。",
        )
    if template.needs_matter and matter is None:
        raise NotAllowed(f"“{template.name}”要由村民表决，还没有选事项类别。", "请选事项类别，决定由谁来定。")
    if motion_source and template.motion_sources and motion_source not in template.motion_sources:
        raise NotAllowed(f"动议事由里没有“{motion_source}”。", f"请从{'、'.join(template.motion_sources)}里选。")
    _refuse_wrong_change(session, changes_id, change_kind, change_reason)
    decision = Decision(
        title=tidy(title),
        matter_code=matter.code if matter is not None else "",
        year=opened_on.year,
        number=_next_number(session, opened_on.year),
        opened_on=opened_on,
        motion_source=motion_source,
        proposer=tidy(proposer),
        plan=tidy(plan),
        amount_fen=amount_fen,
        template=packed(template),
        one_shoulder=holds_both_posts(session, opened_on),
        stands_in=stands_in and matter is not None and matter.collective,
        from_paper=from_paper,
        changes_id=changes_id,
        change_kind=change_kind,
        change_reason=tidy(change_reason),
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

    Steps that are already voted keep the version they were voted on, so that their votes carry the new one no more.
    Raises NotFound, NotAllowed once the passed text hung on the board: only another decision changes it then.
    """
    decision = decision_of(session, decision_id)
    if not tidy(title):
        raise NotAllowed("议题名称不能空着。", "请写明要办什么事。")
    if amount_fen is not None and not 0 <= amount_fen <= MOST_FEN:
        raise NotAllowed("金额不能是负数，也不能超过一百亿元。", "请核对金额，单位是元；没有金额的可以不填。")
    if (tidy(plan), tidy(title)) != (decision.plan, decision.title) and hangs(session, decision_id):
        raise NotAllowed(
            f"“{decision.title}”的决议已经通过并且张贴，文字不能再改。",
            "要改的，请点“变更决议”，由同一个会议另作决定；只是办法有变的，写进实施情况。",
        )
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
    posted_on: dt.date | None = None,
    filed_on: dt.date | None = None,
    in_charter: bool = False,
) -> str:
    """Keep what the villagers' meeting let the representatives decide (村民委员会组织法 28, 29); returns its id.

    `posted_on` and `filed_on` are what some provinces ask for, `in_charter` when the charter itself grants it.

    Raises NotAllowed without matters, for an end before its beginning, NotFound for an unknown matter.
    """
    if not matter_codes:
        raise NotAllowed("授权还没有选事项。", "请选村民会议授权代表会议决定的事项。")
    if valid_to is not None and valid_to < granted_on:
        raise NotAllowed("授权的截止日期比授权日期还早。", "请核对日期；没有写期限的可以不填。")
    book = rulebook(session)
    for code in matter_codes:
        matter = book.matter(code, granted_on)
        barred = next((row for row in matter.deciders if row.body is Body.REPRESENTATIVES and row.refusal), None)
        if matter.refusal or barred is not None:
            raise NotAllowed(
                f"“{matter.name}”不能授权给村民代表会议。{matter.refusal or (barred.refusal if barred else '')}",
                "请去掉这一项再登记授权。",
            )
    mandate = Mandate(
        title=tidy(title) or f"{granted_on.year}年村民会议授权决定",
        matter_codes=tuple(sorted(set(matter_codes))),
        granted_on=granted_on,
        valid_to=valid_to,
        basis=tidy(basis),
        posted_on=posted_on,
        filed_on=filed_on,
        in_charter=in_charter,
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


def _refuse_wrong_change(session: Session, changes_id: str, kind: str, reason: str) -> None:
    """Raises NotAllowed for a change without reason or of a decision that was not passed, NotFound without the case."""
    if not changes_id:
        return
    if kind not in set(ChangeKind):
        words = "、".join(one.words for one in ChangeKind)
        raise NotAllowed("还没有写明和原来那件的关系。", f"请从{words}里选一种。")
    earlier = decision_of(session, changes_id)
    if not tidy(reason):
        raise NotAllowed("还没有写明原因。", "例如“原方案的管径不够，按验收意见改大”。")
    settled = is_settled(session, changes_id)
    if ChangeKind(kind) in {ChangeKind.AMENDS, ChangeKind.VOIDS} and not settled:
        raise NotAllowed(
            f"“{earlier.title}”还没有通过的决议，不用变更或者撤销。",
            "方案要改的，请点“修改方案”；不办了的，请点“撤回议题”。",
        )
    if ChangeKind(kind) is ChangeKind.RESUBMITS and settled:
        raise NotAllowed(f"“{earlier.title}”已经通过，不用重新提出。", "要改的，请点“变更决议”。")


def _next_number(session: Session, year: int) -> int | None:
    if not holds_series(session):
        return None
    # Cases out of use keep their numbers: a number is never given twice.
    return (session.scalar(select(func.max(Decision.number)).where(Decision.year == year)) or 0) + 1
