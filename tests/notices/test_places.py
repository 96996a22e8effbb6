"""Answers by the days of the place, a late one flagged; the plate by which villagers know whom to call."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.files import new_village
from tests.hands import shown
from village_desk.kit.errors import NotAllowed
from village_desk.notices import actions, lookups, printout
from village_desk.notices.page import PlanPage
from village_desk.notices.page.plan import SEALS
from village_desk.paper.text import plain_text
from village_desk.people import actions as people
from village_desk.rulebook.actions import install_province_packs
from village_desk.store.file import VillageFile
from village_desk.store.operators import describe_home
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace

TODAY = dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("code", "answered_by", "last_day", "body"),
    [
        ("370102101201", dt.date(2026, 9, 7), dt.date(2026, 9, 16), "joint_meeting"),
        ("500153001205", dt.date(2026, 9, 4), dt.date(2026, 9, 16), "committee_meeting"),
    ],
)
def test_a_province_says_who_settles_a_sheet_and_by_when_an_objection_is_answered(
    code: str, answered_by: dt.date, last_day: dt.date, body: str, tmp_path: Path, other_laptop: Path
) -> None:
    file = new_village(tmp_path, today=TODAY, code=code)
    with file.writing("tests.furnish") as session:
        install_province_packs(session)
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=dt.date(2026, 1, 10), how="推选")
        notice = actions.draft_notice(session, item="affairs", title="水费公开", body="共收水费960元。")
        actions.review_notice(
            session, notice_id=notice, opinion="after_changes", words="写明户数", reviewer_id=head, reviewed_on=TODAY
        )
    with file.reading() as session:
        asked = lookups.one_notice(session, notice, on=TODAY).reviews[-1]
    assert asked.answer_due == dt.date(2026, 9, 7), "five days end on a Sunday and move on"
    with pytest.raises(NotAllowed, match="要求《水费公开》修改后公开"), file.writing("t.t") as session:
        actions.publish(session, notice_id=notice, posting_from=TODAY)
    objection = _hang(file, notice, body, head)
    with file.reading() as session:
        detail = lookups.one_notice(session, notice, on=dt.date(2026, 9, 20))
    assert detail.boards[0].state.last_day == last_day, "the law's fifteen days are the longer ones"
    (one,) = [each for each in detail.objections if each.id == objection]
    assert one.due_on == answered_by
    assert one.overdue
    file.close()


def _hang(file: VillageFile, notice: str, body: str, head: str) -> str:
    with file.writing("tests.hang") as session:
        detail = lookups.one_notice(session, notice, on=TODAY)
        actions.edit_draft(
            session,
            notice_id=notice,
            seen=detail.row.seen,
            title="水费公开",
            body="12户共收水费960元。",
            kind="publication",
            issuer="committee",
            review_first=True,
            item="affairs",
            column="village",
        )
        actions.review_notice(session, notice_id=notice, opinion="agreed", reviewer_id=head, reviewed_on=TODAY)
    with pytest.raises(NotAllowed, match="会议"), file.writing("t.t") as session:
        actions.publish(session, notice_id=notice, posting_from=TODAY)
    with file.writing("tests.hang") as session:
        actions.note_approval(session, notice_id=notice, body=body, approved_on=TODAY, approved_by="王强")
        actions.publish(session, notice_id=notice, posting_from=TODAY)
        actions.post(session, notice_id=notice, posted_on=TODAY, posted_by="王强")
    with file.writing("notices.raise_objection") as session:
        return actions.raise_objection(session, notice_id=notice, raised_on=TODAY, raised_by="张三", words="户数不对")


def test_the_plate_beside_the_board_names_numbers_and_the_committee(
    village: VillageFile, qtbot: QtBot, workplace: Workplace
) -> None:
    with village.reading() as session:
        lines = lookups.complaint_lines(session, on=village.today)
    with pytest.raises(NotAllowed, match="还没有填村监督电话"):
        printout.complaint_plate(lines)
    with village.writing("tests.furnish") as session:
        describe_home(session, town="平安镇", duty_phone="0515-88001234", town_phone="0515-88112345")
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=dt.date(2026, 1, 10), how="推选")
    page = shown(qtbot, PlanPage(workplace))
    page.bar.setCurrentIndex(SEALS)
    qtbot.mouseClick(page.seals.plate, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert isinstance(page.dialog, PreviewDialog)
    text = plain_text(page.dialog.preview._pdf)
    assert "0515-88001234" in text
    assert "0515-88112345" in text
    assert "李建国（村务监督委员会主任）" in text
    page.dialog.reject()
