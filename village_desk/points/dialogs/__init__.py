"""What the page of points asks."""

from village_desk.points.dialogs.entries import ApplyAnswer, ApplyDialog, CheckAnswer, CheckDialog, ReverseDialog
from village_desk.points.dialogs.items import ItemDialog
from village_desk.points.dialogs.left import LeftDialog
from village_desk.points.dialogs.schemes import NewSetDialog, SetDialog

__all__ = [
    "ApplyAnswer",
    "ApplyDialog",
    "CheckAnswer",
    "CheckDialog",
    "ItemDialog",
    "LeftDialog",
    "NewSetDialog",
    "ReverseDialog",
    "SetDialog",
]
