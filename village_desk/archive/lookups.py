"""What is known of evidence files, archive pieces and boxes."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.archive.records import ArchiveBox, ArchivePiece, Attachment
from village_desk.archive.rules import EVIDENCE_WORDS, EvidenceKind, box_no, piece_no
from village_desk.kit.errors import NotFound
from village_desk.kit.text import chinese_date
from village_desk.store.acts import seen


@dataclass(frozen=True)
class AttachmentRow:
    """One evidence file; `seen` is filled where it was read alone, to go back with an edit."""

    id: str
    of_table: str
    of_id: str
    blob: str
    title: str
    kind: EvidenceKind
    kind_words: str
    form: str
    made_on: dt.date | None
    made_by: str
    pages: int
    size_bytes: int
    personal: bool
    seen: str = ""

    @property
    def words(self) -> str:
        """Kind, day, pages and who in one line."""
        parts = [self.kind_words]
        if self.made_on is not None:
            parts.append(chinese_date(self.made_on))
        if self.pages > 1:
            parts.append(f"{self.pages}页")
        if self.made_by:
            parts.append(self.made_by)
        if self.personal:
            parts.append("个人材料，不外传")
        return " · ".join(parts)

    @property
    def file_name(self) -> str:
        """A name under which a copy can be saved on any system."""
        return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", self.title)[:80] + f".{self.form}"


@dataclass(frozen=True)
class PieceRow:
    """One piece of the archive as the index lists it."""

    id: str
    number: int
    piece_no: str
    year: int
    category: str
    retention: str
    document_no: str
    issuer: str
    title: str
    dated_on: dt.date | None
    pages: int
    note: str
    box_id: str
    box_no: str
    of_table: str
    of_id: str
    files: int
    seen: str = ""


@dataclass(frozen=True)
class BoxRow:
    """One box with the number of its pieces and pages; `first` and `last` are the numbers of its pieces, 0 for none."""

    id: str
    box_no: str
    year: int
    category: str
    number: int
    retention: str
    title: str
    shelf: str
    note: str
    pieces: int
    pages: int
    first: int
    last: int
    seen: str = ""


@dataclass(frozen=True)
class BoxDetail:
    """A box with its pieces in the order of their numbers, and what is odd about them in sentences."""

    row: BoxRow
    pieces: tuple[PieceRow, ...]
    findings: tuple[str, ...]


def attachments_of(session: Session, *, of_table: str, of_id: str) -> tuple[AttachmentRow, ...]:
    """The evidence files of one record, by day and title."""
    found = session.scalars(
        select(Attachment).where(
            Attachment.of_id == of_id, Attachment.of_table == of_table, Attachment.retired.is_(False)
        )
    )
    return _in_order(_attachment_row(one) for one in found)


def counts_of(session: Session, *, of_table: str, of_ids: tuple[str, ...]) -> dict[str, int]:
    """How many evidence files each of these records has; records without one are left out."""
    found: dict[str, int] = {}
    for start in range(0, len(of_ids), 500):
        rows = session.execute(
            select(Attachment.of_id, func.count())
            .where(
                Attachment.of_id.in_(of_ids[start : start + 500]),
                Attachment.of_table == of_table,
                Attachment.retired.is_(False),
            )
            .group_by(Attachment.of_id)
        )
        found |= {of_id: count for of_id, count in rows}
    return found


def attachments_by_record(
    session: Session, *, of_table: str, of_ids: tuple[str, ...]
) -> dict[str, tuple[AttachmentRow, ...]]:
    """The evidence files of many records, of each by day and title; records without one are left out."""
    found: dict[str, list[AttachmentRow]] = {}
    for start in range(0, len(of_ids), 500):
        wanted = select(Attachment).where(
            Attachment.of_id.in_(of_ids[start : start + 500]),
            Attachment.of_table == of_table,
            Attachment.retired.is_(False),
        )
        for one in session.scalars(wanted):
            found.setdefault(one.of_id, []).append(_attachment_row(one))
    return {of_id: _in_order(rows) for of_id, rows in found.items()}


def pieces_of(session: Session, *, of_table: str, of_ids: tuple[str, ...]) -> dict[str, PieceRow]:
    """The pieces that were filed from these records; records that are not filed are left out."""
    found: list[ArchivePiece] = []
    for start in range(0, len(of_ids), 500):
        found += session.scalars(
            select(ArchivePiece).where(
                ArchivePiece.of_id.in_(of_ids[start : start + 500]),
                ArchivePiece.of_table == of_table,
                ArchivePiece.retired.is_(False),
            )
        )
    return {row.of_id: row for row in _piece_rows(session, found)}


def one_attachment(session: Session, attachment_id: str) -> AttachmentRow:
    """One evidence file with what the clerk sees of it. Raises NotFound."""
    found = session.get(Attachment, attachment_id)
    if found is None or found.retired:
        raise NotFound("找不到这份材料。", "它可能已经取下，或还在另一台电脑里。")
    return _attachment_row(found, seen(session, Attachment, attachment_id))


def all_attachments(session: Session, *, words: str = "", limit: int = 500) -> tuple[AttachmentRow, ...]:
    """The evidence files whose title holds these words, the newest day first."""
    wanted = select(Attachment).where(Attachment.retired.is_(False))
    if words:
        like = f"%{words}%"
        wanted = wanted.where(Attachment.title.like(like) | Attachment.private_title.like(like))
    found = session.scalars(wanted.order_by(Attachment.made_on.desc(), Attachment.id).limit(limit))
    return tuple(_attachment_row(one) for one in found)


def pieces(session: Session, *, year: int = 0, category: str = "", words: str = "") -> tuple[PieceRow, ...]:
    """The filed pieces, by year (the newest first), category, retention and number."""
    wanted = select(ArchivePiece).where(ArchivePiece.retired.is_(False))
    if year:
        wanted = wanted.where(ArchivePiece.year == year)
    if category:
        wanted = wanted.where(ArchivePiece.category == category)
    if words:
        wanted = wanted.where(ArchivePiece.title.like(f"%{words}%") | ArchivePiece.document_no.like(f"%{words}%"))
    found = session.scalars(
        wanted.order_by(
            ArchivePiece.year.desc(),
            ArchivePiece.category,
            ArchivePiece.retention,
            ArchivePiece.number,
            ArchivePiece.id,
        )
    )
    return _piece_rows(session, list(found))


def one_piece(session: Session, piece_id: str) -> PieceRow:
    """One piece with what the clerk sees of it. Raises NotFound."""
    found = session.get(ArchivePiece, piece_id)
    if found is None or found.retired:
        raise NotFound("找不到这一件。", "它可能已经从目录里撤掉。")
    (row,) = _piece_rows(session, [found], with_seen=True)
    return row


def boxes(session: Session) -> tuple[BoxRow, ...]:
    """Every box: the newest year first, then by category and number."""
    found = session.scalars(
        select(ArchiveBox)
        .where(ArchiveBox.retired.is_(False))
        .order_by(ArchiveBox.year.desc(), ArchiveBox.category, ArchiveBox.number, ArchiveBox.id)
    ).all()
    inside = session.execute(
        select(
            ArchivePiece.box_id,
            func.count(),
            func.sum(ArchivePiece.pages),
            func.min(ArchivePiece.number),
            func.max(ArchivePiece.number),
        )
        .where(ArchivePiece.retired.is_(False), ArchivePiece.box_id != "")
        .group_by(ArchivePiece.box_id)
    )
    sums = {box_id: (count, pages, first, last) for box_id, count, pages, first, last in inside}
    return tuple(_box_row(box, sums.get(box.id, (0, 0, 0, 0))) for box in found)


def one_box(session: Session, box_id: str) -> BoxDetail:
    """A box with its pieces. Raises NotFound."""
    box = session.get(ArchiveBox, box_id)
    if box is None or box.retired:
        raise NotFound("找不到这个档案盒。", "它可能还在另一台电脑里，请先导入备份。")
    found = session.scalars(
        select(ArchivePiece)
        .where(ArchivePiece.box_id == box_id, ArchivePiece.retired.is_(False))
        .order_by(ArchivePiece.number, ArchivePiece.id)
    ).all()
    rows = _piece_rows(session, list(found))
    sums = (len(rows), sum(one.pages for one in rows), rows[0].number if rows else 0, rows[-1].number if rows else 0)
    return BoxDetail(_box_row(box, sums, seen(session, ArchiveBox, box_id)), rows, _findings(rows))


def _findings(rows: tuple[PieceRow, ...]) -> tuple[str, ...]:
    """Two laptops may have given the same number, and a number may be missing between others."""
    numbers = [one.number for one in rows]
    twice = sorted({one for one in numbers if numbers.count(one) > 1})
    return tuple(
        f"第{number}件有{numbers.count(number)}份，是两台电脑各编了一次，请撤掉一份重新归档。" for number in twice
    )


def _in_order(rows: Iterable[AttachmentRow]) -> tuple[AttachmentRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.made_on or dt.date.max, row.title, row.id)))


def _attachment_row(found: Attachment, seen_now: str = "") -> AttachmentRow:
    kind = EvidenceKind(found.kind) if found.kind in set(EvidenceKind) else EvidenceKind.OTHER
    return AttachmentRow(
        found.id,
        found.of_table,
        found.of_id,
        found.blob,
        found.private_title or found.title or "个人材料",
        kind,
        EVIDENCE_WORDS[kind],
        found.form,
        found.made_on,
        found.made_by,
        found.pages,
        found.size_bytes,
        found.personal,
        seen_now,
    )


def _piece_rows(session: Session, found: list[ArchivePiece], *, with_seen: bool = False) -> tuple[PieceRow, ...]:
    files = counts_of(session, of_table="archive_piece", of_ids=tuple(one.id for one in found))
    names = {
        box.id: box_no(box.year, box.category, box.number)
        for box in session.scalars(select(ArchiveBox).where(ArchiveBox.retired.is_(False)))
    }
    return tuple(
        PieceRow(
            one.id,
            one.number,
            piece_no(one.year, one.category, one.retention, one.number),
            one.year,
            one.category,
            one.retention,
            one.document_no,
            one.issuer,
            one.title,
            one.dated_on,
            one.pages,
            one.note,
            one.box_id,
            names.get(one.box_id, ""),
            one.of_table,
            one.of_id,
            files.get(one.id, 0),
            seen(session, ArchivePiece, one.id) if with_seen else "",
        )
        for one in found
    )


def _box_row(box: ArchiveBox, sums: tuple[int, int, int, int], seen_now: str = "") -> BoxRow:
    return BoxRow(
        box.id,
        box_no(box.year, box.category, box.number),
        box.year,
        box.category,
        box.number,
        box.retention,
        box.title,
        box.shelf,
        box.note,
        *sums,
        seen_now,
    )
