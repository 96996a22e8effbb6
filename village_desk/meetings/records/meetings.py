"""A meeting as it was called and held, its frozen roll, and who came."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township, village_only


class Meeting(Record):
    """One meeting of one body; `observers` are (kind, name, post), `remarks` are (name, words).

    `occasion` is set where nothing is put to the vote (党课, 主题党日). `moves` are (day before, day after, reason) of
    meetings put off, with ISO days. `code` are the digits by which a filled sheet finds the meeting again. Meetings of
    one evening with one sign-in sheet share `evening_id`. `source_room` and `source_id` name the matter of another room
    for which it was called.
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
    code: Mapped[str] = township(absent="")
    occasion: Mapped[str] = township(absent="")
    agenda_posted_on: Mapped[dt.date | None] = township()
    notice_way: Mapped[str] = township(absent="")
    moves: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    evening_id: Mapped[str] = township(absent="", index=True)
    source_room: Mapped[str] = township(absent="")
    source_id: Mapped[str] = township(absent="", index=True)


class MeetingRoll(Record):
    """The roll as it was counted for a day: (serial, person id, name, right, votes, woman, group, representative).

    `left_out` are (name, reason); reasons tell ages and deaths, so they stay in the village. `question` is a sentence
    for a person where the register cannot give the electorate that the law names. `households` are those of the place;
    with `by_household` each entry stands for one. A long roll goes on in parts, for one operation holds 64 KiB.
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


class MeetingRollPart(Record):
    """A further stretch of a long roll, with the same columns."""

    __tablename__ = "meeting_roll_part"
    __merge__ = Merge.APPEND_ONLY

    meeting_id: Mapped[str] = township(absent="", index=True)
    roll_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    entries: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    left_out: Mapped[tuple[Any, ...] | None] = village_only(PackedTuple)


class Attendance(Record):
    """Who is in the room now, by serial numbers of a roll (“1-20 22 25”); `absences` are (serial, reason).

    Of those present `proxies` are (serial, who came for him) and `online` took part from afar.
    """

    __tablename__ = "meeting_attendance"

    meeting_id: Mapped[str] = township(absent="", index=True)
    roll_id: Mapped[str] = township(absent="")
    present: Mapped[str] = township(absent="")
    households: Mapped[int] = township(absent=0)
    absences: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    proxies: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    online: Mapped[str] = township(absent="")


class SignIn(Record):
    """One entry of the door: who came and who left since the entry before, by serial numbers, and at what time.

    `at` is as it was typed (19:40), empty where nobody looked at the clock. An undone sign-in takes its entry along.
    """

    __tablename__ = "meeting_sign_in"

    meeting_id: Mapped[str] = township(absent="", index=True)
    roll_id: Mapped[str] = township(absent="")
    no: Mapped[int] = township(absent=1)
    held_on: Mapped[dt.date | None] = township()
    at: Mapped[str] = township(absent="")
    arrived: Mapped[str] = township(absent="")
    left: Mapped[str] = township(absent="")


class MeetingSession(Record):
    """One sitting of a meeting that was held in parts, hamlet by hamlet; the parts add up to the meeting."""

    __tablename__ = "meeting_session"

    meeting_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    name: Mapped[str] = township(absent="")
    held_on: Mapped[dt.date | None] = township()
    place: Mapped[str] = township(absent="")
    roll_id: Mapped[str] = township(absent="")
    present: Mapped[str] = township(absent="")


class Evening(Record):
    """One sign-in sheet for several meetings of a day: everybody on the rolls of `roll_ids`, each person once.

    Each meeting keeps its own roll and its own count; `present` holds serial numbers of this sheet.
    """

    __tablename__ = "meeting_evening"

    held_on: Mapped[dt.date | None] = township(index=True)
    code: Mapped[str] = township(absent="")
    title: Mapped[str] = township(absent="")
    roll_ids: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    present: Mapped[str] = township(absent="")
