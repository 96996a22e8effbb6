"""A village file with its bodies, and workbooks as villages keep them, for the tests of people."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.files import new_village
from village_desk.people import actions, records
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 3, 14)
HEAD = ["序号", "村民小组", "户号", "姓名", "与户主关系", "性别", "身份证号", "出生日期", "联系电话", "政治面貌"]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[VillageFile]:
    """An empty village file, open, on 14 March 2026."""
    assert records.PersonSearch.__table__ is not None
    file = new_village(tmp_path, today=TODAY, code="329924103205", password="四个词连起来的口令")
    yield file
    file.close()


@pytest.fixture
def settled(village: VillageFile) -> VillageFile:
    """A village file with its standard bodies."""
    with village.writing("people.set_up_bodies") as session:
        actions.set_up_bodies(session)
    return village


@pytest.fixture
def desk_file(settled: VillageFile) -> VillageFile:
    """What the pages of people open: a village with its bodies."""
    return settled


@pytest.fixture
def person(village: VillageFile) -> Callable[..., str]:
    """A maker of persons: person("王伟", birth="1980-01-01") gives the id."""

    def make(name: str, **facts: Any) -> str:
        with village.writing("people.add_person") as session:
            return actions.add_person(session, name=name, **{"birth": "1970-05-05", **facts})

    return make


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """A maker of .xlsx workbooks: workbook(rows) or workbook({"一组": rows, …})."""

    def make(rows: Sequence[Sequence[Any]] | dict[str, Sequence[Sequence[Any]]], name: str = "花名册.xlsx") -> Path:
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for title, content in (rows if isinstance(rows, dict) else {"Sheet1": rows}).items():
            page = book.create_sheet(title)
            for row in content:
                page.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return make
