"""Without a command: the window."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.paths import village_path
from village_desk.kit.errors import FileTrouble


def open_window(options: Namespace, answer: Answer) -> None:
    """Open the window on the named file, or on the one opened last."""
    path: Path | None = village_path(options.file) if options.file else None
    refuse_without_screen()
    from village_desk.desk.start import run

    answer.exit = run(path)


def refuse_without_screen() -> None:
    """Qt ends the program where there is no screen, so this is asked first."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in named):
        raise FileTrouble(
            "这台电脑现在没有图形界面，窗口打不开。",
            "请在桌面环境里打开；不用窗口的命令可用“village-desk --help”查看。",
        )
