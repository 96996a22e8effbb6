"""Carrying a resolution out: who does what by when and for how much, and how far it has come."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.decisions.actions.cases import MOST_FEN, open_case_of
from village_desk.decisions.lookups import decision_basis
from village_desk.decisions.records import DecisionWork, WorkProgress
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.store.acts import act, retire


def plan_work(
    session: Session,
    *,
    decision_id: str,
    title: str,
    owner: str,
    due_on: dt.date | None = None,
    amount_fen: int | None = None,
) -> str:
    """Put down one thing to carry out of a resolution; returns its id.

    Raises NotFound, NotAllowed without what and who, or while the resolution does not stand.
    """
    open_case_of(session, decision_id)
    if not tidy(title) or not tidy(owner):
        raise NotAllowed("要办什么、由谁来办都要写。", "例如“采购管材”，由王建国办。")
    if amount_fen is not None and not 0 <= amount_fen <= MOST_FEN:
        raise NotAllowed("金额不能是负数，也不能超过一百亿元。", "请核对金额，单位是元。")
    basis = decision_basis(session, decision_id)
    if not basis.stands:
        raise NotAllowed(f"决议还不成立，不能安排实施。{basis.words}", basis.next_act)
    number = session.scalar(select(func.count()).where(DecisionWork.decision_id == decision_id)) or 0
    work = DecisionWork(
        decision_id=decision_id,
        no=number + 1,
        title=tidy(title),
        owner=tidy(owner),
        due_on=due_on,
        amount_fen=amount_fen,
    )
    session.add(work)
    session.flush()
    return work.id


def note_progress(
    session: Session, *, work_id: str, on: dt.date, words: str, spent_fen: int = 0, done: bool = False
) -> str:
    """Write down how far something has come and what was spent since the last time; `done` when it is finished.

    Raises NotFound, NotAllowed without words, for negative sums and for a day still to come.
    """
    work = _work(session, work_id)
    if not tidy(words):
        raise NotAllowed("进展还没有写。", "例如“管材到场，开挖200米”。")
    if not 0 <= spent_fen <= MOST_FEN:
        raise NotAllowed("金额不能是负数，也不能超过一百亿元。", "退回的钱请在账里登记。")
    if on > act(session).today:
        raise NotAllowed("进展的日期还没有到。", "请填实际的日期。")
    progress = WorkProgress(
        decision_id=work.decision_id, work_id=work_id, noted_on=on, words=tidy(words), spent_fen=spent_fen
    )
    session.add(progress)
    if done:
        work.done_on = on
    session.flush()
    return progress.id


def drop_work(session: Session, *, work_id: str) -> None:
    """Take a thing out of the plan that will not be done; its progress stays. Raises NotFound."""
    retire(session, _work(session, work_id))


def _work(session: Session, work_id: str) -> DecisionWork:
    work = session.get(DecisionWork, work_id)
    if work is None or work.retired:
        raise NotFound("找不到这一项。", "它可能已经去掉了。")
    return work
