"""Weeks of work with sticks, copies and restores: nothing forks, nothing is lost, every desk ends up equal."""

from collections.abc import Callable

import pytest

from tests.store.things import Laptop
from tests.store.worlds import run_world


@pytest.mark.parametrize("seed", range(2))
def test_laptops_that_are_copied_and_restored_never_fork_and_end_up_equal(
    laptop: Callable[[str], Laptop], seed: int
) -> None:
    run_world(laptop, seed, desks=2, rounds=2, acts_each=80)
