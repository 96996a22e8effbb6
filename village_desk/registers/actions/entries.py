"""What a clerk does with entries of registers: note, correct, carry on, settle, leave, tell upwards."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import secret_same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions import end_post
from village_desk.people.lookups import all_posts, names_of, person_rows
from village_desk.registers.lookups.entries import entry_record, kept_of, names_for, subject_choices
from village_desk.registers.lookups.forms import AnyEntry, form_of, readable_form, record_of
from village_desk.registers.lookups.owed import CADRES
from village_desk.registers.records.entries import EntryChange, RegisterLook, UpAnswer, UpReport
from village_desk.registers.rules.entries import (
    ChangeKind,
    Way,
    answered_state,
    changes_between,
    check_day,
    check_subject,
    checked,
    clock_time,
    due_day,
    next_due,
    parted,
    settled,
)
from village_desk.rulebook.rules import RegisterTemplate, SubjectSort
from village_desk.schedule.actions import enter_happening, take_out_happening
from village_desk.schedule.lookups import happenings_of
from village_desk.store.acts import act, edit, retire

Answers = tuple[tuple[str, str | int | bool], ...]
ROOM = "registers"
_RESIGNATIONS = "resignations"


def add_entry(session: Session, *, register: str, noted_on: dt.date, answers: Answers, subject_id: str = "") -> str:
    """Note an entry and return its id; what it counts as in the calendar is noted with it.

    `answers` are pairs (field, value); days are dates or ISO text, money is fen. Raises NotFound, NotAllowed.
    """
    form = readable_form(session, register)
    day = check_day(form.day_title, noted_on, act(session).today)
    check_subject(form, subject_id)
    if form.about_in and subject_id not in dict(subject_choices(session, form, on=act(session).today)):
        where = form_of(session, form.about_in).title
        raise NotAllowed(
            f"《{form.title}》的{form.about_title}要从《{where}》的{form.about_as}里选。", "请先在那本台账里登记。"
        )
    kept = checked(form, dict(answers))
    record: AnyEntry = record_of(form)(
        register=register,
        noted_on=day,
        subject_id=subject_id or None,
        state=form.states[0] if form.states else None,
    )
    _keep(record, form, kept)
    session.add(record)
    session.flush()
    _count(session, form, record, kept)
    return record.id


def correct_entry(
    session: Session,
    *,
    entry_id: str,
    seen: str,
    noted_on: dt.date,
    answers: Answers,
    subject_id: str = "",
    reason: str = "",
) -> None:
    """Correct an entry on the ground of what the clerk saw; what stood there before stays in its history.

    Filling in what was empty needs no reason; changing what was written does. Raises NotFound, NotAllowed.
    """
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    day = check_day(form.day_title, noted_on, act(session).today)
    check_subject(form, subject_id)
    before, after = kept_of(record), checked(form, dict(answers))
    known = {one.key for one in form.fields}
    after |= {key: value for key, value in before.items() if key not in known}
    old_names = names_for(session, form, [record])
    old_day, old_subject = record.noted_on, record.subject_id or ""
    changed = [one for one in changes_between(form, before, after, old_names) if one.before or one.after]
    written_over = any(one.before for one in changed) or old_day != day or old_subject != subject_id
    if written_over and not tidy(reason):
        raise NotAllowed("改了已经登记的内容，还没写更正原因。", "例如“户主姓名写错”。原来的内容会留在记录里。")
    travels, stays = parted(form, after)
    edit(
        session,
        record,
        seen=seen,
        noted_on=day,
        subject_id=subject_id or None,
        answers=travels,
        secrets=stays or None,
        due_on=_due_on(form, day, after, record.state or "", record.left_on),
    )
    names = {**old_names, **names_for(session, form, [record])}
    rows = [(one.title, one.before, one.after) for one in changes_between(form, before, after, names)]
    if old_day != day:
        rows.append((form.day_title, chinese_date(old_day) if old_day else "", chinese_date(day)))
    if old_subject != subject_id:
        rows.append((form.about_title, names.get(old_subject, ""), names.get(subject_id, "")))
    if rows:
        kind = ChangeKind.CORRECTED if written_over else ChangeKind.NOTED
        _tell(session, record.id, kind, tidy(reason), rows)
    _count(session, form, record, after)


def note_entry(session: Session, *, entry_id: str, on: dt.date, words: str) -> None:
    """Note what happened on a day. Raises NotFound, NotAllowed without words and for a day to come."""
    record = entry_record(session, entry_id)
    readable_form(session, record.register or "")
    check_day("日期", on, act(session).today)
    if not tidy(words):
        raise NotAllowed("还没写办到什么程度。", "写一句就行，例如“已设警示牌”。")
    _tell(session, entry_id, ChangeKind.NOTED, words, (), on)


def settle_entry(session: Session, *, entry_id: str, on: dt.date, words: str = "") -> dt.date | None:
    """Note that what was due was done on a day.

    Where the register has a rhythm the next day is set and returned; otherwise the field that settles is filled in.
    Raises NotFound, NotAllowed.
    """
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    check_day("办理日期", on, act(session).today)
    kept = kept_of(record)
    if record.noted_on is not None and on < record.noted_on:
        raise NotAllowed(f"{chinese_date(record.noted_on)}才登记，办理日期不能更早。", "请核对日期。")
    coming, due, settles = next_due(form, kept, on), form.due, form.settles
    if coming is not None and due is not None:
        kept[due.key] = coming.isoformat()
        told = f"{chinese_date(on)}已办，下次{chinese_date(coming)}。{tidy(words)}"
    elif settles is not None:
        kept[settles.key] = on.isoformat()
        told = f"{settles.title}：{chinese_date(on)}。{tidy(words)}"
    elif form.closing:
        record.state = form.closing[-1]
        told = f"{chinese_date(on)}{record.state}。{tidy(words)}"
    else:
        raise NotAllowed(f"《{form.title}》没有到期要办的事。", "改下次的日期，请用“更正”。")
    if form.closing and settles is not None:
        record.state = form.closing[-1]
    _keep(record, form, kept)
    session.flush()
    _tell(session, entry_id, ChangeKind.CHECKED, told, (), on)
    _count(session, form, record, kept)
    return coming


def move_entry(session: Session, *, entry_id: str, state: str, on: dt.date, words: str = "") -> None:
    """Bring an entry to another state; a resignation that is through ends the post. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    check_day("日期", on, act(session).today)
    if state not in form.states:
        raise NotAllowed(f"《{form.title}》没有“{state}”这一步。", f"可选：{'、'.join(form.states)}。")
    if form.key == _RESIGNATIONS:
        _end_posts(session, form, record, state, on)
    before = record.state or ""
    record.state = state
    _keep(record, form, kept_of(record))
    session.flush()
    _tell(session, entry_id, ChangeKind.MOVED, words, (("状态", before, state),), on)


