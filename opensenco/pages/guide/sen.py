"""SEN status and main need of many pupils in one table, as they are when the record begins."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import RefConverter, short
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.pages.guide.show import place_asked
from opensenco.people.staffing import places
from opensenco.support.operations.taking_over import Known, take_over
from opensenco.support.queries import classes
from opensenco.support.queries import taking_over as queries
from opensenco.support.states import Status
from opensenco.ui.forms import Form, PickDateField, WholeNumber
from opensenco.ui.language import language_now
from opensenco.ui.listing import Column, Listing, Pick

STATUSES = [
    ("", gettext_lazy("No status")),
    (Status.SEN_SUPPORT.value, Status.SEN_SUPPORT.label),
    (Status.EHC_PLAN.value, Status.EHC_PLAN.label),
]
SETTERS = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 403, "teacher": 403, "ta": 403,
           "dsl": 403, "governor": 403, "parent": 403, "shared_senco": 200,
           "family": 403}  # fmt: skip


@lru_cache(maxsize=50)
def _needs(day: Any, language: str | None) -> list[tuple[str, str]]:
    return [
        ("", _("Not known yet")),
        *((one.code, f"{one.code}, {_(one.title)}") for one in NEED_TYPES.on(day)),
    ]


class TableForm(Form):
    """A row for each pupil: status and its first day where none stands yet, and the main need."""

    def __init__(self, *args: Any, rows: Sequence[queries.Standing], day: Any, **options: Any):
        super().__init__(*args, **options)
        needs = _needs(day, language_now())
        for row in rows:
            key, name = short(row.pupil.ref), row.pupil.register_name
            if row.status is None:
                self.fields[f"status-{key}"] = forms.ChoiceField(
                    label=_("Status, %(name)s") % {"name": name}, choices=STATUSES, required=False
                )
                self.fields[f"since-{key}"] = PickDateField(
                    label=_("Since, %(name)s") % {"name": name}, required=False
                )
            self.fields[f"need-{key}"] = forms.ChoiceField(
                label=_("Main need, %(name)s") % {"name": name},
                choices=needs,
                required=False,
                initial=row.need,
            )
            self.fields[f"seen-{key}"] = WholeNumber(
                label="", required=False, widget=forms.HiddenInput, initial=row.version
            )


@dataclass(frozen=True)
class Shown:
    """One page of the table."""

    place: Any
    rows: list[queries.Standing]
    listing: Listing
    views: list[Pick]
    groups: list[Pick]
    places: list[Pick]
    view: str
    after: str
    #: where one came from: the guide, or the register for who has no guide
    back: tuple[str, str]

    def key(self, row: queries.Standing) -> str:
        """How the form calls a pupil."""
        return short(row.pupil.ref)


@page(Action.STATUS_SET, logs=Logs.LIST, who=SETTERS, writes=True, tab="school")
def table(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Set status and main need of many pupils, as they are now."""
    shown = _shown(actor, request.GET, request.POST)
    form = converse(
        request,
        actor,
        lambda **given: TableForm(rows=shown.rows, day=actor.today, **given),
        act=lambda given: _take_over(actor, shown, {**_set_meanwhile(shown, request), **given}),
        then=lambda _rows: shown.after,
        said=_("Kept. Pupils without an entry were left as they are."),
    )
    if isinstance(form, HttpResponse):
        return form
    listed = Listed(len(shown.rows), f"status and needs {shown.view}".strip())
    return Answer("guide/sen.html", {"shown": shown, "form": form}, listed=listed)


def _set_meanwhile(shown: Shown, request: HttpRequest) -> dict[str, str]:
    """Give the statuses that were chosen for pupils who have got one since the page was opened."""
    names = [f"status-{shown.key(row)}" for row in shown.rows if row.status is not None]
    return {name: request.POST.get(name, "") for name in names}


def _take_over(actor: Actor, shown: Shown, given: Mapping[str, Any]) -> Any:
    """Hand on the rows in which something was entered."""
    pupils, known = [], []
    for row in shown.rows:
        key = shown.key(row)
        code, since = given.get(f"status-{key}", ""), given.get(f"since-{key}")
        need = given[f"need-{key}"]
        if not code and not since and need in ("", row.need):
            continue
        pupils.append(row.pupil)
        known.append(Known(key, code, since, need if need != row.need else "",
                           given.get(f"seen-{key}")))  # fmt: skip
    return take_over(actor=actor, pupils=pupils, known=known) if pupils else []


def _shown(actor: Actor, query: QueryDict, sent: QueryDict) -> Shown:
    here = places(actor)  # those of the hat: a phase SENCO sets the status of their part
    place = place_asked(here, query)
    asked = {name: str(query.get(name, "")) for name in ("school", "show", "group", "page")}
    view = asked["show"] if asked["show"] in queries.VIEWS else queries.EVERYBODY
    group = _ref(asked["group"])
    found = queries.pupils(actor, place, view, group)
    listing = Listing(asked, [Column(_("Pupil"))], found.count())
    # what was sent is about the pupils that stood on the page, whoever stands there now
    refs = [ref for name in sent if name.startswith("seen-") and (ref := _ref(name[5:]))]
    chosen = (
        queries.by_refs(actor, refs) if refs
        else list(found.select_related("org")[listing.start : listing.stop])
    )  # fmt: skip
    following = listing.page + 1 if listing.page < listing.pages and view in ("", "sen") else None
    return Shown(
        place=place,
        rows=queries.standing(actor, chosen),
        listing=listing,
        views=_views(asked, view),
        groups=_groups(actor, asked, group),
        places=[
            Pick(one.name, _address(asked, school=short(one.ref), group="", page=""), one == place)
            for one in here
        ],
        view=view,
        back=(_("The guide"), reverse("guide:start"))
        if actor.can_somewhere(Action.IMPORT_PUPILS)
        else (_("SEN register"), reverse("register:list")),
        after=_address(asked, page=str(following) if following else asked["page"]),
    )


def _views(asked: Mapping[str, str], view: str) -> list[Pick]:
    names = {
        "": _("Everybody"),
        "sen": _("With SEN"),
        "unranked": _("With SEN and no need"),
        "untold": _("Parents not told yet"),
    }
    return [
        Pick(name, _address(asked, show=key, page=""), key == view) for key, name in names.items()
    ]


def _groups(actor: Actor, asked: Mapping[str, str], group: uuid.UUID | None) -> list[Pick]:
    every = Pick(_("All classes"), _address(asked, group="", page=""), group is None)
    return [
        every,
        *(
            Pick(one.name, _address(asked, group=short(one.ref), page=""), one.ref == group)
            for one in classes(actor)
        ),
    ]


def _address(asked: Mapping[str, str], **changes: str) -> str:
    wanted = {name: value for name, value in {**asked, **changes}.items() if value}
    return f"{reverse('guide:sen')}{'?' if wanted else ''}{urlencode(wanted)}"


def _ref(text: str) -> uuid.UUID | None:
    try:
        return RefConverter().to_python(text) if text else None
    except ValueError:
        return None
