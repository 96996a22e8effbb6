"""Counting a vote: the fields with their arithmetic, and the dialog around them."""

from village_desk.widgets.counting.dialog import CountDialog
from village_desk.widgets.counting.fields import CountFields
from village_desk.widgets.counting.values import Asked, CountDetails, Counted, CountSheet, CountValues

__all__ = ["Asked", "CountDetails", "CountDialog", "CountFields", "CountSheet", "CountValues", "Counted"]
