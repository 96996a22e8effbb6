"""What is kept of meetings: the call, the frozen roll, who came, the motions, and each count as it was taken."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township, village_only


class Meeting(Record):
    """One meeting of one body; `observers` are (kind, name, post), `remarks` are (name, words).

    `source_room` and `source_id` name the matter of another room for which it was called.
    """

    __tablename__ = "meeting"

    title: Mapped[str] = township(absent="")
    body: Mapped[str] = township(absent="")
    rule_kind: Mapped[str] = township(absent="")
    group_name: Mapped[str] = township(absent="")
    state: Mapped[str] = township(absent="called")
    called_on: Mapped[dt.date | None] = township()
    held_on: Mapped[dt.date | None] = township(index=True)
    place: Mapped[str] = township(absent="")
    chair: Mapped[str] = township(absent="")
    recorder: Mapped[str] = township(absent="")
    special_reason: Mapped[str] = township(absent="")
    observers: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    remarks: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    source_room: Mapped[str] = township(absent="")
    source_id: Mapped[str] = township(absent="", index=True)


class MeetingRoll(Record):
    """The roll as it was counted for a day: (serial, person id, name, right, votes, woman, group, representative).

    `left_out` are (name, reason); reasons tell ages and deaths, so they stay in the village. `question` is a sentence
    for a person where the register cannot give the electorate that the law names. `households` are those of the place;
    with `by_household` each entry stands for one.
    """

    __tablename__ = "meeting_roll"
    __merge__ = Merge.APPEND_ONLY

    meeting_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    counted_for: Mapped[dt.date | None] = township()
    entries: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    by_household: Mapped[bool] = township(absent=False)
    households: Mapped[int] = township(absent=0)
    question: Mapped[str] = township(absent="")
    left_out: Mapped[tuple[Any, ...] | None] = village_only(PackedTuple)


class Attendance(Record):
    """Who is in the room now, by serial numbers of a roll (“1-20 22 25”); `absences` are (serial, reason)."""

    __tablename__ = "meeting_attendance"

    meeting_id: Mapped[str] = township(absent="", index=True)
    roll_id: Mapped[str] = township(absent="")
    present: Mapped[str] = township(absent="")
    households: Mapped[int] = township(absent=0)
    absences: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


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
