"""The journal's own tables and the questions asked of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, func, select
from sqlalchemy.orm import Session

from village_desk.store.conditions import among
from village_desk.store.operations import NO_HASH, Operation, StoredOperation, read

# A statement's list of values stays below SQLite's limit of variables.
CHUNK = 500

JOURNAL = MetaData()

OPERATION = Table(
    "journal_operation",
    JOURNAL,
    Column("position", Integer, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("table_name", String, nullable=False),
    Column("record", String, nullable=False),
    Column("village", String, nullable=False),
    Column("step", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("township", LargeBinary),
    Column("own", LargeBinary),
    Column("public_no", Integer),
    Column("public_head", LargeBinary),
    Index("journal_operation_hash", "hash", unique=True),
    Index("journal_operation_record", "record"),
    Index("journal_operation_device", "device", "seq"),
    Index("journal_operation_step", "step"),
    Index("journal_operation_lamport", "lamport"),
    Index("journal_operation_public", "device", "public_no"),
)

STEP = Table(
    "journal_step",
    JOURNAL,
    Column("step", LargeBinary, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("first_position", Integer, nullable=False),
    Column("last_position", Integer, nullable=False),
    Column("operations", Integer, nullable=False),
    Column("deed", String, nullable=False),
    Column("day", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("undone_by", LargeBinary),
    Index("journal_step_position", "last_position"),
)

HELD = Table(
    "journal_held",
    JOURNAL,
    Column("hash", LargeBinary, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("township", LargeBinary),
    Column("own", LargeBinary),
)

LOCAL = Table(
    "local_fact",
    JOURNAL,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Head:
    """Where a laptop's chain ends: its last sequence number, that operation's hash, and its public chain."""

    seq: int = 0
    hash: bytes = NO_HASH
    public_no: int = 0
    public_head: bytes = NO_HASH


@dataclass(frozen=True)
class Step:
    """One intention of a clerk: a transaction that can be undone as a whole."""

    id: str
    deed: str
    day: str
    actor: str
    operations: int
    last_position: int
    mine: bool
    undone: bool


def stored(row: Sequence[object]) -> StoredOperation:
    """The carried form of (header, township, own)."""
    header, township, own = row
    assert isinstance(header, bytes)
    return StoredOperation(
        header, township if isinstance(township, bytes) else None, own if isinstance(own, bytes) else None
    )


def head_of(session: Session, device: bytes) -> Head:
    """The end of one laptop's chain; of two branches the one that was taken in last."""
    last = session.execute(
        select(OPERATION.c.seq, OPERATION.c.hash)
        .where(OPERATION.c.device == device)
        .order_by(OPERATION.c.seq.desc(), OPERATION.c.position.desc())
        .limit(1)
    ).first()
    if last is None:
        return Head()
    return Head(last.seq, last.hash, *current_public(session, device))


def current_public(session: Session, device: bytes) -> tuple[int, bytes]:
    """Length and head of the chain of a laptop's public operations."""
    last = session.execute(
        select(OPERATION.c.public_no, OPERATION.c.public_head)
        .where(OPERATION.c.device == device, OPERATION.c.public_no.is_not(None))
        .order_by(OPERATION.c.public_no.desc())
        .limit(1)
    ).first()
    return (last.public_no, last.public_head) if last is not None else (0, NO_HASH)


def heads(session: Session) -> dict[bytes, Head]:
    """Where every known laptop's chain ends."""
    devices = session.scalars(select(OPERATION.c.device).distinct()).all()
    return {device: head_of(session, device) for device in devices}


def hash_at(session: Session, device: bytes, seq: int) -> list[bytes]:
    """The hashes of a laptop's operation number `seq`: one, none, or several after a fork."""
    return list(session.scalars(select(OPERATION.c.hash).where(OPERATION.c.device == device, OPERATION.c.seq == seq)))


def highest_lamport(session: Session) -> int:
    """The largest Lamport counter seen so far."""
    return session.scalar(select(func.max(OPERATION.c.lamport))) or 0


def last_position(session: Session) -> int:
    """The journal's length as this file counts it."""
    return session.scalar(select(func.max(OPERATION.c.position))) or 0


def end_of(session: Session) -> tuple[int, bytes]:
    """Position and hash of the journal's last operation."""
    last = session.execute(
        select(OPERATION.c.position, OPERATION.c.hash).order_by(OPERATION.c.position.desc()).limit(1)
    ).first()
    return (last.position, last.hash) if last is not None else (0, NO_HASH)


def hashes_at(session: Session, positions: Sequence[int]) -> dict[int, bytes]:
    """The operations at some places of the journal as this file counts it."""
    rows = session.execute(select(OPERATION.c.position, OPERATION.c.hash).where(OPERATION.c.position.in_(positions)))
    return {row.position: row.hash for row in rows}


def operations_of(session: Session, records: Iterable[str]) -> dict[str, list[Operation]]:
    """Every operation of the given records, by record id."""
    found: dict[str, list[Operation]] = {}
    statement = select(OPERATION.c.header, OPERATION.c.township, OPERATION.c.own)
    for row in session.execute(statement.where(among(OPERATION.c.record, records))).all():
        operation = read(stored(row))
        found.setdefault(operation.record, []).append(operation)
    return found


def records_by_table(session: Session) -> dict[str, list[str]]:
    """Ids of all records in their order by table, from one walk: no index leads from a table to its operations."""
    found: dict[str, list[str]] = {}
    statement = select(OPERATION.c.table_name, OPERATION.c.record).distinct().order_by(OPERATION.c.record)
    for table, record in session.execute(statement):
        found.setdefault(table, []).append(record)
    return found


def append_operations(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Add rows to the journal; past the per-row work of statements with values, which would take half of the time."""
    names = [column.name for column in OPERATION.columns if column.name != "position"]
    statement = f"INSERT INTO {OPERATION.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    session.connection().exec_driver_sql(statement, list(map(itemgetter(*names), rows)))


def operations_after(session: Session, known: dict[bytes, int]) -> Iterator[StoredOperation]:
    """Every operation whose sequence number is above what is known of its laptop, in chain order by laptop."""
    for device in sorted(session.scalars(select(OPERATION.c.device).distinct()).all()):
        rows = session.execute(
            select(OPERATION.c.header, OPERATION.c.township, OPERATION.c.own)
            .where(OPERATION.c.device == device, OPERATION.c.seq > known.get(device, 0))
            .order_by(OPERATION.c.seq, OPERATION.c.position)
        )
        for row in rows:
            yield stored(row)


def steps(session: Session, devices: Collection[bytes], *, limit: int = 200, after_position: int = 0) -> list[Step]:
    """The newest steps first; those of the given identities are this laptop's own, the others cannot be undone here."""
    rows = session.execute(
        select(STEP).where(STEP.c.last_position > after_position).order_by(STEP.c.last_position.desc()).limit(limit)
    )
    return [
        Step(
            row.step.hex(),
            row.deed,
            row.day,
            row.actor,
            row.operations,
            row.last_position,
            row.device in devices,
            row.undone_by is not None,
        )
        for row in rows
    ]


def local_fact(session: Session, name: str) -> bytes | None:
    """A fact about this copy of the file that is neither journalled nor carried."""
    return session.scalar(select(LOCAL.c.value).where(LOCAL.c.name == name))


def set_local_fact(session: Session, name: str, value: bytes) -> None:
    """Write a fact about this copy of the file."""
    if session.execute(LOCAL.update().where(LOCAL.c.name == name).values(value=value)).rowcount == 0:  # type: ignore[attr-defined]  # Core updates give a cursor result
        session.execute(LOCAL.insert().values(name=name, value=value))
