"""Who sits at the desk: roles, short codes, and what a reader may not do."""

import pytest

from tests.store.things import CLERK, add_neighbour
from village_desk.kit.errors import NotAllowed
from village_desk.store.file import VillageFile
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
