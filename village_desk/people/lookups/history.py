"""How a person came to stand where he stands: his history in sentences, his standings, his other households."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.people.records import (
    Household,
    HouseholdStay,
    OutsidePerson,
    Person,
    PersonEvent,
    PersonStanding,
    SideHousehold,
    SideMember,
    kept_id,
)
from village_desk.people.records.aliases import PersonKept
from village_desk.people.rules.changes import ABSENCE_WORDS, CHANGE_WORDS, COMING, Absence, Change
from village_desk.people.rules.standings import STANDING_WORDS, Period, Standing
from village_desk.store.acts import seen

SIDE_WORDS = {"living": "居住户", "contract": "承包户"}


@dataclass(frozen=True)
class StandingRow:
    """One standing of a person with its dates."""

    id: str
    kind: Standing
    from_on: dt.date | None
    ended_on: dt.date | None
    ground: str
    ended_why: str

    @property
    def words(self) -> str:
        """登记参选村民：2026年1月5日起（户籍在本村并在本村居住）."""
        since = f"{chinese_date(self.from_on)}起" if self.from_on else "开始日期未登记"
        ground = f"（{self.ground}）" if self.ground else ""
        end = f"，{chinese_date(self.ended_on)}结束（{self.ended_why or '原因未登记'}）" if self.ended_on else ""
        return f"{STANDING_WORDS[self.kind]}：{since}{ground}{end}。"


@dataclass(frozen=True)
class SideMemberRow:
    """A member of a living or contract household."""

    id: str
    person_id: str
    name: str
    head: bool
    relation: str
    shares: int | None
    from_on: dt.date | None
    ended_on: dt.date | None

    @property
    def share_words(self) -> str:
        """1.5股, or nothing."""
        if self.shares is None:
            return ""
        whole, rest = divmod(self.shares, 100)
        return (f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)) + "股"


@dataclass(frozen=True)
class SideHouseholdRow:
    """A living or contract household with its members of the day asked for, the head first."""

    id: str
    seen: str
    kind: str
    number: str
    group: str
    certificate: str
    area: int | None
    from_on: dt.date | None
    due_on: dt.date | None
    ended_on: dt.date | None
    ended_why: str
    address: str
    members: tuple[SideMemberRow, ...]

    @property
    def kind_words(self) -> str:
        """居住户 or 承包户."""
        return SIDE_WORDS.get(self.kind, self.kind)

    @property
    def head(self) -> str:
        """The name of the head or of the contracting party's representative."""
        return next((one.name for one in self.members if one.head), "")

    @property
    def area_words(self) -> str:
        """6.85亩, or 面积未登记."""
        if self.area is None:
            return "面积未登记"
        return f"{self.area // 100}.{self.area % 100:02d}亩"

    @property
    def words(self) -> str:
        """One line about it."""
        parts = [f"编号{self.number}" if self.number else "编号未登记", self.group]
        if self.kind == "contract":
            parts.append(self.area_words)
            if self.due_on:
                parts.append(f"承包期到{chinese_date(self.due_on)}")
        elif self.address:
            parts.append(self.address)
        if self.ended_on:
            parts.append(f"{chinese_date(self.ended_on)}结束")
        return " · ".join(part for part in (f"{self.kind_words}（{self.head or '代表未登记'}）", *parts) if part)


@dataclass(frozen=True)
class OutsideRow:
    """Somebody from outside: what he does here, from which unit and post; `id` is the person's."""

    id: str
    name: str
    role: str
    unit: str
    unit_post: str
    phone: str
    from_on: dt.date | None
    ended_on: dt.date | None

    @property
    def words(self) -> str:
        """包村干部：柳林镇人民政府，副镇长，2025年3月起."""
        parts = [self.unit or "单位未登记"]
        if self.unit_post:
            parts.append(self.unit_post)
        parts.append(f"{chinese_date(self.from_on)}起" if self.from_on else "开始日期未登记")
        if self.ended_on:
            parts.append(f"{chinese_date(self.ended_on)}离开")
        return f"{self.role}：{'，'.join(parts)}"


def standings_of(session: Session, person_id: str) -> tuple[StandingRow, ...]:
    """Every standing of a person, those that hold first."""
    rows = session.scalars(
        select(PersonStanding)
        .where(_same(PersonStanding.person_id, person_id), PersonStanding.retired.is_(False))
        .order_by(PersonStanding.ended_on.is_not(None), PersonStanding.from_on.desc())
    )
    return tuple(
        StandingRow(row.id, Standing(row.kind), row.from_on, row.ended_on, row.ground, row.ended_why)
        for row in rows
        if row.kind in set(Standing)
    )


def side_households_of(session: Session, person_id: str) -> tuple[SideHouseholdRow, ...]:
    """The living and contract households to which a person belongs or belonged."""
    ids = session.scalars(
        select(SideMember.household_id).where(_same(SideMember.person_id, person_id), SideMember.retired.is_(False))
    ).all()
    return side_households(session, ids=tuple(ids)) if ids else ()


