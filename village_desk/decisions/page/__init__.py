"""The page of decisions: cases at the left, six steps above, the facts of a step beside what the law says of them."""

from village_desk.decisions.page.decisions import DecisionsPage

__all__ = ["DecisionsPage"]
