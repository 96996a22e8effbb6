"""Star sets, yearly rounds, what each household got, revocations, uses, and stars that others gave."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class StarSet(Record):
    """A set of stars; `stars` are rows (name, standard)."""

    __tablename__ = "star_set"

    name: Mapped[str] = township(absent="")
    stars: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    scored: Mapped[bool] = township(absent=False)
    wins_from: Mapped[int] = township(absent=80)
    least: Mapped[int] = township(absent=1)
    every_years: Mapped[int] = township(absent=1)
    barred_years: Mapped[int] = township(absent=2)
    running_years: Mapped[int] = township(absent=3)
    publish_days: Mapped[int] = township(absent=5)
    used_for: Mapped[str] = township(absent="")
    source: Mapped[str] = township(absent="")


class StarRound(Record):
    """One round of a set in a year, with the days of its stations; `stars` are those of its opening day.

    `judges` are rows (person's id, name) of the meeting that recognised.
    """

    __tablename__ = "star_round"

    set_id: Mapped[str] = township(absent="", index=True)
    year: Mapped[int] = township(absent=0)
    stars: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    mobilised_on: Mapped[dt.date | None] = township()
    self_on: Mapped[dt.date | None] = township()
    mutual_on: Mapped[dt.date | None] = township()
    recognised_on: Mapped[dt.date | None] = township()
    posted_on: Mapped[dt.date | None] = township()
    awarded_on: Mapped[dt.date | None] = township()
    judges: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    decided_by: Mapped[str] = township(absent="")
    notice_id: Mapped[str] = township(absent="")


class StarEntry(Record):
    """A household in a round: one number a star, by itself, by the neighbours, and as it was recognised."""

    __tablename__ = "star_entry"

    round_id: Mapped[str] = township(absent="", index=True)
    household_id: Mapped[str] = township(absent="", index=True)
    joined: Mapped[bool] = township(absent=True)
    own: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    own_on: Mapped[dt.date | None] = township()
    mutual: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    mutual_on: Mapped[dt.date | None] = township()
    judges: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    final: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    final_why: Mapped[str] = township(absent="")
    plaque: Mapped[str] = township(absent="")


class StarRevocation(Record):
    """Stars taken away from a household, with the reason and the first day on which it may take part again."""

    __tablename__ = "star_revocation"
    __merge__ = Merge.APPEND_ONLY

    household_id: Mapped[str] = township(absent="", index=True)
    round_id: Mapped[str] = township(absent="")
    revoked_on: Mapped[dt.date | None] = township()
    barred_until: Mapped[dt.date | None] = township()
    reason: Mapped[str] = township(absent="")
    decided_by: Mapped[str] = township(absent="")


class StarUse(Record):
    """One time that a rating was shown for something: which, for whom, when. It decides nothing by itself."""

    __tablename__ = "star_use"
    __merge__ = Merge.APPEND_ONLY

    household_id: Mapped[str] = township(absent="", index=True)
    person_id: Mapped[str] = township(absent="")
    used_for: Mapped[str] = township(absent="")
    used_on: Mapped[dt.date | None] = township()


class ReceivedStar(Record):
    """A result that others gave: stars of a secretary or cadre, or the village's place, with document and day.

    `kind` is secretary, cadre or village; `grade` is the yearly appraisal that it rests on.
    """

    __tablename__ = "received_star"

    kind: Mapped[str] = township(absent="secretary")
    person_id: Mapped[str] = township(absent="", index=True)
    title: Mapped[str] = township(absent="")
    stars: Mapped[int] = township(absent=0)
    grade: Mapped[str] = township(absent="")
    merits: Mapped[str] = township(absent="")
    decided_on: Mapped[dt.date | None] = township()
    decided_by: Mapped[str] = township(absent="")
    document: Mapped[str] = township(absent="")
