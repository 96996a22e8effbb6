"""Activities: what was done together, who came and for how long, and turns of a rota."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township


class Activity(Record):
    """Voluntary work, a labour session, a party day, a class, or one turn of a rota (`rota_id` names the rota).

    `state` is planned, held or cancelled; `minutes` is how long it is meant to last; `evidence` says what proves it;
    `organisers` are the ids of the bodies that hold it together. `setting`, `form`, `level` and `brought` are words of
    lists that a village adds to; `agenda` is what was to be done, `report` what the committee reported to the people.
    """

    __tablename__ = "activity"

    kind: Mapped[str] = township(absent="volunteer")
    title: Mapped[str] = township(absent="")
    held_on: Mapped[dt.date | None] = township()
    place: Mapped[str] = township(absent="")
    leader: Mapped[str] = township(absent="")
    minutes: Mapped[int] = township(absent=0)
    state: Mapped[str] = township(absent="planned")
    why_not: Mapped[str] = township(absent="")
    evidence: Mapped[str] = township(absent="")
    rota_id: Mapped[str] = township(absent="", index=True)
    note: Mapped[str] = township(absent="")
    organisers: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    setting: Mapped[str] = township(absent="")
    form: Mapped[str] = township(absent="")
    level: Mapped[str] = township(absent="")
    brought: Mapped[str] = township(absent="")
    topic: Mapped[str] = township(absent="")
    agenda: Mapped[str] = township(absent="")
    report: Mapped[str] = township(absent="")


class ActivityAttendance(Record):
    """A person of an activity: expected, and whether he or she came and for how many minutes.

    `time_id` is the entry of voluntary work that it made in the person's own record, "" for none.
    """

    __tablename__ = "activity_attendance"

    activity_id: Mapped[str] = township(absent="", index=True)
    person_id: Mapped[str] = township(absent="", index=True)
    came: Mapped[bool] = township(absent=False)
    minutes: Mapped[int] = township(absent=0)
    time_id: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")


class ActivityWord(Record):
    """A word that the village added to one of the lists by which activities are described."""

    __tablename__ = "activity_word"

    kind: Mapped[str] = township(absent="form")
    words: Mapped[str] = township(absent="")
