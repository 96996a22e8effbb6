"""What a clerk does with registers themselves and with funds: use, adapt, copy, book money, count for the township."""

import datetime as dt
import re
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.registers.lookups.entries import entry_record, kept_of
from village_desk.registers.lookups.forms import form_of, forms, readable_form, record_of
from village_desk.registers.lookups.sums import CARE_FUND, aid_of, fund, funds
from village_desk.registers.records.entries import (
    EntryMoney,
    RegisterBook,
    RegisterCount,
    RegisterForm,
)
from village_desk.registers.rules.entries import adapted, check_day, check_form, check_money
from village_desk.rulebook.rules import FieldSort, packed
from village_desk.schedule.actions import add_date_rule
from village_desk.store.acts import act

# Title, sort, choices with 、 between them, required, stays in the village.
FieldLine = tuple[str, str, str, bool, bool]
_COPY = "copy_"
_RHYTHMS = {
    "每周": "weekly",
    "每月": "monthly",
    "每季度": "quarterly",
    "每半年": "half_yearly",
    "每年": "yearly",
}


def use_register(session: Session, *, register: str, used: bool) -> None:
    """Use a register, or leave it out of the lists; its entries stay. Raises NotFound."""
    form_of(session, register)
    _form_record(session, register).used = used
    session.flush()


def adapt_register(session: Session, *, register: str, title: str, fields: tuple[FieldLine, ...]) -> None:
    """Give a register the village's own fields; old answers stay with their entries. Raises NotFound, NotAllowed."""
    form = readable_form(session, register)
    _form_record(session, register).content = packed(adapted(form, title=title, rows=_rows(fields)))
    session.flush()


def copy_register(session: Session, *, register: str, title: str, fields: tuple[FieldLine, ...]) -> str:
    """Make a register of the village's own after another one and return its key. Raises NotFound, NotAllowed."""
    form = readable_form(session, register)
    known = forms(session)
    if any(one.title == tidy(title) for one, _, _ in known.values()):
        raise NotAllowed(f"《{tidy(title)}》已经有了。", "请换一个名称，或在原来那本上调整栏目。")
    number = 1 + sum(re.fullmatch(rf"{_COPY}\d+", key) is not None for key in known)
    key = f"{_COPY}{number}"
    made = adapted(replace(form, key=key, optional=False), title=title, rows=_rows(fields))
    _form_record(session, key).content = packed(made)
    session.flush()
    return key


def add_choice(session: Session, *, register: str, field: str, words: str) -> None:
    """Add a choice of the village's own to a field. Raises NotFound, NotAllowed for one that is there."""
    form = readable_form(session, register)
    found = form.field(field)
    if found is None or found.sort is not FieldSort.CHOICE:
        raise NotFound(f"《{form.title}》没有这样一栏可以加选项。", "请选“从几项里选”的栏目。")
    if not tidy(words) or tidy(words) in found.choices:
        raise NotAllowed(f"“{found.title}”里已经有“{tidy(words)}”，或者还没写。", "请写一个新的选项。")
    fields = tuple(
        replace(one, choices=(*one.choices, tidy(words))) if one.key == field else one for one in form.fields
    )
    _form_record(session, register).content = packed(check_form(replace(form, fields=fields)))
    session.flush()