def leave_entry(session: Session, *, entry_id: str, on: dt.date, why: str) -> None:
    """Somebody is no longer on a register of people from a day on. Raises NotFound, NotAllowed without a reason."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    check_day("移出日期", on, act(session).today)
    if not form.enrols:
        raise NotAllowed(f"《{form.title}》不分列入和移出。", "登记错了的，可以删除这一条。")
    if not tidy(why):
        raise NotAllowed("移出要写明原因。", "例如“已稳定脱贫”“迁出本村”“去世”。")
    if record.noted_on is not None and on < record.noted_on:
        raise NotAllowed(f"{chinese_date(record.noted_on)}才列入，移出日期不能更早。", "请核对日期。")
    record.left_on, record.left_why, record.due_on = on, tidy(why), None
    session.flush()
    _tell(session, entry_id, ChangeKind.LEFT, why, (), on)


def take_back_in(session: Session, *, entry_id: str, words: str) -> None:
    """Somebody was taken off a register by mistake. Raises NotFound, NotAllowed without a reason."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    if record.left_on is None:
        raise NotAllowed("这一条没有移出。", "不用再列入。")
    if not tidy(words):
        raise NotAllowed("重新列入要写明原因。", "例如“移出登记错了”。")
    record.left_on, record.left_why = None, None
    _keep(record, form, kept_of(record))
    session.flush()
    _tell(session, entry_id, ChangeKind.RETURNED, words, ())


def drop_entry(session: Session, *, entry_id: str) -> None:
    """Drop an entry made by mistake, with what it counted; undo brings it back. Raises NotFound."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    if form.counts:
        for one in happenings_of(session, ROOM, record.id):
            take_out_happening(session, entry_id=one)
    retire(session, record)


def log_report(
    session: Session,
    *,
    entry_id: str,
    told_on: dt.date,
    told_to: str,
    way: str = Way.PHONE,
    told_at: str = "",
    told_by: str = "",
    receipt: str = "",
) -> str:
    """Log how an entry was told upwards: the desk itself sends nothing. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    if not form.reports:
        raise NotAllowed(f"《{form.title}》不用上报。", "要上报的事登在村情研判和隐患台账里。")
    check_day("上报日期", told_on, act(session).today)
    if record.noted_on is not None and told_on < record.noted_on:
        raise NotAllowed(f"{chinese_date(record.noted_on)}才发现，上报日期不能更早。", "请核对日期。")
    if not tidy(told_to):
        raise NotAllowed("还没写报给谁。", "例如“镇应急办 张主任”。")
    report = UpReport(
        entry_id=entry_id,
        told_on=told_on,
        told_at=clock_time(told_at),
        way=Way(way).value,
        told_to=tidy(told_to),
        told_by=tidy(told_by),
        receipt=tidy(receipt),
    )
    session.add(report)
    session.flush()
    return report.id


