"""Links: kinds taken over or made, who stands by whom since when, and the contacts that were kept."""

import dataclasses
import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person, household_of, refuse_future, refuse_missing_households
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.links import current_members, rule_of
from village_desk.people.lookups.presets import presets
from village_desk.people.records import GridUnit, Link, LinkContact, LinkKind, Organisation, Person
from village_desk.people.rules.links import WAY_WORDS, End, Every, LinkRule, Way, check_link_rule
from village_desk.store.acts import act, retire

_NUMBERS = ("members_only", "own_household", "cover", "least", "most", "visits", "days", "text", "source", "items")


def adopt_link_kind(session: Session, *, key: str) -> str:
    """Take over a shipped kind of link with its numbers; one that is there already stays as it is. Returns its id."""
    rule = next((one for one in presets().links if one.key == key), None)
    if rule is None:
        raise NotFound(f"没有“{key}”这种联系。", "请从列表里选，或自己新建一种。")
    wanted = same_id("link_kind", act(session).village, key)
    known = session.get(LinkKind, wanted)
    if known is not None:
        known.retired = False
        session.flush()
        return wanted
    _add_kind(session, wanted, rule)
    return wanted


def add_link_kind(
    session: Session,
    *,
    name: str,
    from_end: str,
    to_end: str,
    members_only: bool = False,
    cover: bool = False,
    least: int = 0,
    most: int = 0,
    visits: int = 0,
    visit_period: str = "",
    days: int = 0,
    day_period: str = "",
    text: str = "",
) -> str:
    """Make a kind of link of one's own; returns its id. Raises NotAllowed for numbers that contradict each other."""
    rule = LinkRule(
        "",
        tidy(name),
        _end(from_end),
        _end(to_end),
        members_only=members_only,
        cover=cover,
        least=least,
        most=most,
        visits=visits,
        visit_period=_every(visit_period),
        days=days,
        day_period=_every(day_period),
        text=tidy(text),
    )
    check_link_rule(rule)
    for other in session.scalars(select(LinkKind).where(LinkKind.retired.is_(False), LinkKind.name == rule.name)):
        raise NotAllowed(f"已经有“{other.name}”这种联系。", "请直接使用，或换一个名称。")
    wanted = same_id("link_kind", act(session).village, "own", rule.name)
    known = session.get(LinkKind, wanted)
    if known is not None:
        known.retired = False
        session.flush()
        return wanted
    _add_kind(session, wanted, rule)
    return wanted


def change_link_numbers(
    session: Session,
    *,
    kind_id: str,
    least: int,
    most: int,
    visits: int,
    visit_period: str,
    days: int,
    day_period: str,
    cover: bool,
) -> None:
    """Set the numbers of a kind of link as this place laid them down. Raises NotAllowed where they contradict."""
    kind = _kind(session, kind_id)
    rule = dataclasses.replace(
        rule_of(kind),
        least=least,
        most=most,
        visits=visits,
        visit_period=_every(visit_period),
        days=days,
        day_period=_every(day_period),
        cover=cover,
    )
    check_link_rule(rule)
    kind.least, kind.most, kind.visits, kind.days, kind.cover = least, most, visits, days, cover
    kind.visit_period, kind.day_period = rule.visit_period.value, rule.day_period.value
    session.flush()


def link(
    session: Session,
    *,
    kind_id: str,
    from_id: str,
    to_ids: tuple[str, ...] = (),
    to_name: str = "",
    from_on: dt.date,
    agreement: str = "",
    phone_shown: bool = False,
) -> tuple[str, ...]:
    """Link a person or body to households, people, units or bodies from a day on; returns the links' ids.

    `to_name` names a body or village that is not kept here. `phone_shown` says that the holder agreed to have his phone
    on the card. Raises NotAllowed when the holder is not what the kind asks for, or the link is there already.
    """
    kind = _kind(session, kind_id)
    rule = rule_of(kind)
    from_id = _holder(session, rule, from_id, from_on)
    known = aliases(session)
    targets = [known.of(one) for one in to_ids] if rule.to_end is End.PERSON else list(to_ids)
    if rule.to_end is End.VILLAGE and not targets:
        targets = [""]
    if not targets and tidy(to_name):
        targets = [""]
    if not targets:
        raise NotAllowed(f"请选{rule.name}联系的对象。", "可以一次选多个。")
    rows = session.scalars(
        select(Link).where(
            Link.kind_id == kind_id, Link.from_id == from_id, Link.retired.is_(False), Link.ended_on.is_(None)
        )
    )
    there = {(one.to_id, one.to_name) for one in rows}
    if rule.to_end is End.HOUSEHOLD:
        refuse_missing_households(session, targets)
    made = []
    for to_id in dict.fromkeys(targets):
        _check_target(session, rule, from_id, to_id, from_on)
        if (to_id, tidy(to_name)) in there:
            raise NotAllowed(f"这一{rule.counter}已经是{rule.name}了。", "不用再登记一次。")
        one = Link(
            kind_id=kind_id,
            from_id=from_id,
            to_id=to_id,
            to_name=tidy(to_name),
            from_on=from_on,
            agreement=tidy(agreement),
            phone_shown=phone_shown,
        )
        made.append(one)
    session.add_all(made)
    session.flush()
    return tuple(one.id for one in made)


