"""What an assessment is made of: items, raters with weights, ballots, grades, stages; and when it may be used."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from typing import Any

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import tidy
from village_desk.points.rules.redlines import check_item_words

FULL = 100
MOST_ITEMS = 120


class Target(StrEnum):
    """Whom a form assesses."""

    VILLAGE = "village"
    BODY = "body"
    PERSON = "person"
    HOUSEHOLD = "household"


TARGET_WORDS = {
    Target.VILLAGE: "本村",
    Target.BODY: "班子和组织",
    Target.PERSON: "村干部和党员",
    Target.HOUSEHOLD: "农户",
}


class ItemKind(StrEnum):
    """How an item is answered, and what the answer does."""

    YES = "yes"
    SCORE = "score"
    RATE = "rate"
    STAR = "star"
    VETO = "veto"
    SANCTION = "sanction"
    REWARD = "reward"


KIND_WORDS = {
    ItemKind.YES: "对照",
    ItemKind.SCORE: "打分",
    ItemKind.RATE: "按比例折分",
    ItemKind.STAR: "得星",
    ItemKind.VETO: "一票否决",
    ItemKind.SANCTION: "一律处理",
    ItemKind.REWARD: "必奖",
}
# Found or not found; what is found has its consequence whatever the score says.
HITS = frozenset({ItemKind.VETO, ItemKind.SANCTION, ItemKind.REWARD})


class Evidence(StrEnum):
    """Whether an item wants a paper, a photo or a linked record."""

    NONE = "none"
    ASKED = "asked"
    MUST = "must"


EVIDENCE_WORDS = {Evidence.NONE: "不要材料", Evidence.ASKED: "要材料", Evidence.MUST: "没有材料不算"}


class RaterHow(StrEnum):
    """A rater fills in the sheet, votes by secret ballot, or gives one total (from above)."""

    SHEET = "sheet"
    BALLOT = "ballot"
    TOTAL = "total"


HOW_WORDS = {RaterHow.SHEET: "逐项填表", RaterHow.BALLOT: "无记名投票", RaterHow.TOTAL: "只填总分"}


class StageKey(StrEnum):
    """The stages that a form can have; their words and their order are the form's."""

    FOUR = "four"
    SIGN = "sign"
    REPORT = "report"
    SELF = "self"
    MASS = "mass"
    ORGANISATION = "organisation"
    GRADE = "grade"
    POST = "post"
    USE = "use"
    CAUSE = "cause"
    MEASURE = "measure"
    OWNER = "owner"
    RECTIFY = "rectify"
    ACCEPT = "accept"


RATING_STAGES = (StageKey.SELF, StageKey.MASS, StageKey.ORGANISATION)
STEP_WORDS = {StageKey.SELF: "自评", StageKey.MASS: "群众", StageKey.ORGANISATION: "组织"}


class Rounding(StrEnum):
    """What becomes of the second decimal."""

    HALF_UP = "half_up"
    DOWN = "down"


ROUNDING_WORDS = {
    Rounding.HALF_UP: "各方得分和总分保留一位小数，第二位四舍五入",
    Rounding.DOWN: "各方得分和总分保留一位小数，后面的舍去",
}


class Ties(StrEnum):
    """Which rank follows two that are equal."""

    SKIP = "skip"
    NEXT = "next"


TIES_WORDS = {Ties.SKIP: "同分并列，后面的名次空出", Ties.NEXT: "同分并列，后面的名次不空"}


class Follow(StrEnum):
    """What follows from a result (表扬、通报、限期整改、组织谈话), and from a 一律 or 必奖 item."""

    PRAISE = "praise"
    CRITICISM = "criticism"
    RECTIFY = "rectify"
    TALK = "talk"
    SANCTION = "sanction"
    REWARD = "reward"


FOLLOW_WORDS = {
    Follow.PRAISE: "表扬",
    Follow.CRITICISM: "通报",
    Follow.RECTIFY: "限期整改",
    Follow.TALK: "组织谈话",
    Follow.SANCTION: "一律处理",
    Follow.REWARD: "必奖",
}


class Way(StrEnum):
    """The five ways of checking (听、看、查、走、访)."""

    LISTEN = "listen"
    LOOK = "look"
    CHECK = "check"
    WALK = "walk"
    VISIT = "visit"


WAY_WORDS = {Way.LISTEN: "听", Way.LOOK: "看", Way.CHECK: "查", Way.WALK: "走", Way.VISIT: "访"}


@dataclass(frozen=True)
class Item:
    """One line: under which head, its text, its kind, and at most how many points (whole ones).

    `prints` names a sheet of the desk that makes what the item asks for.
    """

    text: str
    kind: ItemKind = ItemKind.YES
    most: int = 0
    head: str = ""
    evidence: Evidence = Evidence.NONE
    optional: bool = False
    prints: str = ""

    @property
    def scored(self) -> bool:
        """Whether it brings points."""
        return self.kind in (ItemKind.SCORE, ItemKind.RATE) or (self.kind is ItemKind.YES and self.most > 0)


