"""The year's plan: every item of the catalogue with its periods, days and states, and how many hung in time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.ids import same_id
from village_desk.kit.text import short_date
from village_desk.notices.lookups.catalogue import catalogue, settings_of
from village_desk.notices.lookups.rows import DUTY_STATE_WORDS, DutyState
from village_desk.notices.records import DateSlip, Duty, Notice, Posting
from village_desk.notices.rules.catalogue import Item, on_time_words, turns
from village_desk.notices.rules.kinds import CLASS_WORDS, ISSUER_WORDS
from village_desk.notices.rules.life import NoticeState
from village_desk.schedule.lookups import calendar
from village_desk.store.acts import act

SOON_DAYS = 7
# Up to so many are asked for by name; of more everything is read.
_FEW = 500


@dataclass(frozen=True)
class Answer:
    """The sheet that answers a duty: final or not, read first or not, and the first day that it hung."""

    notice_id: str
    published: bool
    review_first: bool
    posted_on: dt.date | None


@dataclass(frozen=True)
class PlanRow:
    """One period of one item: by when, by whom, where it stands, and how its day was reckoned.

    `id` is the duty's id, whether it is kept already or not; `opens_on` is the first day on which it can be done.
    """

    id: str
    code: str
    name: str
    column: str
    period: str
    period_words: str
    opens_on: dt.date
    due_on: dt.date
    who: str
    state: DutyState
    state_words: str
    posted_on: dt.date | None
    notice_id: str
    legal_ref: str
    not_applicable: str
    arithmetic: tuple[str, ...]
    words: str
    item: Item

    @property
    def late(self) -> bool:
        """True for a sheet that hung after its day."""
        return self.posted_on is not None and self.posted_on > self.due_on

    @property
    def open(self) -> bool:
        """True while something is still owed."""
        return self.state not in {DutyState.POSTED, DutyState.NOT_APPLICABLE, DutyState.COMING}


@dataclass(frozen=True)
class EventRow:
    """One item that waits for something to happen: when it last hung and how often in this year."""

    code: str
    name: str
    column: str
    who: str
    when: str
    posted: int
    last_on: dt.date | None
    legal_ref: str
    item: Item


@dataclass(frozen=True)
class Plan:
    """The plan of a year on a day: rows with days, rows that wait for an event, and the rate."""

    year: int
    on: dt.date
    village: str
    begins: dt.date | None
    rows: tuple[PlanRow, ...]
    events: tuple[EventRow, ...]

    @property
    def late(self) -> tuple[PlanRow, ...]:
        """What should hang and does not."""
        return tuple(row for row in self.rows if row.state is DutyState.OVERDUE)

    @property
    def soon(self) -> tuple[PlanRow, ...]:
        """What is due within a week."""
        last = self.on + dt.timedelta(days=SOON_DAYS)
        return tuple(row for row in self.rows if row.open and self.on <= row.due_on <= last)

    @property
    def rate_words(self) -> str:
        """How many of those whose day has come hung in time."""
        due = [row for row in self.rows if row.due_on <= self.on or row.posted_on is not None]
        in_time = sum(row.posted_on is not None and not row.late for row in due)
        late = sum(row.late for row in due)
        return on_time_words(in_time, late, len(self.late))

    @property
    def summary(self) -> str:
        """What is late and what comes, in one sentence."""
        if not self.late and not self.soon:
            return f"{self.year}年公开计划：没有逾期的。{self.rate_words}。"
        late = f"逾期{len(self.late)}项" if self.late else "没有逾期的"
        soon = f"，七天内到期{len(self.soon)}项" if self.soon else ""
        return f"{self.year}年公开计划：{late}{soon}。{self.rate_words}。"


def year_plan(session: Session, *, year: int, on: dt.date) -> Plan:
    """Every item of the catalogue of that year and where it stands on a day; the earliest due first."""
    book_day = max(min(on, dt.date(year, 12, 31)), dt.date(year, 1, 1))
    items, settings, days = catalogue(session, on=book_day), settings_of(session), calendar(session)
    village = act(session).village
    due = [(item, turn) for item in items for turn in turns(item, year, settings, days)]
    begins = settings.begins
    wanted = [(item, turn) for item, turn in due if begins is None or turn.due_on >= begins]
    found = answers(session)
    known = {duty.id: duty.not_applicable for duty in session.scalars(select(Duty).where(Duty.code != ""))}
    rows = []
    for item, turn in wanted:
        identity = turn_id(village, item.code, turn.period.key)
        answer = best(found.get(identity, ()))
        reason = known.get(identity, "")
        state = state_of(answer, reason, turn.due_on, on, opens_on=turn.opens_on)
        rows.append(
            PlanRow(
                identity,
                item.code,
                item.name,
                CLASS_WORDS[item.column],
                turn.period.key,
                turn.period.words,
                turn.opens_on,
                turn.due_on,
                ISSUER_WORDS[item.issuer].short,
                state,
                DUTY_STATE_WORDS[state],
                answer.posted_on if answer else None,
                answer.notice_id if answer else "",
                item.legal_ref,
                reason,
                turn.lines,
                _words(item, turn.period.words, turn.due_on, state, on, reason),
                item,
            )
        )
    rows.sort(key=lambda row: (row.due_on, row.item.column, row.code))
    return Plan(year, on, act(session).village_name, begins, tuple(rows), _events(session, items, year))


def plan_of_day(session: Session, *, on: dt.date) -> Plan:
    """The plan of the year that holds a day, with what is still owed of the year before."""
    now = year_plan(session, year=on.year, on=on)
    if now.begins is not None and now.begins.year == on.year:
        return now
    before = year_plan(session, year=on.year - 1, on=on)
    return replace(now, rows=(*before.late, *now.rows))


def turn_id(village: str, code: str, period: str) -> str:
    """The id of the duty that an item's period makes, the same on every laptop."""
    return same_id("duty", "catalogue", village, code, period)


