"""The village files on which the figures are taken: an empty one, and the sample village with its year."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.store.things import CLERK, PASSWORD, TODAY, VILLAGE
from village_desk.desk.demo.build import build
from village_desk.desk.demo.story import PASSWORD as STORY_PASSWORD
from village_desk.desk.rooms import load_records
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST

SAMPLE_PASSWORD = STORY_PASSWORD


def new_village(folder: Path, name: str = "东河村") -> VillageFile:
    """An empty village file, open, with its clerk at the desk."""
    load_records()
    return VillageFile.create(
        folder / f"{name}.vdesk",
        village=VILLAGE,
        name=name,
        operator=CLERK,
        password=PASSWORD,
        cost=LEAST_COST,
        today=TODAY,
    )


@cache
def sample(folder: Path) -> Path:
    """The folder of the sample village and its year, built once in a run."""
    build(folder / "sample")
    return folder / "sample"


def sample_file(folder: Path) -> Path:
    """Where the sample village's own file lies."""
    return sample(folder) / str(_summary(folder)["village_file"])


def open_sample(folder: Path) -> VillageFile:
    """The sample village, open on the last day of its story."""
    last = dt.date.fromisoformat(_summary(folder)["last_day"])
    return VillageFile.open(sample_file(folder), password=SAMPLE_PASSWORD, today=last)


def _summary(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((sample(folder) / "summary.json").read_text("utf-8"))
    return found
