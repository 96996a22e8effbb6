"""Fields for counting a vote: way, votes, the papers of a secret ballot, and the arithmetic while one types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.forms import Form, align
from village_desk.widgets.layout import column, muted
from village_desk.widgets.tall import TallDialog

MOST = 100_000


@dataclass(frozen=True)
class CountValues:
    """What was typed; `issued` and `returned` are None unless the way is a secret ballot."""

    way: str
    yes: int
    no: int
    abstain: int
    issued: int | None
    returned: int | None
    spoiled: int
    kept: int
    tellers: str
    monitors: str


class _Numbers(Protocol):
    @property
    def way(self) -> str: ...
    @property
    def yes(self) -> int: ...
    @property
    def no(self) -> int: ...
    @property
    def abstain(self) -> int: ...
    @property
    def issued(self) -> int | None: ...
    @property
    def returned(self) -> int | None: ...
    @property
    def spoiled(self) -> int: ...
    @property
    def kept(self) -> int: ...


class Counted(Protocol):
    """A count that is known, as any room has it."""

    @property
    def count(self) -> _Numbers: ...
    @property
    def tellers(self) -> str: ...
    @property
    def monitors(self) -> str: ...


class CountFields(QWidget):
    """Asks for one count; `judge` turns what stands there into checks that are shown below, or into none.

    `ways` are (key, words), `secret` the key that asks for papers, `unit` what is counted.
    """

    changed = Signal()

    def __init__(
        self,
        ways: Sequence[tuple[str, str]],
        *,
        secret: str,
        present: int,
        unit: str = "人",
        judge: Callable[[CountValues], Sequence[Check]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._secret, self._judge = secret, judge
        self.form = Form()
        self.way = QComboBox()
        for key, words in ways:
            self.way.addItem(words, key)
        self.yes, self.no, self.abstain = _number(), _number(), _number()
        self.issued, self.returned, self.spoiled, self.kept = _number(), _number(), _number(), _number()
        self.tellers, self.monitors = QLineEdit(), QLineEdit()
        self.papers = Form()
        self.votes = Form()
        self.form.add("way", "表决方式(&F)", self.way)
        for key, words, editor in (
            ("issued", "发出选票(&X)", self.issued),
            ("returned", "收回有效(&S)", self.returned),
            ("spoiled", "作废(&Z)", self.spoiled),
            ("kept", "未交回(&W)", self.kept),
        ):
            self.papers.add(key, words, editor)
        self.votes.add("yes", "同意(&T)", self.yes, required=True)
        self.votes.add("no", "反对(&D)", self.no, required=True)
        self.votes.add("abstain", "弃权(&Q)", self.abstain, required=True)
        self.votes.add("tellers", "计票人(&J)", self.tellers)
        self.votes.add("monitors", "监票人(&M)", self.monitors)
        align(self.form, self.papers, self.votes)
        self.sum_words = muted("")
        self._present, self._unit = present, unit
        self.checks = Checks()
        self.setLayout(column(self.form, self.papers, self.votes, self.sum_words, self.checks, spacing=8))
        self.way.currentIndexChanged.connect(self._show_papers)
        for form in (self.papers, self.votes):
            for _, field in form.fields():
                if isinstance(field.editor, QLineEdit):
                    field.editor.textChanged.connect(self._tell)
        self._show_papers()

    def fill(self, known: Counted) -> None:
        """Show a count that is known."""
        count = known.count
        self.way.setCurrentIndex(max(0, self.way.findData(str(count.way))))
        for editor, number in (
            (self.yes, count.yes),
            (self.no, count.no),
            (self.abstain, count.abstain),
            (self.issued, count.issued),
            (self.returned, count.returned),
            (self.spoiled, count.spoiled),
            (self.kept, count.kept),
        ):
            editor.setText("" if number is None else str(number))
        self.tellers.setText(known.tellers)
        self.monitors.setText(known.monitors)

    def values(self) -> CountValues:
        """What stands there; an empty number counts 0."""
        secret = self.way.currentData() == self._secret
        return CountValues(
            str(self.way.currentData()),
            _value(self.yes),
            _value(self.no),
            _value(self.abstain),
            _value(self.issued) if secret else None,
            _value(self.returned) if secret else None,
            _value(self.spoiled) if secret else 0,
            _value(self.kept) if secret else 0,
            self.tellers.text(),
            self.monitors.text(),
        )

    def problems(self) -> dict[str, str]:
        """Numbers that are missing."""
        wanted = {"yes": self.yes, "no": self.no, "abstain": self.abstain}
        if self.way.currentData() == self._secret:
            wanted |= {"issued": self.issued, "returned": self.returned}
        return {key: "请填数字，没有的填0。" for key, editor in wanted.items() if not editor.text().strip()}

    def tell(self, problems: dict[str, str]) -> None:
        """Show these problems under their fields and no others."""
        for form in (self.papers, self.votes):
            mine = {key for key, _ in form.fields()}
            form.tell({key: words for key, words in problems.items() if key in mine})

    def _show_papers(self) -> None:
        secret = self.way.currentData() == self._secret
        self.papers.setVisible(secret)
        self._tell()

    def _tell(self) -> None:
        values = self.values()
        votes = values.yes + values.no + values.abstain
        words = f"同意{values.yes}＋反对{values.no}＋弃权{values.abstain}＝{votes}，实到{self._present}{self._unit}"
        left = self._present - votes
        self.sum_words.setText(
            f"{words}，{'多出' if left < 0 else '还剩'}{abs(left)}。" if left else f"{words}，正好。"
        )
        if self._judge is not None:
            filled = not self.problems()
            self.checks.show_checks(self._judge(values) if filled else ())
        self.changed.emit()


def _number() -> QLineEdit:
    editor = QLineEdit()
    editor.setValidator(QIntValidator(0, MOST, editor))
    editor.setMaxLength(6)
    return editor


def _value(editor: QLineEdit) -> int:
    text = editor.text().strip()
    return int(text) if text.isdigit() else 0


class CountDialog(TallDialog):
    """登记表决, or 更正表决 with the count that is wrong and why."""

    def __init__(
        self,
        head: str,
        ways: Sequence[tuple[str, str]],
        present: int,
        judge: Callable[[CountValues], Sequence[Check]],
        parent: QWidget | None = None,
        *,
        secret: str,
        given: Counted | None = None,
        unit: str = "人",
    ) -> None:
        self._correcting = given is not None
        super().__init__(
            head,
            parent,
            accept="更正表决" if self._correcting else "登记表决",
            width=620,
            explain="原来登记的数会留在记录里。" if self._correcting else "",
        )
        self.fields = CountFields(ways, secret=secret, present=present, unit=unit, judge=judge)
        self.reason = QLineEdit()
        if given is not None:
            self.fields.fill(given)
            self.form.add("reason", "更正原因(&Y)", self.reason, required=True, hint="例如“计票单看错一行”。")
            align(self.form, self.fields.form, self.fields.papers, self.fields.votes)
        self.put(self.fields)

    def problems(self) -> dict[str, str]:
        """Numbers in every field, and a reason for a correction."""
        wrong = self.fields.problems()
        self.fields.tell(wrong)
        found = self.form.missing(reason=self.reason.text()) if self._correcting else {}
        if wrong:
            found[""] = "票数还没有填全。"
        return found
