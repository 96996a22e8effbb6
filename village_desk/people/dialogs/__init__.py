"""What the pages of people ask: cards, moves, posts, members, and the preview of an import."""

from village_desk.people.dialogs.person import (
    DayDialog,
    HouseholdDialog,
    MoveDialog,
    PersonDialog,
)
from village_desk.people.dialogs.posts import AppointDialog, MemberDialog, TermDialog
from village_desk.people.dialogs.roster import (
    ExportDialog,
    ImportsDialog,
    KeepDialog,
    MappingDialog,
    PreviewDialog,
    SheetsDialog,
)

__all__ = [
    "AppointDialog",
    "DayDialog",
    "ExportDialog",
    "HouseholdDialog",
    "ImportsDialog",
    "KeepDialog",
    "MappingDialog",
    "MemberDialog",
    "MoveDialog",
    "PersonDialog",
    "PreviewDialog",
    "SheetsDialog",
    "TermDialog",
]