@dataclass(frozen=True)
class Rater:
    """Who rates, at which stage, how, and with how many hundredths of the total."""

    name: str
    weight: int = FULL
    how: RaterHow = RaterHow.SHEET
    step: StageKey = StageKey.SELF


@dataclass(frozen=True)
class BallotGrade:
    """A grade on the ballot and what one vote for it counts, in hundredths; satisfied votes count 100."""

    name: str
    worth: int


@dataclass(frozen=True)
class Band:
    """A grade of the result: from how many points, what follows, and after how many days that is due."""

    name: str
    least: int
    follows: tuple[Follow, ...] = ()
    days: int = 30


@dataclass(frozen=True)
class Form:
    """A whole assessment as a place keeps it.

    `opens_on` is "yes" or "no" where such an answer opens a line of rectification, due after `open_days`.
    """

    name: str
    target: Target
    items: tuple[Item, ...] = ()
    raters: tuple[Rater, ...] = (Rater("本村"),)
    bands: tuple[Band, ...] = ()
    ballot: tuple[BallotGrade, ...] = ()
    stages: tuple[tuple[StageKey, str], ...] = ((StageKey.SELF, "逐项对照"), (StageKey.GRADE, "结果"))
    rounding: Rounding = Rounding.HALF_UP
    ties: Ties = Ties.SKIP
    opens_on: str = ""
    open_days: int = 30
    negative_list: bool = False
    place: str = ""
    document: str = ""
    source: str = ""

    def has(self, key: StageKey) -> bool:
        """Whether this stage is one of its stages."""
        return any(one == key for one, _ in self.stages)

    @property
    def scored(self) -> bool:
        """Whether a total of points comes out."""
        return any(item.scored for item in self.items) or any(one.how is not RaterHow.SHEET for one in self.raters)

    @property
    def by_ballot(self) -> bool:
        """Whether somebody votes."""
        return any(one.how is RaterHow.BALLOT for one in self.raters)

    @property
    def counted(self) -> tuple[int, ...]:
        """The places of the lines that are counted as x of so many: yes and stars."""
        return tuple(at for at, item in enumerate(self.items) if item.kind in (ItemKind.YES, ItemKind.STAR))

    @property
    def whole_name(self) -> str:
        """十有标准（丽江）: the same name stands for different lists in different places."""
        return f"{self.name}（{self.place}）" if self.place else self.name


def blanks(form: Form) -> tuple[str, ...]:
    """Why a form cannot be used yet, one sentence each: lines without text, points and weights that do not add up."""
    found = []
    empty = sum(not tidy(item.text) for item in form.items)
    if empty:
        found.append(f"{len(form.items)}项里有{empty}项还没有填文字。")
    if any(item.scored for item in form.items):
        if bare := sum(item.kind in (ItemKind.SCORE, ItemKind.RATE) and item.most == 0 for item in form.items):
            found.append(f"有{bare}项还没有填分值。")
        whole = sum(item.most for item in form.items if item.scored)
        if whole != FULL:
            found.append(f"各项分值加起来是{whole}分，要等于{FULL}分。")
    if form.scored and (weights := sum(one.weight for one in form.raters)) != FULL:
        each = "、".join(f"{one.name}{one.weight}%" for one in form.raters)
        found.append(f"各方权重加起来是{weights}%（{each}），要等于{FULL}%。")
    if form.by_ballot and not form.ballot:
        found.append("还没有填测评票上的档次。")
    if not form.items and not form.negative_list and any(one.how is RaterHow.SHEET for one in form.raters):
        found.append("还没有一项考评内容。")
    return tuple(found)


def check_usable(form: Form) -> None:
    """Refuse to begin with a form that is not filled in. Raises NotAllowed."""
    missing = blanks(form)
    if missing:
        raise NotAllowed(f"《{form.whole_name}》还不能用：{''.join(missing)}", "请照本地文件在“模板”里填好，再开始。")


