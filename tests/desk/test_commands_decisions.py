"""Matters from the command line: opened by `do`, rehearsed by `check --year`, printed by name."""

import json
import re
from pathlib import Path

import pytest

from tests.desk.calling import Village, call


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return Village(tmp_path)


def do(village: Village, action: str, **arguments: object) -> str:
    told = call("do", village.file, f"decisions.{action}", json.dumps(arguments, ensure_ascii=False), *village.opening)
    assert told.exit == 0, told.out + told.err
    return told.out


def test_a_year_is_rehearsed_and_a_step_that_cannot_stand_ends_with_one(village: Village, tmp_path: Path) -> None:
    assert village.call("check", "--year", "2026").out.strip() == "2026年没有立项的事情。"
    do(village, "open_decision", title="修水渠", matter_code="M04", opened_on="2026-03-02", plan="修600米。")
    case = re.findall(r'"id": "([0-9a-f]{32})"', village.call("list", "decisions", "--json").out)[0]
    paper = {"decision_id": case, "no": 4, "held_on": "2026-03-12", "body": "representatives"}
    do(village, "record_paper_step", **paper, rule_kind="representatives", eligible=37, present=24, yes=24)
    told = village.call("check", "--year", "2026")
    assert told.exit == 1
    assert "共1件：成立0件" in told.out + told.err
    assert "第1步“村党组织提议”还没有办。" in told.out + told.err
    report = village.call("check", "--year", "2026", "--json")
    assert (report.exit, report.json["report"]["lines"][0]["verdict"]) == (1, "cannot_stand")
    for what, name in (("inspection", "2026"), ("procedure", "四议两公开")):
        out = tmp_path / f"{what}.pdf"
        printed = call("print", village.file, what, name, "--out", out, *village.opening)
        assert printed.exit == 0, printed.out + printed.err
        assert out.read_bytes().startswith(b"%PDF")
    missing = call("print", village.file, "procedure", "没有的程序", "--out", tmp_path / "x.pdf", *village.opening)
    assert missing.exit == 1
    assert "没有叫“没有的程序”的办事程序。" in missing.out + missing.err


def test_a_procedure_is_copied_and_written_by_json(village: Village) -> None:
    do(village, "copy_procedure", key="four_two", name="本村办法")
    stages = [{"no": 1, "key": "one", "name": "登记", "kind": "task"}]
    told = call(
        "do",
        village.file,
        "decisions.change_procedure",
        json.dumps({"key": "four_two", "name": "甲", "stages": stages}, ensure_ascii=False),
        *village.opening,
    )
    assert told.exit == 1
    assert "请先照它另存一份" in told.out + told.err