def add_money(
    session: Session,
    *,
    entry_id: str,
    on: dt.date,
    amount_fen: int,
    purpose: str,
    approved_by: str = "",
    recipient_id: str = "",
    recipient: str = "",
    receipt: str = "",
    item: str = "",
    cause_id: str = "",
) -> str:
    """Book a sum of a fund, above nothing in and below nothing out; returns its id. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    check_day("日期", on, act(session).today)
    check_money(
        form,
        fund(session, entry_id).balance if form.money else 0,
        amount_fen,
        approved_by=approved_by,
        recipient=recipient_id or recipient,
        purpose=purpose,
    )
    money = EntryMoney(
        entry_id=entry_id,
        moved_on=on,
        amount_fen=amount_fen,
        approved_by=tidy(approved_by),
        receipt=tidy(receipt),
        item=tidy(item),
        purpose=tidy(purpose),
        recipient_id=recipient_id or None,
        recipient=tidy(recipient) or None,
        cause_id=cause_id or None,
    )
    session.add(money)
    session.flush()
    return money.id


def reverse_money(session: Session, *, money_id: str, on: dt.date, reason: str) -> str:
    """Take back a sum that was booked wrongly by its opposite; returns its id. Raises NotFound, NotAllowed."""
    found = session.get(EntryMoney, money_id)
    if found is None or found.retired:
        raise NotFound("找不到这一笔。", "请刷新后再试。")
    record = entry_record(session, found.entry_id)
    form = readable_form(session, record.register or "")
    check_day("日期", on, act(session).today)
    if not tidy(reason):
        raise NotAllowed("冲正要写明原因。", "例如“金额多写了一个零”。")
    if found.reverses or session.scalar(select(EntryMoney.id).where(EntryMoney.reverses == money_id)):
        raise NotAllowed("这一笔已经冲正过。", "不用再冲正一次。")
    left = fund(session, found.entry_id).balance - found.amount_fen
    if form.strict_money and left < 0:
        raise NotAllowed("这笔收入已经用掉，冲正后余额会小于零。", "请先冲正用它付的支出。")
    identity = same_id("entry_money", "reverses", money_id)
    session.add(
        EntryMoney(
            id=identity,
            entry_id=found.entry_id,
            moved_on=on,
            amount_fen=-found.amount_fen,
            approved_by=found.approved_by,
            reverses=money_id,
            item=found.item,
            purpose=tidy(reason),
            recipient_id=found.recipient_id,
            recipient=found.recipient,
        )
    )
    session.flush()
    return identity


def pay_aid(
    session: Session, *, entry_id: str, on: dt.date, approved_by: str, fund_id: str = "", receipt: str = ""
) -> str:
    """Pay the aid of a visit from the care fund, once; returns the sum's id. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    kept = kept_of(record)
    aid = kept.get("aid", 0)
    if not aid:
        raise NotAllowed(f"《{form.title}》这一条没有填慰问金。", "请先更正这一条，填上金额。")
    if aid_of(session, entry_id):
        raise NotAllowed("这一条的慰问金已经从关爱资金支出。", "付错了的，请在关爱资金里冲正。")
    known = funds(session, CARE_FUND, on=act(session).today)
    chosen = next((one for one in known if not fund_id or one.id == fund_id), None)
    if chosen is None:
        raise NotFound("还没有登记关爱资金。", "请先在“村党组织关爱资金”里登记资金和收入。")
    return add_money(
        session,
        entry_id=chosen.id,
        on=on,
        amount_fen=-aid,
        purpose=f"走访慰问：{kept.get('event', '')}",
        approved_by=approved_by,
        recipient_id=record.subject_id or "",
        receipt=receipt,
        item="走访慰问",
        cause_id=entry_id,
    )


def report_counts(session: Session) -> int:
    """Count the private registers of which a pack asks for numbers, for the township; returns how many registers.

    Nothing but the register's name, the day and the number of its entries travels.
    """
    today, many = act(session).today, 0
    for key, (form, used, _) in forms(session).items():
        if not (form.private and form.counted and used):
            continue
        record = record_of(form)
        total = session.scalar(
            select(func.count())
            .select_from(record)
            .where(record.retired.is_(False), record.register == key, record.left_on.is_(None))
        )
        identity = same_id("register_count", act(session).village, key, today.isoformat())
        found = session.get(RegisterCount, identity)
        if found is None:
            found = RegisterCount(id=identity, register=key, counted_on=today)
            session.add(found)
        found.many, many = int(total or 0), many + 1
    session.flush()
    return many


def note_book(session: Session, *, register: str, entries: int, pages: int, audience: str) -> None:
    """Note that a book of a register was printed. Raises NotFound."""
    form_of(session, register)
    session.add(
        RegisterBook(register=register, printed_on=act(session).today, entries=entries, pages=pages, audience=audience)
    )
    session.flush()


def remind_of_duty(session: Session, *, entry_id: str) -> str:
    """Make a duty that comes round a rule of the calendar, once; returns the rule's id. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    kept = kept_of(record)
    rhythm = _RHYTHMS.get(str(kept.get("often", "")))
    if rhythm is None:
        raise NotAllowed("这一项没有填频次，或者是不定期的。", "请先更正，选每月、每季度等。")
    return add_date_rule(
        session,
        name=str(kept.get("duty", "")).replace("\n", " ")[:40],
        rhythm=rhythm,
        who=str(kept.get("post", "")),
        legal_ref=str(kept.get("basis", "")),
        starts_on=act(session).today,
    )


def _rows(fields: tuple[FieldLine, ...]) -> list[tuple[str, FieldSort, tuple[str, ...], bool, bool]]:
    rows = []
    for title, sort, choices, required, private in fields:
        try:
            wanted = FieldSort(sort)
        except ValueError:
            raise NotAllowed(f"“{title}”的种类“{sort}”不认识。", "请从栏目种类里选。") from None
        given = tuple(dict.fromkeys(tidy(one) for one in re.split(r"[、,，;；\n]", choices) if tidy(one)))
        rows.append((title, wanted, given, required, private))
    return rows


def _form_record(session: Session, register: str) -> RegisterForm:
    identity = same_id("register_form", act(session).village, register)
    found = session.get(RegisterForm, identity)
    if found is None:
        found = RegisterForm(id=identity, key=register)
        session.add(found)
    return found
