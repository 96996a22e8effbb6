"""Meetings on paper: call, sign-in sheets, ballots, tally, minutes with their corrections, and all of it bound."""

from village_desk.meetings.printout.dossier import bound, dossier, dossier_sheets, pages_of, photo_sheets
from village_desk.meetings.printout.minutes import blank_minutes, corrections, minutes, minutes_sheet
from village_desk.meetings.printout.signing import call_sheet, evening_sheet, sign_in, sign_in_sheet
from village_desk.meetings.printout.voting import ballots, tally, tally_sheet
from village_desk.meetings.printout.words import (
    NOT_REGISTERED,
    absent_words,
    door_words,
    observers_words,
    ratio,
    vote_words,
)

__all__ = [
    "NOT_REGISTERED",
    "absent_words",
    "ballots",
    "blank_minutes",
    "bound",
    "call_sheet",
    "corrections",
    "door_words",
    "dossier",
    "dossier_sheets",
    "evening_sheet",
    "minutes",
    "minutes_sheet",
    "observers_words",
    "pages_of",
    "photo_sheets",
    "ratio",
    "sign_in",
    "sign_in_sheet",
    "tally",
    "tally_sheet",
    "vote_words",
]
