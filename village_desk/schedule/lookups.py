"""The calendar of the village at hand: its holidays, what comes round, what happened, what is missing, errands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.people.records import Household, Person, PersonSearch
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Aim, CountUnit, DateRuleRow, HolidayYear, Rhythm
from village_desk.schedule.records import DateRule, DateRuleWaiver, Errand, ScheduleEntry
from village_desk.schedule.rules import (
    Entry,
    HolidayCalendar,
    Period,
    Rule,
    Standing,
    Subject,
    calendar_period,
    periods,
    standing,
)
from village_desk.store.acts import act, seen

WAY_WORDS = {"phone": "电话", "message": "微信、短信", "paper": "纸质通知", "meeting": "会上交办", "visit": "当面"}


@dataclass(frozen=True)
class AgendaRow:
    """One turn of a date rule as it stands: due, done, missing, or why it does not apply."""

    id: str
    rule: Rule
    period: Period
    due_on: dt.date
    done: bool
    overdue: bool
    waived: str
    words: str
    standing: Standing

    @property
    def open(self) -> bool:
        """True while something is still owed."""
        return not self.done and not self.waived


@dataclass(frozen=True)
class ErrandRow:
    """A request by phone or message: who asked, for what, by when, and when it was done."""

    id: str
    seen: str
    asked_by: str
    what: str
    due_on: dt.date | None
    way: str
    way_words: str
    taken_on: dt.date | None
    done_on: dt.date | None
    done_words: str

    @property
    def words(self) -> str:
        """What was asked, by whom and until when, in one line."""
        until = f"，{short_date(self.due_on)}前办好" if self.due_on is not None else ""
        return f"{self.asked_by}（{self.way_words}）：{self.what}{until}"


@dataclass(frozen=True)
class EntryRow:
    """One thing that happened and counts for date rules."""

    id: str
    kind: str
    day: dt.date
    minutes: int
    actor: str
    subject: str
    words: str


def calendar(session: Session) -> HolidayCalendar:
    """The holidays that the village's packs announce."""
    return calendar_of(rulebook(session).holidays)


@lru_cache(maxsize=16)
def calendar_of(years: tuple[HolidayYear, ...]) -> HolidayCalendar:
    """A calendar of these years; the same years give the same one."""
    return HolidayCalendar(years)


def rules_in_force(session: Session, *, on: dt.date) -> tuple[Rule, ...]:
    """The date rules of a day: those of the law by themselves, then the village's own and its presets."""
    own = [_own(row) for row in _records(session)]
    taken = {rule.key for rule in own}
    waived = {row.rule_key for row in session.scalars(_waivers()) if not row.period}
    book = rulebook(session).date_rules(on)
    law = [_shipped(row) for row in book if row.automatic and row.rule_id not in taken]
    return tuple(rule for rule in (*law, *own) if rule.key not in waived and (not rule.ends_on or rule.ends_on >= on))


def presets(session: Session, *, on: dt.date) -> tuple[Rule, ...]:
    """The presets that a village can switch on and has not."""
    taken = {row.preset for row in _records(session)}
    book = rulebook(session).date_rules(on)
    return tuple(_shipped(row) for row in book if not row.automatic and row.rule_id not in taken)


def one_rule(session: Session, key: str, *, on: dt.date) -> Rule | None:
    """The rule of that key; None when nothing of that name is in force."""
    return next((rule for rule in rules_in_force(session, on=on) if rule.key == key), None)


