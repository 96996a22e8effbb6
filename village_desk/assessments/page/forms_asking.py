"""What the page of assessments asks of forms: their lines, who rates, grades, steps, a copy; breaches of a list."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from village_desk.assessments import actions
from village_desk.assessments.lookups import BreachRow, FormRow
from village_desk.assessments.rules.forms import (
    EVIDENCE_WORDS,
    HOW_WORDS,
    KIND_WORDS,
    ROUNDING_WORDS,
    STEP_WORDS,
    TARGET_WORDS,
    TIES_WORDS,
    Form,
    Rounding,
    Target,
    Ties,
)
from village_desk.assessments.rules.typed import (
    STAGE_DOES,
    ballot_typed,
    band_cells,
    bands_typed,
    item_cells,
    items_typed,
    rater_cells,
    raters_typed,
    stages_typed,
)
from village_desk.points.rules.numbers import points_typed
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog

if TYPE_CHECKING:
    from village_desk.assessments.page.assessing import AssessmentsPage

_OPENS = (("", "不列整改"), ("yes", "填√的列入整改"), ("no", "填×的列入整改"))


class FormAsking:
    """Makes the dialogs of forms."""

    def __init__(self, page: "AssessmentsPage") -> None:
        self.page = page

    def lines(self, row: FormRow) -> AskDialog:
        """Name, place, whom it assesses, and every line."""
        form = row.form
        dialog = FieldsDialog(
            "考评内容",
            self.page,
            accept="保存",
            explain="种类和材料双击就能选；打分和按比例折分的，分值加起来等于100。已经开始的考评不变。",
            asks=(
                Ask("name", "名称(&M)", required=True, value=form.name),
                Ask("place", "哪里的(&P)", value=form.place, placeholder="同名的办法各地内容不同，写明是哪里的"),
                Ask("document", "文号(&W)", value=form.document),
                Ask("target", "考评谁(&S)", "choice", choices=_choices(TARGET_WORDS), value=form.target.value),
                Ask(
                    "items",
                    "逐项(&X)",
                    "rows",
                    heads=("大项", "内容", "种类", "分值", "材料"),
                    value=[item_cells(item) for item in form.items],
                    lines=8,
                    wide=1,
                    cells={2: tuple(KIND_WORDS.values()), 4: tuple(EVIDENCE_WORDS.values())},
                ),
                Ask("opens", "整改(&Z)", "choice", choices=_OPENS, value=form.opens_on),
                Ask("days", "整改几天(&T)", value=str(form.open_days), read=points_typed),
            ),
            width=900,
        )

        def made() -> Form:
            got = dialog.values()
            return dataclasses.replace(
                form,
                name=got["name"],
                place=got["place"],
                document=got["document"],
                target=Target(got["target"]),
                items=items_typed(got["items"], form.items),
                opens_on=got["opens"],
                open_days=got["days"],
            )

        return self._keep(dialog, row, made)

    def rating(self, row: FormRow) -> AskDialog:
        """Who rates with which weight, the ballot, the grades, the steps, rounding and ties."""
        form = row.form
        named = dict(form.stages)
        dialog = FieldsDialog(
            "评议、等次和步骤",
            self.page,
            accept="保存",
            explain="权重加起来等于100；怎么评、哪一步双击就能选。"
            "结果运用填表扬、通报、限期整改、组织谈话，可以几样。不要的步骤把名称空着。",
            asks=(
                Ask(
                    "raters",
                    "谁来评(&S)",
                    "rows",
                    heads=("谁评", "权重", "怎么评", "哪一步"),
                    value=[rater_cells(one) for one in form.raters],
                    lines=4,
                    wide=0,
                    cells={2: tuple(HOW_WORDS.values()), 3: tuple(STEP_WORDS.values())},
                ),
                Ask(
                    "ballot",
                    "测评票(&P)",
                    "rows",
                    heads=("档次", "一票折分"),
                    value=[[one.name, str(one.worth)] for one in form.ballot],
                    lines=4,
                    hint="算满意率的，满意的档次填100，其他填0；算优秀票比例的，只有优秀填100。",
                ),
                Ask(
                    "bands",
                    "等次(&D)",
                    "rows",
                    heads=("等次", "起点分", "结果运用", "几天内办"),
                    value=[band_cells(one) for one in form.bands],
                    lines=4,
                    wide=2,
                ),
                Ask(
                    "stages",
                    "步骤(&B)",
                    "rows",
                    heads=("做什么", "本地叫法"),
                    value=[[does, named.get(key, "")] for key, does in STAGE_DOES.items()],
                    fixed=1,
                    grows=False,
                ),
                Ask("rounding", "小数(&X)", "choice", choices=_choices(ROUNDING_WORDS), value=form.rounding.value),
                Ask("ties", "同分(&T)", "choice", choices=_choices(TIES_WORDS), value=form.ties.value),
            ),
            width=760,
        )

        def made() -> Form:
            got = dialog.values()
            return dataclasses.replace(
                form,
                raters=raters_typed(got["raters"]),
                ballot=ballot_typed(got["ballot"]),
                bands=bands_typed(got["bands"]),
                stages=stages_typed(got["stages"]),
                rounding=Rounding(got["rounding"]),
                ties=Ties(got["ties"]),
            )

        return self._keep(dialog, row, made)

    def _keep(self, dialog: AskDialog, row: FormRow, made: Callable[[], Form]) -> AskDialog:
        """A form of the village is changed; a shipped one is taken over with what was typed."""

        def keep(session: Any) -> str:
            if not row.id:
                return actions.add_form(session, form=made())
            actions.change_form(session, form_id=row.id, seen=row.seen, form=made())
            return row.id

        deed = "assessments.change_form" if row.id else "assessments.add_form"
        return self.page.writes(dialog, deed, keep, "模板已保存。", self.page.show_form)

    def copy(self, row: FormRow) -> AskDialog:
        """Begin a form from this one."""
        dialog = FieldsDialog(
            "复制模板",
            self.page,
            accept="复制",
            asks=(
                Ask("name", "新名称(&M)", required=True, value=row.form.name),
                Ask("place", "哪里的(&P)", value=self.page.here().village_name),
            ),
        )

        def keep(session: Any) -> str:
            name, place = dialog.value("name"), dialog.value("place")
            return actions.add_form(session, form=dataclasses.replace(row.form, name=name, place=place))

        return self.page.writes(dialog, "assessments.copy_form", keep, "已复制，可以修改。", self.page.show_form)

    def new(self) -> AskDialog:
        """A form of the village's own, from nothing."""
        return self.lines(FormRow("", "", 0, Form("", Target.VILLAGE), ()))

    def import_file(self) -> None:
        """Take forms in from a file that the township gave."""
        dialog = QFileDialog(self.page, "导入考评模板", "", "考评模板 (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.take_in(Path(chosen)))
        dialog.open()

    def take_in(self, path: Path) -> None:
        """Read a file of forms; one of the same name becomes a new version."""
        self.page.workplace.write(
            "assessments.import_forms",
            lambda session: actions.import_forms(session, content=path.read_bytes()),
            said=lambda ids: f"已导入{len(ids)}份模板。",
        )

    def breach(self, row: FormRow) -> AskDialog:
        """Somebody acted against a line of the negative list."""
        lines = [(str(at), item.text) for at, item in enumerate(row.form.items) if item.text]
        dialog = FieldsDialog(
            "登记违反负面清单",
            self.page,
            accept="登记",
            explain="登记以后还要认定；没有认定的不影响考核结果。",
            asks=(
                Ask("who", "谁(&S)", "find", True, choices=self.page.asking.people()),
                Ask("place", "哪一条(&X)", "choice", True, choices=lines),
                Ask("fact", "事实(&F)", required=True),
                Ask("source", "来源(&L)", required=True, placeholder="如：镇纪委通报；群众反映后核实"),
                self.page.asking.day("发生日期(&T)"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.note_breach(
                session,
                form_id=row.id,
                place=int(got["place"]),
                person_id=got["who"],
                fact=got["fact"],
                happened_on=got["day"],
                source=got["source"],
            )

        return self.page.writes(dialog, "assessments.note_breach", keep, "已登记，认定以后才影响考核结果。")

    def confirm(self, waiting: tuple[BreachRow, ...]) -> AskDialog:
        """Confirm a breach with what was decided."""
        dialog = FieldsDialog(
            "认定违反",
            self.page,
            accept="认定",
            explain="标了一票否决的，认定以后这名村干部当年的考核等次定为“否决”。",
            asks=(
                Ask(
                    "which",
                    "哪一件(&X)",
                    "choice",
                    True,
                    choices=[(one.id, f"{one.name}：{one.text}（{one.fact}）") for one in waiting],
                ),
                Ask("result", "处理结果(&J)", required=True, placeholder="如：镇纪委谈话提醒"),
                self.page.asking.day("认定日期(&T)"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.confirm_breach(session, breach_id=got["which"], on=got["day"], result=got["result"])

        return self.page.writes(dialog, "assessments.confirm_breach", keep, "已认定。")


def _choices(words: dict[Any, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key.value), name) for key, name in words.items())
