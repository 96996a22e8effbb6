"""The rows that packs hold: meeting rules, procedures, matters, posting periods, make-up of bodies and holidays."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.money import fen
from village_desk.rulebook.rules.shares import Share


class Body(StrEnum):
    """The bodies of a village that meet and decide."""

    PARTY_COMMITTEE = "party_committee"
    TWO_COMMITTEES = "two_committees"
    PARTY_MEMBERS = "party_members"
    VILLAGE_COMMITTEE = "village_committee"
    SUPERVISION_COMMITTEE = "supervision_committee"
    VILLAGERS = "villagers"
    REPRESENTATIVES = "representatives"
    GROUP = "group"
    COLLECTIVE_MEMBERS = "collective_members"
    COLLECTIVE_REPRESENTATIVES = "collective_representatives"
    COLLECTIVE_COUNCIL = "collective_council"
    VILLAGE_COUNCIL = "village_council"

    @property
    def words(self) -> str:
        """The body's Chinese name as it heads a sentence."""
        return _BODY_WORDS[self]


_BODY_WORDS = {
    Body.PARTY_COMMITTEE: "村党组织委员会会议",
    Body.TWO_COMMITTEES: "村“两委”会议",
    Body.PARTY_MEMBERS: "党员大会",
    Body.VILLAGE_COMMITTEE: "村民委员会会议",
    Body.SUPERVISION_COMMITTEE: "村务监督委员会会议",
    Body.VILLAGERS: "村民会议",
    Body.REPRESENTATIVES: "村民代表会议",
    Body.GROUP: "村民小组会议",
    Body.COLLECTIVE_MEMBERS: "集体经济组织成员大会",
    Body.COLLECTIVE_REPRESENTATIVES: "集体经济组织成员代表大会",
    Body.COLLECTIVE_COUNCIL: "集体经济组织理事会会议",
    Body.VILLAGE_COUNCIL: "村民议事会",
}


class Standing(StrEnum):
    """What a row rests on; law and party rule are floors that a place may only tighten."""

    LAW = "law"
    PARTY_RULE = "party_rule"
    LOCAL_RULE = "local_rule"
    CUSTOM = "custom"


class Proxy(StrEnum):
    """Who may stand in for an absent person, from the strictest on."""

    NONE = "none"
    SAME_HOUSEHOLD = "same_household"
    RELATIVE = "relative"
    ANY = "any"


class VotingWay(StrEnum):
    """How votes are given."""

    VOICE = "voice"
    SHOW_OF_HANDS = "show_of_hands"
    NAMED = "named"
    SECRET = "secret"

    @property
    def words(self) -> str:
        """The way as minutes name it."""
        return {"voice": "口头表决", "show_of_hands": "举手表决", "named": "记名投票", "secret": "无记名投票"}[self]


class MandateNeed(StrEnum):
    """What a place asks of the villagers' mandate to their representatives."""

    TERM = "term"
    POSTED = "posted"
    FILED = "filed"
    CHARTER = "charter"


@dataclass(frozen=True)
class MeetingRule:
    """One row of meeting law: who counts, how many must come, how many must agree, how early to call.

    `quorums` is a list because some places ask for several at once; days are calendar days.
    `electorate` is the word for those counted (组成人员, 有表决权的党员) as sentences use it. One person may stand in
    for `proxies_each` others at most, 0 for no number. `waived_by` says who may let a shorter notice pass, `adviser`
    whose opinion an important matter needs, `mandate_needs` what the villagers' mandate must hold. `proposed_by` names
    who may bring an important matter up, `proposed_jointly` how many villagers (all_members) or representatives may.
    `publish_min_days` and `objection_days` are calendar days on the wall after the vote.
    """

    rule_id: str
    kind: str
    name: str
    body: Body
    electorate: str
    legal_ref: str
    law_version: str
    standing: Standing
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    quorums: tuple[Share, ...] = ()
    passing: Share | None = None
    secret_ballot: bool = False
    notice_days: int = 0
    notice_waivable: bool = False
    notice_ref: str = ""
    agenda_post_days: int = 0
    proxy_allowed: Proxy = Proxy.NONE
    online_allowed: bool = False
    written_opinions: bool = False
    proxies_each: int = 0
    waived_by: str = ""
    adviser: str = ""
    publish_min_days: int = 0
    objection_days: int = 0
    filing_with: str = ""
    proposed_by: tuple[str, ...] = ()
    proposed_jointly: tuple[Share, ...] = ()
    proposed_ref: str = ""
    undecided_goes_to: Body | None = None
    mandate_needs: tuple[MandateNeed, ...] = ()
    void_without_mandate: bool = False
    source_note: str = ""

    @property
    def is_floor(self) -> bool:
        """True where a deeper place may only be stricter."""
        return self.standing is not Standing.CUSTOM


