"""Two entries that are one person: whom an id stands for, and every id that stands for one person."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.people.records import PersonKept


@dataclass(frozen=True)
class Aliases:
    """Whom each merged entry stands for; an id that was never merged stands for itself."""

    kept: dict[str, str] = field(default_factory=dict)

    def of(self, person_id: str) -> str:
        """The id of the person that this entry stands for."""
        return self.kept.get(person_id, person_id)

    def all_of(self, person_id: str) -> tuple[str, ...]:
        """Every id under which something may be booked about this person, the kept one first."""
        kept = self.of(person_id)
        return (kept, *sorted(one for one, other in self.kept.items() if other == kept))


def aliases(session: Session) -> Aliases:
    """The merges that hold now, each followed to its end."""
    rows = session.execute(select(PersonKept.person_id, PersonKept.kept_id))
    return Aliases({row.person_id: row.kept_id for row in rows})


def in_place_of(session: Session, ids: Iterable[str]) -> tuple[str, ...]:
    """These people, each once, merged entries replaced by the person they stand for."""
    known = aliases(session)
    return tuple(dict.fromkeys(known.of(one) for one in ids))
