"""The verdict on one vote of one meeting: notice, quorums, ballot and majority, each row of the rulebook by itself."""

from collections.abc import Iterable
from dataclasses import replace

from village_desk.kit.text import short_date
from village_desk.meetings.rules.counts import Count, Headcount, MeetingFacts
from village_desk.meetings.rules.verdicts import Check, CheckState, Verdict, decided
from village_desk.rulebook.rules import Base, EffectiveRule, MeetingRule, Proxy, Share, VotingWay

_UNITS = {Base.HOUSEHOLDS: "户", Base.HOUSEHOLDS_REPRESENTED: "户"}


def judge(rule: EffectiveRule, facts: MeetingFacts) -> Verdict:
    """What the rules make of the facts: stands, rejected, cannot stand, a person must judge, or not done yet.

    Every row must be reached, so the stricter one decides and is named. Raises NotAllowed only when more votes
    were counted than people were present, or wrote where written opinions count.
    """
    written = facts.written if rule.written_opinions else 0
    if facts.count is not None and facts.joint:
        # Nobody can tell whose votes they were, so no sum of this body can be held against them.
        return decided((_joint(rule), *_notice(rule, facts)), "")
    if facts.count is not None:
        present = facts.present.households if rule.by_household else facts.present.eligible
        facts.count.fits(present, unit="户" if rule.by_household else "人", written=written)
    checks = [*_notice(rule, facts), *_agenda(rule, facts), *_not_in_person(rule, facts)]
    stood_in = facts.proxied if rule.proxy_allowed is Proxy.NONE else _too_many(rule, facts)
    if stood_in:
        # Whoever only sent somebody did not come: neither quorum nor majority may rest on him.
        came = replace(facts.present, eligible=max(0, facts.present.eligible - stood_in))
        facts = replace(facts, present=came, proxied=0, online=0, holders=())
    checks += [_quorum(row, share, facts) for row, share in _each_once((r, q) for r in rule.rows for q in r.quorums)]
    if facts.roll_question:
        act = "核对后在记录里写明按哪份名册计算。"
        checks.append(Check("roll", CheckState.MUST_JUDGE, facts.roll_question, rule.rows[0].legal_ref, act))
    checks += _ballot(rule, facts)
    checks += _majorities(rule, facts, written, stood_in)
    return decided(tuple(checks), _standing_sentence(rule, facts))


def _joint(rule: EffectiveRule) -> Check:
    row = rule.rows[0]
    return Check(
        "joint",
        CheckState.FAILS,
        f"几个会议的人一起举的手，分不清哪些是{row.name}的票，不能算作其中任何一个会议的表决。",
        row.legal_ref,
        "票数照实保留；请让各个会议分开各举一次手，分别登记。",
        row.rule_id,
    )


def _each_once(shares: Iterable[tuple[MeetingRule, Share]]) -> list[tuple[MeetingRule, Share]]:
    """Every share with the first row that asks for it: a place that repeats the law asks for nothing more."""
    found: dict[Share, MeetingRule] = {}
    for row, share in shares:
        found.setdefault(share, row)
    return [(row, share) for share, row in found.items()]


