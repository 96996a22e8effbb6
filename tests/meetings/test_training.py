"""The reserve list names who is prepared and his training; an activity names all who hold it."""

import datetime as dt

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.hands import answer, shown
from tests.meetings.village import TODAY
from village_desk.meetings import actions
from village_desk.meetings.lookups.activities import one_activity
from village_desk.meetings.lookups.training import reserves
from village_desk.meetings.page.activities import ActivitiesPage
from village_desk.meetings.printout.activities import attendance_sheet
from village_desk.meetings.printout.training import reserve_list
from village_desk.meetings.rules.activities import ActivityKind
from village_desk.people import actions as people
from village_desk.people import lookups as people_lookups
from village_desk.store.file import VillageFile
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.workplace import Workplace


@pytest.mark.covers("4B-27")
def test_an_activity_lists_several_organisers(village: VillageFile) -> None:
    with village.writing("people.adopt_bodies") as session:
        people.adopt_bodies(session, key="mass_organisations")
        bodies = {body.name: body.id for body in people_lookups.bodies(session, on=TODAY)}
    hosts = ("妇女联合会", "团支部", "工会")
    with village.writing("meetings.add_activity") as session:
        made = actions.add_activity(
            session,
            title="党群共建清洁日",
            held_on=dt.date(2026, 5, 4),
            organisers=(bodies["中共东河村支部委员会"], *(bodies[name] for name in hosts)),
        )
    with village.reading() as session:
        found = one_activity(session, made)
    assert found.organisers == ("中共东河村支部委员会", *hosts)
    assert "主办：中共东河村支部委员会、妇女联合会、团支部、工会" in text_of(attendance_sheet(found, village="东河村"))


def test_the_organisers_are_ticked_in_the_dialog_and_corrected_later(
    qtbot: QtBot, dressed: QApplication, village: VillageFile
) -> None:
    workplace = Workplace(village)
    page = shown(qtbot, ActivitiesPage(workplace))
    page.ask("add")
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    with village.reading() as session:
        bodies = {body.name: body.id for body in people_lookups.bodies(session, on=TODAY)}
    branch, committee = bodies["中共东河村支部委员会"], bodies["东河村村民委员会"]
    dialog.fill(title="党群共建清洁日", organisers=(branch,))
    answer(qtbot, workplace, dialog)
    assert [one.organisers for one in page.activities.rows()] == [("中共东河村支部委员会",)]
    page.ask("change")
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    assert dialog.values()["organisers"] == (branch,)
    dialog.fill(organisers=(branch, committee))
    answer(qtbot, workplace, dialog)
    assert [one.organiser_ids for one in page.activities.rows()] == [(branch, committee)]
    workplace.close()


def text_of(pdf: bytes) -> str:
    """Every word of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range()).replace("\r\n", "")
    finally:
        document.close()


@pytest.mark.covers("4B-19")
def test_sent_and_reserve_people_are_appointed_and_the_reserve_list_prints_training(village: VillageFile) -> None:
    with village.writing("people.adopt_posts") as session:
        people.adopt_posts(session, key="sent_people")
        ids = [row.id for row in people_lookups.find_people(session, "王", limit=3)]
        for one, title in zip(ids, ("驻村第一书记", "村主职后备干部", "村主职后备干部"), strict=True):
            people.appoint(session, person_id=one, role="duty_post", title=title, from_on=dt.date(2026, 3, 1))
    with village.reading() as session:
        offered = {gap.name for gap in people_lookups.post_gaps(session, on=TODAY)}
    assert offered == {"驻村第一书记", "村级顾问", "村主职后备干部", "大学生村官"}
    with village.writing("meetings.add_activity") as session:
        lesson = actions.add_activity(
            session,
            title="后备干部培训班",
            held_on=dt.date(2026, 5, 20),
            kind=ActivityKind.LESSON,
            person_ids=tuple(ids),
        )
        actions.note_attendance(session, activity_id=lesson, came=((ids[0], 120), (ids[1], 120)))
    with village.reading() as session:
        rows = reserves(session, on=TODAY)
        assert reserves(session, on=dt.date(2026, 2, 1)) == ()
    trained = {row.post.person_id: row.minutes for row in rows}
    assert trained == {ids[1]: 120, ids[2]: 0}
    text = text_of(reserve_list(rows, village="东河村", on=TODAY))
    assert "后备干部培训班" in text
    assert "未登记" in text
    assert "驻村第一书记" not in text
