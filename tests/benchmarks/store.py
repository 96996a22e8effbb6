"""Figures of the village file: a save, a bulk write, an undo, a rebuild; the peer is SQLite without a journal."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.benchmarks.frame import Figure, in_turn, median, timed
from tests.store.things import CLERK, PASSWORD, TODAY, VILLAGE, Neighbour, add_neighbour, change_neighbour
from village_desk.store import acts
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST

ROWS = 5000


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the store."""
    file = VillageFile.create(
        folder / "store",
        village=VILLAGE,
        name="东河村",
        operator=CLERK,
        password=PASSWORD,
        cost=LEAST_COST,
        today=TODAY,
    )
    plain = dbapi2.connect(str(folder / "plain.db"), isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE neighbour (id TEXT PRIMARY KEY, name TEXT, group_no INTEGER, phone TEXT)")
    identity = add_neighbour(file, "王伟")
    plain.execute("INSERT INTO neighbour VALUES (?, '王伟', 0, NULL)", (identity,))
    numbers = itertools.count(1)

    def save() -> None:
        change_neighbour(file, identity, group_no=next(numbers))

    def plain_save() -> None:
        plain.execute("UPDATE neighbour SET group_no = ? WHERE id = ?", (next(numbers), identity))

    ours, peer = in_turn(save, plain_save, 30)
    yield Figure("save of one action, journalled and encrypted", ours, 0.05, "s", "plain SQLite", peer)

    def bulk() -> None:
        with file.writing("benchmark.bulk") as session:
            acts.add_many(session, Neighbour, [{"name": f"村民{n}", "phone": f"139{n:08d}"} for n in range(ROWS)])

    def plain_bulk() -> None:
        start = next(numbers)
        plain.execute("BEGIN")
        rows = ((f"{start}-{n}", f"村民{n}", 0, f"139{n:08d}") for n in range(ROWS))
        plain.executemany("INSERT INTO neighbour VALUES (?, ?, ?, ?)", rows)
        plain.execute("COMMIT")

    ours, peer = in_turn(bulk, plain_bulk, 3)
    yield Figure(f"{ROWS} rows in one step", ours, 3, "s", "plain SQLite", peer)
    with file.writing("benchmark.import") as session:
        acts.add_many(session, Neighbour, [{"name": f"村民{n}", "phone": f"139{n:08d}"} for n in range(1200)])
    step = file.steps()[0].id
    yield Figure("undo of a step of 1,200 rows", timed(lambda: file.undo(step)), 1)
    yield Figure("rebuild of every row from the journal (17,400 operations)", median(file.rebuild, 3), 3)
    yield Figure("proof of journal and rows (17,400 operations)", median(file.verify, 3), 3)
    file.close()
    plain.close()