def agenda(
    session: Session, *, first: dt.date, last: dt.date, on: dt.date, also: Sequence[Entry] = ()
) -> tuple[AgendaRow, ...]:
    """Everything that comes round and is due in these days, as it stands on a day; the earliest first.

    `also` are things that upper rooms know of, such as meetings: they count like what was entered here.
    """
    rules = rules_in_force(session, on=on)
    turns = [(rule, period) for rule in rules for period in periods(rule, first, last)]
    if not turns:
        return ()
    years = max((rule.every for rule in rules if rule.rhythm is Rhythm.EVERY_YEARS), default=0)
    begin = min(period.first for _, period in turns)
    entries = _entries(session, begin.replace(year=begin.year - years, day=1), max(p.last for _, p in turns))
    by_kind: dict[str, list[Entry]] = {}
    for entry in (*entries, *also):
        by_kind.setdefault(entry.kind, []).append(entry)
    waived = {(row.rule_key, row.period): row.reason for row in session.scalars(_waivers())}
    everybody: dict[str, tuple[Subject, ...]] = {}
    found = []
    for rule, period in turns:
        if rule.aim is not Aim.OCCASION and rule.of not in everybody:
            everybody[rule.of] = _everybody(session, rule.of)
        mine = [entry for kind in dict.fromkeys((rule.key, *rule.counts)) for entry in by_kind.get(kind, ())]
        state = standing(rule, period, mine, everybody.get(rule.of, ()))
        reason = waived.get((rule.key, period.key), "")
        found.append(
            AgendaRow(
                f"{rule.key} {period.key}",
                rule,
                period,
                period.due_on,
                state.done,
                state.overdue(on) and not reason,
                reason,
                f"{period.words}的“{rule.name}”不用办：{reason}" if reason else state.words,
                state,
            )
        )
    return tuple(sorted(found, key=lambda row: (row.due_on, row.rule.name, row.id)))


def agenda_of_day(
    session: Session, *, on: dt.date, ahead: int = 7, also: Sequence[Entry] = ()
) -> tuple[AgendaRow, ...]:
    """What comes round and is still owed: this year's overdue turns since the village began, and the next days."""
    first = max(dt.date(on.year, 1, 1), first_day(session) or on)
    rows = agenda(session, first=first, last=on + dt.timedelta(days=ahead), on=on, also=also)
    return tuple(row for row in rows if row.open and (row.due_on <= on + dt.timedelta(days=ahead)))


def first_day(session: Session) -> dt.date | None:
    """The day on which this village's file began; nothing is called overdue that was due before."""
    from village_desk.store.journal.tables import STEP

    found = session.scalar(select(STEP.c.day).order_by(STEP.c.first_position).limit(1))
    return dt.date.fromisoformat(found) if found else None


def missing_of(session: Session, *, rule_key: str, on: dt.date) -> Standing | None:
    """Who or what is missing for a rule in the period that holds a day; None when there is no such turn."""
    rule = one_rule(session, rule_key, on=on)
    if rule is None:
        return None
    for row in agenda(session, first=on - dt.timedelta(days=366), last=on + dt.timedelta(days=366), on=on):
        if row.rule.key == rule_key and row.period.first <= on <= row.period.last:
            return row.standing
    return None


def year_check(session: Session, *, year: int, on: dt.date, also: Sequence[Entry] = ()) -> tuple[str, ...]:
    """The year-end list: 缺：… for each yearly rule that nothing answers."""
    rows = agenda(session, first=dt.date(year, 1, 1), last=dt.date(year, 12, 31), on=on, also=also)
    yearly = {Rhythm.YEARLY, Rhythm.EVERY_YEARS}
    return tuple(f"缺：{row.rule.name}" for row in rows if row.rule.rhythm in yearly and row.open)


def entries_of(session: Session, *, rule_key: str, period: Period, on: dt.date) -> tuple[EntryRow, ...]:
    """What was entered for a rule in a period, the newest first."""
    rule = one_rule(session, rule_key, on=on)
    kinds = {rule_key, *(rule.counts if rule else ())}
    found = session.scalars(
        select(ScheduleEntry).where(
            ScheduleEntry.retired.is_(False),
            ScheduleEntry.kind.in_(kinds),
            ScheduleEntry.happened_on.between(period.first, period.last),
        )
    )
    rows = [
        EntryRow(one.id, one.kind, one.happened_on or period.first, one.minutes, one.actor, one.subject, one.words)
        for one in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.day, row.id), reverse=True))


def happenings_of(session: Session, source_room: str, source_id: str) -> tuple[str, ...]:
    """The ids of what was entered because of a record of another room."""
    found = session.scalars(
        select(ScheduleEntry.id).where(
            ScheduleEntry.retired.is_(False),
            ScheduleEntry.source_room == source_room,
            ScheduleEntry.source_id == source_id,
        )
    )
    return tuple(found)


