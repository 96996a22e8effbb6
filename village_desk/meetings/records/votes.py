"""What was put to the vote, and each count as it was taken."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, Record, township


class Motion(Record):
    """One thing put to the vote; its text is final once a count carried it, also when that count is put right later."""

    __tablename__ = "motion"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"settled"}))

    meeting_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    title: Mapped[str] = township(absent="")
    text: Mapped[str] = township(absent="")
    version: Mapped[int] = township(absent=1)
    state: Mapped[str] = township(absent="open")


class VoteCount(Record):
    """One count as taken, with those who were present for it; a wrong one is reversed and counted anew.

    `reverses_id` names the count that a reversal takes back, `reason` says why.
    """

    __tablename__ = "vote_count"
    __merge__ = Merge.APPEND_ONLY

    motion_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    text_version: Mapped[int] = township(absent=1)
    roll_id: Mapped[str] = township(absent="")
    present: Mapped[str] = township(absent="")
    households: Mapped[int] = township(absent=0)
    way: Mapped[str] = township(absent="show_of_hands")
    yes: Mapped[int] = township(absent=0)
    no_votes: Mapped[int] = township(absent=0)
    abstain: Mapped[int] = township(absent=0)
    issued: Mapped[int | None] = township()
    returned: Mapped[int | None] = township()
    spoiled: Mapped[int] = township(absent=0)
    kept: Mapped[int] = township(absent=0)
    tellers: Mapped[str] = township(absent="")
    monitors: Mapped[str] = township(absent="")
    counted_by: Mapped[str] = township(absent="")
    reverses_id: Mapped[str] = township(absent="")
    reason: Mapped[str] = township(absent="")


class CountCheck(Record):
    """A second operator counted the ballots of a secret vote and came to the same numbers."""

    __tablename__ = "count_check"
    __merge__ = Merge.APPEND_ONLY

    count_id: Mapped[str] = township(absent="", index=True)
    checked_by: Mapped[str] = township(absent="")
    checked_on: Mapped[dt.date | None] = township()
