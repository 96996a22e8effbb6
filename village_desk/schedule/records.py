"""What is kept of the calendar: the village's date rules, what happened, what does not apply, and errands."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township


class DateRule(Record):
    """A date rule of the village's own, or a preset that it switched on (`preset` is then the row's name).

    `days` are ISO dates, `subjects` rows (id, name, since as ISO date or "") of whom the rule asks something.
    """

    __tablename__ = "date_rule"

    preset: Mapped[str] = township(absent="")
    name: Mapped[str] = township(absent="")
    rhythm: Mapped[str] = township(absent="monthly")
    aim: Mapped[str] = township(absent="occasion")
    weekdays: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    day: Mapped[int] = township(absent=0)
    month: Mapped[int] = township(absent=0)
    every: Mapped[int] = township(absent=0)
    counts: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    least: Mapped[int] = township(absent=1)
    unit: Mapped[str] = township(absent="times")
    of: Mapped[str] = township(absent="village")
    who: Mapped[str] = township(absent="")
    legal_ref: Mapped[str] = township(absent="")
    starts_on: Mapped[dt.date | None] = township()
    ends_on: Mapped[dt.date | None] = township()
    days: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    subjects: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class DateRuleWaiver(Record):
    """Why a date rule does not apply in one period, or at all where `period` is empty."""

    __tablename__ = "date_rule_waiver"

    rule_key: Mapped[str] = township(absent="", index=True)
    period: Mapped[str] = township(absent="")
    reason: Mapped[str] = township(absent="")


class ScheduleEntry(Record):
    """Something that happened and counts for every date rule of its kind: a meeting, a visit, an hour of service."""

    __tablename__ = "schedule_entry"

    kind: Mapped[str] = township(absent="", index=True)
    happened_on: Mapped[dt.date | None] = township(index=True)
    minutes: Mapped[int] = township(absent=0)
    actor_id: Mapped[str] = township(absent="")
    actor: Mapped[str] = township(absent="")
    subject_id: Mapped[str] = township(absent="")
    subject: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")
    source_room: Mapped[str] = township(absent="")
    source_id: Mapped[str] = township(absent="")


class Errand(Record):
    """A request that came by phone or message: who asked, for what, by when, and when it was done."""

    __tablename__ = "errand"

    asked_by: Mapped[str] = township(absent="")
    what: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    way: Mapped[str] = township(absent="phone")
    taken_on: Mapped[dt.date | None] = township()
    done_on: Mapped[dt.date | None] = township()
    done_words: Mapped[str] = township(absent="")
