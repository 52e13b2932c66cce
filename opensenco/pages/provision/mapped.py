"""What the pages of the map show: three views of what runs today, and the same as files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actor import Actor
from opensenco.exchange.out import MOST, Table
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.provision.queries.map import UNKNOWN, Chosen, Counts, Map, rows_of
from opensenco.provision.states import LAYER_NAMES, Layer
from opensenco.ui import words
from opensenco.ui.forms import Form
from opensenco.ui.language import spoken
from opensenco.ui.listing import Column, Listing, Pick

PUPIL, PROVISION, SCHOOL = "pupil", "provision", "school"
VIEWS = {
    PUPIL: gettext_lazy("By pupil"),
    PROVISION: gettext_lazy("By provision"),
    SCHOOL: gettext_lazy("Whole school"),
}
COLUMNS = {
    PUPIL: [
        Column(gettext_lazy("Pupil"), "name"),
        Column(gettext_lazy("Year"), "year"),
        Column(gettext_lazy("Need"), "need"),
        *(Column(LAYER_NAMES[layer]) for layer in Layer),
        Column(gettext_lazy("Minutes a week"), "weekly", num=True),
    ],
    PROVISION: [
        Column(gettext_lazy("Provision"), "name"),
        Column(gettext_lazy("Layer"), "layer"),
        Column(gettext_lazy("Pupils"), "pupils", num=True),
        Column(gettext_lazy("Groups"), num=True),
        Column(gettext_lazy("Who delivers it")),
        Column(gettext_lazy("Measured before and after")),
        Column(gettext_lazy("Minutes a week"), "weekly", num=True),
    ],
    SCHOOL: [],
}  # fmt: skip


def need_words(code: str | None) -> str:
    """Say a type of need by its name."""
    found = NEED_TYPES.find(code) if code and code != UNKNOWN else None
    return spoken(found.title) if found else _("No need recorded")


class NarrowForm(Form):
    """What the map is narrowed down to."""

    layer = forms.ChoiceField(label=gettext_lazy("Layer"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    need = forms.ChoiceField(label=gettext_lazy("Need"), required=False)

    def __init__(
        self, *args: Any, years: Sequence[int | None], needs: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        every = [("", _("All"))]
        choices = {
            "layer": [(str(layer.value), str(LAYER_NAMES[layer])) for layer in Layer],
            "year": [(key_of(year), words.year_group(year)) for year in years],
            "need": [(need, need_words(need)) for need in needs],
        }
        for name, some in choices.items():
            self.fields[name].choices = [*every, *some]  # type: ignore[attr-defined]


def key_of(value: object) -> str:
    """Give a year group or need as an address has it."""
    return UNKNOWN if value is None else str(value)


@dataclass(frozen=True)
class Row:
    """One row of the whole school: its words, and its pupils by layer, each with an address."""

    words: str
    cells: list[tuple[int, str]]
    every: tuple[int, str]


@dataclass(frozen=True)
class Shown:
    """One view of the map."""

    view: str
    chosen: Chosen
    form: NarrowForm
    found: Map
    listing: Listing
    rows: Sequence[Any]

    def address(self, **changes: str) -> str:
        """Give the address of another view or choice, with the rest of this one."""
        query = QueryDict(mutable=True)
        given = {"view": self.view, **vars(self.chosen), **changes}
        for name, value in given.items():
            if value:
                query[name] = value
        return f"{reverse('provision:map')}?{query.urlencode()}"

    def paper(self, form: str) -> str:
        """Give the address of the whole map as a paper, narrowed down as this view is."""
        query = QueryDict(mutable=True)
        query["paper"] = form
        for name, value in vars(self.chosen).items():
            if value:
                query[name] = value
        return f"{reverse('provision:map')}?{query.urlencode()}"

    @property
    def views(self) -> list[Pick]:
        """The three views."""
        return [Pick(label, self.address(view=v), v == self.view) for v, label in VIEWS.items()]

    def year_words(self, year: int | None) -> str:
        """Say a year group."""
        return words.year_group(year)

    def need_words(self, code: str) -> str:
        """Say a type of need."""
        return need_words(code)

    def layer_words(self, layer: int) -> str:
        """Say a layer in one word."""
        return str(LAYER_NAMES[layer])

    @property
    def layers(self) -> list[tuple[int, str]]:
        """The layers that are shown, with their names."""
        return [(one.value, str(LAYER_NAMES[one])) for one in Layer]

    @property
    def totals(self) -> list[tuple[str, int, int]]:
        """Pupils and minutes a week of each layer."""
        found = self.found.layers()
        return [(name, *found.get(layer, (0, 0))) for layer, name in self.layers]

    def _counted(self, by: str, called: Any) -> list[Row]:
        counts: Counts = self.found.counts(by)
        keys = sorted(counts.alls, key=lambda key: (key is None, key or 0))
        return [
            Row(
                called(key),
                [
                    (
                        counts.rows.get(key, {}).get(layer, 0),
                        self.address(view=PUPIL, layer=str(layer), **{by: key_of(key)}),
                    )
                    for layer, _name in self.layers
                ],
                (counts.alls[key], self.address(view=PUPIL, **{by: key_of(key)})),
            )
            for key in keys
        ]

    @property
    def by_year(self) -> list[Row]:
        """Pupils by year group and layer."""
        return self._counted("year", words.year_group)

    @property
    def by_need(self) -> list[Row]:
        """Pupils by their first need and layer."""
        return self._counted("need", need_words)

    @property
    def picked(self) -> str:
        """What it is narrowed down to, in words; empty where it is the whole map."""
        found = [
            dict(self.form.fields[name].choices)[value]  # type: ignore[attr-defined]
            for name, value in vars(self.chosen).items()
            if value
        ]
        return ", ".join(map(str, found))

    @property
    def chosen_words(self) -> str:
        """The view and what it is narrowed down to, in words."""
        return ", ".join(filter(None, (str(VIEWS[self.view]), self.picked)))

    def table(self) -> Table:
        """Give the view as it goes into a file, whole; that of the whole school: see `summed`."""
        return self._provisions() if self.view == PROVISION else self._pupils()

    def _pupils(self) -> Table:
        heads = [
            _("Pupil"), _("Class"), _("Year"), _("Need"), _("Layer"), _("Provision"),
            _("Times a week"), _("Minutes"), _("Minutes a week"), _("Who delivers it"),
            _("From"), _("Until"), _("For"),
        ]  # fmt: skip
        every = rows_of(self.found.by_pupil(self.listing.sort, 0, MOST))
        rows = [
            (
                one.pupil.register_name, getattr(one.pupil, "class_name", ""),
                words.year_group(one.year), need_words(one.need),
                LAYER_NAMES[given.provision.layer], given.provision.name, given.times_a_week,
                given.minutes, given.times_a_week * given.minutes, by_whom(given), given.starts,
                given.ends, given.outcome.text if given.outcome else "",
            )
            for one, given in every
        ]  # fmt: skip
        return Table(_("Provision map by pupil"), heads, rows)

    def _provisions(self) -> Table:
        heads = [
            _("Provision"), _("Layer"), _("Pupils"), _("Groups"), _("Who delivers it"),
            _("Measured before"), _("Measured after"), _("Minutes a week"),
        ]  # fmt: skip
        rows = [
            (
                one.provision.name, LAYER_NAMES[one.provision.layer], one.pupils, one.groups,
                one.people, one.provision.entry_measure, one.provision.exit_measure, one.weekly,
            )
            for one in self.found.by_provision(self.listing.sort, 0, MOST)
        ]  # fmt: skip
        return Table(_("Provision map by provision"), heads, rows)


def by_whom(given: Any) -> str:
    """Say who delivers a promise and in which group, or that nobody does yet."""
    return ", ".join(str(one.name) for one in (given.person, given.group) if one) or _("nobody yet")


def shown(actor: Actor, query: Mapping[str, str]) -> Shown:
    """Give the view that an address asks for; what it cannot mean chooses nothing."""
    view = query.get("view", "") if query.get("view", "") in VIEWS else PUPIL
    years, needs = Map(actor, Chosen()).choices()
    form = NarrowForm(query, years=years, needs=needs)
    form.is_valid()
    chosen = Chosen(**{name: form.cleaned_data.get(name, "") for name in ("layer", "year", "need")})
    found = Map(actor, chosen)
    counts = {PUPIL: found.count_pupils, PROVISION: found.count_provisions}
    count = counts[view]() if view in counts else 0
    usual = "layer" if view == PROVISION else ""
    listing = Listing(query, COLUMNS[view], count, usual=usual)
    lists: dict[str, Callable[..., Sequence[Any]]] = {
        PUPIL: found.by_pupil, PROVISION: found.by_provision,
    }  # fmt: skip
    rows = lists[view](listing.sort, listing.start, listing.stop) if view in lists else []
    return Shown(view, chosen, form, found, listing, rows)
