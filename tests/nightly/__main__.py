"""`python -m tests.nightly [FACTOR]`: the long campaigns, which the ordinary test command leaves out.

FACTOR scales every number (default 1, most of a night on two cores; 0.01 is a try of some minutes).
"""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def main() -> int:
    """Run every campaign of this folder with new random examples."""
    if len(sys.argv) > 1:
        os.environ["VILLAGE_DESK_NIGHTLY"] = sys.argv[1]
    os.environ.setdefault("HYPOTHESIS_PROFILE", "nightly")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    campaigns = sorted(str(path) for path in HERE.glob("[a-z]*.py"))
    return pytest.main(["-q", "-p", "no:randomly", "--durations=10", *campaigns])


if __name__ == "__main__":
    sys.exit(main())
