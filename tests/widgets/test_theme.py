"""The look: contrast, sizes, font, Chinese standard buttons, icons."""

import math
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from village_desk.kit import resources
from village_desk.kit.errors import FileTrouble
from village_desk.widgets import theme
from village_desk.widgets.icons import button_icon, icon, pixmap

PAIRS = [
    ("text", "surface"),
    ("text", "ground"),
    ("text", "primary_tint"),
    ("muted", "surface"),
    ("muted", "ground"),
    ("muted", "head"),
    ("muted", "stripe"),
    ("surface", "primary"),
    ("surface", "primary_hover"),
    ("surface", "primary_down"),
    ("side_text", "side"),
    ("side_muted", "side"),
    ("good", "good_tint"),
    ("warn", "warn_tint"),
    ("bad", "bad_tint"),
    ("note", "note_tint"),
    ("plain", "plain_tint"),
    ("bad", "surface"),
    ("warn", "surface"),
    ("bad", "ground"),
    ("warn", "ground"),
]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    shown = QColor(colour)
    parts = [part / 255 for part in (shown.red(), shown.green(), shown.blue())]
    red, green, blue = (part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(words: str, ground: str) -> None:
    colours = asdict(theme.Colours())
    light, dark = sorted((luminance(colours[words]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_focus_ring_is_seen_on_white_and_on_green() -> None:
    colours = theme.Colours()
    for ground in (colours.surface, colours.primary, colours.side):
        light, dark = sorted((luminance(colours.focus), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 2.2


@pytest.mark.parametrize("percent", theme.TYPE_PERCENTS)
def test_the_style_sheet_is_filled_in_completely(qapp: QApplication, percent: int) -> None:
    sheet = theme.style_sheet(theme.dress(qapp, percent))
    assert "@" not in sheet
    assert not re.search(r"\d+u\b", sheet)
    assert f"{theme.current().points(11)}pt" in sheet


def test_every_picture_of_the_style_sheet_is_shipped() -> None:
    sheet = resources.path("style", "desk.qss").read_text("utf-8")
    for name in set(re.findall(r"url\(style:([\w.-]+)\)", sheet)):
        assert resources.path("style", name).is_file(), name


def test_large_type_is_half_as_large_again(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("村民代表会议")
    qtbot.addWidget(label)
    label.show()
    normal = label.fontMetrics().height()
    theme.dress(qapp, theme.LARGE_TYPE_PERCENT)
    label.ensurePolished()
    assert label.fontMetrics().height() == pytest.approx(normal * 1.5, abs=2)


def test_words_are_drawn_with_the_shipped_font_in_both_weights(qapp: QApplication) -> None:
    for bold in (False, True):
        info = QFontInfo(theme.current().font(bold=bold))
        assert info.family() == theme.current().family
        assert info.bold() is bold


def test_standard_buttons_speak_chinese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(box)
    buttons: list[QPushButton] = list(box.findChildren(QPushButton))
    words = {button.text() for button in buttons}
    assert all(re.search(r"[\u4e00-\u9fff]", one) for one in words), words


def test_without_its_fonts_the_desk_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VILLAGE_DESK_RESOURCES", str(tmp_path))
    with pytest.raises(FileTrouble, match="重新安装"):
        theme.style_sheet(theme.current())


@pytest.mark.parametrize("path", sorted(resources.path("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_is_drawn(qapp: QApplication, path: Path) -> None:
    image = pixmap(path.stem, 24, "#000000", 1.0).toImage()
    ink = sum(image.pixelColor(x, y).alpha() > 60 for x in range(24) for y in range(24))
    assert ink > 20


def test_an_icon_is_paler_when_its_button_is_off(qapp: QApplication) -> None:
    made = icon("save", "#000000")
    size = QSize(16, 16)
    assert made.pixmap(size).toImage() != made.pixmap(size, QIcon.Mode.Disabled).toImage()


def test_a_button_icon_leaves_a_gap_before_the_words(qapp: QApplication) -> None:
    made, size = button_icon("save", "#000000")
    assert size == QSize(20, 16)
    image = made.pixmap(size).toImage()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(17, 20) for y in range(16))
