"""What a clerk meets at the page of decisions: short by one, papers, going back, own procedures, the rehearsal."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.decisions.desk import day, do, held, opened, read
from tests.decisions.hands import Hands
from tests.hands import shown
from tests.meetings.village import ELECTED
from village_desk.decisions import actions
from village_desk.decisions.dialogs import (
    BackDialog,
    CaseDialog,
    FilingDialog,
    InspectionDialog,
    JudgeDialog,
    PaperDialog,
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
from village_desk.widgets.fit import cut_off, unnamed
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def hands(qtbot: QtBot, workplace: Workplace) -> Hands:
    """The clerk, at the page alone."""
    return Hands(qtbot, shown(qtbot, DecisionsPage(workplace), (1166, 678)))


def more_representatives(file: VillageFile) -> None:
    """42 people make up the meeting: a committee of five and 37 representatives."""
    with file.writing("people.appoint") as session:
        for person in person_ids(session, PeopleFilter())[93:98]:
            people.appoint(session, person_id=person, role="representative", from_on=ELECTED, despite="不是近亲属")


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


def test_an_old_case_is_entered_from_paper_and_judged_by_a_person(hands: Hands, village: VillageFile) -> None:
    case = opened(village, from_paper=True)
    hands.page.open_record(case)
    for no, on, eligible, present in ((1, day(3, 3), "4", "4"), (2, day(3, 5), "9", "8"), (3, day(3, 9), "60", "45")):
        hands.at(no)
        paper = hands.ask("paper", PaperDialog)
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
    filing.kind.setCurrentIndex(filing.kind.findData("review"))
    filing.on.set_day(day(3, 13))
    filing.office.setText("青河镇人民政府")
    hands.answer(filing)
    work = hands.ask("work", WorkDialog)
    work.title_edit.setText("采购管材")
    work.owner.setText("王建国")
    work.amount.setText("2万")
    hands.answer(work)
    work.amount.setText("20000")
    hands.answer(work)
    progress = hands.ask("progress", ProgressDialog)
    progress.words.setPlainText("管材到场")
    progress.amount.setText("15000")
    hands.answer(progress)
    row = read(village, case).works[0]
    assert (row.title, row.spent_fen) == ("采购管材", 1_500_000)
    again = hands.ask("amends", CaseDialog)
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
    task.done_on.set_day(day(3, 15))
    task.edits["议题"].setPlainText("村口路灯")
    task.boxes["议题征集表"].setChecked(True)
    hands.answer(task)
    hands.at(1)
    assert "还没有写“从哪里来”。" in hands.words
    hands.at(2)
    skip = hands.ask("skip", ReasonDialog)
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


def test_a_province_without_a_pack_is_told_so(hands: Hands, told: list[str]) -> None:
    hands.page.install_province()
    hands.qtbot.waitUntil(lambda: bool(told))
    assert told[-1].startswith("软件里没有本省的规则包。")


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
