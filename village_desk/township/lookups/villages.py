"""What the township sees: its villages with their last bundle, the laptops it knows, and what a reply has to say."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.store import journal
from village_desk.store.journal.tables import HELD, OPERATION, head_of
from village_desk.sync import keys
from village_desk.sync.stickfile import Certificate, Gap, Head, Receipt
from village_desk.township.records import Arrival, Enrolment

# A reply names the newest files; older ones are covered by what it acknowledges.
RECEIPTS_IN_A_REPLY = 50


@dataclass(frozen=True)
class LaptopRow:
    """One enrolled laptop."""

    id: str
    number: int
    village_code: str
    village_name: str
    device: bytes
    public_key: bytes
    stick_key: str
    enrolled_on: dt.date | None
    ends_before: int
    replaces: bytes

    @property
    def fingerprint(self) -> str:
        """Its 30 digits."""
        return keys.fingerprint(self.public_key, self.stick_key)

    @property
    def in_use(self) -> bool:
        """False once it was replaced or taken out of use."""
        return self.ends_before == 0


@dataclass(frozen=True)
class VillageRow:
    """One village as the township's list shows it; the counts are changes (operations)."""

    code: str
    name: str
    laptops: int
    last_number: int
    last_on: dt.date | None
    received: int
    held: int
    refused: int
    missing_numbers: tuple[int, ...]
    gaps: tuple[Gap, ...]
    forked: bool
    differs: bool

    @property
    def id(self) -> str:
        """The village's code."""
        return self.code

    @property
    def tone(self) -> str:
        """How the state is coloured."""
        if self.forked or self.differs:
            return "bad"
        if self.gaps or self.refused:
            return "warn"
        return "good" if self.last_number else "plain"

    @property
    def state(self) -> str:
        """The state in words."""
        if self.forked:
            return "同一台电脑有两份不同的记录，请核对"
        if self.differs:
            return "乡镇看到的和村里不一致，请村里重新全部上报"
        if self.gaps:
            return "前面缺内容，等村里补报"
        if self.refused:
            return "最近一份没有收进来"
        return "已收到" if self.last_number else "还没有上报过"


@dataclass(frozen=True)
class ArrivalRow:
    """One stick file in a village's list."""

    id: str
    device: bytes
    number: int
    part: int
    arrived_on: dt.date | None
    written_on: str
    new: int
    known: int
    held: int
    reason: str


@dataclass(frozen=True)
class Rate:
    """How many villages have brought a bundle since a day: a whole-number fraction."""

    brought: int
    villages: int
    late: tuple[str, ...]


def laptops(session: Session, village: str | None = None) -> tuple[LaptopRow, ...]:
    """The enrolled laptops, those out of use included, in the order of their enrolment."""
    statement = select(Enrolment).where(Enrolment.retired.is_(False)).order_by(Enrolment.number, Enrolment.id)
    if village is not None:
        statement = statement.where(Enrolment.village_code == village)
    return tuple(
        LaptopRow(
            row.id,
            row.number,
            row.village_code,
            row.village_name,
            bytes.fromhex(row.device),
            bytes.fromhex(row.public_key),
            row.stick_key,
            row.enrolled_on,
            row.ends_before,
            bytes.fromhex(row.replaces),
        )
        for row in session.scalars(statement)
    )


def villages(session: Session) -> tuple[VillageRow, ...]:
    """Every village with an enrolled laptop, by code."""
    known: dict[str, list[LaptopRow]] = {}
    for laptop in laptops(session):
        known.setdefault(laptop.village_code, []).append(laptop)
    return tuple(_village(session, code, known[code]) for code in sorted(known))


def _village(session: Session, code: str, own: list[LaptopRow]) -> VillageRow:
    found = arrivals(session, code)
    taken = [one for one in found if not one.reason]
    last = taken[0] if taken else None
    devices = devices_of(session, code)
    return VillageRow(
        code,
        own[-1].village_name,
        sum(laptop.in_use for laptop in own),
        last.number if last else 0,
        last.arrived_on if last else None,
        session.scalar(select(func.count()).where(OPERATION.c.village == code)) or 0,
        held_of(session, devices),
        1 if found and found[0].reason else 0,
        missing_numbers(taken),
        gaps(session, devices),
        any(is_forked(session, device) for device in devices),
        bool(taken) and _newest(session, code) == "no",
    )


def _newest(session: Session, code: str) -> str:
    statement = (
        select(Arrival.matches)
        .where(Arrival.village_code == code, Arrival.retired.is_(False), Arrival.matches != "")
        .order_by(Arrival.order.desc())
        .limit(1)
    )
    return session.scalar(statement) or ""


def arrivals(session: Session, village: str) -> tuple[ArrivalRow, ...]:
    """What a village brought, newest first."""
    statement = (
        select(Arrival)
        .where(Arrival.village_code == village, Arrival.retired.is_(False))
        .order_by(Arrival.order.desc(), Arrival.id)
    )
    return tuple(
        ArrivalRow(
            row.id,
            bytes.fromhex(row.device),
            row.number,
            row.part,
            row.arrived_on,
            row.written_on,
            row.new,
            row.known,
            row.held,
            row.reason,
        )
        for row in session.scalars(statement)
    )


def missing_numbers(taken: Iterable[ArrivalRow]) -> tuple[int, ...]:
    """Numbers of bundles that never came while later ones of the same laptop did.

    Their content is in the later ones as a rule: every bundle holds all that had not been acknowledged.
    """
    by_device: dict[bytes, set[int]] = {}
    for one in taken:
        by_device.setdefault(one.device, set()).add(one.number)
    missing = {
        number
        for numbers in by_device.values()
        for number in range(min(numbers), max(numbers))
        if number not in numbers
    }
    return tuple(sorted(missing))


