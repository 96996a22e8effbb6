"""The verdict on a vote: named traps, worked numbers, and what holds for every roll and count."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.errors import NotAllowed
from village_desk.meetings.rules import (
    CheckState,
    Count,
    Headcount,
    MeetingFacts,
    Verdict,
    VerdictState,
    judge,
    serials,
)
from village_desk.rulebook.rules import (
    Base,
    Body,
    EffectiveRule,
    Op,
    Rulebook,
    Share,
    VotingWay,
    pack_from_files,
    shipped_packs,
)

VILLAGE = "320924103205"
BOOK = Rulebook(shipped_packs(), VILLAGE)
COUNTY = Rulebook(shipped_packs(samples=True), VILLAGE)
DAY = dt.date(2026, 8, 12)


def heads(eligible: int, **more: int) -> Headcount:
    return Headcount(eligible, more.pop("members", eligible), **more)


def facts(roll: int, present: int, yes: int, no: int = 0, abstain: int = 0, **more: object) -> MeetingFacts:
    plain = MeetingFacts(DAY, heads(roll), heads(present), Count(yes, no, abstain), DAY - dt.timedelta(days=30))
    return replace(plain, **more)  # type: ignore[arg-type]  # tests name single fields


def verdict(kind: str, given_facts: MeetingFacts, book: Rulebook = BOOK) -> Verdict:
    return judge(book.meeting_rule(kind, given_facts.held_on), given_facts)


def test_trap_4_party_members_pass_by_more_than_half_of_those_who_should_come() -> None:
    found = verdict("party_members", facts(60, 40, 21, 19), COUNTY)
    assert found.state is VerdictState.REJECTED
    assert found.sentence == ("党员大会没有通过：应到有表决权的党员60人，过半数要31票，得21票同意，差10票。")
    assert found.legal_ref == "中国共产党支部工作条例（试行）第十一条"
    shown = [check.sentence for check in found.checks if check.code == "majority"]
    assert shown[1] == (
        "按示例县四议两公开办法第八条：到会40人，半数以上要20票，得21票同意，已够。"
        "但它不能代替中国共产党支部工作条例（试行）第十一条。"
    )
    assert verdict("party_members", facts(60, 40, 31, 9), COUNTY).state is VerdictState.STANDS


def test_trap_4_the_stricter_local_quorum_is_asked_for_too() -> None:
    found = verdict("party_members", facts(60, 39, 39), COUNTY)
    assert found.state is VerdictState.CANNOT_STAND
    assert found.sentence == (
        "党员大会（本县做法）应到全体党员60人，实到39人，三分之二以上是40人，还差1人，这次表决不能成立。"
    )
    assert verdict("party_members", facts(60, 39, 39)).state is VerdictState.STANDS


def test_trap_5_probationary_members_count_for_the_local_quorum_and_have_no_vote() -> None:
    plain = facts(58, 38, 30, 8)
    held = replace(plain, roll=heads(58, members=60), present=heads(38, members=40))
    assert verdict("party_members", held, COUNTY).state is VerdictState.STANDS
    with pytest.raises(NotAllowed, match="多出2"):
        verdict("party_members", replace(held, count=Count(40, 0, 0)), COUNTY)


def test_trap_6_and_worked_number_37_of_the_whole_meeting() -> None:
    short = verdict("representatives", facts(37, 24, 24))
    assert short.state is VerdictState.CANNOT_STAND
    assert short.sentence == ("村民代表会议应到组成人员37人，实到24人，三分之二以上是25人，还差1人，这次表决不能成立。")
    assert short.next_act == "到会情况照实保留；再到1人后重新表决，或者改期另开。"
    assert short.legal_ref == "村民委员会组织法第三十条"
    assert verdict("representatives", facts(37, 25, 13, 12)).state is VerdictState.STANDS
    assert verdict("representatives", facts(37, 25, 12, 13)).state is VerdictState.REJECTED
    assert verdict("representatives", facts(37, 26, 13, 13)).state is VerdictState.REJECTED
    assert verdict("representatives", facts(37, 26, 14, 12)).state is VerdictState.STANDS


def test_trap_7_at_least_includes_and_more_than_excludes() -> None:
    assert Share(2, 3, Op.AT_LEAST, Base.ALL_ELIGIBLE).needed(36) == 24
    assert Share(2, 3, Op.AT_LEAST, Base.ALL_ELIGIBLE).needed(37) == 25
    assert Share(1, 2, Op.MORE_THAN, Base.PRESENT).needed(28) == 15
    assert Share(1, 2, Op.AT_LEAST, Base.PRESENT).needed(28) == 14
    assert verdict("representatives", facts(42, 28, 14, 13, 1)).state is VerdictState.REJECTED
    assert verdict("representatives", facts(42, 28, 15, 13)).state is VerdictState.STANDS


def test_worked_number_801_adults_need_401() -> None:
    assert verdict("villagers_by_person", facts(801, 400, 400)).state is VerdictState.CANNOT_STAND
    assert verdict("villagers_by_person", facts(801, 401, 201, 200)).state is VerdictState.STANDS


def test_trap_2_and_worked_number_300_collective_members_need_200_votes() -> None:
    found = verdict("collective_members", facts(300, 210, 199, 11))
    assert found.state is VerdictState.REJECTED
    assert "三分之二以上要200票，得199票同意，差1票" in found.sentence
    assert verdict("collective_members", facts(300, 210, 200, 10)).state is VerdictState.STANDS
    assert verdict("collective_members", facts(300, 199, 199)).state is VerdictState.CANNOT_STAND


def test_trap_3_the_committee_standing_in_follows_the_collectives_two_thirds() -> None:
    same = facts(300, 210, 150, 60)
    assert verdict("villagers_by_person", same).state is VerdictState.STANDS
    assert verdict("stand_in_villagers", same).state is VerdictState.REJECTED


def test_trap_8_levies_count_households_one_household_one_vote() -> None:
    roll = heads(37, households=400)
    enough = MeetingFacts(DAY, roll, heads(30, households=267), Count(134, 133, 0))
    assert verdict("levy_by_representatives", enough).state is VerdictState.STANDS
    even = replace(enough, present=heads(30, households=268), count=Count(134, 134, 0))
    assert verdict("levy_by_representatives", even).state is VerdictState.REJECTED
    assert "到会代表所代表的268户，过半数要135户" in verdict("levy_by_representatives", even).sentence
    few = replace(enough, present=heads(30, households=266), count=Count(200, 0, 0))
    assert "还差1户" in verdict("levy_by_representatives", few).sentence


def test_trap_9_several_quorums_at_once() -> None:
    rules = """
