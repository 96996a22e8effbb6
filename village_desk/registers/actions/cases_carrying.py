"""Service cases on their way: carried up together and brought back, money in hand, and the notice of progress."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, tidy
from village_desk.registers.actions.cases_moving import (
    add_step,
    answer,
    explain,
    handle_if_missing,
    move,
    named_person,
    open_case,
)
from village_desk.registers.actions.drafting import draft_affairs
from village_desk.registers.lookups.cases import unpacked
from village_desk.registers.lookups.cases_counts import progress_body, progress_waiting
from village_desk.registers.records.cases import CaseBatch, CaseCash, ProgressSheet
from village_desk.registers.rules.cases import CASH_WORDS, CashKind, StageKind, check_day, number_words
from village_desk.schedule.rules import LONGEST_PERIOD_DAYS
from village_desk.store.acts import act


def mark_for_carrying(session: Session, *, case_ids: tuple[str, ...], wanted: bool = True) -> int:
    """Put cases on the list of what is carried up on the next market day, or take them off; returns how many.

    Raises NotFound, NotAllowed for a case whose way does not lead upwards.
    """
    for one in case_ids:
        case = open_case(session, one)
        unpacked(case.flow).stage(StageKind.UP)
        case.needs_carrying = wanted
    session.flush()
    return len(case_ids)


def carry_up(
    session: Session,
    *,
    case_ids: tuple[str, ...],
    on: dt.date,
    unit: str,
    person_id: str = "",
    by: str = "",
    due_on: dt.date | None = None,
) -> str:
    """Carry cases up together as one batch: who, where to, and until when the results are wanted; returns its id.

    The carrier is named by `person_id`, or by `by` when not on the roll, and handles what nobody handled yet.
    Raises NotFound, NotAllowed.
    """
    if not case_ids:
        raise NotAllowed("还没有选要上送的办件。", "请在列表里选“等着上送”，或勾上要送的几件。")
    carrier_id, carrier = named_person(session, person_id, by)
    if not carrier or not tidy(unit):
        raise NotAllowed("还没有填谁送、送到哪里。", "例如王建国送到镇便民服务中心。")
    if due_on is not None and not 0 <= (due_on - on).days <= LONGEST_PERIOD_DAYS:
        raise NotAllowed("要求返回的日期早于上送日期。", "请核对这两个日期。")
    held = session.scalar(
        select(func.max(CaseBatch.number)).where(CaseBatch.year == on.year, CaseBatch.retired.is_(False))
    )
    number = (held or 0) + 1
    batch = CaseBatch(
        id=same_id("case_batch", act(session).village, str(on.year), *sorted(case_ids), on.isoformat()),
        year=on.year,
        number=number,
        carried_on=on,
        carried_by=carrier,
        unit=tidy(unit),
        due_on=due_on,
    )
    session.add(batch)
    session.flush()
    for one in case_ids:
        case = open_case(session, one)
        handle_if_missing(session, case, on, carrier, carrier_id)
        move(
            session,
            case,
            StageKind.UP,
            on,
            by=carrier,
            by_id=carrier_id,
            unit=unit,
            due_on=due_on,
            words=f"第{number}批上送",
        )
        case.batch_id, case.carried_on, case.outside_due_on = batch.id, on, due_on
        case.needs_carrying = False
    session.flush()
    return batch.id


def bring_back(
    session: Session,
    *,
    results: tuple[tuple[str, str], ...],
    on: dt.date,
    by: str = "",
    way: str = "",
    overdue_reason: str = "",
    overdue_by: str = "",
) -> int:
    """Enter what came back for cases that were carried up, as pairs of case and result; returns how many.

    With a `way` the people were told as well, which ends the cases; a late one then needs `overdue_reason`.
    Raises NotFound, NotAllowed.
    """
    if not results:
        raise NotAllowed("还没有填返回的结果。", "请逐件填写，没有返回的空着。")
    for case_id, words in results:
        case = open_case(session, case_id)
        if not tidy(words):
            raise NotAllowed(f"{number_words(case.year, case.number)}还没有填返回的结果。", "例如“证已办好”。")
        move(session, case, StageKind.BACK, on, by=by, words=words)
        case.returned_on, case.outside_due_on = on, None
        if tidy(way):
            explain(case, overdue_reason, overdue_by)
            answer(session, case, on, tidy(words), tidy(way), by=case.agent or case.first_asked)
    session.flush()
    return len(results)


def book_cash(
    session: Session,
    *,
    case_id: str,
    what: str,
    amount_fen: int,
    on: dt.date,
    voucher: str = "",
    note: str = "",
) -> str:
    """Money received from the person, paid for him, or given back, in fen; returns the entry's id.

    A payment needs the number of its voucher. What was booked wrongly is put right by the same amount below zero with
    a note. Raises NotFound, NotAllowed.
    """
    case = open_case(session, case_id)
    if what not in set(CashKind):
        raise NotAllowed("不知道这笔钱是收还是付。", f"请选{'、'.join(CASH_WORDS.values())}。")
    if not amount_fen:
        raise NotAllowed("还没有填金额。", "请填以元为单位的金额。")
    if amount_fen < 0 and not tidy(note):
        raise NotAllowed("冲正一笔钱要写原因。", "例如“金额记错，重记”。")
    if what == CashKind.PAID and amount_fen > 0 and not tidy(voucher):
        raise NotAllowed("代缴、代付要写凭证号。", "请照缴费凭证、发票上的号码填写。")
    check_day(CASH_WORDS[CashKind(what)], on, after=case.taken_on, today=act(session).today)
    entry = CaseCash(
        case_id=case_id,
        what=what,
        amount_fen=amount_fen,
        happened_on=on,
        voucher=tidy(voucher),
        note=tidy(note) or None,
    )
    session.add(entry)
    session.flush()
    told = f"{CASH_WORDS[CashKind(what)]}{yuan(amount_fen)}元{f'，凭证{tidy(voucher)}' if tidy(voucher) else ''}"
    add_step(session, case, "progress", on, words=told)
    return entry.id


def draft_progress_notice(session: Session) -> str:
    """Draft a notice of everything that came forward since the last one; returns the notice's id.

    Sensitive cases and people's names stay out. Raises NotAllowed where nothing is new.
    """
    waiting = progress_waiting(session)
    if not waiting:
        raise NotAllowed("上次公开以后没有新的进展。", "请先在办件卡上登记进展，勾上“可以公开”。")
    here = act(session)
    first, last = min(one.step.on for one in waiting), max(one.step.on for one in waiting)
    title = f"{here.village_name}为民办事进展（{chinese_date(first)}至{chinese_date(last)}）"
    notice_id = draft_affairs(session, "progress", title, progress_body(waiting))
    session.add(ProgressSheet(notice_id=notice_id, made_on=here.today, step_ids=tuple(one.step.id for one in waiting)))
    session.flush()
    return notice_id
