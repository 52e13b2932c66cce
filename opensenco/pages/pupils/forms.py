"""Forms round a pupil."""

from django.utils.translation import gettext_lazy as _

from opensenco.ui.forms import Form, LongText


class ReasonForm(Form):
    """Why a colleague opens a record outside their duty."""

    reason = LongText(
        label=_("Why do you need to open this record today?"),
        help_text=_("The SENCO is told, and reads what you write."),
        max_length=500,
        rows=3,
    )
