"""Forms of the register of adjustments. None asks for a need or a diagnosis."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opensenco.support.operations.access import MOST_WORDS
from opensenco.support.states import AccessAim, Cost, Decided, ForWhom, Helped
from opensenco.ui.forms import Form, GovDateField, LongText, Segments, VersionedForm, Words

STATES = [
    ("", _("All that stands")),
    ("in-place", _("In place")),
    ("planned", _("Planned")),
    ("refused", _("Refused")),
    ("open", _("Not decided yet")),
    ("ended", _("Ended")),
]


class FilterForm(Form):
    """Which decisions are shown."""

    state = forms.ChoiceField(label=_("Show"), choices=STATES, required=False)
    whom = forms.ChoiceField(
        label=_("For whom"), choices=[("", _("For anybody")), *ForWhom.choices], required=False
    )
    aim = forms.ChoiceField(
        label=_("What for"), choices=[("", _("Anything")), *AccessAim.choices], required=False
    )


class DecisionForm(Form):
    """What is in the way, what is changed or was asked for, and what was decided and why."""

    for_whom = forms.ChoiceField(
        label=_("For whom is it?"),
        choices=[one for one in ForWhom.choices if one[0] != ForWhom.PUPIL],
        widget=forms.RadioSelect,
    )
    group = Words(
        label=_("Which group?"), max_length=200, required=False,
        help_text=_("Without names. For example: pupils who use a wheelchair."),
    )  # fmt: skip
    aim = forms.ChoiceField(
        label=_("What is made easier?"), choices=AccessAim.choices, widget=forms.RadioSelect
    )
    barrier = Words(
        label=_("What is in the way?"), max_length=500,
        help_text=_("The stair, the noise, the rule, the small print; not the pupil."),
    )  # fmt: skip
    words = LongText(label=_("What is changed, or was asked for?"), max_length=MOST_WORDS, rows=3)
    decided = forms.ChoiceField(
        label=_("What was decided?"), choices=Decided.choices, widget=Segments
    )
    decided_on = GovDateField(label=_("When was it decided?"), required=False)
    decided_by = Words(
        label=_("Who decided it?"), max_length=200, required=False,
        help_text=_("For example: the head, or the governing body."),
    )  # fmt: skip
    why = LongText(
        label=_("Why?"), max_length=MOST_WORDS, rows=3, required=False,
        help_text=_("A refusal always has a reason: what was weighed, and what else was tried."),
    )  # fmt: skip
    in_plan = forms.BooleanField(
        label=_("It is an action of our accessibility plan"), required=False
    )
    who = Words(label=_("Who sees to it?"), max_length=200, required=False)
    by = GovDateField(label=_("By when?"), required=False)
    cost = forms.ChoiceField(
        label=_("About what does it cost?"),
        choices=[("", _("Not known")), *Cost.choices],
        required=False,
    )
    starts = GovDateField(
        label=_("In place since"), required=False, help_text=_("Empty as long as it is not there.")
    )


class PupilDecisionForm(DecisionForm):
    """The same for one pupil: no part of a plan that names nobody."""

    for_whom = group = in_plan = None  # type: ignore[assignment]


class ChangeForm(DecisionForm, VersionedForm):
    """The same once it is kept: it stays for whom it is."""

    for_whom = group = None  # type: ignore[assignment]


class ChangePupilForm(PupilDecisionForm, VersionedForm):
    """The same once it is kept for one pupil."""


class HelpedForm(VersionedForm):
    """Whether a change helps, and whether it is over."""

    helped = forms.ChoiceField(
        label=_("Does it help?"),
        choices=[("", _("Nobody can say yet")), *Helped.choices],
        widget=Segments,
        required=False,
    )
    helped_words = LongText(
        label=_("How can anybody tell?"), max_length=MOST_WORDS, rows=3, required=False
    )
    ended_on = GovDateField(
        label=_("When did it end?"), required=False, help_text=_("Empty as long as it goes on.")
    )
    ended_reason = Words(label=_("Why did it end?"), max_length=500, required=False)


class ApprovedForm(Form):
    """When the accessibility plan was approved or reviewed, and by whom."""

    approved_on = GovDateField(label=_("When was it approved or reviewed?"))
    approved_by = Words(
        label=_("By whom?"), max_length=200, help_text=_("For example: the governing body.")
    )
    where = Words(
        label=_("Where can it be read?"), max_length=500, required=False,
        help_text=_("For example: the address of the page on your website."),
    )  # fmt: skip


class ErrorForm(VersionedForm):
    """Why a row should not be here."""

    reason = LongText(label=_("What was wrong?"), max_length=MOST_WORDS, rows=3)
