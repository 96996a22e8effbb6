"""The registers of a village: forms of packs and its own, who may read them, and the index over all of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.registers.records.entries import (
    PrivateEntry,
    RegisterBook,
    RegisterEntry,
    RegisterForm,
    RegisterLook,
)
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import RegisterTemplate, unpacked
from village_desk.store.acts import act
from village_desk.store.operators import StoreOperator

AnyEntry = RegisterEntry | PrivateEntry
# Where entries are kept: those that travel, and those that never leave the village.
RECORDS: tuple[Any, ...] = (RegisterEntry, PrivateEntry)


@dataclass(frozen=True)
class RegisterRow:
    """One register as the index lists it; `id` is its key.

    `current` are entries that were not left; `due` and `late` those on which something is due within a week or late.
    """

    id: str
    form: RegisterTemplate
    used: bool
    own: bool
    entries: int
    current: int
    last_on: dt.date | None
    due: int
    late: int
    pages: int
    readable: bool

    @property
    def title(self) -> str:
        """The register's name."""
        return self.form.title


def forms(session: Session, *, on: dt.date | None = None) -> dict[str, tuple[RegisterTemplate, bool, bool]]:
    """Every register by its key: its form, whether it is used, whether the village adapted or wrote it."""
    found = {
        form.key: (form, not form.optional, False) for form in rulebook(session).registers(on or act(session).today)
    }
    for row in session.scalars(select(RegisterForm).where(RegisterForm.retired.is_(False)).order_by(RegisterForm.id)):
        if row.content:
            found[row.key] = (unpacked(RegisterTemplate, row.content), row.used, True)
        elif row.key in found:
            found[row.key] = (found[row.key][0], row.used, False)
    return found


def form_of(session: Session, register: str) -> RegisterTemplate:
    """The form of a register. Raises NotFound."""
    found = forms(session).get(register)
    if found is None:
        raise NotFound(f"没有“{register}”这本台账。", "请从台账目录里选。")
    return found[0]


def readable(session: Session, form: RegisterTemplate) -> bool:
    """Whether the operator at the desk may read a register."""
    return act(session).role not in form.hidden_from


def readable_form(session: Session, register: str) -> RegisterTemplate:
    """The form of a register that the operator may read. Raises NotFound, NotAllowed."""
    form = form_of(session, register)
    if not readable(session, form):
        raise NotAllowed(f"《{form.title}》里有个人的事，您的岗位不能看。", "需要查看的，请由文书打开。")
    return form


def record_of(form: RegisterTemplate) -> Any:
    """The class that keeps the entries of a register."""
    return PrivateEntry if form.private else RegisterEntry


def index(session: Session, *, on: dt.date) -> tuple[RegisterRow, ...]:
    """Every register in the order of its heading, those in use first, with numbers for the contents page."""
    many: dict[str, tuple[int, int, dt.date | None]] = {}
    late: dict[str, list[dt.date]] = {}
    for record in RECORDS:
        for key, total, here, last in session.execute(
            select(
                record.register,
                func.count(),
                func.sum(record.left_on.is_(None)),
                func.max(record.noted_on),
            )
            .where(record.retired.is_(False))
            .group_by(record.register)
        ):
            many[key or ""] = (total, int(here or 0), last)
        for key, day in session.execute(
            select(record.register, record.due_on).where(record.retired.is_(False), record.due_on.is_not(None))
        ):
            late.setdefault(key or "", []).append(day)
    totals = session.execute(
        select(RegisterBook.register, func.sum(RegisterBook.pages)).group_by(RegisterBook.register)
    )
    pages = {row[0]: int(row[1] or 0) for row in totals}
    rows, heads = [], list[str]()
    week = on + dt.timedelta(days=7)
    for key, (form, used, own) in forms(session, on=on).items():
        total, here, last = many.get(key, (0, 0, None))
        days = late.get(key, [])
        if form.head not in heads:
            heads.append(form.head)
        rows.append(
            RegisterRow(
                key,
                form,
                used,
                own,
                total,
                here,
                last,
                sum(on <= day <= week for day in days),
                sum(day < on for day in days),
                pages.get(key, 0),
                readable(session, form),
            )
        )
    return tuple(sorted(rows, key=lambda row: (not row.used, heads.index(row.form.head))))


def looks(session: Session, register: str) -> tuple[str, ...]:
    """Who opened a private register on which day, the newest first."""
    names = operator_names(session)
    found = session.execute(
        select(RegisterLook.looked_on, RegisterLook.operator_id).where(
            RegisterLook.register == register, RegisterLook.retired.is_(False)
        )
    )
    rows = sorted(((row[0], names.get(row[1] or "", "")) for row in found if row[0]), reverse=True)
    return tuple(f"{day.isoformat()}　{name}" for day, name in rows)


def operator_names(session: Session) -> dict[str, str]:
    """The names of all operators by id, also of those who left: what they did stays theirs."""
    return {row.id: row.name for row in session.execute(select(StoreOperator.id, StoreOperator.name))}
