"""Members beyond their dates: floating, out of touch, in hardship, left out of the count, and the branch's own rule."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person, refuse_future
from village_desk.people.records import CountExclusion, MemberFlag, PartyMembership, PartyRule, kept_id
from village_desk.people.rules.party import FLAG_WORDS, Flag, Ground
from village_desk.store.acts import retire


def begin_flag(
    session: Session,
    *,
    person_id: str,
    kind: str,
    from_on: dt.date | None = None,
    place: str = "",
    contact: str = "",
    seen_on: dt.date | None = None,
    note: str = "",
) -> str:
    """A member is floating, out of touch, in hardship or suspended from that day; returns the entry's id.

    `place` is where a floating member went, `contact` who keeps in touch, `seen_on` the last contact. All of it stays
    in the village. Raises NotAllowed for somebody who is no member or has this flag already.
    """
    flag, person = _flag(kind), find_person(session, person_id)
    _refuse_no_member(session, person_id, person.name)
    open_one = _open_flag(session, person_id, flag)
    if open_one is not None:
        raise NotAllowed(f"{person.name}已经登记为{FLAG_WORDS[flag]}。", "要改去向或联系人，请先登记结束，再登记一次。")
    for what, day in (("开始日期", from_on), ("最近联系日期", seen_on)):
        if day is not None:
            refuse_future(session, day, what)
    made = MemberFlag(
        person_id=person_id,
        kind=flag.value,
        from_on=from_on,
        place=tidy(place) or None,
        contact=tidy(contact) or None,
        seen_on=seen_on,
        note=tidy(note) or None,
    )
    session.add(made)
    session.flush()
    return made.id


def record_member_contact(session: Session, *, person_id: str, on: dt.date, note: str = "") -> None:
    """Somebody was in touch with a floating member on that day; one who was out of touch no longer is.

    Raises NotAllowed for a member who is neither floating nor out of touch.
    """
    person = find_person(session, person_id)
    refuse_future(session, on, "联系日期")
    found = [one for one in (_open_flag(session, person_id, flag) for flag in (Flag.FLOATING, Flag.LOST)) if one]
    if not found:
        raise NotAllowed(f"{person.name}没有登记为流动党员或失联党员。", "请先点“登记情况”。")
    for one in found:
        if one.seen_on is None or one.seen_on < on:
            one.seen_on = on
        if tidy(note):
            one.note = tidy(note)
        if one.kind == Flag.LOST:
            one.ended_on = on
    session.flush()


def end_flag(session: Session, *, person_id: str, kind: str, on: dt.date) -> None:
    """A circumstance of a member is over on that day. Raises NotFound when it was not entered."""
    flag, person = _flag(kind), find_person(session, person_id)
    one = _open_flag(session, person_id, flag)
    if one is None:
        raise NotFound(f"{person.name}没有登记为{FLAG_WORDS[flag]}。", "不用登记结束。")
    refuse_future(session, on, "结束日期")
    if one.from_on and on < one.from_on:
        raise NotAllowed(f"{chinese_date(one.from_on)}才开始，结束日期不能更早。", "请核对日期。")
    one.ended_on = on
    session.flush()


def leave_out_of_count(
    session: Session,
    *,
    person_ids: tuple[str, ...],
    ground: str,
    from_on: dt.date | None = None,
    consent_by: str = "",
    consent_on: dt.date | None = None,
    passed_on: dt.date | None = None,
    note: str = "",
) -> int:
    """Leave members out of 应到 on one ground, with the superior's consent and the day on which the meeting passed it.

    What is not there yet stays open: until both are entered they are counted. Who has an entry on the way gets it
    completed. Returns how many members it is about. Raises NotAllowed for somebody who is no member.
    """
    if ground not in set(Ground):
        raise NotAllowed("请选不计入应到的原因。", "五种情况以外的人，请假也仍计入应到。")
    if not person_ids:
        raise NotAllowed("还没有选人。", "请查到并选中党员。")
    for what, day in (("上级同意的日期", consent_on), ("党员大会通过的日期", passed_on)):
        if day is not None:
            refuse_future(session, day, what)
    for person_id in dict.fromkeys(person_ids):
        person = find_person(session, person_id)
        _refuse_no_member(session, person_id, person.name)
        known = _open_exclusion(session, person_id)
        if known is not None and known.consent_on and known.passed_on:
            raise NotAllowed(f"{person.name}已经不计入应到。", "要改原因的，请先登记恢复计入，再登记一次。")
        one = known or CountExclusion(person_id=person_id)
        one.ground = ground
        one.from_on = from_on or one.from_on
        one.consent_by = tidy(consent_by) or one.consent_by or ""
        one.consent_on = consent_on or one.consent_on
        one.passed_on = passed_on or one.passed_on
        one.note = tidy(note) or one.note
        if known is None:
            session.add(one)
    session.flush()
    return len(set(person_ids))


def count_again(session: Session, *, person_id: str, on: dt.date) -> None:
    """A member who was left out is counted again from that day; an entry that never worked is taken away."""
    person = find_person(session, person_id)
    one = _open_exclusion(session, person_id)
    if one is None:
        raise NotFound(f"{person.name}本来就计入应到。", "不用再登记。")
    refuse_future(session, on, "恢复计入的日期")
    if one.consent_on is None or one.passed_on is None:
        retire(session, one)
        return
    if on < max(one.consent_on, one.passed_on):
        raise NotAllowed(
            f"{chinese_date(max(one.consent_on, one.passed_on))}起才不计入应到，恢复日期不能更早。", "请核对日期。"
        )
    one.ended_on = on
    session.flush()


def set_party_rule(
    session: Session,
    *,
    from_on: dt.date,
    floating_out: bool = False,
    contact_months: int = 6,
    hours: int = 0,
    post: bool = False,
    basis: str = "",
) -> str:
    """Lay down from a day whether floating members are counted, and what is asked before a step to membership.

    `hours` is voluntary work before a candidate is named, `post` whether a post is asked for, `contact_months` after
    how long without contact a member is listed. Raises NotAllowed when members are left out without a document.
    """
    if floating_out and not tidy(basis):
        raise NotAllowed("流动党员不计入应到，要写明依据的文件。", "名单下面会印出这份依据；没有文件的，仍计入应到。")
    if not 1 <= contact_months <= 24 or not 0 <= hours <= 2000:
        raise NotAllowed("失联月数在1到24之间，志愿服务时间在0到2000小时之间。", "请核对数字。")
    same_day = session.scalars(
        select(PartyRule).where(PartyRule.from_on == from_on, PartyRule.retired.is_(False))
    ).first()
    row = same_day or PartyRule(from_on=from_on)
    row.floating_out, row.contact_months, row.hours, row.post = floating_out, contact_months, hours, post
    row.basis = tidy(basis)
    if same_day is None:
        session.add(row)
    session.flush()
    return row.id


def _open_flag(session: Session, person_id: str, flag: Flag) -> MemberFlag | None:
    return session.scalars(
        select(MemberFlag).where(
            kept_id(MemberFlag.person_id) == person_id,
            MemberFlag.kind == flag.value,
            MemberFlag.ended_on.is_(None),
            MemberFlag.retired.is_(False),
        )
    ).first()


def _open_exclusion(session: Session, person_id: str) -> CountExclusion | None:
    return session.scalars(
        select(CountExclusion).where(
            kept_id(CountExclusion.person_id) == person_id,
            CountExclusion.ended_on.is_(None),
            CountExclusion.retired.is_(False),
        )
    ).first()


def _refuse_no_member(session: Session, person_id: str, name: str) -> None:
    member = session.scalar(
        select(PartyMembership.id).where(
            kept_id(PartyMembership.person_id) == person_id,
            PartyMembership.retired.is_(False),
            PartyMembership.left_on.is_(None),
        )
    )
    if member is None:
        raise NotAllowed(f"{name}没有登记为本村的党员。", "请先在“党员”里登记。")


def _flag(kind: str) -> Flag:
    try:
        return Flag(kind)
    except ValueError:
        raise NotAllowed(f"没有“{kind}”这种情况。", "可以登记流动、失联、生活困难、停止党籍。") from None