def note_answer(
    session: Session, *, entry_id: str, answered_on: dt.date, answered_by: str, words: str, way: str = Way.PHONE
) -> None:
    """Note what the township answered; the entry's state follows. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    check_day("答复日期", answered_on, act(session).today)
    if not tidy(words) or not tidy(answered_by):
        raise NotAllowed("谁答复的、答复了什么都要写。", "例如“镇应急办：同意设警示，15日前加固”。")
    session.add(
        UpAnswer(
            entry_id=entry_id,
            answered_on=answered_on,
            way=Way(way).value,
            answered_by=tidy(answered_by),
            words=tidy(words),
        )
    )
    record.state = answered_state(form, record.state or "") or None
    session.flush()


def note_look(session: Session, *, register: str) -> None:
    """Note that the operator opened a private register, once a day. Raises NotFound, NotAllowed."""
    form, now = readable_form(session, register), act(session)
    if not form.private:
        return
    identity = secret_same_id(now.secret, "register_look", register, now.today.isoformat(), now.actor)
    if session.get(RegisterLook, identity) is None:
        session.add(RegisterLook(id=identity, register=register, looked_on=now.today, operator_id=now.actor))
        session.flush()


def _keep(record: AnyEntry, form: RegisterTemplate, kept: Mapping[str, Any]) -> None:
    travels, stays = parted(form, kept)
    record.answers, record.secrets = travels, stays or None
    record.due_on = _due_on(form, record.noted_on, kept, record.state or "", record.left_on)


def _due_on(
    form: RegisterTemplate, noted_on: dt.date | None, kept: Mapping[str, Any], state: str, left_on: dt.date | None
) -> dt.date | None:
    return None if settled(form, kept, state, left_on) else due_day(form, noted_on, kept)


def _tell(
    session: Session,
    entry_id: str,
    kind: ChangeKind,
    words: str,
    changes: Any,
    on: dt.date | None = None,
) -> None:
    now = act(session)
    many = session.scalar(select(func.count()).select_from(EntryChange).where(EntryChange.entry_id == entry_id))
    session.add(
        EntryChange(
            entry_id=entry_id,
            number=(many or 0) + 1,
            kind=kind.value,
            happened_on=on or now.today,
            words=tidy(words),
            changes=tuple(tuple(one) for one in changes),
            operator_id=now.actor,
        )
    )
    session.flush()


def _count(session: Session, form: RegisterTemplate, record: AnyEntry, kept: Mapping[str, Any]) -> None:
    """Let an entry count in the calendar: the day, who and which household, never what it was about."""
    if not form.counts:
        return
    settles = form.settles
    # A visit that is still owed has not happened; other registers count on the day of the entry.
    day = record.noted_on
    if settles is not None and form.visit_days:
        day = dt.date.fromisoformat(kept[settles.key]) if kept.get(settles.key) else None
    stale = set(happenings_of(session, ROOM, record.id))
    if day is not None:
        actor = str(kept.get(form.actor, "")) if form.actor else ""
        made = enter_happening(
            session,
            kind=form.counts,
            happened_on=day,
            actor_id=actor,
            actor=names_of(session, [actor]).get(actor, "") if actor else str(kept.get("name", "")),
            subject_id=_household(session, form, record.subject_id or ""),
            source_room=ROOM,
            source_id=record.id,
        )
        stale.discard(made)
    for one in stale:
        take_out_happening(session, entry_id=one)


def _household(session: Session, form: RegisterTemplate, subject_id: str) -> str:
    """The household that a visit was to: that of the person, where the entry is about one."""
    if form.about is SubjectSort.PERSON and subject_id:
        return next((row.household_id for row in person_rows(session, [subject_id])), "")
    return subject_id if form.about is SubjectSort.HOUSEHOLD else ""


def _end_posts(session: Session, form: RegisterTemplate, record: AnyEntry, state: str, on: dt.date) -> None:
    """辞职程序: the steps follow each other, and only the last one ends the posts."""
    at = form.states.index(record.state) if record.state in form.states else 0
    wanted = form.states.index(state)
    if wanted > at + 1:
        raise NotAllowed(
            f"辞职办理现在是“{form.states[at]}”，不能跳到“{state}”。", f"下一步是“{form.states[at + 1]}”。"
        )
    if state not in form.closing:
        return
    held = [
        post
        for post in all_posts(session)
        if post.person_id == record.subject_id and post.body in CADRES and post.held_on(on) and post.ended_on is None
    ]
    if not held:
        raise NotFound("名册里没有这个人现在的“两委”职务。", "请先在“组织和任职”里核对。")
    for post in held:
        end_post(session, post_id=post.id, on=on, why="承诺的辞职情形出现，按程序辞职")
