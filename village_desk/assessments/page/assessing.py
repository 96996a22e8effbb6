"""The page of assessments: rounds with their steps, what follows from results, reports of secretaries, forms."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QDialog, QWidget

from village_desk.assessments import actions, lookups, printout
from village_desk.assessments.lookups import AssessmentDetail, SubjectResult
from village_desk.assessments.page.beside import FollowCard, FormCard, ReportCard
from village_desk.assessments.page.following_asking import FollowingAsking
from village_desk.assessments.page.forms_asking import FormAsking
from village_desk.assessments.page.rating_asking import RatingAsking
from village_desk.assessments.page.round_view import RoundView
from village_desk.assessments.page.rounds_asking import RoundAsking
from village_desk.assessments.printout.service import SERVICE_WORDS
from village_desk.assessments.table import (
    FollowRow,
    FollowTable,
    FormLine,
    FormTable,
    ReportTable,
    RoundTable,
    follow_rows,
)
from village_desk.kit.errors import NotAllowed
from village_desk.store.operators import home
from village_desk.widgets.empty import Empty
from village_desk.widgets.grid import Grid
from village_desk.widgets.tabs_page import Tab, TabsPage
from village_desk.widgets.workplace import Workplace

ROUNDS, FOLLOWS, REPORTS, FORMS = range(4)


class AssessmentsPage(TabsPage):
    """考评: checklists, yearly appraisals, letters of responsibility, rectification, reports, forms."""

    key, title, icon, shortcut = "assessments", "考评", "clipboard-check", ""
    tables = frozenset(
        """assessment_form assessment_round assessment_subject assessment_mark ballot_tally item_hit conduct_breach
        work_report assessment_consequence rectification_line notice notice_posting notice_review duty post person
        attachment""".split()
    )
    list_width = 380

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.found: AssessmentDetail | None = None
        self.asking, self.rating = RoundAsking(self), RatingAsking(self)
        self.following, self.shaping = FollowingAsking(self), FormAsking(self)
        self.rounds, self.follows, self.reports, self.forms = RoundTable(), FollowTable(), ReportTable(), FormTable()
        self.round_grid = Grid(self.rounds, empty_words="还没有考评。点“开一次考评”。")
        self.follow_grid = Grid(self.follows, empty_words="没有要整改、要办的。")
        self.report_grid = Grid(self.reports, empty_words="还没有登记述职。")
        self.form_grid = Grid(self.forms)
        self.view, self.follow_card = RoundView(workplace), FollowCard(workplace)
        self.report_card, self.form_card = ReportCard(), FormCard()
        self.nothing = Empty("还没有考评。照填好的模板开一次。", "开一次考评", icon="clipboard-check")
        self.choose_one = Empty("从左边选一行，这里显示详细情况。", icon="clipboard-check")
        self.nothing.acted.connect(lambda: self.ask("open_round"))
        for part in (self.view, self.follow_card, self.report_card, self.form_card):
            part.asked.connect(self.ask)
        self.furnish(
            (
                Tab(
                    "考评",
                    self.round_grid,
                    (("开一次考评", "plus", (("open_round", ""),)), ("年度一览", "printer", (("print_list", ""),))),
                ),
                Tab("整改", self.follow_grid, (("打印整改台账", "printer", (("print_all_lines", ""),)),)),
                Tab("述职", self.report_grid, (("登记述职", "plus", (("report", ""),)),)),
                Tab(
                    "模板",
                    self.form_grid,
                    (("新建", "plus", (("form_new", ""),)), ("导入", "download", (("form_import", ""),))),
                ),
            ),
            search="按名称、对象查找",
            beside=(self.nothing, self.choose_one, self.view, self.follow_card, self.report_card, self.form_card),
            backs=(self.view.back, self.follow_card.back, self.report_card.back, self.form_card.back),
        )

    # showing

    def refresh(self) -> None:
        """Read rounds, what follows, reports and forms; what was chosen stays chosen."""
        words = self.words
        rounds = [
            row for row in self.workplace.read(lookups.assessments) if words in row.title or words in row.form_name
        ]
        self.rounds.show(rounds)
        lines, others = self.workplace.read(lookups.rectifications), self.workplace.read(lookups.consequences)
        follows = follow_rows(lines, others)
        self.follows.show([row for row in follows if words in row.words or words in row.subject])
        self.reports.show([row for row in self.workplace.read(lookups.reports) if words in row.name])
        forms = self.workplace.read(lookups.forms)
        self.forms.show([FormLine(row.id or row.form.whole_name, row) for row in forms if words in row.form.whole_name])
        still = sum(row.tone != "good" for row in follows)
        self.tabs.setTabText(FOLLOWS, f"整改（{still}）" if still else "整改")
        late = sum(row.tone == "bad" for row in follows)
        self.say(f"{len(rounds)}次考评{f'，{late}项逾期' if late else ''}")
        if rounds and not self.round_grid.current_id():
            self.round_grid.choose(rounds[0].id)
        self.arrange()
        self.show_beside()

    def show_beside(self) -> None:
        """Show what is chosen in the list of the tab at hand."""
        tab = self.tabs.currentIndex()
        at = self.grids[tab].current_id()
        if tab == ROUNDS:
            self.found = self.workplace.read(lambda s: lookups.one_assessment(s, at)) if at else None
            if self.found is not None:
                self.view.show_round(self.found)
            self.beside.setCurrentWidget(self.view if self.found is not None else self.nothing)
        elif tab == REPORTS:
            year = self.today().year
            checks = self.workplace.read(lambda s: lookups.report_checks(s, year=year))
            self.report_card.show_year(checks, next((row for row in self.reports.rows() if row.id == at), None))
            self.beside.setCurrentWidget(self.report_card)
        elif tab == FOLLOWS:
            row = self._follow()
            if row is not None:
                self.follow_card.show_row(row)
            self.beside.setCurrentWidget(self.follow_card if row is not None else self.choose_one)
        else:
            line = next((each for each in self.forms.rows() if each.id == at), None)
            if line is not None:
                form_id = line.row.id
                negative = bool(form_id) and line.row.form.negative_list
                struck = self.workplace.read(lambda s: lookups.breaches(s, form_id=form_id)) if negative else ()
                self.form_card.show_form(line.row, struck)
            self.beside.setCurrentWidget(self.form_card if line is not None else self.choose_one)

    def open_record(self, record_id: str) -> None:
        """Show a round; "line ID" or "consequence ID" shows what follows from a result."""
        if not record_id:
            return
        self.refresh_now()
        tab = FOLLOWS if " " in record_id else ROUNDS
        if self.grids[tab].choose(record_id):
            self.tabs.setCurrentIndex(tab)
            self.go_in()
            self.show_beside()

    def show_form(self, form_id: str) -> None:
        """Show a form that was just kept."""
        self.refresh_now()
        self.tabs.setCurrentIndex(FORMS)
        self.form_grid.choose(form_id)
        self.show_beside()

    def stays_beside(self) -> bool:
        """Without a round the words that lead to the first one."""
        return self.tabs.currentIndex() == ROUNDS and not self.rounds.rowCount()

    def tab_changed(self, tab: int) -> None:
        """The first row of a list is chosen when its tab is first shown."""
        table = (self.rounds, self.follows, self.reports, self.forms)[tab]
        if table.rowCount() and not self.grids[tab].current_id():
            self.grids[tab].choose(table.id_at(0))

    def subject_at_hand(self) -> SubjectResult | None:
        """The subject that is chosen."""
        return self.view.subject()

    def in_rounds(self) -> bool:
        """Whether a round is shown."""
        return self.tabs.currentIndex() == ROUNDS

    def preview(self) -> None:
        """F9."""
        if self.found is not None:
            self.ask("print_checklist" if self.found.form.counted else "print_summary")

    # asking

    def ask(self, what: str) -> None:
        """Do what a button or a menu asks for."""
        plain: dict[str, Callable[[], None]] = {
            "back": self.go_back,
            "notice": self._notice,
            "leave_out": self._leave_out,
            "drop": self._drop,
            "make": self._make,
            "form_import": self.shaping.import_file,
            "form_drop": self._drop_form,
        }
        try:
            if what in plain:
                plain[what]()
            elif what.startswith("print_"):
                self._print(what)
            else:
                self.open(self._dialog(what))
        except NotAllowed as refusal:
            self.workplace.told.emit(refusal.message, refusal.advice)

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for what is at hand."""
        yield "open_round", self.asking.open_round()
        yield "report", self.asking.report()
        if self.found is not None and self.found.subjects:
            for rater in self.found.form.raters:
                yield f"rate-{rater.how.value}", self.rating.rate(rater.name)
            yield "close", self.asking.close()
            yield "receive", self.asking.receive()
        self.tabs.setCurrentIndex(FORMS)
        line = next((each for each in self.forms.rows() if not each.row.blanks), None)
        if line is not None:
            yield "form_lines", self.shaping.lines(line.row)
            yield "form_rating", self.shaping.rating(line.row)
        self.tabs.setCurrentIndex(ROUNDS)

    # inside

    def _dialog(self, what: str) -> QDialog:
        if what.startswith("rate:"):
            return self.rating.rate(what.partition(":")[2])
        follow, form = self._follow(), self._form()
        makes: dict[str, Callable[[], QDialog]] = {
            **{
                name: getattr(self.asking, name)
                for name in ("open_round add_subjects fix_four set_group sign_letter report close receive".split())
            },
            "hit": self.rating.hit,
            "add_problem": self.following.add_problem,
            "form_new": self.shaping.new,
        }
        if follow is not None and follow.line is not None:
            line = follow.line
            makes |= {
                "plan_line": lambda: self.following.plan(line),
                "finish_line": lambda: self.following.finish(line),
                "accept_line": lambda: self.following.accept(line),
                "link_line": lambda: self.asking.link(lookups.LINE_TABLE, line.id),
            }
        if follow is not None and follow.consequence is not None:
            one = follow.consequence
            makes["carry_out"] = lambda: self.following.carry_out(one)
        if form is not None:
            row = form.row
            makes |= {
                "form_lines": lambda: self.shaping.lines(row),
                "form_rating": lambda: self.shaping.rating(row),
                "form_copy": lambda: self.shaping.copy(row),
                "breach": lambda: self.shaping.breach(row),
                "confirm_breach": lambda: self.shaping.confirm(self._waiting(row.id)),
            }
        mark = self.view.line()
        if mark is not None:
            mark_id = mark.mark_id
            makes["link_mark"] = lambda: self.asking.link(lookups.MARK_TABLE, mark_id)
        return makes[what]()

    def _notice(self) -> None:
        """Write the notice of the result, or go to it."""
        found = self.found
        if found is None:
            return
        if found.notices:
            self.asked_for.emit("notices", found.notices[0].id)
            return
        round_id = found.row.id
        self.workplace.write(
            "assessments.draft_result_notice",
            lambda session: actions.draft_result_notice(session, round_id=round_id),
            lambda notice_id: self.asked_for.emit("notices", notice_id),
            said="公示已起草，请在公开公示里办完张贴。",
        )

    def _leave_out(self) -> None:
        subject_id = self.asking.subject.id
        self.workplace.write(
            "assessments.leave_out_subject",
            lambda session: actions.leave_out_subject(session, subject_id=subject_id),
            said="已去掉这个对象，可以撤销。",
        )

    def _drop(self) -> None:
        round_id = self.asking.found.row.id
        self.workplace.write(
            "assessments.drop_assessment",
            lambda session: actions.drop_assessment(session, round_id=round_id),
            said="已撤掉这次考评，可以撤销。",
        )

    def _drop_form(self) -> None:
        form = self._form()
        if form is not None and form.row.id:
            form_id = form.row.id
            self.workplace.write(
                "assessments.drop_form",
                lambda session: actions.drop_form(session, form_id=form_id),
                said="已停用，以前的考评不变。",
            )

    def _make(self) -> None:
        """Print what a line of the service room asks for."""
        line = self.view.line()
        if line is not None and line.prints:
            here, what = self.here(), line.prints
            phone = self.workplace.read(home).duty_phone
            self.print_sheet(
                f"{here.village_name}便民服务室{SERVICE_WORDS[what]}",
                lambda: printout.service_sheet(what, village=here.village_name, phone=phone),
            )

    def _print(self, what: str) -> None:
        here = self.here()
        if what == "print_list":
            year = here.today.year
            results = self.workplace.read(lambda s: lookups.results_of_year(s, year=year))
            self.print_sheet(
                f"{year}年考评结果一览",
                lambda: printout.result_list(results, village=here.village_name, year=year),
            )
            return
        if what == "print_all_lines":
            lines = self.workplace.read(lookups.rectifications)
            self.print_sheet("整改台账", lambda: printout.rectification_book(lines, village=here.village_name))
            return
        if what == "print_negative":
            form = self._form()
            if form is not None:
                content = form.row.form
                self.print_sheet(content.name, lambda: printout.negative_list(content, here.village_name))
            return
        found = self.asking.found
        makes: dict[str, tuple[str, Callable[[], bytes]]] = {
            "print_blank": ("评分表", lambda: printout.blank_sheets(found)),
            "print_ballots": ("测评票", lambda: printout.ballots(found)),
            "print_tally": ("计票单", lambda: printout.tally_form(found)),
            "print_plan": ("方案", lambda: printout.plan_sheet(found)),
            "print_letter": ("", lambda: printout.letter(found)),
            "print_checklist": ("对照表", lambda: printout.checklist(found)),
            "print_summary": ("评分汇总", lambda: printout.summary(found)),
            "print_result": ("结果表", lambda: printout.result_sheet_of(found)),
            "print_report": ("报告", lambda: printout.report(found)),
            "print_book": (
                "整改台账",
                lambda: printout.rectification_book(
                    found.lines, village=found.village, title=f"{found.row.title}整改台账"
                ),
            ),
        }
        words, make = makes[what]
        self.print_sheet(f"{found.row.title}{words}", make)

    def _follow(self) -> FollowRow | None:
        at = self.follow_grid.current_id()
        return next((row for row in self.follows.rows() if row.id == at), None)

    def _form(self) -> FormLine | None:
        at = self.form_grid.current_id()
        return next((each for each in self.forms.rows() if each.id == at), None)

    def _waiting(self, form_id: str) -> tuple[lookups.BreachRow, ...]:
        found = self.workplace.read(lambda s: lookups.breaches(s, form_id=form_id))
        return tuple(one for one in found if one.confirmed_on is None)
