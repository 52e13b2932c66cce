"""Released figures: read by school and term, and released by a school once a term."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.network import figures as queries
from opensenco.network.operations.releasing import release_figures
from opensenco.pages.figures.forms import ReleaseForm
from opensenco.people import staffing
from opensenco.ui.listing import Column, Pick

READERS = {"senco": 200, "head": 200, "governor": 200, "authority": 200, "district": 200,
           "phase_senco": 403, "teacher": 403, "ta": 403, "parent": 403}  # fmt: skip
RELEASERS = {"senco": 200, "head": 200, "governor": 403, "authority": 403, "teacher": 403,
             "admin": 403, "parent": 403}  # fmt: skip


@page(Action.FIGURES_VIEW, logs=Logs.NOTHING, tab="school", who=READERS)
def list_released(request: HttpRequest, actor: Actor) -> Answer:
    """Show what was released to us, one measure at a time, terms side by side; and by us."""
    asked = request.GET.get("show", "")
    measure = asked if asked in queries.MEASURES else next(iter(queries.MEASURES))
    table = queries.table(actor, measure)
    here = reverse("figures:list")
    picks = [
        Pick(str(label), f"{here}?show={code}", current=code == measure)
        for code, label in queries.MEASURES.items()
    ]
    terms = [queries.term_words(one) for one in table.terms]
    heads = [Column(_("School")), *(Column(one, num=True) for one in terms)]
    releases = actor.can_somewhere(Action.FIGURES_RELEASE)
    ours = queries.released_by(actor)
    done = releases and _all_released(actor, ours)
    return Answer("figures/list.html", {
        "tabs": place_tabs(actor, "figures:list"), "table": table, "columns": heads,
        "picks": picks, "measure": queries.MEASURES[measure], "say": said,
        "term": queries.term_words, "ours": ours, "releases": releases, "done": done,
    })  # fmt: skip


@page(Action.FIGURES_RELEASE, logs=Logs.NOTHING, tab="school", writes=True, who=RELEASERS)
def release(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show the figures as they would leave, and release them for this term."""
    places = staffing.places(actor)
    asked = request.GET.get("school", "")
    place = next((one for one in places if short(one.ref) == asked), places[0])
    above = queries.audiences(actor, place)
    figures = queries.figures_of(actor, place)
    form = converse(
        request,
        actor,
        lambda **given: ReleaseForm(places=[(short(one.ref), one.name) for one in above], **given),
        act=lambda given: release_figures(
            actor=actor, org=place, seen=given["seen"],
            to=next(one for one in above if short(one.ref) == given["to"]),
        ),
        then=lambda _row: reverse("figures:list"),
        said=_("The figures of this term are released. They do not change any more."),
        initial={"to": short(above[0].ref) if above else "", "seen": queries.seen(figures)},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    here = reverse("figures:release")
    picks = [
        Pick(one.name, f"{here}?school={short(one.ref)}", current=one == place) for one in places
    ]
    lines = [
        (str(name), said(figures["cells"].get(code))) for code, name in queries.MEASURES.items()
    ]
    return Answer("figures/release.html", {
        "form": form if above else None, "place": place, "picks": picks, "lines": lines,
        "term": queries.term_words(queries.term_of(actor.today)),
    })  # fmt: skip


def _all_released(actor: Actor, ours: list[Any]) -> bool:
    """Tell whether each place has released this term's figures to everybody above it."""
    now = queries.term_of(actor.today)
    given = {(one.from_org_id, one.org_id) for one in ours if one.term == now}
    wanted = {
        (place.pk, above.pk)
        for place in staffing.places(actor)
        for above in queries.audiences(actor, place)
    }
    return bool(wanted) and wanted <= given


def said(cell: Any) -> str:
    """Say a figure as a page shows it; one that was never released is a dash."""
    if cell is None:
        return "–"
    words = {queries.SMALL: _("under 5"), queries.HIDDEN: _("hidden")}
    return words.get(cell) or _("about %(count)s") % {"count": cell} if cell else "0"
