"""The whole school's map as a paper or a file: pupils, hours and, for who may see it, cost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.costing import place as costing
from opensenco.costing.queries import sees_pay
from opensenco.documents.pdf.tables import TableOnPaper, TablesPaper, tables_pdf, tables_word
from opensenco.documents.setting import ENDINGS, TYPES
from opensenco.documents.states import Form
from opensenco.exchange.out import MOST, Table
from opensenco.gate.answer import Answer, Listed
from opensenco.pages.provision import mapped
from opensenco.people import queries as people
from opensenco.provision.queries.map import OfPupil
from opensenco.provision.states import LAYER_NAMES, Layer
from opensenco.ui import words

#: as a school has its map before it: nobody reads a longer one on paper
MOST_PROVISIONS = 500


@dataclass
class Sum:
    """Pupils, each once, minutes a week of their time, and pence of the year."""

    pupils: set[int] = field(default_factory=set)
    by_layer: dict[int, set[int]] = field(default_factory=dict)
    minutes: int = 0
    pence: int = 0
    missing: bool = False

    def add(self, given: Any, cost: Any) -> None:
        """Add what one pupil is given."""
        self.pupils.add(given.pupil_id)
        self.by_layer.setdefault(given.provision.layer, set()).add(given.pupil_id)
        self.minutes += given.times_a_week * given.minutes
        if cost is not None:
            self.pence += cost.pence
            self.missing = self.missing or cost.missing

    @property
    def hours(self) -> str:
        """Hours a week, to one place."""
        return f"{self.minutes / 60:,.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Summary:
    """The whole map, added up by layer, year, first need and provision.

    Args:
        costs: whether this reader sees what it costs.
    """

    layers: dict[Any, Sum]
    years: dict[Any, Sum]
    needs: dict[Any, Sum]
    provisions: dict[Any, Sum]
    whole: Sum
    costs: bool
    year: str

    def cost(self, one: Sum) -> str:
        """Say what one line costs; a star where a rate is missing."""
        return words.money_pounds(one.pence) + (" *" if one.missing else "")


def summary(actor: Actor, found: Sequence[OfPupil]) -> Summary:
    """Add up what runs today; costs are those of the year, as planned, of what runs today."""
    costs: Mapping[int, Any] = {}
    year, sees = "", actor.can_somewhere(Action.COST_VIEW)
    if sees:
        costs, span = costing.of_each_promise(actor)
        if span is not None:
            year = _("%(first)s to %(last)s") % {
                "first": words.day(span.first), "last": words.day(span.last or actor.today),
            }  # fmt: skip
    layers: dict[Any, Sum] = {}
    years: dict[Any, Sum] = {}
    needs: dict[Any, Sum] = {}
    provisions: dict[Any, Sum] = {}
    whole = Sum()
    for one in found:
        for given in one.promises:
            cost = costs.get(given.pk)
            for sums, key in (
                (layers, given.provision.layer), (years, one.year), (needs, one.need),
                (provisions, given.provision),
            ):  # fmt: skip
                sums.setdefault(key, Sum()).add(given, cost)
            whole.add(given, cost)
    return Summary(layers, years, needs, provisions, whole, sees, year)


Called = Callable[[Any], str]


def _groups(made: Summary) -> list[tuple[str, dict[Any, Sum], Called, list[Any]]]:
    def layer(key: Any) -> str:
        return str(LAYER_NAMES[key])

    def known_last(keys: Iterable[Any]) -> list[Any]:
        return sorted(keys, key=lambda key: (key is None or key == "", key or 0))

    def by_name(keys: Iterable[Any]) -> list[Any]:
        return sorted(keys, key=lambda key: (not key, mapped.need_words(key)))

    return [
        (_("Layer"), made.layers, layer, sorted(made.layers)),
        (_("Year"), made.years, words.year_group, known_last(made.years)),
        (_("First need"), made.needs, mapped.need_words, by_name(made.needs)),
    ]


def _cells(made: Summary, one: Sum) -> tuple[str, ...]:
    by_layer = [words.number(len(one.by_layer.get(layer, ()))) for layer in Layer]
    cost = (made.cost(one),) if made.costs else ()
    return (*by_layer, words.number(len(one.pupils)), one.hours, *cost)


def _heads(made: Summary, first: str) -> tuple[str, ...]:
    cost = (_("Cost in the year"),) if made.costs else ()
    layers = [str(LAYER_NAMES[layer]) for layer in Layer]
    return (first, *layers, _("Pupils"), _("Hours a week"), *cost)


def tables(made: Summary) -> tuple[TableOnPaper, ...]:
    """Give the map as tables of a paper."""
    found = []
    for name, sums, called, keys in _groups(made):
        heads = _heads(made, name)
        rows = [(called(key), *_cells(made, sums[key])) for key in keys]
        rows.append((_("In all"), *_cells(made, made.whole)))
        shares = (5, *(2 for _head in heads[1:]))
        heading = _("By %(what)s") % {"what": name.lower()}
        found.append(TableOnPaper(heading, heads, tuple(rows), shares))
    return (*found, _of_provisions(made))


def _of_provisions(made: Summary) -> TableOnPaper:
    rows = []
    ordered = sorted(made.provisions, key=lambda one: (one.layer, one.name, one.pk))
    for one in ordered[:MOST_PROVISIONS]:
        figures, measures = made.provisions[one], (one.entry_measure, one.exit_measure)
        rows.append((
            one.name, str(LAYER_NAMES[one.layer]), words.number(len(figures.pupils)),
            figures.hours, "; ".join(dict.fromkeys(filter(None, measures))),
            *((made.cost(figures),) if made.costs else ()),
        ))  # fmt: skip
    heads = [_("Provision"), _("Layer"), _("Pupils"), _("Hours a week"), _("Measured by")]
    shares = [5, 3, 2, 2, 5]
    if made.costs:
        heads.append(_("Cost in the year"))
        shares.append(3)
    return TableOnPaper(_("By provision"), tuple(heads), tuple(rows), tuple(shares))


def table(actor: Actor, shown: mapped.Shown) -> Table:
    """Give the map as one table of a spreadsheet, with numbers as numbers."""
    made = summary(actor, shown.found.by_pupil("name", 0, MOST))
    heads = [_("By"), _("Which"), *(str(LAYER_NAMES[layer]) for layer in Layer),
             _("Pupils in all"), _("Minutes of pupils’ time a week")]  # fmt: skip
    if made.costs:
        heads.append(_("Cost in the year, in pounds"))
    rows = []
    for name, sums, called, keys in _groups(made):
        for key in keys:
            one = sums[key]
            by_layer = [len(one.by_layer.get(layer, ())) for layer in Layer]
            cost = (round(one.pence / 100),) if made.costs else ()
            rows.append((name, called(key), *by_layer, len(one.pupils), one.minutes, *cost))
    return Table(_("Provision map of the school"), heads, rows)


def on_paper(actor: Actor, shown: mapped.Shown, asked: str) -> Answer:
    """Give the whole map, as it is narrowed down, as a tagged PDF or a Word file."""
    form = Form.WORD if asked == Form.WORD else Form.PDF
    paper = _paper(actor, shown)
    return Answer(
        content=tables_word(paper) if form is Form.WORD else tables_pdf(paper),
        content_type=TYPES[form.value],
        filename=f"provision-map.{ENDINGS[form.value]}",
        listed=Listed(len(shown.rows), "map on paper"),
    )


def _paper(actor: Actor, shown: mapped.Shown) -> TablesPaper:
    made = summary(actor, shown.found.by_pupil("name", 0, MOST))
    closing = [
        _("A pupil who is given something of several layers is counted in each, and once in all. "
          "Hours are of pupils’ time: a group of four for half an hour is two hours."),
    ]  # fmt: skip
    if made.costs:
        closing.append(
            _("Cost of %(year)s as planned, of what runs today. A star says that a rate is "
              "missing. What is universal is not costed.") % {"year": made.year}
        )  # fmt: skip
        if sees_pay(actor):
            closing.append(
                _("Costs can be at what people are paid: what one adult gives alone tells their "
                  "pay. Keep this to those who may see it.")
            )  # fmt: skip
    closing.append(
        _("Printed on %(day)s by %(who)s.")
        % {"day": words.day(actor.today), "who": actor.person.name}
    )
    return TablesPaper(
        place=people.place(actor).name if len(actor.hat.orgs) == 1 else _("All our schools"),
        title=_("Provision map"),
        facts=((_("Of"), words.day(actor.today)), (_("Narrowed down to"), shown.picked)),
        tables=tables(made),
        closing=tuple(closing),
        printed_on=actor.today,
    )
