"""Grids: the tree with its sizes on a day, the households of a unit, those without one, and a household's chain."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_desk.people.lookups.homes import HomeLine, home_lines
from village_desk.people.lookups.links import links
from village_desk.people.records import GridHousehold, GridLevel, GridUnit, LinkKind, Organisation, PersonSearch
from village_desk.people.rules.grids import Level, Unit, chain, size_words


@dataclass(frozen=True)
class UnitRow:
    """One unit of the tree; `households` counts those of the units below too, `finding` is what its size lacks."""

    id: str
    parent_id: str
    depth: int
    level: str
    name: str
    code: str
    special: bool
    area: str
    person_id: str
    head: str
    organisation_id: str
    organisation: str
    workers: tuple[str, ...]
    households: int
    people: int
    leaf: bool
    finding: str


@dataclass(frozen=True)
class PlacedHome:
    """A household in a unit since a day."""

    id: str
    home: HomeLine
    since: dt.date | None


def grid_levels(session: Session) -> tuple[Level, ...]:
    """The levels from the top."""
    rows = session.scalars(select(GridLevel).where(GridLevel.retired.is_(False)).order_by(GridLevel.depth))
    return tuple(Level(row.depth, row.name, row.least, row.most) for row in rows)


def grid_tree(session: Session, *, on: dt.date) -> tuple[UnitRow, ...]:
    """Every unit of that day, each followed by those below it."""
    levels = {level.depth: level for level in grid_levels(session)}
    units = _units(session, on)
    below: dict[str, list[GridUnit]] = {}
    for unit in units.values():
        below.setdefault(unit.parent_id if unit.parent_id in units else "", []).append(unit)
    homes = {line.id: line for line in home_lines(session)}
    own: dict[str, list[HomeLine]] = {}
    for place in _places(session, on):
        if place.household_id in homes and place.grid_id in units:
            own.setdefault(place.grid_id, []).append(homes[place.household_id])
    heads = {
        row.person_id: row.name
        for row in session.execute(
            select(PersonSearch.person_id, PersonSearch.name).where(
                PersonSearch.person_id.in_([unit.person_id for unit in units.values() if unit.person_id][:900])
            )
        )
    }
    bodies = {row.id: row.name for row in session.execute(select(Organisation.id, Organisation.name))}
    workers = _workers(session, on)
    rows: list[UnitRow] = []

    def walk(unit: GridUnit) -> list[HomeLine]:
        at = len(rows)
        inside = list(own.get(unit.id, ()))
        children = sorted(below.get(unit.id, ()), key=lambda one: (one.code, one.name, one.id))
        rows.append(_EMPTY)
        for child in children:
            inside += walk(child)
        level = levels.get(unit.depth)
        rows[at] = UnitRow(
            unit.id,
            unit.parent_id,
            unit.depth,
            "专属网格" if unit.special else (level.name if level else f"第{unit.depth}级"),
            unit.name,
            unit.code,
            unit.special,
            unit.area,
            unit.person_id,
            heads.get(unit.person_id, ""),
            unit.organisation_id,
            bodies.get(unit.organisation_id, ""),
            workers.get(unit.id, ()),
            len(inside),
            sum(line.people for line in inside),
            not children,
            "" if unit.special else size_words(level, unit.name, len(inside)),
        )
        return inside

    for top in sorted(below.get("", ()), key=lambda one: (one.code, one.name, one.id)):
        walk(top)
    return tuple(rows)


_EMPTY = UnitRow("", "", 0, "", "", "", False, "", "", "", "", "", (), 0, 0, True, "")


def homes_in(session: Session, *, unit_id: str, on: dt.date) -> tuple[PlacedHome, ...]:
    """The households of a unit and of those below it on that day."""
    units = {unit.id: Unit(unit.id, unit.parent_id, unit.depth, unit.name) for unit in _units(session, on).values()}
    since = {
        place.household_id: place.from_on
        for place in _places(session, on)
        if any(one.id == unit_id for one in chain(place.grid_id, units))
    }
    return tuple(PlacedHome(line.id, line, since[line.id]) for line in home_lines(session) if line.id in since)


def without_grid(session: Session, *, on: dt.date) -> tuple[HomeLine, ...]:
    """未入网户: households that belong to no unit on that day."""
    units = _units(session, on)
    placed = {place.household_id for place in _places(session, on) if place.grid_id in units}
    return tuple(line for line in home_lines(session) if line.id not in placed)


def grid_of(session: Session, *, household_id: str, on: dt.date) -> tuple[str, ...]:
    """The chain of a household from the top: 东河村、第一网格、张大山中心户; empty without a grid."""
    places = _places(session, on, household_id)
    if not places:
        return ()
    units = {unit.id: Unit(unit.id, unit.parent_id, unit.depth, unit.name) for unit in _units(session, on).values()}
    return tuple(unit.name for place in places for unit in chain(place.grid_id, units))


def _units(session: Session, on: dt.date) -> dict[str, GridUnit]:
    rows = session.scalars(
        select(GridUnit).where(
            GridUnit.retired.is_(False),
            or_(GridUnit.from_on.is_(None), GridUnit.from_on <= on),
            or_(GridUnit.ended_on.is_(None), GridUnit.ended_on > on),
        )
    )
    return {row.id: row for row in rows}


def _places(session: Session, on: dt.date, household_id: str = "") -> list[GridHousehold]:
    """One place a household: of several that two laptops made the one entered last by day counts."""
    statement = (
        select(GridHousehold)
        .where(
            GridHousehold.retired.is_(False),
            or_(GridHousehold.from_on.is_(None), GridHousehold.from_on <= on),
            or_(GridHousehold.ended_on.is_(None), GridHousehold.ended_on > on),
        )
        .order_by(GridHousehold.from_on, GridHousehold.id)
    )
    if household_id:
        statement = statement.where(GridHousehold.household_id == household_id)
    return list({row.household_id: row for row in session.scalars(statement)}.values())


def _workers(session: Session, on: dt.date) -> dict[str, tuple[str, ...]]:
    kind = session.scalar(select(LinkKind.id).where(LinkKind.key == "grid_worker", LinkKind.retired.is_(False)))
    found: dict[str, tuple[str, ...]] = {}
    for row in links(session, on=on, kind_id=kind) if kind else ():
        found[row.to_id] = (*found.get(row.to_id, ()), row.from_name)
    return found
