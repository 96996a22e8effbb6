"""One person at the right of the list: what is registered, the family, posts and party, and how it came to be so."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from village_desk.kit.text import chinese_date
from village_desk.people.lookups import PersonCard
from village_desk.people.rules.dates import birth_words
from village_desk.people.rules.masking import Private, onlooker_words
from village_desk.people.rules.standings import STANDING_WORDS, Standing
from village_desk.people.rules.words import PersonState
from village_desk.widgets import theme
from village_desk.widgets.chips import Chip
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import Card, button, column, label, line, muted, row, scrolled, takes_rest

_TABS = ("登记", "家庭", "身份", "经历")
# What can happen to a person, by the word that `asked` gives; "" draws a line.
_CHANGES = (
    ("marry", "结婚…"),
    ("divorce", "离婚…"),
    ("move", "转到另一户…"),
    ("divide", "分户…"),
    ("head", "换户主…"),
    ("", ""),
    ("away", "外出（参军、就学、务工）…"),
    ("home_again", "外出回来…"),
    ("move_out", "户籍迁出…"),
    ("back", "户籍迁回…"),
    ("death", "去世…"),
    ("leave_outside", "离开本村…"),
)
_SIDES = (("side:contract", "登记承包户…"), ("side:living", "登记居住户…"))


class PersonPanel(QWidget):
    """Shows a card. Emits `asked(what)`, `went_to(person_id)`, and `shown(person_id)` when a card was filled.

    `what` is edit, household, one of the changes, or in:, out: and side: with a kind.
    """

    asked = Signal(str)
    went_to = Signal(str)
    files_asked = Signal()
    shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        self.hidden = False
        self._card: PersonCard | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        outer.addWidget(self.stack)
        self.nothing = Empty("从左边选一个人，这里显示他的登记。", icon="user")
        nothing_card = Card(self.nothing)
        self.stack.addWidget(nothing_card)
        self.name = label("", "title", wrap=False)
        self.chips = [Chip() for _ in range(3)]
        self.under = muted("")
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setProperty("role", "close")
        self.tabs.setAccessibleName("人员卡的内容")
        for words in _TABS:
            self.tabs.addTab(words)
        self.facts = QWidget()
        self.fact_grid = QGridLayout(self.facts)
        self.fact_grid.setContentsMargins(0, look.px(4), 0, 0)
        self.fact_grid.setHorizontalSpacing(look.px(12))
        self.fact_grid.setVerticalSpacing(look.px(7))
        self.fact_grid.setColumnStretch(1, 1)
        self.family = QListWidget()
        self.family.setProperty("role", "list")
        self.family.setAccessibleName("家庭成员")
        self.family.itemActivated.connect(lambda item: self.went_to.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.family.itemClicked.connect(lambda item: self.went_to.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.sides, self.home_history = label(""), label("", "muted")
        self.standing_by = label("")
        home = QWidget()
        home.setLayout(column(self.family, self.sides, self.standing_by, self.home_history, None))
        self.standings, self.posts, self.history = label(""), label(""), label("")
        place = QWidget()
        place.setLayout(column(self.standings, line(), self.posts, None))
        self.pages = QStackedWidget()
        for content in (self.facts, home, place, self.history):
            if isinstance(content, QLabel):
                content.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.pages.addWidget(scrolled(content))
        takes_rest(self.pages)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.edit = button("修改", "pencil", role="primary", clicked=self._ask("edit"))
        self.changes, self.belongs = button("办理变动"), button("登记身份")
        self.choices: dict[str, QAction] = {}
        self._offer(QMenu(self.changes), self.changes, _CHANGES)
        kinds = [(f"in:{one.value}", f"登记为{words}…") for one, words in STANDING_WORDS.items()]
        ends = [(f"out:{one.value}", f"不再是{words}…") for one, words in STANDING_WORDS.items()]
        self._offer(QMenu(self.belongs), self.belongs, (*kinds, *ends, ("", ""), *_SIDES))
        self.household = button("改户号", role="link", clicked=self._ask("household"))
        # The desk shows it where the archive is at hand; this room knows nothing of files.
        self.files = button("照片扫描件", role="link", clicked=self.files_asked.emit)
        self.files.hide()
        card = Card()
        card.add(row(self.name, *self.chips, None, self.files))
        card.add(row(self.under, None, self.household))
        card.add(self.tabs)
        card.add(self.pages, 1)
        card.add(row(self.changes, self.belongs, None, self.edit, spacing=8))
        self.stack.addWidget(card)

    def _offer(self, menu: QMenu, over: QPushButton, entries: Sequence[tuple[str, str]]) -> None:
        for what, words in entries:
            if not what:
                menu.addSeparator()
                continue
            self.choices[what] = menu.addAction(words)
            self.choices[what].triggered.connect(self._ask(what))
        over.setMenu(menu)

    @property
    def card(self) -> PersonCard | None:
        """The card that is shown."""
        return self._card

    def clear(self) -> None:
        """Nobody is chosen."""
        self._card = None
        self.stack.setCurrentIndex(0)

    def show_card(self, card: PersonCard) -> None:
        """Show one person."""
        self._card = card
        person = card.row
        on_roll = person.state == PersonState.ON_ROLL
        self.name.setText(person.name)
        self.chips[0].say("户主" if card.is_head else "", "good")
        self.chips[1].say(person.state_words if not on_roll or person.living else "", "plain" if on_roll else "warn")
        party = card.party is not None and card.party.left_on is None
        self.chips[2].say(
            ("预备党员" if card.party is not None and card.party.probationary else "党员") if party else "", "note"
        )
        where = [f"户号{person.household_no}" if person.household_no else "", person.group]
        where.append(f"家庭成员{len(card.family)}人" if card.family else "没有登记在哪一户")
        if card.outside is not None:
            where = [card.outside.words]
        self.under.setText(" · ".join(part for part in where if part))
        self.household.setVisible(bool(person.household_id))
        self._show_facts(card)
        self._show_family(card)
        self.sides.setText("\n".join(one.words for one in card.sides))
        self.home_history.setText("\n".join(card.home_history))
        lines = [f"网格：{' → '.join(card.grid)}。" if card.grid else "", *card.standing_by]
        self.standing_by.setText("\n".join(line for line in lines if line))
        self.standing_by.setVisible(bool(self.standing_by.text()))
        self.posts.setText(_posts_words(card))
        self.history.setText("\n".join(card.history) or "还没有变动记录。")
        self.tabs.setTabText(1, f"家庭 {len(card.family)}" if card.family else "家庭")
        self._show_standings(card)
        self._fit_choices(card)
        self.stack.setCurrentIndex(1)
        self.shown.emit(card.id)

    def add_tab(self, words: str, content: QWidget) -> int:
        """A further tab, filled by the desk from rooms that this one does not know; returns its place."""
        self.pages.addWidget(scrolled(content))
        return self.tabs.addTab(words)

    def hide_numbers(self, hidden: bool) -> None:
        """Mask numbers while somebody looks on."""
        self.hidden = hidden
        if self._card is not None:
            self._show_facts(self._card)

    def _show_facts(self, card: PersonCard) -> None:
        while (item := self.fact_grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        person = card.row
        identity = self._seen(Private.IDENTITY, person.identity)
        age = f"（{person.age}岁）" if person.age is not None else ""
        source = f"，按{card.birth_source}" if card.birth_source and person.birth else ""
        facts = [
            ("性别", person.sex_words),
            (card.identity_kind or "身份证号", identity or "未登记"),
            ("保留原因", card.identity_reason),
            ("出生日期", f"{birth_words(self._seen(Private.BIRTH, person.birth))}{age}{source}"),
            ("联系电话", self._seen(Private.PHONE, person.phone) or "未登记"),
            ("与户主关系", person.relation or "未登记"),
            ("政治面貌", person.political_words or "未登记"),
            ("民族", card.people or "未登记"),
            ("文化程度", card.schooling or "未登记"),
            ("婚姻状况", card.marriage),
            ("曾用名", card.former_name),
            ("户籍地址", self._seen(Private.ADDRESS, card.address) or "未登记"),
            ("常住地址", self._seen(Private.ADDRESS, card.residence)),
            ("就业或外出地", card.work),
            ("兵役情况", card.military),
            ("健康或残疾", self._seen(Private.HEALTH, card.health)),
            ("备注", card.note),
        ]
        at = 0
        for words, value in facts:
            if not value:
                continue
            left = muted(words)
            left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            left.setWordWrap(False)
            right = label(value)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.fact_grid.addWidget(left, at, 0)
            self.fact_grid.addWidget(right, at, 1)
            at += 1
        self.fact_grid.setRowStretch(at, 1)

    def _seen(self, field: Private, value: str) -> str:
        return onlooker_words(field, value) if self.hidden else value

    def _show_family(self, card: PersonCard) -> None:
        self.family.clear()
        for one in card.family:
            words = " · ".join(
                part
                for part in (
                    one.relation or "关系未登记",
                    one.name,
                    one.sex_words,
                    f"{one.age_words}岁" if one.age_words else "",
                )
                if part
            )
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.family.addItem(item)
        self.family.setVisible(bool(card.family))
        self.family.setFixedHeight(max(1, len(card.family)) * theme.current().px(33) + theme.current().px(8))

    def _show_standings(self, card: PersonCard) -> None:
        open_ones = {one.kind for one in card.standings if one.ended_on is None}
        lines = [one.words for one in card.standings]
        lines += [f"{words}：未登记。" for kind, words in STANDING_WORDS.items() if kind not in open_ones]
        self.standings.setText("\n".join(lines))

    def _fit_choices(self, card: PersonCard) -> None:
        """Only what can happen to this person stands in the menus."""
        state = card.row.state
        on_roll, outside = state == PersonState.ON_ROLL, state == PersonState.OUTSIDE
        several = len(card.family) > 1
        held = {one.kind for one in card.standings if one.ended_on is None}
        shown = {
            "marry": on_roll,
            "divorce": on_roll and card.marriage not in ("未婚", "离婚", "丧偶"),
            "move": on_roll,
            "divide": on_roll and several,
            "head": on_roll and several,
            "away": on_roll and not card.away,
            "home_again": card.away,
            "move_out": on_roll,
            "back": state == PersonState.MOVED_OUT,
            "death": state != PersonState.DEAD,
            "leave_outside": outside and card.outside is not None and card.outside.ended_on is None,
            **{f"in:{one.value}": one not in held and state != PersonState.DEAD for one in Standing},
            **{f"out:{one.value}": one in held for one in Standing},
            **{what: on_roll for what, _ in _SIDES},
        }
        for what, one in self.choices.items():
            one.setVisible(shown[what])

    def _ask(self, what: str) -> Callable[..., None]:
        return lambda *_checked: self.asked.emit(what)


def _posts_words(card: PersonCard) -> str:
    lines = [
        f"{post.role_words}：{post.time_words}" + (f"（{post.ended_why}）" if post.ended_why else "")
        for post in card.posts
    ]
    if card.party is not None:
        party = card.party
        kind = "预备党员" if party.probationary else "正式党员"
        joined = chinese_date(party.joined_on) if party.joined_on else "未登记"
        words = f"{kind}，入党日期{joined}"
        if not party.probationary:
            words += f"，转正日期{chinese_date(party.full_on) if party.full_on else '未登记'}"
        if party.years is not None:
            words += f"，党龄{party.years}年"
        if party.left_on:
            words += f"，{chinese_date(party.left_on)}{party.left_how}"
        if party.file_birth:
            words += f"，档案出生日期{party.file_birth}"
        lines.append(words)
    return "\n".join(lines) or "没有登记职务。"
