"""A year through the window: what is late at a glance, a period drafted, a meeting that closes its turn, the sheet."""

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.hands import LEFT, answer, buttons, dialog_of, press, press_key, settle
from village_desk.desk.happened import happened
from village_desk.desk.plan_page import DeskPlanPage
from village_desk.desk.window import DeskWindow
from village_desk.notices import actions
from village_desk.notices.dialogs.fields import FieldsDialog
from village_desk.notices.page import NoticesPage
from village_desk.notices.page.plan import AGENDA, ERRANDS
from village_desk.schedule.lookups import agenda
from village_desk.widgets.preview import PreviewDialog


def test_the_year_at_a_glance_and_one_meeting_that_closes_its_quarter(
    qtbot: QtBot, window: DeskWindow, sample: tuple[Path, dict[str, Any]]
) -> None:
    village, today = window.file, window.file.today
    with village.writing("notices.begin_reminders") as session:
        actions.begin_reminders(session, on=dt.date(today.year, 1, 1))

    # Scenario 23: from the page of today to what is late, with its day and who does it.
    window.go("today")
    press(qtbot, window, "看计划")
    page = window.page
    assert isinstance(page, DeskPlanPage)
    assert "逾期" in page.plan.summary.text()
    page.plan.which.setCurrentIndex(page.plan.which.findData("late"))
    late = page.plan.table.rows()
    assert late
    assert all(row.who and row.due_on is not None and row.due_on < today for row in late)

    # A period of the plan goes on as a sheet.
    page.plan.grid.enter()
    qtbot.mouseClick(page.plan.draft, LEFT)
    qtbot.waitUntil(lambda: isinstance(window.page, NoticesPage))
    notices = window.page
    assert isinstance(notices, NoticesPage)
    settle(qtbot, window)
    assert late[0].name.removesuffix("公示") in notices.view.title.text()

    # The calendar: a representatives' meeting of the sample closes the quarter in which it was held.
    window.go("plan")
    page.bar.setCurrentIndex(AGENDA)
    with village.reading() as session:
        held = {one.day for one in happened(session) if one.kind == "meeting:representatives"}
        rows = agenda(
            session,
            first=dt.date(today.year, 1, 1),
            last=dt.date(today.year, 12, 31),
            on=today,
            also=happened(session),
        )
    quarters = [row for row in rows if row.rule.key == "K-DBHY"]
    assert [row.done for row in quarters] == [
        any(row.period.first <= day <= row.period.last for day in held) for row in quarters
    ]
    assert any(row.done for row in quarters)

    # A request by phone is noted, and stands on the page of today.
    page.bar.setCurrentIndex(ERRANDS)
    qtbot.mouseClick(page.errands.add, LEFT)
    errand = dialog_of(FieldsDialog)
    errand.put("what", "下午三点前报森林防火值班表")
    errand.put("due", today)
    answer(qtbot, window, errand)
    window.go("today")
    qtbot.waitUntil(lambda: any("森林防火值班表" in one.accessibleName() for one in buttons(window.page, "登记办好")))

    # F9 shows the year on one sheet.
    window.go("plan")
    page.bar.setCurrentIndex(0)
    press_key(qtbot, window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    sheet = dialog_of(PreviewDialog)
    assert sheet.preview.sheets.count == 1
    sheet.reject()
