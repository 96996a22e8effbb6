"""What is kept of evidence files, archive pieces and boxes."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.store.base import Record, township, village_only


class Attachment(Record):
    """A file that belongs to a record of any room; the content is the blob of that SHA-256.

    Where it shows private papers of a person (`personal`) the title stays in the village as `private_title`.
    """

    __tablename__ = "attachment"

    of_table: Mapped[str] = township(absent="")
    of_id: Mapped[str] = township(absent="", index=True)
    blob: Mapped[str] = township(absent="", index=True)
    kind: Mapped[str] = township(absent="photo")
    form: Mapped[str] = township(absent="jpg")
    title: Mapped[str] = township(absent="")
    private_title: Mapped[str | None] = village_only()
    personal: Mapped[bool] = township(absent=False)
    made_on: Mapped[dt.date | None] = township()
    made_by: Mapped[str] = township(absent="")
    pages: Mapped[int] = township(absent=1)
    size_bytes: Mapped[int] = township(absent=0)


class ArchiveBox(Record):
    """One box on the shelf, named by year, category and number."""

    __tablename__ = "archive_box"

    year: Mapped[int] = township(absent=0)
    category: Mapped[str] = township(absent="")
    number: Mapped[int] = township(absent=0)
    retention: Mapped[str] = township(absent="")
    title: Mapped[str] = township(absent="")
    shelf: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")


class ArchivePiece(Record):
    """One piece (件) of the archive; `number` counts the pieces of a year, category and retention from 1."""

    __tablename__ = "archive_piece"

    year: Mapped[int] = township(absent=0)
    category: Mapped[str] = township(absent="")
    retention: Mapped[str] = township(absent="")
    number: Mapped[int] = township(absent=0)
    box_id: Mapped[str] = township(absent="", index=True)
    title: Mapped[str] = township(absent="")
    document_no: Mapped[str] = township(absent="")
    issuer: Mapped[str] = township(absent="")
    dated_on: Mapped[dt.date | None] = township()
    pages: Mapped[int] = township(absent=1)
    note: Mapped[str] = township(absent="")
    of_table: Mapped[str] = township(absent="")
    of_id: Mapped[str] = township(absent="", index=True)
