"""The page of notices: two lists, one notice below, and what a clerk does with it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QWidget

from village_desk.archive.actions import EVIDENCE
from village_desk.notices import lookups
from village_desk.notices.lookups import DutyRow, NoticeDetail, NoticeRow
from village_desk.notices.page.drafting import Drafting
from village_desk.notices.page.printing import Printing
from village_desk.notices.page.settled import Settled
from village_desk.notices.page.view import NoticeView
from village_desk.notices.page.wall import Wall
from village_desk.notices.printout import Annex, Size
from village_desk.notices.rules.life import Stage
from village_desk.notices.table import DutyTable, NoticeTable
from village_desk.store.acts import Act, act
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.filter_box import FilterBox
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, heading, label, row
from village_desk.widgets.page import Page
from village_desk.widgets.tables import Order
from village_desk.widgets.workplace import Workplace

NOTICES, DUTIES = 0, 1


class NoticesPage(Page):
    """公开公示: what hangs, what waits, what must still be posted."""

    key, title, icon, shortcut = "notices", "公开公示", "megaphone", "Ctrl+5"
    tables = frozenset(
        """duty notice notice_seal notice_review printed_sheet notice_posting notice_damage notice_takedown
        notice_date_slip notice_objection objection_answer number_series review_reply notice_approval
        notice_archiving seal_use issuer_setting attachment""".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.dialog: QDialog | None = None
        self.detail: NoticeDetail | None = None
        self._words = ""
        self._wanted = ""
        self.drafting, self.wall = Drafting(workplace, self), Wall(workplace, self)
        self.settled = Settled(workplace, self)
        self.printing = Printing(workplace, self, self.open, self.annex)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.addTab("公开内容")
        self.tabs.addTab("公开任务")
        self.tabs.setAccessibleName("公开内容或公开任务")
        self.filter = FilterBox("按标题、文号查找")
        self.new_button = button("起草", "plus", role="primary", clicked=self.ask_draft)
        self.table, self.duties = NoticeTable(self._ids, self._rows), DutyTable()
        self.files = AttachmentList(workplace, EVIDENCE, lookups.NOTICE_TABLE, words="照片和签字盖章件")
        self.grid = Grid(self.table, empty_words="还没有公开内容。点“起草”写第一张，或从“公开任务”起草。")
        self.duty_grid = Grid(self.duties, empty_words="现在没有要公开的任务。决议通过以后，这里会自动出现。")
        self.lists = QStackedWidget()
        self.lists.addWidget(self.grid)
        self.lists.addWidget(self.duty_grid)
        self.view = NoticeView(self.files)
        self.duty_title, self.duty_words = heading(""), label("")
        self.duty_back = button("返回列表", "arrow-left", clicked=self.go_back)
        self.duty_draft = button("起草", "pencil", role="primary", clicked=self.draft_for_duty)
        self.duty_open = button("打开这张公开内容", "arrow-right", clicked=self.open_from_duty)
        self.duty_outside = button("登记外来表", "file-text", clicked=self.ask_outside)
        self.duty_waive = button("标为不适用", "minus", clicked=self.ask_waive)
        self.duty_card = card(
            row(self.duty_back, self.duty_title, None),
            self.duty_words,
            row(self.duty_draft, self.duty_open, self.duty_outside, self.duty_waive, None),
        )
        self.duty_card.column.addStretch(1)
        self.below = QStackedWidget()
        self.nothing = Empty("从左边选一张，这里显示它的办理过程。", icon="megaphone")
        for part in (self.nothing, self.view, self.duty_card):
            self.below.addWidget(part)
        self.list_card = card(row(self.tabs, None, self.new_button), self.filter)
        self.list_card.add(self.lists, 1)
        self.column.addLayout(row(self.list_card, self.below, spacing=12), 1)
        self._in_detail = False
        self.tabs.currentChanged.connect(self.show_tab)
        self.filter.searched.connect(self.narrow)
        self.filter.left_downwards.connect(lambda: self._grid().enter())
        self.grid.picked.connect(self.show_one)
        self.grid.opened.connect(lambda _id: self.go_in())
        self.duty_grid.opened.connect(lambda _id: self.go_in())
        self.duty_grid.picked.connect(self.show_duty)
        self.view.asked.connect(self.ask)
        self.view.checks.acted.connect(self.ask)
        self._arrange()

    def annex(self, session: Any, detail: NoticeDetail) -> Annex | None:
        """The tables that hang behind a sheet; the desk knows those of upper rooms."""
        return None

    # showing

    def changeEvent(self, event: QEvent) -> None:
        """Large type leaves room for the list or for one notice, not for both."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_in_detail"):
            self._arrange()

    def go_in(self) -> None:
        """From the list to the one that is chosen."""
        self._in_detail = True
        self._arrange()
        self.view.strip.setFocus()

    def go_back(self) -> None:
        """From one notice to the list."""
        self._in_detail = False
        self._arrange()
        self._grid().enter()

    def _arrange(self) -> None:
        look = theme.current()
        self.list_card.setVisible(not look.narrow or not self._in_detail)
        self.below.setVisible(not look.narrow or self._in_detail)
        for back in (self.view.back, self.duty_back):
            back.setVisible(look.narrow)
        self.list_card.setMinimumWidth(0 if look.narrow else look.px(380))
        self.list_card.setMaximumWidth(16_777_215 if look.narrow else look.px(380))
        for number, column in enumerate(self.table.columns):
            beside = column.key in {"title", "stage"}
            self.grid.setColumnHidden(number, column.side if look.narrow else not beside)
        for number, duty_column in enumerate(self.duties.columns):
            beside = duty_column.key in {"about", "state"}
            self.duty_grid.setColumnHidden(number, duty_column.side if look.narrow else not beside)

    def refresh(self) -> None:
        """Read both lists and the notice at hand."""
        today = self._act().today
        notices = self.workplace.read(lambda session: lookups.notices_in_life(session, on=today))
        duties = self.workplace.read(lambda session: lookups.duties_on(session, on=today))
        at = self._wanted or self.grid.current_id()
        self._wanted = ""
        self.table.narrow(self._words)
        self.duties.show([each for each in duties if self._words in each.about])
        waiting = sum(each.open for each in duties)
        self.tabs.setTabText(DUTIES, f"公开任务（{waiting}）" if waiting else "公开任务")
        hanging = sum(each.stage in {Stage.POSTED, Stage.RUN_OUT} for each in notices)
        self.say(f"正在张贴{hanging}张，还有{waiting}项任务未办" if waiting else f"正在张贴{hanging}张")
        if not self.grid.choose(at) and self.table.rowCount() and not self.grid.current_id():
            self.grid.choose(self.table.id_at(0))
        self.show_tab(self.tabs.currentIndex())

    def show_tab(self, tab: int) -> None:
        """Show the notices or the duties."""
        if self.tabs.currentIndex() != tab:
            self.tabs.setCurrentIndex(tab)
            return
        self.lists.setCurrentIndex(tab)
        if tab == NOTICES:
            self.show_one(self.grid.current_id())
        else:
            self.show_duty(self.duty_grid.current_id())

    def narrow(self, words: str) -> None:
        """Show what holds these words."""
        self._words = words
        self.refresh()

    def show_one(self, notice_id: str) -> None:
        """Show one notice below the list."""
        if self.tabs.currentIndex() != NOTICES:
            return
        self.files.show_record(notice_id)
        if not notice_id:
            self.detail = None
            self.below.setCurrentWidget(self.nothing)
            return
        today = self._act().today
        self.detail = self.workplace.read(lambda session: lookups.one_notice(session, notice_id, on=today))
        self.view.show_notice(self.detail)
        self.below.setCurrentWidget(self.view)

    def show_duty(self, duty_id: str) -> None:
        """Show one duty below the list."""
        if self.tabs.currentIndex() != DUTIES:
            return
        duty = self._duty()
        if not duty_id or duty is None:
            self.below.setCurrentWidget(self.nothing)
            return
        self.duty_title.setText(duty.about)
        self.duty_words.setText(f"{duty.words}{f'依据：{duty.legal_ref}。' if duty.legal_ref else ''}")
        repost = duty.item == lookups.REPOST
        self.duty_draft.setVisible(duty.open and not duty.notice_id and not repost)
        self.duty_open.setVisible(bool(duty.notice_id))
        self.duty_outside.setVisible(duty.open and not duty.notice_id and not repost)
        self.duty_waive.setVisible(duty.open)
        self.below.setCurrentWidget(self.duty_card)

    def open_record(self, record_id: str) -> None:
        """Show one notice, one duty ("duty ID"), or the list of duties when neither is named."""
        _, is_duty, duty = record_id.partition("duty ")
        self._words = ""
        self.filter.clear()
        self._wanted = "" if is_duty else record_id
        self._in_detail = bool(record_id)
        self._arrange()
        self.tabs.setCurrentIndex(DUTIES if is_duty or not record_id else NOTICES)
        self.refresh_now()
        if is_duty:
            self.duty_grid.choose(duty)

    def start_search(self) -> bool:
        """Ctrl+F."""
        self.filter.setFocus()
        return True

    def preview(self) -> None:
        """F9."""
        if self.detail is not None:
            self.printing.sheets(self.detail)

    # asking

    def ask(self, what: str) -> None:
        """Do what a button of the view asks for."""
        detail = self.detail
        if what == "back":
            self.go_back()
        if detail is None or what == "back":
            return
        asks: dict[str, Callable[[NoticeDetail], AskDialog]] = {
            "edit": self.drafting.edit,
            "review": self.drafting.review,
            "publish": self.drafting.publish,
            "post": self.wall.post,
            "damage": self.wall.damage,
            "take_down": self.wall.take_down,
            "slip": self.wall.slip,
            "objection": self.wall.objection,
            "answer": self.wall.answer,
            "approve": self.settled.approve,
            "reply": self.settled.reply,
            "seal": self.settled.seal,
            "archive": self.settled.archive,
            "correct": lambda found: self.settled.correct(found, self.open_record),
        }
        acts: dict[str, Callable[[NoticeDetail], None]] = {
            "mask": self.drafting.mask,
            "discard": self.drafting.discard,
            "number": self.drafting.give_number,
            "print": self.printing.sheets,
            "print_large": lambda found: self.printing.sheets(found, Size.A3),
            "review_form": self.printing.review_form,
        }
        if what in acts:
            acts[what](detail)
        else:
            self.open(asks[what](detail))

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the page."""
        self.dialog = dialog
        dialog.open()

    def ask_draft(self) -> None:
        """Ask for a new sheet of the clerk's own."""
        self.open(self.drafting.draft(None, self.open_record))

    def draft_for_duty(self) -> None:
        """Begin the sheet that a duty asks for."""
        duty = self._duty()
        if duty is not None:
            self.open(self.drafting.draft(duty, self.open_record))

    def open_from_duty(self) -> None:
        """Go to the sheet that answers a duty."""
        duty = self._duty()
        if duty is not None:
            self.open_record(duty.notice_id)

    def ask_outside(self) -> None:
        """Register the ready-made sheet that answers a duty."""
        duty = self._duty()
        if duty is not None:
            self.open(self.settled.outside(title=duty.about, duty_id=duty.id, finance=duty.item == "finance"))

    def ask_waive(self) -> None:
        """Ask why a duty does not apply."""
        duty = self._duty()
        if duty is not None:
            self.open(self.drafting.waive(duty))

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for the notice at hand."""
        yield "draft", self.drafting.draft()
        if self.detail is not None:
            detail = self.detail
            yield "review", self.drafting.review(detail)
            yield "publish", self.drafting.publish(detail)
            yield "post", self.wall.post(detail)
            yield "damage", self.wall.damage(detail)
            yield "slip", self.wall.slip(detail)
            yield "seal", self.settled.seal(detail)
            yield "correct", self.settled.correct(detail, self.open_record)
        yield "outside", self.settled.outside(finance=True)

    # inside

    def _ids(self, order: Order, words: str | None) -> list[str]:
        today = self._act().today
        return self.workplace.read(
            lambda session: lookups.notice_ids(
                session, on=today, words=words or "", by=order.key, descending=order.descending
            )
        )

    def _rows(self, ids: Sequence[str]) -> list[NoticeRow]:
        today = self._act().today
        return self.workplace.read(lambda session: lookups.notice_rows(session, ids, on=today))

    def _act(self) -> Act:
        return self.workplace.read(act)

    def _duty(self) -> DutyRow | None:
        at = self.duty_grid.current_id()
        return next((each for each in self.duties.rows() if each.id == at), None)

    def _grid(self) -> Grid:
        return self.grid if self.tabs.currentIndex() == NOTICES else self.duty_grid
