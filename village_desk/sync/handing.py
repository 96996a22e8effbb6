"""The township's answers to records: taken out of a reply and handed, each once, to the room that owns the records."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble, NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.store.engine import is_disks
from village_desk.store.file import VillageFile
from village_desk.sync import local
from village_desk.sync.answers import RecordAnswer
from village_desk.sync.outcome import FileOutcome, State
from village_desk.sync.records import AnswerReceived


class Owner(Protocol):
    """The action of the room that owns a table: says in one sentence what came of the answer."""

    def __call__(self, session: Session, *, answer: RecordAnswer) -> str:
        """Carry the answer out. Raises NotFound for a record that is not here yet, NotAllowed."""


# None for a table that this version of the desk does not know.
OwnerOf = Callable[[str], Owner | None]


def received_id(answer_id: str) -> str:
    """The id of the row that says that an answer has come: the same on every laptop of the village."""
    return same_id("answer_received", answer_id)


def keep(session: Session, answers: tuple[RecordAnswer, ...], reply_number: int) -> None:
    """Keep the answers of a reply that have not been taken in yet, in the step that notes the reply."""
    known = _known(session, answers)
    for answer in answers:
        if answer.id not in known:
            local.note_waiting(session, local.WaitingAnswer(reply_number, answer))


def _known(session: Session, answers: tuple[RecordAnswer, ...]) -> set[str]:
    ids = {one.id for one in answers}
    return {found for found in session.scalars(select(AnswerReceived.answer_id)) if found in ids} if ids else set()


def hand_over(file: VillageFile, owner_of: OwnerOf) -> list[FileOutcome]:
    """Hand every answer that waits to its room, in the township's order, and tell what came of each.

    Each is a step of its own: what a room refuses is kept as left out, with the reason, and holds nothing else up.
    An answer whose record has not come to this laptop, or whose table is of a newer version, goes on waiting.
    """
    with file.reading() as session:
        waiting = local.waiting_answers(session)
    return [_hand_over(file, owner_of, one) for one in waiting]


def _hand_over(file: VillageFile, owner_of: OwnerOf, waiting: local.WaitingAnswer) -> FileOutcome:
    answer = waiting.answer
    owner = owner_of(answer.table)
    if owner is None:
        return _told(
            answer,
            State.HELD,
            "乡镇有一件答复是给新版本村务通的，本机的版本还办不了，先留着。",
            "请更新本机的程序，再读一次回执。",
        )
    try:
        with file.writing("sync.take_answer") as session:
            if _known(session, (answer,)):
                local.drop_waiting(session, answer)
                return _told(answer, State.NOTHING_NEW, "乡镇的一件答复已经在本村另一台电脑上办过。")
            result = owner(session, answer=answer)
            _take(session, waiting, result=result)
            return _told(answer, State.TAKEN, result)
    except NotFound as missing:
        return _told(
            answer,
            State.HELD,
            f"乡镇有一件答复，它说的记录还不在这台电脑上，先留着。{missing.message}",
            "请先收本村另一台电脑的内容，再读一次回执。",
        )
    except (NotAllowed, FileTrouble) as refusal:
        if isinstance(refusal, FileTrouble) and is_disks(refusal):
            raise
        with file.writing("sync.leave_answer") as session:
            _take(session, waiting, result=f"{refusal.message}{refusal.advice}", left_out=True)
        return _told(answer, State.HELD, f"乡镇的一件答复没有办成：{refusal.message}", refusal.advice)


def _told(answer: RecordAnswer, state: State, message: str, advice: str = "") -> FileOutcome:
    return FileOutcome(f"乡镇答复第{answer.order}件", state, message, advice, is_answer=True)


def _take(session: Session, waiting: local.WaitingAnswer, *, result: str, left_out: bool = False) -> None:
    answer = waiting.answer
    session.add(
        AnswerReceived(
            id=received_id(answer.id),
            answer_id=answer.id,
            order=answer.order,
            of_table=answer.table,
            of_ids=answer.records,
            kind=answer.kind,
            document=answer.document,
            dated_on=answer.day,
            words=answer.words,
            due_on=answer.due,
            unit=answer.unit,
            reply_number=waiting.reply_number,
            left_out=left_out,
            result=result,
        )
    )
    session.flush()
    local.drop_waiting(session, answer)
