"""核验 in the window: a sheet by its digits, QR text or PDF, and the record that a foreign tool changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desk.calling import call
from tests.files import change_behind_the_desk
from village_desk.desk.proof_dialog import ProofDialog
from village_desk.desk.settings_page import SettingsPage
from village_desk.desk.window import DeskWindow
from village_desk.notices.actions import draft_notice, publish, record_print
from village_desk.notices.lookups import one_notice
from village_desk.notices.printout import notice as notice_sheet
from village_desk.store.file import VillageFile
from village_desk.widgets import fit, theme

TITLE = "关于村东排水渠修缮的决议公开"
LEFT = Qt.MouseButton.LeftButton
OTHER_VOTES = "UPDATE notice SET body = replace(body, '34票', '35票')"


@dataclass(frozen=True)
class Hung:
    """A sheet as it left the printer."""

    notice_id: str
    digits: str
    qr_text: str
    pdf: Path


@pytest.fixture
def hung(village: VillageFile, tmp_path: Path) -> Hung:
    """A numbered sheet with its PDF."""
    with village.writing("notices.draft_notice") as session:
        notice_id = draft_notice(
            session, item="affairs", title=TITLE, body="应到45人，实到39人，同意34票。", review_first=False
        )
    with village.writing("notices.publish") as session:
        digits = publish(session, notice_id=notice_id, posting_from=village.today).code
    with village.reading() as session:
        paper = one_notice(session, notice_id, on=village.today).paper
    path = tmp_path / "决议公开.pdf"
    content = notice_sheet(paper)
    path.write_bytes(content)
    with village.writing("notices.record_print") as session:
        record_print(session, notice_id=notice_id, pdf_hash=hashlib.sha256(content).hexdigest(), pages=1)
    return Hung(notice_id, digits, paper.code_text, path)


@pytest.fixture
def dialog(window: DeskWindow, qtbot: QtBot) -> Iterator[ProofDialog]:
    """核验, opened with its key."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    found = QApplication.activeModalWidget()
    assert isinstance(found, ProofDialog)
    yield found
    if not found.is_shut:
        found.reject()


def asked(qtbot: QtBot, window: DeskWindow, dialog: ProofDialog, text: str) -> tuple[str, str]:
    """Type or paste, press the verb; the mark and the sentence."""
    dialog.code.setText(text)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: window.workplace.pending == 0)
    return dialog.sheet_chip.words, dialog.sheet_words.text()


def test_scenario_22_a_sheet_is_known_by_its_digits_its_qr_text_and_its_pdf(
    qtbot: QtBot, window: DeskWindow, hung: Hung, dialog: ProofDialog, tmp_path: Path
) -> None:
    for text in (hung.digits, hung.digits.replace(" ", ""), hung.qr_text):
        mark, sentence = asked(qtbot, window, dialog, text)
        assert mark == "一致", text
        assert f"核对码一致：这是《{TITLE}》" in sentence
    assert asked(qtbot, window, dialog, str(hung.pdf))[0] == "一致"
    assert "一字不差" in dialog.sheet_words.text()
    assert dialog.file_chip.words == "档案完好"
    first = hung.digits[0]
    mark, sentence = asked(qtbot, window, dialog, str((int(first) + 1) % 10) + hung.digits[1:])
    assert mark == "不一致"
    assert "档案里没有用过这个核对码" in sentence
    altered = tmp_path / "改过.pdf"
    altered.write_bytes(hung.pdf.read_bytes() + b"\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(altered))])
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    dialog.dropEvent(drop)
    qtbot.waitUntil(lambda: window.workplace.pending == 0)
    assert dialog.sheet_chip.words == "不一致"
    assert "可能被改过" in dialog.sheet_words.text()


def test_what_is_no_code_is_said_in_the_dialog(
    qtbot: QtBot, window: DeskWindow, hung: Hung, dialog: ProofDialog
) -> None:
    asked(qtbot, window, dialog, "12345")
    assert "核对码是30位数字，“12345”里有5位" in dialog.refusal.text()
    assert dialog.sheet_chip.words == ""
    assert asked(qtbot, window, dialog, hung.digits)[0] == "一致"
    assert dialog.refusal.text() == ""
    qtbot.mouseClick(dialog.accept_button, LEFT)
    dialog.reject()
    # The answer to what was asked last comes after the dialog is gone.
    qtbot.waitUntil(lambda: window.workplace.pending == 0)


def test_scenario_22_a_digit_changed_by_a_foreign_tool_is_named_everywhere(
    qtbot: QtBot, window: DeskWindow, village: VillageFile, hung: Hung, tmp_path: Path
) -> None:
    change_behind_the_desk(village, OTHER_VOTES)
    window.go("settings")
    assert isinstance(window.page, SettingsPage)
    qtbot.mouseClick(window.page.proof, LEFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ProofDialog)
    qtbot.mouseClick(dialog.whole, LEFT)
    qtbot.waitUntil(lambda: window.workplace.pending == 0)
    named = f"编号{hung.notice_id[:8]}的一行（{TITLE}）被绕过本软件改动过"
    assert dialog.sheet_chip.words == ""
    assert dialog.file_chip.words == "档案不对"
    assert named in dialog.file_words.text()
    asked(qtbot, window, dialog, hung.digits)
    assert named in dialog.file_words.text()
    assert "用最近的备份恢复" in dialog.file_words.text()
    dialog.reject()
    window.close()
    secret = tmp_path / "口令.txt"
    secret.write_text("东河有十二户人家\n", encoding="utf-8")
    told = call("verify", village.path, hung.digits, "--operator", "李会计", "--password-file", secret)
    assert told.exit == 1
    assert named in told.out


def test_the_dialog_fits_the_screen_in_large_type(
    dressed: QApplication, qtbot: QtBot, window: DeskWindow, village: VillageFile, hung: Hung
) -> None:
    theme.dress(dressed, theme.LARGE_TYPE_PERCENT)
    change_behind_the_desk(village, OTHER_VOTES)
    window.ask_proof()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ProofDialog)
    asked(qtbot, window, dialog, hung.digits)
    assert (dialog.sheet_chip.words, dialog.file_chip.words) == ("一致", "档案不对")
    assert dialog.height() <= 768
    assert dialog.width() <= 1366
    assert fit.cut_off(dialog) == []
    assert fit.unnamed(dialog) == []
    dialog.reject()
