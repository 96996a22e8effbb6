"""Scores, goods and stars through the real window: nothing counts twice, nothing goes below zero, bars hold."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.files import new_village
from tests.journeys.hands import LEFT, answer, dialog_of, press, settle
from tests.points.conftest import RULES, TODAY, Village, furnished
from village_desk.assessments import lookups as star_lookups
from village_desk.assessments.page import StarsPage
from village_desk.desk.preferences import Preferences
from village_desk.desk.window import DeskWindow
from village_desk.meetings.page.activities import ActivitiesPage
from village_desk.people.records import Household, Person
from village_desk.points import actions, lookups
from village_desk.points.dialogs import ApplyDialog, CheckDialog, ReverseDialog
from village_desk.points.page import PointsPage
from village_desk.points.page.points import APPLICATIONS, EXCHANGE, SUMS
from village_desk.widgets.fields import FieldsDialog


@pytest.fixture
def desk(dressed: QApplication, tmp_path: Path, other_laptop: Path) -> Iterator[tuple[DeskWindow, Village]]:
    """The window over a village with a rule set that posts for seven days, and some more people to judge."""
    file = new_village(tmp_path, today=TODAY)
    village = furnished(file)
    with file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)

    with file.writing("points.change_rule_set") as session:
        rules = dataclasses.replace(found.rules, publish_days=7, fen_per_point=100)
        actions.change_rule_set(session, set_id=village.set_id, seen=found.seen, rules=rules)
        for name in ("赵一", "钱二", "孙三", "周四"):
            home = Household(number=name, group_name="四组")
            session.add(home)
            session.flush()
            session.add(Person(name=name, household_id=home.id, relation="head", group_name="四组"))
    window = DeskWindow(file, Preferences())
    window.resize(1366, 768)
    window.show()
    yield window, village
    window.close()
    window.deleteLater()


def choose(window: DeskWindow, words: str) -> None:
    """Take a line out of a menu of the page."""
    menus: list[QMenu] = list(window.page.findChildren(QMenu))
    found: list[QAction] = [one for menu in menus for one in menu.actions() if one.text().startswith(words)]
    assert found, words
    found[0].trigger()


def refused(qtbot: QtBot, window: DeskWindow, words: str) -> None:
    """The dialog says no in these words and stays; it is then left."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ApplyDialog | FieldsDialog)
    answer(qtbot, window, dialog)
    assert words in dialog.refusal.text()
    dialog.reject()


def apply(qtbot: QtBot, window: DeskWindow, village: Village, who: str, code: str, event: str, day: dt.date) -> None:
    """Fill in an application as far as the verb."""
    page = window.page
    assert isinstance(page, PointsPage)
    page.tabs.setCurrentIndex(SUMS)
    page.standing_grid.choose(village.households[who])
    qtbot.mouseClick(page.member.apply_button, LEFT)
    dialog = dialog_of(ApplyDialog)
    dialog.item.setCurrentIndex(dialog.item.findData(village.items[code]))
    dialog.event_words.setText(event)
    dialog.day.set_day(day)
    dialog.evidence.setText("活动签到表")


def test_29_the_same_activity_is_refused_the_second_time_and_over_the_cap(
    qtbot: QtBot, desk: tuple[DeskWindow, Village]
) -> None:
    window, village = desk
    window.go("points")
    july = dt.date(2026, 7, 12)
    apply(qtbot, window, village, "张大山", "H3", "村道清扫", july)
    answer(qtbot, window, dialog_of(ApplyDialog))
    apply(qtbot, window, village, "张大山", "H3", "村道 清扫", july)
    refused(qtbot, window, "三组张大山家的“参加义务劳动”（7月12日）已经申报过")
    # Twelve points a year are the cap of the item, three months give fifteen.
    for month in (4, 5, 6):
        apply(qtbot, window, village, "张大山", "H1", "月度检查", dt.date(2026, month, 12))
        answer(qtbot, window, dialog_of(ApplyDialog))
    page = window.page
    assert isinstance(page, PointsPage)
    choose(window, "批量审核")
    dialog = dialog_of(FieldsDialog)
    dialog.fill(checker=village.persons["李四"])
    answer(qtbot, window, dialog)
    choose(window, "登记公示")
    dialog = dialog_of(FieldsDialog)
    dialog.fill(day=dt.date(2026, 7, 20))
    answer(qtbot, window, dialog)
    page.tabs.setCurrentIndex(APPLICATIONS)
    press(qtbot, window, "全部入账")
    settle(qtbot, window)
    page.tabs.setCurrentIndex(SUMS)
    page.standing_grid.choose(village.households["张大山"])
    assert page.member.found is not None
    assert sorted(line.points for line in page.member.found.entries) == [1, 2, 5, 5]
    apply(qtbot, window, village, "张大山", "H1", "月度检查", july)
    answer(qtbot, window, dialog_of(ApplyDialog))
    with village.file.reading() as session:
        waiting = lookups.applications(session, set_id=village.set_id, open_only=True)
    with village.file.writing("points.check_application") as session:
        actions.check_application(
            session,
            application_id=waiting[0].id,
            verdict="agreed",
            checker_id=village.persons["李四"],
            checked_on=july,
        )
        actions.post_applications(session, set_id=village.set_id, posted_on=july)
    page.tabs.setCurrentIndex(APPLICATIONS)
    press(qtbot, window, "全部入账")
    settle(qtbot, window)
    assert "“门前整洁”本期上限12分，已经记满，不能再加" in window.notice.words.text()


