"""A clerk who merges, links and grids whatever comes to hand: nobody is counted twice, nothing is in two places."""

import datetime as dt
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule
from sqlalchemy import select

from tests.files import new_village
from village_desk.kit.errors import DeskError
from village_desk.people import actions, lookups
from village_desk.people.records import GridHousehold, Person, PersonKept, PersonSearch
from village_desk.people.rules.electorates import Assembly

TODAY = dt.date(2026, 3, 14)
NAMES = st.sampled_from(["王伟", "王维", "李秀兰", "单红"])
DAYS = st.dates(dt.date(2026, 1, 1), TODAY)


class RandomLinks(RuleBasedStateMachine):
    """Persons, merges and their undoing, grids with moving households, links that end."""

    people = Bundle("people")
    homes = Bundle("homes")
    merges = Bundle("merges")
    links = Bundle("links")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.file = new_village(self.folder, today=TODAY, code="329924103205", password="四个词连起来的口令")

    @initialize()
    def settle(self) -> None:
        """Bodies, a grid of three units and a kind of link."""
        with self.file.writing("people.settle") as session:
            actions.set_up_bodies(session)
            actions.adopt_grid(session, key="area_groups")
            top = actions.add_unit(session, name="东河村", depth=1, from_on=dt.date(2025, 1, 1))
            self.units = [
                actions.add_unit(session, name=name, depth=2, parent_id=top, from_on=dt.date(2025, 1, 1))
                for name in ("东片", "西片")
            ]
            self.kind = actions.adopt_link_kind(session, key="visit_everyone")

    def teardown(self) -> None:
        self.file.rebuild()
        digest = self.file.digest()
        self.file.rebuild()
        assert self.file.digest() == digest
        assert self.file.verify() == []
        self.file.close()
        shutil.rmtree(self.folder)

    @rule(target=homes, number=st.integers(1, 4))
    def household(self, number: int) -> object:
        """A household."""
        return self.attempt(lambda session: actions.add_household(session, number=str(number), group_name="一组"))

    @rule(target=people, name=NAMES, birth=st.sampled_from(["", "1968-03-05", "1980-05-05"]), home=homes)
    def person(self, name: str, birth: str, home: str) -> object:
        """A person, with a membership every now and then."""

        def make(session: Any) -> str:
            one = actions.add_person(session, name=name, birth=birth, household_id=home)
            if birth == "1968-03-05":
                actions.add_party_member(session, person_id=one, full_on=dt.date(2000, 7, 1))
            return one

        return self.attempt(make)

    @rule(target=merges, gone=people, kept=people)
    def merge(self, gone: str, kept: str) -> object:
        """Two entries for one person, in chains too."""
        return self.attempt(lambda session: actions.merge_persons(session, person_id=gone, kept_id=kept))

    @rule(alias=consumes(merges))
    def unmerge(self, alias: str) -> None:
        """And apart again."""
        self.attempt(lambda session: actions.unmerge_persons(session, alias_id=alias))

    @rule(one=people, other=people)
    def tell_apart(self, one: str, other: str) -> None:
        """Two who look alike and are two."""
        self.attempt(lambda session: actions.mark_distinct(session, person_id=one, other_id=other))

    @rule(home=homes, unit=st.integers(0, 1), on=DAYS)
    def place(self, home: str, unit: int, on: dt.date) -> None:
        """A household into a unit, or on into the other."""
        self.attempt(
            lambda session: actions.place_households(session, grid_id=self.units[unit], household_ids=(home,), on=on)
        )

    @rule(target=links, who=people, home=homes, on=DAYS)
    def link(self, who: str, home: str, on: dt.date) -> object:
        """Somebody stands by a household, and goes there at once."""

        def make(session: Any) -> str:
            (made,) = actions.link(session, kind_id=self.kind, from_id=who, to_ids=(home,), from_on=on)
            actions.record_link_contact(session, kind_id=self.kind, from_id=who, on=on, way="visit", to_id=home)
            return made

        return self.attempt(make)

    @rule(one=consumes(links), on=DAYS)
    def end(self, one: str, on: dt.date) -> None:
        """And does so no longer."""
        self.attempt(lambda session: actions.end_link(session, link_ids=(one,), on=on, why="调整分工"))

    @rule()
    def undo(self) -> None:
        """The newest step, whatever it was."""
        newest = next((step for step in self.file.steps(limit=1)), None)
        if newest is not None and newest.deed == "people.attempt":
            try:
                self.file.undo(newest.id)
            except DeskError:
                return

    def attempt(self, action: Callable[[Any], Any]) -> object:
        """Do it, or be refused and leave nothing."""
        before = self.file.digest()
        try:
            with self.file.writing("people.attempt") as session:
                done = action(session)
        except DeskError:
            assert self.file.digest() == before
            return multiple()
        return done if isinstance(done, str) else multiple()

    @invariant()
    def who_is_listed_stands_for_himself(self) -> None:
        """The list holds the registered without the merged, and each merged entry stands for a listed person."""
        with self.file.reading() as session:
            registered = set(session.scalars(select(Person.id).where(Person.retired.is_(False))))
            kept = {
                row.person_id: row.kept_id for row in session.execute(select(PersonKept.person_id, PersonKept.kept_id))
            }
            listed = set(session.scalars(select(PersonSearch.person_id)))
        assert listed == registered - set(kept)
        assert set(kept.values()) <= listed

    @invariant()
    def nobody_is_counted_twice(self) -> None:
        """On a roll everybody stands once, and no merged entry stands on it."""
        with self.file.reading() as session:
            known = lookups.aliases(session)
            for body in (Assembly.VILLAGERS_MEETING, Assembly.PARTY_MEMBERS):
                ids = [one.person_id for one in lookups.roll(session, body=body, on=TODAY).eligible]
                assert len(set(ids)) == len(ids)
                assert all(known.of(one) == one for one in ids)
            shown = [row.id for row in lookups.party_members(session)]
            assert len(set(shown)) == len(shown)

    @invariant()
    def a_household_is_in_one_unit(self) -> None:
        """On any day a household is in one unit at most, and each is in a unit or on the list without one."""
        with self.file.reading() as session:
            places = list(session.scalars(select(GridHousehold).where(GridHousehold.retired.is_(False))))
            for day in (dt.date(2026, 2, 1), TODAY):
                held = Counter(
                    one.household_id
                    for one in places
                    if one.from_on and one.from_on <= day and (one.ended_on is None or one.ended_on > day)
                )
                assert all(number == 1 for number in held.values())
            tree = lookups.grid_tree(session, on=TODAY)
            inside = tree[0].households if tree else 0
            assert inside + len(lookups.without_grid(session, on=TODAY)) == len(lookups.home_lines(session))


RandomLinks.TestCase.settings = settings(max_examples=6, stateful_step_count=20, deadline=None)
TestRandomLinks = RandomLinks.TestCase
