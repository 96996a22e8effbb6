"""A building of the village stands in its register with the decision on its renovation; the branch checks itself."""

import dataclasses

import pytest

from tests.assessments.conftest import TODAY, Stars
from tests.assessments.test_checklists import answered
from tests.assessments.test_rounds import close, opened, read, shipped
from village_desk.decisions.actions import open_decision
from village_desk.decisions.lookups import all_decisions
from village_desk.registers.actions.entries import add_entry
from village_desk.registers.lookups.entries import entries


@pytest.mark.covers("0-14")
def test_a_renovated_building_stands_in_its_register_with_its_decision(stars: Stars) -> None:
    with stars.file.writing("decisions.open_decision") as session:
        open_decision(session, title="村级综合楼改造提升", matter_code="M04", opened_on=TODAY)
    with stars.file.reading() as session:
        (decision,) = all_decisions(session)
    named = f"{decision.number}　{decision.title}"
    with stars.file.writing("registers.add_entry") as session:
        add_entry(
            session,
            register="places",
            noted_on=TODAY,
            answers=(("place", "村级综合楼"), ("area", 420), ("works", "屋面和便民服务大厅"), ("decision", named)),
        )
    with stars.file.reading() as session:
        (row,) = entries(session, "places", on=TODAY)
    assert ("建筑面积", "420平方米") in row.cells
    assert ("决议", named) in row.cells
    blank = shipped("党支部标准化建设自查")
    form = dataclasses.replace(
        blank, items=tuple(dataclasses.replace(blank.items[at], text=f"标准{at}") for at in (0, 1))
    )
    made = opened(stars, form)
    answered(stars, made, {0}, 2)
    close(stars, made, why_unproved="照片待补")
    assert read(stars, made).subjects[0].result_words == "1/2"
