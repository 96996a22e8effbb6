"""What is kept of finance sheets, their entries, the registers behind them, and the supervision committee's work."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class AccountSheet(Record):
    """One sheet of a period; its sums are stored when it is closed, and published it is final.

    `form` is one of F01 to F14. A ledger (F01) has entries, of which F02 to F04 are printed as well (`parts`); the
    others have `rows` of texts as printed. One made elsewhere has only its sums. Money in fen.
    """

    __tablename__ = "account_sheet"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"published"}))

    form: Mapped[str] = township(absent="F01")
    title: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    until_on: Mapped[dt.date | None] = township(index=True)
    state: Mapped[str] = township(absent="open")
    made_elsewhere: Mapped[bool] = township(absent=False)
    parts: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    opening_fen: Mapped[int] = township(absent=0)
    opening_reason: Mapped[str] = township(absent="")
    receipts_fen: Mapped[int] = township(absent=0)
    payments_fen: Mapped[int] = township(absent=0)
    close_fen: Mapped[int] = township(absent=0)
    cash_fen: Mapped[int | None] = township()
    bank_fen: Mapped[int | None] = township()
    claims_fen: Mapped[int | None] = township()
    debts_fen: Mapped[int | None] = township()
    rows: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    check_code: Mapped[str] = township(absent="")
    prepared_by: Mapped[str] = township(absent="")
    closed_on: Mapped[dt.date | None] = township()


class AccountEntry(Record):
    """One line of a period; a voided one stays with its reason and counts for nothing."""

    __tablename__ = "account_entry"

    sheet_id: Mapped[str] = township(absent="", index=True)
    line_no: Mapped[int] = township(absent=0)
    booked_on: Mapped[dt.date | None] = township()
    voucher: Mapped[str] = township(absent="")
    words: Mapped[str] = township(absent="")
    category: Mapped[str] = township(absent="")
    receipts_fen: Mapped[int] = township(absent=0)
    payments_fen: Mapped[int] = township(absent=0)
    handler: Mapped[str] = township(absent="")
    approver: Mapped[str] = township(absent="")
    purpose: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")
    decision_id: Mapped[str] = township(absent="")
    decision_no: Mapped[str] = township(absent="")
    void_reason: Mapped[str] = township(absent="")
    voided_on: Mapped[dt.date | None] = township()


class AccountCorrection(Record):
    """A numbered correction of a published sheet, which itself stays as it was; `lines` are (place, was, should be)."""

    __tablename__ = "account_correction"
    __merge__ = Merge.APPEND_ONLY

    sheet_id: Mapped[str] = township(absent="", index=True)
    number: Mapped[int] = township(absent=1)
    reason: Mapped[str] = township(absent="")
    lines: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    receipts_fen: Mapped[int] = township(absent=0)
    payments_fen: Mapped[int] = township(absent=0)
    close_was_fen: Mapped[int] = township(absent=0)
    close_fen: Mapped[int] = township(absent=0)


class ColumnMap(Record):
    """Which column of an agency's workbook is what; `head` is the row of heads by which it is known again."""

    __tablename__ = "account_column_map"

    head: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    columns: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class Contract(Record):
    """A contract of the village or the collective; the other party may be a private person."""

    __tablename__ = "contract"

    number: Mapped[str] = township(absent="")
    kind: Mapped[str] = township(absent="")
    subject: Mapped[str] = township(absent="")
    party: Mapped[str] = township(absent="")
    party_private: Mapped[bool] = township(absent=False)
    party_group: Mapped[str] = township(absent="")
    quantity: Mapped[str] = township(absent="")
    signed_on: Mapped[dt.date | None] = township()
    from_on: Mapped[dt.date | None] = township()
    until_on: Mapped[dt.date | None] = township()
    total_fen: Mapped[int] = township(absent=0)
    payment_terms: Mapped[str] = township(absent="")
    receivable: Mapped[bool] = township(absent=True)
    ended_on: Mapped[dt.date | None] = township()
    end_reason: Mapped[str] = township(absent="")
    problem: Mapped[str] = township(absent="")
    remedy: Mapped[str] = township(absent="")
    decision_id: Mapped[str] = township(absent="", index=True)
    decision_no: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")


class ContractInstalment(Record):
    """A sum that a contract makes due, and what was paid of it on which day."""

    __tablename__ = "contract_instalment"

    contract_id: Mapped[str] = township(absent="", index=True)
    due_on: Mapped[dt.date | None] = township()
    due_fen: Mapped[int] = township(absent=0)
    paid_on: Mapped[dt.date | None] = township()
    paid_fen: Mapped[int] = township(absent=0)
    note: Mapped[str] = township(absent="")


class CollectiveAsset(Record):
    """Something that the collective owns; money in fen."""

    __tablename__ = "collective_asset"

    number: Mapped[str] = township(absent="")
    name: Mapped[str] = township(absent="")
    specification: Mapped[str] = township(absent="")
    quantity: Mapped[str] = township(absent="")
    bought_on: Mapped[dt.date | None] = township()
    cost_fen: Mapped[int] = township(absent=0)
    depreciation_fen: Mapped[int] = township(absent=0)
    use: Mapped[str] = township(absent="")
    place: Mapped[str] = township(absent="")
    keeper: Mapped[str] = township(absent="")
    gone_on: Mapped[dt.date | None] = township()
    gone_reason: Mapped[str] = township(absent="")
    decision_id: Mapped[str] = township(absent="", index=True)
    decision_no: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")


