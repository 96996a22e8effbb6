"""Two laptops of one village work on the same sheet apart and meet: one duty, one posting, the same days."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.files import new_village
from village_desk.notices import actions, lookups
from village_desk.store import journal
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 9, 10)


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[VillageFile, VillageFile]]:
    """The clerk's laptop with one published sheet, and a copy of its file on a second laptop."""

    @contextmanager
    def at(home: Path) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setenv("VILLAGE_DESK_PROFILE", str(home / "profile"))
            yield

    one, other = tmp_path / "one", tmp_path / "other"
    for home in (one, other):
        home.mkdir()
    with at(one):
        file = new_village(one / "村.vdesk", today=TODAY)
        file.close()
    for suffix in (".vdesk", ".vkey"):
        shutil.copyfile((one / "村.vdesk").with_suffix(suffix), (other / "村.vdesk").with_suffix(suffix))
    with at(one):
        first = VillageFile.open(one / "村.vdesk", operator="李会计", password="correct-horse", today=TODAY)
    with at(other):
        second = VillageFile.open(other / "村.vdesk", operator="李会计", password="correct-horse", today=TODAY)
    yield first, second
    first.close()
    second.close()


def exchange(one: VillageFile, other: VillageFile) -> None:
    """Both take in all that the other has."""
    for giver, taker in ((one, other), (other, one)):
        with giver.reading() as session:
            operations = list(journal.operations_after(session, {}))
        with taker.writing("sync.take_in") as session:
            journal.take_in(session, operations, village="320924103205", from_township=False)


def test_what_two_laptops_enter_apart_is_one_duty_and_one_posting(desks: tuple[VillageFile, VillageFile]) -> None:
    one, other = desks
    with one.writing("notices.publish") as session:
        notice_id = actions.draft_notice(
            session, item="resolution", title="决议公开", body="同意。", review_first=False
        )
        actions.publish(session, notice_id=notice_id, posting_from=dt.date(2026, 9, 1))
    exchange(one, other)
    for desk, day in ((one, 1), (other, 2)):
        with desk.writing("notices.post") as session:
            made = actions.post(session, notice_id=notice_id, posted_on=dt.date(2026, 9, day), posted_by="王强")
            actions.record_damage(session, posting_id=made.posting_id, kind="torn", found_on=dt.date(2026, 9, 5))
    exchange(one, other)
    assert one.digest() == other.digest()
    seen = []
    for desk in desks:
        with desk.reading() as session:
            detail = lookups.one_notice(session, notice_id, on=TODAY)
            (duty,) = lookups.open_duties(session, on=TODAY)
        assert len(detail.boards) == 1
        assert len(detail.events) == 2
        seen.append((detail.boards, duty))
    assert seen[0] == seen[1]


def test_numbers_are_given_by_one_laptop(desks: tuple[VillageFile, VillageFile]) -> None:
    one, other = desks

    def publish(desk: VillageFile, title: str) -> str:
        with desk.writing("notices.publish") as session:
            made = actions.draft_notice(session, item="resolution", title=title, body="同意。", review_first=False)
            return actions.publish(session, notice_id=made, posting_from=dt.date(2026, 9, 1)).number

    assert publish(one, "甲") == "东河村委〔2026〕1号"
    exchange(one, other)
    assert publish(other, "乙") == "待编号"
    assert publish(one, "丙") == "东河村委〔2026〕2号"
    exchange(one, other)
    with one.reading() as session:
        numbers = {row.title: row.number for row in lookups.all_notices(session, on=TODAY)}
        waiting = next(row.id for row in lookups.all_notices(session, on=TODAY) if row.title == "乙")
    assert numbers == {"甲": "东河村委〔2026〕1号", "乙": "待编号", "丙": "东河村委〔2026〕2号"}
    with one.writing("notices.give_number") as session:
        assert actions.give_number(session, notice_id=waiting) == "东河村委〔2026〕3号"
    exchange(one, other)
    assert one.digest() == other.digest()
    assert one.verify() == other.verify() == []
