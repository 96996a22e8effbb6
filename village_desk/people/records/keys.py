"""The keys by which a person is found: one short text a person, which an index holds apart from the wide rows."""

from collections.abc import Mapping
from typing import Any


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
