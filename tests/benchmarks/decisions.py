"""Figures of a case: the checker over the sample's cases, the page's view of one, the list of many."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.frame import Figure, median
from tests.benchmarks.villages import open_sample
from village_desk.decisions.actions import open_decision
from village_desk.decisions.lookups import all_decisions, case_facts, inspection, one_decision
from village_desk.decisions.rules import judge_case
from village_desk.rulebook.lookups import rulebook
from village_desk.store.file import VillageFile

CASES = 40
INSPECTED = 400


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of a case."""
    file = open_sample(folder)
    with file.reading() as session:
        ids = [row.id for row in all_decisions(session)]
        book = rulebook(session)
        facts = [case_facts(session, one) for one in ids]

    def check() -> None:
        with file.reading() as session:
            for one in ids:
                judge_case(book, case_facts(session, one))

    yield Figure("legality check of a case, its facts read from the file", median(check, 15) / len(ids), 0.02)
    verdicts = median(lambda: [judge_case(book, one) for one in facts], 15)
    yield Figure("legality check alone", verdicts / len(ids), 0.02)

    def whole() -> None:
        with file.reading() as session:
            for one in ids:
                one_decision(session, one)

    yield Figure("a whole case for its page, with meetings and rolls", median(whole, 15) / len(ids), 0.05)
    _open_cases(file, CASES - len(ids))

    def listed() -> None:
        with file.reading() as session:
            assert len(all_decisions(session)) == CASES

    yield Figure(f"list of {CASES} cases, each judged", median(listed, 15), 0.1)
    _open_cases(file, INSPECTED - CASES)

    def rehearsed() -> None:
        with file.reading() as session:
            assert len(inspection(session).lines) == INSPECTED

    yield Figure(f"rehearsal of an inspection over {INSPECTED} cases", median(rehearsed, 7), 2.0)
    file.close()


def _open_cases(file: VillageFile, many: int) -> None:
    with file.writing("decisions.open_decision") as session:
        for number in range(many):
            open_decision(
                session,
                title=f"第{number}号事项",
                matter_code="M04",
                opened_on=file.today - dt.timedelta(days=number),
                motion_source="党员群众建议",
                plan="修缮村东排水渠600米，汛期前完工。",
            )
