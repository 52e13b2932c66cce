"""Forms of a thread: a message, the same in other words, and that one was a mistake."""

from django.utils.translation import gettext_lazy as _

from opensenco.threads.operations.writing import LONGEST
from opensenco.ui.forms import Form, LongText, VersionedForm


class MessageForm(Form):
    """One short message."""

    words = LongText(label=_("Your message"), max_length=LONGEST, rows=3)


class CorrectForm(VersionedForm):
    """A message in other words."""

    words = LongText(
        label=_("Your message"),
        help_text=_("The words before stay in the history, and everybody reads it anew."),
        max_length=LONGEST,
        rows=4,
    )


class ErrorForm(VersionedForm):
    """Why a message was a mistake."""

    reason = LongText(
        label=_("What was wrong?"),
        help_text=_("For example, it was about another pupil. The words are shown to nobody then."),
        max_length=500,
        rows=2,
    )
