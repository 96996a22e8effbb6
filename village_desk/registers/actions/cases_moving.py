"""What every act on a service case comes down to: a line of its history, its next stage, its end."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id
from village_desk.kit.text import tidy
from village_desk.people.lookups import person_rows
from village_desk.registers.lookups.cases import NO_CASE, unpacked
from village_desk.registers.records.cases import CaseCash, CaseStep, ServiceCase
from village_desk.registers.rules.cases import (
    MOST_TRIPS,
    Cash,
    StageKind,
    check_cash,
    check_day,
    check_overdue_reason,
    number_words,
)
from village_desk.store.acts import act


def case_of(session: Session, case_id: str) -> ServiceCase:
    """The record of a case. Raises NotFound."""
    case = session.get(ServiceCase, case_id)
    if case is None or case.retired:
        raise NotFound(*NO_CASE)
    return case


def open_case(session: Session, case_id: str) -> ServiceCase:
    """The record of a case that is under way. Raises NotFound, NotAllowed."""
    case = case_of(session, case_id)
    if case.closed_on is not None:
        raise NotAllowed(
            f"{number_words(case.year, case.number)}“{case.matter}”已经办结。", "还有没办完的，请另登记一件。"
        )
    return case


def cash_of(session: Session, case_id: str) -> Cash:
    """The money of a case, in fen."""
    rows = session.execute(
        select(CaseCash.what, func.sum(CaseCash.amount_fen))
        .where(CaseCash.case_id == case_id, CaseCash.retired.is_(False))
        .group_by(CaseCash.what)
    )
    sums = {what: int(amount) for what, amount in rows}
    return Cash(sums.get("received", 0), sums.get("paid", 0), sums.get("returned", 0))


def add_step(
    session: Session,
    case: ServiceCase,
    what: str,
    on: dt.date,
    *,
    by: str = "",
    by_id: str = "",
    way: str = "",
    unit: str = "",
    order_no: str = "",
    due_on: dt.date | None = None,
    words: str = "",
    shown: bool = False,
    identity: str = "",
) -> str:
    """Write one line of a case's history; returns its id, which is `identity` where two desks may write the same."""
    held = session.scalar(select(func.count()).select_from(CaseStep).where(CaseStep.case_id == case.id)) or 0
    step = CaseStep(
        id=identity or new_id(),
        case_id=case.id,
        place=held + 1,
        what=str(what),
        happened_on=on,
        by=tidy(by),
        by_id=by_id,
        way=tidy(way),
        unit=tidy(unit),
        order_no=tidy(order_no),
        due_on=due_on,
        words=tidy(words) or None,
        shown=shown,
    )
    session.add(step)
    session.flush()
    return step.id


def move(
    session: Session,
    case: ServiceCase,
    wanted: StageKind,
    on: dt.date,
    *,
    by: str = "",
    by_id: str = "",
    way: str = "",
    unit: str = "",
    order_no: str = "",
    due_on: dt.date | None = None,
    words: str = "",
) -> None:
    """Bring a case to its next stage, and to its end where that stage closes it. Raises NotAllowed."""
    flow = unpacked(case.flow)
    stage = flow.check_next(StageKind(case.stage), wanted)
    check_day(stage.name, on, after=case.stage_on, today=act(session).today)
    put(
        session,
        case,
        wanted,
        on,
        by=by,
        by_id=by_id,
        way=way,
        unit=unit,
        order_no=order_no,
        due_on=due_on,
        words=words,
    )
    if stage.closes:
        end(session, case, on, "")


def put(
    session: Session,
    case: ServiceCase,
    wanted: StageKind,
    on: dt.date,
    *,
    by: str = "",
    by_id: str = "",
    way: str = "",
    unit: str = "",
    order_no: str = "",
    due_on: dt.date | None = None,
    words: str = "",
) -> None:
    """Enter a stage without asking whether it is its turn."""
    add_step(
        session, case, wanted, on, by=by, by_id=by_id, way=way, unit=unit, order_no=order_no, due_on=due_on, words=words
    )
    case.stage, case.stage_on = wanted.value, on
    session.flush()


def handle_if_missing(session: Session, case: ServiceCase, on: dt.date, by: str, by_id: str = "") -> None:
    """Whoever carries a case up or answers it has handled it; a stage of its own need not be entered first."""
    flow = unpacked(case.flow)
    following = flow.next_stages(StageKind(case.stage))
    if any(one.kind is StageKind.HANDLED and one.optional for one in following):
        if not case.agent:
            case.agent_id, case.agent = by_id, tidy(by)
        move(session, case, StageKind.HANDLED, on, by=case.agent, by_id=case.agent_id)


def answer(session: Session, case: ServiceCase, on: dt.date, reply: str, way: str, *, by: str) -> None:
    """Tell the result; a handling that was not entered is, and the case ends where that ends it. Raises NotAllowed."""
    check_overdue_reason(case.due_on, on, case.overdue_reason or "")
    handle_if_missing(session, case, on, by)
    case.replied_on, case.reply_way, case.reply = on, way, reply
    move(session, case, StageKind.ANSWERED, on, by=by, by_id=case.agent_id, way=way, words=reply)


def end(session: Session, case: ServiceCase, on: dt.date, note: str) -> None:
    """End a case: a late one needs its reason, one with money nothing left in hand. Raises NotAllowed."""
    check_overdue_reason(case.due_on, case.replied_on or on, case.overdue_reason or "")
    check_cash(cash_of(session, case.id))
    case.closed_on, case.needs_carrying = on, False
    case.closing_note = note or case.closing_note
    session.flush()


def explain(case: ServiceCase, reason: str, by: str) -> None:
    """Keep why a case is late."""
    if tidy(reason):
        case.overdue_reason, case.overdue_by = tidy(reason), tidy(by) or case.overdue_by


def named_person(session: Session, person_id: str, name: str) -> tuple[str, str]:
    """Id and name of somebody on the roll, or only the name of somebody else. Raises NotFound."""
    if not person_id:
        return "", tidy(name)
    rows = person_rows(session, [person_id])
    if not rows:
        raise NotFound("名册里找不到这个承办人。", "请从名册里选，外村人直接写姓名。")
    return rows[0].id, rows[0].name


def checked_trips(trips: int) -> int:
    """That many trips. Raises NotAllowed for a number that cannot be."""
    if not 0 <= trips <= MOST_TRIPS:
        raise NotAllowed(f"跑{trips}趟不对。", f"请填0到{MOST_TRIPS}。")
    return trips
