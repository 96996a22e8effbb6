"""Links: the kinds in use, who stands by whom on a day, what each holder lacks, and who has nobody."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.homes import HomeLine, home_lines
from village_desk.people.lookups.presets import presets
from village_desk.people.records import (
    GridUnit,
    Link,
    LinkContact,
    LinkKind,
    Organisation,
    PartyMembership,
    PersonSearch,
)
from village_desk.people.rules.links import (
    WAY_WORDS,
    Contact,
    End,
    Every,
    LinkRule,
    Shortfall,
    Way,
    days_in,
    shortfalls,
    visits_in,
)
from village_desk.store.acts import act


@dataclass(frozen=True)
class LinkKindRow:
    """One kind of link in use: its rule, how many hold it and how many are held on the day asked for."""

    id: str
    rule: LinkRule
    holders: int
    linked: int

    @property
    def name(self) -> str:
        """The kind's name."""
        return self.rule.name


@dataclass(frozen=True)
class LinkRow:
    """One link; `to_words` is the other side as a list shows it, `ended_on` the first day without it."""

    id: str
    kind_id: str
    kind: str
    from_id: str
    from_name: str
    to_id: str
    to_words: str
    group: str
    from_on: dt.date | None
    ended_on: dt.date | None
    ended_why: str
    agreement: str
    phone_shown: bool

    @property
    def time_words(self) -> str:
        """2026年1月10日至今."""
        begun = chinese_date(self.from_on) if self.from_on else "未登记"
        return f"{begun}至今" if self.ended_on is None else f"{begun}—{chinese_date(self.ended_on)}"


@dataclass(frozen=True)
class HolderRow:
    """One link holder of a kind: how many he has, his contacts in the period, and what is short."""

    id: str
    name: str
    group: str
    linked: int
    visits: int
    days: int
    last_on: dt.date | None
    short: tuple[Shortfall, ...]
    trouble: str = ""

    @property
    def short_words(self) -> str:
        """What is short in one sentence; empty when nothing is."""
        parts = [one.words for one in self.short]
        return "；".join([*([self.trouble] if self.trouble else []), *parts])


@dataclass(frozen=True)
class ContactRow:
    """One contact that was kept."""

    id: str
    on: dt.date
    way: str
    from_id: str
    from_name: str
    to_id: str
    to_words: str
    what: str
    settled: str
    item: str = ""

    @property
    def way_words(self) -> str:
        """入户走访."""
        return WAY_WORDS[Way(self.way)]


def rule_of(kind: LinkKind) -> LinkRule:
    """The numbers of a kind of link; words of a later version count as none."""
    return LinkRule(
        kind.key,
        kind.name,
        End(kind.from_end) if kind.from_end in set(End) else End.PERSON,
        End(kind.to_end) if kind.to_end in set(End) else End.HOUSEHOLD,
        kind.members_only,
        kind.own_household,
        kind.cover,
        kind.least,
        kind.most,
        kind.visits,
        Every(kind.visit_period) if kind.visit_period in set(Every) else Every.MONTH,
        kind.days,
        Every(kind.day_period) if kind.day_period in set(Every) else Every.WEEK,
        kind.text,
        kind.source,
        tuple(str(one) for one in kind.items),
        any(one.relief and one.key == kind.key for one in presets().links),
    )


def link_kinds(session: Session, *, on: dt.date) -> tuple[LinkKindRow, ...]:
    """Every kind of link in use, in the order in which they are shipped, own ones last."""
    held: dict[str, list[Link]] = {}
    for one in _held(session, on):
        held.setdefault(one.kind_id, []).append(one)
    known = aliases(session)
    rows = [
        LinkKindRow(
            kind.id,
            rule_of(kind),
            len({known.of(one.from_id) for one in held.get(kind.id, ())}),
            len(held.get(kind.id, ())),
        )
        for kind in session.scalars(select(LinkKind).where(LinkKind.retired.is_(False)))
    ]
    return tuple(sorted(rows, key=lambda row: (not row.rule.key, row.rule.to_end != End.HOUSEHOLD, row.name)))


def links(
    session: Session, *, on: dt.date, kind_id: str = "", from_id: str = "", to_id: str = ""
) -> tuple[LinkRow, ...]:
    """Links that hold on a day, narrowed to a kind, a holder or the other side; merged people stand for themselves."""
    known = aliases(session)
    found = [
        one
        for one in _held(session, on)
        if (not kind_id or one.kind_id == kind_id)
        and (not from_id or known.of(one.from_id) == known.of(from_id))
        and (not to_id or known.of(one.to_id) == known.of(to_id))
    ]
    kinds = {kind.id: rule_of(kind) for kind in session.scalars(select(LinkKind))}
    names = NamesOf(session, {known.of(one) for row in found for one in (row.from_id, row.to_id)})
    rows = []
    for one in found:
        rule = kinds.get(one.kind_id)
        if rule is None:
            continue
        holder, target = known.of(one.from_id), known.of(one.to_id)
        rows.append(
            LinkRow(
                one.id,
                one.kind_id,
                rule.name,
                holder,
                names.of(holder),
                target,
                one.to_name or (act(session).village_name if rule.to_end is End.VILLAGE else names.of(target)),
                names.group(target) or names.group(holder),
                one.from_on,
                one.ended_on,
                one.ended_why,
                one.agreement,
                one.phone_shown,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.kind, row.from_name, row.from_id, row.group, row.to_words)))


