"""The procedures that a new case can take: those of the packs and those that the village wrote for itself."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.records import Decision, LocalProcedure
from village_desk.decisions.rules import law_gaps
from village_desk.kit.errors import NotFound
from village_desk.kit.text import chinese_date
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
    """The procedure of this key on a day: the village's newest version until then, else the pack's. Raises NotFound."""
    rows = [row for row in _local(session) if row.key == key]
    if not rows:
        return rulebook(session).template(key, on)
    held = [row for row in rows if row.valid_from is None or row.valid_from <= on]
    if not held:
        raise NotFound(
            f"“{rows[0].name}”是{chinese_date(rows[0].valid_from or on)}以后才写的，那一天还没有。", "请选当时的程序。"
        )
    return unpacked(ProcedureTemplate, held[-1].template)


def procedures(session: Session, *, on: dt.date | None = None) -> tuple[ProcedureRow, ...]:
    """Every procedure that a case of that day could take, the village's own first; skeletons at the end."""
    day = on or act(session).today
    newest = {row.key: row for row in _local(session) if row.valid_from is None or row.valid_from <= day}
    own = [unpacked(ProcedureTemplate, row.template) for row in newest.values()]
    shipped = [one for one in rulebook(session).templates(day) if one.key not in newest]
    used: dict[str, int] = {}
    for packed in session.scalars(select(Decision.template).where(Decision.retired.is_(False))):
        key = str(dict(packed).get("key", ""))
        used[key] = used.get(key, 0) + 1
    found = [ProcedureRow(one, law_gaps(one), used.get(one.key, 0)) for one in (*own, *shipped)]
    return tuple(sorted(found, key=lambda row: (row.template.locked, not row.template.local)))


def spending_tier(session: Session, amount_fen: int, on: dt.date) -> SpendingTier | None:
    """The tier of a sum in fen; None where no pack of this village says anything of it."""
    return rulebook(session).tier_of(amount_fen, on)


def _local(session: Session) -> list[LocalProcedure]:
    rows = session.scalars(select(LocalProcedure).where(LocalProcedure.retired.is_(False)))
    return sorted(rows, key=lambda row: (row.version, row.id))
