"""Bringing a village file to the present form.

Rows of records are never altered: their tables are dropped, created as the present classes say, and filled again
from the journal.  Only the journal's own tables have numbered steps, in modules m0002, m0003, … beside this one,
each with `upgrade(execute)`.
"""

import hashlib
import importlib
import pkgutil
from collections.abc import Callable

from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateTable

from village_desk.store.base import Base
from village_desk.store.journal.tables import JOURNAL

# The journal's form.  Raise it together with a new numbered step.
VERSION = 1


def steps_above(version: int) -> list[Callable[[Callable[[str], object]], None]]:
    """The upgrade functions that a file of an older version still needs, in order."""
    numbers = sorted(int(name[1:]) for _, name, _ in pkgutil.iter_modules(__path__) if name[0] == "m")
    return [importlib.import_module(f"{__name__}.m{n:04d}").upgrade for n in numbers if n > version]


def fingerprint(connection: Connection) -> str:
    """A hash over the tables that the present classes ask for; another one means a rebuild."""
    text = "\n".join(str(CreateTable(table).compile(connection)) for table in Base.metadata.sorted_tables)
    indexes = sorted(f"{table.name}:{index.name}" for table in Base.metadata.sorted_tables for index in table.indexes)
    return hashlib.sha256((text + "\n".join(indexes)).encode()).hexdigest()


def create_journal(connection: Connection) -> None:
    """The journal's tables in a new file."""
    JOURNAL.create_all(connection)
