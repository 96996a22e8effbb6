"""The lists of links as grids show them: holders, those whom one stands by, the contacts that were kept."""

from village_desk.kit.text import chinese_date
from village_desk.people.lookups import ContactRow, HolderRow, LinkRow
from village_desk.widgets.tables import Column, ListTable


class HoldersTable(ListTable[HolderRow]):
    """Holders of a kind, those who lack something first."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "联系人", lambda row: row.name, width=5),
                Column("linked", "联系数", lambda row: str(row.linked), width=3.5, align="right"),
                Column(
                    "last",
                    "最近联系",
                    lambda row: chinese_date(row.last_on) if row.last_on else "还没有",
                    width=7.5,
                    side=True,
                ),
                Column(
                    "short",
                    "还差什么",
                    lambda row: row.short_words or "没有缺项",
                    width=14,
                    wide=True,
                    tone=lambda row: "warn" if row.short_words else "good",
                    tip=lambda row: row.short_words,
                ),
            ),
            sort_keys={"linked": lambda row: row.linked, "last": lambda row: str(row.last_on)},
        )


class TargetsTable(ListTable[LinkRow]):
    """Those whom a holder stands by."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("to", "联系对象", lambda row: row.to_words, width=10, wide=True),
                Column("group", "小组", lambda row: row.group, width=3.5, side=True),
                Column("from_on", "联系时间", lambda row: row.time_words, width=8.5),
            ),
            sort_keys={"from_on": lambda row: str(row.from_on)},
        )


def _what(row: ContactRow) -> str:
    parts = [row.to_words, row.item, row.what, f"当场办理：{row.settled}" if row.settled else ""]
    return "；".join(part for part in parts if part)


class ContactsTable(ListTable[ContactRow]):
    """Contacts that a holder kept."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("on", "日期", lambda row: chinese_date(row.on), width=7.5),
                Column("way", "方式", lambda row: row.way_words, width=4.5),
                Column("what", "对象和情况", _what, width=8, wide=True, tip=_what),
            ),
            sort_keys={"on": lambda row: row.on},
        )
