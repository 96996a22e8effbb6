"""The village that tests of registers work in, and how they note an entry."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from village_desk.people.actions import add_unit, adopt_grid
from village_desk.people.records import Household, PartyMembership, Person
from village_desk.registers.actions.entries import add_entry
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 9, 30)
HEADS = ("赵一", "钱二", "孙三", "周四")
T = TypeVar("T")


@dataclass
class Home:
    """The open file and the ids that tests speak of."""

    file: VillageFile
    homes: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def read(self, look: Callable[[Session], T]) -> T:
        """Something read."""
        with self.file.reading() as session:
            return look(session)

    def write(self, act: Callable[[Session], T]) -> T:
        """Something done as one step."""
        with self.file.writing("tests.do") as session:
            return act(session)

    def join_party(self, name: str, on: dt.date) -> None:
        """A party membership."""
        self.write(
            lambda s: s.add(PartyMembership(person_id=self.people[name], organisation_id="branch", joined_on=on))
        )

    def grid(self, name: str, *, head: str = "", phone: str = "") -> str:
        """A grid, with its head and his phone."""
        if phone:
            self.write(lambda s: setattr(s.get(Person, self.people[head]), "phone", phone))
        self.write(lambda s: adopt_grid(s, key="area_groups"))
        top = self.write(lambda s: add_unit(s, name="东河村", depth=1, from_on=dt.date(2026, 1, 1)))
        return self.write(
            lambda s: add_unit(
                s,
                name=name,
                depth=2,
                parent_id=top,
                person_id=self.people.get(head, ""),
                from_on=dt.date(2026, 1, 1),
            )
        )


def furnished(file: VillageFile) -> Home:
    """Four households of one person each."""
    home = Home(file)
    with file.writing("tests.furnish") as session:
        for number, head in enumerate(HEADS, 1):
            house = Household(number=str(number), group_name="一组")
            session.add(house)
            session.flush()
            person = Person(name=head, household_id=house.id, relation="head", group_name="一组")
            session.add(person)
            session.flush()
            home.homes[head], home.people[head] = house.id, person.id
    return home


def add(
    home: Home, register: str, *, on: dt.date = TODAY, subject: str = "", more: Mapping[str, Any] = {}, **answers: Any
) -> str:
    """An entry of a register; `more` has the answers whose names are words of Python."""
    said = tuple({**answers, **more}.items())
    return home.write(lambda s: add_entry(s, register=register, noted_on=on, subject_id=subject, answers=said))
