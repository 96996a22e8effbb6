"""What every test stands on: no screen, a profile folder of its own, and Hypothesis profiles."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from village_desk.store.file import VillageFile
    from village_desk.widgets.workplace import Workplace

PROFILE_FOLDERS = {
    "HOME": "home",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "data",
    "WIN_PD_OVERRIDE_APPDATA": "config",
}


def profile_in(folder: Path) -> dict[str, str]:
    """The environment that sends every profile folder of Linux and Windows below one folder."""
    for name in PROFILE_FOLDERS.values():
        # Qt wants its runtime folder closed to others.
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    return {variable: str(folder / name) for variable, name in PROFILE_FOLDERS.items()}


# Qt and platformdirs read these at their first use, so they are set before any test module is imported.
# Nothing that a test keeps may reach the user's own folders, least of all a device key.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_session_profile = Path(tempfile.mkdtemp(prefix="village-desk-tests-"))
os.environ.update(profile_in(_session_profile))

# "desk" finds the same examples in every run; "nightly" looks for new ones.
hypothesis.settings.register_profile("desk", derandomize=True, max_examples=50, deadline=None, database=None)
hypothesis.settings.register_profile("nightly", max_examples=2000, deadline=None, print_blob=True, database=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "desk"))


def pytest_unconfigure() -> None:
    """Remove the profile of this run."""
    shutil.rmtree(_session_profile, ignore_errors=True)


@pytest.fixture
def other_laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty profile, as on a laptop that has never seen the desk; device keys made before are not there."""
    folder = tmp_path / "other-laptop"
    for variable, value in profile_in(folder).items():
        monkeypatch.setenv(variable, value)
    return folder


@pytest.fixture
def dressed(qapp: "QApplication") -> Iterator["QApplication"]:
    """The look of the desk at its normal type size, whatever a test leaves behind."""
    from PySide6.QtCore import QEvent

    from village_desk.widgets import theme
    from village_desk.widgets.onlookers import ONLOOKERS

    theme.dress(qapp)
    yield qapp
    ONLOOKERS.say(False)
    # Windows that were let go would else stay, with their villages, until the last test is over.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.dress(qapp)


@pytest.fixture
def desk_file(village: "VillageFile") -> "VillageFile":
    """The file behind `workplace`; a room whose pages want more in it says so in its own fixture of this name."""
    return village


@pytest.fixture
def workplace(desk_file: "VillageFile", dressed: "QApplication") -> Iterator["Workplace"]:
    """The door to that file; every write is settled at the end."""
    from village_desk.widgets.workplace import Workplace

    made = Workplace(desk_file)
    yield made
    made.close()


@pytest.fixture
def told(workplace: "Workplace") -> list[str]:
    """Refusals and successes as the clerk reads them."""
    heard: list[str] = []
    workplace.told.connect(lambda message, advice: heard.append(f"{message}{advice}"))
    workplace.done.connect(heard.append)
    return heard
