"""What a clerk does with duties and notices; each function is one intention and one transaction."""

from village_desk.notices.actions.asked import (
    add_priority,
    answer_inquiry,
    draft_priorities,
    drop_inquiry,
    drop_priority,
    note_inquiry,
    note_progress,
)
from village_desk.notices.actions.catalogue import (
    add_local_item,
    begin_reminders,
    choose_for_item,
    drop_local_item,
    leave_out,
    set_due_day,
    take_back_in,
)
from village_desk.notices.actions.drafts import (
    Published,
    discard_draft,
    draft_notice,
    edit_draft,
    give_number,
    mask_draft,
    publish,
)
from village_desk.notices.actions.duties import (
    add_duty,
    add_event_duties,
    apply_duty_again,
    open_item_duty,
    take_up_turn,
    waive_duty,
    waive_turn,
)
from village_desk.notices.actions.outside import (
    register_outside_sheet,
)
from village_desk.notices.actions.packs import (
    Imported,
    Installed,
    Move,
    drop_catalogue,
    import_catalogue,
    install_and_list_moves,
    look_at_catalogue,
)
from village_desk.notices.actions.review import (
    review_notice,
)
from village_desk.notices.actions.series import (
    holds_series,
)
from village_desk.notices.actions.settings import (
    add_board,
    drop_board,
    set_issuer,
)
from village_desk.notices.actions.settled import (
    archive_notice,
    draft_correction,
    note_approval,
    note_seal,
    note_seal_use,
    reply_to_review,
)
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
    "Imported",
    "Installed",
    "Move",
    "Posted",
    "Published",
    "add_board",
    "add_duty",
    "add_event_duties",
    "add_local_item",
    "add_priority",
    "answer_inquiry",
    "answer_objection",
    "apply_duty_again",
    "archive_notice",
    "begin_reminders",
    "choose_for_item",
    "discard_draft",
    "draft_correction",
    "draft_notice",
    "draft_priorities",
    "drop_board",
    "drop_catalogue",
    "drop_inquiry",
    "drop_local_item",
    "drop_priority",
    "edit_draft",
    "give_number",
    "holds_series",
    "import_catalogue",
    "install_and_list_moves",
    "leave_out",
    "look_at_catalogue",
    "mask_draft",
    "note_approval",
    "note_inquiry",
    "note_progress",
    "note_seal",
    "note_seal_use",
    "open_item_duty",
    "post",
    "publish",
    "put_date_right",
    "raise_objection",
    "record_damage",
    "record_print",
    "register_outside_sheet",
    "reply_to_review",
    "review_notice",
    "set_due_day",
    "set_issuer",
    "take_back_in",
    "take_down",
    "take_up_turn",
    "waive_duty",
    "waive_turn",
]
