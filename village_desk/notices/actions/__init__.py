"""What a clerk does with duties and notices; each function is one intention and one transaction."""

from village_desk.notices.actions.drafts import (
    Published,
    discard_draft,
    draft_notice,
    edit_draft,
    give_number,
    mask_draft,
    publish,
)
from village_desk.notices.actions.duties import add_duty, apply_duty_again, waive_duty
from village_desk.notices.actions.review import review_notice
from village_desk.notices.actions.series import holds_series
from village_desk.notices.actions.wall import (
    MAIN_BOARD,
    Posted,
    answer_objection,
    post,
    put_date_right,
    raise_objection,
    record_damage,
    record_print,
    take_down,
)

__all__ = [
    "MAIN_BOARD",
    "Posted",
    "Published",
    "add_duty",
    "answer_objection",
    "apply_duty_again",
    "discard_draft",
    "draft_notice",
    "edit_draft",
    "give_number",
    "holds_series",
    "mask_draft",
    "post",
    "publish",
    "put_date_right",
    "raise_objection",
    "record_damage",
    "record_print",
    "review_notice",
    "take_down",
    "waive_duty",
]
