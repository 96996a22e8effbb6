"""The page of decisions: the list of cases, one case, and what a clerk does with it."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from village_desk.decisions import actions, lookups, printout
from village_desk.decisions.lookups import DecisionDetail, DecisionRow, DecisionState, StageRow
from village_desk.decisions.page.asking import CaseAsking
from village_desk.decisions.page.view import CaseView
from village_desk.decisions.table import DecisionTable
from village_desk.rulebook.rules import StageKind
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import button
from village_desk.widgets.list_page import ListPage
from village_desk.widgets.workplace import Workplace


class DecisionsPage(ListPage[DecisionRow]):
    """四议两公开: cases, steps, facts and checks."""

    key, title, icon, shortcut = "decisions", "四议两公开", "list-checks", "Ctrl+4"
    tables = frozenset(
        """decision decision_stage decision_judgement mandate meeting meeting_roll meeting_attendance motion vote_count
        count_check notice notice_review notice_posting notice_damage notice_takedown notice_date_slip duty post
        installed_pack""".split()
    )
    beside = frozenset({"title", "progress"})
    list_width = 300

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.detail: DecisionDetail | None = None
        self.asking = CaseAsking(workplace, self)
        self.new_button = button("新建议题", "plus", role="primary", clicked=self.ask_new)
        self.mandate_button = button("登记授权", "shield-check", clicked=self.ask_mandate)
        self.view = CaseView()
        first = Empty("还没有议题。要开会商议的事，从这里立项。", "新建议题", icon="list-checks")
        first.acted.connect(self.ask_new)
        self.furnish(
            DecisionTable(),
            search="按议题、编号查找",
            empty_words="没有这样的议题。",
            buttons=(self.new_button, self.mandate_button),
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
            "withdraw": lambda: self.asking.withdraw(detail),
            "mandate": lambda: self.asking.mandate(detail),
            "hold": lambda: self.asking.hold(detail, stage),
            "again": lambda: self.asking.hold(detail, stage),
            "edit_meeting": lambda: self.asking.edit_meeting(stage),
            "sign_in": lambda: self.asking.sign_in(detail, stage),
            "vote": lambda: self.asking.vote(detail, stage),
            "correct": lambda: self.asking.vote(detail, stage),
            "observers": lambda: self.asking.observers(stage),
            "opinion": lambda: self.asking.opinion(detail, stage),
        }
        acts: dict[str, Callable[[], None]] = {
            "reopen": lambda: self._reopen(detail),
            "draft": lambda: self._draft(detail, stage),
            "duty": lambda: self._open_duty(detail),
            "go_notice": lambda: self.asked_for.emit("notices", stage.notice.id if stage.notice else ""),
            "print_all": lambda: self.print_sheet(f"{detail.row.title}登记表", lambda: printout.all_sheets(detail)),
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
            self.open(self.asking.judge(detail, stage, what.removeprefix("judge ")))
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

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for the case at hand."""
        yield "case", self.asking.new_case(lambda _id: None)
        yield "mandate", self.asking.mandate(self.detail)
        if self.detail is None:
            return
        detail = self.detail
        yield "plan", self.asking.plan(detail)
        held = next((stage for stage in reversed(detail.stages) if stage.meeting is not None), None)
        first = detail.stages[0]
        yield "hold", self.asking.hold(detail, first)
        if held is not None:
            yield "sign_in", self.asking.sign_in(detail, held)
            yield "vote", self.asking.vote(detail, held)
            yield "observers", self.asking.observers(held)
        last = detail.stages[-1]
        if last.template.kind is StageKind.PUBLICATION:
            yield "opinion", self.asking.opinion(detail, last)
            yield "result", self.asking.result(detail, last, lambda _id: None)

    # inside

    def _reopen(self, detail: DecisionDetail) -> None:
        self.workplace.write(
            "decisions.reopen_decision",
            lambda session: actions.reopen_decision(session, decision_id=detail.row.id),
            said="已恢复办理。",
        )

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
            self.open(self.asking.result(detail, stage, go))
            return
        self.workplace.write(
            "decisions.draft_step_notice",
            lambda session: actions.draft_step_notice(session, decision_id=detail.row.id, no=stage.no),
            go,
            said="已起草决议公开表。",
        )
