"""What is kept of points: rule sets and their items, applications, checks, and the ledger."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class PointRuleSet(Record):
    """A scheme; `areas` are rows (name, opening, cap, floor)."""

    __tablename__ = "point_rule_set"

    name: Mapped[str] = township(absent="")
    subject: Mapped[str] = township(absent="household")
    period: Mapped[str] = township(absent="year")
    opening: Mapped[int] = township(absent=0)
    cap: Mapped[int | None] = township()
    floor: Mapped[int | None] = township()
    areas: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    used_for: Mapped[str] = township(absent="")
    source: Mapped[str] = township(absent="")
    valid_from: Mapped[dt.date | None] = township()


class PointItem(Record):
    """One line of a scheme."""

    __tablename__ = "point_item"

    set_id: Mapped[str] = township(absent="", index=True)
    place: Mapped[int] = township(absent=0)
    code: Mapped[str] = township(absent="")
    area: Mapped[str] = township(absent="")
    text: Mapped[str] = township(absent="")
    least: Mapped[int] = township(absent=1)
    most: Mapped[int] = township(absent=1)
    often: Mapped[str] = township(absent="event")
    unit: Mapped[str] = township(absent="")
    cap: Mapped[int | None] = township()
    floor: Mapped[int | None] = township()
    evidence_needed: Mapped[bool] = township(absent=True)
    classes: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    valid_from: Mapped[dt.date | None] = township()
    valid_to: Mapped[dt.date | None] = township()


class PointApplication(Record):
    """Points asked for; final once they are booked, refused or withdrawn.

    `event_key` says what makes two applications the same, `attempt` counts how often the same was asked for after a
    refusal or a reversal.
    """

    __tablename__ = "point_application"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"booked", "refused", "withdrawn"}))

    state: Mapped[str] = township(absent="applied")
    set_id: Mapped[str] = township(absent="", index=True)
    item_id: Mapped[str] = township(absent="")
    subject_id: Mapped[str] = township(absent="", index=True)
    points: Mapped[int] = township(absent=0)
    event: Mapped[str] = township(absent="")
    happened_on: Mapped[dt.date | None] = township()
    event_key: Mapped[str] = township(absent="")
    attempt: Mapped[int] = township(absent=0)
    evidence: Mapped[str] = township(absent="")
    applicant_id: Mapped[str] = township(absent="")
    applicant: Mapped[str] = township(absent="")
    operator_id: Mapped[str] = township(absent="")
    applied_on: Mapped[dt.date | None] = township()


class PointCheck(Record):
    """What a second person said of an application."""

    __tablename__ = "point_check"
    __merge__ = Merge.APPEND_ONLY

    application_id: Mapped[str] = township(absent="", index=True)
    verdict: Mapped[str] = township(absent="agreed")
    checker_id: Mapped[str] = township(absent="")
    checker: Mapped[str] = township(absent="")
    way: Mapped[str] = township(absent="paper")
    operator_id: Mapped[str] = township(absent="")
    checked_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")


class PointEntry(Record):
    """One line of the ledger; a reversal is a line of its own that names the line it takes back."""

    __tablename__ = "point_entry"
    __merge__ = Merge.APPEND_ONLY

    set_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="", index=True)
    item_id: Mapped[str] = township(absent="")
    area: Mapped[str] = township(absent="")
    text: Mapped[str] = township(absent="")
    event: Mapped[str] = township(absent="")
    happened_on: Mapped[dt.date | None] = township()
    booked_on: Mapped[dt.date | None] = township()
    points: Mapped[int] = township(absent=0)
    why: Mapped[str] = township(absent="")
    evidence: Mapped[str] = township(absent="")
    application_id: Mapped[str] = township(absent="")
    applicant: Mapped[str] = township(absent="")
    checker: Mapped[str] = township(absent="")
    reverses_id: Mapped[str] = township(absent="", index=True)
    year: Mapped[int] = township(absent=0)
    number: Mapped[int | None] = township()
