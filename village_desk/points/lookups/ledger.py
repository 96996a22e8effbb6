"""Sums and their reasons: who has how many points, which lines they come from, and what waits for somebody."""

import datetime as dt
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.kit.ids import same_id
from village_desk.points.lookups.rows import (
    ApplicationRow,
    AreaSum,
    Card,
    EntryRow,
    RuleSetRow,
    StandingRow,
    SubjectRow,
)
from village_desk.points.lookups.schemes import all_rule_sets, one_rule_set
from village_desk.points.lookups.subjects import subject, subjects
from village_desk.points.records import PointApplication, PointCheck, PointEntry
from village_desk.points.rules.entries import STAGE_WORDS, ApplicationState, Stage, Sums, Verdict
from village_desk.points.rules.sets import Item, period_bounds, period_of, period_words
from village_desk.store.acts import act

_CHUNK = 500
_CLOSED: dict[str, Stage] = {
    ApplicationState.REFUSED.value: Stage.REFUSED,
    ApplicationState.WITHDRAWN.value: Stage.WITHDRAWN,
    ApplicationState.BOOKED.value: Stage.BOOKED,
}
_NEXT: dict[Stage, str] = {
    Stage.APPLIED: "请另一位审核人审核。",
    Stage.CHECKED: "审核已同意，请点“入账”。",
    Stage.BOOKED: "已入账；记错了请点“更正这一笔”。",
    Stage.REVERSED: "已冲正；要重新记分，请重新申报。",
    Stage.REFUSED: "审核未通过；补充依据后可以重新申报。",
    Stage.WITHDRAWN: "已撤回。",
}


def standings(session: Session, *, set_id: str, period: str) -> tuple[StandingRow, ...]:
    """Every subject of a set with its sum in a period, by group and number: a list to look up, no ranking."""
    found = one_rule_set(session, set_id)
    opening = found.rules.whole_opening()
    lines: dict[str, list[int]] = defaultdict(list)
    first, last = period_bounds(period)
    columns = select(PointEntry.subject_id, PointEntry.points)
    for subject_id, points in session.execute(
        columns.where(PointEntry.set_id == set_id, PointEntry.happened_on.between(first, last))
    ):
        lines[subject_id].append(points)
    waiting: dict[str, int] = defaultdict(int)
    for subject_id in session.scalars(
        select(PointApplication.subject_id).where(
            PointApplication.retired.is_(False),
            PointApplication.set_id == set_id,
            PointApplication.state == ApplicationState.APPLIED.value,
            PointApplication.happened_on.between(first, last),
        )
    ):
        waiting[subject_id] += 1
    return tuple(
        StandingRow(
            who.id,
            who.name,
            who.group,
            who.number,
            opening + sum(lines[who.id]),
            sum(points for points in lines[who.id] if points > 0),
            sum(points for points in lines[who.id] if points < 0),
            len(lines[who.id]),
            waiting[who.id],
        )
        for who in subjects(session, found.subject)
    )


def card(session: Session, *, set_id: str, subject_id: str, period: str) -> Card:
    """One subject's ledger in a period: opening, lines in the order of the days they happened, sum and reason.

    Raises NotFound.
    """
    found = one_rule_set(session, set_id)
    who = subject(session, found.subject, subject_id)
    if who is None:
        raise NotFound("名册里找不到这一户（人）。", "请先在村民页核对。")
    mine = _entries(session, set_id, subject_id, period)
    mine.sort(key=lambda each: (each.happened_on or dt.date.min, bool(each.reverses_id), each.id))
    balance, rows = found.rules.whole_opening(), list[EntryRow]()
    reversed_by = {each.reverses_id: entry_number(each) for each in mine if each.reverses_id}
    numbers = {each.id: entry_number(each) for each in mine}
    for entry in mine:
        balance += entry.points
        rows.append(_entry_row(found, entry, balance, numbers, reversed_by))
    areas: dict[str, int] = {area.name: area.opening for area in found.rules.areas}
    for entry in mine:
        areas[entry.area] = areas.get(entry.area, 0) + entry.points
    waiting = [
        row
        for row in applications(session, set_id=set_id, open_only=True)
        if row.subject_id == subject_id and period_of(found.period, row.happened_on) == period
    ]
    return Card(
        set_id,
        found.name,
        act(session).village_name,
        who,
        found.subject_words,
        period,
        period_words(period),
        found.rules.whole_opening(),
        tuple(rows),
        tuple(AreaSum(name, found.rules.area(name).opening, points) for name, points in areas.items()),
        balance,
        _why(found, period, mine, balance),
        found.rules.used_for,
        tuple(waiting),
    )


