"""The path of an entry: applications, what others say of them, the sheets on the wall, and objections."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class PointApplication(Record):
    """Points asked for; final once they are booked, refused or withdrawn.

    `event_key` says what makes two applications the same, `attempt` counts how often the same was asked for after a
    refusal or a reversal. `quantity` is in tenths of hours or in tenths of heads, 10 for once. `source` and
    `source_id` name what it was made from: hand, sheet, list, attendance, hours, case. `points` hold the `bonus` of the
    `campaign` whose name it bears.
    """

    __tablename__ = "point_application"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"booked", "refused", "withdrawn"}))

    state: Mapped[str] = township(absent="applied", index=True)
    set_id: Mapped[str] = township(absent="", index=True)
    item_id: Mapped[str] = township(absent="")
    subject_id: Mapped[str] = township(absent="", index=True)
    points: Mapped[int] = township(absent=0)
    quantity: Mapped[int] = township(absent=10)
    event: Mapped[str] = township(absent="")
    happened_on: Mapped[dt.date | None] = township()
    event_key: Mapped[str] = township(absent="")
    attempt: Mapped[int] = township(absent=0)
    evidence: Mapped[str] = township(absent="")
    applicant_id: Mapped[str] = township(absent="")
    applicant: Mapped[str] = township(absent="")
    operator_id: Mapped[str] = township(absent="")
    applied_on: Mapped[dt.date | None] = township()
    source: Mapped[str] = township(absent="hand")
    source_id: Mapped[str] = township(absent="")
    campaign: Mapped[str] = township(absent="")
    bonus: Mapped[int] = township(absent=0)


class PointCheck(Record):
    """What somebody else said of an application: the second person, the group (review_id names its meeting), or the
    township (with its document).
    """

    __tablename__ = "point_check"
    __merge__ = Merge.APPEND_ONLY

    application_id: Mapped[str] = township(absent="", index=True)
    stage: Mapped[str] = township(absent="check")
    review_id: Mapped[str] = township(absent="")
    verdict: Mapped[str] = township(absent="agreed")
    checker_id: Mapped[str] = township(absent="")
    checker: Mapped[str] = township(absent="")
    way: Mapped[str] = township(absent="paper")
    operator_id: Mapped[str] = township(absent="")
    checked_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")


class PointReview(Record):
    """One meeting that judged many applications, or one document by which the township confirmed them.

    `body` is group, branch or township; `judges` are rows (person's id, name).
    """

    __tablename__ = "point_review"
    __merge__ = Merge.APPEND_ONLY

    set_id: Mapped[str] = township(absent="", index=True)
    body: Mapped[str] = township(absent="group")
    held_on: Mapped[dt.date | None] = township()
    judges: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    document: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")
    operator_id: Mapped[str] = township(absent="")


class PointPosting(Record):
    """A list of entries on the wall for objections: posted on day 0, until `days` days later."""

    __tablename__ = "point_posting"

    set_id: Mapped[str] = township(absent="", index=True)
    application_ids: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    posted_on: Mapped[dt.date | None] = township()
    days: Mapped[int] = township(absent=0)
    place: Mapped[str] = township(absent="")
    notice_id: Mapped[str] = township(absent="")


class PointObjection(Record):
    """An objection to an entry; it freezes the entry until it is answered.

    `notice_objection_id` is the same objection on the published notice of the list, where there is one.
    """

    __tablename__ = "point_objection"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"upheld", "dismissed", "taken_back"}))

    state: Mapped[str] = township(absent="open")
    set_id: Mapped[str] = township(absent="", index=True)
    application_id: Mapped[str] = township(absent="", index=True)
    raised_on: Mapped[dt.date | None] = township()
    raised_by: Mapped[str] = township(absent="")
    way: Mapped[str] = township(absent="spoken")
    words: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    answered_on: Mapped[dt.date | None] = township()
    answered_by: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    answer: Mapped[str] = township(absent="")
    notice_objection_id: Mapped[str] = township(absent="")
