"""Where a date rule stands in a period: done, short by how many, and who or what is missing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from village_desk.rulebook.rules import Aim, CountUnit, Rhythm
from village_desk.schedule.rules.rhythm import UNIT_WORDS, Period, Rule, Subject

_MINUTES = 60


@dataclass(frozen=True)
class Entry:
    """Something that happened: its kind, its day, how long, by whom and to whom it was done."""

    id: str
    kind: str
    day: dt.date
    minutes: int = 0
    actor_id: str = ""
    subject_id: str = ""
    words: str = ""


@dataclass(frozen=True)
class Share:
    """What one person or unit has of what is asked; `short` is 0 when it is enough."""

    subject: Subject
    have: int
    least: int
    unit: CountUnit

    @property
    def short(self) -> int:
        """How much is missing, in the unit (hours: begun hours)."""
        if self.unit is CountUnit.HOURS:
            return max(0, -((self.have - self.least * _MINUTES) // _MINUTES))
        return max(0, self.least - self.have)

    @property
    def words(self) -> str:
        """张三：1次，还差1次."""
        unit = UNIT_WORDS[self.unit]
        if self.unit is CountUnit.HOURS:
            have = f"{self.have // _MINUTES}.{self.have % _MINUTES * 10 // _MINUTES}" if self.have % _MINUTES else ""
            have = have or str(self.have // _MINUTES)
            lacking = self.least * _MINUTES - self.have
            left = f"{lacking // _MINUTES}.{lacking % _MINUTES * 10 // _MINUTES}" if lacking % _MINUTES else ""
            left = left or str(lacking // _MINUTES)
        else:
            have, left = str(self.have), str(self.short)
        return f"{self.subject.name}：{have}{unit}" + (f"，还差{left}{unit}" if self.short else "，已达标")


@dataclass(frozen=True)
class Standing:
    """One turn of a rule on a day: what answers it, and what is missing."""

    rule: Rule
    period: Period
    entries: tuple[Entry, ...]
    shares: tuple[Share, ...] = ()
    missing: tuple[Subject, ...] = ()
    asked: int = 0

    @property
    def done(self) -> bool:
        """True when nothing is missing."""
        if self.rule.aim is Aim.COVERAGE:
            return not self.missing
        if self.rule.aim is Aim.QUOTA:
            return not any(share.short for share in self.shares)
        return bool(self.entries)

    @property
    def per_mille(self) -> int:
        """How many of a thousand were reached (coverage), rounded; 1000 where nobody is asked."""
        return (2000 * (self.asked - len(self.missing)) + self.asked) // (2 * self.asked) if self.asked else 1000

    def overdue(self, on: dt.date) -> bool:
        """True when it is not done although its day is over."""
        return not self.done and on > self.period.due_on

    @property
    def words(self) -> str:
        """What is missing, in one sentence."""
        when = self.period.words
        if self.rule.aim is Aim.COVERAGE:
            done = self.asked - len(self.missing)
            rate = f"{self.per_mille // 10}.{self.per_mille % 10}%"
            left = f"，还有{len(self.missing)}个没有走到" if self.missing else "，已经走遍"
            return f"{when}“{self.rule.name}”应走{self.asked}个，走了{done}个（{rate}）{left}。"
        if self.rule.aim is Aim.QUOTA:
            if not self.shares:
                return f"“{self.rule.name}”还没有登记要求到的人或单位。"
            short = [share for share in self.shares if share.short]
            if not short:
                return f"{when}“{self.rule.name}”都达到了。"
            return f"{when}“{self.rule.name}”没有达到的：{'；'.join(share.words for share in short[:6])}。"
        if self.done:
            return f"{when}“{self.rule.name}”已经办过。"
        return f"{when}的“{self.rule.name}”还没有登记。"


def standing(rule: Rule, period: Period, entries: Iterable[Entry], everybody: Sequence[Subject] = ()) -> Standing:
    """Where a rule stands in a period; `everybody` are the households or groups that a coverage rule is about.

    One entry counts for every rule of its kind, so nothing is entered twice. A subject counts from its own first day
    on. Several entries of one day are one day.
    """
    kinds = {rule.key, *rule.counts}
    first = _first_day(rule, period)
    mine = tuple(
        sorted(
            (one for one in entries if one.kind in kinds and first <= one.day <= _last_day(rule, period)),
            key=lambda one: (one.day, one.id),
        )
    )
    if rule.aim is Aim.COVERAGE:
        asked = [one for one in (everybody or rule.subjects) if _there(one, period)]
        reached = {one.subject_id for one in mine}
        missing = tuple(one for one in asked if one.id not in reached)
        return Standing(rule, period, mine, missing=missing, asked=len(asked))
    if rule.aim is Aim.QUOTA:
        asked = [one for one in (everybody or rule.subjects) if _there(one, period)]
        if rule.of == "village":
            asked = [Subject("", "本村")]
        shares = tuple(
            Share(one, _amount(rule, [each for each in mine if _is_of(each, one)]), rule.least, rule.unit)
            for one in asked
        )
        return Standing(rule, period, mine, shares=shares, asked=len(asked))
    return Standing(rule, period, mine)


def _first_day(rule: Rule, period: Period) -> dt.date:
    if rule.rhythm is Rhythm.EVERY_YEARS:
        # What was done in any of the years before counts until it is too old.
        return period.last.replace(year=period.last.year - rule.every + 1, month=1, day=1)
    return period.first


def _last_day(rule: Rule, period: Period) -> dt.date:
    return period.last


def _there(subject: Subject, period: Period) -> bool:
    return (subject.since is None or subject.since <= period.last) and (
        subject.until is None or subject.until >= period.first
    )


def _is_of(entry: Entry, subject: Subject) -> bool:
    if subject.id and subject.id not in (entry.actor_id, entry.subject_id):
        return False
    return (subject.since is None or entry.day >= subject.since) and (
        subject.until is None or entry.day <= subject.until
    )


def _amount(rule: Rule, entries: Sequence[Entry]) -> int:
    if rule.unit is CountUnit.DAYS:
        return len({one.day for one in entries})
    if rule.unit is CountUnit.SUBJECTS:
        return len({one.subject_id for one in entries})
    if rule.unit is CountUnit.HOURS:
        return sum(one.minutes for one in entries)
    return len(entries)
