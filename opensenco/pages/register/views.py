"""The register on one page, and as a file for a spreadsheet."""

import csv
import io
import uuid

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.exchange.readers.cells import made_harmless
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.pages.register.forms import FilterForm
from opensenco.support import queries
from opensenco.ui.listing import Column, Listing, Pick
from opensenco.ui.words import day

WHO = {"senco": 200, "head": 200, "phase_senco": 200, "admin": 200, "teacher": 403, "ta": 403,
       "governor": 403, "parent": 403}  # fmt: skip
COLUMNS = (
    Column(gettext_lazy("Pupil"), "name"),
    Column(gettext_lazy("Class"), "class"),
    Column(gettext_lazy("Status"), "status"),
    Column(gettext_lazy("Needs, first is primary"), "need"),
    Column(gettext_lazy("On register since"), "since"),
    Column(gettext_lazy("Next review"), "review"),
    Column(gettext_lazy("To mend")),
    Column(gettext_lazy("Whose turn"), "turn"),
)
MOST_IN_A_FILE = 5000


def _asked(request: HttpRequest, form: FilterForm) -> queries.Filters:
    """Give what the address asks; anything that it cannot mean asks for nothing."""
    form.is_valid()
    given = form.cleaned_data
    group = given.get("group")
    return queries.Filters(
        group=uuid.UUID(group) if group else None,
        status=given.get("status", ""),
        need=given.get("need", ""),
        turn=given.get("turn", ""),
        view=request.GET.get("view", ""),
    )


def _views(request: HttpRequest, counts: dict[str, int]) -> list[Pick]:
    now = request.GET.get("view", "")
    views = (("", _("Everybody"), "all"), ("soon", _("Review late or this fortnight"), "soon"),
             ("gaps", _("Something to mend"), "gaps"))  # fmt: skip
    return [
        Pick(words, f"?view={key}" if key else "?", current=now == key, count=counts.get(count, 0))
        for key, words, count in views
    ]


@page(Action.REGISTER_VIEW, logs=Logs.LIST, tab="register", who=WHO)
def register(request: HttpRequest, actor: Actor) -> Answer:
    """Show one page of the register, sorted and chosen by the database."""
    form = FilterForm(request.GET, actor=actor)
    asked = _asked(request, form)
    sort = Listing(request.GET, COLUMNS, 0, usual="name").sort
    number = request.GET.get("page", "1")
    found = queries.register(actor, asked, sort, int(number) if number.isdigit() else 1)
    listing = Listing(request.GET, COLUMNS, found.total, usual="name")
    shown = {
        "form": form,
        "found": found,
        "listing": listing,
        "columns": COLUMNS,
        "views": _views(request, found.counts),
        "several": len(actor.hat.orgs) > 1,
    }
    wanted = request.GET.urlencode()
    return Answer("register/list.html", shown, listed=Listed(len(found.rows), wanted))


@page(Action.REGISTER_VIEW, logs=Logs.LIST, tab="register", who=WHO)
def as_csv(request: HttpRequest, actor: Actor) -> Answer:
    """Give the register, as it is filtered, as a file for a spreadsheet."""
    form = FilterForm(request.GET, actor=actor)
    found = queries.register(actor, _asked(request, form), size=MOST_IN_A_FILE)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([str(column.label) for column in COLUMNS[:6]])
    for row in found.rows:
        cells = (
            row.pupil.register_name,
            row.class_name,
            row.status.code if row.status else "",
            ", ".join(need.code for need in row.needs),
            day(row.status.starts) if row.status else "",
            day(row.review_on) if row.review_on else "",
        )
        writer.writerow([made_harmless(cell) for cell in cells])
    return Answer(
        content=text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        filename="register.csv",
        listed=Listed(len(found.rows), request.GET.urlencode()),
    )
