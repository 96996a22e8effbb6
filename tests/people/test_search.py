"""One box: names, pinyin, initials, tails, households, groups; the right person first."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from village_desk.people import actions, lookups
from village_desk.store.file import VillageFile

Make = Callable[..., str]


@pytest.fixture
def crowd(village: VillageFile, person: Make) -> VillageFile:
    """A few people whose keys are near each other."""
    with village.writing("people.households") as session:
        third = actions.add_household(session, number="0127", group_name="三组")
        first = actions.add_household(session, number="0012", group_name="一组")
    person("王伟", household_id=third, relation="户主", identity="130503196704010016", birth="", phone="13800001234")
    person("王伟民", household_id=third, relation="长子", birth="1995-01-01")
    person("文武", household_id=first, relation="户主", birth="1960-01-01", phone="13912340127")
    person("单红", household_id=first, relation="妻", birth="1962-01-01", former_name="王小红")
    person("尉迟恭", birth="1950-01-01", group_name="五组")
    person("王䶮", birth="2000-01-01")
    return village


def found(village: VillageFile, words: str) -> list[str]:
    """Names in the order of the hits."""
    with village.reading() as session:
        return [row.name for row in lookups.find_people(session, words)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("王伟", ["王伟", "王伟民"]),
        ("ww", ["王伟", "文武", "王伟民"]),
        ("WW", ["王伟", "文武", "王伟民"]),
        ("wangwei", ["王伟", "王伟民"]),
        ("伟民", ["王伟民"]),
        ("shan", ["单红"]),
        ("sh", ["单红"]),
        ("ycg", ["尉迟恭"]),
        ("yuchi", ["尉迟恭"]),
        ("䶮", ["王䶮"]),
        ("王y", ["王䶮"]),
        ("0016", ["王伟"]),
        ("1234", ["王伟"]),
        ("19670401", ["王伟"]),
        ("0127", ["王伟", "王伟民", "文武"]),
        ("127户", ["王伟", "王伟民"]),
        ("户号127", []),
        ("三组", ["王伟", "王伟民"]),
        ("3组", ["王伟", "王伟民"]),
        ("三组 民", ["王伟民"]),
        ("王小红", ["单红"]),
        ("五组", ["尉迟恭"]),
        ("%", []),
        ("_", []),
        ("", []),
        ("没有这个人", []),
    ],
)
def test_scenario_13_the_right_person_comes_first(crowd: VillageFile, words: str, names: list[str]) -> None:
    assert found(crowd, words) == names


def test_people_who_left_stand_last(crowd: VillageFile) -> None:
    import datetime as dt

    with crowd.reading() as session:
        gone = lookups.find_ids(session, "王伟")[0]
    with crowd.writing("people.move_out") as session:
        actions.move_out(session, person_id=gone, on=dt.date(2026, 3, 1))
    # The exact name still comes before the longer one; among equal hits those on the roll come first.
    assert found(crowd, "王伟") == ["王伟", "王伟民"]
    assert found(crowd, "ww")[0] == "文武"
    with crowd.reading() as session:
        assert lookups.person_ids(session, lookups.PeopleFilter(words="王伟")) != []
        names = [
            row.name
            for row in lookups.person_rows(session, lookups.person_ids(session, lookups.PeopleFilter(words="王伟")))
        ]
    assert names == ["王伟民"]


@pytest.mark.parametrize(
    "order",
    ["household", "name", "sex", "age", "identity", "group", "phone", "state", "strokes", "relation", "political"],
)
def test_every_order_gives_everybody(crowd: VillageFile, order: str) -> None:
    with crowd.reading() as session:
        up = lookups.person_ids(session, lookups.PeopleFilter(), order=order)
        down = lookups.person_ids(session, lookups.PeopleFilter(), order=order, descending=True)
    assert sorted(up) == sorted(down)
    assert len(up) == 6


def test_the_list_by_household_puts_the_head_first(crowd: VillageFile) -> None:
    with crowd.reading() as session:
        rows = lookups.person_rows(session, lookups.person_ids(session, lookups.PeopleFilter()))
    assert [row.name for row in rows] == ["文武", "单红", "王伟", "王伟民", "尉迟恭", "王䶮"]


def test_narrowing_by_group_and_kind(crowd: VillageFile) -> None:
    def names(**wanted: str) -> list[str]:
        with crowd.reading() as session:
            ids = lookups.person_ids(session, lookups.PeopleFilter(**wanted))
            return [row.name for row in lookups.person_rows(session, ids)]

    assert names(group="三组") == ["王伟", "王伟民"]
    assert names(only="heads") == ["文武", "王伟"]
    assert names(only="party") == []


def test_the_search_follows_every_change(crowd: VillageFile) -> None:
    with crowd.reading() as session:
        card = lookups.person_card(session, lookups.find_ids(session, "文武")[0])
        home = lookups.household_card(session, card.row.household_id)
    with crowd.writing("people.edit") as session:
        actions.edit_person(session, person_id=card.id, seen=card.seen, name="闻武")
        actions.edit_household(session, household_id=home.id, number="0300", group_name="九组", seen=home.seen)
    assert found(crowd, "文武") == []
    assert found(crowd, "闻武") == ["闻武"]
    assert found(crowd, "300户") == ["闻武", "单红"]
    assert found(crowd, "九组") == ["单红", "闻武"]


def test_counts(crowd: VillageFile) -> None:
    with crowd.reading() as session:
        counts = lookups.counts(session)
        assert (counts.people, counts.households, counts.women, counts.left) == (6, 2, 0, 0)
        assert lookups.groups(session) == ["一组", "三组", "五组"]


@pytest.mark.parametrize("words", ["w", "王伟", "0127", "三组 民"])
def test_a_search_reads_nothing_but_the_index_of_keys(crowd: VillageFile, words: str) -> None:
    """The wide rows of a whole village would have to be decrypted at each key."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    with crowd.reading() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda _c, _k, text, values, *_: asked.append((text, values)))
        lookups.person_ids(session, lookups.PeopleFilter(words))
        lookups.find_ids(session, words)
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all() for text, values in [*asked]]
    assert len(plans) == 2
    assert all("COVERING INDEX person_search_keys" in plan[0].detail for plan in plans)
