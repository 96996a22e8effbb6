"""What waits is counted for pages that would not read a thousand rows."""

from tests.points.conftest import Village
from tests.points.test_actions import ask
from village_desk.points import lookups
from village_desk.points.records import PointRuleSet


def test_open_applications_are_counted_and_those_of_a_set_out_of_use_are_not(village: Village) -> None:
    ask(village)
    ask(village, who="李四")
    with village.file.reading() as session:
        assert lookups.waiting_by_set(session) == ((village.set_id, 2),)
        assert lookups.waiting_and_shown(session, set_id=village.set_id, period="2026") == (2, 2)
    with village.file.writing("tests.furnish") as session:
        record = session.get(PointRuleSet, village.set_id)
        assert record is not None
        record.retired = True
    with village.file.reading() as session:
        assert lookups.waiting_by_set(session) == ()
