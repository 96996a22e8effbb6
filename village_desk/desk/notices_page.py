"""The page of notices as the desk shows it: a finance notice prints with the tables of its period."""

from typing import Any

from village_desk.desk.annexes import annex_of
from village_desk.notices.lookups import NoticeDetail
from village_desk.notices.page import NoticesPage
from village_desk.notices.printout import Annex


class DeskNoticesPage(NoticesPage):
    """公开公示; what an upper room publishes brings its tables."""

    def annex(self, session: Any, detail: NoticeDetail) -> Annex | None:
        """The tables of a finance sheet."""
        return annex_of(session, detail)
