"""What a clerk does with meetings; each function is one intention and one transaction."""

from village_desk.meetings.actions.calling import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    end_meeting,
    note_observers,
    note_remarks,
)
from village_desk.meetings.actions.signing import count_roll, note_absence, sign_in, sign_in_people
from village_desk.meetings.actions.voting import (
    change_motion,
    check_count,
    correct_vote,
    drop_motion,
    propose_motion,
    record_vote,
    replace_text,
)

__all__ = [
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "change_motion",
    "check_count",
    "correct_vote",
    "count_roll",
    "drop_motion",
    "end_meeting",
    "note_absence",
    "note_observers",
    "note_remarks",
    "propose_motion",
    "record_vote",
    "replace_text",
    "sign_in",
    "sign_in_people",
]