def test_30_an_entry_is_checked_posted_objected_to_booked_and_reversed(
    qtbot: QtBot, desk: tuple[DeskWindow, Village]
) -> None:
    window, village = desk
    window.go("points")
    page = window.page
    assert isinstance(page, PointsPage)
    apply(qtbot, window, village, "张大山", "H3", "村道清扫", dt.date(2026, 7, 12))
    answer(qtbot, window, dialog_of(ApplyDialog))
    page.tabs.setCurrentIndex(APPLICATIONS)
    page.application_grid.enter()
    qtbot.mouseClick(page.application.check_button, LEFT)
    check = dialog_of(CheckDialog)
    check.checker.setCurrentIndex(check.checker.findData(village.persons["李四"]))
    answer(qtbot, window, check)
    assert page.application.chip.words == "待公示"
    choose(window, "登记公示")
    answer(qtbot, window, dialog_of(FieldsDialog))
    assert page.application.chip.words == "公示中"
    qtbot.mouseClick(page.application.objection_button, LEFT)
    dialog = dialog_of(FieldsDialog)
    dialog.fill(who="群众", words="那天他家没有人来")
    answer(qtbot, window, dialog)
    assert page.application.chip.words == "有异议"
    assert not page.application.book_button.isVisible()
    qtbot.mouseClick(page.application.answer_button, LEFT)
    dialog = dialog_of(FieldsDialog)
    dialog.fill(people=(village.persons["李四"],), words="查看签到表，当天参加")
    answer(qtbot, window, dialog)
    assert "审核过这一笔，不能复核异议" in dialog.refusal.text()
    dialog.editors["people"].tick(village.persons["李四"], False)  # type: ignore[attr-defined]  # the list of people
    dialog.fill(people=(village.persons["王强"],))
    answer(qtbot, window, dialog)
    assert page.application.chip.words == "公示中"
    village.file.confirm_today(TODAY + dt.timedelta(days=8))
    page.refresh_now()
    assert page.application.chip.words == "待入账"
    qtbot.mouseClick(page.application.book_button, LEFT)
    settle(qtbot, window)
    qtbot.mouseClick(page.application.card_button, LEFT)
    assert "合计61分" in page.member.why.text()
    page.member.grid.enter()
    qtbot.mouseClick(page.member.reverse_button, LEFT)
    reverse = dialog_of(ReverseDialog)
    reverse.reason.setText("记错了户")
    answer(qtbot, window, reverse)
    assert "合计60分：起始分60分，加1分，减0分，更正−1分（共2笔）" in page.member.why.text()
    assert not page.member.reverse_button.isEnabled()
    assert village.file.verify() == []


def test_31_three_goods_are_handed_out_and_cancelling_returns_both_once(
    qtbot: QtBot, desk: tuple[DeskWindow, Village]
) -> None:
    window, village = desk
    window.go("points")
    page = window.page
    assert isinstance(page, PointsPage)
    page.tabs.setCurrentIndex(EXCHANGE)
    for name, price, stock in (("洗衣液", "20", "3"), ("毛巾", "5", "10"), ("食盐", "3", "1")):
        choose(window, "添加物品")
        dialog = dialog_of(FieldsDialog)
        dialog.fill(name=name, unit="件", price=price, source="collective", stock=stock)
        answer(qtbot, window, dialog)

    def redeem(*many: str, receiver: str = "李四") -> FieldsDialog:
        press(qtbot, window, "登记兑换")
        dialog = dialog_of(FieldsDialog)
        dialog.fill(who=village.households["李四"], receiver=receiver, signed=True)
        for place, words in enumerate(many):
            dialog.editors["rows"].set_cell(place, 2, words)  # type: ignore[attr-defined]  # the table of goods
        return dialog

    names = [row.name for row in page.exchange.goods.rows()]
    assert names == ["毛巾", "洗衣液", "食盐"]
    answer(qtbot, window, redeem("2", "2", "1"))
    assert [row.stock for row in page.exchange.goods.rows()] == [8, 1, 0]
    redeem("2")
    refused(qtbot, window, "李四家可兑换7分，这次要10分，还差3分")
    page.redemption_grid.enter()
    qtbot.mouseClick(page.exchange.cancel_button, LEFT)
    dialog = dialog_of(FieldsDialog)
    dialog.fill(reason="物品破损，当场退回")
    answer(qtbot, window, dialog)
    assert [row.stock for row in page.exchange.goods.rows()] == [10, 3, 1]
    assert not page.exchange.cancel_button.isEnabled()
    with village.file.reading() as session:
        who = village.households["李四"]
        assert lookups.spendable(session, set_id=village.set_id, subject_id=who, year=2026) == 60
    assert RULES.opening == 50


