"""Finance sheets on paper, for the wall and for the file; the committee's records; checks of assets."""

from village_desk.accounts.printout.committee import asset_check_sheet, clean_up_sheet, half_year_report, review_record
from village_desk.accounts.printout.sheets import A3_WIDE, annex, finance_sheets, made_sheets, sheet_names
from village_desk.notices.printout import Purpose, pages_of

__all__ = [
    "A3_WIDE",
    "Purpose",
    "annex",
    "asset_check_sheet",
    "clean_up_sheet",
    "finance_sheets",
    "half_year_report",
    "made_sheets",
    "pages_of",
    "review_record",
    "sheet_names",
]
