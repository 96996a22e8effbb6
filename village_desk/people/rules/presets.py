"""Shipped examples of links, grids, posts and bodies that a village may take over and change."""

from dataclasses import dataclass

from village_desk.people.rules.bodies import Body
from village_desk.people.rules.links import LinkRule


@dataclass(frozen=True)
class LevelRow:
    """One level of a grid: its name and how many households a unit of it may have (0: any)."""

    name: str
    least: int = 0
    most: int = 0


@dataclass(frozen=True)
class GridPreset:
    """The levels of a grid from the top."""

    key: str
    name: str
    levels: tuple[LevelRow, ...]


@dataclass(frozen=True)
class PostsPreset:
    """Named posts and how many people each wants."""

    key: str
    name: str
    posts: tuple[str, ...]
    least: int = 1


@dataclass(frozen=True)
class BodiesPreset:
    """Bodies that belong together; a name is given where a village has several of the kind."""

    key: str
    name: str
    bodies: tuple[tuple[Body, str], ...]


@dataclass(frozen=True)
class Presets:
    """Everything that ships."""

    links: tuple[LinkRule, ...]
    grids: tuple[GridPreset, ...]
    posts: tuple[PostsPreset, ...]
    bodies: tuple[BodiesPreset, ...]
