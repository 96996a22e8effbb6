"""The page of decisions: the list of cases, one case, and what a clerk does with it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QMenu, QWidget

from village_desk.archive.actions import photos_on
from village_desk.decisions import actions, lookups, printout
from village_desk.decisions.lookups import DecisionDetail, DecisionRow, DecisionState, StageRow
from village_desk.decisions.page.asking import CaseAsking
from village_desk.decisions.page.stepping import StepAsking
from village_desk.decisions.page.view import CaseView
from village_desk.decisions.page.ways import WayAsking
from village_desk.decisions.table import DecisionTable
from village_desk.notices.lookups import SheetPaper, one_notice
from village_desk.rulebook.actions import install_province_packs
from village_desk.rulebook.rules import StageKind
from village_desk.store.acts import act
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import button
from village_desk.widgets.list_page import ListPage
from village_desk.widgets.workplace import Workplace


class DecisionsPage(ListPage[DecisionRow]):
    """四议两公开: cases, steps, facts and checks."""

    key, title, icon, shortcut = "decisions", "四议两公开", "list-checks", "Ctrl+4"
    tables = frozenset(
        """decision decision_stage decision_judgement mandate meeting meeting_roll meeting_attendance
        meeting_evening motion vote_count count_check notice notice_review notice_posting notice_damage
        notice_takedown notice_date_slip duty post installed_pack decision_filing decision_work
        decision_progress decision_return local_procedure""".split()
    )
    beside = frozenset({"title", "progress"})
    list_width = 330

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.detail: DecisionDetail | None = None
        self.asking = CaseAsking(workplace, self)
        self.steps = StepAsking(workplace, self)
        self.new_button = button("新建议题", "plus", role="primary", clicked=self.ask_new)
        self.ways = WayAsking(workplace, self)
        self.more_button = button("更多", "settings")
        menu = QMenu(self.more_button)
        self.menu_acts = {
            "mandate": menu.addAction("登记授权", self.ask_mandate),
            "procedures": menu.addAction("办事程序", self.ask_procedures),
            "inspection": menu.addAction("年度自查", self.ask_inspection),
            "pack": menu.addAction("装入本省规则", self.install_province),
        }
        self.more_button.setMenu(menu)
        self.view = CaseView()
        first = Empty("还没有议题。要开会商议的事，从这里立项。", "新建议题", icon="list-checks")
        first.acted.connect(self.ask_new)
        self.furnish(
            DecisionTable(),
            search="按议题、编号查找",
            empty_words="没有这样的议题。",
            buttons=(self.new_button, self.more_button),
            one=self.view,
            back=self.view.back,
            nothing=Empty("从左边选一件议题，这里显示它的六步。", icon="list-checks"),
            first=first,
        )
        self.view.asked.connect(self.ask)

    # showing

    def rows(self) -> Sequence[DecisionRow]:
        """Every case."""
        return self.workplace.read(lookups.all_decisions)

    def told(self, rows: Sequence[DecisionRow]) -> str:
        """How many there are, and how many are under way."""
        under_way = sum(one.state is DecisionState.OPEN and one.step > 0 for one in rows)
        return f"正在办{under_way}件，共{len(rows)}件"

    def found(self, one: DecisionRow, words: str) -> bool:
        """By title or number."""
        return words in one.title or words in one.number

    def show_record(self, record_id: str) -> None:
        """Show one case."""
        if not record_id:
            self.detail = None
            return
        self.detail = self.workplace.read(lambda session: lookups.one_decision(session, record_id))
        self.view.show_case(self.detail)

    def enter_one(self) -> None:
        """The cursor goes to the steps."""
        self.view.stepper.setFocus()

    def check(self) -> None:
        """F7: read the case anew and go to the step that needs somebody."""
        if self.detail is not None:
            self.view.detail = None
            self.show_one(self.detail.row.id)
            self.view.stepper.setFocus()

    def preview(self) -> None:
        """F9."""
        if self.detail is not None:
            self.ask("print_all")

    # asking

    def ask(self, what: str) -> None:
        """Do what a button of the view asks for."""
        if what == "back":
            self.go_back()
            return
        detail, stage = self.detail, self.view.stage
        if detail is None or stage is None:
            return
        asks: dict[str, Callable[[], QDialog]] = {
            "plan": lambda: self.asking.plan(detail),
            "withdraw": lambda: self.ways.withdraw(detail),
            "mandate": lambda: self.asking.mandate(detail),
            "hold": lambda: self.steps.hold(detail, stage),
            "again": lambda: self.steps.hold(detail, stage),
            "edit_meeting": lambda: self.steps.edit_meeting(stage),
            "sign_in": lambda: self.steps.sign_in(stage),
            "vote": lambda: self.steps.vote(detail, stage),
            "correct": lambda: self.steps.vote(detail, stage),
            "observers": lambda: self.steps.observers(stage),
            "opinion": lambda: self.ways.opinion(detail, stage),
            "do": lambda: self.ways.task(detail, stage),
            "skip": lambda: self.ways.skip(detail, stage),
            "paper": lambda: self.ways.paper(detail, stage, self.steps.bodies(detail, stage.template)),
            "send_back": lambda: self.ways.back(detail, stage),
            "up": lambda: self.ways.up(detail, stage),
            "filing": lambda: self.ways.filing(detail),
            "papers": lambda: self.ways.papers(detail),
            "work": lambda: self.ways.work(detail),
            "progress": lambda: self.ways.progress(detail),
            **{
                kind: partial(self.asking.new_case, self.open_record, after=detail, kind=kind)
                for kind in ("amends", "voids", "resubmits", "promotes")
            },
        }
        acts: dict[str, Callable[[], None]] = {
            "reopen": lambda: self._reopen(detail),
            "draft": lambda: self._draft(detail, stage),
            "duty": lambda: self._open_duty(detail),
            "go_notice": lambda: self.asked_for.emit("notices", stage.notice.id if stage.notice else ""),
            "print_all": lambda: self.print_sheet(f"{detail.row.title}登记表", lambda: printout.all_sheets(detail)),
            "dossier": lambda: self.print_sheet(f"{detail.row.title}档案", self._dossier(detail)),
            "print_sheet": lambda: self.print_sheet(
                f"{detail.row.title}登记表（第{stage.no}步）", lambda: printout.step_sheet(detail, stage.no)
            ),
            "print_sign_in": lambda: self.print_sheet(
                f"{detail.row.title}签到表（第{stage.no}步）", lambda: printout.step_sign_in(detail, stage.no)
            ),
            "print_minutes": lambda: self.print_sheet(
                f"{detail.row.title}会议记录（第{stage.no}步）", lambda: printout.step_minutes(detail, stage.no)
            ),
        }
        if what.startswith("judge "):
            self.open(self.ways.judge(detail, stage, what.removeprefix("judge ")))
        elif what in acts:
            acts[what]()
        elif what in asks:
            self.open(asks[what]())

    def ask_new(self) -> None:
        """Ask for a new case."""
        self.open(self.asking.new_case(self.open_record))

    def ask_mandate(self) -> None:
        """Ask for a mandate of the villagers' meeting."""
        self.open(self.asking.mandate(None))

    def ask_procedures(self) -> None:
        """Show the procedures, to copy one and write an own one."""
        dialog = self.ways.procedures(self.change_procedure)
        dialog.asked.connect(self._with_procedure)
        self.open(dialog)

    def change_procedure(self, key: str) -> None:
        """Ask for the steps of a village's own procedure."""
        self.open(self.ways.procedure(key))

    def ask_inspection(self) -> None:
        """Show what an inspector would find in the cases of a year."""
        years = sorted({one.opened_on.year for one in self.rows()}, reverse=True)
        dialog = self.ways.inspection(years or [self.workplace.read(lambda session: act(session).today.year)])

        def go() -> None:
            dialog.accept()
            if dialog.chosen():
                self.open_record(dialog.chosen())

        def show(year: int) -> None:
            report = self.workplace.read(lambda session: lookups.inspection(session, year=year))
            self.print_sheet(f"{year}年民主决策自查表", lambda: printout.inspection_sheet(report))

        dialog.answered.connect(go)
        dialog.printing.connect(show)
        self.open(dialog)

    def install_province(self) -> None:
        """Put the province's rules for meetings into force here."""
        self.workplace.write(
            "rulebook.install_shipped_pack",
            install_province_packs,
            lambda titles: self.workplace.done.emit(f"已装入{'、'.join(titles)}。"),
        )

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for the case at hand."""
        yield "case", self.asking.new_case(lambda _id: None)
        yield "mandate", self.asking.mandate(self.detail)
        yield "procedures", self.ways.procedures(lambda _key: None)
        yield "procedure", self.ways.procedure("four_two")
        yield "inspection", self.ways.inspection([self.workplace.read(lambda session: act(session).today.year)])
        if self.detail is None:
            return
        detail = self.detail
        yield "plan", self.asking.plan(detail)
        held = next((stage for stage in reversed(detail.stages) if stage.meeting is not None), None)
        first = detail.stages[0]
        yield "hold", self.steps.hold(detail, first)
        yield "paper", self.ways.paper(detail, first, self.steps.bodies(detail, first.template))
        yield "filing", self.ways.filing(detail)
        yield "work", self.ways.work(detail)
        if held is not None:
            yield "sign_in", self.steps.sign_in(held)
            yield "vote", self.steps.vote(detail, held)
            yield "observers", self.steps.observers(held)
        last = detail.stages[-1]
        if last.template.kind is StageKind.PUBLICATION:
            yield "opinion", self.ways.opinion(detail, last)
            yield "result", self.ways.result(detail, last, lambda _id: None)

    # inside

    def _reopen(self, detail: DecisionDetail) -> None:
        self.workplace.write(
            "decisions.reopen_decision",
            lambda session: actions.reopen_decision(session, decision_id=detail.row.id),
            said="已恢复办理。",
        )

    def _with_procedure(self, what: str, key: str) -> None:
        template = self.ways.template(key)
        if what == "change":
            if self.dialog is not None:
                self.dialog.accept()
            self.change_procedure(key)
        elif what == "chart":
            village = self.workplace.read(lambda session: act(session).village_name)
            self.print_sheet(f"{template.name}流程图", lambda: printout.procedure_chart(template, village))
        elif what == "drop":
            self.workplace.write(
                "decisions.drop_procedure",
                lambda session: actions.drop_procedure(session, key=key),
                lambda _none: self.ask_procedures(),
                said=f"“{template.name}”已停用，正在办的事情照用。",
            )
            if self.dialog is not None:
                self.dialog.accept()

    def _dossier(self, detail: DecisionDetail) -> Callable[[], bytes]:
        """What binds every paper of a case; the papers are read now, the photos when it is made."""
        ids = dict.fromkeys(stage.notice.id for stage in detail.stages if stage.notice is not None)

        def papers(session: Any) -> list[SheetPaper]:
            return [one_notice(session, one, on=act(session).today).paper for one in ids]

        notices = self.workplace.read(papers)
        places = [("decision", detail.row.id)]
        places += [("meeting", stage.meeting.row.id) for stage in detail.stages if stage.meeting is not None]
        places += [("notice", one) for one in ids]

        def make() -> bytes:
            photos = [photo for place in dict.fromkeys(places) for photo in photos_on(self.workplace.village, *place)]
            return printout.dossier(detail, notices, photos)

        return make

    def _open_duty(self, detail: DecisionDetail) -> None:
        self.workplace.write(
            "decisions.open_publication_duty",
            lambda session: actions.open_publication_duty(session, decision_id=detail.row.id),
            said="已登记公开任务，到“公开公示”里起草和张贴。",
        )

    def _draft(self, detail: DecisionDetail, stage: StageRow) -> None:
        def go(notice_id: str) -> None:
            self.asked_for.emit("notices", notice_id)

        if stage.template.posting_kind != "resolution":
            self.open(self.ways.result(detail, stage, go))
            return
        self.workplace.write(
            "decisions.draft_step_notice",
            lambda session: actions.draft_step_notice(session, decision_id=detail.row.id, no=stage.no),
            go,
            said="已起草决议公开表。",
        )
