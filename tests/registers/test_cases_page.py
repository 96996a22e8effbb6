"""The page of service cases: every act of a card and every window of the desk, as a clerk comes upon them."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.registers.conftest import TODAY
from tests.registers.test_cases import do, row, take
from village_desk.people.actions import adopt_bodies
from village_desk.registers.actions import cases_stages as stages
from village_desk.registers.dialogs.cases import ListDialog, WhoDialog
from village_desk.registers.lookups.cases_rows import Pile
from village_desk.registers.page.cases import CasesPage
from village_desk.registers.page.cases_view import acts_of, more_of
from village_desk.registers.rules.cases import StageKind
from village_desk.store.file import VillageFile
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> CasesPage:
    made = CasesPage(workplace)
    qtbot.addWidget(made)
    made.show()
    return made


def send(qtbot: QtBot, page: CasesPage, **facts: Any) -> None:
    """Fill the dialog over the page and press its verb."""
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    dialog.fill(**facts)
    dialog.give_answer()
    qtbot.waitUntil(lambda: page.workplace.pending == 0)


def keys(page: CasesPage) -> list[str]:
    assert page.detail is not None
    return [key for key, _, _ in acts_of(page.detail)]


def test_an_order_is_given_refused_given_again_and_taken(
    qtbot: QtBot, page: CasesPage, village: VillageFile, people: dict[str, str]
) -> None:
    do(village, adopt_bodies, key="service_teams")
    page.ask_new()
    dialog = page.dialog
    assert isinstance(dialog, WhoDialog)
    dialog.give_answer()
    assert "外村人直接写姓名" in dialog.form.field("who").error
    send(qtbot, page, who=people["张大山"], matter="修水管", kind="order")
    assert page.detail is not None
    made = page.detail.row.id
    assert (page.detail.row.applicant, page.detail.row.first_asked) == ("张大山", "李会计")
    assert keys(page) == ["assign"]
    page.ask("assign")
    send(qtbot, page, who=people["王建国"])
    assert keys(page)[0] == "accept"
    page.ask("refuse")
    send(qtbot, page, reason="外出")
    assert (row(village, made).stage, keys(page)) == (StageKind.TAKEN, ["assign"])
    page.ask("assign")
    send(qtbot, page, who=people["李秀英"])
    page.ask("accept")
    send(qtbot, page)
    page.ask("answer")
    send(qtbot, page, reply="已修好")
    page.ask("rate")
    send(qtbot, page, rating="good")
    assert row(village, made).closed_on == TODAY
    assert keys(page) == []


def test_the_counts_lead_to_their_cases(qtbot: QtBot, page: CasesPage, village: VillageFile) -> None:
    first, second = take(village, kind="request"), take(village, kind="rights", matter="工资")
    do(village, stages.answer_case, case_id=first, on=TODAY, way="电话", reply="好了")
    page.refresh_now()
    assert page.piles[Pile.OPEN].text() == "在办 1"
    page.show_pile(Pile.UNRATED)
    assert [one.id for one in page.table.rows()] == [first]
    page.office.ask("counts")
    window = page.dialog
    assert isinstance(window, ListDialog)
    rights = next(one.id for one in window.table.rows() if one.line.words == "维权")
    window.grid.choose(rights)
    window.ask("show")
    assert [one.id for one in page.table.rows()] == [second]
    assert "只看：维权1件" in page.subtitle
    page.show_pile(Pile.ALL)
    assert {one.id for one in page.table.rows()} == {first, second}


def test_the_windows_of_the_desk_keep_what_is_typed(
    qtbot: QtBot, page: CasesPage, village: VillageFile, told: list[str]
) -> None:
    page.office.ask("guides")
    window = page.dialog
    assert isinstance(window, ListDialog)
    window.ask("new")
    send(qtbot, page, name="老年证", conditions="满60岁")
    assert [one.missing for one in window.table.rows()] == [("工作流程", "承办人员", "联系方式")]
    window.accept()
    page.office.ask("kinds")
    kinds = page.dialog
    assert isinstance(kinds, ListDialog)
    kinds.grid.choose("pregnancy")
    kinds.ask("switch")
    send(qtbot, page, active=True, reason="上级要求")
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    assert "复核人坐上来启用" in dialog.refusal.text()
    dialog.reject()
    kinds.accept()
    page.office.ask("progress_notice")
    qtbot.waitUntil(lambda: any("没有新的进展" in one for one in told))


def test_a_case_is_carried_up_and_its_list_printed(qtbot: QtBot, page: CasesPage, village: VillageFile) -> None:
    made = take(village, kind="homestead", matter="宅基地证")
    page.open_record(made)
    assert page.detail is not None
    assert "mark" in [key for key, _ in more_of(page.detail)]
    page.ask("mark")
    qtbot.waitUntil(lambda: row(village, made).needs_carrying)
    page.office.ask("carry")
    dialog = page.dialog
    assert isinstance(dialog, WhoDialog)
    dialog.editors["who"].setEditText("镇里来人")  # type: ignore[attr-defined]  # the box that finds people
    send(qtbot, page, unit="镇便民服务中心")
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert (row(village, made).stage, row(village, made).agent) == (StageKind.UP, "镇里来人")
    assert keys(page) == ["returned"]
    page.ask("returned")
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    dialog.editors["rows"].set_cell(0, 3, "证已办好")  # type: ignore[attr-defined]  # the table of results
    send(qtbot, page, way="入户")
    assert row(village, made).closed_on == TODAY
