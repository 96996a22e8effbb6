"""What the clerk does about people: the register, rosters, bodies and posts, party members."""

from village_desk.people.actions.party import (
    add_members_from_roster,
    add_party_member,
    confirm_full_member,
    leave_branch,
)
from village_desk.people.actions.posts import (
    Appointment,
    appoint,
    appoint_many,
    begin_term,
    end_post,
    set_up_bodies,
)
from village_desk.people.actions.register import (
    add_household,
    add_person,
    edit_household,
    edit_person,
    move_household,
    move_out,
    record_death,
    record_export,
    return_to_roll,
)
from village_desk.people.actions.roster_import import Imported, import_roster, preview_roster
from village_desk.people.actions.roster_lines import SeveralSheets, read_pasted, read_roster

__all__ = [
    "Appointment",
    "Imported",
    "SeveralSheets",
    "add_household",
    "add_members_from_roster",
    "add_party_member",
    "add_person",
    "appoint",
    "appoint_many",
    "begin_term",
    "confirm_full_member",
    "edit_household",
    "edit_person",
    "end_post",
    "import_roster",
    "leave_branch",
    "move_household",
    "move_out",
    "preview_roster",
    "read_pasted",
    "read_roster",
    "record_death",
    "record_export",
    "return_to_roll",
    "set_up_bodies",
]
