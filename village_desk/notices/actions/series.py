"""Which laptop gives the village's official numbers."""

from sqlalchemy.orm import Session

from village_desk.kit.ids import same_id
from village_desk.notices.records import NumberSeries
from village_desk.store.acts import act
from village_desk.store.journal.writing import writing_of


def holds_series(session: Session) -> bool:
    """Whether this laptop holds the village's number series; the first that gives a number holds it from then on."""
    here = writing_of(session).device.hex()
    identity = same_id("number_series", act(session).village)
    series = session.get(NumberSeries, identity)
    if series is None:
        session.add(NumberSeries(id=identity, holder=here))
        session.flush()
        return True
    return series.holder == here
