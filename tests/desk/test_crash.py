"""Bugs: the report says where, never who."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_desk.desk.crash import KEPT_REPORTS, CrashDialog, Excepthook, report_text, write_report
from village_desk.kit.errors import NotAllowed


def broken(name: str) -> Exception:
    """A bug on the way of a villager's name."""
    try:
        try:
            return KeyError(dict[str, str]()[name])
        except KeyError as first:
            raise ValueError(f"no row for {name}") from first
    except ValueError as problem:
        return problem


def test_the_report_names_places_and_versions_but_no_villager() -> None:
    text = report_text(broken("陈永"))
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_crash.py" in text
    assert "broken" in text
    assert "陈永" not in text
    assert "/home" not in text


def test_only_the_newest_reports_are_kept() -> None:
    paths = [write_report(broken("陈永")) for _ in range(KEPT_REPORTS + 3)]
    assert all(paths)
    newest = paths[-1]
    assert newest is not None
    assert newest.exists()
    assert len(list(newest.parent.glob("问题报告-*.txt"))) == KEPT_REPORTS


def test_a_refusal_that_nobody_caught_is_told_and_not_reported(dressed: QApplication) -> None:
    told: list[tuple[str, str]] = []
    hook = Excepthook(lambda message, advice: told.append((message, advice)))
    refusal = NotAllowed("文件没有存上。", "请换一个文件夹。")
    hook(NotAllowed, refusal, None)
    assert told == [("文件没有存上。", "请换一个文件夹。")]


def test_two_bugs_in_a_row_open_one_dialog(
    qtbot: QtBot, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    hook = Excepthook(lambda message, advice: None)
    for _ in range(2):
        problem = broken("陈永")
        hook(type(problem), problem, problem.__traceback__)
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]
    assert len(dialogs) == 1
    with qtbot.waitSignal(dialogs[0].finished):
        qtbot.mouseClick(dialogs[0].accept_button, Qt.MouseButton.LeftButton)
    hook(KeyError, KeyError("陈永"), None)
    again = [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]
    assert len(again) == 1
    again[0].accept()
