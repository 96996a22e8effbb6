"""Stick there and back: what the village wrote the township sees, once, whole, in whatever order sticks come."""

import random
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.things import CLERK, Neighbour, add_neighbour, book, change_neighbour, post_sheet
from tests.township.conftest import Desk, World
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store.acts import add_many
from village_desk.store.base import Lane
from village_desk.store.operators import Role, add_operator, home, operators
from village_desk.sync import actions as trust
from village_desk.sync import incoming, keys, lookups, outgoing, stick
from village_desk.sync.lookups import Stage
from village_desk.sync.outcome import State
from village_desk.sync.stickfile import SIZE, strict
from village_desk.township import actions as town
from village_desk.township import lookups as seen

CODE = "320924103205"
OTHER = "320924103206"


def stage(desk: Desk, record: str) -> lookups.Delivery:
    with desk.file.reading() as session:
        return lookups.delivery(session, [record])[record]


def standing(desk: Desk) -> lookups.Standing:
    with desk.file.reading() as session:
        return lookups.standing(session)


def position(desk: Desk) -> int:
    return desk.file.position


def test_a_change_is_saved_then_on_the_stick_then_received(world: World) -> None:
    village = world.village("东河村", CODE)
    first = world.stick("first")
    world.visit(village, first)
    assert world.seen(village) == village.view

    person = add_neighbour(village.file, "王秀兰", group_no=3, phone="13812345678")
    assert stage(village, person).stage is Stage.SAVED
    assert standing(village).saved == 1

    drive = world.stick("second")
    exported = outgoing.export(village.file, drive)
    assert exported.operations == 1
    assert exported.sentence.startswith(f"第{exported.number}号上报包写好了，共1条改动")
    assert stage(village, person) == lookups.Delivery(Stage.ON_STICK, exported.number)

    [taken] = town.take_in(world.town.file, drive)
    assert (taken.state, taken.new, taken.known) == (State.TAKEN, 1, 0)
    assert taken.message == f"东河村第{exported.number}号上报包收进来了，新内容1条。"
    [answered] = town.write_replies(world.town.file, drive)
    assert answered.new

    [read] = incoming.take_in(village.file, drive)
    assert read.state is State.TAKEN
    assert read.message == f"读了河口镇的第{answered.number}号回执：新确认1条，本机的记录乡镇已全部收到。"
    assert stage(village, person) == lookups.Delivery(Stage.RECEIVED, answered.number)
    assert stage(village, person).words == "乡镇已收到"
    assert standing(village).enrolled
    assert world.seen(village) == village.view
    assert world.row(village).state == "已收到"


def test_doing_any_of_it_twice_changes_nothing(world: World) -> None:
    village = world.village("东河村", CODE)
    drive = world.stick("s")
    add_neighbour(village.file, "王秀兰")
    first = outgoing.export(village.file, drive)
    files = {one.name: one.size for one in stick.files(drive)}
    again = outgoing.export(village.file, drive)
    assert (again.number, again.again) == (first.number, True)
    assert {one.name: one.size for one in stick.files(drive)} == files

    town.take_in(world.town.file, drive)
    before = world.town.file.digest(), position(world.town)
    [second] = town.take_in(world.town.file, drive)
    assert (second.state, second.new) == (State.NOTHING_NEW, 0)
    assert second.message == f"东河村第{first.number}号上报包里的内容以前都收过，这次没有新的。"
    assert (world.town.file.digest(), position(world.town)) == before

    town.write_replies(world.town.file, drive)
    files = {one.name: one.size for one in stick.files(drive)}
    [answered] = town.write_replies(world.town.file, drive)
    assert not answered.new
    assert {one.name: one.size for one in stick.files(drive)} == files

    incoming.take_in(village.file, drive)
    state = village.file.digest(), position(village), standing(village)
    [read] = incoming.take_in(village.file, drive)
    assert (read.state, read.message) == (State.NOTHING_NEW, f"河口镇的第{answered.number}号回执已经读过了。")
    assert (village.file.digest(), position(village), standing(village)) == state
    assert outgoing.export(village.file, drive).sentence == "镇里已经收齐了本机的全部记录，这次没有新内容要上报。"


def test_a_lost_stick_costs_nothing(world: World) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    for name in ("甲", "乙", "丙"):
        add_neighbour(village.file, name)
        outgoing.export(village.file, world.stick(f"lost-{name}"))
    add_neighbour(village.file, "丁")
    outcomes = world.visit(village, world.stick("found"))
    assert [one.new for one in outcomes] == [4, 4]
    assert world.seen(village) == village.view
    assert len(world.row(village).missing_numbers) == 3
    assert world.row(village).gaps == ()


