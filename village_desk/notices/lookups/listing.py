"""The list of notices: what is not over yet is worked out, the rest is paged by the database."""

import datetime as dt
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from village_desk.notices.lookups.issuers import issuers
from village_desk.notices.lookups.rows import NoticeRow
from village_desk.notices.lookups.sheets import in_order, notice_rows
from village_desk.notices.records import Damage, DateSlip, Notice, Objection, ObjectionAnswer, Posting, Takedown

_SQL_ORDER: dict[str, tuple[Any, ...]] = {
    "title": (Notice.title,),
    "kind": (Notice.kind, Notice.title),
    "number": (Notice.issuer, Notice.year, Notice.number),
    "dated_on": (Notice.dated_on,),
}


def notices_in_life(session: Session, *, on: dt.date) -> tuple[NoticeRow, ...]:
    """The notices that are not over yet: what is drafted, waits or hangs; what needs somebody first."""
    over = _over(session)
    ids = [identity for identity in session.scalars(_in_use()) if identity not in over]
    return in_order(notice_rows(session, ids, on=on), on)


def notice_ids(session: Session, *, on: dt.date, words: str = "", by: str = "", descending: bool = False) -> list[str]:
    """The ids of a list: what needs somebody first, then what is over, the newest first; or by title, number, kind.

    `words` are looked for in titles and numbers. Only what is not over yet is worked out; a page fetches its rows.
    """
    if by in _SQL_ORDER:
        order = [each.desc() if descending else each for each in _SQL_ORDER[by]]
        found = list(session.scalars(_in_use().order_by(*order, Notice.id)))
    else:
        open_ones = [row.id for row in notices_in_life(session, on=on)]
        seen_ones = set(open_ones)
        newest = _in_use().order_by(Notice.dated_on.desc(), Notice.title, Notice.id)
        rest = [identity for identity in session.scalars(newest) if identity not in seen_ones]
        found = [*open_ones, *rest]
    if not words:
        return found
    wanted = _holding(session, words)
    return [identity for identity in found if identity in wanted]


def _in_use() -> Select[str]:
    return select(Notice.id).where(Notice.retired.is_(False))


def _over(session: Session) -> set[str]:
    """Notices of which every stay on every board has ended and nothing is owed; a date put right is looked at again."""
    posting, damage = Posting.__table__.c, Damage.__table__.c
    taken = set(session.scalars(select(Takedown.posting_id)))
    mends = set(session.scalars(select(Posting.mends_id).where(Posting.mends_id != "")))
    mended = {
        posting_id
        for identity, posting_id in session.execute(select(damage.id, damage.posting_id))
        if identity in mends
    }
    waiting = set(session.scalars(select(DateSlip.notice_id)))
    answered = set(session.scalars(select(ObjectionAnswer.objection_id)))
    waiting |= {one.notice_id for one in session.scalars(select(Objection)) if one.id not in answered}
    ended: set[str] = set()
    for identity, notice_id in session.execute(select(posting.id, posting.notice_id)):
        ended.add(notice_id)
        if identity not in taken and identity not in mended:
            waiting.add(notice_id)
    return ended - waiting


def _holding(session: Session, words: str) -> set[str]:
    marks = {issuer.value: row.mark for issuer, row in issuers(session).items()}
    notice = Notice.__table__.c
    found = set()
    columns = (notice.id, notice.title, notice.issuer, notice.year, notice.number, notice.own_number, notice.mark)
    for identity, title, issuer, year, number, own, mark in session.execute(select(*columns)):
        full = f"{mark or marks.get(issuer, '')}〔{year}〕{number}号" if number else own
        if words in title or words in full:
            found.add(identity)
    return found
