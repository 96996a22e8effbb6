"""`import-people` from the command line: what it names, what it takes in, and each wrong workbook."""

from pathlib import Path

import pytest

from tests.desk.calling import Village
from village_desk.desk.sample.roster import write_sample_roster


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return Village(tmp_path)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "花名册.xlsx"
    write_sample_roster(path, people=120)
    return path


def test_a_dry_run_names_each_wrong_row_with_its_cell_and_writes_nothing(village: Village, roster: Path) -> None:
    before = village.call("verify", "--json").json["operations"]
    told = village.call("import-people", roster, "--dry-run")
    assert told.exit == 0
    refused = [line for line in told.out.splitlines() if "不能导入：" in line]
    assert len(refused) == 20
    assert all(line.startswith("第") and "H" in line for line in refused)
    assert "没有写入" in told.out
    assert village.call("verify", "--json").json["operations"] == before


def test_a_roster_is_taken_in_and_a_second_time_changes_nothing(village: Village, roster: Path) -> None:
    first = village.call("import-people", roster, "--json")
    assert first.exit == 0
    assert first.json["counts"] == {"new": 112, "changed": 0, "unchanged": 0, "refused": 20}
    assert first.json["done"]["new"] == 112
    assert first.json["done"]["households"] > 30
    after = village.call("verify", "--json").json["operations"]
    again = village.call("import-people", roster, "--json")
    assert again.json["counts"] == {"new": 0, "changed": 0, "unchanged": 112, "refused": 20}
    assert village.call("verify", "--json").json["operations"] == after


def test_a_map_names_the_columns(village: Village, tmp_path: Path) -> None:
    table = tmp_path / "名单.csv"
    table.write_text("姓名,性别,编码,所在\n王秀兰,女,329924196803050024,一组\n", encoding="utf-8")
    chosen = tmp_path / "对照.toml"
    chosen.write_text('[columns]\nC = "身份证号"\nD = "村民小组"\n', encoding="utf-8")
    told = village.call("import-people", table, "--map", chosen, "--dry-run", "--json")
    assert told.exit == 0, told.out
    fields = {one["letter"]: one["field"] for one in told.json["columns"]}
    assert fields == {"A": "name", "B": "sex", "C": "identity", "D": "group"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns\n", "写得不对"),
        ('[columns]\nA = "名儿"\n', "“名儿”不认识"),
        ('[rows]\nA = "姓名"\n', "不认识“rows”"),
        ('columns = "姓名"\n', "单独写成一段"),
        ('sheets = "花名册"\n', "写成列表"),
    ],
)
def test_a_wrong_map_is_told(village: Village, roster: Path, text: str, said: str) -> None:
    chosen = village.folder / "对照.toml"
    chosen.write_text(text, encoding="utf-8")
    told = village.call("import-people", roster, "--map", chosen)
    assert told.exit == 1
    assert said in told.err


def test_what_is_no_workbook_is_told(village: Village) -> None:
    for name, content in (("照片.xlsx", b"\x89PNG" * 30), ("断了.xlsx", b"PK\3\4" + b"\0" * 50), ("空.xls", b"")):
        path = village.folder / name
        path.write_bytes(content)
        told = village.call("import-people", path)
        assert told.exit == 1
        assert "程序出了" not in told.err
    missing = village.call("import-people", village.folder / "没有.xlsx")
    assert missing.exit == 1
    assert "没有.xlsx" in missing.err
