"""What happened to people and when: changes of life, dated standings, living and contract households, outsiders."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.store.base import Record, township, village_only


class PersonEvent(Record):
    """Something that happened to a person on a day, or that lasted until `ended_on`; `kind` is a rules.changes.Change.

    For a time outside the register `ended_on` is the day of the return. `ground` says why somebody is away; it may be
    sensitive, so it stays in the village with the place and the reason.
    """

    __tablename__ = "person_event"

    person_id: Mapped[str] = township(absent="", index=True)
    kind: Mapped[str] = township(absent="")
    happened_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    household_id: Mapped[str] = township(absent="")
    other_id: Mapped[str] = township(absent="")
    ground: Mapped[str | None] = village_only()
    place: Mapped[str | None] = village_only()
    reason: Mapped[str | None] = village_only()


class PersonStanding(Record):
    """One of the counts that a person belongs to from a day on: resident, registered voter, collective member.

    `kind` is a rules.standings.Standing; `ended_on` is the first day without it. None is derived from another.
    """

    __tablename__ = "person_standing"

    person_id: Mapped[str] = township(absent="", index=True)
    kind: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    ground: Mapped[str] = township(absent="")
    ended_why: Mapped[str] = township(absent="")


class SideHousehold(Record):
    """A household that is not the registered one: who lives together, or who contracted land together.

    `area` is hundredths of a mu, `certificate` the number of the contract or of the certificate of the right.
    """

    __tablename__ = "side_household"

    kind: Mapped[str] = township(absent="")
    number: Mapped[str] = township(absent="")
    group_name: Mapped[str] = township(absent="")
    certificate: Mapped[str] = township(absent="")
    area: Mapped[int | None] = township()
    from_on: Mapped[dt.date | None] = township()
    due_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    ended_why: Mapped[str] = township(absent="")
    address: Mapped[str | None] = village_only()


class SideMember(Record):
    """A person in a living or contract household for a time; `shares` are hundredths of a share."""

    __tablename__ = "side_member"

    household_id: Mapped[str] = township(absent="", index=True)
    person_id: Mapped[str] = township(absent="", index=True)
    head: Mapped[bool] = township(absent=False)
    relation: Mapped[str] = township(absent="")
    shares: Mapped[int | None] = township()
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    reason: Mapped[str] = township(absent="")


class OutsidePerson(Record):
    """What somebody from outside does in the village, from which unit and post, for a time.

    The person stands in the register with the state `outside` and counts in none of the village's counts.
    """

    __tablename__ = "outside_person"

    person_id: Mapped[str] = township(absent="", index=True)
    role: Mapped[str] = township(absent="")
    unit: Mapped[str] = township(absent="")
    unit_post: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
