"""The page of decisions by clicks and keys: from a new case to its resolution sheet, and what the checks say."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.decisions.desk import day, do, four_meetings, held, opened, read
from tests.hands import answer, settle, shown
from village_desk.decisions import actions, printout
from village_desk.decisions.dialogs import (
    CaseDialog,
    JudgeDialog,
    MandateDialog,
    MeetingDialog,
    OpinionDialog,
    PlanDialog,
    ReasonDialog,
    ResultDialog,
)
from village_desk.decisions.page import DecisionsPage
from village_desk.meetings.rules import VerdictState
from village_desk.paper.text import pages_text
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.fit import cut_off, unnamed
from village_desk.widgets.name_lines import NameLinesDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.signing import SignDialog
from village_desk.widgets.stepper import StepState
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> DecisionsPage:
    """The page at the size that a window of 1366×768 leaves it."""
    return shown(qtbot, DecisionsPage(workplace), (1166, 678))


def press(qtbot: QtBot, page: DecisionsPage, act: str) -> None:
    qtbot.mouseClick(page.view.buttons[act], Qt.MouseButton.LeftButton)


def check_words(page: DecisionsPage) -> list[str]:
    return [check.words for check in page.view.checks.shown]


def test_an_empty_page_leads_to_the_first_case(page: DecisionsPage, qtbot: QtBot, workplace: Workplace) -> None:
    assert page.below.currentWidget() is page.first
    qtbot.mouseClick(page.first.button, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert isinstance(dialog, CaseDialog)
    answer(qtbot, workplace, dialog)
    assert dialog.form.field("title").error.startswith("请填写议题")
    dialog.title_edit.setText("村东排水渠修缮")
    dialog.matter.setCurrentIndex(dialog.matter.findData("M04"))
    dialog.plan.setPlainText("修缮村东排水渠600米。")
    dialog.amount.setText("4.6万")
    answer(qtbot, workplace, dialog)
    assert "不是以元为单位的金额" in dialog.form.field("amount").error
    dialog.amount.setText("46,000")
    answer(qtbot, workplace, dialog)
    assert page.view.title.text() == "村东排水渠修缮"
    assert page.subtitle == "正在办1件，共1件"
    assert page.detail is not None
    assert page.detail.amount_fen == 4_600_000


def test_trap_16_a_relief_list_is_turned_away_in_the_dialog(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace
) -> None:
    page.ask_new()
    dialog = page.dialog
    assert isinstance(dialog, CaseDialog)
    dialog.title_edit.setText("低保名单")
    dialog.matter.setCurrentIndex(dialog.matter.findData("M13"))
    assert "不由村里投票决定" in dialog.form.field("matter").error
    answer(qtbot, workplace, dialog)
    assert dialog.isVisible()
    assert page.table.rowCount() == 0
    dialog.reject()


def test_a_meeting_step_by_clicks(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str]
) -> None:
    decision_id = opened(village)
    page.open_record(decision_id)
    assert [step.state for step in page.view.stepper.steps] == [StepState.CURRENT, *[StepState.WAITING] * 5]
    press(qtbot, page, "hold")
    dialog = page.dialog
    assert isinstance(dialog, MeetingDialog)
    dialog.held_on.set_day(day(3, 3))
    dialog.place.setText("村委会二楼会议室")
    dialog.way.setEditText("电话")
    assert "agenda_on" not in dict(dialog.form.fields())
    answer(qtbot, workplace, dialog)
    assert read(village, decision_id).stage(1).meeting.notice_way == "电话"  # type: ignore[union-attr]  # just held
    press(qtbot, page, "sign_in")
    signing = page.dialog
    assert isinstance(signing, SignDialog)
    signing.fields.typed.setText("1-2")
    assert signing.fields.verdict.text() == "应到4人，实到2人，至少要2人，已够。"
    signing.fields.grid.enter()
    qtbot.keyClick(signing.fields.grid, Qt.Key.Key_Space)
    assert signing.fields.typed.text() == "2"
    assert "还差1人" in signing.fields.verdict.text()
    signing.fields.typed.setText("1-9")
    answer(qtbot, workplace, signing)
    assert "名单只有1到4号" in signing.fields.form.field("serials").error
    signing.fields.typed.setText("1-4")
    answer(qtbot, workplace, signing)
    press(qtbot, page, "vote")
    vote = page.dialog
    assert isinstance(vote, CountDialog)
    vote.fields.yes.setText("3")
    vote.fields.no.setText("2")
    vote.fields.abstain.setText("0")
    assert [check.words for check in vote.fields.checks.shown] == ["同意、反对、弃权的总数是5，实到只有4人，多出1。"]
    answer(qtbot, workplace, vote)
    assert vote.isVisible()
    assert "多出1" in vote.refusal.text()
    vote.fields.no.setText("1")
    assert vote.fields.sum_words.text() == "同意3＋反对1＋弃权0＝4，实到4人，正好。"
    assert vote.fields.checks.shown[0].tone == "good"
    answer(qtbot, workplace, vote)
    assert told == [
        "已登记开会，应到人数已按当天的名册算好。", "已登记签到。", "已登记表决，结果看右边的检查。",
    ]  # fmt: skip
    assert page.view.stepper.steps[0].state is StepState.DONE
    assert page.view.stepper.at == 1


def test_a_rejected_step_says_how_many_votes_are_missing_and_can_be_held_again(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    held(village, decision_id, 2, day(3, 5), "1-8", 8)
    held(village, decision_id, 3, day(3, 9), "1-40", 21)
    page.open_record(decision_id)
    assert page.view.no == 3
    assert page.view.stepper.steps[2].state is StepState.CANNOT_STAND
    assert check_words(page)[0] == "党员大会没有通过：应到有表决权的党员58人，过半数要30票，得21票同意，差9票。"
    assert page.view.verdict_chip.words == "未通过"
    press(qtbot, page, "again")
    dialog = page.dialog
    assert isinstance(dialog, MeetingDialog)
    dialog.held_on.set_day(day(3, 20))
    answer(qtbot, workplace, dialog)
    assert page.view.stage_title.text() == "第3步　党员大会审议（第2次）"


def test_a_wrong_count_is_put_right_with_its_reason(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    page.open_record(decision_id)
    page.view.stepper.choose(0)
    press(qtbot, page, "correct")
    dialog = page.dialog
    assert isinstance(dialog, CountDialog)
    assert dialog.fields.yes.text() == "4"
    dialog.fields.yes.setText("1")
    dialog.fields.no.setText("3")
    answer(qtbot, workplace, dialog)
    assert dialog.isVisible()
    dialog.reason.setText("看错一行")
    answer(qtbot, workplace, dialog)
    assert read(village, decision_id).stage(1).verdict.state is VerdictState.REJECTED


def test_tasks_are_done_from_their_checks(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    page.open_record(decision_id)
    page.view.stepper.choose(3)
    assert {check.act_key for check in page.view.checks.shown if check.act} == {"mandate", "observers"}
    page.view.checks.acted.emit("mandate")
    mandate = page.dialog
    assert isinstance(mandate, MandateDialog)
    mandate.granted_on.set_day(day(1, 20))
    answer(qtbot, workplace, mandate)
    page.view.checks.acted.emit("observers")
    observers = page.dialog
    assert isinstance(observers, NameLinesDialog)
    observers.lines[0][1].setText("李建国")
    observers.lines[1][1].setText("赵敏")
    answer(qtbot, workplace, observers)
    assert [check.act for check in page.view.checks.shown if check.act] == []
    assert all(check.tone == "good" for check in page.view.checks.shown)


def test_a_resolution_that_stands_is_drafted_and_leads_to_the_notices(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    page.open_record(decision_id)
    assert page.view.no == 5
    with qtbot.waitSignal(page.asked_for) as asked:
        press(qtbot, page, "draft")
    link = read(village, decision_id).stage(5).notice
    assert link is not None
    assert asked.args == ["notices", link.id]
    settle(qtbot, workplace)
    press(qtbot, page, "opinion")
    opinion = page.dialog
    assert isinstance(opinion, OpinionDialog)
    opinion.opinion.setPlainText("程序合规")
    opinion.by.setText("李建国")
    answer(qtbot, workplace, opinion)
    assert read(village, decision_id).stage(5).opinion == "程序合规"
    page.view.stepper.choose(5)
    press(qtbot, page, "draft")
    result = page.dialog
    assert isinstance(result, ResultDialog)
    result.result_edit.setPlainText("已于5月15日完工。")
    answer(qtbot, workplace, result)
    assert read(village, decision_id).stage(6).notice is not None


def test_what_does_not_stand_is_refused_with_the_missing_votes(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str]
) -> None:
    decision_id = opened(village)
    page.open_record(decision_id)
    page.view.stepper.choose(4)
    press(qtbot, page, "draft")
    settle(qtbot, workplace)
    assert told[-1].startswith("第1步“村党组织提议”还不成立，决议不能公开。")


def test_plan_and_withdrawal(page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile) -> None:
    decision_id = opened(village)
    page.open_record(decision_id)
    qtbot.mouseClick(page.view.plan_button, Qt.MouseButton.LeftButton)
    plan = page.dialog
    assert isinstance(plan, PlanDialog)
    plan.plan.setPlainText("改为修缮900米。")
    answer(qtbot, workplace, plan)
    assert read(village, decision_id).plan_version == 2
    qtbot.mouseClick(page.view.withdraw_button, Qt.MouseButton.LeftButton)
    reason = page.dialog
    assert isinstance(reason, ReasonDialog)
    reason.reason.setPlainText("资金没有落实")
    answer(qtbot, workplace, reason)
    assert page.view.chip.words == "已撤回"
    assert list(page.view.buttons) == ["print_sheet"]
    qtbot.mouseClick(page.view.reopen_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    assert "hold" in page.view.buttons


def test_the_sheets_are_shown_before_they_print(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    page.open_record(decision_id)
    page.preview()
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert isinstance(page.dialog, PreviewDialog)
    assert page.dialog.preview.sheets.count == 6
    page.dialog.close()
    page.view.stepper.choose(0)
    for act, pages in (("print_sheet", 1), ("print_minutes", 1)):
        page.dialog = None
        press(qtbot, page, act)
        qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
        assert isinstance(page.dialog, PreviewDialog)
        assert page.dialog.preview.sheets.count == pages
        page.dialog.close()


def test_the_facts_of_a_meeting_are_put_right_and_the_check_follows(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    decision_id = opened(village, matter_code="M02", title="修订村规民约")
    for no, on, here, yes in ((1, 3, "1-4", 4), (2, 5, "1-8", 8), (3, 9, "1-40", 35)):
        held(village, decision_id, no, day(3, on), here, yes)
    do(village, actions.hold_step, decision_id=decision_id, no=4, held_on=day(3, 14), body="villagers")
    page.open_record(decision_id)
    assert any("还没有登记通知日期" in words for words in check_words(page))
    press(qtbot, page, "edit_meeting")
    dialog = page.dialog
    assert isinstance(dialog, MeetingDialog)
    dialog.called_on.set_day(dt.date(2026, 3, 10))
    dialog.special_reason.setText("防汛转移")
    answer(qtbot, workplace, dialog)
    assert any("提前4天，规定要提前10天" in words and "防汛转移" in words for words in check_words(page))


def test_the_list_finds_and_keeps_its_place(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    first, _ = opened(village), opened(village, title="添置路灯")
    page.open_record(first)
    assert page.start_search()
    page.filter.setText("路灯")
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert page.view.title.text() == "添置路灯"
    page.filter.clear()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)


def test_steps_are_chosen_by_keys_and_f7_goes_to_the_open_one(
    page: DecisionsPage, qtbot: QtBot, village: VillageFile
) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    page.open_record(decision_id)
    page.view.stepper.setFocus()
    qtbot.keyClick(page.view.stepper, Qt.Key.Key_6)
    assert page.view.stage_title.text() == "第6步　实施结果公开"
    page.check()
    assert page.view.stage_title.text() == "第2步　村“两委”会议商议"


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_and_everything_has_a_name(
    page: DecisionsPage, qapp: QApplication, village: VillageFile, percent: int
) -> None:
    theme.dress(qapp, percent)
    decision_id = opened(village)
    four_meetings(village, decision_id)
    page.open_record(decision_id)
    page.go_in()
    page.view.stepper.choose(3)
    for _ in range(3):
        qapp.processEvents()
    assert cut_off(page) + unnamed(page) == []
    for name, dialog in page.dialogs_to_show():
        dialog.show()
        qapp.processEvents()
        assert cut_off(dialog) + unnamed(dialog) == [], name
        assert dialog.height() <= 740, name
        dialog.close()


def test_what_is_left_to_a_person_is_decided_in_a_dialog_and_printed(
    page: DecisionsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    decision_id = opened(village, matter_code="M07", title="年度收益分配")
    for no, on, here, yes in ((1, 3, "1-4", 4), (2, 5, "1-8", 8), (3, 9, "1-40", 35)):
        held(village, decision_id, no, day(3, on), here, yes)
    held(village, decision_id, 4, day(3, 20), "1-100", 90, body="collective_members")
    page.open_record(decision_id)
    assert page.view.verdict_chip.words == "要人来定"
    check = page.view.checks.shown[0]
    assert (check.act, check.act_key) == ("登记认定", "judge roll")
    page.view.checks.acted.emit(check.act_key)
    dialog = page.dialog
    assert isinstance(dialog, JudgeDialog)
    dialog.reason.setPlainText("已对照成员名册")
    answer(qtbot, workplace, dialog)
    assert dialog.isVisible()
    dialog.by.setText("杨丽")
    answer(qtbot, workplace, dialog)
    assert read(village, decision_id).stage(4).done
    printed = "".join(pages_text(printout.step_sheet(read(village, decision_id), 4))[0].split())
    assert "杨丽认定可以：已对照成员名册。" in printed
