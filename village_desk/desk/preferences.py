"""What this user of this computer likes (type size, the file opened last), kept in the profile."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from platformdirs import user_config_path

FOLDER = "village-desk"


@dataclass
class Preferences:
    """Read with `load()`, changed by assignment, written by `save()`."""

    type_percent: int = 100
    last_file: str = ""
    last_operator: str = ""
    copies_folder: str = ""

    @classmethod
    def load(cls) -> "Preferences":
        """The kept preferences; what is missing or spoilt takes its default."""
        found = cls()
        try:
            kept = json.loads(_path().read_text("utf-8"))
        except (OSError, ValueError):
            return found
        for field in fields(cls):
            value = kept.get(field.name) if isinstance(kept, dict) else None
            if type(value) is type(field.default):
                setattr(found, field.name, value)
        return found

    def save(self) -> None:
        """Keep them for the next time."""
        try:
            _path().parent.mkdir(parents=True, exist_ok=True)
            _path().write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")
        except OSError:
            # A locked-down profile costs the convenience, not the work.
            return


def _path() -> Path:
    return user_config_path(FOLDER, appauthor=False) / "window.json"