class StageKind(StrEnum):
    """What a stage asks of the village."""

    MEETING = "meeting"
    PUBLICATION = "publication"
    TASK = "task"


@dataclass(frozen=True)
class StageTemplate:
    """One step of a procedure: who meets or what is published, and what must be held on paper.

    `by_matter` says that the matter type names the bodies; `sheet` is the number of its registration sheet.
    `required` names what its sheet must say, `evidence` what is kept with it, `done_by` who does it, `checked_by` who
    looks it over. `limit_days` run from the step `limit_after` (0: the opening day). A step that `may_skip` can be left
    out, with a reason.
    """

    no: int
    key: str
    name: str
    kind: StageKind
    bodies: tuple[Body, ...] = ()
    rule_kinds: tuple[str, ...] = ()
    by_matter: bool = False
    posting_kind: str = ""
    sheet: int = 0
    required: tuple[str, ...] = ()
    attend: tuple[str, ...] = ()
    ways: tuple[VotingWay, ...] = ()
    merges_with_next: bool = False
    min_gap_days: int = 0
    opens_duty: bool = False
    legal_ref: str = ""
    evidence: tuple[str, ...] = ()
    done_by: str = ""
    checked_by: str = ""
    limit_days: int = 0
    limit_after: int = 0
    may_skip: bool = False

    def rule_kind(self, body: Body) -> str:
        """The kind of rule row for a body in this step; empty when the body is not named here."""
        return dict(zip(self.bodies, self.rule_kinds, strict=True)).get(body, "")


class ProcedureSort(StrEnum):
    """What a procedure is for."""

    DECISION = "decision"
    DELIBERATION = "deliberation"
    POWER = "power"
    WORK = "work"
    APPRAISAL = "appraisal"

    @property
    def words(self) -> str:
        """The sort as lists name it."""
        return {
            "decision": "民主决策",
            "deliberation": "协商议事",
            "power": "小微权力",
            "work": "重点工作",
            "appraisal": "评议考核",
        }[self]


@dataclass(frozen=True)
class ProcedureTemplate:
    """An ordered procedure as it stands in one pack version; a case keeps the one of its opening day.

    `locked` ones are skeletons: their steps are known by number only, and a village first copies and fills them.
    `local` ones were written by the village itself. `copies` names what they were copied from.
    """

    key: str
    name: str
    version: str
    law_version: str
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    stages: tuple[StageTemplate, ...]
    max_total_days: int = 0
    motion_sources: tuple[str, ...] = ()
    source_note: str = ""
    sort: ProcedureSort = ProcedureSort.DECISION
    locked: bool = False
    local: bool = False
    copies: str = ""
    legal_ref: str = ""

    @property
    def needs_matter(self) -> bool:
        """True when some step asks the matter type who decides."""
        return any(stage.by_matter for stage in self.stages)

    @property
    def deciding_no(self) -> int:
        """The step that decides: the village's vote, else the first meeting, else what is published; 0 for none."""
        for decides in (
            [stage.no for stage in self.stages if stage.by_matter],
            [stage.no for stage in self.stages if stage.kind is StageKind.MEETING],
            [stage.no for stage in self.stages if stage.opens_duty],
        ):
            if decides:
                return decides[0]
        return 0


@dataclass(frozen=True)
class SpendingTier:
    """Up to which sum which procedure is enough; `over` and `up_to` are yuan as text, empty without bound."""

    tier_id: str
    name: str
    procedure: str
    words: str
    legal_ref: str
    law_version: str
    standing: Standing
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    over: str = ""
    up_to: str = ""
    source_note: str = ""

    def holds(self, amount_fen: int) -> bool:
        """Whether a sum in fen falls into this tier; the upper bound belongs to it."""
        return (not self.over or amount_fen > fen(self.over)) and (not self.up_to or amount_fen <= fen(self.up_to))


@dataclass(frozen=True)
class Decider:
    """One body that may decide a matter and the kind of rule row it decides by.

    `question` is a sentence for a person where statutes disagree; `refusal` says why this body may not. `after_days`
    is how long opinions on the plan must be asked for in public before the vote.
    """

    body: Body
    rule_kind: str
    needs_mandate: bool = False
    question: str = ""
    refusal: str = ""
    legal_ref: str = ""


