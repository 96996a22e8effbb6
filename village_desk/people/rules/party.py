"""Party members beyond their dates: floating, out of touch, in hardship, and who is left out of 应到 on what ground."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.text import chinese_date
from village_desk.rulebook.rules import PartyCheck, PartyRow, party_row


class Flag(StrEnum):
    """Circumstances of a member, kept in the village only."""

    FLOATING = "floating"
    LOST = "lost"
    HARDSHIP = "hardship"
    SUSPENDED = "suspended"


FLAG_WORDS: dict[Flag, str] = {
    Flag.FLOATING: "流动党员",
    Flag.LOST: "失联党员",
    Flag.HARDSHIP: "生活困难党员",
    Flag.SUSPENDED: "停止党籍",
}


class Form(StrEnum):
    """What the village's party organisation is; a sub-branch stands below a general branch."""

    BRANCH = "branch"
    BRANCH_ALONE = "branch_alone"
    GENERAL = "general"
    COMMITTEE = "committee"
    SUB_BRANCH = "sub_branch"


FORM_WORDS: dict[Form, str] = {
    Form.BRANCH: "党支部（设委员会）",
    Form.BRANCH_ALONE: "党支部（不设委员会）",
    Form.GENERAL: "党总支",
    Form.COMMITTEE: "党委",
    Form.SUB_BRANCH: "下设党支部",
}


def form_findings(form: Form, full_members: int, rows: tuple[PartyRow, ...]) -> tuple[str, ...]:
    """What the number of full members says about the form of a party organisation; told, not refused."""
    found = []
    alone, committee = party_row(rows, PartyCheck.BRANCH), party_row(rows, PartyCheck.BRANCH_COMMITTEE)
    general = party_row(rows, PartyCheck.GENERAL_BRANCH)
    have = f"正式党员{full_members}人"
    if alone is not None and full_members < alone.least:
        found.append(f"{have}，不足{alone.least}人，不能单独成立党支部（{alone.legal_ref}）。")
    if form is Form.BRANCH and committee is not None and full_members < committee.least:
        found.append(f"{have}，不足{committee.least}人的党支部不设委员会（{committee.legal_ref}）。")
    if form in (Form.BRANCH, Form.BRANCH_ALONE) and general is not None and full_members >= general.least:
        found.append(f"{have}，满{general.least}人的一般设党总支，下设党支部（{general.legal_ref}）。")
    if form is Form.GENERAL and general is not None and full_members < general.least:
        found.append(f"{have}，党总支一般要满{general.least}人，请核对上级的批复（{general.legal_ref}）。")
    return tuple(found)


class Ground(StrEnum):
    """On what ground a member may be left out of 应到."""

    UNABLE = "unable"
    ABROAD = "abroad"
    SENTENCE = "sentence"
    BEDRIDDEN = "bedridden"
    NOT_TRANSFERRED = "not_transferred"


GROUND_WORDS: dict[Ground, str] = {
    Ground.UNABLE: "因病不能表达本人意志",
    Ground.ABROAD: "自费出国半年以上",
    Ground.SENTENCE: "正在服刑、未受留党察看以上处分",
    Ground.BEDRIDDEN: "年老体弱卧床或长期生病、生活不能自理",
    Ground.NOT_TRANSFERRED: "外出或调动应转而没有转走组织关系",
}
EXCLUDED = "经批准不计入应到"
EXCLUSION_RULE = (
    "不计入应到要有两样：上级党组织同意，并经党员大会通过。"
    "这是选举时的通行做法，其他会议是否照此办理，以上级的答复为准。"
)
VISITING_REASON = "组织关系不在本村，列在名册上，不计入应到"
ARTICLE_NO_VOTE = "党章第七条"


@dataclass(frozen=True)
class Exclusion:
    """One leaving-out of the count with what it rests on."""

    person_id: str
    ground: str
    from_on: dt.date | None = None
    ended_on: dt.date | None = None
    consent_by: str = ""
    consent_on: dt.date | None = None
    passed_on: dt.date | None = None

    def begins_on(self) -> dt.date | None:
        """The first day on which it works: all of the beginning, the consent and the meeting are there."""
        if self.consent_on is None or self.passed_on is None or not self.consent_by:
            return None
        return max(day for day in (self.from_on, self.consent_on, self.passed_on) if day is not None)

    def works_on(self, day: dt.date) -> bool:
        """True when the member is not counted on that day."""
        begins = self.begins_on()
        return begins is not None and begins <= day and (self.ended_on is None or day < self.ended_on)

    @property
    def ground_words(self) -> str:
        """The ground in words; a ground that stayed in the village is not known at the township."""
        return GROUND_WORDS[Ground(self.ground)] if self.ground in set(Ground) else "原因未登记"

    @property
    def reason(self) -> str:
        """What the roll says."""
        assert self.consent_on is not None
        assert self.passed_on is not None
        return (
            f"{EXCLUDED}：{self.ground_words}；{self.consent_by}{chinese_date(self.consent_on)}同意，"
            f"{chinese_date(self.passed_on)}党员大会通过"
        )

    @property
    def lacking(self) -> str:
        """What is missing before it works, as a sentence; empty when nothing is."""
        missing = []
        if self.consent_on is None or not self.consent_by:
            missing.append("上级党组织同意的日期")
        if self.passed_on is None:
            missing.append("党员大会通过的日期")
        return f"还没有登记{'和'.join(missing)}，现在仍计入应到。" if missing else ""


@dataclass(frozen=True)
class BranchRule:
    """What was laid down for the branch, valid from a day."""

    floating_out: bool = False
    contact_months: int = 6
    hours: int = 0
    post: bool = False
    basis: str = ""
    from_on: dt.date | None = None

    @property
    def floating_reason(self) -> str:
        """What the roll says about a floating member who is left out by this rule."""
        return f"{EXCLUDED}：流动党员（依据{self.basis}）"

    @property
    def words(self) -> tuple[str, ...]:
        """The rule as it is printed under a roll."""
        lines = [f"流动党员不计入应到，依据{self.basis}。"] if self.floating_out else []
        return (*lines, f"连续{self.contact_months}个月没有联系上的党员列为失联。")


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("a month has 28 days")
