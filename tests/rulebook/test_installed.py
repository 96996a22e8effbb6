"""Packs in the village file: installed once, kept with their days, refused for another place or under an old number."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.files import new_village
from village_desk.kit.errors import NotAllowed
from village_desk.rulebook.actions import install_pack, install_shipped_pack
from village_desk.rulebook.lookups import packs_in_use, rulebook
from village_desk.rulebook.rules import PackError, shipped_packs
from village_desk.schedule.lookups import calendar
from village_desk.store.file import VillageFile

HEAD = """
issuer = "somewhere"
pack = "days"
title = "某县公开天数"
version = "{version}"
law_version = "某县办法"
region = "{region}"
valid_from = 2026-01-01
"""
POSTING = """
[[posting]]
rule_id = "P-X"
kind = "resolution"
name = "决议公开"
sort = "publication"
days = {days}
working_days = false
rolls_over = true
legal_ref = "某县办法第三条"
standing = "local_rule"
"""


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    """An open file."""
    file = new_village(tmp_path, today=dt.date(2026, 6, 30))
    yield file
    file.close()


def files(days: int = 20, version: str = "1", region: str = "320924") -> tuple[tuple[str, str], ...]:
    return (
        ("pack.toml", HEAD.format(version=version, region=region)),
        ("posting.toml", POSTING.format(days=days)),
    )


def install(file: VillageFile, given: Any) -> str:
    with file.writing("rulebook.install_pack") as session:
        return install_pack(session, files=given)


def days_now(file: VillageFile) -> list[int]:
    with file.reading() as session:
        return [row.days for row in rulebook(session).posting_rule("resolution", file.today).rows]


def test_the_same_version_with_other_content_in_another_file_is_not_mistaken_for_it(
    village: VillageFile, tmp_path: Path
) -> None:
    install(village, files(20))
    assert days_now(village) == [15, 20]
    other = new_village(tmp_path / "另一台.vdesk", today=dt.date(2026, 6, 30))
    install(other, files(25))
    assert days_now(other) == [15, 25]
    other.close()


def test_an_installed_pack_is_in_force_at_once_and_beside_the_law(village: VillageFile) -> None:
    assert days_now(village) == [15]
    install(village, files())
    assert days_now(village) == [15, 20]
    with village.reading() as session:
        rows = packs_in_use(session)
        assert calendar(session).is_announced(2026)
    assert [(row.title, row.installed) for row in rows][-1] == ("某县公开天数", True)
    assert sum(not row.installed for row in rows) == len(shipped_packs())


def test_the_same_version_twice_changes_nothing_and_another_content_is_refused(village: VillageFile) -> None:
    first = install(village, files())
    before = village.digest()
    assert install(village, files()) == first
    assert village.digest() == before
    with pytest.raises(NotAllowed, match="内容和上次不一样"):
        install(village, files(days=30))
    assert village.digest() == before


def test_the_later_version_takes_the_place_of_the_earlier(village: VillageFile) -> None:
    install(village, files(version="9"))
    install(village, files(days=25, version="10"))
    assert days_now(village) == [15, 25]


def test_a_pack_for_another_county_or_with_a_mistake_leaves_nothing(village: VillageFile) -> None:
    before = village.digest()
    with pytest.raises(NotAllowed, match="适用于区划代码370000"):
        install(village, files(region="370000"))
    with pytest.raises(PackError, match="应在0到3650之间"):
        install(village, files(days=9999))
    with (
        pytest.raises(NotAllowed, match="程序里没有规则包"),
        village.writing("rulebook.install_shipped_pack") as session,
    ):
        install_shipped_pack(session, issuer="sample-county", pack="nothing")
    assert village.digest() == before


def test_the_book_is_the_same_object_until_a_pack_comes(village: VillageFile) -> None:
    with village.reading() as session:
        assert rulebook(session) is rulebook(session)
        before = rulebook(session)
    install(village, files())
    with village.reading() as session:
        assert rulebook(session) is not before
