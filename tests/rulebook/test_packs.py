"""Rule packs: what is shipped reads, and a wrong cell is named by file, row and column."""

import datetime as dt
from pathlib import Path

import pytest

from village_desk.kit.errors import FileTrouble
from village_desk.rulebook.rules import (
    Op,
    PackError,
    ProcedureTemplate,
    Rulebook,
    Share,
    pack_from_files,
    packed,
    read_pack,
    shipped_packs,
    unpacked,
)
from village_desk.rulebook.rules.rows import MeetingRule
from village_desk.rulebook.rules.shares import Base, chinese_number

HEAD = """
issuer = "sample-county"
pack = "trial"
title = "试用规则"
version = "1"
law_version = "试用"
region = "local"
valid_from = 2026-01-01
"""
ROW = """
[[meeting_rule]]
rule_id = "R-1"
kind = "representatives"
name = "村民代表会议"
body = "representatives"
electorate = "组成人员"
quorums = [{ num = 2, den = 3, op = ">=", base = "all_eligible" }]
legal_ref = "某办法第一条"
standing = "law"
"""


def trouble_of(rules: str, head: str = HEAD) -> PackError:
    with pytest.raises(PackError) as caught:
        pack_from_files({"pack.toml": head, "rules.toml": rules})
    return caught.value


def test_every_shipped_pack_reads_and_samples_stay_out_unless_asked_for() -> None:
    names = [pack.pack for pack in shipped_packs()]
    assert {"villages-2018", "procedures", "calendar", "holidays", "catalogue", "villages-2026"} <= set(names)
    assert "decision-rules" not in names
    assert [pack.pack for pack in shipped_packs(samples=True)] == [*names, "decision-rules", "spending", "community-27"]


@pytest.mark.parametrize("day", [dt.date(2020, 6, 1), dt.date(2025, 8, 1), dt.date(2026, 3, 1), dt.date(2026, 9, 1)])
def test_every_rule_kind_that_a_row_names_has_a_row_of_that_day(day: dt.date) -> None:
    book = Rulebook(shipped_packs(), "320924103205")
    named = {row.rule_kind for matter in book.matters(day) for row in matter.deciders + matter.stand_in_deciders}
    for template in book.templates(day):
        for stage in template.stages:
            named |= set(stage.rule_kinds)
            if stage.posting_kind:
                assert book.posting_rule(stage.posting_kind, day).rows
    assert {f"M{number:02}" for number in range(1, 15)} <= {matter.code for matter in book.matters(day)}
    for kind in sorted(named):
        assert book.meeting_rule(kind, day).rows


def test_a_wrong_number_is_named_by_file_row_and_column() -> None:
    found = trouble_of(ROW.replace("den = 3", 'den = "三"'))
    assert [(t.file, t.row, t.column) for t in found.troubles] == [("rules.toml", "第1行（R-1）", "quorums[1].den")]
    assert found.message == "规则包不能使用：rules.toml第1行（R-1）“quorums[1].den”一栏应是整数，现在是“三”。"


@pytest.mark.parametrize(
    ("old", "new", "column", "said"),
    [
        ('standing = "law"', 'standing = "maybe"', "standing", "之一，现在是“maybe”"),
        ('legal_ref = "某办法第一条"', "", "legal_ref", "没有填"),
        ('name = "村民代表会议"', 'nane = "村民代表会议"', "nane", "不认识"),
        ("num = 2, den = 3", "num = 4, den = 3", "quorums[1]", "不是分数，现在是“4/3”"),
        ('base = "all_eligible"', 'base = "present"', "quorums[1].base", "现在是“present”"),
        ('standing = "law"', 'standing = "law"\nnotice_days = -3', "notice_days", "现在是“-3”"),
        ('standing = "law"', 'standing = "law"\nvalid_to = 2025-01-01', "valid_to", "比valid_from还早"),
        ('standing = "law"', 'standing = "law"\nvalid_from = 2026-01-01T08:00:00', "valid_from", "应是日期"),
        ('standing = "law"', 'standing = "law"\nsecret_ballot = 1', "secret_ballot", "应是true或false"),
    ],
)
def test_each_kind_of_mistake_has_its_sentence(old: str, new: str, column: str, said: str) -> None:
    found = trouble_of(ROW.replace(old, new))
    assert column in [trouble.column for trouble in found.troubles]
    assert said in " ".join(trouble.sentence for trouble in found.troubles)