def _notice(rule: EffectiveRule, facts: MeetingFacts) -> list[Check]:
    days = rule.notice_days
    if not days:
        return []
    row = rule.notice_row
    ref = row.notice_ref or row.legal_ref
    if facts.called_on is None:
        return [
            Check(
                "notice",
                CheckState.TASK,
                f"还没有登记通知日期，按规定要提前{days}天通知。",
                ref,
                "请把实际通知的日期补上。",
                row.rule_id,
            )
        ]
    held, called = facts.held_on, facts.called_on
    ahead = (held - called).days
    if ahead < 0:
        return [
            Check(
                "notice",
                CheckState.FAILS,
                f"通知日期{short_date(called)}在开会日期{short_date(held)}之后。",
                ref,
                "请核对两个日期；确实是会后才通知的，照实保留，补足通知后另开一次。",
                row.rule_id,
            )
        ]
    if ahead >= days:
        sentence = f"{short_date(called)}通知，{short_date(held)}开会，提前{ahead}天，规定是{days}天。"
        return [Check("notice", CheckState.HOLDS, sentence, ref, rule_id=row.rule_id)]
    sentence = (
        f"{short_date(called)}通知，{short_date(held)}开会，提前{ahead}天，规定要提前{days}天，还差{days - ahead}天。"
    )
    if row.notice_waivable:
        if facts.special_reason:
            reason = f"{sentence}已写明特殊情况：{facts.special_reason}。"
            act = "请乡镇或村务监督委员会看一下这个理由是否够得上临时通知。"
        else:
            reason = sentence
            who = row.waived_by or "召集人"
            act = f"遇有特殊情况{who}可以临时通知，请写明是什么情况；没有特殊情况的，补足通知再开一次。"
        return [Check("notice", CheckState.MUST_JUDGE, reason, ref, act, row.rule_id)]
    act = "日期照实保留，决议先不公布；补足通知后再开一次会。"
    return [Check("notice", CheckState.FAILS, sentence, ref, act, row.rule_id, floor=row.is_floor)]


def _agenda(rule: EffectiveRule, facts: MeetingFacts) -> list[Check]:
    row = rule.agenda_row
    days = row.agenda_post_days
    if not days:
        return []
    ref = row.notice_ref or row.legal_ref
    if facts.agenda_on is None:
        sentence = f"还没有登记议题公布的日期，按规定要提前{days}天张榜公布。"
        return [Check("agenda", CheckState.TASK, sentence, ref, "请把实际公布议题的日期补上。", row.rule_id)]
    ahead = (facts.held_on - facts.agenda_on).days
    sentence = f"{short_date(facts.agenda_on)}公布议题，{short_date(facts.held_on)}开会，提前{ahead}天，规定是{days}天"
    if ahead >= days:
        return [Check("agenda", CheckState.HOLDS, f"{sentence}。", ref, rule_id=row.rule_id)]
    act = "日期照实保留，决议先不公布；公布满天数后再开一次会。"
    sentence = f"{sentence}，还差{days - ahead}天。"
    return [Check("agenda", CheckState.FAILS, sentence, ref, act, row.rule_id, floor=row.is_floor)]


_PROXY_WORDS = {
    Proxy.SAME_HOUSEHOLD: "书面委托同一户有完全民事行为能力的成员",
    Proxy.RELATIVE: "书面委托近亲属",
    Proxy.ANY: "书面委托别人",
}


def _not_in_person(rule: EffectiveRule, facts: MeetingFacts) -> list[Check]:
    """Who came through somebody else, from afar or only in writing, where the row allows it and where it does not."""
    checks = []
    name, ref = rule.deepest.name, rule.rows[0].legal_ref
    if facts.proxied and rule.proxy_allowed is Proxy.NONE:
        sentence = f"有{facts.proxied}人是别人代为到会的，{name}要本人到会，实到和表决都不算这{facts.proxied}人。"
        act = "代为到会的照实保留在记录里；人数因此不够的，请本人到会后重新表决。"
        checks.append(Check("proxy", CheckState.HOLDS, sentence, ref, act))
    elif facts.proxied:
        way = _PROXY_WORDS[rule.proxy_allowed]
        most = f"，每人最多受托{rule.proxies_each}人" if rule.proxies_each else ""
        sentence = f"有{facts.proxied}人{way}代为参加，按规定算到会{most}；委托书要附在会议记录后面。"
        checks.append(Check("proxy", CheckState.HOLDS, sentence, ref))
        checks += [_over(name, rule, holder, many) for holder, many in _above(rule, facts)]
    if facts.online and rule.online_allowed:
        sentence = f"有{facts.online}人在线参加，按规定算到会；在线的记录要留存。"
        checks.append(Check("online", CheckState.HOLDS, sentence, ref))
    elif facts.online:
        sentence = f"有{facts.online}人在线参加，{name}能不能在线参加，规定里没有写明。"
        act = "请乡镇看这次能不能算到会，把答复写进记录。"
        checks.append(Check("online", CheckState.MUST_JUDGE, sentence, ref, act))
    if facts.written and rule.written_opinions:
        sentence = f"有{facts.written}人没有到会、送来了书面意见，按规定计入票数，不计入到会人数。"
        checks.append(Check("written", CheckState.HOLDS, sentence, ref))
    elif facts.written:
        sentence = f"有{facts.written}份没到会的人的书面意见，{name}不把它计入票数。"
        checks.append(Check("written", CheckState.HOLDS, sentence, ref, "书面意见可以附在记录后面供参考。"))
    return checks


