"""The party's side of the record: the way to membership, flags of members, who is left out of the count and why."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.store.base import Record, township, village_only


class DevelopmentStep(Record):
    """A step on the way to membership before admission; `stage` is a rules.development.Stage.

    `despite` is the clerk's reason for a step that came too early or without what the village asks for.
    """

    __tablename__ = "development_step"

    person_id: Mapped[str] = township(absent="", index=True)
    stage: Mapped[str] = township(absent="")
    stepped_on: Mapped[dt.date | None] = township()
    mentors: Mapped[str] = township(absent="")
    despite: Mapped[str] = township(absent="")
    note: Mapped[str | None] = village_only()


class VolunteerTime(Record):
    """Voluntary work on a day, in minutes; it belongs to the development file of an activist."""

    __tablename__ = "volunteer_time"

    person_id: Mapped[str] = township(absent="", index=True)
    done_on: Mapped[dt.date | None] = township()
    minutes: Mapped[int] = township(absent=0)
    what: Mapped[str] = township(absent="")


class MemberFlag(Record):
    """A circumstance of a member for a time: floating, out of touch, in hardship; it never leaves the village.

    `kind` is a rules.party.Flag; `seen_on` is the day of the last contact, `contact` who keeps it.
    """

    __tablename__ = "member_flag"

    person_id: Mapped[str] = township(absent="", index=True)
    kind: Mapped[str | None] = village_only()
    from_on: Mapped[dt.date | None] = village_only()
    ended_on: Mapped[dt.date | None] = village_only()
    place: Mapped[str | None] = village_only()
    contact: Mapped[str | None] = village_only()
    seen_on: Mapped[dt.date | None] = village_only()
    note: Mapped[str | None] = village_only()


class CountExclusion(Record):
    """A member who is left out of 应到 for a time, with the superior's consent and the meeting that passed it.

    `ground` is a rules.party.Ground; it tells of health and sentences, so it stays in the village.
    """

    __tablename__ = "count_exclusion"

    person_id: Mapped[str] = township(absent="", index=True)
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    consent_by: Mapped[str] = township(absent="")
    consent_on: Mapped[dt.date | None] = township()
    passed_on: Mapped[dt.date | None] = township()
    ground: Mapped[str | None] = village_only()
    note: Mapped[str | None] = village_only()


class PartyRule(Record):
    """What the branch itself or its superior laid down, valid from a day: one row for each such day.

    `floating_out` leaves floating members out of 应到 by the document named in `basis`; `contact_months` is after how
    many months without contact a member is listed; `hours` and `post` are asked for before a step to membership.
    """

    __tablename__ = "party_rule"

    from_on: Mapped[dt.date | None] = township()
    floating_out: Mapped[bool] = township(absent=False)
    contact_months: Mapped[int] = township(absent=6)
    hours: Mapped[int] = township(absent=0)
    post: Mapped[bool] = township(absent=False)
    basis: Mapped[str] = township(absent="")
