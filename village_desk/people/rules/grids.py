"""Grids: the tree of units, the size of each, and which unit a household may be put into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed


@dataclass(frozen=True)
class Level:
    """One level of the tree, from 1 at the top."""

    depth: int
    name: str
    least: int = 0
    most: int = 0


@dataclass(frozen=True)
class Unit:
    """A unit as the rules need it."""

    id: str
    parent_id: str
    depth: int
    name: str
    special: bool = False


def check_levels(levels: tuple[Level, ...]) -> None:
    """Refuse levels without names, with the same name, or with sizes the wrong way round. Raises NotAllowed."""
    names = [level.name for level in levels]
    if not names or not all(names):
        raise NotAllowed("每一级网格都要有名称。", "例如行政村、网格、党员联系户。")
    if len(set(names)) < len(names):
        raise NotAllowed("有两级网格用了同一个名称。", "请改成不同的名称。")
    for level in levels:
        if level.most and level.most < level.least:
            raise NotAllowed(
                f"{level.name}最多{level.most}户，比最少{level.least}户还少。", "请核对两个数字，没有要求的填0。"
            )


def check_parent(unit: Unit, units: Mapping[str, Unit]) -> None:
    """Refuse a parent that is not exactly one level higher, or one below the unit itself. Raises NotAllowed."""
    if unit.depth == 1:
        if unit.parent_id:
            raise NotAllowed(f"{unit.name}是最上一级，上面不能再有网格。", "请不要选上级网格。")
        return
    parent = units.get(unit.parent_id)
    if parent is None:
        raise NotAllowed(f"请选{unit.name}的上级网格。", "先建上一级，再建下一级。")
    if parent.depth != unit.depth - 1 and not unit.special:
        raise NotAllowed(f"{parent.name}不是{unit.name}的上一级。", "请选正好高一级的网格。")
    above = unit.parent_id
    while above:
        if above == unit.id:
            raise NotAllowed(f"{unit.name}不能放在自己下面。", "请另选上级网格。")
        above = units[above].parent_id if above in units else ""


def check_leaf(unit: Unit, units: Iterable[Unit]) -> None:
    """Refuse households in a unit that has smaller ones below it. Raises NotAllowed naming them."""
    below = [one.name for one in units if one.parent_id == unit.id]
    if below:
        named = "、".join(below[:3]) + ("等" if len(below) > 3 else "")
        raise NotAllowed(f"{unit.name}下面还分{named}，户要放在最下一级。", f"请选{unit.name}下面的网格。")


def size_words(level: Level | None, name: str, households: int) -> str:
    """What is wrong with the size of a unit; empty when nothing is."""
    if level is None:
        return ""
    asked = f"{level.name}应有{level.least}至{level.most}户" if level.most else f"{level.name}应有{level.least}户以上"
    if households < level.least:
        return f"{name}有{households}户，{asked}，少{level.least - households}户。"
    if level.most and households > level.most:
        return f"{name}有{households}户，{asked}，多{households - level.most}户。"
    return ""


def chain(unit_id: str, units: Mapping[str, Unit]) -> tuple[Unit, ...]:
    """The units from the top down to this one."""
    found: list[Unit] = []
    while unit_id in units and all(one.id != unit_id for one in found):
        found.append(units[unit_id])
        unit_id = units[unit_id].parent_id
    return tuple(reversed(found))
