"""By which words activities are described, how many there were of each, who was trained, and what came of them."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.resources import path
from village_desk.meetings.lookups.activities import ActivityRow, activities
from village_desk.meetings.records import Activity, ActivityWord
from village_desk.meetings.rules.activities import ActivityKind, ActivityState, WordKind
from village_desk.registers.lookups.cases import cases_from
from village_desk.registers.lookups.cases_rows import CaseRow
from village_desk.registers.lookups.sums import Counted, counts_by

ROOM = "meetings"
SERVICE_RESULTS = "service_results"


@dataclass(frozen=True)
class Described:
    """How an activity is described; `suggestions` are the cases that people's advice became."""

    setting: str
    form: str
    level: str
    brought: str
    topic: str
    agenda: str
    report: str
    suggestions: tuple[CaseRow, ...]


@dataclass(frozen=True)
class Trained:
    """How many came to trainings of a level: every time that somebody came, and the different people."""

    level: str
    sessions: int
    times: int
    people: int


@lru_cache(maxsize=1)
def _shipped() -> dict[WordKind, tuple[str, tuple[str, ...]]]:
    text = path("packs", "national", "activities", "activities.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return {kind: (str(content[kind]["title"]), tuple(content[kind]["words"])) for kind in WordKind}


def title_of(kind: WordKind) -> str:
    """What a list of words is called."""
    return _shipped()[kind][0]


def words_for(session: Session, kind: WordKind) -> tuple[str, ...]:
    """The words of a list: those shipped, then the village's own."""
    own = session.scalars(
        select(ActivityWord.words)
        .where(ActivityWord.retired.is_(False), ActivityWord.kind == kind.value)
        .order_by(ActivityWord.id)
    )
    return tuple(dict.fromkeys((*_shipped()[kind][1], *sorted(own))))


def described(session: Session, activity_id: str) -> Described:
    """How an activity is described, and the cases that came from it."""
    found = session.get(Activity, activity_id)
    cases = cases_from(session, source_room=ROOM, source_id=activity_id)
    if found is None:
        return Described("", "", "", "", "", "", "", cases)
    return Described(
        found.setting, found.form, found.level, found.brought, found.topic, found.agenda, found.report, cases
    )


def counted(
    session: Session, by: WordKind, *, first: dt.date, last: dt.date, kind: ActivityKind | None = None
) -> tuple[Counted, ...]:
    """How many activities that were held each word of a list has in a time; words without any stand with nothing."""
    held: dict[str, list[str]] = {words: [] for words in words_for(session, by)}
    rows = session.execute(
        select(Activity.id, getattr(Activity, by.value), Activity.kind).where(
            Activity.retired.is_(False),
            Activity.state == ActivityState.HELD.value,
            Activity.held_on.between(first, last),
        )
    )
    for identity, words, of in rows:
        if words and (kind is None or of == kind.value):
            held.setdefault(words, []).append(identity)
    return tuple(Counted(words, len(ids), tuple(ids)) for words, ids in held.items())


def trained(session: Session, *, first: dt.date, last: dt.date) -> tuple[Trained, ...]:
    """Trainings and lessons of a time by level, and together: 人次 counts every coming, 人数 different people."""
    wanted = {ActivityKind.TRAINING, ActivityKind.LESSON}
    levels = {
        identity: level
        for identity, level in session.execute(select(Activity.id, Activity.level).where(Activity.level != ""))
    }
    held: dict[str, list[ActivityRow]] = {level: [] for level in words_for(session, WordKind.LEVEL)}
    for row in activities(session):
        if row.kind in wanted and row.came and first <= row.held_on <= last:
            held.setdefault(levels.get(row.id, "未登记"), []).append(row)
    together = [row for rows in held.values() for row in rows]
    return tuple(
        Trained(
            level,
            len(rows),
            sum(len(row.came) for row in rows),
            len({one.person_id for row in rows for one in row.came}),
        )
        for level, rows in (*held.items(), ("合计", together))
        if rows or level == "合计"
    )


def service_results(session: Session, *, first: dt.date, last: dt.date) -> tuple[Counted, ...]:
    """Six counts of members who report in for service: activities, times that people came, and four results.

    The first two come from activities of service, the others from the register; each with what it counts.
    """
    serving = [
        row
        for row in activities(session)
        if row.kind in {ActivityKind.VOLUNTEER, ActivityKind.LABOUR, ActivityKind.BROUGHT}
        and row.came
        and first <= row.held_on <= last
    ]
    ids = tuple(row.id for row in serving)
    results = counts_by(session, SERVICE_RESULTS, "sort", first=first, last=last)
    return (
        Counted("开展活动", len(serving), ids),
        Counted("参加人次", sum(len(row.came) for row in serving), ids),
        *results,
    )
