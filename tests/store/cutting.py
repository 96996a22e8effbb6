"""A file as a power cut would leave it: the database as it is, its log cut somewhere."""

from pathlib import Path

from tests.store.things import Laptop, add_neighbour
from village_desk.store.file import VillageFile

LOG_HEADER = 32
FRAME = 24 + 4096
PAGE = 4096


def log_of(path: Path) -> Path:
    """The write-ahead log beside a file."""
    return path.with_name(f"{path.name}-wal")


def empty_log(file: VillageFile) -> None:
    """Move everything from the log into the file, so that the log begins anew."""
    file._writer.raw_connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Wreck:
    """A file at work and what its disk holds after each commit; a piece of it can be laid out as after a power cut."""

    def __init__(self, laptop: Laptop, commits: int) -> None:
        self.laptop = laptop
        file = laptop.create()
        laptop.code = file.recovery_code
        add_neighbour(file, "从前")
        empty_log(file)
        self.names: list[tuple[int, str]] = [(0, "从前")]
        for number in range(commits):
            name = f"村民{number}"
            add_neighbour(file, name, phone="138" * number)
            self.names.append((log_of(laptop.path).stat().st_size, name))
        self.database = laptop.path.read_bytes()
        self.log = log_of(laptop.path).read_bytes()
        empty_log(file)
        self.merged = laptop.path.read_bytes()
        self._key_file = laptop.path.with_suffix(".vkey").read_bytes()
        file.close()

    @property
    def boundaries(self) -> list[int]:
        """The lengths of the log at which a whole page ends, and the empty log."""
        return [0, *range(LOG_HEADER, len(self.log) + 1, FRAME)]

    def whole(self, length: int) -> set[str]:
        """The names whose commits lie whole in the first bytes of the log."""
        return {name for end, name in self.names if end <= length}

    def lay(self, folder: Path, log: bytes, database: bytes | None = None) -> Path:
        """Put a database and a log into a folder, with the key file."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "断电.vdesk"
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        path.write_bytes(self.database if database is None else database)
        path.with_suffix(".vkey").write_bytes(self._key_file)
        log_of(path).write_bytes(log)
        return path

    def open(self, path: Path) -> VillageFile:
        """Open it on the same computer."""
        self.laptop.path = path
        return self.laptop.open()
