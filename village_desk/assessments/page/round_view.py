"""One round beside the list: its steps, the results of its subjects, each line with its papers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from village_desk.archive.actions import EVIDENCE
from village_desk.assessments.lookups import MARK_TABLE, AssessmentDetail, SubjectResult
from village_desk.assessments.rules.forms import HITS, KIND_WORDS, RaterHow, StageKey, Target
from village_desk.assessments.table import LineOfSheet, ResultTable, SheetTable, sheet_lines
from village_desk.kit.text import chinese_date
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.chips import Chip
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, column, flow, heading, label, row, scrolled, takes_rest
from village_desk.widgets.stepper import Step, Stepper, StepState
from village_desk.widgets.workplace import Workplace

RESULTS, SHEET = 0, 1
_VERBS = {RaterHow.SHEET: "录入{}…", RaterHow.BALLOT: "登记{}计票…", RaterHow.TOTAL: "登记{}的总分…"}


class RoundView(QWidget):
    """Shows one round; emits `asked(act)`."""

    asked = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: AssessmentDetail | None = None
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.name, self.chip = heading(""), Chip()
        self.name.setWordWrap(True)
        self.stepper = Stepper()
        self.next = label("", "strong")
        self.do_button, self.print_button = button("办理", "list-checks"), button("打印", "printer")
        self.notice_button = button("生成公示", "megaphone", role="primary", clicked=lambda: self.asked.emit("notice"))
        self.do_menu, self.print_menu = QMenu(self.do_button), QMenu(self.print_button)
        self.do_button.setMenu(self.do_menu)
        self.print_button.setMenu(self.print_menu)
        head = row(self.back, self.name, self.chip)
        head.setStretchFactor(self.name, 1)
        upper = card(head, self.stepper, self.next, flow(self.do_button, self.print_button, self.notice_button))
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in ("结果", "逐项和材料"):
            self.tabs.addTab(words)
        self.results, self.sheet = ResultTable(), SheetTable()
        self.result_grid = Grid(self.results, empty_words="还没有考评对象。点“办理”里的“加对象”。")
        self.sheet_grid = Grid(self.sheet, empty_words="没有逐项的内容，只有投票测评。")
        self.working = label("")
        self.files = AttachmentList(workplace, EVIDENCE, MARK_TABLE, words="这一项的材料", slim=True)
        self.link_button = button("关联已有的记录", "copy", clicked=lambda: self.asked.emit("link_mark"))
        self.make_button = button("打印这一项", "printer", clicked=lambda: self.asked.emit("make"))
        self.linked = label("")
        self.below = QStackedWidget()
        told = QWidget()
        told.setLayout(column(self.working, None))
        results, papers, sheet = QWidget(), QWidget(), QWidget()
        above = column(self.result_grid, scrolled(told))
        across = row(self.sheet_grid, papers)
        papers.setLayout(column(self.linked, flow(self.link_button, self.make_button), self.files))
        for layout, shares in ((above, (1, 1)), (across, (5, 3))):
            for place, share in enumerate(shares):
                layout.setStretch(place, share)
        results.setLayout(above)
        sheet.setLayout(across)
        self.below.addWidget(results)
        self.below.addWidget(sheet)
        under = card(row(self.tabs, None))
        under.add(self.below, 1)
        takes_rest(self.result_grid, self.sheet_grid, self.files.grid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(upper)
        whole.addWidget(under, 1)
        self.tabs.currentChanged.connect(self.below.setCurrentIndex)
        self.result_grid.picked.connect(lambda _id: self.show_subject())
        self.sheet_grid.picked.connect(lambda _id: self.show_line())

    def show_round(self, found: AssessmentDetail) -> None:
        """Show a round; what was chosen in it stays chosen."""
        self.detail = found
        self.name.setText(found.row.title)
        self.chip.say(found.row.state_words, found.row.tone)
        self.next.setText(found.next_act)
        self._show_stages(found)
        self._fill_menus(found)
        self.notice_button.setVisible(found.form.has(StageKey.POST) and found.closed_on is not None)
        self.notice_button.setText("打开公示" if found.notices else "生成公示")
        at = self.result_grid.current_id()
        self.results.show(found.in_rank)
        if found.subjects and not self.result_grid.choose(at):
            self.result_grid.choose(found.in_rank[0].id)
        self.tabs.setTabVisible(SHEET, bool(found.form.items))
        self.show_subject()

    def show_subject(self) -> None:
        """The working of the subject that is chosen, and its lines."""
        one = self.subject()
        if self.detail is None or one is None:
            self.working.setText("")
            self.sheet.show(())
            return
        self.working.setText("\n".join(_told(self.detail, one)))
        at = self.sheet_grid.current_id()
        self.sheet.show(sheet_lines(self.detail, one))
        if self.sheet.rowCount() and not self.sheet_grid.choose(at):
            self.sheet_grid.choose(self.sheet.id_at(0))
        self.show_line()

    def show_line(self) -> None:
        """The papers of the line that is chosen."""
        line = self.line()
        mark = line.mark_id if line is not None else ""
        self.files.show_record(mark)
        self.link_button.setEnabled(bool(mark))
        self.make_button.setVisible(line is not None and bool(line.prints))
        told = [line.text, *line.each] if line is not None else []
        if line is not None and line.ways:
            told.append(f"查看方式：{line.ways}")
        if line is not None and line.links:
            told.append(f"已关联：{'；'.join(line.links)}")
        self.linked.setText("\n".join(told))
        self.linked.setVisible(bool(self.linked.text()))

    def subject(self) -> SubjectResult | None:
        """The subject that is chosen; the only one where there is one."""
        if self.detail is None:
            return None
        found = self.detail.subject(self.result_grid.current_id())
        return found or (self.detail.subjects[0] if len(self.detail.subjects) == 1 else None)

    def line(self) -> LineOfSheet | None:
        """The line that is chosen."""
        at = self.sheet.position(self.sheet_grid.current_id()) if self.sheet_grid.current_id() else -1
        return self.sheet.row(at) if at >= 0 else None

    def _show_stages(self, found: AssessmentDetail) -> None:
        waiting = next((one for one in found.stages if not one.done), None)
        steps = []
        for one in found.stages:
            if one.done:
                state, below = StepState.DONE, "已办"
            elif one.wrong:
                state, below = StepState.CANNOT_STAND, "缺"
            else:
                state, below = (StepState.CURRENT, "正在办") if one is waiting else (StepState.WAITING, "待办")
            steps.append(Step(one.title, state, below))
        self.stepper.show_steps(steps)

    def _fill_menus(self, found: AssessmentDetail) -> None:
        form, open_still = found.form, found.closed_on is None
        self.do_menu.clear()
        self.print_menu.clear()
        acts: list[tuple[str, str]] = []
        if open_still:
            acts += [("add_subjects", "加对象…")] if form.target is not Target.VILLAGE else []
            acts += [("fix_four", "四定…")] if form.has(StageKey.FOUR) else []
            acts += [("sign_letter", "登记签订…")] if form.has(StageKey.SIGN) else []
            acts += [("report", "登记述职…")] if form.has(StageKey.REPORT) else []
            acts += [(f"rate:{one.name}", _VERBS[one.how].format(one.name)) for one in form.raters]
            acts += [("hit", "登记查实的事项…")] if any(item.kind in HITS for item in form.items) else []
            acts += [("close", "登记结果…")]
            acts += [("leave_out", "去掉这个对象")] if len(found.subjects) > 1 else []
        acts += [("receive", "登记上级评定…"), ("add_problem", "加一条整改…"), ("set_group", "考评组和报告…")]
        acts += [("drop", "撤掉这次考评")] if open_still else []
        for key, words in acts:
            self.do_menu.addAction(words, lambda at=key: self.asked.emit(at))
        sheets = [("print_blank", "空白评分表")] if any(one.how is RaterHow.SHEET for one in form.raters) else []
        sheets += [("print_ballots", "测评票"), ("print_tally", "计票单")] if form.by_ballot else []
        sheets += [("print_plan", "述职方案")] if form.has(StageKey.FOUR) else []
        sheets += [("print_letter", "责任书")] if form.has(StageKey.SIGN) else []
        sheets += [("print_checklist", "对照表")] if form.counted else []
        sheets += [("print_summary", "各方评分汇总（算式）")] if form.scored else []
        sheets += [("print_result", "结果表"), ("print_report", "考评报告"), ("print_book", "整改台账")]
        for key, words in sheets:
            self.print_menu.addAction(words, lambda at=key: self.asked.emit(at))


def _told(found: AssessmentDetail, one: SubjectResult) -> list[str]:
    """How a result came about, in sentences."""
    told = [f"{one.name}：{one.result_words or '还没有结果'}{f'，{one.grade}' if one.grade else ''}"]
    if one.total.working:
        told.append(f"算式：{one.total.working}")
    if len(one.total.parts) > 1:
        told += [f"{part.name}（{part.weight}%）：{part.working}" for part in one.total.parts]
    told += [f"{KIND_WORDS[hit.kind]}：{hit.text}，{hit.fact}（{hit.document}）" for hit in one.hits]
    if one.received is not None:
        given = one.received
        told.append(f"上级评定：{given.by}{chinese_date(given.on)}，{given.document}")
    own = [row for row in found.reports if row.person_id == one.subject_id]
    told += [f"述职：{chinese_date(row.reported_on)}{row.direction_words}（{row.audience}）" for row in own]
    return told
