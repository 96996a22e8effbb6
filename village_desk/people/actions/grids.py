"""Grids: the levels of the place, the units, and which household goes into which unit from which day on."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person, refuse_missing_households
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.presets import presets
from village_desk.people.records import GridHousehold, GridLevel, GridUnit
from village_desk.people.rules.grids import Level, Unit, check_leaf, check_levels, check_parent
from village_desk.people.rules.presets import LevelRow
from village_desk.store.acts import act


def adopt_grid(session: Session, *, key: str) -> None:
    """Take over the levels of a shipped grid in place of those in use; units and households stay."""
    preset = next((one for one in presets().grids if one.key == key), None)
    if preset is None:
        raise NotFound(f"没有“{key}”这种网格。", "请从列表里选，或自己写各级名称。")
    set_grid_levels(session, levels=preset.levels, preset=key)


def set_grid_levels(session: Session, *, levels: tuple[LevelRow, ...], preset: str = "") -> None:
    """Name the levels from the top down, with the households that a unit of each may have (0: any).

    Raises NotAllowed for names that are missing or double, or when units lie deeper than the new levels.
    """
    wanted = tuple(Level(depth, tidy(row.name), row.least, row.most) for depth, row in enumerate(levels, start=1))
    check_levels(wanted)
    deepest = max(
        session.scalars(select(GridUnit.depth).where(GridUnit.retired.is_(False), GridUnit.ended_on.is_(None))),
        default=0,
    )
    if deepest > len(wanted):
        raise NotAllowed(
            f"现有网格分到第{deepest}级，新的只有{len(wanted)}级。", "请先撤销多出来的下级网格，或多写几级。"
        )
    village = act(session).village
    for depth in range(1, max(len(wanted), _deepest_level(session)) + 1):
        level_id = same_id("grid_level", village, str(depth))
        record = session.get(GridLevel, level_id)
        if depth > len(wanted):
            if record is not None:
                record.retired = True
            continue
        level = wanted[depth - 1]
        if record is None:
            record = GridLevel(id=level_id, depth=depth)
            session.add(record)
        record.retired = False
        record.name, record.least, record.most, record.preset = level.name, level.least, level.most, preset
    session.flush()


def add_unit(
    session: Session,
    *,
    name: str,
    depth: int,
    parent_id: str = "",
    from_on: dt.date | None = None,
    code: str = "",
    special: bool = False,
    area: str = "",
    person_id: str = "",
    organisation_id: str = "",
) -> str:
    """Make a unit of the grid; returns its id. Raises NotAllowed for a wrong level or parent, or a name twice.

    `special` is a unit of its own, such as a school or a market; `person_id` answers for it, `organisation_id` is its
    party group.
    """
    levels = {level.depth for level in session.scalars(select(GridLevel).where(GridLevel.retired.is_(False)))}
    if depth not in levels:
        raise NotAllowed(f"没有第{depth}级网格。", "请先选用网格的级别，再建网格。")
    if not tidy(name):
        raise NotAllowed("请填写网格的名称。", "例如第一网格、东片区。")
    if person_id:
        person_id = find_person(session, aliases(session).of(person_id)).id
    units = grid_units(session)
    check_parent(Unit("", parent_id, depth, tidy(name), special), units)
    if any(one.name == tidy(name) and one.parent_id == parent_id for one in units.values()):
        raise NotAllowed(f"已经有“{tidy(name)}”这个网格。", "请换一个名称。")
    unit = GridUnit(
        parent_id=parent_id,
        depth=depth,
        name=tidy(name),
        code=tidy(code),
        special=special,
        area=tidy(area),
        person_id=person_id,
        organisation_id=organisation_id,
        from_on=from_on or act(session).today,
    )
    session.add(unit)
    session.flush()
    return unit.id


def edit_unit(
    session: Session,
    *,
    unit_id: str,
    name: str,
    code: str = "",
    area: str = "",
    special: bool = False,
    person_id: str = "",
    organisation_id: str = "",
) -> None:
    """Change what is known of a unit. Raises NotAllowed without a name."""
    unit = _unit(session, unit_id)
    if not tidy(name):
        raise NotAllowed("请填写网格的名称。", "例如第一网格、东片区。")
    unit.name, unit.code, unit.area, unit.special = tidy(name), tidy(code), tidy(area), special
    unit.person_id = aliases(session).of(person_id) if person_id else ""
    unit.organisation_id = organisation_id
    session.flush()


def end_unit(session: Session, *, unit_id: str, on: dt.date) -> None:
    """A unit is given up from that day on, its households are without a grid. Raises NotAllowed with units below."""
    unit = _unit(session, unit_id)
    if any(one.parent_id == unit_id for one in grid_units(session).values()):
        raise NotAllowed(f"{unit.name}下面还有网格。", "请先撤销下面的网格。")
    unit.ended_on = on
    for place in session.scalars(
        select(GridHousehold).where(
            GridHousehold.grid_id == unit_id, GridHousehold.ended_on.is_(None), GridHousehold.retired.is_(False)
        )
    ):
        place.ended_on = max(on, place.from_on or on)
    session.flush()


def place_households(session: Session, *, grid_id: str, household_ids: tuple[str, ...], on: dt.date) -> int:
    """Put households into a unit from a day on; from the unit in which they were they leave on that day.

    Returns how many came new or moved. Raises NotAllowed for a unit with others below it, or before the last move.
    """
    unit = _unit(session, grid_id)
    units = grid_units(session)
    check_leaf(units[grid_id], units.values())
    if unit.from_on and on < unit.from_on:
        raise NotAllowed(f"{unit.name}{chinese_date(unit.from_on)}才设立，不能更早入网。", "请核对日期。")
    places: dict[str, list[GridHousehold]] = {}
    for place in session.scalars(
        select(GridHousehold).where(GridHousehold.retired.is_(False), GridHousehold.household_id.in_(household_ids))
    ):
        places.setdefault(place.household_id, []).append(place)
    refuse_missing_households(session, household_ids)
    moved = 0
    for household_id in dict.fromkeys(household_ids):
        for place in places.get(household_id, ()):
            if place.from_on and place.from_on > on:
                raise NotAllowed(
                    f"这一户{chinese_date(place.from_on)}已经调过网格，不能再补登更早的。",
                    "请核对日期，或先撤销那一步。",
                )
        current = [one for one in places.get(household_id, ()) if one.ended_on is None or one.ended_on > on]
        if any(one.grid_id == grid_id for one in current):
            continue
        for place in current:
            place.ended_on = on
        session.add(GridHousehold(household_id=household_id, grid_id=grid_id, from_on=on))
        moved += 1
    session.flush()
    return moved


def grid_units(session: Session) -> dict[str, Unit]:
    """The units that are there now."""
    rows = session.scalars(select(GridUnit).where(GridUnit.retired.is_(False), GridUnit.ended_on.is_(None)))
    return {row.id: Unit(row.id, row.parent_id, row.depth, row.name, row.special) for row in rows}


def _unit(session: Session, unit_id: str) -> GridUnit:
    unit = session.get(GridUnit, unit_id)
    if unit is None or unit.retired or unit.ended_on is not None:
        raise NotFound("找不到这个网格。", "可能刚被撤销，请刷新后再查。")
    return unit


def _deepest_level(session: Session) -> int:
    return max(session.scalars(select(GridLevel.depth)), default=0)
