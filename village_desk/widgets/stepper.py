"""The steps of a matter in a row, each with its number or mark, its name and a line of words below."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from village_desk.widgets import theme
from village_desk.widgets.icons import pixmap


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    CANNOT_STAND = "cannot_stand"


SPOKEN = {
    StepState.DONE: "已完成",
    StepState.CURRENT: "正在办理",
    StepState.WAITING: "未开始",
    StepState.CANNOT_STAND: "不能成立",
}


@dataclass(frozen=True)
class Step:
    """One step: `title` such as 党支部提议, `below` such as 3月2日已完成 (the state's words when empty)."""

    title: str
    state: StepState
    below: str = ""

    @property
    def line(self) -> str:
        """The words below the title."""
        return self.below or SPOKEN[self.state]


class Stepper(QWidget):
    """Shows steps; ←/→ and the mouse choose one and emit `chosen(index)`."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName("办理步骤")

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps on the screen."""
        return self._steps

    @property
    def at(self) -> int:
        """The chosen step, counted from 0."""
        return self._at

    def show_steps(self, steps: Sequence[Step], at: int | None = None) -> None:
        """Show steps; choose `at`, else the current one, without emitting."""
        self._steps = tuple(steps)
        if at is None:
            open_steps = [i for i, s in enumerate(steps) if s.state in (StepState.CURRENT, StepState.CANNOT_STAND)]
            at = open_steps[0] if open_steps else len(steps) - 1
        self._at = max(0, min(at, len(steps) - 1))
        self._describe()
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        """Choose a step as if it were clicked."""
        if 0 <= index < len(self._steps):
            self._at = index
            self._describe()
            self.update()
            self.chosen.emit(index)

    def step_rect(self, index: int) -> QRect:
        """Where a step stands, for clicks."""
        width = self.width() / max(1, len(self._steps))
        return QRect(round(index * width), 0, round(width), self.height())

    def sizeHint(self) -> QSize:
        """Room for a mark and its lines."""
        look = theme.current()
        lines = 2 if self._wrapped() else 1
        return QSize(
            look.px(110) * max(1, len(self._steps)),
            self._text_top() + self._title_height() * lines + self._below_height() + look.px(6),
        )

    def minimumSizeHint(self) -> QSize:
        """Names may go on two lines, no narrower."""
        return QSize(theme.current().px(84) * max(1, len(self._steps)), self.sizeHint().height())

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → choose, 1 to 9 jump, Home and End go to the ends."""
        key = event.key()
        if key == Qt.Key.Key_Left:
            self.choose(self._at - 1)
        elif key == Qt.Key.Key_Right:
            self.choose(self._at + 1)
        elif key == Qt.Key.Key_Home:
            self.choose(0)
        elif key == Qt.Key.Key_End:
            self.choose(len(self._steps) - 1)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.modifiers():
            self.choose(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the step under the mouse."""
        found = self._step_at(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(found)

    def event(self, event: QEvent) -> bool:
        """Tell the whole words when the mouse rests on a step."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._step_at(event.pos())
            if found is not None:
                QToolTip.showText(event.globalPos(), self._spoken(found), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: object) -> None:
        """Names may need a second line."""
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the type size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Marks, the line between them, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._steps)):
            self._paint_line(painter, index)
        for index in range(len(self._steps)):
            self._paint_step(painter, index)

    def _paint_line(self, painter: QPainter, index: int) -> None:
        if index == 0:
            return
        look, radius = theme.current(), self._radius()
        gap = radius + look.px(6)
        left, right = self._centre(index - 1), self._centre(index)
        passed = self._steps[index - 1].state is StepState.DONE
        pen = QPen(QColor(look.colours.primary if passed else look.colours.edge), look.px(2))
        if not passed:
            pen.setStyle(Qt.PenStyle.DashLine)
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(left.x() + gap, left.y()), QPointF(right.x() - gap, right.y()))

    def _paint_step(self, painter: QPainter, index: int) -> None:
        look, step, centre, radius = theme.current(), self._steps[index], self._centre(index), self._radius()
        colours = look.colours
        chosen = index == self._at
        rect = self.step_rect(index).adjusted(look.px(4), 0, -look.px(4), 0)
        if chosen:
            painter.setPen(QPen(QColor(colours.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.primary_tint))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), look.px(8), look.px(8))
        edge, ground, text = {
            StepState.DONE: (colours.primary, colours.primary, colours.surface),
            StepState.CURRENT: (colours.primary, colours.surface, colours.primary),
            StepState.WAITING: (colours.edge, colours.surface, colours.muted),
            StepState.CANNOT_STAND: (colours.bad, colours.bad, colours.surface),
        }[step.state]
        painter.setPen(QPen(QColor(edge), look.px(2)))
        painter.setBrush(QColor(ground))
        painter.drawEllipse(centre, radius, radius)
        mark = {StepState.DONE: "check", StepState.CANNOT_STAND: "x"}.get(step.state)
        if mark:
            side = look.px(18)
            where = QPoint(round(centre.x() - side / 2), round(centre.y() - side / 2))
            painter.drawPixmap(where, pixmap(mark, side, text, self.devicePixelRatioF()))
        else:
            painter.setFont(look.font(11, bold=True))
            painter.setPen(QColor(text))
            box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        self._paint_words(painter, rect, step, chosen)

    def _paint_words(self, painter: QPainter, rect: QRect, step: Step, chosen: bool) -> None:
        colours = theme.current().colours
        top = self._text_top()
        height = self._title_height() * (2 if self._wrapped() else 1)
        painter.setFont(self._title_font(bold=chosen or step.state is StepState.CURRENT))
        painter.setPen(QColor(colours.muted if step.state is StepState.WAITING and not chosen else colours.text))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(QRect(rect.left(), top, rect.width(), height), flags, step.title)
        painter.setFont(theme.current().font(10))
        tone = {StepState.CANNOT_STAND: colours.bad, StepState.CURRENT: colours.primary}.get(step.state, colours.muted)
        painter.setPen(QColor(tone))
        below = QRect(rect.left(), top + height, rect.width(), self._below_height())
        words = QFontMetrics(theme.current().font(10)).elidedText(step.line, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, words)

    # measures

    def _radius(self) -> float:
        return theme.current().px(15)

    def _centre(self, index: int) -> QPointF:
        rect = self.step_rect(index)
        return QPointF(rect.left() + rect.width() / 2, self._radius() + theme.current().px(8))

    def _text_top(self) -> int:
        return round(2 * self._radius()) + theme.current().px(13)

    def _title_font(self, *, bold: bool) -> QFont:
        return theme.current().font(11, bold=bold)

    def _title_height(self) -> int:
        return QFontMetrics(self._title_font(bold=True)).lineSpacing()

    def _below_height(self) -> int:
        return QFontMetrics(theme.current().font(10)).lineSpacing() + theme.current().px(4)

    def _wrapped(self) -> bool:
        room = self.width() / max(1, len(self._steps)) - 2 * theme.current().px(4)
        metrics = QFontMetrics(self._title_font(bold=True))
        return any(metrics.horizontalAdvance(step.title) > room for step in self._steps)

    def _step_at(self, where: QPoint) -> int | None:
        return next((i for i in range(len(self._steps)) if self.step_rect(i).contains(where)), None)

    def _spoken(self, index: int) -> str:
        step = self._steps[index]
        return f"第{index + 1}步 {step.title}，{SPOKEN[step.state]}。{step.below}"

    def _describe(self) -> None:
        if self._steps:
            self.setAccessibleDescription(self._spoken(self._at))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
