"""What a clerk's hands do at the page of decisions: hold a step, sign in, vote, ask for a dialog and answer it."""

import datetime as dt
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.hands import answer, settle
from village_desk.decisions.dialogs import MeetingDialog
from village_desk.decisions.page import DecisionsPage
from village_desk.widgets.counting import CountDialog
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.signing import SignDialog

D = TypeVar("D", bound=QDialog)


class Hands:
    """A clerk at the page of decisions: presses, types, answers."""

    def __init__(self, qtbot: QtBot, page: DecisionsPage) -> None:
        self.qtbot, self.page, self.workplace = qtbot, page, page.workplace

    def ask(self, act: str, kind: type[D]) -> D:
        if act in self.page.view.buttons:
            self.qtbot.mouseClick(self.page.view.buttons[act], Qt.MouseButton.LeftButton)
        else:
            self.page.view.asked.emit(act)
        dialog = self.page.dialog
        assert isinstance(dialog, kind)
        return dialog

    def answer(self, dialog: AskDialog) -> None:
        answer(self.qtbot, self.workplace, dialog)

    def press(self, act: str) -> None:
        self.qtbot.mouseClick(self.page.view.buttons[act], Qt.MouseButton.LeftButton)
        settle(self.qtbot, self.workplace)

    def hold(self, on: dt.date, *, called: dt.date | None = None, body: str = "") -> None:
        dialog = self.ask("again" if "again" in self.page.view.buttons else "hold", MeetingDialog)
        dialog.held_on.set_day(on)
        dialog.called_on.set_day(called or on - dt.timedelta(days=12))
        if body:
            items = [dialog.body_box.itemData(row)[0] for row in range(dialog.body_box.count())]
            dialog.body_box.setCurrentIndex(items.index(body))
        self.answer(dialog)

    def sign(self, serials: str) -> str:
        dialog = self.ask("sign_in", SignDialog)
        dialog.fields.typed.setText(serials)
        said = str(dialog.fields.verdict.text())
        self.answer(dialog)
        return said

    def vote(self, yes: int, no: int, abstain: int = 0, *, reason: str = "") -> str:
        dialog = self.ask("correct" if reason else "vote", CountDialog)
        dialog.fields.yes.setText(str(yes))
        dialog.fields.no.setText(str(no))
        dialog.fields.abstain.setText(str(abstain))
        if reason:
            dialog.reason.setText(reason)
        said = str(dialog.fields.checks.shown[0].words)
        self.answer(dialog)
        return said

    def at(self, no: int) -> None:
        self.page.view.stepper.choose(no - 1)

    @property
    def words(self) -> list[str]:
        return [check.words for check in self.page.view.checks.shown]
