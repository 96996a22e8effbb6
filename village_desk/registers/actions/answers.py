"""What the township says of reported hazards by stick: its answer changes their state, only the village closes them."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.registers.lookups.asked import ANSWER
from village_desk.registers.lookups.forms import form_of
from village_desk.registers.records.entries import RegisterEntry, UpAnswer
from village_desk.registers.rules.entries import Way, answered_state
from village_desk.sync.answers import RecordAnswer


def take_answer(session: Session, *, answer: RecordAnswer) -> str:
    """Carry out what the township says of reported entries; says what came of it.

    The same answer on two laptops makes the same rows. Raises NotFound when an entry is not here, NotAllowed for an
    answer of another kind.
    """
    if answer.kind != ANSWER:
        raise NotAllowed("乡镇对台账的这种答复，本机的版本还不认识。", "请更新本机的程序。")
    found = [session.get(RegisterEntry, one) for one in answer.records]
    entries = [one for one in found if one is not None and not one.retired]
    if len(entries) < len(answer.records):
        raise NotFound("找不到乡镇答复的隐患。", "它可能还在另一台电脑上。")
    for entry in entries:
        identity = same_id("up_answer", answer.id, entry.id)
        if session.get(UpAnswer, identity) is not None:
            continue
        session.add(
            UpAnswer(
                id=identity,
                entry_id=entry.id,
                answered_on=answer.day,
                way=Way.STICK.value,
                answered_by=answer.unit or "乡镇",
                words=answer.words,
            )
        )
        entry.state = answered_state(form_of(session, entry.register), entry.state or "")
    session.flush()
    return f"乡镇答复了{len(entries)}处隐患：{answer.words}。办好以后请登记销号。"
