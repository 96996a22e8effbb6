"""Scenarios 24 to 28 through the real window: a notice's life, moved deadlines, a finance sheet, privacy, print."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.accounts.conftest import REASON, agency_rows, workbook
from tests.files import new_village
from tests.journeys.hands import LEFT, answer, buttons, dialog_of, press, settle
from village_desk.accounts.dialogs import BeginDialog, CloseDialog, ImportDialog, ReasonDialog
from village_desk.accounts.page import AccountsPage
from village_desk.archive.actions import attach
from village_desk.desk.plan_page import DeskPlanPage
from village_desk.desk.preferences import Preferences
from village_desk.desk.window import DeskWindow
from village_desk.kit.money import capital_yuan, yuan
from village_desk.notices import actions
from village_desk.notices.dialogs import (
    DraftDialog,
    ObjectionDialog,
    PostDialog,
    PublishDialog,
    ReviewDialog,
    TakeDownDialog,
)
from village_desk.notices.dialogs.fields import FieldsDialog
from village_desk.notices.page import NoticesPage
from village_desk.notices.page.plan import CATALOGUE
from village_desk.notices.rules.life import Stage
from village_desk.paper.preview import pictures
from village_desk.paper.text import pages_text, plain_text
from village_desk.people import actions as people
from village_desk.rulebook.actions import install_pack
from village_desk.widgets.preview import PreviewDialog

TODAY = dt.date(2026, 9, 10)
# A county that says by when an objection to a list of subsidies is answered.
PLACE = (
    (
        "pack.toml",
        'issuer = "county"\npack = "answers"\ntitle = "答复期限"\nversion = "1"\nlaw_version = "县办法"\n'
        'region = "local"\nvalid_from = 2026-01-01\n',
    ),
    (
        "posting.toml",
        '[[posting]]\nrule_id = "X-BT"\nkind = "subsidy"\nname = "补贴公示"\nsort = "objection_notice"\ndays = 7\n'
        'working_days = false\nrolls_over = true\nlegal_ref = "县办法"\nstanding = "local_rule"\nanswer_days = 5\n',
    ),
)


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    """A village with its supervision committee and two boards, on the tenth of September 2026."""
    file = new_village(tmp_path, today=TODAY)
    with file.writing("tests.furnish") as session:
        install_pack(session, files=PLACE)
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=dt.date(2026, 1, 10), how="推选")
        actions.add_board(session, name="三组公开栏")
    made = DeskWindow(file, Preferences())
    made.show()
    yield made
    if made.isVisible():
        made.close()
    made.deleteLater()


@pytest.fixture
def told(window: DeskWindow) -> list[str]:
    """What the window said was done."""
    heard: list[str] = []
    window.workplace.done.connect(heard.append)
    return heard


def on(window: DeskWindow, day: int) -> None:
    window.file.confirm_today(dt.date(2026, 9, day))
    window.page.refresh_now()


def act(qtbot: QtBot, window: DeskWindow, what: str) -> None:
    """A button of the notice at hand, or a line below 更多."""
    page = window.page
    assert isinstance(page, NoticesPage)
    if what in page.view.buttons:
        qtbot.mouseClick(page.view.buttons[what], LEFT)
    else:
        page.view.more[what].trigger()


def previewed(qtbot: QtBot) -> PreviewDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    return dialog_of(PreviewDialog)


def test_scenarios_24_and_27_a_sheet_with_private_numbers_lives_to_the_archive(
    window: DeskWindow, qtbot: QtBot, told: list[str]
) -> None:
    window.go("notices")
    page = window.page
    assert isinstance(page, NoticesPage)
    press(qtbot, window, "起草")
    draft = dialog_of(DraftDialog)
    draft.item.setCurrentIndex(draft.item.findData("subsidy"))
    draft.title_edit.setText("2026年耕地地力保护补贴公示")
    draft.body_edit.setPlainText("张三（三组）96元，证号320924196803051234，电话13912345678。")
    draft.review.setChecked(True)
    answer(qtbot, window, draft)

    # Scenario 27: both numbers are marked, the print is masked by itself, nothing unmasked is made final.
    marked = next(one for one in page.view.checks.shown if "2处身份证号、手机号" in one.words)
    assert marked.act == "遮盖"
    page.preview()
    shown = previewed(qtbot)
    text = plain_text(shown.preview._pdf)
    assert "3209**********1234" in text
    assert "139****5678" in text
    shown.reject()
    act(qtbot, window, "review")
    review = dialog_of(ReviewDialog)
    answer(qtbot, window, review)
    act(qtbot, window, "publish")
    publish = dialog_of(PublishDialog)
    answer(qtbot, window, publish)
    assert "完整的身份证号" in publish.refusal.text()
    publish.reject()
    press(qtbot, window, "遮盖")
    settle(qtbot, window)
    assert told[-1] == "已遮盖2处。"
    act(qtbot, window, "review")
    answer(qtbot, window, dialog_of(ReviewDialog))

    # Scenario 24: number, print, seal, board; seven days; an objection; two photos; the archive.
    act(qtbot, window, "publish")
    answer(qtbot, window, dialog_of(PublishDialog))
    act(qtbot, window, "print")
    shown = previewed(qtbot)
    shown.preview.saved.emit("a.pdf")
    settle(qtbot, window)
    shown.reject()
    act(qtbot, window, "seal")
    seal = dialog_of(FieldsDialog)
    seal.put("signer", "王强")
    answer(qtbot, window, seal)
    act(qtbot, window, "post")
    post = dialog_of(PostDialog)
    answer(qtbot, window, post)
    assert told[-1] == "已登记张贴，要贴到9月17日。"
    on(window, 15)
    act(qtbot, window, "take_down")
    early = dialog_of(TakeDownDialog)
    answer(qtbot, window, early)
    assert "还差2天，现在不能撤下" in early.refusal.text()
    early.reject()
    on(window, 16)
    act(qtbot, window, "objection")
    objection = dialog_of(ObjectionDialog)
    objection.who.setText("张三")
    objection.words.setPlainText("面积不对")
    answer(qtbot, window, objection)
    assert any("张三反映：面积不对" in one.words for one in page.view.checks.shown)
    assert page.detail is not None
    assert page.detail.objections[0].due_on == dt.date(2026, 9, 21), "five days, with the Sunday moved on"
    on(window, 18)
    act(qtbot, window, "take_down")
    answer(qtbot, window, dialog_of(TakeDownDialog))
    with window.file.writing("tests.photos") as session:
        for name in ("左边", "右边"):
            blob = name.encode().hex()
            attach(session, of_table="notice", of_id=page.detail.row.id, blob=blob, title=name)
    act(qtbot, window, "archive")
    box = dialog_of(FieldsDialog)
    box.put("box", "2026年第1盒")
    answer(qtbot, window, box)
    assert page.detail.row.stage is Stage.ARCHIVED
    days = [(step.title, step.day.day) for step in page.detail.strip if step.day is not None]
    assert [("张贴", 10), ("撤下", 18), ("归档", 18)] == [one for one in days if one[0] in {"张贴", "撤下", "归档"}]
    assert len(page.detail.prints) == 1


def test_scenario_25_a_new_holiday_moves_running_deadlines_and_lists_them(
    window: DeskWindow, qtbot: QtBot, told: list[str], tmp_path: Path
) -> None:
    with window.file.writing("tests.furnish") as session:
        hung = actions.draft_notice(
            session,
            item="party_development",
            kind="objection_notice",
            title="发展对象公示",
            body="王强",
            issuer="branch",
            review_first=False,
        )
        actions.publish(session, notice_id=hung, posting_from=TODAY)
        posted = actions.post(session, notice_id=hung, posted_on=TODAY, posted_by="王强")
    (tmp_path / "pack.toml").write_text(
        'issuer = "county"\npack = "storm"\ntitle = "停工通知"\nversion = "1"\nlaw_version = "通知"\n'
        'region = "local"\nvalid_from = 2026-01-01\n',
        encoding="utf-8",
    )
    (tmp_path / "holidays.toml").write_text(
        "[[year]]\nyear = 2026\nsource = '停工通知'\nwork = []\n"
        "off = [{ name = '抗洪停工', first = 2026-09-14, last = 2026-09-16 }]\n",
        encoding="utf-8",
    )
    window.go("plan")
    page = window.page
    assert isinstance(page, DeskPlanPage)
    page.bar.setCurrentIndex(CATALOGUE)
    page.catalogue.install(str(tmp_path))
    settle(qtbot, window)
    assert "个期限变动：" in told[-1]
    assert "发展对象公示" in told[-1]
    page.catalogue.grid.enter()
    assert any(
        "《发展对象公示》" in one.words and "9月17日改到9月22日" in one.words
        for one in page.catalogue.told(page.catalogue.table.row(0))
    )
    window.go("notices", hung)
    notices = window.page
    assert isinstance(notices, NoticesPage)
    assert notices.detail is not None
    last = notices.detail.boards[0].state.last_day
    assert last is not None
    assert last > posted.last_day


def test_scenarios_26_and_28_sixty_lines_reach_the_wall_and_print_as_they_are_shown(
    window: DeskWindow, qtbot: QtBot, told: list[str], tmp_path: Path
) -> None:
    window.go("accounts")
    page = window.page
    assert isinstance(page, AccountsPage)
    pane = page.periods
    press(qtbot, window, "新编一期")
    begin = dialog_of(BeginDialog)
    at = [begin.period.itemText(each) for each in range(begin.period.count())].index("2026年第二季度")
    begin.period.setCurrentIndex(at)
    begin.opening.setText("12,340.50")
    begin.reason.setText(REASON)
    answer(qtbot, window, begin)
    press(qtbot, window, "导入表格")
    taken = dialog_of(ImportDialog)
    taken.take_file(workbook(tmp_path / "明细.xlsx", agency_rows(60)))
    answer(qtbot, window, taken)
    assert told[-1] == "已导入60笔。"
    pane.lines.choose(pane.entries.row(7).id)
    pane.ask_void()
    void = dialog_of(ReasonDialog)
    void.reason.setText("凭证重复")
    answer(qtbot, window, void)
    assert pane.sheet is not None
    close = pane.sheet.sums.close

    press(qtbot, window, "结账")
    closing = dialog_of(CloseDialog)
    closing.cash.setText("0")
    closing.bank.setText(yuan(close - 100))
    answer(qtbot, window, closing)
    assert "少1.00元" in closing.refusal.text(), "what does not balance cannot be posted"
    assert not buttons(page, "编号定稿")
    closing.bank.setText(yuan(close))
    answer(qtbot, window, closing)
    press(qtbot, window, "起草公开")
    settle(qtbot, window)
    press(qtbot, window, "去公开公示")
    qtbot.waitUntil(lambda: isinstance(window.page, NoticesPage))
    notices = window.page
    assert isinstance(notices, NoticesPage)
    act(qtbot, window, "review")
    answer(qtbot, window, dialog_of(ReviewDialog))
    act(qtbot, window, "publish")
    answer(qtbot, window, dialog_of(PublishDialog))

    # From the notice's own page: the sheet for the wall with its tables, and the same for the file.
    act(qtbot, window, "print")
    shown = previewed(qtbot)
    pdf = shown.preview._pdf
    pages = pages_text(pdf)
    text = plain_text(pdf)
    assert capital_yuan(close) in text
    assert "作废：凭证重复" in text
    ledger = [each for each in pages if "本页小计" in each]
    assert len(ledger) >= 4
    assert all("凭证号" in each and "摘要" in each for each in ledger), "the heads stand on every page"
    assert sum("续表" in each for each in pages) >= 2
    assert text.count("以下由经办人填写") >= 2, "the copy for the file is in it"

    # Scenario 28: the picture on the screen is that of the file, point for point.
    shown.preview.save_as(str(tmp_path / "公开.pdf"))
    settle(qtbot, window)
    assert told[-1] == "已记下这次打印，存档的就是这一份。"
    saved = (tmp_path / "公开.pdf").read_bytes()
    for number, picture in enumerate(pictures(saved, dpi=48)[:3]):
        raw: Any = picture.rgba
        kept = QImage(raw, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGBX8888)
        assert shown.preview.sheets.image(number, 48) == kept
    shown.reject()
    act(qtbot, window, "print_large")
    large = previewed(qtbot)
    assert round(large.preview.sheets.size_of(0)[1]) == 1191
    before = large.preview.sheets.count
    qtbot.mouseClick(large.preview.tile_button, LEFT)
    assert large.preview.sheets.count > before
    assert max(large.preview.sheets.size_of(0)) < 843
    large.reject()
