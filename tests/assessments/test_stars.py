"""A star round from mobilising to the plaque, revocation with barred years, uses, received stars, four comparisons."""

import dataclasses
import datetime as dt

import pytest

from tests.assessments.conftest import TODAY, Stars
from village_desk.assessments import actions, lookups
from village_desk.assessments.rules.stars import (
    Rates,
    Star,
    StarRules,
    check_star_rules,
    level_words,
    years_in_post,
)
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import percent
from village_desk.notices.lookups import duties_on
from village_desk.people.records import Organisation, Post

TEN, NINE, NONE = (1,) * 10, (1,) * 9 + (0,), (0,) * 10
JUDGES = ("赵一", "钱二", "孙三", "周四")


def day(month: int, of: int) -> dt.date:
    return dt.date(2026, month, of)


def opened(stars: Stars, *heads: str, year: int = 2026) -> str:
    with stars.file.writing("assessments.open_round") as session:
        made = actions.open_round(session, set_id=stars.set_id, year=year)
        actions.mobilise(session, round_id=made, on=day(8, 1))
        actions.join_round(session, round_id=made, household_ids=tuple(stars.households[one] for one in heads))
    return made


def rated(stars: Stars, made: str, **own: tuple[int, ...]) -> None:
    rows = tuple((stars.households[name], values) for name, values in own.items())
    with stars.file.writing("assessments.rate_own") as session:
        actions.rate_own(session, round_id=made, on=day(8, 10), rows=rows)
        actions.rate_mutually(
            session, round_id=made, on=day(8, 20), judges=tuple(stars.persons[one] for one in JUDGES), rows=rows
        )


def recognise(stars: Stars, made: str) -> int:
    with stars.file.writing("assessments.recognise") as session:
        return actions.recognise(session, round_id=made, on=day(9, 1), decided_by="9月1日村“两委”会议")


def awarded(stars: Stars, made: str) -> None:
    with stars.file.writing("assessments.post_round") as session:
        actions.post_round(session, round_id=made, on=day(9, 2))
        actions.award(session, round_id=made, on=day(9, 10))


@pytest.mark.covers("1-50")
def test_a_round_is_recognised_only_after_self_and_mutual_rating_of_every_household(stars: Stars) -> None:
    made = opened(stars, "赵一", "钱二", "吴五")
    with pytest.raises(NotAllowed, match="还有3户没有自评"):
        recognise(stars, made)
    rated(stars, made, 赵一=TEN, 钱二=NINE)
    with pytest.raises(NotAllowed, match="还有1户没有自评：吴五家"):
        recognise(stars, made)
    with stars.file.writing("assessments.rate_own") as session:
        actions.rate_own(session, round_id=made, on=day(8, 12), rows=((stars.households["吴五"], NINE),))
    with pytest.raises(NotAllowed, match="还有1户没有互评：吴五家"):
        recognise(stars, made)
    rated(stars, made, 吴五=NONE)
    assert recognise(stars, made) == 2
    with stars.file.reading() as session:
        (duty,) = duties_on(session, on=TODAY)
    assert "星级文明户（十星）认定结果" in duty.about
    assert (duty.item, duty.kind, duty.due_on) == ("honours", "objection_notice", day(9, 11))


@pytest.mark.covers("1-44")
def test_ten_stars_make_a_ten_star_household_and_the_rates_are_reckoned(stars: Stars) -> None:
    made = opened(stars, "赵一", "钱二", "吴五")
    rated(stars, made, 赵一=TEN, 钱二=NINE, 吴五=NONE)
    recognise(stars, made)
    with stars.file.reading() as session:
        found = lookups.one_round(session, made)
    assert [star.name for star in found.rules.stars][:2] == ["爱党爱国星", "诚实守信星"]
    assert len(found.rules.stars) == 10
    assert {row.name: row.level for row in found.entries} == {
        "赵一家": "十星级",
        "钱二家": "九星级",
        "吴五家": "未评上",
    }
    assert found.rates == Rates(6, 3, 2, 1, 10)
    assert found.rates.sentence.startswith("全村6户，参评3户，参评率50%；评上2户，创评率33.3%")
    county = Rates(28500, 27931, 2135 + 11146, 2135, 10)
    assert "评上13281户，创评率46.6%，其中十星级2135户，其他星级11146户" in county.sentence
    assert "参评率98%" in county.sentence