def side_households(
    session: Session, *, kind: str = "", on: dt.date | None = None, ids: tuple[str, ...] = ()
) -> tuple[SideHouseholdRow, ...]:
    """Living and contract households; with a day those of that day with their members of that day.

    `seen` is filled in where the households are named by `ids`.
    """
    statement = select(SideHousehold).where(SideHousehold.retired.is_(False))
    if ids:
        statement = statement.where(SideHousehold.id.in_(ids))
    if kind:
        statement = statement.where(SideHousehold.kind == kind)
    members: dict[str, list[SideMemberRow]] = {}
    for entry, name in session.execute(
        select(SideMember, Person.name)
        .select_from(SideMember)
        .join(Person, Person.id == kept_id(SideMember.person_id))
        .where(SideMember.retired.is_(False))
        .order_by(SideMember.head.desc(), Person.birth, Person.id)
    ):
        if on is None and entry.ended_on is not None:
            continue
        if on is not None and not Period(entry.from_on, entry.ended_on).holds_on(on):
            continue
        members.setdefault(entry.household_id, []).append(
            SideMemberRow(
                entry.id,
                entry.person_id,
                name,
                entry.head,
                entry.relation,
                entry.shares,
                entry.from_on,
                entry.ended_on,
            )
        )
    return tuple(
        SideHouseholdRow(
            row.id,
            seen(session, SideHousehold, row.id) if ids else "",
            row.kind,
            row.number,
            row.group_name,
            row.certificate,
            row.area,
            row.from_on,
            row.due_on,
            row.ended_on,
            row.ended_why,
            row.address or "",
            tuple(members.get(row.id, ())),
        )
        for row in session.scalars(statement.order_by(SideHousehold.group_name, SideHousehold.number))
        if on is None or Period(row.from_on, row.ended_on).holds_on(on)
    )


def outside_people(session: Session, *, with_former: bool = False) -> tuple[OutsideRow, ...]:
    """People from outside who serve the village: 包村干部, 法律顾问, 驻村工作队."""
    rows = session.execute(
        select(OutsidePerson, Person.name, Person.phone)
        .select_from(OutsidePerson)
        .join(Person, Person.id == kept_id(OutsidePerson.person_id))
        .where(OutsidePerson.retired.is_(False), Person.retired.is_(False))
        .order_by(OutsidePerson.ended_on.is_not(None), OutsidePerson.role, Person.name)
    )
    return tuple(
        OutsideRow(one.person_id, name, one.role, one.unit, one.unit_post, phone or "", one.from_on, one.ended_on)
        for one, name, phone in rows
        if with_former or one.ended_on is None
    )


def household_history(session: Session, household_id: str) -> tuple[str, ...]:
    """Sentences about who came into a registered household, left it, died or became its head, the latest first."""
    lines: list[tuple[dt.date, str]] = []
    here = session.scalars(select(Person.id).where(Person.household_id == household_id)).all()
    stays = session.execute(
        select(HouseholdStay, Person.name, Person.household_id, Person.relation)
        .join(Person, Person.id == kept_id(HouseholdStay.person_id))
        .where(HouseholdStay.retired.is_(False), Person.retired.is_(False))
        .where(or_(HouseholdStay.household_id == household_id, HouseholdStay.person_id.in_(here)))
        .order_by(HouseholdStay.person_id, HouseholdStay.ended_on)
    ).all()
    for place, (stay, name, now, relation) in enumerate(stays):
        following = stays[place + 1][0] if place + 1 < len(stays) else None
        later = following if following is not None and following.person_id == stay.person_id else None
        after, as_what = (later.household_id, later.relation) if later is not None else (now, relation)
        day = chinese_date(stay.ended_on) if stay.ended_on else "以前"
        reason = f"（{stay.reason}）" if stay.reason else ""
        at = stay.ended_on or dt.date.min
        if stay.household_id == household_id and after == household_id:
            if as_what == "户主":
                lines.append((at, f"{day}{name}成为户主。"))
        elif stay.household_id == household_id:
            lines.append((at, f"{day}{name}转出{reason}。"))
        elif after == household_id:
            lines.append((at, f"{day}{name}转入{reason}。"))
    for person in session.scalars(select(Person).where(Person.household_id == household_id, Person.retired.is_(False))):
        if person.state_on and person.state in ("moved_out", "dead"):
            word = CHANGE_WORDS[Change.MOVED_OUT if person.state == "moved_out" else Change.DIED]
            lines.append((person.state_on, f"{chinese_date(person.state_on)}{person.name}{word}。"))
    came = session.execute(
        select(PersonEvent, Person.name)
        .join(Person, Person.id == PersonEvent.person_id)
        .where(PersonEvent.retired.is_(False), Person.retired.is_(False), PersonEvent.household_id == household_id)
    )
    for event, name in came:
        if event.kind in set(COMING) and event.happened_on:
            day, words = chinese_date(event.happened_on), CHANGE_WORDS[Change(event.kind)]
            lines.append((event.happened_on, f"{day}{name}{words}。"))
    return tuple(text for _, text in sorted(lines, key=lambda pair: pair[0], reverse=True))


