"""A clerk's morning with the registers, in the real window: a hazard reported, a visit noted, a book printed."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from tests.journeys.hands import answer, press, settle
from village_desk.desk.sources import day
from village_desk.desk.today import Item
from village_desk.desk.today_page import TodayPage
from village_desk.desk.window import DeskWindow
from village_desk.people.lookups import home_lines, party_members
from village_desk.registers.dialogs.entries import EntryDialog
from village_desk.registers.lookups.owed import missing
from village_desk.registers.page.entries import MISSING, RegistersPage
from village_desk.store.acts import act
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.preview import PreviewDialog


def registers(window: DeskWindow) -> RegistersPage:
    """The page of registers."""
    window.go("registers")
    page = window.page
    assert isinstance(page, RegistersPage)
    return page


@pytest.mark.covers("1-35")
def test_a_hazard_is_noted_reported_and_gone_from_today(qtbot: QtBot, window: DeskWindow) -> None:
    page = registers(window)
    page.open_register("hazards")
    press(qtbot, window, "登记")
    dialog = page.dialog
    assert isinstance(dialog, EntryDialog)
    dialog.fill(sort="护林防火", what="林边烧秸秆", place="西坡", time="7:30", must_report=True)
    answer(qtbot, window, dialog)
    assert "待上报" in page.view.chip.words
    window.go("today")
    today = window.page
    assert isinstance(today, TodayPage)
    assert any("林边烧秸秆" in item.words for item in today.workplace.read(_items))
    page = registers(window)
    press(qtbot, window, "登记上报")
    report = page.dialog
    assert isinstance(report, FieldsDialog)
    report.fill(to="镇林业站", at="7:50")
    answer(qtbot, window, report)
    assert page.detail is not None
    assert "镇林业站" in page.detail.reports[0].words
    assert not any("林边烧秸秆" in item.words for item in window.workplace.read(_items))


def _items(session: Session) -> tuple[Item, ...]:
    return day(session).items


def test_a_visit_shortens_the_list_of_unvisited_households(qtbot: QtBot, window: DeskWindow) -> None:
    page = registers(window)
    today = window.workplace.read(act).today
    left = window.workplace.read(lambda session: missing(session, "visits", on=today))
    page.open_register("visits")
    press(qtbot, window, "登记")
    dialog = page.dialog
    assert isinstance(dialog, EntryDialog)
    who = window.workplace.read(party_members)[0].id
    dialog.fill(visitor=who, purpose="走遍农户", mood="没有意见")
    dialog.fill(**{" subject": left[0].id})
    answer(qtbot, window, dialog)
    page.tabs.setCurrentIndex(MISSING)
    settle(qtbot, window)
    assert page.missing_grid.model().rowCount() == len(left) - 1
    assert len(window.workplace.read(home_lines)) >= len(left)


def test_the_book_is_previewed_and_exported(qtbot: QtBot, window: DeskWindow, tmp_path: Path) -> None:
    page = registers(window)
    page.open_register("visits")
    page.preview()
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert page.dialog is not None
    page.dialog.close()
    page.printing.export_to(str(tmp_path / "走访.xlsx"))
    settle(qtbot, window)
    assert (tmp_path / "走访.xlsx").stat().st_size > 1_000
