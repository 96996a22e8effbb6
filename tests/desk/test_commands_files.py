"""New files, proof, copies and going back, from the command line: the good way and each bad way."""

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.desk.calling import CLERK, CODE, DAY, PASSWORD, Village, call, call_program
from village_desk.store.engine import connect
from village_desk.store.keyring import KeyFile


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return Village(tmp_path)


def add_operator(village: Village, name: str) -> None:
    done = village.call("do", "store.add_operator", f'{{"name": "{name}", "role": "second"}}')
    assert done.exit == 0, done.err


def names(village: Village) -> list[str]:
    return [one["name"] for one in village.call("operators", "--json").json["operators"]]


def raw(village: Village) -> dbapi2.Connection:
    keys = KeyFile.load(village.file.with_suffix(".vkey")).open_with_password(CLERK, PASSWORD)
    return connect(village.file, keys.data, keys.salt)


def test_a_new_file_is_made_with_its_key_file_and_a_recovery_code_that_opens_it(village: Village) -> None:
    assert village.file.exists()
    assert village.file.with_suffix(".vkey").exists()
    found = re.search(r"恢复码：([0-9A-Z-]{29})", village.made.out)
    assert found is not None
    code = village.folder / "code.txt"
    code.write_text(found[1].lower(), encoding="utf-8")
    opened = call("verify", village.file, "--recovery", "--password-file", code)
    assert opened.exit == 0
    assert "核对无误" in opened.out


def test_a_file_is_never_made_over_another(village: Village) -> None:
    before = village.file.read_bytes()
    again = call("new", village.file, "--village", "西河村", "--code", CODE, *village.opening)
    assert again.exit == 1
    assert "已经有了，没有覆盖" in again.err
    assert village.file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--village", "东河村", "--code", "32092410"], "12位数字"),
        (["--village", "镇", "--code", CODE, "--township"], "9位数字"),
        (["--village", " ", "--code", CODE], "村名不能空着"),
        (["--village", "东河村"], "还缺：--code"),
    ],
)
def test_a_wrong_call_of_new_is_told_in_chinese_and_makes_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    told = call("new", tmp_path / "新.vdesk", *words, typed=PASSWORD)
    assert told.exit == 2
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_weak_password_makes_no_file(tmp_path: Path) -> None:
    told = call("new", tmp_path / "新.vdesk", "--village", "东河村", "--code", CODE, typed="1234\n")
    assert told.exit == 1
    assert "口令太短" in told.err
    assert list(tmp_path.iterdir()) == []


def test_the_password_may_come_from_standard_input(village: Village) -> None:
    assert call("verify", village.file, typed=f"{PASSWORD}\n").exit == 0
    nothing = call("verify", village.file, typed="")
    assert nothing.exit == 2
    assert "--password-file" in nothing.err


def test_a_wrong_password_opens_nothing(village: Village) -> None:
    told = call("verify", village.file, typed="别的什么口令啊\n")
    assert (told.exit, told.out) == (1, "")
    assert "口令不对" in told.err


