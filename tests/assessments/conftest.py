"""A village file with six households and a star set for each test of assessments."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.files import new_village
from village_desk.assessments import actions, lookups
from village_desk.desk.rooms import load_records
from village_desk.people.records import Household, Person
from village_desk.store.file import VillageFile

load_records()
TODAY = dt.date(2026, 9, 30)
HEADS = ("赵一", "钱二", "孙三", "周四", "吴五", "郑六")


@dataclass(frozen=True)
class Stars:
    """The open file and the ids that tests speak of."""

    file: VillageFile
    set_id: str
    households: dict[str, str]
    persons: dict[str, str]


@pytest.fixture
def stars(tmp_path: Path, other_laptop: Path) -> Iterator[Stars]:
    file = new_village(tmp_path, today=TODAY)
    households, persons = {}, {}
    with file.writing("tests.furnish") as session:
        for number, head in enumerate(HEADS, 1):
            home = Household(number=str(number), group_name="一组" if number < 4 else "二组")
            session.add(home)
            session.flush()
            person = Person(name=head, household_id=home.id, relation="head", group_name=home.group_name)
            session.add(person)
            session.flush()
            households[head], persons[head] = home.id, person.id
        set_id = actions.add_star_set(session, rules=lookups.shipped_star_sets()[0])
    yield Stars(file, set_id, households, persons)
    file.close()
