"""Figures of notices: list and plan of a village with 2,000 sheets, the duties of a day, a county's workbook."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from tests.benchmarks.frame import Figure, median
from tests.benchmarks.villages import open_sample
from village_desk.notices import actions, lookups
from village_desk.notices.records import Notice, Posting, Takedown
from village_desk.schedule.lookups import agenda_of_day
from village_desk.store.acts import act, add_many
from village_desk.store.file import VillageFile

SHEETS = 2_000


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of notices."""
    file = open_sample(folder)
    _fill(file)
    today = file.today

    def plan() -> None:
        with file.reading() as session:
            lookups.year_plan(session, year=today.year, on=today)

    yield Figure(f"plan of a year with {SHEETS:,} sheets opened", median(plan, 9), 0.3)

    def listed() -> None:
        with file.reading() as session:
            ids = lookups.notice_ids(session, on=today)
            assert len(ids) >= SHEETS
            lookups.notice_rows(session, ids[:100], on=today)

    yield Figure(f"list of {SHEETS:,} sheets with its first hundred rows", median(listed, 9), 0.3)

    def duties() -> None:
        with file.reading() as session:
            lookups.open_duties(session, on=today)
            agenda_of_day(session, on=today)

    yield Figure("duties of a day and what comes round", median(duties, 9), 0.05)
    path = _workbook(folder / "catalogue.xlsx")
    yield Figure(
        "catalogue of 400 items read from its workbook", median(lambda: actions.look_at_catalogue(path), 3), 1.0
    )
    file.close()


def _fill(file: VillageFile) -> None:
    """Sheets of many years that hung and came down, answering duties as years of work leave them."""
    first = file.today - dt.timedelta(days=2_500)
    with file.writing("tests.fill") as session:
        village = act(session).village
        rows = []
        for number in range(SHEETS):
            day = first + dt.timedelta(days=number)
            rows.append(
                {
                    "state": "published",
                    "title": f"第{number}张公开",
                    "item": "affairs",
                    "body": "内容",
                    "year": day.year,
                    "number": number + 1,
                    "dated_on": day,
                    "posting_from": day,
                    "posting_until": day + dt.timedelta(days=15),
                    "duty_id": lookups.turn_id(village, "C03", f"{day.year}-{number}"),
                }
            )
        notices = add_many(session, Notice, rows)
        hung = [
            {"notice_id": one, "board": "村务公开栏", "posted_on": first + dt.timedelta(days=number)}
            for number, one in enumerate(notices)
        ]
        postings = add_many(session, Posting, hung)
        down = [
            {"notice_id": notice, "posting_id": posting, "taken_on": first + dt.timedelta(days=number + 20)}
            for number, (notice, posting) in enumerate(zip(notices, postings, strict=True))
        ]
        add_many(session, Takedown, down)


def _workbook(path: Path) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["序号", "一级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道"])
    for number in range(400):
        limit = ("每季度的首个月20日", "20个工作日内", "每年3月", "变动时")[number % 4]
        book.active.append([str(number + 1), "村务公开", f"第{number}项", "条例", limit, "村委会", "■公开栏 □网站"])
    book.save(path)
    return path
