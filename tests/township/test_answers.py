"""The township's answers to records of its villages: given in one act, carried by stick, taken in exactly once."""

import dataclasses
import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.points.conftest import RULES
from tests.township.conftest import Desk, World
from tests.township.test_two_laptops import carry
from village_desk.decisions import actions as decisions
from village_desk.decisions.lookups import one_decision
from village_desk.decisions.rules import FilingKind
from village_desk.desk.answers import OWNERS, owner_of
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.people.records import Household, Person
from village_desk.points import actions as points
from village_desk.points.lookups import TOWNSHIP_TOPIC, one_application, one_rule_set
from village_desk.points.rules.entries import Stage
from village_desk.store.operators import Role, StoreOperator
from village_desk.sync import incoming, outgoing, stick
from village_desk.sync.answers import RecordAnswer
from village_desk.sync.outcome import FileOutcome, State
from village_desk.sync.records import AnswerReceived
from village_desk.sync.stickfile import Kind, Manifest, Outline, Recipient, Reply, write_file
from village_desk.township import actions as town
from village_desk.township import lookups
from village_desk.township.records import AnswerGiven

TODAY = dt.date(2026, 3, 14)
NUMBER = "河办发〔2026〕12号"


def asking(desk: Desk, families: Iterable[str] = ("张大山", "王强", "李四")) -> list[str]:
    """Entries of some households that wait for the township's confirmation."""
    with desk.file.writing("tests.furnish") as session:
        set_id = points.add_rule_set(session, rules=dataclasses.replace(RULES, township=True))
        checker = Person(name="钱二", group_name="四组")
        session.add_all([checker, StoreOperator(name="钱二", role=Role.SECOND)])
        session.flush()
        item = next(one.id for one in one_rule_set(session, set_id).items if one.item.code == "H3")
        made = []
        for number, name in enumerate(families, 1):
            home = Household(number=str(number), group_name="三组")
            session.add(home)
            session.flush()
            session.add(Person(name=name, household_id=home.id, relation="head", group_name="三组"))
            session.flush()
            one = points.apply_for_points(
                session,
                set_id=set_id,
                item_id=item,
                subject_id=home.id,
                points=2,
                event="三月劳动",
                happened_on=dt.date(2026, 3, 2),
            )
            points.check_application(
                session, application_id=one, verdict="agreed", checker_id=checker.id, checked_on=TODAY
            )
            made.append(one)
    return made


def answer(world: World, records: Iterable[str], kind: str = "confirmed", **more: object) -> int:
    given = {"document": NUMBER, "dated_on": TODAY, **more}
    with world.town.file.writing("township.answer_records") as session:
        return town.answer_records(
            session,
            table="point_application",
            record_ids=tuple(records),
            kind=kind,
            **given,  # type: ignore[arg-type]  # the test's own keywords
        )


def to_the_township(world: World, desk: Desk, drive: Path) -> None:
    outgoing.export(desk.file, drive)
    town.take_in(world.town.file, drive)


def read(desk: Desk, drive: Path) -> list[FileOutcome]:
    return [one for one in incoming.take_in(desk.file, drive, owner_of=owner_of) if one.is_answer]


def stages(desk: Desk, records: Iterable[str]) -> list[Stage]:
    with desk.file.reading() as session:
        return [one_application(session, one).stage for one in records]


def waiting(world: World) -> list[str]:
    with world.town.file.reading() as session:
        return [one.record for one in lookups.questions(session)]


def given(world: World) -> list[lookups.AnswerRow]:
    with world.town.file.reading() as session:
        return list(lookups.answers_given(session))


