"""What can happen to a person: words for each change, and what the law says does not follow from it."""

from enum import StrEnum


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
