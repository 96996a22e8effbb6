"""A random clerk over whole cases: the file rebuilds, refusals leave nothing, and no case passes by the law."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.decisions.desk import day
from village_desk.decisions import actions
from village_desk.decisions.lookups import DecisionDetail, decision_bases, inspection, one_decision, procedures
from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.meetings.lookups import all_meetings
from village_desk.meetings.rules import CheckState, VerdictState
from village_desk.rulebook.rules import StageKind
from village_desk.store.file import VillageFile

MATTERS = ("M01", "M02", "M04", "M05", "M07", "M10", "M13", "")
Act = Callable[[Session], object]


class Clerk:
    """Picks an act at random and does it; refusals are as good as any other end."""

    def __init__(self, file: VillageFile, seed: int) -> None:
        self.file, self.dice = file, random.Random(seed)
        self.cases: list[str] = []
        with file.reading() as session:
            self.ways = [row.template.key for row in procedures(session)]
        self.refused = self.done = 0
        self.said: list[str] = []
        self.left_something = False

    def on(self) -> dt.date:
        return day(self.dice.randint(2, 6), self.dice.randint(1, 28))

    def act(self) -> None:
        name, act = self.dice.choice(self.acts())
        before = self.file.digest() if self.dice.random() < 0.1 else None
        try:
            with self.file.writing(f"decisions.{name}") as session:
                found = act(session)
        except DeskError as refusal:
            self.refused += 1
            self.said.append(refusal.message)
            self.left_something |= before is not None and self.file.digest() != before
            return
        self.done += 1
        if name == "open_decision":
            self.cases.append(str(found))

    def acts(self) -> list[tuple[str, Act]]:
        dice = self.dice
        if not self.cases or dice.random() < 0.08:
            return [("open_decision", self.open)]
        case, no = dice.choice(self.cases), dice.randint(1, 6)
        body = dice.choice(["", "representatives", "villagers", "two_committees"])
        many, back = dice.randint(0, 60), dice.randint(1, 6)
        words = dice.choice(["", "情况有变"])
        step: dict[str, Any] = {"decision_id": case, "no": no}
        paper: dict[str, Any] = {
            **step,
            "held_on": self.on(),
            "eligible": 60,
            "present": many,
            "yes": many - dice.randint(0, 5),
        }
        return [
            ("hold_step", lambda s: self.meet(s, case, no, body)),
            ("hold_step", lambda s: self.meet(s, case, no, body)),
            ("hold_step", lambda s: self.meet(s, case, no, "")),
            ("join_step", lambda s: self.join(s, case, no)),
            ("join_step", lambda s: self.join(s, case, no)),
            ("do_step", lambda s: actions.do_step(s, **step, done_on=self.on(), fields=(("议题", "甲"),))),
            ("skip_step", lambda s: actions.skip_step(s, **step, reason=words)),
            ("record_paper_step", lambda s: actions.record_paper_step(s, **paper)),
            ("go_back", lambda s: actions.go_back(s, decision_id=case, from_no=no, to_no=back, reason=words)),
            ("bring_to_villagers", lambda s: actions.bring_to_villagers(s, **step, reason=words)),
            ("plan_work", lambda s: actions.plan_work(s, decision_id=case, title="买料", owner="王伟")),
            ("draft_step_notice", lambda s: actions.draft_step_notice(s, **step, result="办好了")),
            ("withdraw_decision", lambda s: actions.withdraw_decision(s, decision_id=case, reason=words)),
            ("reopen_decision", lambda s: actions.reopen_decision(s, decision_id=case)),
            ("record_filing", lambda s: self.file_with_township(s, case)),
        ]

    def join(self, session: Session, case: str, no: int) -> object:
        """Put the matter to a meeting that another one called, whichever it is."""
        found = [row for row in all_meetings(session) if row.source_id != case]
        if not found:
            raise NotAllowed("还没有别的会议。", "请先登记。")
        return actions.join_step(session, decision_id=case, no=no, meeting_id=self.dice.choice(found).id)

    def file_with_township(self, session: Session, case: str) -> str:
        return actions.record_filing(session, decision_id=case, kind="filing", on=self.on(), office="镇政府")

    def open(self, session: Session) -> str:
        return actions.open_decision(
            session,
            title=f"事项{len(self.cases)}",
            matter_code=self.dice.choice(MATTERS),
            procedure=self.dice.choice(["", "", *self.ways]),
            opened_on=day(2, 1),
            plan="照方案办。",
            changes_id=self.dice.choice(["", *self.cases]),
            change_kind=self.dice.choice(["amends", "voids", "resubmits", "promotes"]),
            change_reason="情况有变",
        )

    def meet(self, session: Session, case: str, no: int, body: str) -> object:
        dice, on = self.dice, self.on()
        called = on - dt.timedelta(days=dice.choice([0, 3, 12]))
        actions.hold_step(session, decision_id=case, no=no, held_on=on, body=body, called_on=called)
        stage = one_decision(session, case).stage(no)
        assert stage.meeting is not None
        came = dice.randint(0, len(stage.meeting.roll))
        here = actions.sign_in_step(session, decision_id=case, no=no, serial_numbers=f"1-{came}" if came else "")
        yes = dice.randint(0, here + 1)
        return actions.record_step_vote(
            session, decision_id=case, no=no, yes=yes, no_votes=max(0, here - yes), abstain=0
        )


def holds_by_hand(detail: DecisionDetail) -> bool:
    """What no verdict may pass over, counted anew: halves and two thirds of those on the roll and of those who came."""
    for stage in detail.stages:
        motion, meeting = stage.motion, stage.meeting
        if stage.verdict.state is not VerdictState.STANDS or motion is None or motion.standing is None:
            continue
        assert meeting is not None
        count, came, roll = motion.standing.count, motion.standing.present, meeting.row.eligible
        if meeting.row.body.value == "representatives" and (came * 3 < roll * 2 or count.yes * 2 <= came):
            return False
        if meeting.row.body.value in {"party_members", "party_committee"} and count.yes * 2 <= roll:
            return False
        if meeting.rule_kind in {"collective_members", "stand_in_villagers"} and count.yes * 3 < roll * 2:
            return False
    return True


@pytest.mark.parametrize("seed", range(3))
def test_a_random_clerk_never_brings_a_case_past_the_law(village: VillageFile, seed: int) -> None:
    clerk = Clerk(village, seed)
    for _ in range(45):
        clerk.act()
    assert clerk.done > 10
    assert clerk.refused > 3
    assert all(words.endswith("。") for words in clerk.said)
    assert not clerk.left_something
    with village.reading() as session:
        details = [one_decision(session, case) for case in clerk.cases]
        report = {line.id: line for line in inspection(session).lines}
        bases = {basis.id: basis for basis in decision_bases(session)}
    for detail in details:
        assert holds_by_hand(detail)
        assert report[detail.row.id].verdict is detail.verdict.state
        for stage in detail.stages:
            failing = [check for check in stage.verdict.checks if check.state is CheckState.FAILS]
            assert not (failing and stage.verdict.state is VerdictState.STANDS)
            if stage.template.kind is StageKind.PUBLICATION and stage.notice is not None:
                assert detail.template is not None
        if detail.works:
            assert detail.template is not None
        if bases[detail.row.id].stands:
            no = detail.template.deciding_no if detail.template is not None else 0
            assert detail.verdict.in_the_way(no + 1) is None
    live = village.digest()
    village.rebuild()
    assert village.digest() == live
