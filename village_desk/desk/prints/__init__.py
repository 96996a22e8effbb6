"""Every sheet that can be printed, by the name under which the command line and the demo ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from village_desk.assessments import printout as assessment_sheets
from village_desk.decisions import printout as case_sheets
from village_desk.decisions.lookups import decisions_by, inspection, procedures
from village_desk.desk.annexes import annex_of
from village_desk.desk.prints import appraisals, money, people_lists, registers, scores, service, yearly
from village_desk.desk.prints import bodies as body_sheets
from village_desk.desk.prints.finding import (
    assembly_of,
    decision_of,
    meeting_of,
    member_named,
    notice_of,
    points_card_of,
    step_of,
)
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.meetings import printout as meeting_sheets
from village_desk.meetings.actions import record_meeting_print
from village_desk.meetings.lookups import MeetingDetail, MotionRow
from village_desk.meetings.rules import MotionKind
from village_desk.notices import printout as notice_sheets
from village_desk.notices.actions import record_print
from village_desk.notices.lookups import last_period, one_notice
from village_desk.notices.printout import Purpose, Size
from village_desk.notices.rules.life import NoticeState
from village_desk.paper.preview import Preview
from village_desk.people import printout as people_sheets
from village_desk.people.actions import record_export
from village_desk.people.lookups import PeopleFilter, bodies, party_members, person_ids, person_rows, roll
from village_desk.people.rules.electorates import ASSEMBLY_WORDS
from village_desk.people.rules.masking import Audience
from village_desk.points import printout as points_sheets
from village_desk.store.acts import act
from village_desk.store.file import VillageFile
from village_desk.store.files import write_whole


@dataclass(frozen=True)
class Made:
    """A finished sheet; `notice_id` and `purpose`, or `meeting_id`, are set for one that is kept as printed.

    `people` says how many villagers it lists, for whom `audience` may read it; that is logged.
    """

    content: bytes
    title: str
    notice_id: str = ""
    meeting_id: str = ""
    corrections: int = 0
    purpose: Purpose = Purpose.FILE
    people: int = 0
    audience: Audience = Audience.INTERNAL


@dataclass(frozen=True)
class Print:
    """One kind of sheet: what it is called, what names the one that is meant, and what makes it."""

    name: str
    words: str
    number: str
    make: Callable[[Session, str], Made]
    suffix: str = ".pdf"


def _notice(purpose: Purpose, size: Size = Size.A4) -> Callable[[Session, str], Made]:
    def make(session: Session, number: str) -> Made:
        detail = notice_of(session, number)
        kept = detail.row.id if detail.row.state is NoticeState.PUBLISHED else ""
        pdf = notice_sheets.notice(detail.paper, purpose, size, annex_of(session, detail))
        return Made(pdf, detail.row.title, notice_id=kept, purpose=purpose)

    return make


def _review_form(session: Session, number: str) -> Made:
    detail = notice_of(session, number)
    before = last_period(session, detail.row.id)
    return Made(notice_sheets.review_form(detail, before), f"{detail.row.title}审核单")


def _yearly(make: Callable[[Session, str], tuple[bytes, str]]) -> Callable[[Session, str], Made]:
    return lambda session, number: Made(*make(session, number))


def _decision(session: Session, number: str) -> Made:
    detail = decision_of(session, number)
    return Made(case_sheets.all_sheets(detail), f"{detail.row.title}决策实施登记表")


def _decision_file(session: Session, number: str) -> Made:
    """Everything of a case without its photos, which lie beside the journal."""
    detail = decision_of(session, number)
    ids = dict.fromkeys(stage.notice.id for stage in detail.stages if stage.notice is not None)
    papers = [one_notice(session, one, on=act(session).today).paper for one in ids]
    return Made(case_sheets.dossier(detail, papers), f"{detail.row.title}档案")


def _decision_step(session: Session, number: str) -> Made:
    detail, step = step_of(session, number)
    return Made(case_sheets.step_sheet(detail, step), f"{detail.row.title}决策实施登记表第{step}步")


def _inspection(session: Session, number: str) -> Made:
    year = int(number) if number.isdecimal() else act(session).today.year
    return Made(case_sheets.inspection_sheet(inspection(session, year=year)), f"{year}年民主决策自查表")


def _procedure(session: Session, number: str) -> Made:
    found = next((row.template for row in procedures(session) if number in (row.template.key, row.template.name)), None)
    if found is None:
        raise NotFound(f"没有叫“{number}”的办事程序。", "请照程序的名称写，例如“四议两公开”。")
    return Made(case_sheets.procedure_chart(found, act(session).village_name), f"{found.name}流程图")


def _vanguard_wall(session: Session, number: str) -> Made:
    village = act(session).village_name
    return Made(case_sheets.vanguard_wall(decisions_by(session, "vanguard"), village), f"{village}党员亮身份公示墙")


def _sign_in(session: Session, number: str) -> Made:
    detail = meeting_of(session, number)
    return Made(meeting_sheets.sign_in_sheet(detail), f"{detail.row.title}签到表")


def _minutes(session: Session, number: str) -> Made:
    detail = meeting_of(session, number)
    made = meeting_sheets.minutes(detail)
    return Made(made, f"{detail.row.title}会议记录", meeting_id=detail.row.id, corrections=len(detail.corrections))


def _meeting(make: Callable[[MeetingDetail], bytes], words: str) -> Callable[[Session, str], Made]:
    def made(session: Session, number: str) -> Made:
        detail = meeting_of(session, number)
        return Made(make(detail), f"{detail.row.title}{words}")

    return made


def _motion(make: Callable[[MeetingDetail, MotionRow], bytes], words: str) -> Callable[[Session, str], Made]:
    """Of the motion that waits for its vote, else of the last."""

    def made(session: Session, number: str) -> Made:
        detail = meeting_of(session, number)
        voted = [one for one in detail.motions if one.kind is MotionKind.VOTE]
        if not voted:
            raise NotFound(f"“{detail.row.title}”还没有要表决的议题。", "请先加上议题，再打印。")
        motion = next((one for one in voted if one.standing is None), voted[-1])
        return Made(make(detail, motion), f"{motion.title}{words}")

    return made


def _points_card(session: Session, number: str) -> Made:
    found = points_card_of(session, number)
    return Made(points_sheets.card(found), f"{found.subject.name}的积分卡")


def _listed(
    make: Callable[[Session, str], tuple[bytes, str, int]], audience: Audience = Audience.INTERNAL
) -> Callable[[Session, str], Made]:
    def made(session: Session, number: str) -> Made:
        content, title, people = make(session, number)
        return Made(content, title, people=people, audience=audience)

    return made


def _roster(audience: Audience) -> Callable[[Session, str], Made]:
    def make(session: Session, number: str) -> Made:
        here = act(session)
        rows = person_rows(session, person_ids(session, PeopleFilter(group=number)))
        content = people_sheets.roster(rows, village=here.village_name, on=here.today, audience=audience)
        return Made(content, f"{here.village_name}村民花名册", people=len(rows), audience=audience)

    return make


def _roster_workbook(session: Session, number: str) -> Made:
    here = act(session)
    rows = person_rows(session, person_ids(session, PeopleFilter(group=number)))
    content = people_sheets.roster_workbook(rows, village=here.village_name, on=here.today, audience=Audience.INTERNAL)
    return Made(content, f"{here.village_name}村民花名册", people=len(rows))


def _party_list(session: Session, number: str) -> Made:
    here = act(session)
    members = party_members(session)
    content = people_sheets.party_list(members, branch=f"{here.village_name}党支部", on=here.today)
    return Made(content, f"{here.village_name}党员名册", people=len(members))


def _member_form(session: Session, number: str) -> Made:
    here, card = act(session), member_named(session, number)
    content = people_sheets.member_form(card, village=here.village_name, on=here.today)
    return Made(content, f"{card.row.name}党员信息表", people=1)


def _eligible(session: Session, number: str) -> Made:
    body, on = assembly_of(session, number)
    found = roll(session, body=body, on=on)
    content = people_sheets.roll_sheet(found, village=act(session).village_name)
    return Made(content, f"{ASSEMBLY_WORDS[body]}应到名单")


def _posts(session: Session, number: str) -> Made:
    here = act(session)
    content = people_sheets.chart_of_posts(bodies(session, on=here.today), village=here.village_name, on=here.today)
    return Made(content, f"{here.village_name}组织机构和任职人员")


_MEETING = "会议标题，或议题编号/步骤"


def _made(sheet: Callable[[Session, str], tuple[bytes, str]]) -> Callable[[Session, str], Made]:
    return lambda session, number: Made(*sheet(session, number))


def _sheet(make: Callable[[Session, str], money.Sheet]) -> Callable[[Session, str], Made]:
    return lambda session, number: Made(*make(session, number))


PRINTS = (
    Print("notice", "公开公示的张贴件", "文号或标题", _notice(Purpose.WALL)),
    Print("notice-file", "公开公示的存档件", "文号或标题", _notice(Purpose.FILE)),
    Print("notice-a3", "公开公示的张贴件，A3大字", "文号或标题", _notice(Purpose.WALL, Size.A3)),
    Print("review-form", "村务监督委员会的审核单", "文号或标题", _review_form),
    Print("year-plan", "全年公开计划，一张", "", _yearly(yearly.plan)),
    Print("posted-register", "村务公开登记簿", "", _yearly(yearly.posted)),
    Print("seal-register", "用章登记簿", "", _yearly(yearly.seals)),
    Print("complaint-lines", "监督举报电话（上墙）", "", _yearly(yearly.complaints)),
    Print("inquiry-answer", "对村民查询、联名要求的答复", "提出人或查询内容", _yearly(yearly.answer)),
    Print("decision", "四议两公开决策实施登记表，六张合订", "议题编号或标题", _decision),
    Print("decision-file", "一事一档：登记表、各次会议、公开表合订，带目录", "议题编号或标题", _decision_file),
    Print("decision-step", "决策实施登记表的一张", "议题编号/步骤，如 2/4", _decision_step),
    Print("inspection", "全年民主决策自查表", "年份", _inspection),
    Print("procedure", "办事程序的流程图", "程序名称", _procedure),
    Print("vanguard-wall", "先锋行的党员亮身份公示墙", "", _vanguard_wall),
    Print("sign-in", "会议签到表", "会议标题，或议题编号/步骤", _sign_in),
    Print("minutes", "会议记录", _MEETING, _minutes),
    Print("meeting-call", "会议通知及签收表", _MEETING, _meeting(meeting_sheets.call_sheet, "通知及签收表")),
    Print("minutes-blank", "空白会议记录", _MEETING, _meeting(meeting_sheets.blank_minutes, "空白会议记录")),
    Print("minutes-corrections", "会议记录更正单", _MEETING, _meeting(meeting_sheets.corrections, "更正单")),
    Print("ballots", "表决票，带存根", _MEETING, _motion(meeting_sheets.ballots, "表决票")),
    Print("tally", "计票单", _MEETING, _motion(meeting_sheets.tally, "计票单")),
    Print("meeting-file", "会议材料合订本，带目录和通编页码", _MEETING, _meeting(meeting_sheets.dossier, "会议材料")),
    Print("points-card", "农户或党员的积分卡", "户主或党员姓名，同名的写“办法/姓名”", _points_card),
    Print("points-wall", "积分公示榜", scores.SET, _made(scores.wall)),
    Print("points-praise", "积分光荣榜", scores.SET, _made(scores.praise)),
    Print("points-changes", "积分变动榜", scores.SET, _made(scores.changes)),
    Print("points-posting", "入账前的积分公示", scores.SET, _made(scores.posting)),
    Print("points-scoring", "空白评分表，每组一张", scores.SET, _made(scores.scoring)),
    Print("points-slips", "积分告知单，每户一张", scores.SET, _made(scores.slips)),
    Print("points-fairness", "积分公平报告", scores.SET, _made(scores.fairness)),
    Print("points-evidence", "评分依据表，对应档案盒目录", scores.SET, _made(scores.evidence)),
    Print("points-rules", "积分办法（上墙）", scores.SET, _made(scores.rule_book)),
    *(
        Print(name, words, appraisals.ROUND, _made(appraisals.of_round(make, title)))
        for name, words, make, title in (
            ("score-sheets", "考评的空白评分表", assessment_sheets.blank_sheets, "评分表"),
            ("score-ballots", "考评的测评票", assessment_sheets.ballots, "测评票"),
            ("score-tally", "考评的计票单", assessment_sheets.tally_form, "计票单"),
            ("score-summary", "各方评分汇总，附算式", assessment_sheets.summary, "评分汇总"),
            ("checklist", "对照表，附材料", assessment_sheets.checklist, "对照表"),
            ("assessment-result", "考评结果表", assessment_sheets.result_sheet_of, "结果表"),
            ("assessment-report", "考评报告", assessment_sheets.report, "报告"),
            ("report-plan", "述职方案", assessment_sheets.plan_sheet, "方案"),
            ("responsibility-letter", "目标责任书", assessment_sheets.letter, ""),
        )
    ),
    Print("assessment-list", "全年考评结果一览", "", _made(appraisals.year_list)),
    Print("rectification", "整改台账", "", _made(appraisals.book)),
    Print("negative-list", "村干部负面清单（上墙）", "清单名称里的字", _made(appraisals.negative)),
    Print(
        "service-room", "便民服务室的服务牌、公示栏页、服务册、服务程序、登记簿", "哪一样", _made(appraisals.service)
    ),
    Print("star-result", "星级文明户认定公示", "年份，如 2026", _made(scores.star_result)),
    Print("four-comparisons", "四比榜", "", _made(scores.comparisons)),
    Print("volunteer-hours", "志愿服务记录表", "姓名，可加年份，如 王建国/2026", _made(scores.hours)),
    Print("roster", "村民花名册（村内办公，证件号已遮盖）", "", _roster(Audience.INTERNAL)),
    Print("roster-wall", "村民花名册（上墙）", "", _roster(Audience.BOARD)),
    Print("roster-strokes", "村民花名册（村内办公，按姓氏笔画）", "", _listed(people_lists.roster_by_strokes)),
    Print("households", "农户名册（村内办公）", "", _listed(people_lists.households)),
    Print(
        "representatives", "村民代表名册（上墙，按姓氏笔画）", "", _listed(people_lists.representatives, Audience.BOARD)
    ),
    Print("export-log", "村民资料打印和导出记录", "", _listed(people_lists.export_log)),
    Print("roster-workbook", "村民花名册的表格文件", "", _roster_workbook, ".xlsx"),
    Print("party-list", "党员名册", "", _party_list),
    Print("member-form", "党员信息表（十六项）", "党员姓名", _member_form),
    Print("eligible", "应到名单", "哪个会议，可加日期，如 党员大会/2026-03-14", _eligible),
    Print("posts", "组织机构和任职人员一览", "", _posts),
    Print("body-members", "组织成员名册", "", _made(body_sheets.members)),
    Print("pledges", "党员岗位和承诺公示", "", _made(body_sheets.pledges)),
    Print("reserve-list", "后备干部名册，附培训", "", _made(body_sheets.reserves)),
    Print("grids", "网格表", "", _made(body_sheets.grids)),
    Print("household-card", "户网格卡", "户号或户主", _made(body_sheets.household_card)),
    Print("links", "联系公示表", "联系的名称，如党员联系户", _made(body_sheets.link_list)),
    Print("link-card", "联系卡", "联系的名称/姓名", _made(body_sheets.card)),
    Print("no-contact", "没有联系人的户", "联系的名称", _made(body_sheets.no_contact)),
    Print("register", "台账册，带页码和签字", registers.REGISTER, _listed(registers.book)),
    Print("register-workbook", "台账的表格文件", registers.REGISTER, _listed(registers.workbook), ".xlsx"),
    Print("register-wall", "台账里可以上墙的栏目", registers.REGISTER, _made(registers.wall)),
    Print("register-entry", "台账的一条，隐患的是即时报告单", "台账名称/内容里的字", _listed(registers.entry)),
    Print("register-contents", "台账目录", "", _made(registers.contents)),
    Print("register-missing", "台账的缺漏清单，如未走访户", registers.REGISTER, _listed(registers.missing)),
    Print("register-counts", "台账按一栏分项统计", "台账名称/栏目", _made(registers.counted)),
    Print("promises", "承诺公示", "", _made(registers.promises)),
    Print("promise-results", "践诺结果公示，承诺和兑现对照", "", _made(registers.results)),
    Print("fund", "资金使用情况公示，领款人遮盖", "资金名称", _made(registers.fund)),
    Print("duty-card", "一个岗位的职责卡", "岗位名称", _made(registers.duties)),
    Print("grid-plate", "网格责任牌", "网格名称", _made(registers.grid_plate)),
    Print("finance", "财务公开表（上墙）", "标题里的字，如 2026年第二季度财务", _sheet(money.wall_sheet)),
    Print("finance-a3", "财务公开表（上墙，A3）", "标题里的字", _sheet(money.large_sheet)),
    Print("finance-file", "财务公开表的存档件", "标题里的字", _sheet(money.kept_sheet)),
    Print("finance-review", "民主理财审核记录", "月份，如 2026-05", _sheet(money.review_record)),
    Print("half-year", "村务监督委员会半年工作报告", "哪半年，如 2026-1", _sheet(money.half_year)),
    Print("asset-check", "集体资产年度清查表", "年份", _sheet(money.asset_check)),
    Print("clean-up", "清化收工作汇总表", "", _sheet(money.clean_up)),
    Print("service-receipt", "为民办事的受理回执", service.CASE, _made(service.receipt)),
    Print("service-card", "派单卡、代办单", service.CASE, _made(service.card)),
    Print("service-case", "办件经过", service.CASE, _made(service.history)),
    Print("service-report", "情况上报单", service.CASE, _made(service.report)),
    Print("service-agreement", "调解协议书，手写用", service.CASE, _made(service.agreement)),
    Print("service-book", "便民服务登记簿", "", _made(service.book)),
    Print("service-count", "便民服务年度统计表", "", _made(service.year_count)),
    Print("service-agents", "代办员年度办件统计", "", _made(service.agents)),
    Print("service-works", "微实事清单", "", _made(service.works)),
    Print("service-batch", "上送清单", "", _made(service.batch)),
    Print("service-carry", "便民服务日带件单", "", _made(service.carry_list)),
    Print("service-cash", "代收代缴余款表", "", _made(service.cash)),
    Print("service-progress", "为民办事进展", "", _made(service.progress)),
    Print("service-guide", "办事指南（服务册）", "", _made(service.guide_book)),
    Print("service-lines", "服务热线公示牌", "", _made(service.plate)),
    Print("service-teams", "党员服务队公示", "", _made(service.teams)),
    Print("box", "档案盒脊、盒内目录和备考表", "盒号，如 2026-文书-1", _sheet(money.box)),
)


def print_sheet(file: VillageFile, what: str, number: str, out: Path) -> Made:
    """Make a sheet, write it to `out`, and keep a published notice as it was printed.

    Raises NotFound for an unknown sheet or number, NotAllowed when a character has no glyph, FileTrouble for the disk.
    """
    wanted = next((one for one in PRINTS if one.name == what), None)
    if wanted is None:
        raise NotFound(f"没有“{what}”这种打印件。", f"能打印的有：{'、'.join(one.name for one in PRINTS)}。")
    if wanted.number and not number:
        raise NotAllowed(f"打印{wanted.words}要写明{wanted.number}。", "不知道编号的，可以写标题里的几个字。")
    if out.suffix.lower() != wanted.suffix:
        raise NotAllowed(f"{wanted.words}要存成{wanted.suffix}文件，“{out.name}”不是。", "请改一下文件名的结尾。")
    with file.reading() as session:
        made = wanted.make(session, number)
    write_whole(out, made.content)
    if made.notice_id or made.meeting_id:
        _keep(file, made)
    if made.people:
        with file.writing("people.record_export") as session:
            what = f"{'打印' if out.suffix.lower() == '.pdf' else '导出'}{wanted.words.partition('（')[0]}"
            record_export(session, what=what, audience=made.audience.value, people=made.people)
    return made


def _keep(file: VillageFile, made: Made) -> None:
    preview = Preview(made.content)
    pages = len(preview)
    preview.close()
    stored = file.blobs.put(made.content)
    if made.meeting_id:
        with file.writing("meetings.record_meeting_print") as session:
            record_meeting_print(
                session, meeting_id=made.meeting_id, pdf_hash=stored, pages=pages, corrections=made.corrections
            )
        return
    with file.writing("notices.record_print") as session:
        record_print(session, notice_id=made.notice_id, pdf_hash=stored, pages=pages, purpose=made.purpose)
