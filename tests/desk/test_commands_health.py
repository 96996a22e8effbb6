"""`self-check` from the command line: a sound program says so, a broken part is named and ends with 1."""

import os
import shutil
from pathlib import Path

import pytest

from tests.desk.calling import Village, call, call_program
from village_desk.desk import selfcheck
from village_desk.kit.resources import root


def test_a_sound_program_says_so_for_every_part() -> None:
    told = call_program("self-check", "--json")
    assert told.exit == 0, told.out
    assert [one["part"] for one in told.json["parts"]] == [
        "随带文件",
        "村务档案",
        "备份恢复",
        "打印",
        "U盘上报",
        "窗口",
    ]
    assert all(one["sound"] for one in told.json["parts"])
    assert told.err == ""


def test_a_broken_part_is_named_and_the_others_are_still_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root(), tmp_path / "resources", ignore=shutil.ignore_patterns("*.ttf", "*.otf"))
    monkeypatch.setenv("VILLAGE_DESK_RESOURCES", str(tmp_path / "resources"))
    told = call_program("self-check")
    assert told.exit == 1
    assert "不正常　" in told.out
    assert "正常　村务档案" in told.out
    assert "Traceback" not in told.out + told.err


def test_no_key_of_a_thrown_away_file_is_left_in_the_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VILLAGE_DESK_PROFILE", str(tmp_path))
    monkeypatch.setattr(selfcheck, "_CHECKS", tuple(one for one in selfcheck._CHECKS if one[0] != "窗口"))
    told = call("self-check")
    assert told.exit == 0, told.out
    assert list(tmp_path.iterdir()) == []
    assert os.environ["VILLAGE_DESK_PROFILE"] == str(tmp_path)


def test_a_named_file_is_looked_over_with_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(selfcheck, "_CHECKS", tuple(one for one in selfcheck._CHECKS if one[0] == "随带文件"))
    village = Village(tmp_path)
    told = call("self-check", village.file, *village.opening)
    assert told.exit == 0, told.out + told.err
    assert "“东河村”核对无误" in told.out
    with village.file.open("r+b") as content:
        content.seek(3 * 4096 + 100)
        content.write(b"torn")
    told = call("self-check", village.file, *village.opening)
    assert told.exit == 1
    assert "正常　随带文件" in told.out
    assert "核对无误" not in told.out
