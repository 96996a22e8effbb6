"""Registers as a village keeps them: its own forms, entries, their history, money, reports upwards, printed books."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township, village_only


class RegisterForm(Record):
    """What a village made of a register: whether it uses it, and its own form where it adapted or wrote one.

    `content` is a packed rulebook.rules.RegisterTemplate, empty where the form of the pack stands.
    """

    __tablename__ = "register_form"

    key: Mapped[str] = township(absent="", index=True)
    used: Mapped[bool] = township(absent=True)
    content: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class RegisterEntry(Record):
    """One entry of a register; `answers` are pairs (field, value), `secrets` those of fields that stay in the village.

    Money is in fen, areas in hundredths of a mu, days are ISO dates, people and bodies their ids. `due_on` is the
    day on which something is still due, None where nothing is or all is settled; `left_on` is the first day on which
    the subject is no longer on a register of people.
    """

    __tablename__ = "register_entry"

    register: Mapped[str] = township(absent="", index=True)
    noted_on: Mapped[dt.date | None] = township()
    subject_id: Mapped[str | None] = township(index=True)
    state: Mapped[str | None] = township()
    due_on: Mapped[dt.date | None] = township(index=True)
    left_on: Mapped[dt.date | None] = township()
    left_why: Mapped[str | None] = township()
    answers: Mapped[tuple[Any, ...] | None] = township(PackedTuple)
    secrets: Mapped[tuple[Any, ...] | None] = village_only(PackedTuple)


class PrivateEntry(Record):
    """One entry of a register about illness, poverty, children or talks: nothing of it leaves the village."""

    __tablename__ = "private_entry"

    register: Mapped[str | None] = village_only(index=True)
    noted_on: Mapped[dt.date | None] = village_only()
    subject_id: Mapped[str | None] = village_only(index=True)
    state: Mapped[str | None] = village_only()
    due_on: Mapped[dt.date | None] = village_only(index=True)
    left_on: Mapped[dt.date | None] = village_only()
    left_why: Mapped[str | None] = village_only()
    answers: Mapped[tuple[Any, ...] | None] = village_only(PackedTuple)
    secrets: Mapped[tuple[Any, ...] | None] = village_only(PackedTuple)


class EntryChange(Record):
    """One thing that happened to an entry: a correction with its reason, progress, a leave.

    `changes` are rows (what, before, after) in words, `number` its place in the entry's history. It stays in the
    village, as the entry itself may.
    """

    __tablename__ = "entry_change"
    __merge__ = Merge.APPEND_ONLY

    entry_id: Mapped[str] = township(absent="", index=True)
    number: Mapped[int] = township(absent=0)
    kind: Mapped[str] = township(absent="noted")
    happened_on: Mapped[dt.date | None] = village_only()
    words: Mapped[str | None] = village_only()
    changes: Mapped[tuple[Any, ...] | None] = village_only(PackedTuple)
    operator_id: Mapped[str | None] = village_only()


class EntryMoney(Record):
    """A sum of a fund in fen, above nothing in and below nothing out; a mistake is reversed by `reverses`.

    Who got it and what for stays in the village. `cause_id` is the entry of another register that it was paid for.
    """

    __tablename__ = "entry_money"
    __merge__ = Merge.APPEND_ONLY

    entry_id: Mapped[str] = township(absent="", index=True)
    moved_on: Mapped[dt.date | None] = township()
    amount_fen: Mapped[int] = township(absent=0)
    approved_by: Mapped[str] = township(absent="")
    receipt: Mapped[str] = township(absent="")
    reverses: Mapped[str] = township(absent="")
    item: Mapped[str] = township(absent="")
    purpose: Mapped[str | None] = village_only()
    recipient_id: Mapped[str | None] = village_only()
    recipient: Mapped[str | None] = village_only()
    cause_id: Mapped[str | None] = village_only(index=True)


class UpReport(Record):
    """How an entry was told upwards: by phone, on paper or by stick, when, to whom, with which receipt number."""

    __tablename__ = "up_report"
    __merge__ = Merge.APPEND_ONLY

    entry_id: Mapped[str] = township(absent="", index=True)
    told_on: Mapped[dt.date | None] = township()
    told_at: Mapped[str] = township(absent="")
    way: Mapped[str] = township(absent="phone")
    told_to: Mapped[str] = township(absent="")
    told_by: Mapped[str] = township(absent="")
    receipt: Mapped[str] = township(absent="")


class UpAnswer(Record):
    """What the township said to a report, as it reached the village."""

    __tablename__ = "up_answer"
    __merge__ = Merge.APPEND_ONLY

    entry_id: Mapped[str] = township(absent="", index=True)
    answered_on: Mapped[dt.date | None] = township()
    way: Mapped[str] = township(absent="phone")
    answered_by: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")


class RegisterCount(Record):
    """How many entries a private register has on a day: all that the township gets of it, where a pack asks for it."""

    __tablename__ = "register_count"

    register: Mapped[str] = township(absent="", index=True)
    counted_on: Mapped[dt.date | None] = township()
    many: Mapped[int] = township(absent=0)


class RegisterBook(Record):
    """A printed book of a register: how many entries on how many pages, for whom."""

    __tablename__ = "register_book"
    __merge__ = Merge.APPEND_ONLY

    register: Mapped[str] = township(absent="", index=True)
    printed_on: Mapped[dt.date | None] = township()
    entries: Mapped[int] = township(absent=0)
    pages: Mapped[int] = township(absent=0)
    audience: Mapped[str] = township(absent="internal")


class RegisterLook(Record):
    """That somebody opened a private register, once a day and operator; it stays in the village."""

    __tablename__ = "register_look"

    register: Mapped[str | None] = village_only()
    looked_on: Mapped[dt.date | None] = village_only()
    operator_id: Mapped[str | None] = village_only()
