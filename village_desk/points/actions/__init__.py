"""What a clerk does with points; each function is one intention and one transaction."""

from village_desk.points.actions.applying import (
    SheetRow,
    Wanted,
    apply_for_many,
    apply_for_points,
    type_back_sheet,
    withdraw_application,
    write_evidence,
)
from village_desk.points.actions.booking import (
    Booked,
    OpeningSum,
    book,
    book_ready,
    reverse_entry,
    take_over_sums,
)
from village_desk.points.actions.checking import (
    check_application,
    check_applications,
    confirm_by_township,
    review_applications,
    take_answer,
)
from village_desk.points.actions.closing import close_period, end_follow_up, open_follow_ups, reopen_period
from village_desk.points.actions.evidence import file_evidence
from village_desk.points.actions.exchange import (
    add_fund,
    add_good,
    cancel_redemption,
    change_good,
    drop_good,
    move_stock,
    redeem,
)
from village_desk.points.actions.objecting import answer_objection, post_applications, raise_objection
from village_desk.points.actions.opening import take_over_workbook
from village_desk.points.actions.parts import Many
from village_desk.points.actions.schemes import (
    add_item,
    add_rule_set,
    change_item,
    change_rule_set,
    drop_item,
    install_sets,
    put_into_class,
)
from village_desk.points.actions.sheets import record_sheet
from village_desk.points.actions.sources import (
    apply_from_activity,
    apply_from_cases,
    apply_from_hours,
    apply_from_meeting,
)

__all__ = [
    "Booked",
    "Many",
    "OpeningSum",
    "SheetRow",
    "Wanted",
    "add_fund",
    "add_good",
    "add_item",
    "add_rule_set",
    "answer_objection",
    "apply_for_many",
    "apply_for_points",
    "apply_from_activity",
    "apply_from_cases",
    "apply_from_hours",
    "apply_from_meeting",
    "book",
    "book_ready",
    "cancel_redemption",
    "change_good",
    "change_item",
    "change_rule_set",
    "check_application",
    "check_applications",
    "close_period",
    "confirm_by_township",
    "drop_good",
    "drop_item",
    "end_follow_up",
    "file_evidence",
    "install_sets",
    "move_stock",
    "open_follow_ups",
    "post_applications",
    "put_into_class",
    "raise_objection",
    "record_sheet",
    "redeem",
    "reopen_period",
    "reverse_entry",
    "review_applications",
    "take_answer",
    "take_over_sums",
    "take_over_workbook",
    "type_back_sheet",
    "withdraw_application",
    "write_evidence",
]
