"""An answer that carries papers: they are filed under the pupil, and the answer names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opensenco.access.actions import Action
from opensenco.access.actor import Actor, hats_of
from opensenco.access.scope import Scope, scope
from opensenco.documents.keeping import Incoming
from opensenco.documents.limits import LONGEST_TITLE, LONGEST_WORDS
from opensenco.documents.models import Document
from opensenco.documents.operations.filing import FilesNotTaken, Paper, keep, note_fact
from opensenco.documents.types import TYPES
from opensenco.gate.operation import operation
from opensenco.kernel.errors import Invalid
from opensenco.participation.models import Asked, AskLink
from opensenco.participation.operations import answering, links
from opensenco.participation.questions import Question
from opensenco.participation.states import Kind, Wanted

#: what a paper is filed as where the question names no type
USUAL = "other"


@dataclass(frozen=True, slots=True)
class Handed:
    """The files of one question, and what is said of them.

    Args:
        dated: the date on the paper; none where it has none.
        author_role: the job of who wrote it; else that of who hands it in.
    """

    files: Sequence[Incoming]
    dated: date | None = None
    author_role: str = ""


@operation(Action.ASK_ANSWER, on="asked")
def answer_with_papers(
    *,
    actor: Actor,
    asked: Asked,
    version: int | None,
    answers: Mapping[str, Any],
    papers: Mapping[str, Handed],
) -> Asked:
    """Answer what one was asked, and hand in papers with it; all of it or nothing.

    Args:
        answers: see `answering.answer_round`.
        papers: by the name of the question that asks for a paper.

    Raises:
        FilesNotTaken: a file is of no kind that is kept, or is filed here already; its `field` is
            the name of the question.
        Invalid, NotPossible, Stale: see `answering.answer_round`.
    """
    given = _filed(actor, asked, answers, papers, _looks(actor))
    return answering.record_answer(actor, asked, version, given)


@operation(Action.ASK_ANSWER, on="link")
def answer_by_link(
    *,
    actor: Actor,
    link: AskLink,
    asked: Asked,
    answers: Mapping[str, Any],
    papers: Mapping[str, Handed],
) -> AskLink:
    """Answer by a link, and hand in papers with it; then the link opens nothing any more.

    Raises:
        FilesNotTaken, Invalid, NotPossible: see `answer_with_papers`.
    """
    links.check_own(link, asked)
    # whoever comes by a link has no role in which the worker could look inside: who asked has
    looks = _as_who_asked(actor, asked)
    answering.record_answer(actor, asked, None, _filed(actor, asked, answers, papers, looks))
    links.forget_draft(asked)
    return link


def _filed(
    actor: Actor,
    asked: Asked,
    answers: Mapping[str, Any],
    papers: Mapping[str, Handed],
    looks: tuple[int, str] | None,
) -> dict[str, Any]:
    """File the papers, and give the answers with what names them."""
    questions = {
        one.code: one for one in asked.ask_round.questions.words.asked if one.kind is Kind.FILE
    }
    wanted = {code: papers[code] for code in questions if code in papers and papers[code].files}
    # looked at first: what is refused leaves no file behind
    answering.check_open_for(asked)
    answering.checked(actor, asked, {**answers, **dict.fromkeys(wanted, "comes")})
    given = dict(answers)
    for code, handed in wanted.items():
        made = _kept(actor, asked, questions[code], handed, looks)
        given[code] = {"papers": [{"ref": str(one.ref), "title": one.title} for one in made]}
    return given


def _kept(
    actor: Actor, asked: Asked, one: Question, handed: Handed, looks: tuple[int, str] | None
) -> list[Document]:
    title = asked.ask_round.questions.title
    if asked.ask_round.questions.wanted != Wanted.REPORT:
        title = one.text
    kind = one.options[0] if one.options and one.options[0] in TYPES else USUAL
    role = handed.author_role or asked.outside_place or asked.how
    several = len(handed.files) > 1
    try:
        made = keep(
            actor=actor, pupil=asked.pupil, looks=looks,
            papers=[
                Paper(
                    file=file, title=_numbered(title, number if several else 0), kind=kind,
                    dated=handed.dated, came_from=asked.who[:LONGEST_WORDS],
                    author_role=role[:LONGEST_WORDS], level=TYPES[kind].level,
                )
                for number, file in enumerate(handed.files, 1)
            ],
        )  # fmt: skip
    except FilesNotTaken as refused:
        refused.field = one.code
        raise
    except Invalid as refused:
        names = {"dated": f"{one.code}_dated", "author_role": f"{one.code}_role"}
        raise Invalid(names.get(refused.field, one.code), refused.words) from None
    for document in made:
        note_fact(actor, document)
    return made


def _numbered(title: str, number: int) -> str:
    end = f" ({number})" if number else ""
    return title[: LONGEST_TITLE - len(end)] + end


def _looks(actor: Actor) -> tuple[int, str]:
    return actor.person.pk, actor.hat.key


def _as_who_asked(actor: Actor, asked: Asked) -> tuple[int, str] | None:
    """Give who asked, in a role that they hold at this place today; none where they hold none.

    Whoever works here can also be a parent here. In that role the worker would find no file.
    """
    person = asked.ask_round.asked_by
    with scope(Scope(person=person.pk)):
        hats = [hat for hat in hats_of(person, actor.today) if asked.org_id in hat.orgs]
    working = [hat for hat in hats if not hat.role.guest]
    return (person.pk, working[0].key) if working else None
