"""A list of verdicts: one line each with an icon and whole words, readable in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.chips import TONE_ICONS
from village_desk.widgets.icons import pixmap

_SPOKEN = {"good": "满足", "warn": "请注意", "bad": "不能成立", "note": "说明", "plain": "等待"}


@dataclass(frozen=True)
class Check:
    """One verdict: tone good, warn, bad, note or plain; `advice` says what to do, `source` names the article."""

    tone: str
    words: str
    advice: str = ""
    source: str = ""
    act: str = ""
    """Words of a button beside the line, "" for none."""
    act_key: str = ""
    """What `acted` gives when that button is pressed."""


class _State(Protocol):
    @property
    def tone(self) -> str: ...


class Judged(Protocol):
    """A finding of any room's rules, or a verdict: a state with its tone, the sentence, the article, what to do."""

    @property
    def state(self) -> _State: ...
    @property
    def sentence(self) -> str: ...
    @property
    def legal_ref(self) -> str: ...
    @property
    def next_act(self) -> str: ...


def judged(finding: Judged) -> Check:
    """A finding as the window shows it; one that holds asks for nothing more."""
    advice = "" if finding.state.tone == "good" else finding.next_act
    return Check(finding.state.tone, finding.sentence, advice, finding.legal_ref)


class Checks(QWidget):
    """Shows verdicts; emits `acted(act_key)`."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(8))
        self._shown: tuple[Check, ...] = ()

    @property
    def shown(self) -> tuple[Check, ...]:
        """The verdicts on the screen."""
        return self._shown

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these verdicts and no others."""
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for check in checks:
            self._column.addWidget(self._line(check))
        self._column.addStretch(1)

    def _line(self, check: Check) -> QWidget:
        look = theme.current()
        line = QWidget()
        line.setAccessibleName(f"{_SPOKEN[check.tone]}：{check.words}{check.advice}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        mark = QLabel()
        colour = look.tones(check.tone)[0]
        mark.setPixmap(pixmap(TONE_ICONS[check.tone] or "circle", look.px(18), colour, self.devicePixelRatioF()))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        mark.setContentsMargins(0, look.px(2), 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(look.px(1))
        words.addWidget(_label(check.words, "strong" if check.tone == "bad" else ""))
        if check.advice:
            words.addWidget(_label(check.advice, {"bad": "error", "warn": "warning"}.get(check.tone, "muted")))
        if check.source:
            words.addWidget(_label(check.source, "muted"))
        row.addLayout(words, 1)
        if check.act:
            button = QPushButton(check.act)
            button.setProperty("role", "link")
            button.clicked.connect(lambda: self.acted.emit(check.act_key))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line


def _label(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
