"""A village with its two committees, branch and representatives, for the tests of meetings and decisions."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import new_village
from village_desk.people import actions as people
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 6, 30)
ELECTED = dt.date(2024, 1, 10)
NAMES = [
    family + given
    for family in "王李张刘陈杨赵黄周吴徐孙"
    for given in ("伟", "芳", "建国", "秀英", "明", "丽", "强", "敏", "军", "静")
]


def settle(file: VillageFile) -> None:
    """A committee of 5 with 32 representatives (37), 60 party members of whom 2 on probation, 120 households."""
    with file.writing("people.set_up_bodies") as session:
        people.set_up_bodies(session)
        ids = [
            people.add_person(
                session,
                name=NAMES[number],
                birth=f"{1950 + number % 50}-03-05",
                sex="female" if number % 2 else "male",
                group_name=f"{'一二三四'[number % 4]}组",
                household_id=people.add_household(
                    session, number=str(number), group_name=f"{'一二三四'[number % 4]}组"
                ),
                relation="head",
            )
            for number in range(120)
        ]
        for number in range(60):
            people.add_party_member(
                session,
                person_id=ids[number],
                probationary=number >= 58,
                joined_on=dt.date(2026, 1, 5) if number >= 58 else dt.date(2010, 1, 5),
                full_on=None if number >= 58 else dt.date(2011, 1, 5),
            )
        roles = ["chair", "deputy_chair", *["committee_member"] * 3]
        posts = [("secretary", 5), ("deputy_secretary", 6), ("branch_member", 7), ("branch_member", 0)]
        posts += list(zip(roles, range(5), strict=True))
        posts += [("representative", number) for number in range(60, 92)]
        posts += [("supervision_head", 100), ("supervision_member", 101), ("supervision_member", 102)]
        for role, number in posts:
            people.appoint(session, person_id=ids[number], role=role, from_on=ELECTED, despite="不是近亲属")


_BUILT: list[Path] = []


def _settled_once(factory: pytest.TempPathFactory) -> Path:
    """The folder of a settled file with the profile of its laptop, built once in a run: settling costs two seconds."""
    if not _BUILT:
        folder = factory.mktemp("settled")
        with pytest.MonkeyPatch.context() as patch:
            # Where other_laptop looks once the folder is copied.
            patch.setenv("VILLAGE_DESK_PROFILE", str(folder / "other-laptop" / "data" / "village-desk"))
            file = new_village(folder, today=TODAY)
            settle(file)
            file.close()
        _BUILT.append(folder)
    return _BUILT[0]


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VillageFile]:
    """An open, settled file on the thirtieth of June 2026, with the clerk at the desk."""
    shutil.copytree(_settled_once(tmp_path_factory), tmp_path, dirs_exist_ok=True)
    file = VillageFile.open(tmp_path / "东河村.vdesk", operator="李会计", password="correct-horse", today=TODAY)
    try:
        yield file
    finally:
        file.close()
