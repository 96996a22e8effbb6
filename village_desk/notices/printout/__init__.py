"""Notices on paper: sheets for wall and file, the review form, the year's plan, registers, answers."""

from village_desk.notices.printout.plates import complaint_plate
from village_desk.notices.printout.registers import answer, posted_register, seal_register, year_plan
from village_desk.notices.printout.sheets import Annex, Purpose, Size, both, notice, pages_of, review_form, sheet

__all__ = [
    "Annex",
    "Purpose",
    "Size",
    "answer",
    "both",
    "complaint_plate",
    "notice",
    "pages_of",
    "posted_register",
    "review_form",
    "seal_register",
    "sheet",
    "year_plan",
]
