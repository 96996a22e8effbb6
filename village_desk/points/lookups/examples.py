"""The shipped rule sets to begin with: plain examples, and real schemes with their sources."""

from functools import cache

from village_desk.kit.resources import path
from village_desk.points.rules.reading import FILE, sets_in
from village_desk.points.rules.sets import SUBJECT_WORDS, Period, RuleSet


def example_sets() -> tuple[RuleSet, ...]:
    """Two plain examples first, then real schemes; a set without items waits for its values to be filled in."""
    return _examples()


def blank_sets() -> tuple[RuleSet, ...]:
    """One empty set for each kind of subject, to write a place's own scheme into."""
    return tuple(
        RuleSet(f"{words}积分办法（空白）", kind, Period.YEAR, (), used_for="评先评优参考")
        for kind, words in SUBJECT_WORDS.items()
    )


@cache
def _examples() -> tuple[RuleSet, ...]:
    found = list(sets_in(path("packs", "national", "points-example", FILE).read_text(encoding="utf-8")))
    for each in sorted(path("packs", "points-schemes").glob("*.toml")):
        found += sets_in(each.read_text(encoding="utf-8"))
    return tuple(found)
