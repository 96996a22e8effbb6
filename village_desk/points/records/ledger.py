"""The ledger: its lines, the closing of periods, the lists that went to the wall, and help for who stands low."""

import datetime as dt
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class PointEntry(Record):
    """One line of the ledger; a reversal is a line of its own that names the line it takes back.

    `kind` is score, reversal, opening (taken over from a workbook) or carry. `counted_on` is the day in whose period
    the line counts: the day it happened, or a later one when that period was closed already.
    """

    __tablename__ = "point_entry"
    __merge__ = Merge.APPEND_ONLY
    __table_args__ = (
        Index("ix_point_entry_of_subject", "set_id", "subject_id", "counted_on"),
        Index("ix_point_entry_of_period", "set_id", "counted_on", "subject_id", "kind", "points"),
    )

    kind: Mapped[str] = township(absent="score")
    set_id: Mapped[str] = township(absent="")
    subject_id: Mapped[str] = township(absent="")
    item_id: Mapped[str] = township(absent="")
    area: Mapped[str] = township(absent="")
    text: Mapped[str] = township(absent="")
    event: Mapped[str] = township(absent="")
    happened_on: Mapped[dt.date | None] = township()
    counted_on: Mapped[dt.date | None] = township()
    booked_on: Mapped[dt.date | None] = township()
    points: Mapped[int] = township(absent=0)
    why: Mapped[str] = township(absent="")
    evidence: Mapped[str] = township(absent="")
    application_id: Mapped[str] = township(absent="")
    applicant: Mapped[str] = township(absent="")
    checker: Mapped[str] = township(absent="")
    reverses_id: Mapped[str] = township(absent="", index=True)
    year: Mapped[int] = township(absent=0, index=True)
    number: Mapped[int | None] = township()


class PointClosing(Record):
    """One closing or reopening of a period of a set; the last attempt says how it stands."""

    __tablename__ = "point_closing"
    __merge__ = Merge.APPEND_ONLY

    set_id: Mapped[str] = township(absent="", index=True)
    period: Mapped[str] = township(absent="")
    closed: Mapped[bool] = township(absent=True)
    attempt: Mapped[int] = township(absent=0)
    acted_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")
    operator_id: Mapped[str] = township(absent="")


class PointSheet(Record):
    """A list that was printed for the wall, with the lines that stood on it for the first time."""

    __tablename__ = "point_sheet"
    __merge__ = Merge.APPEND_ONLY

    set_id: Mapped[str] = township(absent="", index=True)
    period: Mapped[str] = township(absent="")
    made_on: Mapped[dt.date | None] = township()
    entry_ids: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class PointFollowUp(Record):
    """Help for a subject whose sum lies in a low band: what is to be done, by whom, and how it ended."""

    __tablename__ = "point_follow_up"

    set_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="")
    period: Mapped[str] = township(absent="")
    band: Mapped[str] = township(absent="")
    action: Mapped[str] = township(absent="")
    points: Mapped[int] = township(absent=0)
    opened_on: Mapped[dt.date | None] = township()
    person_in_charge: Mapped[str] = township(absent="")
    done_on: Mapped[dt.date | None] = township()
    result: Mapped[str] = township(absent="")
