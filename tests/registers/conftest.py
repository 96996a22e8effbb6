"""A village file with a few households, for the tests of registers."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import new_village
from tests.registers.village import TODAY as LAST_OF_SEPTEMBER
from tests.registers.village import Home, furnished
from village_desk.desk.rooms import load_records
from village_desk.people.actions import add_person
from village_desk.people.lookups import person_rows
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST
from village_desk.store.operators import Role, add_operator

load_records()
TODAY = dt.date(2026, 3, 12)
PEOPLE = (("1", "张大山", "户主"), ("1", "张小山", "子"), ("2", "李秀英", "户主"), ("3", "王建国", "户主"))


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    """A village file on Thursday, 12 March 2026."""
    file = VillageFile.create(
        tmp_path / "东河村.vdesk",
        village="329924103205",
        name="东河村",
        operator="李会计",
        password="correct-horse",
        today=TODAY,
        cost=LEAST_COST,
    )
    with file.writing("store.add_operator") as session:
        add_operator(session, name="陈复核", role=Role.SECOND)
    yield file
    file.close()


@pytest.fixture
def people(village: VillageFile) -> dict[str, str]:
    """Four people in three households: ids by name."""
    found: dict[str, str] = {}
    homes: dict[str, str] = {}
    for number, name, relation in PEOPLE:
        with village.writing("people.add_person") as session:
            if number in homes:
                found[name] = add_person(
                    session, name=name, relation=relation, birth="1990-05-05", household_id=homes[number]
                )
            else:
                found[name] = add_person(
                    session, name=name, relation=relation, birth="1970-05-05", new_household=(number, "一组")
                )
        with village.reading() as session:
            homes[number] = person_rows(session, [found[name]])[0].household_id
    return found


@pytest.fixture
def home(tmp_path: Path, other_laptop: Path) -> Iterator[Home]:
    """An open file on the last of September 2026 with four households, with the clerk at the desk."""
    file = new_village(tmp_path, today=LAST_OF_SEPTEMBER)
    yield furnished(file)
    file.close()
