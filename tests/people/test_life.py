"""What happens in a life and what does not follow from it: moves with history, the five counts, other households."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups
from village_desk.people.rules.electorates import Assembly
from village_desk.people.rules.standings import CountKind
from village_desk.store.file import VillageFile

Make = Callable[..., str]
LAST_MONTH = dt.date(2026, 2, 14)


def home(file: VillageFile, number: str, group: str = "三组") -> str:
    """A household."""
    with file.writing("people.add_household") as session:
        return actions.add_household(session, number=number, group_name=group)


def do(file: VillageFile, action: Callable[..., object], **facts: object) -> object:
    """One act in one step."""
    with file.writing("people.test") as session:
        return action(session, **facts)


def card(file: VillageFile, person_id: str) -> lookups.PersonCard:
    """A person's card."""
    with file.reading() as session:
        return lookups.person_card(session, person_id)


def roll(file: VillageFile, body: Assembly, on: dt.date) -> dict[str, str]:
    """Names of the eligible with the ground."""
    with file.reading() as session:
        return {one.name: one.basis for one in lookups.roll(session, body=body, on=on).eligible}


def left_out(file: VillageFile, body: Assembly, on: dt.date) -> dict[str, str]:
    """Why each other person is not counted."""
    with file.reading() as session:
        return {one.name: one.reason for one in lookups.roll(session, body=body, on=on).left_out}


def count(file: VillageFile, kind: CountKind, on: dt.date = TODAY) -> tuple[int, bool]:
    """One of the five counts."""
    with file.reading() as session:
        row = next(one for one in lookups.five_counts(session, on=on) if one.kind is kind)
    return row.people, row.entered


def test_scenario_11_a_marriage_moves_one_person_and_leaves_last_month_as_it_was(
    village: VillageFile, person: Make
) -> None:
    hers, his = home(village, "12"), home(village, "27")
    person("李父", household_id=hers, relation="户主", birth="1965-01-01")
    bride = person("李秀兰", household_id=hers, relation="长女", birth="1998-05-05", sex="female")
    groom = person("王伟", household_id=his, relation="户主", birth="1996-05-05", sex="male")
    before = (
        roll(village, Assembly.VILLAGERS_MEETING, LAST_MONTH),
        roll(village, Assembly.HOUSEHOLDS, LAST_MONTH),
    )
    do(
        village,
        actions.record_marriage,
        person_id=bride,
        spouse_id=groom,
        household_id=his,
        relation="妻",
        on=dt.date(2026, 3, 1),
    )
    now = card(village, bride)
    assert (now.row.household_no, now.row.relation, now.marriage) == ("27", "妻", "已婚")
    assert now.history == (
        "2026年3月1日与王伟结婚。",
        "2026年3月1日从三组户号12转出，原为长女（结婚）。",
    )
    assert card(village, groom).history == ("2026年3月1日与李秀兰结婚。",)
    after = (
        roll(village, Assembly.VILLAGERS_MEETING, LAST_MONTH),
        roll(village, Assembly.HOUSEHOLDS, LAST_MONTH),
    )
    assert after == before
    village.undo(village.steps()[0].id)
    assert card(village, bride).row.household_no == "12"
    assert card(village, bride).history == ()


def test_a_pair_sets_up_a_household_of_its_own(village: VillageFile, person: Make) -> None:
    hers, his = home(village, "12"), home(village, "27")
    bride = person("李秀兰", household_id=hers, relation="长女", sex="female")
    groom = person("王伟", household_id=his, relation="长子", sex="male")
    do(
        village,
        actions.record_marriage,
        person_id=groom,
        spouse_id=bride,
        new_number="88",
        new_group="三组",
        on=dt.date(2026, 3, 1),
    )
    assert [(one.name, one.relation) for one in card(village, groom).family] == [("王伟", "户主"), ("李秀兰", "妻")]
    with pytest.raises(NotAllowed, match="配偶不能是本人"):
        do(village, actions.record_marriage, person_id=groom, spouse_id=groom, on=dt.date(2026, 3, 2))


