"""A newcomer's acceptance scenarios through the page: facts are recorded, consequences refused, ways on offered."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.decisions.desk import day, do, four_meetings, held, opened, posted, read
from tests.meetings.village import ELECTED
from village_desk.decisions import actions
from village_desk.decisions.dialogs import (
    BackDialog,
    CaseDialog,
    FilingDialog,
    InspectionDialog,
    JudgeDialog,
    MeetingDialog,
    PaperDialog,
    PlanDialog,
    ProcedureDialog,
    ProceduresDialog,
    ProgressDialog,
    ReasonDialog,
    TaskDialog,
    WorkDialog,
)
from village_desk.decisions.lookups import procedures
from village_desk.decisions.page import DecisionsPage
from village_desk.meetings.rules import VerdictState
from village_desk.people import actions as people
from village_desk.people.lookups import PeopleFilter, person_ids
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fit import cut_off, unnamed
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.signing import SignDialog
from village_desk.widgets.stepper import StepState
from village_desk.widgets.workplace import Workplace


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The look of the desk at its normal type size, whatever a test leaves behind."""
    theme.dress(qapp)
    yield
    theme.dress(qapp)


@pytest.fixture
def workplace(village: VillageFile, qapp: QApplication) -> Iterator[Workplace]:
    """The door to the file; every write is settled at the end."""
    made = Workplace(village)
    yield made
    made.close()


class Hands:
    """A clerk at the page of decisions: presses, types, answers."""

    def __init__(self, qtbot: QtBot, workplace: Workplace) -> None:
        self.qtbot, self.workplace = qtbot, workplace
        self.page = DecisionsPage(workplace)
        self.heard: list[str] = []
        workplace.told.connect(lambda message, advice: self.heard.append(f"{message}{advice}"))
        qtbot.addWidget(self.page)
        self.page.resize(1166, 678)
        self.page.show()

    def ask(self, act: str, kind: type[QDialog]) -> QDialog:
        if act in self.page.view.buttons:
            self.qtbot.mouseClick(self.page.view.buttons[act], Qt.MouseButton.LeftButton)
        else:
            self.page.view.asked.emit(act)
        dialog = self.page.dialog
        assert isinstance(dialog, kind)
        return dialog

    def answer(self, dialog: AskDialog) -> None:
        self.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: self.workplace.pending == 0)

    def hold(self, on: dt.date, *, called: dt.date | None = None, body: str = "") -> None:
        dialog = self.ask("again" if "again" in self.page.view.buttons else "hold", MeetingDialog)
        assert isinstance(dialog, MeetingDialog)
        dialog.held_on.set_day(on)
        dialog.called_on.set_day(called or on - dt.timedelta(days=12))
        if body:
            items = [dialog.body_box.itemData(row)[0] for row in range(dialog.body_box.count())]
            dialog.body_box.setCurrentIndex(items.index(body))
        self.answer(dialog)

    def sign(self, serials: str) -> str:
        dialog = self.ask("sign_in", SignDialog)
        assert isinstance(dialog, SignDialog)
        dialog.fields.typed.setText(serials)
        said = str(dialog.fields.verdict.text())
        self.answer(dialog)
        return said

    def vote(self, yes: int, no: int, abstain: int = 0, *, reason: str = "") -> str:
        dialog = self.ask("correct" if reason else "vote", CountDialog)
        assert isinstance(dialog, CountDialog)
        dialog.fields.yes.setText(str(yes))
        dialog.fields.no.setText(str(no))
        dialog.fields.abstain.setText(str(abstain))
        if reason:
            dialog.reason.setText(reason)
        said = str(dialog.fields.checks.shown[0].words)
        self.answer(dialog)
        return said

    def at(self, no: int) -> None:
        self.page.view.stepper.choose(no - 1)

    @property
    def words(self) -> list[str]:
        return [check.words for check in self.page.view.checks.shown]


@pytest.fixture
def hands(qtbot: QtBot, workplace: Workplace) -> Hands:
    """The clerk."""
    return Hands(qtbot, workplace)


def more_representatives(file: VillageFile) -> None:
    """42 people make up the meeting: a committee of five and 37 representatives."""
    with file.writing("people.appoint") as session:
        for person in person_ids(session, PeopleFilter())[93:98]:
            people.appoint(session, person_id=person, role="representative", from_on=ELECTED, despite="不是近亲属")


