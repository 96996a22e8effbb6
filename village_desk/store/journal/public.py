"""The chain of a laptop's public operations: its links are printed on the wall, so each branch has its own."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.store.journal.tables import OPERATION
from village_desk.store.operations import NO_HASH

PublicEnd = tuple[int, bytes]
_START: PublicEnd = (0, NO_HASH)
_PREV = 32


def next_public_head(previous: bytes, operation: bytes) -> bytes:
    """One more link of the chain that is printed on the wall."""
    return hashlib.sha256(b"VDpub1\0" + previous + operation).digest()


def public_end_at(session: Session, device: bytes, name: bytes) -> PublicEnd:
    """Length and head of a laptop's public chain as it stood after one of its operations, along that one's branch."""
    if name == NO_HASH:
        return _START
    if _is_forked(session, device):
        return _followed(session, name)
    seq = select(OPERATION.c.seq).where(OPERATION.c.hash == name).scalar_subquery()
    last = session.execute(
        select(OPERATION.c.public_no, OPERATION.c.public_head)
        .where(OPERATION.c.device == device, OPERATION.c.public_no.is_not(None), OPERATION.c.seq <= seq)
        .order_by(OPERATION.c.public_no.desc())
        .limit(1)
    ).first()
    return (last.public_no, last.public_head) if last is not None else _START


def _is_forked(session: Session, device: bytes) -> bool:
    twice = (
        select(OPERATION.c.seq).where(OPERATION.c.device == device).group_by(OPERATION.c.seq).having(func.count() > 1)
    )
    return session.scalar(twice.limit(1)) is not None


def _followed(session: Session, name: bytes) -> PublicEnd:
    """Back along the branch, operation by operation, to its last public one."""
    while name != NO_HASH:
        row = session.execute(
            select(OPERATION.c.header, OPERATION.c.public_no, OPERATION.c.public_head).where(OPERATION.c.hash == name)
        ).one()
        if row.public_no is not None:
            return (row.public_no, row.public_head)
        name = row.header[-_PREV:]
    return _START
