"""The shipped real schemes: each is kept in a file, scored, and comes to the result that its source gives."""

import dataclasses
import datetime as dt
from dataclasses import dataclass

import pytest

from tests.points.conftest import Village
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.points import actions, lookups
from village_desk.points.rules.numbers import shown
from village_desk.points.rules.reading import refused_by, sets_in
from village_desk.points.rules.sets import Item, RuleSet, SubjectKind, YearEnd

NAMES = {rules.name: rules for rules in lookups.example_sets()}


@dataclass(frozen=True)
class Worked:
    """One scheme with what happened to one subject, the sum it must come to, its band, and lines that were cut."""

    scheme: str
    events: tuple[tuple[str, str, str], ...]
    sum: str
    band: str = ""
    subject_class: str = ""
    cut: int = 0
    refused: int = 0
    period: str = "2026"


WORKED = (
    Worked(
        "党员先锋指数考评（东阳式）",
        (("K01", "-40", "07-01"), ("J01", "10", "07-05")),
        "70",
        "",
        "正式党员",
        0,
        0,
        "2026Q3",
    ),
    Worked(
        "党员先锋指数考评（东阳式）", (("K01", "-40", "07-01"),), "60", "预备期提请研究", "预备党员", 0, 0, "2026Q3"
    ),
    Worked("党员积分评星（华宁式）", (("A01", "5", "03-01"), ("A01", "5", "04-01")), "70", "二星"),
    Worked("党员积分评星（华宁式）", (("B01", "-2", "03-01"),), "58", "不合格"),
    Worked(
        "农村党员积分办法（五项十分制）",
        (
            ("Z02", "-0.5", "02-01"),
            ("Z01", "-1", "03-01"),
            ("Z05", "-5", "03-02"),
            ("Z05", "-5", "04-02"),
            ("Z05", "-5", "05-02"),
            ("J01", "3", "05-03"),
        ),
        "41.5",
        refused=1,
    ),
    Worked(
        "党员积分指引（基础分60）",
        (*tuple(("X01", "2", f"0{month}-01") for month in range(1, 8)), ("S01", "3", "02-02"), ("S02", "2", "02-03")),
        "77",
        refused=1,
    ),
    Worked(
        "党员积分办法（日常80分、评议20分）",
        (*tuple(("R01", "7", f"{month:02d}-15") for month in range(1, 13)), ("P01", "18", "12-20")),
        "98",
        subject_class="骨干",
        cut=1,
    ),
    Worked(
        "农户积分清单（四净两规范）",
        (
            ("N01", "4", "03-05"),
            ("N02", "2", "03-05"),
            ("N03", "20", "03-09"),
            ("N04", "-3", "04-01"),
            ("N12", "50", "05-01"),
        ),
        "73",
    ),
    Worked(
        "农户积分清单（四净两规范）",
        (("N01", "4", "03-05"), ("N07", "200", "03-09"), ("N05", "-1", "06-01"), ("N01", "4", "07-05")),
        "4",
        cut=1,
    ),
    Worked("家美积分", (("F00", "10", "07-01"), ("F01", "5", "07-20"), ("F02", "2", "07-22")), "17", period="2026-07"),
    Worked("家庭积分账户（九道沟式）", (("J01", "8", "07-20"),), "8", period="2026-07"),
    Worked(
        "农户积分（固原式，1分1元）",
        (
            *tuple(("G01", "5", f"{month:02d}-05") for month in range(1, 13)),
            ("G02", "20", "12-20"),
            ("G03", "2*2.5", "06-01"),
        ),
        "85",
    ),
    Worked("志愿服务时长", (("H01", "1*99.5", "06-30"),), "99.5", "不达标"),
    Worked("志愿服务时长", (("H01", "1*99.5", "06-30"), ("H01", "1*0.5", "07-30")), "100", "达标"),
)


@pytest.mark.parametrize("worked", WORKED, ids=lambda one: f"{one.scheme}-{one.sum}")
def test_a_real_scheme_comes_to_its_worked_result(village: Village, worked: Worked) -> None:
    file, rules = village.file, NAMES[worked.scheme]
    file.confirm_today(dt.date(2026, 12, 31))
    who = village.households["王强"] if rules.subject is SubjectKind.HOUSEHOLD else village.persons["王强"]
    scale = 10**rules.decimals
    with file.writing("tests.scheme") as session:
        # The path stands in tests of its own; here the numbers are looked at.
        bare = _without_path(worked.scheme)
        set_id = actions.add_rule_set(session, rules=bare)
        if worked.subject_class:
            actions.put_into_class(
                session,
                set_id=set_id,
                subject_ids=(who,),
                name=worked.subject_class,
                since=dt.date(2026, 1, 1),
                decided="1月5日支部党员大会",
            )
        items = {row.item.code: row.id for row in lookups.one_rule_set(session, set_id).items}
        made = []
        for place, (code, typed, day) in enumerate(worked.events):
            points, _, times = typed.partition("*")
            made.append(
                actions.apply_for_points(
                    session,
                    set_id=set_id,
                    item_id=items[code],
                    subject_id=who,
                    points=round(float(points) * scale),
                    quantity=round(float(times or 1) * 10),
                    event=f"第{place + 1}件事",
                    happened_on=dt.date.fromisoformat(f"2026-{day}"),
                    evidence="登记表",
                    applied_by="group",
                )
            )
        actions.check_applications(
            session,
            application_ids=tuple(made),
            verdict="agreed",
            checker_id=village.persons["李四"],
            checked_on=dt.date(2026, 12, 31),
        )
        done = actions.book_ready(session, set_id=set_id)
    assert len(done.left) == worked.refused, done.left
    with file.reading() as session:
        found = lookups.card(session, set_id=set_id, subject_id=who, period=worked.period)
    assert shown(found.balance, rules.decimals) == worked.sum
    assert found.band == worked.band
    assert sum(bool(line.why) for line in found.entries) == worked.cut


