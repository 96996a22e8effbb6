"""Kinds of evidence, categories of the archive with their retention, and how pieces and boxes are numbered."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from village_desk.kit import resources
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import tidy


class EvidenceKind(StrEnum):
    """What an evidence file shows."""

    PHOTO = "photo"
    SCAN = "scan"
    SIGNED = "signed"
    CONTRACT = "contract"
    OTHER = "other"


EVIDENCE_WORDS: dict[EvidenceKind, str] = {
    EvidenceKind.PHOTO: "照片",
    EvidenceKind.SCAN: "扫描件",
    EvidenceKind.SIGNED: "签字盖章件",
    EvidenceKind.CONTRACT: "合同协议",
    EvidenceKind.OTHER: "其他材料",
}


@dataclass(frozen=True)
class Category:
    """One category of pieces with the time that they are kept when nothing else is said."""

    code: str
    name: str
    retention: str


@cache
def categories() -> tuple[Category, ...]:
    """The categories of the shipped table, in its order."""
    return _table()[0]


@cache
def retentions() -> tuple[str, ...]:
    """How long a piece may be kept."""
    return _table()[1]


@cache
def _table() -> tuple[tuple[Category, ...], tuple[str, ...]]:
    found = tomllib.loads(resources.path("packs", "national", "archive", "archive.toml").read_text(encoding="utf-8"))
    named = (Category(one["code"], one["name"], one["retention"]) for one in found["category"])
    return tuple(named), tuple(found["retentions"])


def category_of(code: str) -> Category:
    """The category of that code. Raises NotAllowed for another one."""
    found = next((one for one in categories() if one.code == code), None)
    if found is None:
        words = "、".join(one.code for one in categories())
        raise NotAllowed(f"档案没有“{code}”这一类。", f"请从这几类里选：{words}。")
    return found


def check_retention(retention: str) -> str:
    """The retention as it stands. Raises NotAllowed for an unknown one."""
    if retention not in retentions():
        raise NotAllowed(f"保管期限“{retention}”不对。", f"请从{'、'.join(retentions())}里选。")
    return retention


def check_title(title: str, what: str) -> str:
    """A title without invisible characters. Raises NotAllowed when nothing is left."""
    clean = tidy(title)
    if not clean:
        raise NotAllowed(f"{what}还没有题名。", "请写明是什么，例如“2026年第二季度财务公开表”。")
    return clean


def check_pages(pages: int) -> int:
    """A page count from 1. Raises NotAllowed."""
    if not 1 <= pages <= 9999:
        raise NotAllowed(f"页数{pages}不对。", "请填1到9999之间的整数。")
    return pages


def check_year(year: int) -> int:
    """A year of the archive. Raises NotAllowed."""
    if not 1949 <= year <= 2100:
        raise NotAllowed(f"年度{year}不对。", "请填四位数的年份，例如2026。")
    return year


def next_number(taken: Iterable[int]) -> int:
    """The number after the highest; numbers are never used again."""
    return max(taken, default=0) + 1


def piece_no(year: int, category: str, retention: str, number: int) -> str:
    """档号: 2026-文书-永久-0012 (DA/T 22-2015, 6.3)."""
    return f"{year}-{category}-{retention}-{number:04d}"


def box_no(year: int, category: str, number: int) -> str:
    """盒号: 2026-文书-3."""
    return f"{year}-{category}-{number}"


def eight_digits(day: dt.date | None) -> str:
    """20260105, as indexes of archives write days (DA/T 22-2015, 6.2)."""
    return f"{day:%Y%m%d}" if day is not None else ""
