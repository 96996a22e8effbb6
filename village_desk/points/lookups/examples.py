"""The shipped examples of rule sets, to begin with."""

import tomllib
from functools import cache
from typing import Any

from village_desk.kit.resources import path
from village_desk.points.rules.checks import check_rule_set
from village_desk.points.rules.sets import Area, Item, Often, Period, RuleSet, SubjectKind


def example_sets() -> tuple[RuleSet, ...]:
    """The examples, checked as if they were typed: no number in them comes from a law."""
    return _examples()


@cache
def _examples() -> tuple[RuleSet, ...]:
    content = path("packs", "national", "points-example", "points.toml").read_text(encoding="utf-8")
    found = tuple(_set(each) for each in tomllib.loads(content)["set"])
    for rules in found:
        check_rule_set(rules)
    return found


def _set(row: dict[str, Any]) -> RuleSet:
    return RuleSet(
        name=row["name"],
        subject=SubjectKind(row["subject"]),
        period=Period(row["period"]),
        items=tuple(_item(each) for each in row["item"]),
        areas=tuple(
            Area(each["name"], each.get("opening", 0), each.get("cap"), each.get("floor")) for each in row["area"]
        ),
        opening=row.get("opening", 0),
        cap=row.get("cap"),
        floor=row.get("floor"),
        used_for=row["used_for"],
        source=row["source"],
    )


def _item(row: dict[str, Any]) -> Item:
    return Item(
        code=row["code"],
        area=row["area"],
        text=row["text"],
        least=row["least"],
        most=row["most"],
        often=Often(row.get("often", "event")),
        cap=row.get("cap"),
        floor=row.get("floor"),
        evidence_needed=row.get("evidence_needed", True),
    )
