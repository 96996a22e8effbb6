"""What a clerk does with matters; each function is one intention and one transaction."""

from village_desk.decisions.actions.cases import (
    change_plan,
    give_case_number,
    open_decision,
    register_mandate,
    reopen_decision,
    withdraw_decision,
    withdraw_mandate,
)
from village_desk.decisions.actions.publishing import draft_step_notice, note_opinion, open_publication_duty
from village_desk.decisions.actions.steps import (
    correct_step_vote,
    hold_step,
    judge_step,
    note_content,
    record_step_vote,
    sign_in_step,
)

__all__ = [
    "change_plan",
    "correct_step_vote",
    "draft_step_notice",
    "give_case_number",
    "hold_step",
    "judge_step",
    "note_content",
    "note_opinion",
    "open_decision",
    "open_publication_duty",
    "record_step_vote",
    "register_mandate",
    "reopen_decision",
    "sign_in_step",
    "withdraw_decision",
    "withdraw_mandate",
]
