"""What can happen to a person: words for each change, and what the law says does not follow from it."""

import datetime as dt
from enum import StrEnum

from village_desk.kit.errors import NotAllowed


class Change(StrEnum):
    """Kinds of changes in a life, as stored."""

    BORN = "born"
    MARRIED_IN = "married_in"
    MOVED_IN = "moved_in"
    MARRIED = "married"
    DIVORCED = "divorced"
    DIVIDED = "divided"
    AWAY = "away"
    MOVED_OUT = "moved_out"
    RETURNED = "returned"
    DIED = "died"


CHANGE_WORDS: dict[Change, str] = {
    Change.BORN: "出生入户",
    Change.MARRIED_IN: "婚嫁迁入",
    Change.MOVED_IN: "迁入",
    Change.MARRIED: "结婚",
    Change.DIVORCED: "离婚",
    Change.DIVIDED: "分户",
    Change.AWAY: "外出",
    Change.MOVED_OUT: "户籍迁出",
    Change.RETURNED: "户籍迁回",
    Change.DIED: "去世",
}
# Ways in which somebody comes into the register.
COMING = (Change.BORN, Change.MARRIED_IN, Change.MOVED_IN)


class Absence(StrEnum):
    """Why somebody is away while the registration stays, as stored in the village only."""

    ARMY = "army"
    STUDY = "study"
    WORK = "work"
    CUSTODY = "custody"
    OTHER = "other"


ABSENCE_WORDS: dict[Absence, str] = {
    Absence.ARMY: "参军",
    Absence.STUDY: "就学",
    Absence.WORK: "外出务工经商",
    Absence.CUSTODY: "服刑",
    Absence.OTHER: "其他原因离村",
}
ARTICLE_KEPT = "《农村集体经济组织法》第十八条"
KEPT_SENTENCE = (
    f"户籍和外出的变动不影响集体经济组织成员身份（{ARTICLE_KEPT}：就学、服役、务工、经商、离婚、丧偶、服刑不丧失）。"
)


DIVORCE_SENTENCE = (
    "只登记离婚的日期和谁在哪一户：原来的户留在经历里；孩子跟谁、承包地、积分和职务都不跟着变，"
    f"集体经济组织成员身份也不因离婚丧失（{ARTICLE_KEPT}）。"
)


def coming(how: str, on: dt.date | None) -> Change | None:
    """The way in which somebody came, None where it is not said. Raises NotAllowed without a day."""
    if not how:
        return None
    kind = next((one for one in COMING if one == how), None)
    if kind is None:
        raise NotAllowed("请选出生、婚嫁迁入或迁入。", "已经登记过的人迁回，请在他的人员卡上登记户籍迁回。")
    if on is None:
        raise NotAllowed("请填写入户日期。", "不知道日期的，请选“原来就在村里”。")
    return kind
