"""The village files on which the figures are taken: an empty one, and the sample village with its year."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.store.things import CLERK, PASSWORD, TODAY, VILLAGE
from village_desk.desk.demo.build import build
from village_desk.desk.demo.story import PASSWORD as SAMPLE_PASSWORD
from village_desk.desk.demo.story import USUAL
from village_desk.desk.rooms import load_records
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST


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
    build(folder / "sample", today=USUAL)
    return folder / "sample"


def sample_file(folder: Path) -> Path:
    """Where the sample village's own file lies."""
    summary: dict[str, Any] = json.loads((sample(folder) / "summary.json").read_text("utf-8"))
    return sample(folder) / str(summary["village_file"])


def open_sample(folder: Path) -> VillageFile:
    """The sample village, open on the last day of its story."""
    return VillageFile.open(sample_file(folder), password=SAMPLE_PASSWORD, today=USUAL)