@pytest.mark.covers("1-19", "2-33")
def test_scenario_14_a_whole_case_by_the_hints_on_the_screen(hands: Hands, village: VillageFile) -> None:
    hands.page.ask_new()
    dialog = hands.page.dialog
    assert isinstance(dialog, CaseDialog)
    dialog.title_edit.setText("村东排水渠修缮")
    dialog.matter.setCurrentIndex(dialog.matter.findData("M04"))
    dialog.opened_on.set_day(day(3, 2))
    dialog.plan.setPlainText("修缮村东排水渠600米。")
    hands.answer(dialog)
    case = hands.page.detail
    assert case is not None
    for on, body, serials, yes, no in (
        (day(3, 3), "", "1-4", 4, 0),
        (day(3, 5), "", "1-8", 8, 0),
        (day(3, 9), "", "1-40", 35, 5),
        (day(3, 14), "representatives", "1-29", 26, 3),
    ):
        hands.hold(on, body=body)
        hands.sign(serials)
        hands.vote(yes, no)
    assert [step.state for step in hands.page.view.stepper.steps[:4]] == [StepState.DONE] * 4
    posted(village, case.row.id, 5, day(3, 16))
    posted(village, case.row.id, 6, day(5, 20), result="已于5月15日完工，用款4.6万元，验收合格。")
    hands.page.refresh_now()
    hands.page.open_record(case.row.id)
    assert [step.state for step in hands.page.view.stepper.steps] == [StepState.DONE] * 6
    hands.page.preview()
    hands.qtbot.waitUntil(lambda: isinstance(hands.page.dialog, PreviewDialog))
    assert isinstance(hands.page.dialog, PreviewDialog)
    assert hands.page.dialog.preview.sheets.count == 6
    hands.page.dialog.close()


def test_scenario_15_a_step_held_out_of_turn_is_recorded_and_carries_nothing(
    hands: Hands, village: VillageFile
) -> None:
    case = opened(village)
    hands.page.open_record(case)
    hands.at(4)
    hands.hold(day(3, 14), body="representatives")
    hands.at(4)
    hands.sign("1-29")
    hands.vote(26, 3)
    hands.at(4)
    assert read(village, case).stage(4).day == day(3, 14)
    assert hands.words[0] == "第1步“村党组织提议”还没有办。"
    assert hands.page.view.verdict_chip.words == "不能成立"
    hands.at(5)
    hands.page.view.asked.emit("draft")
    hands.qtbot.waitUntil(lambda: bool(hands.heard))
    assert hands.heard[-1].startswith("第1步“村党组织提议”还不成立，决议不能公开。")
    assert read(village, case).stage(5).notice is None


def test_scenarios_16_and_17_one_short_of_the_quorum_and_one_short_of_the_majority(
    hands: Hands, village: VillageFile
) -> None:
    more_representatives(village)
    case = opened(village)
    held(village, case, 1, day(3, 3), "1-4", 4)
    held(village, case, 2, day(3, 5), "1-8", 8)
    held(village, case, 3, day(3, 9), "1-40", 35)
    hands.page.open_record(case)
    hands.hold(day(3, 14), body="representatives")
    assert hands.sign("1-27") == "应到42人，实到27人，至少要28人，还差1人。照实登记，不够的不能成立。"
    assert any("三分之二以上是28人，还差1人，这次表决不能成立" in words for words in hands.words)
    assert hands.sign("1-28") == "应到42人，实到28人，至少要28人，已够。"
    assert "过半数要15票，得14票同意，差1票" in hands.vote(14, 13, 1)
    assert read(village, case).stage(4).verdict.state is VerdictState.REJECTED
    assert {"again", "send_back", "up"} <= set(hands.page.view.buttons)
    hands.vote(15, 12, 1, reason="重新点票是15票")
    assert read(village, case).stage(4).verdict.state is VerdictState.STANDS


def test_scenario_18_a_text_changed_after_the_vote_voids_it_until_it_hangs(hands: Hands, village: VillageFile) -> None:
    case = opened(village)
    four_meetings(village, case)
    hands.page.open_record(case)
    plan = hands.ask("plan", PlanDialog)
    assert isinstance(plan, PlanDialog)
    plan.plan.setPlainText("改为修缮800米。")
    hands.answer(plan)
    hands.at(4)
    assert "表决的是第1稿，现在的方案是第2稿，原来的表决不算数。" in hands.words
    hands.at(5)
    hands.page.view.asked.emit("draft")
    hands.qtbot.waitUntil(lambda: bool(hands.heard))
    assert "第1稿" in hands.heard[-1]


