"""What the township does: enrols laptops, takes in bundles, answers records, and writes receipts."""

from village_desk.township.actions.answering import answer_records, take_back_answer
from village_desk.township.actions.laptops import enrol_laptop, revoke_laptop
from village_desk.township.actions.sticks import Answered, take_in, write_replies, write_township_card

__all__ = [
    "Answered",
    "answer_records",
    "enrol_laptop",
    "revoke_laptop",
    "take_back_answer",
    "take_in",
    "write_replies",
    "write_township_card",
]
