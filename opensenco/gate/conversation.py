"""One conversation over a form: shown, refused with its words kept, left for later, or done."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from opensenco.access.actor import Actor
from opensenco.gate import drafts, held
from opensenco.kernel.errors import DomainError, Invalid, NotAllowed, NotFound, Stale
from opensenco.ui import conflict

F = TypeVar("F", bound=forms.Form)


@dataclass(frozen=True)
class Draftable:
    """Which draft a form keeps: the form's name and the record it is about."""

    form: str
    about: uuid.UUID | None = None
    #: where *Save and finish later* leads
    leave_to: str = "/"


def converse(
    request: HttpRequest,
    actor: Actor,
    make: Callable[..., F],
    *,
    act: Callable[[dict[str, Any]], Any],
    then: Callable[[Any], str],
    said: str = "",
    draft: Draftable | None = None,
    initial: Mapping[str, Any] | None = None,
    fresh: Callable[[], Mapping[str, Any]] | None = None,
) -> F | HttpResponse:
    """Lead a person through a form.

    Args:
        make: gives the form; called with `data` or `initial`.
        act: one operation, called with the cleaned values.
        then: gives the address to go to, from what the operation gave.
        said: what the next page says was done.
        draft: where the words are kept; without one they are not.
        initial: what the record holds now.
        fresh: for forms on versioned rows: what the record holds after somebody else changed it.

    Returns:
        The form to show, or a redirect when the conversation has ended.
    """
    if request.method != "POST":
        return _opened(request, actor, make, draft, dict(initial or {}))
    if held.LATER in request.POST and draft:
        return _left(request, actor, draft)
    form = make(data=request.POST, files=request.FILES, initial=dict(initial or {}))
    done = _done(form, act, fresh)
    if done is None:
        if draft:
            drafts.save(actor, draft.form, draft.about, held.words_of(request))
            held.let_go(request)
        form.data = held.printable_data(cast("QueryDict", form.data))
        return form
    if draft:
        drafts.drop(actor, draft.form, draft.about)
    held.let_go(request)
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(then(done[0]))


def _opened(
    request: HttpRequest,
    actor: Actor,
    make: Callable[..., F],
    draft: Draftable | None,
    initial: dict[str, Any],
) -> F:
    words = held.given_back(request, actor.person)
    kept = drafts.load(actor, draft.form, draft.about) if draft else None
    if words is None and kept is not None:
        words = kept.text
    form = make(initial=initial)
    if words:
        form = make(data=_querydict(words))
        # What was typed is shown again without scolding: it was never sent.
        form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
        form.kept_since = kept.saved_at if kept else actor.at  # type: ignore[attr-defined]
    return form


def _querydict(words: Mapping[str, list[str]]) -> Any:
    data = QueryDict(mutable=True)
    for name, values in words.items():
        data.setlist(name, values)
    return data


def _left(request: HttpRequest, actor: Actor, draft: Draftable) -> HttpResponse:
    if drafts.save(actor, draft.form, draft.about, held.words_of(request)) is None:
        messages.error(request, _("This is too long to keep as a draft. Shorten it first."))
        return HttpResponseRedirect(request.path)
    held.let_go(request)
    messages.success(request, _("Kept for later. You find it on your home page."))
    return HttpResponseRedirect(draft.leave_to)


def _done(
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    fresh: Callable[[], Mapping[str, Any]] | None,
) -> tuple[Any] | None:
    """Run the operation; put what it refuses on the form in the reader's words."""
    if not form.is_valid():
        return None
    try:
        return (act(form.cleaned_data),)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    except Stale as stale:
        if fresh is None:
            raise
        form.add_error(None, stale.sentence)
        _show_both(form, fresh())
    except (NotAllowed, NotFound):
        raise
    except DomainError as refused:
        form.add_error(None, refused.sentence)
    return None


def _show_both(form: forms.Form, theirs: Mapping[str, Any]) -> None:
    """Put the other's text beside one's own; sending again then answers to their version."""
    form.conflicts = conflict.clashes(form, theirs)  # type: ignore[attr-defined]
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(theirs.get("version", ""))
    form.data = data