@dataclass(frozen=True)
class MatterType:
    """A kind of matter and the bodies that may decide it; `refusal` is set where no village vote decides it.

    `filing` and `approval` name the office that the resolution is filed with or approved by (“乡镇人民政府”),
    `first_check` the one that looks at it first. `papers` are what its file must hold besides.
    """

    code: str
    name: str
    law_version: str
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    procedure: str
    deciders: tuple[Decider, ...]
    stand_in_deciders: tuple[Decider, ...] = ()
    collective: bool = False
    names_people: bool = False
    filing: str = ""
    approval: str = ""
    first_check: str = ""
    comment_days: int = 0
    papers: tuple[str, ...] = ()
    refusal: str = ""
    refusal_advice: str = ""
    legal_ref: str = ""


class PostingSort(StrEnum):
    """公开 is after the fact, 公示 invites objections before it, 公告 makes something known."""

    PUBLICATION = "publication"
    OBJECTION_NOTICE = "objection_notice"
    ANNOUNCEMENT = "announcement"

    @property
    def words(self) -> str:
        """The word that heads the sheet."""
        return {"publication": "公开", "objection_notice": "公示", "announcement": "公告"}[self]


class AfterGap(StrEnum):
    """What happens to the days already hung when a sheet was off the wall for a while."""

    CONTINUE = "continue"
    RESTART = "restart"


class Approval(StrEnum):
    """Who settles a sheet before it gets its number."""

    NONE = ""
    JOINT_MEETING = "joint_meeting"
    COMMITTEE_MEETING = "committee_meeting"
    TOWNSHIP = "township"

    @property
    def words(self) -> str:
        """The body as a sentence names it; empty where nobody has to."""
        return {
            "": "",
            "joint_meeting": "村“两委”联席会议",
            "committee_meeting": "村民委员会会议",
            "township": "乡镇",
        }[self]


@dataclass(frozen=True)
class PostingRule:
    """How long a kind of sheet hangs; `days` may be 0 where no law of the time set a number.

    `review_first` says whether the supervision committee reads it before it hangs (None: nothing is said),
    `review_answer_days` how soon its objection is answered, `after_gap` what a gap on the wall costs.
    """

    rule_id: str
    kind: str
    name: str
    sort: PostingSort
    days: int
    working_days: bool
    rolls_over: bool
    legal_ref: str
    law_version: str
    standing: Standing
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    objection_days: int = 0
    answer_days: int = 0
    source_note: str = ""
    review_first: bool | None = None
    after_gap: AfterGap = AfterGap.CONTINUE
    review_answer_days: int = 0
    approval: Approval = Approval.NONE

    @property
    def is_floor(self) -> bool:
        """True where a deeper place may only be stricter."""
        return self.standing is not Standing.CUSTOM


class BodyCheck(StrEnum):
    """What a row about the make-up of a body asks; each names the columns that it reads."""

    SIZE = "size"  # least, most, odd: people who hold a post there
    SHARE = "share"  # num/den: representatives among all who belong to the meeting
    WOMEN_SHARE = "women_share"  # num/den: women among the representatives, of all who belong to the meeting
    WOMEN = "women"  # least: women who hold a post there
    HOUSEHOLDS_EACH = "households_each"  # least, most: households for which one representative stands
    ONE_A_HOUSEHOLD = "one_a_household"  # no two representatives of one household
    NOT_TOGETHER = "not_together"  # posts (all of the body when empty) and against: nobody may hold both
    NO_RELATIVE = "no_relative"  # nobody whose near relative sits in the bodies or posts named in against


@dataclass(frozen=True)
class BodyRule:
    """One row about who may sit in a body and how it is made up.

    `body`, `posts` and `against` are the wire names of people.rules.bodies (villagers_committee, bookkeeper). `most` 0
    is no upper limit; `people_from` and `people_below` narrow a row to villages of that many registered people (0 is
    no limit). `firm` is for what the law forbids outright: it is refused, everything else may go on with a reason.
    """

    rule_id: str
    body: str
    check: BodyCheck
    legal_ref: str
    law_version: str
    standing: Standing
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    least: int = 0
    most: int = 0
    odd: bool = False
    num: int = 0
    den: int = 0
    people_from: int = 0
    people_below: int = 0
    posts: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    firm: bool = False
    advice: str = ""
    source_note: str = ""

    @property
    def is_floor(self) -> bool:
        """True where a deeper place may only be stricter."""
        return self.standing is not Standing.CUSTOM


@dataclass(frozen=True)
class HolidaySpan:
    """One announced holiday, both days included."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class HolidayYear:
    """A year as announced: days off and the weekend days worked instead (调休); else its statutory days alone."""

    year: int
    source: str
    off: tuple[HolidaySpan, ...]
    work: tuple[dt.date, ...]
    announced: bool = True