def test_the_stations_follow_each_other_and_the_wall_comes_before_the_plaque(stars: Stars) -> None:
    made = opened(stars, "赵一")
    with pytest.raises(NotAllowed, match="不能早于动员发动"), stars.file.writing("assessments.rate_own") as session:
        actions.rate_own(session, round_id=made, on=day(7, 1), rows=((stars.households["赵一"], TEN),))
    with stars.file.writing("assessments.rate_own") as session:
        actions.rate_own(session, round_id=made, on=day(8, 10), rows=((stars.households["赵一"], TEN),))
    for judges, told in ((("钱二", "孙三"), "还差1人"), (("赵一", "钱二", "孙三"), "赵一要回避，只剩2人")):
        with pytest.raises(NotAllowed, match=told), stars.file.writing("assessments.rate_mutually") as session:
            actions.rate_mutually(
                session,
                round_id=made,
                on=day(8, 20),
                judges=tuple(stars.persons[one] for one in judges),
                rows=((stars.households["赵一"], TEN),),
            )
    rated(stars, made, 赵一=TEN)
    recognise(stars, made)
    with pytest.raises(NotAllowed, match="还没有公示"), stars.file.writing("assessments.award") as session:
        actions.award(session, round_id=made, on=day(9, 5))
    with stars.file.writing("assessments.post_round") as session:
        actions.post_round(session, round_id=made, on=day(9, 2))
    with pytest.raises(NotAllowed, match="公示到9月7日"), stars.file.writing("assessments.award") as session:
        actions.award(session, round_id=made, on=day(9, 7))
    with stars.file.writing("assessments.award") as session:
        assert actions.award(session, round_id=made, on=day(9, 8)) == 1
    with stars.file.reading() as session:
        (row,) = lookups.one_round(session, made).entries
    assert row.plaque == "2026-001"


def test_a_revoked_household_is_barred_until_its_day(stars: Stars) -> None:
    made = opened(stars, "赵一", "钱二")
    rated(stars, made, 赵一=TEN, 钱二=TEN)
    recognise(stars, made)
    awarded(stars, made)
    with stars.file.writing("assessments.revoke") as session:
        until = actions.revoke(
            session,
            round_id=made,
            household_id=stars.households["赵一"],
            on=day(9, 20),
            reason="乱倒建筑垃圾，屡劝不改",
            decided_by="9月20日村“两委”会议",
        )
    assert until == dt.date(2028, 9, 20)
    with stars.file.reading() as session:
        assert lookups.rating_of_household(session, household_id=stars.households["赵一"]) is None
        assert lookups.one_round(session, made).rates.rated == 1
    with stars.file.writing("assessments.open_round") as session:
        again = actions.open_round(session, set_id=stars.set_id, year=2027)
    with pytest.raises(NotAllowed, match="一组赵一家2026年9月20日被摘星，到2028年9月20日才能再参评"):
        with stars.file.writing("assessments.join_round") as session:
            actions.join_round(session, round_id=again, household_ids=(stars.households["赵一"],))
    with stars.file.writing("assessments.join_round") as session:
        left = actions.join_round(session, round_id=again)
    assert len(left) == 1
    stars.file.confirm_today(dt.date(2028, 9, 20))
    with stars.file.writing("assessments.join_round") as session:
        assert actions.join_round(session, round_id=again, household_ids=(stars.households["赵一"],)) == ()


