"""The page of the year by clicks: the plan, the calendar, errands, inquiries, priorities, catalogue, seals."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.hands import settle, shown
from village_desk.notices import actions, lookups
from village_desk.notices.dialogs.fields import FieldsDialog
from village_desk.notices.page import PlanPage
from village_desk.notices.page.plan import AGENDA, CATALOGUE, ERRANDS, INQUIRIES, PLAN, PRIORITIES, SEALS
from village_desk.schedule import actions as calendar_actions
from village_desk.schedule import lookups as calendar
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def desk_file(village: VillageFile) -> VillageFile:
    """A village whose reminders began on the first of July."""
    with village.writing("notices.begin_reminders") as session:
        actions.begin_reminders(session, on=dt.date(2026, 7, 1))
    return village


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> PlanPage:
    return shown(qtbot, PlanPage(workplace), (1130, 650))


def answer(qtbot: QtBot, page: PlanPage, **values: object) -> FieldsDialog:
    """Fill the open dialog and press its verb."""
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    for key, value in values.items():
        dialog.put(key, value)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.workplace.pending == 0)
    return dialog


def choose(page: PlanPage, code: str, period: str) -> None:
    assert page.plan.plan is not None
    row = next(row for row in page.plan.plan.rows if (row.code, row.period) == (code, period))
    assert page.plan.grid.choose(row.id)


def test_the_plan_tells_what_is_late_and_how_its_day_was_reckoned(page: PlanPage, qtbot: QtBot) -> None:
    assert "逾期" in page.plan.summary.text()
    assert page.subtitle == page.plan.summary.text().split("。")[0]
    page.plan.which.setCurrentIndex(page.plan.which.findData("late"))
    assert {row.state for row in page.plan.table.rows()} == {"逾期"}
    choose(page, "F01", "2026-Q2")
    (check, *_) = page.plan.checks.shown
    assert (
        check.words == "2026年第二季度“财务收支逐项逐笔明细”应在7月15日前贴出，已逾期57天，请尽快办理并照实登记日期。"
    )
    assert "按本村设定应在2026年7月15日前贴出" in check.advice


def test_a_period_is_drafted_registered_or_waived_by_clicks(
    page: PlanPage, qtbot: QtBot, workplace: Workplace, village: VillageFile, told: list[str]
) -> None:
    choose(page, "C03", "2026-Q2")
    with qtbot.waitSignal(page.asked_for) as asked:
        qtbot.mouseClick(page.plan.draft, Qt.MouseButton.LeftButton)
    place, notice_id = asked.args
    assert place == "notices"
    with village.reading() as session:
        detail = lookups.one_notice(session, notice_id, on=village.today)
    assert detail.row.title == "东河村2026年第二季度村民会议、村民代表会议决定事项及其实施情况公开"
    assert "一、会议时间和到会人数：" in detail.body

    choose(page, "F02", "2026-Q2")
    qtbot.mouseClick(page.plan.outside, Qt.MouseButton.LeftButton)
    dialog = answer(qtbot, page, made_by="平安镇三资中心", opening="100", receipts="5", payments="3", close="103")
    assert "差1.00元" in dialog.refusal.text()
    answer(qtbot, page, close="102", day=dt.date(2026, 9, 9))
    assert told[-1] == "已登记，要贴到9月24日。"

    choose(page, "C17", "2026-Q2")
    qtbot.mouseClick(page.plan.waive, Qt.MouseButton.LeftButton)
    answer(qtbot, page, reason="没有集体供水")
    with village.reading() as session:
        plan = lookups.year_plan(session, year=2026, on=village.today)
    states = {row.code: row.state_words for row in plan.rows if row.period == "2026-Q2"}
    assert (states["F02"], states["C17"]) == ("已张贴", "不适用")


def test_an_event_opens_its_duty(page: PlanPage, qtbot: QtBot, village: VillageFile) -> None:
    page.plan.grid.choose("event C12")
    qtbot.mouseClick(page.plan.happened, Qt.MouseButton.LeftButton)
    answer(qtbot, page, about="耕地地力保护补贴", day=dt.date(2026, 9, 9))
    with village.reading() as session:
        assert [duty.about for duty in lookups.open_duties(session, on=village.today)] == ["耕地地力保护补贴"]


def test_the_plan_and_the_register_of_seals_are_shown_as_they_print(page: PlanPage, qtbot: QtBot) -> None:
    for at in (PLAN, SEALS):
        page.bar.setCurrentIndex(at)
        page.dialog = None
        page.preview()
        qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
        assert isinstance(page.dialog, PreviewDialog)
        assert page.dialog.preview.sheets.count == 1
        page.dialog.close()


def test_a_turn_of_the_calendar_is_entered_waived_and_a_preset_switched_on(
    page: PlanPage, qtbot: QtBot, village: VillageFile
) -> None:
    page.bar.setCurrentIndex(AGENDA)
    assert "日程" in page.agenda.summary.text()
    page.agenda.grid.choose("K-DBHY 2026-Q3")
    qtbot.mouseClick(page.agenda.enter, Qt.MouseButton.LeftButton)
    answer(qtbot, page, day=dt.date(2026, 9, 10), words="代表会议")
    page.agenda.grid.choose("K-ZWH 2026-09")
    qtbot.mouseClick(page.agenda.waive, Qt.MouseButton.LeftButton)
    answer(qtbot, page, period="", reason="没有设支部委员会")
    qtbot.mouseClick(page.agenda.preset, Qt.MouseButton.LeftButton)
    answer(qtbot, page, rule="K-ZXH", people="张大山家\n李秀兰家")
    with village.reading() as session:
        rows = calendar.agenda(session, first=dt.date(2026, 9, 10), last=dt.date(2026, 12, 31), on=village.today)
    by_key = {row.id: row for row in rows}
    assert by_key["K-DBHY 2026-Q3"].done
    assert not [key for key in by_key if key.startswith("K-ZWH")]
    assert [share.subject.name for share in by_key["K-ZXH 2026-09"].standing.shares] == ["张大山家", "李秀兰家"]
    page.agenda.grid.choose("K-ZXH 2026-09")
    assert any(check.words == "张大山家：0次，还差1次" for check in page.agenda.checks.shown)


def test_a_request_by_phone_is_noted_and_done(page: PlanPage, qtbot: QtBot, village: VillageFile) -> None:
    page.bar.setCurrentIndex(ERRANDS)
    qtbot.mouseClick(page.errands.add, Qt.MouseButton.LeftButton)
    answer(qtbot, page, what="报防汛值班表", asked_by="镇党政办", due=dt.date(2026, 9, 10))
    assert page.errands.summary.text() == "还有1件没办。"
    qtbot.mouseClick(page.errands.done, Qt.MouseButton.LeftButton)
    answer(qtbot, page, words="已发微信")
    assert page.errands.summary.text() == "还有0件没办。"


def test_a_joint_demand_is_judged_while_it_is_typed_and_its_answer_prints(
    page: PlanPage, qtbot: QtBot, village: VillageFile
) -> None:
    page.bar.setCurrentIndex(INQUIRIES)
    qtbot.mouseClick(page.inquiries.add, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    for key, value in {"kind": "joint_representatives", "by": "李四等7人", "people": 7, "base": 37}.items():
        dialog.put(key, value)
    hint = "7人联名，不到37人的五分之一（8人），还差1人；可以照普通查询答复。"
    assert dialog.form.field("people")._hint.text() == hint
    answer(qtbot, page, words="公开广场扩建合同", days=15)
    qtbot.mouseClick(page.inquiries.reply, Qt.MouseButton.LeftButton)
    answer(qtbot, page, by="王强", words="合同已复印，一并公开。")
    page.dialog = None
    qtbot.mouseClick(page.inquiries.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert isinstance(page.dialog, PreviewDialog)
    page.dialog.close()


def test_priorities_are_listed_marked_done_and_drafted(page: PlanPage, qtbot: QtBot, village: VillageFile) -> None:
    page.bar.setCurrentIndex(PRIORITIES)
    assert not page.priorities.draft.isEnabled()
    qtbot.mouseClick(page.priorities.add, Qt.MouseButton.LeftButton)
    answer(qtbot, page, what="硬化三组道路", who="王强", money="46000", source="村集体")
    qtbot.mouseClick(page.priorities.progress, Qt.MouseButton.LeftButton)
    answer(qtbot, page, state="done", words="验收合格")
    assert page.priorities.summary.text() == "2026年共1项，已完成1项。"
    with qtbot.waitSignal(page.asked_for):
        qtbot.mouseClick(page.priorities.draft, Qt.MouseButton.LeftButton)


def test_days_items_and_the_countys_workbook_are_settled_by_clicks(
    page: PlanPage, qtbot: QtBot, village: VillageFile, tmp_path: Path, told: list[str]
) -> None:
    from openpyxl import Workbook

    page.bar.setCurrentIndex(CATALOGUE)
    qtbot.mouseClick(page.catalogue.days, Qt.MouseButton.LeftButton)
    answer(qtbot, page, quarter_day=20)
    assert "下季首月20日前" in page.catalogue.summary.text()
    qtbot.mouseClick(page.catalogue.add, Qt.MouseButton.LeftButton)
    answer(qtbot, page, name="水质检测", cycle="month")
    assert told[-1] == "已增加，编号L01。"
    book = Workbook()
    assert book.active is not None
    book.active.append(["序号", "公开事项", "公开依据", "公开时限", "公开主体", "公开渠道"])
    book.active.append(["1", "奖扶对象", "条例", "按卫健委要求", "村委会", "■公开栏 □网站"])
    book.save(tmp_path / "县目录.xlsx")
    page.catalogue.look_at(str(tmp_path / "县目录.xlsx"))
    answer(qtbot, page, row2="每半年")
    assert told[-1] == "已导入1项，和自带目录一起提醒。"
    qtbot.waitUntil(lambda: {"X1", "C03", "F01"} <= {row.id for row in page.catalogue.table.rows()})
    qtbot.mouseClick(page.catalogue.county_off, Qt.MouseButton.LeftButton)
    settle(qtbot, page.workplace)
    assert told[-1].startswith("已撤下县目录")
    qtbot.waitUntil(lambda: not page.catalogue.county_off.isVisible())
    assert "X1" not in {row.id for row in page.catalogue.table.rows()}


def test_letters_and_seals_are_set_and_a_folder_of_holidays_moves_deadlines(
    page: PlanPage, qtbot: QtBot, village: VillageFile, tmp_path: Path, told: list[str]
) -> None:
    page.bar.setCurrentIndex(SEALS)
    qtbot.mouseClick(page.seals.letters, Qt.MouseButton.LeftButton)
    answer(qtbot, page, issuer="branch", mark="东河党")
    assert "村党组织“东河党”" in page.seals.summary.text()
    qtbot.mouseClick(page.seals.add, Qt.MouseButton.LeftButton)
    answer(qtbot, page, purpose="为张大山开证明", approved_by="王强")
    assert page.seals.table.rowCount() == 1
    folder = tmp_path / "days"
    folder.mkdir()
    (folder / "pack.toml").write_text(
        'issuer = "county"\npack = "autumn"\ntitle = "放假调整"\nversion = "1"\nlaw_version = "通知"\n'
        'region = "local"\nvalid_from = 2026-01-01\n',
        encoding="utf-8",
    )
    (folder / "holidays.toml").write_text(
        "[[year]]\nyear = 2026\nsource = '调整通知'\nwork = []\n"
        "off = [{ name = '国庆节', first = 2026-10-01, last = 2026-10-18 }]\n",
        encoding="utf-8",
    )
    page.bar.setCurrentIndex(CATALOGUE)
    page.catalogue.install(str(folder))
    qtbot.waitUntil(lambda: page.workplace.pending == 0)
    assert "个期限变动：" in told[-1]
    assert "最近一次放假安排变动改了" in page.catalogue.summary.text()


def test_every_dialog_of_the_page_can_be_shown_and_large_type_fits(
    page: PlanPage, qtbot: QtBot, qapp: QApplication
) -> None:
    names = []
    for name, dialog in page.dialogs_to_show():
        names.append(name)
        dialog.close()
    assert len(names) == 9
    theme.dress(qapp, 150)
    for at in range(page.bar.count()):
        page.bar.setCurrentIndex(at)
        assert page.minimumSizeHint().width() <= 1080, page.bar.tabText(at)


@pytest.mark.covers("0-19")
def test_a_missing_tuesday_is_a_gap_and_the_wednesday_offers_the_stick(
    page: PlanPage, qtbot: QtBot, village: VillageFile
) -> None:
    with village.writing("schedule.switch_on_preset") as session:
        for rule_id in ("K-ZEZB", "K-BMFW"):
            calendar_actions.switch_on_preset(session, rule_id=rule_id, starts_on=dt.date(2026, 9, 1))
    page.bar.setCurrentIndex(AGENDA)
    village.confirm_today(dt.date(2026, 9, 17))
    page.refresh_now()
    page.agenda.grid.choose("K-ZEZB 2026-09-15")
    assert page.agenda.checks.shown[0].words == "9月15日的“周二下村坐班”还没有登记。"
    assert page.agenda.checks.shown[0].tone == "bad"
    page.agenda.grid.choose("K-BMFW 2026-09-16")
    assert page.agenda.checks.shown[0].act == "写上报包"
    with qtbot.waitSignal(page.asked_for) as asked:
        page.agenda.checks.acted.emit("stick")
    assert asked.args == ["stick", ""]
