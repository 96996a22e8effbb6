"""What is known of notices and duties: rows for pages, paper, other rooms and the command line."""

from village_desk.notices.lookups.duties import REPOST, due_this_week, duties_about, duties_on, open_duties
from village_desk.notices.lookups.facts import Facts, facts_of, unpacked_terms
from village_desk.notices.lookups.rows import (
    DUTY_STATE_WORDS,
    BoardRow,
    DutyRow,
    DutyState,
    NoticeDetail,
    NoticeRow,
    ObjectionRow,
    PrintRow,
    ReviewRow,
    SheetPaper,
    StripRow,
)
from village_desk.notices.lookups.sheets import (
    NOT_FOUND,
    all_notices,
    issuer_name_of,
    notices_about,
    number_of,
    one_notice,
    printed_as,
    stage_of,
    wording_of,
)
from village_desk.notices.lookups.terms import CalendarDays, counting, terms_on

__all__ = [
    "DUTY_STATE_WORDS",
    "NOT_FOUND",
    "REPOST",
    "BoardRow",
    "CalendarDays",
    "DutyRow",
    "DutyState",
    "Facts",
    "NoticeDetail",
    "NoticeRow",
    "ObjectionRow",
    "PrintRow",
    "ReviewRow",
    "SheetPaper",
    "StripRow",
    "all_notices",
    "counting",
    "due_this_week",
    "duties_about",
    "duties_on",
    "facts_of",
    "issuer_name_of",
    "notices_about",
    "number_of",
    "one_notice",
    "open_duties",
    "printed_as",
    "stage_of",
    "terms_on",
    "unpacked_terms",
    "wording_of",
]
