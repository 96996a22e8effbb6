"""The page of the archive and the list of evidence files by clicks, drops and keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.archive.conftest import photo
from tests.hands import settle, shown
from village_desk.archive import actions, lookups, printout
from village_desk.archive.actions import EVIDENCE
from village_desk.archive.dialogs import BoxDialog, PieceDialog, PutDialog
from village_desk.archive.page import ArchivePage
from village_desk.kit.errors import NotAllowed
from village_desk.paper import Para, Sheet
from village_desk.paper.text import plain_text
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList, FileWordsDialog, PictureDialog
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace

RECORD = "5f" * 16


@pytest.fixture
def files(qtbot: QtBot, workplace: Workplace) -> AttachmentList:
    made = AttachmentList(workplace, EVIDENCE, "decision")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    made.show_record(RECORD)
    return made


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> ArchivePage:
    return shown(qtbot, ArchivePage(workplace), (1178, 700))


def answer(qtbot: QtBot, page: ArchivePage) -> None:
    assert isinstance(page.dialog, AskDialog)
    qtbot.mouseClick(page.dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, page.workplace)


def test_dropped_files_are_kept_and_a_wrong_one_is_named(
    files: AttachmentList, qtbot: QtBot, workplace: Workplace, told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "张贴.jpg").write_bytes(photo(taken="2026:09:01 08:00:00"))
    (tmp_path / "合同.pdf").write_bytes(Sheet("合同", [Para("第一条")]).pdf())
    (tmp_path / "表.xlsx").write_bytes(b"PK\3\4")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("张贴.jpg", "表.xlsx", "合同.pdf")])
    where, copy, left, none = (
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(where, copy, carried, left, none)
    files.dragEnterEvent(entering)
    assert entering.isAccepted()
    files.dropEvent(QDropEvent(where.toPointF(), copy, carried, left, none))
    settle(qtbot, workplace)
    assert [one.title for one in files.table.rows()] == ["张贴", "合同"]
    assert files.head.text() == "材料（2份）"
    assert told == [
        "“表.xlsx”是办公文件，以后可能被改动，不能作痕迹材料。请在WPS里另存为PDF，再附PDF。其余2份已经附上。"
    ]


def test_a_file_is_opened_described_and_taken_off(
    files: AttachmentList, qtbot: QtBot, workplace: Workplace, told: list[str], tmp_path: Path
) -> None:
    (tmp_path / "张贴.jpg").write_bytes(photo())
    (tmp_path / "合同.pdf").write_bytes(Sheet("合同", [Para("第一条")]).pdf())
    files.add_files([tmp_path / "张贴.jpg", tmp_path / "合同.pdf"])
    settle(qtbot, workplace)
    by_title = {one.title: one.id for one in files.table.rows()}
    files.open_file(by_title["张贴"])
    qtbot.waitUntil(lambda: isinstance(files.dialog, PictureDialog))
    assert isinstance(files.dialog, PictureDialog)
    files.dialog.accept()
    files.open_file(by_title["合同"])
    qtbot.waitUntil(lambda: isinstance(files.dialog, PreviewDialog))
    assert files.dialog is not None
    files.dialog.close()
    files.ask_words(by_title["张贴"])
    assert isinstance(files.dialog, FileWordsDialog)
    files.dialog.name.setText("9月1日公开栏")
    qtbot.mouseClick(files.dialog.accept_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    assert "9月1日公开栏" in {one.title for one in files.table.rows()}
    files.grid.choose(by_title["张贴"])
    qtbot.mouseClick(files.off_button, Qt.MouseButton.LeftButton)
    settle(qtbot, workplace)
    assert told[-1] == "已取下1份材料，可以撤销。"
    assert [one.title for one in files.table.rows()] == ["合同"]


def test_without_a_record_nothing_can_be_added(files: AttachmentList) -> None:
    files.show_record("")
    assert not files.add_button.isEnabled()
    assert "点“附上材料”" in files.grid.empty_words


def test_a_piece_is_filed_boxed_and_its_index_printed(
    page: ArchivePage, qtbot: QtBot, workplace: Workplace, told: list[str]
) -> None:
    qtbot.mouseClick(page.piece_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, PieceDialog)
    answer(qtbot, page)
    assert page.dialog.form.field("title").error
    page.dialog.name.setText("村民代表会议记录")
    page.dialog.pages.setValue(6)
    answer(qtbot, page)
    assert "2026-文书-永久-0001" in page.side.text()
    qtbot.mouseClick(page.put_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, PutDialog)
    answer(qtbot, page)
    assert "没有合适的盒" in page.dialog.form.field("box").error
    page.dialog.reject()
    page.tabs.setCurrentIndex(1)
    qtbot.mouseClick(page.box_button, Qt.MouseButton.LeftButton)
    assert isinstance(page.dialog, BoxDialog)
    page.dialog.name.setText("会议记录")
    answer(qtbot, page)
    assert page.head.text() == "2026-文书-1号盒"
    page.tabs.setCurrentIndex(0)
    qtbot.mouseClick(page.put_button, Qt.MouseButton.LeftButton)
    answer(qtbot, page)
    page.tabs.setCurrentIndex(1)
    assert page.inside.rowCount() == 1
    qtbot.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(page.dialog, PreviewDialog))
    assert isinstance(page.dialog, PreviewDialog)
    text = plain_text(page.dialog.preview._pdf)
    assert "12026-文书-永久-0001" in text
    assert "本盒共1件、6页，件号0001至0001。" in text
    page.dialog.close()


def test_every_evidence_file_is_found_on_its_tab(
    page: ArchivePage, qtbot: QtBot, village: VillageFile, tmp_path: Path
) -> None:
    (tmp_path / "张贴.jpg").write_bytes(photo())
    actions.keep_file(village, tmp_path / "张贴.jpg", of_table="decision", of_id=RECORD)
    page.tabs.setCurrentIndex(2)
    assert page.evidence.rowCount() == 1
    assert page.head.text() == "四议两公开"
    page.narrow("没有")
    assert page.evidence.rowCount() == 0
    page.narrow("")
    assert page.files.table.rowCount() == 1


def test_an_empty_box_prints_no_index(village: VillageFile) -> None:
    with village.writing("archive.add_box") as session:
        box = actions.add_box(session, year=2026, category="文书")
    with village.reading() as session, pytest.raises(NotAllowed, match="2026-文书-1号盒里一件也没有"):
        printout.box_index(lookups.one_box(session, box), village="东河村")


def test_large_type_shows_the_list_or_one_piece(page: ArchivePage, qapp: QApplication, village: VillageFile) -> None:
    with village.writing("archive.file_piece") as session:
        actions.file_piece(session, title="会议记录", category="文书")
    theme.dress(qapp, theme.LARGE_TYPE_PERCENT)
    page.refresh_now()
    assert not page.right.isVisible()
    page.go_in()
    assert page.right.isVisible()
