"""People on paper and in workbooks: rosters and lists, bodies, grids and links; masked for their readers."""

from village_desk.people.printout.bodies import (
    body_members,
    grid_list,
    home_list,
    household_chain,
    link_card,
    link_list,
    pledge_wall,
    post_plates,
)
from village_desk.people.printout.homes import service_certificate, side_list
from village_desk.people.printout.members import (
    chart_of_posts,
    member_form,
    party_list,
    representative_list,
    roll_sheet,
)
from village_desk.people.printout.rosters import export_log, household_list, roster, roster_workbook
from village_desk.people.printout.workbooks import refused_workbook, text_workbook

__all__ = [
    "body_members",
    "chart_of_posts",
    "export_log",
    "grid_list",
    "home_list",
    "household_chain",
    "household_list",
    "link_card",
    "link_list",
    "member_form",
    "party_list",
    "pledge_wall",
    "post_plates",
    "refused_workbook",
    "representative_list",
    "roll_sheet",
    "roster",
    "roster_workbook",
    "service_certificate",
    "side_list",
    "text_workbook",
]
