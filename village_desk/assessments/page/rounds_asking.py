"""What the page of assessments asks in a round: who, the four, reports, sheets, ballots, hits, the result."""

from typing import TYPE_CHECKING, Any

from village_desk.assessments import actions, lookups
from village_desk.assessments.lookups import AssessmentDetail, SubjectResult
from village_desk.assessments.rules.forms import Target
from village_desk.assessments.rules.running import DIRECTIONS, FOUR_WORDS
from village_desk.assessments.rules.scoring import points_words, tenths_typed
from village_desk.assessments.rules.typed import many_typed
from village_desk.kit.errors import NotAllowed
from village_desk.points.lookups import candidates, subjects
from village_desk.points.rules.numbers import points_typed
from village_desk.points.rules.sets import SubjectKind
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

if TYPE_CHECKING:
    from village_desk.assessments.page.assessing import AssessmentsPage


class RoundAsking:
    """Makes the dialogs of a round; each writes one act when it is answered."""

    def __init__(self, page: "AssessmentsPage") -> None:
        self.page = page

    @property
    def found(self) -> AssessmentDetail:
        """The round at hand."""
        assert self.page.found is not None
        return self.page.found

    @property
    def subject(self) -> SubjectResult:
        """The subject at hand."""
        found = self.page.subject_at_hand()
        if found is None:
            raise NotAllowed("还没有考评对象。", "请先点“加对象”。")
        return found

    def day(self, words: str = "日期(&T)") -> Ask:
        """A field for a day, today at first."""
        return Ask("day", words, "day", True, value=self.page.today(), today=self.page.today())

    def people(self) -> tuple[Choice, ...]:
        """Everybody, holders of posts first."""
        today = self.page.today()
        return self.page.workplace.read(lambda session: candidates(session, on=today))

    def targets(self, target: Target) -> tuple[Choice, ...]:
        """Whom a round can assess."""
        if target is Target.PERSON:
            return self.people()
        kind = SubjectKind.HOUSEHOLD if target is Target.HOUSEHOLD else SubjectKind.ORGANISATION
        found = self.page.workplace.read(lambda session: subjects(session, kind))
        return tuple((each.id, f"{each.group} {each.name}".strip()) for each in found)

    def open_round(self) -> AskDialog:
        """Open a round by a form that is filled in."""
        rows = [row for row in self.page.workplace.read(lookups.forms) if not row.blanks and not row.form.negative_list]
        choices = [(row.id or f"+{at}", row.form.whole_name) for at, row in enumerate(rows)]
        dialog = FieldsDialog(
            "开一次考评",
            self.page,
            accept="开始",
            explain="只列已经填好的模板。没有填好的，请先到“模板”里照本地文件填。开始以后，这一次就照现在的模板办。",
            asks=(
                Ask("form", "模板(&M)", "choice", True, choices=choices),
                Ask("year", "年度(&N)", required=True, value=str(self.page.today().year), read=points_typed),
                Ask("title", "名称(&C)", placeholder="不填就用年度加模板名称"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            form_id = got["form"]
            if form_id.startswith("+"):
                form_id = actions.add_form(session, form=rows[int(form_id[1:])].form)
            return actions.open_assessment(session, form_id=form_id, year=got["year"], title=got["title"])

        return self.page.writes(dialog, "assessments.open_assessment", keep, "已开始。", self.page.open_record)

    def add_subjects(self) -> AskDialog:
        """Let bodies, persons or households be assessed."""
        known = {one.subject_id for one in self.found.subjects}
        lines = [one for one in self.targets(self.found.form.target) if one[0] not in known]
        dialog = FieldsDialog(
            "加考评对象", self.page, accept="加上", asks=(Ask("who", "对象(&D)", "ticks", True, choices=lines),)
        )
        round_id = self.found.row.id

        def keep(session: Any) -> int:
            return actions.add_subjects(session, round_id=round_id, subject_ids=dialog.value("who"))

        return self.page.writes(dialog, "assessments.add_subjects", keep, lambda many: f"已加上{many}个对象。")

    def fix_four(self) -> AskDialog:
        """四定."""
        keys = ("plan", "way", "matter", "demands")
        dialog = FieldsDialog(
            "四定",
            self.page,
            accept="保存",
            explain="方案、方式、内容、要求都定好了，才能开始测评；没想好的可以先空着。",
            asks=tuple(
                Ask(key, f"{words}(&{at})", value=held)
                for at, (key, words, held) in enumerate(zip(keys, FOUR_WORDS, self.found.four, strict=True), start=1)
            ),
            width=680,
        )
        round_id = self.found.row.id

        def keep(session: Any) -> None:
            actions.fix_four(session, round_id=round_id, **dialog.values())

        return self.page.writes(dialog, "assessments.fix_four", keep, "已保存。")

    def set_group(self) -> AskDialog:
        """The group that assesses, the kick-off, the order, the period, and what the report says."""
        found = self.found
        dialog = FieldsDialog(
            "考评组和报告",
            self.page,
            accept="保存",
            asks=(
                Ask("members", "考评组成员(&Z)", value="、".join(found.members), placeholder="用顿号隔开"),
                Ask("kickoff", "动员会日期(&D)", "day", value=found.kickoff_on, today=self.page.today()),
                Ask("notice", "依据文号(&W)", value=found.notice_no, placeholder="如：平党发〔2026〕8号"),
                Ask("period", "考评期间(&Q)", value=found.period, placeholder="如：2026年1月至12月"),
                Ask("summary", "工作情况(&G)", value=found.summary, hint="写进考评报告。"),
            ),
            width=680,
        )
        round_id = found.row.id

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.set_group(
                session,
                round_id=round_id,
                members=tuple(got["members"].replace("，", "、").split("、")),
                kickoff_on=got["kickoff"],
                notice_no=got["notice"],
                period=got["period"],
                summary=got["summary"],
            )

        return self.page.writes(dialog, "assessments.set_group", keep, "已保存。")

    def sign_letter(self) -> AskDialog:
        """A letter of responsibility was signed."""
        dialog = FieldsDialog(
            "登记签订",
            self.page,
            accept="登记",
            asks=(
                Ask("by", "和谁签的(&S)", required=True, value=self.found.given_by, placeholder="如：平安镇党委"),
                self.day("签订日期(&T)"),
            ),
        )
        round_id = self.found.row.id

        def keep(session: Any) -> None:
            actions.sign_letter(session, round_id=round_id, given_by=dialog.value("by"), on=dialog.value("day"))

        return self.page.writes(dialog, "assessments.sign_letter", keep, "已登记签订。")

    def report(self) -> AskDialog:
        """Somebody reported on the year's work; without a round it stands for itself."""
        found = self.page.found if self.page.in_rounds() else None
        at = self.page.subject_at_hand() if found is not None else None
        who = at.subject_id if at is not None and at.target is Target.PERSON else ""
        year = found.row.year if found is not None else self.page.today().year
        dialog = FieldsDialog(
            "登记述职",
            self.page,
            accept="登记",
            explain="村党组织书记每年两个方向都要述职：向上级，向党员大会。",
            asks=(
                Ask("who", "谁述职(&S)", "find", True, choices=self.people(), value=who),
                Ask("direction", "方向(&F)", "choice", True, choices=tuple(DIRECTIONS.items()), value="members"),
                Ask("year", "年度(&N)", required=True, value=str(year), read=points_typed),
                Ask("audience", "在哪里述职(&H)", required=True, placeholder="如：党员大会；平安镇党委述职会"),
                self.day(),
                Ask("words", "述职报告(&B)", placeholder="报告要点，全文可以作为材料附上"),
            ),
            width=640,
        )
        round_id = found.row.id if found is not None else ""

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.record_report(
                session,
                person_id=got["who"],
                year=got["year"],
                direction=got["direction"],
                reported_on=got["day"],
                audience=got["audience"],
                words=got["words"],
                round_id=round_id,
            )

        return self.page.writes(dialog, "assessments.record_report", keep, "述职已登记。")

    def close(self) -> AskDialog:
        """Fix the result."""
        found = self.found
        lacking = "、".join(one.words for one in found.unproved[:4])
        told = f"没有材料的：{lacking}{'等' if len(found.unproved) > 4 else ''}。" if found.unproved else ""
        asks = [
            self.day("定结果的日期(&T)"),
            Ask("by", "谁定的(&S)", required=True, placeholder="如：平安镇考核工作组"),
        ]
        if found.unproved:
            asks.append(Ask("why", "没有材料的原因(&Y)", hint="写“没有材料不算”的项目要先附上材料。"))
        dialog = FieldsDialog(
            "登记结果",
            self.page,
            accept="登记结果",
            explain=f"{told}登记以后评分不能再改；低等次、查出的问题会列进整改，要公示的会列进今天要办。",
            asks=asks,
            width=640,
        )
        round_id = found.row.id

        def keep(session: Any) -> int:
            got = dialog.values()
            return actions.close_assessment(
                session, round_id=round_id, on=got["day"], decided_by=got["by"], why_unproved=got.get("why", "")
            )

        return self.page.writes(
            dialog, "assessments.close_assessment", keep, lambda many: f"结果已登记，有{many}项要接着办。"
        )

    def receive(self) -> AskDialog:
        """Type in the result that came from above."""
        one = self.subject
        given = one.received
        dialog = FieldsDialog(
            f"登记上级评定：{one.name}",
            self.page,
            accept="登记",
            explain="上级评定的结果照通知登记，登记后以它为准。",
            asks=(
                Ask("grade", "等次(&D)", value=given.grade if given else ""),
                Ask(
                    "score",
                    "得分(&F)",
                    value=points_words(given.tenths) if given and given.tenths is not None else "",
                    read=tenths_typed,
                ),
                Ask("rank", "名次(&M)", value=given.rank if given and given.rank else "", read=many_typed),
                Ask("by", "评定单位(&P)", required=True, value=given.by if given else "", placeholder="如：平安镇党委"),
                Ask("document", "文号(&W)", required=True, value=given.document if given else ""),
                self.day("评定日期(&T)"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.receive_result(
                session,
                subject_id=one.id,
                grade=got["grade"],
                on=got["day"],
                decided_by=got["by"],
                document=got["document"],
                tenths=got["score"] if got["score"] != "" else None,
                rank=got["rank"] or None,
            )

        return self.page.writes(dialog, "assessments.receive_result", keep, "上级评定已登记。")

    def link(self, of_table: str, of_id: str) -> AskDialog:
        """Let a record that is there already prove a line."""
        choices = self.page.workplace.read(lookups.proof_choices)
        dialog = FieldsDialog(
            "关联已有的记录",
            self.page,
            accept="关联",
            explain="已经登记过的会议、公示、决策和材料，选上就行，不用再附一次。",
            asks=(Ask("proof", "哪一条(&X)", "find", True, choices=choices),),
            width=640,
        )

        def keep(session: Any) -> None:
            key = dialog.value("proof")
            table, _, record_id = key.partition(" ")
            actions.link_record(
                session,
                of_table=of_table,
                of_id=of_id,
                table=table,
                record_id=record_id,
                words=dict(choices)[key],
            )

        return self.page.writes(dialog, "assessments.link_record", keep, "已关联。")
