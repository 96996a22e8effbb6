"""A field for a day: typed in any way clerks type it, or picked from a calendar; may stay unknown."""

import datetime as dt

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date_weekday
from village_desk.widgets import theme
from village_desk.widgets.dates import typed_date
from village_desk.widgets.icons import icon

UNKNOWN = "未登记"


class DateEdit(QLineEdit):
    """Shows 2026年1月15日（周四）; ↑/↓ go a day on, Ctrl+; is today, F4 opens the calendar.

    `day()` is None for unknown; `problem()` says why the text is no day. Emits `day_changed(date | None)`.
    """

    day_changed = Signal(object)

    def __init__(
        self, day: dt.date | None = None, *, today: dt.date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today or dt.date.today()
        self._day: dt.date | None = None
        self._problem = ""
        self.setPlaceholderText("如 1.15 或 20260115")
        look = theme.current()
        self._pick = QToolButton(self)
        self._pick.setIcon(icon("calendar", look.colours.muted))
        self._pick.setIconSize(QSize(look.px(16), look.px(16)))
        self._pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pick.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pick.setToolTip("打开日历（F4）")
        self._pick.setAccessibleName("打开日历")
        self._pick.clicked.connect(self.open_calendar)
        self.setTextMargins(0, 0, look.px(22), 0)
        self.editingFinished.connect(self.read_text)
        self.set_day(day)

    def set_today(self, today: dt.date) -> None:
        """The village's confirmed day, for 今天 and dates without a year."""
        self._today = today

    def day(self) -> dt.date | None:
        """The day, after reading what stands in the field; None when it is unknown or cannot be read."""
        self.read_text()
        return self._day

    def problem(self) -> str:
        """Why the text is no day, in words; "" when it is one or empty."""
        self.read_text()
        return self._problem

    def set_day(self, day: dt.date | None) -> None:
        """Show a day; None for unknown."""
        changed = day != self._day
        self._day, self._problem = day, ""
        self.setText(chinese_date_weekday(day) if day else "")
        self.setCursorPosition(0)
        if changed:
            self.day_changed.emit(day)

    def read_text(self) -> None:
        """Take over what was typed."""
        text = self.text().strip()
        try:
            day = None if text == UNKNOWN else typed_date(text, self._today)
        except NotAllowed as refusal:
            changed = self._day is not None
            self._day, self._problem = None, f"{refusal.message}{refusal.advice}"
            if changed:
                self.day_changed.emit(None)
            return
        self.set_day(day)

    def open_calendar(self) -> None:
        """Show a calendar below the field."""
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.day() or self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        for chosen in (calendar.activated, calendar.clicked):
            chosen.connect(lambda day: self.set_day(_plain(day)))
            chosen.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑, ↓, Ctrl+; and F4."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            day = self.day() or self._today
            self.set_day(day + dt.timedelta(days=1 if key == Qt.Key.Key_Up else -1))
        elif key == Qt.Key.Key_F4:
            self.open_calendar()
        elif key == Qt.Key.Key_Semicolon and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_day(self._today)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the calendar button at its place."""
        super().resizeEvent(event)
        size = self._pick.sizeHint()
        self._pick.resize(size)
        self._pick.move(self.width() - size.width() - 3, (self.height() - size.height()) // 2)

    def sizeHint(self) -> QSize:
        """Room for a whole day."""
        look = theme.current()
        words = QFontMetrics(look.font()).horizontalAdvance("2026年12月30日（周四）")
        return QSize(words + look.px(56), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """No narrower than a whole day."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing after Tab replaces the whole day."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


def _plain(day: QDate) -> dt.date:
    return dt.date(day.year(), day.month(), day.day())
