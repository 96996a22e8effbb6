"""A service case that ended with a confirmation proposes points for who handled it: once, and never for relief."""

import datetime as dt

import pytest

from tests.points.conftest import TODAY, Village
from village_desk.kit.errors import NotAllowed
from village_desk.points import actions
from village_desk.points.lookups import applications
from village_desk.points.lookups.cases import cases_to_score
from village_desk.registers.actions import cases as taking
from village_desk.registers.actions import cases_stages as stages


def closed(village: Village, kind: str, matter: str, *, confirmed: bool, by: str = "王强") -> str:
    """A case that somebody handled and answered today."""
    with village.file.writing("registers.answer_case") as session:
        made = taking.take_case(session, kind=kind, matter=matter, first_asked="李会计", on=TODAY, applicant="外村人")
        stages.record_work(session, case_id=made, on=TODAY, person_id=village.persons[by])
        stages.answer_case(session, case_id=made, on=TODAY, way="当面", reply="已办好", confirmed=confirmed)
    return made


@pytest.mark.covers("1-54")
def test_a_confirmed_case_proposes_points_once(village: Village) -> None:
    wanted = [closed(village, "certificate", f"代办老年证{number}", confirmed=True) for number in range(2)]
    unconfirmed = closed(village, "certificate", "代办临时证", confirmed=False)
    closed(village, "relief", "代办临时救助申请", confirmed=True)
    with village.file.reading() as session:
        assert [row.id for row in cases_to_score(session, set_id=village.set_id)] == wanted

    def propose() -> actions.Many:
        with village.file.writing("points.apply_from_cases") as session:
            return actions.apply_from_cases(session, set_id=village.set_id, item_id=village.items["H3"], points=2)

    assert len(propose().done) == 2
    with village.file.reading() as session:
        rows = applications(session, set_id=village.set_id)
    assert {(row.subject, row.event, row.points) for row in rows} == {
        ("王强家", "承办2026-001号办件", 2),
        ("王强家", "承办2026-002号办件", 2),
    }
    with pytest.raises(NotAllowed, match="没有等着记分的办件"):
        propose()
    with village.file.writing("registers.rate_case") as session:
        stages.rate_case(session, case_id=unconfirmed, on=TODAY, rating="good")
    assert len(propose().done) == 1
    with village.file.reading() as session:
        assert cases_to_score(session, set_id=village.set_id) == ()


def test_a_case_without_an_agent_of_the_village_proposes_nothing(village: Village) -> None:
    with village.file.writing("registers.take_case") as session:
        taking.take_case(
            session,
            kind="certificate",
            matter="盖章",
            first_asked="李会计",
            on=TODAY,
            applicant="外村人",
            mode="at_once",
            reply="已盖",
            due_on=dt.date(2026, 8, 1),
        )
    with village.file.reading() as session:
        assert cases_to_score(session, set_id=village.set_id) == ()
