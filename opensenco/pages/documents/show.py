"""What the pages of documents show, put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.audit import queries as audit
from opensenco.cases import explain
from opensenco.documents import keeping_dates, queries
from opensenco.documents.files.kinds import KINDS, WARNINGS
from opensenco.documents.queries import Row, Wanted
from opensenco.documents.states import Level, Scan
from opensenco.documents.types import TYPES
from opensenco.exchange.out import Table
from opensenco.pages.documents.forms import FilterForm
from opensenco.people import queries as people
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing

KILOBYTE = 1024


@dataclass(frozen=True)
class Shown:
    """The documents of a pupil as a page shows them."""

    form: FilterForm
    rows: list[Row]
    listing: Listing
    wanted: Wanted

    @property
    def said(self) -> str:
        """What was asked for, for the log of looks."""
        return f"documents {self.wanted.kind} {'in error' if self.wanted.in_error else ''}".strip()


def of_pupil(actor: Actor, pupil: Any, query: Mapping[str, str], *, every: int = 0) -> Shown:
    """Give the documents of a pupil, sorted and filtered as the address says.

    Args:
        every: rows at most where the whole list goes into a file; else a page of them.
    """
    form = FilterForm(query or None)
    form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    wanted = Wanted(cleaned.get("kind", ""), cleaned.get("state", "") == "error")
    rows = queries.chosen(actor, pupil, wanted)
    listing = Listing(query, heads(), rows.count(), usual=queries.USUAL)
    start, stop = (0, every) if every else (listing.start, listing.stop)
    return Shown(form, queries.listed(rows, listing.sort, start, stop), listing, wanted)


def heads() -> list[Column]:
    """Give the heads of the list."""
    return [
        Column(_("Title"), "title"),
        Column(_("Type"), "kind"),
        Column(_("Date of the paper"), "dated"),
        Column(_("Where it came from")),
        Column(_("Filed"), "filed"),
        Column(_("File")),
    ]


def table(rows: list[Row]) -> Table:
    """Give the list as it goes into a file."""
    names = [
        _("Title"), _("Type"), _("Date of the paper"), _("As the paper says"),
        _("Where it came from"), _("Role of its author"), _("Who may open it"), _("Filed by"),
        _("Filed on"), _("Versions"), _("Name of the file"),
    ]  # fmt: skip
    lines = [
        (
            one.document.title, kind_words(one.document.kind), one.document.dated,
            one.document.dated_as, one.document.came_from, one.document.author_role,
            one.document.level, one.document.filer.name, one.document.filed_at, one.versions,
            one.version.name,
        )
        for one in rows
    ]  # fmt: skip
    return Table(_("Papers"), names, lines)


def kind_words(code: str) -> str:
    """Give the words of a type; one that is not known any more as it was stored."""
    return str(TYPES[code].words) if code in TYPES else code


def level_words(level: str) -> str:
    """Give the word of a level that is not the ordinary one; empty for that."""
    return {
        Level.CONFIDENTIAL.value: _("confidential"),
        Level.SAFEGUARDING.value: _("safeguarding"),
    }.get(level, "")


def dated(document: Any) -> str:
    """Give the date of a paper as it says it; empty where it is not known."""
    if document.dated_as:
        return str(document.dated_as)
    return words.day(document.dated) if document.dated else ""


def size(count: int) -> str:
    """Give a size in words: "340 kB", "2.1 MB"."""
    kilobytes = max(1, round(count / KILOBYTE))
    if kilobytes < KILOBYTE:
        return _("%(num)s kB") % {"num": kilobytes}
    return _("%(num)s MB") % {"num": f"{kilobytes / KILOBYTE:.1f}"}


def file_words(file: Any) -> str:
    """Give what a file is and how large."""
    return f"{_(KINDS[file.kind].words)}, {size(file.size)}"


def warnings_of(file: Any) -> list[str]:
    """Give what else there is to know before a file is opened."""
    said = [_(WARNINGS[code]) for code in file.warnings if code in WARNINGS]
    if file.scan == Scan.NONE:
        said.append(
            _("No virus scanner is set up here, so this file has not been checked. Save it and "
              "open it in a program that protects you.")
        )  # fmt: skip
    return said


def one(actor: Actor, row: Any) -> dict[str, Any]:
    """Give one document: what is said of it, its versions, who opened it, what can be done."""
    versions = queries.versions_of(row)
    puts_right = queries.may_put_right(actor, row)
    kept = keeping_dates.kept(row)
    return {
        "document": row,
        "pupil": row.pupil,
        "facts": _facts(row, queries.words_inside(row)),
        "versions": versions,
        "newest": versions[0],
        "opens": queries.can_be_opened(versions[0]),
        "warnings": warnings_of(versions[0].file),
        "puts_right": puts_right,
        "looks": audit.looks_at(people.records_of(row.pupil), str(row.ref)) if puts_right else [],
        "scanner": bool(settings.SCANNER),
        "kept": kept,
        "why_kept": _why_kept(kept) if kept else [],
        "holds": may(actor, Action.DOCUMENT_CONFIDENTIAL, row.pupil),
    }


def _why_kept(kept: Any) -> list[tuple[str, str]]:
    """Give why a paper is kept until its day: of the law's rulebook, or as our own reading."""
    if kept.due is not None:
        return explain.why(kept.due)
    source = _("%(source)s; our reading, not verified") % {"source": kept.keep.source}
    return [(_("The rule"), str(kept.keep.words)), (_("Source"), source)]


def _facts(row: Any, inside: str) -> list[tuple[str, str]]:
    said = [
        (_("Type"), kind_words(row.kind)),
        (_("Date of the paper"), dated(row) or _("not known")),
        (_("Where it came from"), row.came_from),
        (_("Role of its author"), row.author_role),
        (_("Who may open it"), str(Level(row.level).label)),
        (
            _("Filed"),
            _("%(when)s by %(name)s")
            % {"when": words.moment(row.filed_at), "name": row.filer.name},
        ),
        (_("Words inside"), inside),
    ]
    return [(name, value) for name, value in said if value]


def under(row: Any) -> Action | None:
    """Give the verb under which looks at a document are told of."""
    verb: Action | None = row.told_under
    return verb


def filename(row: Any) -> str:
    """Give the name under which a version is saved: what it is and from when, never of whom."""
    document, ending = row.document, KINDS[row.file.kind].ending
    day = f"-{document.dated:%Y-%m-%d}" if document.dated else ""
    return f"{document.kind.replace('_', '-')}{day}-v{row.number}.{ending}"


def back(pupil: Any) -> str:
    """Give the address of a pupil's documents."""
    return reverse("documents:list", args=[pupil.ref])