def test_scenario_20_the_wrong_body_cannot_decide_and_the_right_one_is_named(
    hands: Hands, village: VillageFile
) -> None:
    case = opened(village, matter_code="M10", title="征地补偿款分配", stands_in=True)
    held(village, case, 1, day(3, 3), "1-4", 4)
    held(village, case, 2, day(3, 5), "1-8", 8)
    held(village, case, 3, day(3, 9), "1-40", 35)
    hands.page.open_record(case)
    hands.hold(day(3, 14), body="representatives")
    hands.sign("1-37")
    hands.vote(37, 0)
    hands.at(4)
    check = hands.page.view.checks.shown[0]
    assert check.words == "征地补偿费的分配、使用办法不能交给代表会议决定。"
    assert check.advice == "请另开村民会议。"
    assert "第二十八条" in check.source
    hands.hold(day(4, 1), body="villagers")
    assert read(village, case).stage(4).attempt == 2


def test_an_old_case_is_entered_from_paper_and_judged_by_a_person(hands: Hands, village: VillageFile) -> None:
    case = opened(village, from_paper=True)
    hands.page.open_record(case)
    for no, on, eligible, present in ((1, day(3, 3), "4", "4"), (2, day(3, 5), "9", "8"), (3, day(3, 9), "60", "45")):
        hands.at(no)
        paper = hands.ask("paper", PaperDialog)
        assert isinstance(paper, PaperDialog)
        paper.held_on.set_day(on)
        paper.numbers["eligible"].setText(eligible)
        paper.numbers["present"].setText(present)
        paper.numbers["yes"].setText("-3")
        hands.answer(paper)
        assert "整数" in paper.form.field("yes").error
        paper.numbers["yes"].setText(present)
        paper.boxes["签到表"].setChecked(True)
        hands.answer(paper)
        hands.at(no)
        assert "纸上的材料缺“签到表”。" in hands.words
        hands.page.view.checks.acted.emit("judge paper")
        judge = hands.page.dialog
        assert isinstance(judge, JudgeDialog)
        judge.reason.setPlainText("原件齐全")
        judge.by.setText("杨丽")
        hands.answer(judge)
    assert [stage.done for stage in read(village, case).stages[:3]] == [True] * 3
    assert held(village, case, 4, day(3, 14), "1-29", 26, body="representatives") is VerdictState.STANDS
    assert read(village, case).verdict.state is not VerdictState.STANDS


def test_a_rejected_step_goes_back_and_offices_works_and_progress_are_entered(
    hands: Hands, village: VillageFile
) -> None:
    case = opened(village)
    held(village, case, 1, day(3, 3), "1-4", 4)
    held(village, case, 2, day(3, 5), "1-8", 8)
    held(village, case, 3, day(3, 9), "1-40", 20)
    hands.page.open_record(case)
    back = hands.ask("send_back", BackDialog)
    assert isinstance(back, BackDialog)
    hands.answer(back)
    assert back.isVisible()
    back.reason.setPlainText("党员要求降低造价")
    hands.answer(back)
    assert hands.page.view.no == 2
    held(village, case, 2, day(3, 11), "1-8", 8)
    held(village, case, 3, day(3, 12), "1-40", 36)
    held(village, case, 4, day(3, 14), "1-29", 26, body="representatives")
    hands.page.open_record(case)
    filing = hands.ask("filing", FilingDialog)
    assert isinstance(filing, FilingDialog)
    filing.kind.setCurrentIndex(filing.kind.findData("review"))
    filing.on.set_day(day(3, 13))
    filing.office.setText("青河镇人民政府")
    hands.answer(filing)
    work = hands.ask("work", WorkDialog)
    assert isinstance(work, WorkDialog)
    work.title_edit.setText("采购管材")
    work.owner.setText("王建国")
    work.amount.setText("2万")
    hands.answer(work)
    work.amount.setText("20000")
    hands.answer(work)
    progress = hands.ask("progress", ProgressDialog)
    assert isinstance(progress, ProgressDialog)
    progress.words.setPlainText("管材到场")
    progress.amount.setText("15000")
    hands.answer(progress)
    row = read(village, case).works[0]
    assert (row.title, row.spent_fen) == ("采购管材", 1_500_000)
    again = hands.ask("amends", CaseDialog)
    assert isinstance(again, CaseDialog)
    hands.answer(again)
    assert again.form.field("change_reason").error == "请写明原因。"
    again.change_reason.setText("汛情需要")
    hands.answer(again)
    assert hands.page.detail is not None
    assert hands.page.detail.changes is not None
    assert hands.page.detail.changes.id == case


