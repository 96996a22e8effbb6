"""No score without evidence; the sheet of evidence and the index of the box tell the same in the same order."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.archive.conftest import photo
from tests.points.conftest import TODAY, Village
from village_desk.archive import lookups as archive
from village_desk.archive.actions import detach, keep_file
from village_desk.archive.printout import box_index
from village_desk.desk.prints import print_sheet
from village_desk.kit.errors import NotAllowed
from village_desk.paper.text import pages_text
from village_desk.people.records import Person
from village_desk.points import actions, lookups
from village_desk.points.page import PointsPage
from village_desk.points.page.points import APPLICATIONS
from village_desk.points.rules.entries import Stage
from village_desk.widgets import theme
from village_desk.widgets.fields import FieldsDialog
from village_desk.widgets.workplace import Workplace

JULY = dt.date(2026, 7, 12)


def ask(village: Village, who: str, evidence: str = "", code: str = "H1") -> str:
    with village.file.writing("points.apply_for_points") as session:
        return actions.apply_for_points(
            session,
            set_id=village.set_id,
            item_id=village.items[code],
            subject_id=village.households[who],
            points=5,
            event="7月检查",
            happened_on=JULY,
            evidence=evidence,
        )


def check(village: Village, application_id: str, verdict: str = "agreed", words: str = "") -> None:
    with village.file.writing("points.check_application") as session:
        actions.check_application(
            session,
            application_id=application_id,
            verdict=verdict,
            checker_id=village.persons["王强"],
            checked_on=TODAY,
            words=words,
        )


def hang(village: Village, folder: Path, application_id: str, name: str, width: int) -> str:
    path = folder / f"{name}.jpg"
    path.write_bytes(photo(width))
    return keep_file(village.file, path, of_table="point_application", of_id=application_id)


def booked(village: Village, application_id: str) -> None:
    with village.file.writing("points.book") as session:
        actions.book(session, application_id=application_id)


@pytest.mark.covers("4A-06")
def test_a_score_stands_by_its_evidence_and_the_sheet_follows_the_box(village: Village, tmp_path: Path) -> None:
    first, second, third = ask(village, "张大山"), ask(village, "李四"), ask(village, "李四", "网格员查看", "H3")
    for each in (first, second):
        with pytest.raises(NotAllowed, match="“门前整洁”要有依据才能审核"):
            check(village, each)
    hang(village, tmp_path, first, "门前照片", 400)
    hang(village, tmp_path, first, "屋后照片", 420)
    hang(village, tmp_path, second, "李四家照片", 440)
    # Booked in another order than applied for: the numbers of the archive follow the lines.
    for each in (second, third, first):
        check(village, each)
        booked(village, each)
    with village.file.writing("points.file_evidence") as session:
        assert actions.file_evidence(session, set_id=village.set_id, period="2026") == 2
    with (
        pytest.raises(NotAllowed, match="没有要归档的依据材料"),
        village.file.writing("points.file_evidence") as session,
    ):
        actions.file_evidence(session, set_id=village.set_id, period="2026")
    with village.file.reading() as session:
        found = lookups.proof_list(session, set_id=village.set_id, period="2026")
        (box,) = archive.boxes(session)
        detail = archive.one_box(session, box.id)
        index = "\n".join(pages_text(box_index(detail, village="东河村")))
        blobs = [
            row.blob
            for each in (second, first)
            for row in archive.attachments_of(session, of_table="point_application", of_id=each)
        ]
    out = tmp_path / "评分依据表.pdf"
    print_sheet(village.file, "points-evidence", "农户", out)
    sheet = "\n".join(pages_text(out.read_bytes()))
    assert [line.application_id for line in found.lines] == [second, first, third]
    assert [line.evidence for line in found.lines] == ["附有材料1份", "附有材料2份", "网格员查看"]
    assert [line.piece_no for line in found.lines[:2]] == [piece.piece_no for piece in detail.pieces]
    assert [one.digits for line in found.lines for one in line.files] == [blob[:16] for blob in blobs]
    for paper in (sheet, index):
        places = [paper.index(piece.piece_no) for piece in detail.pieces]
        assert places == sorted(places)
    digits = [sheet.index(blob[:16]) for blob in blobs]
    assert digits == sorted(digits)
    assert "共3笔，已归档2笔，附材料3份。" in sheet


def test_a_file_that_was_taken_off_no_longer_carries_the_score(village: Village, tmp_path: Path) -> None:
    made = ask(village, "李四")
    file_id = hang(village, tmp_path, made, "照片", 400)
    check(village, made)
    with village.file.writing("archive.detach") as session:
        detach(session, attachment_id=file_id)
    with pytest.raises(NotAllowed, match="要有依据"):
        booked(village, made)


def test_a_score_without_evidence_can_be_refused_or_get_its_words(village: Village) -> None:
    refused, worded = ask(village, "张大山"), ask(village, "李四")
    check(village, refused, "refused", "没有人看见")
    with village.file.writing("points.write_evidence") as session:
        actions.write_evidence(session, application_id=worded, evidence=" 网格员现场查看 ")
    check(village, worded)
    with village.file.reading() as session:
        row = lookups.one_application(session, worded)
    assert (row.evidence, row.stage, row.lacks_evidence) == ("网格员现场查看", Stage.CHECKED, False)
    with (
        pytest.raises(NotAllowed, match="已经有人审核过"),
        village.file.writing("points.write_evidence") as session,
    ):
        actions.write_evidence(session, application_id=worded, evidence="改口")


def test_a_meeting_leaves_what_has_no_evidence(village: Village) -> None:
    bare, worded = ask(village, "张大山"), ask(village, "张大山", "登记表", "H3")
    with village.file.writing("points.review_applications") as session:
        neighbour = Person(name="赵一", relation="head")
        session.add(neighbour)
        session.flush()
        judges = (village.persons["王强"], village.persons["李四"], neighbour.id)
        done = actions.review_applications(
            session, set_id=village.set_id, application_ids=(bare, worded), judges=judges, held_on=TODAY
        )
    assert done.done == (worded,)
    assert "还没有依据" in done.left[0]


def test_words_are_written_and_files_hang_on_the_page(qapp: QApplication, qtbot: QtBot, village: Village) -> None:
    theme.dress(qapp)
    made = ask(village, "李四")
    workplace = Workplace(village.file)
    page = PointsPage(workplace)
    qtbot.addWidget(page)
    page.resize(1130, 650)
    page.show()
    page.tabs.setCurrentIndex(APPLICATIONS)
    page.application_grid.enter()
    assert page.application.files.of_id == made
    assert "依据：没有写" in page.application.facts.text()
    qtbot.mouseClick(page.application.words_button, Qt.MouseButton.LeftButton)
    dialog = page.dialog
    assert isinstance(dialog, FieldsDialog)
    dialog.fill(words="网格员现场查看")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workplace.pending == 0)
    page.refresh_now()
    assert "依据：网格员现场查看" in page.application.facts.text()
    workplace.close()
