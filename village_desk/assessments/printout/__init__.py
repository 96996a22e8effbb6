"""Assessments on paper."""

from village_desk.assessments.printout.following import letter, plan_sheet, rectification_book, report
from village_desk.assessments.printout.results import checklist, result_list, result_sheet_of, summary
from village_desk.assessments.printout.service import service_sheet
from village_desk.assessments.printout.sheets import ballots, blank_sheets, negative_list, tally_form
from village_desk.assessments.printout.stars import (
    certificate,
    comparison_sheet,
    plaque_list,
    rating_sheets,
    result_sheet,
    secretary_form,
)

__all__ = [
    "ballots",
    "blank_sheets",
    "certificate",
    "checklist",
    "comparison_sheet",
    "letter",
    "negative_list",
    "plan_sheet",
    "plaque_list",
    "rating_sheets",
    "rectification_book",
    "report",
    "result_list",
    "result_sheet",
    "result_sheet_of",
    "secretary_form",
    "service_sheet",
    "summary",
    "tally_form",
]
