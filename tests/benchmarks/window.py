"""Figures of the window, each in a fresh process without a screen; the peer is a bare PySide6 window with a label."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.frame import Figure
from tests.benchmarks.villages import SAMPLE_PASSWORD, sample_file

TIMES = 5
ROOT = Path(__file__).parents[2]


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the window."""
    file = str(sample_file(folder))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder / "config")}

    def fresh(*words: str) -> dict[str, float]:
        command = [sys.executable, "-m", "tests.benchmarks.fresh", words[0], str(time.monotonic()), *words[1:]]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found

    # Once for the disk cache and the compiled modules: warm is what is asked.
    fresh("bare")
    fresh("login", file)
    runs = [(fresh("login", file), fresh("bare"), fresh("desk", file, SAMPLE_PASSWORD)) for _ in range(TIMES)]
    bare = statistics.median(one["first"] for _, one, _ in runs)

    def desk(name: str) -> float:
        return statistics.median(one[name] for _, _, one in runs)

    first = statistics.median(one["first"] for one, _, _ in runs)
    peer = "bare PySide6 window with a label"
    yield Figure("first window: from the command to the painted login", first, 1, "s", peer, bare)
    yield Figure("from the password to the filled start page", desk("opened"), 1)
    both = statistics.median(one["first"] + one["opened"] for _, _, one in runs)
    yield Figure("both, without the typing of the password", both, 1.5, "s", peer, bare)
    yield Figure("first visit of a page, the median", desk("first_visit"), 0.2)
    yield Figure("another page, the slowest", desk("slowest_visit"), 0.1)
    yield Figure("a person saved and the page refreshed", desk("saved"), 0.1)
    if desk("mebibytes"):
        light = statistics.median(one["mebibytes"] for _, one, _ in runs)
        yield Figure("resident, sample village open", desk("opened_mebibytes"), 250, "MiB", peer, light)
        yield Figure("resident, sample village, every page visited", desk("mebibytes"), 250, "MiB", peer, light)
        yield Figure("the same, with a notice printed and its preview open", desk("printed"), 250, "MiB", peer, light)
