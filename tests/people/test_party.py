"""Party members: sixteen fields, flags that stay in the village, steps with their least times, who is in 应到."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.meetings import actions as meetings
from village_desk.meetings.lookups import one_meeting
from village_desk.meetings.printout import sign_in_sheet
from village_desk.people import actions, lookups, printout
from village_desk.people.rules.bodies import Role
from village_desk.people.rules.development import Stage
from village_desk.people.rules.electorates import Assembly, Roll
from village_desk.rulebook.rules import (
    PackError,
    PartyCheck,
    Rulebook,
    pack_from_files,
    party_row,
    shipped_packs,
)
from village_desk.store.file import VillageFile

PACK_HEAD = (
    'issuer = "某省"\npack = "party"\ntitle = "某省的规定"\nversion = "1"\nlaw_version = "2020"\nregion = "329900"\n'
    "valid_from = 2020-01-01\n"
)
Make = Callable[..., str]


def do(file: VillageFile, action: Callable[..., object], **facts: object) -> object:
    """One act in one step."""
    with file.writing("people.test") as session:
        return action(session, **facts)


def text_of(pdf: bytes) -> str:
    """What stands on the pages."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def member(file: VillageFile, person: Make, name: str, **facts: object) -> str:
    """A person who is a member."""
    made = person(name)
    do(file, actions.add_party_member, person_id=made, **facts)
    return made


def roll(file: VillageFile, on: dt.date = TODAY, **narrowed: str) -> Roll:
    """The roll of the party members' meeting."""
    with file.reading() as session:
        return lookups.roll(session, body=Assembly.PARTY_MEMBERS, on=on, **narrowed)


def rows(file: VillageFile) -> dict[str, lookups.MemberRow]:
    """The members by name."""
    with file.reading() as session:
        return {one.name: one for one in lookups.party_members(session)}


def test_seven_of_sixty_are_left_out_by_consent_and_the_meeting(settled: VillageFile) -> None:
    with settled.writing("people.test") as session:
        people = [
            actions.add_person(session, name=f"党员{chr(0x4E00 + i)}", birth="1960-01-01", political="party_member")
            for i in range(60)
        ]
    with settled.writing("people.test") as session:
        assert actions.add_members_from_roster(session) == 60
    assert roll(settled).voters == 60
    out = tuple(people[:7])
    do(settled, actions.leave_out_of_count, person_ids=out, ground="bedridden", from_on=dt.date(2026, 1, 1))
    # Without consent and without the meeting the fact is kept and the count stays.
    assert roll(settled).voters == 60
    assert rows(settled)["党员一"].waiting == "还没有登记上级党组织同意的日期和党员大会通过的日期，现在仍计入应到。"
    do(
        settled,
        actions.leave_out_of_count,
        person_ids=out,
        ground="bedridden",
        consent_by="柳林镇党委",
        consent_on=dt.date(2026, 2, 20),
        passed_on=dt.date(2026, 3, 1),
    )
    found = roll(settled)
    assert found.voters == 53
    assert {one.reason for one in found.left_out} == {
        "经批准不计入应到：年老体弱卧床或长期生病、生活不能自理；柳林镇党委2026年2月20日同意，2026年3月1日党员大会通过"
    }
    assert roll(settled, dt.date(2026, 2, 28)).voters == 60
    do(settled, actions.count_again, person_id=people[0], on=dt.date(2026, 3, 10))
    assert roll(settled).voters == 54
    assert roll(settled, dt.date(2026, 3, 9)).voters == 53


