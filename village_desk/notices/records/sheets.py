"""What is kept of duties, of sheets, and of all that happened to a sheet: reviews, prints, postings, objections."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class Duty(Record):
    """Something that must hang on the wall by a day; its state is read from the notices that answer it.

    `code` and `period` name the item of the catalogue and its period (2026-Q3) where the catalogue makes it due.
    """

    __tablename__ = "duty"

    item: Mapped[str] = township(absent="")
    kind: Mapped[str] = township(absent="publication")
    about: Mapped[str] = township(absent="")
    source_room: Mapped[str] = township(absent="")
    source_id: Mapped[str] = township(absent="", index=True)
    due_on: Mapped[dt.date | None] = township()
    legal_ref: Mapped[str] = township(absent="")
    not_applicable: Mapped[str] = township(absent="")
    code: Mapped[str] = township(absent="", index=True)
    period: Mapped[str] = township(absent="")


class Notice(Record):
    """One sheet; its wording, number and terms are final once it is published.

    `grounds` are pairs (act, law of that day), `phones` pairs (whose, number), `terms` the rule rows of the planned
    day of posting as packed by lookups. `corrects_id` is the wrong sheet that this one puts right and `correction`
    why. A sheet made elsewhere has `origin` "outside", who made it, the number that it bears, and for finance its
    `figures` (opening, receipts, payments, close) in fen.
    """

    __tablename__ = "notice"
    __merge__ = Merge.FROZEN
    __public__ = True
    __frozen_when__ = ("state", frozenset({"published"}))

    state: Mapped[str] = township(absent="draft")
    kind: Mapped[str] = township(absent="publication")
    item: Mapped[str] = township(absent="")
    column: Mapped[str] = township(absent="village")
    issuer: Mapped[str] = township(absent="committee")
    issuer_name: Mapped[str] = township(absent="")
    title: Mapped[str] = township(absent="")
    body: Mapped[str] = township(absent="")
    grounds: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    duty_id: Mapped[str] = township(absent="", index=True)
    source_room: Mapped[str] = township(absent="")
    source_id: Mapped[str] = township(absent="", index=True)
    review_first: Mapped[bool] = township(absent=False)
    year: Mapped[int | None] = township()
    mark: Mapped[str] = township(absent="")
    number: Mapped[int | None] = township()
    dated_on: Mapped[dt.date | None] = township()
    posting_from: Mapped[dt.date | None] = township()
    posting_until: Mapped[dt.date | None] = township()
    terms: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    phones: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    unmasked_reason: Mapped[str] = township(absent="")
    code: Mapped[str] = township(absent="", index=True)
    period: Mapped[str] = township(absent="")
    corrects_id: Mapped[str] = township(absent="", index=True)
    correction: Mapped[str] = township(absent="")
    origin: Mapped[str] = township(absent="")
    made_by: Mapped[str] = township(absent="")
    own_number: Mapped[str] = township(absent="")
    figures: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class OfNotice(Record):
    """What happened to one notice."""

    __abstract__ = True
    __merge__ = Merge.APPEND_ONLY

    notice_id: Mapped[str] = township(absent="", index=True)


class NoticeSeal(OfNotice):
    """The signed head of the public chain that was printed on a published sheet."""

    __tablename__ = "notice_seal"

    number: Mapped[int] = township(absent=0)
    head: Mapped[bytes] = township(absent=b"")
    signature: Mapped[bytes] = township(absent=b"")
    code: Mapped[str] = township(absent="")
    text: Mapped[str] = township(absent="")


class NoticeReview(OfNotice):
    """What the supervision committee said of one wording; `round` counts the reviews of a sheet from 1."""

    __tablename__ = "notice_review"

    round: Mapped[int] = township(absent=1)
    wording: Mapped[str] = township(absent="")
    opinion: Mapped[str] = township(absent="agreed")
    words: Mapped[str] = township(absent="")
    reviewer_id: Mapped[str] = township(absent="")
    reviewer: Mapped[str] = township(absent="")
    reviewed_on: Mapped[dt.date | None] = township()
    way: Mapped[str] = township(absent="paper")


class ReviewReply(OfNotice):
    """What was answered to an opinion of the supervision committee."""

    __tablename__ = "review_reply"

    review_id: Mapped[str] = township(absent="", index=True)
    replied_on: Mapped[dt.date | None] = township()
    replied_by: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class NoticeApproval(OfNotice):
    """The meeting or the township that settled one wording before it got its number."""

    __tablename__ = "notice_approval"

    body: Mapped[str] = township(absent="")
    approved_on: Mapped[dt.date | None] = township()
    approved_by: Mapped[str] = township(absent="")
    wording: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")
    meeting_id: Mapped[str] = township(absent="")


class NoticeArchiving(OfNotice):
    """The file copy was put away: when, by whom, and in which box; `pdf_hash` is the sheet as it was posted."""

    __tablename__ = "notice_archiving"

    archived_on: Mapped[dt.date | None] = township()
    archived_by: Mapped[str] = township(absent="")
    box: Mapped[str] = township(absent="")
    pdf_hash: Mapped[str] = township(absent="")
    scan_hash: Mapped[str] = township(absent="")


class UnmaskedUse(OfNotice):
    """Private numbers were left uncovered on purpose: on which sheet, how many, why, and who let them stand."""

    __tablename__ = "notice_unmasked"

    used_on: Mapped[dt.date | None] = township()
    used_by: Mapped[str] = township(absent="")
    kinds: Mapped[str] = township(absent="")
    many: Mapped[int] = township(absent=0)
    reason: Mapped[str] = township(absent="")


class PrintedSheet(OfNotice):
    """A PDF that was made of a published sheet: for the wall or for the file, with its SHA-256."""

    __tablename__ = "printed_sheet"

    purpose: Mapped[str] = township(absent="wall")
    pdf_hash: Mapped[str] = township(absent="", index=True)
    pages: Mapped[int] = township(absent=1)
    printed_on: Mapped[dt.date | None] = township()


class Posting(OfNotice):
    """A sheet was put on a board; `terms` are the rule rows of that day, `mends_id` the damage it makes good."""

    __tablename__ = "notice_posting"

    board: Mapped[str] = township(absent="")
    posted_on: Mapped[dt.date | None] = township()
    posted_by: Mapped[str] = township(absent="")
    mends_id: Mapped[str] = township(absent="")
    terms: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class Damage(OfNotice):
    """A posted sheet was found torn, covered, faded or taken away before its day."""

    __tablename__ = "notice_damage"

    posting_id: Mapped[str] = township(absent="", index=True)
    kind: Mapped[str] = township(absent="torn")
    found_on: Mapped[dt.date | None] = township()
    found_by: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class Takedown(OfNotice):
    """A posted sheet was taken down when its period had run out."""

    __tablename__ = "notice_takedown"

    posting_id: Mapped[str] = township(absent="", index=True)
    taken_on: Mapped[dt.date | None] = township()
    taken_by: Mapped[str] = township(absent="")


class DateSlip(OfNotice):
    """The desk's own date of a posting, damage or takedown was typed wrongly; the right one with its reason.

    `replaces` is the id of the earlier slip or of the record itself; `terms` are the rule rows of the right day.
    """

    __tablename__ = "notice_date_slip"

    record_id: Mapped[str] = township(absent="", index=True)
    replaces: Mapped[str] = township(absent="")
    wrong_on: Mapped[dt.date | None] = township()
    right_on: Mapped[dt.date | None] = township()
    reason: Mapped[str] = township(absent="")
    terms: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class Objection(OfNotice):
    """What somebody said against a sheet, written or by word of mouth."""

    __tablename__ = "notice_objection"

    raised_on: Mapped[dt.date | None] = township()
    raised_by: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class ObjectionAnswer(OfNotice):
    """The answer to an objection."""

    __tablename__ = "objection_answer"

    objection_id: Mapped[str] = township(absent="", index=True)
    answered_on: Mapped[dt.date | None] = township()
    answered_by: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class NumberSeries(Record):
    """Which laptop gives the village's official numbers; `holder` is that laptop's id in hexadecimal digits."""

    __tablename__ = "number_series"

    holder: Mapped[str] = township(absent="")
