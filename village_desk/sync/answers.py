"""What a township says of a village's records: the question, the ways to answer it, and the answer as it travels.

A room that wants answers names a Topic in its lookups and an action that takes a RecordAnswer; the township's room
lists the topics, and the desk hands each answer to the room that owns the table.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session


class Asks(StrEnum):
    """What an answer has to name besides its day."""

    DOCUMENT = "document"
    WORDS = "words"
    DUE_ON = "due_on"
    UNIT = "unit"


@dataclass(frozen=True)
class Choice:
    """One way to answer: `verb` stands on the button, `said` in lists.

    `must` has to be filled in, `may` can be; a limit or a unit that is in neither is not asked for.
    """

    kind: str
    verb: str
    said: str
    must: frozenset[Asks] = frozenset()
    may: frozenset[Asks] = frozenset()


@dataclass(frozen=True)
class Question:
    """One record of a village that waits for the township: who and what it is about, and since when."""

    table: str
    record: str
    village: str
    group: str
    who: str
    what: str
    detail: str = ""
    since: dt.date | None = None

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record


@dataclass(frozen=True)
class Topic:
    """What the township is asked about one table: its name, the ways to answer, and the questions in a file."""

    table: str
    title: str
    choices: tuple[Choice, ...]
    questions: Callable[[Session], Iterable[Question]] = field(repr=False)

    def choice(self, kind: str) -> Choice | None:
        """The way to answer of that name."""
        return next((one for one in self.choices if one.kind == kind), None)


@dataclass(frozen=True)
class RecordAnswer:
    """What the township says of records of a village: of all in `records`, rows of one `table`, the same.

    `order` counts the answers to the village, a later one stands above an earlier one; `kind` is a word of the room
    that owns the table. Days are "2026-03-14", `due_on` may be empty, and so may `document`, `words` and `unit`.
    """

    id: str
    order: int
    table: str
    records: tuple[str, ...]
    kind: str
    document: str
    dated_on: str
    words: str
    due_on: str = ""
    unit: str = ""

    @property
    def wire(self) -> tuple[str | int | tuple[str, ...], ...]:
        """Its values in the order in which it travels."""
        return (
            self.id,
            self.order,
            self.table,
            self.records,
            self.kind,
            self.document,
            self.dated_on,
            self.words,
            self.due_on,
            self.unit,
        )

    @property
    def day(self) -> dt.date:
        """The day of the answer."""
        return dt.date.fromisoformat(self.dated_on)

    @property
    def due(self) -> dt.date | None:
        """The last day that the township sets; None when it sets none."""
        return dt.date.fromisoformat(self.due_on) if self.due_on else None
