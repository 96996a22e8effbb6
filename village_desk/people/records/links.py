"""Links: who stands by which household, person, unit or body, by which kind of link, and the contacts kept."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township, village_only


class LinkKind(Record):
    """A kind of link with its numbers: 党员联系户, 包联, 结对共建.

    `from_end` and `to_end` are rules.links.End. One link holder has at least `least` and at most `most` on the other
    side (0: any); with `cover` each household needs one, with `own_household` the holder lives in it. Per
    `visit_period` (week, month, quarter, year) a holder owes `visits` contacts, and per `day_period` `days` different
    days on the spot. `text` is the rule as it was laid down, `items` the words for what a contact brought.
    """

    __tablename__ = "link_kind"

    key: Mapped[str] = township(absent="", index=True)
    name: Mapped[str] = township(absent="")
    from_end: Mapped[str] = township(absent="")
    to_end: Mapped[str] = township(absent="")
    members_only: Mapped[bool] = township(absent=False)
    own_household: Mapped[bool] = township(absent=False)
    least: Mapped[int] = township(absent=0)
    most: Mapped[int] = township(absent=0)
    cover: Mapped[bool] = township(absent=False)
    visits: Mapped[int] = township(absent=0)
    visit_period: Mapped[str] = township(absent="")
    days: Mapped[int] = township(absent=0)
    day_period: Mapped[str] = township(absent="")
    items: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    text: Mapped[str] = township(absent="")
    source: Mapped[str] = township(absent="")


class Link(Record):
    """One link from a person or a body to a household, person, unit or body, for a time."""

    __tablename__ = "link"

    kind_id: Mapped[str] = township(absent="", index=True)
    from_id: Mapped[str] = township(absent="", index=True)
    to_id: Mapped[str] = township(absent="", index=True)
    to_name: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    ended_why: Mapped[str] = township(absent="")
    agreement: Mapped[str] = township(absent="")
    phone_shown: Mapped[bool] = township(absent=False)


class LinkContact(Record):
    """One contact of a link holder on a day: a visit to a household, a day on the spot, an activity of two bodies.

    `way` is a rules.links.Way, `item` one of the kind's items; what was found stays in the village.
    """

    __tablename__ = "link_contact"

    kind_id: Mapped[str] = township(absent="", index=True)
    from_id: Mapped[str] = township(absent="", index=True)
    to_id: Mapped[str] = township(absent="", index=True)
    contacted_on: Mapped[dt.date | None] = township()
    way: Mapped[str] = township(absent="")
    item: Mapped[str] = township(absent="")
    what: Mapped[str | None] = village_only()
    settled: Mapped[str | None] = village_only()
