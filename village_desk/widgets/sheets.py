"""A sheet that is set in the background and shown before it prints: one way for every page."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.workplace import Workplace


def show_sheet(
    workplace: Workplace,
    page: QWidget,
    name: str,
    make: Callable[[], bytes],
    show: Callable[[PreviewDialog], object],
    kept: Callable[[bytes], None] | None = None,
) -> None:
    """Make a PDF in the background and show its preview; `kept` is told of one that was printed or saved."""

    def ready(pdf: bytes) -> None:
        dialog = PreviewDialog(pdf, name, f"{name}.pdf", page)
        if kept is not None:
            dialog.preview.printed.connect(lambda: kept(pdf))
            dialog.preview.saved.connect(lambda _path: kept(pdf))
        show(dialog)

    workplace.later(lambda _task: make(), ready, title="正在排版")
