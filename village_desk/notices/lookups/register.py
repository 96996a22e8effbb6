"""Registers that write themselves: boards, uses of seals, what was posted, what was left uncovered."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.notices.lookups.sheets import notice_rows, one_notice
from village_desk.notices.records import Notice, NoticeBoard, SealUse, UnmaskedUse
from village_desk.store.acts import act


@dataclass(frozen=True)
class BoardPlace:
    """A board of the village."""

    id: str
    name: str
    place: str
    size: str
    keeper: str


@dataclass(frozen=True)
class SealRow:
    """One use of a seal."""

    id: str
    used_on: dt.date
    seal: str
    purpose: str
    many: int
    signed_by: str
    approved_by: str
    handled_by: str


@dataclass(frozen=True)
class UnmaskedRow:
    """One time that private numbers were left uncovered on purpose."""

    id: str
    title: str
    used_on: dt.date | None
    kinds: str
    many: int
    reason: str


@dataclass(frozen=True)
class PostedRow:
    """One line of the register of what was posted (公开登记)."""

    number: str
    title: str
    posted_on: dt.date | None
    last_day: dt.date | None
    boards: str
    posted_by: str
    taken_on: dt.date | None
    review: str
    objections: str


def boards_of(session: Session) -> tuple[BoardPlace, ...]:
    """The village's boards by name."""
    found = session.scalars(
        select(NoticeBoard).where(NoticeBoard.retired.is_(False), NoticeBoard.village == act(session).village)
    )
    rows = [BoardPlace(one.id, one.name, one.place, one.size, one.keeper) for one in found]
    return tuple(sorted(rows, key=lambda row: row.name))


def seal_register(session: Session, *, year: int = 0) -> tuple[SealRow, ...]:
    """The uses of seals of a year (all without one), the earliest first."""
    found = session.scalars(select(SealUse).where(SealUse.retired.is_(False)))
    rows = [
        SealRow(
            one.id,
            one.used_on or dt.date.min,
            one.seal,
            one.purpose,
            one.many,
            one.signed_by,
            one.approved_by,
            one.handled_by,
        )
        for one in found
        if not year or (one.used_on is not None and one.used_on.year == year)
    ]
    return tuple(sorted(rows, key=lambda row: (row.used_on, row.id)))


def unmasked_uses(session: Session) -> tuple[UnmaskedRow, ...]:
    """What was left uncovered on purpose, the newest first."""
    found = session.execute(
        select(UnmaskedUse, Notice.title).join(Notice, Notice.id == UnmaskedUse.notice_id, isouter=True)
    )
    rows = [UnmaskedRow(one.id, title or "", one.used_on, one.kinds, one.many, one.reason) for one, title in found]
    return tuple(sorted(rows, key=lambda row: (row.used_on or dt.date.min, row.id), reverse=True))


def posted_register(session: Session, *, year: int, on: dt.date) -> tuple[PostedRow, ...]:
    """Everything that was posted in a year, one line a sheet, the earliest first."""
    final = select(Notice.id, Notice.posting_until).where(Notice.retired.is_(False), Notice.state == "published")
    printed = {identity: until for identity, until in session.execute(final)}
    rows = []
    for row in notice_rows(session, list(printed), on=on):
        if row.posted_on is None or row.posted_on.year != year:
            continue
        detail = one_notice(session, row.id, on=on)
        off = [board.off_on for board in detail.boards]
        rows.append(
            PostedRow(
                row.number,
                row.title,
                row.posted_on,
                row.last_day or printed[row.id],
                "、".join(board.board for board in detail.boards),
                "、".join(dict.fromkeys(board.posted_by for board in detail.boards if board.posted_by)),
                max((day for day in off if day is not None), default=None) if all(off) else None,
                detail.reviews[-1].opinion_words if detail.reviews else "",
                "；".join(f"{each.words}（{each.answer or '未答复'}）" for each in detail.objections),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.posted_on or dt.date.min, row.number)))
