"""`pack` from the command line: a good pack, one with mistakes, one for another place."""

import shutil
from pathlib import Path

import pytest

from tests.desk.calling import Village, call
from village_desk.kit.resources import path

COUNTY = path("packs", "sample-county", "decision-rules")


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return Village(tmp_path)


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COUNTY, tmp_path / "县规则"))


def pack(village: Village, verb: str, folder: Path, *more: str) -> tuple[int, str]:
    told = call("pack", verb, village.file, folder, *village.opening, *more)
    return told.exit, told.out + told.err


def test_a_pack_is_looked_at_and_installed_once(village: Village, own_pack: Path) -> None:
    code, said = pack(village, "check", own_pack)
    assert code == 0
    assert "可以安装" in said
    assert pack(village, "install", own_pack)[0] == 0
    assert "不用再装" in pack(village, "check", own_pack)[1]
    before = village.call("verify", "--json").json["operations"]
    assert pack(village, "install", own_pack)[0] == 0
    assert village.call("verify", "--json").json["operations"] == before


def test_every_mistake_of_a_pack_is_named_with_file_and_place(village: Village, own_pack: Path) -> None:
    rules = own_pack / "rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("[[meeting_rule]]", "[[meeting_rule]]\nspeed = 3", 1))
    code, said = pack(village, "check", own_pack)
    assert code == 1
    assert "rules.toml" in said
    assert "speed" in said
    assert pack(village, "install", own_pack)[0] == 1


def test_a_changed_pack_with_the_same_version_is_not_installed(village: Village, own_pack: Path) -> None:
    assert pack(village, "install", own_pack)[0] == 0
    head = own_pack / "pack.toml"
    head.write_text(head.read_text(encoding="utf-8") + "\n# 改过\n", encoding="utf-8")
    code, said = pack(village, "install", own_pack)
    assert code == 1
    assert "版本号也要改" in said


def test_a_folder_that_is_no_pack_is_told(village: Village, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    code, said = pack(village, "check", tmp_path / "空")
    assert code == 1
    assert "不是规则包" in said


def test_the_verb_must_be_one_of_two(village: Village, own_pack: Path) -> None:
    code, said = pack(village, "remove", own_pack)
    assert code == 2
    assert "check、install" in said
