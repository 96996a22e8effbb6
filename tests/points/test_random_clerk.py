"""A clerk who does anything at any time: the sum is always the sum, nothing counts twice, nothing goes back twice."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule
from sqlalchemy import select

from tests.files import new_village
from tests.points.conftest import RULES, TODAY, Village, furnished
from village_desk.kit.errors import NotAllowed
from village_desk.points import actions, lookups
from village_desk.points.records import PointEntry

WHO = ("张大山", "王强", "李四")
DAYS = st.dates(dt.date(2026, 7, 1), dt.date(2026, 7, 31))


class RandomClerk(RuleBasedStateMachine):
    """Applies, checks, books, withdraws, reverses and undoes, allowed or not."""

    applications = Bundle("applications")
    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        file = new_village(Path(self.folder.name) / "村.vdesk", today=TODAY)
        self.village: Village = furnished(file)
        self.expected: dict[str, int] = {name: RULES.whole_opening() for name in WHO}
        self.booked: dict[str, tuple[str, int]] = {}
        self.reversed: set[str] = set()
        self.owner: dict[str, str] = {}

    @rule(
        target=applications,
        who=st.sampled_from(WHO),
        code=st.sampled_from(("H1", "H2", "H3")),
        on=DAYS,
        size=st.integers(1, 3),
    )
    def apply(self, who: str, code: str, on: dt.date, size: int) -> object:
        points = {"H1": 5, "H2": -size, "H3": size}[code]
        try:
            with self.village.file.writing("points.apply_for_points") as session:
                made = actions.apply_for_points(
                    session,
                    set_id=self.village.set_id,
                    item_id=self.village.items[code],
                    subject_id=self.village.households[who],
                    points=points,
                    event="检查",
                    happened_on=on,
                    evidence="现场查看",
                )
        except NotAllowed:
            return multiple()
        assert made not in self.owner
        self.owner[made] = who
        return made

    @rule(application=applications, by=st.sampled_from(("张小山", "王强", "李四")), yes=st.booleans())
    def check(self, application: str, by: str, yes: bool) -> None:
        try:
            with self.village.file.writing("points.check_application") as session:
                actions.check_application(
                    session,
                    application_id=application,
                    verdict="agreed" if yes else "refused",
                    checker_id=self.village.persons[by],
                    checked_on=TODAY,
                    words="核对过",
                )
        except NotAllowed:
            return
        assert (
            self.village.households.get(by, self.village.households["张大山"])
            != (self.village.households[self.owner[application]])
        )

    @rule(target=entries, application=applications)
    def book(self, application: str) -> object:
        try:
            with self.village.file.writing("points.book") as session:
                done = actions.book(session, application_id=application)
        except NotAllowed:
            return multiple()
        assert application not in self.booked
        self.booked[application] = (done.entry_id, done.points)
        self.expected[self.owner[application]] += done.points
        return (application, done.entry_id, done.points)

    @rule(application=applications)
    def withdraw(self, application: str) -> None:
        try:
            with self.village.file.writing("points.withdraw_application") as session:
                actions.withdraw_application(session, application_id=application)
        except NotAllowed:
            return
        assert application not in self.booked

    @rule(entry=entries)
    def reverse(self, entry: tuple[str, str, int]) -> None:
        application, entry_id, points = entry
        try:
            with self.village.file.writing("points.reverse_entry") as session:
                actions.reverse_entry(session, entry_id=entry_id, reason="记错了")
        except NotAllowed:
            assert entry_id in self.reversed
            return
        assert entry_id not in self.reversed
        self.reversed.add(entry_id)
        self.expected[self.owner[application]] -= points

    @rule()
    def undo_a_booking(self) -> None:
        last = self.village.file.steps(limit=1)[0]
        if last.deed in {"points.book", "points.reverse_entry"}:
            with pytest.raises(NotAllowed):
                self.village.file.undo(last.id)

    @invariant()
    def balance_is_the_sum(self) -> None:
        with self.village.file.reading() as session:
            rows = lookups.standings(session, set_id=self.village.set_id, period="2026")
            lines = list(session.scalars(select(PointEntry)))
        assert {row.name.removesuffix("家"): row.points for row in rows} == self.expected
        assert len({line.application_id for line in lines if not line.reverses_id}) == len(self.booked)
        assert len([line for line in lines if line.reverses_id]) == len(self.reversed)

    def teardown(self) -> None:
        before = self.village.file.digest()
        self.village.file.rebuild()
        assert self.village.file.digest() == before
        assert self.village.file.verify() == []
        self.village.file.close()
        self.folder.cleanup()


TestRandomClerk = RandomClerk.TestCase
TestRandomClerk.settings = settings(max_examples=6, stateful_step_count=40)