def test_old_sticks_that_turn_up_later_bring_nothing_back(world: World) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    person = add_neighbour(village.file, "王秀兰")
    old = world.stick("old")
    outgoing.export(village.file, old)
    change_neighbour(village.file, person, name="王秀莲")
    world.visit(village, world.stick("new"))
    seen_before = world.seen(village)
    [outcome] = town.take_in(world.town.file, old)
    assert outcome.state is State.NOTHING_NEW
    assert world.seen(village) == seen_before == village.view


def test_an_old_reply_is_put_aside(world: World) -> None:
    village = world.village("东河村", CODE)
    first, second = world.stick("first"), world.stick("second")
    world.visit(village, first)
    add_neighbour(village.file, "王秀兰")
    world.visit(village, second)
    [outcome] = incoming.take_in(village.file, first)
    assert outcome.state is State.OLD
    assert "比读过的第2号旧" in outcome.message
    assert standing(village).reply_number == 2


def written(desk: Desk, drive: Path, *, everything: bool = False) -> Path:
    outgoing.export(desk.file, drive, everything=everything)
    return drive


def deliveries(world: World, village: Desk, count: int) -> list[Path]:
    """Sticks with bundles that each begin where the one before ended, as when every reply came in time."""
    written = []
    for number in range(count):
        person = add_neighbour(village.file, f"村民{number}", group_no=number)
        change_neighbour(village.file, person, name=f"改名{number}")
        book(village.file, f"收据{number}", 100 * number)
        post_sheet(village.file, f"公示{number % 2}")
        drive = world.stick(f"d{number}")
        outgoing.export(village.file, drive)
        # The reply comes from the real township, on a stick of its own, so that the next bundle starts behind it.
        town.take_in(world.town.file, drive)
        reply = world.stick(f"r{number}")
        town.write_replies(world.town.file, reply, (village.village,))
        incoming.take_in(village.file, reply)
        written.append(drive)
    return written


def before_all_that(world: World, tmp_path: Path) -> Callable[[], None]:
    """Keeps the township's computer as it is now; calling the result puts it back, profile and all."""
    kept, profile = world.town.keep(tmp_path / "kept"), tmp_path / "kept-profile"
    shutil.copytree(world.town.home / "profile", profile)
    return lambda: world.town.put_back(kept, with_profile=profile)


