"""What a village remembers of its township: whose keys the clerk has compared, and what it said of records."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class TrustedTownship(Record):
    """The township's computer to which this village seals its files; one row, its history is in the journal."""

    __tablename__ = "trusted_township"

    name: Mapped[str] = township(absent="")
    code: Mapped[str] = township(absent="")
    public_key: Mapped[str] = township(absent="")
    stick_key: Mapped[str] = township(absent="")


class AnswerReceived(Record):
    """An answer of the township to records of this village, as a reply brought it; each is taken in once.

    `result` is what the room that owns the records made of it; `left_out` when the room could not carry it out.
    That the township finds this row among the village's says that the answer has come.
    """

    __tablename__ = "answer_received"
    __merge__ = Merge.APPEND_ONLY

    answer_id: Mapped[str] = township(absent="", index=True)
    order: Mapped[int] = township(absent=0)
    of_table: Mapped[str] = township(absent="")
    of_ids: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    kind: Mapped[str] = township(absent="")
    document: Mapped[str] = township(absent="")
    dated_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    unit: Mapped[str] = township(absent="")
    reply_number: Mapped[int] = township(absent=0)
    left_out: Mapped[bool] = township(absent=False)
    result: Mapped[str] = township(absent="")