def _above(rule: EffectiveRule, facts: MeetingFacts) -> list[tuple[str, int]]:
    """Who stands in for more people than the rows let one person do."""
    return [(holder, many) for holder, many in facts.holders if rule.proxies_each and many > rule.proxies_each]


def _too_many(rule: EffectiveRule, facts: MeetingFacts) -> int:
    """How many proxies are above what one person may hold; nobody knows whose they are, so they count for nothing."""
    return sum(many - rule.proxies_each for _, many in _above(rule, facts))


def _over(name: str, rule: EffectiveRule, holder: str, many: int) -> Check:
    row = next(row for row in rule.rows if row.proxies_each == rule.proxies_each)
    over = many - rule.proxies_each
    sentence = (
        f"{holder}一人受托{many}人，{name}每人最多受托{rule.proxies_each}人，多出的{over}人不算到会，也不算他们的票。"
    )
    act = "委托照实保留在记录里；人数因此不够的，请本人到会或者改托别人后重新表决。"
    return Check("proxies_each", CheckState.HOLDS, sentence, row.legal_ref, act, row.rule_id)


def _quorum(row: MeetingRule, share: Share, facts: MeetingFacts) -> Check:
    total, came = _of(share.base, facts.roll), _of(share.base, facts.present)
    need, unit = share.needed(total), _UNITS.get(share.base, "人")
    whom = _whom(row, share)
    if not total:
        return Check(
            "quorum",
            CheckState.OPEN,
            f"{row.name}的名册上还没有{whom}。",
            row.legal_ref,
            "请先在“村民”里登记，再重新计算应到人数。",
            row.rule_id,
        )
    if not came and facts.count is None:
        # Nobody is short yet: the meeting is only called.
        words = f"{row.name}应到{whom}{total}{unit}，{share.words}是{need}{unit}，还没有登记签到。"
        return Check("quorum", CheckState.OPEN, words, row.legal_ref, "开会时请登记签到。", row.rule_id)
    sentence = f"{row.name}应到{whom}{total}{unit}，实到{came}{unit}，{share.words}是{need}{unit}"
    if share.reached_by(came, total):
        return Check("quorum", CheckState.HOLDS, f"{sentence}，已够。", row.legal_ref, rule_id=row.rule_id)
    missing = need - came
    return Check(
        "quorum",
        CheckState.FAILS,
        f"{sentence}，还差{missing}{unit}，这次表决不能成立。",
        row.legal_ref,
        f"到会情况照实保留；再到{missing}{unit}后重新表决，或者改期另开。",
        row.rule_id,
        floor=row.is_floor,
    )


def _ballot(rule: EffectiveRule, facts: MeetingFacts) -> list[Check]:
    count = facts.count
    if count is None:
        return []
    checks = []
    row = next((row for row in rule.rows if row.secret_ballot), None)
    if row is not None and count.way is not VotingWay.SECRET:
        checks.append(
            Check(
                "ballot",
                CheckState.FAILS,
                f"{row.name}要用无记名投票，这次用的是{count.way.words}。",
                row.legal_ref,
                "请用选票重新表决一次。",
                row.rule_id,
                floor=row.is_floor,
            )
        )
    if count.way is VotingWay.SECRET and not facts.counted_by_second_person:
        checks.append(
            Check(
                "second_counter",
                CheckState.TASK,
                "无记名投票还没有第二个人核对票数。",
                next_act="请监票人或另一名操作员核对后登记。",
            )
        )
    silent = facts.present.eligible - count.votes - count.spoiled - count.kept
    if silent > 0 and not rule.by_household:
        checks.append(
            Check(
                "silent",
                CheckState.HOLDS,
                f"到会的有{silent}人没有表态，算到会，不算同意。",
            )
        )
    return checks


