"""A contact is recorded in seconds, put right, or marked as recorded in error."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import contact_log as log
from opensenco.cases.beside import guided
from opensenco.cases.contact_log import Said
from opensenco.cases.operations import contact_log as operations
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.conversation import Draftable, converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.pages.contacts.forms import ErrorForm, LogForm, starting
from opensenco.people import queries as people

CHOOSE = "contact_about"
MOST_OWN = 60
WRITERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
#: whoever works with some pupil
CHOOSERS = {**WRITERS, "other_teacher": 200}
#: the contact of Idris' world was written by his teacher
CORRECTS = {**WRITERS, "ta": 403, "admin": 403, "dsl": 403}


@page(Action.CONTACT_LOG, logs=Logs.LIST, writes=True, tab="home", who=CHOOSERS)
def choose(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose the pupil whom a contact is about: one's own pupils first, any other by name."""
    if request.method == "POST":
        # A name that was looked for never stands in an address.
        request.session[CHOOSE] = request.POST.get("q", "").strip()[:100]
        return HttpResponseRedirect(reverse("contacts:choose"))
    words = request.session.pop(CHOOSE, "")
    rows, count = people.found(actor, words) if words else ([], 0)
    mine = people.pupils_taught(actor, Action.CONTACT_LOG)[:MOST_OWN] if not words else []
    return Answer(
        "contacts/choose.html",
        {"words": words, "rows": rows or mine, "count": count, "own": not words},
        listed=Listed(count or len(mine), words, search=bool(words)),
    )


@page(Action.CONTACT_LOG, logs=Logs.CHILD, writes=True, tab="register", who=WRITERS)
@guided("contact")
def record(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Record a contact: whom, how and when are filled in already."""
    row = people.pupil(actor, pupil, Action.CONTACT_LOG)
    round_it = Round(actor, row)
    form = converse(
        request,
        actor,
        round_it.form,
        act=lambda given: operations.log_contact(
            actor=actor, pupil=row, said=round_it.said(given), knowing=given.get("knowing", False)
        ),
        then=lambda _made: round_it.back,
        said=_("The contact is recorded."),
        initial=starting(actor.today, round_it.usual),
        draft=Draftable("contact-log", row.ref, leave_to=reverse("pupils:show", args=[row.ref])),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "pupil": row, "warnings": round_it.warnings, "back": round_it.back}
    return Answer("contacts/record.html", show, opened=[row])


@page(Action.CONTACT_LOG, logs=Logs.CHILD, writes=True, tab="register", who=CORRECTS)
def correct(request: HttpRequest, actor: Actor, logged_contact: uuid.UUID) -> Answer | HttpResponse:
    """Put right what was written down; what stood before stays beside it."""
    row = log.logged(actor, logged_contact, Action.CONTACT_LOG)
    round_it = Round(actor, row.pupil)
    form = converse(
        request,
        actor,
        round_it.form,
        act=lambda given: operations.correct_contact(
            actor=actor, logged=row, said=round_it.said(given, row), version=given["version"],
            knowing=given.get("knowing", False),
        ),
        then=lambda _made: round_it.leads_to(row),
        said=_("Put right. What stood before stays in the history."),
        initial=_stands(row),
        fresh=lambda: _stands(log.logged(actor, logged_contact, Action.CONTACT_LOG)),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "pupil": row.pupil, "warnings": round_it.warnings,
            "back": round_it.leads_to(row)}  # fmt: skip
    return Answer("contacts/correct.html", show, opened=[row.pupil])


@page(Action.CONTACT_LOG, logs=Logs.CHILD, writes=True, tab="register", who=CORRECTS)
def in_error(
    request: HttpRequest, actor: Actor, logged_contact: uuid.UUID
) -> Answer | HttpResponse:
    """Mark a contact as recorded in error, with a reason; it stays."""
    row = log.logged(actor, logged_contact, Action.CONTACT_LOG)
    round_it = Round(actor, row.pupil)
    form = converse(
        request,
        actor,
        ErrorForm,
        act=lambda given: operations.contact_in_error(actor=actor, logged=row, **given),
        then=lambda _made: round_it.back,
        said=_("Marked as recorded in error. It stays, and counts nowhere."),
        initial={"version": row.version},
        fresh=lambda: _stands(log.logged(actor, logged_contact, Action.CONTACT_LOG)),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "pupil": row.pupil, "back": round_it.leads_to(row)}
    return Answer("contacts/in_error.html", show, opened=[row.pupil])


class Round:
    """Whom one can have been in touch with about a pupil, and where one goes afterwards."""

    def __init__(self, actor: Actor, pupil: Any) -> None:
        self.pupil = pupil
        self.reads = actor.can_somewhere(Action.CONTACT_VIEW)
        self.contacts = people.contacts_of(actor, pupil) if self.reads else []
        against = log.cautions(self.contacts)
        self.warnings = [(c, against[c.pk]) for c in self.contacts if c.pk in against]
        told = [one for one in self.contacts if one.pk not in against]
        self.usual = short(told[0].ref) if told else ""
        page = "contacts:pupil" if self.reads else "pupils:show"
        self.back = reverse(page, args=[pupil.ref])

    def form(self, **given: Any) -> LogForm:
        """Make the form."""
        warned = {contact.pk for contact, _words in self.warnings}
        contacts = [
            (short(one.ref), f"{log.called(one)} ({_('read the warning')})"
             if one.pk in warned else log.called(one))
            for one in self.contacts
        ]  # fmt: skip
        return LogForm(contacts=contacts, warned=bool(warned), **given)

    def said(self, given: dict[str, Any], row: Any = None) -> Said:
        """Give what the operation takes, from what the form gave."""
        chosen = next((c for c in self.contacts if short(c.ref) == given.get("who")), None)
        name = given["with_whom"]
        if chosen is None and not name and row is not None and not self.reads:
            name = row.with_whom
        return Said(
            contact=chosen, with_whom=name, how=given["how"], direction=given["direction"],
            words=given["words"], on=given["on"], minutes=given["minutes"],
            came_of=given["came_of"], confidential=given["confidential"],
            follow_up_by=given["follow_up_by"],
        )  # fmt: skip

    def leads_to(self, row: Any) -> str:
        """Give the page of a contact, for who reads the log; others go back to the pupil."""
        return reverse("contacts:show", args=[row.ref]) if self.reads else self.back


def _stands(row: Any) -> dict[str, Any]:
    fields = ("how", "direction", "on", "words", "minutes", "came_of", "confidential",
              "follow_up_by", "version")  # fmt: skip
    return {
        "who": short(row.contact.ref) if row.contact else "",
        "with_whom": "" if row.contact else row.with_whom,
        **{name: getattr(row, name) for name in fields},
    }
