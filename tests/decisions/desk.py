"""Short words for the tests of decisions: a case opened, its meetings held, its sheet posted."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from village_desk.decisions import actions
from village_desk.decisions.lookups import DecisionDetail, one_decision
from village_desk.meetings.rules import VerdictState
from village_desk.notices import actions as notices
from village_desk.notices.lookups import one_notice
from village_desk.store.file import VillageFile

OPENED = dt.date(2026, 3, 2)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def do(file: VillageFile, action: Callable[..., Any], **arguments: Any) -> Any:
    with file.writing(f"decisions.{action.__name__}") as session:
        return action(session, **arguments)


def read(file: VillageFile, decision_id: str) -> DecisionDetail:
    with file.reading() as session:
        return one_decision(session, decision_id)


def opened(file: VillageFile, **more: Any) -> str:
    facts = {
        "title": "村东排水渠修缮",
        "matter_code": "M04",
        "opened_on": OPENED,
        "motion_source": "党员群众建议",
        "plan": "修缮村东排水渠600米，汛期前完工。",
        "amount_fen": 4_600_000,
        **more,
    }
    return str(do(file, actions.open_decision, **facts))


def held(
    file: VillageFile, decision_id: str, no: int, on: dt.date, present: str, yes: int, **more: Any
) -> VerdictState:
    do(
        file, actions.hold_step, decision_id=decision_id, no=no, held_on=on, place="村委会二楼会议室",
        called_on=on - dt.timedelta(days=12), chair="杨丽", recorder="李会计", **more,
    )  # fmt: skip
    here = do(file, actions.sign_in_step, decision_id=decision_id, no=no, serial_numbers=present)
    verdict = do(
        file, actions.record_step_vote, decision_id=decision_id, no=no, yes=yes, no_votes=here - yes, abstain=0
    )
    state: VerdictState = verdict.state
    return state


def four_meetings(file: VillageFile, decision_id: str) -> None:
    assert held(file, decision_id, 1, day(3, 3), "1-4", 4) is VerdictState.STANDS
    assert held(file, decision_id, 2, day(3, 5), "1-8", 8) is VerdictState.STANDS
    assert held(file, decision_id, 3, day(3, 9), "1-40", 35) is VerdictState.STANDS
    assert held(file, decision_id, 4, day(3, 14), "1-29", 26, body="representatives") is VerdictState.STANDS


def posted(file: VillageFile, decision_id: str, no: int, on: dt.date, **more: Any) -> str:
    notice_id = str(do(file, actions.draft_step_notice, decision_id=decision_id, no=no, **more))
    with file.reading() as session:
        needs_review = one_notice(session, notice_id, on=file.today).review_first
    if needs_review:
        with file.writing("notices.edit_draft") as session:
            detail = one_notice(session, notice_id, on=file.today)
            notices.edit_draft(
                session, notice_id=notice_id, seen=detail.row.seen, title=detail.row.title, body=detail.body,
                kind=detail.row.kind, issuer=detail.row.issuer, review_first=False,
            )  # fmt: skip
    do(file, notices.publish, notice_id=notice_id, posting_from=on)
    do(file, notices.post, notice_id=notice_id, posted_on=on, posted_by="李会计")
    return notice_id
