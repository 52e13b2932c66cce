"""Forms of the school's own fields. None of them is a place for a diagnosis."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from opensenco.support.field_kinds import (
    LEAST_NUMBER,
    MOST_HELP,
    MOST_LINE,
    MOST_NAME,
    MOST_NUMBER,
    MOST_TEXT,
    FieldKind,
)
from opensenco.support.field_roles import may_fill, may_see
from opensenco.support.operations.own_values import name_of
from opensenco.ui.forms import (
    Form,
    GovDateField,
    LongText,
    Segments,
    Version,
    VersionedForm,
    WholeNumber,
    Words,
    speak,
)
from opensenco.ui.language import spoken as _

NOT_SAID = gettext_lazy("Not said")


class FieldForm(Form):
    """A field of the school's own: what it is called, what it offers, and to whom it is open."""

    name = Words(
        label=gettext_lazy("Name of the field"),
        help_text=gettext_lazy(
            "Such as “Travels by taxi” or “Locker number”. A field is no place for a diagnosis, "
            "and none for what the safeguarding lead alone should read."
        ),
        max_length=MOST_NAME,
    )
    help_text = Words(
        label=gettext_lazy("A hint for who fills it in"), max_length=MOST_HELP, required=False
    )
    choices = LongText(
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy(
            "For a list alone: one on each line. A choice that you take out is offered no more, "
            "and pupils who have it keep it."
        ),
        max_length=2_000,
        rows=5,
        required=False,
    )
    on_register = forms.BooleanField(
        label=gettext_lazy("Show it as a column of the register, and filter by it"), required=False
    )
    sees = forms.MultipleChoiceField(
        label=gettext_lazy("Who else may see it?"),
        help_text=gettext_lazy(
            "SENCOs and those who answer for the school see and fill in every field. Others see "
            "it for pupils whose page they may open, and for nobody else."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fills = forms.MultipleChoiceField(
        label=gettext_lazy("Who else may fill it in?"),
        help_text=gettext_lazy("Who fills it in sees it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, senco_word: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, roles in (("sees", may_see()), ("fills", may_fill())):
            offered = [(code, role.label(senco_word)) for code, role in roles.items()]
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class NewFieldForm(FieldForm):
    """A new field: its kind is chosen once."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What does it hold?"),
        help_text=gettext_lazy("This cannot be changed later."),
        choices=FieldKind.choices,
        widget=forms.RadioSelect,
    )
    field_order = ("name", "kind", "choices", "help_text", "on_register", "sees", "fills")


class ChangeFieldForm(FieldForm, VersionedForm):
    """A change to a field."""

    field_order = ("name", "choices", "help_text", "on_register", "sees", "fills")

    def __init__(self, *args: Any, is_list: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_list:
            del self.fields["choices"]


class FillForm(Form):
    """What the school's own fields hold of one pupil; none has to be filled in."""

    version = Version()

    def __init__(self, *args: Any, own: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = list(own)
        for one in self.own:
            field = _field_of(one)
            speak(field)
            self.fields[name_of(one.field)] = field

    def given(self) -> dict[str, Any]:
        """Give what was said, by the reference of the field."""
        return {str(one.field.ref): self._said(one.field) for one in self.own}

    def _said(self, field: Any) -> Any:
        value = self.cleaned_data[name_of(field)]
        if field.kind == FieldKind.YES_NO:
            return {"yes": True, "no": False}.get(value)
        return value


def _field_of(one: Any) -> forms.Field:
    """Give the field of a form for a field of the school's own."""
    own = one.field
    kind, said = FieldKind(own.kind), {
        "label": own.name, "help_text": own.help_text, "required": False,
    }  # fmt: skip
    if kind is FieldKind.LINE:
        return Words(max_length=MOST_LINE, **said)
    if kind is FieldKind.TEXT:
        return LongText(max_length=MOST_TEXT, rows=3, **said)
    if kind is FieldKind.DATE:
        return GovDateField(**said)
    if kind is FieldKind.NUMBER:
        return WholeNumber(min_value=LEAST_NUMBER, max_value=MOST_NUMBER, **said)
    if kind is FieldKind.YES_NO:
        answers = [("", NOT_SAID), ("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(choices=answers, widget=Segments, **said)
    offered = [(str(choice.ref), choice.label) for choice in one.offered]
    if kind is FieldKind.CHOICE:
        return forms.ChoiceField(choices=[("", NOT_SAID), *offered], **said)
    return forms.MultipleChoiceField(
        choices=offered, widget=forms.CheckboxSelectMultiple, **said
    )  # fmt: skip
