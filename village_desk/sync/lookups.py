"""What can be asked about the stick: whom we trust, what is still to be sent, and how far each record has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.store import journal
from village_desk.store.journal.tables import OPERATION, local_fact
from village_desk.sync import keys, local
from village_desk.sync.records import TrustedTownship
from village_desk.sync.stickfile import Certificate, Recipient


@dataclass(frozen=True)
class TownshipRow:
    """The township's computer that this village trusts."""

    id: str
    name: str
    code: str
    public_key: bytes
    stick_key: str

    @property
    def device(self) -> bytes:
        """Its name in operations."""
        return keys.device_id(self.public_key)

    @property
    def fingerprint(self) -> str:
        """Its 30 digits."""
        return keys.fingerprint(self.public_key, self.stick_key)

    @property
    def recipient(self) -> Recipient:
        """The township as a reader of files."""
        return Recipient(self.device, self.stick_key)


class Stage(StrEnum):
    """How far a change has come."""

    SAVED = "saved"
    ON_STICK = "on_stick"
    RECEIVED = "received"


STAGE_NAMES = {Stage.SAVED: "已存本机，还没写U盘", Stage.ON_STICK: "等镇里收取", Stage.RECEIVED: "乡镇已收到"}


@dataclass(frozen=True)
class Delivery:
    """How far one record has come: `number` is the bundle that waits, or the reply that acknowledged it."""

    stage: Stage
    number: int

    @property
    def words(self) -> str:
        """The state as it stands in a list."""
        return STAGE_NAMES[self.stage]


@dataclass(frozen=True)
class BundleRow:
    """One bundle that this laptop wrote."""

    number: int
    day: str
    operations: int
    received: bool
    files: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its number as text."""
        return str(self.number)

    @property
    def words(self) -> str:
        """What became of it."""
        return STAGE_NAMES[Stage.RECEIVED if self.received else Stage.ON_STICK]


@dataclass(frozen=True)
class Standing:
    """Where the village stands with its township; the counts are changes (operations)."""

    township: TownshipRow | None
    saved: int
    on_stick: int
    received: int
    last_number: int
    last_day: str
    reply_number: int
    reply_day: str
    enrolled: bool


def trusted_township(session: Session) -> TownshipRow | None:
    """The township whose digits the clerk compared, None before that."""
    row = session.scalars(select(TrustedTownship).where(TrustedTownship.retired.is_(False))).first()
    if row is None:
        return None
    return TownshipRow(row.id, row.name, row.code, bytes.fromhex(row.public_key), row.stick_key)


def acknowledged(session: Session) -> dict[bytes, int]:
    """{laptop: number of its last operation that the trusted township has}.

    An acknowledgement counts only when it names an operation that is in this journal.
    """
    answer, trusted = local.answer(session), trusted_township(session)
    if answer is None or trusted is None or answer.township != trusted.device:
        return {}
    reached: dict[bytes, int] = {}
    for head in answer.heads:
        if head.hash in journal.hash_at(session, head.device, head.seq):
            reached[head.device] = max(head.seq, reached.get(head.device, 0))
    return reached


def other_laptops(session: Session, own: bytes) -> tuple[Certificate, ...]:
    """The village's other laptops in use, on the township's word; `own` is this laptop's public key."""
    answer = local.answer(session)
    if answer is None:
        return ()
    return tuple(one for one in answer.certificates if one.public_key != own and not one.ends_before)


def known_to(session: Session, laptops: Iterable[Certificate]) -> dict[bytes, int]:
    """{laptop: number} up to which every one of these laptops is known to have that laptop's operations."""
    least: dict[bytes, int] | None = None
    for laptop in laptops:
        heads = local.peer_heads(session, keys.device_id(laptop.public_key))
        reached = {one.device: one.seq for one in heads if one.hash in journal.hash_at(session, one.device, one.seq)}
        if least is None:
            least = reached
        else:
            least = {device: min(seq, reached[device]) for device, seq in least.items() if device in reached}
    return least or {}


def bundles(session: Session) -> tuple[BundleRow, ...]:
    """Every bundle of this laptop, newest first."""
    reached = acknowledged(session)
    return tuple(
        BundleRow(
            one.number,
            one.day,
            one.operations,
            all(reached.get(device, 0) >= seq for device, seq in one.reaches),
            tuple(name for name, _ in one.files),
        )
        for one in reversed(local.all_written(session))
    )


def standing(session: Session) -> Standing:
    """The village's stick page in numbers."""
    reached = acknowledged(session)
    written = local.all_written(session)
    covered = _covered(written)
    saved = on_stick = received = 0
    for device, total in _totals(session).items():
        got = _up_to(session, device, reached.get(device, 0))
        sent = max(got, _up_to(session, device, covered.get(device, 0)))
        received, on_stick, saved = received + got, on_stick + sent - got, saved + total - sent
    answer = local.answer(session)
    return Standing(
        trusted_township(session),
        saved,
        on_stick,
        received,
        written[-1].number if written else 0,
        written[-1].day if written else "",
        answer.number if answer is not None else 0,
        answer.day if answer is not None else "",
        # The laptop that wrote here last; a copied file learns its new laptop with its first step.
        answer is not None and answer.knows(local_fact(session, "device") or b""),
    )


def delivery(session: Session, ids: Iterable[str]) -> dict[str, Delivery]:
    """How far records have come, by id; a record counts as received only when its every change is."""
    reached = acknowledged(session)
    written = local.all_written(session)
    answer = local.answer(session)
    found: dict[str, Delivery] = {}
    for identity, operations in journal.operations_of(session, ids).items():
        missing = [one for one in operations if one.seq > reached.get(one.device, 0)]
        if not missing:
            found[identity] = Delivery(Stage.RECEIVED, answer.number if answer is not None else 0)
            continue
        carriers = [_carrier(written, one.device, one.seq) for one in missing]
        waiting = [one for one in carriers if one is not None]
        if len(waiting) < len(carriers):
            found[identity] = Delivery(Stage.SAVED, 0)
        else:
            found[identity] = Delivery(Stage.ON_STICK, max(waiting))
    return found


def _carrier(written: Sequence[local.Written], device: bytes, seq: int) -> int | None:
    """The first bundle that carries an operation."""
    for one in written:
        if dict(one.begins).get(device, 0) < seq <= dict(one.reaches).get(device, 0):
            return one.number
    return None


def _covered(written: Sequence[local.Written]) -> dict[bytes, int]:
    covered: dict[bytes, int] = {}
    for one in written:
        for device, seq in one.reaches:
            covered[device] = max(seq, covered.get(device, 0))
    return covered


def _totals(session: Session) -> dict[bytes, int]:
    rows = session.execute(select(OPERATION.c.device, func.count()).group_by(OPERATION.c.device))
    return {device: count for device, count in rows}


def _up_to(session: Session, device: bytes, seq: int) -> int:
    if seq == 0:
        return 0
    statement = select(func.count()).where(OPERATION.c.device == device, OPERATION.c.seq <= seq)
    return session.scalar(statement) or 0
