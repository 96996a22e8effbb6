"""The pages of members, of those on the way to membership, and of rolls, by clicks: what the clerk enters and reads."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.hands import answer, shown
from tests.people.conftest import TODAY
from village_desk.people import actions, lookups
from village_desk.people.dialogs import (
    ApplicantDialog,
    DayDialog,
    DivisionDialog,
    EditMemberDialog,
    ExclusionDialog,
    FlagDialog,
    HeadDialog,
    PartyFormDialog,
    RuleDialog,
    SideHouseholdDialog,
    StandingDialog,
    StepDialog,
    TimeDialog,
)
from village_desk.people.dialogs.homes import JoinDialog
from village_desk.people.page import PeoplePage
from village_desk.people.page.homes import HomesWindow
from village_desk.people.page.people import DEVELOPMENT, MEMBERS, POSTS, ROLLS
from village_desk.people.rules.electorates import Assembly
from village_desk.people.rules.standings import CountKind
from village_desk.store.file import VillageFile
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace

Make = Callable[..., str]
D = TypeVar("D", bound=QDialog)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> PeoplePage:
    """The page as large as on a small laptop."""
    return shown(qtbot, PeoplePage(workplace), (1178, 660))


def dialog_of(page: PeoplePage, kind: type[D]) -> D:
    """The dialog that the page has opened."""
    assert isinstance(page.dialog, kind)
    return page.dialog


def test_members_from_the_roster_get_their_dates_one_after_the_other(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make, told: list[str]
) -> None:
    person("王伟", political="party_member")
    person("李四", political="party_member")
    page.show_tab(MEMBERS)
    members = page.members
    qtbot.mouseClick(members.from_roster, LEFT)
    qtbot.waitUntil(lambda: members.table.rowCount() == 2)
    assert members.shown.itemText(1) == "日期未登记 2"
    members.shown.setCurrentIndex(1)
    first = members.current()
    assert first is not None
    qtbot.mouseClick(members.edit, LEFT)
    dialog = dialog_of(page, EditMemberDialog)
    dialog.joined.set_day(dt.date(2001, 7, 1))
    dialog.full.set_day(dt.date(2000, 7, 1))
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.form.field("full").error == "转正日期早于入党日期，请核对。"
    dialog.full.set_day(dt.date(2002, 7, 1))
    dialog.job.setText("务农")
    answer(qtbot, workplace, dialog)
    assert members.shown.itemText(1) == "日期未登记 1"
    assert first.name not in [one.name for one in members.table.rows()]
    members.shown.setCurrentIndex(0)
    members.grid.choose(first.id)
    assert members.panel.card is not None
    assert dict(members.panel.card.fields)["转为正式党员日期"] == "2002年7月1日"
    assert members.panel.card.row.years == 23
    assert told[-1] == f"{first.name}的党员信息已保存。"


def test_leaving_out_several_members_floating_ones_and_the_rule(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, person: Make, told: list[str]
) -> None:
    with settled.writing("people.test") as session:
        for name in ("甲", "乙", "丙"):
            one = actions.add_person(session, name=f"党员{name}", birth="1950-01-01")
            actions.add_party_member(session, person_id=one, full_on=dt.date(1980, 7, 1))
    page.show_tab(MEMBERS)
    members = page.members
    members.grid.selectAll()
    members.acts.ask_exclusion()
    dialog = dialog_of(page, ExclusionDialog)
    assert "等3人不计入应到" in dialog.windowTitle()
    dialog.ground.setCurrentIndex(3)
    dialog.consent.set_day(dt.date(2026, 2, 20))
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.form.field("consent_by").error == "请写明是哪个上级党组织同意的。"
    dialog.consent_by.setText("平安镇党委")
    dialog.passed.set_day(dt.date(2026, 3, 1))
    answer(qtbot, workplace, dialog)
    assert members.figures.text() == "党员3人，其中预备党员0人，经批准不计入应到3人"
    members.grid.choose(members.table.id_at(0))
    members.acts.ask_flag()
    flag = dialog_of(page, FlagDialog)
    flag.place.setText("苏州")
    answer(qtbot, workplace, flag)
    assert members.table.row(0).flag_words == "流动、不计应到"
    assert members.shown.itemText(2) == "失联或久未联系 1"
    members.acts.ask_contact()
    contact = page.dialog
    assert isinstance(contact, AskDialog)
    answer(qtbot, workplace, contact)
    assert members.shown.itemText(2) == "失联或久未联系 0"
    members.acts.ask_count_again()
    again = page.dialog
    assert isinstance(again, AskDialog)
    answer(qtbot, workplace, again)
    assert members.figures.text().endswith("不计入应到2人")
    members.acts.ask_rule()
    rule = dialog_of(page, RuleDialog)
    rule.floating.setChecked(True)
    qtbot.mouseClick(rule.accept_button, LEFT)
    assert rule.form.field("basis").error.startswith("请写明依据哪份文件")
    rule.basis.setText("平安镇党委〔2026〕4号")
    answer(qtbot, workplace, rule)
    assert members.figures.text().endswith("不计入应到3人")
    members.acts.ask_form()
    form = dialog_of(page, PartyFormDialog)
    form.below.setText("第一党支部")
    answer(qtbot, workplace, form)
    assert any("不设委员会" in words for words in told)
    with settled.reading() as session:
        assert [one.form_words for one in lookups.branches(session)] == ["党总支", "下设党支部"]


def test_the_way_to_membership_asks_for_a_reason_where_something_is_lacking(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make
) -> None:
    one = person("小李", birth="2000-01-01")
    page.show_tab(DEVELOPMENT)
    view = page.development
    qtbot.mouseClick(view.add, LEFT)
    applicant = dialog_of(page, ApplicantDialog)
    applicant.person.box.setText("小李")
    qtbot.waitUntil(lambda: applicant.person.chosen() == one)
    applicant.day.set_day(dt.date(2025, 1, 5))
    answer(qtbot, workplace, applicant)
    assert view.step.text() == "登记为入党积极分子"
    qtbot.mouseClick(view.step, LEFT)
    step = dialog_of(page, StepDialog)
    step.day.set_day(dt.date(2025, 6, 1))
    step.mentors.setText("王伟、张红")
    answer(qtbot, workplace, step)
    assert view.under.text() == "下一步是发展对象，最早2026年6月1日。"
    qtbot.mouseClick(view.time, LEFT)
    time = dialog_of(page, TimeDialog)
    time.what.setText("清扫村口")
    answer(qtbot, workplace, time)
    assert "志愿服务：2小时" in view.told.text()
    qtbot.mouseClick(view.step, LEFT)
    step = dialog_of(page, StepDialog)
    assert not step.despite.isVisible()
    answer(qtbot, workplace, step)
    assert "不满12个月，还差79天" in step.refusal.text()
    assert step.despite.isVisible()
    step.despite.setText("镇党委已同意")
    answer(qtbot, workplace, step)
    assert "仍这样办的原因：镇党委已同意" in [check.advice for check in view.checks.shown]
    qtbot.mouseClick(view.back, LEFT)
    qtbot.waitUntil(lambda: view.step.text() == "登记为发展对象")


def test_the_roll_of_any_body_names_those_who_are_not_counted_and_prints(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make
) -> None:
    person("王伟", birth="1980-01-01")
    person("不知道生日", birth="")
    person("小孩", birth="2015-01-01")
    page.show_tab(ROLLS)
    view = page.rolls
    view.body.setCurrentIndex(view.body.findData(Assembly.VILLAGERS_MEETING.value))
    assert view.figures.text() == "2026年3月14日应到1人"
    assert [one.left.name for one in view.others.rows()] == ["不知道生日"]
    assert view.reason.text() == "不知道生日：出生日期未登记，不能确定是否年满18周岁。"
    view.all.setChecked(True)
    assert {one.left.name for one in view.others.rows()} == {"不知道生日", "小孩"}
    view.day.set_day(dt.date(2035, 1, 1))
    assert view.figures.text() == "2035年1月1日应到2人"
    qtbot.mouseClick(view.print, LEFT)
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    view.filter.setText("王")
    qtbot.waitUntil(lambda: view.table.rowCount() == 1)


def test_the_five_counts_lead_to_their_people(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, person: Make
) -> None:
    person("王伟", birth="1980-01-01")
    person("小孩", birth="2015-01-01")
    page.refresh_now()
    register = page.register
    words = {kind: one.text() for kind, one in register.counts.buttons.items()}
    assert list(words.values()) == ["户籍2", "常住未登记", "满18岁1", "登记参选未登记", "集体成员未登记"]
    qtbot.mouseClick(register.counts.buttons[CountKind.ADULT], LEFT)
    assert [register.table.row(i).name for i in range(register.table.rowCount())] == ["王伟"]
    register.grid.selectAll()
    register.counts.asked.emit("collective")
    many = dialog_of(page, StandingDialog)
    many.ground.setCurrentText("成员大会确认")
    answer(qtbot, workplace, many)
    assert register.counts.buttons[CountKind.COLLECTIVE].text() == "集体成员1"
    qtbot.mouseClick(register.counts.buttons[CountKind.COLLECTIVE], LEFT)
    assert "集体经济组织成员：开始日期未登记（成员大会确认）。" in register.panel.standings.text()
    qtbot.mouseClick(register.counts.buttons[CountKind.REGISTERED], LEFT)
    assert register.table.rowCount() == 2


def test_a_household_divides_loses_its_head_and_holds_land_by_clicks(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, person: Make
) -> None:
    with settled.writing("people.test") as session:
        home = actions.add_household(session, number="5", group_name="三组")
    head = person("张父", household_id=home, relation="户主", birth="1950-01-01")
    person("张母", household_id=home, relation="妻", birth="1955-01-01")
    son = person("张大山", household_id=home, relation="长子", birth="1980-01-01")
    page.refresh_now()
    panel = page.register.panel
    page.register.go_to(head)
    panel.choices["side:contract"].trigger()
    side = dialog_of(page, SideHouseholdDialog)
    side.area.setText("6.855")
    qtbot.mouseClick(side.accept_button, LEFT)
    assert side.form.field("area").error.startswith("面积写成亩数")
    side.area.setText("6.85")
    answer(qtbot, workplace, side)
    assert panel.sides.text() == "承包户（张父） · 编号未登记 · 三组 · 6.85亩"
    page.register.go_to(son)
    panel.choices["divide"].trigger()
    divide = dialog_of(page, DivisionDialog)
    divide.number.setText("6")
    answer(qtbot, workplace, divide)
    assert panel.under.text() == "户号6 · 三组 · 家庭成员1人"
    assert "承包户（张父）" in panel.sides.text()
    page.register.go_to(head)
    panel.choices["death"].trigger()
    death = dialog_of(page, HeadDialog)
    death.head_box.setCurrentIndex(1)
    answer(qtbot, workplace, death)
    with settled.reading() as session:
        assert lookups.household_card(session, home).head == "张母"


def test_contract_households_have_a_window_where_members_join_and_leave(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, settled: VillageFile, person: Make
) -> None:
    head, son = person("张父", birth="1950-01-01"), person("张大山", birth="1980-01-01")
    with settled.writing("people.test") as session:
        actions.add_side_household(
            session, kind="contract", members=(actions.SideEntry(head, head=True),), number="C001", area=685
        )
    page.refresh_now()
    page.register.counts.asked.emit("homes")
    homes = page.dialog
    assert isinstance(homes, HomesWindow)
    assert homes.figures.text() == "1户1人，共6.85亩"
    homes.ask_join()
    join = homes.dialog
    assert isinstance(join, JoinDialog)
    join.person.box.setText("张大山")
    qtbot.waitUntil(lambda: join.person.chosen() == son)
    join.shares.setText("1.5")
    answer(qtbot, workplace, join)
    assert [(one.name, one.share_words) for one in homes.members.rows()] == [("张父", ""), ("张大山", "1.5股")]
    # Another representative, then the old one goes his own way with a part of the land; both histories stay.
    homes.ask_head()
    head_dialog = homes.dialog
    assert isinstance(head_dialog, HeadDialog)
    answer(qtbot, workplace, head_dialog)
    assert [(one.name, one.head) for one in homes.members.rows()] == [("张大山", True), ("张父", False)]
    homes.ask_split()
    split = homes.dialog
    assert isinstance(split, SideHouseholdDialog)
    split.people.item(1).setCheckState(Qt.CheckState.Checked)
    split.area.setText("7")
    split.number.setText("C002")
    qtbot.mouseClick(split.accept_button, LEFT)
    qtbot.waitUntil(lambda: "超过这一户的6.85亩" in split.refusal.text())
    split.area.setText("2.85")
    answer(qtbot, workplace, split)
    assert homes.figures.text() == "2户2人，共6.85亩"
    homes.ask_edit()
    edit = homes.dialog
    assert isinstance(edit, FieldsDialog)
    edit.fill(certificate="冀2020")
    answer(qtbot, workplace, edit)
    assert [(one.number, one.head, one.area, one.certificate) for one in homes.table.rows()] == [
        ("C001", "张大山", 400, "冀2020"),
        ("C002", "张父", 285, ""),
    ]
    homes.grid.choose(homes.table.rows()[0].id)
    with settled.reading() as session:
        (before,) = lookups.side_households(session, kind="contract", on=dt.date(2026, 3, 1))
    assert [(one.name, one.head) for one in before.members] == [("张父", True), ("张大山", False)]
    homes.member_grid.choose(homes.members.rows()[0].id)
    homes.ask_leave()
    leave = homes.dialog
    assert isinstance(leave, AskDialog)
    answer(qtbot, workplace, leave)
    assert not homes.members.rows()
    homes.print_list()
    qtbot.waitUntil(lambda: isinstance(homes.dialog, PreviewDialog))
    homes.ask_end()
    end = homes.dialog
    assert isinstance(end, DayDialog)
    end.reason.setCurrentText("承包期满")
    answer(qtbot, workplace, end)
    assert homes.figures.text() == "1户1人，共2.85亩"
    homes.member_grid.opened.emit(homes.members.rows()[0].id)
    assert page.register.panel.name.text() == "张父"


def test_every_figure_over_the_members_leads_to_its_people(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make
) -> None:
    for name, probationary in (("王伟", False), ("李四", False), ("赵六", True)):
        one = person(name)
        with workplace.village.writing("people.test") as session:
            actions.add_party_member(session, person_id=one, probationary=probationary)
    page.show_tab(MEMBERS)
    members = page.members
    members.refresh()
    assert members.figures.text() == "党员3人，其中预备党员1人"
    qtbot.mouseClick(members.figures.buttons["预备党员"], LEFT)
    assert [one.name for one in members.table.rows()] == ["赵六"]
    qtbot.mouseClick(members.figures.buttons["本支部党员"], LEFT)
    assert members.table.rowCount() == 3
    # The way to membership has the same: each step with its number, and its people behind it.
    page.show_tab(DEVELOPMENT)
    page.development.refresh()
    assert page.development.figures.text() == "共1人，预备党员1人"
    qtbot.mouseClick(page.development.figures.buttons["probationary"], LEFT)
    assert [one.name for one in page.development.table.rows()] == ["赵六"]


def test_a_finding_about_a_body_leads_to_the_people_it_is_about(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, person: Make
) -> None:
    with workplace.village.writing("people.test") as session:
        for name in ("王伟", "李四"):
            one = actions.add_person(session, name=name, sex="male", birth="1970-05-05")
            actions.appoint(session, person_id=one, role="committee_member", from_on=TODAY)
        other = actions.add_person(session, name="赵六", birth="1970-05-05")
        actions.appoint(session, person_id=other, role="clerk", from_on=TODAY)
    page.show_tab(POSTS)
    posts = page.posts
    posts.refresh()
    assert posts.table.rowCount() == 3
    few = next(one for one in posts.checks.shown if "现有2人" in one.words)
    assert few.act == "看是谁"
    posts.checks.acted.emit(few.act_key)
    assert {one.name for one in posts.table.rows()} == {"王伟", "李四"}
    assert posts.body_box.currentText() == "这一条涉及的2人"
    posts.body_box.setCurrentIndex(0)
    assert posts.table.rowCount() == 3
