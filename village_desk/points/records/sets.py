"""Rule sets, their items, and the class in which a set keeps a subject."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township


class PointRuleSet(Record):
    """A scheme.

    `areas` are rows (name, opening, cap, floor, deduct only), `classes` (name, opening, exempt), `bands` (name, least,
    most, action, classes, follow up), `campaigns` (name, first day, last day, bonus); `carry_to` is the name of the
    set into which the year's end carries.
    """

    __tablename__ = "point_rule_set"

    name: Mapped[str] = township(absent="")
    subject: Mapped[str] = township(absent="household")
    period: Mapped[str] = township(absent="year")
    unit: Mapped[str] = township(absent="points")
    decimals: Mapped[int] = township(absent=0)
    opening: Mapped[int] = township(absent=0)
    cap: Mapped[int | None] = township()
    floor: Mapped[int | None] = township()
    areas: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    classes: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    bands: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    review: Mapped[str] = township(absent="")
    publish_days: Mapped[int] = township(absent=0)
    by_township: Mapped[bool] = township(absent=False)
    year_end: Mapped[str] = township(absent="clear")
    carry_num: Mapped[int] = township(absent=1)
    carry_den: Mapped[int] = township(absent=1)
    carry_cap: Mapped[int | None] = township()
    carry_to: Mapped[str] = township(absent="")
    ranked: Mapped[bool] = township(absent=False)
    masked: Mapped[bool] = township(absent=False)
    fen_per_point: Mapped[int] = township(absent=0)
    opening_days: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    campaigns: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    used_for: Mapped[str] = township(absent="")
    source: Mapped[str] = township(absent="")
    valid_from: Mapped[dt.date | None] = township()
    valid_to: Mapped[dt.date | None] = township()


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
    per: Mapped[str] = township(absent="time")
    unit: Mapped[str] = township(absent="")
    cap: Mapped[int | None] = township()
    floor: Mapped[int | None] = township()
    evidence_needed: Mapped[bool] = township(absent=True)
    applies: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    confirm: Mapped[str] = township(absent="second")
    to_zero: Mapped[bool] = township(absent=False)
    classes: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    valid_from: Mapped[dt.date | None] = township()
    valid_to: Mapped[dt.date | None] = township()


class PointClass(Record):
    """The class in which a set keeps a subject, from a day, by whose decision."""

    __tablename__ = "point_class"

    set_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="")
    name: Mapped[str] = township(absent="")
    since: Mapped[dt.date | None] = township()
    decided: Mapped[str] = township(absent="")
