"""Points on paper: cards, slips, lists for the wall, blank scoring sheets, receipts, and the report on fairness."""

from village_desk.points.printout.cards import card, slips
from village_desk.points.printout.evidence import evidence_sheet
from village_desk.points.printout.reports import fairness_report, receipt, rule_book
from village_desk.points.printout.walls import changes_list, posting_sheet, scoring_sheets, wall_sheet

__all__ = [
    "card",
    "changes_list",
    "evidence_sheet",
    "fairness_report",
    "posting_sheet",
    "receipt",
    "rule_book",
    "scoring_sheets",
    "slips",
    "wall_sheet",
]
