"""What a township is asked about service cases: what villages reported, what it ordered, and what was carried up."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.registers.lookups.cases import case_rows
from village_desk.registers.records.cases import ServiceCase
from village_desk.registers.rules.cases import WITH_TOWNSHIP, StageKind
from village_desk.sync.answers import Asks, Choice, Question, Topic

ORDER, FEEDBACK, RESULT = "order", "feedback", "result"
# What the township can say of a case, by the stage at which it lies there.
ANSWERS_AT: dict[StageKind, str] = {
    StageKind.REPORTED: ORDER,
    StageKind.ORDERED: FEEDBACK,
    StageKind.UP: RESULT,
}
_GROUPS = {ORDER: "上报，等派单", FEEDBACK: "已派单，等反馈", RESULT: "上送办件，等结果"}


def _questions(session: Session) -> Iterator[Question]:
    """Every open case that lies with the township; who asks stays in the village."""
    found = session.execute(
        select(ServiceCase.id, ServiceCase.village).where(
            ServiceCase.retired.is_(False),
            ServiceCase.closed_on.is_(None),
            ServiceCase.stage.in_([one.value for one in WITH_TOWNSHIP]),
        )
    )
    villages = {one: village for one, village in found}
    for row in case_rows(session, sorted(villages)):
        due = f"，限期{short_date(row.outside_due_on)}" if row.outside_due_on is not None else ""
        yield Question(
            ServiceCase.__tablename__,
            row.id,
            villages[row.id],
            _GROUPS[ANSWERS_AT[row.stage]],
            row.number,
            f"{row.kind_name}：{row.matter}",
            f"{short_date(row.stage_on)}{row.stage_words}{due}",
            row.stage_on,
        )


TOWNSHIP_TOPIC = Topic(
    ServiceCase.__tablename__,
    "群众办件和派单",
    (
        Choice(ORDER, "派单", "已派单", frozenset({Asks.DOCUMENT, Asks.UNIT, Asks.DUE_ON}), frozenset({Asks.WORDS})),
        Choice(FEEDBACK, "反馈", "已反馈", frozenset({Asks.WORDS}), frozenset({Asks.UNIT, Asks.DOCUMENT})),
        Choice(RESULT, "返回结果", "已返回", frozenset({Asks.WORDS}), frozenset({Asks.DOCUMENT})),
    ),
    _questions,
)