class AssetCheck(Record):
    """The yearly check of assets; a closed one is final, and `lines` then hold what was found of every asset."""

    __tablename__ = "asset_check"
    __merge__ = Merge.FROZEN
    __frozen_when__ = ("state", frozenset({"closed"}))

    year: Mapped[int] = township(absent=0)
    state: Mapped[str] = township(absent="open")
    begun_on: Mapped[dt.date | None] = township()
    closed_on: Mapped[dt.date | None] = township()
    people: Mapped[str] = township(absent="")
    lines: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class AssetFinding(Record):
    """What a check found of one asset: as the register says (`ok`), missing, or other, with the reason."""

    __tablename__ = "asset_finding"

    check_id: Mapped[str] = township(absent="", index=True)
    asset_id: Mapped[str] = township(absent="", index=True)
    result: Mapped[str] = township(absent="")
    difference: Mapped[str] = township(absent="")
    reason: Mapped[str] = township(absent="")


class CollectiveResource(Record):
    """Land, water or another resource of the collective; area in hundredths of a 亩, money in fen."""

    __tablename__ = "collective_resource"

    name: Mapped[str] = township(absent="")
    kind: Mapped[str] = township(absent="")
    place: Mapped[str] = township(absent="")
    area_hundredths: Mapped[int] = township(absent=0)
    way: Mapped[str] = township(absent="")
    holder: Mapped[str] = township(absent="")
    holder_private: Mapped[bool] = township(absent=False)
    holder_group: Mapped[str] = township(absent="")
    from_on: Mapped[dt.date | None] = township()
    until_on: Mapped[dt.date | None] = township()
    rent_fen: Mapped[int] = township(absent=0)
    paid_fen: Mapped[int] = township(absent=0)
    owed_fen: Mapped[int] = township(absent=0)
    newly_found: Mapped[bool] = township(absent=False)
    contract_no: Mapped[str] = township(absent="")
    decision_id: Mapped[str] = township(absent="", index=True)
    decision_no: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")


class CollectiveDebt(Record):
    """A claim or a debt; its balance is the principal with every move after it."""

    __tablename__ = "collective_debt"

    side: Mapped[str] = township(absent="debt")
    party: Mapped[str] = township(absent="")
    party_private: Mapped[bool] = township(absent=False)
    party_group: Mapped[str] = township(absent="")
    nature: Mapped[str] = township(absent="")
    arose_on: Mapped[dt.date | None] = township()
    cause: Mapped[str] = township(absent="")
    principal_fen: Mapped[int] = township(absent=0)
    rate: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    handler: Mapped[str] = township(absent="")
    plan: Mapped[str] = township(absent="")
    decision_id: Mapped[str] = township(absent="", index=True)
    decision_no: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")


class DebtMove(Record):
    """A repayment (below zero) or an increase of a claim or debt; put right by a move against it."""

    __tablename__ = "debt_move"
    __merge__ = Merge.APPEND_ONLY

    debt_id: Mapped[str] = township(absent="", index=True)
    moved_on: Mapped[dt.date | None] = township()
    amount_fen: Mapped[int] = township(absent=0)
    words: Mapped[str] = township(absent="")


class WorksProject(Record):
    """A building or repair project from plan to audit; money in fen, `stage` is how far it is."""

    __tablename__ = "works_project"

    name: Mapped[str] = township(absent="")
    stage: Mapped[str] = township(absent="planned")
    budget_fen: Mapped[int] = township(absent=0)
    funding: Mapped[str] = township(absent="")
    tender: Mapped[str] = township(absent="")
    winner: Mapped[str] = township(absent="")
    contract_fen: Mapped[int] = township(absent=0)
    contract_no: Mapped[str] = township(absent="")
    starts_on: Mapped[dt.date | None] = township()
    ends_on: Mapped[dt.date | None] = township()
    paid_fen: Mapped[int] = township(absent=0)
    settled_fen: Mapped[int] = township(absent=0)
    audited_fen: Mapped[int] = township(absent=0)
    accepted_on: Mapped[dt.date | None] = township()
    accepted_by: Mapped[str] = township(absent="")
    checks: Mapped[str] = township(absent="")
    decision_id: Mapped[str] = township(absent="", index=True)
    decision_no: Mapped[str] = township(absent="")
    note: Mapped[str] = township(absent="")


class FinanceReview(Record):
    """民主理财 of a month: vouchers and sums agreed and refused, who signed, whether it was sealed.

    `refused` are (voucher, sheets, fen, reason), `signers` names.
    """

    __tablename__ = "finance_review"

    month: Mapped[str] = township(absent="")
    held_on: Mapped[dt.date | None] = township()
    agreed_sheets: Mapped[int] = township(absent=0)
    agreed_fen: Mapped[int] = township(absent=0)
    refused: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    signers: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    sealed_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")


class SupervisionNote(Record):
    """A finding of the supervision committee with what it asked for and the answer."""

    __tablename__ = "supervision_note"

    noted_on: Mapped[dt.date | None] = township()
    subject: Mapped[str] = township(absent="")
    finding: Mapped[str] = township(absent="")
    request: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    noted_by: Mapped[str] = township(absent="")
    answer: Mapped[str] = township(absent="")
    answered_on: Mapped[dt.date | None] = township()
    answered_by: Mapped[str] = township(absent="")
