"""Short words for the tests of meetings: one called, signed in, with a motion, read back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from village_desk.meetings import actions
from village_desk.meetings.lookups import MeetingDetail, one_meeting
from village_desk.store.file import VillageFile

HELD = dt.date(2026, 6, 14)


def do(file: VillageFile, action: Callable[..., Any], **arguments: Any) -> Any:
    with file.writing(f"meetings.{action.__name__}") as session:
        return action(session, **arguments)


def read(file: VillageFile, meeting_id: str) -> MeetingDetail:
    with file.reading() as session:
        return one_meeting(session, meeting_id)


def called(file: VillageFile, body: str = "representatives", **more: Any) -> str:
    facts = {"title": "讨论道路硬化", "held_on": HELD, "called_on": HELD - dt.timedelta(days=12), **more}
    return str(do(file, actions.call_meeting, body=body, **facts))


def with_motion(
    file: VillageFile, present: str = "1-29", body: str = "representatives", **more: Any
) -> tuple[str, str]:
    meeting_id = called(file, body, **more)
    do(file, actions.count_roll, meeting_id=meeting_id)
    do(file, actions.sign_in, meeting_id=meeting_id, serial_numbers=present)
    motion_id = do(
        file, actions.propose_motion, meeting_id=meeting_id, title="硬化三组道路", text="硬化三组道路1200米。"
    )
    return meeting_id, motion_id


def names(file: VillageFile, meeting_id: str, *serials: int) -> list[str]:
    by_serial = {row.serial: row.name for row in read(file, meeting_id).roll}
    return [by_serial[serial] for serial in serials]
