"""The first page: what is overdue, due today and due within a week, each with one button."""

from functools import partial

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from village_desk.desk import sources
from village_desk.desk.today import WHEN_WORDS, Day, Item, When
from village_desk.kit.text import chinese_date_weekday
from village_desk.widgets import theme
from village_desk.widgets.chips import Chip
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import button, card, column, heading, label, line, muted, row, scrolled
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Workplace

_TONES = {
    When.OVERDUE: "bad",
    When.TODAY: "warn",
    When.WEEK: "note",
    When.LATER: "plain",
    When.ANY_TIME: "plain",
}
_ICONS = {When.OVERDUE: "triangle-alert", When.TODAY: "clock"}
# More of these piles would only push the near ones out of sight.
_HANGING_SHOWN = 4
_DOWN, _ACROSS = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
_SHOWN = {When.LATER: 5, When.ANY_TIME: 8}


class TodayPage(Page):
    """Shows the piles of the day."""

    key = "today"
    title = "今天要办"
    icon = "calendar-check"
    tables = sources.TABLES

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.content = QWidget()
        self.sheet = QVBoxLayout(self.content)
        self.sheet.setContentsMargins(0, 0, theme.current().px(4), 0)
        self.sheet.setSpacing(theme.current().px(12))
        self.column.addWidget(scrolled(self.content))
        self._shown: Day | None = None

    def refresh(self) -> None:
        """Gather and show, unless nothing changed."""
        self.show_day(self.workplace.read(sources.day))

    def show_day(self, day: Day) -> None:
        """Show what a day asks for."""
        if day == self._shown:
            return
        self._shown = day
        # In large type there is no room for both; the day stands in the status bar as well.
        self.say(day.summary if theme.current().narrow else f"{chinese_date_weekday(day.today)}　{day.summary}")
        while (item := self.sheet.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        piles = [self._pile(when, pile, day) for when in When if (pile := day.pile(when))] or [self._nothing(day)]
        side = [*([self._board(day)] if day.hanging else []), self._village(day)]
        body = QWidget()
        across = QBoxLayout(_DOWN if theme.current().narrow else _ACROSS, body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.current().px(12))
        across.addLayout(column(*piles, *([None] if day.items else []), spacing=12), 5)
        across.addLayout(column(*side, None, spacing=12), 2)
        self.sheet.addWidget(body, 1)

    def _nothing(self, day: Day) -> QWidget:
        if day.people == 0:
            empty = Empty("名册里还没有村民。先读入村民名册，会议的应到人数才能算出来。", "读入村民名册", icon="users")
            empty.acted.connect(lambda: self.asked_for.emit("people", ""))
        else:
            empty = Empty("今天没有要办的事，七天以内也没有到期的。", "登记一件新议题", icon="calendar-check")
            empty.acted.connect(lambda: self.asked_for.emit("decisions", ""))
        return card(empty)

    def _board(self, day: Day) -> QWidget:
        sheet = card(row(heading("公开栏上正在张贴"), Chip(f"{len(day.hanging)}张", "good"), None))
        for one in day.hanging[:_HANGING_SHOWN]:
            sheet.add(line())
            open_it = button("查看", role="link", clicked=partial(self.asked_for.emit, "notices", one.id))
            open_it.setAccessibleName(f"查看：{one.title}")
            words = column(label(one.title), muted(one.words), spacing=2)
            parts = row(spacing=8)
            parts.addLayout(words, 1)
            parts.addWidget(open_it)
            sheet.add(parts)
        if len(day.hanging) > _HANGING_SHOWN:
            sheet.add(muted(f"还有{len(day.hanging) - _HANGING_SHOWN}张，请到“公开公示”里看。"))
        return sheet

    def _village(self, day: Day) -> QWidget:
        figures = row(
            self._figure(f"{day.people:,}", "在册村民", "count:registered"),
            self._figure(f"{day.households:,}", "户", "count:heads"),
            None,
            spacing=28,
        )
        return card(heading("本村"), figures)

    def _figure(self, number: str, words: str, shown: str) -> QWidget:
        """A number that leads to the people behind it."""
        made = QWidget()
        lead = button(
            words, role="link", clicked=partial(self.asked_for.emit, "people", shown), tip="点一下看是哪些人。"
        )
        lead.setAccessibleName(f"{number}{words}")
        made.setLayout(column(label(number, "title", wrap=False), lead, spacing=0))
        return made

    def _pile(self, when: When, pile: tuple[Item, ...], day: Day) -> QWidget:
        shown = pile[: _SHOWN.get(when, len(pile))]
        sheet = card(row(heading(WHEN_WORDS[when]), Chip(f"{len(pile)}件", _TONES[when]), None))
        for item in shown:
            sheet.add(line())
            sheet.add(self._item(when, item, day))
        if len(shown) < len(pile):
            sheet.add(line())
            sheet.add(muted(f"还有{len(pile) - len(shown)}件没有列出来，请到各栏目里看。"))
        return sheet

    def _item(self, when: When, item: Item, day: Day) -> QWidget:
        words = column(label(item.words, "strong"), spacing=2)
        if item.remark:
            words.addWidget(muted(item.remark))
        go = button(item.act, role="primary" if when is When.OVERDUE else "")
        go.setAccessibleName(f"{item.act}：{item.words}")
        go.clicked.connect(lambda: self.asked_for.emit(item.place, item.record_id))
        chip = Chip(item.day_words(day.today), _TONES[when], icon=_ICONS.get(when, ""))
        across = QWidget()
        parts = row(spacing=14)
        parts.addLayout(words, 1)
        parts.addWidget(chip)
        parts.addWidget(go)
        across.setLayout(parts)
        return across
