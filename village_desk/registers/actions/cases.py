"""Taking a service case on, putting it right, its progress, and what is said of a late one."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.notices.actions import holds_series
from village_desk.people.lookups import person_rows
from village_desk.registers.actions.cases_moving import (
    add_step,
    answer,
    case_of,
    cash_of,
    checked_trips,
    explain,
    open_case,
)
from village_desk.registers.lookups.cases import (
    OVERDUE,
    PROGRESS,
    flow_named,
    one_kind,
    packed,
)
from village_desk.registers.records.cases import ServiceCase
from village_desk.registers.rules.cases import (
    MODE_WORDS,
    MOST_LIMIT_DAYS,
    Mode,
    StageKind,
    check_cash,
    check_day,
    check_taking,
    next_number,
    number_words,
)
from village_desk.schedule.lookups import calendar
from village_desk.schedule.rules import add_working_days
from village_desk.store.acts import act, edit

CAME = "来人"


def take_case(
    session: Session,
    *,
    kind: str,
    matter: str,
    first_asked: str,
    on: dt.date,
    person_id: str = "",
    applicant: str = "",
    phone: str = "",
    content: str = "",
    mode: str = Mode.PROMISED,
    due_on: dt.date | None = None,
    limit_days: int = 0,
    reply: str = "",
    reply_way: str = "",
    category: str = "",
    service_way: str = "",
    source: str = CAME,
    source_line: str = "",
    source_room: str = "",
    source_id: str = "",
    source_words: str = "",
    materials: tuple[str, ...] = (),
    needs_carrying: bool = False,
    trips: int | None = None,
) -> str:
    """Take a case on and return its id; it gets the year's next free number where this laptop gives numbers.

    The promised day is `due_on`, else so many working days after `on` by the village's calendar (`limit_days`, else the
    kind's). With a `reply` it ends at once. A person is named by `person_id`, or by `applicant` when not on the roll.
    Raises NotFound, NotAllowed.
    """
    wanted, how = one_kind(session, kind), _mode(mode)
    flow = flow_named(wanted.flow)
    if not wanted.active:
        raise NotAllowed(f"“{wanted.name}”这一类没有启用。", "请换一类，或先在“办件类别”里启用。")
    if how is not Mode.PROMISED and flow.closing.kind is not StageKind.ANSWERED:
        raise NotAllowed(f"“{wanted.name}”要按步骤办，不能选{MODE_WORDS[how]}。", "请选承诺办理。")
    name, household_id = tidy(applicant), ""
    if person_id:
        rows = person_rows(session, [person_id])
        if not rows:
            raise NotFound("名册里找不到来办事的人。", "请从名册里选，外村人直接写姓名。")
        person_id, name, household_id = rows[0].id, rows[0].name, rows[0].household_id
    # The township promises the day of what it orders.
    ordered = any(one.kind is StageKind.ORDERED and not one.optional for one in flow.stages)
    due = _due(session, how, on, due_on, limit_days or wanted.limit)
    check_taking(
        applicant=name,
        matter=matter,
        first_asked=first_asked,
        mode=Mode.AT_ONCE if ordered else how,
        due_on=due,
        taken_on=on,
        reply=reply,
    )
    check_day("受理", on, after=None, today=act(session).today)
    told = "。".join(part for part in (tidy(matter), tidy(content)) if part) if wanted.sensitive else tidy(content)
    case = ServiceCase(
        year=on.year,
        number=_number(session, on.year),
        kind=kind,
        flow=packed(flow),
        line=wanted.line.value,
        category=category,
        service_way=service_way,
        sensitive=wanted.sensitive,
        welfare=wanted.welfare,
        mode=how.value,
        matter=wanted.name if wanted.sensitive else tidy(matter),
        content=told or None,
        person_id=person_id or None,
        household_id=household_id or None,
        applicant=name,
        phone=tidy(phone) or None,
        source=source,
        source_line=source_line,
        source_room=source_room,
        source_id=source_id,
        source_words=tidy(source_words) or None,
        materials=tuple(tidy(one) for one in materials if tidy(one)),
        first_asked=tidy(first_asked),
        taken_on=on,
        due_on=due,
        stage=StageKind.TAKEN.value,
        stage_on=on,
        needs_carrying=needs_carrying,
        trips=(1 if source == CAME else 0) if trips is None else checked_trips(trips),
    )
    session.add(case)
    session.flush()
    add_step(session, case, StageKind.TAKEN, on, by=case.first_asked, way=source_line or source)
    if tidy(reply):
        answer(session, case, on, tidy(reply), tidy(reply_way) or "当面", by=case.first_asked)
    return case.id


def give_number(session: Session, *, case_id: str) -> str:
    """Give a case its number on the laptop that gives numbers; returns it in words. Raises NotFound, NotAllowed."""
    case = case_of(session, case_id)
    if case.number is not None:
        raise NotAllowed(f"这件已经编号{number_words(case.year, case.number)}。", "编号给出后不再改。")
    case.number = _number(session, case.year)
    if case.number is None:
        raise NotAllowed("本村的编号由另一台电脑给。", "请在那台电脑上打开这个办件再编号。")
    session.flush()
    return number_words(case.year, case.number)


def edit_case(
    session: Session,
    *,
    case_id: str,
    seen: str,
    matter: str,
    content: str = "",
    phone: str = "",
    category: str = "",
    service_way: str = "",
    materials: tuple[str, ...] = (),
    trips: int = 0,
    cost_fen: int = 0,
    paid_by: str = "",
) -> None:
    """Put right what was entered of a case, on the ground of what the clerk saw; stages and days stay.

    Raises NotFound, NotAllowed.
    """
    case = case_of(session, case_id)
    if not tidy(matter):
        raise NotAllowed("还没有填办什么事。", "例如“代办老年证”。")
    if cost_fen < 0:
        raise NotAllowed("花的钱不能小于零。", "没有花钱的填0。")
    edit(
        session,
        case,
        seen=seen,
        matter=case.matter if case.sensitive else tidy(matter),
        content=tidy(content) or None,
        phone=tidy(phone) or None,
        category=category,
        service_way=service_way,
        materials=tuple(tidy(one) for one in materials if tidy(one)),
        trips=checked_trips(trips),
        cost_fen=cost_fen,
        paid_by=tidy(paid_by),
    )


def withdraw_case(session: Session, *, case_id: str, on: dt.date, reason: str) -> None:
    """The person asks no more, or the case was entered twice; its number stays. Raises NotFound, NotAllowed."""
    case = open_case(session, case_id)
    if not tidy(reason):
        raise NotAllowed("撤回办件要写原因。", "例如“本人已自己去办”。")
    check_day("撤回", on, after=case.stage_on, today=act(session).today)
    check_cash(cash_of(session, case_id))
    add_step(session, case, PROGRESS, on, words=f"撤回：{tidy(reason)}")
    case.withdrawn, case.closed_on, case.closing_note = True, on, tidy(reason)
    session.flush()


def note_progress(session: Session, *, case_id: str, on: dt.date, words: str, shown: bool = True) -> str:
    """Note what came forward; `shown` progress stands on the next progress notice. Returns the step's id.

    Progress of a sensitive case is never shown. Raises NotFound, NotAllowed without words.
    """
    case = case_of(session, case_id)
    if not tidy(words):
        raise NotAllowed("还没有填进展。", "例如“材料已送到，等换灯泡”。")
    check_day("进展", on, after=case.taken_on, today=act(session).today)
    return add_step(session, case, PROGRESS, on, by=case.agent, words=words, shown=shown and not case.sensitive)


def count_trip(session: Session, *, case_id: str) -> int:
    """The person had to come once more; returns how many times he has come. Raises NotFound, NotAllowed."""
    case = case_of(session, case_id)
    case.trips = checked_trips(case.trips + 1)
    session.flush()
    return case.trips


def explain_overdue(session: Session, *, case_id: str, on: dt.date, reason: str, by: str) -> None:
    """Why a case is late, and whose fault it is. Raises NotFound, NotAllowed without either."""
    case = case_of(session, case_id)
    if not tidy(reason) or not tidy(by):
        raise NotAllowed("超期说明要写原因和责任人。", "例如“镇里系统停机两天；责任人：无”。")
    explain(case, reason, by)
    add_step(session, case, OVERDUE, on, by=by, words=reason)


def _mode(word: str) -> Mode:
    try:
        return Mode(word)
    except ValueError:
        raise NotAllowed("不知道是哪种办理方式。", f"请选{'、'.join(MODE_WORDS.values())}。") from None


def _due(session: Session, mode: Mode, on: dt.date, due_on: dt.date | None, limit: int) -> dt.date | None:
    if mode is Mode.AT_ONCE:
        return on
    if mode is Mode.REPLY or due_on is not None or not limit:
        return due_on
    if not 0 < limit <= MOST_LIMIT_DAYS:
        raise NotAllowed(f"承诺{limit}个工作日不能计算。", f"请填1到{MOST_LIMIT_DAYS}之间的天数。")
    return add_working_days(on, limit, calendar(session))


def _number(session: Session, year: int) -> int | None:
    if not holds_series(session):
        return None
    taken = session.scalars(
        select(ServiceCase.number).where(
            ServiceCase.year == year,
            ServiceCase.village == act(session).village,
            ServiceCase.number.is_not(None),
            ServiceCase.retired.is_(False),
        )
    )
    return next_number([one for one in taken if one is not None])
