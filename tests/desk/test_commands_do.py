"""`do` from the command line: the arguments built from JSON, each wrong one told, and nothing left after a refusal."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.desk.calling import Village, call
from village_desk.desk.commands.answer import WrongCall, plain
from village_desk.desk.commands.building import buildable, built, built_arguments, words_for


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True)
class Line:
    name: str
    points: int = 1
    on: dt.date | None = None


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        (str, "王秀兰", "王秀兰"),
        (int, 3, 3),
        (bool, True, True),
        (dt.date, "2026-03-14", dt.date(2026, 3, 14)),
        (dt.date | None, None, None),
        (int | None, 5, 5),
        (Colour, "red", Colour.RED),
        (Colour, "GREEN", Colour.GREEN),
        (Literal["a", "b"], "b", "b"),
        (tuple[str, ...], ["甲", "乙"], ("甲", "乙")),
        (tuple[str, int], ["甲", 2], ("甲", 2)),
        (tuple[tuple[str, str], ...], [["act", "law"]], (("act", "law"),)),
        (frozenset[str], ["a"], frozenset({"a"})),
        (Mapping[str, int], {"一": 1}, {"一": 1}),
        (Line, {"name": "甲", "on": "2026-01-02"}, Line("甲", 1, dt.date(2026, 1, 2))),
        (tuple[Line, ...], [{"name": "甲", "points": 3}], (Line("甲", 3),)),
    ],
)
def test_a_value_is_built_by_the_annotation(kind: Any, value: Any, wanted: Any) -> None:
    assert buildable(kind)
    assert built(kind, value, "这一项") == wanted


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (str, 3, "文字"),
        (int, True, "整数"),
        (int, "3", "整数"),
        (int, 3.5, "整数"),
        (bool, 1, "true或false"),
        (dt.date, "3月14日", "2026-03-14"),
        (str, None, "文字"),
        (int | str, None, "不能空着"),
        (Colour, "blue", "“red”、“green”"),
        (Literal["a"], "b", "“a”"),
        (tuple[str, ...], "甲", "列表"),
        (tuple[str, int], ["甲"], "2项"),
        (Line, {"points": 3}, "还缺“name”"),
        (Line, {"name": "甲", "speed": 1}, "没有“speed”这一项"),
        (tuple[Line, ...], [{"name": 5}], "文字"),
    ],
)
def test_a_value_that_does_not_fit_is_told(kind: Any, value: Any, said: str) -> None:
    with pytest.raises(WrongCall) as told:
        built(kind, value, "这一项")
    assert said in str(told.value)


def test_every_kind_of_argument_has_words() -> None:
    for kind in (str, Colour, dt.date | None, tuple[Line, ...], tuple[str, int], Mapping[str, int], Literal["a"]):
        assert "只能在窗口里" not in words_for(kind)


def test_unknown_and_missing_arguments_are_told_with_the_known_ones() -> None:
    with pytest.raises(WrongCall, match="认得的有：name、role"):
        built_arguments({"name": str, "role": str}, ("name",), {"nmae": "甲"}, "store.add_operator")
    with pytest.raises(WrongCall, match="还缺“name”"):
        built_arguments({"name": str}, ("name",), {}, "store.add_operator")


def test_plain_values_are_json() -> None:
    rows = {"day": dt.date(2026, 1, 2), "rows": (Line("甲"),), "set": {"b", "a"}, "hash": b"\1", Colour.RED: Path("a")}
    assert json.loads(json.dumps(plain(rows))) == {
        "day": "2026-01-02",
        "rows": [{"name": "甲", "points": 1, "on": None}],
        "set": ["a", "b"],
        "hash": "01",
        "red": "a",
    }


@pytest.fixture
def village(tmp_path: Path) -> Village:
    return Village(tmp_path)


def test_the_list_names_actions_of_every_room_with_their_arguments() -> None:
    told = call("do", "--list", "--json")
    assert told.exit == 0
    actions = told.json["actions"]
    rooms = {name.partition(".")[0] for name in actions}
    assert rooms >= {"store", "sync", "people", "notices", "meetings", "decisions", "points", "township", "rulebook"}
    assert actions["people.add_person"]["name"] == {"write": "文字", "required": True}
    assert actions["notices.publish"]["posting_from"]["write"].startswith("日期")
    assert all(one["write"] != "只能在窗口里填写的内容" for wanted in actions.values() for one in wanted.values())


def test_an_action_is_done_as_one_step_and_can_be_seen(village: Village) -> None:
    told = village.call("do", "people.add_person", '{"name": "王秀兰", "sex": "female"}', "--json")
    assert told.exit == 0
    assert told.json["action"] == "people.add_person"
    assert len(told.json["result"]) >= 20
    found = village.call("do", "people.add_person", '{"name": "李国强"}')
    assert found.exit == 0
    assert "做好了：people.add_person" in found.out
    assert village.call("verify").exit == 0


def test_arguments_may_come_from_a_file_or_from_standard_input(village: Village) -> None:
    written = village.folder / "人.json"
    written.write_text('{"name": "王秀兰"}', encoding="utf-8")
    assert village.call("do", "people.add_person", f"@{written}").exit == 0
    typed = call("do", village.file, "people.add_person", "-", *village.opening, typed='{"name": "李国强"}')
    assert typed.exit == 0
    missing = village.call("do", "people.add_person", "@没有.json")
    assert missing.exit == 2


@pytest.mark.parametrize(
    ("action", "arguments", "said"),
    [
        ("people.add_person", "{name: 王秀兰}", "不是正确的JSON"),
        ("people.add_person", '["王秀兰"]', "这样的JSON"),
        ("people.add_person", "{}", "还缺“name”"),
        ("people.add_person", '{"name": "王秀兰", "age": 58}', "没有“age”这一项"),
        ("people.add_person", '{"name": 58}', "“name”要写成文字"),
        ("people.add_persn", "{}", "是不是people.add_person"),
        ("people._write", "{}", "没有“people._write”这件事"),
        ("kitchen.cook", "{}", "没有“kitchen.cook”这件事"),
    ],
)
def test_a_wrong_call_is_told_and_writes_nothing(village: Village, action: str, arguments: str, said: str) -> None:
    before = village.call("verify", "--json").json["operations"]
    told = village.call("do", action, arguments)
    assert told.exit == 2
    assert said in told.err
    assert village.call("verify", "--json").json["operations"] == before


def test_what_a_rule_refuses_ends_with_1_and_leaves_nothing(village: Village) -> None:
    before = village.call("verify", "--json").json["operations"]
    told = village.call("do", "people.add_person", '{"name": "王秀兰", "identity": "110101199001011234"}')
    assert told.exit == 1
    assert told.err
    missing = village.call("do", "notices.discard_draft", '{"notice_id": "没有这一张"}')
    assert missing.exit == 1
    assert "找不到" in missing.err
    assert village.call("verify", "--json").json["operations"] == before


def test_an_edit_builds_on_what_stands_unless_the_caller_says_what_was_seen(village: Village) -> None:
    draft = '{"item": "affairs", "title": "关于清淤的公告", "body": "三月清淤。"}'
    notice = village.call("do", "notices.draft_notice", draft, "--json").json["result"]
    change = {
        "notice_id": notice,
        "title": "关于春季清淤的公告",
        "body": "三月清淤。",
        "kind": "publication",
        "issuer": "committee",
        "review_first": False,
    }
    assert village.call("do", "notices.edit_draft", json.dumps(change)).exit == 0
    wrong = village.call("do", "notices.edit_draft", json.dumps({**change, "seen": "昨天"}))
    assert wrong.exit == 2
    assert "原样写" in wrong.err
    assert village.call("verify").exit == 0
