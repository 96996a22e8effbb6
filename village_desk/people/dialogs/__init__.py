"""What the pages of people ask: cards, moves, posts, members, and the preview of an import."""

from village_desk.people.dialogs.changes import (
    AwayDialog,
    DivisionDialog,
    HeadDialog,
    StandingDialog,
)
from village_desk.people.dialogs.homes import OutsideDialog, SideHouseholdDialog
from village_desk.people.dialogs.lists import BulkDialog, ExportDialog, ExportLogDialog
from village_desk.people.dialogs.marriages import DivorceDialog, MarriageDialog
from village_desk.people.dialogs.members import (
    ApplicantDialog,
    EditMemberDialog,
    ExclusionDialog,
    FlagDialog,
    PartyFormDialog,
    RuleDialog,
    StepDialog,
    TimeDialog,
)
from village_desk.people.dialogs.person import (
    DayDialog,
    HouseholdDialog,
    MoveDialog,
    PersonDialog,
)
from village_desk.people.dialogs.posts import AppointDialog, MemberDialog, TermDialog
from village_desk.people.dialogs.roster import (
    ImportsDialog,
    KeepDialog,
    MappingDialog,
    PreviewDialog,
    SheetsDialog,
)

__all__ = [
    "ApplicantDialog",
    "AppointDialog",
    "AwayDialog",
    "BulkDialog",
    "DayDialog",
    "DivisionDialog",
    "DivorceDialog",
    "EditMemberDialog",
    "ExclusionDialog",
    "ExportDialog",
    "ExportLogDialog",
    "FlagDialog",
    "HeadDialog",
    "HouseholdDialog",
    "ImportsDialog",
    "KeepDialog",
    "MappingDialog",
    "MarriageDialog",
    "MemberDialog",
    "MoveDialog",
    "OutsideDialog",
    "PartyFormDialog",
    "PersonDialog",
    "PreviewDialog",
    "RuleDialog",
    "SheetsDialog",
    "SideHouseholdDialog",
    "StandingDialog",
    "StepDialog",
    "TermDialog",
    "TimeDialog",
]
