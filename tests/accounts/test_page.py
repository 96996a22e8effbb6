"""The page of accounts by clicks: a quarter from its workbook to the wall, what is refused, and the registers."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.accounts.conftest import REASON, agency_rows, workbook
from tests.hands import settle, shown
from village_desk.accounts import actions, lookups
from village_desk.accounts.dialogs import (
    BeginDialog,
    CloseDialog,
    CorrectDialog,
    EntryDialog,
    FactsDialog,
    ImportDialog,
    MakeSheetDialog,
    NoteDialog,
    PostDialog,
    PublishDialog,
    ReasonDialog,
    ReviewDialog,
)
from village_desk.accounts.page import AccountsPage
from village_desk.accounts.page.checking import CheckDialog
from village_desk.accounts.page.committee import CommitteePane
from village_desk.accounts.page.registers import REGISTERS, RegisterPane
from village_desk.accounts.rules.registers import AssetFacts
from village_desk.accounts.rules.sums import SheetState
from village_desk.kit.money import capital_yuan, yuan
from village_desk.notices import actions as notices
from village_desk.notices import lookups as notice_lookups
from village_desk.paper.text import plain_text
from village_desk.people import actions as people
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> AccountsPage:
    return shown(qtbot, AccountsPage(workplace), (1178, 700))


def answer(qtbot: QtBot, page: AccountsPage) -> None:
    """Press the verb of the dialog that stands open."""
    assert isinstance(page.dialog, AskDialog)
    qtbot.mouseClick(page.dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, page.workplace)


def press(qtbot: QtBot, page: AccountsPage, what: str) -> Any:
    if what in page.periods.acts:
        qtbot.mouseClick(page.periods.acts[what], Qt.MouseButton.LeftButton)
    else:
        page.periods.more[what].trigger()
    settle(qtbot, page.workplace)
    return page.dialog


def furnish_committee(village: VillageFile) -> str:
    with village.writing("tests.furnish") as session:
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=dt.date(2026, 1, 10), how="推选")
    return head


def begin(qtbot: QtBot, page: AccountsPage) -> None:
    qtbot.mouseClick(page.periods.begin_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, BeginDialog)
    assert page.dialog.period.currentText() == "2026年第二季度"
    page.dialog.opening.setText("12,340.50")
    page.dialog.reason.setText(REASON)
    answer(qtbot, page)


def take_in(qtbot: QtBot, page: AccountsPage, path: Path) -> ImportDialog:
    dialog = page.periods.ask_import()
    dialog.take_file(path)
    answer(qtbot, page)
    return dialog


def test_a_quarter_of_sixty_lines_goes_to_the_wall(
    page: AccountsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str], tmp_path: Path
) -> None:
    """Scenario 26: sixty lines, totals, 大写, sums of pages; unbalanced is not posted; a voided line tells why."""
    head = furnish_committee(village)
    begin(qtbot, page)
    take_in(qtbot, page, workbook(tmp_path / "明细.xlsx", agency_rows(60)))
    assert told[-1] == "已导入60笔。"
    assert page.periods.entries.rowCount() == 60

    page.periods.lines.choose(page.periods.entries.row(7).id)
    page.periods.ask_void()
    assert isinstance(page.dialog, ReasonDialog)
    page.dialog.reason.setText("凭证重复")
    answer(qtbot, page)
    assert page.periods.entries.row(7).void_reason == "凭证重复"
    assert page.periods.sheet is not None
    close = page.periods.sheet.sums.close

    dialog = press(qtbot, page, "close")
    assert isinstance(dialog, CloseDialog)
    dialog.cash.setText("500")
    dialog.bank.setText(yuan(close - 50_100))
    assert dialog.told.text() == f"现金加银行存款是{yuan(close - 100)}元，和期末差1.00元。"
    answer(qtbot, page)
    assert f"比期末结余{yuan(close)}元少1.00元" in dialog.refusal.text()
    assert page.periods.sheet.row.state is SheetState.OPEN
    dialog.bank.setText(yuan(close - 50_000))
    assert dialog.told.text() == f"账是平的，期末结余{capital_yuan(close)}。"
    answer(qtbot, page)
    assert page.periods.chip.words == "已结账"

    press(qtbot, page, "draft")
    publish = press(qtbot, page, "publish")
    assert isinstance(publish, PublishDialog)
    answer(qtbot, page)
    assert "还没有村务监督委员会的审核意见" in publish.refusal.text()
    publish.reject()
    with village.writing("notices.review_notice") as session:
        notices.review_notice(
            session,
            notice_id=page.periods.sheet.row.notice_id,
            opinion="agreed",
            reviewer_id=head,
            reviewed_on=dt.date(2026, 7, 5),
        )
    page.refresh_now()
    press(qtbot, page, "publish")
    answer(qtbot, page)
    assert page.periods.chip.words == "已公布"

    press(qtbot, page, "print")
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert isinstance(page.dialog, PreviewDialog)
    text = plain_text(page.dialog.preview._pdf)
    assert text.count("本页小计") >= 4
    assert "作废：凭证重复" in text
    assert capital_yuan(close) in text
    page.dialog.preview.saved.emit("a.pdf")
    settle(qtbot, workplace)
    assert told[-1] == "已记下这次打印，存档的就是这一份。"
    page.dialog.close()

    post = press(qtbot, page, "post")
    assert isinstance(post, PostDialog)
    post.who.setText("王强")
    answer(qtbot, page)
    assert told[-1] == "已登记张贴，要贴到7月21日。"
    with village.reading() as session:
        assert notice_lookups.open_duties(session, on=village.today) == ()

    correct = press(qtbot, page, "correct")
    assert isinstance(correct, CorrectDialog)
    correct.lines.setPlainText("第1笔鱼塘租金 301.11元 311.11元")
    correct.receipts.setText(yuan(page.periods.sheet.sums.receipts + 1_000))
    correct.reason.setText("少记")
    assert correct.told.text() == f"更正后期末结余是{yuan(close + 1_000)}元。"
    with qtbot.waitSignal(page.asked_for) as asked:
        answer(qtbot, page)
    assert asked.args is not None
    assert asked.args[0] == "notices"


def test_a_wrong_workbook_is_told_cell_by_cell_and_not_taken(
    page: AccountsPage, qtbot: QtBot, village: VillageFile, tmp_path: Path
) -> None:
    begin(qtbot, page)
    rows = agency_rows(12)
    rows[4][5] = "三百"
    rows[6][6] = "1.2万"
    dialog = page.periods.ask_import()
    dialog.take_file(workbook(tmp_path / "明细.xlsx", rows))
    assert not dialog.accept_button.isEnabled()
    assert dialog.reading is not None
    assert dialog.reading.problems[0].startswith("F5写的是“三百”，不是金额。")
    assert dialog.reading.problems[1].startswith("G7写的是“1.2万”，单位是万。")
    assert page.periods.entries.rowCount() == 0


def test_unknown_heads_are_asked_for_once(page: AccountsPage, qtbot: QtBot, tmp_path: Path, told: list[str]) -> None:
    begin(qtbot, page)
    path = workbook(tmp_path / "土表.xlsx", [["哪天", "干什么", "进账", "出账"], ["4月3日", "收租金", 300, ""]])
    dialog = page.periods.ask_import()
    dialog.take_file(path)
    assert list(dialog.columns) == ["A", "B", "C", "D"]
    for letter, key in zip("ABCD", ("date", "words", "receipts", "payments"), strict=True):
        box = dialog.columns[letter]
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
    answer(qtbot, page)
    assert told[-1] == "已导入1笔。"
    again = page.periods.ask_import()
    again.take_file(path)
    assert again.columns == {}
    again.reject()


def test_lines_are_typed_put_right_and_restored(
    page: AccountsPage, qtbot: QtBot, workplace: Workplace, told: list[str]
) -> None:
    begin(qtbot, page)
    press(qtbot, page, "entry")
    assert isinstance(page.dialog, EntryDialog)
    page.dialog.amount.setText("一千")
    page.dialog.words.setText("收租金")
    answer(qtbot, page)
    assert "不是以元为单位的金额" in page.dialog.form.field("amount").error
    page.dialog.amount.setText("1000")
    page.dialog.day.set_day(dt.date(2026, 5, 1))
    answer(qtbot, page)
    assert page.periods.entries.row(0).category_words == "发包租赁收入"
    page.periods.ask_edit()
    assert isinstance(page.dialog, EntryDialog)
    page.dialog.amount.setText("1200")
    answer(qtbot, page)
    assert page.periods.sums["receipts"].text() == "1,200.00"
    page.periods.drop()
    settle(qtbot, workplace)
    assert page.periods.entries.rowCount() == 0
    press(qtbot, page, "drop_period")
    assert page.periods.table.rowCount() == 0


def test_a_sheet_made_elsewhere_takes_four_sums(page: AccountsPage, qtbot: QtBot, told: list[str]) -> None:
    qtbot.mouseClick(page.periods.begin_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, BeginDialog)
    page.dialog.opening.setText("100")
    page.dialog.reason.setText(REASON)
    page.dialog.elsewhere.setChecked(True)
    answer(qtbot, page)
    assert page.periods.files.isVisible()
    dialog = press(qtbot, page, "close")
    for editor, words in ((dialog.receipts, "50"), (dialog.payments, "30"), (dialog.close_sum, "120")):
        editor.setText(words)
    answer(qtbot, page)
    assert told[-1] == "已结账，公开任务已经列上。"


def test_every_register_takes_a_record_and_makes_its_sheet(
    page: AccountsPage, qtbot: QtBot, village: VillageFile, told: list[str]
) -> None:
    for at, register in enumerate(REGISTERS, start=1):
        key, pane = register.key, page.pane_at(at)
        assert isinstance(pane, RegisterPane)
        page.tabs.setCurrentIndex(at)
        qtbot.mouseClick(pane.add_button, Qt.MouseButton.LeftButton)
        assert isinstance(page.dialog, FactsDialog)
        answer(qtbot, page)
        assert any(field.error for _, field in page.dialog.form.fields())
        for name, words in (("subject", "鱼塘"), ("party", "王大山"), ("name", "水泵"), ("principal_fen", "500")):
            editor = page.dialog.editors.get(name)
            if isinstance(editor, QLineEdit):
                editor.setText(words)
        if key == "debts":
            page.dialog.editors["arose_on"].set_day(dt.date(2026, 5, 1))  # type: ignore[attr-defined]  # a DateEdit
        answer(qtbot, page)
        assert pane.table.rowCount() == 1, told
        assert pane.title.text() in {"鱼塘", "水泵", "王大山"}
    page.tabs.setCurrentIndex(0)
    qtbot.mouseClick(page.periods.other_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, MakeSheetDialog)
    answer(qtbot, page)
    assert page.periods.title.text() == "2026年第二季度债权债务公开表"


def test_the_yearly_check_goes_asset_by_asset(
    page: AccountsPage, qtbot: QtBot, workplace: Workplace, village: VillageFile
) -> None:
    with village.writing("tests.furnish") as session:
        for name in ("水泵", "电脑"):
            actions.add_asset(session, facts=AssetFacts(name=name, cost_fen=100_000))
    page.tabs.setCurrentIndex(2)
    pane = page.pane_at(2)
    assert isinstance(pane, RegisterPane)
    qtbot.mouseClick(pane.check_button, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert isinstance(dialog, CheckDialog)
    settle(qtbot, workplace)
    assert dialog.words.text() == "共2件，还有2件没查。查完再点“结束清查”。"
    qtbot.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    qtbot.mouseClick(dialog.end_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    assert "还有1件没有清查：电脑" in dialog.told.text()
    qtbot.mouseClick(dialog.other_button, Qt.MouseButton.LeftButton)
    assert dialog.dialog is not None
    dialog.dialog.reason.setPlainText("已报废")
    qtbot.mouseClick(dialog.dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    qtbot.mouseClick(dialog.end_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    with village.reading() as session:
        assert lookups.asset_checks(session)[0].closed
    dialog.accept()


def test_the_committees_month_and_notes(
    page: AccountsPage, qtbot: QtBot, village: VillageFile, told: list[str]
) -> None:
    furnish_committee(village)
    page.tabs.setCurrentIndex(6)
    pane = page.pane_at(6)
    assert isinstance(pane, CommitteePane)
    qtbot.mouseClick(pane.add_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, ReviewDialog)
    assert page.dialog.signers.text() == "李建国"
    page.dialog.sheets.setValue(12)
    page.dialog.agreed.setText("8000")
    page.dialog.refused.setPlainText("记-3 1 300")
    answer(qtbot, page)
    assert "第1行没有写全" in page.dialog.form.field("refused").error
    page.dialog.refused.setPlainText("记-3 1 300 没有明细")
    answer(qtbot, page)
    assert pane.title.text() == "2026年6月民主理财"
    qtbot.mouseClick(pane.seal_button, Qt.MouseButton.LeftButton)
    settle(qtbot, page.workplace)
    assert not pane.seal_button.isEnabled()
    qtbot.mouseClick(pane.note_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, NoteDialog)
    page.dialog.subject.setText("水渠")
    page.dialog.finding.setPlainText("渗水")
    answer(qtbot, page)
    assert pane.notes.rowCount() == 1


def test_large_type_shows_the_list_or_one_record(page: AccountsPage, qapp: QApplication, village: VillageFile) -> None:
    with village.writing("tests.furnish") as session:
        actions.begin_period(session, from_on=dt.date(2026, 4, 1), until_on=dt.date(2026, 6, 30))
    theme.dress(qapp, theme.LARGE_TYPE_PERCENT)
    page.refresh_now()
    assert page.periods.list_card.isVisible()
    assert not page.periods.right.isVisible()
    page.periods.go_in()
    assert page.periods.right.isVisible()
    assert page.periods.back.isVisible()
