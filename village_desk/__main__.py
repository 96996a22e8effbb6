"""The command line of Village Desk; without a command it opens the window."""

import sys
from collections.abc import Sequence

from village_desk.desk.commands.run import run


def main(words: Sequence[str] | None = None) -> int:
    """Carry out what the command line says and return the exit code."""
    return run(sys.argv[1:] if words is None else words)


if __name__ == "__main__":
    raise SystemExit(main())
