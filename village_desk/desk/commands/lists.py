"""`list`: what the file knows, row by row, with the ids that `do` asks for."""

import datetime as dt
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from village_desk.assessments.lookups import assessments, forms, rectifications
from village_desk.decisions.lookups import all_decisions, mandates
from village_desk.desk.commands.answer import Answer, WrongCall
from village_desk.desk.commands.opening import VILLAGE, opened
from village_desk.desk.happened import happened
from village_desk.desk.prints.appraisals import assessment_of
from village_desk.desk.prints.finding import assembly_of, meeting_of, notice_of, points_card_of
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import all_meetings
from village_desk.notices.lookups import all_notices, catalogue, inquiries, year_plan
from village_desk.people.lookups import (
    PeopleFilter,
    all_posts,
    bodies,
    development_rows,
    find_ids,
    five_counts,
    grid_tree,
    link_kinds,
    links,
    merges,
    outside_people,
    party_members,
    person_ids,
    person_rows,
    possible_doubles,
    post_gaps,
    roll,
    side_households,
    without_grid,
)
from village_desk.people.rules.development import STAGE_WORDS
from village_desk.points.lookups import all_rule_sets, applications, subjects
from village_desk.points.rules.sets import SubjectKind
from village_desk.registers.lookups.cases import cases as service_cases
from village_desk.registers.lookups.cases import kinds as service_kinds
from village_desk.registers.lookups.cases_counts import batches as service_batches
from village_desk.registers.lookups.entries import entries as register_entries
from village_desk.registers.lookups.forms import forms as register_forms
from village_desk.registers.lookups.forms import index as register_index
from village_desk.registers.lookups.owed import promises
from village_desk.schedule.lookups import agenda, errands
from village_desk.store.acts import act
from village_desk.township.lookups import answers_given, laptops, questions, villages

MOST_FOUND = 200


@dataclass(frozen=True)
class Listing:
    """One list: what it is called, what its further words mean (empty: none), its rows, and a line for each."""

    words: str
    of: str
    rows: Callable[[Session, str], Sequence[Any]]
    line: Callable[[Any], str]
    of_village: bool = True


def show(options: Namespace, answer: Answer) -> None:
    """One list of the file."""
    known = "、".join(f"{name}（{one.words}）" for name, one in LISTINGS.items())
    wanted = LISTINGS.get(options.what)
    if wanted is None:
        raise WrongCall(f"没有“{options.what}”这个名单，有的是：{known}。")
    if wanted.of and not options.words and wanted.of.startswith("哪"):
        raise WrongCall(f"看{wanted.words}要写明{wanted.of}。")
    with opened(options, of_village=wanted.of_village) as file:
        if not wanted.of_village and file.kind == VILLAGE:
            raise NotAllowed(f"{wanted.words}只在乡镇的档案里有。", "请换成乡镇的档案。")
        with file.reading() as session:
            rows = wanted.rows(session, options.words)
    answer.put(rows=rows)
    for row in rows:
        identity = getattr(row, "id", "")
        answer.say(f"{identity}　{wanted.line(row)}" if identity else wanted.line(row))
    answer.say(f"共{len(rows)}条。")


def _people(session: Session, words: str) -> Sequence[Any]:
    ids = find_ids(session, words, limit=MOST_FOUND) if words else person_ids(session, PeopleFilter())
    return person_rows(session, ids)


def _register(session: Session, words: str) -> str:
    """The key of the register that is named so."""
    known = register_forms(session)
    return next((key for key, (form, _, _) in known.items() if words in (key, form.title)), words)


def _links(session: Session, words: str) -> Sequence[Any]:
    return [one for one in links(session, on=act(session).today) if words in one.kind]


def _postings(session: Session, words: str) -> Sequence[Any]:
    return notice_of(session, words).boards


def _plan(session: Session, words: str) -> Sequence[Any]:
    here = act(session)
    year = int(words) if words.isdecimal() else here.today.year
    return year_plan(session, year=year, on=here.today).rows


def _agenda(session: Session, words: str) -> Sequence[Any]:
    here = act(session)
    year = int(words) if words.isdecimal() else here.today.year
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return agenda(session, first=first, last=last, on=here.today, also=happened(session))


def _households(session: Session, words: str) -> Sequence[Any]:
    found = subjects(session, SubjectKind.HOUSEHOLD)
    return [one for one in found if not words or words in (one.number, one.group) or words in one.name]


def _eligible(session: Session, words: str) -> Sequence[Any]:
    body, on = assembly_of(session, words)
    return roll(session, body=body, on=on).eligible