def test_a_person_is_asked_for_the_rating_of_the_household(stars: Stars) -> None:
    made = opened(stars, "赵一")
    rated(stars, made, 赵一=NINE)
    recognise(stars, made)
    awarded(stars, made)
    with stars.file.reading() as session:
        found = lookups.rating_of_person(session, person_id=stars.persons["赵一"])
        assert lookups.rating_of_person(session, person_id=stars.persons["钱二"]) is None
    assert found is not None
    assert (found.year, found.level, found.plaque, found.running) == (2026, "九星级", "2026-001", 1)
    with stars.file.writing("assessments.record_use") as session:
        actions.record_use(
            session,
            household_id=stars.households["赵一"],
            person_id=stars.persons["赵一"],
            used_for="推荐道德模范，评优参考",
            on=TODAY,
        )
    with pytest.raises(NotAllowed, match="低保"), stars.file.writing("assessments.record_use") as session:
        actions.record_use(session, household_id=stars.households["赵一"], person_id="", used_for="低保优先", on=TODAY)


@pytest.mark.covers("1-48")
def test_a_secretarys_years_are_reckoned_from_the_posts_and_the_history_is_kept(stars: Stars) -> None:
    who = stars.persons["吴五"]
    with stars.file.writing("tests.furnish") as session:
        body = Organisation(kind="branch", name="东河村党支部")
        session.add(body)
        session.flush()
        session.add(
            Post(
                organisation_id=body.id,
                person_id=who,
                role="secretary",
                from_on=dt.date(2010, 1, 1),
                ended_on=dt.date(2016, 1, 1),
            )
        )
        session.add(Post(organisation_id=body.id, person_id=who, role="secretary", from_on=dt.date(2018, 7, 1)))
    with stars.file.writing("assessments.receive_star") as session:
        for year, count in ((2025, 2), (2026, 3)):
            actions.receive_star(
                session,
                kind="secretary",
                person_id=who,
                stars=count,
                grade="优秀",
                decided_on=dt.date(year, 1, 20),
                decided_by="平安镇党委",
                document=f"平安党发〔{year}〕2号",
            )
    with stars.file.reading() as session:
        rows = lookups.received_stars(session, kind="secretary", person_id=who)
    assert [(row.decided_on.year, row.stars, row.in_post) for row in rows] == [
        (2026, 3, "13年6个月"),
        (2025, 2, "12年6个月"),
    ]


@pytest.mark.covers("1-46")
def test_the_four_comparisons_give_their_days_and_say_what_was_received(stars: Stars) -> None:
    made = opened(stars, "赵一", "钱二")
    rated(stars, made, 赵一=TEN, 钱二=NONE)
    recognise(stars, made)
    with stars.file.writing("assessments.receive_star") as session:
        actions.receive_star(
            session,
            kind="village",
            title="先进村",
            decided_on=day(1, 30),
            decided_by="平安镇党委",
            document="平安党发〔2026〕1号",
        )
    with stars.file.reading() as session:
        four = lookups.four_comparisons(session)
    assert [one.title for one in four] == ["乡村比先进", "书记比星级", "党员比积分", "家庭比文明"]
    assert [one.source for one in four] == ["乡镇、县评定", "乡镇、县评定", "本村记录", "本村记录"]
    assert four[0].as_of == "2026年1月30日"
    assert four[3].rows == (("一组", "赵一家", "十星级"),)
    assert four[3].as_of == "2026年9月1日"


def test_wrong_star_sets_are_refused_in_sentences() -> None:

    good = StarRules("试", (Star("卫生星"), Star("诚信星")))
    check_star_rules(good)
    for change, told in (
        ({"stars": ()}, "还没有一颗星"),
        ({"stars": (Star("甲"), Star("甲"))}, "写了两次"),
        ({"least": 3}, "一共2颗"),
        ({"used_for": "入学优先"}, "入学"),
        ({"stars": (Star("信教星"),)}, "宗教"),
    ):
        with pytest.raises(NotAllowed, match=told):
            check_star_rules(dataclasses.replace(good, **change))


def test_levels_and_shares_are_cut_and_never_rounded_up() -> None:
    assert (level_words(10), level_words(0), level_words(12)) == ("十星级", "未评上", "12星级")
    assert (percent(979, 1000), percent(9799, 10000), percent(98, 100)) == ("97.9%", "97.9%", "98%")
    spans = [(dt.date(2010, 1, 1), dt.date(2012, 1, 1)), (dt.date(2011, 1, 1), dt.date(2013, 1, 1))]
    assert years_in_post(spans, TODAY) == (3, 0)
