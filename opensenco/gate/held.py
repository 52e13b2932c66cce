"""Words typed into a form whose sign-in had ended: kept for their writer, and nobody else.

The form carries a signed mark of who opened it. The words wait in the visitor's own session; the
next sign-in gives them back only to that person, on the same page.
"""

import uuid
from typing import cast

from django.core import signing
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from opensenco.access.models import Person
from opensenco.gate.drafts import MAX_TEXT

SALT = "opensenco.gate.held"
SESSION = "held_words"
AUTHOR = "author"
ONCE = "once"
OURS = {"csrfmiddlewaretoken", AUTHOR, ONCE, "finish_later"}


def form_keys(request: HttpRequest, person: Person) -> SafeString:
    """Give the hidden fields of every form: against forgery, the writer, one for sending once."""
    pairs = [
        ("csrfmiddlewaretoken", get_token(request)),
        (AUTHOR, signing.dumps(person.pk, salt=SALT)),
        (ONCE, str(uuid.uuid4())),
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


def hold(request: HttpRequest) -> bool:
    """Keep what a form sent after its sign-in had ended. Tells whether there was something."""
    author = request.POST.get(AUTHOR, "")
    words = words_of(request)
    try:
        person = int(signing.loads(author, salt=SALT, max_age=60 * 60 * 24))
    except (signing.BadSignature, ValueError):
        return False
    if not words or sum(len(v) for vs in words.values() for v in vs) > MAX_TEXT:
        return False
    request.session[SESSION] = {"person": person, "path": request.path, "words": words}
    return True


def words_of(request: HttpRequest) -> dict[str, list[str]]:
    """Give what was typed, without the gate's own fields."""
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in OURS
    }


def given_back(request: HttpRequest, person: Person) -> dict[str, list[str]] | None:
    """Give the words that wait for this person on this page."""
    held = request.session.get(SESSION)
    if not held or held["person"] != person.pk or held["path"] != request.path:
        return None
    return cast("dict[str, list[str]]", held["words"])


def let_go(request: HttpRequest) -> None:
    """Forget the words: they were sent or kept as a draft."""
    request.session.pop(SESSION, None)