def answers(session: Session, duty_ids: Sequence[str] | None = None) -> dict[str, list[Answer]]:
    """The sheets that answer duties, by duty: read in four narrow queries whatever their number."""
    notice = Notice.__table__.c
    wanted = (
        select(notice.id, notice.duty_id, notice.state, notice.review_first)
        .where(notice.retired.is_(False), notice.duty_id != "")
        .order_by(notice.id)
    )
    if duty_ids is not None and len(duty_ids) <= _FEW:
        wanted = wanted.where(notice.duty_id.in_(duty_ids))
    rows = session.execute(wanted).all()
    if not rows:
        return {}
    first = first_postings(session, [row.id for row in rows])
    found: dict[str, list[Answer]] = defaultdict(list)
    for identity, duty_id, state, review_first in rows:
        published = state == NoticeState.PUBLISHED
        found[duty_id].append(Answer(identity, published, review_first, first.get(identity)))
    return found


def first_postings(session: Session, notice_ids: Sequence[str] | None = None) -> dict[str, dt.date]:
    """The first day on which each sheet hung, wrong days put right; of all sheets without ids."""
    right: dict[str, dt.date] = {}
    slips = list(session.scalars(select(DateSlip)))
    replaced = {slip.replaces for slip in slips}
    for slip in sorted(slips, key=lambda each: (each.right_on or dt.date.min, each.id)):
        if slip.id not in replaced and slip.right_on is not None:
            right[slip.record_id] = slip.right_on
    posting = Posting.__table__.c
    first: dict[str, dt.date] = {}
    wanted = select(posting.id, posting.notice_id, posting.posted_on)
    if notice_ids is not None and len(notice_ids) <= _FEW:
        wanted = wanted.where(posting.notice_id.in_(notice_ids))
    for identity, notice_id, day in session.execute(wanted):
        stands = right.get(identity, day)
        if stands is not None and (notice_id not in first or stands < first[notice_id]):
            first[notice_id] = stands
    return first


def best(found: Sequence[Answer]) -> Answer | None:
    """Of several sheets for one duty the one that hung first, else a final one, else the first."""
    if not found:
        return None
    posted = [one for one in found if one.posted_on is not None]
    if posted:
        return min(posted, key=lambda one: (one.posted_on or dt.date.max, one.notice_id))
    return next((one for one in found if one.published), found[0])


def state_of(
    answer: Answer | None, reason: str, due_on: dt.date | None, on: dt.date, *, opens_on: dt.date | None = None
) -> DutyState:
    """Where a duty stands on a day, from the sheet that answers it."""
    if reason:
        return DutyState.NOT_APPLICABLE
    if answer is not None and answer.posted_on is not None:
        return DutyState.POSTED
    if due_on is not None and on > due_on:
        return DutyState.OVERDUE
    if answer is not None:
        waits = answer.review_first and not answer.published
        return DutyState.UNDER_REVIEW if waits else DutyState.IN_WORK
    return DutyState.COMING if opens_on is not None and on < opens_on else DutyState.TO_DO


def _words(item: Item, period: str, due_on: dt.date, state: DutyState, on: dt.date, reason: str) -> str:
    left = (due_on - on).days
    what = f"{period}“{item.name}”"
    if state is DutyState.NOT_APPLICABLE:
        return f"{what}不用公开：{reason}"
    if state is DutyState.POSTED:
        return f"{what}已经张贴。"
    if state is DutyState.OVERDUE:
        return f"{what}应在{short_date(due_on)}前贴出，已逾期{-left}天，请尽快办理并照实登记日期。"
    return f"{what}要在{short_date(due_on)}前贴出，{'今天到期' if not left else f'还有{left}天'}。"


def _events(session: Session, items: Sequence[Item], year: int) -> tuple[EventRow, ...]:
    waiting = [item for item in items if not item.cycle.periodic]
    days: dict[str, list[dt.date]] = defaultdict(list)
    if waiting:
        notice, first = Notice.__table__.c, first_postings(session)
        for identity, code, posting in session.execute(
            select(notice.id, notice.code, notice.item).where(notice.retired.is_(False))
        ):
            if identity in first:
                days[code or posting].append(first[identity])
    rows = []
    for item in waiting:
        own = item.posting if item.posting != "affairs" and item.posting != "finance" else item.code
        hung = sorted(dict.fromkeys((*days.get(item.code, ()), *days.get(own, ()))))
        rows.append(
            EventRow(
                item.code,
                item.name,
                CLASS_WORDS[item.column],
                ISSUER_WORDS[item.issuer].short,
                item.when_words,
                sum(day.year == year for day in hung),
                hung[-1] if hung else None,
                item.legal_ref,
                item,
            )
        )
    return tuple(rows)
