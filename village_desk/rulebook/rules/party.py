"""The rows about party members and organisations: least times on the way to membership, sizes of organisations."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from village_desk.rulebook.rules.rows import Standing


class PartyCheck(StrEnum):
    """What a row asks; `least` and `most` are in the unit named here."""

    AGE = "age"  # years of age of an applicant
    CULTIVATION = "cultivation"  # months from activist to candidate
    PROBATION = "probation"  # months from admission to full membership
    EXTENSION = "extension"  # months by which a probation is extended
    BRANCH = "branch"  # full members of a branch of its own
    BRANCH_COMMITTEE = "branch_committee"  # full members of a branch with a committee
    GENERAL_BRANCH = "general_branch"  # full members of a general branch
    OUT_OF_TOUCH = "out_of_touch"  # months without contact


@dataclass(frozen=True)
class PartyRow:
    """One row; `most` 0 is no upper limit."""

    rule_id: str
    check: PartyCheck
    legal_ref: str
    law_version: str
    standing: Standing
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    least: int
    most: int = 0
    source_note: str = ""

    @property
    def is_floor(self) -> bool:
        """True where a deeper place may only be stricter."""
        return self.standing is not Standing.CUSTOM


def party_row(rows: Iterable[PartyRow], check: PartyCheck) -> PartyRow | None:
    """The row that holds for a check: of several floors the strictest, else the nearest place's; None for no row."""
    found = [row for row in rows if row.check is check]
    return max(found, key=lambda row: row.least, default=None)
