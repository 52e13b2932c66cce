"""A form is sent once: the second click, the second tab and the back button land where it led.

Each page's forms carry a token (`held.ONCE`). A sending writes two marks in the transaction of its
write: one for the token, one for the token with these very words. The same words again find the
second and are led to the first result. Other words from the same page are a sending of their own.
"""

import hashlib
import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from opensenco.access.actor import Actor
from opensenco.gate import held
from opensenco.gate.models import Submission


def token_of(request: HttpRequest) -> uuid.UUID | None:
    """Give the token of the page that this form was on; None where it has none."""
    try:
        return uuid.UUID(request.POST.get(held.ONCE, ""))
    except ValueError:
        return None


def _with_words(token: uuid.UUID, request: HttpRequest) -> uuid.UUID:
    words = sorted((name, tuple(values)) for name, values in held.words_of(request).items())
    words += _files(request)
    said = hashlib.sha256(repr((request.path, words)).encode("utf-8", "surrogatepass"))
    return uuid.uuid5(token, said.hexdigest())


def _files(request: HttpRequest) -> list[tuple[str, tuple[str, ...]]]:
    """Tell files apart by their bytes: another file from the same page is another sending."""
    told = []
    for name, files in sorted(request.FILES.lists()):
        told.append((name, tuple(_digest(file) for file in files)))
    return told


def _digest(file: "UploadedFile[Any]") -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def led_to(request: HttpRequest, actor: Actor) -> str:
    """Claim this sending; give where the first one led, if this is the second.

    Of two at the same moment the second waits in the database for the first to end.
    """
    token = token_of(request)
    if token is None or held.LATER in request.POST:
        return ""
    exact = _with_words(token, request)
    if not _claim(actor, token):
        first = _marks(actor, exact).first()
        if first is not None and first.location:
            return first.location
    _claim(actor, exact)
    return ""


def remember(request: HttpRequest, actor: Actor, response: HttpResponseBase) -> None:
    """Keep where a sending led. One that was refused leaves no mark: it can be mended and sent."""
    token = token_of(request)
    if token is None or held.LATER in request.POST:
        return
    exact = _marks(actor, _with_words(token, request))
    if isinstance(response, HttpResponseRedirect):
        exact.update(location=response.url[:500])
        return
    exact.delete()
    # An earlier sending from this page, with other words, keeps its mark.
    _marks(actor, token).filter(at=actor.at).delete()


def was_sent(request: HttpRequest, actor: Actor) -> bool:
    """Tell whether the page that this draft came from was sent; waits for a sending under way.

    Leaving the last field and pressing the button come at the same moment: a draft that arrives
    after the form was sent must not come back as unsent words.
    """
    token = token_of(request)
    if token is None:
        return False
    if not _claim(actor, token):
        return True
    _marks(actor, token).delete()
    return False


def _claim(actor: Actor, token: uuid.UUID) -> bool:
    try:
        with transaction.atomic():
            Submission(
                org_id=min(actor.hat.orgs), person=actor.person, token=token, at=actor.at
            ).save()
    except IntegrityError:
        return False
    return True


def _marks(actor: Actor, token: uuid.UUID) -> QuerySet[Submission]:
    return Submission.objects.filter(org_id=min(actor.hat.orgs), person=actor.person, token=token)
