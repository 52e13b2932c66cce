"""Two records of one child: proposed, looked at side by side, made one, parted, told apart."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.joining import queries
from opensenco.cases.joining.questions import questions
from opensenco.cases.operations import mending, one_child
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.chrome import place_tabs
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.pages.mending import forms, show
from opensenco.people import queries as people

MENDERS = {"senco": 200, "head": 200, "phase_senco": 403, "admin": 403, "teacher": 403, "ta": 403,
           "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
#: where the words that were looked for wait; a child's name never stands in an address
LOOKED_FOR = "mending"


@page(Action.RECORDS_MEND, logs=Logs.LIST, tab="school", who=MENDERS)
def start(request: HttpRequest, actor: Actor) -> Answer:
    """Show which records may be of one child, what was made one, and who was told apart."""
    pairs, joined = queries.pairs(actor), queries.joinings(actor)
    beside = queries.written_beside([one.other_id for one in joined])
    shown = {
        "tabs": place_tabs(actor, "mending:start"),
        "pairs": [(pair, show.beside(pair.one, pair.other)) for pair in pairs],
        "joined": [(one, len(beside.get(one.other_id, ()))) for one in joined],
        "apart": queries.told_apart(actor),
        "aside": len(queries.set_aside(actor)),
    }
    return Answer("mending/start.html", shown, listed=Listed(len(pairs) + len(joined)))


@page(Action.RECORDS_MEND, logs=Logs.CHILD, writes=True, tab="register", once=False, who=MENDERS)
def choose(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Look for the other record of a child, by part of a name or by number."""
    row = people.pupil(actor, pupil, Action.RECORDS_MEND)
    if request.method == "POST":
        request.session[LOOKED_FOR] = request.POST.get("q", "").strip()[:100]
        return HttpResponseRedirect(reverse("mending:choose", args=[row.ref]))
    words = request.session.get(LOOKED_FOR, "")
    rows = [(one, show.beside(row, one)) for one in queries.records_called(actor, words, row)]
    return Answer("mending/choose.html", {"pupil": row, "words": words, "rows": rows},
                  opened=[row])  # fmt: skip


@page(Action.RECORDS_MEND, logs=Logs.CHILD, writes=True, tab="register", who=MENDERS)
def one(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Show two records side by side, and make them one."""
    row = people.pupil(actor, pupil, Action.RECORDS_MEND)
    other = queries.other_record(actor, request.GET.get("with", ""))
    if other is None or other.pk == row.pk:
        return _no_other(request, row)
    asked = questions(actor, row, other)
    form = converse(
        request,
        actor,
        lambda **given: forms.JoinForm(questions=asked, **given),
        act=lambda given: one_child.join_records(
            actor=actor, pupils=[row, other], reason=given["reason"],
            versions=show.versions(given["both"]),
            choices={question.code: given[question.code] for question in asked},
        ),
        then=lambda _done: reverse("pupils:show", args=[row.ref]),
        said=_("The two records are one now. You can part them again under “Who is who”."),
        initial={"both": f"{row.version} {other.version}"},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    sides = show.sides(actor, row, other)
    return Answer("mending/one.html", {"form": form, "asked": asked, **sides},
                  opened=[row, other])  # fmt: skip


def _no_other(request: HttpRequest, row: Any) -> Answer | HttpResponse:
    """Ask for the other record where an address names none."""
    if request.method == "POST":
        return HttpResponseRedirect(reverse("mending:choose", args=[row.ref]))
    return Answer("mending/choose.html", {"pupil": row, "words": "", "rows": []}, opened=[row])


@page(Action.RECORDS_MEND, logs=Logs.CHILD, writes=True, tab="register", who=MENDERS)
def apart(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Remember that two records that look alike are two children."""
    row = people.pupil(actor, pupil, Action.RECORDS_MEND)
    other = queries.other_record(actor, request.GET.get("with", ""))
    if other is None or other.pk == row.pk:
        return _no_other(request, row)
    form = converse(
        request,
        actor,
        forms.ReasonForm,
        act=lambda given: one_child.tell_apart(
            actor=actor, pupils=[row, other], reason=given["reason"]
        ),
        then=lambda _row: reverse("mending:start"),
        said=_("Remembered. These two are not proposed again."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "heading": _("These are two different children"),
             "back": show.beside(row, other),
             "main": _("Remember that they are two"), "pupil": row,
             "lede": f"{row.name}, {other.name}"}  # fmt: skip
    return Answer("mending/form.html", shown, opened=[row, other])


@page(Action.RECORDS_MEND, logs=Logs.CHILD, writes=True, tab="register", who=MENDERS)
def part(request: HttpRequest, actor: Actor, joining: uuid.UUID) -> Answer | HttpResponse:
    """Part two records again that are two children."""
    row = queries.joining(actor, joining)
    since = queries.written_since(actor, row)
    written = [(one.key, show.written(one)) for one in since.rows]
    form = converse(
        request,
        actor,
        lambda **given: forms.PartForm(written=written, **given),
        act=lambda given: one_child.part_records(
            actor=actor, joining=row, reason=given["reason"], to_other=given.get("to_other", ())
        ),
        then=lambda _row: reverse("mending:start"),
        said=_("These are two records again. What came from each is back in each."),
    )
    if isinstance(form, HttpResponse):
        return form
    shown = {"form": form, "row": row, "since": since}
    return Answer("mending/part.html", shown, opened=[row.pupil.stands])


@page(Action.RECORDS_MEND, logs=Logs.CHILD, writes=True, reads=False, tab="register", who=MENDERS)
def bring(request: HttpRequest, actor: Actor, joining: uuid.UUID) -> HttpResponse:
    """Bring over what was written in the moment in which a record was set aside."""
    row = queries.joining(actor, joining)
    if row.parted_at is not None or not queries.written_beside([row.other_id]):
        # another tab has brought it over, or parted them
        return HttpResponseRedirect(reverse("mending:start"))
    one_child.bring_over(actor=actor, joining=row)
    messages.success(request, _("What was written meanwhile stands in the one record now."))
    return HttpResponseRedirect(reverse("mending:start"))


@page(Action.RECORDS_MEND, logs=Logs.LIST, writes=True, tab="school", who=MENDERS)
def aside(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show who was added in error, and put somebody back."""
    rows = queries.set_aside(actor)
    form = converse(
        request,
        actor,
        lambda **given: forms.PutBackForm(rows=rows, **given),
        act=lambda given: _put_back(actor, given),
        then=lambda row: reverse("pupils:show", args=[row.ref]),
        said=_("The pupil is on the record again. Choose their class."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("mending/aside.html", {"form": form, "rows": rows}, listed=Listed(len(rows)))


def _put_back(actor: Actor, given: dict[str, Any]) -> Any:
    row = queries.pupil_set_aside(actor, given["pupil"])
    if row is None:
        raise Invalid("pupil", _("Choose somebody of the list."))
    place = people.place_of(row)
    return mending.put_back_on_record(actor=actor, org=place, pupil=row, reason=given["reason"])
