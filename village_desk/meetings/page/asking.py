"""The dialogs of a meeting, each with the action that its answer becomes."""

from collections.abc import Callable
from typing import Any

from village_desk.kit.errors import NotFound
from village_desk.meetings import actions, rules
from village_desk.meetings.dialogs import MeetingAnswer, MeetingDialog, MotionDialog, RemarksDialog
from village_desk.meetings.lookups import MeetingDetail, MotionRow, vote_at_hand
from village_desk.meetings.rules import ObserverKind, Verdict, counted_in, serials, serials_text, while_counting
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Body, VotingWay
from village_desk.store.acts import act
from village_desk.widgets.asking import Asking
from village_desk.widgets.checks import judged
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.name_lines import NameLinesDialog
from village_desk.widgets.signing import SignDialog

_KINDS = (
    (Body.REPRESENTATIVES, "representatives"),
    (Body.VILLAGERS, "villagers_by_person"),
    (Body.VILLAGERS, "villagers_by_household"),
    (Body.PARTY_MEMBERS, "party_members"),
    (Body.PARTY_MEMBERS, "party_election"),
    (Body.PARTY_COMMITTEE, "party_committee"),
    (Body.TWO_COMMITTEES, "two_committees"),
    (Body.VILLAGE_COMMITTEE, "village_committee"),
    (Body.SUPERVISION_COMMITTEE, "supervision_committee"),
    (Body.GROUP, "group_by_person"),
    (Body.GROUP, "group_by_household"),
)
_WAYS = (VotingWay.SHOW_OF_HANDS, VotingWay.SECRET, VotingWay.NAMED, VotingWay.VOICE)