def _majorities(rule: EffectiveRule, facts: MeetingFacts, written: int, stood_in: int) -> list[Check]:
    rows = _each_once((row, row.passing) for row in rule.rows if row.passing is not None)
    if facts.count is None:
        if not rows:
            return []
        state = CheckState.OPEN
        return [
            Check("majority", state, "还没有登记表决结果。", rows[0][0].legal_ref, "请登记同意、反对、弃权的票数。")
        ]
    count = facts.count
    checks = [
        _with_way_on(_without_stand_ins(row, share, facts, count, written, stood_in), rule) for row, share in rows
    ]
    return [_beside_a_floor(check, row, checks) for check, (row, _) in zip(checks, rows, strict=True)]


def _without_stand_ins(
    row: MeetingRule, share: Share, facts: MeetingFacts, count: Count, written: int, stood_in: int
) -> Check:
    """The majority when votes of people who only sent somebody are among those counted: how they voted is unknown."""
    whole = _majority(row, share, facts, count, count.yes, written)
    if not stood_in or whole.state is not CheckState.HOLDS:
        return whole
    least = _majority(row, share, facts, count, max(0, count.yes - stood_in), written)
    if least.state is CheckState.HOLDS:
        return least
    sentence = f"同意{count.yes}票里可能有代为到会的{stood_in}人，除去以后够不够还看不出来。"
    act = "请按本人到会的人单独数一遍同意的票数，写进记录后由人认定。"
    return Check("majority", CheckState.MUST_JUDGE, sentence, row.legal_ref, act, row.rule_id)


def _majority(row: MeetingRule, share: Share, facts: MeetingFacts, count: Count, yes: int, written: int) -> Check:
    if share.base is Base.REPRESENTATIVES:
        return _representatives_majority(row, share, facts, yes)
    total = _base_total(share.base, facts, count, written)
    need, unit = share.needed(total), _UNITS.get(share.base, "票")
    basis = _basis(row, share, total)
    if total and share.reached_by(yes, total):
        sentence = f"{basis}，{share.words}要{need}{unit}，得{yes}{unit}同意，已够。"
        return Check("majority", CheckState.HOLDS, sentence, row.legal_ref, rule_id=row.rule_id)
    missing = need - yes
    return Check(
        "majority",
        CheckState.REJECTED,
        f"{row.name}没有通过：{basis}，{share.words}要{need}{unit}，得{yes}{unit}同意，差{missing}{unit}。",
        row.legal_ref,
        "否决也是结果，请照实写进记录；方案可以退回修改后再提。",
        row.rule_id,
    )


def _representatives_majority(row: MeetingRule, share: Share, facts: MeetingFacts, yes: int) -> Check:
    """The law counts the representatives alone, but others raise hands beside them: a person may have to count."""
    total = facts.roll.representatives
    need = share.needed(total)
    others = max(0, facts.present.eligible - facts.present.representatives)
    basis = f"全体村民代表{total}人，{share.words}要{need}票"
    if total and yes - others >= need:
        sentence = f"{basis}；同意{yes}票，除去到会的非代表{others}人仍然够。"
        return Check("majority", CheckState.HOLDS, sentence, row.legal_ref, rule_id=row.rule_id)
    if not total or yes < need:
        sentence = f"{row.name}没有通过：{basis}，得{yes}票同意，差{need - yes}票。"
        act = "否决也是结果，请照实写进记录；方案可以退回修改后再提。"
        return Check("majority", CheckState.REJECTED, sentence, row.legal_ref, act, row.rule_id)
    sentence = f"{basis}；同意{yes}票里可能有到会的非代表{others}人，还看不出代表同意了多少。"
    act = "请按村民代表单独数一遍同意的人数，写进记录后由人认定。"
    return Check("majority", CheckState.MUST_JUDGE, sentence, row.legal_ref, act, row.rule_id)


