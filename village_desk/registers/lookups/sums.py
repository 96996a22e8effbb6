"""What registers add up to: funds with their balance, counts of answers, sums by project, members of a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from village_desk.kit.money import yuan
from village_desk.people.lookups import names_of
from village_desk.people.records import PartyMembership, kept_id
from village_desk.registers.lookups.entries import entries, entry_record, kept_of
from village_desk.registers.lookups.forms import readable_form
from village_desk.registers.records.entries import EntryMoney
from village_desk.registers.rules.entries import entitlement, sums_of
from village_desk.rulebook.rules import RegisterTemplate
from village_desk.store.acts import act

CARE_FUND = "care_fund"


@dataclass(frozen=True)
class MoneyRow:
    """One sum of a fund; `balance` is what it left."""

    id: str
    on: dt.date
    amount: int
    item: str
    purpose: str
    recipient: str
    approved_by: str
    receipt: str
    reverses: str
    reversed: bool
    balance: int


@dataclass(frozen=True)
class FundRow:
    """A fund with what was planned, received, spent and is left, in fen; `entitled` where a rate is set."""

    id: str
    name: str
    planned: int
    received: int
    spent: int
    members: int
    entitled: int
    money: tuple[MoneyRow, ...]

    @property
    def balance(self) -> int:
        """What is left."""
        return self.received - self.spent

    @property
    def flags(self) -> tuple[str, ...]:
        """What is wrong or to be seen, in sentences."""
        found = []
        if self.spent > self.received:
            found.append(f"支出{yuan(self.spent)}元，超过到账{yuan(self.received)}元，超支{yuan(-self.balance)}元。")
        if self.entitled:
            words = f"年初党员{self.members}人，应有{yuan(self.entitled)}元，已支出{yuan(self.spent)}元。"
            found.append(words)
        return tuple(found)


@dataclass(frozen=True)
class Counted:
    """How many entries of a kind a time holds; `ids` are those entries."""

    words: str
    many: int
    ids: tuple[str, ...]


def fund(session: Session, entry_id: str) -> FundRow:
    """A fund with its sums in the order of their days. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    return _fund(session, form, record.id, kept_of(record), record.noted_on)


def funds(session: Session, register: str, *, on: dt.date) -> tuple[FundRow, ...]:
    """Every fund of a register. Raises NotFound, NotAllowed."""
    form = readable_form(session, register)
    return tuple(_fund(session, form, row.id, row.kept, row.noted_on) for row in entries(session, register, on=on))


def aid_of(session: Session, entry_id: str) -> int:
    """What was paid from a fund for an entry of another register, in fen."""
    total = session.scalar(
        select(func.sum(EntryMoney.amount_fen)).where(EntryMoney.cause_id == entry_id, EntryMoney.retired.is_(False))
    )
    return -int(total or 0)


def counts_by(session: Session, register: str, field: str, *, first: dt.date, last: dt.date) -> tuple[Counted, ...]:
    """How many entries each answer to a field has in a time; choices without any are counted with nothing."""
    form = readable_form(session, register)
    one = form.field(field)
    held: dict[str, list[str]] = {words: [] for words in (one.choices if one is not None else ())}
    for row in entries(session, register, on=last, first=first, last=last):
        if words := row.kept.get(field):
            held.setdefault(str(words), []).append(row.id)
    return tuple(Counted(words, len(ids), tuple(ids)) for words, ids in held.items())


def sums_by(session: Session, register: str, by: str, *, on: dt.date) -> tuple[tuple[str, Mapping[str, int]], ...]:
    """The sums of a register's numbers for each answer to a field, such as the area of each project."""
    form = readable_form(session, register)
    held: dict[str, list[Mapping[str, object]]] = {}
    for row in entries(session, register, on=on, current=True):
        held.setdefault(str(row.kept.get(by, "未登记")), []).append(row.kept)
    return tuple((words, sums_of(form, rows)) for words, rows in sorted(held.items()))


def members_on(session: Session, day: dt.date) -> int:
    """How many party members the village's branch had on a day; visitors are not counted."""
    one = PartyMembership
    return int(
        session.scalar(
            select(func.count(kept_id(one.person_id).distinct())).where(
                one.retired.is_(False),
                one.visiting.is_(False),
                or_(one.joined_on.is_(None), one.joined_on <= day),
                or_(one.left_on.is_(None), one.left_on > day),
            )
        )
        or 0
    )


def _fund(
    session: Session, form: RegisterTemplate, entry_id: str, kept: Mapping[str, object], noted_on: dt.date | None
) -> FundRow:
    found: Sequence[EntryMoney] = session.scalars(
        select(EntryMoney)
        .where(EntryMoney.entry_id == entry_id, EntryMoney.retired.is_(False))
        .order_by(EntryMoney.moved_on, EntryMoney.id)
    ).all()
    taken_back = {one.reverses for one in found if one.reverses}
    names = names_of(session, [one.recipient_id for one in found if one.recipient_id])
    rows, balance = [], 0
    for one in found:
        balance += one.amount_fen
        rows.append(
            MoneyRow(
                one.id,
                one.moved_on or dt.date.min,
                one.amount_fen,
                one.item,
                one.purpose or "",
                names.get(one.recipient_id or "", one.recipient or ""),
                one.approved_by,
                one.receipt,
                one.reverses,
                one.id in taken_back,
                balance,
            )
        )
    # A sum that was taken back counts on neither side.
    standing = [one.amount_fen for one in found if not one.reverses and one.id not in taken_back]
    rate, planned = kept.get("rate"), kept.get("planned")
    members = 0
    if isinstance(rate, int) and rate:
        members = members_on(session, dt.date((noted_on or act(session).today).year, 1, 1))
    return FundRow(
        entry_id,
        str(kept.get("name", form.title)),
        planned if isinstance(planned, int) else 0,
        sum(one for one in standing if one > 0),
        -sum(one for one in standing if one < 0),
        members,
        entitlement(members, rate) if isinstance(rate, int) else 0,
        tuple(rows),
    )
