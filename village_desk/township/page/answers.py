"""待答复: what the villages ask of the township, answered many at once, and how far each answer has come."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QPushButton, QWidget

from village_desk.store.file import VillageFile
from village_desk.sync.answers import Choice, Question, Topic
from village_desk.township import actions, lookups
from village_desk.township.dialogs import answer_dialog
from village_desk.township.lookups import TOPICS
from village_desk.township.table import answer_table, question_table
from village_desk.widgets import theme
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, card, heading, label, muted, row, takes_rest
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Task, Workplace


class AnswersPage(Page):
    """The township confirms, refuses, hands on or sends back what its villages have brought."""

    key = "answers"
    title = "待答复"
    icon = "messages-square"
    help_page = "township"
    tables = frozenset({"answer_given", "answer_received", *(one.table for one in TOPICS)})

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        assert isinstance(workplace.village, VillageFile)
        self.file = workplace.village
        self.questions: tuple[Question, ...] = ()
        self.names: dict[str, str] = {}
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().px(12))
        grid.addWidget(self._questions_card(), 0, 0)
        grid.addWidget(self._answers_card(), 1, 0)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(1, 2)
        self.column.addWidget(content)

    def refresh(self) -> None:
        """What was answered, and what waits: the villages' records are judged, which takes its time."""
        self.names.update((one.village_code, one.village_name) for one in self.workplace.read(lookups.laptops))
        self.answers.show(self.workplace.read(lookups.answers_given))
        self._picked(self.answer_grid.current_id())
        false = self.workplace.read(lookups.claimed_falsely)
        self.false_words.setText("".join(false))
        self.false_words.setVisible(bool(false))
        self.workplace.later(_all_questions, self._show_questions, title="正在找待答复的")

    def _show_questions(self, found: tuple[Question, ...]) -> None:
        first = not self.topic.count()
        self.questions = found
        many = Counter(one.table for one in found)
        topics = [(one.table, f"{one.title}（{many[one.table]}）" if many[one.table] else one.title) for one in TOPICS]
        self._offer(self.topic, topics, "")
        if first:
            self.topic.setCurrentIndex(next((at for at, one in enumerate(TOPICS) if many[one.table]), 0))
        self._offer_villages()
        self.say(f"{len(found)}件待答复" if found else "没有待答复的")

    def _offer_villages(self) -> None:
        """The villages that ask about the topic at hand."""
        table = self.topic_at_hand.table
        villages = sorted({one.village for one in self.questions if one.table == table})
        self._offer(self.village, [(one, self.names.get(one, one)) for one in villages], "各村")
        self._narrow()

    def _offer(self, box: QComboBox, choices: list[tuple[str, str]], every: str) -> None:
        at = box.currentData()
        box.blockSignals(True)
        box.clear()
        for key, words in ([("", every)] if every else []) + choices:
            box.addItem(words, key)
        box.setCurrentIndex(max(0, box.findData(at)))
        box.blockSignals(False)

    # --- what waits ---------------------------------------------------------------------------------------------

    def _questions_card(self) -> Card:
        self.topic, self.village = QComboBox(), QComboBox()
        for box, name in ((self.topic, "哪一类"), (self.village, "哪个村")):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.topic.activated.connect(lambda _at: self._offer_villages())
        self.village.currentIndexChanged.connect(lambda _at: self._narrow())
        self.filter = FilterBox("查找户、人、事项、办法")
        self.filter.searched.connect(lambda _words: self._narrow())
        self.waiting = question_table(self.names)
        self.grid = Grid(
            self.waiting, empty_words="现在没有待答复的。村里报来以后，要乡镇认定的会列在这里。", many=True
        )
        self.grid.setAccessibleName("待答复的事项")
        self.grid.selectionModel().selectionChanged.connect(lambda *_now: self._chosen())
        self.filter.left_downwards.connect(self.grid.enter)
        self.count = muted("")
        self.count.setWordWrap(False)
        self.all_button = button("全选", clicked=self.grid.selectAll)
        self.choice_row = QHBoxLayout()
        self.choice_buttons: dict[str, QPushButton] = {}
        takes_rest(self.grid)
        line = row(self.topic, self.village, self.filter)
        line.setStretch(2, 1)
        sheet = card(line)
        sheet.add(self.grid, 1)
        sheet.column.addLayout(row(self.all_button, self.count, None, self.choice_row))
        return sheet

    def _narrow(self) -> None:
        if not self.topic.count():
            return
        table, village, words = self.topic.currentData(), self.village.currentData(), self.filter.text().strip()
        rows = [
            one
            for one in self.questions
            if one.table == table
            and (not village or one.village == village)
            and (not words or words in f"{one.group}{one.who}{one.what}{one.detail}")
        ]
        self.waiting.show(rows)
        self._show_choices()
        self._chosen()

    @property
    def topic_at_hand(self) -> Topic:
        """What kind of question is shown."""
        found = lookups.topic(str(self.topic.currentData()))
        assert found is not None
        return found

    def _show_choices(self) -> None:
        kinds = {one.kind: one for one in self.topic_at_hand.choices}
        if list(kinds) == list(self.choice_buttons):
            return
        for old in self.choice_buttons.values():
            self.choice_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.choice_buttons = {}
        for one in kinds.values():
            made = button(
                f"{one.verb}…", role="" if self.choice_buttons else "primary", clicked=partial(self.ask_to_answer, one)
            )
            self.choice_buttons[one.kind] = made
            self.choice_row.addWidget(made)

    def _chosen(self) -> None:
        many = len(self.grid.chosen_ids())
        for one in self.choice_buttons.values():
            one.setEnabled(many > 0)
        self.all_button.setEnabled(self.waiting.rowCount() > 0)
        self.count.setText(f"选中{many}件，共{self.waiting.rowCount()}件" if many else f"共{self.waiting.rowCount()}件")

    def ask_to_answer(self, choice: Choice) -> AskDialog:
        """认定、不予认定 and whatever else the topic offers."""
        ids = tuple(self.grid.chosen_ids())
        table = str(self.topic.currentData())
        rows = [one for one in self.questions if one.record in ids]
        villages = sorted({self.names.get(one.village, one.village) for one in rows})
        words = rows[0].who + rows[0].what if len(rows) == 1 else f"{len(rows)}件"
        dialog = answer_dialog(choice, f"{'、'.join(villages)}：{words}", self.file.today, self)

        def keep(session: Any) -> int:
            got = dialog.values()
            return actions.answer_records(
                session,
                table=table,
                record_ids=ids,
                kind=choice.kind,
                dated_on=got["day"],
                document=got.get("document", ""),
                words=got.get("words", ""),
                due_on=got.get("due_on"),
                unit=got.get("unit", ""),
            )

        write_answer(
            self.workplace,
            dialog,
            "township.answer_records",
            keep,
            lambda many: f"{many}件{choice.said}。请到“各村上报”写回执，随U盘带回村里。",
        )
        dialog.open()
        return dialog

    # --- what was answered --------------------------------------------------------------------------------------

    def _answers_card(self) -> Card:
        self.answers = answer_table(self.names)
        self.answer_grid = Grid(self.answers, empty_words="还没有答复过。")
        self.answer_grid.setAccessibleName("答复过的")
        self.answer_grid.picked.connect(self._picked)
        takes_rest(self.answer_grid)
        self.back_button = button("收回答复", "undo-2", clicked=self.take_back)
        self.back_button.setEnabled(False)
        self.false_words = label("", "error")
        self.false_words.hide()
        sheet = card(row(heading("答复过的"), None, self.back_button), self.false_words)
        sheet.add(self.answer_grid, 1)
        return sheet

    def _picked(self, answer_id: str) -> None:
        found = next((one for one in self.answers.rows() if one.id == answer_id), None)
        self.back_button.setEnabled(found is not None and not found.carried and not found.received)

    def take_back(self) -> None:
        """收回答复."""
        self.workplace.write(
            "township.take_back_answer",
            partial(actions.take_back_answer, answer_id=self.answer_grid.current_id()),
            said="已收回，这几件又列在待答复里。",
        )

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """One way to answer of each topic."""
        for topic in TOPICS:
            for choice in topic.choices:
                yield f"answer-{choice.kind}", answer_dialog(choice, "东河村：12件", self.file.today, self)


def _all_questions(task: Task) -> tuple[Question, ...]:
    with task.reading() as session:
        return lookups.questions(session)
