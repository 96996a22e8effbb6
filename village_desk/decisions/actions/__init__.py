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
from village_desk.decisions.actions.filings import record_filing, take_answer, withdraw_filing
from village_desk.decisions.actions.procedures import change_procedure, copy_procedure, drop_procedure
from village_desk.decisions.actions.publishing import draft_step_notice, note_opinion, open_publication_duty
from village_desk.decisions.actions.steps import (
    correct_step_vote,
    hold_step,
    join_step,
    judge_step,
    note_content,
    record_step_vote,
    sign_in_step,
)
from village_desk.decisions.actions.tasks import (
    bring_to_villagers,
    do_step,
    go_back,
    note_papers,
    record_paper_step,
    skip_step,
)
from village_desk.decisions.actions.works import drop_work, note_progress, plan_work

__all__ = [
    "bring_to_villagers",
    "change_plan",
    "change_procedure",
    "copy_procedure",
    "correct_step_vote",
    "do_step",
    "draft_step_notice",
    "drop_procedure",
    "drop_work",
    "give_case_number",
    "go_back",
    "hold_step",
    "join_step",
    "judge_step",
    "note_content",
    "note_opinion",
    "note_papers",
    "note_progress",
    "open_decision",
    "open_publication_duty",
    "plan_work",
    "record_filing",
    "record_paper_step",
    "record_step_vote",
    "register_mandate",
    "reopen_decision",
    "sign_in_step",
    "skip_step",
    "take_answer",
    "withdraw_decision",
    "withdraw_filing",
    "withdraw_mandate",
]
