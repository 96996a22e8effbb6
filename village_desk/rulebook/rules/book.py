"""The rulebook of one village: every row that can apply there, and the choice by kind, place and day of the act."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from village_desk.kit.errors import NotFound
from village_desk.kit.resources import path
from village_desk.kit.text import chinese_date
from village_desk.rulebook.rules.catalogue import CatalogueItem
from village_desk.rulebook.rules.dates import DateRuleRow
from village_desk.rulebook.rules.packs import Pack, read_pack
from village_desk.rulebook.rules.party import PartyRow
from village_desk.rulebook.rules.registers import RegisterTemplate
from village_desk.rulebook.rules.rows import (
    BodyRule,
    HolidayYear,
    MatterType,
    MeetingRule,
    PostingRule,
    ProcedureTemplate,
    Proxy,
    SpendingTier,
)
from village_desk.rulebook.rules.shares import Base

NATION = "000000"
INSTALLED_HERE = "local"  # a pack that applies wherever a village installs it


class _Dated(Protocol):
    @property
    def region(self) -> str: ...
    @property
    def valid_from(self) -> dt.date: ...
    @property
    def valid_to(self) -> dt.date | None: ...


class _Floored(_Dated, Protocol):
    @property
    def is_floor(self) -> bool: ...


class _Named(_Floored, Protocol):
    @property
    def rule_id(self) -> str: ...


R = TypeVar("R", bound=_Dated)
N = TypeVar("N", bound=_Named)
F = TypeVar("F", bound=_Floored)


@dataclass(frozen=True)
class EffectiveRule:
    """All rows that hold together for one kind of meeting on one day, from the nation down to the village.

    Each quorum and each majority must be reached, so the stricter of two always decides; a looser local row
    is shown and replaces nothing.
    """

    rows: tuple[MeetingRule, ...]

    @property
    def deepest(self) -> MeetingRule:
        """The row of the nearest place."""
        return self.rows[-1]

    @cached_property
    def notice_row(self) -> MeetingRule:
        """The row that asks for the longest notice."""
        return max(self.rows, key=lambda row: row.notice_days)

    @property
    def notice_days(self) -> int:
        """Calendar days between notice and meeting; 0 when no row asks for any."""
        return self.notice_row.notice_days

    @property
    def secret_ballot(self) -> bool:
        """True when any row demands a secret ballot."""
        return any(row.secret_ballot for row in self.rows)

    @property
    def proxy_allowed(self) -> Proxy:
        """The strictest of the rows."""
        return min((row.proxy_allowed for row in self.rows), key=list(Proxy).index)

    @property
    def proxies_each(self) -> int:
        """For how many others one person may stand in by the strictest of the rows; 0 for no number."""
        return min((row.proxies_each for row in self.rows if row.proxies_each), default=0)

    @property
    def online_allowed(self) -> bool:
        """True when every row allows it."""
        return all(row.online_allowed for row in self.rows)

    @property
    def written_opinions(self) -> bool:
        """True when every row counts the written opinions of the absent."""
        return all(row.written_opinions for row in self.rows)

    @property
    def by_household(self) -> bool:
        """True when some row counts votes by household."""
        return any(row.passing is not None and row.passing.base is Base.HOUSEHOLDS_REPRESENTED for row in self.rows)

    @cached_property
    def agenda_row(self) -> MeetingRule:
        """The row that asks for the agenda to be posted longest before."""
        return max(self.rows, key=lambda row: row.agenda_post_days)

    @property
    def legal_refs(self) -> tuple[str, ...]:
        """The articles of all rows, the national one first, without repeats."""
        return tuple(dict.fromkeys(row.legal_ref for row in self.rows))


@dataclass(frozen=True)
class EffectivePosting:
    """All posting rows that hold together for one kind of sheet; the longest stay decides."""

    rows: tuple[PostingRule, ...]

    @property
    def deepest(self) -> PostingRule:
        """The row of the nearest place."""
        return self.rows[-1]

    @property
    def legal_refs(self) -> tuple[str, ...]:
        """The articles of all rows, the national one first, without repeats."""
        return tuple(dict.fromkeys(row.legal_ref for row in self.rows))


@dataclass(frozen=True)
class Rulebook:
    """The packs that can apply in a village; `region` is the village's code."""

    packs: tuple[Pack, ...]
    region: str

    def meeting_rule_if_any(self, kind: str, on: dt.date | None) -> EffectiveRule | None:
        """The rows for a kind of meeting on a day; None where no pack has any, or without a day."""
        try:
            return self.meeting_rule(kind, on) if on is not None else None
        except NotFound:
            return None

    def meeting_rule(self, kind: str, on: dt.date) -> EffectiveRule:
        """The rows for a kind of meeting on the day it was held. Raises NotFound when no pack has one."""
        rows = _in_force(self._meeting_rules.get(kind, ()), on)
        if not rows:
            raise NotFound(
                f"{chinese_date(on)}适用的会议规则（{kind}）没有装进规则包。",
                "请装入包含当时规则的规则包；事情可以先照实登记。",
            )
        return EffectiveRule(_floors_and_nearest(rows))

    def posting_rule(self, kind: str, on: dt.date) -> EffectivePosting:
        """The rows for a kind of sheet on the day it was posted. Raises NotFound when no pack has one."""
        rows = _in_force(self._postings.get(kind, ()), on)
        if not rows:
            raise NotFound(
                f"{chinese_date(on)}适用的张贴天数（{kind}）没有装进规则包。",
                "请装入包含当时规则的规则包；张贴可以先照实登记。",
            )
        return EffectivePosting(_floors_and_nearest(rows))

    def template(self, key: str, opened_on: dt.date) -> ProcedureTemplate:
        """The procedure by its key as it stood on the opening day. Raises NotFound."""
        for template in self.templates(opened_on):
            if template.key == key:
                return template
        raise NotFound(
            f"{chinese_date(opened_on)}没有可用的办事程序（{key}）。", "请装入含有这个程序的规则包，或另选程序。"
        )

    def templates(self, opened_on: dt.date) -> tuple[ProcedureTemplate, ...]:
        """The procedures in force on a day; of one key the nearest place's."""
        return _nearest_by(self._procedures, opened_on, lambda row: row.key)

    def matter(self, code: str, on: dt.date) -> MatterType:
        """The matter type by its code as it stood on a day. Raises NotFound."""
        for matter in self.matters(on):
            if matter.code == code:
                return matter
        raise NotFound(
            f"规则包里没有{chinese_date(on)}可用的事项类别{code}。", "请另选事项类别，或装入含有它的规则包。"
        )

    def matters(self, on: dt.date) -> tuple[MatterType, ...]:
        """The matter types in force on a day, ordered by code; of one code the nearest place's."""
        found = _nearest_by(self._matters, on, lambda row: row.code)
        return tuple(sorted(found, key=lambda matter: matter.code))

    def catalogue(self, on: dt.date) -> tuple[CatalogueItem, ...]:
        """What must be published, as it stood on a day; of one code the nearest place's, replaced items left out."""
        found = _nearest_by(self._catalogue, on, lambda row: row.code)
        gone = {code for item in found for code in item.replaces if code != item.code}
        return tuple(item for item in found if item.code not in gone)

    def body_rules(self, on: dt.date) -> tuple[BodyRule, ...]:
        """The rows about the make-up of bodies on a day: floors always, of one rule_id the nearest place's."""
        return _floors_and_named(self._body_rules, on)

    def party_rules(self, on: dt.date) -> tuple[PartyRow, ...]:
        """The rows about party members and organisations on a day, chosen as those of bodies are."""
        return _floors_and_named(self._party_rules, on)

    def date_rules(self, on: dt.date) -> tuple[DateRuleRow, ...]:
        """What comes round by the calendar, as it stood on a day; of one rule the nearest place's."""
        return _nearest_by(self._date_rules, on, lambda row: row.rule_id)

    def registers(self, on: dt.date) -> tuple[RegisterTemplate, ...]:
        """The register templates in force on a day; of one key the nearest place's."""
        return _nearest_by(self._registers, on, lambda row: row.key)

    def tiers(self, on: dt.date) -> tuple[SpendingTier, ...]:
        """The tiers of spending in force on a day, the smallest sums first; of one tier the nearest place's."""
        return _nearest_by(self._tiers, on, lambda row: row.tier_id)

    def tier_of(self, amount_fen: int, on: dt.date) -> SpendingTier | None:
        """The tier of a sum in fen; None where no pack says anything of it."""
        return next((row for row in reversed(self.tiers(on)) if row.holds(amount_fen)), None)

    @cached_property
    def holidays(self) -> tuple[HolidayYear, ...]:
        """Every announced year; of two packs for one year the later one in the list."""
        years = {year.year: year for pack in self.packs for year in pack.holidays}
        return tuple(years[number] for number in sorted(years))

    @cached_property
    def posting_kinds(self) -> tuple[str, ...]:
        """The kinds of sheets that any row speaks of."""
        return tuple(self._postings)

    @cached_property
    def _meeting_rules(self) -> dict[str, tuple[MeetingRule, ...]]:
        return _by_kind(self._in_place(p.meeting_rules for p in self.packs), lambda row: row.kind)

    @cached_property
    def _postings(self) -> dict[str, tuple[PostingRule, ...]]:
        return _by_kind(self._in_place(p.postings for p in self.packs), lambda row: row.kind)

    @cached_property
    def _procedures(self) -> list[ProcedureTemplate]:
        return self._in_place(p.procedures for p in self.packs)

    @cached_property
    def _catalogue(self) -> list[CatalogueItem]:
        return self._in_place(p.catalogue for p in self.packs)

    @cached_property
    def _date_rules(self) -> list[DateRuleRow]:
        return self._in_place(p.date_rules for p in self.packs)

    @cached_property
    def _registers(self) -> list[RegisterTemplate]:
        return self._in_place(p.registers for p in self.packs)

    @cached_property
    def _matters(self) -> list[MatterType]:
        return self._in_place(p.matters for p in self.packs)

    @cached_property
    def _body_rules(self) -> list[BodyRule]:
        return self._in_place(p.body_rules for p in self.packs)

    @cached_property
    def _party_rules(self) -> list[PartyRow]:
        return self._in_place(p.party_rules for p in self.packs)

    @cached_property
    def _tiers(self) -> list[SpendingTier]:
        return self._in_place(p.tiers for p in self.packs)

    def _in_place(self, lists: Iterable[tuple[R, ...]]) -> list[R]:
        rows = [row for rows in lists for row in rows if applies(row.region, self.region)]
        return sorted(rows, key=lambda row: _depth(row.region))  # stable: the order of packs decides between equals


