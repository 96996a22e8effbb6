"""What waits for the township's answer in its villages, and how far each answer has come."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups import TOWNSHIP_TOPIC as DECISIONS
from village_desk.kit.text import short_date
from village_desk.points.lookups import TOWNSHIP_TOPIC as POINTS
from village_desk.registers.lookups.asked import TOWNSHIP_TOPIC as HAZARDS
from village_desk.registers.lookups.cases_asked import TOWNSHIP_TOPIC as CASES
from village_desk.sync import local
from village_desk.sync.answers import Question, RecordAnswer, Topic
from village_desk.sync.records import AnswerReceived
from village_desk.township.records import AnswerGiven

# What the township is asked, room by room. The desk hands the answers to the same rooms: desk/answers.py.
TOPICS: tuple[Topic, ...] = (POINTS, DECISIONS, CASES, HAZARDS)
# A manifest holds a megabyte; what does not fit beside its other parts goes with the next reply.
_MOST_BYTES_IN_A_REPLY = 600_000
_MOST_ANSWERS_IN_A_REPLY = 2_000
_BYTES_OF_AN_ID = 34
_BYTES_OF_AN_ANSWER = 200


@dataclass(frozen=True)
class AnswerRow:
    """One answer as the township's list shows it.

    `carried` is the number of the reply that carries it, 0 before; `result` is what the village made of it.
    """

    id: str
    village: str
    topic: str
    said: str
    records: int
    document: str
    dated_on: dt.date | None
    words: str
    carried: int
    received: bool
    left_out: bool
    result: str

    @property
    def tone(self) -> str:
        """How the state is coloured."""
        if self.received:
            return "warn" if self.left_out else "good"
        return "note" if self.carried else "plain"

    @property
    def state(self) -> str:
        """How far it has come."""
        if self.left_out:
            return f"村里没有办成：{self.result}"
        if self.received:
            return f"村里已收到：{self.result}"
        return f"已写入第{self.carried}号回执，等村里读" if self.carried else "等写回执"


def topic(table: str) -> Topic | None:
    """The topic of a table; None for one that the township is not asked about."""
    return next((one for one in TOPICS if one.table == table), None)


def questions(session: Session, *, table: str = "") -> tuple[Question, ...]:
    """Every record that waits for the township, of one table or of all, by village.

    One that was answered waits no more; only when the village had the answer and asks anew it comes again.
    """
    under_way = {one for row in _given(session) if not _received(session, row.id) for one in row.of_ids}
    found = [
        question
        for each in TOPICS
        if not table or each.table == table
        for question in each.questions(session)
        if question.record not in under_way
    ]
    return tuple(sorted(found, key=lambda one: (one.village, one.table, one.group, one.who, one.what, one.record)))


def answers_given(session: Session, *, village: str = "") -> tuple[AnswerRow, ...]:
    """The township's answers, the newest first."""
    carried: dict[str, tuple[int, frozenset[str]]] = {}
    rows = []
    for one in _given(session, village):
        if one.village_code not in carried:
            carried[one.village_code] = local.answers_sent(session, one.village_code)
        number, sent = carried[one.village_code]
        came = _received(session, one.id)
        about = topic(one.of_table)
        choice = about.choice(one.kind) if about is not None else None
        rows.append(
            AnswerRow(
                one.id,
                one.village_code,
                about.title if about is not None else "",
                choice.said if choice is not None else "",
                len(one.of_ids),
                one.document,
                one.dated_on,
                one.words,
                number if one.id in sent else 0,
                came is not None,
                came is not None and came.left_out,
                came.result if came is not None else "",
            )
        )
    return tuple(reversed(rows))


def answers_to_send(session: Session, village: str) -> tuple[RecordAnswer, ...]:
    """What the next reply says of the village's records: every answer that the village has not shown as received."""
    found: list[RecordAnswer] = []
    size = 0
    for one in _given(session, village):
        if _received(session, one.id) is not None:
            continue
        words = f"{one.document}{one.words}{one.unit}".encode()
        size += _BYTES_OF_AN_ANSWER + _BYTES_OF_AN_ID * len(one.of_ids) + len(words)
        if size > _MOST_BYTES_IN_A_REPLY or len(found) == _MOST_ANSWERS_IN_A_REPLY:
            break
        found.append(
            RecordAnswer(
                one.id,
                one.order,
                one.of_table,
                one.of_ids,
                one.kind,
                one.document,
                one.dated_on.isoformat() if one.dated_on else "",
                one.words,
                one.due_on.isoformat() if one.due_on else "",
                one.unit,
            )
        )
    return tuple(found)


def villages_to_tell(session: Session) -> set[str]:
    """The villages that have not received all answers to their records."""
    return {one.village_code for one in _given(session) if _received(session, one.id) is None}


def claimed_falsely(session: Session) -> tuple[str, ...]:
    """Answers that a village shows as the township's but that were never given so: a sentence for each."""
    # One that was undone here after it had gone out was given all the same.
    given = {row.id: row for row in session.scalars(select(AnswerGiven))}
    told = []
    for row in session.scalars(select(AnswerReceived).where(AnswerReceived.retired.is_(False))):
        own = given.get(row.answer_id)
        same = own is not None and (own.village_code, own.of_table, own.of_ids, own.kind, own.document) == (
            row.village,
            row.of_table,
            row.of_ids,
            row.kind,
            row.document,
        )
        if not same:
            day = short_date(row.dated_on) if row.dated_on else "没有日期"
            told.append(
                f"村里记着乡镇{day}的一件答复（{row.document or '没有文号'}），本镇没有这样答复过，请和村里核对。"
            )
    return tuple(sorted(told))


def _given(session: Session, village: str = "") -> list[AnswerGiven]:
    statement = select(AnswerGiven).where(AnswerGiven.retired.is_(False))
    if village:
        statement = statement.where(AnswerGiven.village_code == village)
    return list(session.scalars(statement.order_by(AnswerGiven.village_code, AnswerGiven.order, AnswerGiven.id)))


def _received(session: Session, answer_id: str) -> AnswerReceived | None:
    return session.scalars(select(AnswerReceived).where(AnswerReceived.answer_id == answer_id)).first()