def test_a_step_without_a_meeting_is_registered_or_left_out_with_a_reason(hands: Hands, village: VillageFile) -> None:
    case = opened(village, procedure="people_day", matter_code="", motion_source="群众想办的事", amount_fen=None)
    hands.page.open_record(case)
    task = hands.ask("do", TaskDialog)
    assert isinstance(task, TaskDialog)
    task.done_on.set_day(day(3, 15))
    task.edits["议题"].setPlainText("村口路灯")
    task.boxes["议题征集表"].setChecked(True)
    hands.answer(task)
    hands.at(1)
    assert "还没有写“从哪里来”。" in hands.words
    hands.at(2)
    skip = hands.ask("skip", ReasonDialog)
    assert isinstance(skip, ReasonDialog)
    skip.reason.setPlainText("上月已经研究过")
    hands.answer(skip)
    assert read(village, case).stage(2).verdict.state is VerdictState.PERSON_MUST_JUDGE


def test_a_procedure_is_copied_and_changed_while_the_law_looks_on(hands: Hands, village: VillageFile) -> None:
    hands.page.ask_procedures()
    chooser = hands.page.dialog
    assert isinstance(chooser, ProceduresDialog)
    names = [chooser.list.item(row).text() for row in range(chooser.list.count())]
    assert names[0] == "四议两公开"
    assert {"五议两公开", "四议一审两公开", "民事民办日", "村民说事", "一事一议筹资筹劳", "村级工程项目"} <= set(names)
    assert names[-2:] == ["三议三公开", "小微权力事项"]
    chooser.new_name.setText("本村办法")
    hands.answer(chooser)
    editor = hands.page.dialog
    assert isinstance(editor, ProcedureDialog)
    assert not editor.checks.shown
    editor.list.setCurrentRow(4)
    hands.qtbot.mouseClick(editor.remove_button, Qt.MouseButton.LeftButton)
    assert "决议公开" in editor.checks.shown[0].words
    hands.qtbot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    editor.step_name.setText("决议公开")
    editor.kind.setCurrentIndex(editor.kind.findData("publication"))
    editor.kind.activated.emit(editor.kind.currentIndex())
    editor.sheet.setCurrentIndex(editor.sheet.findData("resolution"))
    editor.sheet.activated.emit(0)
    editor.days.setText("二十")
    hands.answer(editor)
    assert editor.isVisible()
    editor.days.setText("20")
    hands.answer(editor)
    with village.reading() as session:
        row = next(row for row in procedures(session) if row.template.name == "本村办法")
    assert (row.template.version, row.template.max_total_days, row.template.local) == ("2", 20, True)


def test_the_rehearsal_shows_the_year_and_opens_the_case(hands: Hands, village: VillageFile) -> None:
    good, bad = opened(village), opened(village, title="分地款", matter_code="M10")
    held(village, bad, 4, day(3, 14), "1-29", 26, body="representatives", rule_kind="representatives")
    hands.page.open_record(good)
    hands.page.ask_inspection()
    dialog = hands.page.dialog
    assert isinstance(dialog, InspectionDialog)
    assert dialog.summary.text().startswith("共2件：成立0件，未办完1件")
    dialog.grid.choose(bad)
    hands.answer(dialog)
    assert hands.page.detail is not None
    assert hands.page.detail.row.id == bad


def test_a_province_without_a_pack_is_told_so(hands: Hands) -> None:
    hands.page.install_province()
    hands.qtbot.waitUntil(lambda: bool(hands.heard))
    assert hands.heard[-1].startswith("软件里没有本省的规则包。")


@pytest.mark.parametrize("percent", [100, 150])
def test_no_dialog_is_cut_or_unnamed(hands: Hands, qapp: QApplication, village: VillageFile, percent: int) -> None:
    theme.dress(qapp, percent)
    case = opened(village, procedure="project", title="村东桥")
    do(village, actions.record_paper_step, decision_id=case, no=1, held_on=day(3, 3), eligible=4, present=4, yes=4)
    hands.page.open_record(case)
    hands.page.go_in()
    asked = [("do", 6), ("filing", 1), ("paper", 2), ("skip", 6)]
    for act, no in asked:
        hands.at(no)
        dialog = hands.ask(act, QDialog)
        for _ in range(3):
            qapp.processEvents()
        assert cut_off(dialog) + unnamed(dialog) == [], act
        dialog.reject()
    for show in (hands.page.ask_procedures, hands.page.ask_inspection, lambda: hands.page.change_procedure("four_two")):
        show()
        assert hands.page.dialog is not None
        for _ in range(3):
            qapp.processEvents()
        assert cut_off(hands.page.dialog) + unnamed(hands.page.dialog) == []
        hands.page.dialog.reject()
