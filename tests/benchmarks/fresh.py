"""A fresh process for the figures of the window: `python -m tests.benchmarks.fresh bare|login|desk START [FILE]`.

START is the parent's monotonic clock before this process began. What was measured is printed as one JSON document.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from village_desk.desk.window import DeskWindow

SAVES = 15
# A password takes its time to type; the engine is loaded meanwhile.
TYPING_MS = 1_500
# A clerk looks at the start page before going on; the code of the other pages is fetched meanwhile.
READING_MS = 1_500


class Watch(QObject):
    """Calls back once the widgets of a class name stand painted on the screen."""

    def __init__(self, app: QApplication, name: str, then: Callable[[QWidget], None]) -> None:
        super().__init__(app)
        self._name, self._then = name, then
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Wait for the first paint; the whole window is painted before the next event."""
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == self._name:
            assert isinstance(watched, QWidget)
            app = QApplication.instance()
            assert app is not None
            app.removeEventFilter(self)
            QTimer.singleShot(0, partial(self._then, watched))
        return False


def main() -> None:
    """Measure what the first word says."""
    mode, start = sys.argv[1], float(sys.argv[2])
    if mode == "bare":
        _bare(start)
    else:
        _desk(start, sys.argv[3], sys.argv[4] if mode == "desk" else "")


def _bare(start: float) -> None:
    app = QApplication([])
    window = QWidget()
    QVBoxLayout(window).addWidget(QLabel("村务通"))
    watch = Watch(app, "QWidget", lambda _window: _tell(first=time.monotonic() - start))
    window.show()
    app.exec()
    del watch


def _desk(start: float, file: str, password: str) -> None:
    # By the command line, as a clerk starts it; only the watch stands in the way.
    from village_desk.desk.commands.run import run
    from village_desk.desk.start import application

    app = application()
    seconds: dict[str, float] = {}
    typed = 0.0

    def login_stands(login: QWidget) -> None:
        seconds["first"] = time.monotonic() - start
        if not password:
            _tell(**seconds)
            return
        QTimer.singleShot(TYPING_MS, partial(password_typed, login))

    def password_typed(login: QWidget) -> None:
        nonlocal typed
        from village_desk.desk.login import LoginDialog

        assert isinstance(login, LoginDialog)
        Watch(app, "DeskWindow", desk_stands)
        login.password.setText(password)
        typed = time.monotonic()
        login.open_file()

    def desk_stands(window: QWidget) -> None:
        from village_desk.desk.window import DeskWindow

        assert isinstance(window, DeskWindow)
        seconds["opened"] = time.monotonic() - typed
        QTimer.singleShot(READING_MS, partial(_live, app, window, seconds))

    Watch(app, "LoginDialog", login_stands)
    run([file])


def _live(app: QApplication, window: "DeskWindow", seconds: dict[str, float]) -> None:
    """Visit every place twice, then save on the page of people."""
    seconds["opened_mebibytes"] = mebibytes()
    firsts: dict[str, float] = {}
    agains: dict[str, float] = {}
    for visited in (firsts, agains):
        for place in window.places:
            start = time.monotonic()
            window.go(place.key)
            app.processEvents()
            visited[place.key] = time.monotonic() - start
    seconds["first_visit"] = statistics.median(firsts.values())
    seconds["slowest_visit"] = max(agains.values())
    seconds["mebibytes"] = mebibytes()
    window.go("people")
    app.processEvents()
    _save(app, window, seconds, [])


def _save(app: QApplication, window: "DeskWindow", seconds: dict[str, float], taken: list[float]) -> None:
    from village_desk.people.actions import edit_person
    from village_desk.people.lookups import PeopleFilter, person_card, person_ids

    card = window.workplace.read(lambda session: person_card(session, person_ids(session, PeopleFilter())[len(taken)]))
    start = time.monotonic()

    def saved(_result: object) -> None:
        app.processEvents()
        taken.append(time.monotonic() - start)
        if len(taken) < SAVES:
            QTimer.singleShot(0, partial(_save, app, window, seconds, taken))
        else:
            seconds["saved"] = statistics.median(taken)
            _print(window)
            _tell(**{**seconds, "printed": mebibytes()})

    window.workplace.write(
        "people.edit_person",
        lambda session: edit_person(session, person_id=card.id, seen=card.seen, phone=f"1398000{len(taken):04d}"),
        saved,
    )


def _print(window: "DeskWindow") -> None:
    """The first notice as PDF, and its preview on the screen."""
    from village_desk.notices import printout
    from village_desk.notices.lookups import all_notices, one_notice
    from village_desk.widgets.preview import PreviewDialog

    on = window.file.today
    notice = window.workplace.read(lambda session: one_notice(session, all_notices(session, on=on)[0].id, on=on))
    dialog = PreviewDialog(printout.notice(notice.paper), notice.row.title, "notice.pdf", window)
    dialog.open()
    QApplication.processEvents()


def mebibytes() -> float:
    """Resident memory of this process; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _tell(**found: float) -> None:
    print(json.dumps({"mebibytes": mebibytes(), **found}), flush=True)
    # Nothing is left to lose, and the way out is not what is measured.
    QApplication.exit(0)


if __name__ == "__main__":
    main()
