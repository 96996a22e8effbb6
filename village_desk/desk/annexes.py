"""The tables that hang behind a notice: a finance notice has those of its period."""

from sqlalchemy.orm import Session

from village_desk.accounts.lookups import ROOM, all_sheets, one_sheet
from village_desk.accounts.printout import annex
from village_desk.accounts.rules.sums import SheetState
from village_desk.notices.lookups import NoticeDetail
from village_desk.notices.printout import Annex


def annex_of(session: Session, notice: NoticeDetail) -> Annex | None:
    """What prints behind this notice; None for one that stands alone, as a correction does."""
    if notice.row.source_room != ROOM or notice.outside:
        return None
    row = next((one for one in all_sheets(session) if one.id == notice.row.source_id), None)
    if row is None or row.state is SheetState.OPEN:
        return None
    return annex(one_sheet(session, row.id), notice.paper)
