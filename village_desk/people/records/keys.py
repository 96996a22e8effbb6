"""The keys by which a person is found: one short text a person, so that a search reads little of the encrypted file."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from village_desk.people.rules.words import PersonState
from village_desk.store.base import Derived


class PersonKey(Derived):
    """What is searched: `keys` as key_text makes them; `gone` is 0 for people on the roll, 1 for all others.

    A scan of the whole list at each key of the keyboard costs what its pages cost to decrypt, so nothing else is here.
    """

    __tablename__ = "person_key"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    keys: Mapped[str]
    gone: Mapped[int]


def key_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of one row of the search table."""
    return {
        "person_id": row["person_id"],
        "keys": key_text(row),
        "gone": int(row["state"] != PersonState.ON_ROLL),
    }


def key_text(row: Mapping[str, Any]) -> str:
    """Every key between signs that tell what it is; the spellings stand first, so that the text sorts by pinyin.

    ` wangwei ` spelling, `.ww.` initials, `^王伟$` name, `~王小红`` former name, `#…!` identity number, `&…;` phone,
    `=127|` household number, `@三组|` group.
    """
    initials = ".".join(row["initials"].split())
    former = f"~{row['former_name']}`" if row["former_name"] else ""
    identity = f"#{row['identity']}!" if row["identity"] else ""
    phones = "".join(f"&{phone};" for phone in row["phone"].split("、")) if row["phone"] else ""
    home = f"={row['household_key']}|" if row["household_key"] else ""
    group = f"@{row['group_name']}|" if row["group_name"] else ""
    return f"{row['spellings']}.{initials}.^{row['name']}${former}{identity}{phones}{home}{group}".lower()
