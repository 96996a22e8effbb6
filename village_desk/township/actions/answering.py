"""The township answers records of its villages: many of one village in one act, sent with the next reply."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.store.acts import act
from village_desk.sync.answers import Asks, Choice
from village_desk.sync.stickfile.limits import MOST_ANSWERED_AT_ONCE
from village_desk.township import lookups
from village_desk.township.actions.parts import only_township
from village_desk.township.records import AnswerGiven
from village_desk.township.rules import LONGEST_WORDS

_MISSING: dict[Asks, tuple[str, str]] = {
    Asks.DOCUMENT: ("还没填文号。", "请填文号，例如“平安党办〔2026〕12号”；没有文号的写“电话通知”和姓名。"),
    Asks.WORDS: ("还没写理由或意见。", "请写一句话，村里收到后照这句话告诉当事人。"),
    Asks.DUE_ON: ("还没填办理期限。", "请填村里最迟要办完的日期。"),
    Asks.UNIT: ("还没填承办单位。", "请填由哪个站所办。"),
}


def answer_records(
    session: Session,
    *,
    table: str,
    record_ids: tuple[str, ...],
    kind: str,
    dated_on: dt.date,
    document: str = "",
    words: str = "",
    due_on: dt.date | None = None,
    unit: str = "",
) -> int:
    """Give one answer to many records of one table, of one village or of several; returns how many it reached.

    Whatever was answered and has not reached its village is left as it is. Raises NotFound for records that do not
    wait for the township, NotAllowed for an unknown kind, a missing part, or who is not of the township.
    """
    only_township(session, "答复村里的记录")
    topic = lookups.topic(table)
    choice = topic.choice(kind) if topic is not None else None
    if topic is None or choice is None:
        raise NotAllowed("没有这种答复。", "请从列出的答复里选。")
    _check_parts(session, choice, dated_on, document, words, due_on, unit)
    wanted = frozenset(record_ids)
    villages: dict[str, list[str]] = {}
    for question in lookups.questions(session, table=table):
        if question.record in wanted:
            villages.setdefault(question.village, []).append(question.record)
    found = sum(len(ids) for ids in villages.values())
    if not found:
        raise NotFound("选中的记录里没有待乡镇答复的。", "可能已经答复过，请刷新后再选。")
    for village, ids in sorted(villages.items()):
        for start in range(0, len(ids), MOST_ANSWERED_AT_ONCE):
            session.add(
                AnswerGiven(
                    village_code=village,
                    order=_next_order(session, village),
                    of_table=table,
                    of_ids=tuple(sorted(ids[start : start + MOST_ANSWERED_AT_ONCE])),
                    kind=kind,
                    document=tidy(document),
                    dated_on=dated_on,
                    words=tidy(words),
                    due_on=due_on,
                    unit=tidy(unit),
                    given_on=act(session).today,
                    operator_id=act(session).actor,
                )
            )
            session.flush()
    return found


def take_back_answer(session: Session, *, answer_id: str) -> str:
    """Take back an answer that stands on no stick yet. Raises NotFound, NotAllowed once a reply carries it."""
    only_township(session, "收回答复")
    found = session.get(AnswerGiven, answer_id)
    if found is None or found.retired:
        raise NotFound("找不到这件答复。", "请刷新后再选。")
    row = next(one for one in lookups.answers_given(session, village=found.village_code) if one.id == answer_id)
    if row.carried:
        raise NotAllowed(
            f"这件答复已经随第{row.carried}号回执写上U盘，不能收回。", "村里收到后请打电话说明，另发文更正。"
        )
    found.retired = True
    session.flush()
    return answer_id


def _next_order(session: Session, village: str) -> int:
    return 1 + (session.scalar(select(func.max(AnswerGiven.order)).where(AnswerGiven.village_code == village)) or 0)


def _check_parts(
    session: Session,
    choice: Choice,
    dated_on: dt.date,
    document: str,
    words: str,
    due_on: dt.date | None,
    unit: str,
) -> None:
    given = {Asks.DOCUMENT: tidy(document), Asks.WORDS: tidy(words), Asks.DUE_ON: due_on, Asks.UNIT: tidy(unit)}
    for part in Asks:
        if part in choice.must and not given[part]:
            raise NotAllowed(*_MISSING[part])
    if dated_on > act(session).today:
        raise NotAllowed("答复的日期在今天以后。", "请填文件上的日期。")
    if due_on is not None and due_on < dated_on:
        raise NotAllowed("办理期限早于答复的日期。", "请核对两个日期。")
    longest = max(len(str(part or "")) for part in given.values())
    if longest > LONGEST_WORDS:
        raise NotAllowed(f"答复最多写{LONGEST_WORDS}个字，这里有{longest}个字。", "请写得短一些，全文附在文件里。")
