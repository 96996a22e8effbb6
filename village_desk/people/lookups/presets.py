"""The shipped examples of links, grids, posts and bodies."""

import tomllib
from functools import cache
from typing import Any

from village_desk.kit.resources import path
from village_desk.people.rules.bodies import Body
from village_desk.people.rules.links import End, Every, LinkRule, check_link_rule
from village_desk.people.rules.presets import BodiesPreset, GridPreset, LevelRow, PostsPreset, Presets


@cache
def presets() -> Presets:
    """Everything that ships, checked as if it were typed."""
    content = path("packs", "national", "people-presets", "presets.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(content)
    links = tuple(_link(row) for row in rows["link"])
    for rule in links:
        check_link_rule(rule)
    return Presets(
        links,
        tuple(GridPreset(r["key"], r["name"], tuple(LevelRow(**one) for one in r["levels"])) for r in rows["grid"]),
        tuple(PostsPreset(r["key"], r["name"], tuple(r["posts"]), r.get("least", 1)) for r in rows["posts"]),
        tuple(
            BodiesPreset(r["key"], r["name"], tuple((Body(one["kind"]), one.get("name", "")) for one in r["bodies"]))
            for r in rows["bodies"]
        ),
    )


def _link(row: dict[str, Any]) -> LinkRule:
    return LinkRule(
        row["key"],
        row["name"],
        End(row["from"]),
        End(row["to"]),
        visit_period=Every(row.get("visit_period", "")),
        day_period=Every(row.get("day_period", "")),
        items=tuple(row.get("items", ())),
        **{name: row[name] for name in _PLAIN if name in row},
    )


_PLAIN = ("members_only", "own_household", "cover", "least", "most", "visits", "days", "text", "source", "relief")
