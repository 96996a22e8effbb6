"""The one way to the shipped files, in a source tree and in an installed program."""

import os
import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds fonts, icons, packs and help.

    An installed tree names it in VILLAGE_DESK_RESOURCES or keeps it beside the package.
    """
    named = os.environ.get("VILLAGE_DESK_RESOURCES")
    if named:
        return Path(named)
    beside = Path(__file__).resolve().parents[2] / "resources"
    return beside if beside.is_dir() else Path(sys.prefix) / "resources"


def path(*parts: str) -> Path:
    """The path of one shipped file or folder, for example path("fonts", "serif-regular.ttf")."""
    return root().joinpath(*parts)
