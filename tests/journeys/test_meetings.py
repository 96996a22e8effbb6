"""Meetings through the real window: short by one, the trap of the majority, paper and back, the wrong body, minutes."""

import datetime as dt
import hashlib
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.decisions import desk as matters
from tests.journeys.hands import LEFT, answer, dialog_of, settle
from tests.meetings.desk import do, read
from tests.meetings.village import village
from village_desk.decisions.dialogs import MeetingDialog as StepDialog
from village_desk.decisions.page import DecisionsPage
from village_desk.desk.proof import check_pdf
from village_desk.desk.window import DeskWindow
from village_desk.meetings import actions
from village_desk.meetings.dialogs import CorrectionDialog, EveningDialog, MeetingDialog, MotionDialog, RemarksDialog
from village_desk.meetings.page import MeetingsPage
from village_desk.meetings.rules import VerdictState
from village_desk.paper.text import plain_text
from village_desk.people import actions as people
from village_desk.store.file import VillageFile
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.signing import SignDialog

__all__ = ["village"]

HELD = dt.date(2026, 6, 20)


def page_of(desk: DeskWindow, meeting_id: str = "") -> MeetingsPage:
    desk.go("meetings", meeting_id)
    page = desk.page
    assert isinstance(page, MeetingsPage)
    return page


def press(qtbot: QtBot, page: MeetingsPage, what: str) -> None:
    menus = {**page.more, **page.more_prints}
    if what in menus:
        assert menus[what].isVisible()
        menus[what].trigger()
        return
    made = {**page.buttons, **page.links, **page.prints}[what]
    assert made.isVisible()
    qtbot.mouseClick(made, LEFT)


def called(qtbot: QtBot, desk: DeskWindow, title: str, motion: str) -> MeetingsPage:
    """A meeting of the representatives entered by hand, with one motion."""
    page = page_of(desk)
    page.ask_new()
    dialog = dialog_of(MeetingDialog)
    dialog.title_edit.setText(title)
    dialog.held_on.set_day(HELD)
    dialog.called_on.set_day(HELD - dt.timedelta(days=10))
    for editor, words in ((dialog.place, "村委会二楼"), (dialog.chair, "杨丽"), (dialog.recorder, "李会计")):
        editor.setText(words)
    answer(qtbot, desk, dialog)
    press(qtbot, page, "motion")
    asked = dialog_of(MotionDialog)
    asked.title_edit.setText(motion)
    asked.text_edit.setPlainText("硬化三组道路1200米，总价4.6万元。")
    answer(qtbot, desk, asked)
    return page


def sign_in(qtbot: QtBot, desk: DeskWindow, page: MeetingsPage, typed: str, at: str = "") -> str:
    press(qtbot, page, "sign_in")
    dialog = dialog_of(SignDialog)
    dialog.fields.typed.setText(typed)
    dialog.at.setText(at)
    words = dialog.fields.verdict.text()
    answer(qtbot, desk, dialog)
    return words


def vote(qtbot: QtBot, desk: DeskWindow, page: MeetingsPage, yes: int, no: int, abstain: int) -> None:
    press(qtbot, page, "vote")
    dialog = dialog_of(CountDialog)
    for editor, number in ((dialog.fields.yes, yes), (dialog.fields.no, no), (dialog.fields.abstain, abstain)):
        editor.setText(str(number))
    answer(qtbot, desk, dialog)


def test_16_short_by_one_and_the_late_one_makes_it_up(qtbot: QtBot, desk: DeskWindow, village: VillageFile) -> None:
    with village.writing("people.add") as session:
        # 42 in the representatives' meeting, of whom 28 must come.
        for number in range(5):
            home = people.add_household(session, number=f"90{number}", group_name="一组")
            one = people.add_person(session, name=f"郑{'甲乙丙丁戊'[number]}", birth="1970-01-01", household_id=home)
            people.appoint(session, person_id=one, role="representative", from_on=dt.date(2024, 1, 10))
    page = called(qtbot, desk, "第二季度村民代表会议", "三组道路硬化")
    assert sign_in(qtbot, desk, page, "1-27") == "应到42人，实到27人，至少要28人，还差1人。照实登记，不够的不能成立。"
    assert page.verdict_chip.words == "不能成立"
    sign_in(qtbot, desk, page, "1-28", "19:40")
    vote(qtbot, desk, page, 28, 0, 0)
    assert page.verdict_chip.words == "成立"
    assert page.detail is not None
    assert [(door.at, len(door.arrived)) for door in page.detail.late] == [("19:40", 1)]
    assert page.detail.motions[0].standing is not None
    assert page.detail.motions[0].standing.present == 28


def test_17_half_of_those_present_is_not_more_than_half(qtbot: QtBot, desk: DeskWindow) -> None:
    page = called(qtbot, desk, "第二季度村民代表会议", "三组道路硬化")
    sign_in(qtbot, desk, page, "1-28")
    vote(qtbot, desk, page, 14, 13, 1)
    assert page.verdict_chip.words == "未通过"
    assert "要15票" in page.checks.shown[0].words
    press(qtbot, page, "vote")
    again = dialog_of(CountDialog)
    again.fields.yes.setText("15")
    again.fields.abstain.setText("0")
    again.reason.setText("计票单上是15票，录入时看错")
    answer(qtbot, desk, again)
    assert page.verdict_chip.words == "成立"


