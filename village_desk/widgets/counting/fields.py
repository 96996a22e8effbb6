"""Fields for counting a vote: way, votes, papers, people, sittings, and the arithmetic while one types."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.counting.values import Asked, CountDetails, Counted, CountValues
from village_desk.widgets.forms import Form, align
from village_desk.widgets.layout import column, muted

MOST = 100_000
Judge = Callable[[CountValues, CountDetails], Sequence[Check]]


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
        judge: Judge | None = None,
        asked: Asked | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._secret, self._judge = secret, judge
        self._asked = asked or Asked()
        self._adding = False
        self.form = Form()
        self.way = QComboBox()
        for key, words in ways:
            self.way.addItem(words, key)
        self.yes, self.no, self.abstain = _number(), _number(), _number()
        self.issued, self.returned, self.spoiled, self.kept = _number(), _number(), _number(), _number()
        self.tellers, self.monitors = QLineEdit(), QLineEdit()
        self.papers = Form()
        self.people, self.sittings, self.votes, self.writing = Form(), Form(), Form(), Form()
        self.named = {choice: QLineEdit() for choice in ("yes", "no", "abstain")}
        self.parts = {number: (_number(), _number(), _number()) for number, _ in self._asked.sittings}
        self.written = QLineEdit()
        self.written_votes = {choice: _number() for choice in ("yes", "no", "abstain")}
        self.joint = QCheckBox("几个会议的人一起举的手，没有分开数(&A)")
        self.form.add("way", "表决方式(&F)", self.way)
        for key, words, editor in (
            ("issued", "发出选票(&X)", self.issued),
            ("returned", "收回有效(&S)", self.returned),
            ("spoiled", "作废(&Z)", self.spoiled),
            ("kept", "未交回(&W)", self.kept),
        ):
            self.papers.add(key, words, editor)
        for choice, words in (("yes", "同意的人(&1)"), ("no", "反对的人(&2)"), ("abstain", "弃权的人(&3)")):
            hint = "照表决票填序号或姓名，如 1-20 22 王伟；票数会自动算好。" if choice == "yes" else ""
            self.people.add(f"by_name_{choice}", words, self.named[choice], hint=hint)
        for number, words in self._asked.sittings:
            self.sittings.add(f"part_{number}", words, _beside(self.parts[number], words))
        self.votes.add("yes", "同意(&T)", self.yes, required=True)
        self.votes.add("no", "反对(&D)", self.no, required=True)
        self.votes.add("abstain", "弃权(&Q)", self.abstain, required=True)
        self.votes.add("tellers", "计票人(&J)", self.tellers)
        self.votes.add("monitors", "监票人(&M)", self.monitors)
        self.writing.add(
            "written", "交书面意见的人(&U)", self.written, hint="没有到会、交了署名书面意见的人，填序号或姓名。"
        )
        words = "书面同意、反对、弃权"
        self.writing.add("written_votes", words, _beside(tuple(self.written_votes.values()), words))
        align(self.form, *self.forms)
        self.sum_words = muted("")
        self._present, self._unit = present, unit
        self.checks = Checks()
        self.joint.setVisible(self._asked.joint)
        self.setLayout(
            column(
                self.form,
                self.joint,
                self.papers,
                self.people,
                self.sittings,
                self.votes,
                self.writing,
                self.sum_words,
                self.checks,
                spacing=8,
            )
        )
        self.way.currentIndexChanged.connect(self._show_papers)
        self.joint.toggled.connect(self._tell)
        for form in self.forms:
            editors: list[QLineEdit] = list(form.findChildren(QLineEdit))
            for editor in editors:
                editor.textChanged.connect(self._tell)
        self._show_papers()

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms below the way, whose words stand in one line."""
        return self.papers, self.people, self.sittings, self.votes, self.writing

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

    def details(self) -> CountDetails:
        """What was typed besides the sums."""
        named, parted, written = self._shows_people, self._shows_parts, self._shows_writing
        yes, no, abstain = (_value(editor) if written else 0 for editor in self.written_votes.values())
        parts = tuple((number, _value(a), _value(b), _value(c)) for number, (a, b, c) in self.parts.items())
        return CountDetails(
            self.named["yes"].text() if named else "",
            self.named["no"].text() if named else "",
            self.named["abstain"].text() if named else "",
            self.written.text() if written else "",
            yes,
            no,
            abstain,
            parts if parted else (),
            self.joint.isChecked() and not self.joint.isHidden(),
        )

    def problems(self) -> dict[str, str]:
        """Numbers that are missing, and lines that name nobody of the sheet."""
        found = {}
        lines = (
            {f"by_name_{choice}": editor.text() for choice, editor in self.named.items()} if self._shows_people else {}
        )
        if self._shows_writing:
            lines["written"] = self.written.text()
        for key, text in lines.items():
            try:
                if self._asked.read is not None:
                    self._asked.read(text)
            except NotAllowed as refusal:
                found[key] = f"{refusal.message}{refusal.advice}"
        wanted = {"yes": self.yes, "no": self.no, "abstain": self.abstain}
        if self.way.currentData() == self._secret:
            wanted |= {"issued": self.issued, "returned": self.returned}
        missing = "请填数字，没有的填0。"
        return found | {key: missing for key, editor in wanted.items() if not editor.text().strip()}

    def tell(self, problems: dict[str, str]) -> None:
        """Show these problems under their fields and no others."""
        for form in (self.papers, self.people, self.votes, self.writing):
            mine = {key for key, _ in form.fields()}
            form.tell({key: words for key, words in problems.items() if key in mine})

    @property
    def _shows_people(self) -> bool:
        return bool(self._asked.named) and self.way.currentData() == self._asked.named

    @property
    def _shows_parts(self) -> bool:
        return bool(self.parts) and self.way.currentData() not in {self._secret, self._asked.named}

    @property
    def _shows_writing(self) -> bool:
        return self._asked.written and self.way.currentData() != self._secret

    def _show_papers(self) -> None:
        way = self.way.currentData()
        self.papers.setVisible(way == self._secret)
        self.people.setVisible(self._shows_people)
        self.sittings.setVisible(self._shows_parts)
        self.writing.setVisible(self._shows_writing)
        self.joint.setVisible(self._asked.joint and way not in {self._secret, self._asked.named})
        self._tell()

    def _add_up(self) -> None:
        """Where people or sittings are told the desk adds up and nobody types a sum."""
        sums: list[int] | None = None
        if (
            self._shows_people
            and self._asked.read is not None
            and any(one.text().strip() for one in self.named.values())
        ):
            try:
                sums = [len(tuple(self._asked.read(one.text()))) for one in self.named.values()]
            except NotAllowed:
                sums = None
        elif self._shows_parts and any(one.text() for editors in self.parts.values() for one in editors):
            sums = [sum(_value(editors[place]) for editors in self.parts.values()) for place in range(3)]
        for place, editor in enumerate((self.yes, self.no, self.abstain)):
            editor.setReadOnly(sums is not None)
            if sums is not None:
                editor.setText(str(sums[place]))

    def _tell(self) -> None:
        if self._adding:
            return
        self._adding = True
        self._add_up()
        self._adding = False
        values = self.values()
        votes = values.yes + values.no + values.abstain
        words = f"同意{values.yes}＋反对{values.no}＋弃权{values.abstain}＝{votes}，实到{self._present}{self._unit}"
        left = self._present - votes
        self.sum_words.setText(
            f"{words}，{'多出' if left < 0 else '还剩'}{abs(left)}。" if left else f"{words}，正好。"
        )
        if self._judge is not None:
            filled = not self.problems()
            self.checks.show_checks(self._judge(values, self.details()) if filled else ())
        self.changed.emit()


def _beside(editors: Sequence[QLineEdit], words: str) -> QWidget:
    """Three numbers in one line: 同意, 反对, 弃权."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    for editor, choice in zip(editors, ("同意", "反对", "弃权"), strict=True):
        editor.setPlaceholderText(choice)
        editor.setAccessibleName(f"{words.replace('&', '')}，{choice}")
        line.addWidget(editor)
    made.setFocusProxy(editors[0])
    return made


def _number() -> QLineEdit:
    editor = QLineEdit()
    editor.setValidator(QIntValidator(0, MOST, editor))
    editor.setMaxLength(6)
    return editor


def _value(editor: QLineEdit) -> int:
    text = editor.text().strip()
    return int(text) if text.isdigit() else 0
