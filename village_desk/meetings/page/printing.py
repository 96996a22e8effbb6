"""The sheets of a meeting shown before they print; printed minutes are kept as they were."""

import hashlib
from collections.abc import Callable
from functools import partial

from village_desk.archive.actions import photos_on
from village_desk.meetings import actions, printout
from village_desk.meetings.lookups import MeetingDetail, MotionRow
from village_desk.store.file import VillageFile
from village_desk.widgets.workplace import Workplace

Show = Callable[[str, Callable[[], bytes], Callable[[bytes], None] | None], None]


class Printing:
    """Makes the sheets; `show` of a page takes a name, what makes the PDF, and what is told when it was printed."""

    def __init__(self, workplace: Workplace, show: Show) -> None:
        self.workplace = workplace
        self._show = show

    def show(self, what: str, detail: MeetingDetail, motion: MotionRow | None) -> None:
        """Show the sheet of that name."""
        sheets: dict[str, tuple[str, Callable[[], bytes]]] = {
            "print_sign_in": ("签到表", lambda: printout.sign_in_sheet(detail)),
            "print_minutes": ("会议记录", lambda: printout.minutes(detail)),
            "print_call": ("会议通知及签收表", lambda: printout.call_sheet(detail)),
            "print_blank": ("空白会议记录", lambda: printout.blank_minutes(detail)),
            "print_corrections": ("会议记录更正单", lambda: printout.corrections(detail)),
            "print_dossier": ("会议材料合订", lambda: printout.dossier(detail, self._photos(detail))),
        }
        if detail.evening is not None:
            evening = detail.evening
            sheets["print_evening"] = ("合并签到表", lambda: printout.evening_sheet(evening))
        if motion is not None:
            sheets["print_ballots"] = ("表决票", lambda: printout.ballots(detail, motion))
            sheets["print_tally"] = ("计票单", lambda: printout.tally(detail, motion))
        if what not in sheets:
            return
        name, make = sheets[what]
        self._show(f"{detail.row.title}{name}", make, partial(self.keep, detail) if what == "print_minutes" else None)

    def _photos(self, detail: MeetingDetail) -> list[tuple[str, bytes]]:
        return photos_on(self.workplace.village, "meeting", detail.row.id)

    def keep(self, detail: MeetingDetail, pdf: bytes) -> None:
        """Keep the minutes as they were printed: later changes become numbered corrections."""
        village = self.workplace.village
        if isinstance(village, VillageFile):
            self.workplace.act(lambda: village.blobs.put(pdf))
        pages, name = printout.pages_of(pdf), hashlib.sha256(pdf).hexdigest()
        self.workplace.write(
            "meetings.record_meeting_print",
            lambda session: actions.record_meeting_print(
                session, meeting_id=detail.row.id, pdf_hash=name, pages=pages, corrections=len(detail.corrections)
            ),
            said="已记下这次打印；以后的改动会作为更正附在后面。",
        )