def test_a_household_divides_and_its_head_dies(village: VillageFile, person: Make) -> None:
    old = home(village, "5")
    father = person("张父", household_id=old, relation="户主", birth="1950-01-01")
    mother = person("张母", household_id=old, relation="妻", birth="1955-01-01", sex="female")
    son = person("张大山", household_id=old, relation="长子", birth="1980-01-01")
    child = person("张小山", household_id=old, relation="孙子", birth="2012-01-01")
    with pytest.raises(NotAllowed, match="一个人也不剩"):
        do(
            village,
            actions.divide_household,
            person_ids=(father, mother, son, child),
            head_id=son,
            on=TODAY,
            number="6",
        )
    new = do(
        village,
        actions.divide_household,
        person_ids=(son, child),
        head_id=son,
        on=dt.date(2026, 3, 3),
        number="6",
    )
    assert card(village, son).row.household_id == new
    assert card(village, son).row.group == "三组"
    assert card(village, child).row.relation == ""
    do(village, actions.record_death, person_id=father, on=dt.date(2026, 3, 10), new_head_id=mother)
    assert card(village, mother).row.relation == "户主"
    assert card(village, mother).history == ("2026年3月10日在户里由妻变为户主（户主变更）。",)
    # Before that day the household still answers by its old head, and nobody had left it.
    assert list(roll(village, Assembly.HOUSEHOLDS, dt.date(2026, 3, 2))) == ["张父"]
    assert list(roll(village, Assembly.HOUSEHOLDS, dt.date(2026, 3, 9))) == ["张父", "张大山"]
    assert list(roll(village, Assembly.HOUSEHOLDS, dt.date(2026, 3, 10))) == ["张母", "张大山"]


def test_who_moved_out_and_back_was_away_only_in_between(village: VillageFile, person: Make) -> None:
    one = person("王伟")
    do(village, actions.move_out, person_id=one, on=dt.date(2025, 9, 1), reason="升学迁出", place="南京")
    do(village, actions.return_to_roll, person_id=one, on=dt.date(2026, 2, 1))
    for day, there in ((dt.date(2025, 8, 31), True), (dt.date(2025, 9, 1), False), (dt.date(2026, 2, 1), True)):
        assert ("王伟" in roll(village, Assembly.VILLAGERS_MEETING, day)) is there
    assert left_out(village, Assembly.VILLAGERS_MEETING, dt.date(2026, 1, 1)) == {
        "王伟": "2025年9月1日户籍迁出，2026年2月1日才迁回"
    }
    assert card(village, one).history == (
        "2026年2月1日户籍迁回。",
        "2025年9月1日户籍迁出（升学迁出），去南京。",
    )


def test_away_in_the_army_and_back_changes_no_count(village: VillageFile, person: Make) -> None:
    one = person("王伟")
    do(village, actions.enter_standing, person_id=one, kind="collective", from_on=dt.date(2020, 1, 1))
    do(village, actions.go_away, person_id=one, ground="army", on=dt.date(2024, 9, 1))
    with pytest.raises(NotAllowed, match="已经登记为参军，还没有登记回来"):
        do(village, actions.go_away, person_id=one, ground="work", on=dt.date(2025, 9, 1))
    assert count(village, CountKind.REGISTERED) == (1, True)
    assert count(village, CountKind.COLLECTIVE) == (1, True)
    do(village, actions.come_back, person_id=one, on=dt.date(2026, 1, 1))
    assert card(village, one).history == ("2026年1月1日参军回来。", "2024年9月1日参军。")
    with pytest.raises(NotAllowed, match="第十八条"):
        do(village, actions.end_standing, person_id=one, kind="collective", on=TODAY, why="参军")
    do(village, actions.end_standing, person_id=one, kind="collective", on=TODAY, why="成为公务员")
    assert count(village, CountKind.COLLECTIVE) == (0, False)
    assert count(village, CountKind.COLLECTIVE, dt.date(2026, 3, 13)) == (1, True)


