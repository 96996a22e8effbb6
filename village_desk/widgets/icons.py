"""Shipped SVG icons, recoloured and rendered sharp at the sizes that the window uses."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from village_desk.kit import resources
from village_desk.widgets import theme


def icon(name: str, colour: str = "", *, checked_colour: str = "") -> QIcon:
    """The icon `name` of resources/icons in one colour (the text's, unless told), with a paler disabled state.

    `checked_colour` is for a checkable button's pressed-in state.
    """
    now = theme.current()
    return _icon(name, colour or now.colours.text, checked_colour, now.type_percent)


def pixmap(name: str, size: int, colour: str = "", ratio: float = 2.0) -> QPixmap:
    """One square picture of `size` logical pixels."""
    return _render(name, size, colour or theme.current().colours.text, ratio)


def button_icon(
    name: str, colour: str = "", *, checked_colour: str = "", side: int = 16, gap: int = 4
) -> tuple[QIcon, QSize]:
    """An icon with a gap at its right, and the size to set with it: Qt leaves too little room before the words."""
    look = theme.current()
    side, gap = look.px(side), look.px(gap)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made = QIcon()
    normal, off, on = QIcon.Mode.Normal, QIcon.State.Off, QIcon.State.On
    for mode, state, tint in (
        (normal, off, colour or look.colours.text),
        (normal, on, checked_colour or colour or look.colours.text),
        (QIcon.Mode.Disabled, off, look.colours.disabled),
    ):
        wide = QPixmap(round((side + gap) * ratio), round(side * ratio))
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, _render(name, side, tint, ratio))
        painter.end()
        made.addPixmap(wide, mode, state)
    return made, QSize(side + gap, side)


@cache
def _icon(name: str, colour: str, checked_colour: str, type_percent: int) -> QIcon:
    made = QIcon()
    now = theme.current()
    for size in sorted({now.px(16), now.px(18), now.px(20), now.px(26)}):
        for ratio in sorted({1.0, QGuiApplication.primaryScreen().devicePixelRatio()}):
            made.addPixmap(_render(name, size, colour, ratio))
            made.addPixmap(_render(name, size, now.colours.disabled, ratio), QIcon.Mode.Disabled)
            if checked_colour:
                made.addPixmap(_render(name, size, checked_colour, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


@cache
def _svg(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text("utf-8")


@cache
def _render(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    side = round(size * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