def test_all_mistakes_of_a_pack_are_counted_at_once() -> None:
    found = trouble_of(ROW.replace("den = 3", "den = 0") + ROW.replace("R-1", "R-2").replace('"law"', '"x"'))
    assert "这个规则包共有2处要改" in found.message
    assert len(found.troubles) == 2


def test_two_rows_for_the_same_thing_and_time_contradict_each_other() -> None:
    found = trouble_of(ROW + ROW.replace("R-1", "R-2"))
    assert found.troubles[0].row == "第2行（R-2）"
    assert "互相矛盾" in found.message


def test_rows_that_follow_each_other_in_time_do_not_contradict() -> None:
    first = ROW + "valid_to = 2026-06-30\n"
    second = ROW.replace("R-1", "R-2") + "valid_from = 2026-07-01\n"
    assert len(pack_from_files({"pack.toml": HEAD, "rules.toml": first + second}).meeting_rules) == 2


def test_a_file_that_is_no_toml_is_named_with_its_line() -> None:
    found = trouble_of("[[meeting_rule]]\nrule_id = \n")
    assert found.troubles[0].file == "rules.toml"
    assert found.troubles[0].row.startswith("第2行")


def test_an_unknown_file_or_a_folder_without_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="不是规则包里的文件"):
        pack_from_files({"pack.toml": HEAD, "rule.toml": ROW})
    with pytest.raises(FileTrouble, match=r"没有 pack\.toml"):
        read_pack(tmp_path)
    (tmp_path / "pack.toml").write_bytes("标题".encode("gb18030"))
    with pytest.raises(FileTrouble, match="UTF-8"):
        read_pack(tmp_path)


def test_a_procedure_must_number_its_steps() -> None:
    text = """
[[procedure]]
key = "trial"
name = "试用程序"
stages = [{ no = 2, key = "a", name = "甲", kind = "task" }]
"""
    with pytest.raises(PackError, match="各步要从1起顺次编号"):
        pack_from_files({"pack.toml": HEAD, "templates.toml": text})


def test_a_template_comes_back_from_its_packed_form_and_unknown_fields_are_passed_over() -> None:
    template = Rulebook(shipped_packs(), "320924103205").template("four_two", dt.date(2026, 3, 1))
    pairs = packed(template)
    assert unpacked(ProcedureTemplate, pairs) == template
    assert unpacked(ProcedureTemplate, (*pairs, ("colour_of_the_cover", "red"))) == template
    row = Rulebook(shipped_packs(), "320924103205").meeting_rule("representatives", dt.date(2026, 3, 1)).rows[0]
    assert unpacked(MeetingRule, packed(row)) == row


def test_shares_are_named_as_statutes_name_them() -> None:
    def words(num: int, den: int, op: Op) -> str:
        return Share(num, den, op, Base.PRESENT).words

    assert words(1, 2, Op.MORE_THAN) == "过半数"
    assert words(1, 2, Op.AT_LEAST) == "半数以上"
    assert words(2, 3, Op.AT_LEAST) == "三分之二以上"
    assert words(4, 5, Op.AT_LEAST) == "五分之四以上"
    assert words(2, 3, Op.MORE_THAN) == "超过三分之二"
    assert [chinese_number(n) for n in (0, 10, 11, 20, 25)] == ["零", "十", "十一", "二十", "二十五"]
