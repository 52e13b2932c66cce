"""The photo of a pupil: put up with consent, shown to staff by its own door, taken down at once."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.documents import photos
from opensenco.documents.files.portrait import MEDIA
from opensenco.documents.keeping import Incoming
from opensenco.documents.states import PhotoEnd, PhotoFor, Yes
from opensenco.gate.answer import Answer
from opensenco.gate.conversation import converse
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed, NotFound
from opensenco.pages.plans import tasks
from opensenco.people import queries as people
from opensenco.support.operations import photos as verbs
from opensenco.ui.forms import Form, GovDateField, Words

READERS = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
           "ta": 200, "admin": 403, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
KEEPERS = {**READERS, "ta": 403, "dsl": 403}


class PhotoForm(Form):
    """A photo, and who said yes to it."""

    file = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy(
            "Face and shoulders, in JPEG or PNG. It is made small, and where and when it was taken "
            "is left out."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages={"required": gettext_lazy("Choose a photo.")},
    )
    given_by = Words(
        label=gettext_lazy("Who said yes?"),
        help_text=gettext_lazy("Their name, and who they are to the pupil. Ask the pupil as well."),
        max_length=200,
    )
    given_on = GovDateField(label=gettext_lazy("On which day?"))
    given_how = forms.ChoiceField(
        label=gettext_lazy("How?"), choices=Yes.choices, widget=forms.RadioSelect
    )
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("What did they say yes to?"),
        choices=PhotoFor.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose what the yes is for. The photo is shown nowhere else.")
        },
    )
    until = GovDateField(
        label=gettext_lazy("Until which day?"),
        help_text=gettext_lazy(
            "You are asked again three weeks before. After this day the photo is shown nowhere. "
            "Leave it empty if the yes holds until it is taken back."
        ),
        required=False,
    )
    words = Words(label=gettext_lazy("What else was agreed?"), max_length=200, required=False)


class AgainForm(Form):
    """A yes that was said again to the photo that is up, for the same uses."""

    given_by = PhotoForm.base_fields["given_by"]
    given_on = PhotoForm.base_fields["given_on"]
    given_how = PhotoForm.base_fields["given_how"]
    until = PhotoForm.base_fields["until"]
    words = PhotoForm.base_fields["words"]


class DownForm(Form):
    """Why a photo is taken down."""

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


@page(Action.PROFILE_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def photo(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Show whether there is a photo, who said yes to it, and what was taken down."""
    row = _pupil(actor, pupil, Action.PROFILE_VIEW)
    shown = photos.standing(actor, row)
    face = shown is not None and _shown(actor, row)
    edits = may(actor, Action.PROFILE_EDIT, row)
    show = {"pupil": row, "photo": shown, "face": face, "edits": edits, "uses": _uses(shown),
            "over": shown is not None and shown.runs_out(actor.today),
            "ended": photos.ended(actor, row)}  # fmt: skip
    return Answer("plans/photo.html", show, opened=[row])


@page(Action.PROFILE_VIEW, logs=Logs.CHILD, tab="register", who=READERS)
def picture(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer:
    """Give the picture itself, to staff who work with the pupil and nobody else."""
    row = _pupil(actor, pupil, Action.PROFILE_VIEW)
    path = photos.picture(actor, row)
    return Answer(file=path, content_type=MEDIA, filename="photo.png", opened=[row],
                  wanted="photo")  # fmt: skip


@page(Action.PROFILE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def put(request: HttpRequest, actor: Actor, pupil: uuid.UUID) -> Answer | HttpResponse:
    """Put up a photo, with the consent to it."""
    row = _pupil(actor, pupil, Action.PROFILE_EDIT)
    back = reverse("plans:photo", args=[row.ref])

    def act(given: dict[str, Any]) -> Any:
        file = given.pop("file")
        sent = Incoming(file.name or "", file.chunks())
        return verbs.put_up_photo(actor=actor, pupil=row, file=sent, **given)

    form = converse(
        request, actor, PhotoForm, act=act, then=lambda _row: back,
        said=_("The photo is up, for what was agreed and nothing else."),
        initial={"given_on": actor.today, "until": _in_a_year(actor.today)},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    return Answer("plans/photo_form.html", {"form": form, "pupil": row, "back": back}, opened=[row])


@page(Action.PROFILE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def again(request: HttpRequest, actor: Actor, pupil_photo: uuid.UUID) -> Answer | HttpResponse:
    """Write down that somebody said yes again to the photo that is up."""
    row = photos.photo(actor, pupil_photo)
    back = reverse("plans:photo", args=[row.pupil.ref])
    form = converse(
        request, actor, AgainForm,
        act=lambda given: verbs.renew_consent(actor=actor, photo=row, **given),
        then=lambda _row: back, said=_("Kept. The yes before stays written as over."),
        initial={"given_on": actor.today, "given_by": row.given_by, "given_how": row.given_how,
                 "words": row.words, "until": _in_a_year(actor.today)},
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("They said yes again"), _("Keep this"), back, row.pupil)
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row.pupil])


@page(Action.PROFILE_EDIT, logs=Logs.CHILD, writes=True, tab="register", who=KEEPERS)
def down(request: HttpRequest, actor: Actor, pupil_photo: uuid.UUID) -> Answer | HttpResponse:
    """Take a photo down, and remove its file."""
    row = photos.photo(actor, pupil_photo)
    back = reverse("plans:photo", args=[row.pupil.ref])
    form = converse(
        request, actor, DownForm,
        act=lambda given: verbs.take_down(actor=actor, photo=row, **given),
        then=lambda _row: back,
        said=_("The photo is taken down and its file removed. That it was here stays written."),
    )  # fmt: skip
    if isinstance(form, HttpResponse):
        return form
    task = tasks.Task(form, _("Take the photo down"), _("Take it down now"), back, row.pupil)
    return Answer("plans/task.html", {"task": task, "form": form}, opened=[row.pupil])


def _pupil(actor: Actor, ref: uuid.UUID, action: Action) -> Any:
    if actor.hat.role.guest:
        raise NotAllowed
    return people.pupil(actor, ref, action)


def _in_a_year(day: date) -> date:
    return day + timedelta(days=365)


def _shown(actor: Actor, pupil: Any) -> bool:
    try:
        return bool(photos.picture(actor, pupil))
    except NotFound:
        return False


def _uses(row: Any) -> list[str]:
    if row is None:
        return []
    return [str(one.label) for one in PhotoFor if getattr(row, f"on_{one.value}")]
