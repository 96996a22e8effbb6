"""Booking what has come to the end of its path, taking a line back, and taking opening sums over."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import DeskError, NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.points.actions.parts import Many, add_lines, named, open_application
from village_desk.points.lookups import (
    applications,
    classes_of,
    closed_periods,
    entry_id_of,
    entry_number,
    one_rule_set,
    reversal_id_of,
    subjects,
)
from village_desk.points.lookups.rows import ApplicationRow, RuleSetRow
from village_desk.points.records import PointApplication, PointEntry
from village_desk.points.rules.closing import counted_day
from village_desk.points.rules.entries import (
    ApplicationState,
    Stage,
    Sums,
    check_bookable,
    check_evidence,
    check_reversal,
    fit,
)
from village_desk.points.rules.numbers import MOST_POINTS, shown
from village_desk.points.rules.sets import period_bounds, period_of
from village_desk.store.acts import act, change_many


@dataclass(frozen=True)
class Booked:
    """A booked line: its number in words, its points, and why they differ from those asked."""

    entry_id: str
    number: str
    points: int
    why: str


def book(session: Session, *, application_id: str) -> Booked:
    """Book a checked application as one line of the ledger; caps and floors may cut it.

    Raises NotFound, NotAllowed when its path is not at its end, when nothing fits, or when it was booked before.
    """
    application = open_application(session, application_id)
    row = applications(session, ids=[application_id])[0]
    assert row.path is not None
    check_bookable(row.stage, row.path)
    done = _Booking(session, one_rule_set(session, application.set_id))
    line = done.line(row)
    done.write()
    entry = session.get(PointEntry, line["id"])
    assert entry is not None
    return Booked(entry.id, entry_number(entry), entry.points, entry.why)


def book_ready(session: Session, *, set_id: str, application_ids: tuple[str, ...] = ()) -> Many:
    """Book every application of a set whose path is at its end, or those of the given ones, in one act.

    Raises NotFound, NotAllowed when nothing is ready.
    """
    found = one_rule_set(session, set_id)
    rows = applications(session, set_id=set_id, open_only=True)
    wanted = frozenset(application_ids)
    ready = [row for row in rows if row.stage is Stage.CHECKED and (not wanted or row.id in wanted)]
    if not ready:
        told = next((row.next_act for row in rows if not wanted or row.id in wanted), "")
        raise NotAllowed(f"《{found.name}》现在没有可以入账的申报。", told or "请先申报、审核。")
    done = _Booking(session, found)
    done.look_ahead()
    left = []
    for row in sorted(ready, key=lambda one: (one.happened_on, one.group, one.subject, one.id)):
        try:
            done.line(row)
        except DeskError as refusal:
            left.append(f"{row.subject}：{refusal.message}{refusal.advice}")
    if not done.lines:
        raise NotAllowed(left[0], f"共{len(left)}笔都没有入账。" if len(left) > 1 else "")
    done.write()
    return Many(tuple(str(line["application_id"]) for line in done.lines), tuple(left))


def reverse_entry(session: Session, *, entry_id: str, reason: str) -> Booked:
    """Take a booked line back by a line of its own (更正, 冲正): once, with a reason.

    Raises NotFound, NotAllowed.
    """
    entry = session.get(PointEntry, entry_id)
    if entry is None:
        raise NotFound("找不到这一笔积分。", "请刷新后再试。")
    if entry.reverses_id:
        raise NotAllowed(f"{entry_number(entry)}本身就是一笔更正，不能再冲。", "要重新记分，请重新申报。")
    if entry.kind == "carry":
        raise NotAllowed(f"{entry_number(entry)}是年底结转的，不能单独更正。", "请重开上一年，改好后再结账。")
    identity = reversal_id_of(entry_id)
    done = session.get(PointEntry, identity) is not None
    check_reversal(ApplicationState.BOOKED, done, entry_number(entry), reason)
    found = one_rule_set(session, entry.set_id)
    closed = closed_periods(session, set_id=entry.set_id)
    counted = entry.counted_on or entry.happened_on or act(session).today
    line = {
        "id": identity,
        "kind": "reversal",
        "set_id": entry.set_id,
        "subject_id": entry.subject_id,
        "item_id": entry.item_id,
        "area": entry.area,
        "text": entry.text,
        "event": entry.event,
        "happened_on": entry.happened_on,
        "counted_on": counted_day(closed, found.period, counted, act(session).today),
        "points": -entry.points,
        "why": f"更正{entry_number(entry)}：{tidy(reason)}",
        "application_id": entry.application_id,
        "reverses_id": entry.id,
    }
    add_lines(session, [line])
    made = session.get(PointEntry, identity)
    assert made is not None
    return Booked(made.id, entry_number(made), made.points, made.why)


@dataclass(frozen=True)
class OpeningSum:
    """What one subject had before the desk was used: the name as the workbook writes it, and its points."""

    subject_id: str
    points: int
    where: str = ""


def take_over_sums(session: Session, *, set_id: str, on: dt.date, rows: tuple[OpeningSum, ...], source: str) -> Many:
    """Take the sums of an older ledger over as opening entries, once for each subject. Raises NotFound, NotAllowed."""
    found = one_rule_set(session, set_id)
    if not tidy(source):
        raise NotAllowed("还没写原来的积分记在哪里。", "请写明来源，例如“2025年积分登记表，12月31日”。")
    if on > act(session).today:
        raise NotAllowed("转入日期在今天以后。", "请填原有积分算到哪一天。")
    known = {who.id: who for who in subjects(session, found.subject)}
    closed = closed_periods(session, set_id=set_id)
    seen: dict[str, OpeningSum] = {}
    for row in rows:
        if row.subject_id in seen:
            who = known.get(row.subject_id)
            name = named(who) if who is not None else "有一户"
            places = "、".join(each for each in (seen[row.subject_id].where, row.where) if each)
            raise NotAllowed(f"{name}写了两次（{places}），不知道以哪个为准。", "请在表里留一行再导入。")
        seen[row.subject_id] = row
    lines: list[dict[str, Any]] = []
    left: list[str] = []
    for row in rows:
        who = known.get(row.subject_id)
        if who is None:
            left.append(f"{row.where or '有一行'}在名册里找不到，没有转入。")
            continue
        identity = same_id("point_opening", set_id, row.subject_id)
        if session.get(PointEntry, identity) is not None:
            left.append(f"{named(who)}的原有积分已经转入过，没有再转。")
            continue
        if abs(row.points) > MOST_POINTS * 10:
            left.append(f"{named(who)}的原有积分{shown(row.points, found.rules.decimals)}分太大了，请核对。")
            continue
        if not row.points:
            continue
        lines.append(
            {
                "id": identity,
                "kind": "opening",
                "set_id": set_id,
                "subject_id": row.subject_id,
                "text": "原有积分转入",
                "event": tidy(source),
                "happened_on": on,
                "counted_on": counted_day(closed, found.period, on, act(session).today),
                "points": row.points,
                "evidence": tidy(source),
            }
        )
    if not lines:
        raise NotAllowed(left[0] if left else "表里没有要转入的积分。", "请核对后再导入。")
    add_lines(session, lines)
    return Many(tuple(str(each["subject_id"]) for each in lines), tuple(left))


class _Booking:
    """Lines of one set that are booked together: sums are read once and go on with each line."""

    def __init__(self, session: Session, found: RuleSetRow) -> None:
        self.session, self.found = session, found
        self.closed = closed_periods(session, set_id=found.id)
        self.classes = classes_of(session, found.id)
        self.today = act(session).today
        self.lines: list[dict[str, Any]] = []
        self._sums: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
        self._whole_periods: set[str] = set()
        self._all = False

    def look_ahead(self) -> None:
        """Many subjects follow: read the sums of a period for all of them at once."""
        self._all = True

    def line(self, row: ApplicationRow) -> dict[str, Any]:
        """One line, cut to what caps and floors leave. Raises NotAllowed when nothing fits."""
        rules = self.found.rules
        item = self.found.item(row.item_id)
        if item is None:
            raise NotFound(f"《{self.found.name}》里没有这条积分项目。", "它可能已经停用，请撤回后重新申报。")
        check_evidence(item.item.text, row.lacks_evidence)
        counted = counted_day(self.closed, self.found.period, row.happened_on, self.today)
        period = period_of(self.found.period, counted)
        sums = self._known(row.subject_id, period)
        opening = rules.whole_opening(self.classes.get(row.subject_id, ""))
        whole = sum(sums.values()) + opening
        area = sum(points for (_, name), points in sums.items() if name == item.item.area)
        own = sum(points for (one, _), points in sums.items() if one == item.id)
        asked = row.points
        fitted = fit(rules, item.item, asked, Sums(own, rules.area(item.item.area).opening + area, whole))
        sums[item.id, item.item.area] += fitted.points
        line = {
            "id": entry_id_of(row.id),
            "kind": "score",
            "set_id": self.found.id,
            "subject_id": row.subject_id,
            "item_id": item.id,
            "area": item.item.area,
            "text": item.item.text,
            "event": row.event,
            "happened_on": row.happened_on,
            "counted_on": counted,
            "points": fitted.points,
            "why": self._bonus_words(row) + fitted.why,
            # Titles of files may be private; the sheet of evidence names them.
            "evidence": row.evidence or (f"附有材料{row.files}份" if row.files else ""),
            "application_id": row.id,
            "applicant": row.applicant,
            "checker": row.checker,
        }
        self.lines.append(line)
        return line

    def _bonus_words(self, row: ApplicationRow) -> str:
        if not row.bonus:
            return ""
        return f"其中专项行动“{row.campaign}”另加{shown(row.bonus, self.found.rules.decimals)}分。"

    def write(self) -> None:
        """Keep the lines and close their applications."""
        add_lines(self.session, self.lines)
        done = {"state": ApplicationState.BOOKED.value}
        change_many(self.session, PointApplication, {str(each["application_id"]): done for each in self.lines})
        self.session.expire_all()

    def _known(self, subject_id: str, period: str) -> dict[tuple[str, str], int]:
        key = (subject_id, period)
        if key not in self._sums and not (self._all and period in self._whole_periods):
            self._read(subject_id, period)
        return self._sums.setdefault(key, defaultdict(int))

    def _read(self, subject_id: str, period: str) -> None:
        columns = (PointEntry.subject_id, PointEntry.item_id, PointEntry.area)
        statement = (
            select(*columns, func.sum(PointEntry.points))
            .where(PointEntry.set_id == self.found.id, PointEntry.counted_on.between(*period_bounds(period)))
            .group_by(*columns)
        )
        if self._all:
            self._whole_periods.add(period)
        else:
            statement = statement.where(PointEntry.subject_id == subject_id)
        for who, item, area, points in self.session.execute(statement):
            self._sums.setdefault((who, period), defaultdict(int))[item, area] += points