def test_an_operator_without_password_is_told_who_can_open(village: Village) -> None:
    told = call("verify", village.file, "--operator", "王五", typed=PASSWORD)
    assert told.exit == 1
    assert f"能打开的有：{CLERK}" in told.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("花名册.xlsx", b"PK\3\4", "不是村务通的档案"),
        ("照片.vdesk", b"\x89PNG" * 99, "钥匙文件"),
        ("没有.vdesk", None, "找不到"),
    ],
)
def test_what_is_no_village_file_is_told(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    told = call("verify", path, typed=PASSWORD)
    assert told.exit == 1
    assert said in told.err


def test_a_file_that_is_not_the_key_files_own_is_told(village: Village) -> None:
    village.file.write_bytes(b"\x89PNG" * 999)
    told = village.call("verify")
    assert told.exit == 1
    assert "不是村务通的档案" in told.err


def test_a_plain_database_is_not_taken_for_a_village_file(village: Village) -> None:
    village.file.unlink()
    plain = sqlite3.connect(village.file)
    plain.execute("CREATE TABLE person (name)")
    plain.close()
    assert village.call("verify").exit == 1


def test_a_file_from_a_newer_version_is_told_and_left_alone(village: Village) -> None:
    connection = raw(village)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = village.file.read_bytes()
    told = village.call("verify")
    assert told.exit == 1
    assert "更新" in told.err
    assert village.file.read_bytes() == before


def test_verify_names_a_row_that_a_foreign_tool_changed(village: Village) -> None:
    connection = raw(village)
    connection.execute("DROP TRIGGER touch_update_operator")
    connection.execute("UPDATE operator SET name = '张三'")
    connection.close()
    told = village.call("verify", "--json")
    assert told.exit == 1
    assert told.json["ok"] is False
    assert [one for one in told.json["findings"] if "绕过本软件改动过" in one]


def test_a_copy_is_made_and_going_back_undoes_what_came_later(village: Village) -> None:
    copies = village.folder / "备份"
    made = village.call("backup", copies, "--json")
    assert made.exit == 0
    copy = Path(made.json["copy"])
    assert copy.with_suffix(".vkey").exists()
    add_operator(village, "赵复核")
    assert names(village) == [CLERK, "赵复核"]
    back = call("restore", copy, village.file, *village.opening, "--json")
    assert back.exit == 0
    assert back.json["way"] == "undone"
    assert names(village) == [CLERK]
    assert village.call("verify").exit == 0


def test_going_back_twice_changes_nothing_the_second_time(village: Village) -> None:
    copy = village.call("backup", village.folder / "备份", "--json").json["copy"]
    same = call("restore", copy, village.file, *village.opening)
    assert same.exit == 0
    assert "一样，没有要恢复的" in same.out


def test_a_lost_file_is_put_back_from_a_copy(village: Village) -> None:
    copy = village.call("backup", village.folder / "备份", "--json").json["copy"]
    shutil.rmtree(village.folder / "东河村.copies", ignore_errors=True)
    for path in village.folder.glob("东河村.*"):
        path.unlink()
    told = call("restore", copy, village.file, *village.opening)
    assert told.exit == 0
    assert "补录" in told.out
    assert village.call("verify").exit == 0


def test_a_broken_file_is_replaced_and_kept_under_another_name(village: Village) -> None:
    copy = village.call("backup", village.folder / "备份", "--json").json["copy"]
    add_operator(village, "赵复核")
    broken = bytearray(village.file.read_bytes())
    broken[200:5000] = os.urandom(4800)
    village.file.write_bytes(broken)
    told = call("restore", copy, village.file, *village.opening, "--json")
    assert told.exit == 0
    assert told.json["way"] == "replaced"
    assert (village.folder / "东河村-恢复前.vdesk").read_bytes() == broken
    assert names(village) == [CLERK]


def test_a_copy_of_another_village_is_refused(village: Village, tmp_path: Path) -> None:
    other = Village(tmp_path / "另一个", name="西河村", code="320924103206")
    copy = other.call("backup", tmp_path / "备份", "--json").json["copy"]
    before = village.file.read_bytes()
    told = call("restore", copy, village.file, *village.opening)
    assert told.exit == 1
    assert "不是同一份档案" in told.err
    assert village.file.read_bytes() == before


def test_restore_does_not_replace_a_file_of_a_newer_version(village: Village) -> None:
    copy = village.call("backup", village.folder / "备份", "--json").json["copy"]
    connection = raw(village)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    told = call("restore", copy, village.file, *village.opening)
    assert told.exit == 1
    assert "更新" in told.err
    assert not (village.folder / "东河村-恢复前.vdesk").exists()


def test_a_copy_into_a_missing_disk_is_refused(village: Village) -> None:
    (village.folder / "文件").write_text("这里不是文件夹", encoding="utf-8")
    told = village.call("backup", village.folder / "文件" / "备份")
    assert told.exit == 1
    assert told.err.endswith("\n")
    assert "Error" not in told.err


def test_an_operator_is_added_with_a_password_of_his_own_and_taken_off(village: Village) -> None:
    own = village.folder / "赵.txt"
    own.write_text("赵复核自己的口令", encoding="utf-8")
    added = village.call("operators", "--add", "赵复核", "--role", "复核人", "--new-password-file", own)
    assert added.exit == 0
    assert "赵复核　复核人　有口令" in added.out
    assert call("verify", village.file, "--operator", "赵复核", "--password-file", own).exit == 0
    assert village.call("operators", "--retire", "赵复核").exit == 0
    assert call("verify", village.file, "--operator", "赵复核", "--password-file", own).exit == 1


def test_a_clock_that_went_back_is_asked_about_before_writing(village: Village) -> None:
    later = call(
        "do",
        village.file,
        "store.add_operator",
        '{"name": "甲", "role": "second"}',
        "--operator",
        CLERK,
        "--password-file",
        village.password_file,
        "--today",
        "2099-01-01",
    )
    assert later.exit == 0
    told = call(
        "do",
        village.file,
        "store.add_operator",
        '{"name": "乙", "role": "second"}',
        "--operator",
        CLERK,
        "--password-file",
        village.password_file,
    )
    assert told.exit == 1
    assert "--today" in told.err
    assert names(village) == [CLERK, "甲"]


# Root may write everywhere; without these two rights it is held to the folder's own.
HELD_TO_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that may be read and not written."""
    folder = tmp_path / "只读"
    folder.mkdir()
    (folder / "口令.txt").write_text(PASSWORD, encoding="utf-8")
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32" or shutil.which("setpriv") is None, reason="needs rights as on Linux")
def test_a_folder_that_may_not_be_written_is_told(closed_folder: Path) -> None:
    words = ["new", str(closed_folder / "新.vdesk"), "--village", "东河村", "--code", CODE]
    words += ["--password-file", str(closed_folder / "口令.txt")]
    told = call_program(*words, before=HELD_TO_RIGHTS if os.geteuid() == 0 else ())
    assert told.exit == 1, told.err
    assert "没有权限写入" in told.err or "不允许写入" in told.err
    assert [path.name for path in closed_folder.iterdir()] == ["口令.txt"]


def test_the_day_is_told_to_the_file(village: Village) -> None:
    wrong = call("verify", village.file, "--today", "3月14日", typed=PASSWORD)
    assert wrong.exit == 2
    assert DAY in wrong.err


def test_the_history_names_each_step_and_one_can_be_undone(village: Village) -> None:
    add_operator(village, "赵复核")
    listed = village.call("history", "--json").json["steps"]
    assert [one["deed"] for one in listed] == ["store.add_operator", "store.create_file"]
    assert [one["actor"] for one in listed] == [CLERK, ""]
    undone = village.call("history", "--undo", listed[0]["id"][:8])
    assert undone.exit == 0
    assert "改回1条" in undone.out
    assert names(village) == [CLERK]
    again = village.call("history", "--undo", listed[0]["id"])
    assert again.exit == 1
    assert "已经撤销过" in again.err
    unknown = village.call("history", "--undo", "zzzz")
    assert unknown.exit == 1
    assert "没有步骤号" in unknown.err


def test_the_last_step_is_undone_without_its_number(village: Village) -> None:
    add_operator(village, "赵复核")
    assert village.call("history", "--undo", "last").exit == 0
    assert names(village) == [CLERK]