def test_the_five_counts_do_not_follow_from_each_other(village: VillageFile, person: Make) -> None:
    person("在册成年", birth="2008-03-14")
    person("在册少年", birth="2008-03-15")
    tenant = person("租户", birth="1980-01-01", living="here")
    do(village, actions.move_out, person_id=tenant, on=dt.date(2020, 1, 1))
    assert [count(village, kind) for kind in CountKind] == [(2, True), (0, False), (1, True), (0, False), (0, False)]
    do(village, actions.enter_standing, person_id=tenant, kind="resident", from_on=dt.date(2021, 1, 1))
    do(
        village,
        actions.enter_standing,
        person_id=tenant,
        kind="voter",
        from_on=dt.date(2026, 1, 5),
        ground="户籍不在本村，居住或从事村务工作一年以上，本人申请并经同意",
    )
    assert [count(village, kind)[0] for kind in CountKind] == [2, 1, 1, 1, 0]
    assert roll(village, Assembly.VOTERS, TODAY) == {
        "租户": "户籍不在本村，居住或从事村务工作一年以上，本人申请并经同意"
    }
    assert roll(village, Assembly.VOTERS, dt.date(2026, 1, 4)) == {}
    assert left_out(village, Assembly.VOTERS, TODAY)["在册成年"] == "没有列入登记参选村民名单"
    with pytest.raises(NotAllowed, match="从2026年1月5日起已经登记为登记参选村民"):
        do(village, actions.enter_standing, person_id=tenant, kind="voter", from_on=dt.date(2026, 2, 5))


def test_every_count_leads_to_its_people(village: VillageFile, person: Make) -> None:
    person("甲", birth="1980-02-29")
    person("乙", birth="2008-04")
    person("丙", birth="2010")
    with village.reading() as session:
        for row in lookups.five_counts(session, on=TODAY):
            wanted = lookups.PeopleFilter(state="", only=row.id)
            assert len(lookups.person_ids(session, wanted)) == row.people
        adults = lookups.person_ids(session, lookups.PeopleFilter(state="", only="adult"))
        assert [one.name for one in lookups.person_rows(session, adults)] == ["甲"]
        eligible = lookups.roll(session, body=Assembly.VILLAGERS_MEETING, on=TODAY).eligible
    assert [one.person_id for one in eligible] == adults


def test_a_voter_list_is_begun_from_the_adults_and_the_old_one_ends(village: VillageFile, person: Make) -> None:
    one, young = person("王伟"), person("小李", birth="2008-02-01")
    assert do(village, actions.begin_voter_list, on=dt.date(2026, 1, 5)) == 1
    assert do(village, actions.begin_voter_list, on=dt.date(2026, 3, 1)) == 2
    assert list(roll(village, Assembly.VOTERS, dt.date(2026, 2, 1))) == ["王伟"]
    assert set(roll(village, Assembly.VOTERS, TODAY)) == {"王伟", "小李"}
    do(village, actions.end_standing, person_id=young, kind="voter", on=dt.date(2026, 3, 10), why="本人表示不参加")
    assert set(roll(village, Assembly.VOTERS, TODAY)) == {"王伟"}
    assert card(village, one).standings[0].words == "登记参选村民：2026年3月1日起。"


def test_a_contract_household_stands_apart_from_the_registered_one(village: VillageFile, person: Make) -> None:
    old, new = home(village, "5"), home(village, "6")
    father = person("张父", household_id=old, relation="户主")
    son = person("张大山", household_id=new, relation="户主")
    made = do(
        village,
        actions.add_side_household,
        kind="contract",
        members=(
            actions.SideEntry(father, "本人", 150, head=True),
            actions.SideEntry(son, "长子", 100),
        ),
        number="C017",
        group_name="三组",
        certificate="329924103205040017J",
        area=685,
        from_on=dt.date(2023, 1, 1),
        due_on=dt.date(2052, 12, 31),
    )
    side = card(village, son).sides[0]
    assert side.words == "承包户（张父） · 编号C017 · 三组 · 6.85亩 · 承包期到2052年12月31日"
    assert [(one.name, one.share_words) for one in side.members] == [("张父", "1.5股"), ("张大山", "1股")]
    assert card(village, son).row.household_no == "6"
    with pytest.raises(NotAllowed, match="已经登记在三组C017这一承包户里"):
        do(
            village,
            actions.add_side_household,
            kind="contract",
            members=(actions.SideEntry(son, head=True),),
            number="C018",
        )
    # A living household of the same people is another thing.
    do(village, actions.add_side_household, kind="living", members=(actions.SideEntry(son, head=True),))
    do(village, actions.leave_side_household, entry_id=side.members[1].id, on=dt.date(2026, 3, 1), reason="分户")
    with village.reading() as session:
        then = lookups.side_households(session, kind="contract", on=dt.date(2026, 2, 28))
        now = lookups.side_households(session, kind="contract", on=TODAY)
    assert [len(one.members) for one in (*then, *now)] == [2, 1]
    assert now[0].id == made