def applications(session: Session, *, set_id: str = "", open_only: bool = False) -> tuple[ApplicationRow, ...]:
    """Applications with their checks: what waits first, then the newest; of one set or of all."""
    statement = select(PointApplication).where(PointApplication.retired.is_(False))
    if set_id:
        statement = statement.where(PointApplication.set_id == set_id)
    if open_only:
        statement = statement.where(PointApplication.state == ApplicationState.APPLIED.value)
    found = list(session.scalars(statement))
    sets = {each.id: each for each in all_rule_sets(session)}
    names: dict[str, dict[str, SubjectRow]] = {
        each: {who.id: who for who in subjects(session, sets[each].subject)}
        for each in {one.set_id for one in found}
        if each in sets
    }
    ids = [each.id for each in found]
    checks, entries, reversed_ids = _checks(session, ids), _booked(session, ids), _reversed(session)
    rows = [
        _application_row(session, each, sets.get(each.set_id), names, checks, entries, reversed_ids) for each in found
    ]
    order = {Stage.APPLIED: 0, Stage.CHECKED: 1}
    return tuple(sorted(rows, key=lambda row: (order.get(row.stage, 2), -row.happened_on.toordinal(), row.id)))


def one_application(session: Session, application_id: str) -> ApplicationRow:
    """One application. Raises NotFound."""
    found = session.get(PointApplication, application_id)
    if found is None or found.retired:
        raise NotFound("找不到这笔积分申报。", "它可能还在另一台电脑上，请先导入备份或上报包。")
    return next(row for row in applications(session, set_id=found.set_id) if row.id == application_id)


def sums_of(session: Session, found: RuleSetRow, item: Item, item_id: str, subject_id: str, day: dt.date) -> Sums:
    """What is booked for a subject in the period of a day: of the item, of its area, of the whole set."""
    period = period_of(found.period, day)
    mine = _entries(session, found.id, subject_id, period)
    return Sums(
        sum(each.points for each in mine if each.item_id == item_id),
        found.rules.area(item.area).opening + sum(each.points for each in mine if each.area == item.area),
        found.rules.whole_opening() + sum(each.points for each in mine),
    )


def periods(session: Session, *, set_id: str, today: dt.date) -> tuple[str, ...]:
    """The periods of a set that hold lines, and the present one; the newest first."""
    found = one_rule_set(session, set_id)
    days = session.scalars(select(PointEntry.happened_on).where(PointEntry.set_id == set_id).distinct())
    keys = {period_of(found.period, day) for day in (*days, today) if day is not None}
    return tuple(sorted(keys, reverse=True))


def findings(session: Session, *, set_id: str) -> tuple[str, ...]:
    """What two laptops that booked apart left behind: sums above a cap or below a floor, in words."""
    found = one_rule_set(session, set_id)
    rules, sums = found.rules, defaultdict[tuple[str, str], int](int)
    columns = select(PointEntry.subject_id, PointEntry.happened_on, PointEntry.points)
    for subject_id, day, points in session.execute(columns.where(PointEntry.set_id == set_id)):
        sums[subject_id, period_of(found.period, day or dt.date.min)] += points
    names = {who.id: who.name for who in subjects(session, found.subject)}
    told = []
    for (subject_id, period), points in sorted(sums.items()):
        whole, name = rules.whole_opening() + points, names.get(subject_id, "已不在册的一户")
        if rules.cap is not None and whole > rules.cap:
            told.append(f"{name}{period_words(period)}合计{whole}分，超过上限{rules.cap}分，请核对后更正多记的一笔。")
        if rules.floor is not None and whole < rules.floor:
            told.append(f"{name}{period_words(period)}合计{whole}分，低于下限{rules.floor}分，请核对后更正多扣的一笔。")
    return tuple(told)


def entry_id_of(application_id: str) -> str:
    """The id of the line that books an application: the same on every laptop, so that it counts once."""
    return same_id("point_entry", application_id)


def entry_number(entry: PointEntry) -> str:
    """第317号 of its year; 待编号 where the laptop that numbers has not seen it."""
    return f"第{entry.number}号" if entry.number is not None else "待编号"


