"""Words typed into a form that could not be taken: kept for their writer, and nobody else.

The form carries a signed mark of who opened it and in which role. Where the sign-in has ended, or
another one began, the words wait in the visitor's own session; the page they belong to gives them
back only to that person.
"""

import uuid
from dataclasses import dataclass
from typing import cast

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.utils.functional import lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from opensenco.access.actor import Actor
from opensenco.access.models import Person
from opensenco.gate.drafts import MAX_TEXT
from opensenco.kernel.text import never_typed
from opensenco.ui.things import Kept

SALT = "opensenco.gate.held"
SESSION = "held_words"
AUTHOR = "author"
ONCE = "once"
LATER = "finish_later"
#: how fields begin whose words are kept nowhere
UNKEPT = ("password",)
OURS = {"csrfmiddlewaretoken", AUTHOR, ONCE, LATER}
#: carried by pages and typed by nobody
UNSEEN = {"version"}


@dataclass(frozen=True)
class Mark:
    """Who opened a form, and the key of the hat they wore."""

    person: int
    hat: str


def form_keys(request: HttpRequest, actor: Actor) -> SafeString:
    """Give the hidden fields of every form: against forgery, the writer, one for sending once."""
    pairs = [
        ("csrfmiddlewaretoken", get_token(request)),
        (AUTHOR, signing.dumps([actor.person.pk, actor.hat.key], salt=SALT)),
        (ONCE, str(uuid.uuid4())),
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


#: the same, made only where a form is drawn: most pages have none
form_keys_when_drawn = lazy(form_keys, SafeString)


def mark_of(request: HttpRequest) -> Mark | None:
    """Give who opened the form that was sent; None where it does not say, or says it falsely."""
    try:
        person, hat = signing.loads(request.POST.get(AUTHOR, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Mark(person, hat)


def hold(request: HttpRequest) -> bool:
    """Keep what a form sent too late, for whoever opened it. Tells whether it could be kept."""
    mark, words = mark_of(request), words_of(request)
    if mark is None or not words or too_long(words):
        return False
    request.session[SESSION] = {"person": mark.person, "path": request.path, "words": words}
    return True


def too_long(words: dict[str, list[str]]) -> bool:
    """Tell whether this is more than is kept for anybody."""
    return sum(len(value) for values in words.values() for value in values) > MAX_TEXT


def words_of(request: HttpRequest) -> dict[str, list[str]]:
    """Give what was typed, without passwords, the gate's own fields and what no keyboard writes."""
    return {
        printable(name): [printable(str(value)) for value in values]
        for name, values in request.POST.lists()
        if name not in OURS and not name.startswith(UNKEPT)
    }


def to_copy(request: HttpRequest) -> list[Kept]:
    """Give what was typed as texts to be copied from a page, where nothing else can be done.

    Nothing is given to somebody else who has signed in since, nor from a form of elsewhere.
    """
    mark = mark_of(request) if request.method == "POST" else None
    if mark is None or (request.user.is_authenticated and mark.person != request.user.pk):
        return []
    return sent_just_now(request)


def sent_just_now(request: HttpRequest) -> list[Kept]:
    """Give what this very request typed, to the browser that typed it; asks no database.

    Nothing is given where the form is of elsewhere.
    """
    if request.method != "POST" or mark_of(request) is None:
        return []
    return [
        Kept(name.replace("_", " ").capitalize(), value)
        for name, values in words_of(request).items()
        for value in values
        if value.strip() and name not in UNSEEN
    ]


def printable(text: str) -> str:
    """Take out what no keyboard writes and no page or database takes."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if not never_typed(letter))


def printable_data(data: QueryDict) -> QueryDict:
    """Give sent data as a page can show it again."""
    shown = QueryDict(mutable=True)
    for name, values in data.lists():
        shown.setlist(name, [printable(str(value)) for value in values])
    return shown


def given_back(request: HttpRequest, person: Person) -> dict[str, list[str]] | None:
    """Give the words that wait for this person on this page."""
    held = request.session.get(SESSION)
    if not held or held["person"] != person.pk or held["path"] != request.path:
        return None
    return cast("dict[str, list[str]]", held["words"])


def let_go(request: HttpRequest) -> None:
    """Forget the words of this page: they were sent or kept as a draft."""
    held = request.session.get(SESSION)
    if held and held["path"] == request.path:
        del request.session[SESSION]
