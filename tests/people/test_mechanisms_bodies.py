"""The county's mechanisms about bodies, posts and promises, carried out as their rows ask."""

import datetime as dt
from collections.abc import Callable

import pypdfium2
import pytest

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups, printout
from village_desk.people.rules.bodies import Founding, Role
from village_desk.people.rules.electorates import Assembly
from village_desk.store.file import VillageFile

Make = Callable[..., str]
START = dt.date(2026, 1, 10)
IDENTITY = "110101196803051231"


def text_of(pdf: bytes) -> str:
    """Every word of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    finally:
        document.close()


def member(village: VillageFile, person: Make, name: str, **facts: object) -> str:
    """A full party member."""
    one = person(name, **facts)
    with village.writing("people.add_party_member") as session:
        actions.add_party_member(session, person_id=one, full_on=dt.date(2000, 7, 1))
    return one


def appoint(village: VillageFile, person_id: str, role: Role, **facts: object) -> str:
    """Appoint from 10 January 2026."""
    with village.writing("people.appoint") as session:
        return actions.appoint(session, person_id=person_id, role=role, **{"from_on": START, **facts})  # type: ignore[arg-type]  # facts of any kind


@pytest.mark.covers("0-08")
def test_a_member_shows_himself_takes_a_post_a_task_and_keeps_a_promise(settled: VillageFile, person: Make) -> None:
    one = member(settled, person, "张先锋", phone="13812345678", identity=IDENTITY, identity_reason="户口簿如此")
    with settled.writing("people.adopt_posts") as session:
        actions.adopt_posts(session, key="model_posts")
    post = appoint(settled, one, Role.DUTY_POST, title="环境卫生岗", how="认岗")
    with settled.writing("people.pledge") as session:
        actions.pledge(session, post_id=post, task="三组河道保洁", text="每周清理河道一次", due=dt.date(2026, 12, 31))
    with settled.reading() as session:
        posts = [row for row in lookups.posts_of(session, one) if row.pledge]
    shown = text_of(printout.pledge_wall(posts, village="东河村", on=TODAY))
    for words in ("张先锋", "环境卫生岗", "三组河道保洁", "每周清理河道一次", "进行中"):
        assert words in shown
    assert "13812345678" not in shown
    assert IDENTITY[-4:] not in shown
    with settled.writing("people.pledge") as session:
        actions.pledge(session, post_id=post, task="三组河道保洁", text="每周清理河道一次", result="全年48次")
    with settled.reading() as session:
        (row,) = lookups.posts_of(session, one)
    assert row.pledge_result == "全年48次"


@pytest.mark.covers("0-28")
def test_only_a_joint_organisation_has_several_parents(settled: VillageFile) -> None:
    offered = {one.words for one in Founding}
    assert {"联建", "单独建（单独组建）", "依托建", "挂靠建"} <= offered
    both = ("东河村党支部", "西河村党支部")
    for founding in ("alone", "attached", "affiliated"):
        with (
            pytest.raises(NotAllowed, match="只有一个上级或依托单位，现在写了2个"),
            settled.writing("people.add_organisation") as session,
        ):
            actions.add_organisation(
                session, kind="party_branch", name="粮油合作社党支部", founding=founding, parents=both
            )
    with settled.writing("people.add_organisation") as session:
        made = actions.add_organisation(
            session, kind="party_branch", name="粮油合作社党支部", founding="joint", parents=both
        )
    with settled.reading() as session:
        row = next(body for body in lookups.bodies(session, on=TODAY) if body.id == made)
    assert (row.founding, row.parents) == ("joint", both)


@pytest.mark.covers("4E-07")
def test_the_three_ways_of_setting_up_and_a_floating_member_with_place_and_contact(
    settled: VillageFile, person: Make
) -> None:
    assert [Founding(key).words for key in ("alone", "by_area", "by_trade")] == [
        "单独建（单独组建）",
        "区域联建",
        "行业统建",
    ]
    with settled.writing("people.add_organisation") as session:
        actions.add_organisation(session, kind="cooperative", name="粮油合作社")
        actions.add_organisation(session, kind="association", name="养鱼协会")
        actions.add_organisation(session, kind="party_branch", name="产业链党支部", founding="by_trade")
    one = member(settled, person, "李流动")
    with settled.writing("people.begin_flag") as session:
        actions.begin_flag(
            session, person_id=one, kind="floating", from_on=START, place="苏州市吴江区", contact="王支委"
        )
    with settled.reading() as session:
        (row,) = lookups.party_members(session)
    assert [(flag.place, flag.contact) for flag in row.flags] == [("苏州市吴江区", "王支委")]


@pytest.mark.covers("3-23")
def test_the_six_posts_are_listed_until_somebody_holds_them(settled: VillageFile, person: Make) -> None:
    with settled.writing("people.adopt_posts") as session:
        assert actions.adopt_posts(session, key="six_posts") == 6
    appoint(settled, person("赵农技"), Role.DUTY_POST, title="科技服务员")
    with settled.reading() as session:
        gaps = lookups.post_gaps(session, on=TODAY)
    assert len(gaps) == 6
    assert [gap.name for gap in gaps if not gap.sentence] == ["科技服务员"]
    assert "民事纠纷调解员还没有人担任。" in [gap.sentence for gap in gaps]


@pytest.mark.covers("4C-04")
def test_the_service_room_without_a_resident_person_is_warned_of(settled: VillageFile, person: Make) -> None:
    with settled.writing("people.adopt_posts") as session:
        actions.adopt_posts(session, key="service_room")

    def warned(on: dt.date) -> list[str]:
        with settled.reading() as session:
            return [gap.sentence for gap in lookups.post_gaps(session, on=on)]

    assert warned(TODAY) == ["便民服务室常驻人员还没有人担任。"]
    post = appoint(settled, person("常在村"), Role.DUTY_POST, title="便民服务室常驻人员")
    assert warned(TODAY) == [""]
    with settled.writing("people.end_post") as session:
        actions.end_post(session, post_id=post, on=dt.date(2026, 3, 1), why="职务调整")
    assert warned(TODAY) == ["便民服务室常驻人员还没有人担任。"]
    assert warned(dt.date(2026, 2, 1)) == [""]


@pytest.mark.covers("4B-05")
def test_the_preset_of_one_three_one_makes_five_bodies_and_names_a_missing_one(
    settled: VillageFile, person: Make
) -> None:
    with settled.writing("people.adopt_bodies") as session:
        made = actions.adopt_bodies(session, key="one_three_one")
    assert len(made) == 5
    with settled.reading() as session:
        assert lookups.missing_bodies(session, on=TODAY) == ()
        rows = {body.id: body for body in lookups.bodies(session, on=TODAY)}
    assert [rows[one].name for one in made] == [
        "中共东河村支部委员会",
        "东河村村民委员会",
        "东河村村民议事会",
        "东河村村务监督委员会",
        "东河村集体经济组织",
    ]
    appoint(settled, person("孙召集"), Role.COUNCIL_HEAD)
    with settled.reading() as session:
        chart = printout.chart_of_posts(lookups.bodies(session, on=TODAY), village="东河村", on=TODAY)
    assert "村民议事会召集人" in text_of(chart)
    with settled.writing("people.end_organisation") as session:
        actions.end_organisation(session, organisation_id=made[2], on=dt.date(2026, 3, 1), why="合并")
    with settled.reading() as session:
        assert [gap.sentence for gap in lookups.missing_bodies(session, on=TODAY)] == [
            "“131n”村级治理机制还缺村民议事会。"
        ]


@pytest.mark.covers("4B-07")
def test_mass_and_social_organisations_have_heads_and_members(settled: VillageFile, person: Make) -> None:
    with settled.writing("people.adopt_bodies") as session:
        actions.adopt_bodies(session, key="mass_organisations")
        fish = actions.add_organisation(session, kind="association", name="养鱼协会")
    with settled.reading() as session:
        bodies = {body.name: body.id for body in lookups.bodies(session, on=TODAY)}
    assert {"妇女联合会", "团支部", "民兵连", "治保调解委员会", "工会", "养鱼协会"} <= set(bodies)
    head = person("吴主席", sex="female")
    appoint(settled, head, Role.ORGANISATION_HEAD, organisation_id=bodies["妇女联合会"])
    appoint(settled, person("周会员"), Role.ORGANISATION_MEMBER, organisation_id=fish)
    with pytest.raises(NotAllowed, match="没有写明是哪一个"):
        appoint(settled, person("郑会员"), Role.ORGANISATION_MEMBER)
    with pytest.raises(NotAllowed, match="一个组织只能有一位第一责任人"):
        appoint(settled, person("冯主席"), Role.ORGANISATION_HEAD, organisation_id=bodies["妇女联合会"])
    with settled.reading() as session:
        (post,) = lookups.posts_of(session, head)
    assert post.role_words == "妇女联合会负责人"


@pytest.mark.covers("4E-09")
def test_model_posts_areas_and_promises_are_there_and_plates_print(settled: VillageFile, person: Make) -> None:
    one = member(settled, person, "陈示范")
    with settled.writing("people.adopt") as session:
        actions.adopt_posts(session, key="model_posts")
        actions.adopt_grid(session, key="three_levels")
        unit = actions.add_unit(session, name="东河村", depth=1)
        area = actions.adopt_link_kind(session, key="responsibility_area")
    post = appoint(settled, one, Role.DUTY_POST, title="党员示范岗")
    with settled.writing("people.link") as session:
        actions.link(session, kind_id=area, from_id=one, to_ids=(unit,), from_on=TODAY)
        actions.pledge(session, post_id=post, text="带头移风易俗")
    with settled.reading() as session:
        posts = lookups.posts_of(session, one)
        (row,) = lookups.links(session, on=TODAY, kind_id=area)
    assert (row.kind, row.to_words) == ("党员责任区", "东河村")
    plate = text_of(printout.post_plates(posts, village="东河村"))
    assert "党员示范岗" in plate
    assert "陈示范" in plate


def test_the_collectives_bodies_are_appointed_and_counted(settled: VillageFile, person: Make) -> None:
    with settled.writing("people.adopt_bodies") as session:
        actions.adopt_bodies(session, key="collective")
    head, watch = person("董事长"), person("监事一")
    appoint(settled, head, Role.COLLECTIVE_HEAD)
    appoint(settled, watch, Role.WATCH_MEMBER)
    with pytest.raises(NotAllowed, match="《农村集体经济组织法》第三十四条"):
        appoint(settled, head, Role.WATCH_MEMBER)
    book = person("报账员")
    appoint(settled, book, Role.BOOKKEEPER)
    with pytest.raises(NotAllowed, match="现任村报账员，不能同时任村集体经济组织监事"):
        appoint(settled, book, Role.WATCH_MEMBER, despite="人手不够")
    for number in "甲乙丙丁":
        appoint(settled, person(f"代表{number}"), Role.COLLECTIVE_REPRESENTATIVE)
    with settled.reading() as session:

        def counted(body: Assembly) -> int:
            return len(lookups.roll(session, body=body, on=TODAY).eligible)

        assert counted(Assembly.COLLECTIVE_COUNCIL) == 1
        assert counted(Assembly.COLLECTIVE_WATCH) == 1
        assert counted(Assembly.COLLECTIVE_REPRESENTATIVES) == 4
        found = lookups.findings(session, on=TODAY)
    assert "村集体经济组织现有1人，应为3至7人，并且是单数（《农村集体经济组织法》第二十九条）。" in found
    assert "村集体经济组织成员代表大会现有4人，应为21人以上（《农村集体经济组织法》第二十八条）。" in found


def test_the_secretary_heads_the_watch_only_with_a_word(settled: VillageFile, person: Make) -> None:
    both = member(settled, person, "王书记")
    appoint(settled, both, Role.SECRETARY)
    with pytest.raises(NotAllowed, match="原则上不由书记兼任"):
        appoint(settled, both, Role.SUPERVISION_HEAD)
    appoint(settled, both, Role.SUPERVISION_HEAD, despite="镇党委批复，全村只有两名党员")
    with settled.reading() as session:
        assert any("王书记同时任村务监督委员会主任和村党支部书记" in one for one in lookups.findings(session, on=TODAY))
