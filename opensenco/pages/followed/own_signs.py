"""By which numbers a place is told of a sign that somebody might be missed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.concerns import signs
from opensenco.concerns.operations.noting import set_own_sign
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.followed.steps import EDITORS
from opensenco.people import staffing
from opensenco.ui.forms import Form, PickDateField, WholeNumber, Words
from opensenco.ui.listing import Pick

#: the numbers, by their names in `concerns.signs.Numbers`, as the form says them
NUMBERS = {
    "attendance": gettext_lazy("Attendance: at most so many per cent"),
    "fell_by": gettext_lazy("Attendance: lower by so many points than in the span before"),
    "attendance_days": gettext_lazy("Attendance: spans that ended in the last so many days"),
    "score": gettext_lazy("Results: a standardised or scaled score of at most so much"),
    "score_fell_by": gettext_lazy("Results: a score lower by so many points than before"),
    "result_days": gettext_lazy("Results: of the last so many days"),
    "incidents": gettext_lazy("Behaviour: at least so many entries"),
    "incident_days": gettext_lazy("Behaviour: in the last so many days"),
    "concerns": gettext_lazy("Concerns: at least so many"),
    "concern_days": gettext_lazy("Concerns: in the last so many days"),
}


class SignForm(Form):
    """One number, from a day on."""

    which = forms.ChoiceField(label=gettext_lazy("Which number?"), choices=[*NUMBERS.items()])
    number = WholeNumber(label=gettext_lazy("Number"), min_value=1, max_value=1_000, example=90)
    first = PickDateField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Until that day the number that holds today stays."),
    )
    because = Words(
        label=gettext_lazy("Where is it decided?"),
        help_text=gettext_lazy("For example: SEN policy, approved on 12 January 2027."),
    )


@page(Action.SETTING_EDIT, logs=Logs.NOTHING, writes=True, tab="school", who=EDITORS)
def own_signs(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Set by which numbers one is told of a sign; each school of a shared role by itself."""
    schools = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in schools if str(one.ref) == asked), schools[0])
    here = reverse("followed:own_signs")
    form = converse(
        request,
        actor,
        SignForm,
        act=lambda given: set_own_sign(actor=actor, org=place, **given),
        then=lambda _row: f"{here}?school={place.ref}",
        said=_("Set. The list of who might be missed goes by it from that day on."),
        initial={"first": actor.today},
    )
    if isinstance(form, HttpResponse):
        return form
    now = signs.numbers_of([place.pk], actor.today)[place.pk]
    picks = [Pick(one.name, f"{here}?school={one.ref}", current=one == place) for one in schools]
    show: dict[str, Any] = {
        "form": form, "place": place, "picks": picks,
        "tabs": place_tabs(actor, "followed:own_signs"),
        "now": [(words, getattr(now, name), getattr(signs.SHIPPED, name))
                for name, words in NUMBERS.items()],
        "before": [(NUMBERS[one.which], one) for one in signs.history_of(place.pk)],
    }  # fmt: skip
    return Answer("followed/own_signs.html", show)
