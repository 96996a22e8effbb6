"""Who sits at the desk: roles, short codes, and what a reader may not do."""

from collections.abc import Callable

import pytest

from tests.store.things import CLERK, TODAY, Laptop, add_neighbour
from village_desk.kit.errors import NotAllowed
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST
from village_desk.store.operators import (
    Role,
    add_operator,
    change_role,
    describe_home,
    home,
    operators,
    retire_operator,
    set_code,
)


def test_a_second_person_sits_down_with_a_short_code(file: VillageFile) -> None:
    with file.writing("store.add_operator") as session:
        second = add_operator(session, name="王会计 ", role=Role.SECOND)
        set_code(session, operator_id=second, code="2580")
    with pytest.raises(NotAllowed, match="短码不对"):
        file.take_seat("王会计", "1111")
    assert file.operator is not None
    assert file.operator.name == CLERK
    file.take_seat("王会计", "2580")
    assert file.operator.role is Role.SECOND
    identity = add_neighbour(file, "王伟")
    from village_desk.store import journal

    with file.reading() as session:
        assert journal.operations_of(session, [identity])[identity][0].actor == second


def test_a_reader_changes_nothing(file: VillageFile) -> None:
    with file.writing("store.add_operator") as session:
        add_operator(session, name="来访者", role=Role.READER)
    file.take_seat("来访者")
    with pytest.raises(NotAllowed, match="只能查看"):
        add_neighbour(file, "王伟")


def test_the_last_clerk_stays_clerk(file: VillageFile) -> None:
    assert file.operator is not None
    mine = file.operator.id
    with pytest.raises(NotAllowed, match="唯一的文书"), file.writing("store.retire") as session:
        retire_operator(session, operator_id=mine)
    with file.writing("store.add_operator") as session:
        add_operator(session, name="新文书", role=Role.CLERK)
        change_role(session, operator_id=mine, role=Role.SECOND)
    with file.reading() as session:
        assert {one.name: one.role for one in operators(session)} == {CLERK: Role.SECOND, "新文书": Role.CLERK}


@pytest.mark.parametrize("name", ["", "  ", CLERK])
def test_an_empty_or_taken_name_is_refused(file: VillageFile, name: str) -> None:
    with pytest.raises(NotAllowed), file.writing("store.add_operator") as session:
        add_operator(session, name=name, role=Role.SECOND)


def test_the_village_describes_itself(file: VillageFile) -> None:
    with file.writing("store.describe_home") as session:
        describe_home(session, town="柳林镇", duty_phone="0515-8888", town_phone="0515-9999")
    with file.reading() as session:
        row = home(session)
    assert (row.name, row.town, row.duty_phone) == ("东河村", "柳林镇", "0515-8888")


def test_who_was_taken_off_the_list_no_longer_opens_the_file_as_the_clerk(laptop: Callable[[str], Laptop]) -> None:
    desk = laptop("文书")
    file = desk.create()
    code = file.recovery_code
    with file.writing("store.add_operator") as session:
        second = add_operator(session, name="王会计", role=Role.SUPERVISOR)
    file.set_password("王会计", "另外四个词的口令", LEAST_COST)
    file.close()

    def open_as_second() -> VillageFile:
        with desk.at_home():
            return VillageFile.open(desk.path, operator="王会计", password="另外四个词的口令", today=TODAY)

    file = open_as_second()
    assert file.operator is not None
    assert (file.operator.name, file.operator.role) == ("王会计", Role.SUPERVISOR)
    file.take_seat(CLERK)
    with file.writing("store.retire_operator") as session:
        retire_operator(session, operator_id=second)
    file.close()
    with pytest.raises(NotAllowed, match="已经不在这份档案的操作人名单里"):
        open_as_second()
    with desk.at_home():
        file = VillageFile.open(desk.path, recovery_code=code, today=TODAY)
    assert file.operator is not None
    assert file.operator.name == CLERK
    file.close()


def test_a_name_that_nobody_knows_here_only_reads(laptop: Callable[[str], Laptop]) -> None:
    desk = laptop("文书")
    file = desk.create()
    file.set_password("王会计", "另外四个词的口令", LEAST_COST)
    file.close()
    with desk.at_home():
        file = VillageFile.open(desk.path, operator="王会计", password="另外四个词的口令", today=TODAY)
    with pytest.raises(NotAllowed, match="“王会计”只能查看"):
        add_neighbour(file, "王伟")
    assert file.verify() == []
    file.close()
