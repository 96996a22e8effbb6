"""The dialogs of a case, each with the action that its answer becomes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from village_desk.decisions import actions
from village_desk.decisions.dialogs import (
    CaseAnswer,
    CaseDialog,
    JudgeDialog,
    MandateDialog,
    MatterChoice,
    MeetingDialog,
    OpinionDialog,
    PlanDialog,
    ReasonDialog,
    ResultDialog,
)
from village_desk.decisions.lookups import DecisionDetail, StageRow, mandates
from village_desk.decisions.page.facts import check_shown
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.meetings import actions as meetings
from village_desk.meetings.lookups import vote_at_hand
from village_desk.meetings.rules import Count, ObserverKind, Verdict, judge, quorum_words, serials, serials_text
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Base, MatterType, StageTemplate, VotingWay
from village_desk.store.acts import act
from village_desk.widgets.checks import Check
from village_desk.widgets.counting import CountDialog, CountValues
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.name_lines import NameLinesDialog
from village_desk.widgets.signing import SignDialog, SignRow
from village_desk.widgets.workplace import Workplace

_CONTENT_WORDS = {
    "proposal": "提议内容",
    "consultation": "商议意见",
    "party_review": "审议意见",
    "decision": "会议意见",
}
_ORDER = (VotingWay.SHOW_OF_HANDS, VotingWay.SECRET, VotingWay.NAMED, VotingWay.VOICE)
_WITHOUT_MANDATE = frozenset({"M13", "M14"})


class Asking:
    """Makes the dialogs of the page; each writes when it is answered and closes when the action went through."""

    def __init__(self, workplace: Workplace, page: QWidget) -> None:
        self.workplace = workplace
        self.page = page

    # the case

    def new_case(self, then: Callable[[str], None]) -> CaseDialog:
        """新建议题."""
        today = self.workplace.read(lambda session: act(session).today)
        template = self.workplace.read(lambda session: rulebook(session).template("four_two", today))
        dialog = CaseDialog(self._matters(), template.motion_sources, today, self.page)

        def write(session: Any) -> str:
            answer = dialog.answer()
            return actions.open_decision(
                session,
                title=answer.title,
                matter_code=answer.matter_code,
                opened_on=answer.opened_on,
                motion_source=answer.motion_source,
                proposer=answer.proposer,
                plan=answer.plan,
                amount_fen=answer.amount_fen,
                stands_in=answer.stands_in,
                from_paper=answer.from_paper,
            )

        self._writes(dialog, "decisions.open_decision", write, "已立项，可以登记第1步了。", then)
        return dialog

    def plan(self, detail: DecisionDetail) -> PlanDialog:
        """修改议题和方案."""
        given = CaseAnswer(
            detail.row.title,
            detail.matter.code if detail.matter is not None else "",
            detail.row.opened_on,
            detail.motion_source,
            detail.proposer,
            detail.plan,
            detail.amount_fen,
            detail.stands_in,
            detail.from_paper,
        )
        voted = any(stage.motion is not None and stage.motion.standing is not None for stage in detail.stages)
        dialog = PlanDialog(given, detail.motion_sources, voted=voted, parent=self.page)

        def write(session: Any) -> int:
            answer = dialog.answer()
            return actions.change_plan(
                session,
                decision_id=detail.row.id,
                seen=detail.seen,
                title=answer.title,
                plan=answer.plan,
                motion_source=answer.motion_source,
                proposer=answer.proposer,
                amount_fen=answer.amount_fen,
                opened_on=answer.opened_on,
            )

        self._writes(dialog, "decisions.change_plan", write, "已保存。")
        return dialog

    def withdraw(self, detail: DecisionDetail) -> ReasonDialog:
        """撤回议题."""
        explain = "已经登记的会议和表决都会留着，以后可以恢复办理。"
        dialog = ReasonDialog("撤回议题", "撤回原因(&Y)", "撤回", self.page, explain=explain)
        self._writes(
            dialog,
            "decisions.withdraw_decision",
            lambda session: actions.withdraw_decision(
                session, decision_id=detail.row.id, reason=dialog.reason.toPlainText()
            ),
            "已撤回。",
        )
        return dialog

    def mandate(self, detail: DecisionDetail | None) -> MandateDialog:
        """登记授权."""
        today = self.workplace.read(lambda session: act(session).today)
        known = "、".join(row.title for row in self.workplace.read(mandates))
        chosen = [detail.matter.code] if detail is not None and detail.matter is not None else []
        matters = [matter for matter in self._matters() if matter.code not in _WITHOUT_MANDATE]
        words = f"已经登记的有：{known}。" if known else ""
        dialog = MandateDialog(matters, chosen, today, self.page, known=words)

        def write(session: Any) -> str:
            answer = dialog.answer()
            return actions.register_mandate(
                session,
                title=answer.title,
                matter_codes=answer.matter_codes,
                granted_on=answer.granted_on,
                valid_to=answer.valid_to,
                basis=answer.basis,
            )

        self._writes(dialog, "decisions.register_mandate", write, "已登记授权。")
        return dialog

    # a meeting step

    def hold(self, detail: DecisionDetail, stage: StageRow) -> MeetingDialog:
        """登记开会."""
        today = self.workplace.read(lambda session: act(session).today)
        before = next((one.meeting for one in reversed(detail.stages[: stage.no]) if one.meeting is not None), None)
        dialog = MeetingDialog(
            f"第{stage.no}步　{stage.template.name}",
            self._bodies(detail, stage.template),
            today,
            self.page,
            place=before.row.place if before is not None else "",
            chair=before.chair if before is not None and not stage.template.by_matter else "",
            recorder=before.recorder if before is not None else "",
            content_words=_CONTENT_WORDS.get(stage.template.key, "会议意见"),
            may_merge=stage.template.merges_with_next,
            merged=detail.one_shoulder and stage.template.merges_with_next,
        )

        def write(session: Any) -> str:
            answer = dialog.answer()
            merged = answer.merged and stage.template.merges_with_next
            return actions.hold_step(
                session,
                decision_id=detail.row.id,
                no=stage.no,
                held_on=answer.held_on,
                body="" if merged else answer.body,
                rule_kind="" if merged else answer.rule_kind,
                called_on=answer.called_on,
                place=answer.place,
                chair=answer.chair,
                recorder=answer.recorder,
                special_reason=answer.special_reason,
                content=answer.content,
                merged=merged,
            )

        self._writes(dialog, "decisions.hold_step", write, "已登记开会，应到人数已按当天的名册算好。")
        return dialog

    def edit_meeting(self, stage: StageRow) -> MeetingDialog:
        """改会议情况."""
        meeting = stage.meeting
        assert meeting is not None
        today = self.workplace.read(lambda session: act(session).today)
        row = meeting.row
        dialog = MeetingDialog(
            "改会议情况",
            [(row.body.value, meeting.rule_kind, meeting.rule_name)],
            row.held_on or today,
            self.page,
            place=row.place,
            chair=meeting.chair,
            recorder=meeting.recorder,
            content_words="",
        )
        dialog.accept_button.setText("保存")
        dialog.called_on.set_day(meeting.called_on)
        dialog.special_reason.setText(meeting.special_reason)

        def write(session: Any) -> None:
            answer = dialog.answer()
            meetings.change_meeting(
                session,
                meeting_id=row.id,
                seen=meeting.seen,
                title=row.title,
                called_on=answer.called_on,
                held_on=answer.held_on,
                place=answer.place,
                chair=answer.chair,
                recorder=answer.recorder,
                special_reason=answer.special_reason,
            )
            if answer.held_on != row.held_on:
                # Another day has another roll; who had signed in stays signed in.
                meetings.count_roll(session, meeting_id=row.id)

        self._writes(dialog, "meetings.change_meeting", write, "已保存。")
        return dialog

    def sign_in(self, detail: DecisionDetail, stage: StageRow) -> SignDialog:
        """登记签到."""
        meeting, motion = stage.meeting, stage.motion
        assert meeting is not None
        assert motion is not None
        rule, facts = self.workplace.read(lambda session: vote_at_hand(session, motion.id))
        rows = [
            SignRow(entry.id, entry.serial, entry.name, entry.basis, entry.group, entry.votes, entry.present)
            for entry in meeting.roll
        ]
        needs = meeting.roll_households if meeting.needs_households else 0
        dialog = SignDialog(
            f"签到——{meeting.row.title}",
            rows,
            self.page,
            read=lambda text: serials(text, len(rows)),
            write=serials_text,
            tell=lambda voters: quorum_words(rule, facts.roll, voters),
            households=needs,
            households_came=meeting.households_came,
        )
        self._writes(
            dialog,
            "decisions.sign_in_step",
            lambda session: actions.sign_in_step(
                session,
                decision_id=detail.row.id,
                no=stage.no,
                serial_numbers=dialog.fields.serials(),
                households=dialog.came(),
            ),
            "已登记签到。",
        )
        return dialog

    def vote(self, detail: DecisionDetail, stage: StageRow) -> CountDialog:
        """登记表决, or 更正表决 once a count stands."""
        motion, meeting = stage.motion, stage.meeting
        assert motion is not None
        assert meeting is not None
        rule, facts = self.workplace.read(lambda session: vote_at_hand(session, motion.id))
        standing = motion.standing
        by_household = rule is not None and any(
            row.passing is not None and row.passing.base is Base.HOUSEHOLDS_REPRESENTED for row in rule.rows
        )
        present = facts.present.households if by_household else facts.present.eligible

        def judged(values: CountValues) -> Sequence[Check]:
            if rule is None:
                return ()
            try:
                count = count_of(values)
                # Who monitors is seen from the field, so the task of the second counter goes as it is filled in.
                checked = bool(values.monitors.strip())
                verdict = judge(rule, replace(facts, count=count, counted_by_second_person=checked))
            except NotAllowed as refusal:
                return [Check("bad", refusal.message, refusal.advice)]
            return [verdict_shown(verdict), *(check_shown(task) for task in verdict.tasks)]

        given = None
        if standing is not None:
            count = standing.count
            given = CountValues(
                count.way.value,
                count.yes,
                count.no,
                count.abstain,
                count.issued,
                count.returned,
                count.spoiled,
                count.kept,
                standing.tellers,
                standing.monitors,
            )
        ways = stage.template.ways or tuple(VotingWay)
        dialog = CountDialog(
            f"{'更正表决' if standing is not None else '登记表决'}——{meeting.row.title}",
            [(way.value, way.words) for way in sorted(ways, key=_ORDER.index)],
            present,
            judged,
            self.page,
            secret=VotingWay.SECRET.value,
            given=given,
            unit="户" if by_household else "人",
        )

        def write(session: Any) -> Verdict:
            values = dialog.fields.values()
            numbers: dict[str, Any] = {
                "decision_id": detail.row.id,
                "no": stage.no,
                "yes": values.yes,
                "no_votes": values.no,
                "abstain": values.abstain,
                "way": values.way,
                "issued": values.issued,
                "returned": values.returned,
                "spoiled": values.spoiled,
                "kept": values.kept,
                "tellers": values.tellers,
                "monitors": values.monitors,
            }
            if standing is not None:
                return actions.correct_step_vote(session, reason=dialog.reason.text(), **numbers)
            return actions.record_step_vote(session, **numbers)

        deed = "decisions.correct_step_vote" if standing is not None else "decisions.record_step_vote"
        self._writes(dialog, deed, write, "已登记表决，结果看右边的检查。")
        return dialog

    def observers(self, stage: StageRow) -> NameLinesDialog:
        """登记列席人员."""
        meeting = stage.meeting
        assert meeting is not None
        given = [(row.kind.value, row.name, row.post) for row in meeting.observers]
        dialog = NameLinesDialog(
            "登记列席人员",
            "登记列席",
            [(kind.value, kind.words) for kind in ObserverKind],
            given,
            self.page,
            wanted=(ObserverKind.SUPERVISION, ObserverKind.TOWNSHIP),
        )
        self._writes(
            dialog,
            "meetings.note_observers",
            lambda session: meetings.note_observers(session, meeting_id=meeting.row.id, observers=dialog.answer()),
            "已登记列席人员。",
        )
        return dialog

    def judge(self, detail: DecisionDetail, stage: StageRow, code: str) -> JudgeDialog:
        """登记认定."""
        check = next(one for one in stage.verdict.checks if one.code == code)
        dialog = JudgeDialog(check.sentence, self.page)
        self._writes(
            dialog,
            "decisions.judge_step",
            lambda session: actions.judge_step(
                session,
                decision_id=detail.row.id,
                no=stage.no,
                code=code,
                reason=dialog.reason.toPlainText(),
                by=dialog.by.text(),
            ),
            "已登记认定，会印在登记表上。",
        )
        return dialog

    # a publication step

    def result(self, detail: DecisionDetail, stage: StageRow, then: Callable[[str], None]) -> ResultDialog:
        """写实施结果, and begin its sheet."""
        dialog = ResultDialog(stage.content, self.page)
        self._writes(
            dialog,
            "decisions.draft_step_notice",
            lambda session: actions.draft_step_notice(
                session, decision_id=detail.row.id, no=stage.no, result=dialog.result_edit.toPlainText()
            ),
            "已起草实施结果公开表。",
            then,
        )
        return dialog

    def opinion(self, detail: DecisionDetail, stage: StageRow) -> OpinionDialog:
        """登记监督意见."""
        today = self.workplace.read(lambda session: act(session).today)
        dialog = OpinionDialog(today, self.page, opinion=stage.opinion, by=stage.opinion_by)

        def write(session: Any) -> None:
            answer = dialog.answer()
            actions.note_opinion(
                session, decision_id=detail.row.id, no=stage.no, opinion=answer.opinion, by=answer.by, on=answer.on
            )

        self._writes(dialog, "decisions.note_opinion", write, "已登记监督意见。")
        return dialog

    # inside

    def _writes(
        self,
        dialog: AskDialog,
        deed: str,
        action: Callable[[Any], Any],
        said: str,
        then: Callable[[Any], None] | None = None,
    ) -> None:
        def done(result: Any) -> None:
            dialog.accept()
            if then is not None:
                then(result)

        dialog.answered.connect(lambda: self.workplace.write(deed, action, done, said=said, refused=dialog.refuse))

    def _matters(self) -> list[MatterChoice]:
        today = self.workplace.read(lambda session: act(session).today)
        matters = self.workplace.read(lambda session: rulebook(session).matters(today))
        return [
            MatterChoice(
                matter.code,
                matter.name,
                f"{matter.refusal}{matter.refusal_advice}" if matter.refusal else "",
                matter.collective,
                "" if matter.refusal else f"可由{_deciders(matter)}决定（{matter.legal_ref}）。",
            )
            for matter in matters
        ]

    def _bodies(self, detail: DecisionDetail, step: StageTemplate) -> list[tuple[str, str, str]]:
        """The bodies that may take a step, with the kind of rule row and its words; for a matter its deciders."""
        if not step.by_matter:
            return [(body.value, kind, body.words) for body, kind in zip(step.bodies, step.rule_kinds, strict=True)]
        matter = detail.matter
        if matter is None:
            return []
        rows = matter.stand_in_deciders if detail.stands_in and matter.stand_in_deciders else matter.deciders
        return [
            (row.body.value, row.rule_kind, self._rule_name(row.rule_kind, row.body.words))
            for row in sorted(rows, key=lambda row: bool(row.refusal))
        ]

    def _rule_name(self, kind: str, otherwise: str) -> str:
        def name(session: Any) -> str:
            try:
                return rulebook(session).meeting_rule(kind, act(session).today).rows[0].name
            except NotFound:
                return otherwise

        return self.workplace.read(name)


def count_of(values: CountValues) -> Count:
    """The count that was typed. Raises NotAllowed for sums that cannot be."""
    return Count(
        values.yes,
        values.no,
        values.abstain,
        VotingWay(values.way),
        values.issued,
        values.returned,
        values.spoiled,
        values.kept,
    )


def verdict_shown(verdict: Verdict) -> Check:
    """The whole verdict as one check."""
    return Check(verdict.state.tone, verdict.sentence, verdict.next_act, verdict.legal_ref)


def _deciders(matter: MatterType) -> str:
    return "、".join(dict.fromkeys(row.body.words for row in matter.deciders if not row.refusal))