LISTINGS = {
    "people": Listing(
        "在册人员",
        "姓名、拼音、户号",
        _people,
        lambda row: f"{row.name}　{row.sex_words}　{row.age_words}岁　{row.group}　户号{row.household_no}",
    ),
    "households": Listing(
        "户", "户主、户号或小组", _households, lambda row: f"{row.name}　{row.group}　户号{row.number}"
    ),
    "party": Listing(
        "党员", "", lambda session, _: party_members(session), lambda row: f"{row.name}　{row.kind_words}　{row.group}"
    ),
    "development": Listing(
        "发展党员",
        "",
        lambda session, _: development_rows(session),
        lambda row: f"{row.name}　{STAGE_WORDS[row.stage]}　{row.next_words}",
    ),
    "outside": Listing(
        "外来人员", "", lambda session, _: outside_people(session), lambda row: f"{row.name}　{row.words}"
    ),
    "side-households": Listing(
        "承包户和居住户",
        "",
        lambda session, _: side_households(session, on=act(session).today),
        lambda row: f"{row.words}　{len(row.members)}人",
    ),
    "counts": Listing(
        "五种人数",
        "",
        lambda session, _: five_counts(session, on=act(session).today),
        lambda row: f"{row.words}　{row.sentence}",
    ),
    "eligible": Listing(
        "应到名单",
        "哪个会议，可加日期，如 党员大会/2026-03-14",
        lambda session, words: _eligible(session, words),
        lambda row: f"{row.name}　{row.group}　{row.basis}{'' if row.votes else '（没有表决权）'}",
    ),
    "bodies": Listing(
        "组织",
        "",
        lambda session, _: bodies(session, on=act(session).today),
        lambda row: f"{row.name}　{row.term}　{len(row.posts)}人",
    ),
    "grids": Listing(
        "网格",
        "",
        lambda session, _: grid_tree(session, on=act(session).today),
        lambda row: f"{'　' * (row.depth - 1)}{row.name}　{row.level}　{row.households}户　{row.finding}",
    ),
    "without-grid": Listing(
        "未入网的户",
        "",
        lambda session, _: without_grid(session, on=act(session).today),
        lambda row: f"{row.words}　{row.group}　{row.people}人",
    ),
    "link-kinds": Listing(
        "联系的种类",
        "",
        lambda session, _: link_kinds(session, on=act(session).today),
        lambda row: f"{row.name}　{row.holders}人承担　联系{row.linked}{row.rule.counter}　{row.rule.text}",
    ),
    "links": Listing(
        "联系",
        "联系的名称",
        _links,
        lambda row: f"{row.kind}　{row.from_name}　{row.to_words}　{row.time_words}",
    ),
    "doubles": Listing(
        "可能重复的人",
        "",
        lambda session, _: possible_doubles(session),
        lambda row: f"{row.one.name}　{row.other.name}　{row.reason_words}",
    ),
    "merges": Listing(
        "已经合并的人", "", lambda session, _: merges(session), lambda row: f"{row.gone}　并入{row.kept}　{row.note}"
    ),
    "named-posts": Listing(
        "岗位",
        "",
        lambda session, _: post_gaps(session, on=act(session).today),
        lambda row: f"{row.name}　{len(row.holders)}人　{row.sentence}",
    ),
    "posts": Listing(
        "任职", "", lambda session, _: all_posts(session), lambda row: f"{row.name}　{row.role_words}　{row.time_words}"
    ),
    "decisions": Listing(
        "议题",
        "",
        lambda session, _: all_decisions(session),
        lambda row: f"{row.number}　{row.title}　{row.verdict.words}　{row.next_act}",
    ),
    "mandates": Listing("授权", "", lambda session, _: mandates(session), lambda row: f"{row.title}　{row.matters}"),
    "service-cases": Listing(
        "为民办事的办件",
        "年份，不写是全部",
        lambda session, words: service_cases(session, year=int(words) if words.isdecimal() else 0),
        lambda row: f"{row.number}　{row.applicant}　{row.title}　{row.stage_words}　{row.next_words}",
    ),
    "registers": Listing(
        "台账",
        "",
        lambda session, _: register_index(session, on=act(session).today),
        lambda row: f"{row.title}　{row.entries}条　逾期{row.late}条{'' if row.used else '　没有启用'}",
    ),
    "register-entries": Listing(
        "台账的登记",
        "台账的名称或代号，如 visits",
        lambda session, words: register_entries(session, _register(session, words), on=act(session).today),
        lambda row: f"{row.noted_on.isoformat()}　{row.subject}　{row.words}　{row.standing}",
    ),
    "promises": Listing(
        "承诺和兑现",
        "",
        lambda session, _: promises(session, on=act(session).today),
        lambda row: f"{row.name}　{row.sort}　{row.text}　{row.state}",
    ),
    "service-kinds": Listing(
        "办件类别",
        "",
        lambda session, _: service_kinds(session, with_off=True),
        lambda row: f"{row.key}　{row.name}　{'' if row.active else '停用'}",
    ),
    "service-batches": Listing(
        "上送批次",
        "",
        lambda session, _: service_batches(session),
        lambda row: f"{row.title}　{_day(row.carried_on)}　{row.unit}　返回{row.back}/{len(row.cases)}件",
    ),
    "meetings": Listing(
        "会议",
        "",
        lambda session, _: all_meetings(session),
        lambda row: f"{_day(row.held_on)}　{row.title}　应到{row.eligible}人　实到{row.present}人",
    ),
    "roll": Listing(
        "应到名单",
        "哪次会议（议题编号/步骤，或会议标题）",
        lambda session, words: meeting_of(session, words).roll,
        lambda row: f"{row.serial}　{row.name}　{row.basis}　{'到会' if row.present else row.absence or '未到'}",
    ),
    "notices": Listing(
        "公开公示",
        "",
        lambda session, _: all_notices(session, on=act(session).today),
        lambda row: f"{row.number or '未编号'}　{row.title}　{row.stage_words}　{row.next_act}",
    ),
    "plan": Listing(
        "全年公开计划",
        "年份，不写是今年",
        _plan,
        lambda row: f"{_day(row.due_on)}　{row.code}　{row.period_words}{row.name}　{row.who}　{row.state_words}",
    ),
    "catalogue": Listing(
        "公开目录",
        "",
        lambda session, _: catalogue(session, on=act(session).today, with_left_out=True),
        lambda row: f"{row.code}　{row.name}　{row.when_words}　{(row.left_out and '已去掉') or row.legal_ref}",
    ),
    "agenda": Listing(
        "日程",
        "年份，不写是今年",
        _agenda,
        lambda row: f"{_day(row.due_on)}　{row.words}",
    ),
    "errands": Listing(
        "电话、微信交办的事",
        "",
        lambda session, _: errands(session),
        lambda row: f"{row.words}　{_day(row.done_on) + '办好' if row.done_on else '未办'}",
    ),
    "inquiries": Listing(
        "村民查询和联名要求",
        "",
        lambda session, _: inquiries(session, on=act(session).today),
        lambda row: f"{_day(row.raised_on)}　{row.raised_by}：{row.words}　{row.state_words}",
    ),
    "postings": Listing(
        "张贴情况",
        "哪张公开内容（文号或标题）",
        _postings,
        lambda row: f"{row.posting_id}　{row.board}　{_day(row.posted_on)}张贴　{row.off_words or '正在张贴'}",
    ),
    "rule-sets": Listing(
        "积分办法",
        "",
        lambda session, _: all_rule_sets(session),
        lambda row: f"{row.name}　{row.subject_words}　{len(row.items)}条",
    ),
    "applications": Listing(
        "积分申报",
        "",
        lambda session, _: applications(session),
        lambda row: f"{row.subject}　{row.item}　{row.points}分　{row.stage_words}　{row.next_act}",
    ),
    "ledger": Listing(
        "一户或一人的积分",
        "哪一户或哪一人（户主或党员姓名）",
        lambda session, words: points_card_of(session, words).entries,
        lambda row: f"{row.number}　{_day(row.happened_on)}　{row.text}　{row.points}分　累计{row.balance}分",
    ),
    "assessment-forms": Listing(
        "考评模板",
        "",
        lambda session, _: forms(session),
        lambda row: f"{row.form.whole_name}　{len(row.form.items)}项　{''.join(row.blanks) or '能用'}",
    ),
    "assessments": Listing(
        "考评",
        "",
        lambda session, _: assessments(session),
        lambda row: f"{row.title}　{row.subjects}个对象　{row.state_words}",
    ),
    "assessment-results": Listing(
        "一次考评的结果",
        "哪一次考评（标题里的字）",
        lambda session, words: assessment_of(session, words).in_rank,
        lambda row: f"{row.rank or '未评完'}　{row.name}　{row.result_words}　{row.grade}",
    ),
    "rectification": Listing(
        "整改",
        "",
        lambda session, _: rectifications(session),
        lambda row: f"{row.subject}　{row.problem}　{_day(row.due_on)}前　{row.state_words}",
    ),
    "questions": Listing(
        "待乡镇答复的",
        "类别，如 point_application，不写是全部",
        lambda session, words: questions(session, table=words),
        lambda row: f"{row.village}　{row.group}　{row.who}　{row.what}",
        of_village=False,
    ),
    "answers": Listing(
        "乡镇答复过的",
        "村的代码，不写是全部",
        lambda session, words: answers_given(session, village=words),
        lambda row: f"{row.village}　{row.topic}{row.records}件，{row.said}　{row.document}　{row.state}",
        of_village=False,
    ),
    "laptops": Listing(
        "登记过的村里电脑",
        "",
        lambda session, _: laptops(session),
        lambda row: f"{row.village_name}　{_day(row.enrolled_on)}登记　{'在用' if row.in_use else '已停用'}",
        of_village=False,
    ),
    "villages": Listing(
        "各村上报",
        "",
        lambda session, _: villages(session),
        lambda row: f"{row.name}　最近第{row.last_number}号　{_day(row.last_on)}　共收{row.received}条",
        of_village=False,
    ),
}


def _day(day: Any) -> str:
    return chinese_date(day) if day is not None else "未登记"
