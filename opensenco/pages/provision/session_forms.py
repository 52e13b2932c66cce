"""The form of one session, as it is logged and as it is put right."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.kernel.refs import short
from opensenco.provision.operations.sessions import MOST_CLOSED, Held, Mark
from opensenco.provision.states import MARKS, Went, WhyNot
from opensenco.ui.forms import Form, LongText, Segments, WholeNumber, Words, speak

Choices = Sequence[tuple[str, str]]
WENT, NOTE, MINUTES = "went-", "note-", "minutes-"
#: who gave it, where it was who logs it
ME = "me"
MOST_MINUTES = 360


@dataclass(frozen=True)
class Asked:
    """What the form of a session asks.

    Args:
        pupils: reference of the allocation and the name, one for each pupil.
        minutes: the lengths to choose from, the promised one among them.
        days: the days to choose from; none where the day is fixed.
        missed: the sessions that this one can make up; none where nothing was missed.
        givers: who can have given it; none where it is plain.
        reasons: the place's own reasons why one is not held.
    """

    pupils: Choices
    minutes: Sequence[int]
    days: Choices = ()
    missed: Choices = ()
    givers: Choices = ()
    reasons: Sequence[Any] = ()

    @property
    def why(self) -> Choices:
        """Why it was not held: the reasons that all places have, each with our own of its kind."""
        found: list[tuple[str, Any]] = [("", _("It happened"))]
        for kind, label in WhyNot.choices:
            found.append((kind, label))
            found += [(own_key(one), one.words) for one in self.reasons if one.kind == kind]
        return found


def own_key(one: Any) -> str:
    """Give one of our own reasons as the form sends it."""
    return f"{one.kind}:{short(one.ref)}"


class SessionForm(Form):
    """One session for all of a group: everyone was here, and only differences are touched."""

    not_held = forms.ChoiceField(
        label=gettext_lazy("Did it happen?"),
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    other_minutes = WholeNumber(
        label=gettext_lazy("Another length, in minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
    )
    note = LongText(
        label=gettext_lazy("Note for the whole group"), max_length=1000, rows=2, required=False
    )
    closed = Words(
        label=gettext_lazy("Why did it take place on that day?"),
        max_length=MOST_CLOSED,
        required=False,
    )

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        self._choose("not_held", asked.why)
        self.fields["minutes"] = forms.TypedChoiceField(
            label=_("How long was it?"),
            choices=[(str(n), _("%(minutes)s min") % {"minutes": n}) for n in asked.minutes],
            coerce=int,
            widget=Segments,
        )
        if asked.days:
            self.fields["on"] = forms.TypedChoiceField(
                label=_("Which day?"), choices=asked.days, coerce=date.fromisoformat
            )
        if asked.missed:
            self.fields["makes_up"] = forms.ChoiceField(
                label=_("Does it make up a missed one?"),
                choices=[("", _("No")), *asked.missed],
                widget=forms.RadioSelect,
                required=False,
                initial="",
            )
        if asked.givers:
            self.fields["gave"] = forms.ChoiceField(
                label=_("Who gave it?"), choices=asked.givers, widget=forms.RadioSelect
            )
        for ref, name in asked.pupils:
            self._add_pupil(ref, name)
        # a page opened yesterday offers a day that is no longer among the last ones
        for field in self.fields.values():
            speak(field)

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = list(choices)

    def _add_pupil(self, ref: str, name: str) -> None:
        self.fields[WENT + ref] = forms.ChoiceField(
            label=name, choices=[(w.value, w.label) for w in MARKS], widget=Segments
        )
        self.fields[MINUTES + ref] = WholeNumber(
            label=_("Minutes of %(name)s, if other") % {"name": name},
            min_value=1,
            max_value=MOST_MINUTES,
            required=False,
        )
        self.fields[NOTE + ref] = Words(
            label=_("Note about %(name)s") % {"name": name}, max_length=1000, required=False
        )

    def held(self, gave: Any = None) -> Held:
        """How the session went as a whole.

        Args:
            gave: who gave it, where that was asked.
        """
        given = self.cleaned_data
        why = given["not_held"]
        own = next((one for one in self.asked.reasons if own_key(one) == why), None)
        return Held(
            minutes=given["other_minutes"] or given["minutes"], not_held=why.partition(":")[0],
            own=own,
            note=given["note"], closed=given["closed"], gave=gave,
        )  # fmt: skip

    def marks(self, refs: Mapping[str, uuid.UUID]) -> dict[uuid.UUID, Mark]:
        """How it went for each pupil, by the reference of the allocation."""
        given = self.cleaned_data
        return {
            refs[ref]: Mark(given[WENT + ref], given[MINUTES + ref], given[NOTE + ref])
            for ref in refs
        }


class CorrectionForm(SessionForm):
    """The same after it was logged: what differs becomes a new row."""

    mistake = forms.BooleanField(
        label=gettext_lazy("There was no such session: it was logged by mistake"), required=False
    )


def lengths(promised: int) -> list[int]:
    """Give five lengths about the promised one, shortest first; all of them are possible."""
    step = 5 if promised > 10 else max(1, promised // 3)
    return sorted({n for n in (promised + step * k for k in range(-2, 3)) if 1 <= n <= 360})


def usual(minutes: int, refs: Sequence[str]) -> dict[str, Any]:
    """Give the initial answers: as long as promised, everyone here."""
    return {"minutes": str(minutes), **{WENT + ref: Went.DELIVERED.value for ref in refs}}


def refs_of(allocations: Sequence[Any]) -> dict[str, uuid.UUID]:
    """Give the references of allocations as the names of fields hold them."""
    return {short(one.ref): one.ref for one in allocations}


def with_mine(theirs: Mapping[str, Any], mine: Mapping[str, Any], promised: int) -> dict[str, Any]:
    """Fill in what somebody else has logged, and over it what one has marked differently.

    What one left as it was offered is no mark: it gives way to theirs. Whether it happened at all
    stays as they said; notes of both are kept.

    Args:
        mine: the cleaned values of one's own form.
        promised: the length that was offered.
    """
    both = dict(theirs)
    for name, value in mine.items():
        if name.startswith(WENT) and value != Went.DELIVERED:
            both[name] = value
        if name.startswith(MINUTES) and value:
            both[name] = value
        if name.startswith(NOTE) or name == "note":
            both[name] = _together(both.get(name) or "", value)
    length = mine.get("other_minutes") or mine.get("minutes")
    if length and length != promised:
        both["minutes"] = str(length)
    return both


def _together(theirs: str, mine: str) -> str:
    if not mine or mine in theirs:
        return theirs
    return f"{theirs} {mine}".strip()
