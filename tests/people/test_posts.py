"""Appointments: who may hold what, with the article, and one first-responsible person at a time."""

import datetime as dt
from collections.abc import Callable

import pypdfium2
import pytest

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.people import actions, lookups, printout
from village_desk.people.rules.bodies import Body, Role, Seats, composition_findings
from village_desk.rulebook.rules import BodyRule, Rulebook, optional_packs, shipped_packs
from village_desk.store.file import VillageFile

Make = Callable[..., str]
START = dt.date(2026, 1, 10)


@pytest.fixture
def appoint(settled: VillageFile) -> Callable[..., str]:
    """Appoint a person from 10 January 2026."""

    def run(person_id: str, role: Role, **facts: object) -> str:
        with settled.writing("people.appoint") as session:
            return actions.appoint(session, person_id=person_id, role=role, **{"from_on": START, **facts})  # type: ignore[arg-type]  # facts of any kind

    return run


def held(village: VillageFile, on: dt.date) -> dict[str, list[str]]:
    """Names by post on a day."""
    found: dict[str, list[str]] = {}
    with village.reading() as session:
        for body in lookups.bodies(session, on=on):
            for post in body.posts:
                found.setdefault(post.role_words, []).append(post.name)
    return found


def test_the_standard_bodies_are_made_once(settled: VillageFile) -> None:
    with settled.writing("people.set_up_bodies") as session:
        actions.set_up_bodies(session)
    with settled.reading() as session:
        assert [body.name for body in lookups.bodies(session, on=TODAY)] == [
            "中共东河村支部委员会",
            "东河村村民委员会",
            "东河村村务监督委员会",
            "东河村村民代表会议",
            "东河村集体经济组织",
            "村务办公岗位",
        ]


