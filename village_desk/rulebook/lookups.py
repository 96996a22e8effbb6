"""The rulebook of the village at hand: the shipped packs and those it has installed."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.rulebook.records import InstalledPack
from village_desk.rulebook.rules import Pack, Rulebook, pack_from_files, shipped_packs
from village_desk.store.acts import act


@dataclass(frozen=True)
class PackRow:
    """One pack in use: shipped with the program or installed in this village."""

    id: str
    issuer: str
    pack: str
    title: str
    version: str
    law_version: str
    installed: bool
    installed_on: dt.date | None
    note: str


def rulebook(session: Session) -> Rulebook:
    """The rulebook of the session's village; the same packs give the same object, so asking costs one small query."""
    village = act(session).village
    packs = select(InstalledPack.id, InstalledPack.files).where(InstalledPack.retired.is_(False)).order_by("id")
    # With their content: the same version may say something else in another file, or after a stick was read.
    key = village, tuple((row.id, row.files) for row in session.execute(packs))
    if key not in _BOOKS:
        if len(_BOOKS) > MOST_BOOKS:
            _BOOKS.clear()
        installed = _newest([_pack(row.files) for row in _installed(session)])
        _BOOKS[key] = Rulebook((*shipped_packs(), *installed), village)
    return _BOOKS[key]


def packs_in_use(session: Session) -> tuple[PackRow, ...]:
    """Every pack in use, the shipped ones first."""
    found = [_row(pack) for pack in shipped_packs()]
    found += [_row(_pack(row.files), row.id, row.installed_on) for row in _installed(session)]
    return tuple(found)


# A township file holds the rows of many villages, each with its own packs.
MOST_BOOKS = 64
_BOOKS: dict[tuple[str, tuple[tuple[str, Any], ...]], Rulebook] = {}


def _installed(session: Session) -> list[InstalledPack]:
    found = session.scalars(select(InstalledPack).where(InstalledPack.retired.is_(False)))
    return sorted(found, key=lambda row: (row.issuer, row.pack, _order(row.version), row.id))


def _newest(packs: list[Pack]) -> list[Pack]:
    """Of one issuer's pack the last version; its rows carry their own days, so older days stay answered."""
    return list({(pack.issuer, pack.pack): pack for pack in packs}.values())


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _row(pack: Pack, record_id: str = "", installed_on: dt.date | None = None) -> PackRow:
    names = (pack.issuer, pack.pack, pack.title, pack.version, pack.law_version)
    return PackRow(record_id, *names, bool(record_id), installed_on, pack.note)


@lru_cache(maxsize=128)
def _pack(files: tuple[tuple[str, str], ...]) -> Pack:
    return pack_from_files(dict(files))