def test_a_branch_is_confirmed_in_one_act_and_the_village_has_it_once(world: World) -> None:
    east, west = world.village("东河村", "320924103205"), world.village("西河村", "320924103206")
    asked, others = asking(east), asking(west, ["赵一"])
    drive = world.stick("s")
    for desk in (east, west):
        to_the_township(world, desk, drive)
    assert sorted(waiting(world)) == sorted([*asked, *others])
    with world.town.file.reading() as session:
        first = next(one for one in lookups.questions(session) if one.village == "320924103205")
    assert (first.group, first.who, first.what) == ("《东河村农户积分办法》", "三组张大山家", "参加义务劳动 +2分")

    assert answer(world, [*asked, *others]) == 4
    # Each village has its own answer, nothing waits any more, and none is on a stick yet.
    assert waiting(world) == []
    assert [(one.village, one.records, one.state) for one in given(world)] == [
        ("320924103206", 1, "等写回执"),
        ("320924103205", 3, "等写回执"),
    ]
    town.write_replies(world.town.file, drive)
    assert {one.state for one in given(world)} == {"已写入第1号回执，等村里读"}

    [told] = read(east, drive)
    assert (told.state, told.message) == (State.TAKEN, f"乡镇认定了3笔积分（{NUMBER}），可以入账。")
    assert stages(east, asked) == [Stage.CHECKED] * 3
    with east.file.reading() as session:
        row = one_application(session, asked[0])
        assert row.stage_words == "乡镇已认定"
        assert row.happened[-1] == f"2026年3月14日乡镇认定，同意：{NUMBER}"
    # Reading again, and a reply that says it again before the village has shown it, change nothing.
    before = east.file.digest()
    assert read(east, drive) == []
    assert world.row(east).name == "东河村"
    town.write_replies(world.town.file, drive)
    assert read(east, drive) == []
    assert east.file.digest() == before

    to_the_township(world, east, drive)
    assert next(one for one in given(world) if one.village == "320924103205").state == (
        f"村里已收到：乡镇认定了3笔积分（{NUMBER}），可以入账。"
    )
    with world.town.file.reading() as session:
        assert lookups.answers_to_send(session, "320924103205") == ()
        assert lookups.claimed_falsely(session) == ()
    assert world.seen(east) == east.view
    assert east.file.verify() == []


def test_what_is_refused_needs_a_reason_and_ends_the_entry(world: World) -> None:
    desk = world.village("东河村", "320924103205")
    asked = asking(desk)
    drive = world.stick("s")
    to_the_township(world, desk, drive)
    with pytest.raises(NotAllowed, match="还没写理由或意见。"):
        answer(world, asked[:1], "not_confirmed")
    with pytest.raises(NotAllowed, match="还没填文号。"):
        answer(world, asked[:1], document=" ")
    with pytest.raises(NotAllowed, match="答复的日期在今天以后。"):
        answer(world, asked[:1], dated_on=dt.date(2026, 3, 15))
    with pytest.raises(NotAllowed, match="没有这种答复。"):
        answer(world, asked[:1], "praised")
    with pytest.raises(NotFound, match="选中的记录里没有待乡镇答复的。"):
        answer(world, ["0" * 32])
    assert given(world) == []
    answer(world, asked[:1], "not_confirmed", words="签到表上没有")
    answer(world, asked[1:])
    town.write_replies(world.town.file, drive)
    refused, agreed = read(desk, drive)
    assert refused.message == f"乡镇没有认定1笔积分（{NUMBER}）：签到表上没有。"
    assert agreed.message == f"乡镇认定了2笔积分（{NUMBER}），可以入账。"
    assert stages(desk, asked) == [Stage.REFUSED, Stage.CHECKED, Stage.CHECKED]


def test_only_the_township_answers_and_takes_back_what_is_on_no_stick(world: World) -> None:
    desk = world.village("东河村", "320924103205")
    asked = asking(desk)
    drive = world.stick("s")
    to_the_township(world, desk, drive)
    with desk.file.writing("township.answer_records") as session, pytest.raises(NotAllowed, match="乡镇的操作人"):
        town.answer_records(
            session, table="point_application", record_ids=(asked[0],), kind="confirmed", dated_on=TODAY, document="x"
        )
    answer(world, asked)
    [row] = given(world)
    with world.town.file.writing("township.take_back_answer") as session:
        town.take_back_answer(session, answer_id=row.id)
    assert sorted(waiting(world)) == sorted(asked)
    answer(world, asked)
    town.write_replies(world.town.file, drive)
    [row] = given(world)
    with world.town.file.writing("township.take_back_answer") as session, pytest.raises(NotAllowed, match="第1号回执"):
        town.take_back_answer(session, answer_id=row.id)