@pytest.mark.covers("4E-25")
def test_floating_members_are_listed_when_silent_and_left_out_by_the_rule_that_is_printed(
    settled: VillageFile, person: Make
) -> None:
    away = member(settled, person, "王伟", full_on=dt.date(2010, 7, 1))
    member(settled, person, "李建国", full_on=dt.date(2011, 7, 1))
    do(
        settled,
        actions.begin_flag,
        person_id=away,
        kind="floating",
        from_on=dt.date(2025, 3, 1),
        place="苏州",
        contact="李建国",
        seen_on=dt.date(2025, 9, 13),
    )
    with settled.reading() as session:
        assert [one.name for one in lookups.silent_members(session)] == ["王伟"]
    do(settled, actions.record_member_contact, person_id=away, on=dt.date(2026, 1, 5))
    with settled.reading() as session:
        assert lookups.silent_members(session) == ()
        card = lookups.member_card(session, away)
    assert card is not None
    assert card.notes == ("流动党员：2025年3月1日起，苏州，联系人李建国，最近联系2026年1月5日。",)
    assert roll(settled).voters == 2
    with pytest.raises(NotAllowed, match="要写明依据的文件"):
        do(settled, actions.set_party_rule, from_on=TODAY, floating_out=True)
    do(
        settled,
        actions.set_party_rule,
        from_on=dt.date(2026, 3, 1),
        floating_out=True,
        basis="平安镇党委〔2026〕4号",
    )
    found = roll(settled)
    assert [one.name for one in found.eligible] == ["李建国"]
    assert found.left_out[0].reason == "经批准不计入应到：流动党员（依据平安镇党委〔2026〕4号）"
    assert found.rules == ("流动党员不计入应到，依据平安镇党委〔2026〕4号。",)
    assert roll(settled, dt.date(2026, 2, 28)).voters == 2


def test_the_sixteen_fields_say_what_is_not_known(settled: VillageFile, person: Make) -> None:
    one = member(settled, person, "王伟")
    with settled.reading() as session:
        card = lookups.member_card(session, one)
    assert card is not None
    fields = dict(card.fields)
    assert len(fields) == 16
    assert fields["加入党组织日期"] == fields["转为正式党员日期"] == fields["工作岗位"] == "未登记"
    assert not any(words in ("无", "") for words in fields.values())
    with settled.writing("people.edit_member") as session:
        actions.edit_member(
            session,
            person_id=one,
            seen=card.seen,
            joined_on=dt.date(1999, 6, 20),
            full_on=dt.date(2000, 6, 20),
            job="务农",
            file_birth="1970年5月6日",
        )
    row = rows(settled)["王伟"]
    assert (row.years, row.job) == (25, "务农")
    with settled.reading() as session:
        assert lookups.undated_members(session) == ()
        card = lookups.member_card(session, one)
    assert card is not None
    assert dict(card.fields)["出生日期"] == "1970年5月6日"
    assert card.notes == ("档案出生日期是1970年5月6日，身份证是1970年5月5日，两个都保留，党员材料按档案填写。",)


def test_flags_stay_in_the_village(settled: VillageFile, person: Make) -> None:
    one = member(settled, person, "王伟")
    do(settled, actions.begin_flag, person_id=one, kind="hardship", note="家有重病人")
    do(settled, actions.leave_out_of_count, person_ids=(one,), ground="unable")
    from village_desk.store import journal

    with settled.reading() as session:
        carried = b"".join(stored.header + (stored.township or b"") for stored in journal.operations_after(session, {}))
    assert not [word for word in ("hardship", "家有重病人", "unable") if word.encode() in carried]


def test_least_times_are_rows_of_a_pack_taken_by_the_day_of_the_step(settled: VillageFile, person: Make) -> None:
    one = person("小李", birth="1980-01-01")
    do(settled, actions.take_step, person_id=one, stage=Stage.APPLICANT, on=dt.date(2009, 5, 1))
    do(settled, actions.take_step, person_id=one, stage=Stage.ACTIVIST, on=dt.date(2009, 9, 1))
    # In 2010 the rules of 2014 were not there: nothing is said about the twelve months.
    assert do(settled, actions.take_step, person_id=one, stage=Stage.CANDIDATE, on=dt.date(2010, 3, 1)) == ()
    stricter = (
        ("pack.toml", PACK_HEAD),
        (
            "party.toml",
            '[[party_rule]]\nrule_id = "P-X"\ncheck = "cultivation"\nleast = 18\nlegal_ref = "某省的规定"\n'
            'standing = "local_rule"\n',
        ),
    )
    book = Rulebook((*shipped_packs(), pack_from_files(dict(stricter))), "329924103205")
    row = party_row(book.party_rules(TODAY), PartyCheck.CULTIVATION)
    assert row is not None
    assert (row.least, row.legal_ref) == (18, "某省的规定")
    words = dict(stricter)["party.toml"].replace("least = 18", "least = 18\nmost = 12")
    with pytest.raises(PackError, match="比least还小"):
        pack_from_files({"pack.toml": PACK_HEAD, "party.toml": words})