def test_one_secretary_at_a_time_and_history_stays(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    old, new = person("王书记"), person("李书记")
    with settled.writing("people.party") as session:
        for one in (old, new):
            actions.add_party_member(session, person_id=one, full_on=dt.date(2000, 7, 1))
    first = appoint(old, Role.SECRETARY, from_on=dt.date(2021, 3, 5))
    before = settled.digest()
    with pytest.raises(NotAllowed, match="村党支部书记现在是王书记，一个组织只能有一位第一责任人"):
        appoint(new, Role.SECRETARY)
    assert settled.digest() == before
    with settled.writing("people.end_post") as session:
        actions.end_post(session, post_id=first, on=START, why="换届")
    appoint(new, Role.SECRETARY)
    assert held(settled, dt.date(2025, 12, 31)) == {"村党支部书记": ["王书记"]}
    # On the day of the change the successor holds the post, and nobody holds it twice.
    assert held(settled, START) == {"村党支部书记": ["李书记"]}


def test_a_past_post_can_be_entered_beside_the_present_one(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    appoint(person("现主任"), Role.CHAIR)
    appoint(person("前主任"), Role.CHAIR, from_on=dt.date(2021, 3, 1), ended_on=START, ended_why="换届")
    assert held(settled, dt.date(2023, 1, 1)) == {"村民委员会主任": ["前主任"]}
    with pytest.raises(NotAllowed, match="现在是前主任"):
        appoint(
            person("又一位"), Role.CHAIR, from_on=dt.date(2022, 1, 1), ended_on=dt.date(2022, 6, 1), ended_why="代理"
        )


def test_trap_13_the_villagers_committee_cannot_watch_itself(person: Make, appoint: Callable[..., str]) -> None:
    chair = person("王主任")
    appoint(chair, Role.CHAIR)
    with pytest.raises(NotAllowed, match="《村民委员会组织法》第三十七条"):
        appoint(chair, Role.SUPERVISION_MEMBER)
    monitor = person("张监督")
    appoint(monitor, Role.SUPERVISION_HEAD)
    with pytest.raises(NotAllowed, match="《村民委员会组织法》第三十七条"):
        appoint(monitor, Role.COMMITTEE_MEMBER)


def test_trap_13_a_relative_in_the_household_needs_a_word_from_the_clerk(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    with settled.writing("people.add_household") as session:
        home = actions.add_household(session, number="0001", group_name="一组")
    chair, wife = person("王主任", household_id=home), person("李秀兰", household_id=home)
    appoint(chair, Role.CHAIR)
    with pytest.raises(NotAllowed, match="与村民委员会主任王主任同户"):
        appoint(wife, Role.SUPERVISION_MEMBER)
    with pytest.raises(NotAllowed, match="近亲属回避"):
        appoint(wife, Role.COMMITTEE_MEMBER)
    lodger = person("房客", household_id=home)
    appoint(lodger, Role.SUPERVISION_MEMBER, despite="只是寄住，没有亲属关系")


def test_trap_13_the_clerk_and_the_bookkeeper_do_not_watch(person: Make, appoint: Callable[..., str]) -> None:
    clerk = person("李会计")
    appoint(clerk, Role.BOOKKEEPER)
    with pytest.raises(NotAllowed, match="现任村报账员"):
        appoint(clerk, Role.SUPERVISION_MEMBER)
    monitor = person("张监督")
    appoint(monitor, Role.SUPERVISION_MEMBER)
    with pytest.raises(NotAllowed, match="不能同时任村文书"):
        appoint(monitor, Role.CLERK)


def test_a_branch_member_outside_the_committee_may_head_the_watch(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    member = person("张委员")
    with settled.writing("people.party") as session:
        actions.add_party_member(session, person_id=member, full_on=dt.date(2000, 7, 1))
    appoint(member, Role.BRANCH_MEMBER)
    appoint(member, Role.SUPERVISION_HEAD)
    assert held(settled, TODAY) == {"村党支部委员": ["张委员"], "村务监督委员会主任": ["张委员"]}


@pytest.mark.covers("1-28")
def test_any_other_seat_of_the_watch_wants_a_reason_from_a_branch_member(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    zhang = person("张委员")
    with settled.writing("people.add_party_member") as session:
        actions.add_party_member(session, person_id=zhang, full_on=dt.date(2010, 7, 1))
    appoint(zhang, Role.BRANCH_MEMBER)
    with pytest.raises(NotAllowed, match="现任村党支部委员，不能同时任村务监督委员会委员") as told:
        appoint(zhang, Role.SUPERVISION_MEMBER)
    assert "请写明依据后再任命" in told.value.advice
    appoint(zhang, Role.SUPERVISION_MEMBER, despite="乡镇纪委批复同意")
    assert held(settled, TODAY)["村务监督委员会委员"] == ["张委员"]


def test_one_person_may_be_secretary_and_chair(settled: VillageFile, person: Make, appoint: Callable[..., str]) -> None:
    both = person("王书记")
    with settled.writing("people.party") as session:
        actions.add_party_member(session, person_id=both, full_on=dt.date(2000, 7, 1))
    appoint(both, Role.SECRETARY)
    appoint(both, Role.CHAIR)


def test_a_committee_has_at_most_seven_members(person: Make, appoint: Callable[..., str]) -> None:
    for number in "一二三四五六七":
        appoint(person(f"王{number}"), Role.COMMITTEE_MEMBER)
    with pytest.raises(NotAllowed, match=r"已有7人，最多七人（《村民委员会组织法》第八条）"):
        appoint(person("王八"), Role.COMMITTEE_MEMBER)


def test_probationary_members_and_outsiders_hold_no_party_post(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    new = person("小李")
    with pytest.raises(NotAllowed, match="没有登记为正式党员"):
        appoint(new, Role.BRANCH_MEMBER)
    with settled.writing("people.party") as session:
        actions.add_party_member(session, person_id=new, probationary=True, joined_on=dt.date(2025, 6, 1))
    with pytest.raises(NotAllowed, match="党章第七条"):
        appoint(new, Role.BRANCH_MEMBER)


def test_minors_and_the_dead_are_not_appointed(settled: VillageFile, person: Make, appoint: Callable[..., str]) -> None:
    with pytest.raises(NotAllowed, match="到2026年1月11日才满18周岁"):
        appoint(person("小王", birth="2008-01-11"), Role.REPRESENTATIVE)
    appoint(person("小张", birth="2008-01-10"), Role.REPRESENTATIVE)
    gone = person("老王")
    with settled.writing("people.record_death") as session:
        actions.record_death(session, person_id=gone, on=dt.date(2025, 12, 1))
    with pytest.raises(NotAllowed, match="已登记为去世"):
        appoint(gone, Role.REPRESENTATIVE)


@pytest.mark.covers("1-08")
def test_a_new_term_ends_every_old_post_on_one_day(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    appoint(person("前主任"), Role.CHAIR, from_on=dt.date(2021, 3, 1))
    appoint(person("前委员"), Role.COMMITTEE_MEMBER, from_on=dt.date(2021, 3, 1))
    with settled.reading() as session:
        body = next(one for one in lookups.bodies(session, on=TODAY) if one.kind == "villagers_committee")
    with settled.writing("people.begin_term") as session:
        actions.begin_term(session, organisation_id=body.id, number=12, from_on=START)
    assert held(settled, TODAY) == {}
    assert held(settled, dt.date(2026, 1, 9)) == {"村民委员会主任": ["前主任"], "村民委员会委员": ["前委员"]}
    appoint(person("新主任"), Role.CHAIR)
    with settled.reading() as session:
        body = next(one for one in lookups.bodies(session, on=TODAY) if one.kind == "villagers_committee")
        assert (body.term, body.due_on) == ("第12届", dt.date(2031, 1, 10))
    with pytest.raises(NotAllowed, match="第12届已经登记过"), settled.writing("people.begin_term") as session:
        actions.begin_term(session, organisation_id=body.id, number=12, from_on=START)
    # The chart of any past date can be printed.
    with settled.reading() as session:
        past = printout.chart_of_posts(
            lookups.bodies(session, on=dt.date(2025, 6, 1)), village="东河村", on=dt.date(2025, 6, 1)
        )
    document = pypdfium2.PdfDocument(past)
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert "前主任" in text
    assert "新主任" not in text


def test_an_election_is_entered_whole_or_not_at_all(settled: VillageFile, person: Make) -> None:
    chair, minor = person("王主任"), person("小王", birth="2010-01-01")
    before = settled.digest()
    with pytest.raises(NotAllowed), settled.writing("people.appoint_many") as session:
        actions.appoint_many(
            session,
            appointments=(
                actions.Appointment(chair, Role.CHAIR),
                actions.Appointment(minor, Role.COMMITTEE_MEMBER),
            ),
            from_on=START,
            how="选举",
        )
    assert settled.digest() == before


def test_the_leader_of_a_group(settled: VillageFile, person: Make, appoint: Callable[..., str]) -> None:
    with settled.writing("people.groups") as session:
        actions.add_household(session, number="1", group_name="三组")
        actions.set_up_bodies(session)
    appoint(person("赵组长"), Role.GROUP_LEADER, group_name="三组")
    assert held(settled, TODAY) == {"三组组长": ["赵组长"]}
    with pytest.raises(NotFound, match="还没有建立村民小组“九组”"):
        appoint(person("钱组长"), Role.GROUP_LEADER, group_name="九组")


def meeting_lacks(representatives: int, whole: int, women: int, households: int) -> list[str]:
    """What a representatives' meeting of these numbers lacks in 2026."""
    seats = Seats(
        Body.REPRESENTATIVES_MEETING,
        "东河村村民代表会议",
        tuple(str(i) for i in range(representatives)),
        tuple(str(i) for i in range(women)),
        whole,
        households,
    )
    rules = Rulebook(shipped_packs(), "329924103205").body_rules(TODAY)
    return [finding.words for finding in composition_findings(seats, rules)]


def test_trap_6_women_are_counted_in_the_whole_meeting() -> None:
    # 37 belong to the meeting: 33 representatives and 4 committee members; a third of 37 is 13, not 11.
    assert any("妇女代表应有13人以上，现有12人" in line for line in meeting_lacks(33, 37, 12, 400))
    assert meeting_lacks(33, 37, 13, 400) == []
    # Four fifths of 36 are 28.8: 28 representatives beside 8 committee members are too few, 29 of 36 are enough.
    assert any(
        "不足五分之四，还差1人（《村民委员会组织法》第二十九条）" in line for line in meeting_lacks(28, 36, 14, 300)
    )
    assert not any("不足五分之四" in line for line in meeting_lacks(29, 36, 14, 300))
    assert any("每5户至15户" in line for line in meeting_lacks(20, 24, 9, 400))


def test_findings_name_what_the_committee_lacks(
    settled: VillageFile, person: Make, appoint: Callable[..., str]
) -> None:
    appoint(person("王主任", sex="male"), Role.CHAIR)
    with settled.reading() as session:
        assert lookups.findings(session, on=TODAY) == (
            "村民委员会现有1人，应为3至7人（《村民委员会组织法》第八条）。",
            "村民委员会成员中应当有妇女（《村民委员会组织法》第八条）。",
        )


def test_ends_need_a_reason_and_a_sensible_day(settled: VillageFile, person: Make, appoint: Callable[..., str]) -> None:
    post = appoint(person("王主任"), Role.CHAIR)
    for on, why, words in (
        (START, "", "请写明离任的原因"),
        (dt.date(2025, 1, 1), "辞职", "离任日期不能更早"),
    ):
        with pytest.raises(NotAllowed, match=words), settled.writing("people.end_post") as session:
            actions.end_post(session, post_id=post, on=on, why=why)


def rules_in(village: str) -> tuple[BodyRule, ...]:
    """The rows of today in a village that has installed the packs of its province."""
    return Rulebook((*shipped_packs(), *optional_packs(village)), village).body_rules(TODAY)


@pytest.mark.parametrize(
    ("province", "registered", "representatives", "words"),
    [
        ("33", 499, 29, "现有29人，应为30人以上（浙江省"),
        ("33", 500, 39, "现有39人，应为40人以上（浙江省"),
        ("33", 1000, 49, "现有49人，应为50人以上（浙江省"),
        ("31", 300, 34, "现有34人，应为35人以上（上海市实施村民委员会组织法办法第十七条）"),
    ],
)
def test_provinces_ask_for_a_fewest_number_of_representatives(
    province: str, registered: int, representatives: int, words: str
) -> None:
    rules = rules_in(f"{province}0000103205")
    for number, found in ((representatives, True), (representatives + 1, False)):
        ids = tuple(str(i) for i in range(number))
        seats = Seats(Body.REPRESENTATIVES_MEETING, "村民代表会议", ids, ids, number, number * 10, registered)
        assert any(words in finding.words for finding in composition_findings(seats, rules)) is found


def test_zhejiang_counts_one_representative_a_household() -> None:
    rules = rules_in("330000103205")
    ids = tuple(str(i) for i in range(50))
    homes = tuple((one, f"h{min(int(one), 48)}") for one in ids)
    names = tuple((one, f"代表{one}") for one in ids)
    seats = Seats(
        Body.REPRESENTATIVES_MEETING, "村民代表会议", ids, ids, 50, 500, 1200, household_of=homes, names=names
    )
    (finding,) = composition_findings(seats, rules)
    assert finding.words.startswith("村民代表会议的代表48、代表49是同一户，一户最多一名代表")
    assert finding.people == ("48", "49")


def test_articles_are_those_of_the_text_that_held_on_the_day() -> None:
    rules = Rulebook(shipped_packs(), "329924103205")
    for on, article in ((dt.date(2024, 1, 1), "第三十二条"), (TODAY, "第三十七条")):
        row = next(row for row in rules.body_rules(on) if row.rule_id == "B-JW-CW")
        assert row.legal_ref.endswith(article)
