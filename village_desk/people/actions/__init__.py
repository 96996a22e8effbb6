"""What the clerk does about people: the register, rosters, bodies and posts, party members."""

from village_desk.people.actions.history import (
    add_newcomer,
    change_head,
    come_back,
    divide_household,
    forget_event,
    go_away,
    move_household,
    move_out,
    record_death,
    record_marriage,
    return_to_roll,
)
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
    record_export,
)
from village_desk.people.actions.roster_import import Imported, import_roster, preview_roster
from village_desk.people.actions.roster_lines import SeveralSheets, read_pasted, read_roster

__all__ = [
    "Appointment",
    "Imported",
    "SeveralSheets",
    "add_household",
    "add_members_from_roster",
    "add_newcomer",
    "add_party_member",
    "add_person",
    "appoint",
    "appoint_many",
    "begin_term",
    "change_head",
    "come_back",
    "confirm_full_member",
    "divide_household",
    "edit_household",
    "edit_person",
    "end_post",
    "forget_event",
    "go_away",
    "import_roster",
    "leave_branch",
    "move_household",
    "move_out",
    "preview_roster",
    "read_pasted",
    "read_roster",
    "record_death",
    "record_export",
    "record_marriage",
    "return_to_roll",
    "set_up_bodies",
]
