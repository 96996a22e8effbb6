"""Keeping that a list went to the wall, so that the next one can say what is new."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.points.actions.wall import draft_list
from village_desk.points.lookups import one_rule_set
from village_desk.points.lookups.walls import changes_since
from village_desk.points.records import PointSheet
from village_desk.store.acts import act


def record_sheet(session: Session, *, set_id: str, period: str) -> str:
    """Keep that the list of a period was printed for the wall with all its lines; returns the sheet's id.

    The notices room gets the draft of a sheet with the same sums. Raises NotFound, NotAllowed when nothing is new.
    """
    new = changes_since(session, set_id=set_id, period=period)
    if not new.rows:
        raise NotAllowed("和上一张公示榜比没有新的记录，不用再登记。", "要再打印一份，直接打印即可。")
    record = PointSheet(
        set_id=set_id, period=period, made_on=act(session).today, entry_ids=tuple(row.id for row in new.rows)
    )
    session.add(record)
    session.flush()
    draft_list(session, one_rule_set(session, set_id), record, new.wall.rows)
    return record.id