[[meeting_rule]]
rule_id = "R-CD-SD"
kind = "representatives"
name = "村民代表会议（山东）"
body = "representatives"
electorate = "组成人员"
quorums = [
    { num = 2, den = 3, op = ">=", base = "all_eligible" },
    { num = 2, den = 3, op = ">=", base = "women_representatives" },
]
notice_days = 5
legal_ref = "山东办法第二十四条"
standing = "law"
"""
    head = """
issuer = "x"
pack = "y"
title = "山东"
version = "1"
law_version = "2012"
region = "370000"
valid_from = 2012-01-01
"""
    pack = pack_from_files({"pack.toml": head, "rules.toml": rules})
    book = Rulebook((*shipped_packs(), pack), "370124105212")
    plain = MeetingFacts(
        DAY,
        heads(36, women_representatives=12),
        heads(30, women_representatives=7),
        Count(30, 0, 0),
        DAY - dt.timedelta(days=5),
    )
    found = judge(book.meeting_rule("representatives", DAY), plain)
    assert found.sentence == (
        "村民代表会议（山东）应到妇女代表12人，实到7人，三分之二以上是8人，还差1人，这次表决不能成立。"
    )
    came = replace(plain, present=heads(30, women_representatives=8))
    assert judge(book.meeting_rule("representatives", DAY), came).state is VerdictState.STANDS


def test_trap_10_where_the_province_says_so_a_matter_goes_on_to_the_villagers() -> None:
    rule = BOOK.meeting_rule("representatives", DAY)
    province = replace(rule.rows[0], undecided_goes_to=Body.VILLAGERS, legal_ref="重庆办法第十二条")
    found = judge(EffectiveRule((*rule.rows, province)), facts(37, 30, 10, 20))
    assert found.state is VerdictState.REJECTED
    assert found.next_act == "意见分歧大，按重庆办法第十二条要提交村民会议讨论决定，不要只按否决归档。"


def test_short_notice_is_a_fact_and_its_consequence_is_refused() -> None:
    called = facts(60, 45, 40, 5, called_on=dt.date(2026, 8, 10))
    found = verdict("party_members", called, COUNTY)
    assert found.state is VerdictState.CANNOT_STAND
    assert found.sentence == "8月10日通知，8月12日开会，提前2天，规定要提前3天，还差1天。"
    assert found.legal_ref == "示例县四议两公开办法第八条"
    assert found.next_act == "日期照实保留，决议先不公布；补足通知后再开一次会。"
    assert verdict("party_members", replace(called, called_on=dt.date(2026, 8, 9)), COUNTY).state is VerdictState.STANDS


def test_short_notice_of_a_villagers_meeting_needs_a_person_and_a_reason() -> None:
    called = facts(801, 500, 400, 100, called_on=dt.date(2026, 8, 10))
    found = verdict("villagers_by_person", called)
    assert found.state is VerdictState.PERSON_MUST_JUDGE
    assert "请写明是什么情况" in found.next_act
    reasoned = verdict("villagers_by_person", replace(called, special_reason="防汛转移"))
    assert reasoned.state is VerdictState.PERSON_MUST_JUDGE
    assert "防汛转移" in reasoned.sentence


def test_a_notice_day_that_is_not_registered_is_a_task() -> None:
    found = verdict("villagers_by_person", facts(801, 500, 400, 100, called_on=None))
    assert found.state is VerdictState.STANDS
    assert [task.sentence for task in found.tasks] == ["还没有登记通知日期，按规定要提前10天通知。"]


def test_a_notice_dated_after_the_meeting_is_shown() -> None:
    found = verdict("villagers_by_person", facts(801, 500, 400, 100, called_on=dt.date(2026, 8, 13)))
    assert found.state is VerdictState.CANNOT_STAND
    assert "之后" in found.sentence


def test_without_a_count_the_quorum_is_already_told() -> None:
    assert verdict("representatives", replace(facts(37, 25, 0), count=None)).state is VerdictState.OPEN
    assert verdict("representatives", replace(facts(37, 24, 0), count=None)).state is VerdictState.CANNOT_STAND


def test_an_empty_roll_is_a_task_before_the_meeting_and_never_a_quorum() -> None:
    found = verdict("representatives", facts(0, 0, 0))
    assert found.state is not VerdictState.STANDS
    assert "名册" in next(check.sentence for check in found.checks if check.code == "quorum")


def test_an_election_by_show_of_hands_cannot_stand() -> None:
    found = verdict("party_election", facts(20, 18, 18))
    assert found.state is VerdictState.CANNOT_STAND
    assert "无记名投票" in found.sentence
    secret = Count(18, 0, 0, VotingWay.SECRET, issued=18, returned=18)
    assert verdict("party_election", facts(20, 18, 0, count=secret)).state is VerdictState.STANDS


def test_a_secret_ballot_without_second_counter_is_a_task() -> None:
    secret = Count(18, 0, 0, VotingWay.SECRET, issued=18, returned=18)
    found = verdict("representatives", facts(20, 18, 0, count=secret, counted_by_second_person=False))
    assert found.state is VerdictState.STANDS
    assert [task.code for task in found.tasks] == ["second_counter"]


def test_those_who_say_nothing_are_present_and_no_yes() -> None:
    found = verdict("representatives", facts(37, 26, 13))
    assert found.state is VerdictState.REJECTED
    assert "到会的有13人没有表态，算到会，不算同意。" in [check.sentence for check in found.checks]


def test_land_matters_by_representatives_ask_a_person_when_others_may_have_voted() -> None:
    roll, present = heads(37, representatives=32), heads(30, representatives=26)
    plain = MeetingFacts(DAY, roll, present, Count(22, 8, 0))
    assert verdict("land_by_representatives", plain).state is VerdictState.PERSON_MUST_JUDGE
    assert verdict("land_by_representatives", replace(plain, count=Count(26, 4, 0))).state is VerdictState.STANDS
    assert verdict("land_by_representatives", replace(plain, count=Count(21, 9, 0))).state is VerdictState.REJECTED


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (dict(yes=-1, no=0, abstain=0), "票数不能是-1"),
        (dict(yes=10**9, no=0, abstain=0), "票数不能是"),
        (dict(yes=1, no=1, abstain=1, way=VotingWay.SECRET), "还没有填发出和收回"),
        (dict(yes=10, no=5, abstain=1, way=VotingWay.SECRET, issued=20, returned=16, spoiled=3), "加起来是19张"),
        (dict(yes=10, no=5, abstain=0, way=VotingWay.SECRET, issued=19, returned=16, spoiled=3), "加起来是15张"),
    ],
)
def test_only_impossible_sums_are_refused(count: dict[str, int], said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        Count(**count)  # type: ignore[arg-type]  # the table mixes numbers and the way of voting


def test_more_votes_than_people_are_refused_with_the_numbers() -> None:
    with pytest.raises(NotAllowed) as caught:
        verdict("representatives", facts(37, 25, 20, 6))
    assert caught.value.message == "同意、反对、弃权的总数是26，实到只有25人，多出1。"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1-20 22 25", (*range(1, 21), 22, 25)),
        ("１－３，５、7；9", (1, 2, 3, 5, 7, 9)),
        ("3 3 2-4", (2, 3, 4)),
        ("1至3", (1, 2, 3)),
        ("", ()),
    ],
)
def test_serial_numbers_are_read_as_clerks_type_them(typed: str, found: tuple[int, ...]) -> None:
    assert serials(typed, 30) == found


@pytest.mark.parametrize("typed", ["31", "0", "5-3", "a", "1-", "1--3"])
def test_serial_numbers_outside_the_list_are_refused(typed: str) -> None:
    with pytest.raises(NotAllowed):
        serials(typed, 30)


KINDS = st.sampled_from(
    ["representatives", "party_members", "collective_members", "villagers_by_person", "two_committees"]
)


@st.composite
def held(draw: st.DrawFn) -> MeetingFacts:
    roll = draw(st.integers(1, 400))
    present = draw(st.integers(0, roll))
    yes = draw(st.integers(0, present))
    no = draw(st.integers(0, present - yes))
    return facts(roll, present, yes, no, present - yes - no)


@given(KINDS, held())
def test_one_more_no_never_saves_a_motion(kind: str, plain: MeetingFacts) -> None:
    before = verdict(kind, plain, COUNTY)
    assert plain.count is not None
    if before.state is VerdictState.STANDS or plain.present.eligible >= plain.roll.eligible:
        return
    came = heads(plain.present.eligible + 1)
    more = replace(plain, count=replace(plain.count, no=plain.count.no + 1), present=came)
    quorum_held = all(check.state is CheckState.HOLDS for check in before.checks if check.code == "quorum")
    if quorum_held:
        assert verdict(kind, more, COUNTY).state is not VerdictState.STANDS
    if plain.count.yes:
        turned = replace(plain, count=replace(plain.count, yes=plain.count.yes - 1, no=plain.count.no + 1))
        assert verdict(kind, turned, COUNTY).state is not VerdictState.STANDS


@given(KINDS, held())
def test_one_person_fewer_never_makes_a_quorum(kind: str, plain: MeetingFacts) -> None:
    if not plain.present.eligible:
        return
    fewer = replace(plain, present=heads(plain.present.eligible - 1), count=None)

    def quorum(given_facts: MeetingFacts) -> bool:
        checks = verdict(kind, given_facts, COUNTY).checks
        return all(check.state is CheckState.HOLDS for check in checks if check.code == "quorum")

    assert quorum(replace(plain, count=None)) or not quorum(fewer)


@given(KINDS, held())
def test_a_motion_that_stands_has_exactly_the_people_that_fractions_ask_for(kind: str, plain: MeetingFacts) -> None:
    found = verdict(kind, plain, COUNTY)
    rule = COUNTY.meeting_rule(kind, DAY)
    assert plain.count is not None
    totals = {Base.ALL_ELIGIBLE: plain.roll.eligible, Base.ALL_MEMBERS: plain.roll.members}
    totals[Base.PRESENT] = plain.present.eligible
    reached = True
    for row in rule.rows:
        for share in row.quorums:
            left, right = plain.present.eligible * share.den, share.num * totals[share.base]
            reached &= left > right or (share.op is Op.AT_LEAST and left == right)
        if row.passing is not None:
            left, right = plain.count.yes * row.passing.den, row.passing.num * totals[row.passing.base]
            reached &= left > right or (row.passing.op is Op.AT_LEAST and left == right)
    reached &= plain.present.eligible > 0
    assert (found.state is VerdictState.STANDS) == reached


@given(held(), st.permutations(range(2)))
def test_the_verdict_does_not_depend_on_the_order_of_packs(plain: MeetingFacts, order: list[int]) -> None:
    packs = [*shipped_packs(), *(pack for pack in shipped_packs(samples=True) if pack.sample)]
    turned = packs if order[0] else packs[::-1]
    one = judge(Rulebook(tuple(packs), VILLAGE).meeting_rule("party_members", DAY), plain)
    other = judge(Rulebook(tuple(turned), VILLAGE).meeting_rule("party_members", DAY), plain)
    assert one == other


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 5000), st.sampled_from(Op))
def test_the_needed_number_is_the_smallest_that_reaches(num: int, den: int, total: int, op: Op) -> None:
    share = Share(min(num, den), max(num, den), op, Base.PRESENT)
    need = share.needed(total)
    assert share.reached_by(need, total)
    assert need == 0 or not share.reached_by(need - 1, total)


def test_a_meeting_that_is_only_called_is_open_and_not_short() -> None:
    rule = BOOK.meeting_rule("representatives", dt.date(2026, 6, 20))
    called = MeetingFacts(dt.date(2026, 6, 20), Headcount(37, 37), Headcount(0, 0))
    verdict = judge(rule, called)
    assert verdict.state is VerdictState.OPEN
    assert verdict.sentence == "村民代表会议应到组成人员37人，三分之二以上是25人，还没有登记签到。"
    assert judge(rule, replace(called, present=Headcount(1, 1))).state is VerdictState.CANNOT_STAND
    # A count without anybody in the room is a fact, and it carries nothing.
    assert judge(rule, replace(called, count=Count(0, 0, 0))).state is VerdictState.CANNOT_STAND
