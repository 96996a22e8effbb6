"""Points over a long night: ten thousand acts of a clerk who does anything, with another seed each time."""

import os
import random
from pathlib import Path

from tests.files import new_village
from tests.points.clerks import BusyClerk, more_people
from tests.points.conftest import TODAY, furnished
from village_desk.desk.rooms import load_records

load_records()
FACTOR = float(os.environ.get("VILLAGE_DESK_NIGHTLY", "1"))
ACTS = max(100, round(10_000 * FACTOR))
# A failure names it.
SEED = random.SystemRandom().randrange(10**6)


def test_ten_thousand_acts_leave_a_ledger_that_holds(tmp_path: Path) -> None:
    file = new_village(tmp_path, today=TODAY)
    clerk = BusyClerk(more_people(furnished(file)), SEED)
    try:
        clerk.work(ACTS)
        clerk.look()
    except AssertionError as broken:
        raise AssertionError(f"seed {SEED}") from broken
    before = file.digest()
    file.rebuild()
    assert file.digest() == before
    assert file.verify() == []
    file.close()
