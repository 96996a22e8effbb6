"""Every room's records, imported once, so that the village file knows all its tables before it opens."""

import importlib
import importlib.util

# From the lowest room to the highest; a room without records of its own is named as well.
ROOMS = (
    "rulebook",
    "people",
    "archive",
    "schedule",
    "notices",
    "accounts",
    "registers",
    "meetings",
    "decisions",
    "points",
    "assessments",
    "township",
)
CELLAR = ("store.operators", "sync.records")


def load_records() -> None:
    """Import the record classes of every room."""
    for name in (*CELLAR, *(f"{room}.records" for room in ROOMS)):
        room, _, module = name.rpartition(".")
        if importlib.util.find_spec(f"village_desk.{room}") and importlib.util.find_spec(
            f"village_desk.{room}.{module}"
        ):
            importlib.import_module(f"village_desk.{name}")
