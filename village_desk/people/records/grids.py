"""Grids: the levels that a place has, the tree of units, and which household belongs to which unit since when."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.store.base import Record, township


class GridLevel(Record):
    """One level of the tree by its own name, from 1 at the top, with the households that one unit may have (0: any)."""

    __tablename__ = "grid_level"

    depth: Mapped[int] = township(absent=0)
    name: Mapped[str] = township(absent="")
    least: Mapped[int] = township(absent=0)
    most: Mapped[int] = township(absent=0)
    preset: Mapped[str] = township(absent="")


class GridUnit(Record):
    """One unit of the tree; `depth` is its level, `special` a unit of its own such as a school or a market (专属网格).

    `organisation_id` is the party group of the unit, `person_id` who answers for it.
    """

    __tablename__ = "grid_unit"

    parent_id: Mapped[str] = township(absent="", index=True)
    depth: Mapped[int] = township(absent=0)
    name: Mapped[str] = township(absent="")
    code: Mapped[str] = township(absent="")
    special: Mapped[bool] = township(absent=False)
    area: Mapped[str] = township(absent="")
    organisation_id: Mapped[str] = township(absent="")
    person_id: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()


class GridHousehold(Record):
    """A household in a unit from a day on; it belongs to no other unit at the same time."""

    __tablename__ = "grid_household"

    household_id: Mapped[str] = township(absent="", index=True)
    grid_id: Mapped[str] = township(absent="", index=True)
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
