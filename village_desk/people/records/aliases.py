"""Two entries for one person: the alias that every lookup resolves, and pairs that were found to be two people."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import PackedTuple, Record, township


class PersonAlias(Record):
    """`person_id` is another entry for the person `kept_id`; nothing that names it is rewritten, retiring undoes it."""

    __tablename__ = "person_alias"

    person_id: Mapped[str] = township(absent="", index=True)
    kept_id: Mapped[str] = township(absent="", index=True)
    merged_on: Mapped[dt.date | None] = township()
    reasons: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    note: Mapped[str] = township(absent="")


class PersonDistinct(Record):
    """Two entries that look like one person and are two: not offered again."""

    __tablename__ = "person_distinct"

    person_id: Mapped[str] = township(absent="", index=True)
    other_id: Mapped[str] = township(absent="", index=True)
    note: Mapped[str] = township(absent="")