def test_outside_people_count_nowhere_and_are_found(village: VillageFile, person: Make) -> None:
    person("王伟")
    one = do(
        village,
        actions.add_outside_person,
        name="赵律师",
        role="法律顾问",
        unit="平安律师事务所",
        unit_post="律师",
        from_on=dt.date(2025, 3, 1),
    )
    assert count(village, CountKind.REGISTERED) == (1, True)
    assert left_out(village, Assembly.VILLAGERS_MEETING, TODAY) == {"赵律师": "外来人员，户籍不在本村"}
    with village.reading() as session:
        assert [row.words for row in lookups.outside_people(session)] == [
            "法律顾问：平安律师事务所，律师，2025年3月1日起"
        ]
        assert [row.name for row in lookups.find_people(session, "赵律师")] == ["赵律师"]
    do(village, actions.end_outside_role, person_id=one, on=TODAY)
    with village.reading() as session:
        assert lookups.outside_people(session) == ()


def test_a_newcomer_counts_from_the_day_of_coming(village: VillageFile) -> None:
    here = home(village, "12")
    do(
        village,
        actions.add_person,
        name="陈红",
        came_how="married_in",
        came_on=dt.date(2026, 3, 2),
        household_id=here,
        relation="儿媳",
        birth="1999-01-01",
        came_from="邻县李庄",
    )
    assert list(roll(village, Assembly.VILLAGERS_MEETING, dt.date(2026, 3, 2))) == ["陈红"]
    assert left_out(village, Assembly.VILLAGERS_MEETING, dt.date(2026, 3, 1)) == {"陈红": "2026年3月2日才登记入户"}
    with village.reading() as session:
        found = lookups.find_people(session, "陈红")[0]
    assert card(village, found.id).history == ("2026年3月2日婚嫁迁入，从邻县李庄来。",)


def test_the_fields_of_a_card_keep_what_is_official_and_other_papers_are_not_checked(
    village: VillageFile, person: Make
) -> None:
    one = person("阿依古丽·买买提", birth="1990-01-01")
    seen = card(village, one).seen
    with pytest.raises(NotAllowed, match="请对照户口簿核对"):
        do(village, actions.edit_person, person_id=one, seen=seen, identity="110105194912310021")
    do(
        village,
        actions.edit_person,
        person_id=one,
        seen=seen,
        identity="e 12345678",
        identity_kind="护照",
        birth_source="本人自报",
        residence="苏州市",
        work="在苏州务工",
        military="预备役",
        health="视力残疾二级",
    )
    now = card(village, one)
    assert (now.row.identity, now.identity_kind, now.birth_source) == ("E12345678", "护照", "本人自报")
    assert (now.residence, now.work, now.military, now.health) == ("苏州市", "在苏州务工", "预备役", "视力残疾二级")
    do(
        village,
        actions.edit_person,
        person_id=one,
        seen=now.seen,
        identity="110105194912310021",
        identity_kind="居民身份证",
        identity_reason="户口簿上就是这个号",
        birth="",
        sex="",
    )
    assert card(village, one).identity_kind == ""
    with village.reading() as session:
        # Found by its tail, wrong as it is.
        assert [row.name for row in lookups.find_people(session, "0021")] == ["阿依古丽·买买提"]


def test_residence_with_dates_is_not_overwritten_by_a_word_without_one(village: VillageFile, person: Make) -> None:
    one = person("王伟", living="here")
    do(village, actions.edit_person, person_id=one, seen=card(village, one).seen, living="away")
    assert count(village, CountKind.RESIDENT) == (0, False)
    do(village, actions.enter_standing, person_id=one, kind="resident", from_on=dt.date(2026, 1, 1))
    assert card(village, one).row.living == "here"
    with pytest.raises(NotAllowed, match="常住情况是带日期登记的"):
        do(village, actions.edit_person, person_id=one, seen=card(village, one).seen, living="away")
    do(village, actions.end_standing, person_id=one, kind="resident", on=dt.date(2026, 3, 1), why="外出")
    assert card(village, one).row.living == "away"
    assert count(village, CountKind.RESIDENT, dt.date(2026, 2, 28)) == (1, True)


