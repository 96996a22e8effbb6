"""What villagers ask to know, and the year's priorities that the village promised on the wall."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township


class Inquiry(Record):
    """A villager's inquiry or a joint demand to publish, and its answer; `people` of `base` asked together."""

    __tablename__ = "inquiry"

    kind: Mapped[str] = township(absent="inquiry")
    raised_on: Mapped[dt.date | None] = township()
    raised_by: Mapped[str] = township(absent="")
    people: Mapped[int] = township(absent=1)
    base: Mapped[int] = township(absent=0)
    words: Mapped[str] = township(absent="")
    notice_id: Mapped[str] = township(absent="", index=True)
    answer_days: Mapped[int] = township(absent=0)
    answered_on: Mapped[dt.date | None] = township()
    answered_by: Mapped[str] = township(absent="")
    answer: Mapped[str] = township(absent="")


class YearPriority(Record):
    """One of the year's priorities or promised works: what, who, by when, money, and how far it is."""

    __tablename__ = "year_priority"

    year: Mapped[int] = township(absent=0, index=True)
    place: Mapped[int] = township(absent=0)
    what: Mapped[str] = township(absent="")
    who: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    amount_fen: Mapped[int | None] = township()
    money_source: Mapped[str] = township(absent="")
    state: Mapped[str] = township(absent="to_do")
    done_on: Mapped[dt.date | None] = township()
    progress: Mapped[str] = township(absent="")
    steps: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