@pytest.mark.covers("4B-21")
def test_a_step_too_early_is_warned_of_and_kept_with_a_reason(settled: VillageFile, person: Make) -> None:
    one = person("小李", birth="2000-01-01")
    do(settled, actions.set_party_rule, from_on=dt.date(2020, 1, 1), hours=100, post=True)
    do(settled, actions.take_step, person_id=one, stage=Stage.APPLICANT, on=dt.date(2024, 5, 1))
    do(settled, actions.take_step, person_id=one, stage=Stage.ACTIVIST, on=dt.date(2024, 9, 1), mentors="王伟、张红")
    do(settled, actions.add_voluntary_time, person_id=one, on=dt.date(2025, 1, 5), minutes=90, what="清扫村口")
    with pytest.raises(NotAllowed) as told:
        do(settled, actions.take_step, person_id=one, stage=Stage.CANDIDATE, on=dt.date(2025, 8, 22))
    assert told.value.message == (
        "2024年9月1日起到2025年8月22日不满12个月，还差10天；培养教育满一年才能列为发展对象（《中国共产党发展党员工作细则》）。"
        "没有上岗记录；本村要求先上岗再入党。"
        "志愿服务要100小时，已登记1小时30分，还差98小时30分。"
    )
    found = do(
        settled,
        actions.take_step,
        person_id=one,
        stage=Stage.CANDIDATE,
        on=dt.date(2025, 8, 22),
        despite="镇党委已同意",
    )
    assert isinstance(found, tuple)
    assert len(found) == 3
    with settled.reading() as session:
        (row,) = lookups.development_rows(session)
    assert [(step.stage, step.despite) for step in row.steps][-1] == (Stage.CANDIDATE, "镇党委已同意")
    assert row.next_words == "下一步是预备党员。"
    do(settled, actions.appoint, person_id=one, role=Role.CLERK, from_on=dt.date(2025, 9, 1))
    do(
        settled,
        actions.take_step,
        person_id=one,
        stage=Stage.PROBATIONARY,
        on=dt.date(2025, 9, 10),
        despite="志愿服务材料在纸质档案里",
    )
    assert roll(settled).eligible[0].votes is False
    with settled.reading() as session:
        (row,) = lookups.development_rows(session)
    assert row.next_words == "下一步是正式党员，最早2026年9月10日。"
    with pytest.raises(NotAllowed, match="预备期一年（党章第七条）"):
        do(settled, actions.take_step, person_id=one, stage=Stage.FULL, on=TODAY)
    assert do(settled, actions.extend_probation, person_id=one, until=dt.date(2026, 12, 10)) == (
        "预备期到2026年9月10日，延长不能少于半年，最早到2027年3月10日（党章第七条）。",
    )


def test_steps_come_in_their_order_and_the_last_can_be_taken_back(settled: VillageFile, person: Make) -> None:
    one = person("小李", birth="2000-01-01")
    do(settled, actions.take_step, person_id=one, stage=Stage.APPLICANT, on=dt.date(2025, 5, 1))
    with pytest.raises(NotAllowed, match="2025年5月1日才成为入党申请人"):
        do(settled, actions.take_step, person_id=one, stage=Stage.ACTIVIST, on=dt.date(2025, 4, 1))
    with pytest.raises(NotAllowed, match="没有登记为入党积极分子的日期"):
        do(settled, actions.take_step, person_id=one, stage=Stage.CANDIDATE, on=TODAY)
    do(settled, actions.take_back_step, person_id=one, stage=Stage.APPLICANT)
    with settled.reading() as session:
        assert lookups.development_rows(session) == ()


