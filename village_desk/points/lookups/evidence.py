"""By what each booked line of a period stands: words, number in the archive, files with their hashes."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import AttachmentRow, PieceRow, attachments_by_record, boxes, pieces_of
from village_desk.points.lookups.path import chunks, entry_number
from village_desk.points.lookups.rows import SubjectRow
from village_desk.points.lookups.schemes import one_rule_set
from village_desk.points.lookups.subjects import subject, subjects
from village_desk.points.records import PointApplication, PointEntry
from village_desk.points.rules.sets import period_bounds, period_words
from village_desk.store.acts import act

# Of 64 digits; enough to tell the files of a village apart, and short enough to compare by eye.
HASH_DIGITS = 16


@dataclass(frozen=True)
class ProofFile:
    """One file: what it is, how many pages, and the first digits of its SHA-256."""

    title: str
    kind_words: str
    pages: int
    digits: str


@dataclass(frozen=True)
class ProofLine:
    """One booked line and its evidence; `piece_no` and `box_no` are "" for what is not filed in the archive."""

    entry_id: str
    application_id: str
    number: str
    group: str
    subject: str
    happened_on: dt.date
    item: str
    event: str
    points: int
    evidence: str
    piece_no: str
    box_no: str
    files: tuple[ProofFile, ...]
    reversed: bool


@dataclass(frozen=True)
class ProofList:
    """The lines of a period in the order of the box indexes; what is not filed stands behind, by line number."""

    set_id: str
    set_name: str
    village: str
    period: str
    period_words: str
    lines: tuple[ProofLine, ...]
    decimals: int


def proof_list(session: Session, *, set_id: str, period: str) -> ProofList:
    """By what each score of a period stands. Raises NotFound."""
    found = one_rule_set(session, set_id)
    entries = session.scalars(
        select(PointEntry).where(
            PointEntry.set_id == set_id,
            PointEntry.kind == "score",
            PointEntry.counted_on.between(*period_bounds(period)),
        )
    ).all()
    asked = tuple(each.application_id for each in entries if each.application_id)
    files = attachments_by_record(session, of_table=PointApplication.__tablename__, of_ids=asked)
    pieces = pieces_of(session, of_table=PointApplication.__tablename__, of_ids=asked)
    inside = attachments_by_record(
        session, of_table="archive_piece", of_ids=tuple(piece.id for piece in pieces.values())
    )
    known = {who.id: who for who in subjects(session, found.subject)}
    back: set[str] = set()
    for part in chunks([each.id for each in entries]):
        back.update(session.scalars(select(PointEntry.reverses_id).where(PointEntry.reverses_id.in_(part))))
    shelf = {box.id: place for place, box in enumerate(boxes(session))}

    def place(entry: PointEntry) -> tuple[object, ...]:
        piece = pieces.get(entry.application_id)
        last = (entry.number is None, entry.number or 0, entry.id)
        if piece is None:
            return 2, 0, "", "", 0, *last
        if piece.box_id in shelf:
            return 0, shelf[piece.box_id], "", "", piece.number, piece.id, *last
        return 1, piece.year, piece.category, piece.retention, piece.number, *last

    def line(entry: PointEntry) -> ProofLine:
        piece: PieceRow | None = pieces.get(entry.application_id)
        who: SubjectRow | None = known.get(entry.subject_id) or subject(session, found.subject, entry.subject_id)
        mine = (*files.get(entry.application_id, ()), *(inside.get(piece.id, ()) if piece is not None else ()))
        return ProofLine(
            entry.id,
            entry.application_id,
            entry_number(entry),
            who.group if who is not None else "",
            who.name if who is not None else "名册里没有",
            entry.happened_on or dt.date.min,
            entry.text,
            entry.event,
            entry.points,
            entry.evidence,
            piece.piece_no if piece is not None else "",
            piece.box_no if piece is not None else "",
            tuple(_file(each) for each in mine),
            entry.id in back,
        )

    return ProofList(
        set_id,
        found.name,
        act(session).village_name,
        period,
        period_words(period),
        tuple(line(each) for each in sorted(entries, key=place)),
        found.rules.decimals,
    )


def _file(found: AttachmentRow) -> ProofFile:
    return ProofFile(found.title, found.kind_words, found.pages, found.blob[:HASH_DIGITS])
