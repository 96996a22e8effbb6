"""Every page and dialog, at the smallest screen, in both type sizes: nothing cut, everything named and reached."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from village_desk.desk.demo.build import build
from village_desk.desk.demo.story import PASSWORD
from village_desk.desk.preferences import Preferences
from village_desk.desk.shots import SCREEN, views
from village_desk.desk.window import DeskWindow
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.fit import cut_off, unnamed

LAST_DAY = dt.date(2026, 11, 22)
W = TypeVar("W", bound=QWidget)


def inside(widget: QWidget, kind: type[W]) -> list[W]:
    """Every piece of a kind in a widget."""
    return list(widget.findChildren(kind))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample village and its township, built once."""
    out = tmp_path_factory.mktemp("sample")
    build(out, seed=1, today=LAST_DAY)
    return out


@pytest.fixture(params=["village_file", "township_file", "empty"])
def file(request: pytest.FixtureRequest, sample: Path, village: VillageFile) -> Iterator[VillageFile]:
    """A village with a year in it, its township, and a new village."""
    if request.param == "empty":
        yield village
        return
    summary = json.loads((sample / "summary.json").read_text("utf-8"))
    opened = VillageFile.open(sample / summary[request.param], password=PASSWORD, today=LAST_DAY)
    yield opened
    opened.close()


@pytest.mark.parametrize("percent", [theme.TYPE_PERCENTS[0], theme.LARGE_TYPE_PERCENT])
def test_nothing_is_cut_and_everything_has_a_name(dressed: QApplication, file: VillageFile, percent: int) -> None:
    theme.dress(dressed, percent)
    found = []
    for name, widget in views(file, Preferences(type_percent=percent, last_operator="李会计")):
        QApplication.processEvents()
        QApplication.processEvents()
        found += [f"{name}: {line}" for line in cut_off(widget) + unnamed(widget)]
        if widget.width() > SCREEN.width() or widget.height() > SCREEN.height():
            found.append(f"{name}: {widget.width()}×{widget.height()} does not fit the screen")
    assert found == []


def test_a_label_that_is_cut_is_found(qtbot: QtBot, dressed: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("村民代表会议应到三十五人", window)
    label.setGeometry(0, 0, 60, 24)
    window.show()
    assert cut_off(window) == ["QLabel “村民代表会议应到三十五人” 60×24"]


def test_the_keyboard_reaches_every_button_and_field(window: DeskWindow) -> None:
    for place in window.places:
        window.go(place.key)
        reached: set[QWidget] = set()
        window.page.setFocus()
        for _ in range(200):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
            focused = window.focusWidget()
            if focused in reached:
                break
            reached.add(focused)
        every = {
            one
            for one in inside(window, QWidget)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        assert {one.objectName() or type(one).__name__ for one in every - reached} == set(), place.key
