"""Small words with a tint, for a state; the words carry the meaning, the tint only helps."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_desk.widgets import theme
from village_desk.widgets.icons import pixmap

TONE_ICONS = {"good": "circle-check", "warn": "triangle-alert", "bad": "circle-x", "note": "info", "plain": ""}


class Chip(QWidget):
    """One state in a few words; tone is good, warn, bad, note or plain."""

    def __init__(self, words: str = "", tone: str = "plain", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words, self._tone, self._icon = words, tone, icon
        self.say(words, tone, icon=icon)

    def say(self, words: str, tone: str = "plain", *, icon: str = "") -> None:
        """Change the words, the tone and the icon; without words the chip disappears."""
        self._words, self._tone, self._icon = words, tone, icon
        self.setAccessibleName(words)
        if not words:
            self.hide()
        elif self.isHidden() and self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            self.show()
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What the chip says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Room for the words, never more."""
        look = theme.current()
        metrics = QFontMetrics(look.font(10))
        icon = look.px(14) + look.px(5) if self._icon else 0
        return QSize(metrics.horizontalAdvance(self._words) + icon + look.px(18), metrics.height() + look.px(6))

    minimumSizeHint = sizeHint

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the type size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words on their tint."""
        look = theme.current()
        colour, ground = look.tones(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        radius = look.px(6)
        painter.drawRoundedRect(self.rect(), radius, radius)
        x = look.px(9)
        if self._icon:
            side = look.px(14)
            painter.drawPixmap(
                x, (self.height() - side) // 2, pixmap(self._icon, side, colour, self.devicePixelRatioF())
            )
            x += side + look.px(5)
        painter.setFont(look.font(10))
        painter.setPen(QColor(colour))
        painter.drawText(self.rect().adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)
