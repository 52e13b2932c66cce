"""What the register shows: filters from the address, heads, saved views, and rows in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.translation import gettext_noop, ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.cases.queries import WhoseTurn
from opensenco.exchange import out
from opensenco.exchange.out import Cell, Kind, Table
from opensenco.kernel.refs import RefConverter, short
from opensenco.law.checks import marker, records
from opensenco.pages.register.forms import EHC, FilterForm
from opensenco.pages.register.own import Options, Own, is_of_own, own_of
from opensenco.people.queries import has_pupils
from opensenco.support import queries
from opensenco.support.queries import Filters, Register
from opensenco.ui import on_screen, words
from opensenco.ui.addresses import addresses_of, url
from opensenco.ui.language import language_now
from opensenco.ui.language import spoken as _
from opensenco.ui.listing import Column, Listing, Pick

#: one long page to print holds so many at most
MOST = 2_000
CHOSEN = ("group", "status", "need", "turn", "mark", "ehc", "view")


@dataclass(frozen=True)
class Shown:
    """One page of the register.

    Args:
        chosen: the filters in words, each with the address without it.
    """

    found: Register
    form: FilterForm
    listing: Listing
    views: list[Pick]
    chosen: list[tuple[str, str]]
    filters: Filters
    whole: bool
    several: bool
    adds: bool
    imports: bool
    pupils: bool
    census: bool
    keep: list[tuple[str, str]]
    own: Own
    makes_fields: bool
    does_several: bool

    @property
    def further(self) -> tuple[str, ...]:
        """The filters that stand behind "More filters"."""
        return ("mark", "ehc", *(one.key for one in self.own.columns))

    @property
    def further_open(self) -> bool:
        """Whether one of those chooses."""
        return bool(self.filters.mark or self.filters.ehc or self.filters.own)

    @property
    def wanted(self) -> str:
        """What was asked for, for the log of looks."""
        asked = {**vars(self.filters), "own": None, **_own_of(self.listing.query)}
        return urlencode({name: str(value) for name, value in asked.items() if value})

    @property
    def files(self) -> list[Pick]:
        """The addresses of the same list as a file."""
        asked = _without(self.listing.query, "page", "show", "file")
        excel = f"{url('register:list')}?{asked}{'&' if asked else ''}file={Kind.XLSX}"
        return [Pick("Excel", excel), Pick("CSV", f"{url('register:csv')}?{asked}")]

    @property
    def save_url(self) -> str:
        """Where what is chosen here is kept by a name; empty where nothing is chosen."""
        asked = _without(self.listing.query, "page", "show", "file")
        return f"{url('register:save_view')}?{asked}" if self.filters != Filters() else ""

    @property
    def several_url(self) -> str:
        """Where something is done for several of these pupils."""
        return f"{url('register:several')}?{_without(self.listing.query, 'page', 'show', 'file')}"

    @property
    def whole_url(self) -> str:
        """The address of the same list on one page."""
        asked = QueryDict(_without(self.listing.query, "page"), mutable=True)
        asked["show"] = "all"
        return f"{url('register:list')}?{asked.urlencode()}"


def register(
    actor: Actor, query: QueryDict, kept: Iterable[Any] = (), *, as_file: bool = False
) -> Shown:
    """Gather a page of the register, with the views kept by a name, or all of it for a file."""
    groups = queries.classes(actor)
    named = tuple((short(g.ref), g.name) for g in groups)
    own = own_of(actor)
    asks = tuple(_known(query).items())
    form = _form(asks, named, own.filters, actor.today, language_now())
    filters = _filters(form, query, own)
    heads = [*columns(), *own.heads()]
    whole = as_file or query.get("show") == "all"
    size = out.MOST if as_file else MOST if whole else queries.PAGE
    # before the count is known: any page there can be
    asked = Listing(asked_of(query), heads, size * 10_000, size, "name")
    found = queries.register(actor, filters, asked.sort, asked.page, size, own.columns)
    listing = Listing(asked_of(query), heads, found.total, size, "name")
    return Shown(
        found=found,
        form=form,
        listing=listing,
        views=_views(found.counts, filters, kept, query),
        chosen=_chosen(filters, query, dict(named), own),
        filters=filters,
        whole=whole,
        several=len(actor.hat.orgs) > 1,
        adds=actor.can_somewhere(Action.PUPIL_ADD),
        imports=actor.can_somewhere(Action.IMPORT_PUPILS),
        census=actor.hat.reach(Action.REGISTER_VIEW) is Reach.ALL,
        pupils=bool(found.counts["all"]) or has_pupils(actor),
        keep=[pair for pair in asked_of(query).items() if pair[0] in ("sort", "view") and pair[1]],
        own=own,
        makes_fields=actor.can_somewhere(Action.FIELD_MAKE),
        does_several=actor.can_somewhere(Action.ASK_SEND),
    )


def asked_of(query: QueryDict) -> dict[str, str]:
    """Give what an address asks, each name once."""
    return {name: value for name, value in query.items() if isinstance(value, str)}


def columns() -> list[Column]:
    """Give the heads of the table."""
    return _columns(language_now())


@lru_cache(maxsize=50)
def _columns(language: str | None) -> list[Column]:
    return [
        Column(_("Pupil"), "name"),
        Column(_("Class"), "class"),
        Column(_("Status"), "status"),
        Column(_("Needs, first is primary"), "need"),
        Column(_("Since"), "since"),
        Column(_("Next review"), "review"),
        Column(_("EHC review"), "ehc"),
        Column(_("Record")),
        Column(_("Whose turn"), "turn"),
    ]


class Line(NamedTuple):
    """One row of the page, in words.

    Args:
        others: the needs after the main one. late: for how many days the review is over.
        ehc: by when an EHC plan must be reviewed. ehc_late: for how many days that is over.
        own: head and words of each column of the school's own.
    """

    url: str
    name: str
    place: str
    class_name: str
    code: str
    main: str
    others: str
    since: str
    review: str
    late: int
    marker: str
    reasons: str
    turn: WhoseTurn | None
    ehc: str
    ehc_late: int
    own: tuple[tuple[str, str], ...] = ()


def lines(found: Register, today: date, own: Own) -> list[Line]:
    """Give the rows in words; the template only sets them."""
    address = addresses_of("pupils:show")
    return [_line(row, address(row.pupil.ref), today, own) for row in found.rows]


def _line(row: queries.RegisterRow, address: str, today: date, own: Own) -> Line:
    pupil, status, review = row.pupil, row.status, row.review_on
    codes = [need.code for need in row.needs]
    return Line(
        url=address,
        name=on_screen.listed(pupil),
        place=pupil.place,
        class_name=row.class_name,
        code=status.code if status else "",
        main=codes[0] if codes else "",
        others=", ".join(codes[1:]),
        since=words.month(status.starts) if status else "",
        review=_day(review, today) if review else "",
        late=max(0, (today - review).days) if review else 0,
        marker=row.marked.marker.value if row.marked else "",
        reasons=reasons(row),
        turn=row.turn,
        ehc=_day(row.ehc_on, today) if row.ehc_on else "",
        ehc_late=max(0, (today - row.ehc_on).days) if row.ehc_on else 0,
        own=own.shown(row),
    )


def _day(day: date, today: date) -> str:
    """Write a day; another year is said, unless the day is over."""
    written = words.day_short(day)
    return f"{written} {day.year}" if day > today and day.year != today.year else written


MISSING = {
    records.NO_STATUS_DATE: gettext_noop("start date"),
    records.NO_NEED_TYPE: gettext_noop("type of need"),
    records.NO_PLAN: gettext_noop("plan"),
    records.NO_OUTCOME: gettext_noop("outcome"),
    records.NO_REVIEW_DATE: gettext_noop("review date"),
    records.REVIEW_OVERDUE: gettext_noop("review"),
    marker.PARENTS_NOT_TOLD: gettext_noop("parents told"),
    marker.REVIEW_DUE: gettext_noop("review"),
}
MARKERS = {
    "gap": gettext_noop("Gap"),
    "due": gettext_noop("Due"),
    "complete": gettext_noop("Complete"),
}


def reasons(row: queries.RegisterRow) -> str:
    """Give in few words what is missing, or else what is due."""
    if row.marked is None or not row.marked.reasons:
        return ""
    return _in_words(tuple([found.kind for found in row.marked.reasons]), language_now())


def markers() -> dict[str, str]:
    """Give the words of the markers."""
    return {name: _(words) for name, words in MARKERS.items()}


@lru_cache(maxsize=1_000)
def _in_words(kinds: tuple[str, ...], language: str | None) -> str:
    return ", ".join(_(MISSING[kind]) for kind in kinds)


def lede(counts: Mapping[str, int]) -> str:
    """Give the sentence that counts the whole register."""
    plans = ngettext("%(num)s with an EHC plan", "%(num)s with an EHC plan", counts["E"])
    support = ngettext("%(num)s on SEN support", "%(num)s on SEN support", counts["K"])
    none = ngettext(
        "%(num)s gets help without a status", "%(num)s get help without a status", counts["none"]
    )
    parts = ((plans, "E"), (support, "K"), (none, "none"))
    said = [text % {"num": words.number(counts[key])} for text, key in parts if counts[key]]
    return ", ".join(said)


def table(shown: Shown) -> Table:
    """Give the list as it goes into a file."""
    return table_of(shown.found.rows, shown.own, several=shown.several)


def table_of(rows: Iterable[queries.RegisterRow], own: Own, *, several: bool) -> Table:
    """Give these rows as they go into a file."""
    heads = [column.label for column in columns()]
    heads.insert(heads.index(_("Record")) + 1, _("Why"))
    if several:
        heads.insert(1, _("School"))
    heads += [one.name for one in own.columns]
    listed = ([*_cells(row, several), *own.cells(row)] for row in rows)
    return Table(_("SEN register"), heads, listed)


def _cells(row: queries.RegisterRow, several: bool) -> list[Cell]:
    return [
        row.pupil.register_name,
        *([row.pupil.place] if several else []),
        row.class_name,
        row.status.code if row.status else None,
        ", ".join(need.code for need in row.needs),
        row.status.starts if row.status else None,
        row.review_on,
        row.ehc_on,
        _(MARKERS[row.marked.marker]) if row.marked else None,
        reasons(row),
        row.turn.who if row.turn else None,
    ]


def _known(query: QueryDict) -> dict[str, str]:
    return {**{name: query.get(name, "") for name in CHOSEN}, **_own_of(query)}


def _own_of(query: Mapping[str, str]) -> dict[str, str]:
    return {name: query[name] for name in sorted(query) if is_of_own(name)}


@lru_cache(maxsize=200)
def _form(
    asked: tuple[tuple[str, str], ...],
    groups: tuple[tuple[str, str], ...],
    own: tuple[tuple[str, str, Options], ...],
    today: date,
    language: str | None,
) -> FilterForm:
    """Give the filter bar, read and ready to be drawn: the same address has the same one."""
    form = FilterForm(dict(asked), groups=list(groups), today=today, own=own)
    form.full_clean()
    return form


def _filters(form: FilterForm, query: QueryDict, own: Own) -> Filters:
    """Read the filters; whatever an address cannot mean asks for nothing."""
    given = form.cleaned_data
    group = given.get("group", "")
    return Filters(
        group=RefConverter().to_python(group) if group else None,
        status=given.get("status", ""),
        need=given.get("need", ""),
        turn=given.get("turn", ""),
        view=query.get("view", "") if query.get("view") in VIEWS else "",
        mark=given.get("mark", ""),
        ehc=given.get("ehc", ""),
        own=own.wanted(given),
    )


VIEWS = ("soon", "late", "gaps")


def _views(
    counts: Mapping[str, int], filters: Filters, named: Iterable[Any], query: QueryDict
) -> list[Pick]:
    """Give the views above the register: those for everybody, then those that somebody named."""
    address = url("register:list")
    plain = filters == Filters()
    here = {name: value for name, value in asked_of(query).items() if value and name != "page"}
    return [
        Pick(_("Everybody"), f"{address}?view=all", plain, counts["all"]),
        Pick(_("Review late or this fortnight"), f"{address}?view=soon",
             filters.view == "soon", counts["soon"]),
        Pick(_("Something is missing"), f"{address}?view=gaps",
             filters.view == "gaps", counts["gaps"]),
        Pick(_("Help without a status"), f"{address}?status=none",
             filters.status == "none", counts["none"]),
        *(Pick(one.name, f"{address}?{one.query}", dict(parse_qsl(one.query)) == here)
          for one in named),
    ]  # fmt: skip


def _chosen(
    filters: Filters, query: QueryDict, groups: dict[str, str], own: Own
) -> list[tuple[str, str]]:
    named = {
        "group": groups.get(query.get("group", ""), ""),
        "status": filters.status if filters.status != "none" else _("help without a status"),
        "need": filters.need,
        "turn": _("my turn") if filters.turn == "mine" else _("somebody’s turn"),
        "mark": markers().get(filters.mark, ""),
        "ehc": f"{_('EHC review')}: {dict(EHC).get(filters.ehc, '')}",
        "view": {
            "soon": _("review late or this fortnight"),
            "late": _("review late"),
            "gaps": _("something is missing"),
        }.get(filters.view, ""),
    }
    held = {
        "group": filters.group, "status": filters.status,
        "need": filters.need, "turn": filters.turn, "mark": filters.mark,
        "ehc": filters.ehc, "view": filters.view,
    }  # fmt: skip
    said = [(name, named[name]) for name, value in held.items() if value]
    said += own.chosen(query)
    return [(words_of, f"?{_without(query, name, 'page')}") for name, words_of in said]


def _without(query: Mapping[str, str], *names: str) -> str:
    return urlencode({name: query[name] for name in query if name not in names and query[name]})
