"""The library as one picks from it: the school's own first, then what others usually give."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.pages.provision.choosing import reference
from opensenco.people import queries as people
from opensenco.provision import queries
from opensenco.provision.queries.decided import latest
from opensenco.provision.queries.shared import offered
from opensenco.provision.starter import library
from opensenco.provision.states import LAYER_NAMES
from opensenco.ui.forms import Form, Words

MOST = 40
#: words of the address that go with one from page to page
CARRIED = ("pupil", "outcome", "concern")


class ShelfForm(Form):
    """What one looks for in the library."""

    q = Words(label=_("Words"), required=False)
    layer = forms.ChoiceField(
        label=_("How far it goes"),
        choices=[("", _("All layers")), *((str(k), v) for k, v in LAYER_NAMES.items())],
        required=False,
    )
    area = forms.ChoiceField(
        label=_("Area"),
        choices=lambda: [("", _("All areas")), *library().areas.items()],
        required=False,
    )


def carried(asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the words of the address that go with one."""
    return [(name, asked[name]) for name in CARRIED if asked.get(name)]


def onward(row: Any, asked: Mapping[str, str]) -> str:
    """Give the address where a provision is given, for whom one came for."""
    words = urlencode(carried(asked))
    return reverse("provision:give", args=[row.ref]) + (f"?{words}" if words else "")


def shelves(actor: Actor, asked: Mapping[str, str]) -> dict[str, Any]:
    """Give what the library's page shows."""
    form = ShelfForm(asked if any(k in asked for k in ("q", "layer", "area")) else None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    words, layer = wanted.get("q", ""), wanted.get("layer", "")
    own = [
        row
        for row in queries.provisions(actor)
        if all(word in row.name.casefold() for word in words.casefold().split())
        and (not layer or str(row.layer) == layer)
    ]
    have = {row.starter for row in own if row.starter}
    found = library().found(words, wanted.get("area", ""), int(layer) if layer else None)
    starters = [entry for entry in found if entry.id not in have]
    ref = reference(asked.get("pupil", ""))
    return {
        "shelf": form,
        "offered": [
            row
            for row in offered(actor)
            if all(word in row.name.casefold() for word in words.casefold().split())
            and (not layer or str(row.layer) == layer)
        ],
        "own": [(row, onward(row, asked)) for row in own],
        "starters": starters[:MOST],
        "more": max(len(starters) - MOST, 0),
        "latest": latest(actor, own),
        "names": LAYER_NAMES,
        "carried": carried(asked),
        "pupil": people.pupil(actor, ref, Action.PROVISION_ALLOCATE) if ref else None,
        "here": reverse("provision:library") + (f"?{urlencode(carried(asked))}" if ref else ""),
    }