def applies(region: str, village: str) -> bool:
    """Whether a row of this region code holds in the village of this code."""
    return region == INSTALLED_HERE or village.startswith(_prefix(region))


def _prefix(region: str) -> str:
    code = region
    while len(code) >= 2 and code.endswith("00") and len(code) in {2, 4, 6}:
        code = code[:-2]
    return code


def _depth(region: str) -> int:
    return 99 if region == INSTALLED_HERE else len(_prefix(region))


def _in_force(rows: tuple[R, ...], on: dt.date) -> tuple[R, ...]:
    return tuple(row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to))


def _floors_and_nearest(rows: tuple[F, ...]) -> tuple[F, ...]:
    """Floors always stay; a custom row gives way to any row of a nearer place."""
    return tuple(row for row in rows[:-1] if row.is_floor) + rows[-1:]


def _floors_and_named(rows: list[N], on: dt.date) -> tuple[N, ...]:
    """The rows of a day: floors always, of others with one rule_id the nearest place's."""
    holding = _in_force(tuple(rows), on)
    nearest = {row.rule_id: row for row in holding}
    return tuple(row for row in holding if row.is_floor or nearest[row.rule_id] is row)


def _by_kind(rows: list[R], kind: Callable[[R], str]) -> dict[str, tuple[R, ...]]:
    found: dict[str, tuple[R, ...]] = {}
    for row in rows:
        found[kind(row)] = (*found.get(kind(row), ()), row)
    return found


def _nearest_by(rows: list[R], on: dt.date, kind: Callable[[R], str]) -> tuple[R, ...]:
    return tuple(group[-1] for group in _by_kind(list(_in_force(tuple(rows), on)), kind).values())


@lru_cache(maxsize=4)
def _shipped(folder: Path) -> tuple[Pack, ...]:
    return tuple(read_pack(found.parent) for found in sorted(folder.glob("*/*/pack.toml")))


def shipped_packs(*, samples: bool = False) -> tuple[Pack, ...]:
    """The packs that come with the program, national ones first; sample packs only when asked for.

    Raises PackError when a shipped pack was damaged.
    """
    packs = _shipped(path("packs"))
    ordered = sorted(packs, key=lambda pack: (pack.issuer != "national", pack.issuer, pack.valid_from, pack.pack))
    return tuple(pack for pack in ordered if (samples or not pack.sample) and not pack.optional)


def optional_packs(village: str) -> tuple[Pack, ...]:
    """The packs that come with the program for a village of this code to choose, such as its province's."""
    packs = [pack for pack in _shipped(path("packs")) if pack.optional and applies(pack.region, village)]
    return tuple(sorted(packs, key=lambda pack: (pack.issuer, pack.pack)))
