"""The page of registers: an entry made and put right by hand, the missing, the contents, a form of its own."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.hands import answer, settle, shown
from tests.registers.village import TODAY, Home, add
from village_desk.notices.lookups import one_notice
from village_desk.paper.text import plain_text
from village_desk.people.rules.masking import Audience
from village_desk.registers.dialogs.entries import EntryDialog, FormDialog
from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups import forms
from village_desk.registers.lookups.cases import open_cases
from village_desk.registers.page.entries import CONTENTS, MISSING, RegistersPage
from village_desk.registers.printout.entries import book
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.onlookers import ONLOOKERS
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


@pytest.fixture
def workplace(home: Home, dressed: Any) -> Iterator[Workplace]:
    """The workplace of the page."""
    made = Workplace(home.file)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> RegistersPage:
    """The page at the register of hazards."""
    made = shown(qtbot, RegistersPage(workplace))
    made.open_register("hazards")
    return made


def asked(page: RegistersPage, what: str) -> FieldsDialog:
    """The dialog that a button opens."""
    page.do(what)
    assert isinstance(page.dialog, FieldsDialog)
    return page.dialog


def test_a_hazard_is_noted_reported_put_right_and_closed(
    qtbot: QtBot, home: Home, workplace: Workplace, page: RegistersPage
) -> None:
    dialog = asked(page, "add")
    assert isinstance(dialog, EntryDialog)
    answer(qtbot, workplace, dialog)
    assert "请选种类" in dialog.form.field("sort").error
    dialog.fill(sort="安全隐患", what="电杆倾斜", place="小学", time="8:40", must_report=True)
    answer(qtbot, workplace, dialog)
    assert page.table.rowCount() == 1
    assert "待上报" in page.view.chip.words
    assert "必" not in page.view.title.text()
    report = asked(page, "report")
    report.fill(to="镇供电所", at="9:10")
    answer(qtbot, workplace, report)
    assert "待上报" not in page.view.chip.words
    correct = asked(page, "correct")
    correct.fill(place="小学门口")
    answer(qtbot, workplace, correct)
    assert "更正原因" in correct.refusal.text()
    correct.fill(**{" reason": "地点写得不细"})
    answer(qtbot, workplace, correct)
    assert "地点由“小学”改为“小学门口”" in page.view.later.text()
    note = asked(page, "note")
    note.fill(words="已拉警戒线")
    answer(qtbot, workplace, note)
    page.do("print_entry")
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))


def test_the_missing_and_the_contents_stand_on_their_tabs(
    qtbot: QtBot, home: Home, workplace: Workplace, page: RegistersPage
) -> None:
    add(home, "visits", subject=home.homes["赵一"], visitor=home.people["钱二"], purpose="走遍农户")
    page.refresh_now()
    page.open_register("visits")
    settle(qtbot, workplace)
    page.tabs.setCurrentIndex(MISSING)
    assert page.missing_card.isVisible()
    assert not page.list_card.isVisible()
    assert page.missing_grid.model().rowCount() == 3
    page.tabs.setCurrentIndex(CONTENTS)
    assert page.contents.rowCount() == len(page.index)
    assert page.contents_grid.choose("net_room")
    page.do("use")
    settle(qtbot, workplace)
    assert page.which.findData("net_room") == -1
    # Opening a private register is noted.
    assert home.read(lambda s: forms.looks(s, "visits")) == (f"{TODAY.isoformat()}　李会计",)


def test_a_private_register_is_put_away_while_somebody_looks_on(
    qtbot: QtBot, home: Home, workplace: Workplace, page: RegistersPage
) -> None:
    add(home, "visits", subject=home.homes["赵一"], visitor=home.people["钱二"], purpose="走遍农户")
    page.refresh_now()
    page.open_register("visits")
    assert page.table.rowCount() == 1
    ONLOOKERS.say(True)
    assert page.table.rowCount() == 0
    assert "有人旁观" in page.first.sentence.text()
    ONLOOKERS.say(False)
    assert page.table.rowCount() == 1
    settle(qtbot, workplace)


@pytest.mark.covers("0-15")
def test_honours_of_a_body_a_household_and_a_person_are_found_by_level_and_hang_on_the_wall(
    home: Home, page: RegistersPage
) -> None:
    for holder, honour, level, more in (
        ("东河村党支部", "先进基层党组织", "县级", {}),
        ("赵一家", "最美家庭", "市级", {"household": home.homes["赵一"]}),
        ("钱二", "优秀共产党员", "县级", {"person": home.people["钱二"], "document": "县委〔2026〕8号"}),
    ):
        add(home, "honours", holder=holder, honour=honour, level=level, giver="上级党委", more=more)
    page.open_register("honours")
    rows = home.read(lambda s: lookups.entries(s, "honours", on=TODAY))
    assert sorted(one.kept["holder"] for one in rows if page.found(one, "县级")) == ["东河村党支部", "钱二"]
    assert [one.kept["holder"] for one in rows if page.found(one, "市级")] == ["赵一家"]
    wall = plain_text(book(page.form, rows, village="东河村", span="2026年", audience=Audience.BOARD))
    for words in ("东河村荣誉榜", "先进基层党组织", "赵一家", "钱二", "县委〔2026〕8号"):
        assert words in wall.replace("\n", "")


def test_a_register_is_adapted_and_its_new_field_is_asked_for(
    qtbot: QtBot, home: Home, workplace: Workplace, page: RegistersPage
) -> None:
    page.open_register("room_use")
    dialog = asked(page, "adapt")
    assert isinstance(dialog, FormDialog)
    dialog.reject()
    dialog = asked(page, "copy")
    dialog.fill(title="借物登记")
    answer(qtbot, workplace, dialog)
    assert page.form.title == "借物登记"
    add_one = asked(page, "add")
    add_one.fill(room="会议室", purpose="借桌椅")
    answer(qtbot, workplace, add_one)
    assert [row.words for row in home.read(lambda s: lookups.entries(s, page.register, on=TODAY))] == ["会议室，借桌椅"]


def test_the_notice_of_promises_is_drafted_from_the_print_menu_and_shown_among_the_notices(
    qtbot: QtBot, home: Home, workplace: Workplace, page: RegistersPage
) -> None:
    asked = {"sort": "年度承诺", "text": "修好二组水渠", "publish": True}
    add(home, "promises", on=dt.date(2026, 1, 5), subject=home.people["周四"], more=asked)
    page.refresh_now()
    page.open_register("promises")
    offered = {words: key for key, words in page.printing.offers()}
    for words, title in (("拟践诺结果公示稿", "践诺结果公示"), ("拟公示稿", "承诺公示")):
        with qtbot.waitSignal(page.asked_for) as gone:
            page.do(offered[words])
        settle(qtbot, workplace)
        place, notice_id = gone.args
        assert place == "notices"
        found = home.read(partial(one_notice, notice_id=notice_id, on=TODAY))
        assert found.row.title.endswith(title)
        assert "修好二组水渠" in found.paper.body


def test_a_register_is_exported_as_a_workbook(
    qtbot: QtBot, home: Home, workplace: Workplace, page: RegistersPage, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    add(home, "hazards", on=dt.date(2026, 9, 1), sort="安全隐患", what="电杆倾斜", place="小学")
    page.refresh_now()
    page.printing.export_to(str(tmp_path / "台账.xlsx"))
    rows = list(load_workbook(tmp_path / "台账.xlsx").active.iter_rows(values_only=True))
    assert "安全隐患" in rows[2]


def test_what_was_wished_for_at_a_visit_becomes_a_case(
    qtbot: QtBot, home: Home, workplace: Workplace, page: RegistersPage
) -> None:
    who = {"visitor": home.people["钱二"], "purpose": "走遍农户", "wish": "修门前水沟"}
    visit = add(home, "visits", subject=home.homes["赵一"], more=who)
    page.refresh_now()
    page.open_register("visits")
    page.open_record(visit)
    answer(qtbot, workplace, asked(page, "case"))
    assert "修门前水沟" in page.view.later.text()
    [case] = home.read(open_cases)
    assert (case.matter, case.applicant, case.source_id) == ("修门前水沟", "赵一", visit)
