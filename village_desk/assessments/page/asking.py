"""What the page of stars asks: the stations of a round, a revocation, a certificate, a result that others gave."""

import dataclasses
from typing import TYPE_CHECKING, Any

from village_desk.assessments import actions, lookups, printout
from village_desk.assessments.lookups import EntryRow, RoundDetail
from village_desk.assessments.rules.stars import Star
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.points.lookups import candidates, subjects
from village_desk.points.rules.numbers import points_typed
from village_desk.points.rules.sets import SubjectKind
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

if TYPE_CHECKING:
    from village_desk.assessments.page.stars import StarsPage

_YES = frozenset("√✓1是得星")


class StarsAsking:
    """Makes the dialogs of the page; each writes one act when it is answered."""

    def __init__(self, page: "StarsPage") -> None:
        self.page = page

    @property
    def found(self) -> RoundDetail:
        """The round at hand."""
        assert self.page.found is not None
        return self.page.found

    def people(self) -> tuple[Choice, ...]:
        """Everybody who can judge."""
        today = self.page.today()
        return self.page.workplace.read(lambda session: candidates(session, on=today))

    def day(self, words: str = "日期(&T)") -> Ask:
        """A field for a day, today at first."""
        return Ask("day", words, "day", True, value=self.page.today(), today=self.page.today())

    def open_round(self) -> AskDialog:
        """Open a round by a set that is there, or by a shipped one with its stars and standards."""
        kept = self.page.workplace.read(lookups.star_sets)
        shipped = lookups.shipped_star_sets()
        names = {row.rules.name for row in kept}
        choices = [(row.id, row.rules.name) for row in kept]
        choices += [(f"+{at}", f"{one.name}（示例）") for at, one in enumerate(shipped) if one.name not in names]
        dialog = FieldsDialog(
            "开新一轮星级评定",
            self.page,
            accept="开始",
            explain="示例只有星的名称，评定标准请经村里讨论确定后填写。星级只作评优参考，不自动带来任何待遇。",
            asks=(
                Ask("set", "办法(&B)", "choice", True, choices=choices),
                Ask("year", "年度(&N)", required=True, value=str(self.page.today().year), read=points_typed),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            set_id = got["set"]
            if set_id.startswith("+"):
                set_id = actions.add_star_set(session, rules=shipped[int(set_id[1:])])
            return actions.open_round(session, set_id=set_id, year=got["year"])

        return self.page.writes(dialog, "assessments.open_round", keep, "已开新一轮。", self.page.show_round)

    def standards(self) -> AskDialog:
        """Change the stars and standards of the set; rounds that are open keep theirs."""
        row = next(each for each in self.page.workplace.read(lookups.star_sets) if each.id == self.found.row.set_id)
        dialog = FieldsDialog(
            "星级办法",
            self.page,
            accept="保存",
            asks=(
                Ask("name", "名称(&M)", required=True, value=row.rules.name),
                Ask(
                    "stars",
                    "星(&X)",
                    "rows",
                    heads=("星的名称", "评定标准"),
                    value=[[star.name, star.standard] for star in row.rules.stars],
                ),
                Ask("least", "几颗星算评上(&L)", value=str(row.rules.least), read=points_typed),
                Ask("days", "公示几天(&G)", value=str(row.rules.publish_days), read=points_typed),
                Ask("barred", "摘星后几年不能参评(&Z)", value=str(row.rules.barred_years), read=points_typed),
            ),
            width=720,
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            rules = dataclasses.replace(
                row.rules,
                name=got["name"],
                stars=tuple(Star(cells[0], cells[1]) for cells in got["stars"]),
                least=got["least"],
                publish_days=got["days"],
                barred_years=got["barred"],
            )
            actions.change_star_set(session, set_id=row.id, seen=row.seen, rules=rules)

        return self.page.writes(dialog, "assessments.change_star_set", keep, "星级办法已保存，下一轮起用。")

    def mobilise(self) -> AskDialog:
        """The round was made known."""
        dialog = FieldsDialog("登记动员发动", self.page, accept="登记", asks=(self.day("动员会日期(&T)"),))
        round_id = self.found.row.id

        def keep(session: Any) -> None:
            actions.mobilise(session, round_id=round_id, on=dialog.value("day"))

        return self.page.writes(dialog, "assessments.mobilise", keep, "已登记动员发动。")

    def join(self) -> AskDialog:
        """Households take part."""
        homes = self.page.workplace.read(lambda session: subjects(session, SubjectKind.HOUSEHOLD))
        known = {row.household_id for row in self.found.entries if row.joined}
        lines = [(one.id, f"{one.group} {one.name}".strip()) for one in homes if one.id not in known]
        dialog = FieldsDialog(
            "登记参评户",
            self.page,
            accept="登记",
            explain="被摘星、还没到期的户不能参评，会说明到哪一天。",
            asks=(Ask("homes", "参评户(&H)", "ticks", True, choices=lines, value=[one for one, _ in lines]),),
        )
        round_id = self.found.row.id

        def keep(session: Any) -> tuple[str, ...]:
            return actions.join_round(session, round_id=round_id, household_ids=dialog.value("homes"))

        return self.page.writes(
            dialog, "assessments.join_round", keep, lambda left: f"已登记参评。{left[0] if left else ''}"
        )

    def rate_own(self) -> AskDialog:
        """Type self-ratings back."""
        rows = [row for row in self.found.entries if row.joined]
        dialog = self._rating("录入自评", rows, lambda row: row.own, judges=False)
        round_id = self.found.row.id

        def keep(session: Any) -> int:
            got = dialog.values()
            return actions.rate_own(session, round_id=round_id, on=got["day"], rows=self._read(rows, got["rows"]))

        return self.page.writes(dialog, "assessments.rate_own", keep, lambda many: f"已录入{many}户自评。")

    def rate_mutually(self) -> AskDialog:
        """Type back what a meeting of neighbours gave."""
        rows = [row for row in self.found.entries if row.joined and row.own]
        dialog = self._rating("录入互评", rows, lambda row: row.mutual, judges=True)
        round_id = self.found.row.id

        def keep(session: Any) -> tuple[str, ...]:
            got = dialog.values()
            return actions.rate_mutually(
                session,
                round_id=round_id,
                on=got["day"],
                judges=got["judges"],
                rows=self._read(rows, got["rows"]),
            )

        return self.page.writes(
            dialog, "assessments.rate_mutually", keep, lambda left: f"互评已录入。{left[0] if left else ''}"
        )

    def recognise(self) -> AskDialog:
        """Recognise the round."""
        dialog = FieldsDialog(
            "登记认定",
            self.page,
            accept="认定",
            explain="按互评结果认定；参评户都要有自评和互评。认定后要公示，不能再改评分。",
            asks=(
                self.day("认定日期(&T)"),
                Ask("by", "哪次会认定的(&H)", required=True, placeholder="如：9月10日村“两委”会议"),
            ),
        )
        round_id = self.found.row.id

        def keep(session: Any) -> int:
            got = dialog.values()
            return actions.recognise(session, round_id=round_id, on=got["day"], decided_by=got["by"])

        return self.page.writes(dialog, "assessments.recognise", keep, lambda many: f"已认定{many}户，请张贴公示。")

    def post(self) -> AskDialog:
        """The result hangs on the wall."""
        days = self.found.rules.publish_days
        dialog = FieldsDialog(
            "登记公示",
            self.page,
            accept="登记公示",
            explain=f"认定结果公示{days}天，只列户主和星级。",
            asks=(self.day("张贴日期(&T)"),),
        )
        round_id = self.found.row.id

        def keep(session: Any) -> None:
            actions.post_round(session, round_id=round_id, on=dialog.value("day"))

        return self.page.writes(dialog, "assessments.post_round", keep, "已登记公示。")

    def award(self) -> AskDialog:
        """Give the plaques."""
        dialog = FieldsDialog("登记授牌", self.page, accept="授牌", asks=(self.day("授牌日期(&T)"),))
        round_id = self.found.row.id

        def keep(session: Any) -> int:
            return actions.award(session, round_id=round_id, on=dialog.value("day"))

        return self.page.writes(dialog, "assessments.award", keep, lambda many: f"已授牌{many}户。")

    def revoke(self) -> AskDialog:
        """Take stars away."""
        years = self.found.rules.barred_years
        dialog = FieldsDialog(
            "摘星",
            self.page,
            accept="摘星",
            explain=f"摘星后{years}年内不能参评。摘星名单不上墙。",
            asks=(
                self.day("摘星日期(&T)"),
                Ask("reason", "理由(&L)", required=True),
                Ask("by", "哪次会定的(&H)", required=True),
            ),
        )
        round_id, home = self.found.row.id, self.page.at_hand()

        def keep(session: Any) -> Any:
            got = dialog.values()
            return actions.revoke(
                session,
                round_id=round_id,
                household_id=home,
                on=got["day"],
                reason=got["reason"],
                decided_by=got["by"],
            )

        return self.page.writes(
            dialog, "assessments.revoke", keep, lambda until: f"已摘星，到{chinese_date(until)}才能再参评。"
        )

    def certificate(self) -> AskDialog:
        """Keep for what a rating is shown, and print the certificate."""
        home = self.page.at_hand()
        rating = self.page.workplace.read(lambda s: lookups.rating_of_household(s, household_id=home))
        dialog = FieldsDialog(
            "打印星级证明",
            self.page,
            accept="登记并打印",
            explain="证明只作评优参考，不能用来决定法律规定的任何待遇。",
            asks=(
                Ask("who", "谁申请(&S)", "find", True, choices=self.people()),
                Ask("used", "用在哪里(&Y)", required=True, placeholder="如：推荐道德模范"),
            ),
        )
        names, day = dict(self.people()), self.page.today()

        def keep(session: Any) -> str:
            got = dialog.values()
            if rating is None:
                raise NotAllowed("这一户现在没有星级。", "公示期满以后才能开证明。")
            return actions.record_use(session, household_id=home, person_id=got["who"], used_for=got["used"], on=day)

        def show(_made: str) -> None:
            got = dialog.values()
            person = names.get(got["who"], "").partition("（")[0]
            assert rating is not None
            self.page.print_sheet(
                "星级文明户证明",
                lambda: printout.certificate(rating, person=person, used_for=got["used"], day=chinese_date(day)),
            )

        return self.page.writes(dialog, "assessments.record_use", keep, "已登记用途。", show)

    def receive(self) -> AskDialog:
        """Enter a result that others gave."""
        dialog = FieldsDialog(
            "登记上级评定",
            self.page,
            accept="登记",
            explain="书记星级、先进村由乡镇或县里评定，村里照文件登记。",
            asks=(
                Ask(
                    "kind",
                    "种类(&Z)",
                    "choice",
                    choices=(("secretary", "书记星级"), ("cadre", "村干部星级"), ("village", "先进村")),
                ),
                Ask("person", "谁(&S)", "find", choices=(("", "（先进村不用填）"), *self.people())),
                Ask("title", "称号(&C)", placeholder="先进村填称号"),
                Ask("stars", "几颗星(&X)", value="0", read=points_typed),
                Ask("grade", "年度考核(&K)", placeholder="如：优秀"),
                Ask("merits", "奖惩情况(&J)"),
                self.day("评定日期(&T)"),
                Ask("by", "评定单位(&D)", required=True, placeholder="如：平安镇党委"),
                Ask("document", "文号(&W)", placeholder="如：平安党发〔2026〕2号"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            village = got["kind"] == "village"
            return actions.receive_star(
                session,
                kind=got["kind"],
                person_id="" if village else got["person"],
                title=got["title"],
                stars=0 if village else got["stars"] or 0,
                grade=got["grade"],
                merits=got["merits"],
                decided_on=got["day"],
                decided_by=got["by"],
                document=got["document"],
            )

        return self.page.writes(dialog, "assessments.receive_star", keep, "上级评定已登记。")

    def _rating(self, title: str, rows: list[EntryRow], known: Any, *, judges: bool) -> FieldsDialog:
        scored = self.found.rules.scored
        values = []
        for row in rows:
            held = known(row)
            cells = [str(each) if scored else "√" if each else "" for each in held] or [
                "" for _ in self.found.rules.stars
            ]
            values.append([row.group, row.name, *cells])
        asks = [self.day("日期(&T)")]
        if judges:
            asks.append(Ask("judges", "评议人(&R)", "ticks", True, choices=self.people()))
        asks.append(
            Ask(
                "rows",
                "星(&X)",
                "rows",
                heads=("组别", "户主", *(_two_lines(star.name) for star in self.found.rules.stars)),
                value=values,
                fixed=2,
                grows=False,
            )
        )
        how = "每颗星填0到100的分数。" if scored else "得星的填 √ 或 1，不得的空着；一颗也没有的填一个0，全空的户不录。"
        return FieldsDialog(title, self.page, accept="录入", explain=f"照收回的表逐行录入。{how}", asks=asks, width=980)

    def _read(self, rows: list[EntryRow], typed: list[list[str]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        scored = self.found.rules.scored
        found = []
        for row, cells in zip(rows, typed, strict=True):
            if not any(cells[2:]):
                continue
            if scored:
                values = tuple(points_typed(cell) if cell else 0 for cell in cells[2:])
            else:
                values = tuple(int(bool(cell) and cell[0] in _YES) for cell in cells[2:])
            found.append((row.household_id, values))
        if not found:
            raise NotAllowed("还没有填一颗星。", "请照表逐行填写。")
        return tuple(found)


def _two_lines(name: str) -> str:
    """A star over a narrow column: 爱党 above 爱国."""
    plain = name.removesuffix("星")
    return f"{plain[:2]}\n{plain[2:]}" if len(plain) > 2 else plain
