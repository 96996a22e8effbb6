"""What service cases come to: counts of a year, of an agent, of a month; batches, money in hand, progress to post."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.kit.text import percent, short_date
from village_desk.notices.records import Notice
from village_desk.people.lookups import BodyRow, bodies, names_of
from village_desk.people.rules.bodies import Body
from village_desk.people.rules.masking import Audience, screened
from village_desk.registers.lookups.cases import case_rows, cases, presets, step_row
from village_desk.registers.lookups.cases_rows import CaseRow, StepRow
from village_desk.registers.records.cases import (
    CaseBatch,
    CaseStep,
    ProgressSheet,
    ServiceCase,
    ServiceGuide,
    ServiceLine,
)
from village_desk.registers.rules.cases import (
    LEVEL_WORDS,
    LINE_WORDS,
    MODE_WORDS,
    RATING_WORDS,
    Level,
    Line,
    Rating,
    StageKind,
)
from village_desk.store.acts import act, seen

GUIDE_PARTS = (
    ("conditions", "办理条件"),
    ("steps", "工作流程"),
    ("handled_by", "承办人员"),
    ("contact", "联系方式"),
)


@dataclass(frozen=True)
class CountLine:
    """One figure of a count and the cases behind it."""

    words: str
    ids: tuple[str, ...]

    @property
    def many(self) -> int:
        """How many."""
        return len(self.ids)


@dataclass(frozen=True)
class YearCount:
    """The service cases of a year, counted in each way that is asked for; every figure names its cases."""

    year: int
    village: str
    total: CountLine
    parts: tuple[tuple[str, tuple[CountLine, ...]], ...]
    on_time: str
    satisfied: str

    def line(self, words: str) -> CountLine:
        """The figure of that name."""
        return next(one for _, lines in self.parts for one in lines if one.words == words)


@dataclass(frozen=True)
class AgentRow:
    """What one agent did in a year: cases, ended ones, in time of those with a promised day, and what people say."""

    id: str
    name: str
    taken: int
    closed: int
    with_day: int
    in_time: int
    rated: int
    satisfied: int

    @property
    def on_time_words(self) -> str:
        """95%, or 没有基数."""
        return percent(self.in_time, self.with_day)

    @property
    def satisfied_words(self) -> str:
        """满意 and 基本满意 of those who were asked."""
        return percent(self.satisfied, self.rated)


@dataclass(frozen=True)
class BatchRow:
    """One batch with its cases; `back` of them came back."""

    id: str
    year: int
    number: int
    carried_on: dt.date
    carried_by: str
    unit: str
    due_on: dt.date | None
    cases: tuple[CaseRow, ...]

    @property
    def back(self) -> int:
        """How many came back."""
        return sum(one.returned_on is not None for one in self.cases)

    @property
    def title(self) -> str:
        """2026年第3批."""
        return f"{self.year}年第{self.number}批"


@dataclass(frozen=True)
class ProgressLine:
    """Progress that may be posted, with its case."""

    case: CaseRow
    step: StepRow


@dataclass(frozen=True)
class MonthRow:
    """The small works of a month: how many, what they cost in fen, and how they were rated."""

    month: int
    cases: tuple[CaseRow, ...]

    @property
    def cost_fen(self) -> int:
        """What they cost together."""
        return sum(one.cost_fen for one in self.cases)

    @property
    def rating_words(self) -> str:
        """满意3、不满意1."""
        found = Counter(one.rating for one in self.cases if one.rating)
        return "、".join(f"{RATING_WORDS[one]}{found[one]}" for one in Rating if found[one]) or "未评价"


@dataclass(frozen=True)
class GuideRow:
    """A matter of the guide book; `missing` names which of the four elements it lacks."""

    id: str
    seen: str
    name: str
    kind: str
    conditions: str
    steps: str
    handled_by: str
    contact: str
    materials: str
    limit_days: int
    active: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """办理条件, 工作流程, 承办人员, 联系方式: what is not filled in."""
        return tuple(words for part, words in GUIDE_PARTS if not getattr(self, part))


@dataclass(frozen=True)
class LineRow:
    """A hotline; `id` is empty for a shipped name that has no number yet."""

    id: str
    name: str
    answered_by: str
    number: str


def year_count(session: Session, *, year: int) -> YearCount:
    """The cases taken on in a year, split by sort, kind, mode, way, source, category, rating and the rest."""
    rows = [one for one in cases(session, year=year) if not one.withdrawn]
    lists = presets().lists
    trips = [one for one in rows if one.trips > 1]
    disputes = [one for one in rows if one.flow.has(StageKind.FOLLOWED) and one.level]
    done = [one for one in rows if one.closed_on is not None]
    parts = (
        ("办事和维权", _by(rows, lambda one: one.line, [(one, LINE_WORDS[one]) for one in Line])),
        (
            "办理情况",
            (
                CountLine("已办结", _ids(done)),
                CountLine("在办", _ids(one for one in rows if one.closed_on is None)),
                CountLine("按时办结", _ids(one for one in rows if one.on_time)),
                CountLine("超期办结", _ids(one for one in rows if one.on_time is False)),
                CountLine("超期没有答复", _ids(one for one in rows if one.late and one.replied_on is None)),
                CountLine("跑了不止一趟", _ids(trips)),
            ),
        ),
        ("类别", _by(rows, lambda one: one.kind_name, _used(one.kind_name for one in rows))),
        ("办理方式", _by(rows, lambda one: one.mode, list(MODE_WORDS.items()))),
        ("服务方式", _by(rows, lambda one: one.service_way, [(one, one) for one in lists.service_ways])),
        ("来源", _by(rows, _source, _used(_source(one) for one in rows))),
        ("部门", _by(rows, lambda one: one.category, [(one, one) for one in lists.categories])),
        ("评价", _by(rows, lambda one: one.rating, [(one, RATING_WORDS[one]) for one in Rating if one])),
        ("作风问题", _by(rows, lambda one: one.conduct, [(one, one) for one in lists.conduct])),
        (
            "矛盾纠纷",
            (
                CountLine("村里解决", _ids(one for one in disputes if one.level == Level.VILLAGE)),
                CountLine("上送镇里", _ids(one for one in rows if one.flow.has(StageKind.FOLLOWED) and one.carried_on)),
                CountLine("镇里以上解决", _ids(one for one in disputes if one.level != Level.VILLAGE)),
            ),
        ),
        (
            "办理层级",
            _by(rows, lambda one: one.level, [(one.value, f"在{words}办成") for one, words in LEVEL_WORDS.items()]),
        ),
    )
    judged = [one.on_time for one in rows if one.on_time is not None]
    rated = [one.rating for one in rows if one.rating]
    return YearCount(
        year,
        act(session).village_name,
        CountLine("受理", _ids(rows)),
        parts,
        percent(sum(judged), len(judged)),
        percent(sum(one is not Rating.POOR for one in rated), len(rated)),
    )


def agents_of_year(session: Session, *, year: int) -> tuple[AgentRow, ...]:
    """What each agent did in a year, the busiest first."""
    held: dict[tuple[str, str], list[CaseRow]] = {}
    for one in cases(session, year=year):
        if one.agent and not one.withdrawn:
            held.setdefault((one.agent_id, one.agent if not one.agent_id else ""), []).append(one)
    names = names_of(session, [person for person, _ in held if person])
    rows = [
        AgentRow(
            person or name,
            names.get(person, name or mine[0].agent),
            len(mine),
            sum(one.closed_on is not None for one in mine),
            sum(one.on_time is not None for one in mine),
            sum(one.on_time is True for one in mine),
            sum(bool(one.rating) for one in mine),
            sum(one.rating in (Rating.GOOD, Rating.FAIR) for one in mine),
        )
        for (person, name), mine in held.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.taken, row.name)))


def batches(session: Session, *, year: int = 0) -> tuple[BatchRow, ...]:
    """The batches that were carried up, the newest first."""
    found = [
        one
        for one in session.scalars(select(CaseBatch).where(CaseBatch.retired.is_(False)))
        if not year or one.year == year
    ]
    held: dict[str, list[str]] = {}
    for case_id, batch_id in session.execute(
        select(ServiceCase.id, ServiceCase.batch_id).where(ServiceCase.retired.is_(False), ServiceCase.batch_id != "")
    ):
        held.setdefault(batch_id, []).append(case_id)
    rows = [
        BatchRow(
            one.id,
            one.year,
            one.number,
            one.carried_on or act(session).today,
            one.carried_by,
            one.unit,
            one.due_on,
            tuple(sorted(case_rows(session, held.get(one.id, ())), key=lambda row: row.number)),
        )
        for one in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.carried_on, row.number), reverse=True))


def one_batch(session: Session, batch_id: str) -> BatchRow:
    """One batch. Raises NotFound."""
    found = next((one for one in batches(session) if one.id == batch_id), None)
    if found is None:
        raise NotFound("找不到这一批上送。", "请刷新后再试。")
    return found


def to_carry(session: Session) -> tuple[CaseRow, ...]:
    """The open cases that are to be carried up next, by number."""
    return tuple(sorted((one for one in cases(session) if one.needs_carrying), key=lambda one: one.number))


def money_in_hand(session: Session) -> tuple[CaseRow, ...]:
    """The cases of which agents still hold money, or lent some, by number."""
    return tuple(sorted((one for one in cases(session) if one.cash.in_hand), key=lambda one: one.number))


def works_by_month(session: Session, *, year: int, kind: str = "small_works") -> tuple[MonthRow, ...]:
    """The cases of a kind by the month in which they were taken on."""
    held: dict[int, list[CaseRow]] = {}
    for one in cases(session, year=year):
        if one.kind == kind and not one.withdrawn:
            held.setdefault(one.taken_on.month, []).append(one)
    return tuple(
        MonthRow(month, tuple(sorted(found, key=lambda one: one.number))) for month, found in sorted(held.items())
    )


def progress_waiting(session: Session) -> tuple[ProgressLine, ...]:
    """What came forward since the last progress notice and may be posted, case by case."""
    standing = set(session.scalars(select(Notice.id).where(Notice.retired.is_(False))))
    told = {
        step
        for sheet in session.scalars(select(ProgressSheet).where(ProgressSheet.retired.is_(False)))
        if sheet.notice_id in standing
        for step in sheet.step_ids
    }
    steps = [
        one
        for one in session.scalars(
            select(CaseStep).where(CaseStep.retired.is_(False), CaseStep.shown.is_(True), CaseStep.words.is_not(None))
        )
        if one.id not in told
    ]
    rows = {one.id: one for one in case_rows(session, {one.case_id for one in steps})}
    lines = [
        ProgressLine(rows[one.case_id], step_row(one, rows[one.case_id]))
        for one in steps
        if one.case_id in rows and not rows[one.case_id].sensitive
    ]
    return tuple(sorted(lines, key=lambda one: (one.case.number, one.step.on, one.step.id)))


def progress_body(waiting: Sequence[ProgressLine]) -> str:
    """The text of a progress notice: each case once, with its dated progress; nobody is named."""
    held: dict[str, list[ProgressLine]] = {}
    for one in waiting:
        held.setdefault(one.case.id, []).append(one)
    texts = []
    for number, lines in enumerate(held.values(), start=1):
        told = "；".join(
            f"{short_date(one.step.on)}，{screened(one.step.words, Audience.BOARD).rstrip('。')}" for one in lines
        )
        case = lines[0].case
        texts.append(f"{number}．{case.shown_title}（登记号{case.number}，{case.stage_words}）：{told}。")
    return "\n".join(texts)


def guides(session: Session) -> tuple[GuideRow, ...]:
    """The matters of the guide book by name."""
    found = session.scalars(select(ServiceGuide).where(ServiceGuide.retired.is_(False)))
    rows = [
        GuideRow(
            one.id,
            seen(session, ServiceGuide, one.id),
            one.name,
            one.kind,
            one.conditions,
            one.steps,
            one.handled_by,
            one.contact,
            one.materials,
            one.limit_days,
            one.active,
        )
        for one in found
    ]
    return tuple(sorted(rows, key=lambda row: (not row.active, row.name)))


def lines(session: Session) -> tuple[LineRow, ...]:
    """The hotlines: the shipped names, also without a number yet, then the village's own."""
    known = {one.name: one for one in session.scalars(select(ServiceLine).where(ServiceLine.retired.is_(False)))}
    names = [*presets().lists.lines, *sorted(one for one in known if one not in presets().lists.lines)]
    return tuple(
        LineRow(known[name].id, name, known[name].answered_by, known[name].number)
        if name in known
        else LineRow("", name, "", "")
        for name in names
    )


def teams(session: Session) -> tuple[BodyRow, ...]:
    """The service teams of today with their members."""
    return tuple(one for one in bodies(session, on=act(session).today) if one.kind == Body.TEAM)


def _source(one: CaseRow) -> str:
    return one.source_line or one.source or "未登记"


def _used(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, one) for one, _ in Counter(words).most_common()]


def _by(
    rows: Sequence[CaseRow], key: Callable[[CaseRow], str], values: Sequence[tuple[str, str]]
) -> tuple[CountLine, ...]:
    held: dict[str, list[str]] = {}
    for one in rows:
        held.setdefault(key(one), []).append(one.id)
    return tuple(CountLine(words, tuple(held.get(value, ()))) for value, words in values)


def _ids(rows: Iterable[CaseRow]) -> tuple[str, ...]:
    return tuple(one.id for one in rows)
