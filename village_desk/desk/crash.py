"""What happens on a bug of ours: a report file without personal data, one dialog, and the window lives on."""

import datetime as dt
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from village_desk import __version__
from village_desk.desk.preferences import FOLDER
from village_desk.kit.errors import DeskError
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button, label

KEPT_REPORTS = 20


def report_text(problem: BaseException) -> str:
    """Versions, and the places in our code that led there.

    The words of the exception and every value stay out: they may hold a villager's name.
    """
    lines = [
        f"村务通 {__version__}",
        f"Python {platform.python_version()}  Qt {qVersion()}  {platform.system()} {platform.release()}",
        "",
    ]
    chain: BaseException | None = problem
    while chain is not None:
        lines.append(type(chain).__name__)
        for frame in traceback.extract_tb(chain.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
        chain = chain.__cause__ or chain.__context__
        if chain is not None:
            lines.append("— 起因 —")
    return "\n".join(lines) + "\n"


def write_report(problem: BaseException) -> Path | None:
    """Write the report into the profile's log folder and keep the newest twenty; None when the disk refuses."""
    folder = user_log_path(FOLDER, appauthor=False)
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"问题报告-{stamp}.txt"
        path.write_text(report_text(problem), "utf-8")
        for old in sorted(folder.glob("问题报告-*.txt"))[:-KEPT_REPORTS]:
            old.unlink()
    except OSError:
        # A full disk must not hide the bug itself.
        return None
    return path


class CrashDialog(AskDialog):
    """Says that something went wrong, where the report lies, and that the saved work is safe."""

    def __init__(self, report: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(
            "程序出了一点问题，刚才这一步没有做成",
            parent,
            accept="继续使用",
            cancel="",
            explain="此前已保存的内容都在。您可以继续使用，也可以关掉程序重新打开。",
        )
        if report is not None:
            where = label(f"问题报告已经写好，里面没有村民的资料，可以拷给技术人员：\n{report}")
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(where)
            folder = QUrl.fromLocalFile(str(report.parent))
            self.extra_buttons.addWidget(button("打开所在文件夹", clicked=lambda: QDesktopServices.openUrl(folder)))
        else:
            self.body.addWidget(label("问题报告没能写到磁盘上，请检查磁盘是否已满。"))


class Excepthook:
    """Stands in for sys.excepthook: tells a DeskError, reports a bug once at a time."""

    def __init__(self, told: Callable[[str, str], None]) -> None:
        self.told = told
        self._open: CrashDialog | None = None

    def __call__(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """Called by Python for what nobody caught."""
        if isinstance(problem, DeskError):
            self.told(problem.message, problem.advice)
            return
        sys.__excepthook__(kind, problem, trace)
        if issubclass(kind, KeyboardInterrupt) or QApplication.instance() is None:
            return
        report = write_report(problem)
        if self._open is None:
            self._open = CrashDialog(report, QApplication.activeWindow())
            self._open.finished.connect(self._closed)
            self._open.open()

    def _closed(self) -> None:
        self._open = None


def _short(filename: str) -> str:
    # The path before the package may hold the user's name.
    for mark in ("village_desk", "site-packages", "python3.11"):
        place = filename.rfind(mark)
        if place >= 0:
            return filename[place:]
    return Path(filename).name
