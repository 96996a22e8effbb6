"""The command line as such: help, wrong calls, JSON, and that help imports nothing heavy."""

import importlib
import subprocess
import sys

import pytest

from tests.desk.calling import call, call_program
from village_desk.desk.commands.calls import CALLS, WINDOW


def test_help_names_every_command_in_chinese() -> None:
    told = call("--help")
    assert told.exit == 0
    assert [name for name in (one.name for one in CALLS) if f"  {name}" not in told.out] == []


@pytest.mark.parametrize("name", [one.name for one in CALLS])
def test_every_command_explains_itself(name: str) -> None:
    told = call(name, "--help")
    assert told.exit == 0
    assert told.out.startswith(f"用法：village-desk {name} ")
    for english in ("usage", "options:", "positional", "show this"):
        assert english not in told.out


@pytest.mark.parametrize("one", [*CALLS, WINDOW], ids=lambda one: one.name or "window")
def test_every_command_leads_to_a_function(one: object) -> None:
    run = getattr(one, "run", "")
    module, _, function = run.rpartition(".")
    assert callable(getattr(importlib.import_module(f"village_desk.desk.commands.{module}"), function))


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'PySide6', 'sqlalchemy', 'reportlab', 'openpyxl', 'pypinyin', 'cryptography'}"
    code = (
        "import sys; from village_desk.__main__ import main; main(['--help']); "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["veryfy"], "没有“veryfy”这个命令。是不是verify？"),
        (["飞"], "没有“飞”这个命令"),
        (["verify"], "还缺：档案"),
        (["verify", "a.vdesk", "--fast"], "不认识“--fast”"),
        (["verify", "a.vdesk", "--operator"], "“--operator”后面要跟一个值"),
        (["backup", "a.vdesk"], "还缺：文件夹"),
        (["do"], "还缺档案"),
        (["--fast"], "不认识“--fast”"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(words: list[str], said: str) -> None:
    told = call(*words)
    assert (told.exit, told.out) == (2, "")
    assert said in told.err


def test_the_program_itself_ends_with_the_exit_code() -> None:
    assert call_program("飞").exit == 2
    assert call_program("verify", "没有.vdesk").exit == 1
    shown = call_program("--version")
    assert shown.exit == 0
    assert shown.out.startswith("村务通 ")


def test_refusals_and_wrong_calls_are_one_json_document_when_asked() -> None:
    refused = call("verify", "没有.vdesk", "--json")
    assert refused.exit == 1
    assert refused.json["refused"]["message"].startswith("找不到")
    assert refused.json["exit"] == 1
    wrong = call("飞", "--json")
    assert wrong.exit == 2
    assert wrong.json["ok"] is False
    assert "这个命令" in wrong.json["wrong_call"]
    early = call("--json", "verify", "没有.vdesk")
    assert early.json["exit"] == 1


def test_a_bug_is_reported_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("王秀兰的电话")

    proof = importlib.import_module("village_desk.desk.commands.proof")
    monkeypatch.setattr(proof, "verify", broken)
    told = call("verify", "甲.vdesk")
    assert told.exit == 1
    assert "程序出了一点问题" in told.err
    assert "王秀兰" not in told.err
