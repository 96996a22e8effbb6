"""A clerk who is killed again and again while saving; reports what was acknowledged and what is missing."""

import json
import os
import random
import signal
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import select  # the path comes first

from tests.store.things import CLERK, PASSWORD, TODAY, VILLAGE, Neighbour, add_neighbour
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST


def save_until_killed(path: Path, life: int, pipe: int) -> None:
    """Write neighbours one by one and say each name only after its commit."""
    file = VillageFile.open(path, operator=CLERK, password=PASSWORD, today=TODAY)
    number = 0
    while True:
        name = f"{life}-{number}"
        add_neighbour(file, name)
        os.write(pipe, f"{name}\n".encode())
        number += 1


def main(path: Path, kills: int) -> None:
    """Kill as often as asked and compare."""
    dice = random.Random(7)
    VillageFile.create(
        path, village=VILLAGE, name="东河村", operator=CLERK, password=PASSWORD, cost=LEAST_COST, today=TODAY
    ).close()
    path = path.with_name(path.name + ".vdesk")
    acknowledged: list[str] = []
    for life in range(kills):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            save_until_killed(path, life, writer)
        os.close(writer)
        wanted = dice.randint(1, 6)
        heard = b""
        while heard.count(b"\n") < wanted:
            heard += os.read(reader, 4096)
        # The child is now somewhere between the next insert and its commit.
        for _ in range(dice.randint(0, 20_000)):
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reader, 4096):
            heard += more
        os.close(reader)
        acknowledged += [name for name in heard.decode().split("\n") if name]
    file = VillageFile.open(path, operator=CLERK, password=PASSWORD, today=TODAY)
    with file.reading() as session:
        found = set(session.scalars(select(Neighbour.name)))
    report = {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "lost": sorted(set(acknowledged) - found),
        "findings": file.verify(),
    }
    file.close()
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    warnings.simplefilter("error")
    main(Path(sys.argv[1]), int(sys.argv[2]))
