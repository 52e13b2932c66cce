"""Forms that put right who is who. Each asks for a reason, which stays with what was done."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.cases.joining.questions import FIRST, SECOND
from opensenco.ui.forms import Form, GovDateField, LongText, VersionedForm, Words

#: between the lines of one side, in one answer
BETWEEN = " · "


class ReasonForm(Form):
    """Why."""

    reason = LongText(label=gettext_lazy("How do you know?"), max_length=500, rows=3)


class JoinForm(ReasonForm):
    """What two records say differently: of each thing one answer is chosen."""

    #: the versions of both records that were read
    both = Words(label="", max_length=24, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        for one in questions:
            self.fields[one.code] = forms.ChoiceField(
                label=one.title,
                choices=[(FIRST, BETWEEN.join(one.first)), (SECOND, BETWEEN.join(one.second))],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the two: %(what)s.") % {"what": one.title}
                },
            )
        self.order_fields([*(one.code for one in questions), "reason", "both"])


class PartForm(Form):
    """Why two records are two children, and whose is what was written since."""

    to_other = forms.MultipleChoiceField(
        label=gettext_lazy("What belongs to the other child?"),
        help_text=gettext_lazy("What you leave out stays with the record that went on."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = LongText(
        label=gettext_lazy("How do you know that they are two children?"), max_length=500, rows=3
    )

    def __init__(self, *args: Any, written: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to_other"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = list(written)
        if not written:
            del self.fields["to_other"]


class FirstDayForm(VersionedForm):
    """The first day on the roll."""

    joined_on = GovDateField(label=gettext_lazy("First day on the roll"), required=False)
    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=500, rows=3)


class PartOfSchoolForm(VersionedForm):
    """Which part of the school."""

    part = forms.ChoiceField(label=gettext_lazy("Part of the school"), required=False)
    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=500, rows=3)

    def __init__(self, *args: Any, parts: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("No part")), *((str(one.ref), one.name) for one in parts)]


class ErrorForm(VersionedForm):
    """What was wrong with a row."""

    reason = LongText(label=gettext_lazy("What was wrong?"), max_length=500, rows=3)


class PutBackForm(Form):
    """Who is put back on the record."""

    pupil = forms.ChoiceField(
        label=gettext_lazy("Put back on the record"), widget=forms.RadioSelect
    )
    reason = LongText(label=gettext_lazy("Why?"), max_length=500, rows=2)

    def __init__(self, *args: Any, rows: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["pupil"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(str(row.ref), row.register_name) for row in rows]