def test_19_sheets_are_printed_filled_by_hand_and_typed_back(
    qtbot: QtBot, desk: DeskWindow, village: VillageFile, tmp_path: Path
) -> None:
    page = called(qtbot, desk, "第二季度村民代表会议", "三组道路硬化")
    sheets = {}
    for what in ("print_sign_in", "print_ballots", "print_tally", "print_blank", "print_call"):
        press(qtbot, page, what)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
        preview = dialog_of(PreviewDialog)
        out = tmp_path / f"{what}.pdf"
        preview.preview.save_as(str(out))
        preview.reject()
        sheets[what] = plain_text(out.read_bytes())
    assert page.detail is not None
    code = page.detail.row.code
    plain = {what: "".join(text.split()) for what, text in sheets.items()}
    assert all(code in text for text in plain.values())
    assert all(f"第{number:03d}号" in plain["print_ballots"] for number in (1, 37))
    page.filter.setText(f"{code[:4]} {code[4:]}")
    assert [row.code for row in page.table.rows()] == [code]
    sign_in(qtbot, desk, page, "1-20 22 25 26-30")
    assert page.detail.row.present == 27
    press(qtbot, page, "vote")
    dialog = dialog_of(CountDialog)
    fields = dialog.fields
    fields.way.setCurrentIndex(fields.way.findData("secret"))
    for editor, number in (
        (fields.issued, 27), (fields.returned, 25), (fields.spoiled, 1), (fields.kept, 0),
        (fields.yes, 20), (fields.no, 4), (fields.abstain, 1),
    ):  # fmt: skip
        editor.setText(str(number))
    fields.monitors.setText("李建国")
    before = village.digest()
    answer(qtbot, desk, dialog)
    assert "发出27张票，收回有效25张、作废1张、未交回0张，加起来是26张，对不上" in dialog.refusal.text()
    assert village.digest() == before
    fields.kept.setText("1")
    answer(qtbot, desk, dialog)
    assert page.verdict_chip.words == "成立"


def test_21_minutes_are_kept_as_printed_and_put_right_by_number(
    qtbot: QtBot, desk: DeskWindow, village: VillageFile, tmp_path: Path
) -> None:
    page = called(qtbot, desk, "第二季度村民代表会议", "三组道路硬化")
    sign_in(qtbot, desk, page, "1-28")
    vote(qtbot, desk, page, 20, 8, 0)
    press(qtbot, page, "remarks")
    remarks = dialog_of(RemarksDialog)
    remarks.lines.setPlainText("杨丽：渠道年年淤")
    answer(qtbot, desk, remarks)
    first = printed(qtbot, desk, page, tmp_path / "会议记录.pdf")
    text = "".join(plain_text(first).split())
    for words in (
        "应到37人",
        "实到28人",
        "75.6%",
        "同意20票、反对8票",
        "硬化三组道路1200米",
        "杨丽：渠道年年淤",
        "主持人（签字）",
    ):
        assert words in text
    press(qtbot, page, "correct")
    dialog = dialog_of(CorrectionDialog)
    dialog.item.setCurrentText("发言要点")
    assert dialog.was.toPlainText() == "杨丽：渠道年年淤"
    dialog.becomes.setPlainText("杨丽：渠道年年淤积，今年要清")
    dialog.reason.setText("记录时漏记")
    answer(qtbot, desk, dialog)
    # A fact that is changed after the printing becomes a correction as well.
    press(qtbot, page, "edit")
    edit = dialog_of(MeetingDialog)
    edit.place.setText("祠堂")
    answer(qtbot, desk, edit)
    assert page.detail is not None
    assert [(one.no, one.item, one.was, one.becomes) for one in page.detail.corrections] == [
        (1, "发言要点", "杨丽：渠道年年淤", "杨丽：渠道年年淤积，今年要清"),
        (2, "地点", "村委会二楼", "祠堂"),
    ]
    second = "".join(plain_text(printed(qtbot, desk, page, tmp_path / "第二次.pdf")).split())
    assert "杨丽：渠道年年淤" in second
    assert "今年要清" in second
    assert "祠堂（见更正第2号）" in second
    with village.reading() as session:
        said = check_pdf(session, tmp_path / "会议记录.pdf")
    assert hashlib.sha256(first).hexdigest() != hashlib.sha256((tmp_path / "第二次.pdf").read_bytes()).hexdigest()
    assert "一字不差" in said.sentence
    assert "又登记了2条更正" in said.sentence
    assert village.verify() == []


def printed(qtbot: QtBot, desk: DeskWindow, page: MeetingsPage, out: Path) -> bytes:
    """The minutes saved from their preview."""
    press(qtbot, page, "print_minutes")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    preview = dialog_of(PreviewDialog)
    preview.preview.save_as(str(out))
    preview.reject()
    settle(qtbot, desk)
    return out.read_bytes()