def test_a_general_branch_has_branches_with_rolls_of_their_own(settled: VillageFile, person: Make) -> None:
    first = do(settled, actions.add_branch, name="东河村第一党支部")
    member(settled, person, "王伟", full_on=dt.date(2010, 7, 1), branch_id=first)
    member(settled, person, "李建国", full_on=dt.date(2010, 7, 1))
    with settled.reading() as session:
        whole, below = lookups.branches(session)
    assert (whole.form_words, whole.members, below.form_words, below.members) == ("党总支", 2, "下设党支部", 1)
    assert (
        whole.findings[-1]
        == "正式党员2人，党总支一般要满50人，请核对上级的批复（《中国共产党支部工作条例（试行）》）。"
    )
    assert isinstance(first, str)
    assert [one.name for one in roll(settled, organisation_id=first).eligible] == ["王伟"]
    assert roll(settled).voters == 2
    # The secretary of a branch below does not sit in the village's committee.
    with settled.reading() as session:
        people = {one.name: one.id for one in lookups.party_members(session)}
    start = dt.date(2026, 1, 5)
    do(settled, actions.appoint, person_id=people["李建国"], role=Role.SECRETARY, from_on=start)
    do(
        settled,
        actions.appoint,
        person_id=people["王伟"],
        role=Role.SECRETARY,
        from_on=start,
        organisation_id=first,
    )
    with settled.reading() as session:
        above = lookups.roll(session, body=Assembly.BRANCH_COMMITTEE, on=TODAY)
        there = lookups.roll(session, body=Assembly.BRANCH_COMMITTEE, on=TODAY, organisation_id=first)
    assert [one.name for one in above.eligible] == ["李建国"]
    assert [one.name for one in there.eligible] == ["王伟"]


def test_a_branch_without_a_committee_has_no_roll_of_one(settled: VillageFile) -> None:
    do(settled, actions.set_party_form, form="branch_alone")
    with settled.reading() as session, pytest.raises(NotAllowed, match="不设委员会"):
        lookups.roll(session, body=Assembly.BRANCH_COMMITTEE, on=TODAY)


@pytest.mark.covers("0-33")
@pytest.mark.covers("3-34")
def test_residents_from_outside_stand_on_the_list_and_are_not_counted_unless_marked(
    settled: VillageFile, person: Make
) -> None:
    member(settled, person, "王伟", full_on=dt.date(2010, 7, 1))
    guest = do(settled, actions.add_outside_person, name="陈队长", role="驻村工作队", unit="县财政局")
    do(settled, actions.add_party_member, person_id=guest, full_on=dt.date(2005, 7, 1))
    assert rows(settled)["陈队长"].flag_words == "组织关系在外"
    found = roll(settled)
    assert [one.name for one in found.eligible] == ["王伟"]
    assert found.left_out[0].reason == "组织关系不在本村，列在名册上，不计入应到"
    with settled.reading() as session:
        card = lookups.member_card(session, str(guest))
    assert card is not None
    do(
        settled,
        actions.edit_member,
        person_id=guest,
        seen=card.seen,
        full_on=dt.date(2005, 7, 1),
        visiting=False,
    )
    assert roll(settled).voters == 2


