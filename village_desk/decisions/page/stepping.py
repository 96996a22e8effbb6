"""The dialogs of a meeting step: called, signed in, voted on, each with the action that its answer becomes."""

from dataclasses import asdict
from typing import Any

from village_desk.decisions import actions
from village_desk.decisions.dialogs import MeetingDialog
from village_desk.decisions.lookups import DecisionDetail, StageRow
from village_desk.meetings import actions as meetings
from village_desk.meetings.lookups import count_sheet, meetings_to_join, sign_sheet
from village_desk.meetings.rules import (
    NOTICE_WAYS,
    USUAL_REASONS,
    ObserverKind,
    Verdict,
    VoteDetails,
    clock_time,
    serials_text,
)
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import StageTemplate, VotingWay
from village_desk.store.acts import act
from village_desk.widgets.asking import Asking
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.name_lines import NameLinesDialog
from village_desk.widgets.signing import SignDialog

_CONTENT_WORDS = {
    "proposal": "提议内容",
    "consultation": "商议意见",
    "party_review": "审议意见",
    "decision": "会议意见",
}
_ORDER = (VotingWay.SHOW_OF_HANDS, VotingWay.SECRET, VotingWay.NAMED, VotingWay.VOICE)


class StepAsking(Asking):
    """The dialogs of the meeting of a step."""

    def hold(self, detail: DecisionDetail, stage: StageRow) -> MeetingDialog:
        """登记开会."""
        today = self.workplace.read(lambda session: act(session).today)
        before = next((one.meeting for one in reversed(detail.stages[: stage.no]) if one.meeting is not None), None)
        dialog = MeetingDialog(
            f"第{stage.no}步　{stage.template.name}",
            self.bodies(detail, stage.template),
            today,
            self.page,
            place=before.row.place if before is not None else "",
            chair=before.chair if before is not None and not stage.template.by_matter else "",
            recorder=before.recorder if before is not None else "",
            content_words=_CONTENT_WORDS.get(stage.template.key, "会议意见"),
            ways=NOTICE_WAYS,
            posts_agenda=stage.template.by_matter,
            may_merge=stage.template.merges_with_next,
            merged=detail.one_shoulder and stage.template.merges_with_next,
            joins=lambda body, kind, day: self.workplace.read(
                lambda session: meetings_to_join(
                    session, body=body, rule_kind=kind, held_on=day, source_id=detail.row.id
                )
            ),
        )

        def write(session: Any) -> str:
            answer = dialog.answer()
            merged = answer.merged and stage.template.merges_with_next
            step: dict[str, Any] = {"decision_id": detail.row.id, "no": stage.no, "merged": merged}
            step |= {"rule_kind": "" if merged else answer.rule_kind, "content": answer.content}
            if answer.meeting_id:
                return actions.join_step(session, meeting_id=answer.meeting_id, **step)
            return actions.hold_step(
                session,
                **step,
                held_on=answer.held_on,
                body="" if merged else answer.body,
                called_on=answer.called_on,
                place=answer.place,
                chair=answer.chair,
                recorder=answer.recorder,
                special_reason=answer.special_reason,
                agenda_posted_on=answer.agenda_posted_on,
                notice_way=answer.notice_way,
            )

        self.writes(dialog, "decisions.hold_step", write, "已登记开会，应到人数已按当天的名册算好。")
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
            ways=NOTICE_WAYS,
            posts_agenda=stage.template.by_matter,
        )
        dialog.accept_button.setText("保存")
        dialog.called_on.set_day(meeting.called_on)
        dialog.special_reason.setText(meeting.special_reason)
        dialog.agenda_on.set_day(meeting.agenda_posted_on)
        dialog.way.setEditText(meeting.notice_way)

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
                agenda_posted_on=answer.agenda_posted_on,
                notice_way=answer.notice_way,
            )
            if answer.held_on != row.held_on:
                # Another day has another roll; who had signed in stays signed in.
                meetings.count_roll(session, meeting_id=row.id)

        self.writes(dialog, "meetings.change_meeting", write, "已保存。")
        return dialog

    def sign_in(self, stage: StageRow) -> SignDialog:
        """登记签到, on the sheet that the meeting shares with others where it does."""
        assert stage.meeting is not None
        meeting_id = stage.meeting.row.id
        sheet = self.workplace.read(lambda session: sign_sheet(session, meeting_id))
        dialog = SignDialog(sheet, self.page, write=serials_text, reasons=USUAL_REASONS, clock=clock_time)
        self.writes(
            dialog,
            "meetings.enter_sign_in",
            lambda session: meetings.enter_sign_in(session, meeting_id=meeting_id, **dialog.answer()),
            "已登记签到，各个会议的实到已分开算好。" if sheet.shared else "已登记签到。",
        )
        return dialog

    def vote(self, detail: DecisionDetail, stage: StageRow) -> CountDialog:
        """登记表决, or 更正表决 once a count stands."""
        motion, meeting = stage.motion, stage.meeting
        assert motion is not None
        assert meeting is not None
        sheet = self.workplace.read(lambda session: count_sheet(session, motion.id))
        standing = motion.standing
        ways = stage.template.ways or tuple(VotingWay)
        dialog = CountDialog(
            f"{'更正表决' if standing is not None else '登记表决'}——{meeting.row.title}",
            [(way.value, way.words) for way in sorted(ways, key=_ORDER.index)],
            sheet,
            self.page,
            secret=VotingWay.SECRET.value,
            named=VotingWay.NAMED.value,
        )

        def write(session: Any) -> Verdict:
            values = dialog.fields.values().numbers()
            details = VoteDetails(**asdict(dialog.fields.details()))
            numbers = {**values, "decision_id": detail.row.id, "no": stage.no, "no_votes": values["no"]}
            numbers["details"] = details
            if standing is not None:
                return actions.correct_step_vote(session, reason=dialog.reason.text(), **numbers)
            return actions.record_step_vote(session, **numbers)

        deed = "decisions.correct_step_vote" if standing is not None else "decisions.record_step_vote"
        self.writes(dialog, deed, write, "已登记表决，结果看右边的检查。")
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
        self.writes(
            dialog,
            "meetings.note_observers",
            lambda session: meetings.note_observers(session, meeting_id=meeting.row.id, observers=dialog.answer()),
            "已登记列席人员。",
        )
        return dialog

    def bodies(self, detail: DecisionDetail, step: StageTemplate) -> list[tuple[str, str, str]]:
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
            rule = rulebook(session).meeting_rule_if_any(kind, act(session).today)
            return rule.rows[0].name if rule is not None else otherwise

        return self.workplace.read(name)
