"""The stages of a round: what each needs, what is done, what the clerk does next; and when a round may be closed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from village_desk.assessments.rules.forms import RATING_STAGES, Evidence, Follow, Form, StageKey
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, tidy

FOUR_WORDS = ("方案", "方式", "内容", "要求")
DIRECTIONS = {"up": "向上级述职", "members": "向党员大会述职"}


@dataclass(frozen=True)
class RoundFacts:
    """What a round has so far, as its stages ask for it.

    `missing` are the names of raters whose judgement is not whole, with their stage; `posted_on` the day on which its
    result hung on the wall; `causes`, `measures`, `owners`, `done`, `accepted` count lines of rectification.
    """

    subjects: int
    four: tuple[str, str, str, str] = ("", "", "", "")
    signed_on: dt.date | None = None
    reports: int = 0
    missing: tuple[tuple[StageKey, str], ...] = ()
    closed_on: dt.date | None = None
    posted_on: dt.date | None = None
    consequences: int = 0
    consequences_open: int = 0
    lines: int = 0
    causes: int = 0
    measures: int = 0
    owners: int = 0
    lines_done: int = 0
    lines_accepted: int = 0


@dataclass(frozen=True)
class StageState:
    """One stage of a round: whether it is done, whether something is wrong with it, and what it waits for."""

    key: StageKey
    title: str
    done: bool
    words: str
    wrong: bool = False


def stage_states(form: Form, facts: RoundFacts) -> tuple[StageState, ...]:
    """Every stage of the form in its order."""
    return tuple(_state(key, words, facts) for key, words in form.stages)


def _state(key: StageKey, title: str, facts: RoundFacts) -> StageState:
    if key in RATING_STAGES:
        lacking = [name for step, name in facts.missing if step is key]
        if not facts.subjects:
            return StageState(key, title, False, "请先加上考评对象。")
        told = f"请录入{'、'.join(lacking)}的结果。" if lacking else "已经录入。"
        return StageState(key, title, not lacking, told)
    closed, posted = facts.closed_on, facts.posted_on
    if key is StageKey.FOUR:
        unset = missing_four(facts.four)
        told = f"还没有定{'、'.join(unset)}，不能开始测评。" if unset else "方案、方式、内容、要求都已定好。"
        return StageState(key, title, not unset, told, wrong=bool(unset))
    if key is StageKey.GRADE:
        told = f"{chinese_date(closed)}已定。" if closed else "各方结果齐了，请登记结果。"
        return StageState(key, title, closed is not None, told)
    if key is StageKey.POST:
        if posted:
            return StageState(key, title, True, f"{chinese_date(posted)}已张贴。")
        told = "结果还没有张贴，请点“生成公示”，在公开公示里办完张贴。" if closed else "出结果以后公示。"
        return StageState(key, title, False, told, wrong=closed is not None)
    done, words = _counted(key, facts)
    return StageState(key, title, done, words)


def _counted(key: StageKey, facts: RoundFacts) -> tuple[bool, str]:
    """The stages that count records: signatures, reports, consequences, lines of rectification."""
    signed, lines = facts.signed_on, facts.lines
    if key is StageKey.SIGN:
        return signed is not None, f"{chinese_date(signed)}签订。" if signed else "请登记签订日期，附上签字的扫描件。"
    if key is StageKey.REPORT:
        whole = facts.subjects > 0 and facts.reports >= facts.subjects
        return whole, f"已登记{facts.reports}人次。" if facts.reports else "请登记述职的日期、对象和报告。"
    if key is StageKey.USE:
        left = facts.consequences_open
        if facts.closed_on is None:
            return False, "出结果以后登记运用。"
        return left == 0, f"还有{left}项没有办。" if left else f"{facts.consequences}项都已办完。"
    if not lines:
        return facts.closed_on is not None, "没有要整改的。" if facts.closed_on else "出结果以后整改。"
    have = {
        StageKey.CAUSE: facts.causes,
        StageKey.MEASURE: facts.measures,
        StageKey.OWNER: facts.owners,
        StageKey.RECTIFY: facts.lines_done,
        StageKey.ACCEPT: facts.lines_accepted,
    }[key]
    what = {
        StageKey.CAUSE: "写了原因",
        StageKey.MEASURE: "定了对策",
        StageKey.OWNER: "明确了责任",
        StageKey.RECTIFY: "整改完",
        StageKey.ACCEPT: "验收销号",
    }[key]
    return have >= lines, f"{lines}条里{have}条{what}。"


def missing_four(four: Sequence[str]) -> tuple[str, ...]:
    """Which of 方案、方式、内容、要求 are not fixed."""
    return tuple(words for words, held in zip(FOUR_WORDS, four, strict=True) if not tidy(held))


def check_open_for_rating(form: Form, four: Sequence[str], closed_on: dt.date | None) -> None:
    """Refuse ratings before the four are fixed, and after the result. Raises NotAllowed."""
    if closed_on is not None:
        raise NotAllowed(f"这次考评{chinese_date(closed_on)}已经出了结果，不能再改评分。", "评错了的，请另开一次。")
    if form.has(StageKey.FOUR) and (lacking := missing_four(four)):
        raise NotAllowed(
            f"还没有定{'、'.join(lacking)}，不能开始测评。", "请先点“四定”，把方案、方式、内容、要求写全。"
        )


@dataclass(frozen=True)
class Unproved:
    """A line that says yes or has points, but has no paper, photo or linked record."""

    subject: str
    place: int
    text: str
    must: bool

    @property
    def words(self) -> str:
        """The line in words."""
        return f"{self.subject}第{self.place + 1}项“{self.text}”"


def check_close(
    subjects: int, missing: Sequence[str], unproved: Sequence[Unproved], why: str, on: dt.date, today: dt.date
) -> None:
    """Refuse a result that is not whole, or rests on lines without a paper. Raises NotAllowed."""
    if not subjects:
        raise NotAllowed("还没有考评对象，出不了结果。", "请先点“加对象”。")
    if missing:
        more = f"等{len(missing)}处" if len(missing) > 3 else ""
        raise NotAllowed(f"还没有评完：{'、'.join(missing[:3])}{more}。", "请把各方的结果录全，再登记结果。")
    if on > today:
        raise NotAllowed("出结果的日期在今天以后。", "请填实际的日期。")
    must = [one for one in unproved if one.must]
    if must:
        more = f"等{len(must)}项" if len(must) > 3 else ""
        raise NotAllowed(
            f"{'、'.join(one.words for one in must[:3])}{more}写了有，可是没有材料。",
            "请附上材料或关联记录，或改成没有。",
        )
    if unproved and not tidy(why):
        more = f"等{len(unproved)}项" if len(unproved) > 3 else ""
        raise NotAllowed(
            f"{'、'.join(one.words for one in unproved[:3])}{more}没有材料。",
            "请附上材料；确实没有的，写明原因再登记结果。",
        )


def wants_proof(evidence: Evidence, answered: bool) -> bool:
    """A line that says no, or brings no points, needs no paper."""
    return evidence is not Evidence.NONE and answered


def check_line_closed(problem: str, proved: bool, accepted_by: str) -> None:
    """A problem is closed with evidence and the township's acceptance only. Raises NotAllowed."""
    if not proved:
        raise NotAllowed(f"“{problem}”还没有整改材料，不能销号。", "请附上照片、会议记录等材料，或关联村里的记录。")
    if not tidy(accepted_by):
        raise NotAllowed(f"“{problem}”还没有乡镇验收，不能销号。", "请填验收单位，例如“平安镇党委”。")


def follow_due(follow: Follow, days: int, on: dt.date) -> dt.date:
    """The day on which something that follows from a result has to be done."""
    return on + dt.timedelta(days=days)
