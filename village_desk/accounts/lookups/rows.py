"""The frozen rows that pages, paper and upper rooms get of the published accounts."""

import datetime as dt
from dataclasses import dataclass

from village_desk.accounts.rules.forms import SheetForm
from village_desk.accounts.rules.sums import LastClose, SheetState, Sums
from village_desk.notices.lookups import NoticeRow


@dataclass(frozen=True)
class EntryRow:
    """One line of a period; `balance` after it in fen; a voided line counts for nothing and tells its reason."""

    id: str
    line_no: int
    booked_on: dt.date
    voucher: str
    words: str
    category: str
    category_words: str
    receipts: int
    payments: int
    balance: int
    handler: str
    approver: str
    purpose: str
    note: str
    decision_id: str
    decision_no: str
    void_reason: str
    seen: str = ""

    @property
    def counts(self) -> bool:
        """True unless it was voided."""
        return not self.void_reason


@dataclass(frozen=True)
class CorrectionRow:
    """A numbered correction; `lines` are (place, was, should be), `published` whether its notice is final."""

    id: str
    number: int
    reason: str
    lines: tuple[tuple[str, str, str], ...]
    receipts: int
    payments: int
    close_was: int
    close: int
    published: bool
    notice_id: str


@dataclass(frozen=True)
class SheetRow:
    """One finance sheet in the list; sums in fen, of a ledger being filled as they stand now."""

    id: str
    form: SheetForm
    title: str
    from_on: dt.date
    until_on: dt.date
    state: SheetState
    state_words: str
    made_elsewhere: bool
    opening: int
    receipts: int
    payments: int
    close: int
    lines: int
    next_act: str
    notice_id: str
    notice_words: str

    @property
    def is_ledger(self) -> bool:
        """True for a period with entries or sums."""
        return self.form.source == "ledger"


@dataclass(frozen=True)
class CategorySum:
    """One line of F03 or F04: how many entries, the sum of the period and of the year so far, in fen."""

    code: str
    name: str
    count: int
    amount: int
    year_amount: int


@dataclass(frozen=True)
class SheetDetail:
    """A whole sheet for its page and its paper."""

    row: SheetRow
    village: str
    seen: str
    entries: tuple[EntryRow, ...]
    sums: Sums
    cash: int | None
    bank: int | None
    claims: int | None
    debts: int | None
    opening_reason: str
    parts: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    receipts_by: tuple[CategorySum, ...]
    payments_by: tuple[CategorySum, ...]
    year_receipts: int
    year_payments: int
    last: LastClose | None
    corrections: tuple[CorrectionRow, ...]
    notices: tuple[NoticeRow, ...]
    check_code: str
    check_code_now: str
    prepared_by: str
    findings: tuple[str, ...]

    @property
    def is_altered(self) -> bool:
        """True when the lines are no longer those that were closed."""
        return self.row.state is not SheetState.OPEN and self.check_code != self.check_code_now
