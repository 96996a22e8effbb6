"""Finance sheets on paper, for the wall and for the file; the committee's records; checks of assets."""

from village_desk.accounts.printout.committee import asset_check_sheet, clean_up_sheet, half_year_report, review_record
from village_desk.accounts.printout.sheets import (
    A3_WIDE,
    annex,
    finance_sheets,
    made_sheets,
    notice_with_tables,
    sheet_names,
)
from village_desk.notices.printout import Purpose, Size, pages_of

__all__ = [
    "A3_WIDE",
    "Purpose",
    "Size",
    "annex",
    "asset_check_sheet",
    "clean_up_sheet",
    "finance_sheets",
    "half_year_report",
    "made_sheets",
    "notice_with_tables",
    "pages_of",
    "review_record",
    "sheet_names",
]
