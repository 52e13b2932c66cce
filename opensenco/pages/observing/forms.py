"""Forms of observations. None of them asks for a need, a code or a diagnosis."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.concerns.observation_states import (
    EVERY,
    MOST_WORDS_TALLIED,
    SETS,
    TIMES,
    Tallied,
    WasSeen,
    Watched,
)
from opensenco.concerns.operations.observing import Sight
from opensenco.ui.forms import (
    Form,
    LongText,
    PickDateField,
    Segments,
    Version,
    VersionedForm,
    WholeNumber,
    Words,
    speak,
)
from opensenco.ui.hours import HourField

MOST = 5000
LOOK, ASKED, LABEL = "look_", "asked_", "label_"
LETTERS = "ABCD"

#: what is asked first in each kind, and a word on how
FIRST: dict[Watched, tuple[Any, Any]] = {
    Watched.SAMPLING: (
        gettext_lazy("What else did you see?"),
        gettext_lazy("What stood before and after it, in your own words."),
    ),
    Watched.NARRATIVE: (
        gettext_lazy("What happened, in order?"),
        gettext_lazy("What you saw and heard, and not what you think it means."),
    ),
    Watched.VISIT: (
        gettext_lazy("What did you see in the lesson?"),
        gettext_lazy("What the pupil did, and what the adults did."),
    ),
    Watched.BOOKS: (
        gettext_lazy("What do the books show?"),
        gettext_lazy("What has come on, what has not, and how the work was made possible."),
    ),
}


@dataclass(frozen=True)
class Looks:
    """How often somebody looks, and what they tally.

    Args:
        words: what is tallied; empty where the watcher says so in words of their own.
        chosen: the set of words, a value of Tallied; empty where an observation says its words.
    """

    every: int
    times: int
    words: tuple[str, ...] = ()
    chosen: str = ""

    def carried(self) -> dict[str, str]:
        """Give what the form carries hidden, so that a draft is gone on with as it was begun."""
        return {"tally": self.chosen, "every": str(self.every), "times": str(self.times)}

    @property
    def own(self) -> bool:
        """Whether the watcher says what is tallied."""
        return not self.words

    def choices(self) -> list[tuple[str, str]]:
        """Give the answers at one look; the last is that nothing was noted."""
        said = self.words or tuple(LETTERS[:MOST_WORDS_TALLIED])
        return [*((str(place), one) for place, one in enumerate(said)), ("", _("No look"))]

    def at(self, number: int, began: datetime | None) -> str:
        """Name one look, from 1: its number, and the time on the clock where that is known."""
        if began is None:
            return _("Look %(number)s") % {"number": number}
        moment = began + timedelta(seconds=self.every * (number - 1))
        clock = f"{moment.hour}:{moment.minute:02d}"
        if self.every % 60:
            clock += f":{moment.second:02d}"
        return _("Look %(number)s, %(clock)s") % {"number": number, "clock": clock}


class BeginForm(Form):
    """How often somebody looks, and what they tally: nothing is written yet."""

    tally = forms.ChoiceField(
        label=gettext_lazy("What do you tally?"), choices=Tallied.choices, required=False
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often do you look?"),
        choices=[(str(seconds), words) for seconds, words in EVERY.items()],
        required=False,
    )
    times = forms.ChoiceField(
        label=gettext_lazy("How many times?"),
        choices=[(str(times), str(times)) for times in TIMES],
        required=False,
    )

    def looks(self) -> Looks:
        """Give what was chosen; the usual where nothing was."""
        given = self.cleaned_data if self.is_valid() else {}
        chosen = given.get("tally") or Tallied.TASK.value
        words = tuple(str(one) for one in SETS.get(chosen, ()))
        every, times = given.get("every") or "60", given.get("times") or "10"
        return Looks(int(every), int(times), words, chosen)


def mark_of(kind: str, words: str) -> str:
    """Give the name in a form of something that a plan asks for."""
    return ASKED + hashlib.sha256(f"{kind} {words}".encode()).hexdigest()[:12]


class SightForm(Form):
    """What somebody saw, when and where.

    Args:
        kind: how they watched.
        looks: for time sampling, how often and what is tallied.
        asks: kind and words of what the plan asks for, where that is laid beside.
        first: when the first look was, for the clock beside each.
        carried: what is carried hidden, by name.
        people: colleagues whose lesson it can be, as keys and names; none where nobody is asked.
    """

    colleague = forms.ChoiceField(
        label=gettext_lazy("Whose lesson?"),
        help_text=gettext_lazy("They read what you saw, and find again what follows from it."),
        required=False,
    )
    lesson = Words(label=gettext_lazy("Lesson or activity"), required=False)
    place = Words(label=gettext_lazy("Where"), required=False)
    present = Words(
        label=gettext_lazy("Who else was there"),
        help_text=gettext_lazy("Which adults, and about how many children. No other child’s name."),
        required=False,
    )
    on = PickDateField(label=gettext_lazy("Day"))
    began = HourField(
        label=gettext_lazy("Began at"), help_text=gettext_lazy("For example, 9:30"), required=False
    )
    minutes = WholeNumber(label=gettext_lazy("Minutes"), min_value=1, max_value=600, required=False)
    seen = LongText(
        max_length=MOST,
        rows=6,
        error_messages={"required": gettext_lazy("Write what you saw.")},
    )
    helped = LongText(label=gettext_lazy("What helped?"), max_length=MOST, rows=2, required=False)
    hindered = LongText(
        label=gettext_lazy("What got in the way?"), max_length=MOST, rows=2, required=False
    )
    next_step = LongText(
        label=gettext_lazy("What could be tried next?"), max_length=MOST, rows=2, required=False
    )

    def __init__(
        self,
        *args: Any,
        kind: Watched,
        looks: Looks | None = None,
        asks: Sequence[tuple[str, str]] = (),
        first: datetime | None = None,
        carried: Mapping[str, str] | None = None,
        people: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.looks, self.asks = kind, looks, list(asks)
        for name, value in (carried or {}).items():
            self.fields[name] = forms.CharField(
                widget=forms.HiddenInput, initial=value, required=False
            )
        if people:
            colleague = self.fields["colleague"]
            assert isinstance(colleague, forms.ChoiceField)  # noqa: S101 (declared above)
            colleague.choices = [("", _("Nobody’s in particular")), *people]
        else:
            del self.fields["colleague"]
        seen = self.fields["seen"]
        seen.label, seen.help_text = FIRST[kind]
        seen.required = kind is not Watched.SAMPLING
        if looks is not None:
            self._add_looks(looks, first)
        for what, words in self.asks:
            self.fields[mark_of(what, words)] = forms.ChoiceField(
                label=words, choices=WasSeen.choices, widget=Segments, required=False
            )
        for field in self.fields.values():
            speak(field)

    def _add_looks(self, looks: Looks, first: datetime | None) -> None:
        del self.fields["minutes"]
        if looks.own:
            for place, letter in enumerate(LETTERS):
                self.fields[f"{LABEL}{place}"] = Words(
                    label=_("%(letter)s stands for") % {"letter": letter},
                    max_length=24,
                    required=False,
                )
        for number in range(1, looks.times + 1):
            self.fields[f"{LOOK}{number}"] = forms.ChoiceField(
                label=looks.at(number, first), choices=looks.choices(), widget=Segments,
                required=False,
            )  # fmt: skip

    def named(self, start: str) -> list[forms.BoundField]:
        """Give the fields whose names begin so, in their order."""
        return [self[name] for name in self.fields if name.startswith(start)]

    def sight(self, people: Mapping[str, Any]) -> Sight:
        """Give what was said, as the operation takes it."""
        given = self.cleaned_data
        plain = ("on", "began", "place", "lesson", "present", "seen", "helped", "hindered",
                 "next_step")  # fmt: skip
        values: dict[str, Any] = {name: given[name] for name in plain}
        values["colleague"] = people.get(given.get("colleague", ""))
        values["asked"] = [
            {"kind": what, "words": words, "seen": given.get(mark_of(what, words), "")}
            for what, words in self.asks
        ]
        if self.looks is None:
            return Sight(**values, minutes=given["minutes"])
        return Sight(**values, **self._tallied(self.looks, given))

    def _tallied(self, looks: Looks, given: Mapping[str, Any]) -> dict[str, Any]:
        samples = [given.get(f"{LOOK}{number}", "") for number in range(1, looks.times + 1)]
        places = [int(one) if one else None for one in samples]
        words = list(looks.words)
        if looks.own:
            typed = [given.get(f"{LABEL}{place}", "") for place in range(len(LETTERS))]
            used = max((place + 1 for place in places if place is not None), default=0)
            words = typed[: max(used, len([one for one in typed if one]))]
        return {"every": looks.every, "labels": words, "samples": places}


class CorrectForm(SightForm):
    """A correction to what an observation says."""

    version = Version()


class ErrorForm(VersionedForm):
    """Why an observation was made in error."""

    reason = LongText(
        label=gettext_lazy("What was wrong?"),
        help_text=gettext_lazy("The history keeps the observation."),
        max_length=500,
        rows=2,
    )


class FilterForm(Form):
    """Which observations are shown."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[("", gettext_lazy("Any way")), *Watched.choices],
        required=False,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        choices=[("", gettext_lazy("Everybody’s")), ("mine", gettext_lazy("Mine"))],
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[
            ("", gettext_lazy("What stands")),
            ("error", gettext_lazy("Recorded in error")),
        ],
        required=False,
    )
