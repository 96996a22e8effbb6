"""The rows of a catalogue of what a village must publish: item, basis, body, cycle or trigger, limits, masking."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.rulebook.rules.rows import PostingSort, Standing


class Cycle(StrEnum):
    """How often an item comes round; an item ON_CHANGE or ON_EVENT waits for something to happen."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    ON_CHANGE = "on_change"
    ON_EVENT = "on_event"

    @property
    def words(self) -> str:
        """The cycle as a catalogue names it."""
        return _CYCLE_WORDS[self]

    @property
    def periodic(self) -> bool:
        """True for what comes round by the calendar."""
        return self not in {Cycle.ON_CHANGE, Cycle.ON_EVENT}


_CYCLE_WORDS = {
    Cycle.MONTH: "每月",
    Cycle.QUARTER: "每季度",
    Cycle.HALF_YEAR: "每半年",
    Cycle.YEAR: "每年",
    Cycle.ON_CHANGE: "变动时",
    Cycle.ON_EVENT: "发生时",
}


class Trigger(StrEnum):
    """What happens in another room and makes an item due."""

    NONE = ""
    DECISION = "decision"
    RESULT = "result"
    ASSESSMENT = "assessment"
    STAR_ROUND = "star_round"
    POINTS_CLOSE = "points_close"
    FINANCE_CLOSE = "finance_close"
    MEMBERSHIP = "membership"
    TERM = "term"

    @property
    def words(self) -> str:
        """The event as a list names it."""
        return _TRIGGER_WORDS[self]


_TRIGGER_WORDS = {
    Trigger.NONE: "",
    Trigger.DECISION: "形成决议",
    Trigger.RESULT: "决议实施完",
    Trigger.ASSESSMENT: "考评结束",
    Trigger.STAR_ROUND: "星级评定结束",
    Trigger.POINTS_CLOSE: "积分结账",
    Trigger.FINANCE_CLOSE: "财务结账",
    Trigger.MEMBERSHIP: "发展党员",
    Trigger.TERM: "换届",
}


@dataclass(frozen=True)
class CatalogueItem:
    """One item of a catalogue.

    `column` and `issuer` are words of the notices; `posting` is the kind of posting row that it hangs under.
    `due_day` is a day of the month after a month, quarter or half-year (of its first month), with `due_month` a day
    of the year; 0 takes the village's setting. `within_days` counts from what happened; 0 sets no number. `ask` is a
    limit that nobody could read (按卫健委要求): it stands as it was written. `replaces` names items of an upper
    catalogue that this one takes the place of.
    """

    code: str
    column: str
    heading: str
    name: str
    cycle: Cycle
    legal_ref: str
    law_version: str
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    standing: Standing = Standing.CUSTOM
    trigger: Trigger = Trigger.NONE
    issuer: str = "committee"
    sort: PostingSort = PostingSort.PUBLICATION
    posting: str = "affairs"
    due_day: int = 0
    due_month: int = 0
    within_days: int = 0
    working_days: bool = False
    sensitive: bool = False
    masks: tuple[str, ...] = ()
    mandatory: bool = False
    channel: str = "村务公开栏"
    ask: str = ""
    replaces: tuple[str, ...] = ()
    source_note: str = ""
