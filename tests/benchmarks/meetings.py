"""Figures of a meeting of the whole village: a roll of 2,000 people counted, signed, read and shown."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.benchmarks.frame import Figure, median
from tests.benchmarks.villages import new_village
from village_desk.kit.ids import new_id
from village_desk.meetings import actions
from village_desk.meetings.lookups import one_meeting
from village_desk.meetings.page import MeetingsPage
from village_desk.people.records import Household, Person
from village_desk.store.acts import add_many
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.workplace import Workplace

PEOPLE = 2000
HOMES = 700


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of a long roll."""
    file = new_village(folder, "大河村")
    meeting_id = _called(file)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.dress(app)
    workplace = Workplace(file)

    def opened() -> None:
        page = MeetingsPage(workplace)
        page.resize(1166, 678)
        page.show()
        app.processEvents()
        assert page.detail is not None
        page.hide()
        page.deleteLater()

    yield Figure(f"page of a meeting with a roll of {PEOPLE}, opened", median(opened, 7), 0.3)

    def whole() -> None:
        with file.reading() as session:
            assert len(one_meeting(session, meeting_id).roll) == PEOPLE

    yield Figure("the same meeting read", median(whole, 15), 0.1)

    later = count(PEOPLE // 2 + 1)

    def signed() -> None:
        with file.writing("meetings.sign_in") as session:
            came = actions.sign_in(session, meeting_id=meeting_id, serial_numbers=f"1-{PEOPLE // 2} {next(later)}")
            assert came == PEOPLE // 2 + 1

    yield Figure("a thousand of them signed in by their numbers", median(signed, 7), 0.3)
    workplace.close()
    file.close()


def _called(file: VillageFile) -> str:
    with file.writing("people.import_roster") as session:
        homes = [
            {"id": new_id(), "number": str(number), "group_name": f"{number % 8 + 1}组"} for number in range(HOMES)
        ]
        add_many(session, Household, homes)
        people = [
            {"name": f"王{number}", "household_id": homes[number % HOMES]["id"], "birth": "1970-01-01", "sex": "male"}
            for number in range(PEOPLE)
        ]
        add_many(session, Person, people)
    with file.writing("meetings.call_meeting") as session:
        meeting_id = actions.call_meeting(session, title="村民会议", body="villagers", held_on=file.today)
        actions.count_roll(session, meeting_id=meeting_id)
        actions.sign_in(session, meeting_id=meeting_id, serial_numbers=f"1-{PEOPLE // 2}")
        motion = actions.propose_motion(session, meeting_id=meeting_id, title="村庄规划")
        actions.record_vote(session, motion_id=motion, yes=PEOPLE // 2, no=0, abstain=0)
    return meeting_id