def link_holders(session: Session, *, kind_id: str, on: dt.date) -> tuple[HolderRow, ...]:
    """The holders of a kind on a day with what each lacks: those who lack something first."""
    kind = session.get(LinkKind, kind_id)
    if kind is None or kind.retired:
        return ()
    rule, known = rule_of(kind), aliases(session)
    linked: dict[str, set[str]] = {}
    for one in _held(session, on, kind_id):
        linked.setdefault(known.of(one.from_id), set()).add(known.of(one.to_id) or one.to_name or one.id)
    contacts: dict[str, list[Contact]] = {}
    for contact in _contacts(session, kind_id):
        if contact.contacted_on and contact.contacted_on <= on and contact.way in set(Way):
            contacts.setdefault(known.of(contact.from_id), []).append(
                Contact(contact.contacted_on, Way(contact.way), contact.to_id)
            )
    names = NamesOf(session, set(linked))
    members = current_members(session, on) if rule.members_only else set()
    rows = []
    for holder, targets in linked.items():
        mine = contacts.get(holder, [])
        trouble = f"{names.of(holder)}已不是在册党员" if rule.members_only and holder not in members else ""
        rows.append(
            HolderRow(
                holder,
                names.of(holder),
                names.group(holder),
                len(targets),
                visits_in(rule, mine, on),
                days_in(rule, mine, on),
                max((one.on for one in mine), default=None),
                shortfalls(rule, len(targets), mine, on),
                trouble,
            )
        )
    return tuple(sorted(rows, key=lambda row: (not row.short_words, row.group, row.name, row.id)))


def without_contact(session: Session, *, kind_id: str, on: dt.date) -> tuple[HomeLine, ...]:
    """Households that nobody stands by in this kind of link on that day."""
    held = {one.to_id for one in _held(session, on, kind_id)}
    return tuple(line for line in home_lines(session) if line.id not in held)


def not_visited(session: Session, *, kind_id: str, since: dt.date, on: dt.date) -> tuple[HomeLine, ...]:
    """Households that no contact of this kind was kept with from a day to a day."""
    seen = {
        one.to_id
        for one in _contacts(session, kind_id)
        if one.contacted_on and since <= one.contacted_on <= on and one.way in (Way.VISIT, Way.ACTIVITY)
    }
    return tuple(line for line in home_lines(session) if line.id not in seen)


def contacts_of(
    session: Session,
    *,
    kind_id: str = "",
    from_id: str = "",
    to_id: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> tuple[ContactRow, ...]:
    """Contacts, the latest first."""
    known = aliases(session)
    found = [
        one
        for one in _contacts(session, kind_id)
        if one.contacted_on
        and (not from_id or known.of(one.from_id) == known.of(from_id))
        and (not to_id or known.of(one.to_id) == known.of(to_id))
        and (since is None or one.contacted_on >= since)
        and (until is None or one.contacted_on <= until)
        and one.way in set(Way)
    ]
    names = NamesOf(session, {known.of(one) for row in found for one in (row.from_id, row.to_id)})
    rows = [
        ContactRow(
            one.id,
            one.contacted_on or dt.date.min,
            one.way,
            known.of(one.from_id),
            names.of(known.of(one.from_id)),
            known.of(one.to_id),
            names.of(known.of(one.to_id)) if one.to_id else "",
            one.what or "",
            one.settled or "",
            one.item,
        )
        for one in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.on, row.id), reverse=True))


def current_members(session: Session, on: dt.date) -> set[str]:
    """People who are party members on that day, on probation or full."""
    known = aliases(session)
    return {
        known.of(row.person_id)
        for row in session.scalars(select(PartyMembership).where(PartyMembership.retired.is_(False)))
        if (row.left_on is None or row.left_on > on) and (row.joined_on is None or row.joined_on <= on)
    }


def _held(session: Session, on: dt.date, kind_id: str = "") -> list[Link]:
    statement = select(Link).where(
        Link.retired.is_(False),
        or_(Link.from_on.is_(None), Link.from_on <= on),
        or_(Link.ended_on.is_(None), Link.ended_on > on),
    )
    if kind_id:
        statement = statement.where(Link.kind_id == kind_id)
    return list(session.scalars(statement))


def _contacts(session: Session, kind_id: str) -> list[LinkContact]:
    statement = select(LinkContact).where(LinkContact.retired.is_(False))
    if kind_id:
        statement = statement.where(LinkContact.kind_id == kind_id)
    return list(session.scalars(statement))


class NamesOf:
    """What an id of any kind is called: a person, a household, a body or a unit."""

    def __init__(self, session: Session, ids: set[str]) -> None:
        self._words: dict[str, str] = {}
        self._groups: dict[str, str] = {}
        wanted = ids - {""}
        for row in session.execute(select(PersonSearch.person_id, PersonSearch.name, PersonSearch.group_name)):
            if row.person_id in wanted:
                self._words[row.person_id], self._groups[row.person_id] = row.name, row.group_name
        if wanted - set(self._words):
            for line in home_lines(session):
                if line.id in wanted:
                    self._words[line.id], self._groups[line.id] = line.words, line.group
            for one in session.execute(select(Organisation.id, Organisation.name)):
                self._words[one.id] = one.name
            for unit in session.execute(select(GridUnit.id, GridUnit.name)):
                self._words[unit.id] = unit.name

    def of(self, record_id: str) -> str:
        """The name; 未登记 for an id that this file does not hold."""
        return self._words.get(record_id, "未登记" if record_id else "")

    def group(self, record_id: str) -> str:
        """The villagers' group, where there is one."""
        return self._groups.get(record_id, "")
