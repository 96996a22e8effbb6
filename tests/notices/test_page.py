"""The page of notices by clicks: from a duty to a sheet on the wall, and the sentences when it may not be."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.hands import answer, settle, shown
from village_desk.archive.actions import attach
from village_desk.notices import actions, lookups, printout
from village_desk.notices.dialogs import (
    AnswerDialog,
    DamageDialog,
    DraftDialog,
    ObjectionDialog,
    PostDialog,
    PublishDialog,
    ReasonDialog,
    ReviewDialog,
    SlipDialog,
    TakeDownDialog,
)
from village_desk.notices.dialogs.fields import FieldsDialog
from village_desk.notices.page import NoticesPage
from village_desk.notices.rules.life import Stage
from village_desk.paper.text import plain_text
from village_desk.people import actions as people
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> NoticesPage:
    return shown(qtbot, NoticesPage(workplace), (1130, 650))


def press(qtbot: QtBot, page: NoticesPage, what: str) -> None:
    if what in page.view.buttons:
        qtbot.mouseClick(page.view.buttons[what], Qt.MouseButton.LeftButton)
    else:
        page.view.more[what].trigger()


def hanging(village: VillageFile, *, on: dt.date = dt.date(2026, 9, 1)) -> str:
    with village.writing("tests.furnish") as session:
        notice_id = actions.draft_notice(
            session, item="resolution", title="决议公开", body="同意修缮村东排水渠。", review_first=False
        )
        actions.publish(session, notice_id=notice_id, posting_from=on)
        actions.post(session, notice_id=notice_id, posted_on=on, posted_by="王强")
    return notice_id


def test_an_empty_page_says_what_to_do(page: NoticesPage) -> None:
    assert "点“起草”写第一张" in page.grid.empty_words
    assert page.below.currentWidget() is page.nothing


def test_from_duty_to_wall_by_clicks(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str]
) -> None:
    with village.writing("tests.furnish") as session:
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=dt.date(2026, 1, 10), how="推选")
        actions.add_duty(
            session,
            item="resolution",
            about="村东排水渠修缮",
            source_room="decisions",
            source_id="5f" * 16,
            due_on=dt.date(2026, 9, 15),
        )
    page.refresh_now()
    page.open_record("")
    page.duty_grid.enter()
    assert page.duty_words.text() == "村东排水渠修缮要在9月15日前张贴公开，还有5天。"
    qtbot.mouseClick(page.duty_draft, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, DraftDialog)
    page.dialog.body_edit.setPlainText("表决通过。")
    answer(qtbot, workplace, page.dialog)
    assert page.view.title.text() == "关于村东排水渠修缮的公开"

    press(qtbot, page, "review")
    assert isinstance(page.dialog, ReviewDialog)
    answer(qtbot, workplace, page.dialog)
    press(qtbot, page, "publish")
    assert isinstance(page.dialog, PublishDialog)
    assert "2026年9月28日（15天）" in page.dialog.form.field("start")._hint.text()
    answer(qtbot, workplace, page.dialog)
    assert told[-1] == "已定稿，东河村委〔2026〕1号。请打印盖章后张贴。"
    press(qtbot, page, "post")
    assert isinstance(page.dialog, PostDialog)
    page.dialog.day.set_day(dt.date(2026, 9, 9))
    answer(qtbot, workplace, page.dialog)
    assert told[-1] == "已登记张贴，要贴到9月24日。"
    assert page.detail is not None
    assert page.detail.row.stage is Stage.POSTED
    with village.reading() as session:
        assert lookups.open_duties(session, on=village.today) == ()


def test_taking_down_too_early_is_told_in_the_dialog_with_the_days(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    hanging(village)
    page.refresh_now()
    press(qtbot, page, "take_down")
    assert isinstance(page.dialog, TakeDownDialog)
    answer(qtbot, workplace, page.dialog)
    assert page.dialog.isVisible()
    assert "还差6天，现在不能撤下" in page.dialog.refusal.text()
    page.dialog.reject()


def test_a_damage_by_clicks_asks_for_a_new_posting(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str]
) -> None:
    hanging(village)
    page.refresh_now()
    press(qtbot, page, "damage")
    assert isinstance(page.dialog, DamageDialog)
    page.dialog.day.set_day(dt.date(2026, 9, 5))
    answer(qtbot, workplace, page.dialog)
    assert told[-1] == "已登记破损，请补贴。"
    assert page.view.buttons["post"].text() == "登记补贴"
    press(qtbot, page, "post")
    assert isinstance(page.dialog, PostDialog)
    answer(qtbot, workplace, page.dialog)
    assert page.detail is not None
    assert page.detail.row.stage is Stage.POSTED


def test_a_wrong_date_is_put_right_by_clicks(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    hanging(village)
    page.refresh_now()
    press(qtbot, page, "slip")
    assert isinstance(page.dialog, SlipDialog)
    answer(qtbot, workplace, page.dialog)
    assert page.dialog.form.field("reason").error
    page.dialog.day.set_day(dt.date(2026, 9, 2))
    page.dialog.reason.setText("登记时看错")
    answer(qtbot, workplace, page.dialog)
    assert any("更正为2026年9月2日：登记时看错" in check.words for check in page.view.checks.shown)


def test_private_numbers_are_shown_and_covered_by_one_click(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    with village.writing("tests.furnish") as session:
        actions.draft_notice(session, item="affairs", title="名单", body="张三13912345678", review_first=False)
    page.refresh_now()
    assert any("1处手机号" in check.words for check in page.view.checks.shown)
    page.view.checks.acted.emit("mask")
    settle(qtbot, workplace)
    assert page.view.text.text() == "张三139****5678"


def test_a_print_is_kept_as_it_was_printed(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    notice_id = hanging(village)
    page.refresh_now()
    press(qtbot, page, "print")
    settle(qtbot, workplace)
    assert isinstance(page.dialog, PreviewDialog)
    page.dialog.preview.printed.emit()
    settle(qtbot, workplace)
    page.dialog.close()
    with village.reading() as session:
        (kept,) = lookups.one_notice(session, notice_id, on=village.today).prints
    assert village.blobs.get(kept.pdf_hash).startswith(b"%PDF")


def test_a_duty_that_does_not_apply_is_marked_with_its_reason(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    with village.writing("tests.furnish") as session:
        actions.add_duty(
            session, item="result", about="渠道", source_room="decisions", source_id="5f" * 16, due_on=None
        )
    page.open_record("")
    page.duty_grid.enter()
    qtbot.mouseClick(page.duty_waive, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, ReasonDialog)
    page.dialog.reason.setText("议题已撤回")
    answer(qtbot, workplace, page.dialog)
    assert page.duty_words.text() == "渠道不用张贴：议题已撤回"
    assert not page.duty_waive.isVisible()


def test_the_list_is_found_by_title_and_number(page: NoticesPage, qtbot: QtBot, village: VillageFile) -> None:
    hanging(village)
    page.refresh_now()
    page.narrow("〔2026〕1号")
    assert page.table.rowCount() == 1
    page.narrow("没有这一张")
    assert page.table.rowCount() == 0
    assert page.below.currentWidget() is page.nothing


def test_large_type_shows_the_list_or_one_notice(page: NoticesPage, qapp: QApplication, village: VillageFile) -> None:
    notice_id = hanging(village)
    page.refresh_now()
    theme.dress(qapp, 150)
    page.open_record(notice_id)
    assert not page.list_card.isVisible()
    page.go_back()
    assert page.list_card.isVisible()
    assert not page.below.isVisible()
    assert page.minimumSizeHint().width() <= 1050


def test_every_dialog_can_be_shown(page: NoticesPage, qtbot: QtBot, village: VillageFile) -> None:
    hanging(village)
    page.refresh_now()
    names = []
    for name, dialog in page.dialogs_to_show():
        qtbot.addWidget(dialog)
        dialog.show()
        names.append(name)
        dialog.close()
    assert names == ["draft", "review", "publish", "post", "damage", "slip", "seal", "correct", "outside"]


def test_the_whole_life_of_a_sheet_by_clicks(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str]
) -> None:
    """Scenario 24: draft, review, number, seal, wall, objection, taking down, archive, all on one strip."""

    def fill(**values: object) -> None:
        dialog = page.dialog
        assert isinstance(dialog, FieldsDialog)
        for key, value in values.items():
            dialog.put(key, value)
        answer(qtbot, workplace, dialog)

    def on(number: int) -> None:
        village.confirm_today(dt.date(2026, 9, number))
        page.refresh_now()

    with village.writing("tests.furnish") as session:
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=dt.date(2026, 1, 10), how="推选")
        actions.add_board(session, name="三组公开栏")
        notice_id = actions.draft_notice(
            session, item="subsidy", title="补贴公示", body="张三96元。", kind="objection_notice", review_first=True
        )
    page.refresh_now()
    press(qtbot, page, "review")
    assert isinstance(page.dialog, ReviewDialog)
    page.dialog.opinion.setCurrentIndex(page.dialog.opinion.findData("after_changes"))
    page.dialog.words.setPlainText("请加上组别")
    answer(qtbot, workplace, page.dialog)
    press(qtbot, page, "reply")
    fill(who="王强", words="已加上")
    press(qtbot, page, "edit")
    assert isinstance(page.dialog, DraftDialog)
    page.dialog.body_edit.setPlainText("张三（三组）96元。")
    answer(qtbot, workplace, page.dialog)
    press(qtbot, page, "publish")
    assert isinstance(page.dialog, PublishDialog)
    answer(qtbot, workplace, page.dialog)
    press(qtbot, page, "seal")
    fill(signer="王强", many=2)
    press(qtbot, page, "post")
    assert isinstance(page.dialog, PostDialog)
    assert "三组公开栏" in [page.dialog.board.itemText(at) for at in range(page.dialog.board.count())]
    answer(qtbot, workplace, page.dialog)
    assert told[-1] == "已登记张贴，要贴到9月17日。"

    on(15)
    press(qtbot, page, "take_down")
    assert isinstance(page.dialog, TakeDownDialog)
    answer(qtbot, workplace, page.dialog)
    assert "还差2天，现在不能撤下" in page.dialog.refusal.text()
    page.dialog.reject()
    on(16)
    press(qtbot, page, "objection")
    assert isinstance(page.dialog, ObjectionDialog)
    page.dialog.who.setText("张三")
    page.dialog.words.setPlainText("面积不对")
    answer(qtbot, workplace, page.dialog)
    assert any("张三反映：面积不对" in check.words for check in page.view.checks.shown)
    press(qtbot, page, "answer")
    assert isinstance(page.dialog, AnswerDialog)
    page.dialog.who.setText("王强")
    page.dialog.words.setPlainText("已重新丈量")
    answer(qtbot, workplace, page.dialog)
    on(18)
    press(qtbot, page, "take_down")
    assert isinstance(page.dialog, TakeDownDialog)
    answer(qtbot, workplace, page.dialog)
    assert told[-1].startswith("已登记撤下")
    with village.writing("tests.photos") as session:
        for name in ("左边", "右边"):
            attach(session, of_table="notice", of_id=notice_id, blob=f"{len(name)}{name}".encode().hex(), title=name)
    press(qtbot, page, "archive")
    fill(box="2026年第1盒")
    assert page.detail is not None
    assert page.detail.row.stage is Stage.ARCHIVED
    assert len(page.detail.files) == page.files.table.rowCount() == 2
    strip = [(step.title, step.day.day) for step in page.detail.strip if step.day is not None]
    assert strip == [
        ("审核", 10),
        ("编号定稿", 10),
        ("签字盖章", 10),
        ("张贴", 10),
        ("撤下", 18),
        ("归档", 18),
    ]


def test_a_wrong_sheet_is_corrected_and_a_sheet_from_elsewhere_registered_by_clicks(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str]
) -> None:
    hanging(village)
    with village.writing("tests.duty") as session:
        actions.open_item_duty(session, code="C12", about="耕地补贴名单", happened_on=dt.date(2026, 9, 9))
    page.refresh_now()
    press(qtbot, page, "correct")
    assert isinstance(page.dialog, FieldsDialog)
    page.dialog.put("reason", "长度应为480米，误写成840米。")
    answer(qtbot, workplace, page.dialog)
    assert page.view.title.text() == "关于《决议公开》的更正公告"
    assert any("要和原件贴在一起" in check.words for check in page.view.checks.shown)

    page.open_record("")
    page.duty_grid.enter()
    qtbot.mouseClick(page.duty_outside, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, FieldsDialog)
    assert sum(1 for _ in page.dialog.form.fields()) <= 6
    page.dialog.put("made_by", "平安镇农业农村办")
    answer(qtbot, workplace, page.dialog)
    assert told[-1] == "已登记，要贴到9月17日。"
    with village.reading() as session:
        assert lookups.open_duties(session, on=village.today) == ()


def test_private_numbers_are_marked_printed_masked_and_left_only_for_a_logged_reason(
    page: NoticesPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    """Scenario 27."""
    with village.writing("tests.furnish") as session:
        notice_id = actions.draft_notice(
            session,
            item="affairs",
            title="名单",
            body="张三，证号320924196803051234，值班电话13912345678。",
            review_first=False,
        )
    page.refresh_now()
    assert any("2处身份证号、手机号" in check.words for check in page.view.checks.shown)
    assert page.detail is not None
    text = plain_text(printout.notice(page.detail.paper))
    assert "13912345678" not in text
    assert "3209**********1234" in text
    with village.writing("tests.edit") as session:
        detail = lookups.one_notice(session, notice_id, on=village.today)
        actions.edit_draft(
            session,
            notice_id=notice_id,
            seen=detail.row.seen,
            title="名单",
            body="值班电话13912345678。",
            kind="publication",
            issuer="committee",
            review_first=False,
        )
    page.refresh_now()
    press(qtbot, page, "publish")
    assert isinstance(page.dialog, PublishDialog)
    answer(qtbot, workplace, page.dialog)
    assert "完整的手机号" in page.dialog.refusal.text()
    page.dialog.reason.setText("值班电话，方便村民联系")
    answer(qtbot, workplace, page.dialog)
    assert any("理由：值班电话，方便村民联系" in check.words for check in page.view.checks.shown)
    with village.reading() as session:
        (logged,) = lookups.unmasked_uses(session)
    assert (logged.kinds, logged.many, logged.reason) == ("手机号", 1, "值班电话，方便村民联系")
