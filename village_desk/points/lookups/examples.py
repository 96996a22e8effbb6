"""The shipped rule sets to begin with: plain examples, and real schemes with their sources."""

from functools import cache

from village_desk.kit.resources import path
from village_desk.points.rules.reading import FILE, sets_in
from village_desk.points.rules.sets import RuleSet


def example_sets() -> tuple[RuleSet, ...]:
    """Two plain examples first, then real schemes; a set without items waits for its values to be filled in."""
    return _examples()


@cache
def _examples() -> tuple[RuleSet, ...]:
    found = list(sets_in(path("packs", "national", "points-example", FILE).read_text(encoding="utf-8")))
    for each in sorted(path("packs", "points-schemes").glob("*.toml")):
        found += sets_in(each.read_text(encoding="utf-8"))
    return tuple(found)
