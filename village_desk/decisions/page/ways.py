"""The dialogs beside the straight way of a case, each with the action that its answer becomes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from village_desk.decisions import actions
from village_desk.decisions.dialogs import (
    BackDialog,
    FilingDialog,
    InspectionDialog,
    JudgeDialog,
    OpinionDialog,
    PaperDialog,
    PapersDialog,
    ProcedureChoice,
    ProcedureDialog,
    ProceduresDialog,
    ProgressDialog,
    ReasonDialog,
    ResultDialog,
    TaskDialog,
    WorkDialog,
)
from village_desk.decisions.lookups import DecisionDetail, ProcedureRow, StageRow, inspection, procedures
from village_desk.decisions.printout import money_words
from village_desk.decisions.rules import FilingKind, law_gaps
from village_desk.decisions.rules.publications import ACCEPTANCE, MONEY
from village_desk.decisions.table import InspectionTable
from village_desk.kit.money import yuan
from village_desk.rulebook.rules import ProcedureTemplate, StageTemplate, chinese_number
from village_desk.store.acts import act
from village_desk.widgets.asking import Asking
from village_desk.widgets.checks import Check, judged

Bodies = list[tuple[str, str, str]]


class WayAsking(Asking):
    """Steps without a meeting, old paper, going back, offices, works, procedures and the rehearsal."""

    def withdraw(self, detail: DecisionDetail) -> ReasonDialog:
        """撤回议题."""
        explain = "已经登记的会议和表决都会留着，以后可以恢复办理。"
        dialog = ReasonDialog("撤回议题", "撤回原因(&Y)", "撤回", self.page, explain=explain)
        self.writes(
            dialog,
            "decisions.withdraw_decision",
            lambda session: actions.withdraw_decision(
                session, decision_id=detail.row.id, reason=dialog.reason.toPlainText()
            ),
            "已撤回。",
        )
        return dialog

    def judge(self, detail: DecisionDetail, stage: StageRow, code: str) -> JudgeDialog:
        """登记认定."""
        check = next(one for one in stage.verdict.checks if one.code == code)
        dialog = JudgeDialog(check.sentence, self.page)
        self.writes(
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

    def result(self, detail: DecisionDetail, stage: StageRow, then: Callable[[str], None]) -> ResultDialog:
        """写实施结果, and begin its sheet."""
        said = dict(stage.said)
        money = said.get(MONEY) or money_words(detail)
        dialog = ResultDialog(stage.content, self.page, money=money, acceptance=said.get(ACCEPTANCE, ""))
        self.writes(
            dialog,
            "decisions.draft_step_notice",
            lambda session: actions.draft_step_notice(
                session, decision_id=detail.row.id, no=stage.no, **dialog.answer()
            ),
            "已起草实施结果公开表。",
            then,
        )
        return dialog

    def opinion(self, detail: DecisionDetail, stage: StageRow) -> OpinionDialog:
        """登记监督意见."""
        today = self.workplace.read(lambda session: act(session).today)
        dialog = OpinionDialog(today, self.page, opinion=stage.opinion, by=stage.opinion_by)

        self.writes(
            dialog,
            "decisions.note_opinion",
            lambda session: actions.note_opinion(
                session, decision_id=detail.row.id, no=stage.no, **vars(dialog.answer())
            ),
            "已登记监督意见。",
        )
        return dialog

    def task(self, detail: DecisionDetail, stage: StageRow) -> TaskDialog:
        """登记这一步."""
        done, template = stage.task, stage.template
        said = dict(done.fields) if done is not None else {}
        at_hand = set(done.evidence) if done is not None else set()
        names = dict.fromkeys((*template.required, *said))
        dialog = TaskDialog(
            f"第{stage.no}步　{template.name}",
            self._today(),
            [(name, said.get(name, "")) for name in names],
            [(name, name in at_hand) for name in template.evidence],
            self.page,
            done_on=done.done_on if done is not None else None,
            done_by=done.done_by if done is not None else "",
            checked_by=done.checked_by if done is not None else "",
            checker=template.checked_by,
        )

        self.writes(
            dialog,
            "decisions.do_step",
            lambda session: actions.do_step(session, decision_id=detail.row.id, no=stage.no, **vars(dialog.answer())),
            "已登记这一步。",
        )
        return dialog

    def skip(self, detail: DecisionDetail, stage: StageRow) -> ReasonDialog:
        """不办这一步."""
        explain = "理由会印在登记表上。程序规定要办的，还要由人认定这个理由够不够。"
        dialog = ReasonDialog("不办这一步", "理由(&Y)", "不办这一步", self.page, explain=explain)
        self.writes(
            dialog,
            "decisions.skip_step",
            lambda session: actions.skip_step(
                session, decision_id=detail.row.id, no=stage.no, reason=dialog.reason.toPlainText()
            ),
            "已登记不办的理由。",
        )
        return dialog

    def paper(self, detail: DecisionDetail, stage: StageRow, bodies: Bodies) -> PaperDialog:
        """照纸上补录."""
        dialog = PaperDialog(f"第{stage.no}步　{stage.template.name}", bodies, self._today(), self.page)

        self.writes(
            dialog,
            "decisions.record_paper_step",
            lambda session: actions.record_paper_step(
                session, decision_id=detail.row.id, no=stage.no, **vars(dialog.answer())
            ),
            "已照纸上补录，请由人对照原件认定。",
        )
        return dialog

    def back(self, detail: DecisionDetail, stage: StageRow) -> BackDialog:
        """退回前面的步骤."""
        steps = [(one.no, one.template.name) for one in detail.stages if one.no < stage.no]
        dialog = BackDialog(stage.no, steps, self.page)
        self.writes(
            dialog,
            "decisions.go_back",
            lambda session: actions.go_back(
                session,
                decision_id=detail.row.id,
                from_no=stage.no,
                to_no=dialog.to_no(),
                reason=dialog.reason.toPlainText(),
            ),
            "已退回，请从那一步起重新办。",
        )
        return dialog

    def up(self, detail: DecisionDetail, stage: StageRow) -> ReasonDialog:
        """交村民会议."""
        explain = "代表会议这次的结果会留着；这一步改由村民会议重新决定。"
        dialog = ReasonDialog("交村民会议决定", "原因(&Y)", "交村民会议", self.page, explain=explain)
        self.writes(
            dialog,
            "decisions.bring_to_villagers",
            lambda session: actions.bring_to_villagers(
                session, decision_id=detail.row.id, no=stage.no, reason=dialog.reason.toPlainText()
            ),
            "已交村民会议，请登记村民会议的情况。",
        )
        return dialog

    def filing(self, detail: DecisionDetail) -> FilingDialog:
        """登记报批、备案."""
        matter = detail.matter
        kinds = [(kind.value, kind.words) for kind in FilingKind]
        asked = [words for words in (matter.approval, matter.filing) if words] if matter is not None else []
        explain = f"这类事项要报：{'；'.join(asked)}。" if asked else "乡镇的审核、批准、备案，收到什么登记什么。"
        last = detail.filings[-1].office if detail.filings else ""
        dialog = FilingDialog(kinds, self._today(), self.page, office=last, explain=explain)
        wanted = "approval" if matter is not None and matter.approval else "filing"
        dialog.kind.setCurrentIndex(dialog.kind.findData(wanted))

        self.writes(
            dialog,
            "decisions.record_filing",
            lambda session: actions.record_filing(session, decision_id=detail.row.id, **vars(dialog.answer())),
            "已登记。",
        )
        return dialog

    def papers(self, detail: DecisionDetail) -> PapersDialog:
        """登记手里的材料."""
        wanted = detail.matter.papers if detail.matter is not None else ()
        names = dict.fromkeys((*wanted, *detail.papers))
        dialog = PapersDialog([(name, name in detail.papers) for name in names], self.page)
        self.writes(
            dialog,
            "decisions.note_papers",
            lambda session: actions.note_papers(session, decision_id=detail.row.id, papers=dialog.answer()),
            "已登记材料。",
        )
        return dialog

    def work(self, detail: DecisionDetail) -> WorkDialog:
        """安排实施."""
        dialog = WorkDialog(self._today(), self.page)

        self.writes(
            dialog,
            "decisions.plan_work",
            lambda session: actions.plan_work(session, decision_id=detail.row.id, **vars(dialog.answer())),
            "已安排。",
        )
        return dialog

    def progress(self, detail: DecisionDetail) -> ProgressDialog:
        """登记进展."""
        works = [
            (one.id, f"{one.title}（{one.owner}，已用{yuan(one.spent_fen)}元）")
            for one in detail.works
            if one.done_on is None
        ]
        dialog = ProgressDialog(works, self._today(), self.page)

        self.writes(
            dialog,
            "decisions.note_progress",
            lambda session: actions.note_progress(session, **vars(dialog.answer())),
            "已登记进展。",
        )
        return dialog

    # procedures

    def procedures(self, changed: Callable[[str], None]) -> ProceduresDialog:
        """办事程序; the copy that is made is given to `changed`."""
        found = self.workplace.read(procedures)
        dialog = ProceduresDialog([_choice(row) for row in found], self.page)
        self.writes(
            dialog,
            "decisions.copy_procedure",
            lambda session: actions.copy_procedure(session, key=dialog.key(), name=dialog.new_name.text()),
            "已另存一份，请改好各步。",
            changed,
        )
        return dialog

    def procedure(self, key: str) -> ProcedureDialog:
        """改办事程序."""
        template = self.template(key)
        dialog = ProcedureDialog(
            template.name, template.stages, template.max_total_days, lambda stages: _gaps(template, stages), self.page
        )

        self.writes(
            dialog,
            "decisions.change_procedure",
            lambda session: actions.change_procedure(
                session, key=key, motion_sources=template.motion_sources, **vars(dialog.answer())
            ),
            "已保存成新的一版。",
        )
        return dialog

    def template(self, key: str) -> ProcedureTemplate:
        """The procedure of this key as it stands now."""
        return next(row.template for row in self.workplace.read(procedures) if row.template.key == key)

    # the rehearsal

    def inspection(self, years: list[int]) -> InspectionDialog:
        """年度自查."""

        def read(year: int) -> tuple[str, Any]:
            report = self.workplace.read(lambda session: inspection(session, year=year))
            return report.summary, report.lines

        return InspectionDialog(years, InspectionTable(), read, self.page)

    def _today(self) -> Any:
        return self.workplace.read(lambda session: act(session).today)


def _gaps(template: ProcedureTemplate, stages: tuple[StageTemplate, ...]) -> list[Check]:
    return [judged(gap) for gap in law_gaps(replace(template, stages=stages))]


def _choice(row: ProcedureRow) -> ProcedureChoice:
    template = row.template
    steps = "\n".join(f"{chinese_number(stage.no)}、{stage.name}" for stage in template.stages)
    many = f"　有{row.cases}件在用" if row.cases else ""
    return ProcedureChoice(
        template.key,
        template.name,
        f"{template.sort.words}　{row.origin}{many}",
        steps,
        tuple(judged(gap) for gap in row.gaps),
        template.local,
    )
