"""What a clerk does with points; each function is one intention and one transaction."""

from village_desk.points.actions.entries import (
    Booked,
    apply_for_points,
    book,
    check_application,
    reverse_entry,
    withdraw_application,
)
from village_desk.points.actions.schemes import (
    add_item,
    add_rule_set,
    change_item,
    change_rule_set,
    drop_item,
    put_into_class,
)

__all__ = [
    "Booked",
    "add_item",
    "add_rule_set",
    "apply_for_points",
    "book",
    "change_item",
    "change_rule_set",
    "check_application",
    "drop_item",
    "put_into_class",
    "reverse_entry",
    "withdraw_application",
]
