"""What was found about the cells of one line, and the rows and changes that it writes beyond the person's columns."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.people.rules.changes import ABSENCE_WORDS
from village_desk.people.rules.dates import birth_words
from village_desk.people.rules.party import FLAG_WORDS, Flag
from village_desk.people.rules.roster import NO, YES, Cell, CellState, Field
from village_desk.people.rules.words import PERSON_STATE_WORDS
from village_desk.store.base import Record

_R = TypeVar("_R", bound=Record)
_WORDS_OF = {
    YES: "是",
    NO: "否",
    "full": "正式党员",
    "probationary": "预备党员",
    "normal": "正常",
    "suspended": FLAG_WORDS[Flag.SUSPENDED],
    **{one.value: words for one, words in PERSON_STATE_WORDS.items()},
    **{one.value: words for one, words in ABSENCE_WORDS.items()},
}


class Verdict(NamedTuple):
    """What becomes of one cell: its state, why it is not taken, and what is registered so far."""

    state: CellState
    reason: str = ""
    old: str = ""


@dataclass
class Beyond:
    """What one line writes beside the person's text: columns of the person, rows of other records, changes of such.

    `rows` get the person's id when they are written, `grid` is the unit that the household comes into.
    """

    verdicts: dict[Field, Verdict] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    rows: list[tuple[type[Record], dict[str, Any]]] = field(default_factory=list)
    changes: dict[tuple[type[Record], str], dict[str, Any]] = field(default_factory=dict)
    grid: str = ""

    @property
    def writes(self) -> bool:
        """True when the line changes something here."""
        return bool(self.person or self.rows or self.changes or self.grid)

    def judged(self, cell: Cell) -> Cell:
        """The cell with what was found about it."""
        found = self.verdicts.get(cell.field)
        if found is None or cell.state in (CellState.REFUSED, CellState.LEFT_OUT):
            return cell
        return cell._replace(state=found.state, reason=cell.reason + found.reason, old=found.old)

    def tell(self, one: Field, state: CellState, reason: str = "", old: str = "") -> None:
        """Keep what becomes of a cell."""
        self.verdicts[one] = Verdict(state, reason, old)

    def leave(self, fields: Iterable[Field], values: Mapping[Field, str], reason: str) -> None:
        """Leave out the cells of these fields that the line has."""
        for one in fields:
            if values.get(one):
                self.tell(one, CellState.LEFT_OUT, reason)

    def set(self, one: Field, old: object, new: object) -> bool:
        """Tell whether a value is new, changed or as it was; true when it is to be written."""
        if old == new:
            self.tell(one, CellState.UNCHANGED)
            return False
        known = old not in (None, "", False)
        self.tell(one, CellState.CHANGED if known else CellState.NEW, old=shown(old) if known else "")
        return True


def living(session: Session, record: type[_R]) -> list[_R]:
    """Every row of a record that is in use."""
    return list(session.scalars(select(record).where(record.retired.is_(False))))


def day_of(values: Mapping[Field, str], one: Field) -> dt.date | None:
    """The day in a column, None where there is none."""
    return dt.date.fromisoformat(values[one]) if values.get(one) else None


def shown(value: object) -> str:
    """A stored value as people read it."""
    return birth_words(value.isoformat()) if isinstance(value, dt.date) else str(value or "")


def words_beyond(value: str) -> str:
    """The value of such a cell as people read it."""
    return _WORDS_OF.get(value, value)
