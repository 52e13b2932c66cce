"""Questions as data: what a set holds, the starter sets that are shipped, and what answers say.

No rows and no clock: a set comes in as plain values and the words for a page go out.
"""

import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from opensenco.participation.states import WITH_OPTIONS, Kind, Wanted
from opensenco.ui.words import day

NOT_YET = "not yet"
YES, NO = "yes", "no"
#: one answer of a screening set
Answers = Mapping[str, Any]
#: a scale that is written as its ends, "0 to 10"
ENDS = " to "
MOST_STEPS = 21
FROM_THE_PLAN = "from the plan"


@dataclass(frozen=True)
class Question:
    """One question of a set.

    Args:
        code: its stable name within the set; an answer is kept under it.
        options: the answers of a choice, a scale or several of several; of a paper, the type
            under which it is filed.
        columns: the heads of a table.
        not_yet: for feedback, from how many to how many "not yet" bring it up, both counted.
        also: questions that bring the feedback up alone where they are answered "not yet".
    """

    code: str
    text: str
    kind: Kind
    help: str = ""
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    feedback: str = ""
    not_yet: tuple[int, int] = (0, 0)
    also: tuple[str, ...] = ()
    pictogram: str = ""
    required: bool = False

    @property
    def asks(self) -> bool:
        """Whether anybody answers it: feedback is shown and not asked."""
        return self.kind is not Kind.FEEDBACK

    @property
    def steps(self) -> tuple[str, ...]:
        """The answers to choose from; "0 to 10" is written out."""
        if len(self.options) == 1 and ENDS in self.options[0]:
            first, _to, last = self.options[0].partition(ENDS)
            if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < MOST_STEPS:
                return tuple(str(n) for n in range(int(first), int(last) + 1))
        return self.options


