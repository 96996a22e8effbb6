"""The preview of a PDF: its very pages, zoom, page n of m, 打印 and 另存 PDF."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPageLayout,
    QPageSize,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QFileDialog, QLabel, QToolButton, QVBoxLayout, QWidget

from village_desk.kit.errors import FileTrouble
from village_desk.paper.preview import Preview
from village_desk.paper.tiling import is_large, tiled
from village_desk.widgets import theme
from village_desk.widgets.icons import icon
from village_desk.widgets.layout import button, row

SCREEN_DPI = 96.0
PRINTER_DPI = 300.0
ZOOMS = (50, 67, 80, 100, 125, 150, 200, 300)
_PICTURES_KEPT = 6


class PdfPreview(QWidget):
    """`show_pdf(bytes, title, file_name)`; emits `printed` and `saved(path)`."""

    printed = Signal()
    saved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._pdf = self._whole = b""
        self._file_name = ""
        self._title = ""
        self.sheets = _Sheets()
        self.sheets.moved.connect(self._show_place)
        self.page_words = QLabel()
        self.zoom_words = QLabel()
        smaller, larger = _tool("zoom-out", "缩小（Ctrl+滚轮）"), _tool("zoom-in", "放大（Ctrl+滚轮）")
        smaller.clicked.connect(lambda: self.sheets.zoom(-1))
        larger.clicked.connect(lambda: self.sheets.zoom(1))
        before, after = _tool("chevron-up", "上一页（Page Up）"), _tool("chevron-down", "下一页（Page Down）")
        before.clicked.connect(lambda: self.sheets.turn(-1))
        after.clicked.connect(lambda: self.sheets.turn(1))
        self.fit = button("适合宽度", clicked=self.sheets.fit_width)
        self.tile_button = button("用A4拼接")
        self.tile_button.setCheckable(True)
        self.tile_button.setToolTip("没有A3打印机时，把大页分到几张A4上，照短线裁开、粘成一张。")
        self.tile_button.toggled.connect(self._tile)
        self.save_button = button("另存PDF", "save", clicked=self.ask_where)
        self.print_button = button("打印", "printer", role="primary", clicked=self.ask_printer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addLayout(
            row(
                before, after, self.page_words, 12, smaller, self.zoom_words, larger, self.fit,
                None, self.tile_button, self.save_button, self.print_button, spacing=6,
            )
        )  # fmt: skip
        column.addWidget(self.sheets, 1)
        self._show_place()

    def show_pdf(self, pdf: bytes, title: str, file_name: str) -> None:
        """Show a finished PDF; `file_name` is offered when it is saved elsewhere."""
        self._pdf = self._whole = pdf
        self._title, self._file_name = title, file_name
        self.tile_button.setChecked(False)
        self.tile_button.setVisible(bool(pdf) and is_large(pdf))
        self.sheets.show_pdf(pdf)
        self.sheets.setAccessibleName(f"{title}，打印预览")
        self._show_place()

    def _tile(self, on: bool) -> None:
        """Large pages on A4, or whole again."""
        self._pdf = tiled(self._whole) if on else self._whole
        self.sheets.show_pdf(self._pdf)
        self._show_place()

    def ask_where(self) -> None:
        """另存 PDF."""
        dialog = QFileDialog(self, "另存PDF", self._file_name, "PDF 文件 (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_as)
        dialog.open()

    def save_as(self, path: str) -> None:
        """Write the PDF; raises FileTrouble when the disk refuses."""
        try:
            Path(path).write_bytes(self._pdf)
        except OSError as problem:
            raise FileTrouble(f"“{Path(path).name}”没有存上。", "请换一个文件夹，或检查磁盘是否已满。") from problem
        self.saved.emit(path)

    def ask_printer(self) -> None:
        """打印."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title)
        width, height = self.sheets.size_of(0)
        size = QPageSize(QSize(round(width), round(height)), "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch)
        printer.setPageSize(size)
        self._turn_paper(printer, 0)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.sheets.count)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Send the chosen pages to a printer."""
        first = max(1, printer.fromPage()) if printer.fromPage() else 1
        last = min(self.sheets.count, printer.toPage()) if printer.toPage() else self.sheets.count
        painter = QPainter()
        self._turn_paper(printer, first - 1)
        if not painter.begin(printer):
            raise FileTrouble("打印机没有应答。", "请检查打印机是否开机、有没有纸，再打印一次。")
        for number in range(first - 1, last):
            if number > first - 1:
                self._turn_paper(printer, number)
                printer.newPage()
            paper, picture = QRectF(painter.viewport()), self.sheets.image(number, PRINTER_DPI)
            # On paper of another shape the page stays whole and undistorted.
            size = QSizeF(picture.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(paper.topLeft(), size), picture)
        painter.end()
        self.printed.emit()

    def _turn_paper(self, printer: QPrinter, page: int) -> None:
        """Upright or across as the page is: a notice and its tables stand in one file."""
        width, height = self.sheets.size_of(page)
        upright = QPageLayout.Orientation.Portrait
        printer.setPageOrientation(upright if height >= width else QPageLayout.Orientation.Landscape)

    def _show_place(self) -> None:
        count = self.sheets.count
        self.page_words.setText(f"第{self.sheets.at + 1}页　共{count}页" if count else "没有可看的页")
        self.zoom_words.setText(f"{self.sheets.percent}%")
        for one in (self.save_button, self.print_button, self.fit):
            one.setEnabled(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P prints."""
        if (
            event.key() == Qt.Key.Key_P
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.sheets.count
        ):
            self.ask_printer()
        else:
            super().keyPressEvent(event)