def test_a_case_is_reviewed_by_stick_and_shows_the_offices_words(world: World) -> None:
    desk = world.village("东河村", "320924103205")
    with desk.file.writing("decisions.open_decision") as session:
        case = decisions.open_decision(session, title="村东排水渠修缮", matter_code="M04", opened_on=TODAY)
    drive = world.stick("s")
    to_the_township(world, desk, drive)
    with world.town.file.reading() as session:
        [asked] = lookups.questions(session, table="decision")
    assert (asked.village, asked.group, asked.what) == ("320924103205", "待审核", "村东排水渠修缮")
    with world.town.file.writing("township.answer_records") as session:
        town.answer_records(
            session, table="decision", record_ids=(case,), kind="sent_back", dated_on=TODAY, words="预算偏高，请核减"
        )
    town.write_replies(world.town.file, drive)
    [told] = read(desk, drive)
    assert told.message == "河口镇对“村东排水渠修缮”审核后退回修改：预算偏高，请核减。"
    with desk.file.reading() as session:
        [filing] = one_decision(session, case).filings
    assert (filing.kind, filing.office, filing.agreed, filing.way) == (FilingKind.REVIEW, "河口镇", False, "U盘")
    to_the_township(world, desk, drive)
    assert waiting(world) == []


def test_more_answers_than_a_reply_holds_come_with_the_next(world: World) -> None:
    desk = world.village("东河村", "320924103205")
    ids = tuple(f"{number:032x}" for number in range(400))
    with world.town.file.writing("tests.furnish") as session:
        for order in range(1, 61):
            session.add(
                AnswerGiven(
                    village_code="320924103205",
                    order=order,
                    of_table="later_table",
                    of_ids=ids,
                    kind="confirmed",
                    document=NUMBER,
                    dated_on=TODAY,
                    words="意" * 500,
                )
            )
    drive = world.stick("s")
    town.write_replies(world.town.file, drive)
    told = read(desk, drive)
    assert 30 < len(told) < 60
    with world.town.file.reading() as session:
        assert len(lookups.answers_to_send(session, "320924103205")) == len(told)


def test_lost_and_late_replies_bring_every_answer_once(world: World, tmp_path: Path) -> None:
    desk = world.village("东河村", "320924103205")
    asked = asking(desk)
    drive = world.stick("s")
    to_the_township(world, desk, drive)
    answer(world, asked[:1])
    town.write_replies(world.town.file, drive)
    first = tmp_path / "first"
    shutil.copytree(drive, first)
    answer(world, asked[1:])
    town.write_replies(world.town.file, drive)
    # The later reply comes first and holds both answers; the earlier one brings nothing more.
    assert [one.state for one in read(desk, drive)] == [State.TAKEN, State.TAKEN]
    before = desk.file.digest()
    assert read(desk, first) == []
    assert desk.file.digest() == before
    assert stages(desk, asked) == [Stage.CHECKED] * 3


def test_two_laptops_that_both_read_the_reply_show_the_same(world: World, tmp_path: Path) -> None:
    desk = world.village("东河村", "320924103205")
    asked = asking(desk)
    drive = world.stick("s")
    other = world.second_laptop(desk, tmp_path)
    to_the_township(world, desk, drive)
    answer(world, asked)
    town.write_replies(world.town.file, drive)
    for one in (desk, other):
        [told] = read(one, drive)
        assert told.state is State.TAKEN
    carry(world, "there", desk, other)
    carry(world, "back", other, desk)
    assert stages(desk, asked) == stages(other, asked) == [Stage.CHECKED] * 3
    assert desk.view == other.view
    with desk.file.reading() as session:
        assert len(session.scalars(select(AnswerReceived)).all()) == 1


def test_an_answer_waits_for_its_record_and_for_a_newer_desk(world: World) -> None:
    desk = world.village("东河村", "320924103205")
    asked = asking(desk)
    drive = world.stick("s")
    to_the_township(world, desk, drive)
    with world.town.file.writing("tests.furnish") as session:
        for order, (table, record) in enumerate((("point_application", "f" * 32), ("later_table", "e" * 32)), 1):
            session.add(
                AnswerGiven(
                    village_code="320924103205",
                    order=order,
                    of_table=table,
                    of_ids=(record,),
                    kind="confirmed",
                    document=NUMBER,
                    dated_on=TODAY,
                )
            )
    answer(world, asked)
    town.write_replies(world.town.file, drive)
    missing, newer, done = read(desk, drive)
    assert (missing.state, newer.state, done.state) == (State.HELD, State.HELD, State.TAKEN)
    assert "还不在这台电脑上" in missing.message
    assert "新版本" in newer.message
    # They are tried anew with each reading, and stand in nobody's way.
    assert [one.state for one in read(desk, drive)] == [State.HELD, State.HELD]
    # Without a desk that hands answers over they are only kept.
    assert [one for one in incoming.take_in(desk.file, drive) if one.is_answer] == []


