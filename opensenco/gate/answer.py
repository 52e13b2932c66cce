"""What a view gives to the door: a page to render inside the scope, and whom it shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template import engines
from django.template.backends.jinja2 import Template
from django.template.backends.utils import csrf_input
from django.utils.http import content_disposition_header

from opensenco.access.actions import Action
from opensenco.audit.models import Opening

PIECE = 256 * 1024


@dataclass(frozen=True)
class Listed:
    """What a list showed: its kind, what was asked for, how many rows."""

    count: int
    wanted: str = ""
    search: bool = False

    @property
    def kind(self) -> Opening.Kind:
        """Whether this was a list or somebody was looked for."""
        return Opening.Kind.SEARCH if self.search else Opening.Kind.LIST


@dataclass(frozen=True)
class Answer:
    """A page, or a file where `content` is given.

    Args:
        opened: the pupils whose page, document or pack this is; each is logged.
        listed: what a list showed; logged once.
        packs: what other organisations sent and this shows; each is logged for its receiver.
        seal: an operation that must have been done before the answer is sent: the receipt of what
            the page shows. Reading itself writes nothing.
        block: the part that htmx replaces; the same template draws page and part.
        file: a file of the disk, sent in pieces: it is whole, never changes, and asks no database.
        under: the verb that the log of looks names, where it is narrower than the door's.
        wanted: what of the pupils' was opened, for the log: a reference, never words.
        fresh: goes only to somebody who has just shown that it is them (gate/strength.py), for a
            page that shows such things among others. A file of many children always does.
    """

    template: str = ""
    show: Mapping[str, Any] = field(default_factory=dict)
    opened: Iterable[Model] = ()
    listed: Listed | None = None
    packs: Iterable[Model] = ()
    seal: Callable[[], object] | None = None
    status: int = 200
    block: str = ""
    content: bytes | None = None
    content_type: str = "text/html; charset=utf-8"
    filename: str = ""
    file: Path | None = None
    under: Action | None = None
    wanted: str = ""
    fresh: bool = False

    @property
    def leaves(self) -> bool:
        """Whether this is a file, which leaves the house, and no page."""
        return self.content is not None or self.file is not None

    @property
    def kind(self) -> Opening.Kind:
        """Whether this is a page or a document."""
        return Opening.Kind.DOCUMENT if self.leaves else Opening.Kind.PAGE

    def render(self, request: HttpRequest, extra: Mapping[str, Any]) -> HttpResponseBase:
        """Draw it now, inside the scope."""
        if self.file is not None:
            return _saved(self.file, self.content_type, self.filename)
        if self.content is not None:
            response = HttpResponse(self.content, content_type=self.content_type)
            # what a browser cannot show goes to the folder of downloads, a PDF is shown
            saved = self.content_type != "application/pdf"
            disposition = content_disposition_header(saved, self.filename)
            response["Content-Disposition"] = disposition or "inline"
            return response
        partial = bool(self.block) and bool(getattr(request, "htmx", False))
        text = draw(self.template, {**extra, **self.show}, request, self.block if partial else "")
        return HttpResponse(text, status=self.status)


def _saved(file: Path, content_type: str, filename: str) -> StreamingHttpResponse:
    """Give a file to be saved. It came from people, so no browser shows it in our pages' name."""
    response = StreamingHttpResponse(_pieces(file), content_type=content_type)
    response["Content-Length"] = file.stat().st_size
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def draw(template: str, context: Mapping[str, Any], request: HttpRequest, block: str = "") -> str:
    """Draw one of our Jinja2 pages, or one named block of it."""
    inner = cast("Template", engines["jinja2"].get_template(template)).template
    # One token for all forms of a page: Django would make another for each.
    values = {**context, "request": request, "csrf_input": str(csrf_input(request))}
    if not block:
        return str(inner.render(values))
    return "".join(inner.blocks[block](inner.new_context(values)))