class PreviewDialog(QDialog):
    """A preview in a window of its own; open()."""

    def __init__(self, pdf: bytes, title: str, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle(f"{title} - 打印预览")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(look.px(940), 1300), 700)
        column = QVBoxLayout(self)
        edge = look.px(14)
        column.setContentsMargins(edge, edge, edge, edge)
        self.preview = PdfPreview()
        column.addWidget(self.preview)
        self.preview.show_pdf(pdf, title, file_name)
        self.preview.print_button.setFocus()
        self.finished.connect(self.preview.sheets.shut)


class _Sheets(QAbstractScrollArea):
    """Pages one below the other; only those in sight are rendered."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self._preview: Preview | None = None
        self._pictures: dict[tuple[int, float], QImage] = {}
        self._fits = True
        self.percent = 100
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def count(self) -> int:
        """Number of pages."""
        return len(self._preview) if self._preview is not None else 0

    @property
    def at(self) -> int:
        """The page in the middle of the view, counted from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        tops = [rect.top() for rect in self._rects()]
        return max(0, sum(top <= middle for top in tops) - 1)

    def size_of(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        assert self._preview is not None
        return self._preview.size(page)

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages from the first one on."""
        self.shut()
        self._preview = Preview(pdf) if pdf else None
        self._pictures.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def shut(self) -> None:
        """Give the file back."""
        if self._preview is not None:
            self._preview.close()
            self._preview = None

    def zoom(self, steps: int) -> None:
        """Larger or smaller by a step."""
        self._fits = False
        at = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - self.percent))
        self.percent = ZOOMS[max(0, min(len(ZOOMS) - 1, at + steps))]
        self._lay_out()

    def fit_width(self) -> None:
        """As wide as the view."""
        self._fits = True
        self._lay_out()

    def turn(self, pages: int) -> None:
        """Go some pages on or back."""
        rects = self._rects()
        if rects:
            target = rects[max(0, min(len(rects) - 1, self.at + pages))]
            self.verticalScrollBar().setValue(target.top() - theme.current().px(10))

    def image(self, page: int, dpi: float) -> QImage:
        """One page as a picture."""
        assert self._preview is not None
        picture = self._preview.picture(page, dpi)
        made = QImage(picture.rgba, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGBX8888)
        return made.copy()

    def _rects(self) -> list[QRect]:
        gap, top, rects = theme.current().px(12), theme.current().px(12), []
        wide = max(self.viewport().width(), self._widest() + 2 * gap)
        for page in range(self.count):
            width, height = (round(side * SCREEN_DPI / 72 * self.percent / 100) for side in self.size_of(page))
            rects.append(QRect((wide - width) // 2, top, width, height))
            top += height + gap
        return rects

    def _widest(self) -> int:
        sizes = [self.size_of(page)[0] for page in range(self.count)]
        return round(max(sizes, default=0) * SCREEN_DPI / 72 * self.percent / 100)

    def _lay_out(self) -> None:
        gap = theme.current().px(12)
        if self._fits and self.count:
            widest = max(self.size_of(page)[0] for page in range(self.count)) * SCREEN_DPI / 72
            self.percent = max(30, min(200, int((self.viewport().width() - 2 * gap) * 100 / widest)))
        rects = self._rects()
        whole = rects[-1].bottom() + gap if rects else 0
        self.verticalScrollBar().setRange(0, max(0, whole - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(theme.current().px(40))
        self.horizontalScrollBar().setRange(0, max(0, self._widest() + 2 * gap - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.viewport().update()
        self.moved.emit()

    def _scrolled(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def _picture(self, page: int) -> QImage:
        dpi = SCREEN_DPI * self.percent / 100 * self.devicePixelRatioF()
        key = (page, dpi)
        if key not in self._pictures:
            while len(self._pictures) >= _PICTURES_KEPT:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[key] = self.image(page, dpi)
        return self._pictures[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages in sight on a grey ground."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(theme.current().colours.line))
        offset = QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for page, rect in enumerate(self._rects()):
            place = rect.translated(offset)
            if place.intersects(self.viewport().rect()):
                painter.fillRect(place.adjusted(2, 2, 2, 2), QColor(theme.current().colours.edge))
                painter.drawImage(place, self._picture(page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn whole pages, arrows scroll."""
        bar: Any = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in steps:
            bar.setValue(bar.value() + steps[key])
        else:
            super().keyPressEvent(event)


def _tool(name: str, tip: str) -> QToolButton:
    look = theme.current()
    made = QToolButton()
    made.setIcon(icon(name, look.colours.text))
    made.setIconSize(QSize(look.px(18), look.px(18)))
    made.setToolTip(tip)
    made.setAccessibleName(tip.partition("（")[0])
    return made