def test_any_order_of_sticks_ends_in_the_same_rows(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    start = before_all_that(world, tmp_path)
    drives = [world.sticks[0], *deliveries(world, village, 4)]
    wanted = world.seen(village)
    assert wanted == village.view
    chance = random.Random(20260314)
    for _ in range(8):
        start()
        order = [*drives, chance.choice(drives)]
        chance.shuffle(order)
        for drive in order:
            town.take_in(world.town.file, drive)
        assert world.seen(village) == wanted
        assert world.row(village).held == 0
    assert world.town.file.verify() == []
    world.town.file.rebuild()
    assert world.seen(village) == wanted


def test_gaps_are_held_named_and_closed(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    start = before_all_that(world, tmp_path)
    drives = deliveries(world, village, 3)
    wanted = world.seen(village)

    start()
    for drive in (drives[2], drives[1]):
        [outcome] = town.take_in(world.town.file, drive)
        assert outcome.state is State.HELD
        assert "先等一等" in outcome.message
        assert "还缺这台电脑的第" in outcome.advice
    row = world.row(village)
    assert row.held > 0
    assert len(row.gaps) == 1
    assert row.state == "前面缺内容，等村里补报"
    [outcome] = town.take_in(world.town.file, drives[0])
    assert outcome.state is State.TAKEN
    assert world.row(village).held == 0
    assert world.row(village).gaps == ()
    assert world.seen(village) == wanted == village.view


def test_a_township_that_was_put_back_says_so_in_its_reply_and_gets_everything_again(
    world: World, tmp_path: Path
) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    start = before_all_that(world, tmp_path)
    deliveries(world, village, 2)
    start()

    add_neighbour(village.file, "新的一户")
    held, read = world.visit(village, world.stick("after"))
    assert held.state is State.HELD
    assert read.state is State.TAKEN
    assert read.advice.startswith("镇里还缺第")
    taken, read = world.visit(village, world.stick("again"))
    assert taken.state is State.TAKEN
    assert world.seen(village) == village.view
    assert standing(village).saved + standing(village).on_stick == 0


def test_everything_can_be_sent_again_from_the_start(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    start = before_all_that(world, tmp_path)
    deliveries(world, village, 2)
    start()
    [outcome] = town.take_in(world.town.file, written(village, world.stick("everything"), everything=True))
    assert outcome.state is State.TAKEN
    assert world.seen(village) == village.view


def test_what_stays_in_the_village_never_reaches_the_township(world: World) -> None:
    village = world.village("东河村", CODE)
    canary = "canary-13812345678-金丝雀"
    person = add_neighbour(village.file, "王秀兰", phone=canary)
    change_neighbour(village.file, person, phone=canary + "2")
    drive = world.stick("s")
    outgoing.export(village.file, drive)
    for found in stick.files(drive):
        content = stick.read(found)
        body = keys.unseal(content[SIZE:], world.town.file.device.stick_secret)
        assert body is not None
        plain = strict.decompress(body)
        assert "王秀兰".encode() in plain
        for shape in (canary.encode(), canary.encode("utf-16-le"), b"canary", "金丝雀".encode()):
            assert shape not in plain
            assert shape not in content
    town.take_in(world.town.file, drive)
    with world.town.file.reading() as session:
        rows = session.connection().exec_driver_sql("select phone from test_neighbour").scalars().all()
        lanes = session.connection().exec_driver_sql("select own from journal_operation where own is not null")
        assert set(rows) == {None}
        assert [row for row in lanes if b"canary" in bytes(row[0])] == []
    assert village.file.digest(lane=Lane.VILLAGE, village=CODE) != world.town.file.digest(village=CODE)
    assert world.seen(village) == village.view


def test_two_villages_keep_apart_on_one_stick(world: World) -> None:
    east, west = world.village("东河村", CODE), world.village("西山村", OTHER)
    drive = world.stick("shared")
    add_neighbour(east.file, "东一")
    add_neighbour(west.file, "西一")
    outgoing.export(east.file, drive)
    outgoing.export(west.file, drive)
    assert {one.village: one.state for one in town.take_in(world.town.file, drive)} == {
        CODE: State.TAKEN,
        OTHER: State.TAKEN,
    }
    assert {one.village_name for one in town.write_replies(world.town.file, drive)} == {"东河村", "西山村"}
    for desk in (east, west):
        assert [one.state for one in incoming.take_in(desk.file, drive)] == [State.TAKEN]
        assert world.seen(desk) == desk.view


def test_an_unknown_laptop_is_compared_before_anything_of_it_is_opened(world: World) -> None:
    village = world.village("东河村", CODE, known=False)
    drive = world.stick("s")
    with pytest.raises(NotAllowed, match="还没有登记乡镇的电脑"):
        outgoing.export(village.file, drive)
    assert stick.files(drive) == ()

    town.write_township_card(world.town.file, drive)
    [card] = incoming.take_in(village.file, drive)
    assert card.state is State.TO_COMPARE
    device = world.town.file.device
    assert card.fingerprint == keys.fingerprint(device.public_key, device.stick_public)
    with (
        pytest.raises(NotAllowed, match="对不上"),
        village.file.writing("sync.trust_township") as session,
    ):
        trust.trust_township(
            session, name="x", code="1", public_key=card.public_key, stick_key=card.stick_key, digits="000000"
        )
    world.trust(village, card)
    assert [one.state for one in incoming.take_in(village.file, drive)] == [State.NOTHING_NEW]

    outgoing.export(village.file, drive)
    before = world.town.file.digest(), position(world.town)
    [unknown] = town.take_in(world.town.file, drive)
    assert unknown.state is State.TO_COMPARE
    assert unknown.fingerprint in unknown.message
    assert (world.town.file.digest(), position(world.town)) == before
    assert town.write_replies(world.town.file, drive) == ()

    world.enrol(unknown)
    [taken] = town.take_in(world.town.file, drive)
    assert taken.state is State.TAKEN
    assert world.seen(village) == village.view


def test_a_bundle_for_another_township_is_told_and_left_alone(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    drive = written(village, world.stick("s"))
    neighbour = Desk(tmp_path / "other", world.monkeypatch, village="320924104", name="山前镇", kind="township")
    world.desks.append(neighbour)
    [outcome] = town.take_in(neighbour.file, drive)
    assert outcome.state is State.REFUSED
    assert "写给另一个单位" in outcome.message
    with neighbour.file.reading() as session:
        assert seen.villages(session) == ()


def test_a_revoked_laptop_is_refused_and_what_came_before_stays(world: World) -> None:
    village = world.village("东河村", CODE)
    world.visit(village, world.stick("first"))
    before = world.seen(village)
    with world.town.file.writing("township.revoke_laptop") as session:
        [laptop] = seen.laptops(session)
        town.revoke_laptop(session, enrolment_id=laptop.id)
    add_neighbour(village.file, "王秀兰")
    drive = world.stick("second")
    outgoing.export(village.file, drive)
    [outcome] = town.take_in(world.town.file, drive)
    assert outcome.state is State.REFUSED
    assert "已经停用" in outcome.message
    assert world.seen(village) == before
    assert world.row(village).state == "最近一份没有收进来"


def test_a_laptop_cannot_speak_for_another_village(world: World) -> None:
    east = world.village("东河村", CODE)
    liar = world.village("西山村", OTHER)
    add_neighbour(liar.file, "张三")
    world.visit(east, world.stick("honest"))
    before = world.seen(east)
    # The laptop of one village writes under the other's code.
    liar.file.village = CODE
    drive = world.stick("lie")
    outgoing.export(liar.file, drive)
    liar.file.village = OTHER
    [outcome] = town.take_in(world.town.file, drive)
    assert outcome.state is State.REFUSED
    assert world.seen(east) == before


def test_a_flipped_byte_and_a_cut_leave_the_township_as_it_was(world: World) -> None:
    village = world.village("东河村", CODE)
    add_neighbour(village.file, "王秀兰")
    drive = world.stick("s")
    [name] = outgoing.export(village.file, drive).files
    path = stick.folder_of(drive) / name
    whole = path.read_bytes()
    before = world.town.file.digest(), position(world.town)
    for damaged in (whole[:-1], whole[:200], b"", whole[:500] + b"x" + whole[501:], bytes(len(whole))):
        path.write_bytes(damaged)
        [outcome] = town.take_in(world.town.file, drive)
        assert outcome.state is State.REFUSED
        assert outcome.advice
    assert (world.town.file.digest(), position(world.town)) == before
    path.write_bytes(whole)
    [outcome] = town.take_in(world.town.file, drive)
    assert outcome.state is State.TAKEN


def test_a_stick_pulled_out_while_exporting_leaves_everything_to_be_sent_again(world: World, tmp_path: Path) -> None:
    village = world.village("东河村", CODE)
    person = add_neighbour(village.file, "王秀兰")
    drive, away = world.stick("s"), tmp_path / "away"

    def pull(done: int, of: int, words: str = "", /) -> None:
        if drive.exists():
            drive.rename(away)

    with pytest.raises(FileTrouble, match="拔下"):
        outgoing.export(village.file, drive, progress=pull)
    assert stage(village, person).stage is Stage.SAVED
    assert stick.files(away) == ()
    assert town.take_in(world.town.file, away) == ()
    world.visit(village, world.stick("again"))
    assert stage(village, person).stage is Stage.RECEIVED


def test_an_operator_of_a_village_cannot_sit_down_at_the_township(world: World) -> None:
    village = world.village("东河村", CODE)
    with village.file.writing("store.add_operator") as session:
        add_operator(session, name="冒充的", role=Role.TOWNSHIP)
    world.visit(village, world.stick("s"))
    with world.town.file.reading() as session:
        assert [(one.name, one.role) for one in operators(session)] == [(CLERK, Role.TOWNSHIP)]
        assert home(session).name == ""
    with pytest.raises(NotAllowed, match="操作人名单里没有"):
        world.town.file.take_seat("冒充的")
    assert world.town.file.operator is not None
    assert world.town.file.operator.role == Role.TOWNSHIP


def test_each_side_refuses_the_work_of_the_other(world: World) -> None:
    village = world.village("东河村", CODE)
    drive = world.stick("s")
    for act in (
        lambda: outgoing.export(world.town.file, drive),
        lambda: incoming.take_in(world.town.file, drive),
        lambda: town.take_in(village.file, drive),
        lambda: town.write_replies(village.file, drive),
        lambda: town.write_township_card(village.file, drive),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_full_disk_at_the_township_is_told_and_refuses_no_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    village = world.village("东河村", CODE)
    with village.file.writing("test.many") as session:
        add_many(session, Neighbour, [{"name": f"村民{number}"} for number in range(3_000)])
    drive = written(village, world.stick("s"))
    before = world.town.file.digest(), position(world.town)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = world.town.path.with_name(f"{world.town.path.name}-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(world.town.path.stat().st_size, wal.stat().st_size), limits[1]))
    try:
        with pytest.raises(FileTrouble, match="没有保存"):
            town.take_in(world.town.file, drive)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (world.town.file.digest(), position(world.town)) == before
    assert world.town.file.verify() == []
    [outcome] = town.take_in(world.town.file, drive)
    assert outcome.state is State.TAKEN
