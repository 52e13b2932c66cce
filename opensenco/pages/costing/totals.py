"""Totals of what provision costs: by class, first need, outcome provision; page and paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing import place
from opensenco.costing.place import OfPupil
from opensenco.costing.queries import sees_pay
from opensenco.costing.totals import By, Total, added_up, outcomes_of, provisions_of, whole
from opensenco.documents.pdf.tables import TableOnPaper, TablesPaper, tables_pdf, tables_word
from opensenco.documents.setting import ENDINGS, TYPES
from opensenco.documents.states import Form
from opensenco.exchange import out
from opensenco.exchange.out import Table
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.kernel.text import sort_key
from opensenco.pages.costing import show
from opensenco.pages.costing.views import READERS
from opensenco.people import queries as people
from opensenco.ui import words
from opensenco.ui.charts import Bar
from opensenco.ui.listing import Column, Listing, Pick

LABELS = {
    By.CLASS: gettext_lazy("By class"),
    By.NEED: gettext_lazy("By first need"),
    By.OUTCOME: gettext_lazy("By outcome"),
    By.PROVISION: gettext_lazy("By provision"),
}
HEADS = {
    By.CLASS: gettext_lazy("Class"),
    By.NEED: gettext_lazy("First need"),
    By.OUTCOME: gettext_lazy("Outcome"),
    By.PROVISION: gettext_lazy("Provision"),
}
NONE = {
    By.CLASS: gettext_lazy("No class"),
    By.NEED: gettext_lazy("No need ranked"),
    By.OUTCOME: gettext_lazy("No outcome named"),
    By.PROVISION: gettext_lazy("Several provisions"),
}
#: whoever is over is a pupil: their whole cost is under one class and one first need alone
OF_PUPILS = frozenset({By.CLASS, By.NEED})
#: more bars than these are too narrow for their names
MOST_BARS = 8
#: as long as a reader goes through a paper
MOST_ON_PAPER = 500
PENCE, THOUSAND = 100, 1000


@dataclass(frozen=True)
class Row:
    """One total with its name and where it leads."""

    name: str
    total: Total
    url: str = ""
    under: str = ""

    @property
    def sort_key(self) -> tuple[bool, str, str]:
        """By name; what has none comes last."""
        return self.total.key in (None, ""), sort_key(self.name), self.under


SORTS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: row.sort_key,
    "pupils": lambda row: len(row.total.pupils),
    "planned": lambda row: row.total.pence,
    "delivered": lambda row: row.total.delivered,
    "over": lambda row: row.total.over,
    "above": lambda row: row.total.above,
    "comes": lambda row: row.total.comes_in,
}


class Totals:
    """The totals of one page: by one of four, sorted, a page of it."""

    def __init__(self, actor: Actor, query: Mapping[str, str]) -> None:
        self._actor, self._query = actor, query
        asked = query.get("by", "")
        self.by = By(asked) if asked in set(By) else By.CLASS
        self._every = place.of_all(actor)
        #: what was delivered goes through all sessions of the year, so it is shown when asked for
        self.beside = bool({"beside", "file", "paper"} & query.keys())
        if self.beside:
            place.with_delivered(actor, self._every)
        self.several = len(actor.hat.orgs) > 1
        self.pay = sees_pay(actor)

    @cached_property
    def whole(self) -> Total:
        """Everything together."""
        return whole(self._every)

    @property
    def first(self) -> OfPupil | None:
        """A pupil of whom the year is told; None where nothing is promised."""
        return self._every[0] if self._every else None

    @cached_property
    def rows(self) -> list[Row]:
        """The totals by what is asked for, in its order."""
        rows = self._named(self.by)
        key, down = self.listing_sort
        return sorted(sorted(rows, key=SORTS["name"]), key=SORTS[key], reverse=down)

    @property
    def listing_sort(self) -> tuple[str, bool]:
        """The column that sorts, and whether it runs down."""
        sort = Listing(self._query, self.columns, 0, usual="name").sort
        return sort.removeprefix("-"), sort.startswith("-")

    @property
    def columns(self) -> list[Column]:
        """The heads of the table."""
        over = [
            Column(_("Over the threshold"), "over", num=True),
            Column(_("Over by, together"), "above", num=True),
            Column(_("Top-up that comes in"), "comes", num=True),
        ]  # fmt: skip
        return [
            Column(HEADS[self.by], "name"), Column(_("Pupils"), "pupils", num=True),
            Column(_("Planned cost in the year"), "planned", num=True),
            *([Column(_("Delivered by today"), "delivered", num=True)] if self.beside else []),
            *(over if self.by in OF_PUPILS else []),
        ]  # fmt: skip

    @cached_property
    def listing(self) -> Listing:
        """Which page of it is shown."""
        return Listing(self._query, self.columns, len(self.rows), usual="name")

    @property
    def page_rows(self) -> Sequence[Row]:
        """The totals of this page."""
        return self.rows[self.listing.start : self.listing.stop]

    @property
    def of_pupils(self) -> bool:
        """Whether each pupil is under one head alone."""
        return self.by in OF_PUPILS

    @property
    def picks(self) -> list[Pick]:
        """The four ways to add up."""
        kept = {"beside": "delivered"} if self.beside else {}
        return [Pick(LABELS[by], _address(by=by.value, **kept), by is self.by) for by in By]

    @property
    def other(self) -> str:
        """The address of the same with what was delivered, or without."""
        return _address(by=self.by.value, **({} if self.beside else {"beside": "delivered"}))

    @property
    def papers(self) -> list[Pick]:
        """The same as a paper, in two forms."""
        return [
            Pick(_("PDF"), _address(paper=Form.PDF.value)),
            Pick(_("Word"), _address(paper=Form.WORD.value)),
        ]

    @property
    def bars(self) -> list[Bar]:
        """What is planned under each head, in thousands of pounds, where they are few enough to be
        drawn."""
        if self.by not in OF_PUPILS or not 1 < len(self.rows) <= MOST_BARS:
            return []
        return [
            Bar(_short(row.name), row.total.pence / PENCE / THOUSAND, name=row.name,
                shown=words.money_pounds(row.total.pence // PENCE * PENCE))
            for row in self.rows
        ]  # fmt: skip

    def table(self) -> Table:
        """Give the totals as they go into a file, amounts in pence as whole numbers."""
        over = (_("Over the threshold"), _("Over by, in pence"), _("Top-up, in pence"))
        heads = [str(HEADS[self.by]), _("Of"), _("Pupils"), _("Planned in the year"),
                 _("Delivered by today"), _("Planned, in pence"), _("Delivered, in pence"),
                 *(over if self.of_pupils else ())]  # fmt: skip
        lines = [
            (
                row.name, row.under, len(row.total.pupils), show.amount(row.total.planned_sum),
                show.amount(row.total.delivered_sum), row.total.pence, row.total.delivered,
                *(_of_pupils(row.total) if self.of_pupils else ()),
            )
            for row in self._under(self.rows)
        ]  # fmt: skip
        return Table(_("What provision costs, added up"), heads, lines)

    def shown(self) -> list[Row]:
        """Give the totals of this page with what stands under their names."""
        return self._under(self.page_rows)

    def _named(self, by: By) -> list[Row]:
        outcomes: Mapping[int, int] = {}
        named: Mapping[int, Any] = {}
        if by is By.OUTCOME:
            outcomes, named = outcomes_of(self._actor, self._every)
        totals = added_up(self._every, by, outcomes)
        if by is By.PROVISION:
            named = provisions_of(one.key for one in totals)
        return [self._row(by, one, named) for one in totals]

    def _row(self, by: By, one: Total, named: Mapping[int, Any]) -> Row:
        if by is By.CLASS:
            _org, name = one.key
            some = next(iter(one.pupils.values()))
            one.key = name
            under = some.org.name if self.several else ""
            leads = _over(in_class=name) if name else ""
            return Row(name or str(NONE[by]), one, leads, under)
        if by is By.NEED:
            return Row(one.key or str(NONE[by]), one)
        row = named.get(one.key)
        if row is None:
            return Row(str(NONE[by]), one)
        if by is By.OUTCOME:
            return Row(row.text, one)
        return Row(row.name, one, reverse("costing:provision", args=[row.ref]))

    def _under(self, rows: Sequence[Row]) -> list[Row]:
        """Say of outcomes whose they are, with the way to what that pupil's provision costs."""
        if self.by is not By.OUTCOME:
            return list(rows)
        own = [next(iter(row.total.pupils.values())) for row in rows if row.total.key is not None]
        place.with_pupils(own)
        return [
            row if row.total.key is None else _of_pupil(row, next(iter(row.total.pupils.values())))
            for row in rows
        ]  # fmt: skip

    def paper(self) -> TablesPaper:
        """Give the totals that name no pupil as a paper: by class, first need and provision."""
        return TablesPaper(
            place=people.place(self._actor).name if not self.several else _("All our schools"),
            title=_("What provision costs, added up"),
            facts=((_("Year"), show.year_in_words(self.first) if self.first else ""),
                   (_("Of"), words.day(self._actor.today))),
            tables=tuple(self._on_paper(by) for by in By if by is not By.OUTCOME),
            closing=(
                show.rates_in_words(pay=self.pay),
                _("Each total is the sum of the lines of pupils as they are shown. What is "
                  "universal is not costed."),
                _("Printed on %(day)s by %(who)s.")
                % {"day": words.day(self._actor.today), "who": self._actor.person.name},
            ),
            printed_on=self._actor.today,
        )  # fmt: skip

    def _on_paper(self, by: By) -> TableOnPaper:
        heads = (str(HEADS[by]), _("Pupils"), _("Planned"), _("Delivered"))
        rows = sorted(self._named(by), key=SORTS["name"])[:MOST_ON_PAPER]
        whole = Row(_("In all"), self.whole)
        cells = [
            (_with(row), words.number(len(row.total.pupils)), show.amount(row.total.planned_sum),
             show.amount(row.total.delivered_sum))
            for row in (*rows, whole)
        ]  # fmt: skip
        return TableOnPaper(str(LABELS[by]), heads, tuple(cells), (5, 2, 3, 3))


