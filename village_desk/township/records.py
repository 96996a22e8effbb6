"""What the township keeps of its own: the laptops it has compared, every delivery, and its answers to records."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class Enrolment(Record):
    """A village's laptop whose 30 digits a person at the township has compared.

    `ends_before` above 0 is the first operation for which its own signature no longer counts; `replaces` names the
    laptop for whose operations it may vouch, as 32 hexadecimal digits.
    """

    __tablename__ = "enrolment"

    number: Mapped[int] = township(absent=0)
    village_code: Mapped[str] = township(absent="", index=True)
    village_name: Mapped[str] = township(absent="")
    device: Mapped[str] = township(absent="")
    public_key: Mapped[str] = township(absent="")
    stick_key: Mapped[str] = township(absent="")
    enrolled_on: Mapped[dt.date | None] = township()
    ends_before: Mapped[int] = township(absent=0)
    replaces: Mapped[str] = township(absent="")


class Arrival(Record):
    """One stick file of an enrolled laptop and what came of it; `reason` is empty when it was taken in.

    `seen_reply` is the newest reply that the sender had read; `heads` is how far its journal reached when it wrote
    the file, as (laptop, number, hash) in hexadecimal.
    `matches` says whether the township then saw the same rows as the village: "yes", "no", or "" when not compared.
    """

    __tablename__ = "stick_arrival"
    __merge__ = Merge.APPEND_ONLY

    village_code: Mapped[str] = township(absent="", index=True)
    device: Mapped[str] = township(absent="")
    number: Mapped[int] = township(absent=0)
    part: Mapped[int] = township(absent=1)
    parts: Mapped[int] = township(absent=1)
    arrived_on: Mapped[dt.date | None] = township()
    written_on: Mapped[str] = township(absent="")
    order: Mapped[int] = township(absent=0)
    new: Mapped[int] = township(absent=0)
    known: Mapped[int] = township(absent=0)
    held: Mapped[int] = township(absent=0)
    opaque: Mapped[int] = township(absent=0)
    reason: Mapped[str] = township(absent="")
    seen_reply: Mapped[int] = township(absent=0)
    heads: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    matches: Mapped[str] = township(absent="")


class AnswerGiven(Record):
    """What the township says of records of one village; it goes into every reply until the village has it.

    `order` counts the answers to the village. `kind` is a word of the room that owns `of_table`.
    """

    __tablename__ = "answer_given"

    village_code: Mapped[str] = township(absent="", index=True)
    order: Mapped[int] = township(absent=0)
    of_table: Mapped[str] = township(absent="")
    of_ids: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    kind: Mapped[str] = township(absent="")
    document: Mapped[str] = township(absent="")
    dated_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    unit: Mapped[str] = township(absent="")
    given_on: Mapped[dt.date | None] = township()
    operator_id: Mapped[str] = township(absent="")
