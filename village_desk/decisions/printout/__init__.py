"""What is printed of cases: the form, the minutes, the dossier, the rehearsal of an inspection, procedures."""

from village_desk.decisions.printout.hung import money_words
from village_desk.decisions.printout.sheets import (
    all_sheets,
    dossier,
    sheet_of,
    step_minutes,
    step_sheet,
    step_sign_in,
)
from village_desk.decisions.printout.walls import inspection_sheet, procedure_chart, vanguard_wall

__all__ = [
    "all_sheets",
    "dossier",
    "inspection_sheet",
    "money_words",
    "procedure_chart",
    "sheet_of",
    "step_minutes",
    "step_sheet",
    "step_sign_in",
    "vanguard_wall",
]
