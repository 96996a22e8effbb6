"""Grids, links, bodies and promises by clicks: what the clerk presses, and what stands on the page afterwards."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.hands import shown
from village_desk.people import actions, lookups
from village_desk.people.dialogs import AppointDialog, DayDialog
from village_desk.people.dialogs.choosing import AdoptDialog
from village_desk.people.dialogs.grids import LevelsDialog, PlaceDialog, UnitDialog
from village_desk.people.dialogs.links import ContactDialog, LinkDialog, NumbersDialog
from village_desk.people.dialogs.organisations import OrganisationDialog, PledgeDialog
from village_desk.people.page import PeoplePage
from village_desk.people.page.people import GRIDS, LINKS, POSTS
from village_desk.store.file import VillageFile
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace

Make = Callable[..., str]
D = TypeVar("D", bound=QDialog)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk_file(settled: VillageFile) -> VillageFile:
    """A village with its bodies, three households and a member."""
    with settled.writing("people.test") as session:
        for number, name in enumerate(("王大山", "李小河", "张三丰"), start=1):
            home = actions.add_household(session, number=f"{number:04d}", group_name="一组")
            actions.add_person(session, name=name, birth="1970-05-05", household_id=home, relation="户主")
    return settled


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> PeoplePage:
    """The page as large as on a small laptop."""
    return shown(qtbot, PeoplePage(workplace), (1178, 660))


def answer(qtbot: QtBot, page: PeoplePage, dialog: AskDialog) -> None:
    """Press the verb of a dialog, and let the page follow."""
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: page.workplace.pending == 0)
    page.refresh_now()


def dialog_of(page: PeoplePage, kind: type[D]) -> D:
    """The dialog that the page has opened."""
    assert isinstance(page.dialog, kind)
    return page.dialog


def test_a_grid_is_built_and_households_go_into_it(qtbot: QtBot, page: PeoplePage) -> None:
    page.show_tab(GRIDS)
    assert page.grids.stack.currentIndex() == 0
    page.grids.empty.acted.emit()
    adopt = dialog_of(page, AdoptDialog)
    adopt.choice.setCurrentIndex(adopt.choice.findData("area_groups"))
    answer(qtbot, page, adopt)
    assert page.grids.stack.currentIndex() == 1
    for name in ("东河村", "东片区"):
        qtbot.mouseClick(page.grids.add, LEFT)
        unit = dialog_of(page, UnitDialog)
        unit.name.setText(name)
        answer(qtbot, page, unit)
    assert [(row.name, row.level) for row in page.grids.table.rows()] == [("东河村", "村党组织"), ("东片区", "片区")]
    assert page.grids.loose_button.text() == "3户未入网"
    page.grids.grid.choose(page.grids.table.id_at(1))
    qtbot.mouseClick(page.grids.place, LEFT)
    place = dialog_of(page, PlaceDialog)
    place.homes.narrow("王大山")
    place.homes.all.click()
    place.homes.narrow("")
    assert place.homes.count.text() == "已勾选1个"
    answer(qtbot, page, place)
    assert [row.home.head for row in page.grids.homes.rows()] == ["王大山"]
    assert [check.words for check in page.grids.checks.shown] == ["东片区有1户，片区应有50至100户，少49户。"]
    qtbot.mouseClick(page.grids.loose_button, LEFT)
    assert page.grids.homes_title.text() == "未入网的户 2户"
    # Another place asks for less.
    page.grids.ask_levels()
    levels = dialog_of(page, LevelsDialog)
    assert levels.lines.toPlainText().splitlines()[1] == "片区 50 100"
    levels.lines.setPlainText("村\n片 1 三户")
    qtbot.mouseClick(levels.accept_button, LEFT)
    assert levels.form.field("lines").error.startswith("第2行“片 1 三户”看不懂")
    levels.lines.setPlainText("村\n片 1 3\n中心户")
    answer(qtbot, page, levels)
    assert page.grids.table.row(1).finding == ""
    page.grids.print_list()
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    page.grids.ask_end()
    answer(qtbot, page, dialog_of(page, DayDialog))
    assert page.grids.loose_button.text() == "3户未入网"


def test_a_member_is_linked_visits_and_is_told_what_is_short(
    qtbot: QtBot, page: PeoplePage, settled: VillageFile
) -> None:
    page.show_tab(LINKS)
    page.links.empty.acted.emit()
    adopt = dialog_of(page, AdoptDialog)
    adopt.choice.setCurrentIndex(adopt.choice.findData("township_cadre"))
    answer(qtbot, page, adopt)
    qtbot.mouseClick(page.links.link, LEFT)
    link = dialog_of(page, LinkDialog)
    link.person.search("wds")
    with settled.reading() as session:
        homes = [line.id for line in lookups.home_lines(session)]
    link.targets.tick(homes[:2])
    answer(qtbot, page, link)
    (row,) = page.links.holders.rows()
    assert (row.name, row.linked) == ("王大山", 2)
    assert page.links.short_words.text().startswith("联系2户，要求10户以上，还差8户；本月走访0次")
    qtbot.mouseClick(page.links.contact, LEFT)
    contact = dialog_of(page, ContactDialog)
    contact.what.setPlainText("水渠漏水")
    answer(qtbot, page, contact)
    assert [(one.way_words, one.what) for one in page.links.contacts.rows()] == [("入户走访", "水渠漏水")]
    assert "走访" not in page.links.short_words.text()
    qtbot.mouseClick(page.links.numbers, LEFT)
    numbers = dialog_of(page, NumbersDialog)
    numbers.least.setValue(2)
    numbers.day_period.setCurrentIndex(0)
    numbers.days.setValue(0)
    answer(qtbot, page, numbers)
    assert page.links.holders.row(0).short_words == ""
    page.links.targets_grid.choose(page.links.targets.id_at(0))
    qtbot.mouseClick(page.links.end, LEFT)
    end = dialog_of(page, DayDialog)
    end.reason.setCurrentText("调整分工")
    answer(qtbot, page, end)
    assert page.links.holders.row(0).short_words == "联系1户，要求2户以上，还差1户"
    page.links.print_list()
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))


def test_an_own_kind_of_link_is_made_and_shown(qtbot: QtBot, page: PeoplePage) -> None:
    page.show_tab(LINKS)
    page.links.ask_own()
    made = dialog_of(page, NumbersDialog)
    qtbot.mouseClick(made.accept_button, LEFT)
    assert made.form.field("name").error == "请填写名称。"
    made.name.setText("河长包段")
    made.text.setText("每段河有一名河长。")
    answer(qtbot, page, made)
    assert page.links.kind_box.currentText() == "河长包段"
    assert page.links.rule_words.text() == "每段河有一名河长。"


def test_bodies_and_posts_are_added_and_a_promise_is_kept(qtbot: QtBot, page: PeoplePage) -> None:
    page.show_tab(POSTS)
    page.posts.ask_organisation()
    made = dialog_of(page, OrganisationDialog)
    made.kind.setCurrentIndex(made.kind.findData("team"))
    made.name.setText("农机服务队")
    answer(qtbot, page, made)
    assert "农机服务队" in [body.name for body in page.posts.bodies]
    page.posts.ask_adopt_posts()
    adopt = dialog_of(page, AdoptDialog)
    adopt.choice.setCurrentIndex(adopt.choice.findData("service_room"))
    answer(qtbot, page, adopt)
    assert "便民服务室常驻人员还没有人担任。" in [check.words for check in page.posts.checks.shown]
    page.posts.ask_appoint()
    appoint = dialog_of(page, AppointDialog)
    appoint.role.setCurrentIndex(appoint.role.findData("duty_post"))
    appoint.person.search("lxh")
    assert appoint.title.currentText() == "便民服务室常驻人员"
    answer(qtbot, page, appoint)
    assert "便民服务室常驻人员还没有人担任。" not in [check.words for check in page.posts.checks.shown]
    page.posts.grid.choose(next(post.id for post in page.posts.table.rows() if post.title))
    qtbot.mouseClick(page.posts.pledge, LEFT)
    pledge = dialog_of(page, PledgeDialog)
    pledge.text.setPlainText("每天有人在岗")
    answer(qtbot, page, pledge)
    assert "承诺：每天有人在岗（进行中）" in page.posts.post_words.text()
    page.posts.print_pledges()
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
