"""The stage of the demo: the village file, its days, and what has been told so far."""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.store.file import VillageFile

VILLAGE = "东河村"
VILLAGE_CODE = "329924103205"
TOWN = "平安镇"
TOWN_CODE = "329924103"
PASSWORD = "village-2026-demo"
FIRST_DAY = -105
# The story needs 105 days behind it and the holidays of its year, which come with the program.
EARLIEST = dt.date(2026, 5, 1)
LATEST = dt.date(2026, 12, 20)
USUAL = dt.date(2026, 9, 30)


def last_day(asked: dt.date | None) -> dt.date:
    """The day on which the story ends: the one asked for, else the computer's own where the shipped rules cover it.

    Raises NotAllowed for an asked day that they do not cover.
    """
    day = asked or dt.date.today()
    if EARLIEST <= day <= LATEST:
        return day
    if asked is not None:
        raise NotAllowed(
            f"示例只能记到{chinese_date(EARLIEST)}至{chinese_date(LATEST)}之间的一天，{chinese_date(asked)}不在里面。",
            "随软件带来的节假日和规则只到那时，请换一个日期。",
        )
    return USUAL


@dataclass
class Story:
    """The open village file, who sits at the desk, and the events still to come."""

    file: VillageFile
    out: Path
    seed: int
    last: dt.date
    clerk: str
    checker: str
    supervisor: str
    told: dict[str, Any] = field(default_factory=dict)
    _events: list[tuple[int, int, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def day(self, offset: int) -> dt.date:
        """The day so many days before (negative) the last one."""
        return self.last + dt.timedelta(days=offset)

    def on(self, offset: int, event: Callable[[], None]) -> None:
        """Let something happen on that day; of one day in the order of telling."""
        self._events.append((offset, len(self._events), event))

    def play(self) -> None:
        """Let everything happen in the order of the days; an event may add later ones."""
        while self._events:
            self._events.sort(key=lambda one: one[:2])
            offset, _, event = self._events.pop(0)
            self.file.confirm_today(self.day(offset))
            event()
        self.file.confirm_today(self.last)

    def writing(self, deed: str, *, by: str = "") -> AbstractContextManager[Session]:
        """One step by an operator, the clerk where none is named."""
        self.file.take_seat(by or self.clerk)
        return self.file.writing(deed)

    def count(self, name: str, many: int = 1) -> None:
        """Count something for the summary."""
        self.told[name] = self.told.get(name, 0) + many
