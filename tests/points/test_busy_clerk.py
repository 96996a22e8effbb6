"""A few hundred acts of a clerk who does anything with points: sums, limits, closed periods and the journal hold."""

from tests.points.clerks import BusyClerk, more_people
from tests.points.conftest import Village


def test_whatever_a_clerk_does_the_ledger_holds(village: Village) -> None:
    clerk = BusyClerk(more_people(village), seed=11)
    clerk.work(250)
    clerk.look()
    assert min(clerk.done[name] for name in ("book", "reverse", "close", "redeem")) > 0
    before = village.file.digest()
    village.file.rebuild()
    assert village.file.digest() == before
    assert village.file.verify() == []
