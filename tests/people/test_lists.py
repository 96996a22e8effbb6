"""The lists of people: sorted, narrowed, their columns remembered, changed many at once, printed, exported, logged."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from tests.hands import answer, settle
from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups
from village_desk.people.actions.bulk import edit_people
from village_desk.people.dialogs import BulkDialog, ExportDialog, ExportLogDialog
from village_desk.people.lookups.leaving import exports
from village_desk.people.page import PeoplePage
from village_desk.people.page.people import POSTS
from village_desk.people.rules.bodies import Role
from village_desk.people.rules.masking import Audience
from village_desk.store.file import VillageFile
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace

Make = Callable[..., str]
LEFT = Qt.MouseButton.LeftButton
# What is chosen in lists is kept in the profile.
pytestmark = pytest.mark.usefixtures("other_laptop")


@pytest.fixture
def crowd(settled: VillageFile, person: Make) -> VillageFile:
    """Two households and a child."""
    with settled.writing("people.households") as session:
        third = actions.add_household(session, number="0127", group_name="三组")
        first = actions.add_household(session, number="0012", group_name="一组")
    number = "130503196704010016"
    person("王小洪", household_id=third, relation="户主", identity=number, birth="", phone="13800001234")
    person("王毅", household_id=third, relation="长子", birth="1995-01-01", address="三组12号，电话13911112222")
    person("丁红", household_id=third, relation="孙女", birth="2018-01-01", sex="female")
    person("赵文", household_id=first, relation="户主", birth="1960-01-01", phone="13912340127")
    return settled


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace, crowd: VillageFile) -> PeoplePage:
    """The page over the crowd."""
    made = PeoplePage(workplace)
    qtbot.addWidget(made)
    made.resize(1178, 660)
    made.show()
    made.refresh_now()
    return made


def listed(page: PeoplePage) -> list[str]:
    """Names in the list."""
    table = page.register.table
    return [table.row(i).name for i in range(table.rowCount())]


def choose_all(page: PeoplePage) -> None:
    """Select every row."""
    page.register.grid.selectAll()


def words_of(pdf: bytes, path: Path) -> str:
    """The text of a PDF."""
    path.write_bytes(pdf)
    return "".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages)


def test_the_list_stands_by_household_by_strokes_and_by_pinyin(page: PeoplePage) -> None:
    assert listed(page) == ["赵文", "王小洪", "王毅", "丁红"]
    page.register.sort_by("strokes")
    assert listed(page) == ["丁红", "王毅", "王小洪", "赵文"]
    page.register.sort_by("name")
    assert listed(page) == ["丁红", "王小洪", "王毅", "赵文"]
    page.register.sort_by("age")
    assert listed(page) == ["赵文", "王小洪", "王毅", "丁红"]


def test_what_is_missing_can_be_listed(page: PeoplePage) -> None:
    shown = page.register.shown
    for words, names in (
        ("妇女", ["丁红"]),
        ("电话未登记", ["王毅", "丁红"]),
        ("身份证号未登记", ["赵文", "王毅", "丁红"]),
        ("没有登记在哪一户", []),
    ):
        shown.setCurrentText(words)
        assert listed(page) == names, words


def test_every_count_over_the_list_leads_to_its_people(qtbot: QtBot, page: PeoplePage) -> None:
    counts = page.register.counts
    assert [one.text() for one in counts.totals.values()] == ["2户", "妇女1"]
    qtbot.mouseClick(counts.totals["women"], LEFT)
    assert listed(page) == ["丁红"]
    qtbot.mouseClick(counts.totals["heads"], LEFT)
    assert listed(page) == ["赵文", "王小洪"]
    for kind, one in counts.buttons.items():
        qtbot.mouseClick(one, LEFT)
        # A count that nobody was entered in says so instead of 0.
        words = one.text()
        assert words.endswith("未登记") or words.endswith(str(len(listed(page)))), kind


def test_chosen_columns_are_there_the_next_time(qtbot: QtBot, page: PeoplePage, workplace: Workplace) -> None:
    register = page.register
    register.list_menu.aboutToShow.emit()
    actions_by_words = {action.text(): action for action in register.list_menu.actions()}
    assert not actions_by_words["民族"].isChecked()
    actions_by_words["民族"].trigger()
    actions_by_words["身份证号"].trigger()
    assert "people" in register.grid.shown_columns()
    again = PeoplePage(workplace)
    qtbot.addWidget(again)
    assert "people" in again.register.grid.shown_columns()
    assert "identity" not in again.register.grid.shown_columns()
    # What is chosen by hand also stands in large type.
    assert again.register.grid.shown_columns()[0] == "name"


def test_many_are_changed_in_one_step_and_undone_in_one(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, crowd: VillageFile
) -> None:
    register = page.register
    assert not register.bulk_button.isEnabled()
    choose_all(page)
    assert register.bulk_button.text() == "批量修改4人"
    qtbot.mouseClick(register.bulk_button, LEFT)
    dialog = page.dialog
    assert isinstance(dialog, BulkDialog)
    dialog.field_box.setCurrentIndex(dialog.field_box.findData("schooling"))
    dialog.boxes[dialog.field_box.currentIndex()].setCurrentText("初中")
    before = crowd.digest()
    answer(qtbot, workplace, dialog)
    with crowd.reading() as session:
        ids = lookups.person_ids(session, lookups.PeopleFilter())
        assert {row.schooling for row in lookups.person_rows(session, ids)} == {"初中"}
    assert crowd.steps()[0].deed == "people.edit_people"
    crowd.undo(crowd.steps()[0].id)
    assert crowd.digest() == before


def test_a_group_is_changed_for_whole_households_and_never_twice_one_number(crowd: VillageFile, person: Make) -> None:
    alone = person("孙七", group_name="五组")
    with crowd.reading() as session:
        son = lookups.find_ids(session, "王毅")[0]
    with crowd.writing("people.edit_people") as session:
        assert edit_people(session, person_ids=(son, alone), field="group", value="2组") == 2
    with crowd.reading() as session:
        groups = {
            row.name: row.group
            for row in lookups.person_rows(session, lookups.person_ids(session, lookups.PeopleFilter()))
        }
    assert groups == {"王小洪": "二组", "王毅": "二组", "丁红": "二组", "赵文": "一组", "孙七": "二组"}
    with crowd.writing("people.household") as session:
        actions.add_household(session, number="127", group_name="四组")
    for field, value, words in (
        ("group", "四组", "四组已经有户号0127"),
        ("identity", "1", "每个人都不一样"),
        ("people", "火星族", "五十六个民族"),
    ):
        with pytest.raises(NotAllowed, match=words), crowd.writing("people.edit_people") as session:
            edit_people(session, person_ids=(son,), field=field, value=value)


def test_a_print_is_masked_sorted_and_logged(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, crowd: VillageFile, tmp_path: Path
) -> None:
    page.preview()
    dialog = page.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.audience.setCurrentIndex(dialog.audience.findData(Audience.BOARD.value))
    dialog.order_box.setCurrentIndex(dialog.order_box.findData("strokes"))
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    sheet = page.dialog
    assert isinstance(sheet, PreviewDialog)
    sheet.preview.save_as(str(tmp_path / "上墙.pdf"))
    settle(qtbot, workplace)
    words = "".join(one.extract_text() for one in pypdf.PdfReader(tmp_path / "上墙.pdf").pages)
    assert "130503" not in words
    assert "138****1234" in words
    # A child's given name is left out.
    assert "丁红" not in words
    assert words.index("丁*") < words.index("王毅") < words.index("王小洪") < words.index("赵文")
    sheet.reject()
    with crowd.reading() as session:
        log = exports(session)
    assert [(row.number, row.what, row.people, row.audience_words, row.operator) for row in log] == [
        (1, "打印花名册", 4, "上墙或对外", "李会计")
    ]


def test_what_is_copied_or_printed_beside_the_roster_is_logged_too(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, crowd: VillageFile, tmp_path: Path
) -> None:
    choose_all(page)
    qtbot.keyClick(page.register.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, workplace)
    page.show_tab(POSTS)
    with crowd.writing("people.test") as session:
        one = lookups.find_ids(session, "王毅")[0]
        actions.appoint(session, person_id=one, role="clerk", from_on=TODAY)
    page.posts.refresh()
    page.posts.print_chart()
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    sheet = page.dialog
    assert isinstance(sheet, PreviewDialog)
    sheet.preview.save_as(str(tmp_path / "任职表.pdf"))
    settle(qtbot, workplace)
    sheet.reject()
    with crowd.reading() as session:
        log = [(row.what, row.people, row.audience_words) for row in exports(session)]
    assert log == [("打印组织机构和任职人员", 1, "上墙或对外"), ("复制名单到剪贴板", 4, "村内办公")]


def test_the_log_is_shown_newest_first_and_printed(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, crowd: VillageFile, tmp_path: Path
) -> None:
    for what in ("打印花名册", "导出花名册表格"):
        with crowd.writing("people.record_export") as session:
            actions.record_export(session, what=what, audience="township", people=4, reason="人口统计")
    page.register.papers.show_log()
    dialog = page.dialog
    assert isinstance(dialog, ExportLogDialog)
    assert [(row.number, row.what) for row in dialog.table.rows()] == [(2, "导出花名册表格"), (1, "打印花名册")]
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert isinstance(page.dialog, PreviewDialog)
    page.dialog.preview.save_as(str(tmp_path / "记录.pdf"))
    words = "".join(one.extract_text() for one in pypdf.PdfReader(tmp_path / "记录.pdf").pages)
    assert "共2次" in words
    assert "李会计" in words
    page.dialog.reject()
    dialog.reject()


def test_a_workbook_takes_the_columns_in_sight_and_the_wall_no_address(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, tmp_path: Path
) -> None:
    page.register.list_menu.aboutToShow.emit()
    next(one for one in page.register.list_menu.actions() if one.text() == "住址").trigger()
    for audience, seen in ((Audience.INTERNAL, True), (Audience.BOARD, False)):
        out = tmp_path / f"{audience}.xlsx"
        page.register.papers.export_to(out, audience, "", "strokes")
        settle(qtbot, workplace)
        rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
        assert ("住址" in rows[1]) is seen
        assert ("三组12号，电话13911112222" in [cell for row in rows for cell in row]) is seen


def test_households_and_representatives_on_paper(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, crowd: VillageFile, tmp_path: Path
) -> None:
    with crowd.reading() as session:
        ids = {name: lookups.find_ids(session, name)[0] for name in ("王小洪", "赵文", "王毅")}
    with crowd.writing("people.appoint") as session:
        for name in ("赵文", "王小洪", "王毅"):
            actions.appoint(session, person_id=ids[name], role=Role.REPRESENTATIVE, from_on=TODAY, how="推选")
    papers = page.register.papers
    papers.print_households(Audience.INTERNAL, "")
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    homes = save(page, tmp_path)
    settle(qtbot, workplace)
    assert "共2户、4人" in homes
    assert "王毅（长子）、丁红（孙女）" in homes.replace("\n", "")
    page.dialog = None
    papers.print_representatives(Audience.BOARD, "", "strokes")
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    words = save(page, tmp_path)
    settle(qtbot, workplace)
    assert "共3人" in words
    assert words.index("王毅") < words.index("王小洪") < words.index("赵文")
    assert "138" not in words
    with crowd.reading() as session:
        assert [row.what for row in exports(session)] == ["打印村民代表名册", "打印农户名册"]


def test_members_on_paper_by_strokes(
    qtbot: QtBot, page: PeoplePage, workplace: Workplace, crowd: VillageFile, tmp_path: Path
) -> None:
    for name in ("赵文", "王小洪", "王毅"):
        with crowd.writing("people.add_party_member") as session:
            actions.add_party_member(
                session, person_id=lookups.find_ids(session, name)[0], probationary=False, joined_on=None
            )
    page.register.papers.ask_members()
    dialog = page.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.order_box.setCurrentIndex(dialog.order_box.findData("strokes"))
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    words = save(page, tmp_path)
    settle(qtbot, workplace)
    assert words.index("王毅") < words.index("王小洪") < words.index("赵文")
    assert "未登记" in words


def save(page: PeoplePage, folder: Path) -> str:
    """Save what is previewed; returns its text."""
    dialog = page.dialog
    assert isinstance(dialog, PreviewDialog)
    dialog.preview.save_as(str(folder / "sheet.pdf"))
    words = "".join(one.extract_text() for one in pypdf.PdfReader(folder / "sheet.pdf").pages)
    dialog.reject()
    return words
