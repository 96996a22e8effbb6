"""One look for every window: colours, type scale, shipped font and style sheet.

Type sizes are points times the type percent; lengths in the style sheet are written `8u` and grow half as fast
as the type, so that large type still fits a screen of 1366×768.
"""

import re
import sys
from dataclasses import asdict, dataclass

from PySide6.QtCore import QByteArray, QDir, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from village_desk.kit import resources
from village_desk.kit.errors import FileTrouble

TYPE_PERCENTS = (100, 115, 130, 150)
LARGE_TYPE_PERCENT = 150
# From here on the sidebar shows icons only and grids hide the columns that say so.
NARROW_FROM_PERCENT = 130

_FONTS = ("ui-regular.ttf", "ui-bold.ttf")
# 30,000 characters more than the small ones; 15 MB, so it comes after the first window.
_RARE_FONT = "serif-regular.ttf"
_LENGTH = re.compile(r"(?<![\w#.])(\d+(?:\.\d+)?)u\b")
_TOKEN = re.compile(r"@([a-z_]+)")


@dataclass(frozen=True)
class Colours:
    """Every colour of the window; text colours reach 4.5 : 1 on the ground that they stand on."""

    text: str = "#1b2733"
    muted: str = "#566573"
    disabled: str = "#9aa6b2"
    ground: str = "#f4f6f8"
    surface: str = "#ffffff"
    stripe: str = "#f8fafb"
    head: str = "#edf1f4"
    line: str = "#dde3e9"
    edge: str = "#b8c2cd"
    primary: str = "#1f6b4f"
    primary_hover: str = "#195a42"
    primary_down: str = "#134835"
    primary_tint: str = "#e5f2eb"
    primary_pale: str = "#a9bfb5"
    focus: str = "#e09a1a"
    side: str = "#15382b"
    side_hover: str = "#1c4737"
    side_text: str = "#d7e6de"
    side_muted: str = "#a3bfb2"
    good: str = "#1f6b4f"
    good_tint: str = "#e5f2eb"
    warn: str = "#a34a06"
    warn_tint: str = "#fdf0df"
    bad: str = "#b3231b"
    bad_tint: str = "#fdecea"
    note: str = "#24588c"
    note_tint: str = "#e6f0f9"
    plain: str = "#4d5b68"
    plain_tint: str = "#edf1f4"


@dataclass(frozen=True)
class Theme:
    """The look in force; `family` is the shipped font."""

    colours: Colours
    family: str
    type_percent: int

    def points(self, at_full_size: float) -> float:
        """A type size in points at the type size in force."""
        return round(at_full_size * self.type_percent / 100 * 2) / 2

    def px(self, at_full_size: float) -> int:
        """A length in logical pixels at the type size in force."""
        return round(at_full_size * (100 + (self.type_percent - 100) * 0.5) / 100)

    @property
    def narrow(self) -> bool:
        """True when the type is so large that side matters give way to the page."""
        return self.type_percent >= NARROW_FROM_PERCENT

    def tones(self, tone: str) -> tuple[str, str]:
        """Text colour and ground of a tone: good, warn, bad, note, plain."""
        every = asdict(self.colours)
        return every[tone], every[f"{tone}_tint"]

    def font(self, at_full_size: float = 11.0, *, bold: bool = False) -> QFont:
        """The shipped font at one step of the type scale (10 small, 11 body, 13 heading, 16 title)."""
        font = QFont(self.family)
        font.setPointSizeF(self.points(at_full_size))
        font.setBold(bold)
        return font


_current = Theme(Colours(), "", 100)
_translators: list[QTranslator] = []


def current() -> Theme:
    """The look in force."""
    return _current


def dress(app: QApplication, type_percent: int = 100) -> Theme:
    """Give the program its look and Chinese standard buttons; call once more to change the type size.

    Raises FileTrouble when the shipped fonts or the style sheet are not there.
    """
    global _current
    if not _current.family:
        app.setStyle(QStyleFactory.create("Fusion"))
        _speak_chinese(app)
        QDir.addSearchPath("style", str(resources.path("style")))
        _current = Theme(Colours(), _load_fonts(), type_percent)
    _current = Theme(_current.colours, _current.family, type_percent)
    sheet = style_sheet(_current)
    if sheet == app.styleSheet():
        return _current
    # Taking the old sheet off first is ten times as quick as laying a new one over it.
    app.setStyleSheet("")
    app.setFont(_current.font())
    app.setPalette(_palette(_current.colours))
    app.setStyleSheet(sheet)
    return _current


def load_rare_characters() -> None:
    """Add the large font that has the rare characters of names; called once the first window stands."""
    families = QFontDatabase.applicationFontFamilies(_add_font(_RARE_FONT))
    if families:
        QFont.insertSubstitution(_current.family, families[0])


def style_sheet(theme: Theme) -> str:
    """resources/style/desk.qss with its colours, type sizes and lengths filled in."""
    words = asdict(theme.colours) | {
        "small": f"{theme.points(10)}pt",
        "body": f"{theme.points(11)}pt",
        "heading": f"{theme.points(13)}pt",
        "title": f"{theme.points(16)}pt",
        "row": f"{QFontMetrics(theme.font()).height()}px",
    }
    try:
        template = resources.path("style", "desk.qss").read_text("utf-8")
    except OSError as problem:
        raise FileTrouble("程序的外观文件不见了。", "请重新安装村务通，村里的资料不受影响。") from problem
    lengths = _LENGTH.sub(lambda found: f"{theme.px(float(found[1]))}px", template)
    return _TOKEN.sub(lambda found: words[found[1]], lengths)


def _load_fonts() -> str:
    family = ""
    for name in _FONTS:
        families = QFontDatabase.applicationFontFamilies(_add_font(name))
        if not families:
            raise FileTrouble("程序的字体文件坏了。", "请重新安装村务通，村里的资料不受影响。")
        family = family or families[0]
    return family


def _add_font(name: str) -> int:
    """Qt's number for a shipped font; raises FileTrouble when its file is not there."""
    path = resources.path("fonts", name)
    try:
        if sys.platform == "linux":
            # Stays on the disk but for the glyphs that are drawn, where its bytes would stay in memory, all 21 MB.
            path.stat()
            return QFontDatabase.addApplicationFont(str(path))
        # By bytes: a path with Chinese characters fails on Windows.
        return QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes()))
    except OSError as problem:
        raise FileTrouble("程序的字体文件不见了。", "请重新安装村务通，村里的资料不受影响。") from problem


def _speak_chinese(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
        _translators.append(translator)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.ground),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.stripe),
        (role.Text, colours.text),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.text),
        (role.ToolTipText, colours.surface),
        (role.PlaceholderText, colours.muted),
        (role.Highlight, colours.primary),
        (role.HighlightedText, colours.surface),
        (role.Link, colours.primary),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.disabled))
    return palette
