"""Asking about finance sheets, their lines, the registers, and the supervision committee's work."""

from village_desk.accounts.dialogs.committee import (
    AnswerDialog,
    FindingDialog,
    HalfYearDialog,
    NoteDialog,
    ReviewDialog,
)
from village_desk.accounts.dialogs.facts import FactsDialog, MoneyDayDialog, Option
from village_desk.accounts.dialogs.importing import ImportDialog
from village_desk.accounts.dialogs.periods import BeginAnswer, BeginDialog, CloseDialog, EntryAnswer, EntryDialog
from village_desk.accounts.dialogs.sheets import (
    CorrectDialog,
    MakeSheetDialog,
    PostDialog,
    PublishDialog,
    ReasonDialog,
)

__all__ = [
    "AnswerDialog",
    "BeginAnswer",
    "BeginDialog",
    "CloseDialog",
    "CorrectDialog",
    "EntryAnswer",
    "EntryDialog",
    "FactsDialog",
    "FindingDialog",
    "HalfYearDialog",
    "ImportDialog",
    "MakeSheetDialog",
    "MoneyDayDialog",
    "NoteDialog",
    "Option",
    "PostDialog",
    "PublishDialog",
    "ReasonDialog",
    "ReviewDialog",
]