def _without_path(name: str) -> RuleSet:

    rules = NAMES[name]
    items = tuple(dataclasses.replace(each, confirm=type(each.confirm).SECOND) for each in rules.items)
    return dataclasses.replace(rules, review="", publish_days=0, township=False, items=items)


def test_ten_and_more_real_schemes_ship_with_their_sources_and_nothing_is_invented() -> None:
    real = [rules for rules in NAMES.values() if "示例" not in rules.name]
    assert len(real) >= 10
    assert all(rules.source for rules in real)
    blank = [rules for rules in real if not rules.items]
    assert {rules.name for rules in blank} == {
        "党员积分办法（古县式，分值待填）",
        "党员分类积分（章华镇式，分值待填）",
        "党员分类积分（黄阳司式，分值待填）",
        "网格员服务积分（分值待填）",
    }
    assert all("请按本地文件填写" in rules.source for rules in blank)


def test_a_blank_scheme_gets_its_items_from_the_village(village: Village) -> None:

    with village.file.writing("points.add_rule_set") as session:
        made = actions.add_rule_set(session, rules=NAMES["党员积分办法（古县式，分值待填）"], blank=True)
        actions.add_item(session, set_id=made, item=Item("A1", "教育培训", "参加集中培训", 2, 2))
    with village.file.reading() as session:
        assert len(lookups.one_rule_set(session, made).items) == 1


PACK = """
issuer = "county-office"
pack = "points"
title = "本县积分办法"
version = "1"
law_version = "2026"
region = "320924"
valid_from = 2026-01-01
"""
SET = """
[[set]]
name = "本县农户积分"
subject = "household"
period = "year"
used_for = "评先评优参考"
[[set.item]]
code = "A"
area = "卫生"
text = "门前整洁"
points = 5
"""


def test_a_pack_installs_its_sets_once_and_red_lines_hold_again(village: Village) -> None:
    files = (("pack.toml", PACK), ("points.toml", SET))
    with village.file.writing("points.install_sets") as session:
        assert len(actions.install_sets(session, files=files)) == 1
    with village.file.writing("points.install_sets") as session:
        assert actions.install_sets(session, files=files) == ()
    crossed = SET.replace("门前整洁", "越级上访").replace("points = 5", "points = -5")
    before = village.file.digest()
    with pytest.raises(NotAllowed, match="第三十六条"), village.file.writing("points.install_sets") as session:
        actions.install_sets(session, files=(("pack.toml", PACK.replace('"1"', '"2"')), ("points.toml", crossed)))
    assert village.file.digest() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SET.replace("points = 5", "points = 0.5"), "带了小数"),
        (SET.replace("points = 5", ""), "没有填分数"),
        (SET.replace('"household"', '"everybody"'), "应是household、party_member"),
        (SET.replace("period", "rhythm"), "不认识"),
        (SET.replace("used_for", "fine = 3\nused_for"), "不认识"),
        (SET + 'classes = ["骨干"]', "没有这一类"),
        (SET + "cap = 3", "一次也记不上"),
        (SET + '[[set.band]]\nname = "甲"\nleast = 5\n[[set.band]]\nname = "乙"\nmost = 5', "重叠"),
        (SET.replace("评先评优参考", "评低保"), "低保"),
        (SET + '[[set.band]]\nname = "差"\nmost = 5\naction = "列入黑榜"', "点名曝光"),
        ("[[set]", "读不下去"),
    ],
)
def test_a_wrong_set_in_a_pack_is_told_in_a_sentence(text: str, told: str) -> None:
    assert told in refused_by(text)
    with pytest.raises((FileTrouble, NotAllowed)):
        sets_in(text)


def test_a_circle_of_carrying_is_refused(village: Village) -> None:

    with village.file.reading() as session:
        first = lookups.one_rule_set(session, village.set_id)
    other = dataclasses.replace(
        first.rules, name="新办法", year_end=YearEnd.CARRY, carry_to=first.name, items=first.rules.items
    )
    with village.file.writing("points.add_rule_set") as session:
        actions.add_rule_set(session, rules=other)
    back = dataclasses.replace(first.rules, year_end=YearEnd.CARRY, carry_to="新办法")
    with pytest.raises(NotAllowed, match="绕成了一圈"), village.file.writing("points.change_rule_set") as session:
        actions.change_rule_set(session, set_id=first.id, seen=first.seen, rules=back)
    lost = dataclasses.replace(first.rules, carry_to="没有的办法")
    with pytest.raises(NotAllowed, match="没有这份办法"), village.file.writing("points.change_rule_set") as session:
        actions.change_rule_set(session, set_id=first.id, seen=first.seen, rules=lost)