def test_a_scan_that_is_dropped_finds_its_meeting(
    qtbot: QtBot, desk: DeskWindow, village: VillageFile, tmp_path: Path
) -> None:

    other = do(village, actions.call_meeting, title="六月党员大会", body="party_members", held_on=HELD)
    page = called(qtbot, desk, "第二季度村民代表会议", "三组道路硬化")
    scan = tmp_path / f"签到表{read(village, other).row.code}.png"
    Image.new("RGB", (40, 60), "white").save(scan)
    page.keep_files([scan])
    qtbot.waitUntil(lambda: page.files.table.rowCount() == 1)
    assert page.detail is not None
    assert page.detail.row.id == other
    assert page.tabs.tabText(1) == "材料（1）"


def test_one_evening_is_signed_once_for_two_bodies(qtbot: QtBot, desk: DeskWindow, village: VillageFile) -> None:
    other = do(village, actions.call_meeting, title="六月党员大会", body="party_members", held_on=HELD)
    page = called(qtbot, desk, "第二季度村民代表会议", "三组道路硬化")
    press(qtbot, page, "join")
    answer(qtbot, desk, dialog_of(EveningDialog))
    sign_in(qtbot, desk, page, "1-92", "19:00")
    mine, theirs = read(village, page.detail.row.id if page.detail else ""), read(village, other)
    assert (mine.row.eligible, theirs.row.eligible) == (37, 58)
    assert (mine.row.present, theirs.row.present) == (37, 58)
    press(qtbot, page, "vote")
    dialog = dialog_of(CountDialog)
    for editor, number in ((dialog.fields.yes, 80), (dialog.fields.no, 2), (dialog.fields.abstain, 0)):
        editor.setText(str(number))
    assert dialog.fields.checks.shown[0].tone == "bad"
    dialog.fields.joint.setChecked(True)
    answer(qtbot, desk, dialog)
    assert page.verdict_chip.words == "不能成立"
    assert "一起举的手" in page.checks.shown[0].words
    assert read(village, other).verdict.state is not VerdictState.CANNOT_STAND


def test_two_matters_of_one_evening_need_one_sign_in_and_one_set_of_minutes(
    qtbot: QtBot, desk: DeskWindow, village: VillageFile
) -> None:
    """The second matter is put to the meeting that the first one called; another body shares the sheet of the door."""
    first, second = (matters.opened(village, title=title) for title in ("村东排水渠修缮", "聘请保洁员"))
    desk.go("decisions", first)
    page = desk.page
    assert isinstance(page, DecisionsPage)

    def hold(case: str) -> StepDialog:
        desk.go("decisions", case)
        page.view.stepper.choose(3)
        page.ask("hold")
        dialog = dialog_of(StepDialog)
        bodies = [dialog.body_box.itemData(row)[0] for row in range(dialog.body_box.count())]
        dialog.body_box.setCurrentIndex(bodies.index("representatives"))
        dialog.held_on.set_day(HELD)
        return dialog

    dialog = hold(first)
    assert not dialog.form.field("join").isVisible()
    dialog.place.setText("村委会二楼")
    answer(qtbot, desk, dialog)
    dialog = hold(second)
    assert dialog.join.currentText() == "并入“村民代表会议（村东排水渠修缮）”"
    assert not dialog.place.isVisible()
    answer(qtbot, desk, dialog)
    party = do(village, actions.call_meeting, title="六月党员大会", body="party_members", held_on=HELD)
    meeting = matters.read(village, second).stage(4).meeting
    assert meeting is not None
    meeting_id = meeting.row.id
    assert meeting.row.title == "村民代表会议（村东排水渠修缮等2项）"
    do(village, actions.join_evening, meeting_ids=(meeting_id, party))
    desk.go("decisions", first)
    page.view.stepper.choose(3)
    page.ask("sign_in")
    sheet = dialog_of(SignDialog)
    assert sheet.windowTitle().startswith("合并签到")
    sheet.fields.typed.setText("1-90")
    answer(qtbot, desk, sheet)
    assert read(village, meeting_id).row.present == 37
    assert read(village, party).row.present > 50
    for case, yes in ((first, 30), (second, 18)):
        desk.go("decisions", case)
        page.view.stepper.choose(3)
        page.ask("vote")
        count = dialog_of(CountDialog)
        for editor, number in ((count.fields.yes, yes), (count.fields.no, 37 - yes), (count.fields.abstain, 0)):
            editor.setText(str(number))
        answer(qtbot, desk, count)
    detail = read(village, meeting_id)
    assert [motion.verdict.state for motion in detail.motions] == [VerdictState.STANDS, VerdictState.REJECTED]
    # From the page of meetings each matter leads back to its own case.
    meetings = page_of(desk, meeting_id)
    meetings.motion_grid.choose(detail.motions[1].id)
    press(qtbot, meetings, "go_case")
    assert isinstance(desk.page, DecisionsPage)
    assert desk.page.detail is not None
    assert desk.page.detail.row.id == second
