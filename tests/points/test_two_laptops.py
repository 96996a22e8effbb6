"""Two laptops book the same event apart and meet: it counts once, and both show the same sums."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import new_village
from tests.points.conftest import TODAY, Village, furnished
from village_desk.points import actions, lookups
from village_desk.store import journal
from village_desk.store.file import VillageFile


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Village, Village]]:
    """A furnished village on one laptop and its copy on another."""
    paths = [tmp_path / name / "村.vdesk" for name in ("one", "other")]
    made: list[VillageFile] = []
    for path in paths:
        path.parent.mkdir()
        monkeypatch.setenv("VILLAGE_DESK_PROFILE", str(path.parent / "profile"))
        if not made:
            file = new_village(path, today=TODAY)
            known = furnished(file)
            made.append(file)
            continue
        made[0].close()
        for suffix in (".vdesk", ".vkey"):
            shutil.copyfile(paths[0].with_suffix(suffix), path.with_suffix(suffix))
        made.append(VillageFile.open(path, operator="李会计", password="correct-horse", today=TODAY))
    monkeypatch.setenv("VILLAGE_DESK_PROFILE", str(paths[0].parent / "profile"))
    made[0] = VillageFile.open(paths[0], operator="李会计", password="correct-horse", today=TODAY)
    one, other = (Village(file, known.set_id, known.items, known.households, known.persons) for file in made)
    yield one, other
    for file in made:
        file.close()


def booked(village: Village, event: str = "7月检查") -> actions.Booked:
    with village.file.writing("points.book") as session:
        made = actions.apply_for_points(
            session,
            set_id=village.set_id,
            item_id=village.items["H1"],
            subject_id=village.households["张大山"],
            points=5,
            event=event,
            happened_on=dt.date(2026, 7, 12),
            evidence="现场",
        )
        actions.check_application(
            session, application_id=made, verdict="agreed", checker_id=village.persons["李四"], checked_on=TODAY
        )
        return actions.book(session, application_id=made)


def exchange(one: Village, other: Village) -> None:
    for giver, taker in ((one, other), (other, one)):
        with giver.file.reading() as session:
            operations = list(journal.operations_after(session, {}))
        with taker.file.writing("sync.take_in") as session:
            journal.take_in(session, operations, village="320924103205", from_township=False)


def balance(village: Village) -> int:
    with village.file.reading() as session:
        found = lookups.card(session, set_id=village.set_id, subject_id=village.households["张大山"], period="2026")
    return found.balance


def test_the_same_event_booked_apart_counts_once(desks: tuple[Village, Village]) -> None:
    one, other = desks
    first, second = booked(one), booked(other, "另一台电脑上的检查")
    assert first.entry_id == second.entry_id
    exchange(one, other)
    assert one.file.digest() == other.file.digest()
    assert balance(one) == balance(other) == 65
    # It counts once, and people can see that it was booked twice.
    for desk in desks:
        with desk.file.reading() as session:
            (told,) = lookups.booked_twice(session, set_id=desk.set_id, period="2026")
        assert told.startswith("三组张大山家的“门前整洁”（2026年7月12日")
        assert told.endswith("在两台电脑上都记过，只算一次。")


def test_a_reversal_made_on_both_laptops_takes_back_once(desks: tuple[Village, Village]) -> None:
    one, other = desks
    done = booked(one)
    exchange(one, other)
    for desk in desks:
        with desk.file.writing("points.reverse_entry") as session:
            actions.reverse_entry(session, entry_id=done.entry_id, reason="户记错了")
    exchange(one, other)
    assert one.file.digest() == other.file.digest()
    assert balance(one) == balance(other) == 60
    assert one.file.verify() == []
