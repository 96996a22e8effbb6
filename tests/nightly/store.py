"""The store over a long night: random clerks, delivery orders, forged bytes, kills and cut plugs in great numbers."""

import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import select

from tests.store import crash_clerk
from tests.store.conftest import laptop as laptop
from tests.store.cutting import LOG_HEADER, Wreck
from tests.store.test_convergence import (
    TwoClerks,
    Undelivered,
    busy_day,
    deliver,
    everything,
    own_digest,
    two_desks,
)
from tests.store.test_every_record import test_every_record_class_converges_and_equals_its_rebuild as one_world
from tests.store.things import VILLAGE, Laptop, Neighbour, add_neighbour
from tests.store.worlds import run_world
from village_desk.kit.errors import FileTrouble
from village_desk.store import journal
from village_desk.store.file import VillageFile
from village_desk.store.operations import StoredOperation

Maker = Callable[[str], Laptop]
FACTOR = float(os.environ.get("VILLAGE_DESK_NIGHTLY", "1"))
# Each night another one; a failure names it.
SEED = int(os.environ.get("VILLAGE_DESK_SEED", time.time_ns() % 10**9))


def times(number: int) -> int:
    """A number of rounds, scaled."""
    return max(2, round(number * FACTOR))


def test_random_clerks(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    TwoClerks.laptops = staticmethod(lambda name: Laptop(tmp_path_factory.mktemp("desk") / name, monkeypatch))
    run_state_machine_as_test(
        TwoClerks,
        settings=settings(max_examples=times(400), stateful_step_count=60, suppress_health_check=list(HealthCheck)),
    )


@pytest.mark.parametrize("seed", range(SEED, SEED + times(200)))
def test_every_record_class(laptop: Maker, seed: int) -> None:
    one_world(laptop, seed)


def delivered(file: VillageFile, parts: list[list[StoredOperation]]) -> str:
    """The digest after some deliveries, in a transaction that is taken back."""
    try:
        with file.writing("sync.take_in") as session:
            for part in parts:
                journal.take_in(session, part, village=VILLAGE, from_township=False)
            raise Undelivered(own_digest(session, file))
    except Undelivered as told:
        return str(told.args[0])


def two_days_work(laptop: Maker) -> tuple[list[StoredOperation], str]:
    """Everything that two desks wrote apart, and the digest when both know all of it."""
    one, other = two_desks(laptop)
    for _ in range(3):
        busy_day(one, other)
    operations = list({*everything(one), *everything(other)})
    deliver(one, everything(other))
    expected = one.digest()
    assert one.verify() == []
    one.close()
    other.close()
    return operations, expected


def test_random_delivery_orders(laptop: Maker) -> None:
    operations, expected = two_days_work(laptop)
    empty, dice = laptop("空白").create(), random.Random(SEED)
    for number in range(times(50_000)):
        order = operations + dice.sample(operations, dice.randint(0, len(operations)))
        dice.shuffle(order)
        cuts = sorted(dice.randrange(len(order)) for _ in range(dice.randint(0, 6)))
        parts = [order[start:end] for start, end in itertools.pairwise([0, *cuts, len(order)])]
        assert delivered(empty, parts) == expected, (SEED, number)
    empty.close()


def test_all_orders_of_eight_files(laptop: Maker) -> None:
    operations, expected = two_days_work(laptop)
    dice = random.Random(SEED)
    dice.shuffle(operations)
    files = [operations[start::8] for start in range(8)]
    empty = laptop("空白").create()
    for order in itertools.islice(itertools.permutations(files), times(40_320)):
        assert delivered(empty, list(order)) == expected, SEED
    empty.close()


def test_lanes_in_any_order(laptop: Maker) -> None:
    operations, expected = two_days_work(laptop)
    empty, dice = laptop("空白").create(), random.Random(SEED)
    for number in range(times(5000)):
        halves = [half for one in operations for half in (one._replace(village=None), one._replace(township=None))]
        dice.shuffle(halves)
        cut = dice.randrange(len(halves))
        assert delivered(empty, [halves[:cut], halves[cut:]]) == expected, (SEED, number)
    empty.close()


def test_a_delivery_with_any_flipped_byte_is_refused_or_waits(laptop: Maker) -> None:
    operations, _ = two_days_work(laptop)
    empty, dice = laptop("空白").create(), random.Random(SEED)
    nothing = delivered(empty, [])
    for number in range(times(20_000)):
        lane = dice.choice(["header", "township", "village"])
        one = dice.choice([each for each in operations if getattr(each, lane) is not None])
        content = bytearray(getattr(one, lane))
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        changed = one._replace(**{lane: bytes(content)})
        try:
            held = delivered(empty, [[changed]])
        except FileTrouble:
            continue
        # A header that still reads is another operation: without its predecessor it waits.
        assert lane == "header", (SEED, number)
        assert held == nothing or changed.header[-32:] == bytes(32), (SEED, number)
    empty.close()


def test_kills(tmp_path: Path) -> None:
    kills = times(10_000)
    done = subprocess.run(
        [sys.executable, crash_clerk.__file__, str(tmp_path / "村"), str(kills)],
        env={**os.environ, "VILLAGE_DESK_PROFILE": str(tmp_path / "profile")},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["kills"], result["lost"], result["findings"]) == (kills, [], [])


def test_cut_plugs(laptop: Maker, tmp_path: Path) -> None:
    wreck = Wreck(laptop("文书"), times(40))
    dice = random.Random(SEED)
    anywhere = [dice.randrange(LOG_HEADER, len(wreck.log)) for _ in range(times(20_000))]
    for length in [*wreck.boundaries, *anywhere]:
        file = wreck.open(wreck.lay(tmp_path / "断电", wreck.log[:length]))
        with file.reading() as session:
            found = set(session.scalars(select(Neighbour.name)))
        assert found == wreck.whole(length), (SEED, length)
        if dice.random() < 0.05:
            add_neighbour(file, "之后")
            assert file.verify() == []
        file.close()


@pytest.mark.parametrize("seed", range(SEED, SEED + times(100)))
def test_worlds(laptop: Maker, seed: int) -> None:
    run_world(laptop, seed, desks=2 + seed % 3, rounds=3, acts_each=150)
