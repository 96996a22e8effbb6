"""What has to be done, gathered from the rooms: overdue, today, within a week, later."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from village_desk.kit.text import short_date

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WEEK_DAYS = 7


class When(StrEnum):
    """The piles of the page."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    ANY_TIME = "any_time"


WHEN_WORDS = {
    When.OVERDUE: "已经逾期",
    When.TODAY: "今天到期",
    When.WEEK: "七天以内到期",
    When.LATER: "以后到期",
    When.ANY_TIME: "正在办，没有期限",
}


_SHORT_WORDS = {
    When.OVERDUE: "逾期",
    When.TODAY: "今天",
    When.WEEK: "七天内",
    When.LATER: "以后",
    When.ANY_TIME: "在办",
}


@dataclass(frozen=True)
class Item:
    """One thing to do: a sentence, a remark, its day (None: no day is set), the button and where it leads."""

    id: str
    words: str
    remark: str
    due_on: dt.date | None
    act: str
    place: str
    record_id: str = ""

    def when(self, today: dt.date) -> When:
        """The pile that it lies on."""
        if self.due_on is None:
            return When.ANY_TIME
        if self.due_on == today:
            return When.TODAY
        if self.due_on < today:
            return When.OVERDUE
        return When.WEEK if (self.due_on - today).days <= WEEK_DAYS else When.LATER

    def day_words(self, today: dt.date) -> str:
        """逾期3天, 今天到期, 还有5天（3月17日）; nothing for what has no day."""
        if self.due_on is None:
            return ""
        days = (self.due_on - today).days
        if days < 0:
            return f"逾期{-days}天"
        return "今天到期" if days == 0 else f"还有{days}天（{short_date(self.due_on)}）"


@dataclass(frozen=True)
class Hanging:
    """A sheet on the board: its title, and how long it still has to hang."""

    id: str
    title: str
    words: str


@dataclass(frozen=True)
class Day:
    """Everything the page of today shows."""

    today: dt.date
    items: tuple[Item, ...]
    people: int
    households: int = 0
    hanging: tuple[Hanging, ...] = ()

    def pile(self, when: When) -> tuple[Item, ...]:
        """The items of one pile, the most urgent first."""
        wanted = [item for item in self.items if item.when(self.today) is when]
        return tuple(sorted(wanted, key=lambda item: (item.due_on or self.today, item.words)))

    @property
    def summary(self) -> str:
        """Numbers for the header."""
        told = [f"{words}{len(self.pile(when))}件" for when, words in _SHORT_WORDS.items() if self.pile(when)]
        return "、".join(told) if told else "没有待办"


Source = Callable[["Session", dt.date], Iterable[Item]]