def _why(found: RuleSetRow, period: str, mine: list[PointEntry], balance: int) -> str:
    plus = sum(each.points for each in mine if each.points > 0 and not each.reverses_id)
    minus = -sum(each.points for each in mine if each.points < 0 and not each.reverses_id)
    back = sum(each.points for each in mine if each.reverses_id)
    parts = [f"起始分{found.rules.whole_opening()}分", f"加{plus}分", f"减{minus}分"]
    if back:
        parts.append(f"更正{back:+d}分".replace("-", "−"))
    many = f"共{len(mine)}笔" if mine else "还没有记录"
    return f"{period_words(period)}合计{balance}分：{'，'.join(parts)}（{many}）。"


def _entry_row(
    found: RuleSetRow, entry: PointEntry, balance: int, numbers: dict[str, str], reversed_by: dict[str, str]
) -> EntryRow:
    happened, booked = entry.happened_on or dt.date.min, entry.booked_on or dt.date.min
    return EntryRow(
        entry.id,
        entry_number(entry),
        booked,
        happened,
        entry.area,
        entry.text,
        entry.event,
        entry.points,
        balance,
        entry.why,
        entry.evidence,
        entry.applicant,
        entry.checker,
        bool(entry.reverses_id),
        numbers.get(entry.reverses_id, ""),
        reversed_by.get(entry.id, ""),
        period_of(found.period, booked) != period_of(found.period, happened),
    )


def _application_row(
    session: Session,
    found: PointApplication,
    rules: RuleSetRow | None,
    names: dict[str, dict[str, SubjectRow]],
    checks: dict[str, PointCheck],
    entries: dict[str, PointEntry],
    reversed_ids: set[str],
) -> ApplicationRow:
    check, entry = checks.get(found.id), entries.get(found.id)
    who = names.get(found.set_id, {}).get(found.subject_id)
    if who is None and rules is not None:
        who = subject(session, rules.subject, found.subject_id)
    item = rules.item(found.item_id) if rules is not None else None
    stage = _CLOSED.get(found.state, Stage.APPLIED)
    if stage is Stage.APPLIED and check is not None and check.verdict == Verdict.AGREED:
        stage = Stage.CHECKED
    if stage is Stage.BOOKED and entry is not None and entry.id in reversed_ids:
        stage = Stage.REVERSED
    return ApplicationRow(
        found.id,
        found.set_id,
        found.subject_id,
        who.name if who is not None else "名册里没有",
        who.group if who is not None else "",
        entry.text if entry is not None else item.item.text if item is not None else "已停用的项目",
        entry.points if entry is not None else found.points,
        found.event,
        found.happened_on or dt.date.min,
        found.evidence,
        found.applicant,
        check.checker if check is not None else "",
        check.checked_on if check is not None else None,
        check.words if check is not None else "",
        stage,
        STAGE_WORDS[stage],
        _NEXT[stage],
        entry.id if entry is not None else "",
    )


def _entries(session: Session, set_id: str, subject_id: str = "", period: str = "") -> list[PointEntry]:
    statement = select(PointEntry).where(PointEntry.set_id == set_id)
    if subject_id:
        statement = statement.where(PointEntry.subject_id == subject_id)
    if period:
        statement = statement.where(PointEntry.happened_on.between(*period_bounds(period)))
    return list(session.scalars(statement))


def _checks(session: Session, ids: list[str]) -> dict[str, PointCheck]:
    """The check that stands for each application: the last day's, a refusal before an agreement."""
    found: list[PointCheck] = []
    for start in range(0, len(ids), _CHUNK):
        found += session.scalars(select(PointCheck).where(PointCheck.application_id.in_(ids[start : start + _CHUNK])))
    found.sort(key=lambda each: (each.checked_on or dt.date.min, each.verdict == Verdict.REFUSED, each.id))
    return {each.application_id: each for each in found}


def _booked(session: Session, ids: list[str]) -> dict[str, PointEntry]:
    # A booked line has the id that its application gives it.
    wanted = [entry_id_of(each) for each in ids]
    found: list[PointEntry] = []
    for start in range(0, len(wanted), _CHUNK):
        found += session.scalars(select(PointEntry).where(PointEntry.id.in_(wanted[start : start + _CHUNK])))
    return {each.application_id: each for each in found}


def _reversed(session: Session) -> set[str]:
    return set(session.scalars(select(PointEntry.reverses_id).where(PointEntry.reverses_id != "")))