@dataclass(frozen=True)
class QuestionWords:
    """A whole set as it is asked: its title, what stands above it, and its questions."""

    title: str
    asked_of: str
    intro: str = ""
    minutes: int = 5
    use_at: tuple[str, ...] = ()
    wanted: str = Wanted.QUESTIONS.value
    questions: tuple[Question, ...] = field(default=())

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that somebody answers."""
        return tuple(one for one in self.questions if one.asks)


@dataclass(frozen=True)
class Starter:
    """A set that is shipped, with the version in which it came."""

    code: str
    version: int
    words: QuestionWords


def question_of(data: Mapping[str, Any]) -> Question:
    """Read one question, as the shipped file and the record hold it."""
    return Question(
        code=str(data["id"]),
        text=str(data["text"]),
        kind=Kind(data["type"]),
        help=str(data.get("help", "")),
        options=tuple(map(str, data.get("options", ()))),
        columns=tuple(map(str, data.get("columns", ()))),
        feedback=str(data.get("feedback", "")),
        not_yet=(int(data.get("not_yet_from", 0)), int(data.get("not_yet_to", 0))),
        also=tuple(map(str, data.get("also_if_not_yet", ()))),
        pictogram=str(data.get("pictogram", "")),
        required=bool(data.get("required", False)),
    )


def question_data(one: Question) -> dict[str, Any]:
    """Give one question as the record holds it; what it lacks is left out."""
    held: dict[str, Any] = {"id": one.code, "text": one.text, "type": one.kind.value}
    held |= {"help": one.help, "options": list(one.options), "columns": list(one.columns)}
    held |= {"feedback": one.feedback, "pictogram": one.pictogram, "also_if_not_yet": [*one.also]}
    held |= {"required": one.required}
    kept = {name: value for name, value in held.items() if value}
    if one.kind is Kind.FEEDBACK:
        kept |= {"not_yet_from": one.not_yet[0], "not_yet_to": one.not_yet[1]}
    return kept


@cache
def starters() -> dict[str, Starter]:
    """Give the shipped sets by their code, in the order of the file."""
    text = resources.files("opensenco.participation").joinpath("data/questions.toml").read_text()
    data = tomllib.loads(text)
    return {
        one["id"]: Starter(
            one["id"],
            data["version"],
            QuestionWords(
                title=one["title"],
                asked_of=one["asked_of"],
                intro=one["intro"],
                minutes=one["minutes"],
                use_at=tuple(one["use_at"]),
                questions=tuple(question_of(each) for each in one["question"]),
            ),
        )
        for one in data["set"]
    }


def worded(text: str, merges: Mapping[str, str]) -> str:
    """Fill {pupil}, {date} and {last_review} into a text; anything else in it stays as it is."""
    for name, value in merges.items():
        text = text.replace("{" + name + "}", value)
    return text


def is_answered(value: Any) -> bool:
    """Tell whether something was answered: a nought is, an empty text and an empty table are not.

    Args:
        value: as the record holds it.
    """
    if isinstance(value, list):
        return any(is_answered(each) for each in value)
    return value is not None and value != ""


def in_words(one: Question, value: Any) -> list[str]:
    """Give an answer as lines to read; no lines where nothing was answered."""
    if not is_answered(value):
        return []
    if one.kind is Kind.TABLE:
        return [_row_in_words(one.columns, row) for row in value if is_answered(row)]
    if isinstance(value, dict):
        return papers_in(value) if one.kind is Kind.FILE else signature_in_words(value)
    if isinstance(value, list):
        return [str(each) for each in value]
    return [str(value)]


class PaperName(str):
    """The title of a paper that was handed in, with the reference under which it is filed."""

    ref: uuid.UUID

    @classmethod
    def of(cls, title: str, ref: str) -> "PaperName":
        """Give one as the record holds it."""
        made = cls(title)
        made.ref = uuid.UUID(ref)
        return made


def papers_in(value: Mapping[str, Any]) -> list[str]:
    """Give the papers of an answer by their titles."""
    return [PaperName.of(one["title"], one["ref"]) for one in value.get("papers", ())]


def signature_in_words(value: Mapping[str, Any]) -> list[str]:
    """Give an agreement as it is read: whether, who, when, and why not."""
    when = datetime.fromisoformat(value["at"]).astimezone(ZoneInfo("Europe/London"))
    by = {"who": value["name"], "on": day(when.date()), "time": f"{when:%H:%M}"}
    if value["agreed"] == YES:
        return [_("Agreed: %(who)s, %(on)s at %(time)s") % by]
    return [_("Does not agree: %(who)s, %(on)s at %(time)s") % by, value["because"]]


def _row_in_words(columns: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip(columns, row, strict=False)
    return "; ".join(f"{head}: {cell}" for head, cell in pairs if is_answered(cell))


def next_steps(words: QuestionWords, answers: Answers) -> list[str]:
    """Give what a screening set suggests after these answers. It says no finding and keeps none.

    Of several that the count reaches, one; a question that brings up feedback alone wins, since
    the set says that it cannot wait.
    """
    told = [one for one in words.questions if one.kind is Kind.FEEDBACK]
    scales = [one for one in words.questions if one.kind is Kind.SCALE]
    if not told or not any(is_answered(answers.get(one.code)) for one in scales):
        return []
    alone = [one for one in told if any(answers.get(code) == NOT_YET for code in one.also)]
    count = sum(answers.get(one.code) == NOT_YET for one in scales)
    reached = [one for one in told if one.not_yet[0] <= count <= one.not_yet[1]]
    return [one.feedback for one in (alone or reached)[:1]]


def faults(words: QuestionWords) -> dict[int, str]:
    """Find the questions that cannot be asked, by their place: one to choose from without answers.

    The value is the kind of fault: "options", or "columns" of a table that has none.
    """
    found = {}
    for place, one in enumerate(words.questions):
        if one.kind in WITH_OPTIONS and len(one.steps) < 2 and not _from_the_plan(one):
            found[place] = "options"
        elif one.kind is Kind.TABLE and not one.columns:
            found[place] = "columns"
    return found


def _from_the_plan(one: Question) -> bool:
    """Tell whether a shipped question has its answers in the plan; it is answered in words."""
    return one.options == (FROM_THE_PLAN,)
