"""What the township says of service cases by stick: its order, the feedback of its units, results of what went up."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import short_date
from village_desk.registers.actions.cases_moving import add_step
from village_desk.registers.lookups.cases_asked import ANSWERS_AT, FEEDBACK, ORDER, RESULT
from village_desk.registers.records.cases import ServiceCase
from village_desk.registers.rules.cases import StageKind
from village_desk.sync.answers import RecordAnswer

_STAGES = {ORDER: StageKind.ORDERED, FEEDBACK: StageKind.FEEDBACK, RESULT: StageKind.BACK}


def take_answer(session: Session, *, answer: RecordAnswer) -> str:
    """Carry out what the township says of cases; says what came of it. Only the village itself ends a case.

    A case that no longer waits for this stays as it is. The same answer on two laptops makes the same rows.
    Raises NotFound when a case is not here, NotAllowed for an answer of another kind.
    """
    if answer.kind not in _STAGES:
        raise NotAllowed("乡镇对办件的这种答复，本机的版本还不认识。", "请更新本机的程序。")
    found = [session.get(ServiceCase, one) for one in answer.records]
    cases = [one for one in found if one is not None and not one.retired]
    if len(cases) < len(answer.records):
        raise NotFound("找不到乡镇答复的办件。", "它可能还在另一台电脑上。")
    waiting = [one for one in cases if _waits(one, answer.kind)]
    for case in waiting:
        _enter(session, case, answer)
    session.flush()
    rest = f"另有{len(cases) - len(waiting)}件不再等这个答复，没有变。" if len(waiting) < len(cases) else ""
    if not waiting:
        return f"乡镇答复的{len(cases)}件办件都不再等这个答复，没有变。"
    if answer.kind == ORDER:
        until = f"，限{short_date(answer.due)}前反馈" if answer.due is not None else ""
        return f"乡镇把{len(waiting)}件派给{answer.unit}（{answer.document}）{until}。{rest}"
    if answer.kind == FEEDBACK:
        return f"乡镇反馈了{len(waiting)}件：{answer.words}。请到现场核实再销号。{rest}"
    return f"乡镇返回了{len(waiting)}件上送的结果：{answer.words}。请告诉本人再办结。{rest}"


def _waits(case: ServiceCase, kind: str) -> bool:
    at = StageKind(case.stage) if case.stage in set(StageKind) else StageKind.TAKEN
    return case.closed_on is None and ANSWERS_AT.get(at) == kind


def _enter(session: Session, case: ServiceCase, answer: RecordAnswer) -> None:
    stage = _STAGES[answer.kind]
    add_step(
        session,
        case,
        stage,
        answer.day,
        way="U盘回执",
        unit=answer.unit,
        order_no=answer.document,
        due_on=answer.due,
        words=answer.words,
        identity=same_id("case_step", answer.id, case.id),
    )
    # The township's clock may go otherwise: the stage never lies before the one that it follows.
    case.stage, case.stage_on = stage.value, max(answer.day, case.stage_on or answer.day)
    case.outside_due_on = answer.due
    if stage is StageKind.BACK:
        case.returned_on = answer.day
