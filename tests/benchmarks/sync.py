"""Figures of the stick: a year of a village written, taken in, taken in again, answered; the peer is a git bundle."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.frame import Figure, timed
from tests.store.things import Neighbour, Receipt
from tests.township.conftest import TOWN_CODE, Desk, World
from village_desk.store.acts import add_many, change_many
from village_desk.store.file import VillageFile
from village_desk.sync import outgoing
from village_desk.sync.outcome import FileOutcome
from village_desk.township import actions as town

# A year of a village of 1,500 people: their register, its changes, and what is booked or counted once for ever.
PEOPLE, CHANGES, BOOKED = 1_500, 3_000, 24_500
OPERATIONS = PEOPLE + CHANGES + BOOKED
IN_A_STEP = 100


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the stick."""
    with pytest.MonkeyPatch.context() as patch:
        office = Desk(folder / "town", patch, village=TOWN_CODE, name="河口镇", kind="township")
        world = World(office, folder, patch, [office])
        village = world.village("东河村", "320924103205")
        _live_a_year(village.file)
        drive = world.stick("year")
        written, fetched = _git(folder / "git") if shutil.which("git") else (None, None)
        seconds = timed(lambda: outgoing.export(village.file, drive))
        peer = "git fast-import and bundle create" if written is not None else ""
        yield Figure(f"export of a year ({OPERATIONS:,} operations)", seconds, 2, "s", peer, written)
        outcomes: list[FileOutcome] = []
        seconds = timed(lambda: outcomes.extend(town.take_in(office.file, drive)))
        assert sum(one.new for one in outcomes) > OPERATIONS
        peer = "git fetch of the bundle, transfer.fsckObjects" if fetched is not None else ""
        yield Figure("take-in of it at the township", seconds, 3, "s", peer, fetched)
        outcomes.clear()
        seconds = timed(lambda: outcomes.extend(town.take_in(office.file, drive)))
        assert sum(one.new for one in outcomes) == 0
        yield Figure("take-in of it once more: nothing new", seconds, 3)
        yield Figure("receipt for it", timed(lambda: town.write_replies(office.file, drive)), 1)
        for desk in world.desks:
            desk.file.close()


def _live_a_year(file: VillageFile) -> None:
    with file.writing("benchmark.people") as session:
        rows = [{"name": f"村民{n}", "group_no": n % 20, "phone": f"138{n:08d}"} for n in range(PEOPLE)]
        people = add_many(session, Neighbour, rows)
    for start in range(0, CHANGES, IN_A_STEP):
        with file.writing("benchmark.change") as session:
            here = [people[n % PEOPLE] for n in range(start, start + IN_A_STEP)]
            change_many(session, Neighbour, {one: {"group_no": 20 + start // PEOPLE} for one in here})
    for start in range(0, BOOKED, IN_A_STEP):
        with file.writing("benchmark.book") as session:
            booked = [{"amount_fen": start + n, "note": f"第{start + n}笔"} for n in range(IN_A_STEP)]
            add_many(session, Receipt, booked)


def _git(folder: Path) -> tuple[float, float]:
    """Seconds that git takes to write as many small changes into a bundle, and to fetch and check it elsewhere."""
    there, here = folder / "there", folder / "here"
    for one in (there, here):
        one.mkdir(parents=True)
        _run_git(one, "init", "--quiet", "--bare")
        _run_git(one, "config", "transfer.fsckObjects", "true")
    stream = b"".join(_commits())

    def write() -> None:
        _run_git(there, "fast-import", "--quiet", given=stream)
        _run_git(there, "bundle", "create", "--quiet", str(folder / "year.bundle"), "year")

    return timed(write), timed(lambda: _run_git(here, "fetch", "--quiet", str(folder / "year.bundle"), "year"))


def _commits() -> Iterator[bytes]:
    """The same year for git: one small file a record, a commit for every step."""
    changed = 0
    for commit in range(OPERATIONS // IN_A_STEP):
        yield b"commit refs/heads/year\ncommitter Clerk <clerk> %d +0000\ndata 4\nstep\n" % (1_700_000_000 + commit)
        for _ in range(IN_A_STEP):
            record = (
                changed if changed < PEOPLE else (changed - PEOPLE) % PEOPLE if changed < PEOPLE + CHANGES else changed
            )
            content = f"村民{record} 138{record:08d} {changed}".encode()
            yield b"M 644 inline r/%02d/%d\ndata %d\n" % (record % 100, record, len(content)) + content + b"\n"
            changed += 1


def _run_git(folder: Path, *words: str, given: bytes = b"") -> None:
    subprocess.run(["git", "-C", str(folder), *words], input=given, check=True, capture_output=True)
