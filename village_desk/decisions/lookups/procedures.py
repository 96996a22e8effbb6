"""The procedures that a new case can take: those of the packs and those that the village wrote for itself."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.records import Decision, LocalProcedure
from village_desk.decisions.rules import law_gaps
from village_desk.meetings.rules import Check
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import ProcedureTemplate, SpendingTier, unpacked
from village_desk.store.acts import act


@dataclass(frozen=True)
class ProcedureRow:
    """One procedure to choose, with what the law misses in it and how many cases follow it."""

    template: ProcedureTemplate
    gaps: tuple[Check, ...]
    cases: int

    @property
    def origin(self) -> str:
        """Where it comes from, in words."""
        if self.template.local:
            return f"本村第{self.template.version}版"
        return "空架子，待填" if self.template.locked else "软件自带或上级下发"


def procedure_for(session: Session, key: str, on: dt.date) -> ProcedureTemplate:
    """The procedure of this key: the village's newest version, else the pack's of that day. Raises NotFound.

    What happened last week is entered today, so a village's own procedure has no first day.
    """
    rows = [row for row in _local(session) if row.key == key]
    return unpacked(ProcedureTemplate, rows[-1].template) if rows else rulebook(session).template(key, on)


def procedures(session: Session, *, on: dt.date | None = None) -> tuple[ProcedureRow, ...]:
    """Every procedure that a case of that day could take, the village's own first; skeletons at the end."""
    day = on or act(session).today
    newest = {row.key: row for row in _local(session)}
    own = [unpacked(ProcedureTemplate, row.template) for row in newest.values()]
    shipped = [one for one in rulebook(session).templates(day) if one.key not in newest]
    used: dict[str, int] = {}
    for packed in session.scalars(select(Decision.template).where(Decision.retired.is_(False))):
        key = str(dict(packed).get("key", ""))
        used[key] = used.get(key, 0) + 1
    found = [ProcedureRow(one, law_gaps(one), used.get(one.key, 0)) for one in (*own, *shipped)]
    return tuple(sorted(found, key=lambda row: (row.template.locked, not row.template.local, _place(row))))


def _place(row: ProcedureRow) -> int:
    """The one that most matters take stands first among its like."""
    return 0 if row.template.key == "four_two" else 1


def spending_tier(session: Session, amount_fen: int, on: dt.date) -> SpendingTier | None:
    """The tier of a sum in fen; None where no pack of this village says anything of it."""
    return rulebook(session).tier_of(amount_fen, on)


def _local(session: Session) -> list[LocalProcedure]:
    rows = session.scalars(select(LocalProcedure).where(LocalProcedure.retired.is_(False)))
    return sorted(rows, key=lambda row: (row.version, row.id))
