"""Where reading in begins: files are chosen, told apart and read, each in its turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actor import Actor
from opensenco.exchange import queries
from opensenco.exchange.kinds.kind import Kind
from opensenco.exchange.kinds.known import KINDS, kind_of, lists_for
from opensenco.exchange.looking import kinds_in
from opensenco.exchange.operations import imports
from opensenco.exchange.operations.imports import Reading
from opensenco.exchange.readers.values import NameOrder
from opensenco.exchange.readers.words import FileRefused
from opensenco.exchange.sentences import said
from opensenco.exchange.states import State
from opensenco.kernel.errors import Invalid
from opensenco.kernel.refs import short
from opensenco.pages.imports.forms import UploadForm
from opensenco.ui import words

#: files shown where one begins; the rest has a page of its own
LAST_FILES = 5
#: what became of a file
SETTLED: dict[State, Promise] = {
    State.READ: gettext_lazy("Read by %(reader)s, %(read)s. Waits: it has not been applied."),
    State.APPLYING: gettext_lazy("Read by %(reader)s, %(read)s. Is being applied."),
    State.APPLIED: gettext_lazy("Applied by %(name)s, %(when)s."),
    State.UNDOING: gettext_lazy("Applied by %(name)s, %(when)s. Is being taken back."),
    State.UNDONE: gettext_lazy("Applied by %(name)s, %(when)s. Taken back since."),
    State.ABANDONED: gettext_lazy("Read by %(reader)s, %(read)s. Given up."),
}


@dataclass(frozen=True)
class Earlier:
    """A file that was read before, and what became of it."""

    name: str
    url: str
    sentence: str


def upload_form(actor: Actor, places: Sequence[Any], **given: Any) -> UploadForm:
    """Give the form with the settings and the kinds of lists of this person."""
    kinds = [(kind.code.value, kind.said.title) for kind in lists_for(actor)]
    where = [(short(place.ref), place.name) for place in places]
    return UploadForm(places=where, kinds=kinds, **given)


def read_in(actor: Actor, places: Sequence[Any], given: dict[str, Any]) -> list[Any]:
    """Read the chosen files in, those first by which others find what they are about.

    Raises:
        Invalid: a file as a whole cannot be read; said at the field.
    """
    chosen = given.get("school") or short(places[0].ref)
    org = next(place for place in places if short(place.ref) == chosen)
    reading = Reading(given["blank_sen_is_none"], NameOrder(given["name_order"]))
    order = list(KINDS)
    try:
        files = [one for file in given["file"] for one in _told_apart(actor, given["kind"], file)]
        files.sort(key=lambda one: order.index(one[0].code))
        return [
            imports.stage_file(
                actor=actor, org=org, kind=kind.code, file_name=name, content=content,
                reading=reading,
            )
            for kind, name, content in files
        ]  # fmt: skip
    except FileRefused as refused:
        raise Invalid("file", said(refused.words)) from None


def _told_apart(actor: Actor, kind: str, file: Any) -> list[tuple[Kind, str, bytes]]:
    """Give the lists of a file: a list of pupils can hold their contacts too."""
    content = file.read()
    name = file.name or ""
    kinds = [kind_of(kind)] if kind else kinds_in(actor, content, name)
    return [(one, name, content) for one in kinds]


def after(rows: Sequence[Any]) -> str:
    """Give where reading in leads: to the first file, or to saying what its columns are."""
    first = rows[0]
    page = "imports:columns" if "unclear" in first.columns else "imports:show"
    return reverse(page, args=[first.ref])


def earlier(actor: Actor, start: int, stop: int) -> list[Earlier]:
    """Give some of the files read before, newest first, each with a sentence."""
    several = len(actor.hat.orgs) > 1
    return [_earlier(row, several=several) for row in queries.files(actor, start, stop)]


def _earlier(row: Any, *, several: bool) -> Earlier:
    told = SETTLED[State(row.state)] % {
        "reader": row.by_name,
        "read": words.moment(row.at),
        "name": row.settled_by_name,
        "when": words.moment(row.settled_at) if row.settled_at else "",
    }
    told = f"{kind_of(row.kind).said.title}. {told}"
    return Earlier(
        name=row.file_name or _("A list without a name"),
        url=reverse("imports:show", args=[row.ref]),
        sentence=f"{row.org.name}. {told}" if several else told,
    )
