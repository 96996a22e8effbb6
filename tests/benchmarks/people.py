"""Figures of the register: a roster read, previewed, taken in and undone, and the search at every key."""

import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from openpyxl import load_workbook

from tests.benchmarks.frame import Figure, in_turn, median, timed
from tests.benchmarks.villages import new_village
from village_desk.desk.history import people_found
from village_desk.desk.sample.roster import write_sample_roster
from village_desk.people.actions import import_roster, preview_roster, read_roster
from village_desk.people.lookups import PeopleFilter, person_ids, person_rows
from village_desk.people.rules.roster import Preview
from village_desk.store.file import VillageFile
from village_desk.widgets.tables import PAGE_ROWS

PEOPLE = 5000
SMALLER = 1200
# What clerks type, key by key: initials, whole pinyin, names, the tail of a number, a household.
TYPED = ("w", "ww", "wangw", "wangwei", "王", "王伟", "王建国", "欧阳", "王w", "4", "41", "412", "123X", "0127", "三组")
KEY = 0.016


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the register."""
    roster = folder / "roster.xlsx"
    write_sample_roster(roster, people=PEOPLE)
    file = new_village(folder / "people")

    def preview() -> Preview:
        read = read_roster(roster, today=file.today)
        with file.reading() as session:
            return preview_roster(session, read)

    ours, peer = in_turn(preview, lambda: _openpyxl(roster), 3)
    yield Figure(f"roster of {PEOPLE} rows read, checked, previewed", ours, 1.5, "s", "openpyxl, reading only", peer)
    yield Figure("the same roster taken in", _take_in(file, roster), 3)
    yield Figure("read and previewed again, over the people it brought", timed(preview), 1.5)
    yield from _search(file)
    file.close()
    yield from _undo(folder)


def _openpyxl(path: Path) -> int:
    book = load_workbook(path, read_only=True)
    try:
        return sum(1 for row in book.active.iter_rows(values_only=True) if any(row))
    finally:
        book.close()


def _take_in(file: VillageFile, path: Path) -> float:
    """Take in a roster that the clerk has seen in the preview; returns the seconds."""
    roster = read_roster(path, today=file.today)

    def work() -> None:
        with file.writing("people.import_roster") as session:
            done = import_roster(session, roster=roster)
        assert done.new > 50 * done.refused

    return timed(work)


def _search(file: VillageFile) -> Iterator[Figure]:
    """The search box of the desk, and the first screen of the filtered register."""

    def in_box(words: str) -> None:
        with file.reading() as session:
            people_found(session, words=words)

    def in_list(words: str) -> None:
        with file.reading() as session:
            person_rows(session, person_ids(session, PeopleFilter(words))[:PAGE_ROWS])

    for name, search in (("search box", in_box), ("filter of the register", in_list)):
        keys = _keys(search)
        yield Figure(f"{name}, a key at {PEOPLE} people", statistics.median(keys), KEY)
        yield Figure(f"{name}, the slowest of {len(keys)} keys", max(keys), KEY)


def _keys(search: Callable[[str], None]) -> list[float]:
    for words in TYPED:
        search(words)
    return [median(partial(search, words), 7) for words in TYPED]


def _undo(folder: Path) -> Iterator[Figure]:
    roster = folder / "smaller.xlsx"
    write_sample_roster(roster, people=SMALLER)
    file = new_village(folder / "undo")
    _take_in(file, roster)
    step = file.steps()[0].id
    yield Figure(f"undo of an import of {SMALLER} rows", timed(lambda: file.undo(step)), 1)
    file.close()
