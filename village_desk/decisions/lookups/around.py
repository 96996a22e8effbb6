"""What stands around a case: answers of offices, carrying it out, going back, and the cases that change it."""

import datetime as dt
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.accounts.records import AccountEntry, Contract
from village_desk.decisions.lookups.rows import ChangeRow, FilingRow, MoneyRow, ProgressRow, ReturnRow, WorkRow
from village_desk.decisions.records import Decision, DecisionFiling, DecisionReturn, DecisionWork, WorkProgress
from village_desk.decisions.rules import ChangeKind, FilingKind, case_number
from village_desk.notices.rules.kinds import NUMBER_PENDING


class Surroundings(TypedDict):
    """The named parts of a DecisionDetail that this module reads."""

    filings: tuple[FilingRow, ...]
    works: tuple[WorkRow, ...]
    returns: tuple[ReturnRow, ...]
    changes: ChangeRow | None
    changed_by: tuple[ChangeRow, ...]
    money: MoneyRow


def surroundings(session: Session, decision: Decision, today: dt.date) -> Surroundings:
    """Everything around one case."""
    earlier = session.get(Decision, decision.changes_id) if decision.changes_id else None
    later = session.scalars(select(Decision).where(Decision.changes_id == decision.id, Decision.retired.is_(False)))
    return {
        "filings": filings_of(session, decision.id),
        "works": works_of(session, [decision.id], today).get(decision.id, ()),
        "returns": _returns(session, decision.id),
        "changes": _change(earlier, decision) if earlier is not None else None,
        "money": _money(session, decision.id),
        "changed_by": tuple(_change(row, row) for row in sorted(later, key=lambda row: (row.year, row.number or 0))),
    }


def filings_of(session: Session, decision_id: str) -> tuple[FilingRow, ...]:
    """What offices answered to a case, the oldest first."""
    rows = session.scalars(
        select(DecisionFiling).where(DecisionFiling.decision_id == decision_id, DecisionFiling.retired.is_(False))
    )
    return tuple(
        FilingRow(
            row.id, FilingKind(row.kind), row.answered_on, row.office, row.number, row.opinion, row.agreed, row.way
        )
        for row in sorted(rows, key=lambda row: (row.answered_on or dt.date.min, row.id))
        if row.answered_on is not None
    )


def works_of(session: Session, ids: list[str], today: dt.date) -> dict[str, tuple[WorkRow, ...]]:
    """What has to be carried out of these cases, with how far it has come."""
    works = session.scalars(
        select(DecisionWork).where(DecisionWork.decision_id.in_(ids), DecisionWork.retired.is_(False))
    )
    steps: dict[str, list[ProgressRow]] = {}
    rows = session.scalars(
        select(WorkProgress).where(WorkProgress.decision_id.in_(ids), WorkProgress.retired.is_(False))
    )
    for row in sorted(rows, key=lambda row: (row.noted_on or dt.date.min, row.id)):
        steps.setdefault(row.work_id, []).append(ProgressRow(row.noted_on or today, row.words, row.spent_fen))
    found: dict[str, tuple[WorkRow, ...]] = {}
    for work in sorted(works, key=lambda work: (work.no, work.id)):
        late = work.done_on is None and work.due_on is not None and work.due_on < today
        one = WorkRow(
            work.id,
            work.no,
            work.title,
            work.owner,
            work.due_on,
            work.amount_fen,
            work.done_on,
            tuple(steps.get(work.id, ())),
            late,
            work.decision_id,
        )
        found[work.decision_id] = (*found.get(work.decision_id, ()), one)
    return found


def late_works(session: Session, today: dt.date) -> tuple[tuple[str, WorkRow], ...]:
    """What should have been carried out by now and is not, each with the title of its case."""
    rows = session.execute(
        select(Decision.id, Decision.title)
        .join(DecisionWork, DecisionWork.decision_id == Decision.id)
        .where(
            DecisionWork.done_on.is_(None),
            DecisionWork.due_on < today,
            DecisionWork.retired.is_(False),
            Decision.retired.is_(False),
            Decision.state == "open",
        )
    )
    titles = {identity: title for identity, title in rows}
    found = works_of(session, sorted(titles), today)
    return tuple((titles[key], work) for key, works in sorted(found.items()) for work in works if work.late)


def number_words(decision: Decision) -> str:
    """〔2026〕3号, or 待编号 where another laptop gives the numbers."""
    return case_number(decision.year, decision.number) if decision.number is not None else NUMBER_PENDING


def _money(session: Session, decision_id: str) -> MoneyRow:
    contracts = session.scalars(
        select(Contract).where(Contract.decision_id == decision_id, Contract.retired.is_(False))
    )
    paid = list(
        session.scalars(
            select(AccountEntry.payments_fen).where(
                AccountEntry.decision_id == decision_id,
                AccountEntry.payments_fen > 0,
                AccountEntry.voided_on.is_(None),
                AccountEntry.retired.is_(False),
            )
        )
    )
    ordered = sorted(contracts, key=lambda row: (row.signed_on or dt.date.min, row.number, row.id))
    rows = tuple((f"{row.number}{row.subject}", row.party, row.total_fen) for row in ordered)
    return MoneyRow(rows, len(paid), sum(paid))


def _returns(session: Session, decision_id: str) -> tuple[ReturnRow, ...]:
    rows = session.scalars(
        select(DecisionReturn).where(DecisionReturn.decision_id == decision_id, DecisionReturn.retired.is_(False))
    )
    return tuple(
        ReturnRow(row.from_no, row.to_no, row.way == "up", row.reason, row.returned_on)
        for row in sorted(rows, key=lambda row: (row.returned_on or dt.date.min, row.id))
        if row.returned_on is not None
    )


def _change(named: Decision, later: Decision) -> ChangeRow:
    return ChangeRow(
        named.id, ChangeKind(later.change_kind), number_words(named), named.title, later.change_reason, False
    )
