"""What a clerk does with meetings; each function is one intention and one transaction."""

from village_desk.meetings.actions.activities import (
    add_activity,
    cancel_activity,
    change_activity,
    expect_people,
    note_attendance,
    plan_rota,
)
from village_desk.meetings.actions.calling import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    end_meeting,
    note_observers,
    note_remarks,
)
from village_desk.meetings.actions.evenings import (
    count_evening,
    enter_sign_in,
    join_evening,
    leave_evening,
    sign_in_evening,
)
from village_desk.meetings.actions.minutes import correct_minutes, record_meeting_print
from village_desk.meetings.actions.motions import (
    add_matter,
    change_motion,
    drop_motion,
    note_concerned,
    note_recusals,
    propose_motion,
    replace_text,
)
from village_desk.meetings.actions.moving import hold_sitting, postpone_meeting
from village_desk.meetings.actions.signing import (
    count_roll,
    note_absence,
    note_absences,
    note_proxies,
    sign_in,
    sign_in_people,
)
from village_desk.meetings.actions.voting import check_count, correct_vote, record_vote

__all__ = [
    "add_activity",
    "add_matter",
    "call_meeting",
    "cancel_activity",
    "cancel_meeting",
    "change_activity",
    "change_meeting",
    "change_motion",
    "check_count",
    "correct_minutes",
    "correct_vote",
    "count_evening",
    "count_roll",
    "drop_motion",
    "end_meeting",
    "enter_sign_in",
    "expect_people",
    "hold_sitting",
    "join_evening",
    "leave_evening",
    "note_absence",
    "note_absences",
    "note_attendance",
    "note_concerned",
    "note_observers",
    "note_proxies",
    "note_recusals",
    "note_remarks",
    "plan_rota",
    "postpone_meeting",
    "propose_motion",
    "record_meeting_print",
    "record_vote",
    "replace_text",
    "sign_in",
    "sign_in_evening",
    "sign_in_people",
]
