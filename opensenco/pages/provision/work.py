"""A photo or piece of work of one session: kept, shown, taken down."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.documents.keeping import Incoming
from opensenco.documents.states import PhotoEnd, Yes
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.kernel.refs import short
from opensenco.pages.provision.logging import LOGGERS
from opensenco.provision import queries
from opensenco.provision.operations.work import SaidYes, keep_work, take_work_down
from opensenco.provision.queries import work as works
from opensenco.provision.states import Seen
from opensenco.ui.forms import Form, GovDateField, Words

READERS = {**LOGGERS, "dsl": 200}
ACCEPT = "image/jpeg,image/png,.pdf,.docx,.odt,.rtf,.txt"


class WorkForm(Form):
    """A photo or piece of work, what it shows, and who said yes where a child can be seen."""

    file = forms.FileField(
        label=gettext_lazy("Photo or piece of work"),
        help_text=gettext_lazy(
            "A picture in JPEG or PNG, or a paper. Of a picture, where and when it was taken is "
            "left out; a paper is kept as it is."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("Choose a photo or a file.")},
    )
    title = Words(
        label=gettext_lazy("What does it show?"),
        help_text=gettext_lazy("For example: tells the story with four pictures."),
        max_length=200,
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("For which outcome?"), widget=forms.RadioSelect, required=False
    )
    seen = forms.ChoiceField(
        label=gettext_lazy("Can a child be seen in it?"),
        help_text=gettext_lazy("Where another child can be seen, cut them out or take another."),
        choices=Seen.choices,
        widget=forms.RadioSelect,
    )
    given_by = Words(
        label=gettext_lazy("Who said yes to it?"),
        help_text=gettext_lazy("Their name, and who they are to the pupil. Ask the pupil as well."),
        max_length=200,
        required=False,
    )
    given_on = GovDateField(label=gettext_lazy("On which day?"), required=False)
    given_how = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=Yes.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [*outcomes, ("", _("No single outcome"))]


class DownForm(Form):
    """Why it is taken down."""

    why = forms.ChoiceField(
        label=gettext_lazy("Why is it taken down?"),
        choices=[one for one in PhotoEnd.choices if one[0] != PhotoEnd.REPLACED],
        widget=forms.RadioSelect,
    )
    words = Words(
        label=gettext_lazy("Who asked for it, and how?"),
        help_text=gettext_lazy("For example: his mother, in a call."),
        max_length=200,
        required=False,
    )


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="now", who=LOGGERS, tablet=True)
def add(request: HttpRequest, actor: Actor, session: uuid.UUID) -> Answer | HttpResponse:
    """Keep a photo or piece of work of one pupil's session."""
    row = queries.session(actor, session)
    pupil = row.allocation.pupil
    outcomes = {short(one.ref): one for one in works.outcomes_of(actor, pupil)}
    if row.allocation.outcome is not None:
        outcomes.setdefault(short(row.allocation.outcome.ref), row.allocation.outcome)
    before = works.last_yes(actor, pupil)
    form = converse(
        request,
        actor,
        lambda **given: WorkForm(
            outcomes=[(ref, one.text) for ref, one in outcomes.items()], **given
        ),
        act=lambda given: keep_work(
            actor=actor,
            session=row,
            file=Incoming(given["file"].name or "", given["file"].chunks()),
            title=given["title"],
            seen=given["seen"],
            said_yes=SaidYes(given["given_by"], given["given_on"], given["given_how"]),
            outcome=outcomes.get(given["outcome"]),
        ),
        then=lambda made: reverse("provision:work", args=[made.ref]),
        said=_("Kept. It is shown beside the outcome, at the review and on the timeline."),
        initial=_initial(row, before),
    )
    if isinstance(form, HttpResponse):
        return form
    show = {"form": form, "row": row, "before": before,
            "taken_back": works.taken_back(actor, pupil)}  # fmt: skip
    return Answer("provision/work_form.html", show, opened=[pupil])


@page(Action.PROVISION_VIEW, logs=Logs.CHILD, tab="now", who=READERS, tablet=True)
def show(request: HttpRequest, actor: Actor, work: uuid.UUID) -> Answer:
    """Show one photo or piece of work: of which session, for which outcome, who said yes."""
    row = _work(actor, work, Action.PROVISION_VIEW)
    try:
        kind = works.file_of(actor, row)[1]
    except NotFound:
        kind = None
    shown = {
        "row": row,
        "kind": kind,
        "picture": bool(kind and kind.media.startswith("image/")),
        "logs": actor.can_somewhere(Action.SESSION_LOG) and may(actor, Action.SESSION_LOG, row),
    }
    return Answer("provision/work.html", shown, opened=[row.pupil])


@page(Action.PROVISION_VIEW, logs=Logs.CHILD, tab="now", who=READERS, tablet=True)
def file(request: HttpRequest, actor: Actor, work: uuid.UUID) -> Answer:
    """Give the photo or piece of work itself, to staff who work with the pupil."""
    row = _work(actor, work, Action.PROVISION_VIEW)
    path, kind, name = works.file_of(actor, row)
    return Answer(file=path, content_type=kind.media, filename=name, opened=[row.pupil],
                  wanted=str(row.document.ref))  # fmt: skip


@page(Action.SESSION_LOG, logs=Logs.CHILD, writes=True, tab="now", who=LOGGERS, tablet=True)
def down(request: HttpRequest, actor: Actor, work: uuid.UUID) -> Answer | HttpResponse:
    """Take a photo or piece of work down, and close its document."""
    row = _work(actor, work, Action.SESSION_LOG)
    form = converse(
        request,
        actor,
        DownForm,
        act=lambda given: take_work_down(actor=actor, work=row, **given),
        then=lambda _rows: reverse("provision:work", args=[row.ref]),
        said=_("Taken down. It is shown nowhere any more; that it was here stays written."),
    )
    if isinstance(form, HttpResponse):
        return form
    return Answer("provision/work_down.html", {"form": form, "row": row}, opened=[row.pupil])


def _work(actor: Actor, ref: uuid.UUID, action: Action) -> Any:
    if actor.hat.role.guest:
        raise NotAllowed
    return works.one_work(actor, ref, action)


def _initial(row: Any, before: Any) -> dict[str, Any]:
    """Give what is filled in: the outcome that is worked at, and the last yes that still stands."""
    initial: dict[str, Any] = {}
    if row.allocation.outcome is not None:
        initial["outcome"] = short(row.allocation.outcome.ref)
    if before is not None:
        initial |= {"given_by": before.given_by, "given_on": before.given_on,
                    "given_how": before.given_how}  # fmt: skip
    return initial
