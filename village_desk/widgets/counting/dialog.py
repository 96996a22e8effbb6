"""The dialog of a count."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from village_desk.widgets.checks import judged
from village_desk.widgets.counting.fields import CountFields
from village_desk.widgets.counting.values import Asked, CountSheet
from village_desk.widgets.forms import align
from village_desk.widgets.tall import TallDialog


class CountDialog(TallDialog):
    """登记表决, or 更正表决 with the count that is wrong and why; `ways` are (key, words) as for CountFields."""

    def __init__(
        self,
        head: str,
        ways: Sequence[tuple[str, str]],
        sheet: CountSheet,
        parent: QWidget | None = None,
        *,
        secret: str,
        named: str,
    ) -> None:
        given = sheet.standing
        self._correcting = given is not None
        asked = Asked(named=named, read=sheet.read, sittings=sheet.sittings, written=sheet.written, joint=sheet.joint)
        super().__init__(
            head,
            parent,
            accept="更正表决" if self._correcting else "登记表决",
            width=620,
            explain="原来登记的数会留在记录里。" if self._correcting else "",
        )
        self.fields = CountFields(
            ways,
            secret=secret,
            present=sheet.present,
            unit=sheet.unit,
            judge=lambda values, details: [judged(one) for one in sheet.judge(values, details)],
            asked=asked,
        )
        self.reason = QLineEdit()
        if given is not None:
            self.fields.fill(given)
            self.form.add("reason", "更正原因(&Y)", self.reason, required=True, hint="例如“计票单看错一行”。")
            align(self.form, self.fields.form, *self.fields.forms)
        self.put(self.fields)

    def problems(self) -> dict[str, str]:
        """Numbers in every field, and a reason for a correction."""
        wrong = self.fields.problems()
        self.fields.tell(wrong)
        found = self.form.missing(reason=self.reason.text()) if self._correcting else {}
        if wrong:
            found[""] = "票数还没有填全。"
        return found
