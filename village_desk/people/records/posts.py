"""Party memberships, organisations, terms of office and the posts in them."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.store.base import Record, township, village_only


class PartyMembership(Record):
    """A party membership in a branch of the village: from `joined_on` on probation, from `full_on` full.

    `extended_to` is the end of an extended probation, `job` what the member does (工作岗位). One who is `visiting`
    keeps the membership elsewhere: he stands on the list and is not counted.
    """

    __tablename__ = "party_membership"

    person_id: Mapped[str] = township(absent="", index=True)
    organisation_id: Mapped[str] = township(absent="")
    probationary: Mapped[bool] = township(absent=False)
    joined_on: Mapped[dt.date | None] = township()
    full_on: Mapped[dt.date | None] = township()
    left_on: Mapped[dt.date | None] = township()
    left_how: Mapped[str] = township(absent="")
    extended_to: Mapped[dt.date | None] = township()
    visiting: Mapped[bool] = township(absent=False)
    job: Mapped[str] = township(absent="")
    file_birth: Mapped[str | None] = village_only()


class Organisation(Record):
    """A body of the village; `kind` is one of rules.bodies.Body.

    Of a party organisation `form` is a rules.party.Form, and `parent_id` the general branch that it belongs to.
    """

    __tablename__ = "organisation"

    kind: Mapped[str] = township(absent="")
    name: Mapped[str] = township(absent="")
    group_name: Mapped[str] = township(absent="")
    form: Mapped[str] = township(absent="")
    parent_id: Mapped[str] = township(absent="", index=True)


class Term(Record):
    """A term of office of a body: its number and the day on which it began; `due_on` is when it runs out."""

    __tablename__ = "term"

    organisation_id: Mapped[str] = township(absent="", index=True)
    number: Mapped[int] = township(absent=0)
    from_on: Mapped[dt.date | None] = township()
    due_on: Mapped[dt.date | None] = township()


class Post(Record):
    """A post held by a person; `ended_on` is the first day on which it is no longer held."""

    __tablename__ = "post"

    organisation_id: Mapped[str] = township(absent="", index=True)
    person_id: Mapped[str] = township(absent="", index=True)
    role: Mapped[str] = township(absent="")
    term_id: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    how: Mapped[str] = township(absent="")
    ended_why: Mapped[str] = township(absent="")
    despite: Mapped[str] = township(absent="")
