"""A dialog of lines with a kind, a name and a post, for people who sit in, help or sign."""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button, muted


class NameLinesDialog(AskDialog):
    """Asks for lines (kind, name, post); `kinds` are (key, words), a kind in `wanted` gets a line in any case."""

    def __init__(
        self,
        head: str,
        accept: str,
        kinds: Sequence[tuple[str, str]],
        given: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        wanted: Sequence[str] = (),
    ) -> None:
        super().__init__(head, parent, accept=accept, width=720, closes=False)
        self._kinds = tuple(kinds)
        self.lines: list[tuple[QComboBox, QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(8))
        self._grid.setVerticalSpacing(theme.current().px(8))
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        for number, words in enumerate(("身份", "姓名", "单位、职务")):
            self._grid.addWidget(muted(words), 0, number)
        self.body.addLayout(self._grid)
        last = self._kinds[-1][0]
        self.body.addWidget(button("再加一行", "plus", clicked=lambda: self.add(last, "", "")))
        lines = list(given)
        lines += [(kind, "", "") for kind in wanted if not any(line[0] == kind for line in lines)]
        for line in lines:
            self.add(*line)

    def answer(self) -> tuple[tuple[str, str, str], ...]:
        """The lines that hold a name."""
        return tuple(
            (str(kind.currentData()), name.text(), post.text())
            for kind, name, post in self.lines
            if name.text().strip()
        )

    def make_room(self, texts: Mapping[str, str]) -> None:
        """As many lines as the draft had."""
        numbers = [int(found[1]) for found in (re.match(r"第(\d+)行", name) for name in texts) if found]
        while len(self.lines) < max(numbers, default=0):
            self.add(self._kinds[-1][0], "", "")

    def add(self, kind: str, name: str, post: str) -> None:
        """One more line."""
        box = QComboBox()
        for key, words in self._kinds:
            box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(kind)))
        names, posts = QLineEdit(name), QLineEdit(post)
        for one in (names, posts):
            one.setCursorPosition(0)  # A long post is read from its beginning.
        number = len(self.lines) + 1
        for column, (editor, words) in enumerate(((box, "身份"), (names, "姓名"), (posts, "单位、职务"))):
            editor.setAccessibleName(f"第{number}行{words}")
            self._grid.addWidget(editor, number, column)
        self.lines.append((box, names, posts))