def test_32_a_revoked_household_cannot_be_nominated_until_the_bar_ends(
    qtbot: QtBot, desk: tuple[DeskWindow, Village]
) -> None:
    window, village = desk
    window.go("stars")
    page = window.page
    assert isinstance(page, StarsPage)
    qtbot.mouseClick(page.nothing.button, LEFT)
    answer(qtbot, window, dialog_of(FieldsDialog))
    with village.file.reading() as session:
        people = {name: key for key, name in lookups.candidates(session, on=TODAY)}
    judges = tuple(people[f"{name}（四组）"] for name in ("赵一", "钱二", "孙三", "周四"))

    def ask(words: str, **values: object) -> FieldsDialog:
        choose(window, words)
        dialog = dialog_of(FieldsDialog)
        dialog.fill(**values)
        return dialog

    answer(qtbot, window, ask("登记动员发动", day=dt.date(2026, 7, 1)))
    answer(qtbot, window, ask("登记参评户"))
    for words in ("录入自评", "录入互评"):
        dialog = ask(words, day=dt.date(2026, 7, 5), **({"judges": judges} if words == "录入互评" else {}))
        for place in range(7):
            for star in range(10):
                dialog.editors["rows"].set_cell(place, 2 + star, "√")  # type: ignore[attr-defined]  # the table of stars
        answer(qtbot, window, dialog)
    answer(qtbot, window, ask("登记认定", day=dt.date(2026, 7, 10), by="7月10日村“两委”会议"))
    answer(qtbot, window, ask("登记公示", day=dt.date(2026, 7, 11)))
    answer(qtbot, window, ask("登记授牌", day=dt.date(2026, 7, 20)))
    assert page.found is not None
    assert page.found.rates.full == 7
    at = next(row for row in page.found.entries if row.name == "张大山家")
    page.entry_grid.choose(at.id)
    qtbot.mouseClick(page.round_card.revoke_button, LEFT)
    dialog = dialog_of(FieldsDialog)
    dialog.fill(reason="违法占地受到处罚", by="8月1日村“两委”会议")
    answer(qtbot, window, dialog)
    assert "到2028年8月1日才能再参评" in window.notice.words.text()
    press(qtbot, window, "开新一轮")
    dialog = dialog_of(FieldsDialog)
    dialog.fill(year="2027")
    answer(qtbot, window, dialog)
    answer(qtbot, window, ask("登记参评户"))
    assert "三组张大山家2026年8月1日被摘星" in window.notice.words.text()
    assert "张大山家" not in {row.name for row in page.found.entries}
    village.file.confirm_today(dt.date(2028, 8, 1))
    page.refresh_now()
    answer(qtbot, window, ask("登记参评户"))
    assert "张大山家" in {row.name for row in page.found.entries}
    with village.file.reading() as session:
        assert len(star_lookups.revocations(session)) == 1


def test_an_activity_becomes_hours_and_points_without_typing_a_name_twice(
    qtbot: QtBot, desk: tuple[DeskWindow, Village]
) -> None:
    window, village = desk
    window.go("activities")
    page = window.page
    assert isinstance(page, ActivitiesPage)
    press(qtbot, window, "登记活动")
    dialog = dialog_of(FieldsDialog)
    people = (village.persons["王强"], village.persons["张大山"], village.persons["张小山"])
    dialog.fill(title="村道清扫", day=dt.date(2026, 7, 12), minutes="2", people=people)
    answer(qtbot, window, dialog)
    qtbot.mouseClick(page.came_button, LEFT)
    dialog = dialog_of(FieldsDialog)
    for place, hours in enumerate(("2", "1.5", "2")):
        dialog.editors["rows"].set_cell(place, 2, hours)  # type: ignore[attr-defined]  # the table of names
    answer(qtbot, window, dialog)
    assert "共5.5小时" in page.lines.text()
    window.go("points")
    choose(window, "从活动到场名单记分")
    dialog = dialog_of(FieldsDialog)
    dialog.fill(item=village.items["H3"], points="2")
    answer(qtbot, window, dialog)
    # Two of one household came; the household counts once.
    with village.file.reading() as session:
        made = lookups.applications(session, set_id=village.set_id)
    assert {row.subject for row in made} == {"王强家", "张大山家"}
    assert {row.source for row in made} == {"attendance"}