def test_what_the_room_refuses_is_told_to_the_township(world: World) -> None:
    desk = world.village("东河村", "320924103205")
    asked = asking(desk)
    drive = world.stick("s")
    to_the_township(world, desk, drive)
    with world.town.file.writing("tests.furnish") as session:
        session.add(
            AnswerGiven(
                village_code="320924103205",
                order=1,
                of_table="point_application",
                of_ids=(asked[0],),
                kind="praised",
                document=NUMBER,
                dated_on=TODAY,
            )
        )
    town.write_replies(world.town.file, drive)
    [told] = read(desk, drive)
    assert told.message == "乡镇的一件答复没有办成：乡镇对积分的这种答复，本机的版本还不认识。"
    assert read(desk, drive) == []
    to_the_township(world, desk, drive)
    assert given(world)[0].tone == "warn"
    assert sorted(waiting(world)) == sorted(asked)


def forged(world: World, desk: Desk, signer: Desk, answers: tuple[RecordAnswer, ...], drive: Path, to: str) -> None:
    """A reply that somebody made, sealed to the village's laptop."""
    outline = Outline(Kind.TOWNSHIP_REPLY, "河口镇", to, 99)
    recipients = [Recipient(desk.file.device.id, desk.file.device.stick_public)]
    manifest = Manifest(app="0", day="2026-03-14", reply=Reply(99, (), answers=answers))
    header, content = write_file(signer.file.device, outline, manifest, [], recipients)
    stick.write(drive, header.file_name, content)


def test_forged_and_foreign_answers_are_refused(world: World) -> None:
    east, west = world.village("东河村", "320924103205"), world.village("西河村", "320924103206")
    asked = asking(east)
    plain = RecordAnswer("a" * 32, 1, "point_application", tuple(asked), "confirmed", NUMBER, "2026-03-14", "")
    # Another laptop that calls itself the township.
    drive = world.stick("forged")
    forged(world, east, west, (plain,), drive, "320924103205")
    assert [one.state for one in incoming.take_in(east.file, drive, owner_of=owner_of)] == [State.TO_COMPARE]
    # The township's own reply, but to another village.
    drive = world.stick("foreign")
    forged(world, east, world.town, (plain,), drive, "320924103206")
    assert incoming.take_in(east.file, drive, owner_of=owner_of) == ()
    # Answers in a wrong form.
    for place, wrong in enumerate(
        (
            dataclasses.replace(plain, dated_on="2026-3-14"),
            dataclasses.replace(plain, records=()),
            dataclasses.replace(plain, records=tuple(str(one) for one in range(401))),
            dataclasses.replace(plain, kind=""),
            dataclasses.replace(plain, words="x" * 1001),
            dataclasses.replace(plain, order=-1),
        )
    ):
        drive = world.stick(f"wrong-{place}")
        forged(world, east, world.town, (wrong,), drive, "320924103205")
        assert [one.state for one in incoming.take_in(east.file, drive, owner_of=owner_of)] == [State.REFUSED]
    assert stages(east, asked) == [Stage.TOWNSHIP] * 3


def test_a_village_cannot_invent_an_answer_unseen(world: World) -> None:
    desk = world.village("东河村", "320924103205")
    with desk.file.writing("tests.furnish") as session:
        session.add(
            AnswerReceived(answer_id="b" * 32, order=1, of_table="point_application", of_ids=("x",), dated_on=TODAY)
        )
    to_the_township(world, desk, world.stick("s"))
    with world.town.file.reading() as session:
        [told] = lookups.claimed_falsely(session)
    assert told == "村里记着乡镇3月14日的一件答复（没有文号），本镇没有这样答复过，请和村里核对。"


def test_every_topic_has_an_owner() -> None:
    assert {one.table for one in lookups.TOPICS} == set(OWNERS)
    assert all(owner_of(table) is not None for table in OWNERS)
    assert TOWNSHIP_TOPIC.choice("confirmed") is not None
    assert owner_of("nowhere") is None
