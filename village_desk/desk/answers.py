"""Which room takes the township's answers to the records of a table: the one place where they are joined."""

import importlib

from village_desk.sync.handing import Owner

# {table: the action that takes an answer}; its room names the topic for the township in its lookups.
OWNERS = {
    "decision": "decisions.actions:take_answer",
    "point_application": "points.actions:take_answer",
    "register_entry": "registers.actions.answers:take_answer",
    "service_case": "registers.actions.cases_answers:take_answer",
}


def owner_of(table: str) -> Owner | None:
    """The action for answers to a table's records; its room is imported when the first answer comes."""
    named = OWNERS.get(table)
    if named is None:
        return None
    module, _, name = named.partition(":")
    found: Owner = getattr(importlib.import_module(f"village_desk.{module}"), name)
    return found
