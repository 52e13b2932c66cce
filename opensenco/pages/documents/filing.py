"""Papers are filed: one or several at once, for the safeguarding lead, or as a newer version."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.beside import guided
from opensenco.documents import guessing, queries
from opensenco.documents.files.names import harmless
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations import filing, putting_right
from opensenco.documents.operations.filing import FilesNotTaken, Paper
from opensenco.documents.states import Level
from opensenco.documents.types import TYPES
from opensenco.exchange.sentences import said
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import Invalid
from opensenco.pages.documents.forms import FiledForm, FileForm, HandInForm, VersionForm
from opensenco.pages.documents.views import READERS
from opensenco.people import queries as people

#: of one document: who filed it, and who co-ordinates (Idris' plan was filed by his teacher)
KEEPERS = {**READERS, "dsl": 403}
STAFF = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
         "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip


@page(Action.DOCUMENT_FILE, logs=Logs.CHILD, writes=True, tab="register", who=READERS)
@guided("paper")
def file_here(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """File papers in a pupil's record: chosen, or dropped on the field."""
    row = people.pupil(actor, pupil, Action.DOCUMENT_FILE)
    form = converse(
        request,
        actor,
        FileForm,
        act=lambda given: _by_name(
            given["papers"],
            lambda: filing.file_documents(
                actor=actor, pupil=row, papers=_papers(actor, row, given)
            ),
        ),
        then=lambda made: _after(row, made),
        said=_("Filed. Check what was taken from the name of each file."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("documents/file.html", {"form": form, "pupil": row}, opened=[row])


@page(Action.SAFEGUARDING_NOTE, logs=Logs.CHILD, writes=True, tab="register", who=STAFF)
def hand_in(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Hand papers to the safeguarding lead, who alone opens them."""
    row = people.pupil(actor, pupil, Action.SAFEGUARDING_NOTE)
    form = converse(
        request,
        actor,
        HandInForm,
        act=lambda given: _by_name(
            given["papers"],
            lambda: filing.file_for_safeguarding(
                actor=actor,
                pupil=row,
                papers=_papers(actor, row, {**given, "level": Level.SAFEGUARDING.value}),
            ),
        ),
        then=lambda _made: reverse("documents:hand_in", args=[row.ref]),
        said=_("Passed to the safeguarding lead. Nobody else can open it."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("documents/hand_in.html", {"form": form, "pupil": row}, opened=[row])


@page(Action.DOCUMENT_FILE, logs=Logs.CHILD, writes=True, tab="register", who=READERS)
def just_filed(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Check what was proposed for each paper that one filed in one go, and put it right."""
    row = people.pupil(actor, pupil, Action.DOCUMENT_FILE)
    rows = queries.just_filed(actor, row)
    documents = [one.document for one in rows]
    form = converse(
        request,
        actor,
        lambda **given: FiledForm(names=[one.version.name for one in rows], **given),
        act=lambda given: (
            documents
            and putting_right.correct_documents(
                actor=actor, documents=documents, said=_said(documents, given)
            )
        ),
        then=lambda _made: reverse("documents:list", args=[row.ref]),
        said=_("Kept.") if documents else "",
        initial=_stands(documents),
        fresh=lambda: _stands([one.document for one in queries.just_filed(actor, row)]),
    )
    if isinstance(form, HttpResponse):
        return form
    lines = [(one, place) for place, one in enumerate(rows)]
    return Answer(
        "documents/filed.html", {"form": form, "pupil": row, "lines": lines}, opened=[row]
    )


@page(Action.DOCUMENT_FILE, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def new_version(request: HttpRequest, actor: Actor, document: uuid.UUID) -> Answer | HttpResponse:
    """Add a newer file to a document; the earlier ones stay."""
    row = queries.document(actor, document, Action.DOCUMENT_FILE)
    form = converse(
        request,
        actor,
        VersionForm,
        act=lambda given: _by_name(
            [given["file"]],
            lambda: filing.add_version(
                actor=actor, document=row, file=_incoming(given["file"]), note=given["note"]
            ),
            "file",
        ),
        then=lambda _made: reverse("documents:show", args=[row.ref]),
        said=_("The newer version is filed."),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "document": row, "pupil": row.pupil}
    return Answer("documents/version.html", show, opened=[row.pupil], under=row.told_under)


def _incoming(file: Any) -> Incoming:
    return Incoming(file.name or "", file.chunks())


def _papers(actor: Actor, pupil: Any, given: dict[str, Any]) -> list[Paper]:
    """Give each chosen file with what is said of all, and what its name says where nothing is."""
    papers = []
    for file in given["papers"]:
        guess = guessing.proposal(
            harmless(file.name or ""), actor.today, not_days=[pupil.birth_date]
        )
        kind = TYPES[given.get("kind") or guess.kind.code]
        dated = given.get("dated")
        papers.append(
            Paper(
                file=_incoming(file),
                title=guess.title,
                kind=kind.code,
                dated=dated or guess.when.on,
                dated_as="" if dated else guess.when.words,
                came_from=given.get("came_from", ""),
                author_role=given.get("author_role", ""),
                level=given.get("level") or kind.level,
            )
        )
    return papers


def _by_name(files: Sequence[Any], act: Callable[[], Any], field: str = "papers") -> Any:
    """Do it; say of each file that was refused which it was, by the name that its sender knows.

    Raises:
        Invalid: with the sentences for the page; the names go nowhere else.
    """
    try:
        return act()
    except FilesNotTaken as refused:
        told = [f"{harmless(files[n].name or '')}: {said(why)}" for n, why in refused.why.items()]
        if len(files) > 1:
            left = len(files) - len(told)
            told.append(
                ngettext(
                    "Nothing has been filed. Choose the other %(num)s file again.",
                    "Nothing has been filed. Choose the other %(num)s files again.",
                    left,
                )
                % {"num": left}
            )
        raise Invalid(field, " ".join(told)) from None


def _after(pupil: Any, made: Sequence[Any]) -> str:
    page = "documents:filed" if len(made) > 1 else "documents:show"
    return reverse(page, args=[pupil.ref if len(made) > 1 else made[0].ref])


def _stands(documents: Sequence[Any]) -> dict[str, Any]:
    """Give what is said of each paper, by the fields of the form."""
    return {
        f"{name}-{place}": getattr(one, name)
        for place, one in enumerate(documents)
        for name in ("title", "kind", "dated", "level", "version")
    }


def _said(documents: Sequence[Any], given: dict[str, Any]) -> list[dict[str, Any]]:
    names = ("title", "kind", "dated", "level")
    return [
        {name: given[f"{name}-{n}"] for name in names} | {"version": int(given[f"version-{n}"])}
        for n in range(len(documents))
    ]
