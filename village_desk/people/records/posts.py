"""Party memberships, organisations, terms of office and the posts in them."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township, village_only


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

    Of a party organisation `form` is a rules.party.Form, and `parent_id` the general branch that it belongs to;
    `founding` is a rules.bodies.Founding, `parents` are the names of those under which it was founded. `preset` names
    the set of bodies with which it was made. It exists until `ended_on`.
    """

    __tablename__ = "organisation"

    kind: Mapped[str] = township(absent="")
    name: Mapped[str] = township(absent="")
    group_name: Mapped[str] = township(absent="")
    form: Mapped[str] = township(absent="")
    parent_id: Mapped[str] = township(absent="", index=True)
    founding: Mapped[str] = township(absent="")
    parents: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    preset: Mapped[str] = township(absent="")
    founded_on: Mapped[dt.date | None] = township()
    ended_on: Mapped[dt.date | None] = township()
    phone: Mapped[str | None] = village_only()


class Term(Record):
    """A term of office of a body: its number and the day on which it began; `due_on` is when it runs out."""

    __tablename__ = "term"

    organisation_id: Mapped[str] = township(absent="", index=True)
    number: Mapped[int] = township(absent=0)
    from_on: Mapped[dt.date | None] = township()
    due_on: Mapped[dt.date | None] = township()


class Post(Record):
    """A post held by a person; `ended_on` is the first day on which it is no longer held.

    `title` is the post's own name where its kind has none (远教邮递员); `task` is what its holder took on, `pledge`
    what he promised by `pledge_due`, and `pledge_result` what came of it.
    """

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
    title: Mapped[str] = township(absent="")
    task: Mapped[str] = township(absent="")
    pledge: Mapped[str] = township(absent="")
    pledge_due: Mapped[dt.date | None] = township()
    pledge_result: Mapped[str] = township(absent="")


class PostKind(Record):
    """A post that the village wants to have, by its own name, and how many are to hold it; `preset` says whence."""

    __tablename__ = "post_kind"

    name: Mapped[str] = township(absent="")
    preset: Mapped[str] = township(absent="")
    least: Mapped[int] = township(absent=1)
    note: Mapped[str] = township(absent="")
