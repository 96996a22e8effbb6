"""Figures of points: a ledger of 60,000 lines over ten years, its lists and cards, bulk entries, a year's end."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.frame import Figure, median, timed
from tests.files import new_village
from village_desk.desk.rooms import load_records
from village_desk.kit.ids import new_id
from village_desk.people.records import Household, Person
from village_desk.points import actions, lookups
from village_desk.points.records import PointEntry
from village_desk.points.rules.sets import Area, Item, Often, Period, RuleSet, SubjectKind, YearEnd
from village_desk.store.acts import add_many
from village_desk.store.file import VillageFile

HOUSEHOLDS, LINES, YEARS, BULK = 1_500, 60_000, 10, 1_200
TODAY = dt.date(2026, 1, 20)
RULES = RuleSet(
    "东河村农户积分办法",
    SubjectKind.HOUSEHOLD,
    Period.YEAR,
    (
        Item("H1", "环境卫生", "门前整洁", 4, 4, Often.MONTH, cap=48),
        Item("H2", "公益志愿", "参加义务劳动", 2, 5, cap=40),
    ),
    (Area("环境卫生", cap=60), Area("公益志愿")),
    opening=10,
    floor=0,
    year_end=YearEnd.PART,
    carry_num=1,
    carry_den=2,
    used_for="评先评优参考",
)


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of points."""
    load_records()
    file = new_village(folder / "points.vdesk", today=TODAY)
    set_id, items, homes, judge = _furnish(file)

    def card() -> None:
        with file.reading() as session:
            lookups.card(session, set_id=set_id, subject_id=homes[7], period="2025")

    yield Figure(f"card of a member in a ledger of {LINES} lines", median(card, 9), 0.05)

    def listed() -> None:
        with file.reading() as session:
            assert len(lookups.standings(session, set_id=set_id, period="2025")) == HOUSEHOLDS

    yield Figure(f"sums of {HOUSEHOLDS} households in a period", median(listed, 9), 0.3)
    seconds = [_bulk(file, set_id, items["H2"], homes, judge, number) for number in range(3)]
    yield Figure(f"{BULK} entries applied for at once", sorted(each[0] for each in seconds)[1], 1.0)
    yield Figure(f"{BULK} entries booked at once", sorted(each[1] for each in seconds)[1], 1.0)

    def close() -> None:
        with file.writing("points.close_period") as session:
            actions.close_period(session, set_id=set_id, period="2025")

    def reopen() -> None:
        with file.writing("points.reopen_period") as session:
            actions.reopen_period(session, set_id=set_id, period="2025", reason="试")

    times = []
    for _ in range(3):
        times.append(timed(close))
        reopen()
    yield Figure(f"end of a year, carried for {HOUSEHOLDS} households", sorted(times)[1], 1.0)
    file.close()


def _furnish(file: VillageFile) -> tuple[str, dict[str, str], list[str], str]:
    with file.writing("points.add_rule_set") as session:
        homes = [new_id() for _ in range(HOUSEHOLDS)]
        rows = [
            {"id": one, "number": str(place), "group_name": f"{place // 60 + 1}组"} for place, one in enumerate(homes)
        ]
        add_many(session, Household, rows)
        heads = [{"name": f"户主{place}", "household_id": one, "relation": "head"} for place, one in enumerate(homes)]
        add_many(session, Person, heads)
        judge = Person(name="审核人", household_id="", relation="head")
        session.add(judge)
        session.flush()
        set_id, judge_id = actions.add_rule_set(session, rules=RULES), judge.id
    with file.reading() as session:
        items = {row.item.code: row.id for row in lookups.one_rule_set(session, set_id).items}
    number = 0
    for year in range(2026 - YEARS, 2026):
        with file.writing("points.book") as session:
            lines = []
            for place in range(LINES // YEARS):
                number += 1
                day = dt.date(year, place % 12 + 1, place % 28 + 1)
                lines.append(
                    {
                        "set_id": set_id,
                        "subject_id": homes[place % HOUSEHOLDS],
                        "item_id": items["H1"],
                        "area": "环境卫生",
                        "text": "门前整洁",
                        "event": "月度检查",
                        "happened_on": day,
                        "counted_on": day,
                        "booked_on": day,
                        "points": 4,
                        "evidence": "评分表",
                        "year": year,
                        "number": place + 1,
                    }
                )
            add_many(session, PointEntry, lines)
    return set_id, items, homes, judge_id


def _bulk(
    file: VillageFile, set_id: str, item_id: str, homes: list[str], judge: str, number: int
) -> tuple[float, float]:
    made: list[str] = []

    def apply() -> None:
        with file.writing("points.apply_for_many") as session:
            done = actions.apply_for_many(
                session,
                set_id=set_id,
                wanted=tuple(actions.Wanted(one, item_id, 3) for one in homes[:BULK]),
                event=f"第{number}次劳动",
                happened_on=dt.date(2026, 1, 10 + number),
                evidence="签到表",
            )
            made.extend(done.done)

    def book() -> None:
        with file.writing("points.book_ready") as session:
            assert len(actions.book_ready(session, set_id=set_id).done) == BULK

    applied = timed(apply)
    with file.writing("points.check_applications") as session:
        actions.check_applications(
            session, application_ids=tuple(made), verdict="agreed", checker_id=judge, checked_on=TODAY
        )
    return applied, timed(book)
