"""Facts about this copy of the file that are never carried: files written, what the township has acknowledged.

They are no records: a restored copy may have older ones, and then more is sent again, which costs nothing.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from village_desk.store.journal.tables import LOCAL, local_fact, set_local_fact
from village_desk.sync.answers import RecordAnswer
from village_desk.sync.keys import device_id
from village_desk.sync.stickfile import Certificate, Gap, Head, Receipt
from village_desk.sync.stickfile.strict import pack, unpack

_NUMBER = "sync.number"
_WRITTEN = "sync.written."
_ANSWER = "sync.answer"
_SIGNED = "sync.signed."
_REPLY = "sync.reply."
_PEER = "sync.peer."
_SHARED = "sync.shared"
_WAITING = "sync.waiting."


class Written(NamedTuple):
    """One bundle of this laptop: how far it reaches by laptop, from where, and the files that it became.

    `files` holds (name, SHA-256).
    """

    number: int
    day: str
    operations: int
    reaches: tuple[tuple[bytes, int], ...]
    begins: tuple[tuple[bytes, int], ...]
    files: tuple[tuple[str, bytes], ...]


class Answer(NamedTuple):
    """The newest reply of the township as this laptop knows it."""

    township: bytes
    number: int
    day: str
    heads: tuple[Head, ...]
    gaps: tuple[Gap, ...]
    receipts: tuple[Receipt, ...]
    certificates: tuple[Certificate, ...]

    def knows(self, device: bytes) -> bool:
        """True when the township has this laptop in use."""
        return any(device_id(one.public_key) == device and not one.ends_before for one in self.certificates)


class SignedHead(NamedTuple):
    """The end of a laptop's chain with that laptop's own signature, to be carried on by others."""

    author: bytes
    head: Head
    signature: bytes


class SentReply(NamedTuple):
    """The newest reply to one village: written anew only when there is something new to say.

    `answers` are the ids of the answers to records that it carries.
    """

    number: int
    says: bytes
    name: str
    content: bytes
    answers: tuple[str, ...] = ()


def take_number(session: Session) -> int:
    """The next number for a bundle; it is used up even if the stick then fails, so no number ever has two contents."""
    known = local_fact(session, _NUMBER)
    number = 1 + (int.from_bytes(known, "big") if known else 0)
    set_local_fact(session, _NUMBER, number.to_bytes(8, "big"))
    return number


def note_written(session: Session, written: Written) -> None:
    """Remember a bundle that stands on a stick."""
    set_local_fact(session, f"{_WRITTEN}{written.number:06d}", pack(_plain(written)))


def all_written(session: Session) -> list[Written]:
    """Every bundle of this laptop, oldest first."""
    rows = session.execute(
        select(LOCAL.c.value).where(LOCAL.c.name.startswith(_WRITTEN, autoescape=True)).order_by(LOCAL.c.name)
    )
    return [_written(row.value) for row in rows]


def _written(packed: bytes) -> Written:
    number, day, operations, reaches, begins, files = unpack(packed)
    return Written(number, day, operations, _pairs(reaches), _pairs(begins), _pairs(files))


def note_answer(session: Session, answer: Answer) -> None:
    """Remember the newest reply."""
    set_local_fact(session, _ANSWER, pack(_plain(answer)))


def answer(session: Session) -> Answer | None:
    """The newest reply, None before the first."""
    packed = local_fact(session, _ANSWER)
    if packed is None:
        return None
    township, number, day, heads, gaps, receipts, certificates = unpack(packed)
    return Answer(
        township,
        number,
        day,
        tuple(Head(*one) for one in heads),
        tuple(Gap(*one) for one in gaps),
        tuple(Receipt(*one) for one in receipts),
        tuple(Certificate(*one) for one in certificates),
    )


class WaitingAnswer(NamedTuple):
    """An answer of the township that a reply brought and no room has taken over yet."""

    reply_number: int
    answer: RecordAnswer


def note_waiting(session: Session, waiting: WaitingAnswer) -> None:
    """Keep an answer until the room that owns its records has taken it over."""
    answer = waiting.answer
    set_local_fact(
        session, f"{_WAITING}{answer.order:012d}.{answer.id}", pack([waiting.reply_number, _plain(answer.wire)])
    )


def drop_waiting(session: Session, answer: RecordAnswer) -> None:
    """The answer has been taken over."""
    session.execute(delete(LOCAL).where(LOCAL.c.name == f"{_WAITING}{answer.order:012d}.{answer.id}"))


def waiting_answers(session: Session) -> list[WaitingAnswer]:
    """The answers that wait for their room, in the township's order."""
    rows = session.execute(
        select(LOCAL.c.value).where(LOCAL.c.name.startswith(_WAITING, autoescape=True)).order_by(LOCAL.c.name)
    )
    found = []
    for row in rows:
        number, (identity, order, table, records, *rest) = unpack(row.value)
        found.append(WaitingAnswer(number, RecordAnswer(identity, order, table, tuple(records), *rest)))
    return found


def note_signed(session: Session, signed: SignedHead) -> None:
    """Keep the furthest signed head of a laptop."""
    known = signed_head(session, signed.head.device)
    if known is None or known.head.seq < signed.head.seq:
        set_local_fact(session, _SIGNED + signed.head.device.hex(), pack(_plain(signed)))


def signed_head(session: Session, device: bytes) -> SignedHead | None:
    """The furthest signed head of a laptop that came here."""
    packed = local_fact(session, _SIGNED + device.hex())
    if packed is None:
        return None
    author, head, signature = unpack(packed)
    return SignedHead(author, Head(*head), signature)


def note_peer(session: Session, device: bytes, heads: tuple[Head, ...]) -> None:
    """Remember how far the journal of another laptop of the village reached."""
    set_local_fact(session, _PEER + device.hex(), pack(_plain(heads)))


def peer_heads(session: Session, device: bytes) -> tuple[Head, ...]:
    """How far another laptop's journal reached when it last wrote to this one."""
    packed = local_fact(session, _PEER + device.hex())
    return tuple(Head(*one) for one in unpack(packed)) if packed is not None else ()


def note_shared(session: Session, written: Written) -> None:
    """Remember the newest bundle for the village's other laptops."""
    set_local_fact(session, _SHARED, pack(_plain(written)))


def shared(session: Session) -> Written | None:
    """The newest bundle for the village's other laptops."""
    packed = local_fact(session, _SHARED)
    return _written(packed) if packed is not None else None


def note_reply(session: Session, village: str, reply: SentReply) -> None:
    """Remember the newest reply to a village."""
    set_local_fact(session, _REPLY + village, pack(_plain(reply)))


def sent_reply(session: Session, village: str) -> SentReply | None:
    """The newest reply to a village."""
    packed = local_fact(session, _REPLY + village)
    if packed is None:
        return None
    number, says, name, content, *answers = unpack(packed)
    return SentReply(number, says, name, content, tuple(answers[0]) if answers else ())


def answers_sent(session: Session, village: str) -> tuple[int, frozenset[str]]:
    """The number of the newest reply to a village, and which answers to records it carries."""
    sent = sent_reply(session, village)
    return (sent.number, frozenset(sent.answers)) if sent is not None else (0, frozenset())


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _pairs(wire: Iterable[Any]) -> tuple[Any, ...]:
    return tuple((first, second) for first, second in wire)
