"""The form in which somebody answers: its fields are the questions as they were asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opensenco.documents.limits import LONGEST_WORDS
from opensenco.participation.questions import (
    NO,
    YES,
    Question,
    QuestionWords,
    in_words,
    is_answered,
    worded,
)
from opensenco.participation.states import WITH_OPTIONS, Kind
from opensenco.ui.files import SeveralFiles, SeveralFilesInput
from opensenco.ui.forms import (
    LongText,
    PickDateField,
    Segments,
    VersionedForm,
    WholeNumber,
    Words,
    speak,
)

MOST, MOST_LINE = 4_000, 300
#: rows of a table at first, and how many are free under what was filled in
ROWS, FREE = 3, 2
MOST_ROWS = 30
#: what else is asked of a paper, and of an agreement
_MORE: dict[Kind, tuple[str, ...]] = {
    Kind.FILE: ("dated", "role"),
    Kind.SIGN: ("name", "because"),
}
ACCEPT = ".pdf,.docx,.doc,.odt,.rtf,.txt,.jpg,.jpeg,.png,.heic"
#: answers that stand side by side on a phone
BAR, BAR_LETTERS = 5, 34


@dataclass(frozen=True)
class Cell:
    """One cell of a table that is filled in."""

    bound: forms.BoundField
    label: str


@dataclass(frozen=True)
class Shown:
    """One question on the page: a field, or a table of cells."""

    question: Question
    text: str
    bound: forms.BoundField | None
    rows: list[list[Cell]]
    #: what else is asked of a paper, and of an agreement
    more: tuple[forms.BoundField, ...] = ()
    #: papers that were handed in before; another takes their place
    before: tuple[str, ...] = ()


class AnswerForm(VersionedForm):
    """What somebody says to each question. None must be answered unless the school says so."""

    def __init__(
        self, *args: Any, words: QuestionWords, merges: Mapping[str, str], **options: Any
    ) -> None:
        self.words, self.merges = words, merges
        self.before = (options.get("initial") or {}).get("answers", {})
        data = options.get("data") or (args[0] if args else None)
        held = (options.get("initial") or {}).get("answers", {})
        initial = {**(options.get("initial") or {}), **_as_fields(words, held)}
        super().__init__(*args, **{**options, "initial": initial})
        for one in words.asked:
            for name, field in _fields(one, worded(one.text, merges), _rows(one, held, data)):
                speak(field)
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Put the answers together as the record keeps them."""
        given = super().clean() or self.cleaned_data
        self._look_at_signatures(given)
        self._look_at_papers(given)
        return {**given, "answers": self._answers(given), "papers": self._papers(given)}

    @property
    def takes_papers(self) -> bool:
        """Whether a paper can be handed in with the answer."""
        return any(one.kind is Kind.FILE for one in self.words.asked)

    def _look_at_signatures(self, given: Mapping[str, Any]) -> None:
        """Say beside the field what an agreement lacks."""
        for one in self.words.asked:
            said = given.get(named(one)) if one.kind is Kind.SIGN else ""
            if said and not given.get(f"{named(one)}_name"):
                self.add_error(f"{named(one)}_name", _("Write your full name."))
            if said == NO and not given.get(f"{named(one)}_because"):
                self.add_error(
                    f"{named(one)}_because",
                    _("Say why you do not agree. A few words are enough."),
                )

    def _look_at_papers(self, given: Mapping[str, Any]) -> None:
        """Say beside the field that a paper is still to come."""
        for one in self.words.asked:
            if one.kind is not Kind.FILE or not one.required:
                continue
            if not is_answered(self.before.get(one.code)) and not any(given.get(named(one)) or ()):
                self.add_error(named(one), _("Choose a file, or take a photo of the paper."))

    def _papers(self, given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Give the files that were chosen, by question, with what is said of them."""
        found = {}
        for one in (each for each in self.words.asked if each.kind is Kind.FILE):
            files = [each for each in given.get(named(one)) or () if each]
            if files:
                found[one.code] = {
                    "files": files,
                    "dated": given.get(f"{named(one)}_dated"),
                    "author_role": given.get(f"{named(one)}_role", ""),
                }
        return found

    def shown(self) -> list[Shown]:
        """Give the questions in order, as the page draws them."""
        return [self._shown(one) for one in self.words.asked]

    def _shown(self, one: Question) -> Shown:
        # what is agreed to stands as it was written, and so does what was handed in
        text = one.text if one.kind is Kind.SIGN else worded(one.text, self.merges)
        if one.kind is not Kind.TABLE:
            more = tuple(self[f"{named(one)}_{name}"] for name in _MORE.get(one.kind, ()))
            before = in_words(one, self.before.get(one.code)) if one.kind is Kind.FILE else ()
            return Shown(one, text, self[named(one)], [], more, tuple(before))
        rows: list[list[Cell]] = []
        while f"{named(one)}_{len(rows)}_0" in self.fields:
            at = len(rows)
            rows.append(
                [
                    Cell(self[f"{named(one)}_{at}_{place}"], head)
                    for place, head in enumerate(one.columns)
                ]
            )
        return Shown(one, text, None, rows)

    def _answers(self, given: Mapping[str, Any]) -> dict[str, Any]:
        found = {one.code: _answer(one, given) for one in self.words.asked}
        return {code: value for code, value in found.items() if is_answered(value)}


def named(one: Question) -> str:
    """Give the name of a question's field."""
    return f"a_{one.code}"


def _fields(one: Question, text: str, rows: int) -> list[tuple[str, forms.Field]]:
    """Give the fields of one question by name."""
    if one.kind is Kind.TABLE:
        return [
            (
                f"{named(one)}_{at}_{place}",
                Words(label=f"{text} {head}, {at + 1}", max_length=MOST_LINE, required=False),
            )
            for at in range(rows)
            for place, head in enumerate(one.columns)
        ]
    if one.kind is Kind.SIGN:
        return list(_to_sign(one).items())
    if one.kind is Kind.FILE:
        return list(_to_hand_in(one, text).items())
    return [(named(one), _field(one, text))]


def _to_sign(one: Question) -> dict[str, forms.Field]:
    """Give the fields of an agreement by name."""
    return {
        named(one): forms.ChoiceField(
            label=_("Do you agree?"), choices=[(YES, _("I agree")), (NO, _("I do not agree"))],
            widget=forms.RadioSelect, required=one.required,
            error_messages={"required": _("Choose whether you agree.")},
        ),
        f"{named(one)}_name": Words(label=_("Your full name"), max_length=160, required=False),
        f"{named(one)}_because": LongText(
            label=_("If you do not agree: why?"), max_length=2_000, rows=2, required=False
        ),
    }  # fmt: skip


def _to_hand_in(one: Question, text: str) -> dict[str, forms.Field]:
    """Give the fields of a paper. That one must come is looked at where it is known what came."""
    return {
        named(one): SeveralFiles(
            label=text, required=False, help_text=one.help or _("A file, or a photo of each page."),
            widget=SeveralFilesInput(attrs={"accept": ACCEPT}),
        ),
        f"{named(one)}_dated": PickDateField(
            label=_("Date on the paper"), required=False,
            help_text=_("For example, 27/9/2026. Leave it empty if there is none."),
        ),
        f"{named(one)}_role": Words(
            label=_("The job of who wrote it"), max_length=LONGEST_WORDS, required=False,
            help_text=_("For example: speech and language therapist"),
        ),
    }  # fmt: skip


def _field(one: Question, text: str) -> forms.Field:
    common: dict[str, Any] = {"label": text, "help_text": one.help, "required": one.required}
    steps = [(step, step) for step in one.steps]
    if one.kind is Kind.YESNO:
        return forms.ChoiceField(
            choices=[("yes", _("Yes")), ("no", _("No"))], widget=Segments, **common
        )
    if one.kind is Kind.MULTI and len(steps) > 1:
        return forms.MultipleChoiceField(
            choices=steps, widget=forms.CheckboxSelectMultiple, **common
        )
    if one.kind in WITH_OPTIONS and len(steps) > 1:
        short = len(steps) <= BAR and sum(len(step) for step in one.steps) <= BAR_LETTERS
        widget = Segments if short else forms.RadioSelect
        return forms.ChoiceField(choices=steps, widget=widget, **common)
    if one.kind in (Kind.NUMBER, Kind.TICK):
        return WholeNumber(min_value=0, max_value=100_000, **common)
    if one.kind is Kind.DRAWING:
        hint = _("On paper: file it under the pupil’s papers, and say here where it is.")
        return LongText(max_length=MOST, rows=2, **{**common, "help_text": one.help or hint})
    if one.kind is Kind.TEXT or one.kind is Kind.CALCULATED:
        return Words(max_length=MOST_LINE, **common)
    return LongText(max_length=MOST, rows=3, **common)


def _rows(one: Question, held: Mapping[str, Any], data: Any) -> int:
    """Tell how many rows a table has: all that were sent, and free ones under what is held."""
    if one.kind is not Kind.TABLE:
        return 0
    count = max(ROWS, len(held.get(one.code, ())) + FREE)
    while data is not None and count < MOST_ROWS and f"{named(one)}_{count}_0" in data:
        count += 1
    return min(count, MOST_ROWS)


def _as_fields(words: QuestionWords, held: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was answered by the names of the fields."""
    found: dict[str, Any] = {}
    for one in words.asked:
        value = held.get(one.code)
        if one.kind is Kind.FILE:
            # files are not shown again in their field
            continue
        if one.kind is Kind.SIGN and value:
            found[named(one)] = value["agreed"]
            found |= {f"{named(one)}_{name}": value[name] for name in _MORE[Kind.SIGN]}
        elif one.kind is Kind.TABLE:
            for at, row in enumerate(value or ()):
                for place, cell in enumerate(row):
                    found[f"{named(one)}_{at}_{place}"] = cell
        elif value is not None:
            found[named(one)] = value
    return found


def _answer(one: Question, given: Mapping[str, Any]) -> Any:
    if one.kind is Kind.FILE:
        return None
    if one.kind is Kind.SIGN:
        said = {name: given.get(f"{named(one)}_{name}", "") for name in _MORE[Kind.SIGN]}
        return {"agreed": given[named(one)], **said} if given.get(named(one)) else None
    if one.kind is not Kind.TABLE:
        return given.get(named(one))
    rows: list[list[str]] = []
    at = 0
    while f"{named(one)}_{at}_0" in given:
        names = (f"{named(one)}_{at}_{place}" for place in range(len(one.columns)))
        rows.append([str(given.get(name) or "").strip() for name in names])
        at += 1
    return [row for row in rows if is_answered(row)]