def _with_way_on(check: Check, rule: EffectiveRule) -> Check:
    """Some provinces send a matter that the representatives cannot agree on to the villagers' meeting."""
    row = next((row for row in rule.rows if row.undecided_goes_to is not None), None)
    if check.state is not CheckState.REJECTED or row is None or row.undecided_goes_to is None:
        return check
    act = f"意见分歧大，按{row.legal_ref}要提交{row.undecided_goes_to.words}讨论决定，不要只按否决归档。"
    return replace(check, next_act=act)


def _beside_a_floor(check: Check, row: MeetingRule, checks: list[Check]) -> Check:
    """A looser local majority that was reached is shown, and said to replace nothing."""
    failed = next((other for other in checks if other.state is CheckState.REJECTED), None)
    if check.state is not CheckState.HOLDS or failed is None or failed.legal_ref == row.legal_ref:
        return check
    sentence = f"按{row.legal_ref}：{check.sentence}但它不能代替{failed.legal_ref}。"
    return replace(check, sentence=sentence)


def _standing_sentence(rule: EffectiveRule, facts: MeetingFacts) -> str:
    row = rule.rows[0]
    if facts.count is None:
        return f"{row.name}应到{facts.roll.eligible}人，实到{facts.present.eligible}人，会议成立。"
    count = facts.count
    return (
        f"{row.name}应到{facts.roll.eligible}人，实到{facts.present.eligible}人，"
        f"同意{count.yes}票、反对{count.no}票、弃权{count.abstain}票，表决通过。"
    )


def _of(base: Base, heads: Headcount) -> int:
    return {
        Base.ALL_ELIGIBLE: heads.eligible,
        Base.ALL_MEMBERS: heads.members,
        Base.REPRESENTATIVES: heads.representatives,
        Base.WOMEN_REPRESENTATIVES: heads.women_representatives,
        Base.HOUSEHOLDS: heads.households,
    }[base]


def _base_total(base: Base, facts: MeetingFacts, count: Count, written: int) -> int:
    if base is Base.PRESENT:
        return facts.present.eligible + written
    if base is Base.HOUSEHOLDS_REPRESENTED:
        return facts.present.households
    if base is Base.VOTES_CAST:
        return count.cast
    return _of(base, facts.roll)


def _whom(row: MeetingRule, share: Share) -> str:
    return {
        Base.WOMEN_REPRESENTATIVES: "妇女代表",
        Base.REPRESENTATIVES: "村民代表",
        Base.HOUSEHOLDS: "",
        Base.ALL_MEMBERS: "全体党员" if row.body == "party_members" else "全体成员",
    }.get(share.base, row.electorate)


def _basis(row: MeetingRule, share: Share, total: int) -> str:
    return {
        Base.PRESENT: f"到会{total}人",
        Base.HOUSEHOLDS_REPRESENTED: f"到会代表所代表的{total}户",
        Base.VOTES_CAST: f"投票{total}张",
    }.get(share.base, f"应到{row.electorate}{total}人")


def quorum_words(rule: EffectiveRule | None, roll: Headcount, voters: int) -> tuple[str, str]:
    """The sentence on so many voters in the room, with its tone."""
    words = f"应到{roll.eligible}人，实到{voters}人"
    if rule is None:
        return f"{words}。", "plain"
    needs = [
        share.needed(roll.eligible)
        for row in rule.rows
        for share in row.quorums
        if share.base in {Base.ALL_ELIGIBLE, Base.ALL_MEMBERS}
    ]
    if not needs:
        return f"{words}。", "plain"
    need = max(needs)
    if voters >= need:
        return f"{words}，至少要{need}人，已够。", "good"
    return f"{words}，至少要{need}人，还差{need - voters}人。照实登记，不够的不能成立。", "bad"