def check_form(form: Form) -> None:
    """Refuse a form that contradicts itself; one that is only not filled in yet may be kept. Raises NotAllowed."""
    if not tidy(form.name):
        raise NotAllowed("模板还没有名称。", "例如“村干部年度考核”。")
    if len(form.items) > MOST_ITEMS:
        raise NotAllowed(f"一份模板最多{MOST_ITEMS}项，现在有{len(form.items)}项。", "请分成两份。")
    for at, item in enumerate(form.items, start=1):
        if not 0 <= item.most <= FULL:
            raise NotAllowed(f"第{at}项的分值是{item.most}分，要在0到{FULL}之间。", "请核对分值。")
        if item.most and item.kind not in (ItemKind.YES, ItemKind.SCORE, ItemKind.RATE):
            raise NotAllowed(f"第{at}项是“{KIND_WORDS[item.kind]}”，不打分，分值要填0。", "要扣分的请另列一项打分。")
        if form.target is Target.HOUSEHOLD:
            check_item_words(item.text, deducts=False)
    texts = [tidy(item.text) for item in form.items if tidy(item.text)]
    if doubled := next((one for one in texts if texts.count(one) > 1), ""):
        raise NotAllowed(f"“{doubled}”写了两次。", "请删去一项。")
    _check_raters(form)
    _check_bands(form)
    keys = [key for key, _ in form.stages]
    if len(set(keys)) != len(keys) or not all(tidy(words) for _, words in form.stages):
        raise NotAllowed("办理步骤里有重复的，或者没有名称的。", "请核对步骤。")
    if StageKey.GRADE not in keys:
        raise NotAllowed("办理步骤里没有出结果的一步。", "请保留这一步。")
    if form.opens_on not in ("", "yes", "no") or not 1 <= form.open_days <= 730:
        raise NotAllowed("整改的期限填1到730天。", "请核对。")


def _check_raters(form: Form) -> None:
    if not form.raters:
        raise NotAllowed("还没有填由谁来评。", "至少留一方，例如“乡镇考核组”。")
    names = [tidy(one.name) for one in form.raters]
    if not all(names) or len(set(names)) != len(names):
        raise NotAllowed("评议的各方要有名称，不能同名。", "例如“自评”“群众测评”“组织考评”。")
    for one in form.raters:
        if not 0 <= one.weight <= FULL:
            raise NotAllowed(f"{one.name}的权重是{one.weight}%，要在0到{FULL}之间。", "请核对权重。")
        if one.step not in RATING_STAGES:
            raise NotAllowed(f"{one.name}要放在自评、群众、组织三步里的一步。", "请核对。")
    grades = [tidy(one.name) for one in form.ballot]
    if not all(grades) or len(set(grades)) != len(grades):
        raise NotAllowed("测评票上的档次要有名称，不能同名。", "请核对档次。")
    if any(not 0 <= one.worth <= FULL for one in form.ballot):
        raise NotAllowed("一张票折成的分在0到100之间。", "算满意率的，满意的档次填100，其他填0。")


def _check_bands(form: Form) -> None:
    for one in form.bands:
        if not tidy(one.name) or not 0 <= one.least <= FULL or not 1 <= one.days <= 730:
            raise NotAllowed("每个等次要有名称，起点0到100分，办理期限1到730天。", "请核对等次。")
    starts = [one.least for one in form.bands]
    if len(set(starts)) != len(starts) or len({tidy(one.name) for one in form.bands}) != len(starts):
        raise NotAllowed("两个等次的起点分或者名称一样。", "请改掉一个。")
    if form.bands and min(starts) != 0:
        low = min(form.bands, key=lambda one: one.least)
        raise NotAllowed(f"最低的等次“{low.name}”从{low.least}分起，{low.least}分以下没有等次。", "请把它的起点改成0。")


def pack(form: Form) -> tuple[Any, ...]:
    """A form as a record keeps it."""
    made = _plain(astuple(form))
    assert isinstance(made, tuple)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return tuple(_plain(one) for one in value) if isinstance(value, tuple) else value


def unpack(content: Sequence[Any]) -> Form:
    """A form as a record kept it; an empty record gives an empty form."""
    if not content:
        return Form("", Target.VILLAGE)
    name, target, items, raters, bands, ballot, stages, rounding, ties, *rest = content
    return Form(
        name,
        Target(target),
        tuple(
            Item(text, ItemKind(kind), most, head, Evidence(evidence), optional, prints)
            for text, kind, most, head, evidence, optional, prints in items
        ),
        tuple(Rater(who, weight, RaterHow(how), StageKey(step)) for who, weight, how, step in raters),
        tuple(Band(words, least, tuple(Follow(one) for one in follows), days) for words, least, follows, days in bands),
        tuple(BallotGrade(words, worth) for words, worth in ballot),
        tuple((StageKey(key), words) for key, words in stages),
        Rounding(rounding),
        Ties(ties),
        *rest,
    )


def tidied(form: Form) -> Form:
    """Names and texts without needless blanks."""
    return replace(
        form,
        name=tidy(form.name),
        items=tuple(replace(item, text=tidy(item.text), head=tidy(item.head)) for item in form.items),
        raters=tuple(replace(one, name=tidy(one.name)) for one in form.raters),
        bands=tuple(replace(one, name=tidy(one.name)) for one in form.bands),
        ballot=tuple(replace(one, name=tidy(one.name)) for one in form.ballot),
        stages=tuple((key, tidy(words)) for key, words in form.stages),
        place=tidy(form.place),
        document=tidy(form.document),
        source=tidy(form.source),
    )
