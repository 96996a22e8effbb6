"""What was put to the vote, and each count as it was taken."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class Motion(Record):
    """One thing on the agenda; its text is final once a count carried it, also when that count is put right later.

    With `kind` “report” it is heard and not voted on. `concerned` are (person id, name, role) of those who gain by it
    or do the work. `source_room` and `source_id` name the matter of another room that it comes from: one meeting may
    serve several. `rule_kind` is set where the motion counts otherwise than the meeting does.
    """

    __tablename__ = "motion"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"settled"}))

    meeting_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    title: Mapped[str] = township(absent="")
    text: Mapped[str] = township(absent="")
    version: Mapped[int] = township(absent=1)
    state: Mapped[str] = township(absent="open")
    kind: Mapped[str] = township(absent="vote")
    concerned: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    rule_kind: Mapped[str] = township(absent="")
    source_room: Mapped[str] = township(absent="")
    source_id: Mapped[str] = township(absent="", index=True)


class Recusal(Record):
    """One who left the room, or stayed without a voice, for one motion, because it concerns him or his family."""

    __tablename__ = "recusal"

    motion_id: Mapped[str] = township(absent="", index=True)
    person_id: Mapped[str] = township(absent="")
    name: Mapped[str] = township(absent="")
    reason: Mapped[str] = township(absent="")


class VoteCount(Record):
    """One count as taken, with those who were present for it; a wrong one is reversed and counted anew.

    `reverses_id` names the count that a reversal takes back, `reason` says why. `by_name` are (serial, yes/no/abstain)
    of an open ballot, `parts` (session, yes, no, abstain) of a meeting held in sittings. `written` are the serials of
    those who stayed away and wrote; their votes are in the sums and beside them in the `written_` columns.
    `proxies` are (serial, who came for him) of those among `proxied`.
    `joint` when several bodies raised their hands together, so that nobody knows whose votes they were.
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
    by_name: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    parts: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    written: Mapped[str] = township(absent="")
    written_yes: Mapped[int] = township(absent=0)
    written_no: Mapped[int] = township(absent=0)
    written_abstain: Mapped[int] = township(absent=0)
    recused: Mapped[str] = township(absent="")
    proxied: Mapped[int] = township(absent=0)
    proxies: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    online: Mapped[int] = township(absent=0)
    joint: Mapped[bool] = township(absent=False)
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
