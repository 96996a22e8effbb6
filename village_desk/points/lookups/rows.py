"""The frozen rows that pages and paper get of points."""

import datetime as dt
from dataclasses import dataclass

from village_desk.points.rules.entries import Path, Stage
from village_desk.points.rules.sets import Item, Period, RuleSet, SubjectKind


@dataclass(frozen=True)
class ItemRow:
    """One item of a set with the id of its record."""

    id: str
    seen: str
    item: Item


@dataclass(frozen=True)
class RuleSetRow:
    """A set with its items; `rules` is what the rules of points work with."""

    id: str
    seen: str
    name: str
    subject: SubjectKind
    subject_words: str
    period: Period
    rules: RuleSet
    items: tuple[ItemRow, ...]

    def item(self, item_id: str) -> ItemRow | None:
        """The item of that id, None when the set has dropped it."""
        return next((each for each in self.items if each.id == item_id), None)


@dataclass(frozen=True)
class SubjectRow:
    """Who is scored: a household by its head or a person; `household_id` is "" when unknown."""

    id: str
    name: str
    group: str
    number: str
    household_id: str


@dataclass(frozen=True)
class StandingRow:
    """One subject's sum in a period; `waiting` counts applications that are not booked yet."""

    id: str
    name: str
    group: str
    number: str
    points: int
    plus: int
    minus: int
    entries: int
    waiting: int
    opening: int = 0
    carried: int = 0
    subject_class: str = ""
    exempt: bool = False
    band: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class ApplicationRow:
    """One application with what was said of it; `next_act` says who does what next."""

    id: str
    set_id: str
    subject_id: str
    subject: str
    group: str
    item: str
    points: int
    event: str
    happened_on: dt.date
    evidence: str
    applicant: str
    checker: str
    checked_on: dt.date | None
    checked_words: str
    stage: Stage
    stage_words: str
    next_act: str
    entry_id: str
    path: Path | None = None
    happened: tuple[str, ...] = ()
    item_id: str = ""
    applicant_id: str = ""
    checker_ids: tuple[str, ...] = ()
    household_id: str = ""
    objections: "tuple[ObjectionRow, ...]" = ()
    decimals: int = 0
    source: str = "hand"
    files: int = 0
    lacks_evidence: bool = False
    campaign: str = ""
    bonus: int = 0


@dataclass(frozen=True)
class ObjectionRow:
    """One objection and how it ended; `overdue` when it waits longer than it may."""

    id: str
    application_id: str
    raised_on: dt.date
    raised_by: str
    way: str
    words: str
    due_on: dt.date | None
    state: str
    answered_on: dt.date | None
    answered_by: tuple[str, ...]
    answer: str
    overdue: bool
    late: bool


@dataclass(frozen=True)
class EntryRow:
    """One line of a ledger with the sum after it; `reversed_by` is the number of the line that took it back."""

    id: str
    number: str
    booked_on: dt.date
    happened_on: dt.date
    area: str
    text: str
    event: str
    points: int
    balance: int
    why: str
    evidence: str
    applicant: str
    checker: str
    is_reversal: bool
    reverses: str
    reversed_by: str
    late: bool
    kind: str = "score"
    decimals: int = 0


@dataclass(frozen=True)
class AreaSum:
    """What one area gave in a period, its opening points included."""

    name: str
    opening: int
    points: int


@dataclass(frozen=True)
class Card:
    """One subject's ledger of a period and why its sum is what it is."""

    set_id: str
    set_name: str
    village: str
    subject: SubjectRow
    subject_words: str
    period: str
    period_words: str
    opening: int
    entries: tuple[EntryRow, ...]
    areas: tuple[AreaSum, ...]
    balance: int
    why: str
    used_for: str
    waiting: tuple[ApplicationRow, ...]
    decimals: int = 0
    carried: int = 0
    subject_class: str = ""
    band: str = ""
    closed: bool = False
