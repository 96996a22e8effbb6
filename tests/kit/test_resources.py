"""Where the shipped files are found."""

from pathlib import Path

import pytest

from village_desk.kit import resources


def test_a_source_tree_keeps_its_resources_beside_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VILLAGE_DESK_RESOURCES", raising=False)
    assert resources.path("packs").parent == Path(__file__).resolve().parents[2] / "resources"


def test_an_installed_desk_names_its_resources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VILLAGE_DESK_RESOURCES", str(tmp_path))
    assert resources.path("fonts", "a.ttf") == tmp_path / "fonts" / "a.ttf"
