"""What a clerk does with the calendar: switch rules on, write his own, enter what happened, note an errand."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Aim, CountUnit, Rhythm
from village_desk.schedule.records import DateRule, DateRuleWaiver, Errand, ScheduleEntry
from village_desk.schedule.rules import Rule, Subject, check_rule
from village_desk.store.acts import act, edit, retire

SubjectRow = tuple[str, str, str]


def add_date_rule(
    session: Session,
    *,
    name: str,
    rhythm: str,
    aim: str = Aim.OCCASION,
    weekdays: tuple[int, ...] = (),
    day: int = 0,
    month: int = 0,
    every: int = 0,
    counts: tuple[str, ...] = (),
    least: int = 1,
    unit: str = CountUnit.TIMES,
    of: str = "village",
    who: str = "",
    legal_ref: str = "",
    starts_on: dt.date | None = None,
    days: tuple[dt.date, ...] = (),
    subjects: tuple[SubjectRow, ...] = (),
) -> str:
    """Write a date rule of the village's own and return its id; without `counts` it is answered by its own entries.

    `subjects` are rows (id, name, first day as 2026-03-01 or ""). Raises NotAllowed for what could not come round.
    """
    check_rule(
        Rule(
            "",
            tidy(name),
            Rhythm(rhythm),
            Aim(aim),
            weekdays,
            day,
            month,
            every,
            counts,
            least,
            CountUnit(unit),
            of,
            starts_on=starts_on,
            days=days,
            subjects=tuple(Subject(one[0], one[1]) for one in subjects),
        )
    )
    rule = DateRule(
        name=tidy(name),
        rhythm=Rhythm(rhythm).value,
        aim=Aim(aim).value,
        weekdays=tuple(sorted(set(weekdays))),
        day=day,
        month=month,
        every=every,
        counts=tuple(tidy(one) for one in counts),
        least=least,
        unit=CountUnit(unit).value,
        of=of,
        who=tidy(who),
        legal_ref=tidy(legal_ref),
        starts_on=starts_on,
        days=tuple(one.isoformat() for one in sorted(set(days))),
        subjects=tuple(tuple(one) for one in subjects),
    )
    session.add(rule)
    session.flush()
    return rule.id


def switch_on_preset(
    session: Session,
    *,
    rule_id: str,
    least: int = 0,
    day: int = 0,
    weekdays: tuple[int, ...] = (),
    subjects: tuple[SubjectRow, ...] = (),
    starts_on: dt.date | None = None,
) -> str:
    """Let a preset hold in this village and return its id; its number, day and people may be the place's own.

    It holds from `starts_on`, from today without an answer. Raises NotFound for an unknown preset.
    """
    now = act(session)
    preset = next((row for row in rulebook(session).date_rules(now.today) if row.rule_id == rule_id), None)
    if preset is None:
        raise NotFound(f"规则包里没有“{rule_id}”这项日程。", "请刷新后再选，或自己新增一条。")
    identity = same_id("date_rule", now.village, rule_id)
    rule = session.get(DateRule, identity)
    if rule is None:
        rule = DateRule(id=identity, preset=rule_id)
        session.add(rule)
    rule.name, rule.rhythm, rule.aim = preset.name, preset.rhythm.value, preset.aim.value
    rule.weekdays, rule.day, rule.month = weekdays or preset.weekdays, day or preset.day, preset.month
    rule.every, rule.counts = preset.every, preset.counts
    rule.least, rule.unit, rule.of = least or preset.least, preset.unit.value, preset.of
    rule.who, rule.legal_ref = preset.who, preset.legal_ref
    rule.starts_on = starts_on or rule.starts_on or now.today
    rule.subjects = tuple(tuple(one) for one in subjects) or rule.subjects
    rule.ends_on, rule.retired = None, False
    session.flush()
    return identity


def ask_of(session: Session, *, rule_record_id: str, subjects: tuple[SubjectRow, ...]) -> None:
    """Say of whom a quota asks something: rows (id, name, first day or ""). Raises NotFound."""
    _rule(session, rule_record_id).subjects = tuple(tuple(one) for one in subjects)
    session.flush()


def switch_off_rule(session: Session, *, rule_record_id: str) -> None:
    """Let a date rule of the village's own, or a preset, end today; what was due before stays. Raises NotFound."""
    _rule(session, rule_record_id).ends_on = act(session).today
    session.flush()


def waive_turn(session: Session, *, rule_key: str, reason: str, period: str = "") -> str:
    """Mark one turn of a rule (2026-Q3) as not applicable, or the whole rule without a period; returns the id.

    Raises NotAllowed without a reason.
    """
    if not tidy(reason):
        raise NotAllowed("标为“不适用”要写明原因。", "例如：本支部没有设支部委员会。")
    identity = same_id("date_rule_waiver", act(session).village, rule_key, period)
    waiver = session.get(DateRuleWaiver, identity)
    if waiver is None:
        waiver = DateRuleWaiver(id=identity, rule_key=rule_key, period=period)
        session.add(waiver)
    waiver.reason, waiver.retired = tidy(reason), False
    session.flush()
    return identity