def _with(row: Row) -> str:
    return f"{row.name}, {row.under}" if row.under else row.name


def _of_pupils(total: Total) -> tuple[int, int, int]:
    return total.over, total.above, total.comes_in


def _of_pupil(row: Row, one: OfPupil) -> Row:
    leads = reverse("costing:pupil", args=[one.pupil.ref])
    return Row(row.name, row.total, leads, one.pupil.register_name)


def _short(name: str) -> str:
    """Write a name that stands under a bar, which is no wider than two words."""
    return name if len(name) <= 14 else f"{name[:13].rstrip()}…"


def _address(**query: str) -> str:
    return f"{reverse('costing:totals')}?{urlencode(query)}"


def _over(**query: str) -> str:
    return f"{reverse('costing:over')}?{urlencode(query)}"


@page(Action.COST_VIEW, logs=Logs.LIST, tab="provision", who=READERS)
def totals(request: HttpRequest, actor: Actor) -> Answer | HttpResponse:
    """Show what provision costs, planned and delivered, added up by one of four."""
    shown = Totals(actor, request.GET.dict())
    pupils = len(shown.whole.pupils)
    if kind := out.asked(request.GET):
        return out.as_file(actor, kind, "cost-totals", shown.table(), wanted=f"by {shown.by}")
    if form := request.GET.get("paper", ""):
        asked = Form.WORD if form == Form.WORD else Form.PDF
        paper = shown.paper()
        return Answer(
            content=tables_word(paper) if asked is Form.WORD else tables_pdf(paper),
            content_type=TYPES[asked.value],
            filename=f"cost-totals.{ENDINGS[asked.value]}",
            listed=Listed(pupils, "costs on paper"),
        )
    return Answer(
        "costing/totals.html", {"shown": shown, "words": show},
        listed=Listed(pupils, f"costs by {shown.by}"),
    )  # fmt: skip