def test_the_sheets_show_who_is_left_out_and_on_what_ground(settled: VillageFile, person: Make) -> None:
    away = member(settled, person, "王伟", full_on=dt.date(2010, 7, 1))
    member(settled, person, "李建国", full_on=dt.date(2011, 7, 1))
    do(
        settled,
        actions.leave_out_of_count,
        person_ids=(away,),
        ground="abroad",
        consent_by="平安镇党委",
        consent_on=dt.date(2026, 2, 20),
        passed_on=dt.date(2026, 3, 1),
    )
    words = "".join(text_of(printout.roll_sheet(roll(settled), village="东河村")).split())
    assert "东河村党员大会应到名单" in words
    assert "应到1人" in words
    assert "王伟经批准不计入应到：自费出国半年以上" in words
    with settled.reading() as session:
        card = lookups.member_card(session, away)
    assert card is not None
    form = "".join(text_of(printout.member_form(card, village="东河村", on=TODAY)).split())
    assert "工作岗位未登记" in form
    assert "无" not in form
    # The meeting keeps the roll of its day with the grounds, and its sign-in sheet says them.
    with settled.writing("meetings.test") as session:
        meeting = meetings.call_meeting(
            session, body="party_members", title="三月党员大会", held_on=TODAY, called_on=TODAY, place="村部"
        )
    with settled.writing("meetings.count_roll") as session:
        assert meetings.count_roll(session, meeting_id=meeting) == 1
    with settled.reading() as session:
        sheet = sign_in_sheet(one_meeting(session, meeting))
    words = "".join(text_of(sheet).split())
    assert "应到1人" in words
    assert "经批准不计入应到：自费出国半年以上" in words
    assert "1人：王伟。" in words


@pytest.mark.covers("2-18")
@pytest.mark.covers("4E-06")
def test_visiting_members_are_not_counted_and_get_a_certificate_of_their_service(
    settled: VillageFile, person: Make
) -> None:
    member(settled, person, "王伟", full_on=dt.date(2010, 7, 1))
    guest = do(settled, actions.add_outside_person, name="周敏", role="在职报到党员", unit="县水务局")
    do(settled, actions.add_party_member, person_id=guest, full_on=dt.date(2012, 7, 1))
    assert rows(settled)["周敏"].visiting
    assert roll(settled).voters == 1
    do(settled, actions.add_voluntary_time, person_id=guest, on=dt.date(2026, 2, 7), minutes=150, what="河道清理")
    do(settled, actions.add_voluntary_time, person_id=guest, on=dt.date(2026, 3, 7), minutes=60, what="入户走访")
    do(settled, actions.add_voluntary_time, person_id=guest, on=dt.date(2025, 3, 7), minutes=60, what="上年的")
    with settled.reading() as session:
        times = lookups.voluntary_time(session, str(guest))
    made = printout.service_certificate("周敏", "县水务局", times, village="东河村", year=2026, on=TODAY)
    words = "".join(text_of(made).split())
    assert "县水务局：" in words
    assert "周敏同志2026年在东河村参加服务2次，共3小时30分" in words
    assert "上年的" not in words
    assert made == printout.service_certificate("周敏", "县水务局", times, village="东河村", year=2026, on=TODAY)


@pytest.mark.covers("1-29")
def test_one_person_with_three_posts_is_counted_once(settled: VillageFile, person: Make) -> None:
    one = member(settled, person, "王伟", full_on=dt.date(2010, 7, 1))
    member(settled, person, "李建国", full_on=dt.date(2010, 7, 1))
    # The names of posts are the village's own.
    do(settled, actions.add_post_kind, name="三员合一专干")
    start = dt.date(2026, 1, 5)
    for role, title in ((Role.SECRETARY, ""), (Role.CHAIR, ""), (Role.DUTY_POST, "三员合一专干")):
        do(settled, actions.appoint, person_id=one, role=role, from_on=start, title=title)
    with settled.reading() as session:
        found = lookups.roll(session, body=Assembly.TWO_COMMITTEES, on=TODAY)
        posts = [row for row in lookups.all_posts(session) if row.person_id == one]
    assert [(entry.name, entry.basis) for entry in found.eligible] == [("王伟", "村党支部书记、村民委员会主任")]
    assert sorted(row.role_words for row in posts) == ["三员合一专干", "村党支部书记", "村民委员会主任"]
    assert roll(settled).voters == 2
