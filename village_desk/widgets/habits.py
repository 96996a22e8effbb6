"""What this user of this computer chose in lists and dialogs, so that he need not choose again; no fact of the village.

It is kept in the profile and not in the journal: such a choice is no step that Ctrl+Z takes back or that merges between
laptops, it holds for every village file, and losing it costs one click.
"""

import json
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

_FOLDER = "village-desk"
LARGEST = 1_000_000


def recall(name: str) -> Any:
    """What was kept under a name; None when nothing was, or when the file is spoilt."""
    return _all().get(name)


def keep(name: str, value: Any) -> None:
    """Keep a value that JSON can hold; a locked-down profile costs the convenience, not the work."""
    found = _all()
    if value is None:
        found.pop(name, None)
    else:
        found[name] = value
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if len(text) > LARGEST:
        return
    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(text, "utf-8")
        fresh.replace(path)
    except OSError:
        return


def _all() -> dict[str, Any]:
    try:
        found = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path() -> Path:
    return user_config_path(_FOLDER, appauthor=False) / "habits.json"
