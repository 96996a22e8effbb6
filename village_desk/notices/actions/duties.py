"""Duties to post: opened by a decision, a damage or a date; the same cause opens one duty."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.notices.lookups import catalogue, item_of, year_plan
from village_desk.notices.records import Duty
from village_desk.notices.rules.catalogue import Item, due_after
from village_desk.notices.rules.kinds import NoticeKind
from village_desk.notices.rules.life import check_not_future
from village_desk.rulebook.rules import Trigger
from village_desk.schedule.lookups import calendar
from village_desk.store.acts import act

_COMMON = frozenset({"affairs", "finance"})


def add_duty(
    session: Session,
    *,
    item: str,
    about: str,
    source_room: str,
    source_id: str,
    due_on: dt.date | None,
    kind: str = NoticeKind.PUBLICATION,
    legal_ref: str = "",
    code: str = "",
) -> str:
    """Open a duty to post and return its id; the same item of the same cause opens it once.

    `item` is a posting kind of the rulebook (resolution, result …), `about` what it is about in the clerk's words.
    Called again with another day or title it brings the duty up to date; a retired duty comes back.
    """
    # Two items of the catalogue may hang under one kind of posting.
    identity = same_id("duty", source_room, source_id, code if code and item in _COMMON else item)
    duty = session.get(Duty, identity)
    if duty is None:
        session.add(
            Duty(
                id=identity,
                item=item,
                kind=NoticeKind(kind).value,
                about=tidy(about),
                source_room=source_room,
                source_id=source_id,
                due_on=due_on,
                legal_ref=legal_ref,
                code=code,
            )
        )
        session.flush()
        return identity
    duty.about, duty.due_on, duty.legal_ref = tidy(about), due_on, legal_ref or duty.legal_ref
    duty.kind, duty.retired = NoticeKind(kind).value, False
    session.flush()
    return identity


def add_event_duties(
    session: Session, *, trigger: str, about: str, happened_on: dt.date, source_room: str, source_id: str
) -> tuple[str, ...]:
    """Open a duty for every item of the catalogue that waits for an event; returns the duties' ids.

    `trigger` is decision, result, assessment, star_round, points_close, finance_close, membership or term. Called
    again for the same cause it changes nothing but days and titles.
    """
    wanted = Trigger(trigger)
    items = [item for item in catalogue(session, on=act(session).today) if item.trigger is wanted]
    return tuple(
        _open(session, item, about, happened_on, source_room=source_room, source_id=source_id) for item in items
    )


def open_item_duty(session: Session, *, code: str, about: str, happened_on: dt.date) -> str:
    """Open the duty of an item that waits for something to happen, because it did; returns the id.

    Raises NotFound for an unknown code, NotAllowed without words and for a day to come.
    """
    item = item_of(session, code, on=act(session).today)
    if item is None:
        raise NotFound(f"目录里没有{code}这一项。", "请刷新后再选。")
    if not tidy(about):
        raise NotAllowed("还没有写是什么事。", "例如“2026年耕地地力保护补贴”。")
    check_not_future(happened_on, act(session).today, "发生日期")
    source_id = same_id("item", code, tidy(about), happened_on.isoformat())
    return _open(session, item, tidy(about), happened_on, source_room="notices", source_id=source_id)


def take_up_turn(session: Session, *, code: str, period: str, year: int) -> str:
    """Keep the duty of one period of an item, so that a sheet can answer it; returns the id.

    `period` is 2026-Q3 as the plan of `year` names it. Raises NotFound.
    """
    plan = year_plan(session, year=year, on=act(session).today)
    row = next((row for row in plan.rows if (row.code, row.period) == (code, period)), None)
    if row is None:
        raise NotFound(f"{year}年的计划里没有这一项（{code}，{period}）。", "请刷新后再试。")
    duty = session.get(Duty, row.id)
    if duty is None:
        duty = Duty(id=row.id, item=row.item.posting, kind=row.item.kind.value, code=code, period=period)
        session.add(duty)
    duty.about = f"{row.period_words}{row.name}"
    duty.source_room, duty.source_id = "notices", f"{code} {period}"
    duty.due_on, duty.legal_ref, duty.retired = row.due_on, row.legal_ref, False
    session.flush()
    return row.id


def waive_turn(session: Session, *, code: str, period: str, year: int, reason: str) -> str:
    """Mark one period of an item as not applicable, with its reason; returns the duty's id.

    Raises NotFound, NotAllowed without a reason.
    """
    duty_id = take_up_turn(session, code=code, period=period, year=year)
    waive_duty(session, duty_id=duty_id, reason=reason)
    return duty_id


def _open(session: Session, item: Item, about: str, happened_on: dt.date, *, source_room: str, source_id: str) -> str:
    due_on, _ = due_after(item, happened_on, calendar(session))
    return add_duty(
        session,
        item=item.posting,
        about=about,
        source_room=source_room,
        source_id=source_id,
        due_on=due_on,
        kind=item.kind,
        legal_ref=item.legal_ref,
        code=item.code,
    )


def waive_duty(session: Session, *, duty_id: str, reason: str) -> None:
    """Mark a duty as not applicable, with its reason. Raises NotFound, NotAllowed without a reason."""
    if not tidy(reason):
        raise NotAllowed("标为“不适用”要写明原因。", "例如：议题已撤回，没有形成决议。")
    _duty(session, duty_id).not_applicable = tidy(reason)
    session.flush()


def apply_duty_again(session: Session, *, duty_id: str) -> None:
    """Take back that a duty is not applicable. Raises NotFound."""
    _duty(session, duty_id).not_applicable = ""
    session.flush()


def _duty(session: Session, duty_id: str) -> Duty:
    duty = session.get(Duty, duty_id)
    if duty is None or duty.retired:
        raise NotFound("找不到这项公开任务。", "它可能还在另一台电脑上，请先导入备份或上报包。")
    return duty
