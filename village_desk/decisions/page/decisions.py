"""The page of decisions: the list of cases, one case, and what a clerk does with it."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from village_desk.decisions import actions, lookups, printout
from village_desk.decisions.lookups import DecisionDetail, DecisionState, StageRow
from village_desk.decisions.page.asking import Asking
from village_desk.decisions.page.view import CaseView
from village_desk.decisions.table import DecisionTable
from village_desk.rulebook.rules import StageKind
from village_desk.widgets import theme
from village_desk.widgets.empty import Empty
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, row
from village_desk.widgets.page import Page
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


class DecisionsPage(Page):
    """四议两公开: cases, steps, facts and checks."""

    key, title, icon, shortcut = "decisions", "四议两公开", "list-checks", "Ctrl+4"
    tables = frozenset(
        """decision decision_stage decision_judgement mandate meeting meeting_roll meeting_attendance motion vote_count
        count_check notice notice_review notice_posting notice_damage notice_takedown notice_date_slip duty post
        installed_pack""".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self.detail: DecisionDetail | None = None
        self._words = ""
        self._wanted = ""
        self._in_detail = False
        self.asking = Asking(workplace, self)
        self.filter = FilterBox("按议题、编号查找")
        self.new_button = button("新建议题", "plus", role="primary", clicked=self.ask_new)
        self.mandate_button = button("登记授权", "shield-check", clicked=self.ask_mandate)
        self.table = DecisionTable()
        self.grid = Grid(self.table, empty_words="没有这样的议题。")
        self.list_card = card(row(self.new_button, self.mandate_button, None), self.filter)
        self.list_card.add(self.grid, 1)
        self.view = CaseView()
        self.nothing = Empty("从左边选一件议题，这里显示它的六步。", icon="list-checks")
        self.first = Empty("还没有议题。要开会商议的事，从这里立项。", "新建议题", icon="list-checks")
        self.first.acted.connect(self.ask_new)
        self.below = QStackedWidget()
        for part in (self.nothing, self.first, self.view):
            self.below.addWidget(part)
        whole = row(self.list_card, self.below, spacing=12)
        whole.setStretchFactor(self.below, 1)
        self.column.addLayout(whole, 1)
        self.filter.searched.connect(self.narrow)
        self.filter.left_downwards.connect(self.grid.enter)
        self.grid.picked.connect(self.show_one)
        self.grid.opened.connect(lambda _id: self.go_in())
        self.view.asked.connect(self.ask)
        self._arrange()

    # showing

    def refresh(self) -> None:
        """Read the list and the case at hand."""
        rows = self.workplace.read(lookups.all_decisions)
        shown = [one for one in rows if self._words in one.title or self._words in one.number]
        at = self._wanted or self.grid.current_id()
        self._wanted = ""
        self.table.show(shown)
        under_way = sum(one.state is DecisionState.OPEN and one.step > 0 for one in rows)
        self.say(f"正在办{under_way}件，共{len(rows)}件")
        if not self.grid.choose(at) and shown and not self.grid.current_id():
            self.grid.choose(shown[0].id)
        self.show_one(self.grid.current_id())
        if not rows:
            self.below.setCurrentWidget(self.first)

    def show_one(self, decision_id: str) -> None:
        """Show one case."""
        if not decision_id:
            self.detail = None
            self.below.setCurrentWidget(self.nothing)
            return
        self.detail = self.workplace.read(lambda session: lookups.one_decision(session, decision_id))
        self.view.show_case(self.detail)
        self.below.setCurrentWidget(self.view)

    def narrow(self, words: str) -> None:
        """Show what holds these words."""
        self._words = words
        self.refresh()

    def open_record(self, record_id: str) -> None:
        """Show one case, or ask for a new one when none is named."""
        self._words = ""
        self.filter.clear()
        self._wanted = record_id
        self._in_detail = bool(record_id)
        self._arrange()
        self.refresh_now()

    def start_search(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus()
        return True

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

    def changeEvent(self, event: QEvent) -> None:
        """Large type leaves room for the list or for one case, not for both."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_in_detail"):
            self._arrange()

    def go_in(self) -> None:
        """From the list to the case that is chosen."""
        self._in_detail = True
        self._arrange()
        self.view.stepper.setFocus()

    def go_back(self) -> None:
        """From one case to the list."""
        self._in_detail = False
        self._arrange()
        self.grid.enter()

    def _arrange(self) -> None:
        look = theme.current()
        self.list_card.setVisible(not look.narrow or not self._in_detail)
        self.below.setVisible(not look.narrow or self._in_detail)
        self.view.back.setVisible(look.narrow)
        self.list_card.setMaximumWidth(16_777_215 if look.narrow else look.px(310))
        self.list_card.setMinimumWidth(look.px(300) if not look.narrow else 0)
        for number, column in enumerate(self.table.columns):
            self.grid.setColumnHidden(number, not look.narrow and column.key not in {"title", "progress"})

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
            "print_all": lambda: self._print(f"{detail.row.title}登记表", lambda: printout.all_sheets(detail)),
            "print_sheet": lambda: self._print(
                f"{detail.row.title}登记表（第{stage.no}步）", lambda: printout.step_sheet(detail, stage.no)
            ),
            "print_sign_in": lambda: self._print(
                f"{detail.row.title}签到表（第{stage.no}步）", lambda: printout.step_sign_in(detail, stage.no)
            ),
            "print_minutes": lambda: self._print(
                f"{detail.row.title}会议记录（第{stage.no}步）", lambda: printout.step_minutes(detail, stage.no)
            ),
        }
        if what.startswith("judge "):
            self.open(self.asking.judge(detail, stage, what.removeprefix("judge ")))
        elif what in acts:
            acts[what]()
        elif what in asks:
            self.open(asks[what]())

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.dialog = dialog
        dialog.open()

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

    def _print(self, name: str, make: Callable[[], bytes]) -> None:
        self.workplace.later(
            lambda _task: make(),
            lambda pdf: self.open(PreviewDialog(pdf, name, f"{name}.pdf", self)),
            title="正在排版",
        )
