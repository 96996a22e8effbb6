"""What the page of notices asks: wording, review, number, posting, damage, taking down, a wrong date, an objection."""

from village_desk.notices.dialogs.drafting import (
    DraftAnswer,
    DraftDialog,
    PublishAnswer,
    PublishDialog,
    ReviewAnswer,
    ReviewDialog,
)
from village_desk.notices.dialogs.wall import (
    AnswerDialog,
    DamageAnswer,
    DamageDialog,
    ObjectionAnswer,
    ObjectionDialog,
    PostAnswer,
    PostDialog,
    ReasonDialog,
    SlipAnswer,
    SlipDialog,
    TakeDownAnswer,
    TakeDownDialog,
)

__all__ = [
    "AnswerDialog",
    "DamageAnswer",
    "DamageDialog",
    "DraftAnswer",
    "DraftDialog",
    "ObjectionAnswer",
    "ObjectionDialog",
    "PostAnswer",
    "PostDialog",
    "PublishAnswer",
    "PublishDialog",
    "ReasonDialog",
    "ReviewAnswer",
    "ReviewDialog",
    "SlipAnswer",
    "SlipDialog",
    "TakeDownAnswer",
    "TakeDownDialog",
]
