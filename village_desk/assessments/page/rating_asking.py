"""What raters gave, typed in: a filled sheet, a count of ballots, a total from above, a line that hit."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_desk.assessments import actions
from village_desk.assessments.actions import MarkLine
from village_desk.assessments.rules.forms import HITS, KIND_WORDS, WAY_WORDS, Rater, RaterHow, Way
from village_desk.assessments.rules.scoring import tenths_typed
from village_desk.assessments.rules.typed import answer_typed, answer_words, many_typed, ways_typed, whole_typed
from village_desk.kit.errors import NotAllowed
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog

if TYPE_CHECKING:
    from village_desk.assessments.page.assessing import AssessmentsPage


class RatingAsking:
    """Makes the dialogs in which judgements are typed."""

    def __init__(self, page: "AssessmentsPage") -> None:
        self.page = page

    def rate(self, name: str) -> AskDialog:
        """What one rater gave: a sheet, a count of ballots, or a total."""
        rater = next(one for one in self.page.asking.found.form.raters if one.name == name)
        makes: dict[RaterHow, Callable[[Rater], AskDialog]] = {
            RaterHow.SHEET: self._sheet,
            RaterHow.BALLOT: self._ballots,
            RaterHow.TOTAL: self._total,
        }
        return makes[rater.how](rater)

    def _sheet(self, rater: Rater) -> AskDialog:
        one, form = self.page.asking.subject, self.page.asking.found.form
        places = [at for at, item in enumerate(form.items) if item.kind not in HITS]
        values = []
        for at in places:
            item, row = form.items[at], one.mark_at(rater.name, at)
            worth = f"{item.most}分" if item.scored else KIND_WORDS[item.kind]
            ways = "".join(WAY_WORDS[Way(way)] for way in row.ways) if row else ""
            values.append(
                [item.text, worth, answer_words(item, row.mark) if row else "", ways, row.note if row else ""]
            )
        how = "打分的填分数（可带一位小数）；折分的填“满意票/有效票”，如43/50；对照的有填√、没有填×。还没看的空着。"
        dialog = FieldsDialog(
            f"录入{rater.name}：{one.name}",
            self.page,
            accept="录入",
            explain=f"{how}查看方式填听、看、查、走、访里的字。",
            asks=(
                self.page.asking.day(),
                Ask(
                    "rows",
                    "逐项(&X)",
                    "rows",
                    heads=("内容", "分值", "结果", "查看方式", "说明"),
                    value=values,
                    fixed=2,
                    grows=False,
                    lines=min(12, max(4, len(values))),
                ),
            ),
            width=900,
        )

        def keep(session: Any) -> int:
            lines = []
            for at, cells in zip(places, dialog.value("rows"), strict=True):
                mark = answer_typed(form.items[at], cells[2])
                if mark is not None:
                    ways, note = ways_typed(cells[3]), cells[4]
                    lines.append(MarkLine(at, mark.tenths, mark.yes, mark.good, mark.valid, ways, note))
            if not lines:
                raise NotAllowed("还没有填一项。", "请照收回的表逐项填写。")
            return actions.fill_sheet(
                session, subject_id=one.id, rater=rater.name, on=dialog.value("day"), lines=tuple(lines)
            )

        return self.page.writes(dialog, "assessments.fill_sheet", keep, lambda many: f"已录入{many}项。")

    def _ballots(self, rater: Rater) -> AskDialog:
        one, form = self.page.asking.subject, self.page.asking.found.form
        known = one.tally_of(rater.name)
        tally, where = (known.tally, known.occasion) if known is not None else (None, "")
        votes = tally.votes if tally is not None else ("",) * len(form.ballot)
        dialog = FieldsDialog(
            f"登记{rater.name}计票：{one.name}",
            self.page,
            accept="登记",
            explain="只登记票数，不登记谁投了什么票。收回的等于有效票加废票，各档次加起来等于有效票。",
            asks=(
                self.page.asking.day(),
                Ask("occasion", "在哪里测评(&H)", value=where, placeholder="如：村民代表会议"),
                Ask("issued", "发出(&F)", required=True, value=tally.issued if tally else "", read=many_typed),
                Ask("returned", "收回(&S)", required=True, value=tally.returned if tally else "", read=many_typed),
                Ask("invalid", "废票(&P)", required=True, value=tally.invalid if tally else "0", read=many_typed),
                Ask(
                    "votes",
                    "各档次票数(&D)",
                    "rows",
                    heads=("档次", "票数"),
                    value=[[grade.name, str(many)] for grade, many in zip(form.ballot, votes, strict=True)],
                    fixed=1,
                    grows=False,
                ),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            counted = tuple(whole_typed(cells[1], cells[0]) if cells[1] else 0 for cells in got["votes"])
            actions.count_ballots(
                session,
                subject_id=one.id,
                rater=rater.name,
                on=got["day"],
                issued=got["issued"],
                returned=got["returned"],
                invalid=got["invalid"],
                votes=counted,
                occasion=got["occasion"],
            )

        return self.page.writes(dialog, "assessments.count_ballots", keep, "计票已登记。")

    def _total(self, rater: Rater) -> AskDialog:
        one = self.page.asking.subject
        dialog = FieldsDialog(
            f"登记{rater.name}的总分：{one.name}",
            self.page,
            accept="登记",
            asks=(
                self.page.asking.day(),
                Ask("total", "总分(&F)", required=True, placeholder="如 88.5", read=tenths_typed),
            ),
        )

        def keep(session: Any) -> None:
            actions.give_total(
                session, subject_id=one.id, rater=rater.name, on=dialog.value("day"), tenths=dialog.value("total")
            )

        return self.page.writes(dialog, "assessments.give_total", keep, "总分已登记。")

    def hit(self) -> AskDialog:
        """A veto, 一律 or 必奖 line hit the subject."""
        one, form = self.page.asking.subject, self.page.asking.found.form
        lines = [
            (str(at), f"{KIND_WORDS[item.kind]}：{item.text}")
            for at, item in enumerate(form.items)
            if item.kind in HITS
        ]
        dialog = FieldsDialog(
            f"登记查实的事项：{one.name}",
            self.page,
            accept="登记",
            explain="一票否决的，不管多少分都排在最后，等次定为“否决”；一律处理、必奖的，出结果后列出来限期办。",
            asks=(
                Ask("place", "哪一项(&X)", "choice", True, choices=lines),
                Ask("fact", "事实(&S)", required=True),
                Ask("document", "依据(&Y)", required=True, placeholder="如：平纪〔2026〕3号通报"),
                self.page.asking.day("查实日期(&T)"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.note_hit(
                session,
                subject_id=one.id,
                place=int(got["place"]),
                fact=got["fact"],
                document=got["document"],
                on=got["day"],
            )

        return self.page.writes(dialog, "assessments.note_hit", keep, "已登记。")
