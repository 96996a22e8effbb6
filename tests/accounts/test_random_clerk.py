"""A clerk who books whatever comes to hand: ledgers balance, and a period opens with the last published close."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from tests.accounts.conftest import REASON
from village_desk.accounts import actions, lookups
from village_desk.accounts.lookups import SheetDetail, SheetRow
from village_desk.accounts.rules.sums import SheetState
from village_desk.kit.errors import DeskError
from village_desk.kit.money import yuan
from village_desk.notices import actions as notices
from village_desk.people import actions as people
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 12, 20)


class RandomClerk:
    """Months of 2026 begun in any order, lines booked, voided, pasted, closed, published and corrected."""

    def __init__(self, file: VillageFile, dice: Random) -> None:
        self.file, self.dice = file, dice
        self.done: Counter[str] = Counter()
        with file.writing("tests.furnish") as session:
            people.set_up_bodies(session)
            self.head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
            on = dt.date(2026, 1, 1)
            people.appoint(session, person_id=self.head, role="supervision_head", from_on=on, how="推选")

    def act(self) -> None:
        """Whatever comes to hand, with whatever amounts."""
        dice = self.dice
        doing: list[tuple[int, Callable[[], None]]] = [
            (6, lambda: self.month([dice.randint(1, 900_000)], wall=dice.random() < 0.7)),
            (3, lambda: self.begin(dice.randint(3, 9), dice.choice([None, 0, 5_000]), elsewhere=dice.random() < 0.3)),
            (3, lambda: self.book([dice.randint(-30_000, 900_000) for _ in range(2)], 6, out=dice.random() < 0.4)),
            (1, lambda: self.paste(dice.randint(1, 500_000))),
            (3, lambda: self.touch(dice.choice(["void", "restore", "drop"]))),
            (4, lambda: self.close(dice.choice([0, 0, 0, 1, -100]), dice.randint(0, 50_000))),
            (2, self.reopen),
            (3, self.publish),
            (5, lambda: self.correct(dice.choice([0, 150, -150]), dice.choice(["publish", "publish", "drop", "wait"]))),
        ]
        weights, acts = zip(*doing, strict=True)
        dice.choices(acts, weights)[0]()

    # what is there

    def rows(self) -> list[SheetRow]:
        """Every period, the oldest first."""
        with self.file.reading() as session:
            return sorted(lookups.all_sheets(session), key=lambda row: row.from_on)

    def sheet(self, *states: SheetState) -> SheetDetail | None:
        """One of the periods in these states."""
        rows = [row for row in self.rows() if row.state in states]
        if not rows:
            return None
        with self.file.reading() as session:
            return lookups.one_sheet(session, self.dice.choice(rows).id)

    def attempt(self, deed: str, action: Callable[[Any], Any]) -> bool:
        """Write; after a refusal nothing is left of it."""
        before = self.file.steps(limit=1)[0].id
        try:
            with self.file.writing(deed) as session:
                action(session)
        except DeskError:
            assert self.file.steps(limit=1)[0].id == before
            self.done[f"{deed} refused"] += 1
            return False
        self.done[deed] += 1
        return True

    # what a clerk does

    def month(self, amounts: list[int], *, wall: bool) -> None:
        """The next month as it should be: begun, booked, closed, and mostly posted."""
        months = [row.from_on.month for row in self.rows()]
        if max(months, default=0) < 10:
            self.begin(max(months, default=4) + 1, None, elsewhere=False)
            self.book(amounts, 5, out=False)
            self.close(0, 0)
            if wall:
                self.publish()

    def begin(self, month: int, opening: int | None, *, elsewhere: bool) -> None:
        """A month, also one before or after a gap; now and then with a typed opening."""
        first = dt.date(2026, month, 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        self.attempt(
            "accounts.begin_period",
            lambda session: actions.begin_period(
                session,
                from_on=first,
                until_on=last,
                opening_fen=opening,
                opening_reason=REASON,
                made_elsewhere=elsewhere,
            ),
        )

    def book(self, amounts: list[int], day: int, *, out: bool) -> None:
        """Some lines; red ink among them."""
        if found := self.sheet(SheetState.OPEN):
            on = found.row.from_on.replace(day=day)
            sheet_id = found.row.id

            def enter(session: Any) -> None:
                for amount in amounts:
                    actions.add_entry(
                        session,
                        sheet_id=sheet_id,
                        booked_on=on,
                        words="收支",
                        receipts_fen=0 if out else amount,
                        payments_fen=amount // 4 if out else 0,
                    )

            self.attempt("accounts.add_entry", enter)

    def paste(self, amount: int) -> None:
        """A line from the agency's table; the same table again is refused."""
        if found := self.sheet(SheetState.OPEN):
            text = f"日期\t凭证号\t摘要\t收入\t支出\n{found.row.from_on}\t记-{amount}\t收租金\t{yuan(amount)}\t\n"
            reading = actions.read_pasted(text, from_on=found.row.from_on, until_on=found.row.until_on)
            self.attempt(
                "accounts.take_in_entries",
                lambda session: actions.take_in_entries(session, sheet_id=found.row.id, reading=reading),
            )

    def touch(self, how: str) -> None:
        """A line voided, restored or dropped; in a closed period that is refused."""
        found = self.sheet(*SheetState)
        if found is None or not found.entries:
            return
        entry = self.dice.choice(found.entries)
        doing: dict[str, Callable[[Any], None]] = {
            "void": lambda session: actions.void_entry(session, entry_id=entry.id, reason="凭证重复"),
            "restore": lambda session: actions.restore_entry(session, entry_id=entry.id),
            "drop": lambda session: actions.drop_entry(session, entry_id=entry.id),
        }
        done = self.attempt(f"accounts.{how}_entry", doing[how])
        assert not done or found.row.state is SheetState.OPEN

    def close(self, wrong: int, cash: int) -> None:
        """The end of a period, now and then with a sum that is not that of its lines."""
        if found := self.sheet(SheetState.OPEN):
            close = found.sums.close + wrong
            receipts, payments = (700, 200) if found.row.made_elsewhere else (None, None)
            close += 500 if receipts else 0
            done = self.attempt(
                "accounts.close_period",
                lambda session: actions.close_period(
                    session,
                    sheet_id=found.row.id,
                    close_fen=close,
                    cash_fen=min(cash, max(close, 0)),
                    bank_fen=close - min(cash, max(close, 0)),
                    receipts_fen=receipts,
                    payments_fen=payments,
                ),
            )
            assert not (done and wrong)

    def reopen(self) -> None:
        """A closing taken back."""
        if found := self.sheet(SheetState.CLOSED, SheetState.PUBLISHED):
            done = self.attempt(
                "accounts.reopen_period", lambda session: actions.reopen_period(session, sheet_id=found.row.id)
            )
            assert done == (found.row.state is SheetState.CLOSED)

    def publish(self) -> None:
        """Draft, review and number."""
        if found := self.sheet(SheetState.CLOSED):
            self.attempt(
                "accounts.draft_sheet_notice",
                lambda session: actions.draft_sheet_notice(session, sheet_id=found.row.id),
            )
            self._review(found.row.id)
            self.attempt(
                "accounts.publish_sheet",
                lambda session: actions.publish_sheet(session, sheet_id=found.row.id, posting_from=TODAY),
            )

    def _review(self, sheet_id: str) -> None:
        with self.file.reading() as session:
            notice_id = lookups.one_sheet(session, sheet_id).row.notice_id
        self.attempt(
            "notices.review_notice",
            lambda session: notices.review_notice(
                session, notice_id=notice_id, opinion="agreed", reviewer_id=self.head, reviewed_on=TODAY
            ),
        )

    def correct(self, more: int, then: str) -> None:
        """A numbered correction, published, dropped, or left for later."""
        found = self.sheet(SheetState.PUBLISHED)
        if found is None:
            return
        done: list[str] = []
        self.attempt(
            "accounts.correct_sheet",
            lambda session: done.append(
                actions.correct_sheet(
                    session,
                    sheet_id=found.row.id,
                    reason="少记一笔",
                    lines=(("第1笔", "1元", "2元"),),
                    receipts_fen=found.sums.receipts + more,
                    payments_fen=found.sums.payments,
                )
            ),
        )
        if done and then == "publish":
            self.attempt(
                "notices.review_notice",
                lambda session: notices.review_notice(
                    session, notice_id=done[0], opinion="agreed", reviewer_id=self.head, reviewed_on=TODAY
                ),
            )
            self.attempt(
                "notices.publish", lambda session: notices.publish(session, notice_id=done[0], posting_from=TODAY)
            )
        elif done and then == "drop":
            self.attempt("notices.discard_draft", lambda session: notices.discard_draft(session, notice_id=done[0]))

    # what always holds

    def ledgers_balance(self) -> None:
        """Opening + receipts − payments = close, of lines as of sums; cash + bank = close; never below zero."""
        for row in self.rows():
            if row.state is SheetState.OPEN:
                continue
            assert row.opening + row.receipts - row.payments == row.close
            with self.file.reading() as session:
                found = lookups.one_sheet(session, row.id)
            assert not found.is_altered
            if not row.made_elsewhere:
                counted = [one for one in found.entries if one.counts]
                assert row.receipts == sum(one.receipts for one in counted)
                assert row.payments == sum(one.payments for one in counted)
                assert min(one.balance for one in found.entries) >= 0
                assert found.entries[-1].balance == row.close
            if found.cash is not None and found.bank is not None:
                assert found.cash + found.bank == row.close

    def a_period_opens_with_the_last_published_close(self) -> None:
        """Corrections count; whatever was begun, filled in, corrected or dropped in which order."""
        rows = self.rows()
        for before, after in pairwise(rows):
            if after.state is SheetState.OPEN:
                continue
            with self.file.reading() as session:
                last = lookups.last_close(session, before=after.from_on)
            if last is not None:
                assert after.opening == last.close, (before.title, after.title)
                assert last.until_on + dt.timedelta(days=1) == after.from_on


@pytest.mark.parametrize("seed", range(3))
def test_a_random_clerks_ledgers_balance_and_follow_each_other(seed: int, village: VillageFile) -> None:
    village.confirm_today(TODAY)
    clerk = RandomClerk(village, Random(seed))
    for number in range(36):
        clerk.act()
        if number % 4:
            continue
        clerk.ledgers_balance()
        clerk.a_period_opens_with_the_last_published_close()
    wanted = {"accounts.close_period", "accounts.publish_sheet", "accounts.correct_sheet"}
    assert wanted <= set(clerk.done), "a clerk who did too little proves nothing"
    digest = village.digest()
    village.rebuild()
    assert village.digest() == digest
    assert village.verify() == []
