"""`python -m tests.benchmarks`: print the table of figures; the README's table comes from here."""

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import frame

_FURNITURE = {"__main__", "frame", "fresh", "villages"}


def main() -> None:
    """Take every figure, or those of the modules that are named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    here = str(Path(__file__).parent)
    names = sys.argv[1:] or sorted(name for _, name, _ in pkgutil.iter_modules([here]) if name not in _FURNITURE)
    print(frame.HEAD)
    with tempfile.TemporaryDirectory(prefix="village-desk-benchmarks-") as folder:
        os.environ["VILLAGE_DESK_PROFILE"] = str(Path(folder, "profile"))
        for name in names:
            for figure in importlib.import_module(f"tests.benchmarks.{name}").figures(Path(folder)):
                print(figure.row, flush=True)


if __name__ == "__main__":
    main()
