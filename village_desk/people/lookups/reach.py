"""What links come to: a holder's card, households reached, activities by quarter, who stands by a household."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.homes import HomeLine, home_lines
from village_desk.people.lookups.links import NamesOf, contacts_of, links
from village_desk.people.records import Link, LinkContact, LinkKind, Person, PersonSearch
from village_desk.people.rules.links import WAY_WORDS, Way
from village_desk.store.acts import act


@dataclass(frozen=True)
class LinkCard:
    """What the card of one holder shows: name, post or group, phone where he agreed, and his households."""

    kind: str
    text: str
    name: str
    group: str
    phone: str
    targets: tuple[str, ...]


def standing_by(session: Session, *, household_id: str, on: dt.date, latest: int = 5) -> tuple[str, ...]:
    """Who stands by a household on a day and the latest visits there, a sentence each."""
    kinds = {kind.id: kind.name for kind in session.scalars(select(LinkKind).where(LinkKind.retired.is_(False)))}
    if not kinds or not household_id:
        return ()
    known = aliases(session)
    held = session.scalars(
        select(Link).where(
            Link.retired.is_(False),
            Link.to_id == household_id,
            or_(Link.from_on.is_(None), Link.from_on <= on),
            or_(Link.ended_on.is_(None), Link.ended_on > on),
        )
    ).all()
    visits = session.scalars(
        select(LinkContact)
        .where(LinkContact.retired.is_(False), LinkContact.to_id == household_id, LinkContact.contacted_on <= on)
        .order_by(LinkContact.contacted_on.desc(), LinkContact.id)
        .limit(latest)
    ).all()
    ids = {known.of(one.from_id) for one in held} | {known.of(one.from_id) for one in visits}
    names = {
        row.person_id: row.name
        for row in session.execute(
            select(PersonSearch.person_id, PersonSearch.name).where(PersonSearch.person_id.in_(ids))
        )
    }
    lines = [
        f"{kinds[one.kind_id]}：{names.get(known.of(one.from_id), '未登记')}。" for one in held if one.kind_id in kinds
    ]
    for one in visits:
        if one.contacted_on is not None and one.way in set(Way):
            said = "；".join(part for part in (one.item, one.what, one.settled) if part)
            who = f"{names.get(known.of(one.from_id), '')}{WAY_WORDS[Way(one.way)]}"
            lines.append(f"{chinese_date(one.contacted_on)}{who}{f'：{said}' if said else ''}。")
    return tuple(lines)


@dataclass(frozen=True)
class ReachRow:
    """How many households and people one holder reaches; the last row of a list is the whole village."""

    id: str
    name: str
    households: int
    people: int

    @property
    def words(self) -> str:
        """3户11人."""
        return f"{self.households}户{self.people}人"


def reach(session: Session, *, kind_id: str, on: dt.date) -> tuple[ReachRow, ...]:
    """Households and people of each holder of a kind on a day, and at the end of all, each household once."""
    homes = {line.id: line for line in home_lines(session)}
    held: dict[str, dict[str, HomeLine]] = {}
    names: dict[str, str] = {}
    for row in links(session, on=on, kind_id=kind_id):
        names[row.from_id] = row.from_name
        mine = held.setdefault(row.from_id, {})
        if row.to_id in homes:
            mine[row.to_id] = homes[row.to_id]
    rows = [
        ReachRow(holder, names[holder], len(mine), sum(line.people for line in mine.values()))
        for holder, mine in held.items()
    ]
    everybody = {line.id: line for mine in held.values() for line in mine.values()}
    return (*rows, ReachRow("", "全村", len(everybody), sum(line.people for line in everybody.values())))


@dataclass(frozen=True)
class QuarterRow:
    """The activities of one holder in the quarters of a year."""

    id: str
    name: str
    other: str
    by_quarter: tuple[int, int, int, int]


def activities_by_quarter(session: Session, *, kind_id: str, year: int) -> tuple[QuarterRow, ...]:
    """How many contacts each holder of a kind kept in each quarter; of pairs both names are given."""
    last = dt.date(year, 12, 31)
    counted: dict[str, list[int]] = {}
    for one in contacts_of(session, kind_id=kind_id, since=dt.date(year, 1, 1), until=last):
        counted.setdefault(one.from_id, [0, 0, 0, 0])[(one.on.month - 1) // 3] += 1
    others: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in links(session, on=min(last, act(session).today), kind_id=kind_id):
        others.setdefault(row.from_id, []).append(row.to_words)
        names[row.from_id] = row.from_name
    more = NamesOf(session, set(counted) - set(names))
    return tuple(
        QuarterRow(
            holder,
            names.get(holder) or more.of(holder),
            "、".join(others.get(holder, ())),
            _four(counted.get(holder, [0, 0, 0, 0])),
        )
        for holder in dict.fromkeys((*names, *counted))
    )


def _four(numbers: list[int]) -> tuple[int, int, int, int]:
    first, second, third, fourth = numbers
    return first, second, third, fourth


def link_card(session: Session, *, kind_id: str, from_id: str, on: dt.date) -> LinkCard | None:
    """The card of one holder; None when he holds no link of this kind on that day."""
    mine = links(session, on=on, kind_id=kind_id, from_id=from_id)
    kind = session.get(LinkKind, kind_id)
    if not mine or kind is None:
        return None
    person = session.get(Person, mine[0].from_id)
    shown = all(row.phone_shown for row in mine)
    search = session.get(PersonSearch, mine[0].from_id)
    return LinkCard(
        kind.name,
        kind.text,
        mine[0].from_name,
        search.group_name if search is not None else "",
        (person.phone or "") if person is not None and shown else "",
        tuple(row.to_words for row in mine),
    )
