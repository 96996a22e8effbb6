"""Figures of a large register: 20,000 people in 6,000 households in the list and the import, 100,000 in the search."""

import csv
import importlib
import importlib.util
import itertools
import os
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.frame import Figure, median, timed
from tests.benchmarks.people import KEY, TYPED
from tests.benchmarks.villages import new_village
from village_desk.desk.history import people_found
from village_desk.desk.sample.roster import write_sample_roster
from village_desk.people.actions import import_roster, preview_roster, read_roster
from village_desk.people.lookups import PeopleFilter, person_ids, person_rows
from village_desk.people.records import Household, Person
from village_desk.people.rules.electorates import Assembly
from village_desk.people.rules.roster import Field, Preview, Roster
from village_desk.store.acts import add_many
from village_desk.store.file import VillageFile
from village_desk.widgets.tables import PAGE_ROWS

PEOPLE = 20_000
MORE_PEOPLE = 100_000
KEY_AT_MORE = 0.05
_STEP = 10_000
GROUPS = "一二三四五六七八"


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the large register."""
    roster = folder / "large.xlsx"
    write_sample_roster(roster, people=PEOPLE)
    file = new_village(folder / "large")
    yield from _import(file, roster, folder)
    yield from _list(file)
    yield from _keys(file, PEOPLE, KEY)
    step = next(one.id for one in file.steps() if one.deed == "people.import_roster")
    yield Figure(f"undo of an import of {PEOPLE:,} rows", timed(lambda: file.undo(step)), 4)
    file.close()
    most = new_village(folder / "most")
    fill(most, MORE_PEOPLE)
    yield from _keys(most, MORE_PEOPLE, KEY_AT_MORE)
    most.close()


def _import(file: VillageFile, path: Path, folder: Path) -> Iterator[Figure]:
    read: list[Roster] = []

    def preview() -> Preview:
        read[:] = [read_roster(path, today=file.today)]
        with file.reading() as session:
            return preview_roster(session, read[0])

    def take() -> None:
        with file.writing("people.import_roster") as session:
            import_roster(session, roster=read[0])

    yield Figure(f"roster of {PEOPLE:,} rows read, checked, previewed", median(preview, 3), 4)
    seconds = timed(take)
    peer = _gramps(read[0], folder / "gramps.csv")
    named = "Gramps, the same people from CSV" if peer is not None else ""
    yield Figure("the same roster taken in", seconds, 8, "s", named, peer)
    yield Figure("read and previewed again, over the people it brought", timed(preview), 4)


def _gramps(roster: Roster, path: Path) -> float | None:
    """Seconds in which Gramps takes the same people in; None where it is not installed."""
    if importlib.util.find_spec("gramps") is None:
        return None
    # By name: the peer is no dependency of the desk.
    import_as_dict = importlib.import_module("gramps.gen.db.utils").import_as_dict
    user = importlib.import_module("gramps.gen.user").User

    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["person", "surname", "given", "gender", "birth date"])
        for i, line in enumerate(roster.lines):
            sex = {"male": "male", "female": "female"}.get(line.values.get(Field.SEX, ""), "unknown")
            rows.writerow([f"[I{i:06d}]", line.name[:1], line.name[1:], sex, line.values.get(Field.BIRTH, "")])
    return timed(lambda: import_as_dict(str(path), user()))


def _list(file: VillageFile) -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from village_desk.people.page import PeoplePage
    from village_desk.widgets import theme
    from village_desk.widgets.workplace import Workplace

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.dress(app)
    workplace = Workplace(file)
    page = PeoplePage(workplace)
    page.resize(1178, 660)
    page.show()
    app.processEvents()

    def shown(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            work()
            app.processEvents()

        return run

    register = page.register
    yield Figure(f"list of {PEOPLE:,} people opened and painted", median(shown(page.refresh_now)), 0.3)
    orders = itertools.cycle(("strokes", "name", "age", "household"))
    sorts = [timed(shown(partial(register.sort_by, next(orders)))) for _ in range(8)]
    yield Figure("the list sorted by strokes, pinyin, age, household, the median", statistics.median(sorts), 0.2)
    yield Figure("the slowest of these sorts", max(sorts), 0.2)
    register.filter.setText("王")
    yield Figure("the list narrowed by a word and painted", median(shown(register.narrow)), 0.1)
    rolls = page.rolls
    rolls.body.setCurrentIndex(rolls.body.findData(Assembly.VILLAGERS_MEETING.value))
    words = f"who is eligible among {PEOPLE:,} people and why each other is not"
    yield Figure(words, median(shown(rolls.refresh)), 0.3)
    workplace.close()
    page.deleteLater()
    app.processEvents()


def _keys(file: VillageFile, people: int, target: float) -> Iterator[Figure]:
    """The search box of the desk, and the first screen of the filtered register."""

    def in_box(words: str) -> None:
        with file.reading() as session:
            people_found(session, words=words)

    def in_list(words: str) -> None:
        with file.reading() as session:
            person_rows(session, person_ids(session, PeopleFilter(words))[:PAGE_ROWS])

    for name, search in (("search box", in_box), ("filter of the register", in_list)):
        for words in TYPED:
            search(words)
        keys = [median(partial(search, words), 5) for words in TYPED]
        yield Figure(f"{name}, a key at {people:,} people", statistics.median(keys), target)
        yield Figure(f"{name}, the slowest of {len(keys)} keys at {people:,}", max(keys), target)


def fill(file: VillageFile, people: int) -> None:
    """So many people in households of three, past the reading of a workbook."""
    surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    given = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华红建国文玉兰志德海春山水木林田梅"
    for start in range(0, people, _STEP):
        with file.writing("people.import_roster") as session:
            numbers = range(start, min(start + _STEP, people))
            homes = add_many(
                session,
                Household,
                [
                    {"number": f"{n // 3:05d}", "group_name": f"{'一二三四五六七八'[n // 3 % 8]}组"}
                    for n in numbers[::3]
                ],
            )
            add_many(
                session,
                Person,
                [
                    {
                        "name": surnames[n * 7 % len(surnames)]
                        + given[n * 11 % len(given)]
                        + (given[n * 13 % 37] if n % 5 else ""),
                        "sex": "male" if n % 2 else "female",
                        "household_id": homes[at // 3],
                        "relation": ("户主", "妻", "子")[at % 3],
                        "identity": f"320924{1940 + n % 80}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}{n % 10}",
                        "birth": f"{1940 + n % 80}-{1 + n % 12:02d}-{1 + n % 28:02d}",
                        "phone": f"138{n:08d}",
                    }
                    for at, n in enumerate(numbers)
                ],
            )
