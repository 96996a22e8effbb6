"""A clerk who types into an open dialog until he is killed; says when the draft is in the file."""

import importlib.util
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QTimer  # the path comes first
from PySide6.QtWidgets import QApplication

from village_desk.desk.rooms import load_records
from village_desk.store.file import VillageFile
from village_desk.widgets import theme
from village_desk.widgets.workplace import Workplace


def main(path: Path, module: str) -> None:
    """Open the dialog, type, and go on until the end comes.

    A dialog is known by its module, so that of the test is read under its own name.
    """
    spec = importlib.util.spec_from_file_location(module, Path(__file__).with_name("test_drafts.py"))
    assert spec is not None
    assert spec.loader is not None
    pieces = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pieces)
    application = QApplication([])
    theme.dress(application)
    load_records()
    file = VillageFile.open(path, operator="李会计", password=pieces.PASSWORD)
    page = pieces.NoticesPage(Workplace(file))
    page.show()
    dialog = pieces.OpinionDialog(page)
    dialog.open()
    dialog.words.insertPlainText(pieces.WORDS)
    look = QTimer()

    def tell() -> None:
        if found := len(pieces.kept(file)):
            look.stop()
            sys.stdout.write(json.dumps({"kept": found}) + "\n")
            sys.stdout.flush()

    look.timeout.connect(tell)
    look.start(20)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
