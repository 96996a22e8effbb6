"""A village file of its own for each test of points, with three households and a rule set."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.files import new_village
from village_desk.people.records import Household, PartyMembership, Person
from village_desk.points import actions, lookups
from village_desk.points.rules.sets import Area, Item, Often, Period, RuleSet, SubjectKind
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, StoreOperator

TODAY = dt.date(2026, 8, 1)
RULES = RuleSet(
    "东河村农户积分办法",
    SubjectKind.HOUSEHOLD,
    Period.YEAR,
    (
        Item("H1", "环境卫生", "门前整洁", 5, 5, Often.MONTH, cap=12),
        Item("H2", "环境卫生", "乱倒垃圾", -3, -1, floor=-5),
        Item("H3", "公益志愿", "参加义务劳动", 1, 10, evidence_needed=False),
    ),
    (Area("环境卫生", opening=10, floor=0),),
    opening=50,
    cap=100,
    floor=0,
    used_for="评先评优参考",
)


@dataclass(frozen=True)
class Village:
    """The open file and the ids that tests speak of."""

    file: VillageFile
    set_id: str
    items: dict[str, str]
    households: dict[str, str]
    persons: dict[str, str]


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[Village]:
    """An open file on the first of August 2026, with the clerk at the desk."""
    file = new_village(tmp_path, today=TODAY)
    yield furnished(file)
    file.close()


def furnished(file: VillageFile) -> Village:
    """Three households, two people in the first, a second operator, and the rule set."""
    with file.writing("tests.furnish") as session:
        households, persons = {}, {}
        for number, (head, group) in enumerate((("张大山", "三组"), ("王强", "一组"), ("李四", "二组")), 1):
            household = Household(number=str(number), group_name=group)
            session.add(household)
            session.flush()
            person = Person(name=head, household_id=household.id, relation="head", group_name=group)
            session.add(person)
            session.flush()
            households[head], persons[head] = household.id, person.id
        son = Person(name="张小山", household_id=households["张大山"], relation="son", group_name="三组")
        session.add_all([son, StoreOperator(name="王强", role=Role.SECOND)])
        session.flush()
        persons["张小山"] = son.id
        session.add(PartyMembership(person_id=persons["王强"], probationary=True))
        set_id = actions.add_rule_set(session, rules=RULES)
    with file.reading() as session:
        items = {row.item.code: row.id for row in lookups.one_rule_set(session, set_id).items}
    return Village(file, set_id, items, households, persons)


@pytest.fixture
def desk_file(village: Village) -> VillageFile:
    """The file behind the pages of points."""
    return village.file
