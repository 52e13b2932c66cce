"""Our own words: how we write the role, and what stands above the form for a concern."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.pages.school import forms
from opensenco.people import staffing
from opensenco.people.operations import places
from opensenco.ui.listing import Pick

EDITORS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403, "admin": 403,
           "governor": 403, "parent": 403, "family": 403}  # fmt: skip
FIELDS = ("senco_word", "safeguarding_words", "version")


@page(Action.SETTING_EDIT, logs=Logs.NOTHING, tab="school", writes=True, who=EDITORS)
def own_words(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Change the words that are the school's own; each school of a shared role by itself."""
    schools = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in schools if str(one.ref) == asked), schools[0])
    address = f"{reverse('school:own_words')}?school={place.ref}"
    form = converse(
        request,
        actor,
        lambda **given: forms.OwnWordsForm(spellings=place.SencoWord.choices, **given),
        act=lambda given: places.describe_setting(actor=actor, org=place, **given),
        then=lambda _row: address,
        said=_("The words are changed."),
        initial={name: getattr(place, name) for name in FIELDS},
        fresh=lambda: {name: getattr(staffing.place(actor, place.ref), name) for name in FIELDS},
    )
    if isinstance(form, HttpResponse):
        return form
    picks = [
        Pick(one.name, f"{reverse('school:own_words')}?school={one.ref}", current=one == place)
        for one in schools
    ]
    tabs = place_tabs(actor, "school:own_words")
    return Answer("school/own_words.html", {"form": form, "tabs": tabs, "place": place,
                                            "picks": picks})  # fmt: skip