def pair(village: VillageFile) -> dict[str, str]:
    """A pair with two children in one household, and her parents' household; ids by name."""
    with village.writing("people.test") as session:
        home = actions.add_household(session, number="27", group_name="五组")
        hers = actions.add_household(session, number="12", group_name="三组")
        ids = {"家": home, "娘家": hers}
        for name, where, relation, sex in (
            ("王伟", home, "户主", "male"),
            ("李秀兰", home, "妻", "female"),
            ("王鹏", home, "长子", "male"),
            ("王小红", home, "长女", "female"),
            ("李建国", hers, "户主", "male"),
        ):
            ids[name] = actions.add_person(session, name=name, household_id=where, relation=relation, sex=sex)
        actions.enter_standing(session, person_id=ids["李秀兰"], kind="collective")
    return ids


def test_a_divorce_is_kept_and_nothing_else_follows(village: VillageFile) -> None:
    ids = pair(village)
    on = dt.date(2026, 3, 2)
    with village.reading() as session:
        assert lookups.spouse_of(session, ids["李秀兰"]) == ids["王伟"]
        assert lookups.spouse_of(session, ids["王鹏"]) == ""
    do(village, actions.record_divorce, person_id=ids["李秀兰"], spouse_id=ids["王伟"], on=on)
    with village.reading() as session:
        both = [lookups.person_card(session, ids[name]) for name in ("李秀兰", "王伟")]
    assert [one.row.household_no for one in both] == ["27", "27"]
    assert [one.marriage for one in both] == ["离婚", "离婚"]
    assert both[0].history == ("2026年3月2日与王伟离婚。",)
    assert [one.kind for one in both[0].standings if one.ended_on is None] == ["collective"]
    with pytest.raises(NotAllowed, match="王伟2026年3月2日已经登记离婚"):
        do(village, actions.record_divorce, person_id=ids["王伟"], on=dt.date(2026, 3, 3))
    # They marry again, and only a later day can end that marriage.
    do(village, actions.record_marriage, person_id=ids["李秀兰"], spouse_id=ids["王伟"], on=dt.date(2026, 3, 10))
    with pytest.raises(NotAllowed, match="2026年3月10日才结婚"):
        do(village, actions.record_divorce, person_id=ids["李秀兰"], spouse_id=ids["王伟"], on=dt.date(2026, 3, 9))


def test_one_of_a_divorced_pair_leaves_with_a_child(village: VillageFile) -> None:
    ids = pair(village)
    on = dt.date(2026, 3, 2)
    facts: dict[str, object] = {"person_id": ids["李秀兰"], "spouse_id": ids["王伟"], "on": on}
    with pytest.raises(NotAllowed, match="由谁转出"):
        do(village, actions.record_divorce, **facts, leaver_id=ids["王鹏"], household_id=ids["娘家"])
    with pytest.raises(NotAllowed, match="李建国和李秀兰不在同一户"):
        do(
            village,
            actions.record_divorce,
            **facts,
            leaver_id=ids["李秀兰"],
            with_ids=(ids["李建国"],),
            household_id=ids["娘家"],
        )
    do(
        village,
        actions.record_divorce,
        **facts,
        leaver_id=ids["李秀兰"],
        with_ids=(ids["王小红"],),
        household_id=ids["娘家"],
        relation="长女",
    )
    with village.reading() as session:
        home, hers = lookups.household_card(session, ids["家"]), lookups.household_card(session, ids["娘家"])
        history = lookups.person_card(session, ids["王小红"]).history
    assert [one.name for one in home.members] == ["王伟", "王鹏"]
    assert {one.name: one.relation for one in hers.members} == {"李建国": "户主", "李秀兰": "长女", "王小红": ""}
    assert history == ("2026年3月2日从五组户号27转出，原为长女（离婚）。",)


def test_a_head_who_leaves_by_divorce_leaves_another_head(village: VillageFile) -> None:
    ids = pair(village)
    facts: dict[str, object] = {
        "person_id": ids["王伟"],
        "spouse_id": ids["李秀兰"],
        "on": dt.date(2026, 3, 2),
        "leaver_id": ids["王伟"],
    }
    with pytest.raises(NotAllowed, match="转出以后要有新户主"):
        do(village, actions.record_divorce, **facts, new_number="28", new_group="五组")
    made = do(village, actions.record_divorce, **facts, new_number="28", new_group="五组", new_head_id=ids["李秀兰"])
    with village.reading() as session:
        home, new = lookups.household_card(session, ids["家"]), lookups.household_card(session, str(made))
    assert (home.head, new.head, new.number) == ("李秀兰", "王伟", "28")