class MeetingAsking(Asking):
    """The dialogs of the page of meetings."""

    def new_meeting(self, then: Callable[[str], None]) -> MeetingDialog:
        """登记会议."""
        today = self.workplace.read(lambda session: act(session).today)
        dialog = MeetingDialog(self._kinds(), today, self.page)

        def write(session: Any) -> str:
            answer = dialog.answer()
            meeting_id = actions.call_meeting(
                session,
                title=answer.title,
                body=answer.body,
                rule_kind=answer.rule_kind,
                group_name=answer.group_name,
                held_on=answer.held_on,
                called_on=answer.called_on,
                place=answer.place,
                chair=answer.chair,
                recorder=answer.recorder,
                special_reason=answer.special_reason,
            )
            if answer.held_on is not None:
                actions.count_roll(session, meeting_id=meeting_id)
            return meeting_id

        self.writes(dialog, "meetings.call_meeting", write, "已登记会议。", then)
        return dialog

    def edit(self, detail: MeetingDetail) -> MeetingDialog:
        """改会议情况."""
        today = self.workplace.read(lambda session: act(session).today)
        row = detail.row
        given = MeetingAnswer(
            row.title,
            row.body.value,
            detail.rule_kind,
            detail.group_name,
            row.held_on,
            detail.called_on,
            row.place,
            detail.chair,
            detail.recorder,
            detail.special_reason,
        )
        dialog = MeetingDialog((), today, self.page, given=given)

        def write(session: Any) -> None:
            answer = dialog.answer()
            actions.change_meeting(
                session,
                meeting_id=row.id,
                seen=detail.seen,
                title=answer.title,
                called_on=answer.called_on,
                held_on=answer.held_on,
                place=answer.place,
                chair=answer.chair,
                recorder=answer.recorder,
                special_reason=answer.special_reason,
            )
            if answer.held_on is not None and answer.held_on != row.held_on:
                actions.count_roll(session, meeting_id=row.id)

        self.writes(dialog, "meetings.change_meeting", write, "已保存。")
        return dialog

    def sign_in(self, detail: MeetingDetail) -> SignDialog:
        """登记签到."""
        rule = self.workplace.read(lambda session: _rule(session, detail))
        roll = rules.Headcount(sum(entry.votes for entry in detail.roll), len(detail.roll))
        dialog = SignDialog(
            f"签到——{detail.row.title}",
            detail.roll,
            self.page,
            read=lambda text: serials(text, len(detail.roll)),
            write=serials_text,
            tell=lambda voters: rules.quorum_words(rule, roll, voters),
            households=detail.roll_households if detail.needs_households else 0,
            households_came=detail.households_came,
        )
        self.writes(
            dialog,
            "meetings.sign_in",
            lambda session: actions.sign_in(
                session,
                meeting_id=detail.row.id,
                serial_numbers=dialog.fields.serials(),
                households=dialog.came(),
            ),
            "已登记签到。",
        )
        return dialog

    def motion(self, detail: MeetingDetail, given: MotionRow | None) -> MotionDialog:
        """加议题, or 改议题."""
        voted = given is not None and given.standing is not None
        dialog = MotionDialog(
            self.page, title=given.title if given else "", text=given.text if given else "", voted=voted
        )

        def write(session: Any) -> None:
            title, text = dialog.title_edit.text(), dialog.text_edit.toPlainText()
            if given is None:
                actions.propose_motion(session, meeting_id=detail.row.id, title=title, text=text)
            else:
                actions.change_motion(session, motion_id=given.id, seen=given.seen, title=title, text=text)

        self.writes(dialog, "meetings.propose_motion" if given is None else "meetings.change_motion", write, "已保存。")
        return dialog

    def vote(self, detail: MeetingDetail, motion: MotionRow) -> CountDialog:
        """登记表决, or 更正表决 once a count stands."""
        rule, facts = self.workplace.read(lambda session: vote_at_hand(session, motion.id))
        present, unit = counted_in(rule, facts)
        standing = motion.standing
        dialog = CountDialog(
            f"{'更正表决' if standing is not None else '登记表决'}——{motion.title}",
            [(way.value, way.words) for way in _WAYS],
            present,
            lambda values, details: [judged(one) for one in while_counting(rule, facts, values, details)],
            self.page,
            secret=VotingWay.SECRET.value,
            given=standing,
            unit=unit,
        )

        def write(session: Any) -> Verdict:
            numbers = {**dialog.fields.values().numbers(), "motion_id": motion.id}
            if standing is not None:
                return actions.correct_vote(session, reason=dialog.reason.text(), **numbers)
            return actions.record_vote(session, **numbers)

        deed = "meetings.correct_vote" if standing is not None else "meetings.record_vote"
        self.writes(dialog, deed, write, "已登记表决，结果看右边的检查。")
        return dialog

    def observers(self, detail: MeetingDetail) -> NameLinesDialog:
        """登记列席人员."""
        given = [(row.kind.value, row.name, row.post) for row in detail.observers]
        kinds = [(kind.value, kind.words) for kind in ObserverKind]
        dialog = NameLinesDialog(
            "登记列席人员", "登记列席", kinds, given, self.page, wanted=(ObserverKind.SUPERVISION,)
        )
        self.writes(
            dialog,
            "meetings.note_observers",
            lambda session: actions.note_observers(session, meeting_id=detail.row.id, observers=dialog.answer()),
            "已登记列席人员。",
        )
        return dialog

    def remarks(self, detail: MeetingDetail) -> RemarksDialog:
        """登记发言要点."""
        dialog = RemarksDialog(detail.remarks, self.page)
        self.writes(
            dialog,
            "meetings.note_remarks",
            lambda session: actions.note_remarks(session, meeting_id=detail.row.id, remarks=dialog.answer()),
            "已保存发言要点。",
        )
        return dialog

    def _kinds(self) -> list[tuple[str, str, str]]:
        def names(session: Any) -> list[tuple[str, str, str]]:
            book, today = rulebook(session), act(session).today
            return [(body.value, kind, book.meeting_rule(kind, today).rows[0].name) for body, kind in _KINDS]

        return self.workplace.read(names)


def _rule(session: Any, detail: MeetingDetail) -> Any:
    if detail.row.held_on is None:
        return None
    try:
        return rulebook(session).meeting_rule(detail.rule_kind, detail.row.held_on)
    except NotFound:
        return None
