"""Pupils who are not in a list: which of them have left, and on which day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.exchange import queries
from opensenco.exchange.operations import leavers
from opensenco.exchange.states import State
from opensenco.kernel.refs import RefConverter, short
from opensenco.pages.imports.show import MISSING, Shown
from opensenco.ui import words
from opensenco.ui.dates import PickDateField
from opensenco.ui.forms import VersionedForm


class LeaversForm(VersionedForm):
    """Who has left, and when."""

    def __init__(
        self,
        *args: Any,
        absent: list[tuple[str, str]],
        said: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        """Take who is not in the list, and of whom it was said already that they have left."""
        super().__init__(*args, **options)
        if said:
            self.fields["stay"] = forms.MultipleChoiceField(
                label=_("Marked as having left. Tick who stays on the roll after all"),
                choices=said,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if absent:
            self.fields["left"] = forms.MultipleChoiceField(
                label=_("Tick who has left"),
                choices=absent,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.fields["on"] = PickDateField(label=_("Their last day on the roll"), required=False)


def form(shown: Shown, **given: Any) -> LeaversForm:
    """Give the form for the pupils of a page."""
    absent = [(short(one.ref), _named(one)) for one in shown.lines if one.ref]
    return LeaversForm(absent=absent, said=_said(shown), **given)


def _named(line: Any) -> str:
    return f"{line.name} ({line.what})" if line.what else str(line.name)


def _said(shown: Shown) -> list[tuple[str, str]]:
    if not shown.waits:
        return []
    return [
        (
            str(row.part),
            _("%(name)s, last day %(day)s")
            % {"name": shown.kind.called(row.values), "day": _day(row)},
        )
        for row in queries.leavers(shown.row)
    ]


def _day(row: Any) -> str:
    return words.day(date.fromisoformat(row.values["left_on"]))


def asked(shown: Shown, given: Any = None) -> LeaversForm | None:
    """Give the form as it was sent or as it stands; None where nothing can be said."""
    if isinstance(given, LeaversForm):
        return given
    open_ = shown.row.state in (State.READ, State.APPLIED)
    if shown.view != MISSING or not open_ or shown.kind.missing(shown.row) is None:
        return None
    found = form(shown, initial={"version": shown.row.version})
    return found if {"left", "stay"} & set(found.fields) else None


def mark(actor: Actor, row: Any, given: dict[str, Any]) -> Any:
    """Keep what was said.

    Raises:
        DomainError: as `mark_leavers` does.
    """
    refs = [RefConverter().to_python(ref) for ref in given.get("left") or []]
    return leavers.mark_leavers(
        actor=actor,
        file_import=row,
        version=given["version"],
        pupils=queries.pupils_missing(row, refs),
        on=given.get("on"),
        stay=[int(part) for part in given.get("stay") or []],
    )