def errands(session: Session, *, open_only: bool = False) -> tuple[ErrandRow, ...]:
    """Requests by phone or message: open ones by their day, then the newest that are done."""
    found = list(session.scalars(select(Errand).where(Errand.retired.is_(False))))
    rows = [
        ErrandRow(
            one.id,
            seen(session, Errand, one.id) if one.done_on is None else "",
            one.asked_by,
            one.what,
            one.due_on,
            one.way,
            WAY_WORDS.get(one.way, one.way),
            one.taken_on,
            one.done_on,
            one.done_words,
        )
        for one in found
        if one.done_on is None or not open_only
    ]
    far = dt.date.max
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.done_on is not None,
                row.due_on or far if row.done_on is None else dt.date.min,
                -(row.done_on or dt.date.min).toordinal(),
                row.id,
            ),
        )
    )


def quarter_of(day: dt.date) -> Period:
    """The quarter that holds a day."""
    return calendar_period(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def _records(session: Session) -> list[DateRule]:
    village = act(session).village
    found = session.scalars(select(DateRule).where(DateRule.retired.is_(False), DateRule.village == village))
    return sorted(found, key=lambda row: (row.name, row.id))


def _waivers() -> Any:
    return select(DateRuleWaiver).where(DateRuleWaiver.retired.is_(False), DateRuleWaiver.reason != "")


def _entries(session: Session, first: dt.date, last: dt.date) -> Sequence[Entry]:
    table = ScheduleEntry
    found = session.execute(
        select(
            table.id, table.kind, table.happened_on, table.minutes, table.actor_id, table.subject_id, table.words
        ).where(table.retired.is_(False), table.happened_on.between(first, last))
    )
    return [
        Entry(one, kind, day, minutes, actor, subject, words)
        for one, kind, day, minutes, actor, subject, words in found
        if day is not None
    ]


def _everybody(session: Session, of: str) -> tuple[Subject, ...]:
    """Every household with its head's name and the day from which it is here, or every group."""
    if of not in {"households", "groups"}:
        return ()
    if of == "groups":
        names = session.scalars(select(Household.group_name).where(Household.retired.is_(False)).distinct())
        return tuple(Subject(name, name) for name in sorted(one for one in names if one))
    heads: dict[str, tuple[int, str]] = {}
    known = PersonSearch
    for home, place, name in session.execute(select(known.household_id, known.relation_place, known.name)):
        if home and (home not in heads or place < heads[home][0]):
            heads[home] = (place, name)
    came: dict[str, list[dt.date | None]] = {}
    for home, day in session.execute(
        select(Person.household_id, Person.came_on).where(Person.retired.is_(False), Person.household_id != "")
    ):
        came.setdefault(home, []).append(day)
    found = session.execute(
        select(Household.id, Household.number, Household.group_name).where(Household.retired.is_(False))
    )
    subjects = [
        Subject(identity, f"{heads[identity][1]}（{group}）" if group else heads[identity][1], _since(came[identity]))
        for identity, number, group in sorted(found, key=lambda row: (row[2], row[1], row[0]))
        if identity in heads
    ]
    return tuple(subjects)


def _since(days: list[dt.date | None]) -> dt.date | None:
    """A household is new in the village only when everybody in it came."""
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def _own(row: DateRule) -> Rule:
    return Rule(
        row.preset or row.id,
        row.name,
        Rhythm(row.rhythm) if row.rhythm in set(Rhythm) else Rhythm.YEARLY,
        Aim(row.aim) if row.aim in set(Aim) else Aim.OCCASION,
        tuple(row.weekdays),
        row.day,
        row.month,
        max(row.every, 1),
        tuple(row.counts),
        row.least,
        CountUnit(row.unit) if row.unit in set(CountUnit) else CountUnit.TIMES,
        row.of,
        row.who,
        "",
        row.legal_ref,
        row.starts_on or (dt.date(2024, 1, 1) if row.rhythm == Rhythm.EVERY_DAYS else None),
        row.ends_on,
        tuple(dt.date.fromisoformat(day) for day in row.days),
        tuple(Subject(one[0], one[1], dt.date.fromisoformat(one[2]) if one[2] else None) for one in row.subjects),
        record_id=row.id,
    )


def _shipped(row: DateRuleRow) -> Rule:
    return Rule(
        row.rule_id,
        row.name,
        row.rhythm,
        row.aim,
        row.weekdays,
        row.day,
        row.month,
        row.every,
        row.counts,
        row.least,
        row.unit,
        row.of,
        row.who,
        row.advice,
        row.legal_ref,
        automatic=row.automatic,
    )
