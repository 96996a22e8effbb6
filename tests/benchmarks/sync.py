"""Figures of the stick: a year of a village written, taken in, taken in again, answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.frame import Figure, timed
from tests.store.things import Neighbour
from tests.township.conftest import TOWN_CODE, Desk, World
from village_desk.store.acts import add_many
from village_desk.sync import outgoing
from village_desk.township import actions as town

OPERATIONS = 29_000


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the stick."""
    with pytest.MonkeyPatch.context() as patch:
        office = Desk(folder / "town", patch, village=TOWN_CODE, name="河口镇", kind="township")
        world = World(office, folder, patch, [office])
        village = world.village("东河村", "320924103205")
        with village.file.writing("benchmark.year") as session:
            rows = [{"name": f"村民{n}", "group_no": n % 20, "phone": f"138{n:08d}"} for n in range(OPERATIONS)]
            add_many(session, Neighbour, rows)
        drive = world.stick("year")
        yield Figure("export of a year (29,000 operations)", timed(lambda: outgoing.export(village.file, drive)), 2)
        yield Figure("take-in of it at the township", timed(lambda: town.take_in(office.file, drive)), 3)
        yield Figure("take-in of it once more", timed(lambda: town.take_in(office.file, drive)), 3)
        yield Figure("receipt for it", timed(lambda: town.write_replies(office.file, drive)), 1)
        for desk in world.desks:
            desk.file.close()
