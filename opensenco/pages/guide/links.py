"""One-time links for many colleagues at once: chosen, made, shown or given as a file, once."""

from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange import out
from opensenco.exchange.out import Kind, Table
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.refs import short
from opensenco.people import staffing
from opensenco.people.operations import joining
from opensenco.ui.forms import Form

#: where links wait between two pages; they are shown once and forgotten
LINKS = "one_time_links"
SHOWN, FILE = "shown", "file"
MANAGERS = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "ta": 403,
            "admin": 403, "governor": 403, "parent": 403, "family": 403}  # fmt: skip


class LinksForm(Form):
    """Who gets a link, and whether they are shown or given as a file."""

    who = forms.MultipleChoiceField(
        label=gettext_lazy("Who gets a link?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one colleague.")},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How do you want them?"),
        choices=[
            (SHOWN, gettext_lazy("On a page, to print or to send one by one")),
            (FILE, gettext_lazy("As a spreadsheet, for a mail merge")),
        ],
        initial=SHOWN,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, waiting: list[staffing.Line], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["who"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = [(short(one.ref), f"{one.name}, {one.role}") for one in waiting]


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", writes=True, fresh=True,
      who=MANAGERS)  # fmt: skip
def links(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Choose who of those that have not come gets a link."""
    waiting = staffing.lines(actor, staffing.WAITING, 0, out.MOST)
    form = converse(
        request,
        actor,
        lambda **given: LinksForm(waiting=waiting, **given),
        act=lambda given: _made(request, actor, given),
        then=lambda how: reverse("guide:made") + (f"?{urlencode({'file': 'csv'})}" if how else ""),
        initial={"who": [short(one.ref) for one in waiting], "how": SHOWN},
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("guide/links.html", {"form": form, "waiting": waiting})


def _made(request: HttpRequest, actor: Actor, given: dict[str, Any]) -> bool:
    """Make the links and keep them for the next page, in the maker's own session alone."""
    rows = staffing.waiting_among(actor, given["who"])
    keys = joining.renew_links(actor=actor, invitations=rows)
    request.session[LINKS] = [
        {
            "name": row.name,
            "email": row.email,
            "role": staffing.role_of(row),
            "place": row.org.name,
            "url": request.build_absolute_uri(
                reverse("school:join", args=[row.org.ref, row.ref, key])
            ),
        }
        for row, key in zip(rows, keys, strict=True)
    ]
    return bool(given["how"] == FILE)


@page(Action.PEOPLE_MANAGE, logs=Logs.NOTHING, tab="school", fresh=True, who=MANAGERS)
def made(request: HttpRequest, actor: Actor) -> Answer:
    """Show the links, or give them as a file: once."""
    kept = request.session.pop(LINKS, None)
    kind = out.asked(request.GET)
    if kept and kind:
        heads = [_("Name"), _("Email"), _("Role"), _("School"), _("One-time link")]
        cells = [tuple(one[name] for name in ("name", "email", "role", "place", "url"))
                 for one in kept]  # fmt: skip
        return out.as_file(
            actor, Kind.CSV, "links", Table(_("Links"), heads, cells), wanted="links"
        )
    return Answer("guide/made.html", {"links": [{**one, "mail": _mail(one)} for one in kept or ()]})


def _mail(one: dict[str, str]) -> str:
    """Give the address that begins a mail with the link in one's own mail program."""
    subject = _("Your sign-in for OpenSENCO")
    body = _(
        "Hello %(name)s,\n\nyou have a role at %(place)s in OpenSENCO. Open this link and choose "
        "a password. It works once, for 14 days:\n\n%(url)s\n"
    ) % {"name": one["name"], "place": one["place"], "url": one["url"]}
    return f"mailto:{quote(one['email'])}?subject={quote(subject)}&body={quote(body)}"
