"""The form in which a set of questions is changed: each question with its words and its answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.participation.questions import Question, QuestionWords
from opensenco.participation.states import WITH_OPTIONS, AskedOf, Kind
from opensenco.ui.forms import LongText, VersionedForm, WholeNumber, Words

#: free places under the questions that there are
FREE = 3
MOST = 40
#: kinds that a school writes itself; others stay as the shipped set has them
OWN_KINDS = (
    Kind.LONGTEXT, Kind.TEXT, Kind.CHOICE, Kind.MULTI, Kind.SCALE, Kind.YESNO, Kind.NUMBER,
    Kind.TABLE, Kind.FILE,
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """The fields of one question on the page."""

    number: int
    fresh: bool
    fields: list[forms.BoundField]


class SetForm(VersionedForm):
    """A set of questions. A question without words is left out."""

    title = Words(label=gettext_lazy("Title"), max_length=120)
    asked_of = forms.ChoiceField(label=gettext_lazy("Who answers them?"), choices=AskedOf.choices)
    minutes = WholeNumber(
        label=gettext_lazy("How many minutes do they take?"), min_value=1, max_value=120, example=5
    )
    intro = LongText(
        label=gettext_lazy("What stands above the questions"),
        help_text=gettext_lazy(
            "{pupil} becomes the pupil’s name, {date} the day by which answers are wanted, "
            "{last_review} the day of the last review. They work in the questions too."
        ),
        max_length=1_000,
        rows=2,
        required=False,
    )

    def __init__(self, *args: Any, words: QuestionWords | None, **options: Any) -> None:
        self.before = words.questions if words else ()
        initial = {**_as_fields(words), **(options.get("initial") or {})}
        super().__init__(*args, **{**options, "initial": initial})
        self.count = min(MOST, len(self.before) + FREE) if words else FREE * 2
        for place in range(self.count):
            for name, field in _fields(place, self._was(place)).items():
                self.fields[f"{name}_{place}"] = field

    def _was(self, place: int) -> Question | None:
        return self.before[place] if place < len(self.before) else None

    def places(self) -> list[Place]:
        """Give the questions in order with their fields; those of feedback are not changed here."""
        return [
            Place(
                place + 1,
                self._was(place) is None,
                [self[name] for name in self.fields if name.rpartition("_")[2] == str(place)],
            )
            for place in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        """Put the set together as it was written."""
        given = super().clean() or self.cleaned_data
        return given if self.errors else {**given, "words": self._words(given)}

    def _words(self, given: dict[str, Any]) -> QuestionWords:
        found = (self._question(place, given) for place in range(self.count))
        return QuestionWords(
            title=given["title"],
            asked_of=given["asked_of"],
            intro=given["intro"],
            minutes=given["minutes"],
            questions=tuple(one for one in found if one is not None),
        )

    def _question(self, place: int, given: dict[str, Any]) -> Question | None:
        was = self._was(place)
        if was is not None and not was.asks:
            return was
        text = given.get(f"text_{place}", "")
        if not text:
            return None
        kind, lines = Kind(given[f"kind_{place}"]), _lines(given.get(f"options_{place}", ""))
        return replace(
            was or Question(code="", text=text, kind=kind),
            text=text,
            kind=kind,
            help=given.get(f"help_{place}", ""),
            options=lines if kind in WITH_OPTIONS else (),
            columns=lines if kind is Kind.TABLE else (),
            required=bool(given.get(f"required_{place}")),
        )


def _fields(place: int, was: Question | None) -> dict[str, forms.Field]:
    if was is not None and not was.asks:
        return {}
    kinds = [kind for kind in Kind if kind in OWN_KINDS or (was and was.kind is kind)]
    return {
        "text": Words(label=_("The question"), max_length=300, required=False),
        "kind": forms.ChoiceField(
            label=_("How is it answered?"), choices=[(kind.value, kind.label) for kind in kinds]
        ),
        "options": LongText(
            label=_("Answers to choose from, or heads of columns, one to a line"),
            max_length=1_000,
            rows=3,
            required=False,
        ),
        "help": Words(label=_("Help under the question"), max_length=300, required=False),
        "required": forms.BooleanField(label=_("It must be answered"), required=False),
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _as_fields(words: QuestionWords | None) -> dict[str, Any]:
    if words is None:
        return {"asked_of": AskedOf.STAFF.value, "minutes": 5}
    found: dict[str, Any] = {
        "title": words.title, "asked_of": words.asked_of, "minutes": words.minutes,
        "intro": words.intro,
    }  # fmt: skip
    for place, one in enumerate(words.questions):
        found |= {
            f"text_{place}": one.text, f"kind_{place}": one.kind.value, f"help_{place}": one.help,
            f"options_{place}": "\n".join(_shown_lines(one)), f"required_{place}": one.required,
        }  # fmt: skip
    return found


def _shown_lines(one: Question) -> Sequence[str]:
    return one.columns if one.kind is Kind.TABLE else one.options
