"""The dialogs of a meeting, each with the action that its answer becomes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from village_desk.kit.text import chinese_date
from village_desk.meetings import actions, rules
from village_desk.meetings.dialogs import (
    AskedPerson,
    CorrectionDialog,
    EveningDialog,
    MeetingAnswer,
    MeetingDialog,
    MotionDialog,
    PostponeDialog,
    RecountDialog,
    RecusalDialog,
    RemarksDialog,
    SittingDialog,
)
from village_desk.meetings.lookups import MeetingDetail, MotionRow, count_sheet, sign_sheet
from village_desk.meetings.rules import (
    MotionKind,
    ObserverKind,
    Occasion,
    Verdict,
    VoteDetails,
    serials_text,
    who,
)
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Body, VotingWay
from village_desk.store.acts import act
from village_desk.widgets.asking import Asking
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.name_lines import NameLinesDialog
from village_desk.widgets.signing import SignDialog

_KINDS = (
    (Body.REPRESENTATIVES, "representatives"),
    (Body.VILLAGERS, "villagers_by_person"),
    (Body.VILLAGERS, "villagers_by_household"),
    (Body.VILLAGERS, "committee_election"),
    (Body.VILLAGERS, "committee_runoff"),
    (Body.VILLAGERS, "recall"),
    (Body.PARTY_MEMBERS, "party_members"),
    (Body.PARTY_MEMBERS, "party_admission"),
    (Body.PARTY_MEMBERS, "party_election"),
    (Body.PARTY_COMMITTEE, "party_committee"),
    (Body.TWO_COMMITTEES, "two_committees"),
    (Body.VILLAGE_COMMITTEE, "village_committee"),
    (Body.SUPERVISION_COMMITTEE, "supervision_committee"),
    (Body.VILLAGE_COUNCIL, "village_council"),
    (Body.GROUP, "group_by_person"),
    (Body.GROUP, "group_by_household"),
    (Body.COLLECTIVE_MEMBERS, "collective_members"),
    (Body.COLLECTIVE_REPRESENTATIVES, "collective_representatives"),
    (Body.COLLECTIVE_COUNCIL, "collective_council"),
)
_WAYS = (VotingWay.SHOW_OF_HANDS, VotingWay.SECRET, VotingWay.NAMED, VotingWay.VOICE)


class MeetingAsking(Asking):
    """The dialogs of the page of meetings."""

    def new_meeting(self, then: Callable[[str], None]) -> MeetingDialog:
        """登记会议."""
        dialog = MeetingDialog(self._kinds(), self._today(), self.page)

        def write(session: Any) -> str:
            answer = dialog.answer()
            meeting_id = actions.call_meeting(session, **asdict(answer))
            if answer.held_on is not None and not (answer.occasion and Occasion(answer.occasion).open_to_all):
                actions.count_roll(session, meeting_id=meeting_id)
            return meeting_id

        self.writes(dialog, "meetings.call_meeting", write, "已登记会议。", then)
        return dialog

    def edit(self, detail: MeetingDetail) -> MeetingDialog:
        """改会议情况."""
        row = detail.row
        given = MeetingAnswer(
            row.title,
            row.body.value,
            detail.rule_kind,
            row.occasion.value if row.occasion else "",
            detail.group_name,
            row.held_on,
            detail.called_on,
            row.place,
            detail.chair,
            detail.recorder,
            detail.special_reason,
            detail.agenda_posted_on,
            detail.notice_way,
        )
        dialog = MeetingDialog((), self._today(), self.page, given=given)

        def write(session: Any) -> None:
            answer = dialog.answer()
            facts = asdict(answer)
            for fixed in ("body", "rule_kind", "occasion", "group_name"):
                del facts[fixed]
            actions.change_meeting(session, meeting_id=row.id, seen=detail.seen, **facts)
            if answer.held_on is not None and answer.held_on != row.held_on and detail.roll:
                actions.count_roll(session, meeting_id=row.id)

        self.writes(dialog, "meetings.change_meeting", write, "已保存。")
        return dialog

    def sign_in(self, detail: MeetingDetail) -> SignDialog:
        """登记签到; on the sheet of the whole evening where several meetings share one."""
        sheet = self.workplace.read(lambda session: sign_sheet(session, detail.row.id))
        dialog = SignDialog(sheet, self.page, write=serials_text, reasons=rules.USUAL_REASONS, clock=rules.clock_time)
        self.writes(
            dialog,
            "meetings.enter_sign_in",
            lambda session: actions.enter_sign_in(session, meeting_id=detail.row.id, **dialog.answer()),
            "已登记签到，各个会议的实到已分开算好。" if sheet.shared else "已登记签到。",
        )
        return dialog

    def join(self, detail: MeetingDetail) -> EveningDialog:
        """合并签到."""
        dialog = EveningDialog(detail.same_day, self.page)
        self.writes(
            dialog,
            "meetings.join_evening",
            lambda session: actions.join_evening(session, meeting_ids=(detail.row.id, *dialog.answer())),
            "已合用一张签到表，点“登记签到”只登记一次。",
        )
        return dialog

    def sitting(self, detail: MeetingDetail) -> SittingDialog:
        """登记一场片会."""
        before = [f"{one.name}到会{one.people}人" for one in detail.sittings]
        dialog = SittingDialog(self._today(), _reader(detail), self.page, before=before)
        self.writes(
            dialog,
            "meetings.hold_sitting",
            lambda session: actions.hold_sitting(
                session,
                meeting_id=detail.row.id,
                name=dialog.name.text(),
                serial_numbers=dialog.people.text(),
                held_on=dialog.held_on.day(),
                place=dialog.place.text(),
            ),
            "已登记这一场，到会人数已加上。",
        )
        return dialog

    def postpone(self, detail: MeetingDetail) -> PostponeDialog:
        """会议改期."""
        dialog = PostponeDialog(self._today(), self.page)

        def write(session: Any) -> None:
            to = dialog.to.day()
            assert to is not None
            actions.postpone_meeting(
                session,
                meeting_id=detail.row.id,
                to=to,
                reason=dialog.reason.text(),
                called_on=dialog.called_on.day(),
            )

        self.writes(dialog, "meetings.postpone_meeting", write, "已登记改期，原定日期留在记录里。")
        return dialog

    def motion(self, detail: MeetingDetail, given: MotionRow | None) -> MotionDialog:
        """加议题, or 改议题."""
        voted = given is not None and given.standing is not None
        dialog = MotionDialog(
            self.page,
            title=given.title if given else "",
            text=given.text if given else "",
            voted=voted,
            kind=given.kind if given else MotionKind.VOTE,
            concerned=given.concerned if given else (),
        )

        def write(session: Any) -> None:
            title, text = dialog.title_edit.text(), dialog.text_edit.toPlainText()
            if given is None:
                kind = str(dialog.kind.currentData())
                actions.propose_motion(
                    session, meeting_id=detail.row.id, title=title, text=text, kind=kind, concerned=dialog.people()
                )
                return
            actions.change_motion(session, motion_id=given.id, seen=given.seen, title=title, text=text)
            if not voted and dialog.people() != given.concerned:
                actions.note_concerned(session, motion_id=given.id, concerned=dialog.people())

        self.writes(dialog, "meetings.propose_motion" if given is None else "meetings.change_motion", write, "已保存。")
        return dialog

    def recuse(self, motion: MotionRow) -> RecusalDialog:
        """登记回避."""
        asked = [AskedPerson(one.serial, one.name, one.reason, True) for one in motion.recusals]
        asked += [AskedPerson(one.serial, one.name, one.reason, False) for one in motion.to_ask]
        dialog = RecusalDialog(motion.title, asked, self.page)
        self.writes(
            dialog,
            "meetings.note_recusals",
            lambda session: actions.note_recusals(session, motion_id=motion.id, recusals=dialog.answer()),
            "已登记回避，这个议题的到会人数已扣除。",
        )
        return dialog

    def recount(self, motion: MotionRow) -> RecountDialog:
        """核对票数."""
        dialog = RecountDialog(motion.title, self.page)
        self.writes(
            dialog,
            "meetings.check_count",
            lambda session: actions.check_count(session, motion_id=motion.id, **dialog.answer()),
            "两个人数的一样，票数已核对。",
        )
        return dialog

    def vote(self, motion: MotionRow) -> CountDialog:
        """登记表决, or 更正表决 once a count stands."""
        sheet = self.workplace.read(lambda session: count_sheet(session, motion.id))
        standing = motion.standing
        dialog = CountDialog(
            f"{'更正表决' if standing is not None else '登记表决'}——{motion.title}",
            [(way.value, way.words) for way in _WAYS],
            sheet,
            self.page,
            secret=VotingWay.SECRET.value,
            named=VotingWay.NAMED.value,
        )

        def write(session: Any) -> Verdict:
            numbers = {**dialog.fields.values().numbers(), "motion_id": motion.id}
            numbers["details"] = VoteDetails(**asdict(dialog.fields.details()))
            if standing is not None:
                return actions.correct_vote(session, reason=dialog.reason.text(), **numbers)
            return actions.record_vote(session, **numbers)

        deed = "meetings.correct_vote" if standing is not None else "meetings.record_vote"
        self.writes(dialog, deed, write, "已登记表决，结果看右边的检查。")
        return dialog

    def correct(self, detail: MeetingDetail) -> CorrectionDialog:
        """更正会议记录."""
        dialog = CorrectionDialog(len(detail.corrections) + 1, _items(detail), self.page)
        self.writes(
            dialog,
            "meetings.correct_minutes",
            lambda session: actions.correct_minutes(session, meeting_id=detail.row.id, **dialog.answer()),
            "已登记更正，打印会议记录时附在后面。",
        )
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

    def _today(self) -> dt.date:
        return self.workplace.read(lambda session: act(session).today)

    def _kinds(self) -> list[tuple[str, str, str, str]]:
        def names(session: Any) -> list[tuple[str, str, str, str]]:
            book, today = rulebook(session), act(session).today
            found = []
            for body, kind in _KINDS:
                rule = book.meeting_rule_if_any(kind, today)
                if rule is not None:
                    found.append((body.value, kind, "", rule.rows[0].name))
            party = Body.PARTY_MEMBERS.value
            return found + [(party, "", one.value, f"{one.words}（不表决）") for one in Occasion]

        return self.workplace.read(names)


def _reader(detail: MeetingDetail) -> Callable[[str], tuple[int, ...]]:
    """Reads lines of the meeting's sign-in sheet."""
    names = {row.serial: row.name for row in detail.roll}
    return lambda text: who(text, names)


def _items(detail: MeetingDetail) -> dict[str, str]:
    """What the minutes say, item by item."""
    row = detail.row
    return {
        "会议名称": row.title,
        "时间": chinese_date(row.held_on) if row.held_on else "",
        "地点": row.place,
        "主持人": detail.chair,
        "记录人": detail.recorder,
        "到会人员": "、".join(one.name for one in detail.came),
        "列席人员": "、".join(one.name for one in detail.observers),
        "发言要点": "\n".join(f"{name}：{words}" if name else words for name, words in detail.remarks),
        "议题说明": "\n".join(motion.text or motion.title for motion in detail.motions),
    }
