"""The window: sidebar, header with title and search, notice bar, the page at hand, status line, and the keys."""

import datetime as dt
import threading
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QMouseEvent, QShortcut, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from village_desk.desk import history
from village_desk.desk.help import HelpDialog
from village_desk.desk.pages import VILLAGE, place, places_of
from village_desk.desk.preferences import Preferences
from village_desk.desk.search import Hit, SearchBox, places_found
from village_desk.desk.settings_dialogs import SeatDialog
from village_desk.desk.sidebar import Sidebar
from village_desk.kit.text import chinese_date_weekday
from village_desk.store.file import VillageFile
from village_desk.store.operators import operators
from village_desk.widgets import theme
from village_desk.widgets.icons import button_icon, icon
from village_desk.widgets.layout import button
from village_desk.widgets.notice_bar import NoticeBar
from village_desk.widgets.onlookers import ONLOOKERS
from village_desk.widgets.page import Page
from village_desk.widgets.progress import ProgressStrip
from village_desk.widgets.workplace import Workplace

COPY_EVERY_MS = 30 * 60 * 1000
_PRELOAD_AFTER_MS = 300
SMALLEST = QSize(1024, 640)


class DeskWindow(QMainWindow):
    """One open village file. `go(key, record_id)` opens a place."""

    def __init__(self, file: VillageFile, preferences: Preferences) -> None:
        super().__init__()
        self.file = file
        self.preferences = preferences
        self.workplace = Workplace(file, self)
        self.places = places_of(file.kind)
        self.pages: dict[str, Page] = {}
        self.at = ""
        self._back: list[tuple[str, str]] = []
        self._forward: list[tuple[str, str]] = []
        self._undoable = False
        self._saved_at = ""
        self._titles: list[Hit] | None = None
        self.setWindowTitle(f"{file.village_name} - 村务通")
        self.setMinimumSize(SMALLEST)
        self.resize(1366, 768)
        self.workplace.told.connect(self.tell)
        self.workplace.done.connect(self._tell_done)
        self.workplace.halted.connect(self._tell_halted)
        self.workplace.changed.connect(self._note_change)
        ONLOOKERS.changed.connect(self._show_onlookers)
        self._build()
        self._bind_keys()
        self._copies = QTimer(self)
        self._copies.setInterval(COPY_EVERY_MS)
        self._copies.timeout.connect(self.keep_copy)
        self._copies.start()
        self.go(self.places[0].key)
        # Imported while the clerk reads the first page, so that each place opens at once.
        self._preload = threading.Thread(target=self._import_pages, name="village-desk-pages", daemon=True)

    # --- furniture ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.pages = {}
        centre = QWidget()
        across = QHBoxLayout(centre)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.sidebar = Sidebar(self.places, self.file.village_name)
        self.sidebar.chosen.connect(self.go)
        across.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._header())
        self.progress = ProgressStrip()
        for task in self.workplace.tasks:
            self.progress.follow(task)
        self.workplace.started.connect(self.progress.follow)
        column.addWidget(self.progress)
        self.notice = NoticeBar()
        self.notice.undo_asked.connect(self.undo)
        column.addWidget(self.notice)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        column.addWidget(self._status())
        across.addLayout(column, 1)
        self.setCentralWidget(centre)

    def _header(self) -> QFrame:
        look = theme.current()
        header = QFrame()
        header.setObjectName("header")
        line = QHBoxLayout(header)
        line.setContentsMargins(look.px(20), look.px(8), look.px(16), look.px(8))
        line.setSpacing(look.px(12))
        self.heading = QLabel()
        self.heading.setProperty("role", "title")
        line.addWidget(self.heading)
        self.subtitle = QLabel()
        self.subtitle.setProperty("role", "muted")
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self.subtitle, 1)
        self.search = SearchBox(self.look_for, "村民、议题、公告" if self.file.kind == VILLAGE else "栏目")
        self.search.setFixedWidth(look.px(300))
        self.search.went_to.connect(self.go)
        line.addWidget(self.search)
        self.onlookers = button("有人旁观", "users", tip="遮住屏幕上的身份证号、电话和住址，再按一次恢复（F8）")
        self.onlookers.setCheckable(True)
        self.onlookers.setVisible(self.file.kind == VILLAGE)
        self.onlookers.toggled.connect(ONLOOKERS.say)
        self._show_onlookers(ONLOOKERS.present)
        line.addWidget(self.onlookers)
        ask = QToolButton()
        ask.setIcon(icon("circle-question-mark", look.colours.muted))
        ask.setIconSize(QSize(look.px(20), look.px(20)))
        ask.setToolTip("本页帮助（F1）")
        ask.setAccessibleName("本页帮助")
        ask.clicked.connect(self.show_help)
        line.addWidget(ask)
        return header

    def _status(self) -> QFrame:
        look = theme.current()
        status = QFrame()
        status.setObjectName("status")
        line = QHBoxLayout(status)
        line.setContentsMargins(look.px(20), look.px(4), look.px(20), look.px(4))
        line.setSpacing(look.px(16))
        self.who = QLabel()
        self.seat = button("换人", role="link", clicked=self.ask_seat, tip="换一个人操作，档案不用关")
        self.saved = QLabel()
        self.copied = QLabel()
        line.addWidget(self.who)
        line.addWidget(self.seat)
        line.addStretch(1)
        line.addWidget(self.saved)
        line.addWidget(self.copied)
        if not look.narrow:
            line.addWidget(QLabel("F1 帮助   Ctrl+K 查找"))
        self.show_status()
        return status

    def show_status(self) -> None:
        """Bring the status line up to date."""
        operator = self.file.operator
        name = f"{operator.name}（{operator.role_name}）" if operator is not None else "未登记"
        self.who.setText(f"{self.file.village_name}  ·  操作人：{name}  ·  {chinese_date_weekday(self.file.today)}")
        self.saved.setText(f"已自动保存 {self._saved_at}" if self._saved_at else "已自动保存")
        self.copied.setText(f"上次备份：{history.last_copy_words(self.file)}")

    def _bind_keys(self) -> None:
        keys = QKeySequence.StandardKey
        for sequence, slot in (
            ("F1", self.show_help),
            ("F3", self.start_search),
            ("Ctrl+F", self.start_search),
            ("Ctrl+K", self.start_global_search),
            ("F5", self.refresh),
            ("F6", self.ask_proof),
            ("F7", lambda: self.page.check()),
            ("F8", lambda: ONLOOKERS.say(not ONLOOKERS.present)),
            ("F9", lambda: self.page.preview()),
            ("Ctrl+P", lambda: self.page.preview()),
            ("Ctrl+S", self.answer_save),
            (keys.Undo, self.undo),
            (keys.Redo, self.redo),
            ("Ctrl+=", partial(self.change_type_size, 1)),
            ("Ctrl++", partial(self.change_type_size, 1)),
            ("Ctrl+-", partial(self.change_type_size, -1)),
            ("Ctrl+0", partial(self.set_type_percent, theme.TYPE_PERCENTS[0])),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
        ):
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)
        for number, one in enumerate(self.places[:9], start=1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(partial(self.go, one.key))

    # --- going about --------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page at hand."""
        return self.pages[self.at]

    def go(self, key: str, record_id: str = "") -> None:
        """Open a place, and a record there."""
        if self.at and (self.at, "") != (key, record_id):
            self._back.append((self.at, ""))
            self._forward.clear()
        self._open(key, record_id)

    def _go_where_asked(self, key: str, record_id: str) -> None:
        """A page asks for another; without a record that shows what waits there."""
        self.go(key, record_id)
        if not record_id:
            self.page.open_record("")

    def go_back(self) -> None:
        """Alt+←."""
        if self._back:
            self._forward.append((self.at, ""))
            self._open(*self._back.pop())

    def go_forward(self) -> None:
        """Alt+→."""
        if self._forward:
            self._back.append((self.at, ""))
            self._open(*self._forward.pop())

    def _open(self, key: str, record_id: str) -> None:
        if key not in self.pages:
            page = place(key).page_class()(self.workplace)
            page.subtitle_changed.connect(partial(self._show_subtitle, key))
            page.asked_for.connect(self._go_where_asked)
            page.type_percent_chosen.connect(self.set_type_percent)
            self.pages[key] = page
            self.stack.addWidget(_area(page))
        self.at = key
        page = self.pages[key]
        self.heading.setText(place(key).title)
        self.subtitle.setText(page.subtitle)
        self.stack.setCurrentIndex(list(self.pages).index(key))
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sidebar.mark(key)
        if record_id:
            page.open_record(record_id)

    def _import_pages(self) -> None:
        for one in self.places:
            one.page_class()

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch the code of the other pages once the window stands."""
        super().showEvent(event)
        if self._preload.ident is None:
            QTimer.singleShot(_PRELOAD_AFTER_MS, self._preload.start)

    def _show_subtitle(self, key: str, words: str) -> None:
        if key == self.at:
            self.subtitle.setText(words)

    def look_for(self, words: str) -> list[Hit]:
        """What the search of the whole desk finds."""
        places = places_found(self.places, words)
        if self.file.kind != VILLAGE:
            return places
        if self._titles is None:
            self._titles = self.workplace.read(history.titles)
        titled = [hit for hit in self._titles if words in hit.words]
        people = self.workplace.read(partial(history.people_found, words=words))
        return [*places, *people, *titled]

    # --- keys ---------------------------------------------------------------------------------------------------

    def show_help(self) -> None:
        """F1."""
        HelpDialog(self.page.help_page or self.at, self).open()

    def ask_proof(self) -> None:
        """F6: is this sheet ours, and is the file whole."""
        # Fetched when it is first asked for: it brings rooms with it that the first page does not need.
        from village_desk.desk.proof_dialog import open_proof

        open_proof(self.workplace, self.file, self)

    def start_search(self) -> None:
        """F3 and Ctrl+F: the page's own search, else the whole desk's."""
        if not self.page.start_search():
            self.start_global_search()

    def start_global_search(self) -> None:
        """Ctrl+K."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def refresh(self) -> None:
        """F5."""
        self.page.refresh_now()
        self.show_status()

    def _show_onlookers(self, present: bool) -> None:
        """The switch says in words what the screen hides."""
        self.onlookers.setChecked(present)
        self.onlookers.setText("有人旁观：号码已遮住" if present else "有人旁观")
        self.onlookers.setProperty("role", "primary" if present else "")
        colours = theme.current().colours
        self.onlookers.setIcon(button_icon("users", colours.surface if present else colours.text)[0])
        self.onlookers.style().unpolish(self.onlookers)
        self.onlookers.style().polish(self.onlookers)

    def answer_save(self) -> None:
        """Ctrl+S: everything is saved already; say so and make a quick copy."""
        self.notice.note("已保存。村务通每一步都自动保存，您可以随时关闭。")
        self.keep_copy()

    def undo(self) -> None:
        """Ctrl+Z: the newest step of this computer that still stands."""
        self.workplace.act(partial(history.undo_last, self.file), said=str)

    def redo(self) -> None:
        """Ctrl+Y: take the last undo back."""
        self.workplace.act(partial(history.redo_last, self.file), said=str)

    def ask_seat(self) -> None:
        """换人."""
        now = self.file.operator.name if self.file.operator is not None else ""
        dialog = SeatDialog([one.name for one in self.workplace.read(operators)], now, self)
        dialog.answered.connect(partial(self._take_seat, dialog))
        dialog.open()

    def _take_seat(self, dialog: SeatDialog) -> None:
        name, code = dialog.answer()

        def seated(_nothing: None) -> None:
            dialog.accept()
            self.refresh()

        # In turn with the writes: what was begun before is still booked under the earlier name.
        self.workplace.act(
            partial(self.file.take_seat, name, code),
            seated,
            said=f"现在由{name}操作。",
            refused=dialog.refuse,
        )

    def confirm_today(self, day: dt.date) -> None:
        """The clerk's answer about today's date."""
        self.file.confirm_today(day)
        self.refresh()

    def keep_copy(self) -> None:
        """A copy in the file's own folder when something changed since the last one."""
        self.workplace.later(
            lambda task: self.file.keep_copy(task.progress),
            lambda copy: self.show_status(),
            title="正在备份",
            halted="已取消备份，原来的备份都还在。",
        )

    def change_type_size(self, steps: int) -> None:
        """Ctrl++ and Ctrl+-."""
        sizes = theme.TYPE_PERCENTS
        at = min(range(len(sizes)), key=lambda i: abs(sizes[i] - self.preferences.type_percent))
        self.set_type_percent(sizes[max(0, min(len(sizes) - 1, at + steps))])

    def set_type_percent(self, percent: int) -> None:
        """Show everything in another type size and remember it."""
        if percent == theme.current().type_percent:
            return
        self.preferences.type_percent = percent
        self.preferences.save()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.dress(app, percent)
        key = self.at
        self._build()
        self._open(key, "")

    # --- telling ------------------------------------------------------------------------------------------------

    def tell(self, message: str, advice: str) -> None:
        """A refusal in the notice bar."""
        self.notice.refuse(message, advice)

    def _tell_done(self, sentence: str) -> None:
        self.notice.done(sentence, undo=self._undoable)
        self._undoable = False

    def _tell_halted(self, sentence: str) -> None:
        self.notice.note(sentence)

    def _note_change(self, tables: frozenset[str]) -> None:
        self._saved_at = dt.datetime.now().strftime("%H:%M")
        self._undoable = history.can_be_undone(tables)
        if tables & history.TITLE_TABLES:
            self._titles = None
        self.show_status()

    # --- leaving ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The side buttons of a mouse go back and forward."""
        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.go_forward()
        else:
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the type size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.change_type_size(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is under way, keep a copy, close the file."""
        self._copies.stop()
        ONLOOKERS.changed.disconnect(self._show_onlookers)
        ONLOOKERS.say(False)
        if self._preload.is_alive():
            self._preload.join()
        self.workplace.close()
        history.copy_on_leaving(self.file)
        self.file.close()
        event.accept()


def _area(page: Page) -> QScrollArea:
    """A place for a page: where type and screen leave too little room it scrolls, header and status line stay whole."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
