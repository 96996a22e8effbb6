"""Archive pieces and boxes: filing, numbering, putting into boxes, taking out again."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import attachments_of
from village_desk.archive.records import ArchiveBox, ArchivePiece
from village_desk.archive.rules import (
    box_no,
    category_of,
    check_pages,
    check_retention,
    check_title,
    check_year,
    next_number,
)
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.store.acts import act, edit, retire


def add_box(
    session: Session,
    *,
    year: int,
    category: str,
    retention: str = "",
    number: int = 0,
    title: str = "",
    shelf: str = "",
    note: str = "",
) -> str:
    """Open a box and return its id; without a number it is the next of its year and category.

    Raises NotAllowed for an unknown category, retention or year, and for a number that another box has.
    """
    kind = category_of(category)
    check_year(year)
    taken = {box.number: box for box in _boxes(session, year, category)}
    if number in taken and not taken[number].retired:
        raise NotAllowed(f"{box_no(year, category, number)}号档案盒已经有了。", f"下一个盒号是{next_number(taken)}。")
    chosen = number or next_number(taken)
    box = ArchiveBox(
        year=year,
        category=category,
        number=chosen,
        retention=check_retention(retention or kind.retention),
        title=tidy(title),
        shelf=tidy(shelf),
        note=tidy(note),
    )
    session.add(box)
    session.flush()
    return box.id


def edit_box(session: Session, *, box_id: str, seen: str, title: str = "", shelf: str = "", note: str = "") -> None:
    """Change what stands on a box, where it is kept and the note at the end of its index. Raises NotFound."""
    edit(session, _box(session, box_id), seen=seen, title=tidy(title), shelf=tidy(shelf), note=tidy(note))


def drop_box(session: Session, *, box_id: str) -> None:
    """Take an empty box out of use. Raises NotFound, NotAllowed while pieces lie in it."""
    box = _box(session, box_id)
    inside = session.scalars(
        select(ArchivePiece.id).where(ArchivePiece.box_id == box_id, ArchivePiece.retired.is_(False))
    ).all()
    if inside:
        raise NotAllowed(
            f"{box_no(box.year, box.category, box.number)}号盒里还有{len(inside)}件，不能撤掉。",
            "请先把里面的文件移到别的盒里。",
        )
    retire(session, box)


def file_piece(
    session: Session,
    *,
    title: str,
    category: str,
    year: int = 0,
    retention: str = "",
    document_no: str = "",
    issuer: str = "",
    dated_on: dt.date | None = None,
    pages: int = 0,
    note: str = "",
    of_table: str = "",
    of_id: str = "",
    box_id: str = "",
) -> str:
    """File a piece, give it the next number of its year, category and retention, and return its id.

    Without a year it is that of `dated_on` or of today; without pages those of the evidence files on the record.
    The same record (`of_table`, `of_id`) is filed once: filed again, its piece is brought up to date and keeps its
    number. Raises NotAllowed without a title, for an unknown category or a box of another year or category.
    """
    chosen_year = check_year(year or (dated_on or act(session).today).year)
    kept = check_retention(retention or category_of(category).retention)
    identity = same_id("archive_piece", of_table, of_id) if of_id else ""
    values = {
        "title": check_title(title, "这一件"),
        "document_no": tidy(document_no),
        "issuer": tidy(issuer),
        "dated_on": dated_on,
        "pages": check_pages(pages or _pages_of(session, of_table, of_id)),
        "note": tidy(note),
    }
    piece = session.get(ArchivePiece, identity) if identity else None
    if piece is None:
        piece = ArchivePiece(year=chosen_year, category=category, retention=kept, of_table=of_table, of_id=of_id)
        if identity:
            piece.id = identity
        piece.number = _next_number(session, chosen_year, category, kept)
        session.add(piece)
    piece.retired = False
    for name, value in values.items():
        setattr(piece, name, value)
    session.flush()
    if box_id:
        put_into_box(session, piece_ids=(piece.id,), box_id=box_id)
    return piece.id


def edit_piece(
    session: Session,
    *,
    piece_id: str,
    seen: str,
    title: str,
    document_no: str = "",
    issuer: str = "",
    dated_on: dt.date | None = None,
    pages: int = 1,
    note: str = "",
) -> None:
    """Correct what the index says of a piece; its number stays. Raises NotFound, NotAllowed."""
    edit(
        session,
        _piece(session, piece_id),
        seen=seen,
        title=check_title(title, "这一件"),
        document_no=tidy(document_no),
        issuer=tidy(issuer),
        dated_on=dated_on,
        pages=check_pages(pages),
        note=tidy(note),
    )


def put_into_box(session: Session, *, piece_ids: tuple[str, ...], box_id: str) -> int:
    """Put pieces into a box; returns how many. Raises NotFound, NotAllowed for another year, category or retention."""
    box = _box(session, box_id)
    for piece_id in piece_ids:
        piece = _piece(session, piece_id)
        if (piece.year, piece.category, piece.retention) != (box.year, box.category, box.retention):
            raise NotAllowed(
                f"“{piece.title}”是{piece.year}年{piece.category}类、{piece.retention}的，"
                f"不能放进{box_no(box.year, box.category, box.number)}号（{box.retention}）盒。",
                "同一盒里放同一年度、同一类、同一保管期限的文件。",
            )
        piece.box_id = box_id
    session.flush()
    return len(piece_ids)


def take_out_of_box(session: Session, *, piece_id: str) -> None:
    """Take a piece out of its box; it stays filed. Raises NotFound."""
    _piece(session, piece_id).box_id = ""
    session.flush()


def drop_piece(session: Session, *, piece_id: str) -> None:
    """Take a piece that was filed by mistake out of the index; its number is not used again. Raises NotFound."""
    retire(session, _piece(session, piece_id))


def _pages_of(session: Session, of_table: str, of_id: str) -> int:
    if not of_id:
        return 1
    return sum(one.pages for one in attachments_of(session, of_table=of_table, of_id=of_id)) or 1


def _next_number(session: Session, year: int, category: str, retention: str) -> int:
    taken = session.scalars(
        select(ArchivePiece.number).where(
            ArchivePiece.year == year, ArchivePiece.category == category, ArchivePiece.retention == retention
        )
    )
    return next_number(taken)


def _boxes(session: Session, year: int, category: str) -> Sequence[ArchiveBox]:
    return session.scalars(select(ArchiveBox).where(ArchiveBox.year == year, ArchiveBox.category == category)).all()


def _box(session: Session, box_id: str) -> ArchiveBox:
    found = session.get(ArchiveBox, box_id)
    if found is None or found.retired:
        raise NotFound("找不到这个档案盒。", "它可能还在另一台电脑里，请先导入备份。")
    return found


def _piece(session: Session, piece_id: str) -> ArchivePiece:
    found = session.get(ArchivePiece, piece_id)
    if found is None or found.retired:
        raise NotFound("找不到这一件。", "它可能已经从目录里撤掉，或还在另一台电脑里。")
    return found
