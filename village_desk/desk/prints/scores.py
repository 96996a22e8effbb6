"""Lists of points, scoring sheets, star results, the four comparisons and hours, by the words that name them."""

from sqlalchemy.orm import Session

from village_desk.assessments import lookups as stars
from village_desk.assessments import printout as star_sheets
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups.activities import volunteer_year
from village_desk.meetings.printout import activities as activity_sheets
from village_desk.points import lookups, printout
from village_desk.points.lookups import RuleSetRow
from village_desk.store.acts import act

Sheet = tuple[bytes, str]
SET = "办法名称里的字，可加期别，如 农户/2026"


def _set(session: Session, words: str) -> tuple[RuleSetRow, str]:
    """A rule set by words of its name and the period after a stroke, the present one without. Raises NotFound."""
    name, _, period = words.replace("／", "/").partition("/")
    found = [each for each in lookups.all_rule_sets(session) if name in each.name]
    if not found:
        raise NotFound(f"没有名称里有“{name}”的积分办法。", "请核对名称。")
    if len(found) > 1:
        listed = "、".join(f"《{each.name}》" for each in found)
        raise NotAllowed(f"“{name}”对得上{len(found)}份积分办法：{listed}。", "请写完整的名称。")
    return found[0], period or lookups.periods(session, set_id=found[0].id, today=act(session).today)[0]


def wall(session: Session, words: str) -> Sheet:
    """积分公示榜."""
    rules, period = _set(session, words)
    return printout.wall_sheet(lookups.wall_list(session, set_id=rules.id, period=period)), f"{rules.name}公示榜"


def praise(session: Session, words: str) -> Sheet:
    """积分光荣榜, the best ten."""
    rules, period = _set(session, words)
    found = lookups.wall_list(session, set_id=rules.id, period=period, praise=10)
    return printout.wall_sheet(found, praise=True), f"{rules.name}光荣榜"


def changes(session: Session, words: str) -> Sheet:
    """What was booked since the last list."""
    rules, period = _set(session, words)
    return printout.changes_list(lookups.changes_since(session, set_id=rules.id, period=period)), f"{rules.name}变动榜"


def posting(session: Session, words: str) -> Sheet:
    """What is to be booked, for objections."""
    rules, _ = _set(session, words)
    return printout.posting_sheet(lookups.posting_list(session, set_id=rules.id)), f"{rules.name}公示"


def scoring(session: Session, words: str) -> Sheet:
    """Blank scoring sheets by group."""
    rules, period = _set(session, words)
    village, who = act(session).village_name, lookups.subjects(session, rules.subject)
    content = printout.scoring_sheets(rules, who, rules.items, village=village, words=period)
    return content, f"{rules.name}评分表"


def slips(session: Session, words: str) -> Sheet:
    """A slip for each household or person."""
    rules, period = _set(session, words)
    rows = [row for row in lookups.standings(session, set_id=rules.id, period=period) if not row.exempt]
    cards = [lookups.card(session, set_id=rules.id, subject_id=row.id, period=period) for row in rows]
    return printout.slips(cards), f"{rules.name}告知单"


def fairness(session: Session, words: str) -> Sheet:
    """公平报告."""
    rules, period = _set(session, words)
    found = lookups.fairness(session, set_id=rules.id, period=period)
    return printout.fairness_report(found), f"{rules.name}公平报告"


def evidence(session: Session, words: str) -> Sheet:
    """评分依据表."""
    rules, period = _set(session, words)
    found = lookups.proof_list(session, set_id=rules.id, period=period)
    return printout.evidence_sheet(found), f"{rules.name}评分依据表"


def rule_book(session: Session, words: str) -> Sheet:
    """积分办法 for the wall."""
    rules, _ = _set(session, words)
    return printout.rule_book(rules, village=act(session).village_name), rules.name


def star_result(session: Session, words: str) -> Sheet:
    """认定公示 of a year's round. Raises NotFound."""
    row = next((each for each in stars.rounds(session) if words in f"{each.year}{each.name}"), None)
    if row is None:
        raise NotFound(f"没有“{words}”的星级评定。", "请写年份，例如 2026。")
    return star_sheets.result_sheet(stars.one_round(session, row.id)), f"{row.year}年星级文明户公示"


def comparisons(session: Session, words: str) -> Sheet:
    """四比榜."""
    here = act(session)
    day = chinese_date(here.today)
    return star_sheets.comparison_sheet(stars.four_comparisons(session), village=here.village_name, day=day), "四比榜"


def hours(session: Session, words: str) -> Sheet:
    """志愿服务记录表 of one person in this year, or in the year after a stroke. Raises NotFound."""
    name, _, year = words.replace("／", "/").partition("/")
    rows = volunteer_year(session, year=int(year) if year.isdecimal() else act(session).today.year)
    found = next((row for row in rows if name in (row.id, row.name)), None)
    if found is None:
        raise NotFound(f"这一年没有“{name}”的志愿时长。", "请写姓名，例如 王建国 或 王建国/2026。")
    return activity_sheets.hours_sheet(found), f"{found.name}志愿服务记录表"