def apply_turn_again(session: Session, *, rule_key: str, period: str = "") -> None:
    """Take back that a turn, or a rule, does not apply."""
    waiver = session.get(DateRuleWaiver, same_id("date_rule_waiver", act(session).village, rule_key, period))
    if waiver is not None:
        waiver.reason = ""
        session.flush()


def enter_happening(
    session: Session,
    *,
    kind: str,
    happened_on: dt.date,
    minutes: int = 0,
    actor_id: str = "",
    actor: str = "",
    subject_id: str = "",
    subject: str = "",
    words: str = "",
    source_room: str = "",
    source_id: str = "",
) -> str:
    """Enter something that happened and return its id; it counts for every date rule of its kind.

    `kind` is what rules count (meeting:representatives, visit, activity:volunteer …) or a rule's key. Of one source
    it is entered once and brought up to date. Raises NotAllowed for a day to come and for negative minutes.
    """
    today = act(session).today
    if happened_on > today:
        raise NotAllowed(
            f"日期填的是{chinese_date(happened_on)}，今天才{chinese_date(today)}。", "还没办的事，办完再登记。"
        )
    if not tidy(kind) or minutes < 0:
        raise NotAllowed("登记的内容不完整。", "请选办的是哪一件事；时间不能是负数。")
    values = {
        "kind": tidy(kind),
        "happened_on": happened_on,
        "minutes": minutes,
        "actor_id": actor_id,
        "actor": tidy(actor),
        "subject_id": subject_id,
        "subject": tidy(subject),
        "words": tidy(words),
        "source_room": source_room,
        "source_id": source_id,
    }
    if not source_id:
        entry = ScheduleEntry(**values)
        session.add(entry)
        session.flush()
        return entry.id
    identity = same_id("schedule_entry", source_room, source_id, kind, actor_id, subject_id)
    known = session.get(ScheduleEntry, identity)
    if known is None:
        session.add(ScheduleEntry(id=identity, **values))
    else:
        for name, value in values.items():
            setattr(known, name, value)
        known.retired = False
    session.flush()
    return identity


def take_out_happening(session: Session, *, entry_id: str) -> None:
    """Take out what was entered by mistake; undo brings it back. Raises NotFound."""
    entry = session.get(ScheduleEntry, entry_id)
    if entry is None or entry.retired:
        raise NotFound("找不到这一条登记。", "请刷新后再试。")
    retire(session, entry)


def note_errand(
    session: Session, *, asked_by: str, what: str, due_on: dt.date | None = None, way: str = "phone"
) -> str:
    """Note a request that came by phone or message and return its id. Raises NotAllowed without words."""
    if not tidy(what):
        raise NotAllowed("还没写要办什么。", "照电话里的话写一句就行，例如“报防汛值班表”。")
    errand = Errand(
        asked_by=tidy(asked_by) or "上级", what=tidy(what), due_on=due_on, way=way, taken_on=act(session).today
    )
    session.add(errand)
    session.flush()
    return errand.id


def edit_errand(
    session: Session, *, errand_id: str, seen: str, asked_by: str, what: str, due_on: dt.date | None, way: str
) -> None:
    """Change what was noted, on the ground of what the clerk saw. Raises NotFound, NotAllowed without words."""
    if not tidy(what):
        raise NotAllowed("还没写要办什么。", "照电话里的话写一句就行。")
    edit(
        session,
        _errand(session, errand_id),
        seen=seen,
        asked_by=tidy(asked_by),
        what=tidy(what),
        due_on=due_on,
        way=way,
    )


def finish_errand(session: Session, *, errand_id: str, done_on: dt.date, words: str = "") -> None:
    """Note that a request was done. Raises NotFound, NotAllowed for a day to come."""
    today = act(session).today
    if done_on > today:
        raise NotAllowed(
            f"办结日期填的是{chinese_date(done_on)}，今天才{chinese_date(today)}。", "请填实际办好的日期。"
        )
    errand = _errand(session, errand_id)
    errand.done_on, errand.done_words = done_on, tidy(words)
    session.flush()


def drop_errand(session: Session, *, errand_id: str) -> None:
    """Drop a request that was noted by mistake; undo brings it back. Raises NotFound."""
    retire(session, _errand(session, errand_id))


def _rule(session: Session, identity: str) -> DateRule:
    rule = session.get(DateRule, identity)
    if rule is None or rule.retired:
        raise NotFound("找不到这条日程。", "法律规定的日程不能停用；其他的请刷新后再试。")
    return rule


def _errand(session: Session, identity: str) -> Errand:
    errand = session.get(Errand, identity)
    if errand is None or errand.retired:
        raise NotFound("找不到这件交办的事。", "请刷新后再试。")
    return errand
