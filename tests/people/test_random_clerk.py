"""A clerk who does whatever comes to hand: the file stays provable and every list agrees with the records."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule
from sqlalchemy import select

from tests.files import new_village
from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.people import actions, lookups
from village_desk.people.records import Person, PersonSearch
from village_desk.people.rules.bodies import ROLES, Role
from village_desk.people.rules.electorates import Assembly

TODAY = dt.date(2026, 3, 14)
NAMES = st.sampled_from(["王伟", "李秀兰", "单红", "王䶮", "阿依古丽·买买提", "尉迟恭"])
BIRTHS = st.sampled_from(["", "1950", "1968-03", "1980-05-05", "2008-03-14", "2015-01-01"])
DAYS = st.dates(dt.date(2021, 1, 1), TODAY)


class RandomClerk(RuleBasedStateMachine):
    """Persons, households, posts, memberships, imports by pasting, and undo."""

    people = Bundle("people")
    homes = Bundle("homes")
    posts = Bundle("posts")
    steps = Bundle("steps")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.file = new_village(self.folder, today=TODAY, code="329924103205", password="四个词连起来的口令")
        with self.file.writing("people.set_up_bodies") as session:
            actions.set_up_bodies(session)

    def teardown(self) -> None:
        self.file.rebuild()
        digest = self.file.digest()
        self.file.rebuild()
        assert self.file.digest() == digest
        assert self.file.verify() == []
        self.file.close()
        shutil.rmtree(self.folder)

    # A clerk without anybody could try nothing, and hypothesis would throw most of the days away.

    @initialize(target=homes)
    def begin_with_a_household(self) -> str:
        """One household is there from the first day."""
        with self.file.writing("people.add_household") as session:
            return actions.add_household(session, number="1", group_name="一组")

    @initialize(target=people)
    def begin_with_a_person(self) -> str:
        """And one person, of no household yet."""
        with self.file.writing("people.add_person") as session:
            return actions.add_person(session, name="王伟", birth="1968-03", household_id="", relation="")

    @rule(target=homes, number=st.integers(1, 5), group=st.sampled_from(["一组", "二组", ""]))
    def household(self, number: int, group: str) -> object:
        """A household."""
        try:
            with self.file.writing("people.add_household") as session:
                return actions.add_household(session, number=str(number), group_name=group)
        except NotAllowed:
            return multiple()

    @rule(target=people, name=NAMES, birth=BIRTHS, home=homes, relation=st.sampled_from(["户主", "妻", ""]))
    def person(self, name: str, birth: str, home: str, relation: str) -> object:
        """A person in a household."""
        try:
            with self.file.writing("people.add_person") as session:
                return actions.add_person(session, name=name, birth=birth, household_id=home, relation=relation)
        except DeskError:
            return multiple()

    @rule(target=steps, rows=st.lists(st.tuples(NAMES, BIRTHS, st.integers(1, 4)), min_size=1, max_size=6))
    def paste(self, rows: list[tuple[str, str, int]]) -> object:
        """Rows pasted from a spreadsheet; the same rows again change nothing."""
        text = "姓名\t出生日期\t户号\n" + "".join(f"{name}\t{birth}\t{home}\n" for name, birth, home in rows)
        roster = actions.read_pasted(text, today=TODAY)
        try:
            with self.file.writing("people.import_roster") as session:
                first = actions.import_roster(session, roster=roster)
        except NotAllowed:
            return multiple()
        step = self.file.steps()[0].id
        with self.file.writing("people.import_roster") as session:
            again = actions.import_roster(session, roster=roster)
        assert (again.new, again.changed) == (0, 0)
        assert again.unchanged == first.new + first.changed + first.unchanged
        return step if first.new or first.changed else multiple()

    @rule(step=consumes(steps))
    def undo(self, step: str) -> None:
        """An import taken back."""
        self.file.undo(step)

    @rule(some=st.lists(people, min_size=1, max_size=3), field=st.sampled_from([("group", "二组"), ("people", "回族")]))
    def change_many(self, some: list[str], field: tuple[str, str]) -> None:
        """One fact for several people."""
        self.attempt(
            "people.edit_people",
            lambda session: actions.edit_people(session, person_ids=tuple(some), field=field[0], value=field[1]),
        )

    @rule(who=people, home=homes, on=DAYS)
    def move(self, who: str, home: str, on: dt.date) -> None:
        """Into another household."""
        self.attempt(
            "people.move_household",
            lambda session: actions.move_household(session, person_id=who, household_id=home, on=on),
        )

    @rule(who=people, on=DAYS, dies=st.booleans())
    def leave(self, who: str, on: dt.date, dies: bool) -> None:
        """Out of the village or out of life."""
        action = actions.record_death if dies else actions.move_out
        self.attempt("people.leave", lambda session: action(session, person_id=who, on=on))

    @rule(who=people, on=DAYS, probationary=st.booleans())
    def join(self, who: str, on: dt.date, probationary: bool) -> None:
        """Into the branch."""
        self.attempt(
            "people.add_party_member",
            lambda session: actions.add_party_member(session, person_id=who, probationary=probationary, joined_on=on),
        )

    @rule(who=people, spouse=people, home=homes, on=DAYS)
    def marry(self, who: str, spouse: str, home: str, on: dt.date) -> None:
        """Two of the village."""
        self.attempt(
            "people.record_marriage",
            lambda session: actions.record_marriage(session, person_id=who, spouse_id=spouse, household_id=home, on=on),
        )

    @rule(who=people, spouse=people, home=homes, on=DAYS)
    def divorce(self, who: str, spouse: str, home: str, on: dt.date) -> None:
        """Two of the village, one of whom leaves."""
        self.attempt(
            "people.record_divorce",
            lambda session: actions.record_divorce(
                session, person_id=who, spouse_id=spouse, leaver_id=who, household_id=home, on=on
            ),
        )

    @rule(who=people, on=DAYS, back=st.booleans())
    def be_away(self, who: str, on: dt.date, back: bool) -> None:
        """Away for work, or home again; or the registration comes back."""
        action = actions.come_back if back else actions.return_to_roll
        self.attempt("people.come_back", lambda session: action(session, person_id=who, on=on))
        self.attempt("people.go_away", lambda session: actions.go_away(session, person_id=who, ground="work", on=on))

    @rule(who=people, kind=st.sampled_from(["resident", "voter", "collective"]), on=DAYS, ends=st.booleans())
    def stand(self, who: str, kind: str, on: dt.date, ends: bool) -> None:
        """Into or out of one of the counts."""
        if ends:
            self.attempt(
                "people.end_standing",
                lambda session: actions.end_standing(session, person_id=who, kind=kind, on=on, why="登记更正"),
            )
        else:
            self.attempt(
                "people.enter_standing",
                lambda session: actions.enter_standing(session, person_id=who, kind=kind, from_on=on),
            )

    @rule(who=people, stage=st.sampled_from(["applicant", "activist", "candidate", "probationary", "full"]), on=DAYS)
    def step(self, who: str, stage: str, on: dt.date) -> None:
        """On the way to membership, also too early."""
        self.attempt(
            "people.take_step",
            lambda session: actions.take_step(session, person_id=who, stage=stage, on=on, despite="照实登记"),
        )

    @rule(who=people, on=DAYS)
    def leave_out(self, who: str, on: dt.date) -> None:
        """Out of the count of members."""
        self.attempt(
            "people.leave_out_of_count",
            lambda session: actions.leave_out_of_count(
                session, person_ids=(who,), ground="abroad", consent_by="镇党委", consent_on=on, passed_on=on
            ),
        )

    @rule(target=posts, who=people, role=st.sampled_from(list(Role)), on=DAYS)
    def appoint(self, who: str, role: Role, on: dt.date) -> object:
        """To a post."""
        try:
            with self.file.writing("people.appoint") as session:
                return actions.appoint(session, person_id=who, role=role, from_on=on, group_name="一组")
        except DeskError:
            return multiple()

    @rule(post=consumes(posts), on=DAYS)
    def end(self, post: str, on: dt.date) -> None:
        """Out of a post."""
        self.attempt("people.end_post", lambda session: actions.end_post(session, post_id=post, on=on, why="辞职"))

    def attempt(self, deed: str, action: object) -> None:
        """Do it, or be refused and leave nothing."""
        assert callable(action)
        before = self.file.digest()
        try:
            with self.file.writing(deed) as session:
                action(session)
        except DeskError:
            assert self.file.digest() == before

    @invariant()
    def the_search_holds_exactly_the_registered(self) -> None:
        """One row a person, with the name of the record."""
        with self.file.reading() as session:
            registered = session.execute(select(Person.id, Person.name).where(Person.retired.is_(False)))
            people = {row.id: row.name for row in registered}
            found = session.execute(select(PersonSearch.person_id, PersonSearch.name, PersonSearch.keys)).all()
            shown = {row.person_id: row.name for row in found}
            keys = {row.person_id: row.keys for row in found}
        assert shown == people
        assert all(f"^{name.lower()}$" in keys[one] for one, name in people.items())

    @invariant()
    def one_person_a_single_post(self) -> None:
        """On no day two people hold a post that only one can hold, and nobody sits where the law says no."""
        with self.file.reading() as session:
            for day in (dt.date(2022, 6, 1), TODAY):
                for body in lookups.bodies(session, on=day):
                    roles = [post.role for post in body.posts]
                    assert all(roles.count(role) <= 1 for role in roles if ROLES[Role(role)].single)
                committee = {one.person_id for one in roll_of(session, Assembly.VILLAGERS_COMMITTEE, day)}
                watch = {one.person_id for one in roll_of(session, Assembly.SUPERVISION_COMMITTEE, day)}
                assert not committee & watch

    @invariant()
    def every_adult_is_counted_or_named(self) -> None:
        """Eligible and left out together are everybody, and nobody stands in both."""
        with self.file.reading() as session:
            found = lookups.roll(session, body=Assembly.VILLAGERS_MEETING, on=TODAY)
            everybody = set(session.scalars(select(Person.id).where(Person.retired.is_(False))))
        eligible = [one.person_id for one in found.eligible]
        left = [one.person_id for one in found.left_out]
        assert sorted(eligible + left) == sorted(everybody)

    @invariant()
    def every_member_is_counted_or_named(self) -> None:
        """The members' roll holds each member once, in or out; a person is in one count at most once on a day."""
        with self.file.reading() as session:
            found = lookups.roll(session, body=Assembly.PARTY_MEMBERS, on=TODAY)
            members = {row.id for row in lookups.party_members(session, with_former=True)}
            named = [*(one.person_id for one in found.eligible), *(one.person_id for one in found.left_out)]
            assert sorted(named) == sorted(members)
            rows = lookups.five_counts(session, on=TODAY)
            for row in rows:
                wanted = lookups.PeopleFilter(state="", only=row.id)
                assert row.people == len(lookups.person_ids(session, wanted))


def roll_of(session: object, body: Assembly, on: dt.date) -> tuple[lookups.RollEntry, ...]:
    """The eligible of a body."""
    from sqlalchemy.orm import Session

    assert isinstance(session, Session)
    return lookups.roll(session, body=body, on=on).eligible


RandomClerk.TestCase.settings = settings(max_examples=10, stateful_step_count=25, deadline=None)
TestRandomClerk = RandomClerk.TestCase
