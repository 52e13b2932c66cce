"""What if the place gave otherwise: three ideas beside what is, in the address and never kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing.states import Post
from opensenco.costing.what_if_place import PlaceIdea, PlaceSum, compare_place, to_change
from opensenco.gate.answer import Answer
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.costing import show
from opensenco.pages.costing.views import READERS
from opensenco.ui.forms import Form, PickDateField, WholeNumber
from opensenco.ui.words import money_pounds

NAMES = (
    ("a", gettext_lazy("First idea")), ("b", gettext_lazy("Second idea")),
    ("c", gettext_lazy("Third idea")),
)  # fmt: skip
NEW, ENDS, CHANGES = "new", "end", "change"
TOLD = ("post", "group", "times", "minutes", "last")


class PlaceIdeaForm(Form):
    """What the place would give otherwise."""

    provision = forms.ChoiceField(label=gettext_lazy("Which provision?"), required=False)
    do = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"), required=False,
        choices=[(CHANGES, gettext_lazy("It goes on, changed as below")),
                 (ENDS, gettext_lazy("It ends"))],
    )  # fmt: skip
    post = forms.ChoiceField(
        label=gettext_lazy("Whose time?"), required=False,
        choices=[("", gettext_lazy("As now")), *Post.choices],
    )  # fmt: skip
    group = WholeNumber(
        label=gettext_lazy("Pupils in a group"), min_value=1, max_value=60, example=4,
        required=False,
    )  # fmt: skip
    times = WholeNumber(
        label=gettext_lazy("Times a week"), min_value=1, max_value=25, example=3, required=False
    )
    minutes = WholeNumber(
        label=gettext_lazy("Minutes at a time"), min_value=1, max_value=360, example=20,
        required=False,
    )  # fmt: skip
    pupils = WholeNumber(
        label=gettext_lazy("To how many pupils, if it is new?"), min_value=1, max_value=500,
        example=8, required=False,
    )  # fmt: skip
    first = PickDateField(
        label=gettext_lazy("From"), required=False,
        help_text=gettext_lazy("Leave empty for today."),
    )  # fmt: skip
    last = PickDateField(
        label=gettext_lazy("Until"), required=False,
        help_text=gettext_lazy("Leave empty for as long as now."),
    )  # fmt: skip

    def __init__(self, *args: Any, names: Sequence[tuple[str, str]], **given: Any) -> None:
        """Take what the place gives now."""
        super().__init__(*args, **given)
        field = self.fields["provision"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("No idea here")), (NEW, _("Something new")), *names]

    def clean(self) -> dict[str, Any]:
        """Refuse something new that does not say how much, and a change that changes nothing."""
        given = super().clean() or {}
        if given.get("provision") == NEW:
            for name in ("times", "minutes", "pupils"):
                if not given.get(name) and name not in self.errors:
                    words = _("Say how often, how long and to how many pupils.")
                    self.add_error(name, ValidationError(words))
        elif given.get("provision") and given.get("do") != ENDS and _says_nothing(given):
            self.add_error("do", ValidationError(_("Say below what would be different.")))
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", ValidationError(_("The last day is before the first.")))
        return given


def _says_nothing(given: Mapping[str, Any]) -> bool:
    return not any(given.get(name) for name in TOLD)


@page(Action.COST_VIEW, logs=Logs.NOTHING, tab="provision", who=READERS)
def what_if_place(request: HttpRequest, actor: Actor) -> Answer:
    """Show side by side what all provision costs now and as three ideas would have it."""
    rows = {short(one.ref): one for one in to_change(actor)}
    names = [(key, one.name) for key, one in rows.items()]
    asked = [
        (name, PlaceIdeaForm(request.GET or None, prefix=key, names=names)) for key, name in NAMES
    ]
    told = [
        (name, form.cleaned_data)
        for name, form in asked
        if form.is_valid() and form.cleaned_data["provision"]
    ]
    now, found = compare_place(actor, [_idea(given, rows, actor.today) for _name, given in told])
    shown = {
        "asked": asked, "forms": [form for _name, form in asked],
        "heads": [name for name, _given in told], "lines": _lines(now, found),
        "links": list(dict.fromkeys(
            (row.name, row.ref) for _name, given in told if (row := rows.get(given["provision"]))
        )),
    }  # fmt: skip
    return Answer("costing/what_if_place.html", shown)


def _idea(given: Mapping[str, Any], rows: Mapping[str, Any], today: date) -> PlaceIdea:
    row = rows.get(given["provision"])
    return PlaceIdea(
        first=given["first"] or today, provision=row.pk if row else None,
        ends=given["do"] == ENDS, post=given["post"], group=given["group"], times=given["times"],
        minutes=given["minutes"], last=given["last"], pupils=0 if row else given["pupils"],
    )  # fmt: skip


def _lines(now: PlaceSum, found: Sequence[PlaceSum]) -> list[tuple[str, list[str]]]:
    """Give the lines of the table: what each tells, as it is and as each idea would have it."""
    every = [now, *found]

    def pounds(pence: int) -> str:
        return money_pounds(pence, ledger=True)

    more = [pounds(one.planned.pence - now.planned.pence) for one in found]
    lines = [
        (_("Planned for all pupils"), [show.amount(one.planned) for one in every]),
        (_("More than now"), ["", *more]),
        (_("Pupils over the threshold"), [str(one.over) for one in every]),
        (_("Above the threshold, together"), [pounds(one.above) for one in every]),
        (_("Of it not covered by top-up"), [pounds(one.uncovered) for one in every]),
    ]
    return [(name, cells) for name, cells in lines if found or name != _("More than now")]