def end_link(session: Session, *, link_ids: tuple[str, ...], on: dt.date, why: str) -> None:
    """These links hold no longer from that day on. Raises NotAllowed without a reason or before their beginning."""
    if not tidy(why):
        raise NotAllowed("请写明不再联系的原因。", "例如调整分工、搬迁、帮扶结束。")
    for link_id in link_ids:
        one = session.get(Link, link_id)
        if one is None or one.retired:
            raise NotFound("找不到这条联系。", "可能刚被撤销，请刷新后再查。")
        if one.ended_on is not None:
            raise NotAllowed(f"这条联系已经登记到{chinese_date(one.ended_on)}为止。", "不用再登记一次。")
        if one.from_on and on < one.from_on:
            raise NotAllowed(f"{chinese_date(one.from_on)}才开始联系，结束日期不能更早。", "请核对日期。")
        one.ended_on, one.ended_why = on, tidy(why)
    session.flush()


def record_link_contact(
    session: Session,
    *,
    kind_id: str,
    from_id: str,
    on: dt.date,
    way: str,
    to_id: str = "",
    what: str = "",
    settled: str = "",
    item: str = "",
) -> str:
    """Enter one contact of a link holder: a visit, a day on the spot, an activity, a call. Returns its id.

    `item` is one of the words of the kind for what was brought, where it has such. `what` is what was found or done,
    `settled` what was decided on the spot; both stay in the village.
    """
    rule = rule_of(_kind(session, kind_id))
    if item and rule.items and item not in rule.items:
        raise NotAllowed(f"{rule.name}没有“{item}”这一项。", f"可选：{'、'.join(rule.items)}。")
    if way not in set(Way):
        raise NotAllowed(f"没有“{way}”这种联系方式。", f"可选：{'、'.join(WAY_WORDS.values())}。")
    refuse_future(session, on, "联系日期")
    from_id = aliases(session).of(from_id) if rule.from_end is End.PERSON else from_id
    held = session.scalars(
        select(Link).where(Link.kind_id == kind_id, Link.from_id == from_id, Link.retired.is_(False))
    ).all()
    if not held:
        raise NotAllowed(f"还没有登记这一位的{rule.name}。", "请先登记联系，再登记走访。")
    if to_id and rule.to_end is End.HOUSEHOLD:
        household_of(session, to_id)
    contact = LinkContact(
        kind_id=kind_id,
        from_id=from_id,
        to_id=to_id,
        contacted_on=on,
        way=way,
        item=tidy(item),
        what=tidy(what) or None,
        settled=tidy(settled) or None,
    )
    session.add(contact)
    session.flush()
    return contact.id


def forget_link_contact(session: Session, *, contact_id: str) -> None:
    """Take a contact out that was entered by mistake."""
    contact = session.get(LinkContact, contact_id)
    if contact is None or contact.retired:
        raise NotFound("找不到这条联系记录。", "可能刚被撤销，请刷新后再查。")
    retire(session, contact)


def _add_kind(session: Session, kind_id: str, rule: LinkRule) -> None:
    session.add(
        LinkKind(
            id=kind_id,
            key=rule.key,
            name=rule.name,
            from_end=rule.from_end.value,
            to_end=rule.to_end.value,
            visit_period=rule.visit_period.value,
            day_period=rule.day_period.value,
            **{name: getattr(rule, name) for name in _NUMBERS},
        )
    )
    session.flush()


def _kind(session: Session, kind_id: str) -> LinkKind:
    kind = session.get(LinkKind, kind_id)
    if kind is None or kind.retired:
        raise NotFound("找不到这种联系。", "请先在“网格与联系”里选用或新建一种。")
    return kind


def _end(word: str) -> End:
    try:
        return End(word)
    except ValueError:
        raise NotAllowed(f"没有“{word}”这种联系对象。", "请从列表里选。") from None


def _every(word: str) -> Every:
    try:
        return Every(word)
    except ValueError:
        raise NotAllowed(f"没有“{word}”这种周期。", "可选每周、每月、每季度、每年。") from None


def _holder(session: Session, rule: LinkRule, from_id: str, on: dt.date) -> str:
    if rule.from_end is End.BODY:
        organisation = session.get(Organisation, from_id)
        if organisation is None or organisation.retired:
            raise NotFound("找不到这个组织或单位。", "村外的单位请先在“组织与职务”里增加。")
        return from_id
    person = find_person(session, aliases(session).of(from_id))
    if rule.members_only and person.id not in current_members(session, on):
        raise NotAllowed(
            f"{person.name}在{chinese_date(on)}不是登记在册的党员，不能承担{rule.name}。",
            "请另选一名党员，或先登记党员。",
        )
    return person.id


def _check_target(session: Session, rule: LinkRule, from_id: str, to_id: str, on: dt.date) -> None:
    if rule.to_end is End.HOUSEHOLD:
        if rule.own_household and find_person(session, from_id).household_id != to_id:
            raise NotAllowed(f"{rule.name}要由这一户自己的党员承担。", "请选户里有党员的一户，党员就是联系人。")
    elif rule.to_end is End.PERSON:
        if to_id == from_id:
            raise NotAllowed("一个人不能联系自己。", "请另选一位。")
        find_person(session, to_id)
    elif rule.to_end is End.UNIT:
        unit = session.get(GridUnit, to_id)
        if unit is None or unit.retired:
            raise NotFound("找不到这个网格。", "请先在“网格与联系”里建立网格。")
    elif rule.to_end is End.BODY and to_id:
        organisation = session.get(Organisation, to_id)
        if organisation is None or organisation.retired:
            raise NotFound("找不到这个组织或单位。", "村外的可以直接写名称。")


def household_for_hub(session: Session, person_id: str) -> str:
    """The household of a member who is to be a hub. Raises NotAllowed for one without a household."""
    person = session.get(Person, aliases(session).of(person_id))
    if person is None or not person.household_id:
        raise NotAllowed("这名党员没有登记在哪一户，不能设为中心户。", "请先登记户。")
    return person.household_id
