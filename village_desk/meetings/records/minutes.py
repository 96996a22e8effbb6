"""The paper of a meeting: minutes as they were printed, and what was put right in them afterwards."""

import datetime as dt

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, Record, township


class MinutesCorrection(Record):
    """One numbered correction (更正) of the minutes: what they said, what is right, and why. Nothing is overwritten."""

    __tablename__ = "minutes_correction"
    __merge__ = Merge.APPEND_ONLY

    meeting_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    item: Mapped[str] = township(absent="")
    was: Mapped[str] = township(absent="")
    becomes: Mapped[str] = township(absent="")
    reason: Mapped[str] = township(absent="")
    corrected_by: Mapped[str] = township(absent="")
    corrected_on: Mapped[dt.date | None] = township()


class MeetingPrint(Record):
    """A PDF that was made of a meeting and kept by its SHA-256; `corrections` tells how many it already holds."""

    __tablename__ = "meeting_print"
    __merge__ = Merge.APPEND_ONLY

    meeting_id: Mapped[str] = township(absent="", index=True)
    sheet: Mapped[str] = township(absent="minutes")
    pdf_hash: Mapped[str] = township(absent="", index=True)
    pages: Mapped[int] = township(absent=1)
    corrections: Mapped[int] = township(absent=0)
    printed_on: Mapped[dt.date | None] = township()
