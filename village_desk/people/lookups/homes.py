"""Every household with people on the roll, in a line: its number, its group, its head and how many live in it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.people.records import PersonSearch
from village_desk.people.rules.words import PersonState


@dataclass(frozen=True)
class HomeLine:
    """One household; `head` is the head's name or that of the oldest in it."""

    id: str
    number: str
    group: str
    head: str
    people: int

    @property
    def words(self) -> str:
        """户号0127 王伟家."""
        return f"户号{self.number} {self.head}家" if self.number else f"{self.head}家"


def home_lines(session: Session) -> tuple[HomeLine, ...]:
    """Households in the order of the roster: group, number."""
    row = PersonSearch
    found: dict[str, HomeLine] = {}
    for one in session.execute(
        select(row.household_id, row.household_no, row.group_name, row.name)
        .where(row.state == PersonState.ON_ROLL.value, row.household_id != "")
        .order_by(
            row.group_place,
            row.group_name,
            row.household_place,
            row.household_no,
            row.household_id,
            row.relation_place,
            row.birth,
        )
    ):
        first = found.get(one.household_id)
        if first is None:
            found[one.household_id] = HomeLine(one.household_id, one.household_no, one.group_name, one.name, 1)
        else:
            found[one.household_id] = HomeLine(first.id, first.number, first.group, first.head, first.people + 1)
    return tuple(found.values())
