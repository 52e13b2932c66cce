"""What the address can ask of the register. A name is never part of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opensenco.access.actor import Actor
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.support import queries
from opensenco.ui.forms import Form

STATUS = [
    ("", _("E, K and concerns")),
    ("E", _("E, EHC plan")),
    ("K", _("K, SEN support")),
    ("none", _("No code")),
]
TURN = [("", _("Anyone’s")), ("mine", _("Mine")), ("any", _("Whatever waits"))]


class FilterForm(Form):
    """The filters of the register."""

    group = forms.ChoiceField(label=_("Class"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=STATUS, required=False)
    need = forms.ChoiceField(label=_("Need"), required=False)
    turn = forms.ChoiceField(label=_("Whose turn"), choices=TURN, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [(str(one.ref), one.name) for one in queries.classes(actor)]
        codes = [(c.code, f"{c.code}, {gettext(c.title)}") for c in NEED_TYPES.on(actor.today)]
        self._choose("group", [("", gettext("All")), *groups])
        self._choose("need", [("", gettext("Any")), *codes])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
