"""The promises that everybody may read, and what the notices of promises say of them."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.notices.lookups import NoticeRow
from village_desk.registers.lookups.owed import PromiseRow, promises

WATCH_WORDS = "下列承诺请群众监督，有意见可以向村务监督委员会反映。"


def public_promises(session: Session, *, on: dt.date) -> tuple[PromiseRow, ...]:
    """The promises that are to be made public, late ones first."""
    return tuple(one for one in promises(session, on=on) if one.publish)


def promise_body(rows: Sequence[PromiseRow]) -> str:
    """The text of 承诺公示: who promised what, until when."""
    return "\n".join(
        [WATCH_WORDS, *(f"{number}．{row.name}承诺：{row.promised}。" for number, row in enumerate(rows, 1))]
    )


def results_body(rows: Sequence[PromiseRow], *, before: NoticeRow | None, on: dt.date) -> str:
    """The text of 践诺结果公示: promised and done side by side; `before` is the notice that told the promises."""
    day = before.posted_on or before.dated_on if before is not None else None
    since = f"对照{chinese_date(day)}《{before.title}》（{before.number}），" if before is not None and day else ""
    return "\n".join(
        [
            f"{since}截至{chinese_date(on)}的兑现情况如下。",
            *(
                f"{number}．{row.name}承诺：{row.promised}。兑现情况：{row.kept(on)}。"
                for number, row in enumerate(rows, 1)
            ),
        ]
    )
