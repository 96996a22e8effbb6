"""A random clerk over meetings: sums reconcile, a frozen roll never changes, and rebuild equals live."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.meetings.desk import HELD
from village_desk.kit.errors import DeskError
from village_desk.meetings import actions
from village_desk.meetings.lookups import MeetingDetail, one_meeting, whole_rolls
from village_desk.meetings.rules import VerdictState, VoteDetails
from village_desk.people import actions as people
from village_desk.people.lookups import find_people
from village_desk.store.file import VillageFile

BODIES = ("representatives", "party_members", "two_committees", "collective_members")
MANY = st.integers(0, 60)


class Clerk(RuleBasedStateMachine):
    """Calls, counts, signs in, lets come late and leave early, puts to the vote, puts right; refusals end well too."""

    file: VillageFile
    said: list[str]
    stood: set[str]

    @initialize()
    def begin(self) -> None:
        self.meetings: list[str] = []
        self.motions: list[str] = []
        self.died = False
        # What a roll and a count were when they were made: neither may ever change.
        self.rolls: dict[str, Any] = {}
        self.counts: dict[str, Any] = {}
        self.call("representatives", 12)

    def do(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """The act's answer; None where it was refused."""
        try:
            with self.file.writing(f"meetings.{action.__name__}") as session:
                return action(session, **arguments)
        except DeskError as refusal:
            self.said.append(refusal.message)
            return None

    def read(self, meeting_id: str) -> MeetingDetail:
        with self.file.reading() as session:
            return one_meeting(session, meeting_id)

    @rule(body=st.sampled_from(BODIES), notice=st.integers(0, 14))
    def call(self, body: str, notice: int) -> None:
        if len(self.meetings) < 3:
            facts = {"title": f"第{len(self.meetings) + 1}次会", "body": body, "held_on": HELD}
            made = self.do(actions.call_meeting, **facts, called_on=HELD - dt.timedelta(days=notice))
            self.meetings.append(made)
            self.propose(0, "修路")

    @rule(at=MANY)
    def count(self, at: int) -> None:
        self.do(actions.count_roll, meeting_id=self.meetings[at % len(self.meetings)])

    @rule(
        at=MANY,
        first=st.sampled_from([1, 1, 1, 9]),
        left=st.integers(-1, 20),
        time=st.sampled_from(["", "19:20", "廿"]),
    )
    def sign(self, at: int, first: int, left: int, time: str) -> None:
        meeting_id = self.meetings[at % len(self.meetings)]
        line = f"{first}-{max(first, len(self.read(meeting_id).roll) - left)}"
        self.do(actions.enter_sign_in, meeting_id=meeting_id, serial_numbers=line, at=time)

    @rule(at=MANY, serial=st.integers(1, 40))
    def send(self, at: int, serial: int) -> None:
        meeting_id = self.meetings[at % len(self.meetings)]
        self.do(actions.note_proxies, meeting_id=meeting_id, proxies=((str(serial), "王小明"),), online=str(serial + 1))

    @rule(at=MANY)
    def join(self, at: int) -> None:
        if len(self.meetings) > 1:
            pair = (self.meetings[at % len(self.meetings)], self.meetings[(at + 1) % len(self.meetings)])
            self.do(actions.join_evening, meeting_ids=pair)

    @rule(at=MANY)
    def leave(self, at: int) -> None:
        self.do(actions.leave_evening, meeting_id=self.meetings[at % len(self.meetings)])

    @rule(at=MANY, title=st.sampled_from(["修路", "清淤", ""]))
    def propose(self, at: int, title: str) -> None:
        made = self.do(actions.propose_motion, meeting_id=self.meetings[at % len(self.meetings)], title=title)
        if made:
            self.motions.append(made)

    @rule(at=MANY, text=st.sampled_from(["修到祠堂。", "修到村口。"]))
    def change(self, at: int, text: str) -> None:
        motion = self.motions[at % len(self.motions)]
        row = next(one for one in map(self.motion, self.motions) if one.id == motion)
        self.do(actions.change_motion, motion_id=motion, seen=row.seen, title=row.title, text=text)

    @rule(at=MANY, more=st.integers(-30, 1), no=st.integers(-1, 5), joint=st.sampled_from([False, False, False, True]))
    def vote(self, at: int, more: int, no: int, joint: bool) -> None:
        """All who are in the room, or fewer, or one more than came."""
        motion = self.motions[at % len(self.motions)]
        came = next(one.row.present for one in map(self.read, self.meetings) if one.motion(motion) is not None)
        yes = came - no + min(0, more) if more < 1 else came + 1
        self.do(actions.record_vote, motion_id=motion, yes=yes, no=no, abstain=0, details=VoteDetails(joint=joint))

    @rule(at=MANY, late=st.integers(1, 6), against=st.integers(0, 4))
    def evening(self, at: int, late: int, against: int) -> None:
        """As it mostly goes: nearly all come, the last of them late, and what is put to them is voted on."""
        meeting_id = self.meetings[at % len(self.meetings)]
        self.do(actions.count_roll, meeting_id=meeting_id)
        last = len(self.read(meeting_id).roll)
        for line, time in ((f"1-{max(1, last - late)}", "19:00"), (f"1-{last}", "19:20")):
            self.do(actions.enter_sign_in, meeting_id=meeting_id, serial_numbers=line, at=time)
        detail = self.read(meeting_id)
        for motion in detail.motions[:1]:
            votes = {"yes": max(0, detail.row.present - against), "no": min(against, detail.row.present), "abstain": 0}
            self.do(actions.record_vote, motion_id=motion.id, **votes)

    @rule(at=MANY, issued=MANY, kept=st.integers(0, 3), yes=MANY)
    def ballot(self, at: int, issued: int, kept: int, yes: int) -> None:
        papers = {"way": "secret", "issued": issued, "returned": issued - kept, "kept": kept}
        motion = self.motions[at % len(self.motions)]
        self.do(actions.record_vote, motion_id=motion, yes=yes, no=issued - kept - yes, abstain=0, **papers)

    @rule(at=MANY, yes=MANY, reason=st.sampled_from(["看错一行", ""]))
    def correct(self, at: int, yes: int, reason: str) -> None:
        motion = self.motions[at % len(self.motions)]
        self.do(actions.correct_vote, motion_id=motion, reason=reason, yes=yes, no=0, abstain=0)

    @rule(at=MANY)
    def close(self, at: int) -> None:
        self.do(actions.end_meeting, meeting_id=self.meetings[at % len(self.meetings)])

    @rule(at=MANY)
    def a_representative_dies(self, at: int) -> None:
        if self.died:
            return
        self.died = True
        with self.file.reading() as session:
            row = find_people(session, "周")[at % 5]
        self.do(people.record_death, person_id=row.id, on=HELD - dt.timedelta(days=30))

    def motion(self, motion_id: str) -> Any:
        found = (self.read(one).motion(motion_id) for one in self.meetings)
        return next(row for row in found if row is not None)

    @invariant()
    def sums_reconcile(self) -> None:
        for meeting_id in getattr(self, "meetings", ()):
            detail = self.read(meeting_id)
            assert len(detail.came) + len(detail.away) == len(detail.roll)
            assert detail.row.present <= detail.row.eligible or detail.row.occasion
            for motion in detail.motions:
                for row in motion.counts:
                    kept = (row.count, row.present, row.text_version)
                    assert self.counts.setdefault(row.id, kept) == kept
                    assert row.joint or row.count.votes <= row.present
                    if row.count.issued is not None:
                        assert row.count.issued == (row.count.returned or 0) + row.count.spoiled + row.count.kept
                        assert row.count.returned == row.count.votes
                if motion.verdict.state is VerdictState.STANDS:
                    assert motion.standing is not None
                    assert motion.final
                    assert not motion.standing.joint
                    self.stood.add(motion.id)

    @invariant()
    def frozen_rolls_never_change(self) -> None:
        if getattr(self, "meetings", ()):
            with self.file.reading() as session:
                for roll in whole_rolls(session, self.meetings):
                    assert self.rolls.setdefault(roll.id, roll.entries) == roll.entries


def test_whatever_a_clerk_does_at_meetings_adds_up(village: VillageFile) -> None:
    Clerk.file, Clerk.said, Clerk.stood = village, [], set()
    run_state_machine_as_test(
        Clerk,
        settings=settings(
            max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert len(Clerk.stood) > 1
    assert len(Clerk.said) > 10
    assert all(words.endswith("。") for words in Clerk.said)
    live = village.digest()
    village.rebuild()
    assert village.digest() == live
    assert village.verify() == []
