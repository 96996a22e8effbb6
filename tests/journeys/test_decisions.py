"""Decisions through the real window: a whole case, a step out of turn, another text or body, a changed row."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.decisions.desk import day, four_meetings, held, opened, posted, read
from tests.decisions.hands import Hands
from tests.files import change_behind_the_desk
from tests.journeys.hands import LEFT, answer, dialog_of, press, press_key, settle
from tests.meetings.village import village
from village_desk.decisions.dialogs import CaseDialog, MeetingDialog, PlanDialog
from village_desk.decisions.page import DecisionsPage
from village_desk.desk.proof_dialog import ProofDialog
from village_desk.desk.window import DeskWindow
from village_desk.meetings.rules import VerdictState
from village_desk.notices.lookups import one_notice
from village_desk.store.file import VillageFile
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.stepper import StepState

__all__ = ["village"]


@pytest.fixture
def hands(qtbot: QtBot, desk: DeskWindow) -> Hands:
    """The clerk, at the page of decisions of the window."""
    desk.go("decisions")
    assert isinstance(desk.page, DecisionsPage)
    return Hands(qtbot, desk.page)


@pytest.mark.covers("1-19", "2-33")
def test_14_a_whole_case_by_the_hints_on_the_screen(
    qtbot: QtBot, desk: DeskWindow, hands: Hands, village: VillageFile
) -> None:
    hands.page.ask_new()
    dialog = dialog_of(CaseDialog)
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
    desk.go("decisions", case.row.id)
    assert [step.state for step in hands.page.view.stepper.steps] == [StepState.DONE] * 6
    press_key(qtbot, desk, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(hands.page.dialog, PreviewDialog))
    preview = dialog_of(PreviewDialog)
    assert preview.preview.sheets.count == 6
    preview.reject()


def test_15_a_step_held_out_of_turn_is_recorded_and_carries_nothing(
    desk: DeskWindow, hands: Hands, village: VillageFile
) -> None:
    case = opened(village)
    desk.go("decisions", case)
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
    before = village.digest()
    hands.press("draft")
    assert desk.notice.words.text().startswith("第1步“村党组织提议”还不成立，决议不能公开。")
    assert village.digest() == before
    assert read(village, case).stage(5).notice is None


def test_18_a_text_changed_after_the_vote_voids_it_until_it_hangs(
    desk: DeskWindow, hands: Hands, village: VillageFile
) -> None:
    case = opened(village)
    four_meetings(village, case)
    desk.go("decisions", case)
    plan = hands.ask("plan", PlanDialog)
    plan.plan.setPlainText("改为修缮800米。")
    hands.answer(plan)
    hands.at(4)
    assert "表决的是第1稿，现在的方案是第2稿，原来的表决不算数。" in hands.words
    assert hands.page.view.verdict_chip.words == "不能成立"
    hands.at(5)
    hands.press("draft")
    assert "表决的是第1稿，现在的方案是第2稿" in desk.notice.words.text()
    assert read(village, case).stage(5).notice is None


def test_20_the_wrong_body_cannot_decide_and_the_check_calls_the_right_one(
    qtbot: QtBot, desk: DeskWindow, hands: Hands, village: VillageFile
) -> None:
    case = opened(village, matter_code="M10", title="征地补偿款分配", stands_in=True)
    held(village, case, 1, day(3, 3), "1-4", 4)
    held(village, case, 2, day(3, 5), "1-8", 8)
    held(village, case, 3, day(3, 9), "1-40", 35)
    desk.go("decisions", case)
    hands.hold(day(3, 14), body="representatives")
    hands.sign("1-37")
    hands.vote(37, 0)
    hands.at(4)
    assert hands.page.view.verdict_chip.words == "不能成立"
    check = hands.page.view.checks.shown[0]
    assert check.words == "征地补偿费的分配、使用办法不能交给代表会议决定。"
    assert check.advice == "请另开村民会议。"
    assert "第二十八条" in check.source
    assert check.act == "登记开会"
    press(qtbot, desk, check.act)
    dialog = dialog_of(MeetingDialog)
    assert dialog.body_box.currentText().startswith("村民会议")
    # The day may lie ahead: a meeting that is called is entered before it is held.
    dialog.held_on.set_day(day(7, 12))
    dialog.called_on.set_day(day(6, 30))
    answer(qtbot, desk, dialog)
    stage = read(village, case).stage(4)
    assert stage.attempt == 2
    assert stage.meeting is not None
    assert stage.meeting.row.body.value == "villagers"
    assert stage.verdict.state is VerdictState.OPEN
    assert village.verify() == []


def test_22_the_sheet_of_a_decision_is_proved_by_its_digits_and_a_changed_count_is_named(
    qtbot: QtBot, desk: DeskWindow, village: VillageFile
) -> None:
    case = opened(village)
    four_meetings(village, case)
    motion = read(village, case).stage(4).motion
    assert motion is not None
    assert motion.standing is not None
    count_id = motion.standing.id
    notice_id = posted(village, case, 5, day(3, 16))
    with village.reading() as session:
        digits = one_notice(session, notice_id, on=village.today).paper.code

    def proved() -> ProofDialog:
        press_key(qtbot, desk, Qt.Key.Key_F6)
        dialog = dialog_of(ProofDialog)
        dialog.code.setText(digits)
        answer(qtbot, desk, dialog)
        return dialog

    dialog = proved()
    assert (dialog.sheet_chip.words, dialog.file_chip.words) == ("一致", "档案完好")
    dialog.reject()
    change_behind_the_desk(village, f"UPDATE vote_count SET yes = yes + 1 WHERE id = '{count_id}'")
    dialog = proved()
    assert dialog.file_chip.words == "档案不对"
    assert f"编号{count_id[:8]}的一行被绕过本软件改动过" in dialog.file_words.text()
    named = dialog.file_words.text()
    qtbot.mouseClick(dialog.whole, LEFT)
    settle(qtbot, desk)
    assert dialog.file_words.text() == named
    dialog.reject()
