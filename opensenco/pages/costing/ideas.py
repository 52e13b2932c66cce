"""What if it were otherwise: two ideas beside what is, asked in the address and never kept."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing.states import Post
from opensenco.costing.what_if import Idea, compare, to_end
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.costing import show
from opensenco.pages.costing.views import READERS
from opensenco.people import queries as people
from opensenco.ui.forms import Form, PickDateField, WholeNumber

NAMES = (("a", gettext_lazy("First idea")), ("b", gettext_lazy("Second idea")))


class IdeaForm(Form):
    """What would be given besides, and what would end."""

    post = forms.ChoiceField(
        label=gettext_lazy("Give something besides: whose time?"), required=False,
        choices=[("", gettext_lazy("Nothing besides")), *Post.choices],
    )  # fmt: skip
    times = WholeNumber(
        label=gettext_lazy("Times a week"), min_value=1, max_value=25, example=3, required=False
    )
    minutes = WholeNumber(
        label=gettext_lazy("Minutes at a time"), min_value=1, max_value=360, example=20,
        required=False,
    )  # fmt: skip
    group = WholeNumber(
        label=gettext_lazy("Pupils in the group"), min_value=1, max_value=60, example=4,
        required=False,
    )  # fmt: skip
    first = PickDateField(
        label=gettext_lazy("From"), required=False,
        help_text=gettext_lazy("Leave empty for today."),
    )  # fmt: skip
    last = PickDateField(
        label=gettext_lazy("Until"), required=False,
        help_text=gettext_lazy("Leave empty for the end of the year."),
    )  # fmt: skip
    ends = forms.ChoiceField(label=gettext_lazy("End something?"), required=False)
    on = PickDateField(
        label=gettext_lazy("Its last day"), required=False,
        help_text=gettext_lazy("Leave empty for today."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take what the pupil is promised now."""
        super().__init__(*args, **given)
        field = self.fields["ends"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("Nothing ends")), *lines]

    def clean(self) -> dict[str, Any]:
        """Refuse something besides that does not say how often, or runs backwards."""
        given = super().clean() or {}
        if given.get("post"):
            for name in ("times", "minutes"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(_("Say how often and how long.")))
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", ValidationError(_("The last day is before the first.")))
        return given


@page(Action.COST_VIEW, logs=Logs.CHILD, tab="provision", who=READERS)
def what_if(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show side by side what a pupil's provision costs now and as two ideas would have it."""
    row = people.pupil(actor, pupil, Action.COST_VIEW)
    lines = {short(one.ref): one for one in to_end(actor, row)}
    names = [(key, one.provision.name) for key, one in lines.items()]
    asked = [(name, IdeaForm(request.GET or None, prefix=key, lines=names)) for key, name in NAMES]
    meant = [(name, _idea(form.cleaned_data, lines)) for name, form in asked if form.is_valid()]
    ideas = [(name, idea) for name, idea in meant if idea.post or idea.ends]
    now, found = compare(actor, row, [idea for _name, idea in ideas])
    shown = {
        "pupil": row, "asked": asked, "forms": [form for _name, form in asked], "now": now,
        "found": list(zip([name for name, _idea_ in ideas], found, strict=True)), "words": show,
    }  # fmt: skip
    return Answer("costing/what_if.html", shown, opened=[row])


def _idea(given: dict[str, Any], lines: dict[str, Any]) -> Idea:
    return Idea(
        post=given["post"], times=given["times"] or 0, minutes=given["minutes"] or 0,
        group=given["group"] or 1, first=given["first"], last=given["last"],
        ends=lines.get(given["ends"]), on=given["on"],
    )  # fmt: skip