def history_of(session: Session, person: Person) -> tuple[str, ...]:
    """Sentences about what happened to a person, the latest first; what has no day stands last."""
    lines: list[tuple[dt.date, str]] = []
    told: set[tuple[str, dt.date | None]] = set()
    names: dict[str, str] = {}
    events = session.scalars(
        select(PersonEvent).where(_same(PersonEvent.person_id, person.id), PersonEvent.retired.is_(False))
    ).all()
    others = {one.other_id for one in events if one.other_id}
    if others:
        names = {
            row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(others)))
        }
    for one in events:
        if one.kind in set(Change):
            lines += _told(one, names.get(one.other_id, ""))
            told.add((one.kind, one.happened_on))
    states = {"moved_out": Change.MOVED_OUT, "dead": Change.DIED}
    kind = states.get(person.state)
    if kind is not None and person.state_on and (kind.value, person.state_on) not in told:
        reason = f"（{person.state_reason}）" if person.state_reason else ""
        lines.append((person.state_on, f"{chinese_date(person.state_on)}{CHANGE_WORDS[kind]}{reason}。"))
    lines += _stays(session, person)
    came = {Change.BORN.value, Change.MARRIED_IN.value, Change.MOVED_IN.value, Change.RETURNED.value}
    if person.came_on and not any((one, person.came_on) in told for one in came):
        lines.append((person.came_on, f"{chinese_date(person.came_on)}登记入户。"))
    return tuple(text for _, text in sorted(lines, key=lambda pair: pair[0], reverse=True))


def is_away(session: Session, person_id: str) -> bool:
    """True while an absence is registered without a return."""
    found = select(PersonEvent.id).where(
        PersonEvent.person_id == person_id,
        PersonEvent.kind == Change.AWAY.value,
        PersonEvent.ended_on.is_(None),
        PersonEvent.retired.is_(False),
    )
    return session.scalar(found.limit(1)) is not None


def _told(one: PersonEvent, other: str) -> list[tuple[dt.date, str]]:
    day = chinese_date(one.happened_on) if one.happened_on else "日期未登记，"
    at = one.happened_on or dt.date.min
    kind = Change(one.kind)
    ground = f"（{one.reason}）" if one.reason else ""
    match kind:
        case Change.MARRIED | Change.DIVORCED:
            return [(at, f"{day}{'与' + other if other else ''}{CHANGE_WORDS[kind]}。")]
        case Change.AWAY:
            words = ABSENCE_WORDS[Absence(one.ground)] if one.ground in set(Absence) else "外出"
            where = f"（{one.place}）" if one.place else ""
            lines = [(at, f"{day}{words}{where}。")]
            if one.ended_on:
                lines.append((one.ended_on, f"{chinese_date(one.ended_on)}{words}回来。"))
            return lines
        case Change.BORN | Change.MARRIED_IN | Change.MOVED_IN:
            where = f"，从{one.place}来" if one.place else ""
            return [(at, f"{day}{CHANGE_WORDS[kind]}{where}。")]
        case Change.MOVED_OUT:
            where = f"，去{one.place}" if one.place else ""
            return [(at, f"{day}{CHANGE_WORDS[kind]}{ground}{where}。")]
        case Change.DIVIDED:
            # The stay in the old household tells of it already.
            return []
        case _:
            return [(at, f"{day}{CHANGE_WORDS[kind]}{ground}。")]


def _stays(session: Session, person: Person) -> list[tuple[dt.date, str]]:
    stays = session.execute(
        select(HouseholdStay, Household.number, Household.group_name)
        .outerjoin(Household, Household.id == HouseholdStay.household_id)
        .where(_same(HouseholdStay.person_id, person.id), HouseholdStay.retired.is_(False))
        .order_by(HouseholdStay.ended_on)
    ).all()
    lines = []
    for place, (stay, number, group) in enumerate(stays):
        after = stays[place + 1][0].household_id if place + 1 < len(stays) else person.household_id
        day = chinese_date(stay.ended_on) if stay.ended_on else "以前"
        at = stay.ended_on or dt.date.min
        if after == stay.household_id:
            later = stays[place + 1][0].relation if place + 1 < len(stays) else person.relation
            lines.append(
                (at, f"{day}在户里由{stay.relation or '关系未登记'}变为{later or '关系未登记'}（{stay.reason}）。")
            )
            continue
        where = "".join((group or "", f"户号{number}" if number else "的一户"))
        reason = f"（{stay.reason}）" if stay.reason else ""
        as_what = f"，原为{stay.relation}" if stay.relation else ""
        lines.append((at, f"{day}从{where}转出{as_what}{reason}。"))
    return lines


def _same(column: Any, person_id: str) -> ColumnElement[bool]:
    """The entries of a person and of the double entries that stand for him, found by the index of the column."""
    return or_(column == person_id, column.in_(select(PersonKept.person_id).where(PersonKept.kept_id == person_id)))
