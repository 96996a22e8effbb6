"""`pack check` and `pack install` look at rule sets of points too, red lines included."""

from pathlib import Path

import pytest

from tests.points.conftest import Village
from tests.points.test_schemes import PACK, SET
from village_desk.desk.commands.run import run
from village_desk.points import lookups
from village_desk.store.file import VillageFile


def called(
    capsys: pytest.CaptureFixture[str], village: Village, verb: str, folder: Path, secret: Path
) -> tuple[int, str]:
    """The exit code and what was said."""
    code = run(
        ["pack", verb, str(village.file.path), str(folder), "--password-file", str(secret), "--today", "2026-08-01"]
    )
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_pack_with_points_is_checked_and_installed(
    village: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, secret = tmp_path / "包", tmp_path / "口令"
    folder.mkdir()
    secret.write_text("correct-horse\n", encoding="utf-8")
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    crossed = SET.replace("门前整洁", "越级上访").replace("points = 5", "points = -5")
    (folder / "points.toml").write_text(crossed, encoding="utf-8")
    village.file.close()
    code, said = called(capsys, village, "check", folder, secret)
    assert code == 1
    assert "积分不能涉及信访和上访" in said
    (folder / "points.toml").write_text(SET, encoding="utf-8")
    code, said = called(capsys, village, "install", folder, secret)
    assert code == 0, said
    assert "内有积分办法1份：《本县农户积分》" in said
    file = VillageFile.open(village.file.path, operator="李会计", password="correct-horse")
    with file.reading() as session:
        assert "本县农户积分" in {row.name for row in lookups.all_rule_sets(session)}
    file.close()
