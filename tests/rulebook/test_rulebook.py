"""The choice of the row: by kind, place and day of the act, with floors that a place can only tighten."""

import datetime as dt

import pytest

from village_desk.kit.errors import NotFound
from village_desk.rulebook.rules import Pack, Proxy, Rulebook, pack_from_files, shipped_packs
from village_desk.rulebook.rules.book import applies

VILLAGE = "320924103205"


def local_pack(rules: str = "", posting: str = "", region: str = "local") -> Pack:
    head = f"""
issuer = "somewhere"
pack = "trial"
title = "试用规则"
version = "1"
law_version = "试用"
region = "{region}"
valid_from = 2024-01-01
"""
    return pack_from_files({"pack.toml": head, "rules.toml": rules, "posting.toml": posting})


def test_the_old_law_holds_to_the_last_day_of_2025_and_the_new_one_from_the_next() -> None:
    book = Rulebook(shipped_packs(), VILLAGE)
    old = book.meeting_rule("representatives", dt.date(2025, 12, 31)).rows[0]
    new = book.meeting_rule("representatives", dt.date(2026, 1, 1)).rows[0]
    assert (old.legal_ref, old.law_version) == ("村民委员会组织法第二十六条", "2018修正")
    assert (new.legal_ref, new.law_version) == ("村民委员会组织法第三十条", "2025修订")
    assert old.quorums == new.quorums


def test_short_notice_for_special_reasons_came_with_the_new_law() -> None:
    book = Rulebook(shipped_packs(), VILLAGE)
    assert not book.meeting_rule("villagers_by_person", dt.date(2025, 12, 31)).notice_row.notice_waivable
    assert book.meeting_rule("villagers_by_person", dt.date(2026, 1, 1)).notice_row.notice_waivable


def test_trap_1_fifteen_days_on_the_board_since_2026_and_no_national_number_before() -> None:
    book = Rulebook(shipped_packs(), VILLAGE)
    assert book.posting_rule("resolution", dt.date(2025, 12, 31)).rows[0].days == 0
    row = book.posting_rule("resolution", dt.date(2026, 1, 1)).rows[0]
    assert (row.days, row.legal_ref) == (15, "村民委员会组织法第三十五条")


def test_the_template_follows_the_opening_day() -> None:
    book = Rulebook(shipped_packs(), VILLAGE)
    old = book.template("four_two", dt.date(2025, 11, 3))
    assert old.law_version == "2018修正"
    assert old.stages[4].legal_ref == "村民委员会组织法第三十条"
    assert book.template("four_two", dt.date(2026, 11, 3)).stages[4].legal_ref == "村民委员会组织法第三十五条"


def test_collective_law_decides_collective_matters_only_since_may_2025() -> None:
    book = Rulebook(shipped_packs(), VILLAGE)
    assert not book.matter("M07", dt.date(2025, 4, 30)).collective
    assert book.matter("M07", dt.date(2025, 5, 1)).collective
    with pytest.raises(NotFound, match="没有装进规则包"):
        book.meeting_rule("collective_members", dt.date(2025, 4, 30))


def test_a_floor_stays_beside_a_local_row_and_the_longer_notice_is_named() -> None:
    book = Rulebook(shipped_packs(samples=True), VILLAGE)
    rule = book.meeting_rule("party_members", dt.date(2026, 8, 12))
    assert [row.rule_id for row in rule.rows] == ["R-DD-A", "R-DD-B"]
    assert (rule.notice_days, rule.notice_row.rule_id) == (3, "R-DD-B")
    assert rule.legal_refs == ("中国共产党支部工作条例（试行）第十一条", "示例县四议两公开办法第八条")


def test_a_custom_row_gives_way_to_the_place() -> None:
    rules = """
[[meeting_rule]]
rule_id = "R-LW-X"
kind = "two_committees"
name = "村“两委”会议"
body = "two_committees"
electorate = "“两委”成员"
quorums = [{ num = 2, den = 3, op = ">=", base = "all_eligible" }]
legal_ref = "某县办法"
standing = "local_rule"
"""
    book = Rulebook((*shipped_packs(), local_pack(rules)), VILLAGE)
    assert [row.rule_id for row in book.meeting_rule("two_committees", dt.date(2026, 3, 1)).rows] == ["R-LW-X"]


def test_a_place_cannot_loosen_notice_proxies_or_ballot() -> None:
    rules = """
[[meeting_rule]]
rule_id = "R-CY-X"
kind = "collective_members"
name = "成员大会"
body = "collective_members"
electorate = "成员"
notice_days = 1
proxy_allowed = "any"
online_allowed = true
legal_ref = "某章程"
standing = "local_rule"
"""
    rule = Rulebook((*shipped_packs(), local_pack(rules)), VILLAGE).meeting_rule(
        "collective_members", dt.date(2026, 3, 1)
    )
    assert rule.notice_days == 10
    assert rule.proxy_allowed is Proxy.SAME_HOUSEHOLD
    assert rule.online_allowed


def test_a_row_holds_only_in_its_region() -> None:
    rules = """
[[meeting_rule]]
rule_id = "R-CD-SD"
kind = "representatives"
name = "村民代表会议"
body = "representatives"
electorate = "组成人员"
notice_days = 5
legal_ref = "山东办法第二十四条"
standing = "law"
"""
    shandong = local_pack(rules, region="370000")
    there = Rulebook((*shipped_packs(), shandong), "370124105212")
    here = Rulebook((*shipped_packs(), shandong), VILLAGE)
    assert there.meeting_rule("representatives", dt.date(2026, 3, 1)).notice_days == 5
    assert here.meeting_rule("representatives", dt.date(2026, 3, 1)).notice_days == 0


@pytest.mark.parametrize(
    ("region", "holds"),
    [
        *((region, True) for region in ("000000", "320000", "320900", "320924", "320924103", "local")),
        *((region, False) for region in ("370000", "320925", "320924104")),
    ],
)
def test_regions_reach_down_to_their_villages(region: str, holds: bool) -> None:
    assert applies(region, VILLAGE) is holds


def test_the_stricter_stay_on_the_board_is_found_among_nation_and_place() -> None:
    book = Rulebook(shipped_packs(samples=True), VILLAGE)
    assert [row.days for row in book.posting_rule("resolution", dt.date(2026, 3, 1)).rows] == [15, 20]


def test_an_unknown_day_or_name_is_told_and_not_guessed() -> None:
    book = Rulebook(shipped_packs(), VILLAGE)
    with pytest.raises(NotFound) as caught:
        book.meeting_rule("representatives", dt.date(2001, 3, 1))
    assert "2001年3月1日" in caught.value.message
    assert "照实登记" in caught.value.advice
    with pytest.raises(NotFound):
        book.matter("M99", dt.date(2026, 3, 1))
    with pytest.raises(NotFound):
        book.template("six_eight", dt.date(2026, 3, 1))


def test_trap_14_publication_objection_notice_and_announcement_are_three_things() -> None:
    book = Rulebook(shipped_packs(), VILLAGE)
    day = dt.date(2026, 3, 1)
    sorts = {kind: book.posting_rule(kind, day).deepest.sort.words for kind in book.posting_kinds}
    assert (sorts["resolution"], sorts["party_development"], sorts["collective_report"]) == ("公开", "公示", "公告")
    assert book.posting_rule("resolution", day).deepest.objection_days == 0
    assert book.posting_rule("party_development", day).deepest.objection_days == 5