def devices_of(session: Session, village: str) -> tuple[bytes, ...]:
    """Every laptop whose operations the township holds of a village, enrolled or vouched for, and enrolled ones."""
    found = set(session.scalars(select(OPERATION.c.device).where(OPERATION.c.village == village).distinct()))
    found.update(laptop.device for laptop in laptops(session, village))
    return tuple(sorted(found))


def held_of(session: Session, devices: Iterable[bytes]) -> int:
    """How many operations wait for missing ones before them."""
    return session.scalar(select(func.count()).where(HELD.c.device.in_(tuple(devices)))) or 0


def gaps(session: Session, devices: Iterable[bytes]) -> tuple[Gap, ...]:
    """The operations that are missing before those that are held."""
    rows = session.execute(
        select(HELD.c.device, func.min(HELD.c.seq)).where(HELD.c.device.in_(tuple(devices))).group_by(HELD.c.device)
    )
    found = [Gap(device, head_of(session, device).seq + 1, first - 1) for device, first in rows]
    return tuple(sorted(gap for gap in found if gap.first <= gap.last))


def is_forked(session: Session, device: bytes) -> bool:
    """True when two different operations bear the same number: the laptop was restored or copied."""
    return _first_of_fork(session, device) > 0


def _first_of_fork(session: Session, device: bytes) -> int:
    statement = (
        select(OPERATION.c.seq)
        .where(OPERATION.c.device == device)
        .group_by(OPERATION.c.seq)
        .having(func.count() > 1)
        .order_by(OPERATION.c.seq)
        .limit(1)
    )
    return session.scalar(statement) or 0


def branch_ends(session: Session, device: bytes) -> tuple[Head, ...]:
    """Where a laptop's chain ends: once as a rule, several times after a fork."""
    first = _first_of_fork(session, device)
    if not first:
        end = head_of(session, device)
        return (Head(device, end.seq, end.hash),) if end.seq else ()
    rows = session.execute(
        select(OPERATION.c.seq, OPERATION.c.hash, OPERATION.c.header).where(
            OPERATION.c.device == device, OPERATION.c.seq >= first
        )
    ).all()
    followed = {row.header[-32:] for row in rows}
    return tuple(sorted(Head(device, row.seq, row.hash) for row in rows if row.hash not in followed))


def _stated(session: Session, village: str, device: bytes) -> tuple[Head, ...]:
    """How far a laptop's journal reached when it wrote its newest file."""
    heads = session.scalar(
        select(Arrival.heads)
        .where(Arrival.device == device.hex(), Arrival.village_code == village, Arrival.reason == "")
        .order_by(Arrival.order.desc())
        .limit(1)
    )
    return tuple(Head(bytes.fromhex(name), seq, bytes.fromhex(digest)) for name, seq, digest in heads or ())


def acknowledgements(session: Session, village: str) -> tuple[Head, ...]:
    """How far the chains have come here, in words that the laptops understand.

    Besides the end of each chain, or of each of its branches, these are the ends that the newest file of each laptop
    named: a laptop that knows less of another one finds its own among them.
    """
    devices = devices_of(session, village)
    found = {end for device in devices for end in branch_ends(session, device)}
    for device in devices:
        found.update(_stated(session, village, device))
    return tuple(sorted(head for head in found if head.hash in journal.hash_at(session, head.device, head.seq)))


def left_behind(session: Session, village: str) -> dict[bytes, int]:
    """{laptop out of use: number} after which the township holds what no laptop of the village has any more.

    A laptop whose place was taken cannot bring its operations again; what the village's newest file did not name of
    them was lost there with a broken disk or an old copy, and only the township can give it back.
    """
    known: dict[bytes, int] = {}
    own = laptops(session, village)
    newest = [one for laptop in own if laptop.in_use for one in _stated(session, village, laptop.device)]
    if not newest:
        return {}
    for laptop in own:
        if laptop.in_use:
            continue
        ends = branch_ends(session, laptop.device)
        stated = [head for head in newest if head.device == laptop.device]
        if {(end.seq, end.hash) for end in ends} <= {(head.seq, head.hash) for head in stated}:
            continue
        if len(ends) > 1:
            known[laptop.device] = _first_of_fork(session, laptop.device) - 1
        elif ends[0].seq > max((head.seq for head in stated), default=0):
            known[laptop.device] = max((head.seq for head in stated), default=0)
    return known


def seen_reply(session: Session, village: str) -> int:
    """The highest number of a reply that a laptop of the village says it has read."""
    return session.scalar(select(func.max(Arrival.seen_reply)).where(Arrival.village_code == village)) or 0


def receipts(session: Session, village: str) -> tuple[Receipt, ...]:
    """What became of the village's newest files, one line a file."""
    found: dict[tuple[bytes, int, int], Receipt] = {}
    for one in arrivals(session, village):
        found.setdefault((one.device, one.number, one.part), Receipt(one.device, one.number, one.part, one.reason))
    return tuple(sorted(list(found.values())[:RECEIPTS_IN_A_REPLY]))


def certificates(session: Session, village: str) -> tuple[Certificate, ...]:
    """The township's word on the laptops of a village."""
    return tuple(
        Certificate(one.number, one.village_code, one.public_key, one.stick_key, one.village_name, one.ends_before)
        for one in laptops(session, village)
    )


def rate(session: Session, since: dt.date) -> Rate:
    """How many villages brought a bundle on or after a day, and which did not."""
    every = villages(session)
    late = tuple(one.name for one in every if one.last_on is None or one.last_on < since)
    return Rate(len(every) - len(late), len(every), late)
