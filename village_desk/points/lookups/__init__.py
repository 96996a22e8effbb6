"""What is known of points: rule sets, subjects, sums with their reasons, and what waits for somebody."""

from village_desk.points.lookups.examples import example_sets
from village_desk.points.lookups.ledger import (
    applications,
    card,
    entry_id_of,
    entry_number,
    findings,
    one_application,
    periods,
    standings,
    sums_of,
)
from village_desk.points.lookups.rows import (
    ApplicationRow,
    AreaSum,
    Card,
    EntryRow,
    ItemRow,
    RuleSetRow,
    StandingRow,
    SubjectRow,
)
from village_desk.points.lookups.schemes import all_rule_sets, item_of, one_rule_set
from village_desk.points.lookups.subjects import candidates, subject, subjects

__all__ = [
    "ApplicationRow",
    "AreaSum",
    "Card",
    "EntryRow",
    "ItemRow",
    "RuleSetRow",
    "StandingRow",
    "SubjectRow",
    "all_rule_sets",
    "applications",
    "candidates",
    "card",
    "entry_id_of",
    "entry_number",
    "example_sets",
    "findings",
    "item_of",
    "one_application",
    "one_rule_set",
    "periods",
    "standings",
    "subject",
    "subjects",
    "sums_of",
]
